//! What holds for every input, whatever it is. Each function takes any bytes and stops where its promise is broken; the
//! tests ask them about generated texts and fixtures, and `fuzz/` about what a fuzzer makes up.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    dead_code,
    reason = "a property that does not hold has to stop; each of those who ask takes what it needs"
)]

pub(crate) mod edits;
pub(crate) mod reports;

use jiff::civil::date;
use notegate::Checker;
use notegate::config::{Config, load};
use notegate::day::Today;
use notegate::playbook::Playbook;
use notegate::reading::{self, Reading, ReadingContext};
use notegate::record::{self, Field, FieldName, FieldNames, NoteRecord, Selection};
use notegate::report::model::{FileReport, FindingReport};
use notegate::text::{ByteSpan, NoteSpan, SourceText};
use notegate::yaml::{self, Limits, ScalarMap, Value, YamlError};
use std::sync::LazyLock;

static CONFIG: LazyLock<Config> = LazyLock::new(Config::default);
static PLAYBOOK: LazyLock<Playbook> = LazyLock::new(Playbook::built_in);
static NAMES: LazyLock<FieldNames> = LazyLock::new(FieldNames::default);

/// One day for all, so that a run of today says what a run of tomorrow says.
pub(crate) const TODAY: Today = Today::fixed(date(2026, 7, 1));

pub(crate) static CHECKER: LazyLock<Checker<'static>> = LazyLock::new(|| Checker::new(&CONFIG).on(TODAY));

/// Stops unless a part of the text is inside it and begins and ends between two characters.
#[track_caller]
fn is_part(text: &str, span: ByteSpan) {
    assert!(text.get(span.start..span.end).is_some(), "{span:?} of {} bytes: {text:?}", text.len());
}

/// The same for a part of a decoded note.
#[track_caller]
fn is_part_of_note(note: &str, span: NoteSpan) {
    assert!(note.get(span.start..span.end).is_some(), "{span:?} of {note:?}");
}

#[track_caller]
fn are_told(text: &SourceText, errors: &[YamlError], limits: &Limits) {
    for error in errors {
        is_part(text.as_str(), error.span);
        assert!(!error.message().is_empty());
        if let Some((span, _)) = error.related() {
            is_part(text.as_str(), span);
        }
    }
    assert!(errors.len() <= limits.errors + 1, "{} errors", errors.len());
}

/// Limits that a fuzzer can reach.
fn limits() -> Limits {
    Limits { file_bytes: 1 << 16, depth: 24, nodes: 5_000, expanded_bytes: 1 << 18, documents: 100, errors: 20 }
}

/// The yaml stage: every place is a part of the text, each value is inside the one around it, and a second reading is the same.
pub(crate) fn yaml(bytes: &[u8]) {
    let limits = limits();
    let decoded = yaml::decode(bytes.to_vec(), &limits);
    are_told(&decoded.text, decoded.error.as_slice(), &limits);
    if decoded.error.is_none() {
        assert_eq!(decoded.text.as_str().as_bytes(), bytes, "what can be read is kept as it is");
    }
    let text = decoded.text.as_str();
    let parsed = yaml::parse(&decoded.text, &limits);
    are_told(&decoded.text, &parsed.errors, &limits);
    assert!(parsed.documents.len() <= limits.documents);
    let mut end = 0;
    for document in &parsed.documents {
        is_part(text, document.span());
        assert!(document.span().start >= end, "documents overlap in {text:?}");
        end = document.span().end;
        let mut left = limits.nodes;
        value(text, document.root(), None, &mut left);
    }
    let again = yaml::parse(&decoded.text, &limits);
    assert_eq!(parsed.errors, again.errors);
    let trees = |parsed: &yaml::Parsed<'_>| format!("{:?}", parsed.documents);
    assert_eq!(trees(&parsed), trees(&again));
}

