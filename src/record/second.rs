//! Fields beside those of a record that nobody reads: a second record among its keys, or around entitlements that have
//! those fields themselves.

use super::finder::{Enough, Finder, Likes};
use super::gathered::Gathered;
use super::misplaced::{Misplaced, NearField, Shape, Site};
use super::spelling::CORE;
use super::{FieldName, FieldNames};
use crate::text::ByteSpan;
use crate::yaml::{Entry, Value};

impl Finder<'_> {
    /// Looks at the fields of a customer that each of its entitlements has itself.
    pub(super) fn unread_by_items(&mut self, customer: Value<'_>) {
        let entries = customer.entries().into_iter().flatten();
        let is_entitlements = |entry: &Entry<'_>| self.is_field(*entry, "entitlements");
        let items =
            || entries.clone().find(is_entitlements).and_then(|entry| entry.value.items()).into_iter().flatten();
        let has =
            |item: Value<'_>, field: &str| item.entries().into_iter().flatten().any(|it| self.is_field(it, field));
        let fields = CORE.iter().map(|field| field.key());
        let unread: Vec<&str> = fields.filter(|field| items().all(|item| has(item, field))).collect();
        let is_unread = |entry: &Entry<'_>| unread.iter().any(|field| self.is_field(*entry, field));
        let unread: Vec<Entry<'_>> = entries.clone().filter(is_unread).collect();
        self.add_beside(customer, &unread);
    }

    /// Looks among the keys of a record for further fields beside those that it has.
    pub(super) fn second(&mut self, record: Value<'_>) {
        let entries = || record.entries().into_iter().flatten();
        let is_known = |entry: &Entry<'_>| entry.key.scalar().is_some_and(|key| self.names.is_known(&key.text));
        let others: Vec<Entry<'_>> = entries().filter(|entry| !is_known(entry)).collect();
        if entries().any(|entry| self.is_field(entry, FieldName::Note.key())) && !others.is_empty() {
            self.add_beside(record, &others);
        }
    }

    fn is_field(&self, entry: Entry<'_>, known: &str) -> bool {
        let known = FieldNames::KNOWN.into_iter().find(|name| *name == known);
        known.is_some_and(|known| entry.key.scalar().is_some_and(|key| self.names.is_key_of(known, &key.text)))
    }

    /// Adds what may be a second record in `entries` of a record or of a customer. Its place is that of its note.
    fn add_beside(&mut self, record: Value<'_>, entries: &[Entry<'_>]) {
        let mut fields = Gathered::default();
        self.entries(entries.iter().copied(), &mut fields);
        let Likes { fields, by_synonyms } = Enough { near: 1, with_synonyms: 4 }.of(fields.finish().all);
        let note = fields.iter().chain(&by_synonyms).find(|field| field.meant == FieldName::Note);
        let entry = |note: &NearField| entries.iter().find(|entry| Some(entry.key.span()) == note.written.key);
        let Some(Entry { key, value, .. }) = note.and_then(entry) else { return };
        let span = ByteSpan { start: key.span().start, end: value.span().end.max(key.span().end) };
        let container = record.span();
        self.found.push(Misplaced {
            fields,
            by_synonyms,
            container,
            ..Misplaced::at(span, Site::Beside, Shape::Fields)
        });
    }
}
