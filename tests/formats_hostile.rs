//! Whatever a note, a name or a path says: in every format one finding is one command, result, row or case, and the text
//! comes back as it was. Formats that cannot hold a control character show it as its code point, as on every stream.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that meets what it does not expect has to stop"
)]

mod support;

use jiff::civil::date;
use notegate::Checker;
use notegate::config::Config;
use notegate::day::Today;
use notegate::report::Sink;
use notegate::report::concise::Concise;
use notegate::report::escape::{block, is_unsafe, line};
use notegate::report::github::{GitHub, MOST_SUMMARY_BYTES, Summary};
use notegate::report::gitlab::GitLab;
use notegate::report::human::{Idle, Look, Styling, Verbosity};
use notegate::report::json::Json;
use notegate::report::junit::JUnit;
use notegate::report::markdown::{Grouping, Markdown};
use notegate::report::model::{FileReport, FindingReport};
use notegate::report::sarif::Sarif;
use notegate::report::table::Table;
use notegate::report::tally::Tally;
use proptest::prelude::*;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use serde_json::Value;
use std::sync::LazyLock;
use support::github;

static CONFIG: LazyLock<Config> = LazyLock::new(Config::default);
static CHECKER: LazyLock<Checker<'static>> =
    LazyLock::new(|| Checker::new(&CONFIG).on(Today::fixed(date(2026, 6, 30))));

const LOOK: Look = Look { styling: Styling::Plain, width: 80, verbosity: Verbosity::Normal, idle: Idle::Counted };

/// The texts that a record takes from outside.
#[derive(Debug, Clone)]
struct Texts {
    path: String,
    customer: String,
    workload: String,
    note: String,
    reason: String,
}

/// What formats are made of, and any character.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        3 => "[ a-zA-Z]{1,8}",
        1 => any::<char>().prop_map(String::from),
        3 => prop::sample::select(vec![
            "%", "%0A", "%25", "\r", "\n", "\r\n", ":", "::", ",", "::error::", "\n::error file=x,line=1::y", "##[error]z",
            "::stop-commands::t", "|", "\\|", "\\", "`", "``", "<b>", "</td>", "<!--", "-->", "]]>", "<![CDATA[", "&amp;",
            "&#124;", "&", "\"", "'", "'=1+1", "=1+1", "+1", "-1", "@SUM(A1)", "@octocat", "#12", "[a](http://x)", "![a](b)", "](",
            "{0}", "{{1}}", "}", "$x$", "~~a~~", "**b**", "_c_", "http://x.y", "www.x.y", "a@b.cd", ":smile:", "^1", "\t",
            "\u{0}", "\u{1b}[31m", "\u{9b}", "\u{202e}", "\u{2028}", "\u{feff}", "\u{fffe}", "\u{e0041}", "; =1", "<br>",
            "- ", "1. ", "# ", "---", "for now", "TBD", "various issues",
        ]).prop_map(str::to_owned),
    ];
    prop::collection::vec(piece, 0..10).prop_map(|pieces| pieces.concat())
}

fn texts() -> impl Strategy<Value = Texts> {
    let path = text().prop_map(|text| format!("{}x.yaml", text.trim_start_matches('/').replace('\0', "")));
    (path, text(), text(), text(), text()).prop_map(|(path, customer, workload, note, reason)| Texts {
        path,
        customer,
        workload,
        note,
        reason,
    })
}

/// The text between the quotes that YAML reads escapes in.
fn quoted(text: &str) -> String {
    let escaped = |c: char| match c {
        ' '..='~' if c != '"' && c != '\\' => c.to_string(),
        _ => format!("\\U{:08x}", u32::from(c)),
    };
    format!("\"{}\"", text.chars().map(escaped).collect::<String>())
}

fn report(texts: &Texts) -> FileReport {
    let yaml = format!(
        "customer: {}\nworkload: {}\nstatus: blocked\nnote: {}\nwaivers: [{{rule: hedging, reason: {}}}]\n\
         refresh_summary:\n- {{date: 2026-06-01, who_changed: {}, what_changed: First status}}\n---\nnote: [\n",
        quoted(&texts.customer),
        quoted(&texts.workload),
        quoted(&texts.note),
        quoted(&texts.reason),
        quoted(&texts.customer),
    );
    CHECKER.check_bytes(&texts.path, yaml.as_bytes())
}

