//! Every format shows the same findings of one change, and whatever a text says, one finding stays one finding.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that meets what it does not expect has to stop"
)]

mod support;

use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use support::change::project;
use support::{Project, Run, TODAY};

const FORMATS: [&str; 9] = ["human", "concise", "json", "sarif", "github", "gitlab", "junit", "markdown", "csv"];

fn range<'a>(further: &[&'a str]) -> Vec<&'a str> {
    [&["check", "--today", TODAY, "--from", "main"], further].concat()
}

/// The report in one format on standard output.
fn report(project: &Project, format: &str) -> Run {
    let run = project.run(&range(&["--format", format]));
    assert_eq!(run.stderr, "", "{format}");
    run
}

fn snapshot(format: &str) {
    let run = report(&project(), format);
    let shown = run.transcript().replace(env!("CARGO_PKG_VERSION"), "[version]");
    insta::assert_snapshot!(format!("format_{format}"), shown);
}

#[test]
fn human_shows_the_change() {
    snapshot("human");
}

#[test]
fn concise_shows_the_change() {
    snapshot("concise");
}

#[test]
fn json_shows_the_change() {
    snapshot("json");
}

#[test]
fn github_shows_the_change() {
    snapshot("github");
}

#[test]
fn gitlab_shows_the_change() {
    snapshot("gitlab");
}

#[test]
fn junit_shows_the_change() {
    snapshot("junit");
}

#[test]
fn markdown_shows_the_change() {
    snapshot("markdown");
}

#[test]
fn csv_shows_the_change() {
    snapshot("csv");
}

/// Of the rules, which are the same in every report, one is shown.
#[test]
fn sarif_shows_the_change() {
    let mut log = report(&project(), "sarif").json();
    let rules = log["runs"][0]["tool"]["driver"]["rules"].as_array_mut().unwrap();
    assert!(rules.len() > 35, "{}", rules.len());
    rules.retain(|rule| rule["id"] == "hedging");
    let shown = serde_json::to_string_pretty(&log).unwrap().replace(env!("CARGO_PKG_VERSION"), "[version]");
    insta::assert_snapshot!("format_sarif", shown);
}

/// Path, line and rule.
type Key = (String, u64, String);

/// Each finding of the JSON report, as path, line and rule; those that a waiver sets aside apart.
fn findings(report: &Value) -> (BTreeSet<Key>, BTreeSet<Key>) {
    let (mut counted, mut waived) = (BTreeSet::new(), BTreeSet::new());
    let all = report["records"].as_array().unwrap().iter().chain(report["files"].as_array().unwrap());
    for of in all {
        for finding in of["findings"].as_array().unwrap() {
            let path = of["path"].as_str().unwrap().to_owned();
            let key = (path, finding["line"].as_u64().unwrap(), finding["rule"].as_str().unwrap().to_owned());
            if finding["waived"] == true {
                waived.insert(key)
            } else {
                counted.insert(key)
            };
        }
    }
    (counted, waived)
}

