//! `playbook`: what a team adds to the guidance. Its parts are read one by one, so that each problem has its line.

use super::reader::Reader;
use crate::playbook::{Additions, WordList};
use crate::yaml::{ScalarKind, Value};
use serde::Deserialize as _;
use serde_yaml::{Mapping, Value as Plain};

/// The keys of `playbook`.
const KEYS: [&str; 5] = ["statuses", "words", "workloads", "max_sentences", "max_words"];

/// The additions in `value`; what is wrong with them is a problem of `reader`, and they count as absent.
pub(super) fn additions(value: Value<'_>, reader: &mut Reader<'_>) -> Additions {
    let before = reader.problems.len();
    for (key, entry) in reader.mapping(value, "`playbook`") {
        match key {
            "statuses" | "workloads" => each_item(key, entry.value, reader),
            "words" => word_lists(entry.value, reader),
            _ if KEYS.contains(&key) => {
                part(key, plain(entry.value), entry.value, reader);
            }
            _ => reader.unknown_key(entry, key, "setting of `playbook`", &KEYS),
        }
    }
    if reader.problems.len() > before || value.entries().is_none() {
        return Additions::default();
    }
    read(plain(value)).unwrap_or_else(|message| {
        reader.problem(value.span(), message);
        Additions::default()
    })
}

fn each_item(key: &str, list: Value<'_>, reader: &mut Reader<'_>) {
    let Some(items) = list.items() else {
        return reader.problem(list.span(), format!("`{key}` has to be a list"));
    };
    for item in items {
        let Some(alone) = part(key, Plain::Sequence(vec![plain(item)]), item, reader) else { continue };
        if let Some(problem) = too_long(&alone) {
            reader.problem(item.span(), format!("`{key}`: {problem}"));
        }
    }
}

/// The longest name of a status or a workload, in characters: messages quote it for each record.
const LONGEST_NAME: usize = 100;

/// The longest template, in characters: it is filled in for each record that needs help.
const LONGEST_TEMPLATE: usize = 1000;

/// The most words of an entry: it is compared with every part of every note.
const MOST_WORDS: usize = 12;

/// The longest entry, in characters.
const LONGEST_ENTRY: usize = 200;

/// What is longer in a status or a workload than any real one, and would cost its length at each record or word.
fn too_long(additions: &Additions) -> Option<String> {
    let statuses = additions.statuses.iter().map(|status| &status.name);
    let mut names = statuses.chain(additions.workloads.iter().map(|workload| &workload.name));
    let mut templates = additions.statuses.iter().flat_map(|status| &status.templates);
    let mut entries = additions.workloads.iter().flat_map(|workload| workload.aliases.iter().chain(&workload.terms));
    if names.any(|name| name.chars().count() > LONGEST_NAME) {
        return Some(format!("the name is longer than {LONGEST_NAME} characters"));
    }
    if templates.any(|template| template.chars().count() > LONGEST_TEMPLATE) {
        return Some(format!("a template is longer than {LONGEST_TEMPLATE} characters"));
    }
    entries.find_map(|entry| too_long_entry(entry))
}

fn too_long_entry(entry: &str) -> Option<String> {
    let is_long = entry.chars().count() > LONGEST_ENTRY || entry.split_whitespace().count() > MOST_WORDS;
    is_long.then(|| {
        let start: String = entry.chars().take(40).collect();
        format!("the entry that begins with `{start}` is longer than {MOST_WORDS} words or {LONGEST_ENTRY} characters")
    })
}

fn word_lists(lists: Value<'_>, reader: &mut Reader<'_>) {
    let known: Vec<&str> = WordList::names().collect();
    for (name, entry) in reader.mapping(lists, "`words`") {
        if known.contains(&name) {
            for (word, item) in reader.texts(entry.value, &format!("`{name}`")) {
                if let Some(problem) = too_long_entry(&word) {
                    reader.problem(item.span(), format!("`{name}`: {problem}"));
                }
            }
        } else {
            reader.unknown_key(entry, name, "word list", &known);
        }
    }
}