/// A value and all in it; `left` bounds what references stand for.
fn value(text: &str, value: Value<'_>, around: Option<ByteSpan>, left: &mut usize) {
    let Some(rest) = left.checked_sub(1) else { return };
    *left = rest;
    let span = value.span();
    is_part(text, span);
    if let Some(around) = around {
        assert!(around.start <= span.start && span.end <= around.end, "{span:?} is not in {around:?} of {text:?}");
    }
    for span in [value.tag().map(|tag| tag.span), value.anchor().map(|anchor| anchor.span)].into_iter().flatten() {
        is_part(text, span);
    }
    // What a reference stands for is elsewhere, and what a merge key brings is where it was written.
    if value.is_alias() {
        return;
    }
    for item in value.items().into_iter().flatten() {
        self::value(text, item, Some(span), left);
    }
    for entry in value.entries().into_iter().flatten() {
        self::value(text, entry.key, None, left);
        self::value(text, entry.value, None, left);
    }
    if let Some(scalar) = value.scalar() {
        scalar_is_located(text, value, &scalar.text);
    }
}

/// Every character of a decoded text has a place inside the file, and later ones are not before earlier ones.
fn scalar_is_located(text: &str, value: Value<'_>, decoded: &str) {
    let Some(map) = ScalarMap::of(text, value) else { return };
    let mut from = 0;
    for (at, c) in decoded.char_indices().take(400) {
        let span = map.locate(at..at + c.len_utf8()).unwrap();
        is_part(text, span);
        assert!(span.start >= from, "{span:?} is before {from} in {text:?}");
        from = span.start;
    }
    assert_eq!(map.locate(decoded.len()..decoded.len() + 1), None);
}

/// The record stage: every field's place is a part of the file, and whatever is read is read the same twice.
pub(crate) fn record(bytes: &[u8]) {
    let limits = limits();
    for selection in [Selection::Likely, Selection::Everything] {
        let read = || record::read(bytes.to_vec(), &limits, &NAMES, &PLAYBOOK, selection);
        let file = read();
        let text = file.text.as_str();
        for error in &file.errors {
            is_part(text, error.span);
        }
        for node in &file.unexpected {
            is_part(text, node.span);
        }
        for found in &file.misplaced {
            is_part(text, found.span);
            is_part(text, found.container);
            found.fields.iter().chain(&found.by_synonyms).for_each(|field| is_part(text, field.written.span));
        }
        for (number, record) in file.records.iter().enumerate() {
            assert_eq!(record.index, number);
            places_of(text, record);
        }
        let again = read();
        assert_eq!(format!("{:?}", file.records), format!("{:?}", again.records));
        assert_eq!((file.errors, file.unexpected), (again.errors, again.unexpected));
    }
}

fn places_of(text: &str, record: &NoteRecord) {
    is_part(text, record.span);
    for name in FieldName::ALL {
        let spans = record.spans_of(name);
        spans.key.into_iter().chain(spans.value).for_each(|span| is_part(text, span));
    }
    for entry in record.refresh_summary.value().into_iter().flatten() {
        is_part(text, entry.span);
        let spans = [entry.date.value_span(), entry.who_changed.value_span(), entry.what_changed.value_span()];
        spans.into_iter().flatten().for_each(|span| is_part(text, span));
    }
    for waiver in record.waivers.value().into_iter().flatten() {
        is_part(text, waiver.span);
        waiver.unknown_keys.iter().for_each(|key| is_part(text, key.span));
    }
    if let Field::Value(note) = &record.note {
        for (at, c) in note.value.char_indices().take(400) {
            is_part(text, record.locate(NoteSpan::new(at..at + c.len_utf8())));
        }
    }
}

/// The reading: every part that it names is a part of the note, and a second reading is the same. The text is the note;
/// a line before it with a bar in it gives customer and workload.
pub(crate) fn reading(text: &str) {
    let (context, note) = match text.split_once('\n').map(|(head, note)| (head.split_once('|'), note)) {
        Some((Some((customer, workload)), note)) => {
            (ReadingContext { customer: Some(customer), workload: Some(workload) }, note)
        }
        _ => (ReadingContext::default(), text),
    };
    let read = reading::read(note, context, &PLAYBOOK);
    parts_named(&read).into_iter().for_each(|span| is_part_of_note(note, span));
    let again = reading::read(note, context, &PLAYBOOK);
    assert_eq!(format!("{read:?}"), format!("{again:?}"));
}

