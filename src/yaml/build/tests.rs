//! Trees, their places, and what is refused on the way.

use super::*;
use crate::yaml::{Document, Value};

fn text(source: &str) -> SourceText {
    SourceText::new(source.to_owned())
}

/// The tree in one line: `{a: [b, c]}`, with `~` for an absent value.
fn shown(value: Value<'_>) -> String {
    if let Some(items) = value.items() {
        return format!("[{}]", items.map(shown).collect::<Vec<_>>().join(", "));
    }
    if let Some(entries) = value.entries() {
        let entries = entries.map(|entry| format!("{}: {}", shown(entry.key), shown(entry.value)));
        return format!("{{{}}}", entries.collect::<Vec<_>>().join(", "));
    }
    match value.scalar() {
        Some(scalar) if scalar.text.is_empty() => "~".to_owned(),
        Some(scalar) => scalar.text.clone().into_owned(),
        None => "?".to_owned(),
    }
}

fn trees(source: &str) -> Vec<String> {
    let text = text(source);
    let parsed = parse(&text, &Limits::default());
    parsed.documents.iter().map(|document| shown(document.root())).collect()
}

/// The kind of each error, with its line and column.
fn errors(source: &str) -> Vec<(usize, usize, YamlErrorKind)> {
    let text = text(source);
    let errors = parse(&text, &Limits::default()).errors;
    let places = errors.into_iter().map(|error| (text.position(error.span.start), error.kind));
    places.map(|(place, kind)| (place.line, place.column, kind)).collect()
}

