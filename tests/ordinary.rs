//! Ordinary YAML files with words that records use too. None of them is a note, and none may be reported.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that meets what it does not expect has to stop")]

mod support;

use std::fs;
use std::path::Path;
use support::notegate;

#[test]
fn no_ordinary_file_is_reported_or_taken_for_a_record() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/ordinary");
    let files = fs::read_dir(&folder).unwrap().count();
    assert!(files >= 25, "{files} files");
    let output = notegate(&folder).args(["check", "--no-config", "."]).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let line = format!(
        "{files} files ({files} skipped: {files} without a record), 0 records: 0 great, 0 marginal, 0 poor; 0 blocked, \
         0 waived\n"
    );
    assert_eq!(text, line);
    assert_eq!(output.status.code(), Some(0));
}