fn parts_named(read: &Reading) -> Vec<NoteSpan> {
    let one = [
        read.intent_span,
        read.reason_span,
        read.duplicate,
        read.benefit,
        read.somebody_else,
        read.slot_values.phase,
        read.slot_values.cause,
    ];
    let mut all: Vec<NoteSpan> = one.into_iter().flatten().collect();
    all.extend(read.specifics.iter().chain(&read.hedges).chain(&read.slots));
    all.extend(read.off_topic.iter().map(|it| it.span));
    all.extend(read.foreign_workload.iter().map(|it| it.span));
    all
}

/// A text in the quotes in which YAML can say every character.
pub(crate) fn quoted(text: &str) -> String {
    let escaped = |c: char| match c {
        ' '..='~' if c != '"' && c != '\\' => c.to_string(),
        _ => format!("\\U{:08x}", u32::from(c)),
    };
    format!("\"{}\"", text.chars().map(escaped).collect::<String>())
}

/// The report on a record with this note.
pub(crate) fn judged(note: &str) -> FileReport {
    let yaml = format!(
        "customer: Contoso\nworkload: Teams\nstatus: blocked\nnote: {}\nrefresh_summary:\n- {{date: 2026-06-01, \
         who_changed: Ann Lee, what_changed: First status}}\n",
        quoted(note)
    );
    CHECKER.check_bytes("notes.yaml", yaml.as_bytes())
}

/// The grade: white space at the end of a note, which nobody sees, moves nothing.
pub(crate) fn grade(note: &str) {
    let said = |report: &FileReport| -> Vec<_> {
        report.records.iter().map(|record| (record.grade, record.blocked, record.blocked_by_note)).collect()
    };
    let expected = said(&judged(note));
    assert_eq!(expected.len(), 1, "{note:?}");
    for after in [" ", "\n", "  \n\n"] {
        assert_eq!(said(&judged(&format!("{note}{after}"))), expected, "{note:?} with {after:?}");
    }
}

/// The configuration: each problem is at a line of the file and says something; what is accepted can be used, and judges
/// the same twice.
pub(crate) fn configuration(bytes: &[u8]) {
    let lines = bytes.iter().filter(|byte| matches!(byte, b'\n' | b'\r')).count() + 1;
    match (load(bytes.to_vec(), "notegate.yaml"), load(bytes.to_vec(), "notegate.yaml")) {
        (Ok(config), Ok(again)) => {
            let report =
                |config: &Config| format!("{:?}", Checker::new(config).on(TODAY).check_bytes("notes.yaml", RECORD));
            assert_eq!(report(&config), report(&again));
        }
        (Err(problems), Err(again)) => {
            assert!(problems.told().next().is_some());
            for (line, message) in problems.told() {
                assert!(line <= lines && !message.is_empty(), "{line} of {lines}: {message:?}");
            }
            assert!(problems.told().eq(again.told()));
        }
        _ => panic!("accepted and refused"),
    }
}

const RECORD: &[u8] =
    b"customer: Contoso\nworkload: Teams\nstatus: blocked\nnote: Unable to deploy for various reasons.\n";

/// The whole check of a file: it never fails, says the same twice, and each finding is at a place in the file.
pub(crate) fn check(bytes: &[u8]) {
    let report = CHECKER.check_bytes("notes.yaml", bytes);
    let all = report.records.iter().flat_map(|record| &record.findings).chain(&report.findings);
    all.for_each(|finding| is_placed(bytes, finding));
    assert_eq!(format!("{report:?}"), format!("{:?}", CHECKER.check_bytes("notes.yaml", bytes)));
}

fn is_placed(bytes: &[u8], finding: &FindingReport) {
    let lines = bytes.iter().filter(|byte| matches!(byte, b'\n' | b'\r')).count() + 1;
    let (start, end) = ((finding.line, finding.column), (finding.end_line, finding.end_column));
    assert!(start.0 >= 1 && start.1 >= 1 && start <= end && end.0 <= lines, "{start:?} to {end:?} of {lines} lines");
    assert!(!finding.message.is_empty());
}
