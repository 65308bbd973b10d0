//! `second_reader`: whether the second reader has a say, and what it learned from the team's own notes.

use super::SecondReading;
use super::length::Length;
use super::reader::Reader;
use crate::second_reader::{Learned, MOST_LEARNED_BYTES, NotLearned};
use crate::source::{Content, NotePath, ReadError, SetAside};
use crate::yaml::Value;
use std::sync::Arc;

/// What can be written.
const NEEDED: &str =
    "`second_reader` must be `on`, `off`, or `{learned: FILE}` with a file that `notegate learn` wrote";

/// What to do about a file that this program cannot use.
const LEARN: &str = "write it anew with `notegate learn`, or set `second_reader: on`";

/// Reads the setting; `beside` gives what stands at a path beside the configuration. What is wrong is a problem of
/// `reader`.
pub(super) fn reading(
    value: Value<'_>,
    beside: impl FnOnce(&NotePath) -> Content,
    reader: &mut Reader<'_>,
) -> SecondReading {
    match (value.scalar().map(|scalar| &*scalar.text), value.entries().is_some()) {
        (Some("on"), _) => SecondReading::On,
        (Some("off"), _) => SecondReading::Off,
        (_, true) => learned(value, beside, reader).unwrap_or_default(),
        _ => {
            reader.problem(value.span(), NEEDED);
            SecondReading::default()
        }
    }
}

fn learned(
    value: Value<'_>,
    beside: impl FnOnce(&NotePath) -> Content,
    reader: &mut Reader<'_>,
) -> Option<SecondReading> {
    reader.needs(value, "`second_reader` with what was learned", "learned");
    let mut named = None;
    for (key, entry) in reader.mapping(value, "`second_reader`") {
        match key {
            "learned" => named = Some(entry.value),
            _ => reader.unknown_key(entry, key, "setting of `second_reader`", &["learned"]),
        }
    }
    let named = named?;
    let name = reader.text_within(named, "`learned`", Length::Path)?;
    if let Some(why) = unfit(&name) {
        reader.problem(named.span(), format!("`learned` must be a path below the folder of the configuration: {why}"));
        return None;
    }
    let file = NotePath::from_bytes(name.as_bytes());
    match of_content(beside(&file)) {
        Ok(learned) => Some(SecondReading::Learned { file, learned: Arc::new(learned) }),
        Err(why) => {
            reader.problem(named.span(), format!("the file `{name}` under `learned` {why}"));
            None
        }
    }
}

/// Why a path may lead out of the folder of the configuration, or into git's own data.
fn unfit(name: &str) -> Option<&'static str> {
    let is_drive = name.as_bytes().get(1) == Some(&b':');
    if name.starts_with('/') || is_drive {
        return Some("this one is absolute");
    }
    if name.contains('\\') {
        return Some("its parts are separated by `/`, not by `\\`");
    }
    if name.chars().any(char::is_control) {
        return Some("it contains a control character");
    }
    name.split('/').find_map(|part| match part {
        "" => Some("one of its parts is empty"),
        "." | ".." => Some("no part of it may be `.` or `..`"),
        _ if part.eq_ignore_ascii_case(".git") => Some("git keeps its own data in `.git`"),
        _ => None,
    })
}

/// What a file holds that was learned; else words that say what is wrong with “the file …”.
fn of_content(content: Content) -> Result<Learned, String> {
    let bytes = match content {
        Content::Bytes(bytes) if bytes.len() as u64 > MOST_LEARNED_BYTES => return Err(too_large()),
        Content::Bytes(bytes) => bytes,
        Content::Absent => return Err(format!("does not exist; {LEARN}")),
        Content::SetAside(SetAside::OtherRepository | SetAside::Configuration) => {
            return Err("is no file of this repository".to_owned());
        }
        Content::Refused(refusal) => return Err(refused(refusal)),
    };
    Learned::from_bytes(&bytes).map_err(|fault| match fault {
        NotLearned::Version(_) => format!("{fault}; {LEARN}, or use the notegate that wrote it"),
        NotLearned::Malformed { .. } | NotLearned::Stale | NotLearned::Damaged => format!("{fault}; {LEARN}"),
    })
}

fn too_large() -> String {
    format!("is larger than {MOST_LEARNED_BYTES} bytes, which no file of `notegate learn` is")
}

