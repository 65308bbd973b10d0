//! Ten poor notes of different kinds, committed by doing what the messages say and nothing else.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that meets what it does not expect has to stop"
)]

mod support;

use std::fs;
use std::process::Command;
use support::{Project, record};

const TEMPLATE: &str = "Use this template and fill in the brackets: ";

/// What the writer knows, by the slots of the templates.
const WORDS: [(&str, &str); 8] = [
    ("Managed or unmanaged", "Unmanaged"),
    ("additional details", "The first 80 of 300 mailboxes are moved"),
    ("number of", "4"),
    ("phase of deployment", "remediation phase"),
    ("primary issue", "the Oracle 9i database"),
    ("specific limitations", "drivers that only run on Windows 7"),
    ("specifics", "the Zoom contract until May 2029"),
    ("technical details", "a gateway that cannot reach it"),
];

/// How often a writer reads the messages before giving up.
const ROUNDS: usize = 3;

fn poor_notes() -> Vec<(&'static str, String)> {
    let whole = record("Wingtip", "Teams", "Blocked", "Unable to deploy because the Mitel PBX has no SIP support.");
    let (without_summary, _) = whole.split_once("refresh_summary").unwrap();
    let misspelt = whole.replace("Wingtip", "Woodgrove").replace("note:", "notes:");
    let (incomplete, _) = misspelt.split_once("    what_changed").unwrap();
    vec![
        ("01", record("Adatum", "Teams", "Blocked", "Customer cannot deploy.")),
        (
            "02",
            record("Adventure", "Yammer", "No Intent", "Customer does not want it due to various internal reasons."),
        ),
        ("03", record("Contoso", "Exchange Online", "In Progress", "Weekly call with the IT manager on Tuesday.")),
        ("04", record("Fabrikam", "SharePoint Online", "Status Unknown", "Customer did not respond.")),
        ("05", record("Litware", "Teams", "Blockd", "Unable to deploy because the Avaya gateway has no TLS 1.2.")),
        ("06", record("Northwind", "Teams", "Blocked", "TBD")),
        ("07", record("Proseware", "Exchange Online", "Blocked", "\"\"")),
        ("08", record("Tailspin", "Teams", "No Intent", "Customer declined FastTrack help.")),
        ("09", without_summary.to_owned()),
        ("10", incomplete.to_owned()),
    ]
}

/// The template with what the writer knows in its slots.
fn filled(template: &str) -> String {
    WORDS.iter().fold(template.to_owned(), |text, (slot, words)| text.replace(&format!("[{slot}]"), words))
}

/// The text after doing what a help says.
fn followed(text: &str, help: &str) -> String {
    let between = |before: &str, after: &str| Some(help.split_once(before)?.1.split_once(after)?.0.to_owned());
    let with_line = |key: &str, value: &str| {
        let lines = text.lines().map(|line| match line.starts_with(&format!("{key}: ")) {
            true => format!("{key}: {value}"),
            false => line.to_owned(),
        });
        lines.map(|line| line + "\n").collect::<String>()
    };
    if let Some((_, template)) = help.split_once(TEMPLATE) {
        return with_line("note", &filled(template));
    }
    if let Some(status) = between("Did you mean `", "`?") {
        return with_line("status", &status);
    }
    if let Some((from, to)) = between("Rename the key `", "`.").as_deref().and_then(|keys| keys.split_once("` to `")) {
        return text.replace(&format!("{from}:"), &format!("{to}:"));
    }
    if let Some(entry) = help.strip_prefix("Add an entry:\n") {
        return format!(
            "{text}{}\n",
            entry.trim_end().replace("what you did, in a few words", "First note after the call")
        );
    }
    if help == "Add `what_changed` to the entry." {
        return format!("{text}    what_changed: Reason confirmed by the IT manager\n");
    }
    panic!("nothing to do: {help}")
}

/// Does what the first help of each blocked record says. Whether there was any.
fn follow(project: &Project) -> bool {
    let report = project.run(&["check", "--format", "json"]).json();
    let blocked = report["records"].as_array().unwrap().iter().filter(|record| record["blocked"] == true);
    let mut any = false;
    for record in blocked {
        any = true;
        let is_error = |finding: &&serde_json::Value| finding["severity"] == "error";
        let finding = record["findings"].as_array().unwrap().iter().find(is_error).unwrap();
        let path = project.path().join(record["path"].as_str().unwrap());
        let text = fs::read_to_string(&path).unwrap();
        fs::write(&path, followed(&text, finding["help"].as_str().unwrap())).unwrap();
    }
    any
}

#[test]
fn ten_poor_notes_are_committed_by_doing_what_the_messages_say() {
    let project = Project::new();
    project.git(&["init", "--quiet"]);
    project.git(&["config", "user.name", "Ann Lee"]);
    project.git(&["config", "user.email", "ann@example.com"]);
    assert_eq!(project.run(&["install"]).code, 0);
    for (name, text) in poor_notes() {
        project.write(&format!("notes/{name}.yaml"), text);
    }
    let commit = || {
        let mut shell = Command::new("sh");
        support::scrub(&mut shell, project.path());
        let output = shell.args(["-c", "git add notes && git commit -m 'Ten notes'"]).output().unwrap();
        (output.status.success(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    let (is_committed, said) = commit();
    assert!(!is_committed && said.contains("10 blocked"), "{said}");
    let rounds = (0..ROUNDS).take_while(|_| follow(&project)).count();
    let (is_committed, said) = commit();
    assert!(is_committed && said.contains("10 great"), "after {rounds} rounds: {said}");
}
