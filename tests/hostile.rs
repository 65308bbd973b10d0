//! Files that nobody writes by accident, and files that people do break: each must end in a clear error with a place,
//! or be read, and neither may panic nor take memory or time out of proportion.

#![expect(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that panics is a test that fails"
)]

mod support;

use notegate::playbook::Playbook;
use notegate::record::{self, Field, FieldNames, FileReading, Selection};
use notegate::yaml::{Limit, Limits, YamlErrorKind};
use std::sync::LazyLock;
use std::time::Duration;
use support::growth::{Growth, time_of};

/// No file may take longer than so many plain notes of a megabyte, however it is made: the slowest one here takes as
/// long as 67, and a blow-up takes minutes.
const MOST_PLAIN_NOTES: u32 = 200;

/// How long a plain note of a megabyte takes.
static PLAIN_NOTE: LazyLock<Duration> = LazyLock::new(|| {
    let text = format!("note: >-\n{}", "  The firewall drops mail traffic.\n".repeat(30_000)).into_bytes();
    time_of(|| assert_eq!(read_untimed(text).records.len(), 1))
});

fn read_untimed(bytes: Vec<u8>) -> FileReading {
    record::read(bytes, &Limits::default(), &FieldNames::default(), &Playbook::built_in(), Selection::Likely)
}

fn read(bytes: impl Into<Vec<u8>>) -> FileReading {
    let bytes = bytes.into();
    let size = bytes.len();
    let mut read = None;
    let took = time_of(|| read = Some(read_untimed(bytes)));
    let file = read.unwrap();
    assert!(took <= *PLAIN_NOTE * MOST_PLAIN_NOTES, "{size} bytes took {took:?}, a plain note {:?}", *PLAIN_NOTE);
    for error in &file.errors {
        assert!(!error.message().is_empty() && !error.help().is_empty(), "{error:?}");
        assert!(error.span.end <= file.text.as_str().len(), "{error:?}");
    }
    file
}

fn fixture(name: &str) -> FileReading {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/hostile").join(name);
    read(std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display())))
}

/// The only error, with its line and column.
fn error(file: &FileReading) -> (usize, usize, &YamlErrorKind) {
    assert_eq!(file.errors.len(), 1, "{:?}", file.errors);
    let error = &file.errors[0];
    let position = file.text.position(error.span.start);
    (position.line, position.column, &error.kind)
}

fn syntax(file: &FileReading) -> (usize, usize, String) {
    let (line, column, kind) = error(file);
    assert!(matches!(kind, YamlErrorKind::Syntax(_)), "{kind:?}");
    (line, column, file.errors[0].message())
}

fn limit(file: &FileReading) -> Limit {
    match error(file).2 {
        YamlErrorKind::OverLimit { limit, .. } => *limit,
        other => panic!("{other:?}"),
    }
}

#[test]
fn empty_files_and_comments_hold_no_record_and_no_fault() {
    for name in ["empty.yaml", "comments-only.yaml"] {
        let file = fixture(name);
        assert_eq!((file.records.len(), file.errors.len(), file.other_documents), (0, 0, 1), "{name}");
    }
}

#[test]
fn notes_of_another_type_are_kept_with_what_they_are() {
    let odd = |name: &str| match &fixture(name).records[0].note {
        Field::WrongType(odd) => odd.value.found,
        Field::Null(_) => "nothing",
        other => panic!("{name}: {other:?}"),
    };
    assert_eq!(odd("null-note.yaml"), "nothing");
    assert_eq!(odd("number-note.yaml"), "a number");
    assert_eq!(odd("list-note.yaml"), "a list");
    assert_eq!(odd("binary-note.yaml"), "binary data");
}

#[test]
fn two_notes_name_both_places() {
    let file = fixture("two-notes.yaml");
    let (line, column, kind) = error(&file);
    assert_eq!((line, column), (5, 1));
    let YamlErrorKind::DuplicateKey { key, first } = kind else { panic!("{kind:?}") };
    assert_eq!(key, "note");
    assert_eq!(file.text.position(first.start).line, 4);
}

#[test]
fn slips_in_the_syntax_have_a_place_and_plain_words() {
    let said = |name: &str| syntax(&fixture(name));
    let quote = "the quote that opens here is never closed".to_owned();
    assert_eq!(said("unclosed-quote.yaml"), (4, 7, quote));
    let tab = "a tab is used where YAML requires spaces".to_owned();
    assert_eq!(said("tab-indentation.yaml"), (6, 2, tab));
    let (line, column, message) = said("colon-in-note.yaml");
    assert_eq!((line, column), (4, 14));
    assert!(message.starts_with("a colon followed by a space"), "{message}");
    let (line, column, message) = said("at-sign.yaml");
    assert_eq!((line, column), (4, 7));
    assert_eq!(message, "YAML does not let a text begin with `@` here");
}

