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
            _ if KEYS.contains(&key) => part(key, plain(entry.value), entry.value, reader),
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
    match list.items() {
        Some(items) => items.for_each(|item| part(key, Plain::Sequence(vec![plain(item)]), item, reader)),
        None => reader.problem(list.span(), format!("`{key}` has to be a list")),
    }
}

fn word_lists(lists: Value<'_>, reader: &mut Reader<'_>) {
    let known: Vec<&str> = WordList::names().collect();
    for (name, entry) in reader.mapping(lists, "`words`") {
        if known.contains(&name) {
            reader.texts(entry.value, &format!("`{name}`"));
        } else {
            reader.unknown_key(entry, name, "word list", &known);
        }
    }
}

/// Reads one part by itself; what is wrong with it is a problem at `place`.
fn part(key: &str, value: Plain, place: Value<'_>, reader: &mut Reader<'_>) {
    let alone = Plain::Mapping(Mapping::from_iter([(Plain::from(key), value)]));
    if let Err(message) = read(alone) {
        reader.problem(place.span(), format!("`{key}`: {message}"));
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
    fn additions_arrive() {
        let text =
            "playbook:\n  statuses: [{name: Parked, kind: blocked}]\n  workloads: [{name: Loop, aliases: [lp]}]\n";
        let config = load(text.as_bytes().to_vec(), "c.yaml").unwrap();
        assert_eq!(config.playbook.statuses.len(), 1);
        assert_eq!(config.playbook.workloads.first().map(|workload| workload.name.as_str()), Some("Loop"));
    }
}
