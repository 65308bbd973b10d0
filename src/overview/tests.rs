use super::Collector;
use super::merge::{self, Labelled};
use crate::day::Today;
use crate::playbook::Playbook;
use crate::report::escape::is_unsafe;
use crate::report::overview::model::{Origin, Overview};
use crate::report::overview::{html, json, markdown};
use jiff::civil::date;
use proptest::prelude::*;
use pulldown_cmark::{Event, Options, Parser};
use serde_json::{Value, json};
use std::sync::LazyLock;

static PLAYBOOK: LazyLock<Playbook> = LazyLock::new(Playbook::built_in);

/// A report of `check` that holds these records and these findings about files.
fn report(records: &[Value], files: &[Value]) -> String {
    json!({
        "version": 1,
        "tool": {"name": "notegate", "version": "0.1.0"},
        "records": records,
        "files": files,
        "summary": {"files": records.len(), "skipped": 1, "records": records.len()},
    })
    .to_string()
}

/// The overview of several reports.
fn merged(reports: &[(&str, String)]) -> Result<Overview, String> {
    let mut collector = Collector::new(Today::fixed(date(2025, 7, 1)));
    for (label, text) in reports {
        merge::add(&mut collector, label, text.as_bytes(), &PLAYBOOK).map_err(|why| why.to_string())?;
    }
    merge::finish(&mut collector, Labelled::WhereNeeded);
    Ok(collector.finish(Origin::WorkTree))
}

fn written(write: impl Fn(&mut Vec<u8>) -> std::io::Result<()>) -> String {
    let mut out = Vec::new();
    write(&mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn page(overview: &Overview) -> String {
    written(|out| html::write(out, overview))
}

/// A record with everything in it that can be said.
fn record(text: &str) -> Value {
    json!({
        "path": format!("notes/{text}.yaml"), "index": 0, "line": 3, "customer": text, "workload": text,
        "workload_name": null, "status": text, "status_name": null, "status_kind": "blocked", "grade": "poor",
        "blocked": true, "changed": true,
        "reading": {"intent": "negative", "reason_kind": "legal", "reason_kind_text": text},
        "confidence": "high", "owner": text, "code_owners": [text], "refreshed": "2025-06-01",
        "findings": [{
            "rule": "vague-reason", "severity": "error", "message": text, "help": text, "waived": false,
            "line": 3, "column": 1, "end_line": 3, "end_column": 2,
        }],
        "note": text,
        "waivers": [
            {"line": 9, "rule": text, "reason": text, "until": "2025-07-20", "scope": "record", "effect": "in-force"},
        ],
    })
}

fn file(text: &str) -> Value {
    json!({"path": format!("notes/{text}.yml"), "findings": [{
        "rule": "unreadable", "severity": "error", "message": text, "help": null, "waived": false,
        "line": 1, "column": 1, "end_line": 1, "end_column": 1,
    }]})
}

/// What is markup in a page.
fn tags(page: &str) -> Vec<&str> {
    page.split('<').skip(1).map(|rest| rest.split('>').next().unwrap()).collect()
}

/// What is markup in a text of Markdown.
fn elements(text: &str) -> Vec<String> {
    let parser = Parser::new_ext(text, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH);
    let element = |event: Event<'_>| match event {
        Event::Text(_) | Event::SoftBreak => None,
        Event::InlineHtml(html) if matches!(&*html, "<br>" | "<!-- -->") => None,
        other => Some(format!("{other:?}")),
    };
    parser.filter_map(element).collect()
}

/// What pages and Markdown are made of, and any character.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        2 => "[ a-zA-Z]{1,8}",
        1 => any::<char>().prop_map(String::from),
        3 => prop::sample::select(vec![
            "</script>", "<script>", "<!--", "-->", "<b>", "</td>", "\"", "'", "\" onload=\"x", "&amp;", "&", "<", ">",
            "{{ overview }}", "{% raw %}", "{#", "|", "\\|", "`", "**b**", "[a](http://x)", "![a](b)", "@octocat", "#1",
            "\n", "\r\n", "\t", "\u{0}", "\u{1b}[31m", "\u{202e}", "\u{2066}", "\u{2028}", "\u{feff}", "\u{e0041}",
            "ليتوير", "- ", "# ", "---", "~~a~~", "<br>", "$x$",
        ]).prop_map(str::to_owned),
    ];
    prop::collection::vec(piece, 0..12).prop_map(|pieces| format!("a{}b", pieces.concat()))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn no_text_becomes_markup(text in text()) {
        let overview = |text: &str| merged(&[("x", report(&[record(text)], &[file(text)]))]).unwrap();
        let (plain, hostile) = (overview("ab"), overview(&text));
        let (shown, expected) = (page(&hostile), page(&plain));
        prop_assert!(!shown.contains(|c| c != '\n' && is_unsafe(c)));
        prop_assert_eq!(tags(&shown), tags(&expected));
        let marked = |overview: &Overview| written(|out| markdown::write(out, overview));
        prop_assert!(!marked(&hostile).contains(|c| c != '\n' && is_unsafe(c)));
        prop_assert_eq!(elements(&marked(&hostile)), elements(&marked(&plain)));
        let machine = written(|out| json::write(out, &hostile));
        prop_assert!(!machine.contains(|c| c != '\n' && is_unsafe(c)));
        prop_assert!(serde_json::from_str::<Value>(&machine).is_ok());
    }
}

