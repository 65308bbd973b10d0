//! What a run over whole repositories says when a pattern or a folder leads to no file: not an error, since a new
//! repository may hold none yet, but never in silence.

use super::{Failure, Streams};
use crate::report::escape;
use crate::report::tally::count;
use crate::source::{self, Idleness, NotePath, PatternList};
use std::path::PathBuf;

/// Warns of patterns that match nothing, each with one that does when there is one that may be meant. `every_path`
/// lists the files of the repository; it is asked only when there is something to warn of.
pub(super) fn warn_of_idle_patterns(
    idle: &Idleness<'_>,
    every_path: impl FnOnce() -> Vec<NotePath>,
    streams: &mut Streams<'_>,
) -> Result<(), Failure> {
    if let Some(left_out) = idle.left_out {
        let files = count(left_out, "file");
        let text =
            format!("nothing is examined: `exclude` leaves out all that would be ({files}); narrow its patterns");
        writeln!(streams.error, "notegate: warning: {}", escape::line(&text))?;
    }
    if idle.patterns.is_empty() {
        return Ok(());
    }
    let paths = every_path();
    for (list, pattern) in &idle.patterns {
        let what = match list {
            PatternList::Include => "matches no file",
            PatternList::Exclude => "leaves out no file that would be examined",
        };
        let near = source::near_patterns(pattern).into_iter().find(|near| source::matches_any(near, &paths));
        let meant = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
        let text = format!("the pattern `{pattern}` under `{}` {what}{meant}", list.key());
        writeln!(streams.error, "notegate: warning: {}", escape::line(&text))?;
    }
    Ok(())
}

/// Warns of folders that were named and hold nothing to examine.
pub(super) fn warn_of_empty_folders(folders: &[PathBuf], streams: &mut Streams<'_>) -> Result<(), Failure> {
    for folder in folders {
        let text = format!("the configuration selects no file in `{}`", folder.display());
        writeln!(streams.error, "notegate: warning: {}", escape::line(&text))?;
    }
    Ok(())
}
