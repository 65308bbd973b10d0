//! What the files of a repository say of the patterns of its configuration: which of them match nothing.

use super::selection::{Patterns, inside_and_out};
use super::{FileSelection, NotePath, PatternList};

/// What the files of a repository say of the patterns of its configuration.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Idleness<'a> {
    /// The patterns that match no file.
    pub patterns: Vec<(PatternList, &'a str)>,
    /// How many files `exclude` takes away, when it takes away all that would be looked at.
    pub left_out: Option<usize>,
}

/// The patterns that have matched no file so far.
#[derive(Debug)]
pub(crate) struct IdlePatterns<'a> {
    files: &'a FileSelection,
    include: Vec<bool>,
    exclude: Vec<bool>,
    overriding: Vec<bool>,
    /// Whether a file was seen that is looked at.
    selects: bool,
    /// How many files `exclude` took away before that.
    left_out: usize,
}

impl<'a> IdlePatterns<'a> {
    /// All patterns of `files`: nothing was seen yet.
    #[must_use]
    pub(crate) fn new(files: &'a FileSelection) -> Self {
        let idle = |written: &[String]| vec![true; written.len()];
        Self {
            files,
            include: idle(files.include().unwrap_or_default()),
            exclude: idle(files.exclude()),
            overriding: idle(files.overriding_patterns()),
            selects: false,
            left_out: 0,
        }
    }

    /// Takes a file of the repository into account. A pattern of `exclude` counts as used where it takes away a file
    /// that is included, one of an override where it matches a file that is looked at.
    pub(crate) fn see(&mut self, path: &NotePath) {
        if !self.selects && self.files.includes(path) && !self.files.is_configuration(path) {
            match self.files.excludes(path) {
                true => self.left_out += 1,
                false => self.selects = true,
            }
        }
        if self.overriding.contains(&true) && self.files.selects(path) {
            use_up(&mut self.overriding, &self.files.overriding, path);
        }
        if !self.include.contains(&true) && !self.exclude.contains(&true) {
            return;
        }
        let is_configuration = self.files.is_configuration(path);
        if let Some(include) = self.files.include.as_ref().filter(|_| !is_configuration) {
            use_up(&mut self.include, include, path);
        }
        if self.exclude.contains(&true) && (self.files.includes(path) || is_configuration) {
            use_up(&mut self.exclude, &self.files.exclude, path);
        }
    }

    /// Takes a folder of another repository into account, which is passed over as a whole.
    pub(crate) fn see_other_repository(&mut self, folder: &NotePath) {
        for path in inside_and_out(folder) {
            use_up(&mut self.exclude, &self.files.exclude, &path);
        }
    }

    /// What the files that were seen say of the patterns.
    #[must_use]
    pub(crate) fn told(&self) -> Idleness<'a> {
        let left_out = (!self.selects && self.left_out > 0).then_some(self.left_out);
        Idleness { patterns: self.rest(), left_out }
    }

    /// What is left, in the order of the configuration.
    fn rest(&self) -> Vec<(PatternList, &'a str)> {
        let idle = |list: PatternList, written: &'a [String], idle: &[bool]| {
            let left = written.iter().zip(idle.to_vec()).filter(|(_, idle)| *idle);
            left.map(|(pattern, _)| (list, pattern.as_str())).collect::<Vec<_>>()
        };
        let mut rest = idle(PatternList::Include, self.files.include().unwrap_or_default(), &self.include);
        rest.extend(idle(PatternList::Exclude, self.files.exclude(), &self.exclude));
        rest.extend(idle(PatternList::Override, self.files.overriding_patterns(), &self.overriding));
        rest
    }
}

fn use_up(idle: &mut [bool], patterns: &Patterns, path: &NotePath) {
    for at in patterns.matching(path) {
        if let Some(idle) = idle.get_mut(at) {
            *idle = false;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(text: &str) -> NotePath {
        NotePath::from_bytes(text)
    }

    #[test]
    fn all_that_is_left_out_is_counted() {
        let files = FileSelection::new(None, vec!["notes/**".to_owned()]).unwrap();
        let counted = |seen: &[&str]| {
            let mut idle = IdlePatterns::new(&files);
            seen.iter().for_each(|seen| idle.see(&path(seen)));
            idle.told().left_out
        };
        assert_eq!(counted(&["notes/a.yaml", "notes/b.yaml", "notes/b.txt", "notegate.yaml"]), Some(2));
        assert_eq!(counted(&["notes/a.yaml", "b.yaml"]), None);
        assert_eq!(counted(&["b.txt"]), None, "nothing is left out");
    }

    #[test]
    fn patterns_without_a_file_are_known() {
        let files = FileSelection::new(
            Some(vec!["notes/*.yaml".to_owned(), "nothere/*.yaml".to_owned()]),
            vec!["notes/old*.yaml".to_owned(), "other/*.yaml".to_owned(), "vendor/**".to_owned()],
        )
        .unwrap();
        let mut idle = IdlePatterns::new(&files);
        for seen in ["notes/a.yaml", "notes/old.yaml", "other/a.yaml"] {
            idle.see(&path(seen));
        }
        idle.see_other_repository(&path("vendor"));
        let rest = idle.rest();
        assert_eq!(rest, [(PatternList::Include, "nothere/*.yaml"), (PatternList::Exclude, "other/*.yaml")]);
    }
}
