//! `--redact`: nothing that the program writes tells what a note says or whom it is about. On Unix, for its links.
#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that meets what it does not expect has to stop"
)]

mod support;

use std::fs;
use std::os::unix::fs::symlink;
use std::process::Command;
use support::{Project, Run, TODAY, record, scrub};

/// What must not be seen, in lower case: words of names, paths, notes, refresh entries, waivers, keys, branches.
const SECRETS: [&str; 17] = [
    "northwind",
    "traders",
    "nwt",
    "kennedy",
    "celia",
    "zebra",
    "okapi",
    "quagga",
    "walrus",
    "ocelot",
    "lemur",
    "bongo",
    "wombat",
    "notes/",
    "gnu-",
    "dana",
    "escalat",
];

#[track_caller]
fn assert_tells_nobody(run: &Run, what: &str) {
    let all = format!("{}{}", run.stdout, run.stderr).to_lowercase();
    for secret in SECRETS {
        assert!(!all.contains(secret), "{what} tells {secret:?}: {}", run.transcript());
    }
}

/// A project with a finding of nearly every kind, in files and folders that are called after the customer.
fn project() -> Project {
    let project = Project::new();
    let note = "Customer cannot deploy yet because of zebra okapi, see the quagga for now.";
    let copied = "Unable to deploy because the walrus gateway of the ocelot plant drops all mail traffic on port 25.";
    let write = |path: &str, text: String| project.write(path, text);
    write("notes/northwind-traders/exchange.yaml", record("Northwind Traders", "Exchange Online", "Blocked", note));
    write("notes/northwind-traders/yammer.yaml", record("Northwind Traders", "Yammer", "Blocked", copied));
    write("notes/northwind-traders/teams.yaml", record("Northwind Traders", "Microsoft Teams", "Blocked", copied));
    write(
        "notes/northwind-traders/stream.yaml",
        record("Northwind Traders", "NWT Lemur Northwind", "Wombat hold", copied),
    );
    write(
        "notes/nwt.yaml",
        record("Northwind Traders", "Yammer", "No Intent", "TBD")
            .replace("note: TBD", "note: ''\nstatsu: Wombat\nowner: Dana")
            + "waivers:\n  - {rule: gnu-lemur, reason: Dana escalated it, wombat: 1}\n  - {rule: blank-note, reason: Dana agreed to it in May}\n",
    );
    write(
        "notes/northwind/bad.yaml",
        "customer: Northwind\nnorthwind: 1\nnorthwind: 2\nnote: zebra: okapi\n".to_owned(),
    );
    write("notes/northwind/date.yaml", great("Northwind").replace("2020-03-27", "bongo 27"));
    write("notes/northwind/type.yaml", great("Northwind").replace("status: Blocked", "status: [Wombat]"));
    write(
        "notes/northwind/list.yaml",
        "- customer: Northwind\n  workload: Yammer\n  status: Blocked\n  note: zebra\n- Northwind Traders, same\n"
            .to_owned(),
    );
    write("notes/northwind/great.yaml", great("Northwind"));
    write("notes/northwind/none.yaml", "title: okapi\n".to_owned());
    symlink("great.yaml", project.path().join("notes/northwind/link.yaml")).unwrap();
    fs::create_dir_all(project.path().join("notes/northwind/folder.yaml")).unwrap();
    project
}

fn great(customer: &str) -> String {
    record(
        customer,
        "Exchange Online",
        "Blocked",
        "Unable to deploy because the Palo Alto PA-220 firewall drops SMTP traffic on port 25 and stays before June.",
    )
}

#[test]
fn no_format_level_or_stream_tells_whom_a_note_is_about() {
    let project = project();
    for format in ["human", "json"] {
        for level in [&["-v"][..], &["-q"], &[], &["--fail-on", "marginal", "-v"]] {
            let run = project.check(&[&["--redact", "--format", format], level].concat());
            assert_eq!(run.code, 1);
            assert_tells_nobody(&run, &format!("{format} {level:?}"));
        }
    }
    let run = project.check(&["--redact", "--list-files"]);
    assert_tells_nobody(&run, "--list-files");
    assert!(run.stdout.lines().count() >= 11, "{}", run.transcript());

    let run = project.check(&["--redact", "--format", "json", "--output", "report.json", "-v"]);
    assert_tells_nobody(&run, "--output");
    let written = Run { stdout: fs::read_to_string(project.path().join("report.json")).unwrap(), ..run };
    assert_tells_nobody(&written, "the file of --output");

    let plain = project.check(&["-v"]);
    for secret in ["northwind", "zebra", "walrus", "notes/", "dana", "wombat"] {
        assert!(plain.stdout.to_lowercase().contains(secret), "without --redact there is {secret:?} to hide");
    }
}