/// What a format writes about one file; nothing of it may move a cursor or turn the text.
fn written<'a>(file: &FileReport, out: &'a mut Vec<u8>, sink: impl FnOnce(&'a mut Vec<u8>) -> Box<dyn Sink + 'a>) {
    let mut tally = Tally::default();
    tally.add(file);
    let mut sink = sink(out);
    sink.file(file).unwrap();
    sink.finish(&tally).unwrap();
}

macro_rules! written {
    ($file:expr, |$out:ident| $sink:expr) => {{
        let mut bytes = Vec::new();
        written($file, &mut bytes, |$out| Box::new($sink));
        let text = String::from_utf8(bytes).unwrap();
        prop_assert!(!text.contains(|c| c != '\n' && is_unsafe(c)), "{text:?}");
        text
    }};
}

/// All findings, and those that no waiver sets aside.
fn findings(file: &FileReport) -> (Vec<&FindingReport>, Vec<&FindingReport>) {
    let mut all: Vec<_> = file.records.iter().flat_map(|record| &record.findings).chain(&file.findings).collect();
    all.sort_by_key(|finding| (finding.line, finding.column));
    let counted = all.iter().copied().filter(|finding| !finding.waived).collect();
    (all, counted)
}

fn sorted(mut texts: Vec<String>) -> Vec<String> {
    texts.sort();
    texts
}

/// The cells of the tables of a Markdown document, as a reader sees them, with every extension but the one that makes
/// typographic quotes, which no host has on.
fn cells(markdown: &str) -> Vec<Vec<String>> {
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut is_cell = false;
    for event in Parser::new_ext(markdown, Options::all().difference(Options::ENABLE_SMART_PUNCTUATION)) {
        match event {
            Event::Start(Tag::TableRow) => rows.push(Vec::new()),
            Event::Start(Tag::TableCell) => {
                is_cell = true;
                if let Some(row) = rows.last_mut() {
                    row.push(String::new());
                }
            }
            Event::End(TagEnd::TableCell) => is_cell = false,
            event if is_cell => {
                let seen = match &event {
                    Event::Text(text) => text.to_string(),
                    Event::Code(code) => format!("`{code}`"),
                    Event::InlineHtml(html) if &**html == "<br>" => "\n".to_owned(),
                    Event::InlineHtml(html) if &**html == "<!-- -->" => String::new(),
                    Event::Start(Tag::Strong) | Event::End(TagEnd::Strong) => String::new(),
                    other => panic!("text became markup: {other:?} in {markdown}"),
                };
                if let Some(cell) = rows.last_mut().and_then(|row| row.last_mut()) {
                    cell.push_str(&seen);
                }
            }
            Event::Html(html) => panic!("text became markup: {html}"),
            _ => {}
        }
    }
    rows
}

