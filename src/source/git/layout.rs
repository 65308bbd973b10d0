//! Where the parts of a repository are.

use super::Place;
use super::output::path_line;
use super::program::Program;
use crate::source::SourceError;
use std::path::{Path, PathBuf};

/// Where the parts of a repository are; absolute paths.
pub(crate) struct Layout {
    /// Where git looks for hooks.
    pub(crate) hooks: PathBuf,
    /// Where `core.hooksPath` is set, in words; nothing when it is not set.
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
    let setting = program.output(["config", "-z", "--show-origin", "--get", "core.hooksPath"])?;
    let setting = Setting::parse(&setting.stdout);
    let common_folder = path(&["--git-common-dir"])?;
    let work_tree = path(&["--show-toplevel"]).ok();
    // git goes to the top of the work tree before it reads its files, and names them as seen from there.
    let top = work_tree.as_deref().unwrap_or(&common_folder);
    Ok(Layout {
        // git puts the name of the hook behind the setting and a slash; the folder alone is no path to it.
        hooks: match &setting {
            Some(setting) if setting.value.is_empty() => PathBuf::from("/"),
            _ => path(&["--git-path", "hooks"])?,
        },
        hooks_path_origin: setting.map(|setting| setting.origin(top)),
        common_folder,
        work_tree,
    })
}

/// A setting of git, and where it stands.
struct Setting {
    origin: String,
    value: String,
}

impl Setting {
    /// What git says to `config -z --show-origin --get`; nothing when it is not set.
    fn parse(answer: &[u8]) -> Option<Self> {
        let answer = String::from_utf8_lossy(answer);
        let (origin, value) = answer.strip_suffix('\0')?.split_once('\0')?;
        Some(Self { origin: origin.to_owned(), value: value.to_owned() })
    }

    /// Where it stands, in words; git names files as seen from `top`.
    fn origin(&self, top: &Path) -> String {
        let origin = match self.origin.strip_prefix("file:") {
            Some(file) => top.join(file).display().to_string(),
            None => "the environment or the command line of git".to_owned(),
        };
        if self.value.is_empty() { format!("{origin}, to nothing") } else { origin }
    }
}
