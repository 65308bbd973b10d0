//! Whether git passes over a file that is not there yet.

use super::NotePath;
use super::disk::bytes_path;
use ignore::gitignore::GitignoreBuilder;
use std::path::Path;

/// Whether a `.gitignore` on the way from `root` to `path` names it or a folder above it.
pub(crate) fn is_ignored(root: &Path, path: &NotePath) -> bool {
    let file = root.join(bytes_path(path.as_bytes()));
    let folders: Vec<&Path> = file.ancestors().skip(1).take_while(|folder| folder.starts_with(root)).collect();
    folders.iter().any(|folder| {
        let mut builder = GitignoreBuilder::new(folder);
        let _problems_are_gits = builder.add(folder.join(".gitignore"));
        builder.build().is_ok_and(|ignore| ignore.matched_path_or_any_parents(&file, false).is_ignore())
    })
}
