//! Where the records lie: the patterns that lead to them, and the parts of a folder that are written alike.

use super::layout::Layout;
use super::survey::FileSurvey;
use crate::record::KeyMeanings;
use crate::source::NotePath;
use std::collections::BTreeMap;

/// A folder that is looked at as a whole although one file in so many holds no record: those are left out by name.
const EXCEPTIONS: usize = 8;

/// From so many folders side by side on, one pattern stands for all of them, and for those to come.
const MANY: usize = 4;

/// The most files that are left out by name.
const MOST_NAMED: usize = 200;

/// The files of a folder, and the folders in it.
#[derive(Default)]
pub(crate) struct Folder<'f> {
    path: Vec<u8>,
    files: Vec<&'f FileSurvey>,
    folders: BTreeMap<Vec<u8>, Folder<'f>>,
}

/// Some of the files, all written alike.
pub(crate) struct Part {
    /// Patterns for its files.
    pub(crate) paths: Vec<String>,
    pub(crate) layout: Layout,
}

/// `include` and `exclude`.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Patterns {
    pub(crate) include: Vec<String>,
    pub(crate) exclude: Vec<String>,
    /// The files that `exclude` leaves out.
    pub(crate) left_out: Vec<NotePath>,
}

impl Patterns {
    /// Leaves out everything in a folder.
    fn exclude_folder(&mut self, folder: &Folder<'_>) {
        self.exclude.push(below(&folder.path));
        self.left_out.extend(folder.all().into_iter().map(|file| file.path.clone()));
    }

    /// Leaves out a file.
    fn exclude_file(&mut self, file: &FileSurvey) {
        self.exclude.push(escaped(file.path.as_bytes()));
        self.left_out.push(file.path.clone());
    }
}

impl<'f> Folder<'f> {
    /// The folder of all `files`.
    pub(crate) fn of(files: &'f [FileSurvey]) -> Self {
        let mut root = Self::default();
        for file in files {
            let mut folder = &mut root;
            let mut path: Vec<u8> = Vec::new();
            for name in file.path.folder().split(|byte| *byte == b'/').filter(|name| !name.is_empty()) {
                path = NotePath::in_folder(&path, name).as_bytes().to_vec();
                folder = folder.folders.entry(name.to_vec()).or_default();
                folder.path.clone_from(&path);
            }
            folder.files.push(file);
        }
        root
    }