fn refused(refusal: ReadError) -> String {
    match refusal {
        ReadError::SymbolicLink => "is, or lies behind, a symbolic link, and links are never followed".to_owned(),
        ReadError::Folder => "is a folder".to_owned(),
        ReadError::SpecialFile => "is not a regular file".to_owned(),
        ReadError::TooLarge { .. } => too_large(),
        ReadError::Unreadable(reason) | ReadError::Object(reason) | ReadError::NotFetched(reason) => {
            format!("could not be read: {reason}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{load, load_beside};
    use super::*;

    fn told(setting: &str, content: Content) -> String {
        let text = format!("fail_on: poor\nsecond_reader: {setting}\n");
        load_beside(text.into_bytes(), "c.yaml", |_| content)
            .map(|_| String::new())
            .unwrap_or_else(|problems| problems.to_string())
    }

    fn nothing() -> Content {
        Content::Bytes(Learned::nothing().to_json().into_bytes())
    }

    #[test]
    fn a_file_is_asked_for_where_one_is_named() {
        let mut asked = None;
        let beside = |path: &NotePath| {
            asked = Some(path.clone());
            nothing()
        };
        let config = load_beside(b"second_reader: {learned: notes/own.json}".to_vec(), "c", beside).unwrap();
        assert_eq!(asked, Some(NotePath::from_bytes("notes/own.json")));
        assert_eq!(config.second_reader.file(), asked.as_ref());
        assert!(config.second_reader.reader().is_some());
        assert!(load(b"second_reader: off".to_vec(), "c").unwrap().second_reader.reader().is_none());
        assert!(load(b"second_reader: {learned: a.json}".to_vec(), "c").is_err());
    }

    #[test]
    fn paths_that_lead_elsewhere_are_problems() {
        for (path, why) in [
            ("/etc/passwd", "this one is absolute"),
            ("../a.json", "no part of it may be `.` or `..`"),
            ("a/../../b.json", "no part of it may be `.` or `..`"),
            ("./a.json", "no part of it may be `.` or `..`"),
            ("'C:/a.json'", "this one is absolute"),
            ("'a\\b.json'", "its parts are separated by `/`"),
            ("a//b.json", "one of its parts is empty"),
            ("a/", "one of its parts is empty"),
            (".Git/config", "git keeps its own data in `.git`"),
            ("\"a\\0b\"", "it contains a control character"),
        ] {
            let told = told(&format!("{{learned: {path}}}"), nothing());
            assert!(told.contains("c.yaml:2: `learned` must be a path below the folder"), "{path}: {told}");
            assert!(told.contains(why), "{path}: {told}");
        }
    }

    #[test]
    fn what_stands_in_the_place_of_the_file_is_told() {
        let large = vec![b' '; usize::try_from(MOST_LEARNED_BYTES).unwrap() + 1];
        for (content, why) in [
            (Content::Absent, "does not exist; write it anew with `notegate learn`"),
            (Content::Bytes(large), "is larger than 1048576 bytes"),
            (Content::Bytes(b"<<<<<<< HEAD\n".to_vec()), "line 1 of it cannot be read"),
            (Content::Refused(ReadError::SymbolicLink), "links are never followed"),
            (Content::Refused(ReadError::Folder), "is a folder"),
            (Content::SetAside(SetAside::OtherRepository), "is no file of this repository"),
        ] {
            let told = told("{learned: a.json}", content);
            assert!(told.contains("c.yaml:2: the file `a.json` under `learned` "), "{told}");
            assert!(told.contains(why), "{why}: {told}");
        }
    }

    #[test]
    fn wrong_values_are_told_in_plain_words() {
        for value in ["5", "true", "yes", "~", "text", "''", "[]", "[on]", "On"] {
            assert!(told(value, nothing()).contains("c.yaml:2: `second_reader` must be `on`, `off`, or"), "{value}");
        }
        for value in ["{}", "{learn: a.json}", "{learned: 5}", "{learned: [a]}", "{learned: ''}", "{learned: a, b: c}"]
        {
            assert!(told(value, nothing()).contains("c.yaml:2: "), "{value}");
        }
        let long = "a".repeat(300);
        assert!(told(&format!("{{learned: {long}}}"), nothing()).contains("is longer than"));
    }
}