/// Reads one part by itself; what is wrong with it is a problem at `place`.
fn part(key: &str, value: Plain, place: Value<'_>, reader: &mut Reader<'_>) -> Option<Additions> {
    let alone = Plain::Mapping(Mapping::from_iter([(Plain::from(key), value)]));
    match read(alone) {
        Ok(additions) => Some(additions),
        Err(message) => {
            reader.problem(place.span(), format!("`{key}`: {message}"));
            None
        }
    }
}

fn read(value: Plain) -> Result<Additions, String> {
    Additions::deserialize(value).map_err(|error| error.to_string())
}

/// The value without its places. As deep as the limits of the parser allow, and no deeper.
fn plain(value: Value<'_>) -> Plain {
    if let Some(items) = value.items() {
        return Plain::Sequence(items.map(plain).collect());
    }
    if let Some(entries) = value.entries() {
        return Plain::Mapping(entries.map(|entry| (plain(entry.key), plain(entry.value))).collect());
    }
    let text = value.scalar().map(|scalar| scalar.text.as_ref()).unwrap_or_default();
    match value.scalar_kind() {
        Some(ScalarKind::Null) | None => Plain::Null,
        Some(ScalarKind::Boolean) => Plain::Bool(text.eq_ignore_ascii_case("true")),
        Some(ScalarKind::Number) => match (text.parse::<i64>(), text.parse::<f64>()) {
            (Ok(whole), _) => whole.into(),
            (Err(_), Ok(fraction)) => fraction.into(),
            (Err(_), Err(_)) => text.into(),
        },
        Some(ScalarKind::Text | ScalarKind::Binary) => text.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::load;

    #[test]
    fn every_problem_of_the_playbook_has_its_line() {
        let text = "playbook:\n  max_words: many\n  words:\n    hedgess: [soonish]\n  statuses:\n    - name: Parked\n      \
                    kind: parked\n  colour: red\n";
        let told = load(text.as_bytes().to_vec(), "c.yaml").unwrap_err().to_string();
        for line in
            ["c.yaml:2: `max_words`", "c.yaml:4: there is no word list `hedgess`", "c.yaml:6: `statuses`", "c.yaml:8: "]
        {
            assert!(told.contains(line), "{line} in {told}");
        }
    }

    #[test]
    fn what_is_longer_than_any_real_entry_is_a_problem() {
        let told = |text: String| load(text.into_bytes(), "c.yaml").map_err(|problems| problems.to_string());
        let words = |count: usize| format!("playbook:\n  words:\n    hedge-time: [a, {}]\n", "soon ".repeat(count));
        assert!(told(words(12)).is_ok());
        let message = told(words(13)).unwrap_err();
        assert!(message.contains("c.yaml:3: `hedge-time`: the entry that begins with `soon soon"), "{message}");
        for (text, expected) in [
            (
                format!("statuses:\n  - {{name: {}, kind: blocked}}", "x".repeat(101)),
                "c.yaml:3: `statuses`: the name is",
            ),
            (
                format!("statuses:\n  - {{name: P, kind: blocked, templates: [{}]}}", "x".repeat(1001)),
                "c.yaml:3: `statuses`: a template is longer than 1000 characters",
            ),
            (format!("workloads:\n  - {{name: {}}}", "x".repeat(101)), "c.yaml:3: `workloads`: the name is"),
            (
                format!("workloads:\n  - {{name: L, aliases: [{}]}}", "x".repeat(201)),
                "c.yaml:3: `workloads`: the entry",
            ),
            (format!("workloads:\n  - {{name: L, terms: [{}]}}", "l ".repeat(13)), "c.yaml:3: `workloads`: the entry"),
        ] {
            let message = told(format!("playbook:\n  {text}\n")).unwrap_err();
            assert!(message.contains(expected), "{expected} in {message}");
        }
    }

    #[test]
    fn additions_arrive() {
        let text =
            "playbook:\n  statuses: [{name: Parked, kind: blocked}]\n  workloads: [{name: Loop, aliases: [lp]}]\n";
        let config = load(text.as_bytes().to_vec(), "c.yaml").unwrap();
        assert_eq!(config.playbook.statuses.len(), 1);
        assert_eq!(config.playbook.workloads.first().map(|workload| workload.name.as_str()), Some("Loop"));
    }
}
