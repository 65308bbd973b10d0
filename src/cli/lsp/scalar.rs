//! A text as a YAML scalar on one line, as people write it.

/// Words that YAML takes for something else than text, in lower case.
const NOT_TEXT: [&str; 12] = ["null", "true", "false", "yes", "no", "on", "off", "y", "n", "~", ".nan", ".inf"];

/// The text as it has to be written: plain where that is safe, else in quotation marks. Nothing where it has a character
/// that no line of a file should hold.
pub(super) fn written(text: &str) -> Option<String> {
    if text.contains(crate::report::escape::is_unsafe) {
        return None;
    }
    let starts = text.starts_with(|c: char| c.is_alphabetic());
    let is_safe = starts
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.ends_with([':', ' '])
        && !NOT_TEXT.contains(&text.to_lowercase().as_str());
    Some(if is_safe { text.to_owned() } else { format!("'{}'", text.replace('\'', "''")) })
}

#[cfg(test)]
mod tests {
    use super::written;
    use crate::text::SourceText;
    use crate::yaml::{self, Limits};
    use proptest::prelude::*;

    #[test]
    fn quotation_marks_only_where_they_are_needed() {
        for (text, expected) in [
            ("Blocked", "Blocked"),
            ("Duplicate/Invalid", "Duplicate/Invalid"),
            ("Blocked: no proxy", "'Blocked: no proxy'"),
            ("[phase] is x", "'[phase] is x'"),
            ("No", "'No'"),
            ("It's #1 here", "'It''s #1 here'"),
            ("", "''"),
        ] {
            assert_eq!(written(text).as_deref(), Some(expected));
        }
        assert_eq!(written("a\nb"), None);
    }

    proptest! {
        #[test]
        fn yaml_reads_the_same_text(text in any::<String>()) {
            if let Some(written) = written(&text) {
                let file = SourceText::new(format!("a: {written}\n"));
                let parsed = yaml::parse(&file, &Limits::default());
                let value = parsed.documents[0].root().get("a").unwrap().value;
                prop_assert_eq!(&*value.scalar().unwrap().text, text.as_str());
            }
        }
    }
}
