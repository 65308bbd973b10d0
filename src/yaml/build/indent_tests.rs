//! Lines inside quotes and brackets, and how far they have to be indented.

use super::parse;
use crate::text::SourceText;
use crate::yaml::{Limits, YamlErrorKind};

/// The places and messages of the errors of `text`.
fn errors(text: &str) -> Vec<(usize, usize, &'static str)> {
    let source = SourceText::new(text.to_owned());
    let parsed = parse(&source, &Limits::default());
    let kind = |kind: &YamlErrorKind| match kind {
        YamlErrorKind::Syntax(error) if error.message.starts_with("a tab is used") => "tab",
        YamlErrorKind::Syntax(error) if error.message.contains("not indented enough") => "too few",
        other => panic!("{text:?}: {other:?}"),
    };
    parsed
        .errors
        .iter()
        .map(|error| {
            let at = source.position(error.span.start);
            (at.line, at.column, kind(&error.kind))
        })
        .collect()
}

#[test]
fn a_line_inside_quotes_or_brackets_is_indented_beyond_the_block_around_it() {
    let cases: [(&str, (usize, usize, &str)); 20] = [
        ("flow: [a,\nb,\nc]\n", (2, 1, "too few")),
        ("quoted: \"a\nb\nc\"\n", (2, 1, "too few")),
        ("foo: \"bar\n\tbaz\"\n", (2, 1, "tab")),
        ("foo: 'bar\n\tbaz'\n", (2, 1, "tab")),
        ("foo: [bar,\n\tbaz]\n", (2, 1, "tab")),
        ("foo: {bar: 1,\nbaz: 2}\n", (2, 1, "too few")),
        ("- \"a\nb\"\n", (2, 1, "too few")),
        ("- [a,\nb]\n", (2, 1, "too few")),
        ("- - \"a\n  b\"\n", (2, 3, "too few")),
        ("- note: \"a\n  b\"\n", (2, 3, "too few")),
        ("x:\n  note: 'a\n  b'\n", (3, 3, "too few")),
        ("x:\n  note: \"a\n \tb\"\n", (3, 2, "tab")),
        ("note: \"a\n\n\n  b\nc\"\n", (5, 1, "too few")),
        ("note: \"a\r\nb\"\r\n", (2, 1, "too few")),
        ("note: \"a\n\"\n", (2, 1, "too few")),
        ("note: \"a\n# b\"\n", (2, 1, "too few")),
        ("note: [1, \"a\n# b\"]\n", (2, 1, "too few")),
        ("note: [1, [2,\n3]]\n", (2, 1, "too few")),
        ("? [a,\nb]\n: c\n", (2, 1, "too few")),
        ("\u{feff}note: \"a\nb\"\n", (2, 1, "too few")),
    ];
    for (text, expected) in cases {
        assert_eq!(errors(text), [expected], "{text:?}");
    }
}

#[test]
fn what_yaml_allows_there_is_accepted() {
    for text in [
        "\"a\nb\"\n",
        "[a,\nb]\n",
        "--- \"a\nb\"\n",
        "--- !!str \"a\nb\"\n",
        "--- &a [x,\n\ty]\n",
        "note: \"a\n b\"\n",
        "note: \"a\n \tb\"\n",
        "note: \"a\n\n b\"\n",
        "note: \"a\n\t\n b\"\n",
        "note: [a,\n# comment\n b]\n",
        "note: [a,\n\t\n b]\n",
        "- \"a\n b\"\n",
        "a:\n- \"x\n y\"\n",
        "a:\n- - b\n- \"x\n y\"\n",
        "a: &x\n- \"x\n y\"\n",
        "? a\n: - \"x\n   y\"\n",
        "a:\n- note: \"x\n   y\"\n",
        "- - \"a\n   b\"\n",
        "note: &x !!str \"a\n b\"\n",
        "note: !!map\n  a: \"b\n   c\"\n",
        "- &x\n  a: \"b\n   c\"\n",
        "--- !!map\na: \"b\n c\"\n",
        "&x note: \"a\n b\"\n",
        "? \"a\n b\"\n: c\n",
        "\u{feff}note: \"a\n b\"\n",
        "note: >-\n  a\n  \"b\n  c\n",
    ] {
        assert_eq!(errors(text), [], "{text:?}");
    }
}

#[test]
fn a_closing_bracket_may_stand_at_the_indentation_of_the_block() {
    for text in [
        "branches: [\n  main\n]\n",
        "on:\n  push: {\n    branches: [\n      main\n    ]\n  }\n",
        "a: [{\n  b: c\n}, {\n  d: e\n}]\n",
    ] {
        assert_eq!(errors(text), [], "{text:?}");
    }
}

#[test]
fn each_text_is_reported_once_and_reading_goes_on() {
    assert_eq!(errors("a: \"x\ny\nz\"\nb: [1,\n2,\n3]\n"), [(2, 1, "too few"), (5, 1, "too few")]);
}
