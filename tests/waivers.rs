//! `notegate waivers`: every waiver, with its reason, author, age and end; and the warning before one ends.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that meets what it does not expect has to stop"
)]

mod support;

use serde_json::Value;
use std::fs;
use support::{Project, TODAY, record};

const HEDGED: &str = "Unable to deploy because the Palo Alto PA-220 firewall probably drops SMTP traffic on port 25.";

fn waived(customer: &str, waivers: &str) -> String {
    record(customer, "Exchange Online", "Blocked", HEDGED) + "waivers:\n" + waivers
}

/// A repository in which each waiver does something else.
fn project() -> Project {
    let project = Project::new();
    fs::remove_dir(project.path().join(".git")).unwrap();
    project.git(&["init", "--quiet"]);
    project.write("a.yaml", waived("Ending", "  - {rule: hedging, reason: legal asked for it, until: 2026-07-14}\n"));
    project.write("b.yaml", waived("Endless", "  - rule: hedging\n    reason: kept by hand for the audit\n"));
    project.write("c.yaml", waived("Over", "  - {rule: hedging, reason: kept by hand, until: 2026-06-29}\n"));
    project.write(
        "d.yaml",
        waived(
            "Wrong",
            "  - {rule: hedging, reason: needed}\n  - {rule: too-long, reason: kept by hand, until: 2027-01-31}\n",
        ),
    );
    project.write(
        "e.yaml",
        format!(
            "customer: Shared\nwaivers: [{{rule: hedging, reason: \"their \\e[31m own words\", until: 2026-12-31}}]\n\
             entitlements:\n- workload: Yammer\n  status: Blocked\n  note: {HEDGED}\n- workload: Stream\n  status: \
             Blocked\n  note: Unable to deploy because the vendor of the archive does not support it before March.\n"
        ),
    );
    project.git(&["add", "a.yaml", "b.yaml", "c.yaml", "e.yaml"]);
    project.git(&[
        "-c",
        "user.name=Sam \u{1b}Field",
        "commit",
        "--quiet",
        "--date=2026-06-01T12:00:00Z",
        "--message=the waivers",
    ]);
    project.write("b.yaml", format!("# moved down\n{}", fs::read_to_string(project.path().join("b.yaml")).unwrap()));
    project
}

fn list(project: &Project) -> Value {
    let run = project.run(&["waivers", "--today", TODAY, "--format", "json"]);
    assert_eq!(run.quiet_code(), 0);
    run.json()
}

#[test]
fn all_are_listed_what_ends_first_comes_first() {
    let list = list(&project());
    let waivers = list["waivers"].as_array().unwrap();
    let seen: Vec<_> = waivers
        .iter()
        .map(|waiver| {
            let text = |key: &str| waiver[key].as_str().unwrap_or("-").to_owned();
            (
                text("customer"),
                waiver["line"].as_u64().unwrap(),
                text("effect"),
                waiver["days_left"].as_i64(),
                text("since"),
            )
        })
        .collect();
    let expected = [
        ("Over", 10, "expired", Some(-1), "2026-06-01"),
        ("Ending", 10, "in-force", Some(14), "2026-06-01"),
        ("Shared", 2, "in-force", Some(184), "2026-06-01"),
        ("Wrong", 11, "unused", Some(215), "-"),
        ("Endless", 11, "in-force", None, "2026-06-01"),
        ("Wrong", 10, "invalid", None, "-"),
    ];
    let expected: Vec<_> = expected
        .into_iter()
        .map(|(customer, line, effect, left, since)| {
            (customer.to_owned(), line, effect.to_owned(), left, since.to_owned())
        })
        .collect();
    assert_eq!(seen, expected);
    assert_eq!(waivers[1]["author"], "Sam \u{1b}Field");
    assert_eq!(waivers[1]["age_days"], 29);
    assert_eq!(waivers[2]["workload"], Value::Null, "for all of them");
    assert_eq!(
        list["summary"],
        serde_json::json!({"waivers": 6, "in_force": 3, "ending": 1, "unused": 1, "expired": 1, "invalid": 1})
    );
}

