//! What a value of any type says, as text that is equal for two values when they say the same, however each is laid
//! out. For what a field holds when it is not of the type that it has to be.

use crate::yaml::{ScalarKind, Value};

/// The content of `value`: its type, its words, and those of everything inside it. Line breaks, quotes, indentation,
/// comments, anchors and the order of keys do not count; an alias counts as what it stands for. The depth of a document
/// is limited, so this does not recurse far.
pub(super) fn of(value: Value<'_>) -> String {
    if let Some(items) = value.items() {
        return format!("list {}", joined(items.map(of)));
    }
    if let Some(entries) = value.entries() {
        let mut entries: Vec<String> =
            entries.map(|entry| joined([of(entry.key), of(entry.value)].into_iter())).collect();
        entries.sort_unstable();
        return format!("group {}", joined(entries.into_iter()));
    }
    let kind = match value.scalar_kind() {
        Some(ScalarKind::Null) => "nothing",
        Some(ScalarKind::Boolean) => "boolean",
        Some(ScalarKind::Number) => "number",
        Some(ScalarKind::Text) => "text",
        Some(ScalarKind::Binary) => "binary",
        None => "reference",
    };
    // A tag of YAML's own shows in the kind.
    let tag = value.tag().filter(|tag| !tag.is_core()).map(|tag| tag.name.as_str()).unwrap_or_default();
    let text = value.scalar().map(|scalar| words(&scalar.text)).unwrap_or_default();
    format!("{kind} {}", joined([tag.to_owned(), text].into_iter()))
}

/// Texts one after another, each with its length, so that no text can look like the border between two.
pub(super) fn joined(parts: impl Iterator<Item = String>) -> String {
    parts.map(|part| format!("{}:{part}", part.len())).collect()
}

/// The words of a text; how they are spread over lines is a matter of YAML style.
pub(super) fn words(text: &str) -> String {
    text.split_ascii_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::SourceText;
    use crate::yaml::{Limits, parse};

    fn content(text: &str) -> String {
        let source = SourceText::new(text.to_owned());
        let parsed = parse(&source, &Limits::default());
        assert_eq!(parsed.errors, [], "{text}");
        of(parsed.documents[0].root().get("v").unwrap().value)
    }

    #[test]
    fn no_text_can_look_like_two() {
        let split = ["a".to_owned(), "b".to_owned()];
        assert_ne!(joined(["a1:b".to_owned()].into_iter()), joined(split.into_iter()));
        assert_ne!(content("v: [a b]\n"), content("v: [a, b]\n"));
        assert_ne!(content("v: {a: b, c: d}\n"), content("v: {a: d, c: b}\n"));
    }

    #[test]
    fn another_layout_is_the_same_content() {
        for (left, right) in [
            ("v: [a, b]\n", "v:\n- a # why\n- \"b\"\n"),
            ("v: {a: 1, b: [c]}\n", "v:\n  b:\n    - c\n  a: 1\n"),
            ("v: [one two]\n", "v:\n- >-\n  one\n  two\n"),
            ("x: &x [a]\nv: *x\n", "v: [a]\n"),
            ("v: !!binary aGk=\n", "v: !!binary |\n  aGk=\n"),
        ] {
            assert_eq!(content(left), content(right), "{left}{right}");
        }
    }

    #[test]
    fn another_value_is_another_content() {
        for (left, right) in [
            ("v: 5\n", "v: 6\n"),
            ("v: 5\n", "v: '5'\n"),
            ("v: true\n", "v: false\n"),
            ("v: true\n", "v: 'true'\n"),
            ("v: [a]\n", "v: [a, a]\n"),
            ("v: [a]\n", "v: [[a]]\n"),
            ("v: [a, b]\n", "v: [b, a]\n"),
            ("v: {a: 1}\n", "v: {a: 2}\n"),
            ("v: {a: 1}\n", "v: {b: 1}\n"),
            ("v: {a: 1}\n", "v: [a, 1]\n"),
            ("v: []\n", "v: {}\n"),
            ("v: [~]\n", "v: ['']\n"),
            ("v: !a 5\n", "v: !b 5\n"),
            ("v: !!binary aGk=\n", "v: !!binary aGo=\n"),
        ] {
            assert_ne!(content(left), content(right), "{left}{right}");
        }
    }
}