#[test]
fn every_format_has_the_same_findings() {
    let project = project();
    let (counted, waived) = findings(&report(&project, "json").json());
    assert!(counted.len() >= 10 && waived.len() == 1, "{counted:?} {waived:?}");

    let all: BTreeSet<_> = counted.union(&waived).cloned().collect();
    let log = report(&project, "sarif").json();
    let results = log["runs"][0]["results"].as_array().unwrap();
    let of_sarif = |result: &Value| {
        let place = &result["locations"][0]["physicalLocation"];
        let path = percent_decoded(place["artifactLocation"]["uri"].as_str().unwrap());
        (path, place["region"]["startLine"].as_u64().unwrap(), result["ruleId"].as_str().unwrap().to_owned())
    };
    assert_eq!(results.len(), all.len());
    assert_eq!(results.iter().map(of_sarif).collect::<BTreeSet<_>>(), all);
    let suppressed: Vec<_> = results.iter().filter(|result| result.get("suppressions").is_some()).collect();
    assert_eq!(suppressed.iter().map(|result| of_sarif(result)).collect::<BTreeSet<_>>(), waived);
    let reason = "legal asked for this wording, 100% | ]]>\n::error::<b>waived</b> (until 2026-07-07)";
    assert_eq!(suppressed[0]["suppressions"][0]["justification"], reason);

    let issues = report(&project, "gitlab").json();
    let of_gitlab = |issue: &Value| {
        let path = issue["location"]["path"].as_str().unwrap().to_owned();
        (path, issue["location"]["lines"]["begin"].as_u64().unwrap(), issue["check_name"].as_str().unwrap().to_owned())
    };
    assert_eq!(issues.as_array().unwrap().iter().map(of_gitlab).collect::<BTreeSet<_>>(), counted);

    let lines = report(&project, "concise").stdout;
    let of_concise = |line: &str| {
        let (place, rest) = line.split_once(": ").unwrap();
        let mut place = place.rsplitn(3, ':').skip(1);
        let line = place.next().unwrap().parse().unwrap();
        (place.next().unwrap().to_owned(), line, rest.split(' ').nth(1).unwrap().to_owned())
    };
    assert_eq!(lines.lines().take(counted.len()).map(of_concise).collect::<BTreeSet<_>>(), counted);
    assert_eq!(lines.lines().count(), counted.len() + 2, "and what ends every report");

    let records = report(&project, "json").json()["records"].as_array().unwrap().len();
    let junit = quick_junit::Report::deserialize_from_str(&report(&project, "junit").stdout).unwrap();
    assert_eq!((junit.tests, junit.skipped), (records + 1, 1), "and a file as a whole");
    let rows = csv::Reader::from_reader(report(&project, "csv").stdout.as_bytes()).records().count();
    assert_eq!(rows, records + 1);
}

fn percent_decoded(uri: &str) -> String {
    let mut bytes = Vec::new();
    let mut parts = uri.split('%');
    bytes.extend_from_slice(parts.next().unwrap().as_bytes());
    for part in parts {
        let (code, rest) = part.split_at(2);
        bytes.push(u8::from_str_radix(code, 16).unwrap());
        bytes.extend_from_slice(rest.as_bytes());
    }
    String::from_utf8(bytes).unwrap()
}

#[test]
fn the_exit_code_is_the_same_in_every_format() {
    let project = project();
    let empty = Project::with("a.yaml", "x: 1\n");
    let great = Project::with("a.yaml", support::great());
    for format in FORMATS {
        assert_eq!(report(&project, format).code, 1, "{format}");
        assert_eq!(project.run(&range(&["--format", format, "--exit-zero"])).code, 0, "{format}");
        assert_eq!(great.check(&["--format", format]).quiet_code(), 0, "{format}");
        assert_eq!(great.check(&["--format", format, "--config", "none"]).code, 2, "{format}");
        assert_eq!(empty.check(&["--format", format, "--require-records"]).code, 4, "{format}");
        assert_eq!(great.run(&["check", "--format", format, "--from", "main"]).code, 3, "{format}: no repository");
        assert_eq!(great.run(&["grade", "--format", format, "TBD"]).code, 1, "{format}");
    }
}

#[test]
fn every_format_comes_out_the_same_twice() {
    let project = project();
    for format in FORMATS {
        assert_eq!(report(&project, format).stdout, report(&project, format).stdout, "{format}");
    }
}

#[test]
fn one_run_writes_every_format_as_a_run_of_its_own_would() {
    let project = project();
    let names = FORMATS.map(|format| format!("out-{format}"));
    let mut arguments = Vec::new();
    for (format, name) in FORMATS.iter().zip(&names).filter(|(format, _)| **format != "concise") {
        arguments.extend(["--format", format, "--output", name]);
    }
    arguments.extend(["--format", "concise"]);
    // Twice: the files of the first run are reports, which may be replaced.
    for _ in 0..2 {
        let run = project.run(&range(&arguments));
        assert_eq!((run.code, run.stderr.as_str()), (1, ""));
        assert_eq!(run.stdout, report(&project, "concise").stdout);
        for (format, name) in FORMATS.iter().zip(&names).filter(|(format, _)| **format != "concise") {
            let written = fs::read_to_string(project.path().join(name)).unwrap();
            assert_eq!(written, report(&project, format).stdout, "{format}");
        }
    }
}