/// A message of SARIF as its standard says that it is read.
fn sarif_text(message: &str) -> String {
    let message = message.replace("{{", "{").replace("}}", "}");
    let mut text = String::new();
    let mut rest = message.as_str();
    while let Some((before, after)) = rest.split_once('[') {
        text.push_str(if after.contains("](") { before.strip_suffix('\\').unwrap() } else { before });
        text.push('[');
        rest = after;
    }
    text + rest
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(192) })]

    #[test]
    fn one_finding_is_one_part_and_its_text_comes_back(texts in texts()) {
        let file = report(&texts);
        let (all, counted) = findings(&file);
        let record = &file.records[0];
        let help = |finding: &FindingReport| finding.help.as_deref().map(|help| format!("\n{help}")).unwrap_or_default();
        let full = |finding: &&FindingReport| format!("{}{}", finding.message, help(finding));

        // GitHub: the runner sees a command for each, with the whole message and the path.
        let mut summary = Vec::new();
        let log = written!(&file, |out| GitHub::new(out, LOOK, Grouping::None, None));
        let commands = github::commands(&log);
        prop_assert_eq!(commands.len(), counted.len().min(10), "{}", log);
        let expected = counted.iter().map(|finding| block(&full(finding)).into_owned()).collect::<Vec<_>>();
        for command in &commands {
            prop_assert!(expected.contains(&command.message), "{:?}", command);
            prop_assert_eq!(command.property("file"), Some(&*block(&texts.path)));
            prop_assert!(["error", "warning", "notice"].contains(&command.name.as_str()));
        }
        written(&file, &mut Vec::new(), |out| {
            let summary = Summary { out: Box::new(&mut summary), room: MOST_SUMMARY_BYTES };
            Box::new(GitHub::new(out, LOOK, Grouping::Owner, Some(summary)))
        });
        prop_assert_eq!(cells(std::str::from_utf8(&summary).unwrap()).len(), 2);

        // SARIF and GitLab.
        let log: Value = serde_json::from_str(&written!(&file, |out| Sarif::new(out))).unwrap();
        let results = log["runs"][0]["results"].as_array().unwrap();
        let seen = results.iter().map(|result| sarif_text(result["message"]["text"].as_str().unwrap())).collect();
        prop_assert_eq!(sorted(seen), sorted(all.iter().map(full).collect()));
        for result in results {
            let place = &result["locations"][0]["physicalLocation"];
            let uri = place["artifactLocation"]["uri"].as_str().unwrap();
            prop_assert!(uri.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~/%".contains(&byte)), "{}", uri);
        }
        let issues: Value = serde_json::from_str(&written!(&file, |out| GitLab::new(out).unwrap())).unwrap();
        let seen = issues.as_array().unwrap().iter().map(|issue| issue["description"].as_str().unwrap().to_owned());
        let messages = counted.iter().map(|finding| finding.message.clone());
        prop_assert_eq!(sorted(seen.collect()), sorted(messages.collect()));
        prop_assert!(issues.as_array().unwrap().iter().all(|issue| issue["location"]["path"] == texts.path.as_str()));

        // JSON holds everything as it is.
        let json: Value = serde_json::from_str(&written!(&file, |out| Json::new(out).unwrap())).unwrap();
        prop_assert_eq!(json["records"][0]["customer"].as_str(), record.customer.as_deref());
        prop_assert_eq!(json["records"][0]["path"].as_str(), Some(texts.path.as_str()));

        // One line a finding.
        let lines = written!(&file, |out| Concise::new(out, LOOK));
        let expected: Vec<String> = counted.iter().map(|finding| {
            let FindingReport { line: number, column, severity, rule, message, .. } = finding;
            format!("{}:{number}:{column}: {} {rule} {}", line(&texts.path), severity.name(), line(message))
        }).collect();
        prop_assert_eq!(
            sorted(lines.lines().take(counted.len()).map(str::to_owned).collect()),
            sorted(expected)
        );

        // A case for the record, and one for the file.
        let xml = written!(&file, |out| JUnit::new(out));
        let read = quick_junit::Report::deserialize_from_str(&xml).unwrap();
        prop_assert_eq!((read.tests, read.test_suites.len()), (2, 1));
        let shown = |text: &str| line(text).replace('\u{fffe}', "<U+FFFE>").replace('\u{ffff}', "<U+FFFF>");
        prop_assert_eq!(read.test_suites[0].name.as_str(), shown(&texts.path));

        // A row for the record, with the note, and one for the file; nothing is calculated.
        let table = written!(&file, |out| Table::new(out).unwrap());
        let mut reader = csv::Reader::from_reader(table.as_bytes());
        let column = |name: &str, headers: &csv::StringRecord| headers.iter().position(|known| known == name).unwrap();
        let headers = reader.headers().unwrap().clone();
        let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        prop_assert_eq!(rows.len(), 2);
        for cell in rows.iter().flatten() {
            let begin = cell.trim_start().chars().next();
            prop_assert!(!begin.is_some_and(|c| "=+-@＝＋－＠".contains(c)), "{}", cell);
        }
        let plain = |cell: &str| match cell.strip_prefix('\'') {
            Some(rest) if rest.trim_start_matches('\'').trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']) => rest.to_owned(),
            _ => cell.to_owned(),
        };
        prop_assert_eq!(plain(&rows[1][column("note", &headers)]), block(record.note.as_deref().unwrap()));

        // A row for the record with its note, and one for the file; nothing is markup.
        let rows = cells(&written!(&file, |out| Markdown::new(out, LOOK, Grouping::None)));
        prop_assert_eq!(rows.len(), 2);
        let note = block(record.note.as_deref().unwrap());
        prop_assert!(rows.iter().any(|row| row.len() == 4 && row[2] == note), "{:?} {:?}", rows, note);
    }
}
