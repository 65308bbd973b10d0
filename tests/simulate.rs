//! `notegate simulate`: what another configuration would have blocked, or let through, in the commits so far.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    reason = "a test that meets what it does not expect has to stop"
)]

mod support;

use serde_json::{Value, json};
use support::{Project, Run, great, record};

/// A repository on a given day.
struct History(Project);

impl History {
    fn new() -> Self {
        Self::made_with(&[])
    }

    fn made_with(options: &[&str]) -> Self {
        let project = Project::new();
        // What stands there already would stay of the usual form.
        std::fs::remove_dir(project.path().join(".git")).unwrap();
        project.git(&[&["init", "--quiet", "--initial-branch=main"], options].concat());
        Self(project)
    }

    fn git(&self, day: &str, arguments: &[&str]) -> String {
        let time = format!("{day}T12:00:00Z");
        let name = ("GIT_AUTHOR_NAME", "Sam Field");
        self.0.git_with(arguments, &[("GIT_COMMITTER_DATE", &time), ("GIT_AUTHOR_DATE", &time), name])
    }

    fn commit(&self, day: &str, subject: &str) -> String {
        self.git(day, &["add", "--all"]);
        self.git(day, &["commit", "--quiet", "--allow-empty", "--message", subject]);
        self.git(day, &["rev-parse", "HEAD"])
    }

    fn write(&self, day: &str, path: &str, text: &str) -> String {
        self.0.write(path, text);
        self.commit(day, &format!("write {path}"))
    }

    fn simulate(&self, arguments: &[&str]) -> Run {
        self.0.run(&[&["simulate"], arguments].concat())
    }

    fn json(&self, arguments: &[&str]) -> Value {
        let run = self.simulate(&[arguments, &["--format", "json"]].concat());
        assert_eq!(run.quiet_code(), 0);
        run.json()
    }
}

fn hedged(customer: &str) -> String {
    record(
        customer,
        "Exchange Online",
        "Blocked",
        "Customer will not deploy for now because the Avaya gateway in Lyon lacks SIP.",
    )
}

/// Whether a commit is told of, with what would be blocked and what would pass.
fn told(report: &Value) -> Vec<(String, Vec<String>, Vec<String>)> {
    let records = |records: &Value| {
        let record = |record: &Value| {
            let rules: Vec<&str> =
                record["rules"].as_array().unwrap().iter().map(|rule| rule.as_str().unwrap()).collect();
            format!("{}:{} {}", record["path"].as_str().unwrap(), record["line"], rules.join(","))
        };
        records.as_array().unwrap().iter().map(record).collect()
    };
    let commit = |commit: &Value| {
        let subject = commit["subject"].as_str().unwrap().to_owned();
        (subject, records(&commit["newly_blocked"]), records(&commit["newly_passed"]))
    };
    report["commits"].as_array().unwrap().iter().map(commit).collect()
}

#[test]
fn each_commit_that_would_have_ended_otherwise_is_told_with_the_rules() {
    let history = History::new();
    history.write("2026-05-01", "a.yaml", &hedged("Adatum"));
    let second = history.write("2026-06-01", "b.yaml", &hedged("Contoso"));
    history.write("2026-06-02", "c.yaml", &great().replace("Contoso", "Northwind"));
    history.write("2026-06-03", "README.md", "no note");
    let third = history.write("2026-06-04", "d.yaml", &format!("{}---\n{}", hedged("Fabrikam"), hedged("Litware")));
    let report = history.json(&["--rule", "hedging=error", "--since", "2026-06-01"]);
    let expected =
        [("write d.yaml", vec!["d.yaml:1 hedging", "d.yaml:10 hedging"]), ("write b.yaml", vec!["b.yaml:1 hedging"])];
    for ((subject, blocked, passed), (right, records)) in told(&report).iter().zip(expected) {
        assert_eq!((subject.as_str(), blocked.iter().map(String::as_str).collect::<Vec<_>>()), (right, records));
        assert_eq!(passed.len(), 0);
    }
    assert_eq!(report["commits"][0]["commit"], third);
    assert_eq!(report["commits"][1]["commit"], second);
    assert_eq!(
        (&report["commits"][1]["day"], &report["commits"][1]["author"]),
        (&json!("2026-06-01"), &json!("Sam Field"))
    );
    let verdicts = |blocked: usize, stopped: usize| json!({"records": 4, "blocked": blocked, "stopped": stopped});
    let summary = json!({
        "commits": 4, "touching": 3, "differing": 2, "old": verdicts(0, 0), "new": verdicts(3, 2),
        "newly_blocked": 3, "newly_passed": 0,
    });
    assert_eq!(report["summary"], summary);
    assert_eq!(report["rules"], json!([{"rule": "hedging", "newly_blocked": 3, "newly_passed": 0}]));
    assert_eq!(report["history"]["since"], "2026-06-01");
    assert_eq!(report["history"]["tip"], third);

    let since_commit = history.json(&["--rule", "hedging=error", "--since", &second[..10]]);
    assert_eq!(told(&since_commit).len(), 1, "{since_commit}");
    let end = history.json(&["--rule", "hedging=error", "--since", "2026-05-02", "--rev", &second]);
    assert_eq!(told(&end)[0].0, "write b.yaml");
    assert_eq!(end["summary"]["commits"], 1);
}