#[test]
fn other_encodings_are_named() {
    let file = fixture("latin-1.yaml");
    let (line, column, kind) = error(&file);
    assert_eq!((line, column), (4, 27));
    assert_eq!(*kind, YamlErrorKind::NotUtf8 { offset: 86, byte: 0xe9 });
    assert_eq!(*error(&fixture("utf-16.yaml")).2, YamlErrorKind::Utf16);
    let file = fixture("nul-bytes.yaml");
    let (line, column, kind) = error(&file);
    assert_eq!((line, column, kind), (4, 16, &YamlErrorKind::Nul));
}

#[test]
fn files_that_git_made_are_named() {
    assert_eq!(*error(&fixture("lfs-pointer.yaml")).2, YamlErrorKind::LfsPointer);
    assert_eq!(*error(&fixture("git-crypt.yaml")).2, YamlErrorKind::Encrypted);
    let file = fixture("conflict.yaml");
    assert_eq!(error(&file), (3, 1, &YamlErrorKind::ConflictMarker));
}

#[test]
fn a_broken_document_hides_no_other() {
    let file = fixture("broken-in-a-stream.yaml");
    let customers: Vec<_> = file.records.iter().filter_map(|record| record.customer.value()).collect();
    assert_eq!(customers, ["Contoso", "Fabrikam"]);
    let (line, column, _) = syntax(&file);
    assert_eq!((line, column), (9, 7));
}

#[test]
fn a_file_of_100_mb_is_refused_by_its_size() {
    let file = read(vec![b'#'; 100 * 1024 * 1024]);
    assert_eq!(*error(&file).2, YamlErrorKind::TooLarge { size: 104_857_600, allowed: 8 * 1024 * 1024 });
    assert_eq!(file.text.as_str(), "");
}

#[test]
fn deep_nesting_ends_at_the_limit() {
    let deep = 100_000;
    for text in [
        "[".repeat(deep),
        format!("{}{}", "[".repeat(deep), "]".repeat(deep)),
        "{a: ".repeat(deep),
        "- ".repeat(deep),
        "? ".repeat(deep),
        "{\"\":[".repeat(deep),
    ] {
        assert_eq!(limit(&read(text)), Limit::Depth);
    }
    let stairs: String = (0..3000).map(|level| format!("{}a:\n", " ".repeat(level))).collect();
    assert_eq!(limit(&read(stairs)), Limit::Depth);
}

#[test]
fn what_follows_a_document_that_is_too_deep_is_read() {
    let file = read(format!("note: {}\n---\nnote: b\n", "[".repeat(1000)));
    assert_eq!(limit(&file), Limit::Depth);
    assert_eq!(file.records.len(), 1);
}

#[test]
fn an_alias_bomb_ends_at_the_limit_on_nodes() {
    let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..12 {
        let aliases = vec![format!("*a{}", level - 1); 9].join(", ");
        bomb.push_str(&format!("a{level}: &a{level} [{aliases}]\n"));
    }
    bomb.push_str("note: b\n");
    assert_eq!(limit(&read(bomb)), Limit::Nodes);
}

#[test]
fn a_wide_alias_bomb_ends_at_the_limit_on_text() {
    let text = format!("a: &a \"{}\"\nnote: b\nlist:\n{}", "x".repeat(1_000_000), "- *a\n".repeat(3000));
    assert_eq!(limit(&read(text)), Limit::ExpandedBytes);
}

#[test]
fn a_bomb_of_merge_keys_ends_at_the_limit_on_nodes() {
    let mut bomb = "a: &a {".to_owned();
    bomb.push_str(&(0..2000).map(|key| format!("k{key}: v, ")).collect::<String>());
    bomb.push_str("}\nb:\n");
    bomb.push_str(&"- {<<: [*a, *a, *a, *a]}\n".repeat(5000));
    assert_eq!(limit(&read(bomb)), Limit::Nodes);
}

#[test]
fn references_to_nothing_and_to_themselves_are_named() {
    let file = read("note: *later\n");
    assert_eq!(error(&file), (1, 7, &YamlErrorKind::UndefinedAlias { name: "later".to_owned() }));
    let file = read("a: &a [b, *a]\nnote: c\nworkload: d\n");
    assert_eq!(error(&file), (1, 11, &YamlErrorKind::SelfAlias { name: "a".to_owned() }));
    assert_eq!(file.records.len(), 1);
    let file = read("<<: [a, b]\nnote: c\n");
    assert_eq!(error(&file), (1, 5, &YamlErrorKind::MergeOfNoMapping));
}

