//! Where the parts of a repository are.

use super::Place;
use super::output::path_line;
use super::program::Program;
use crate::source::SourceError;
use std::path::PathBuf;

/// Where the parts of a repository are; absolute paths.
pub(crate) struct Layout {
    /// Where git looks for hooks.
    pub(crate) hooks: PathBuf,
    /// The file and line in which `core.hooksPath` is set, in git's words; nothing when it is not set.
    pub(crate) hooks_path_origin: Option<String>,
    /// The folder that all work trees share.
    pub(crate) common_folder: PathBuf,
    /// The top of the work tree; nothing in a bare repository.
    pub(crate) work_tree: Option<PathBuf>,
}

/// Asks git where things are.
///
/// # Errors
/// When there is no repository, or no git program.
pub(crate) fn layout(place: &Place) -> Result<Layout, SourceError> {
    let program = Program::at(place);
    let path = |arguments: &[&str]| {
        let absolute = ["rev-parse", "--path-format=absolute"];
        program.run(absolute.iter().chain(arguments)).map(|output| path_line(&output))
    };
    let origin = program.output(["config", "--show-origin", "--get", "core.hooksPath"])?;
    let origin = String::from_utf8_lossy(&origin.stdout).split('\t').next().map(|origin| origin.trim().to_owned());
    Ok(Layout {
        hooks: path(&["--git-path", "hooks"])?,
        hooks_path_origin: origin.filter(|origin| !origin.is_empty()),
        common_folder: path(&["--git-common-dir"])?,
        work_tree: path(&["--show-toplevel"]).ok(),
    })
}
