//! docs/writers.md keeps its word: what it quotes is in the guidance, letter by letter, its record is in order, and its notes
//! have the grades that it gives them.
#![allow(clippy::unwrap_used, reason = "a test that meets what it does not expect has to stop")]

use jiff::civil::date;
use notegate::Checker;
use notegate::config::Config;
use notegate::day::Today;
use notegate::grade::Grade;

const PAGE: &str = include_str!("../docs/writers.md");
const GUIDANCE: &str = include_str!("../fixtures/guidance/guidance.md");

/// Without emphasis and escapes, in one line, with one kind of quotation marks.
fn plain(text: &str) -> String {
    let bare: String = text.chars().filter(|c| !matches!(c, '*' | '\\' | '>')).collect();
    bare.replace('"', "'").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The page without its blocks of code, and those blocks.
fn prose_and_code() -> (String, Vec<&'static str>) {
    let parts: Vec<&str> = PAGE.split("```").collect();
    let prose = parts.iter().step_by(2).copied().collect();
    (prose, parts.iter().skip(1).step_by(2).map(|block| block.strip_prefix("yaml\n").unwrap()).collect())
}

#[test]
fn every_quote_is_in_the_guidance() {
    let guidance = plain(GUIDANCE);
    let (prose, _) = prose_and_code();
    let mut quotes: Vec<String> = prose.lines().filter(|line| line.starts_with("> ")).map(plain).collect();
    let paragraphs = prose.split("\n\n").filter(|paragraph| !paragraph.starts_with('>'));
    let items = paragraphs.flat_map(|paragraph| paragraph.split("\n- "));
    for item in items {
        // One word in quotation marks is a quote of nobody.
        quotes.extend(
            item.split('"').skip(1).step_by(2).map(plain).filter(|quote| quote.contains(' ') && quote.len() > 20),
        );
    }
    for quote in &quotes {
        assert!(guidance.contains(quote.as_str()), "not in the guidance: {quote}");
    }
    assert!(quotes.len() >= 12, "{quotes:#?}");
}

#[test]
fn every_template_is_one_of_the_guidance() {
    let guidance = plain(GUIDANCE);
    let rows = PAGE.lines().filter_map(|line| line.strip_prefix("| ")?.strip_suffix(" |")?.split_once(" | "));
    let statuses = ["In Progress", "Blocked", "No Intent", "Status Unknown"];
    let templates: Vec<&str> = rows
        .filter(|(status, _)| statuses.contains(status))
        .map(|(_, text)| text.split(" (Say").next().unwrap())
        .collect();
    assert_eq!(templates.len(), statuses.len());
    for template in templates {
        assert!(guidance.contains(&plain(template)), "{template}");
    }
}

#[test]
fn the_record_is_in_order_and_the_notes_have_their_grades() {
    let config = Config::default();
    let checker = Checker::new(&config).on(Today::fixed(date(2026, 6, 30)));
    let (_, code) = prose_and_code();
    let report = checker.check_bytes("note.yaml", code.first().unwrap().as_bytes());
    assert_eq!(report.records.first().map(|record| (record.grade, record.findings.len())), Some((Grade::Great, 0)));
    let mut grades = 0;
    for (name, grade) in [("great", Grade::Great), ("marginal", Grade::Marginal), ("poor", Grade::Poor)] {
        let row = PAGE.lines().find_map(|line| line.strip_prefix(&format!("| **{name}** | "))).unwrap();
        let record =
            format!("customer: A\nworkload: Exchange Online\nstatus: Blocked\nnote: {}\n", row.trim_end_matches(" |"));
        let report = checker.check_bytes("note.yaml", record.as_bytes());
        assert_eq!(report.records.first().map(|record| record.grade), Some(grade), "{name}");
        grades += 1;
    }
    assert_eq!(grades, 3);
    // The waiver and the refresh summary of the page, in its record.
    let head = code.first().unwrap().split("refresh_summary").next().unwrap();
    let whole = format!("{head}{}{}", code.get(1).unwrap(), code.get(2).unwrap());
    let report = checker.check_bytes("note.yaml", whole.as_bytes());
    let rules: Vec<&str> =
        report.records.iter().flat_map(|record| &record.findings).map(|finding| finding.rule).collect();
    assert_eq!(rules, ["waiver-unused"]);
}
