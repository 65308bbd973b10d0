//! What the commands for writers say when they are used in a wrong way: what is wrong, and what to write.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that meets what it does not expect has to stop")]

mod support;

use support::{Project, TODAY, great};

/// Words of programs and not of people.
const JARGON: [&str; 7] = ["os error", "parse", "invalid digit", "panicked", "None", "FILE", "<TEXT>"];

/// Each command line is refused with a usage error that says this, and with a help that says that.
fn assert_told(cases: &[(&[&str], &str, &str)]) {
    let project = Project::with("notes/contoso.yaml", great());
    for (arguments, said, help) in cases {
        let run = project.run(arguments);
        assert!(run.code == 2 || run.code == 1 || run.code == 3, "{arguments:?}: {}", run.transcript());
        assert!(run.stderr.contains(said), "{arguments:?} should say {said:?}: {}", run.transcript());
        assert!(run.stderr.contains(help), "{arguments:?} should advise {help:?}: {}", run.transcript());
        let words = JARGON.iter().find(|words| run.stderr.contains(*words));
        assert_eq!(words, None, "{arguments:?}: {}", run.transcript());
        assert_eq!(std::fs::read_to_string(project.path().join("notes/contoso.yaml")).unwrap(), great());
    }
}

#[test]
fn refresh() {
    const FILE: &str = "notes/contoso.yaml";
    assert_told(&[
        (
            &["refresh", "-m", "Pilot started"],
            "the file whose record changed is missing",
            "notegate refresh notes/contoso.yaml -m 'Pilot started'\n  For all records that are staged: notegate refresh \
             --staged -m 'Pilot started'\n",
        ),
        (&["refresh"], "and -m, which says what changed", "notegate refresh --staged -m 'Pilot with 40 users started'"),
        (
            &["refresh", FILE],
            "-m, which says what changed, is missing",
            "notegate refresh notes/contoso.yaml -m 'Pilot with 40 users started'",
        ),
        (
            &["refresh", FILE, "Pilot started"],
            "-m, which says what changed, is missing",
            "notegate refresh notes/contoso.yaml -m 'Pilot started'",
        ),
        (&["refresh", "--staged"], "-m, which says what changed, is missing", "notegate refresh --staged -m "),
        (
            &["refresh", FILE, "-m", "Pilot started", "--date", "03/04/2026"],
            "write the year, the month and the day: 2026-03-04 or 2026-04-03, whichever is meant",
            "",
        ),
        (&["refresh", FILE, "-m", "Pilot started", "--date", "27.3.2026"], "like this: 2026-03-27", ""),
        (&["refresh", FILE, "-m", "Pilot started", "--date", "yesterday"], "such as 2026-03-27", ""),
        (
            &["refresh", FILE, "-m", "Pilot started", "--date", "2026-07-09", "--today", TODAY],
            "--date 2026-07-09 is in the future",
            "Give the day on which the record was changed.",
        ),
        (
            &["refresh", "nix.yaml", "-m", "Pilot started", "--who", "Ann Lee"],
            "there is no such file",
            "Check the spelling",
        ),
        (&["refresh", "notes", "-m", "Pilot started", "--who", "Ann Lee"], "this is a folder", "Name the files in it"),
        (&["refresh", FILE, "-m", "update"], "does not say what changed", "Say it in a few words"),
        (&["refresh", FILE, "-m", "Pilot started", "--who", "-"], "--who does not name a person", "Give a name"),
        (
            &["refresh", FILE, "-m", "Pilot started", "--who", "Ann Lee", "--record", "Fabrikam"],
            "no record is `Fabrikam`",
            "Contoso/Exchange Online (line 1)",
        ),
    ]);
}

#[test]
fn new() {
    let heading = ["new", "--customer", "Fabrikam", "--workload", "Teams", "--status", "Blocked", "--who", "Ann Lee"];
    let with = |more: &[&'static str]| [&heading[..], more].concat();
    assert_told(&[
        (
            &["new", "Fabrikam"],
            "it is not clear what `Fabrikam` is",
            "notegate new --customer Fabrikam; or run `notegate new` alone",
        ),
        (
            &["new", "--who", "Ann Lee"],
            "a new record also needs --customer, --workload, --status and --note",
            "--status is one of",
        ),
        (&["new", "--status", "Blockd"], "there is no status `Blockd`", "Blocked"),
        (&with(&[]), "a new record also needs --note", "\n    Unable to deploy because of [primary issue] and"),
        (&with(&["--slot", "pilot"]), "names no slot", "--slot \"phase of deployment=pilot phase\""),
        (&with(&["--slot", "phase=pilot"]), "no template of Blocked has a slot “phase”", "Unable to deploy"),
        (&with(&["--slot", "specific limitations=its age"]), "begins with one of these slots", "[primary issue]"),
        (&with(&["--reason", "the PBX", "--date", "1/2/2026"]), "2026-01-02 or 2026-02-01", ""),
        (&with(&["--note", ""]), "the note is empty", "Unable to deploy"),
        (&with(&["--reason", "the Mitel PBX without SIP", "-m", "update"]), "does not say what changed", "a few words"),
        (
            &with(&["--reason", "the Mitel PBX without SIP", "--output", "notes"]),
            "it is a folder",
            "such as notes/fabrikam.yaml",
        ),
    ]);
}

#[test]
fn fix_adopt_and_waivers() {
    assert_told(&[
        (&["fix", "nix"], "there is no file or folder `nix`", "Check the spelling"),
        (&["fix", "--who", "Ann Lee"], "-m, which says what it tells, is missing", "notegate fix -m"),
        (&["fix", "-m", "update"], "does not say what changed", "a few words"),
        (&["fix", "-m", "First entry", "--who", "n/a"], "--who does not name a person", "Give a name"),
        (&["fix", "--today", "1.7.2026"], "2026-01-07 or 2026-07-01", ""),
        (
            &["fix", "--config", "nix.yaml"],
            "nix.yaml could not be read: No such file or directory\n",
            "Check the spelling",
        ),
        (&["fix", "--chek"], "unexpected argument '--chek'", "'--check'"),
        (&["adopt", "nix"], "there is no folder `nix`", "Name the folder that holds the notes"),
        (&["adopt", "notes/contoso.yaml"], "`notes/contoso.yaml` is a file", "Name the folder that holds the notes"),
        (&["adopt", "notes", "more"], "more than one folder is given", "the folder above them"),
        (&["adopt", "--today", "tomorrow"], "such as 2026-03-27", ""),
        (&["waivers", "nix"], "there is no file or folder `nix`", "Check the spelling"),
        (&["waivers", "--format", "xml"], "invalid value 'xml'", "human, json"),
        (&["waivers", "--today", "2026-02-30"], "there is no such day", "such as 2026-03-27"),
    ]);
}