#[test]
fn what_is_needed_to_act_stays() {
    let project = project();
    let (open, hidden) = (project.check(&["--format", "json"]), project.check(&["--format", "json", "--redact"]));
    let (open, hidden) = (open.json(), hidden.json());
    assert_eq!(open["summary"], hidden["summary"]);
    let kinds = hidden["records"].as_array().unwrap().iter().map(|record| record["reading"]["reason_kind"].clone());
    assert!(kinds.into_iter().any(|kind| kind == "infrastructure"), "a firewall is infrastructure, redacted or not");
    let records = |report: &serde_json::Value| report["records"].as_array().unwrap().clone();
    assert_eq!(records(&open).len(), records(&hidden).len());
    for (open, hidden) in records(&open).iter().zip(records(&hidden)) {
        for key in ["index", "line", "grade", "blocked", "changed"] {
            assert_eq!(open[key], hidden[key], "{key}");
        }
        assert_eq!(open["reading"]["intent"], hidden["reading"]["intent"]);
        assert_eq!(open["reading"]["reason_kind"], hidden["reading"]["reason_kind"]);
        assert!(hidden["reading"]["reason_kind_text"].is_null(), "the words that tell the kind are the note's");
        let findings = |record: &serde_json::Value| -> Vec<String> {
            let places = record["findings"].as_array().unwrap().iter();
            let mut places: Vec<String> =
                places.map(|f| format!("{} {} {}:{}", f["rule"], f["waived"], f["line"], f["column"])).collect();
            places.sort();
            places
        };
        assert_eq!(findings(open), findings(&hidden));
    }
    // The same file and the same customer have the same pseudonym, in every run and in every format.
    let of = |index: usize, key: &str| records(&hidden)[index][key].as_str().unwrap().to_owned();
    let again = project.check(&["--redact", "--format", "human"]);
    assert!(
        again.stdout.contains(&of(0, "path")) && again.stdout.contains(&of(0, "customer")),
        "{}",
        again.transcript()
    );
    let customers: std::collections::BTreeSet<String> =
        records(&hidden).iter().map(|record| record["customer"].to_string()).collect();
    assert_eq!(customers.len(), 2, "Northwind and Northwind Traders: {customers:?}");
}

#[test]
fn who_has_the_repository_finds_the_file() {
    let project = project();
    let report = project.check(&["--redact", "--format", "json"]).json();
    let wanted = report["records"][0]["path"].as_str().unwrap().to_owned();
    // The command of docs/ci.md.
    let page = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/ci.md")).unwrap();
    let script = page.split("```sh\n# which-file").nth(1).unwrap().split("```").next().unwrap();
    let script =
        format!("# which-file{}", script.replace("file-1a2b3c4d5e6f.yaml", &wanted).replace("/tmp/paths", "paths"));
    let mut shell = Command::new("sh");
    scrub(&mut shell, project.path());
    let program = std::path::Path::new(env!("CARGO_BIN_EXE_notegate")).parent().unwrap();
    shell.env("PATH", format!("{}:{}", program.display(), support::search_path()));
    let found = String::from_utf8(shell.arg("-c").arg(script).output().unwrap().stdout).unwrap();
    assert_eq!(found, "notes/northwind-traders/exchange.yaml\n");
}

#[test]
fn failures_tell_nobody() {
    let project = project();
    for arguments in [
        &["notes/northwind/absent.yaml"][..],
        &["--config", "northwind.yaml"],
        &["--output", "northwind/none/report.json"],
        &["--from", "northwind"],
        &["--rev", "northwind-branch"],
        &["-", "notes/northwind/great.yaml"],
    ] {
        let run = project.check(&[&["--redact"], arguments].concat());
        assert!(run.code >= 2, "{arguments:?}: {}", run.transcript());
        assert_tells_nobody(&run, &format!("{arguments:?}"));
    }
    project.write(
        "notegate.yaml",
        "exclude: ['northwind/[']\nplaybook: {workloads: [{name: Loop, aliases: [teams, northwind, Yammer]}]}\n",
    );
    let run = project.check(&["--redact"]);
    assert_eq!(run.code, 2);
    assert_tells_nobody(&run, "a wrong configuration");
    let run = project.run_with(
        &["check", "-", "--stdin-filename", "notes/northwind.yaml", "--redact", "--no-config", "-v"],
        great("Northwind").replace("status: Blocked", "status: No Intent").as_bytes(),
        &[],
    );
    assert_tells_nobody(&run, "standard input");
}

