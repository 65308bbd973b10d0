//! The fields of what may be a record, while they are gathered.

use super::affixes::{Affix, readings};
use super::misplaced::{NearField, beginning};
use super::spelling::{NearKeys, Nearness};
use super::{FieldName, Located};
use crate::text::ByteSpan;
use std::collections::HashMap;

/// A key as it is written.
#[derive(Clone, Copy)]
pub(super) struct Written<'t> {
    text: &'t str,
    key: Option<ByteSpan>,
    span: ByteSpan,
}

impl<'t> Written<'t> {
    /// A key of its own, at `span`.
    pub(super) fn key(text: &'t str, span: ByteSpan) -> Self {
        Self { text, key: Some(span), span }
    }

    /// A part of what stands at `span`.
    pub(super) fn part(text: &'t str, span: ByteSpan) -> Self {
        Self { text, key: None, span }
    }
}

/// What is gathered of the fields of one thing; each field counts once.
#[derive(Default)]
pub(super) struct Gathered {
    fields: Vec<NearField>,
    /// Fields by what stands around their names, and where each is in that list.
    around: Vec<Vec<NearField>>,
    places: HashMap<Affix, usize>,
}

/// The fields that were gathered.
pub(super) struct Fields {
    pub(super) all: Vec<NearField>,
    /// How many of them have something around their names, those by other words left out.
    pub(super) with_affix: usize,
}

/// Fields with the same beginning and end that make these a part of the group.
const LEAST_ALIKE: usize = 2;

impl Gathered {
    /// Adds the field that a key means; it is added if it is not there yet, or is there less surely.
    pub(super) fn add(&mut self, meant: (FieldName, Nearness), written: Written<'_>, value: &str) {
        add(&mut self.fields, NearField::of(meant, written, value));
    }

    /// Adds the field that a key is `near`, and what it means if several keys have the same around their names.
    pub(super) fn add_key(
        &mut self,
        near: Option<(FieldName, Nearness)>,
        written: Written<'_>,
        value: &str,
        keys: &NearKeys<'_>,
    ) {
        if let Some(near) = near {
            self.add(near, written, value);
        }
        // A name by itself has nothing around it.
        let has_words = near.is_none_or(|(_, nearness)| nearness == Nearness::Qualified || nearness.is_synonym());
        if has_words {
            self.add_with_affix(written, value, keys);
        }
    }

    /// Adds fields that were gathered apart.
    pub(super) fn add_all(&mut self, fields: Fields) {
        fields.all.into_iter().for_each(|field| add(&mut self.fields, field));
    }

    fn add_with_affix(&mut self, written: Written<'_>, value: &str, keys: &NearKeys<'_>) {
        for (affix, meant, nearness) in readings(written.text, keys) {
            let next = self.around.len();
            let place = *self.places.entry(affix).or_insert(next);
            if place == next {
                self.around.push(Vec::new());
            }
            if let Some(fields) = self.around.get_mut(place) {
                add(fields, NearField::of((meant, nearness), written, value));
            }
        }
    }

    /// The fields by their names, and those of the beginning and end that most of the others have.
    pub(super) fn finish(self) -> Fields {
        let Self { fields: mut all, around, .. } = self;
        let news = |fields: &[NearField]| fields.iter().filter(|field| is_new(field, &all)).count();
        let alike = around.into_iter().filter(|fields| fields.len() >= LEAST_ALIKE).rev().max_by_key(|it| news(it));
        let mut with_affix = 0;
        for field in alike.into_iter().flatten() {
            if is_new(&field, &all) {
                with_affix += usize::from(!field.nearness.is_synonym());
                all.push(field);
            }
        }
        Fields { all, with_affix }
    }
}

fn is_new(field: &NearField, all: &[NearField]) -> bool {
    !all.iter().any(|other| other.meant == field.meant)
}

impl NearField {
    /// The field that a key means, with its value.
    pub(super) fn of((meant, nearness): (FieldName, Nearness), written: Written<'_>, value: &str) -> Self {
        let Written { text, key, span } = written;
        let written = Located { value: text.to_owned(), key, span };
        Self { meant, written, nearness, value: beginning(value) }
    }
}

/// Adds a field that is not there yet, or is there less surely.
fn add(fields: &mut Vec<NearField>, field: NearField) {
    match fields.iter_mut().find(|other| other.meant == field.meant) {
        None => fields.push(field),
        Some(other) if rank(field.nearness) < rank(other.nearness) => *other = field,
        Some(_) => {}
    }
}

fn rank(nearness: Nearness) -> u8 {
    match nearness {
        Nearness::Exact => 0,
        Nearness::Style => 1,
        Nearness::Plural => 2,
        Nearness::Qualified => 3,
        Nearness::Slip => 4,
        Nearness::Synonym => 5,
        Nearness::LooseSynonym => 6,
    }
}