    /// All files at and below the folder.
    fn all(&self) -> Vec<&'f FileSurvey> {
        let mut all = self.files.clone();
        self.folders.values().for_each(|folder| all.extend(folder.all()));
        all
    }

    /// The parts that are written alike, those with most records first. The names of fields may differ from folder to
    /// folder; where they differ inside one, a field has several names.
    pub(crate) fn parts(&self, meanings: &KeyMeanings<'_>) -> Vec<Part> {
        let mut parts = Vec::new();
        self.add_parts(meanings, &mut parts);
        let mut alike: Vec<Part> = Vec::new();
        for part in parts {
            match alike.iter_mut().find(|other| other.layout.is_like(&part.layout)) {
                Some(other) => {
                    other.paths.extend(part.paths);
                    other.layout.merge(part.layout);
                }
                None => alike.push(part),
            }
        }
        alike.sort_by_key(|part| std::cmp::Reverse(part.layout.records));
        alike
    }

    fn add_parts(&self, meanings: &KeyMeanings<'_>, parts: &mut Vec<Part>) {
        let layout = Layout::of(self.all().into_iter(), meanings);
        if layout.records == 0 {
            return;
        }
        let inner = self.folders.values().filter(|folder| folder.all().iter().any(|file| file.records.count > 0));
        let own = self.files.iter().any(|file| file.records.count > 0);
        if !layout.is_mixed() || inner.clone().count() == 0 {
            parts.push(Part { paths: vec![below(&self.path)], layout });
            return;
        }
        let before = parts.len();
        if own {
            let layout = Layout::of(self.files.iter().copied(), meanings);
            parts.push(Part { paths: vec![format!("{}{}", start(&self.path), ending(&self.files))], layout });
        }
        inner.for_each(|folder| folder.add_parts(meanings, parts));
        // What differs inside each of the folders as well is written by several names, not by folders.
        let is_no_clearer = parts.len() > before + 1 && parts.iter().skip(before).all(|part| part.layout.is_mixed());
        if is_no_clearer {
            parts.truncate(before);
            parts.push(Part { paths: vec![below(&self.path)], layout });
        }
    }

    /// The patterns that lead to every file with a record and to none without.
    pub(crate) fn patterns(&self) -> Patterns {
        let mut patterns = Patterns::default();
        self.add_patterns(&mut patterns);
        patterns
    }

    fn add_patterns(&self, patterns: &mut Patterns) {
        let all = self.all();
        let without = all.iter().filter(|file| !holds_notes(file)).count();
        if without == all.len() {
            return;
        }
        // The root is no place for one pattern: what else comes there has nothing to do with notes.
        if !self.path.is_empty() && without * EXCEPTIONS <= all.len() {
            patterns.include.push(format!("{}**/{}", start(&self.path), ending(&all)));
            self.exclude_others(patterns);
            return;
        }
        self.add_own(patterns);
        let (with, without): (Vec<&Self>, Vec<&Self>) =
            self.folders.values().partition(|folder| folder.all().iter().any(|file| holds_notes(file)));
        if with.len() >= MANY && with.len() > without.len() {
            patterns.include.push(format!("{}*/**/{}", start(&self.path), ending(&all)));
            patterns.exclude.extend(self.path.is_empty().then(|| ".*/**".to_owned()));
            without.iter().for_each(|folder| patterns.exclude_folder(folder));
            with.iter().for_each(|folder| folder.exclude_others(patterns));
        } else {
            with.iter().for_each(|folder| folder.add_patterns(patterns));
        }
    }

    /// The files in this folder itself.
    fn add_own(&self, patterns: &mut Patterns) {
        let (with, without): (Vec<&&FileSurvey>, Vec<&&FileSurvey>) =
            self.files.iter().partition(|file| holds_notes(file));
        if with.is_empty() {
            return;
        }
        if with.len() > without.len() {
            patterns.include.push(format!("{}{}", start(&self.path), ending(&self.files)));
            without.iter().take(MOST_NAMED).for_each(|file| patterns.exclude_file(file));
        } else {
            patterns.include.extend(with.iter().map(|file| escaped(file.path.as_bytes())));
        }
    }

    /// Leaves out what holds no record in a folder that is looked at as a whole.
    fn exclude_others(&self, patterns: &mut Patterns) {
        if !self.all().iter().any(|file| holds_notes(file)) {
            patterns.exclude_folder(self);
            return;
        }
        let others = self.files.iter().filter(|file| !holds_notes(file));
        others.take(MOST_NAMED).for_each(|file| patterns.exclude_file(file));
        self.folders.values().for_each(|folder| folder.exclude_others(patterns));
    }
}

/// Whether a file holds a record, or may: what cannot be read is never left out.
fn holds_notes(file: &FileSurvey) -> bool {
    file.records.count > 0 || file.is_broken
}

/// The start of a pattern for what is in `folder`.
fn start(folder: &[u8]) -> String {
    if folder.is_empty() { String::new() } else { format!("{}/", escaped(folder)) }
}

fn below(folder: &[u8]) -> String {
    format!("{}**", start(folder))
}

/// The names of files such as these.
fn ending(files: &[&FileSurvey]) -> &'static str {
    let is_json = |file: &&FileSurvey| file.path.as_bytes().ends_with(b".json") && file.records.count > 0;
    if files.iter().any(is_json) { "*.{yaml,yml,json}" } else { "*.{yaml,yml}" }
}

/// A path as a pattern that matches it: what a pattern takes for a wildcard stands in brackets. What is not UTF-8 matches
/// anything.
fn escaped(path: &[u8]) -> String {
    String::from_utf8_lossy(path)
        .replace('\\', "?")
        .split('\u{fffd}')
        .map(globset::escape)
        .collect::<Vec<_>>()
        .join("*")
}

#[cfg(test)]
mod tests {
    use super::super::survey::tests::with_surveys;
    use super::*;

    const ENGLISH: &str = "customer: A\nworkload: Teams\nstatus: Blocked\nnote: They wait for the new firewall.\n";
    const GERMAN: &str = "Kunde: A\nProdukt: Teams\nStand: Blocked\nNotiz: They wait for the new firewall.\n";
    const OTHER: &str = "name: CI\non: push\n";

    fn with<T>(files: &[(&str, &str)], work: impl FnOnce(&Folder<'_>, &KeyMeanings<'_>) -> T) -> T {
        with_surveys(files, |files, meanings| work(&Folder::of(files), meanings))
    }

