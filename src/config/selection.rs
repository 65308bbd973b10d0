//! `include` and `exclude`: which files hold notes.

use crate::record::Selection;
use crate::source::NotePath;
use globset::{Candidate, GlobBuilder, GlobSet, GlobSetBuilder};

/// The file patterns of a configuration. Patterns match whole paths from the root of the run; `*` stays inside one
/// folder, `**` does not.
#[derive(Debug, Clone, Default)]
pub struct FileSelection {
    include: Option<Patterns>,
    exclude: Patterns,
}

/// Patterns as written, and compiled.
#[derive(Debug, Clone, Default)]
struct Patterns {
    written: Vec<String>,
    compiled: GlobSet,
}

impl Patterns {
    fn new(written: Vec<String>) -> Result<Self, globset::Error> {
        let mut builder = GlobSetBuilder::new();
        for pattern in &written {
            builder.add(GlobBuilder::new(pattern).literal_separator(true).build()?);
        }
        Ok(Self { compiled: builder.build()?, written })
    }

    fn matches(&self, path: &NotePath) -> bool {
        self.compiled.is_match_candidate(&Candidate::from_bytes(path.as_bytes()))
    }
}

impl FileSelection {
    /// Whether `pattern` can be used.
    ///
    /// # Errors
    /// What is wrong with it, in words.
    pub fn check_pattern(pattern: &str) -> Result<(), String> {
        match GlobBuilder::new(pattern).literal_separator(true).build() {
            Ok(_) => Ok(()),
            Err(error) => Err(error.kind().to_string()),
        }
    }

    /// A selection; no `include` means every `*.yaml` and `*.yml` file.
    ///
    /// # Errors
    /// When a pattern cannot be used, or all of them are too large together.
    pub fn new(include: Option<Vec<String>>, exclude: Vec<String>) -> Result<Self, String> {
        let compile = |patterns| Patterns::new(patterns).map_err(|error| error.to_string());
        Ok(Self { include: include.map(compile).transpose()?, exclude: compile(exclude)? })
    }

    /// Whether a file found on the way is looked at.
    #[must_use]
    pub fn selects(&self, path: &NotePath) -> bool {
        let included = match &self.include {
            Some(patterns) => patterns.matches(path),
            None => looks_like_note(path),
        };
        included && !self.excludes(path)
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

/// Whether a path is one of those looked at without a configuration: `*.yaml` and `*.yml` outside dot folders. The
/// configuration itself is no note.
#[must_use]
pub fn looks_like_note(path: &NotePath) -> bool {
    let mut parts = path.as_bytes().rsplit(|byte| *byte == b'/');
    let Some(name) = parts.next() else { return false };
    let ends = |suffix: &[u8]| {
        name.len() > suffix.len()
            && name.get(name.len() - suffix.len()..).is_some_and(|end| end.eq_ignore_ascii_case(suffix))
    };
    (ends(b".yaml") || ends(b".yml"))
        && !name.starts_with(b".")
        && path.as_bytes() != super::FILE_NAME.as_bytes()
        && !parts.any(|part| part.starts_with(b".") && part != b"." && part != b"..")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(text: &str) -> NotePath {
        NotePath::from_bytes(text)
    }

    #[test]
    fn yaml_files_outside_dot_folders_look_like_notes() {
        for yes in ["a.yaml", "notes/b.yml", "N/C.YAML", "../x.yaml", "deep/notegate.yaml"] {
            assert!(looks_like_note(&path(yes)), "{yes}");
        }
        for no in ["a.txt", ".github/a.yaml", "a/.hidden/b.yml", ".a.yaml", "yaml", ".yaml", "notegate.yaml"] {
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
    fn a_pattern_that_cannot_be_used_is_an_error() {
        assert!(FileSelection::check_pattern("notes/[").is_err());
        assert!(FileSelection::check_pattern("notes/**").is_ok());
    }
}
