//! The picture of a terminal in the README is what the program shows. `NOTEGATE_REGENERATE=1 cargo test --test pictures` draws
//! it anew; the picture of the page is made by `.ci/report-page`.
#![allow(clippy::unwrap_used, reason = "a test that meets what it does not expect has to stop")]

mod support;

use anstyle_svg::Term;
use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::process::Command;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// What is typed, and the arguments that take its place here: colours as on a terminal.
const COMMANDS: [(&str, &[&str]); 2] = [
    (
        "notegate check notes/contoso/microsoft-teams.yaml",
        &["check", "--color", "always", "notes/contoso/microsoft-teams.yaml"],
    ),
    (
        "notegate check notes/contoso/exchange-online.yaml",
        &["check", "--color", "always", "notes/contoso/exchange-online.yaml"],
    ),
];

/// What a terminal shows after these commands, with its colours.
fn session() -> String {
    let mut session = String::new();
    for (typed, arguments) in COMMANDS {
        let mut command = Command::new(env!("CARGO_BIN_EXE_notegate"));
        support::scrub(&mut command, &Path::new(ROOT).join("fixtures/contoso"));
        let output = command.args(arguments).args(["--today", support::TODAY]).env("COLUMNS", "100").output().unwrap();
        writeln!(session, "\u{1b}[1m$ {typed}\u{1b}[0m").unwrap();
        session.push_str(&String::from_utf8(output.stdout).unwrap());
        session.push_str(&String::from_utf8(output.stderr).unwrap());
    }
    session
}

#[test]
fn the_terminal_is_what_the_program_shows() {
    let path = Path::new(ROOT).join("docs/pictures/check.svg");
    let drawn = Term::new().render_svg(&session());
    if support::regenerates() {
        fs::write(&path, &drawn).unwrap();
    }
    let kept = fs::read_to_string(&path).unwrap_or_default();
    assert!(kept == drawn, "docs/pictures/check.svg is old: NOTEGATE_REGENERATE=1 cargo test --test pictures");
    assert!(drawn.contains("vague-reason") && drawn.contains("fg-"), "a finding, with colours");
}

#[test]
fn the_pictures_of_the_readme_are_there() {
    let readme = fs::read_to_string(Path::new(ROOT).join("README.md")).unwrap();
    let shown: Vec<&str> = readme.split("](docs/pictures/").skip(1).filter_map(|rest| rest.split(')').next()).collect();
    assert_eq!(shown, ["check.svg", "report.png"]);
    for picture in shown {
        let bytes = fs::metadata(Path::new(ROOT).join("docs/pictures").join(picture)).unwrap().len();
        assert!((1_000..400_000).contains(&bytes), "{picture}: {bytes} bytes");
    }
}