#[test]
fn two_reports_do_not_share_a_file() {
    let project = Project::with("a.yaml", support::great());
    let run = project.check(&["--format", "json", "--output", "o", "--format", "csv", "--output", "./o"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("two reports would go to ./o"), "{}", run.stderr);
    assert!(!project.path().join("o").exists());
}

#[test]
fn a_fingerprint_outlives_edits_and_tells_findings_apart() {
    let fingerprints = |text: String| {
        let issues = Project::with("a.yaml", text).check(&["--format", "gitlab"]).json();
        let of = |issue: &Value| issue["fingerprint"].as_str().unwrap().to_owned();
        issues.as_array().unwrap().iter().map(of).collect::<Vec<_>>()
    };
    let plain = fingerprints(support::poor());
    assert!(!plain.is_empty());
    assert_eq!(plain, fingerprints(format!("# a line\n\n{}", support::poor())), "another line");
    assert_eq!(plain, fingerprints(support::poor().replace("Contoso", "CONTOSO")), "the same record");
    assert_eq!(plain, fingerprints(support::poor().replace("note: Customer", "note: The customer")), "another text");
    let two = fingerprints(support::poor() + "---\n" + &support::poor());
    assert_eq!(two.iter().collect::<BTreeSet<_>>().len(), two.len(), "{two:?}");
    assert_ne!(plain, fingerprints(support::poor().replace("Contoso", "Fabrikam")));
}

#[test]
fn the_table_is_grouped_by_owner_on_request() {
    let project = project();
    let headings = |by: &str| {
        let run = project.run(&range(&["--format", "markdown", "--group-by", by]));
        assert_eq!(run.code, 1, "{}", run.transcript());
        run.stdout.lines().filter_map(|line| line.strip_prefix("### ")).map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(
        headings("owner"),
        [
            "&#64;<!-- -->octo,cat%0A",
            "&#64;<!-- -->octocat, &#58;&#58;error&#58;&#58;owner",
            "-2+3",
            "Hana Sato",
            "Nobody in particular",
        ]
    );
    assert_eq!(headings("codeowners").len(), 2);
    let run = project.run(&range(&["--group-by", "owner"]));
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("--group-by has no effect"), "{}", run.stderr);
    let run = project.run(&range(&["--format", "markdown", "--group-by", "codeowners", "--redact"]));
    assert_eq!(run.code, 2);
}

#[test]
fn json_names_the_owner_and_the_newest_entry() {
    let report = report(&project(), "json").json();
    let of = |workload: &str| {
        let records = report["records"].as_array().unwrap();
        let record = records.iter().find(|record| record["workload"] == workload).unwrap();
        (record["owner"].as_str(), record["refreshed"].as_str(), record["code_owners"].clone())
    };
    let owners = serde_json::json!(["@octo,cat%0A", "notes@example.com"]);
    assert_eq!(of("Exchange Online"), (Some("Hana Sato"), Some("2026-06-12"), owners.clone()));
    assert_eq!(of("Intune"), (Some("@octocat, ::error::owner"), Some("2026-06-11"), owners.clone()));
    assert_eq!(
        of("Microsoft Teams"),
        (Some("Hana Sato"), Some("2026-06-01"), owners.clone()),
        "the newest, not the first"
    );
    assert_eq!(of("SharePoint Online"), (Some("@octo,cat%0A"), None, owners));
}

#[test]
fn nothing_of_a_redacted_report_tells_whom_it_is_about() {
    let project = project();
    for format in FORMATS {
        for further in [&["-v"][..], &[]] {
            let run = project.run(&range(&[&["--redact", "--format", format], further].concat()));
            assert_eq!(run.code, 1, "{format}");
            // The rules of SARIF have examples, in which customers have names.
            let shown = match format {
                "sarif" => run.json()["runs"][0]["results"].to_string(),
                _ => run.stdout,
            };
            for secret in
                ["toso", "abrikam", "octo", "Hana", "Field", "SMTP", "legal asked", "2026-0", "notes/", "HYPERLINK"]
            {
                assert!(!shown.contains(secret), "{format}: {secret}: {shown}");
            }
        }
    }
}