    fn patterns(files: &[(&str, &str)]) -> (String, String) {
        with(files, |folder, _| {
            let Patterns { include, exclude, .. } = folder.patterns();
            (include.join(" "), exclude.join(" "))
        })
    }

    fn parts(files: &[(&str, &str)]) -> Vec<(String, usize)> {
        with(files, |folder, meanings| {
            folder.parts(meanings).into_iter().map(|part| (part.paths.join(" "), part.layout.records)).collect()
        })
    }

    #[test]
    fn patterns_lead_to_the_records_and_to_nothing_else() {
        let told = |files: &[(&str, &str)], include: &str, exclude: &str| {
            assert_eq!(patterns(files), (include.to_owned(), exclude.to_owned()), "{files:?}");
        };
        told(&[("notes/a.yaml", ENGLISH), ("notes/x/b.yml", ENGLISH), ("ci.yaml", OTHER)], "notes/**/*.{yaml,yml}", "");
        told(&[("a.yaml", ENGLISH), ("b.yaml", ENGLISH), ("docker.yaml", OTHER)], "*.{yaml,yml}", "docker.yaml");
        told(&[("a.yaml", ENGLISH), ("b.yaml", OTHER), ("c.yaml", OTHER)], "a.yaml", "");
        told(
            &[("crm/a.json", "{\"customer\": \"A\", \"workload\": \"Teams\", \"note\": \"x\"}")],
            "crm/**/*.{yaml,yml,json}",
            "",
        );
        told(&[("notes/[x]/a.yaml", ENGLISH), ("y.yaml", OTHER)], "notes/**/*.{yaml,yml}", "");
        told(&[("[x]/a.yaml", ENGLISH), ("y.yaml", OTHER)], "[[]x[]]/**/*.{yaml,yml}", "");
        told(&[("ci.yaml", OTHER)], "", "");
        told(&[("notes/a.yaml", ENGLISH), ("notes/b.yaml", "a: [b\n")], "notes/**/*.{yaml,yml}", "");
    }

    #[test]
    fn many_folders_side_by_side_have_one_pattern() {
        let names = ["a", "b", "c", "d", "e"].map(|name| format!("{name}/teams.yaml"));
        let mut files: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), ENGLISH)).collect();
        files.push(("deploy/k8s.yaml", OTHER));
        assert_eq!(patterns(&files), ("*/**/*.{yaml,yml}".to_owned(), ".*/** deploy/**".to_owned()));
    }

    #[test]
    fn folders_that_are_written_alike_are_one_part() {
        let of = |part: &str, records| (part.to_owned(), records);
        assert_eq!(parts(&[("a/x.yaml", ENGLISH), ("b/y.yaml", ENGLISH)]), [of("**", 2)]);
        let (a, b) = ([("a/x.yaml", ENGLISH), ("a/z.yaml", ENGLISH)], [("b/x.yaml", GERMAN), ("b/y.yaml", GERMAN)]);
        let three = [("b/z.yaml", GERMAN)];
        assert_eq!(parts(&[&a[..], &b, &three].concat()), [of("b/**", 3), of("a/**", 2)]);
        let inside = [("n/a/x.yaml", ENGLISH), ("n/a/y.yaml", ENGLISH), ("n/b/z.yaml", GERMAN), ("n/c/z.yaml", GERMAN)];
        assert_eq!(parts(&inside), [of("n/a/**", 2), of("n/b/** n/c/**", 2)]);
        let own = [("y.yaml", GERMAN), ("z.yaml", GERMAN), ("w.yaml", GERMAN)];
        assert_eq!(parts(&[&a[..], &own].concat()), [of("*.{yaml,yml}", 3), of("a/**", 2)]);
        // Both in one folder: several names.
        let both = [("a/1.yaml", ENGLISH), ("a/2.yaml", GERMAN), ("a/3.yaml", ENGLISH), ("a/4.yaml", GERMAN)];
        assert_eq!(parts(&both), [of("a/**", 4)]);
        let twice: Vec<(String, &str)> =
            ["a/", "b/"].iter().flat_map(|to| both.map(|(path, text)| (path.replacen("a/", to, 1), text))).collect();
        let twice: Vec<(&str, &str)> = twice.iter().map(|(path, text)| (path.as_str(), *text)).collect();
        assert_eq!(parts(&twice), [of("**", 8)]);
    }
}
