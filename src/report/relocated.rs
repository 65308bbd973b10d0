//! A report whose paths count from another folder: people open files from where they stand.

use super::Sink;
use super::model::{FileReport, FindingReport};
use super::tally::Tally;
use std::io;
use std::path::{Component, Path};

/// Turns paths that count from one folder into paths that count from another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Relocation {
    root: Vec<String>,
    folder: Vec<String>,
}

impl Relocation {
    /// From paths below `root` to paths as seen from `folder`, both absolute; nothing when they are the same.
    #[must_use]
    pub(crate) fn new(root: &Path, folder: &Path) -> Option<Self> {
        let relocation = Self { root: parts(root), folder: parts(folder) };
        (relocation.root != relocation.folder).then_some(relocation)
    }

    /// The path as seen from the folder: relative where the two have a folder in common, else absolute.
    #[must_use]
    pub(crate) fn apply(&self, path: &str) -> String {
        let absolute: Vec<&str> = match path.strip_prefix('/') {
            Some(rest) => rest.split('/').collect(),
            None => self.root.iter().map(String::as_str).chain(path.split('/')).collect(),
        };
        let common = absolute.iter().zip(&self.folder).take_while(|(left, right)| left == right).count();
        if common == 0 {
            return format!("/{}", absolute.join("/"));
        }
        let up = std::iter::repeat_n("..", self.folder.len() - common);
        up.chain(absolute.iter().skip(common).copied()).collect::<Vec<_>>().join("/")
    }

    /// `message` with each of `paths`, which it names in this order, as seen from the folder. It names them near its end,
    /// after whatever it quotes, so they are looked for from there; one may be a part of another.
    fn apply_in(&self, message: &str, paths: &[String]) -> String {
        let (mut rest, mut seen) = (message, String::new());
        for path in paths.iter().rev() {
            if let Some((before, after)) = rest.rsplit_once(path.as_str()) {
                seen = format!("{}{after}{seen}", self.apply(path));
                rest = before;
            }
        }
        format!("{rest}{seen}")
    }
}

fn parts(path: &Path) -> Vec<String> {
    let name = |part: Component<'_>| match part {
        Component::Normal(name) => Some(name.to_string_lossy().into_owned()),
        _ => None,
    };
    path.components().filter_map(name).collect()
}

/// Hands each file on under its path as seen from another folder.
pub(crate) struct Relocated<'a> {
    inner: Box<dyn Sink + 'a>,
    relocation: Relocation,
}

impl<'a> Relocated<'a> {
    /// `inner` behind `relocation`; `inner` itself where there is nothing to change.
    #[must_use]
    pub(crate) fn boxed(inner: Box<dyn Sink + 'a>, relocation: Option<Relocation>) -> Box<dyn Sink + 'a> {
        match relocation {
            Some(relocation) => Box::new(Self { inner, relocation }),
            None => inner,
        }
    }
}

impl Relocated<'_> {
    fn finding(&self, finding: &mut FindingReport) {
        finding.message = self.relocation.apply_in(&finding.message, &finding.named_paths);
    }
}

impl Sink for Relocated<'_> {
    fn file(&mut self, file: &FileReport) -> io::Result<()> {
        let mut file = file.clone();
        file.path = self.relocation.apply(&file.path);
        for finding in &mut file.findings {
            self.finding(finding);
        }
        for record in &mut file.records {
            record.path.clone_from(&file.path);
            record.findings.iter_mut().for_each(|finding| self.finding(finding));
        }
        self.inner.file(&file)
    }

    fn finish(&mut self, tally: &Tally) -> io::Result<()> {
        self.inner.finish(tally)
    }
}

#[cfg(test)]
mod tests {
    use super::Relocation;
    use std::path::Path;

    #[test]
    fn paths_are_seen_from_the_folder() {
        for (root, folder, path, seen) in [
            ("/w/repo", "/w/repo/notes", "notes/a.yaml", "a.yaml"),
            ("/w/repo", "/w/repo/notes", "other/a.yaml", "../other/a.yaml"),
            ("/w/repo", "/w/repo/a/b", "c.yaml", "../../c.yaml"),
            ("/w/repo", "/w", "notes/a.yaml", "repo/notes/a.yaml"),
            ("/w/repo", "/w/other", "a.yaml", "../repo/a.yaml"),
            ("/w/repo", "/tmp/x", "a.yaml", "/w/repo/a.yaml"),
            ("/w/repo", "/w/repo/notes", "/w/x.yaml", "../../x.yaml"),
        ] {
            let relocation = Relocation::new(Path::new(root), Path::new(folder)).unwrap();
            assert_eq!(relocation.apply(path), seen, "{root} {folder} {path}");
        }
        assert_eq!(Relocation::new(Path::new("/w"), Path::new("/w")), None);
    }

    #[test]
    fn every_path_in_a_message_is_seen_from_the_folder() {
        let relocation = Relocation::new(Path::new("/w/repo"), Path::new("/w/repo/sub")).unwrap();
        for (message, paths, seen) in [
            ("“a.yaml” is in (a.yaml:3)", &["a.yaml"][..], "“a.yaml” is in (../a.yaml:3)"),
            ("at a.yaml:1 and at sub/a.yaml:7", &["a.yaml", "sub/a.yaml"], "at ../a.yaml:1 and at a.yaml:7"),
            ("at sub/a.yaml:1 and at a.yaml:7", &["sub/a.yaml", "a.yaml"], "at a.yaml:1 and at ../a.yaml:7"),
            ("at a.yaml:1 and at a.yaml:7", &["a.yaml", "a.yaml"], "at ../a.yaml:1 and at ../a.yaml:7"),
            ("nothing is named", &["a.yaml"], "nothing is named"),
            ("a.yaml", &[], "a.yaml"),
        ] {
            let paths: Vec<String> = paths.iter().map(|path| (*path).to_owned()).collect();
            assert_eq!(relocation.apply_in(message, &paths), seen);
        }
    }
}