#[test]
fn hooks_and_changes_tell_nobody() {
    let project = project();
    fs::remove_dir(project.path().join(".git")).unwrap();
    project.git(&["init", "-q"]);
    project.git(&["commit", "-q", "--allow-empty", "-m", "root"]);
    project.git(&["checkout", "-q", "-b", "northwind-escalation"]);
    project.git(&["add", "."]);
    let run = |arguments: &[&str], input: &str| {
        project.run_with(&[arguments, &["--redact", "--today", TODAY]].concat(), input.as_bytes(), &[])
    };
    for arguments in
        [&["check", "--staged", "-v"][..], &["hook", "pre-commit"], &["check", "--staged", "--format", "json"]]
    {
        let run = run(arguments, "");
        assert_eq!(run.code, 1, "{}", run.transcript());
        assert_tells_nobody(&run, &format!("{arguments:?}"));
    }
    project.git(&["commit", "-q", "-m", "Northwind escalation"]);
    for arguments in [&["check", "--from", "main", "-v"][..], &["check", "--rev", "northwind-escalation", "-v"]] {
        let run = run(arguments, "");
        assert_eq!(run.code, 1, "{}", run.transcript());
        assert_tells_nobody(&run, &format!("{arguments:?}"));
    }
    let head = project.git(&["rev-parse", "HEAD"]);
    let zero = "0".repeat(40);
    let name = "refs/heads/northwind-escalation";
    for hook in [&["hook", "pre-push", "-v", "--", "origin", "url"][..], &["hook", "pre-receive"]] {
        let update = match hook[1] {
            "pre-push" => format!("{name} {head} {name} {zero}\n"),
            _ => format!("{zero} {head} {name}\n"),
        };
        let arguments = [&["hook", hook[1], "--redact", "--today", TODAY], &hook[2..]].concat();
        let run = project.run_with(&arguments, update.as_bytes(), &[]);
        assert_tells_nobody(&run, &format!("{hook:?}"));
        let gone = format!("{name} {zero} {name} {head}\n");
        assert_tells_nobody(&project.run_with(&arguments, gone.as_bytes(), &[]), "a deleted branch");
        assert_tells_nobody(&project.run_with(&arguments, b"northwind\n", &[]), "a wrong line");
    }
    project.write("notegate.yaml", "exclude: ['northwind/[']\n");
    project.git(&["add", "notegate.yaml"]);
    let run = run(&["hook", "pre-commit"], "");
    assert_eq!(run.code, 2, "{}", run.transcript());
    assert_tells_nobody(&run, "a hook with a wrong configuration");
}

/// The project, under a folder that is called after the customer, with a configuration that warns of all that it can.
fn repository() -> Project {
    let project = Project::new();
    fs::remove_dir(project.path().join(".git")).unwrap();
    let inner = "northwind-repo/";
    let write = |path: &str, text: String| project.write(&format!("{inner}{path}"), text);
    write(
        "notegate.yaml",
        "include: ['notes/**', 'northwind-none/**']\nexclude: ['northwind-old/**']\n\
         playbook:\n  workloads: [{name: NWT Portal, aliases: [okapi]}, {name: Northwind Mail}]\n  \
         statuses: [{name: Northwind hold, kind: blocked}]\n"
            .to_owned(),
    );
    write("Notegate.yml", String::new());
    write("docs/northwind/README", String::new());
    let copied = "Unable to deploy because the walrus gateway of the ocelot plant drops all mail traffic on port 25.";
    write("notes/northwind/portal.yaml", record("Northwind Traders", "okapi", "Northwind hold", copied));
    write("notes/northwind/mail.yaml", record("Northwind Traders", "northwind mail", "Blocked", copied));
    write(
        "notes/northwind/waived.yaml",
        record("Northwind Traders", "Yammer", "Blocked", "''")
            + "waivers:\n  - {rule: northwind-rule, reason: Dana agreed}\n  - {rule: hedging, reason: Northwind asked Dana for it}\n",
    );
    project
}

