//! Properties of the yaml stage, over generated notes in every scalar style: the decoded value is the note, and the
//! bytes that a part of it is located at decode to that part.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test that panics is a test that fails"
)]

use notegate::text::SourceText;
use notegate::yaml::{Limits, ScalarMap, decode, parse};
use proptest::prelude::*;

/// How a note is written into a record.
#[derive(Debug, Clone, Copy)]
enum Style {
    Plain,
    Single,
    Double,
    Literal,
    Folded,
}

/// How the file around it is written.
#[derive(Debug, Clone, Copy)]
struct Layout {
    line_break: &'static str,
    mark: &'static str,
    final_break: bool,
    indent: usize,
    chomping: &'static str,
}

/// Words that try every style: escapes, quotes, multibyte characters, hashes and colons inside words.
fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-zA-Z]{1,8}",
        "[a-z]{1,3}[:#'\"\\\\][a-z]{1,3}",
        "[éüßñ中文字日本🙂👩‍💻]{1,4}",
        "[0-9]{1,4}[.,/-][0-9]{1,4}",
        Just("it's".to_owned()),
        Just("\"quoted\"".to_owned()),
        Just("\\backslash\\".to_owned()),
    ]
}

/// A note as lines of words: a blank line between two lines is a paragraph.
fn note() -> impl Strategy<Value = Vec<Vec<String>>> {
    prop::collection::vec(prop::collection::vec(word(), 0..6), 1..6).prop_map(|mut lines| {
        lines[0].insert(0, "Customer".to_owned());
        lines.last_mut().unwrap().push("end".to_owned());
        lines
    })
}

fn layout() -> impl Strategy<Value = Layout> {
    (
        prop_oneof![Just("\n"), Just("\r\n")],
        prop_oneof![Just(""), Just("\u{feff}")],
        any::<bool>(),
        1..5usize,
        prop_oneof![Just(""), Just("-"), Just("+")],
    )
        .prop_map(|(line_break, mark, final_break, indent, chomping)| Layout {
            line_break,
            mark,
            final_break,
            indent,
            chomping,
        })
}

fn style() -> impl Strategy<Value = Style> {
    prop_oneof![Just(Style::Plain), Just(Style::Single), Just(Style::Double), Just(Style::Literal), Just(Style::Folded)]
}

/// The file, and the text that the note decodes to.
fn written(lines: &[Vec<String>], style: Style, layout: Layout) -> (String, String) {
    let texts: Vec<String> = lines.iter().map(|words| words.join(" ")).collect();
    let Layout { line_break, mark, final_break, indent, chomping } = layout;
    let pad = " ".repeat(indent);
    let escape = |text: &str| match style {
        Style::Single => text.replace('\'', "''"),
        Style::Double => {
            text.replace('\\', "\\\\").replace('"', "\\\"").replace('é', "\\u00e9").replace('🙂', "\\U0001F642")
        }
        _ => text.to_owned(),
    };
    let body: Vec<String> = texts.iter().map(|text| escape(text)).collect();
    let joined = |first: &str| {
        let rest: Vec<String> = body[1..].iter().map(|line| format!("{pad}{line}")).collect();
        [vec![format!("{first}{}", body[0])], rest].concat().join(line_break)
    };
    let value = match style {
        Style::Plain => joined(""),
        Style::Single => format!("{}'", joined("'")),
        Style::Double => format!("{}\"", joined("\"")),
        Style::Literal | Style::Folded => {
            let sign = if matches!(style, Style::Literal) { '|' } else { '>' };
            let body: Vec<String> = body.iter().map(|line| format!("{pad}{line}")).collect();
            format!("{sign}{chomping}{line_break}{}", body.join(line_break))
        }
    };
    let last = if final_break { line_break } else { "" };
    let file = format!("{mark}customer: Müller{line_break}note: {value}{last}");
    (file, decoded(&texts, style, chomping))
}

fn decoded(texts: &[String], style: Style, chomping: &str) -> String {
    let end = match style {
        Style::Literal | Style::Folded if chomping != "-" => "\n",
        _ => "",
    };
    if matches!(style, Style::Literal) {
        return texts.join("\n") + end;
    }
    let mut text = String::new();
    let mut blank = 0;
    for (number, line) in texts.iter().enumerate() {
        if line.is_empty() {
            blank += 1;
            continue;
        }
        match (number, blank) {
            (0, _) => {}
            (_, 0) => text.push(' '),
            (_, blank) => text.push_str(&"\n".repeat(blank)),
        }
        text.push_str(line);
        blank = 0;
    }
    text + end
}