#[test]
fn a_mapping_of_500_000_keys_ends_at_the_limit_on_nodes() {
    let text: String = (0..500_000).map(|key| format!("k{key}: v\n")).collect();
    assert_eq!(limit(&read(text)), Limit::Nodes);
}

#[test]
fn time_grows_with_the_number_of_keys_and_not_with_its_square() {
    // Sixteen times the keys: a square would be 256 times the time.
    Growth { factor: 16, most: 100 }.assert("keys", 10_000, |keys| {
        let text: String = (0..keys).map(|key| format!("k{key}: v\n")).collect();
        time_of(|| assert_eq!(read(text).errors, []))
    });
}

#[test]
fn a_stream_of_too_many_documents_ends_at_its_limit() {
    assert_eq!(limit(&read("--- a\n".repeat(60_000))), Limit::Documents);
}

#[test]
fn a_note_of_a_megabyte_is_read_with_its_places() {
    let line = "The firewall drops mail traffic and cannot be replaced before June. ";
    let text = format!("note: >-\n{}", format!("  {line}\n").repeat(16_000));
    let file = read(text);
    let record = &file.records[0];
    let note = record.note.value().map(String::as_str).unwrap_or_default();
    assert!(note.len() > 1_000_000);
    let start = note.rfind("June").unwrap_or_default();
    let place = record.locate(notegate::text::NoteSpan::new(start..start + 4));
    assert_eq!(file.text.slice(place), "June");
    assert_eq!(file.text.position(place.start).line, 16_001);
}

#[test]
fn many_small_records_are_all_read() {
    let text = "- {customer: A, workload: B, status: Blocked, note: c}\n".repeat(20_000);
    assert_eq!(read(text).records.len(), 20_000);
}

#[test]
fn unclosed_things_of_many_megabytes_end_in_a_fault() {
    type Made = fn(usize) -> String;
    let things: [(&str, Made); 5] = [
        ("an open double quote", |size| format!("note: \"{}", "x".repeat(size))),
        ("an open single quote", |size| format!("note: '{}", "x\n".repeat(size / 2))),
        ("a long key", |size| format!("{}: b", "k".repeat(size))),
        ("colons", |size| "a:".repeat(size / 2)),
        ("empty keys", |size| "\"\":".repeat(size / 3)),
    ];
    for (name, make) in things {
        // Eight times the size: a square would be 64 times the time.
        Growth { factor: 8, most: 27 }.assert(name, 7 * 1024 * 1024 / 8, |size| {
            let text = make(size);
            time_of(|| {
                let file = read(text);
                assert!(file.errors.len() <= 1, "{:?}", file.errors.len());
            })
        });
    }
}

#[test]
fn a_flood_of_faults_ends_at_its_limit() {
    let keys: String = (0..100_000).map(|key| format!("k{key}: v\n")).collect();
    for text in [format!("{keys}{keys}"), "a: b\n".repeat(200_000), "- *x\n".repeat(200_000), "[\n---\n".repeat(40_000)]
    {
        let file = read(text);
        assert_eq!(file.errors.len(), 101);
        let last = &file.errors[100].kind;
        assert!(matches!(last, YamlErrorKind::OverLimit { limit: Limit::Errors, allowed: 100 }), "{last:?}");
    }
}

#[test]
fn what_many_records_inherit_counts_against_the_limits() {
    let items = "- note: a\n".repeat(50_000);
    let file = read(format!("customer: {}\nentitlements:\n{items}", "x".repeat(1_000_000)));
    assert_eq!(limit(&file), Limit::ExpandedBytes);
    let summary = "- {date: 2020-03-27}\n".repeat(1000);
    let file = read(format!("refresh_summary:\n{summary}entitlements:\n{items}"));
    assert_eq!(limit(&file), Limit::Nodes);
    assert_eq!(file.records.len(), 0);
}

#[test]
fn many_shared_keys_around_many_records_are_looked_through_once() {
    let keys: String = (0..100_000).map(|key| format!("k{key}: v\n")).collect();
    let file = read(format!("{keys}customer: A\nentitlements:\n{}", "- note: a\n".repeat(60_000)));
    assert_eq!((file.records.len(), file.errors.len()), (60_000, 0));
}
