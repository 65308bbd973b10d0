//! The labelled notes of `fixtures/`, for tests of the reading. The sealed ones are left out: nobody may tune on
//! them.

use crate::eval::{Labelled, parse};
use std::path::{Path, PathBuf};

/// Every labelled note but the sealed ones, in the order of their files.
pub(crate) fn labelled_notes() -> Vec<Labelled> {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let files = ["corpus", "own", "generated"].map(|folder| fixtures.join(folder).read_dir().unwrap());
    let mut files: Vec<PathBuf> = files.into_iter().flatten().map(|file| file.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "jsonl"));
    files.retain(|file| !file.file_name().unwrap().to_str().unwrap().starts_with("sealed"));
    files.sort();
    files.iter().flat_map(|file| notes(file)).collect()
}

/// The notes of a file. Generated ones say what was done to them and have no grade; it is looked at nowhere here.
fn notes(file: &Path) -> Vec<Labelled> {
    let graded = |line: &str| match line.contains("\"grade\"") {
        true => line.to_owned(),
        false => line.replacen('{', "{\"grade\": \"great\", ", 1),
    };
    let lines: Vec<String> = std::fs::read_to_string(file).unwrap().lines().map(graded).collect();
    parse(lines.join("\n").as_bytes()).unwrap()
}