#[test]
fn an_invalid_waiver_says_why() {
    let waivers = [
        "{rule: hedging, reason: various reasons}",
        "{rule: no-such-rule, reason: legal asked for this wording}",
        "{rule: missing-field, reason: legal asked for this wording}",
        "{rule: hedging, reason: TBD, untill: 2030-01-01}",
        "{reason: legal asked for this wording, until: soon}",
        "{rule: hedging, reason: legal asked for this wording, until: 2020-01-01}",
    ];
    let items: Vec<String> = waivers.iter().map(|waiver| format!("  - {waiver}\n")).collect();
    let project = Project::with("a.yaml", waived("Contoso", &items.concat()));
    let list = project.run(&["waivers", "--today", TODAY, "--format", "json"]).json();
    let mut errors: Vec<(u64, Vec<&str>)> = list["waivers"]
        .as_array()
        .unwrap()
        .iter()
        .map(|waiver| {
            let errors = waiver["errors"].as_array().unwrap().iter().map(|error| error.as_str().unwrap());
            (waiver["line"].as_u64().unwrap(), errors.collect())
        })
        .collect();
    errors.sort();
    let errors: Vec<Vec<&str>> = errors.into_iter().map(|(_, errors)| errors).collect();
    assert_eq!(
        errors,
        [
            vec!["the reason of the waiver is too vague"],
            vec!["there is no rule `no-such-rule`"],
            vec!["`missing-field` cannot be waived"],
            vec!["the waiver gives no reason", "a waiver has no key `untill`"],
            vec!["the waiver names no rule", "the last day of the waiver is not a valid date"],
            vec!["the waiver expired on 2020-01-01"],
        ]
    );
    let shown = project.run(&["waivers", "--today", TODAY]).stdout;
    for error in errors.iter().take(5).flatten() {
        assert!(shown.contains(&format!("  invalid because: {error}\n")), "{error}: {shown}");
    }
    assert_eq!(shown.matches("invalid because").count(), 7, "{shown}");
}

#[test]
fn the_list_follows_its_schema() {
    let page = include_str!("../docs/waivers.schema.json");
    let project = project();
    assert_eq!(
        project.run(&["schema", "waivers"]).stdout,
        page,
        "cargo run --quiet -- schema waivers > docs/waivers.schema.json"
    );
    let schema: Value = serde_json::from_str(page).unwrap();
    let errors: Vec<String> = jsonschema::validator_for(&schema)
        .unwrap()
        .iter_errors(&list(&project))
        .map(|error| error.to_string())
        .collect();
    assert_eq!(errors, Vec::<String>::new());
}

#[test]
fn people_read_who_why_and_until_when() {
    let run = project().run(&["waivers", "--today", TODAY]);
    assert_eq!(run.quiet_code(), 0);
    insta::assert_snapshot!("waivers", run.transcript());
}

#[test]
fn without_a_repository_or_waivers_there_is_nothing_to_blame() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.yaml"), waived("C", "  - {rule: hedging, reason: kept by hand}\n")).unwrap();
    let output = support::notegate(folder.path()).args(["waivers", "--today", TODAY]).output().unwrap();
    let printed = String::from_utf8(output.stdout).unwrap();
    assert!(printed.contains("  hedging: in force, without end\n  reason: kept by hand\n  not committed"), "{printed}");
    let run = Project::with("a.yaml", support::great()).run(&["waivers"]);
    assert!(run.stdout.starts_with("0 waivers: 0 in force"), "{}", run.transcript());
}