#[test]
fn what_would_pass_is_told_with_the_rules_that_blocked_it() {
    let history = History::new();
    history.write("2026-05-01", "a.yaml", &support::poor());
    history.0.write("../new.yaml", "");
    history.0.write(
        "new-rules.yaml",
        "rules: {missing-reason: off, vague-reason: off, status-mismatch: off}\nsecond_reader: off\n",
    );
    let report = history.json(&["--config", "new-rules.yaml", "--since", "2026-01-01"]);
    let commits = told(&report);
    assert_eq!(commits.len(), 1, "{report}");
    assert_eq!(commits[0].1, Vec::<String>::new());
    assert_eq!(commits[0].2, ["a.yaml:1 missing-reason"]);
    // A rule over the file that is tried.
    let both = ["--config", "new-rules.yaml", "--rule", "missing-reason=error", "--since", "2026-01-01"];
    assert_eq!(told(&history.json(&both)).len(), 0);
}

#[test]
fn a_merge_is_judged_against_every_parent() {
    let history = History::new();
    history.write("2026-05-01", "a.yaml", &great());
    history.git("2026-05-02", &["switch", "--quiet", "--create", "topic"]);
    history.write("2026-05-02", "b.yaml", &hedged("Contoso Pharma"));
    history.git("2026-05-03", &["switch", "--quiet", "main"]);
    history.write("2026-05-03", "c.yaml", &great().replace("Contoso", "Adatum"));
    history.git("2026-06-05", &["merge", "--quiet", "--no-ff", "--message", "merge topic", "topic"]);
    // The merge brought the commit of the branch, which is older than the day.
    let report = history.json(&["--rule", "hedging=error", "--since", "2026-06-01"]);
    let subjects: Vec<String> = told(&report).into_iter().map(|(subject, ..)| subject).collect();
    assert_eq!(subjects, ["write b.yaml"]);
    assert_eq!(report["summary"]["commits"], 2, "the merge, and what came with it");
    assert_eq!(report["summary"]["new"]["records"], 1, "the merge wrote no record");
}

#[test]
fn the_day_of_a_commit_is_the_day_of_its_judgement() {
    let history = History::new();
    let dated = |day: &str| great().replace("2020-03-27", day);
    history.write("2026-05-01", "a.yaml", &dated("2026-05-01"));
    history.write("2026-05-02", "a.yaml", &dated("2026-05-09"));
    history.0.write("notegate.yaml", "rules: {refresh-rewritten: off, refresh-not-updated: off}\n");
    let report = history.json(&["--rule", "refresh-date=off", "--since", "2026-01-01"]);
    assert_eq!(told(&report), [("write a.yaml".to_owned(), vec![], vec!["a.yaml:1 refresh-date".to_owned()])]);
    assert_eq!(report["commits"][0]["day"], "2026-05-02");
}

#[test]
fn a_record_that_was_there_already_is_a_duplicate_on_its_day_alone() {
    let history = History::new();
    history.write("2026-05-01", "far/away.yaml", &great());
    history.write("2026-05-02", "near/copy.yaml", &great());
    std::fs::remove_file(history.0.path().join("far/away.yaml")).unwrap();
    history.commit("2026-05-03", "take one out");
    history.write("2026-05-04", "far/again.yaml", &great().replace("Contoso", "CONTOSO Ltd."));
    std::fs::remove_file(history.0.path().join("near/copy.yaml")).unwrap();
    history.commit("2026-05-05", "take the other out");
    history.write("2026-05-06", "last/one.yaml", &great().replace("Exchange Online", "Yammer"));
    for (subject, blocked) in [
        ("write far/away.yaml", 0),
        ("write near/copy.yaml", 1),
        ("take one out", 0),
        ("write far/again.yaml", 1),
        ("take the other out", 0),
        ("write last/one.yaml", 0),
    ] {
        let id = history.git("2026-06-01", &["log", "--format=%H", "--grep", subject]);
        let whole = history.json(&["--rule", "hedging=off", "--since", "2026-05-01", "--rev", &id]);
        let before = history.json(&["--rule", "hedging=off", "--since", &id]);
        let all = history.json(&["--rule", "hedging=off", "--since", "2026-05-01"]);
        let count = |report: &Value| report["summary"]["old"]["blocked"].as_u64().unwrap();
        assert_eq!(count(&whole) + count(&before), count(&all), "{subject}");
        assert_eq!(count(&all), 2);
        if subject != "write far/away.yaml" {
            let alone = history.json(&["--rule", "hedging=off", "--since", &format!("{id}^"), "--rev", &id]);
            assert_eq!(count(&alone), blocked, "{subject}");
            let gate = history.0.check(&["--from", &format!("{id}^"), "--to", &id, "--format", "json"]).json();
            assert_eq!(gate["summary"]["blocked"], blocked, "the gate says the same of {subject}: {gate}");
        }
    }
}