/// What the bytes of a file mean inside a scalar of that style.
fn undone(slice: &str, style: Style) -> String {
    match style {
        Style::Single => slice.replace("''", "'"),
        Style::Double => {
            slice.replace("\\u00e9", "é").replace("\\U0001F642", "🙂").replace("\\\"", "\"").replace("\\\\", "\\")
        }
        Style::Plain | Style::Literal | Style::Folded => slice.to_owned(),
    }
}

/// The style, or single quotes where YAML would read a plain note otherwise.
fn fitting(style: Style, lines: &[Vec<String>]) -> Style {
    let begins_something_else = |word: &String| word.ends_with(':') || word.starts_with(['#', '"', '\'']);
    match style {
        Style::Plain if lines.iter().flatten().any(begins_something_else) => Style::Single,
        other => other,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_style_decodes_to_the_note_and_every_word_is_found(lines in note(), style in style(), layout in layout()) {
        let style = fitting(style, &lines);
        let (file, expected) = written(&lines, style, layout);
        let text = SourceText::new(file.clone());
        let parsed = parse(&text, &Limits::default());
        prop_assert_eq!(&parsed.errors, &[], "{:?}", file);
        let note = parsed.documents[0].root().get("note").unwrap().value;
        let value = &note.scalar().unwrap().text;
        prop_assert_eq!(value.as_ref(), &expected, "{:?}", file);

        let map = ScalarMap::of(&file, note);
        prop_assert!(map.is_some(), "no map for {:?}", file);
        let map = map.unwrap();
        let mut from = 0;
        for word in lines.iter().flatten() {
            let start = from + value[from..].find(word.as_str()).unwrap();
            from = start + word.len();
            let span = map.locate(start..from).unwrap();
            prop_assert_eq!(undone(text.slice(span), style), word.as_str(), "{:?}", file);
        }
    }

    #[test]
    fn every_part_of_every_note_has_a_place_inside_the_file(
        lines in note(), style in style(), layout in layout(), a in 0..200usize, b in 0..200usize,
    ) {
        let style = fitting(style, &lines);
        let (file, _) = written(&lines, style, layout);
        let text = SourceText::new(file.clone());
        let parsed = parse(&text, &Limits::default());
        let note = parsed.documents[0].root().get("note").unwrap().value;
        let len = note.scalar().unwrap().text.len();
        let map = ScalarMap::of(&file, note).unwrap();
        let part = a.min(b)..a.max(b);
        match map.locate(part.clone()) {
            None => prop_assert!(part.end > len),
            Some(span) => {
                prop_assert!(part.end <= len);
                prop_assert!(span.start <= span.end && span.end <= file.len());
                prop_assert!(note.span().start <= span.start, "{span:?} before {:?}", note.span());
            }
        }
    }

    #[test]
    fn arbitrary_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        read(&bytes);
    }

    #[test]
    fn arbitrary_yaml_soup_never_panics_and_every_map_agrees(
        soup in "([ \\-:?,\\[\\]{}#&*!|>'\"%@`\\\\\n\r\tax0~<é🙂]|note: |- |--- |<<: |\\*a|&a |\\\\u00e9|\n  |\n\n){0,60}",
    ) {
        read(soup.as_bytes());
    }
}

/// Decodes and parses, and compares every scalar's map with its text where there is one.
fn read(bytes: &[u8]) {
    let limits = Limits::default();
    let decoded = decode(bytes.to_vec(), &limits);
    let text = decoded.text;
    let parsed = parse(&text, &limits);
    for error in decoded.error.iter().chain(&parsed.errors) {
        assert!(error.span.end <= text.as_str().len().max(error.span.start));
        assert!(!error.message().is_empty() && !error.help().is_empty());
    }
    for document in &parsed.documents {
        visit(document.root(), &text, 0);
    }
}

fn visit(value: notegate::yaml::Value<'_>, text: &SourceText, depth: usize) {
    assert!(value.span().end <= text.as_str().len());
    if let Some(scalar) = value.scalar()
        && let Some(map) = ScalarMap::of(text.as_str(), value)
    {
        for (offset, c) in scalar.text.char_indices() {
            let span = map.locate(offset..offset + c.len_utf8()).unwrap();
            let slice = text.slice(span);
            let is_as_written = slice == c.encode_utf8(&mut [0; 4]);
            let is_fold_or_escape = matches!(c, ' ' | '\n') || slice.starts_with(['\\', '\'']) || slice.is_empty();
            assert!(is_as_written || is_fold_or_escape, "{c:?} is not {slice:?} in {:?}", text.as_str());
        }
    }
    if depth > 8 {
        return;
    }
    for item in value.items().into_iter().flatten() {
        visit(item, text, depth + 1);
    }
    for entry in value.entries().into_iter().flatten() {
        visit(entry.key, text, depth + 1);
        visit(entry.value, text, depth + 1);
    }
}
