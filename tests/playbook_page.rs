//! The page about the playbook keeps its word: its commands are run, and its configuration is the one in the fixture.
#![allow(clippy::unwrap_used, reason = "a test that meets what it does not expect has to stop")]

mod support;

use std::fs;
use std::path::Path;
use std::process::Command;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// What a command prints on both streams, run beside the files of the page.
fn printed(command: &str) -> Vec<String> {
    let program = Path::new(env!("CARGO_BIN_EXE_notegate")).parent().unwrap();
    let mut shell = Command::new("sh");
    support::scrub(&mut shell, &Path::new(ROOT).join("fixtures/playbook"));
    shell.env("PATH", format!("{}:{}", program.display(), support::search_path()));
    let output = shell.arg("-c").arg(format!("exec 2>&1; {command}")).output().unwrap();
    String::from_utf8(output.stdout).unwrap().lines().map(|line| line.trim_end().to_owned()).collect()
}

/// The page with what its commands print now.
fn as_it_is_now(page: &str) -> String {
    let mut lines = Vec::new();
    let mut is_console = false;
    for line in page.lines() {
        if line.starts_with("```") {
            is_console = line == "```console";
        }
        match line.strip_prefix("$ ").filter(|_| is_console) {
            Some(command) => {
                lines.push(line.to_owned());
                lines.extend(printed(command));
            }
            None if is_console && line != "```console" => {}
            None => lines.push(line.to_owned()),
        }
    }
    lines.join("\n") + "\n"
}

#[test]
fn every_command_prints_what_the_page_shows() {
    let path = Path::new(ROOT).join("docs/playbook.md");
    let page = fs::read_to_string(&path).unwrap();
    assert_eq!(page.matches("\n$ notegate ").count(), 4);
    let now = as_it_is_now(&page);
    if support::regenerates() {
        fs::write(&path, now).unwrap();
    } else {
        assert_eq!(page, now, "write it anew: NOTEGATE_REGENERATE=1 cargo test --test playbook_page");
    }
}

#[test]
fn the_configuration_of_the_page_is_the_one_of_the_fixture() {
    let page = fs::read_to_string(Path::new(ROOT).join("docs/playbook.md")).unwrap();
    let config = fs::read_to_string(Path::new(ROOT).join("fixtures/playbook/notegate.yaml")).unwrap();
    assert!(page.contains(&format!("```yaml\n{config}```\n")));
}

#[test]
fn the_additions_of_the_page_help() {
    let counts = |arguments: &str| {
        let json = printed(&format!("notegate eval labelled.jsonl --format json {arguments}")).concat();
        let report: serde_json::Value = serde_json::from_str(&json).unwrap();
        ["block", "three_way", "intent"].map(|key| report[key]["count"].as_u64().unwrap())
    };
    let (before, after) = (counts("--no-config"), counts("--config notegate.yaml"));
    assert_eq!(after, [4, 4, 4]);
    assert!(before.iter().zip(after).all(|(before, after)| *before < after), "{before:?}");
}