#[test]
fn copies_count_where_they_may_block() {
    let history = History::new();
    let text = |workload: &str| great().replace("Exchange Online", workload).replace("mailboxes", "the service");
    history.write("2026-05-01", "c/exo.yaml", &text("Exchange Online"));
    history.write("2026-05-02", "c/other.yaml", &text("Yammer").replace("Contoso", "Adatum"));
    history.write("2026-05-03", "c/yammer.yaml", &text("Yammer"));
    let report = history.json(&["--rule", "copied-note=error", "--since", "2026-05-01"]);
    assert_eq!(
        told(&report),
        [("write c/yammer.yaml".to_owned(), vec!["c/yammer.yaml:1 copied-note".to_owned()], vec![])]
    );
}

#[test]
fn people_read_the_same_and_hostile_names_are_escaped() {
    let history = History::new();
    history.0.write("n/a\u{1b}b.yaml", hedged("\"Con\\u202Etoso\""));
    history.git("2026-06-01", &["add", "--all"]);
    history.git(
        "2026-06-01",
        &["-c", "i18n.commitEncoding=UTF-8", "commit", "--quiet", "--author", "Eve\u{202e} <e@e>", "-m", "x\u{1b}[2Jy"],
    );
    let run = history.simulate(&["--rule", "hedging=error", "--since", "2026-05-01"]);
    assert_eq!(run.quiet_code(), 0);
    let id = history.git("2026-06-01", &["rev-parse", "HEAD"]);
    let expected = format!(
        "{} 2026-06-01 Eve<U+202E>: x<U+001B>[2Jy\n  would be blocked: n/a<U+001B>b.yaml:1 · Con<U+202E>toso · Exchange \
         Online (hedging)\n\n1 commit since 2026-05-01, 1 of them with changes to notes\nnow:   1 record judged, 0 blocked \
         in 0 commits\nthen:  1 record judged, 1 blocked in 1 commit\n  hedging: 1 would be blocked, 0 would pass\n1 would \
         be blocked and 0 would pass, in 1 commit\n",
        &id[..12]
    );
    assert_eq!(run.stdout, expected);
    let report = history.simulate(&["--rule", "hedging=error", "--since", "2026-05-01", "--format", "json"]);
    assert!(!report.stdout.contains(['\u{1b}', '\u{202e}']), "{}", report.stdout);
}

#[test]
fn a_shallow_clone_says_how_far_it_can_look() {
    let history = History::new();
    history.write("2026-05-01", "a.yaml", &hedged("Adatum"));
    history.write("2026-05-02", "b.yaml", &hedged("Contoso"));
    history.write("2026-05-03", "c.yaml", &hedged("Fabrikam"));
    let clone = Project::new();
    let url = format!("file://{}", history.0.path().display());
    clone.git(&["clone", "--quiet", "--depth", "2", &url, "clone"]);
    let run = clone.run_with(&["-C"], b"", &[]);
    assert_eq!(run.code, 2);
    let mut command = support::notegate(&clone.path().join("clone"));
    let output = command
        .args(["simulate", "--rule", "hedging=error", "--since", "2026-01-01", "--format", "json"])
        .output()
        .unwrap();
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    let subjects: Vec<String> = told(&report).into_iter().map(|(subject, ..)| subject).collect();
    assert_eq!(subjects, ["write c.yaml"], "what the clone begins with is no change");
    assert_eq!(
        report["history"]["remarks"],
        json!([
            "The history is cut off here (a shallow clone); the commits that are here were looked at, the earliest of \
                2026-05-03. To fetch the rest: git fetch --unshallow"
        ])
    );
}