/// Some record of a few customers, workloads and owners, in one of several spellings.
fn some_record() -> impl Strategy<Value = Value> {
    let names = (
        prop::sample::select(vec!["Contoso", "contoso", "CONTOSO", "Fabrikam", "Litware", " ", "Ω"]),
        prop::sample::select(vec![("EXO", "Exchange Online"), ("Exchange online", "Exchange Online"), ("Loop", "")]),
        prop::sample::select(vec![
            ("Blocked", "blocked"),
            ("blocked", "blocked"),
            ("No Intent", "no-intent"),
            ("Odd", ""),
        ]),
        prop::sample::select(vec!["Sam Field", "sam field", "Hana Sato", ""]),
    );
    let worth = (
        prop::sample::select(vec!["great", "marginal", "poor"]),
        any::<bool>(),
        prop::sample::select(vec!["2025-06-01", "2024-01-31", "2021-02-03", "soon"]),
        prop::sample::select(vec!["legal", "competitor", "unknown"]),
        prop::collection::vec(prop::sample::select(vec!["hedging", "vague-reason", "refresh-stale"]), 0..3),
        prop::option::of(prop::sample::select(vec!["2025-06-30", "2025-07-31", "2026-01-01"])),
    );
    (names, worth).prop_map(|((customer, (workload, usual), (status, kind), owner), worth)| {
        let (grade, blocked, refreshed, reason, rules, until) = worth;
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let mut record = record("x");
        let finding = |rule: &&str| {
            json!({"rule": rule, "severity": "warning", "message": "m", "help": null, "waived": *rule == "hedging", "line": 1})
        };
        let fields = [
            ("customer", json!(customer)),
            ("workload", json!(workload)),
            ("workload_name", json!(some(usual))),
            ("status", json!(status)),
            ("status_kind", json!(some(kind))),
            ("owner", json!(owner)),
            ("grade", json!(grade)),
            ("blocked", json!(blocked)),
            ("refreshed", json!(refreshed)),
            ("findings", rules.iter().map(finding).collect()),
        ];
        for (key, value) in fields {
            record[key] = value;
        }
        record["reading"]["reason_kind"] = json!(reason);
        record["waivers"][0]["until"] = json!(until);
        record
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// However records are spread over reports, and in whatever order the reports come.
    #[test]
    fn parts_give_the_same_as_the_whole(
        records in prop::collection::vec((some_record(), 0..4usize), 0..40),
        order in Just(vec![0, 1, 2, 3]).prop_shuffle(),
    ) {
        let mut parts = vec![Vec::new(); 4];
        let mut whole = Vec::new();
        for (at, (mut record, part)) in records.into_iter().enumerate() {
            record["path"] = json!(format!("notes/{at:02}.yaml"));
            parts[part].push(record.clone());
            whole.push(record);
        }
        let whole = merged(&[("whole", report(&whole, &[]))]).unwrap();
        let labels = ["a", "b", "c", "d"];
        let parts: Vec<_> = order.iter().map(|at| (labels[*at], report(&parts[*at], &[]))).collect();
        let mut joined = merged(&parts).unwrap();
        // Each report of `report` counts one skipped file.
        joined.summary.skipped = whole.summary.skipped;
        prop_assert_eq!(joined, whole);
    }
}

#[test]
fn a_page_stays_small_and_says_what_it_leaves_out() {
    let long = "Wörter <und> & \"mehr\" ".repeat(40);
    let records: Vec<Value> = (0..6000)
        .map(|at| {
            let mut record = record(&long);
            record["path"] = json!(format!("notes/{at}.yaml"));
            for key in ["customer", "owner"] {
                record[key] = json!(format!("{at} {long}"));
            }
            record["workload"] = json!(format!("{at} {long}"));
            record["reading"]["reason_kind"] = json!(format!("kind-{}", at % 15));
            record
        })
        .collect();
    let overview = merged(&[("x", report(&records, &[]))]).unwrap();
    assert_eq!((overview.to_correct.rows.len(), overview.to_correct.left_out), (1000, 5000));
    assert_eq!((overview.by_customer.rows.len(), overview.by_customer.left_out), (1000, 5000));
    assert_eq!((overview.matrix.customers.rows.len(), overview.matrix.customers.left_out), (500, 5500));
    assert_eq!((overview.matrix.workloads.len(), overview.matrix.workloads_left_out), (40, 5960));
    assert_eq!(overview.reasons.kinds.iter().map(|kind| kind.notes.total()).sum::<usize>(), 6000);
    let page = page(&overview);
    assert!(page.len() < 20_000_000, "{}", page.len());
    for left_out in
        ["5000 more notes are left out here; `notegate check --format csv` lists all.", "5960 more workloads are"]
    {
        assert!(page.contains(left_out), "{left_out}");
    }
    let machine = written(|out| json::write(out, &overview));
    assert!(machine.len() < 20_000_000, "{}", machine.len());
    let text = written(|out| markdown::write(out, &overview));
    assert!(text.len() < 100_000, "{}", text.len());
}

/// A whole report with one thing changed.
fn with(change: impl FnOnce(&mut Value)) -> String {
    let mut whole: Value = serde_json::from_str(&report(&[record("x")], &[file("y")])).unwrap();
    change(&mut whole);
    whole.to_string()
}

#[test]
fn what_is_not_a_whole_report_of_version_1_is_refused() {
    let whole = with(|_| {});
    assert!(merged(&[("x", whole.clone())]).is_ok());
    let cases = [
        (String::new(), "it is empty"),
        ("{".repeat(100_000), "it is not JSON"),
        (format!("{}{}", "[".repeat(100_000), "]".repeat(100_000)), "it is not a report of `notegate check"),
        ("null".to_owned(), "it is not a report of `notegate check"),
        ("[]".to_owned(), "it is not a report of `notegate check --format json`"),
        ("<html>".to_owned(), "it is not JSON"),
        ("{\u{0}\"\u{0}".to_owned(), "it is UTF-16"),
        (whole.get(..whole.len() / 2).unwrap().to_owned(), "it is cut off"),
        (format!("{whole} {whole}"), "it is not JSON"),
        (with(|report| report["version"] = json!(2)), "its version is not 1"),
        (with(|report| report["version"] = json!("2.1.0")), "its version is not 1"),
        (with(|report| report["tool"]["name"] = json!("other")), "another program wrote it"),
        (with(|report| drop(report.as_object_mut().unwrap().remove("records"))), "missing field `records`"),
        (with(|report| drop(report.as_object_mut().unwrap().remove("version"))), "missing field `version`"),
        (with(|report| report["records"] = json!({})), "expected a list"),
        (with(|report| report["records"][0]["grade"] = json!("good")), "unknown variant `good`"),
        (with(|report| report["records"][0]["line"] = json!(-1)), "invalid value"),
        (with(|report| report["records"][0]["line"] = json!(1e300)), "invalid type"),
        (with(|report| report["records"][0]["findings"][0]["rule"] = json!("<b>")), "small letters and hyphens"),
        (with(|report| report["records"][0]["findings"][0]["rule"] = json!("x".repeat(65))), "small letters"),
        (with(|report| report["records"][0]["reading"]["reason_kind"] = json!("")), "small letters"),
        (with(|report| report["records"][0]["waivers"][0]["until"] = json!("2025-02-30")), "does not exist"),
        (with(|report| report["summary"]["records"] = json!(7)), "it holds 1 record, and its summary counts 7"),
        (with(|report| report["to_correct"] = json!([])), "it is an overview"),
        (whole.replacen("\"files\":[", "\"files\":[],\"files\":[", 1), "duplicate field `files`"),
    ];
    for (text, why) in cases {
        let shown: String = text.chars().take(60).collect();
        let error = merged(&[("x", text)]).expect_err(&shown);
        assert!(error.contains(why), "{shown}: {error}");
    }
}

#[test]
fn other_keys_and_another_order_of_keys_do_not_matter() {
    let whole = merged(&[("x", with(|_| {}))]).unwrap();
    let more = with(|report| {
        report["new"] = json!([{"a": [1, 2]}]);
        report["records"][0]["new"] = json!(null);
    });
    let Value::Object(keys) = serde_json::from_str(&more).unwrap() else { panic!("{more}") };
    let keys: Vec<String> = keys.iter().rev().map(|(key, value)| format!("{}: {value}", json!(key))).collect();
    let turned = format!("\u{feff}{{\n{}\n}}\n", keys.join(",\n"));
    assert_eq!(merged(&[("x", turned)]).unwrap(), whole);
}

#[test]
fn reports_of_earlier_versions_are_taken_and_what_they_lack_is_told() {
    let earlier = with(|report| {
        let record = report["records"][0].as_object_mut().unwrap();
        for key in
            ["note", "waivers", "workload_name", "status_name", "status_kind", "owner", "code_owners", "refreshed"]
        {
            record.remove(key);
        }
        record["workload"] = json!("EXO");
        record["status"] = json!("no_intent");
    });
    let overview = merged(&[("old", earlier)]).unwrap();
    assert!(overview.remarks.iter().any(|remark| remark.contains("The report old comes from a version of notegate")));
    assert_eq!(overview.matrix.workloads, ["Exchange Online"]);
    assert_eq!(overview.by_status.rows[0].name.as_deref(), Some("No Intent"));
    assert_eq!(overview.reasons.kinds[0].no_intent, 1);
    assert_eq!(overview.ages.undated, 1);
}

#[test]
fn a_waiver_that_ended_since_the_report_was_written_is_over() {
    let until = |day: &str| {
        let text = with(|report| report["records"][0]["waivers"][0]["until"] = json!(day));
        let waivers = merged(&[("x", text)]).unwrap().waivers;
        (waivers.in_force, waivers.ending_this_month, waivers.expired, waivers.list.rows[0].days_left)
    };
    assert_eq!(until("2025-07-31"), (1, 1, 0, Some(30)));
    assert_eq!(until("2025-08-01"), (1, 0, 0, Some(31)));
    assert_eq!(until("2025-07-01"), (1, 1, 0, Some(0)));
    assert_eq!(until("2025-06-30"), (0, 0, 1, Some(-1)));
}

#[test]
fn files_of_one_path_are_told_apart_by_the_labels_of_their_reports() {
    let one = |text: &str| report(&[record(text)], &[]);
    let apart = merged(&[("emea", one("a")), ("apac", one("b"))]).unwrap();
    let paths = |overview: &Overview| -> Vec<String> {
        overview.to_correct.rows.iter().map(|note| note.path.clone()).collect()
    };
    assert_eq!(paths(&apart), ["notes/a.yaml", "notes/b.yaml"]);
    assert_eq!(apart.remarks, Vec::<String>::new());
    let same = merged(&[("emea", one("a")), ("apac", report(&[record("a"), record("b")], &[]))]).unwrap();
    assert_eq!(paths(&same), ["emea:notes/a.yaml", "apac:notes/a.yaml", "apac:notes/b.yaml"]);
    assert!(same.remarks[0].contains("such as notes/a.yaml; so each path begins with the label"), "{:?}", same.remarks);
    assert_eq!(same.waivers.list.rows[0].path, "emea:notes/a.yaml");
}
