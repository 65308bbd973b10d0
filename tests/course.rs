//! `notegate report --since`: the course of the notes over the history of git.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that meets what it does not expect has to stop"
)]

mod support;

use serde_json::{Value, json};
use support::{Project, great, poor};

const HOSTILE: &str = "</script><img src=x onerror=alert(1)> | `x` \u{202e}";

/// A repository whose notes got worse on 3 June, by a commit with a hostile author and subject.
fn project() -> Project {
    let project = Project::new();
    project.git(&["init", "--quiet", "--initial-branch=main"]);
    project.write("a.yaml", great());
    project.write("gone.yaml", great().replace("Contoso", "Adatum"));
    commit(&project, "2026-06-01", "Sam Field", "begin");
    project.write("a.yaml", poor().replace("Microsoft Teams", "Exchange Online"));
    project.write("new.yaml", great().replace("Contoso", "\"<b>Fabrikam</b>\""));
    std::fs::remove_file(project.path().join("gone.yaml")).unwrap();
    commit(&project, "2026-06-03", HOSTILE, HOSTILE);
    project
}

fn commit(project: &Project, day: &str, author: &str, subject: &str) {
    project.git(&["add", "--all"]);
    let time = format!("{day}T12:00:00Z");
    let variables = [("GIT_COMMITTER_DATE", time.as_str()), ("GIT_AUTHOR_NAME", author)];
    project.git_with(&["commit", "--quiet", "--message", subject], &variables);
}

fn as_git_keeps_names(name: &str) -> String {
    name.replace(['<', '>'], "")
}

fn report(project: &Project, arguments: &[&str]) -> String {
    let run = project.run(&[&["report", "--today", "2026-06-30"], arguments].concat());
    assert_eq!(run.quiet_code(), 0, "{}", run.transcript());
    run.stdout
}

fn course(project: &Project, arguments: &[&str]) -> Value {
    let text = report(project, &[&["--format", "json"], arguments].concat());
    serde_json::from_str::<Value>(&text).unwrap()["course"].take()
}

#[test]
fn the_course_is_told_since_a_day_and_since_a_commit() {
    let project = project();
    let since_day = course(&project, &["--since", "2026-06-02"]);
    let grades = |point: &Value| json!([point["day"], point["great"], point["marginal"], point["poor"]]);
    let points: Vec<Value> = since_day["points"].as_array().unwrap().iter().map(grades).collect();
    assert_eq!(points, [json!(["2026-06-02", 2, 0, 0]), json!(["2026-06-03", 1, 0, 1])]);
    let rows = |key: &str| {
        let rows = since_day[key]["rows"].as_array().unwrap().iter();
        rows.map(|row| (row["path"].as_str().unwrap().to_owned(), row["before"].clone(), row["after"].clone()))
            .collect::<Vec<_>>()
    };
    assert_eq!(rows("worse"), [("a.yaml".to_owned(), json!("great"), json!("poor"))]);
    assert_eq!(rows("added"), [("new.yaml".to_owned(), Value::Null, json!("great"))]);
    assert_eq!(rows("removed"), [("gone.yaml".to_owned(), json!("great"), Value::Null)]);
    assert_eq!(rows("better"), []);
    let [bypass] = since_day["round_the_hook"]["rows"].as_array().unwrap().as_slice() else { panic!("{since_day}") };
    assert_eq!(
        (&bypass["author"], &bypass["subject"], &bypass["day"]),
        (&json!(as_git_keeps_names(HOSTILE)), &json!(HOSTILE), &json!("2026-06-03"))
    );
    assert_eq!(bypass["records"][0]["rules"], json!(["missing-reason", "refresh-not-updated"]));

    let since_commit = course(&project, &["--since", "HEAD^"]);
    assert_eq!(since_commit["worse"], since_day["worse"]);
    assert_eq!(since_commit["points"][0]["day"], "2026-06-01");
    let before = course(&project, &["--since", "2026-01-01", "--rev", "HEAD^"]);
    assert_eq!(
        (before["points"].as_array().unwrap().len(), &before["added"]["rows"][1]["path"]),
        (2, &json!("gone.yaml"))
    );
    assert_eq!(grades(&before["points"][0]), json!(["2026-01-01", 0, 0, 0]), "there was nothing yet");
    assert_eq!(before["points"][0]["commit"], Value::Null);
    assert!(before["remarks"][0].as_str().unwrap().contains("no commit before 2026-01-01"), "{before}");
    assert_eq!(course(&project, &[]), Value::Null, "nobody asked");
}