#[test]
fn warnings_and_notices_tell_nobody() {
    let project = repository();
    let inner = project.path().join("northwind-repo");
    let git = |arguments: &[&str]| project.git(&[&["-C", "northwind-repo"], arguments].concat());
    git(&["init", "-q", "-b", "northwind-main"]);
    git(&["commit", "-q", "--allow-empty", "-m", "root"]);
    git(&["update-ref", "refs/remotes/origin/northwind-main", "HEAD"]);
    git(&["symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/northwind-main"]);
    git(&["checkout", "-q", "-b", "northwind-topic"]);
    git(&["add", "."]);
    let run = |folder: &std::path::Path, arguments: &[&str]| {
        let mut command = support::notegate(folder);
        let output = command.args([arguments, &["--redact", "--today", TODAY]].concat()).output().unwrap();
        Run {
            code: output.status.code().unwrap(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    };
    let seen = |folder: &std::path::Path, arguments: &[&str], code: i32, said: &str| {
        for format in ["human", "json"] {
            let run = run(folder, &[arguments, &["--format", format]].concat());
            assert_eq!(run.code, code, "{arguments:?}: {}", run.transcript());
            assert!(run.stderr.contains(said), "{arguments:?}: no “{said}” in {}", run.transcript());
            assert_tells_nobody(&run, &format!("{arguments:?}"));
        }
    };
    let pattern = "a pattern under `include` matches no file";
    seen(&inner, &["check", "-v"], 1, pattern);
    seen(&inner, &["check"], 1, "a pattern under `exclude` leaves out no file");
    seen(&inner, &["check"], 1, "a file with nearly the name of the configuration is not read");
    seen(&inner, &["check", "docs/northwind"], 0, "the configuration selects no file in a folder that was named");
    seen(&inner, &["hook", "pre-commit"], 1, "nearly the name");
    // Seen from elsewhere, the way to the file is no part of its pseudonym.
    seen(&inner.join("docs/northwind"), &["check", "--staged"], 1, "");
    seen(project.path(), &["check", "northwind-repo"], 1, pattern);
    seen(&inner.join("docs"), &["check", "-v", "../notes/northwind"], 1, "");
    for folder in [&inner.join("notes/northwind"), project.path()] {
        let arguments: &[&str] = if *folder == *project.path() { &["northwind-repo"] } else { &[] };
        let run = run(folder, &[&["check", "--list-files"], arguments].concat());
        assert_tells_nobody(&run, "--list-files");
        assert!(run.stdout.lines().all(|line| line.starts_with("file-")), "{}", run.transcript());
    }
    git(&["commit", "-q", "-m", "northwind"]);
    seen(&inner, &["check", "--rev", "northwind-topic"], 1, pattern);
    seen(&inner, &["check", "--rev", "northwind-topic", "docs/northwind"], 0, "selects no file");
    let gone = "1".repeat(40);
    seen(&inner, &["check", "--from", &gone], 1, "compared with the default branch instead");
    seen(&inner, &["check", "--from", &"0".repeat(40)], 1, "what is judged is what no other branch has");
    git(&["branch", "-q", "-D", "northwind-main"]);
    git(&["branch", "-q", "-M", "northwind-topic", "northwind-main"]);
    git(&["update-ref", "refs/remotes/origin/northwind-main", "HEAD"]);
    seen(&inner, &["check", "--from", &"0".repeat(40)], 1, "the other end is the default branch");
    git(&["branch", "-q", "-M", "northwind-main", "northwind-topic"]);
    git(&["update-ref", "refs/remotes/origin/northwind-main", "HEAD~1"]);
    git(&["branch", "-q", "northwind-main", "HEAD~1"]);
    seen(&inner, &["check", "--from", "northwind-main"], 1, "this change edits notegate.yaml");
    seen(&inner, &["check", "--from", "northwind-none"], 2, "");
    // A command line that is wrong repeats nothing either.
    for arguments in
        [&["check", "--northwind"][..], &["check", "--format", "northwind"], &["check", "--today", "northwind"]]
    {
        let run = run(&inner, arguments);
        assert_eq!(run.code, 2, "{}", run.transcript());
        assert_tells_nobody(&run, &format!("{arguments:?}"));
    }
    // What the configuration says in full is no report that could be redacted.
    let printed = run(&inner, &["check", "--print-config"]);
    assert_eq!((printed.code, &*printed.stdout), (2, ""), "{}", printed.transcript());
    assert_tells_nobody(&printed, "--print-config");
    // A file with nearly the name of the configuration, and none of the right name.
    git(&["rm", "-q", "notegate.yaml"]);
    seen(&inner, &["check"], 2, "the configuration is wrong");
    seen(&inner, &["check", "--staged"], 2, "the configuration is wrong");
}

#[test]
fn one_note_by_itself_tells_nobody() {
    let project = Project::new();
    let arguments = [
        "grade",
        "--redact",
        "--status",
        "Blocked",
        "--customer",
        "Northwind",
        "Northwind cannot deploy because of zebra okapi.",
    ];
    for format in ["human", "json"] {
        assert_tells_nobody(&project.run(&[&arguments[..], &["--format", format]].concat()), format);
    }
}