#[test]
fn what_cannot_be_read_is_named_and_ends_the_list_with_code_3() {
    let broken = waived("C", "  - {rule: hedging, reason: kept by hand}\n   bad: [\n");
    let project = Project::with("a.yaml", broken);
    project.write("b.yaml", waived("D", "  - {rule: hedging, reason: kept by hand}\n"));
    project.write("c.yaml", b"customer: E\nnote: \xff\n");
    let run = project.run(&["waivers", "--today", TODAY, "--format", "json"]);
    assert_eq!(run.code, 3, "{}", run.transcript());
    let list = run.json();
    let unread: Vec<_> =
        list["unread"].as_array().unwrap().iter().map(|file| (file["path"].clone(), file["line"].clone())).collect();
    assert_eq!(unread, [("a.yaml".into(), 11.into()), ("c.yaml".into(), 2.into())]);
    assert_eq!(list["summary"]["waivers"], 1);
    let run = project.run(&["waivers", "--today", TODAY]);
    assert_eq!(run.code, 3);
    for part in
        ["a.yaml:11\n  could not be read, so waivers may be missing here: ", "invalid; 2 files could not be read\n"]
    {
        assert!(run.stdout.contains(part), "{part}: {}", run.transcript());
    }
}

#[test]
fn a_bare_repository_has_no_list() {
    let project = project();
    let bare = tempfile::tempdir().unwrap();
    project.git(&["clone", "--quiet", "--bare", ".", &bare.path().display().to_string()]);
    let output = support::notegate(bare.path()).arg("waivers").output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("bare repository") && said.contains("notegate waivers"), "{said}");
    assert!(!said.contains("notegate check"), "{said}");
}

#[test]
fn a_shallow_clone_does_not_know_who_wrote_what_is_older() {
    let project = project();
    project.git(&["add", "--all"]);
    project.git_with(
        &["commit", "--quiet", "--message", "another waiver"],
        &[("GIT_AUTHOR_NAME", "Somebody Else"), ("GIT_AUTHOR_DATE", "2026-06-20T12:00:00Z")],
    );
    let clone = Project::new();
    let url = format!("file://{}", project.path().display());
    clone.git(&["clone", "--quiet", "--depth", "1", &url, "clone"]);
    let run = |format: &str| {
        let mut command = support::notegate(&clone.path().join("clone"));
        String::from_utf8(command.args(["waivers", "--today", TODAY, "--format", format]).output().unwrap().stdout)
            .unwrap()
    };
    let list: Value = serde_json::from_str(&run("json")).unwrap();
    let waivers = list["waivers"].as_array().unwrap();
    assert_eq!(waivers.len(), 6);
    for waiver in waivers {
        assert_eq!(
            (&waiver["author"], &waiver["since"], &waiver["age_days"]),
            (&Value::Null, &Value::Null, &Value::Null)
        );
    }
    let text = run("human");
    assert_eq!(text.matches("written before what this clone holds").count(), 6, "{text}");
    assert!(!text.contains("Somebody Else") && !text.contains("not committed"), "{text}");
}

#[test]
fn check_warns_before_a_waiver_ends() {
    let at = |today: &str| {
        let project =
            Project::with("a.yaml", waived("C", "  - {rule: hedging, reason: kept by hand, until: 2026-07-14}\n"));
        let report = project.run(&["check", "--today", today, "--format", "json"]).json();
        let findings = report["records"][0]["findings"].as_array().unwrap().clone();
        let ending = findings.iter().find(|finding| finding["rule"] == "waiver-ending");
        (report["records"][0]["blocked"] == true, ending.map(|finding| finding["message"].as_str().unwrap().to_owned()))
    };
    let said = |when: &str| Some(format!("the waiver of `hedging` ends {when}, on 2026-07-14"));
    assert_eq!(at("2026-06-29"), (false, None));
    assert_eq!(at("2026-06-30"), (false, said("in 14 days")));
    assert_eq!(at("2026-07-13"), (false, said("tomorrow")));
    assert_eq!(at("2026-07-14"), (false, said("today")));
    assert_eq!(at("2026-07-15").1, None, "waiver-invalid says that it is over");
}