#[test]
fn a_named_configuration_judges_the_commits_too() {
    let project = project();
    project.write("lax.yaml", "rules: {missing-reason: off, refresh-not-updated: off, vague-reason: off, missing-intent: off, status-mismatch: off}\nsecond_reader: off\n");
    assert_eq!(
        course(&project, &["--since", "2026-06-02", "--config", "lax.yaml"])["round_the_hook"]["rows"],
        json!([])
    );
}

#[test]
fn the_course_follows_the_schema_of_the_overview() {
    let schema: Value = serde_json::from_str(include_str!("../docs/overview.schema.json")).unwrap();
    let text = report(&project(), &["--since", "2026-06-02", "--format", "json"]);
    assert!(!text.contains('\u{202e}'));
    let overview: Value = serde_json::from_str(&text).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let faults: Vec<String> = validator.iter_errors(&overview).map(|error| error.to_string()).collect();
    assert_eq!(faults, [""; 0]);
}

#[test]
fn the_page_draws_it_and_hostile_names_stay_text() {
    let page = report(&project(), &["--since", "2026-06-02", "--format", "html"]);
    for part in [
        "<polyline class=\"great\" points=\"0.0,0.0 1000.0,150.0\">",
        "aria-label=\"From 2026-06-02 to 2026-06-03: great from 2 to 1, marginal from 0 to 0, poor from 0 to 1.\"",
        "&lt;b&gt;Fabrikam&lt;&#x2f;b&gt;",
        "<U+202E>",
        "1 record got better",
    ] {
        let escaped = part
            .replace("<U+202E>", "&lt;U+202E&gt;")
            .replace("1 record got better", "0 records got better and 1 worse");
        assert!(page.contains(&escaped), "no {escaped} in {page}");
    }
    for part in ["<img", "<b>", "\u{202e}", "alert(1)>"] {
        assert!(!page.contains(part), "{part}");
    }
    assert_eq!(page.matches("</script>").count(), 1);
}

#[test]
fn the_text_for_a_meeting_has_it_first() {
    let text = report(&project(), &["--since", "2026-06-02"]);
    let part = &text.split("\n## The course since 2026-06-02\n").nth(1).unwrap().split("\n## ").next().unwrap();
    for line in [
        "2 of 2 notes were great on 2026-06-02, and 1 of 2 on 2026-06-03. 0 records got better and 1 worse; 1 new, 1 gone. \
         1 commit brought what the rules of the day would have blocked.",
        "| Contoso · Exchange Online | great | poor | a.yaml:1 |",
        "| &#60;b&#62;Fabrikam&#60;/b&#62; · Exchange Online | – | great | new.yaml:1 |",
        "### What came round the hook",
    ] {
        assert!(part.contains(line), "no {line} in {part}");
    }
    assert!(!part.contains("<img") && !part.contains('\u{202e}'), "{part}");
}

#[test]
fn a_shallow_clone_says_where_its_course_begins() {
    let project = project();
    let clone = Project::new();
    let url = format!("file://{}", project.path().display());
    clone.git(&["clone", "--quiet", "--depth", "1", &url, "clone"]);
    let mut command = support::notegate(&clone.path().join("clone"));
    let output = command.args(["report", "--since", "2026-01-01", "--format", "json"]).output().unwrap();
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    let course = &report["course"];
    assert!(
        course["remarks"][0].as_str().unwrap().starts_with("The history is cut off here (a shallow clone)"),
        "{course}"
    );
    assert_eq!(course["points"].as_array().unwrap().len(), 1);
    assert_eq!(course["round_the_hook"]["rows"], json!([]), "nobody knows what the first commit changed");
    assert_eq!(course["added"]["rows"], json!([]));
}

