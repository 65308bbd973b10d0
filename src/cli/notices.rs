//! What a run says on standard error beside its report: nothing that ends it, but nothing that is passed over in silence.

use super::{CliError, Streams};
use crate::engine::NoteText;
use crate::report::escape;
use crate::report::tally::count;
use crate::source::{self, FileSelection, Idleness, NotePath, PatternList, Seeker};
use std::path::{Path, PathBuf};

/// How much a notice asks of the reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Weight {
    /// Something is probably not as it was meant.
    Warning,
    /// Something that is good to know.
    Notice,
}

/// One thing to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Notice {
    weight: Weight,
    /// May quote names of files, patterns and branches.
    text: String,
    /// The same without anything that comes from outside the program.
    redacted: String,
    help: Option<&'static str>,
}

impl Notice {
    /// A warning that quotes nothing from outside the program.
    pub(super) fn warning(text: impl Into<String>) -> Self {
        Self::new(Weight::Warning, text.into())
    }

    /// Something good to know that quotes nothing from outside the program.
    pub(super) fn remark(text: impl Into<String>) -> Self {
        Self::new(Weight::Notice, text.into())
    }

    fn new(weight: Weight, text: String) -> Self {
        Self { weight, redacted: text.clone(), text, help: None }
    }

    /// The notice with `text`, which quotes something from outside, where that may be shown.
    pub(super) fn or_in_full(self, text: impl Into<String>) -> Self {
        Self { text: text.into(), ..self }
    }

    /// The notice with what to do about it.
    pub(super) fn with_help(self, help: &'static str) -> Self {
        Self { help: Some(help), ..self }
    }

    /// What it says in full.
    pub(super) fn into_text(self) -> String {
        self.text
    }

    /// Says it.
    pub(super) fn tell(&self, note_text: NoteText, streams: &mut Streams<'_>) -> Result<(), CliError> {
        let weight = match self.weight {
            Weight::Warning => "warning",
            Weight::Notice => "notice",
        };
        let text = match note_text {
            NoteText::Shown => &self.text,
            NoteText::Redacted => &self.redacted,
        };
        writeln!(streams.error, "notegate: {weight}: {}", escape::line(text))?;
        if let Some(help) = self.help {
            writeln!(streams.error, "  help: {help}")?;
        }
        Ok(())
    }
}

/// Says all of them.
pub(super) fn tell(notices: &[Notice], note_text: NoteText, streams: &mut Streams<'_>) -> Result<(), CliError> {
    notices.iter().try_for_each(|notice| notice.tell(note_text, streams))
}

/// Warnings of patterns that match nothing, each with one that does when there is one that may be meant, and of an
/// `exclude` that leaves out everything: not an error, since a new repository may hold no such file yet. `every_path`
/// lists the files of the repository; it is asked only when a pattern of `files` matches nothing.
pub(super) fn idle_patterns(
    idle: &Idleness<'_>,
    files: &FileSelection,
    every_path: impl FnOnce() -> Vec<NotePath>,
) -> Vec<Notice> {
    let nothing_left = idle.left_out.map(|left_out| {
        let files = count(left_out, "file");
        Notice::warning(format!(
            "nothing is examined: `exclude` leaves out all that would be ({files}); narrow its patterns"
        ))
    });
    let paths = if idle.patterns.is_empty() { Vec::new() } else { every_path() };
    let notice = |(list, pattern): &(PatternList, &str)| {
        let what = match list {
            PatternList::Include => "matches no file",
            PatternList::Exclude => "leaves out no file that would be examined",
            PatternList::Override => "matches no file that is examined, so the override does nothing for it",
        };
        let near = source::near_patterns(pattern).into_iter().find(|near| files.would_change(*list, near, &paths));
        let meant = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
        let key = list.key();
        Notice::warning(format!("a pattern under `{key}` {what}"))
            .or_in_full(format!("the pattern `{pattern}` under `{key}` {what}{meant}"))
    };
    nothing_left.into_iter().chain(idle.patterns.iter().map(notice)).collect()
}

/// The warning that a run over all files found none. Of a change it is an everyday matter, and not a warning.
pub(super) fn nothing_examined(seeker: Seeker) -> Notice {
    Notice::warning("nothing was examined: there is no YAML file here").with_help(match seeker {
        Seeker::Check => {
            "Run it where the notes are, or name their folder; in a repository, `notegate check --rev REV` judges those of \
             a commit."
        }
        Seeker::Report => {
            "Run it where the notes are, or name their folder; in a repository, `notegate report --rev REV` looks at those \
             of a commit."
        }
        Seeker::Waivers => "Run it where the notes are, or name their folder.",
    })
}

/// The warning that a run looks at another folder than git does.
pub(super) fn work_tree_elsewhere(top: &Path) -> Notice {
    let rest = "is not the current folder, which is what is examined";
    Notice::warning(format!("the work tree of git {rest}"))
        .or_in_full(format!("the work tree of git, {}, {rest}", top.display()))
}

/// Warnings of folders that were named and hold nothing to examine.
pub(super) fn empty_folders(folders: &[PathBuf]) -> Vec<Notice> {
    let notice = |folder: &PathBuf| {
        Notice::warning("the configuration selects no file in a folder that was named")
            .or_in_full(format!("the configuration selects no file in `{}`", folder.display()))
    };
    folders.iter().map(notice).collect()
}
