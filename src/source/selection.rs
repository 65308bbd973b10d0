//! `include` and `exclude`: which files hold notes. Every source asks here, so that all of them see the same files.

use super::cover::covering;
use super::pattern::{PatternList, has_wildcard};
use super::{CONFIGURATION, NotePath};
use globset::{Candidate, Glob, GlobBuilder, GlobSet, GlobSetBuilder};

/// Which documents are taken for records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Selection {
    /// Mappings that look like records; the others are counted.
    #[default]
    Likely,
    /// Everything: what is no record is told of. For files that the configuration includes by name.
    Everything,
}

/// What [`looks_like_note`] says yes to, as a pattern.
const LIKELY_NOTES: &str = "**/*.{yaml,yml}";

/// Two patterns that cancel each other out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cancelled<'a> {
    /// The pattern of `include`; nothing where there is no list, and all YAML files are meant.
    pub include: Option<&'a str>,
    /// The pattern of `exclude`, or one of several.
    pub exclude: &'a str,
}

/// The file patterns of a configuration. Patterns match whole paths from the root of the run; `*` stays inside one
/// folder, `**` does not.
#[derive(Debug, Clone, Default)]
pub struct FileSelection {
    pub(super) include: Option<Patterns>,
    pub(super) exclude: Patterns,
    /// The patterns of all overrides, one after the other.
    pub(super) overriding: Patterns,
    /// Configurations beside the usual one; never notes.
    configurations: Vec<NotePath>,
}

/// Patterns as written, and compiled.
#[derive(Debug, Clone, Default)]
pub(super) struct Patterns {
    written: Vec<String>,
    compiled: GlobSet,
}

impl Patterns {
    fn new(written: Vec<String>) -> Result<Self, globset::Error> {
        let mut builder = GlobSetBuilder::new();
        for pattern in &written {
            builder.add(compile(pattern)?);
        }
        Ok(Self { compiled: builder.build()?, written })
    }

    fn matches(&self, path: &NotePath) -> bool {
        self.compiled.is_match_candidate(&Candidate::from_bytes(path.as_bytes()))
    }

    /// The positions of the patterns that match.
    pub(super) fn matching(&self, path: &NotePath) -> Vec<usize> {
        self.compiled.matches_candidate(&Candidate::from_bytes(path.as_bytes()))
    }
}

/// Each pattern is checked by itself before, so only this can be wrong with all of them.
const TOO_LARGE: &str = "the patterns are too many or too long to be used together";

/// A pattern as every list takes it.
pub(super) fn compile(pattern: &str) -> Result<Glob, globset::Error> {
    GlobBuilder::new(pattern).literal_separator(true).build()
}

impl FileSelection {
    /// A selection; no `include` means every `*.yaml` and `*.yml` file.
    ///
    /// # Errors
    /// When a pattern cannot be used, or all of them are too large together.
    pub fn new(include: Option<Vec<String>>, exclude: Vec<String>) -> Result<Self, String> {
        let compile = |patterns| Patterns::new(patterns).map_err(|_| TOO_LARGE.to_owned());
        let include = include.map(compile).transpose()?;
        Ok(Self { include, exclude: compile(exclude)?, ..Self::default() })
    }

    /// Sets the patterns of the overrides.
    ///
    /// # Errors
    /// When a pattern cannot be used, or all of them are too large together.
    pub(crate) fn set_overriding(&mut self, patterns: Vec<String>) -> Result<(), String> {
        self.overriding = Patterns::new(patterns).map_err(|_| TOO_LARGE.to_owned())?;
        Ok(())
    }

    /// The positions of the patterns of overrides that match `path`.
    pub(crate) fn overriding(&self, path: &NotePath) -> Vec<usize> {
        self.overriding.matching(path)
    }

    /// The patterns of the overrides as written.
    #[must_use]
    pub(crate) fn overriding_patterns(&self) -> &[String] {
        &self.overriding.written
    }

