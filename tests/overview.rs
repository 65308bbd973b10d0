//! `notegate report`: the state of all notes, from files, from a commit, and from the JSON reports of several runs.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that meets what it does not expect has to stop"
)]

mod support;

use serde_json::Value;
use std::fs;
use std::path::Path;
use support::{Project, Run, great, poor, record};

const DAY: &str = "2025-07-01";

/// The example repository under git.
fn portfolio() -> Project {
    let project = Project::new();
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/portfolio"), project.path());
    fs::remove_dir(project.path().join(".git")).unwrap();
    project.git(&["init", "--quiet"]);
    project.git(&["add", "."]);
    project.git(&["commit", "--quiet", "--message=the notes"]);
    project
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

fn report(project: &Project, arguments: &[&str]) -> Run {
    project.run(&[&["report", "--today", DAY], arguments].concat())
}

/// The overview as JSON, without what it was made from.
fn overview(project: &Project, arguments: &[&str]) -> Value {
    let run = report(project, &[&["--format", "json"], arguments].concat());
    assert_eq!(run.quiet_code(), 0);
    let mut overview = run.json();
    overview["source"] = Value::Null;
    overview
}

/// Writes the JSON report of `check` on `paths` to a file.
fn check(project: &Project, file: &str, paths: &[&str]) {
    let run = project.run(&[&["check", "--today", DAY, "--format", "json", "--output", file, "-q"], paths].concat());
    assert!(run.code <= 1, "{}", run.transcript());
}

#[test]
fn the_overview_follows_its_schema() {
    let page = include_str!("../docs/overview.schema.json");
    let project = portfolio();
    let printed = project.run(&["schema", "overview"]).stdout;
    assert_eq!(printed, page, "cargo run --quiet -- schema overview > docs/overview.schema.json");
    let schema: Value = serde_json::from_str(page).unwrap();
    jsonschema::meta::validate(&schema).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    check(&project, "all.json", &[]);
    for arguments in [vec![], vec!["--rev", "HEAD"], vec!["--merge", "all.json"]] {
        let overview = report(&project, &[vec!["--format", "json"], arguments].concat()).json();
        let errors: Vec<String> = validator.iter_errors(&overview).map(|error| error.to_string()).collect();
        assert_eq!(errors, Vec::<String>::new());
    }
}

#[test]
fn what_leads_ask_for_is_there() {
    let overview = overview(&portfolio(), &[]);
    assert_eq!(
        overview["summary"],
        serde_json::json!({
            "files": 9, "skipped": 0, "records": 35, "great": 24, "marginal": 6, "poor": 5, "blocked": 6, "waived": 1
        })
    );
    let names = |groups: &str| -> Vec<(String, u64)> {
        let rows = overview[groups]["rows"].as_array().unwrap();
        rows.iter().map(|row| (row["name"].as_str().unwrap().to_owned(), row["poor"].as_u64().unwrap())).collect()
    };
    let expected = |rows: &[(&str, u64)]| -> Vec<(String, u64)> {
        rows.iter().map(|(name, poor)| ((*name).to_owned(), *poor)).collect()
    };
    assert_eq!(
        names("by_status"),
        expected(&[
            ("In Progress", 0),
            ("Blocked", 2),
            ("No Intent", 2),
            ("Status Unknown", 1),
            ("Duplicate/Invalid", 0)
        ])
    );
    assert_eq!(
        names("by_owner"),
        expected(&[("Hana Sato", 2), ("Amir Haddad", 2), ("Ines Duarte", 1), ("Sam Field", 0)])
    );
    assert_eq!(names("by_code_owners"), expected(&[("@notes/emea", 3), ("@notes/americas", 2), ("@notes/asia", 0)]));
    let kinds = overview["reasons"]["kinds"].as_array().unwrap();
    let kinds: Vec<_> =
        kinds.iter().map(|kind| (kind["kind"].as_str().unwrap(), kind["records"].as_u64().unwrap())).collect();
    assert_eq!(
        kinds,
        [
            ("competitor", 7),
            ("compatibility", 4),
            ("legal", 4),
            ("licensing-or-billing", 1),
            ("missing-feature", 1),
            ("security", 1),
            ("unknown", 4)
        ]
    );
    let first = &overview["reasons"]["kinds"][0]["notes"]["rows"][0];
    assert_eq!(first["customer"], "Contoso");
    assert_eq!(first["reason_words"], "NetApp");
    assert_eq!((&first["path"], &first["line"]), (&"notes/emea/contoso.yaml".into(), &34.into()));
    let gaps = overview["matrix"]["gaps"].as_array().unwrap();
    let teams = gaps.iter().find(|gap| gap["workload"] == "SharePoint Online").unwrap();
    assert_eq!(teams["customers"]["rows"], serde_json::json!(["Adventure Works", "Fabrikam"]));
    let oldest = &overview["ages"]["oldest"]["rows"][0];
    assert_eq!((&oldest["customer"], &oldest["age_days"]), (&"Litware".into(), &330.into()));
    assert_eq!(overview["waivers"]["ending_this_month"], 1);
    assert_eq!(overview["waivers"]["list"]["rows"][0]["until"], "2025-07-12");
    assert_eq!(overview["file_findings"]["rows"][0]["rule"], "unreadable");
    assert!(overview["remarks"][0].as_str().unwrap().starts_with("1 file could not be read"));
}

#[test]
fn reports_of_parts_give_what_one_run_gives() {
    let project = portfolio();
    let whole = overview(&project, &[]);
    let parts = ["notes/emea", "notes/amer/northwind.yaml", "notes/apac"];
    for (part, file) in parts.iter().zip(["a.json", "b.json", "c.json"]) {
        check(&project, file, &[part]);
    }
    let rest =
        ["adventure-works", "graphic-design-institute", "woodgrove-bank"].map(|it| format!("notes/amer/{it}.yaml"));
    check(&project, "d.json", &rest.each_ref().map(String::as_str));
    assert_eq!(overview(&project, &["--merge", "c.json", "a.json", "d.json", "b.json"]), whole);
    // In a folder of its own, without the repository.
    let other = Project::new();
    for file in ["a.json", "b.json", "c.json", "d.json"] {
        fs::copy(project.path().join(file), other.path().join(file)).unwrap();
    }
    assert_eq!(overview(&other, &["--merge", "a.json", "b.json", "c.json", "d.json"]), whole);
    let text = |project: &Project, arguments: &[&str]| {
        let printed = report(project, arguments).stdout;
        printed.lines().filter(|line| !line.starts_with("From ")).map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(text(&other, &["--merge", "a.json", "b.json", "c.json", "d.json"]), text(&project, &[]));
}

#[test]
fn a_commit_is_examined_as_it_is() {
    let project = portfolio();
    let before = overview(&project, &[]);
    fs::remove_dir_all(project.path().join("notes/emea")).unwrap();
    assert_eq!(overview(&project, &["--rev", "HEAD"]), before);
    assert_eq!(overview(&project, &[])["summary"]["records"], 21);
    assert_eq!(overview(&project, &["--rev", "HEAD", "notes/apac"])["summary"]["records"], 8);
    assert_eq!(report(&project, &["--format", "json", "--rev", "HEAD"]).json()["source"]["name"], "HEAD");
}

#[test]
fn repositories_with_files_of_one_path_are_told_apart() {
    let project = Project::new();
    for (folder, note) in [("emea", great()), ("apac", poor())] {
        let other = Project::with("notes/contoso.yaml", note);
        check(&other, "report.json", &[]);
        fs::create_dir(project.path().join(folder)).unwrap();
        fs::copy(other.path().join("report.json"), project.path().join(folder).join("report.json")).unwrap();
    }
    let places = |arguments: &[&str]| -> Vec<String> {
        let files = ["--merge", "emea/report.json", "apac/report.json"];
        let overview = overview(&project, &[&files, arguments].concat());
        let oldest = overview["ages"]["oldest"]["rows"].as_array().unwrap().clone();
        oldest.iter().map(|note| note["path"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(places(&[]), ["apac/report:notes/contoso.yaml", "emea/report:notes/contoso.yaml"]);
    assert_eq!(places(&["--label", "Europe", "Asia"]), ["Asia:notes/contoso.yaml", "Europe:notes/contoso.yaml"]);
}

#[test]
fn what_cannot_be_merged_ends_the_run_with_its_name_and_why() {
    let project = Project::with("notes/a.yaml", great());
    check(&project, "good.json", &[]);
    project.write("foreign.json", "{\"version\": \"2.1.0\", \"runs\": []}");
    project.write("cut.json", &fs::read(project.path().join("good.json")).unwrap()[..200]);
    assert_eq!(report(&project, &["--format", "json", "--output", "overview.json"]).code, 0);
    for (arguments, why) in [
        (vec!["good.json", "foreign.json"], "the report foreign.json cannot be merged: it is not a report"),
        (vec!["cut.json"], "the report cut.json cannot be merged: it is cut off"),
        (vec!["overview.json"], "the report overview.json cannot be merged: it is not a report"),
        (vec!["absent.json"], "the report absent.json cannot be merged: No such file"),
        (vec!["notes"], "the report notes cannot be merged: it cannot be read"),
        (vec!["good.json", "notes/../good.json"], "good.json is named twice"),
        (vec!["good.json", "good.json"], "good.json is named twice"),
        (vec!["good.json", "cut.json", "--label", "a"], "--label gives 1 name, and --merge 2 files"),
        (vec!["good.json", "cut.json", "--label", "a", "a"], "two reports would be called a"),
    ] {
        let run = report(&project, &[&["--merge"][..], &arguments].concat());
        assert!(run.stderr.contains(why), "{why}: {}", run.transcript());
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{}", run.transcript());
    }
    assert_eq!(report(&project, &["--merge", "good.json", "--rev", "HEAD"]).code, 2);
    assert_eq!(report(&project, &["notes", "--merge", "good.json"]).code, 2);
}

#[test]
fn it_is_a_report_and_no_gate() {
    let project = Project::with("notes/a.yaml", poor());
    let run = report(&project, &[]);
    assert_eq!(run.quiet_code(), 0);
    assert!(run.stdout.ends_with("1 file, 1 record: 0 great, 0 marginal, 1 poor; 1 blocked, 0 waived\n"));
    assert_eq!(report(&project, &["absent"]).code, 2);
    assert_eq!(report(&portfolio(), &["--rev", "absent"]).code, 2);
    assert_eq!(report(&project, &["--rev", "HEAD"]).code, 3, "there is no repository in `.git`");
    project.write("notegate.yaml", "fields: 1\n");
    assert_eq!(report(&project, &[]).code, 2);
    let empty = Project::new();
    let run = report(&empty, &[]);
    assert_eq!(run.code, 0, "{}", run.transcript());
    assert!(run.stderr.contains("nothing was examined"), "{}", run.stderr);
    assert!(run.stdout.contains("- There is no record.\n"), "{}", run.stdout);
    for format in ["html", "json"] {
        assert_eq!(report(&empty, &["--format", format]).code, 0);
    }
}

#[test]
fn the_name_of_the_file_says_the_format_and_an_earlier_report_is_replaced() {
    let project = Project::with("notes/a.yaml", great());
    for (name, begin) in [
        ("state.html", "<!DOCTYPE html>\n<!-- notegate report -->\n"),
        ("state.json", "{\"version\":1,\"tool\":{\"name\":\"notegate\""),
        ("state.md", "# State of the notes on 2025-07-01\n"),
    ] {
        for _ in 0..2 {
            let run = report(&project, &["--output", name]);
            assert_eq!(run.quiet_code(), 0);
            assert_eq!(run.stdout, "1 file, 1 record: 1 great, 0 marginal, 0 poor; 0 blocked, 0 waived\n");
        }
        assert!(fs::read_to_string(project.path().join(name)).unwrap().starts_with(begin), "{name}");
    }
    project.write("mine.html", "<!DOCTYPE html><p>precious");
    let run = report(&project, &["--output", "mine.html"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("it is there and is not a report of notegate"), "{}", run.stderr);
    assert_eq!(report(&project, &["--output", "notes/a.yaml"]).code, 2);
}

/// What a screen reader goes by, and what no page may reach for.
#[test]
fn the_page_is_whole_without_its_script_and_asks_for_nothing() {
    let page = report(&portfolio(), &["--format", "html"]).stdout;
    for (what, times) in [("<h1>", 1), ("<main ", 1), ("<header>", 1), ("<nav ", 1), ("<footer>", 1), ("<script>", 1)] {
        assert_eq!(page.matches(what).count(), times, "{what}");
    }
    let policy = "content=\"default-src 'none'; style-src 'sha256-";
    assert!(page.contains(policy) && page.contains("base-uri 'none'; form-action 'none'\""), "the policy");
    for foreign in
        ["http://", "https://", "<img", "<link", "<iframe", " style=", " onclick=", "@import", "<button", "<input"]
    {
        assert!(!page.contains(foreign), "{foreign}");
    }
    let tables = page.matches("<table").count();
    assert!(tables > 10, "{tables}");
    assert_eq!(page.matches("<caption").count(), tables);
    assert_eq!(page.matches("<th ").count(), page.matches(" scope=\"").count());
    assert_eq!(page.matches("<th>").count(), 0);
    let anchors: Vec<&str> = page.split("href=\"#").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    assert!(anchors.len() > 9, "{anchors:?}");
    for anchor in anchors {
        assert!(page.contains(&format!("id=\"{anchor}\"")), "{anchor}");
    }
}

#[test]
fn paths_are_those_of_the_json_report() {
    let project = Project::with("notes/a.yaml", poor());
    let from = |folder: &str| {
        let output =
            support::notegate(&project.path().join(folder)).args(["report", "--format", "json"]).output().unwrap();
        let overview: Value = serde_json::from_slice(&output.stdout).unwrap();
        overview["to_correct"]["rows"][0]["path"].as_str().unwrap().to_owned()
    };
    assert_eq!(from("."), "notes/a.yaml");
    assert_eq!(from("notes"), "notes/a.yaml");
}

#[test]
fn statuses_and_workloads_of_the_team_are_grouped_under_their_names() {
    let project = Project::with(
        "notegate.yaml",
        "playbook: {statuses: [{name: Parked, kind: blocked}], workloads: [{name: Loop}]}\n",
    );
    let note = "Unable to deploy because the Palo Alto PA-220 firewall drops SMTP traffic on port 25.";
    project.write("notes/a.yaml", record("Contoso", "loop", "parked", note));
    project.write("notes/b.yaml", record("contoso", "LOOP", "Parked", note));
    let overview = overview(&project, &[]);
    assert_eq!(overview["by_status"]["rows"][0]["name"], "Parked");
    assert_eq!(overview["by_workload"]["rows"][0]["name"], "Loop");
    assert_eq!(overview["by_customer"]["rows"].as_array().unwrap().len(), 1);
    assert_eq!(overview["reasons"]["records"], 2);
    assert_eq!(overview["matrix"]["customers"]["rows"][0]["cells"][0]["records"], 2);
}

#[test]
fn an_input_of_a_merge_is_never_replaced() {
    let project = portfolio();
    fs::create_dir(project.path().join("parts")).unwrap();
    check(&project, "parts/in.json", &[]);
    fs::hard_link(project.path().join("parts/in.json"), project.path().join("hard.json")).unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink("parts/in.json", project.path().join("soft.json")).unwrap();
    let before = fs::read(project.path().join("parts/in.json")).unwrap();
    for (input, output) in [
        ("parts/in.json", "parts/in.json"),
        ("parts/in.json", "./parts/../parts/in.json"),
        ("parts/in.json", "hard.json"),
        ("soft.json", "parts/in.json"),
    ] {
        let run = report(&project, &["--merge", input, "--output", output]);
        assert_eq!(run.code, 2, "{}", run.transcript());
        assert!(run.stderr.contains("which --merge reads"), "{}", run.transcript());
        assert_eq!(fs::read(project.path().join("parts/in.json")).unwrap(), before, "{input} {output}");
    }
}

#[test]
fn help_where_there_are_no_files_names_the_command_itself() {
    let project = Project::with("a.yaml", great());
    fs::remove_dir(project.path().join(".git")).unwrap();
    project.git(&["init", "--quiet"]);
    project.git(&["add", "."]);
    project.git(&["commit", "--quiet", "--message=the notes"]);
    let bare = tempfile::tempdir().unwrap();
    project.git(&["clone", "--quiet", "--bare", ".", &bare.path().display().to_string()]);
    let output = support::notegate(bare.path()).arg("report").output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("notegate report --rev HEAD") && !said.contains("notegate check"), "{said}");
    fs::remove_file(project.path().join("a.yaml")).unwrap();
    let run = project.run(&["report"]);
    assert!(run.stderr.contains("notegate report --rev REV"), "{}", run.transcript());
    let run = project.run(&["report", "--today", "tomorrow"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("there is no such day; write the year"), "{}", run.transcript());
}

#[test]
fn shards_that_are_missing_are_named_and_end_the_merge_with_code_3() {
    let project = portfolio();
    for number in 1..=3 {
        let (file, shard) = (format!("part-{number}.json"), format!("{number}/3"));
        let arguments = ["check", "--today", DAY, "--format", "json", "--output", &file, "-q", "--shard", &shard];
        assert!(project.run(&arguments).code <= 1);
        let part: Value = serde_json::from_slice(&fs::read(project.path().join(&file)).unwrap()).unwrap();
        assert_eq!(part["shard"], serde_json::json!({"index": number, "count": 3}));
    }
    check(&project, "whole.json", &[]);
    let whole: Value = serde_json::from_slice(&fs::read(project.path().join("whole.json")).unwrap()).unwrap();
    assert_eq!(whole.get("shard"), None);
    assert_eq!(report(&project, &["--merge", "part-2.json", "part-3.json", "part-1.json"]).quiet_code(), 0);
    for format in ["json", "markdown", "html"] {
        let run = report(&project, &["--format", format, "--merge", "part-3.json", "part-1.json"]);
        assert_eq!(run.code, 3, "{}", run.transcript());
        let said = run.stdout.replace("&#x2f;", "/");
        assert!(said.contains("Shards are missing: 2/3 is not among the reports"), "{said}");
        assert!(run.stderr.contains("warning: shards are missing"), "{}", run.stderr);
    }
    let broken = fs::read_to_string(project.path().join("part-1.json")).unwrap().replace("\"index\":1", "\"index\":4");
    project.write("broken.json", broken);
    let run = report(&project, &["--merge", "broken.json"]);
    assert_eq!(run.code, 2, "{}", run.transcript());
    assert!(run.stderr.contains("names a part that there is not"), "{}", run.stderr);
}

#[test]
fn a_customer_with_another_legal_form_is_the_same_one() {
    let project = Project::new();
    for (number, customer) in ["Contoso", "Contoso Ltd", "\"Contoso, Inc.\"", "Contoso Bank"].iter().enumerate() {
        project.write(&format!("{number}.yaml"), great().replace("Contoso", customer));
    }
    let run = report(&project, &["--format", "json"]);
    let rows = run.json()["by_customer"]["rows"].as_array().unwrap().clone();
    let mut records: Vec<_> = rows.iter().map(|row| row["records"].as_u64().unwrap()).collect();
    records.sort_unstable();
    assert_eq!(records, [1, 3], "{rows:?}");
}

#[test]
fn a_name_that_says_no_format_or_no_label_is_a_wrong_use() {
    let project = Project::with("a.yaml", great());
    check(&project, "in.json", &[]);
    for (arguments, words) in [
        (&["--output", "state.pdf"][..], "no format for a file that ends in `.pdf`"),
        (&["--merge", "in.json", "--label", ""], "--label gives a name that is empty"),
        (&["--merge", "in.json", "--label", " \u{200b}"], "--label gives a name that is empty"),
    ] {
        let run = report(&project, arguments);
        assert_eq!(run.code, 2, "{}", run.transcript());
        assert!(run.stderr.contains(words), "{}", run.stderr);
    }
    assert!(!project.path().join("state.pdf").exists());
    assert_eq!(report(&project, &["--output", "state.pdf", "--format", "html"]).code, 0);
    let run = project.run(&["check", "--stdin-filename", "x.yaml"]);
    assert_eq!(run.code, 2, "{}", run.transcript());
    assert!(run.stderr.contains("notegate check - --stdin-filename"), "{}", run.stderr);
}

#[test]
fn the_runner_of_github_actions_finds_no_command() {
    let project = Project::with("a.yaml", great().replace("Contoso", "\"##[error]x\""));
    project.write("::error::x.yaml", great());
    let on_runner = |arguments: &[&str]| {
        let mut command = support::notegate(project.path());
        let output = command.args(arguments).env("GITHUB_ACTIONS", "true").output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    for arguments in [
        &["check", "--list-files"][..],
        &["report", "--format", "html"],
        &["report", "--format", "json"],
        &["report", "--format", "markdown"],
    ] {
        let printed = on_runner(arguments);
        assert!(!printed.contains("##[error]"), "{arguments:?}: {printed}");
        assert!(!printed.lines().any(|line| line.trim_start().starts_with("::")), "{arguments:?}: {printed}");
    }
    assert!(on_runner(&["check", "--list-files"]).contains("- ::error::x.yaml"));
    let overview: Value = serde_json::from_str(&on_runner(&["report", "--format", "json"])).unwrap();
    assert!(overview.to_string().contains("##[error]x"));
}