#[test]
fn the_course_is_that_of_the_paths_that_are_named() {
    let project = project();
    std::fs::create_dir(project.path().join("sub")).unwrap();
    project.write("sub/poor.yaml", poor().replace("Contoso", "Tailspin"));
    commit(&project, "2026-06-05", "Sam Field", "a folder");
    let rows = |course: &Value, key: &str| course[key]["rows"].as_array().unwrap().len();
    let counts = |course: &Value| ["worse", "added", "removed", "round_the_hook"].map(|key| rows(course, key));
    let last = |course: &Value| course["points"].as_array().unwrap().last().unwrap().clone();
    for (paths, expected, poor) in [
        (&[][..], [1, 2, 1, 2], 2),
        (&["sub"], [0, 1, 0, 1], 1),
        (&["a.yaml"], [1, 0, 0, 1], 1),
        (&["a.yaml", "sub/poor.yaml"], [1, 1, 0, 2], 2),
    ] {
        let course = course(&project, &[&["--since", "2026-06-02"], paths].concat());
        assert_eq!((counts(&course), &last(&course)["poor"]), (expected, &json!(poor)), "{paths:?}");
    }
    let course = course(&project, &["--since", "2026-06-02", "--rev", "HEAD", "sub"]);
    assert_eq!(counts(&course), [0, 1, 0, 1]);
}

#[test]
fn a_start_that_the_end_does_not_come_from_is_refused() {
    let project = project();
    project.git(&["branch", "side", "HEAD^"]);
    project.git(&["checkout", "--quiet", "side"]);
    project.write("side.yaml", great().replace("Contoso", "Wingtip"));
    commit(&project, "2026-06-04", "Sam Field", "on the side");
    project.git(&["checkout", "--quiet", "main"]);
    let base = project.git(&["rev-parse", "HEAD^"]);
    for (arguments, words) in [
        (&["--since", "2999-01-01"][..], "--since 2999-01-01 is still to come".to_owned()),
        (&["--since", "HEAD", "--rev", "HEAD^"], "comes after `HEAD^`".to_owned()),
        (&["--since", "side"], format!("--since {}", base.trim())),
    ] {
        let run = project.run(&[&["report"], arguments].concat());
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{}", run.transcript());
        assert!(run.stderr.contains(&words), "{}", run.stderr);
    }
    project.git(&["merge", "--quiet", "--no-edit", "side"]);
    let course = course(&project, &["--since", "side"]);
    let remark = course["remarks"][0].as_str().unwrap();
    assert!(remark.contains("merged into this branch later") && remark.contains(base.get(..12).unwrap()), "{course}");
    assert_eq!(course["points"][0]["commit"], base.trim());
}

#[test]
fn a_customer_that_is_renamed_in_place_is_neither_new_nor_gone() {
    let project = Project::new();
    project.git(&["init", "--quiet", "--initial-branch=main"]);
    project.write("a.yaml", great());
    project.write("b.yaml", great().replace("Contoso", "Adatum"));
    commit(&project, "2026-06-01", "Sam Field", "begin");
    project.write("a.yaml", great().replace("Contoso", "Fabrikam"));
    // Another workload of another customer is another record.
    project.write("b.yaml", great().replace("Contoso", "Tailspin").replace("Exchange Online", "Yammer"));
    commit(&project, "2026-06-03", "Sam Field", "rename");
    let course = course(&project, &["--since", "HEAD^"]);
    let paths = |key: &str| {
        let rows = course[key]["rows"].as_array().unwrap().iter();
        rows.map(|row| row["path"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!((paths("added"), paths("removed")), (vec!["b.yaml".to_owned()], vec!["b.yaml".to_owned()]));
}

#[test]
fn wrong_uses_are_told() {
    let project = project();
    for (arguments, words) in [
        (&["--since", "nothing"][..], "give a date such as 2026-10-01"),
        (&["--since", "HEAD", "--merge", "a.json"], "cannot be used with"),
    ] {
        let run = project.run(&[&["report"], arguments].concat());
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{}", run.transcript());
        assert!(run.stderr.contains(words), "{}", run.stderr);
    }
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.yaml"), great()).unwrap();
    let output = support::notegate(folder.path()).args(["report", "--since", "2026-01-01"]).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("there is no git repository here"));
}