/// What stands in the file where a value is.
fn slice(source: &str, find: impl Fn(&Document<'_>) -> ByteSpan) -> String {
    let text = text(source);
    let parsed = parse(&text, &Limits::default());
    text.slice(find(&parsed.documents[0])).to_owned()
}

#[test]
fn documents_lists_and_mappings() {
    assert_eq!(trees("a: b\nc: [d, {e: f}]\n"), ["{a: b, c: [d, {e: f}]}"]);
    assert_eq!(trees("- a\n-\n- - b\n"), ["[a, ~, [b]]"]);
    assert_eq!(trees("--- a\n---\n--- c\n"), ["a", "~", "c"]);
    assert_eq!(trees(""), [] as [&str; 0]);
    assert_eq!(trees("{\"a\": [1, null]}"), ["{a: [1, null]}"]);
}

#[test]
fn every_value_is_where_it_stands() {
    let source = "# why\nk: !!str 'v'\nlist:\n  - a\n  - b # c\n\n\nnext: >-\n  x\n  y\n\nend: 1\n";
    let get = |key: &'static str| slice(source, move |document| document.root().get(key).unwrap().value.span());
    assert_eq!(get("k"), "'v'");
    assert_eq!(get("list"), "- a\n  - b");
    assert_eq!(get("next"), ">-\n  x\n  y");
    assert_eq!(slice(source, |document| document.root().get("next").unwrap().key.span()), "next");
    assert_eq!(slice(source, |document| document.span()), source.trim_start_matches("# why\n").trim_end());
}

#[test]
fn block_scalars_begin_at_their_header() {
    for header in ["|", ">", "|-", ">+2", "!!str |", "&a >-", "| # a | b"] {
        let source = format!("\"a | b\": {header}\n  x\n  y\nz: *a\n");
        let got = slice(&source, |document| document.root().get("a | b").unwrap().value.span());
        let (_, block) = header.split_at(header.find(['|', '>']).unwrap());
        assert_eq!(got, format!("{block}\n  x\n  y"), "{header}");
    }
    assert_eq!(slice("- |\n\n  x\n", |document| document.root().items().unwrap().next().unwrap().span()), "|\n\n  x");
    assert_eq!(slice("a: |\nb: c\n", |document| document.root().get("a").unwrap().value.span()), "|");
}

#[test]
fn of_a_key_given_twice_the_first_counts_and_both_places_are_kept() {
    let source = "a: 1\nb: 2\n'a': 3\n";
    assert_eq!(trees(source), ["{a: 1, b: 2}"]);
    let first = ByteSpan::new(0..1);
    assert_eq!(errors(source), [(3, 1, YamlErrorKind::DuplicateKey { key: "a".to_owned(), first })]);
    assert_eq!(errors("x: {a: 1, \"\\x61\": 2}\n").len(), 1, "an escape is no other key");
}

#[test]
fn a_key_given_twice_is_found_among_many_too() {
    let keys: String = (0..100).map(|key| format!("k{key}: v\n")).collect();
    for key in ["k0", "k11", "k12", "k13", "k99"] {
        let found = errors(&format!("{keys}{key}: w\n"));
        let [(101, 1, YamlErrorKind::DuplicateKey { first, .. })] = &found[..] else { panic!("{key}: {found:?}") };
        assert_eq!(text(&keys).slice(*first), key);
    }
    assert_eq!(errors(&keys), []);
}

#[test]
fn keys_that_are_alike_in_other_mappings_or_in_case_are_others() {
    assert_eq!(errors("a: {x: 1}\nb: {x: 1}\nA: 1\n"), []);
}

#[test]
fn aliases_have_their_own_place_and_what_they_stand_for() {
    let source = "a: &x [1, 2]\nb: *x\n";
    assert_eq!(trees(source), ["{a: [1, 2], b: [1, 2]}"]);
    assert_eq!(slice(source, |document| document.root().get("b").unwrap().value.span()), "*x");
    assert_eq!(trees("- &a b\n- *a : c\n"), ["[b, {b: c}]"], "an alias as a key");
    assert_eq!(trees("a: &x 1\nb: &x 2\nc: *x\n"), ["{a: 1, b: 2, c: 2}"], "the latest counts");
}

#[test]
fn anchors_know_whether_they_are_used() {
    let source = text("a: &x 1\nb: &y {c: d}\ne: *y\n");
    let parsed = parse(&source, &Limits::default());
    let anchor = |key| *parsed.documents[0].root().get(key).unwrap().value.anchor().unwrap();
    assert_eq!(anchor("a").uses, AnchorUse::Unreferred);
    assert_eq!(anchor("b").uses, AnchorUse::Referred);
    assert_eq!(source.slice(anchor("b").span), "&y");
}

#[test]
fn merged_entries_come_last_and_own_ones_win() {
    assert_eq!(trees("- &a {x: 1, y: 2}\n- {<<: *a, y: 3}\n")[0], "[{x: 1, y: 2}, {y: 3, x: 1}]");
    assert_eq!(trees("- &a {x: 1}\n- &b {x: 2, y: 2}\n- <<: [*a, *b]\n")[0], "[{x: 1}, {x: 2, y: 2}, {x: 1, y: 2}]");
    assert_eq!(trees("- &a {x: 1}\n- &b {<<: *a, y: 2}\n- {<<: *b}\n")[0], "[{x: 1}, {y: 2, x: 1}, {y: 2, x: 1}]");
    assert_eq!(trees("{<<: {x: 1}, y: 2}"), ["{y: 2, x: 1}"]);
    assert_eq!(trees("'<<': text\n"), ["{<<: text}"], "in quotes it is a key like any other");
}

#[test]
fn anchors_end_with_their_document() {
    assert_eq!(errors("a: &x 1\n---\nb: *x\n"), [(3, 4, YamlErrorKind::UndefinedAlias { name: "x".to_owned() })]);
}

#[test]
fn limits_hold_to_the_number() {
    let limited = |source: &str, limits: &Limits| parse(&text(source), limits).errors.len();
    let depth = Limits { depth: 3, ..Limits::default() };
    assert_eq!((limited("[[[a]]]", &depth), limited("[[[[a]]]]", &depth)), (0, 1));
    let nodes = Limits { nodes: 4, ..Limits::default() };
    assert_eq!((limited("[a, b, c]", &nodes), limited("[a, b, c, d]", &nodes)), (0, 1));
    assert_eq!(
        (limited("[&a [], *a]", &nodes), limited("[&a [b], *a]", &nodes)),
        (0, 1),
        "an alias costs what it means"
    );
    let bytes = Limits { expanded_bytes: 6, ..Limits::default() };
    assert_eq!((limited("[&a abc, *a]", &bytes), limited("[&a abcd, *a]", &bytes)), (0, 1));
    let documents = Limits { documents: 2, ..Limits::default() };
    assert_eq!((limited("--- a\n--- b\n", &documents), limited("--- a\n--- b\n--- c\n", &documents)), (0, 1));
}

#[test]
fn reading_goes_on_after_a_broken_document_and_faults_are_in_order() {
    let source = "a: 1\n---\nb: [\n---\nc: 'x\n---\nd: {e: 1, e: 2}\n";
    assert_eq!(trees(source), ["{a: 1}", "{d: {e: 1}}"]);
    let places: Vec<_> = errors(source).into_iter().map(|(line, column, _)| (line, column)).collect();
    assert_eq!(places, [(3, 4), (5, 4), (7, 11)]);
}

#[test]
fn slips_of_syntax_are_said_in_plain_words() {
    for (source, line, column, words) in [
        ("a: b: c\n", 1, 5, "a colon followed by a space"),
        ("a: `b\n", 1, 4, "YAML does not let a text begin with ```"),
        ("a: %b\n", 1, 4, "YAML does not let a text begin with `%`"),
        ("a: \u{1b}[31m\n", 1, 4, "there is an invisible control character (U+001B) here"),
        ("a: 'tis\nb: c'd\n", 2, 6, "more text follows after the closing `'`"),
        ("a: \"b\" c\n", 1, 8, "more text follows after the closing `\"`"),
        ("a: \"\\q\"\n", 1, 4, "this quoted text contains a `\\`"),
        ("a: [b\n", 1, 4, "the `[` here is never closed"),
        ("a: [b}\n", 1, 4, "what `[` opens is closed by `}`"),
        ("a: ]\n", 1, 4, "a bracket is closed here that was never opened"),
        ("- a\n-b\n", 2, 1, "this line is neither a field"),
        ("a: b # c\n  d\n", 1, 6, "a space and `#` begin a comment here"),
        ("a: > b\n", 1, 4, "after `>` or `|` only"),
        ("a: *\n", 1, 4, "YAML gives `*` and `&`"),
        ("a: - b\n", 1, 4, "a list item (`- `) is not allowed here"),
        ("a: |\n  x\n y\n", 3, 2, "the indentation of this line fits nothing above it"),
    ] {
        let text = text(source);
        let parsed = parse(&text, &Limits::default());
        assert_eq!(parsed.errors.len(), 1, "{source}");
        let place = text.position(parsed.errors[0].span.start);
        let message = parsed.errors[0].message();
        assert_eq!((place.line, place.column), (line, column), "{source}: {message}");
        assert!(message.starts_with(words), "{source}: {message}");
    }
}

#[test]
fn the_line_between_two_versions_is_a_conflict_marker() {
    assert_eq!(errors("a: 1\n=======\nb: 2\n"), [(2, 1, YamlErrorKind::ConflictMarker)]);
}