    /// Patterns of `include` from which `exclude` takes all that they can ever match, each with a pattern that does. Without
    /// an `include`, all YAML files are one.
    #[must_use]
    pub fn cancelled(&self) -> Vec<Cancelled<'_>> {
        let exclude = &self.exclude.written;
        match &self.include {
            Some(include) => include
                .written
                .iter()
                .filter_map(|pattern| Some(Cancelled { include: Some(pattern), exclude: covering(exclude, pattern)? }))
                .collect(),
            None => {
                let by = covering(exclude, LIKELY_NOTES);
                by.map(|exclude| Cancelled { include: None, exclude }).into_iter().collect()
            }
        }
    }

    /// Adds a file that holds the configuration of this run, so that it is never taken for a note.
    pub fn add_configuration(&mut self, path: NotePath) {
        self.configurations.push(path);
    }

    /// Whether the file is a configuration: `notegate.yaml` at the root, or one that was named for this run.
    #[must_use]
    pub fn is_configuration(&self, path: &NotePath) -> bool {
        path.as_bytes() == CONFIGURATION.as_bytes() || self.configurations.contains(path)
    }

    /// Whether a file found on the way is looked at.
    #[must_use]
    pub fn selects(&self, path: &NotePath) -> bool {
        self.includes(path) && !self.excludes(path) && !self.is_configuration(path)
    }

    pub(super) fn includes(&self, path: &NotePath) -> bool {
        match &self.include {
            Some(patterns) => patterns.matches(path),
            None => looks_like_note(path),
        }
    }

    /// Whether a file at or below `folder` may be included. May say yes where none is; never says no where one is.
    #[must_use]
    pub fn reaches(&self, folder: &NotePath) -> bool {
        match &self.include {
            Some(patterns) => patterns.written.iter().any(|pattern| may_match_below(pattern, folder.as_bytes())),
            None => !folder.as_bytes().split(|byte| *byte == b'/').any(is_hidden),
        }
    }

    /// Whether another repository at `folder` is worth a word: a note there would be looked at, were it of this one.
    #[must_use]
    pub fn covers_repository(&self, folder: &NotePath) -> bool {
        self.reaches(folder) && !inside_and_out(folder).iter().any(|path| self.excludes(path))
    }

    /// Whether `exclude` names the file.
    #[must_use]
    pub fn excludes(&self, path: &NotePath) -> bool {
        self.exclude.matches(path)
    }

    /// How the documents of a file are taken: where `include` names the file, each has to be a record.
    #[must_use]
    pub fn documents_of(&self, path: &NotePath) -> Selection {
        match &self.include {
            Some(patterns) if patterns.matches(path) => Selection::Everything,
            _ => Selection::Likely,
        }
    }

    /// Whether `pattern` in this list would change what a run over `paths` looks at: in `exclude`, one of the files that are
    /// looked at; in `include`, one of YAML that `exclude` leaves in. Not when it cannot be used.
    #[must_use]
    pub(crate) fn would_change(&self, list: PatternList, pattern: &str, paths: &[NotePath]) -> bool {
        let Ok(pattern) = compile(pattern).map(|glob| glob.compile_matcher()) else { return false };
        let counts = |path: &NotePath| match list {
            PatternList::Exclude | PatternList::Override => self.selects(path),
            PatternList::Include => has_yaml_ending(path) && !self.excludes(path) && !self.is_configuration(path),
        };
        paths.iter().any(|path| pattern.is_match_candidate(&Candidate::from_bytes(path.as_bytes())) && counts(path))
    }

    /// The `include` patterns as written, when there are any.
    #[must_use]
    pub fn include(&self) -> Option<&[String]> {
        self.include.as_ref().map(|patterns| patterns.written.as_slice())
    }

    /// The `exclude` patterns as written.
    #[must_use]
    pub fn exclude(&self) -> &[String] {
        &self.exclude.written
    }
}

/// Whether `pattern` matches one of `paths` that may be a note; not when it cannot be used.
#[must_use]
pub(crate) fn matches_any(pattern: &str, paths: &[NotePath]) -> bool {
    FileSelection::new(Some(vec![pattern.to_owned()]), Vec::new())
        .is_ok_and(|files| paths.iter().any(|path| files.selects(path)))
}

/// Whether `pattern` may match `folder` itself or something below it: whether the plain parts at its start lead there.
fn may_match_below(pattern: &str, folder: &[u8]) -> bool {
    let mut parts = pattern.split('/').peekable();
    let mut names = folder.split(|byte| *byte == b'/');
    while let Some(part) = parts.next() {
        let Some(name) = names.next() else { return true };
        if has_wildcard(part) {
            return true;
        }
        // The last part names a file, so nothing lies below it.
        if part.as_bytes() != name || (parts.peek().is_none() && names.next().is_some()) {
            return false;
        }
    }
    true
}

/// The folder, and some file in it: a pattern that matches either means the folder.
pub(super) fn inside_and_out(folder: &NotePath) -> [NotePath; 2] {
    [folder.clone(), NotePath::in_folder(folder.as_bytes(), b"x.yaml")]
}

/// Whether the name of a file or folder starts with a dot.
fn is_hidden(name: &[u8]) -> bool {
    name.starts_with(b".") && name != b"." && name != b".."
}

/// Whether a path is one of those looked at without a configuration: `*.yaml` and `*.yml` outside dot folders, those whose
/// own name begins with a dot among them: a note must not pass because of its name. Dot folders belong to programs. The
/// configuration itself is no note.
#[must_use]
pub(crate) fn looks_like_note(path: &NotePath) -> bool {
    let mut parts = path.as_bytes().rsplit(|byte| *byte == b'/');
    let is_named = parts.next().is_some();
    has_yaml_ending(path) && is_named && path.as_bytes() != CONFIGURATION.as_bytes() && !parts.any(is_hidden)
}