#[test]
fn wrong_arguments_are_told() {
    let history = History::new();
    let none = history.simulate(&["--rule", "hedging=error", "--since", "2026-01-01"]);
    assert_eq!(none.code, 0, "{}", none.stderr);
    assert!(none.stdout.contains("There is no commit yet."), "{}", none.stdout);
    history.write("2026-05-01", "a.yaml", &great());
    history.0.write("bad.yaml", "rules: {hedgin: error}\n");
    for (arguments, words) in [
        (&["--since", "2026-01-01"][..], "--config <FILE>"),
        (&["--rule", "hedging=error"], "--since <DATE|REV>"),
        (&["--rule", "hedging", "--since", "HEAD"], "`hedging` under --rule names no severity"),
        (&["--rule", "hedgin=error", "--since", "HEAD"], "did you mean `hedging`?"),
        (&["--rule", "hedging=bad", "--since", "HEAD"], "off, info, warning"),
        (&["--rule", "unreadable=off", "--since", "HEAD"], "structural"),
        (&["--config", "bad.yaml", "--since", "HEAD"], "bad.yaml:1:"),
        (&["--config", "none.yaml", "--since", "HEAD"], "none.yaml could not be read"),
        (&["--rule", "hedging=error", "--since", "nothing"], "give a date such as 2026-10-01"),
        (&["--rule", "hedging=error", "--since", "2026-02-30"], "give a date such as 2026-10-01"),
        (&["--rule", "hedging=error", "--since", "HEAD", "--rev", "nothing"], "nothing"),
    ] {
        let run = history.simulate(arguments);
        assert_eq!(run.code, 2, "{arguments:?}: {}", run.transcript());
        assert!(run.stderr.contains(words), "{arguments:?}: {}", run.stderr);
        assert_eq!(run.stdout, "", "{arguments:?}");
    }
    let folder = tempfile::tempdir().unwrap();
    let output = support::notegate(folder.path())
        .args(["simulate", "--rule", "hedging=error", "--since", "HEAD"])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("there is no git repository here"));
}

#[test]
fn the_json_is_as_its_schema_says() {
    let history = History::new();
    history.write("2026-05-01", "a.yaml", &hedged("Adatum"));
    let page = include_str!("../docs/simulation.schema.json");
    assert_eq!(
        history.0.run(&["schema", "simulation"]).stdout,
        page,
        "cargo run --quiet -- schema simulation > docs/simulation.schema.json"
    );
    let schema: Value = serde_json::from_str(page).unwrap();
    jsonschema::meta::validate(&schema).unwrap();
    let report = history.json(&["--rule", "hedging=error", "--since", "2026-01-01"]);
    let faults: Vec<String> =
        jsonschema::validator_for(&schema).unwrap().iter_errors(&report).map(|error| error.to_string()).collect();
    assert_eq!(faults, [""; 0]);
    assert_eq!(report["version"], 1);
}

#[test]
fn a_repository_that_only_the_git_program_reads_gives_the_same() {
    let reports = [&[][..], &["--object-format=sha256"]].map(|options| {
        let history = History::made_with(options);
        history.write("2026-05-01", "c/a.yaml", &hedged("Adatum"));
        history.git("2026-05-02", &["switch", "--quiet", "--create", "topic"]);
        history.write("2026-05-02", "c/b.yaml", &hedged("ADATUM Ltd."));
        history.git("2026-05-03", &["switch", "--quiet", "main"]);
        history.write("2026-05-03", "d/c.yaml", &hedged("Fabrikam"));
        history.git("2026-05-04", &["merge", "--quiet", "--no-ff", "--message", "merge", "topic"]);
        let report = history.json(&["--rule", "hedging=error", "--since", "2026-05-02"]);
        (told(&report), report["summary"].clone())
    });
    assert_eq!(reports[0], reports[1]);
    assert_eq!(reports[0].0.len(), 1, "the duplicate is blocked anyway: {reports:?}");
}

#[test]
fn a_bare_repository_is_judged_by_the_configuration_of_its_head() {
    let history = History::new();
    history.write("2026-06-01", "notegate.yaml", "rules: {hedging: error}\n");
    history.write("2026-06-02", "a.yaml", &hedged("Contoso"));
    let bare = tempfile::tempdir().unwrap();
    history.0.git(&["clone", "--quiet", "--bare", ".", &bare.path().display().to_string()]);
    let mut command = support::notegate(bare.path());
    let output =
        command.args(["simulate", "--since", "HEAD^", "--rule", "hedging=warning", "--format", "json"]).output();
    let output = output.unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(0), "{said}");
    assert!(said.contains("the configuration in force is that of HEAD"), "{said}");
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    let [arguments, rest] = [&["--since", "HEAD^"][..], &["--rule", "hedging=warning"]];
    assert_eq!(report["summary"], history.json(&[arguments, rest].concat())["summary"]);
}

#[test]
fn help_names_only_what_there_is() {
    let history = History::new();
    history.write("2026-06-01", "a.yaml", &great());
    let run = history.simulate(&["--since", "2026-06-01", "--config", "none.yaml"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("could not be read") && !run.stderr.contains("--no-config"), "{}", run.stderr);
    let run = history.simulate(&["--since", "2026-06-01"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("--rule hedging=error") && run.stderr.contains("--config"), "{}", run.stderr);
}
