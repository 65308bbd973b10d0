//! What a record says, as text that is equal for two records when they say the same, however each is laid out.

use super::{EntryDate, Field, NoteRecord, RefreshEntry, Waiver};
use unicode_normalization::UnicodeNormalization;

/// What a record says, however it is laid out: status, note, refresh summary and waivers. Two records say the same when
/// their keys are equal.
///
/// Waivers count because taking one away brings back what it set aside.
pub(super) fn content_key(record: &NoteRecord) -> String {
    let refresh = field_key(&record.refresh_summary, |entries| list_key(entries, entry_key));
    let waivers = field_key(&record.waivers, |waivers| list_key(waivers, waiver_key));
    list_key(&[status_key(record), note_key(record), refresh, waivers], Clone::clone)
}

pub(super) fn status_key(record: &NoteRecord) -> String {
    field_key(&record.status, |status| folded_status(status))
}

pub(super) fn note_key(record: &NoteRecord) -> String {
    text_key(&record.note)
}

/// What an entry says; the same for two entries that say the same.
pub(crate) fn entry_key(entry: &RefreshEntry) -> String {
    list_key(&[date_key(&entry.date), text_key(&entry.who_changed), text_key(&entry.what_changed)], Clone::clone)
}

fn waiver_key(waiver: &Waiver) -> String {
    let unknown = list_key(&waiver.unknown_keys, |key| key.value.clone());
    list_key(&[text_key(&waiver.rule), text_key(&waiver.reason), date_key(&waiver.until), unknown], Clone::clone)
}

/// The same day has the same key in either form of writing.
fn date_key(date: &Field<EntryDate>) -> String {
    field_key(date, |date| date.day.map_or_else(|| words(&date.written), |day| day.to_string()))
}

/// The same words in the same order have the same key; how they are spread over lines is a matter of YAML style.
fn text_key(text: &Field<String>) -> String {
    field_key(text, |text| words(text))
}

fn field_key<T>(field: &Field<T>, key: impl Fn(&T) -> String) -> String {
    match field {
        Field::Missing => "missing".to_owned(),
        Field::Null(_) => "null".to_owned(),
        Field::Odd(odd) => format!("odd {}", odd.value),
        Field::Value(value) => format!("value {}", key(&value.value)),
    }
}

/// Keys one after another, each with its length, so that no text can look like the border between two.
fn list_key<T>(items: &[T], key: impl Fn(&T) -> String) -> String {
    let part = |item: &T| {
        let key = key(item);
        format!("{}:{key}", key.len())
    };
    items.iter().map(part).collect()
}

fn words(text: &str) -> String {
    text.split_ascii_whitespace().collect::<Vec<_>>().join(" ")
}

fn folded_status(status: &str) -> String {
    status.nfkc().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '_' | '/')).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_can_look_like_two() {
        let split = ["a".to_owned(), "b".to_owned()];
        assert_ne!(list_key(&["a1:b".to_owned()], Clone::clone), list_key(&split, Clone::clone));
    }
}