/// Whether the name ends as that of a YAML file does.
fn has_yaml_ending(path: &NotePath) -> bool {
    let name = path.as_bytes().rsplit(|byte| *byte == b'/').next().unwrap_or_default();
    let ends = |suffix: &[u8]| {
        name.len() > suffix.len()
            && name.get(name.len() - suffix.len()..).is_some_and(|end| end.eq_ignore_ascii_case(suffix))
    };
    ends(b".yaml") || ends(b".yml")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(text: &str) -> NotePath {
        NotePath::from_bytes(text)
    }

    #[test]
    fn yaml_files_outside_dot_folders_look_like_notes() {
        for yes in [
            ".a.yaml",
            "notes/.b.yml",
            ".notegate.yaml",
            "a.yaml",
            "notes/b.yml",
            "N/C.YAML",
            "../x.yaml",
            "deep/notegate.yaml",
        ] {
            assert!(looks_like_note(&path(yes)), "{yes}");
        }
        for no in ["a.txt", ".github/a.yaml", "a/.hidden/b.yml", ".hidden/.a.yaml", "yaml", ".yaml", "notegate.yaml"] {
            assert!(!looks_like_note(&path(no)), "{no}");
        }
    }

    #[test]
    fn include_replaces_the_default_and_exclude_takes_away() {
        let files =
            FileSelection::new(Some(vec!["notes/**/*.yaml".to_owned()]), vec!["notes/old/**".to_owned()]).unwrap();
        assert!(files.selects(&path("notes/a.yaml")));
        assert!(files.selects(&path("notes/x/y/a.yaml")));
        assert!(!files.selects(&path("a.yaml")));
        assert!(!files.selects(&path("notes/old/a.yaml")));
        assert_eq!(files.documents_of(&path("notes/a.yaml")), Selection::Everything);
        assert_eq!(files.documents_of(&path("a.yaml")), Selection::Likely);
    }

    #[test]
    fn a_star_stays_inside_one_folder() {
        let files = FileSelection::new(Some(vec!["notes/*.yaml".to_owned()]), Vec::new()).unwrap();
        assert!(!files.selects(&path("notes/x/a.yaml")));
    }

    #[test]
    fn a_configuration_is_never_a_note() {
        let mut files = FileSelection::new(Some(vec!["**".to_owned()]), Vec::new()).unwrap();
        assert!(!files.selects(&path("notegate.yaml")));
        assert!(files.selects(&path("rules/strict.yaml")));
        files.add_configuration(path("rules/strict.yaml"));
        assert!(!files.selects(&path("rules/strict.yaml")));
    }

    #[test]
    fn folders_that_no_pattern_leads_to_need_not_be_walked() {
        let reaches = |pattern: &str, folder: &str| {
            FileSelection::new(Some(vec![pattern.to_owned()]), Vec::new()).unwrap().reaches(&path(folder))
        };
        for (pattern, folder) in [
            ("notes/**", "notes"),
            ("notes/**", "notes/a/b"),
            ("a/b/*.yaml", "a"),
            ("a/b/*.yaml", "a/b"),
            ("**/*.yaml", ".x/y"),
            ("{a/b,c}/*.yaml", "a"),
            ("*.yaml", "x.yaml"),
            ("a/b.yaml", "a/b.yaml"),
        ] {
            assert!(reaches(pattern, folder), "{pattern} {folder}");
        }
        for (pattern, folder) in [("notes/**", "other"), ("a/b/*.yaml", "a/c"), ("a/b.yaml", "a/b.yaml/c")] {
            assert!(!reaches(pattern, folder), "{pattern} {folder}");
        }
        let without = FileSelection::default();
        assert!(without.reaches(&path("a/b")) && !without.reaches(&path("a/.b")) && !without.reaches(&path(".a/b")));
    }

    #[test]
    fn an_exclude_that_takes_away_all_of_an_include_is_known() {
        let list = |patterns: &[&str]| patterns.iter().map(|pattern| (*pattern).to_owned()).collect::<Vec<_>>();
        let told = |include: Option<&[&str]>, exclude: &[&str]| {
            let files = FileSelection::new(include.map(list), list(exclude)).unwrap();
            let cancelled = files.cancelled();
            cancelled.iter().map(|it| (it.include.map(str::to_owned), it.exclude.to_owned())).collect::<Vec<_>>()
        };
        let notes = || Some("notes/**/*.yaml".to_owned());
        assert_eq!(told(Some(&["notes/**/*.yaml"]), &["x/**", "notes/**"]), [(notes(), "notes/**".to_owned())]);
        assert_eq!(told(Some(&["notes/**/*.yaml", "a/**"]), &["**/*.yaml"]), [(notes(), "**/*.yaml".to_owned())]);
        assert_eq!(told(None, &["**/*.yaml", "**/*.yml"]), [(None, "**/*.yaml".to_owned())]);
        assert_eq!(told(None, &["**/*.yaml"]), []);
        assert_eq!(told(None, &["notes/**"]), []);
        assert_eq!(told(Some(&["notes/**"]), &["notes/old/**", "*"]), []);
        assert_eq!(told(Some(&["notes/**"]), &[]), []);
    }
}
