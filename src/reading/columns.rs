//! Columns: for each thing that patterns ask of a term, the terms of a note that have it, a bit a term. Whole patterns are
//! then looked for at every term of a note at once, 64 terms in one step.

use super::cue_tables::{Asked, CueTables, Primitive, Rows, TestId, TestRow, WordSetId};
use super::mark::{Mark, Marks};
use super::property;
use super::term::{Term, Terms};
use crate::lexicon::semantic_class::SemanticClasses;
use std::borrow::Cow;

/// Where a column starts in [`Columns::bits`], in columns.
type ColumnId = u32;

const EMPTY: ColumnId = 0;

/// The column for what holds in any of several, made anew each time.
const SCRATCH: ColumnId = 1;

/// Most notes need no more columns than this.
const USUAL_COLUMNS: usize = 640;

/// What is known of the answer to a test.
#[derive(Debug, Clone, Copy)]
struct Answer {
    column: ColumnId,
    is_empty: bool,
    /// The number of marks that were given when it was found out, plus 1; 0 when it was not.
    asked_at: u32,
    /// Whether it was seen that the test may hold; no mark that is given later can change that.
    may_hold: bool,
}

const UNKNOWN: Answer = Answer { column: EMPTY, is_empty: true, asked_at: 0, may_hold: false };

/// The columns of a note, each made when a pattern first asks for it.
#[derive(Debug)]
pub(super) struct Columns {
    pub(super) tables: &'static CueTables,
    /// How many words of 64 bits a column has: a bit for each term, and one for the end.
    width: usize,
    bits: Vec<u64>,
    text_sets: Vec<ColumnId>,
    word_sets: Vec<ColumnId>,
    text_stems: Vec<ColumnId>,
    word_stems: Vec<ColumnId>,
    classes: [ColumnId; u64::BITS as usize],
    properties: [ColumnId; u32::BITS as usize],
    marks: [ColumnId; u128::BITS as usize],
    /// How many marks were given.
    given: u32,
    /// For each mark the number of marks that were given when it was given last, itself among them.
    last_given: [u32; u128::BITS as usize],
    answers: Vec<Answer>,
    looks: Vec<Look>,
    /// What any of the terms has.
    any_classes: SemanticClasses,
    any_marks: Marks,
    any_look: Look,
    /// All terms.
    terms: Vec<u64>,
    /// All terms that are no punctuation.
    no_marks: Vec<u64>,
    /// The column of each list of endings that was asked for.
    endings: Vec<(Rows, ColumnId)>,
    /// Room for the answer to a part of a test.
    found: Vec<u64>,
}

/// The look of a term, so that most terms need not be looked at again.
#[derive(Debug, Clone, Copy, Default)]
struct Look {
    /// The properties that cost nothing to find out, a bit each.
    properties: u32,
    /// With which letter it ends; see [`letter`].
    last: u32,
}

impl Columns {
    pub(super) fn new(tables: &'static CueTables, note: &Terms) -> Self {
        let width = note.terms.len() / 64 + 1;
        let mut bits = Vec::with_capacity(width * USUAL_COLUMNS);
        bits.resize(width * 2, 0);
        let mut columns = Self {
            tables,
            width,
            bits,
            text_sets: vec![EMPTY; tables.set_count],
            word_sets: vec![EMPTY; tables.set_count],
            text_stems: vec![EMPTY; tables.stems.len()],
            word_stems: vec![EMPTY; tables.stems.len()],
            classes: [EMPTY; u64::BITS as usize],
            properties: [EMPTY; u32::BITS as usize],
            marks: [EMPTY; u128::BITS as usize],
            given: 0,
            last_given: [0; u128::BITS as usize],
            answers: vec![UNKNOWN; tables.tests.len()],
            looks: Vec::with_capacity(note.terms.len()),
            any_classes: SemanticClasses::NONE,
            any_marks: Marks::default(),
            any_look: Look::default(),
            terms: vec![0; width],
            no_marks: vec![0; width],
            endings: Vec::new(),
            found: Vec::with_capacity(width),
        };
        for (at, term) in note.terms.iter().enumerate() {
            columns.add(at, term, note);
        }
        columns.turn_properties();
        columns
    }

    /// Makes a column of each property that any term has, out of the properties of each term.
    fn turn_properties(&mut self) {
        let mut left = self.any_look.properties;
        while left != 0 {
            let bit = left.trailing_zeros();
            left &= left - 1;
            let column = self.new_column();
            let range = self.range(column);
            let words = self.bits.get_mut(range).unwrap_or_default();
            for (word, looks) in words.iter_mut().zip(self.looks.chunks(64)) {
                let bits = looks.iter().rev().map(|look| u64::from(look.properties >> bit & 1));
                *word = bits.fold(0, |word, bit| word << 1 | bit);
            }
            self.properties.get_mut(bit as usize).into_iter().for_each(|known| *known = column);
        }
    }

    fn add(&mut self, at: usize, term: &Term, note: &Terms) {
        let text = single_spaced(note.text(term), term);
        let text = text.as_ref();
        set(&mut self.terms, at);
        if !term.is_mark() {
            set(&mut self.no_marks, at);
        }
        let tables = self.tables;
        for id in tables.sets_of(text) {
            self.put(at, *id, |columns| &mut columns.text_sets);
            self.put(at, *id, |columns| &mut columns.word_sets);
        }
        for id in tables.stems_at_start_of(text) {
            self.put(at, id, |columns| &mut columns.text_stems);
            if term.words == 1 {
                self.put(at, id, |columns| &mut columns.word_stems);
            }
        }
        if term.words > 1 {
            for word in text.split(' ') {
                tables.sets_of(word).iter().for_each(|id| self.put(at, *id, |columns| &mut columns.word_sets));
                tables.stems_at_start_of(word).for_each(|id| self.put(at, id, |columns| &mut columns.word_stems));
            }
        }
        self.any_classes = self.any_classes.union(term.sense.classes);
        let mut classes = term.sense.classes.bits();
        while classes != 0 {
            let class = classes.trailing_zeros() as usize;
            classes &= classes - 1;
            let column = self.classes.get(class).copied().unwrap_or(EMPTY);
            let column = self.set_in(column, at);
            self.classes.get_mut(class).into_iter().for_each(|known| *known = column);
        }
        if term.marks != Marks::default() {
            Mark::ALL.iter().filter(|(mark, _)| term.is(*mark)).for_each(|(mark, _)| self.mark(at, *mark));
        }
        let look = Look { properties: property::of(term, note), last: letter(text.as_bytes().last()) };
        self.any_look.properties |= look.properties;
        self.looks.push(look);
    }

    /// Sets a bit in the column that a table has for an identity.
    fn put(&mut self, at: usize, id: u16, table: impl Fn(&mut Self) -> &mut Vec<ColumnId>) {
        let id = usize::from(id);
        let column = table(self).get(id).copied().unwrap_or(EMPTY);
        let column = self.set_in(column, at);
        table(self).get_mut(id).into_iter().for_each(|known| *known = column);
    }

    /// Sets a bit in a column; the empty one is not touched, a new one is made.
    fn set_in(&mut self, column: ColumnId, at: usize) -> ColumnId {
        let column = if column == EMPTY { self.new_column() } else { column };
        let range = self.range(column);
        set(self.bits.get_mut(range).unwrap_or_default(), at);
        column
    }

    fn new_column(&mut self) -> ColumnId {
        let column = self.bits.len() / self.width;
        self.bits.resize(self.bits.len() + self.width, 0);
        u32::try_from(column).unwrap_or(EMPTY)
    }

    fn range(&self, column: ColumnId) -> std::ops::Range<usize> {
        let start = column as usize * self.width;
        start..start + self.width
    }

    fn column(&self, column: ColumnId) -> &[u64] {
        self.bits.get(self.range(column)).unwrap_or_default()
    }

    /// How many words of 64 bits a column has.
    pub(super) fn width(&self) -> usize {
        self.width
    }

    /// Gives a term a mark.
    pub(super) fn mark(&mut self, at: usize, mark: Mark) {
        let number = mark as usize;
        let column = self.marks.get(number).copied().unwrap_or(EMPTY);
        if !has(self.column(column), at) {
            let column = self.set_in(column, at);
            self.marks.get_mut(number).into_iter().for_each(|known| *known = column);
            self.given += 1;
            self.last_given.get_mut(number).into_iter().for_each(|last| *last = self.given);
            self.any_marks = self.any_marks.with(mark);
        }
    }

    /// Whether a test may hold for any term: a look at what the note has, and at no term.
    pub(super) fn may_hold(&mut self, test: TestId) -> bool {
        let Some(row) = self.tables.tests.get(usize::from(test)) else { return false };
        if let Some(known) = self.known(test, *row) {
            return !known.is_empty;
        }
        if self.answers.get(usize::from(test)).is_some_and(|answer| answer.may_hold) {
            return true;
        }
        let may_hold = row.alternatives.of(&self.tables.alternatives).iter().any(|all| self.has_all(*all));
        if let Some(answer) = self.answers.get_mut(usize::from(test)) {
            *answer = match may_hold {
                true => Answer { may_hold, ..*answer },
                false => Answer { is_empty: true, asked_at: self.given + 1, ..*answer },
            };
        }
        may_hold
    }

    /// Whether the note has everything that is wanted of one term, if not of the same.
    fn has_all(&self, all: Rows) -> bool {
        all.of(&self.tables.asked).iter().all(|asked| !asked.wanted || self.has(asked.primitive))
    }

    /// Whether a term may have what is asked for.
    fn has(&self, primitive: Primitive) -> bool {
        let of_set =
            |sets: &[ColumnId], id: WordSetId| sets.get(usize::from(id)).is_some_and(|column| *column != EMPTY);
        match primitive {
            Primitive::Text(id) => of_set(&self.text_sets, id),
            Primitive::AnyWord(id) => of_set(&self.word_sets, id),
            Primitive::Class(classes) => classes.meets(self.any_classes),
            Primitive::Mark(marks) => marks.bits() & self.any_marks.bits() != 0,
            Primitive::Property(property) => self.any_look.properties >> (property as u32) & 1 != 0,
            Primitive::Starts(list) => {
                list.of(&self.tables.stem_lists).iter().any(|stem| of_set(&self.text_stems, *stem))
            }
            Primitive::AnyWordStarts(list) => {
                list.of(&self.tables.stem_lists).iter().any(|stem| of_set(&self.word_stems, *stem))
            }
            Primitive::Ends(_) => true,
        }
    }

    /// The answer to a test, where it still holds.
    fn known(&self, test: TestId, row: TestRow) -> Option<Answer> {
        let known = self.answers.get(usize::from(test)).copied()?;
        (known.asked_at > 0 && !self.was_given_since(row.marks, known.asked_at)).then_some(known)
    }

    /// Whether one of the marks was given after an answer was found out at `asked_at`.
    fn was_given_since(&self, marks: Marks, asked_at: u32) -> bool {
        let mut left = marks.bits();
        while left != 0 {
            if self.last_given.get(left.trailing_zeros() as usize).is_some_and(|last| *last >= asked_at) {
                return true;
            }
            left &= left - 1;
        }
        false
    }

    /// Finds out for which terms a test holds; whether it does for any.
    pub(super) fn ask(&mut self, test: TestId, note: &Terms) -> bool {
        let Some(row) = self.tables.tests.get(usize::from(test)) else { return false };
        if let Some(known) = self.known(test, *row) {
            return !known.is_empty;
        }
        let known = self.answers.get(usize::from(test)).copied().unwrap_or(UNKNOWN);
        let mut found = std::mem::take(&mut self.found);
        let column = if known.column == EMPTY { self.new_column() } else { known.column };
        let is_empty = self.answer(*row, column, &mut found, note);
        self.found = found;
        if let Some(answer) = self.answers.get_mut(usize::from(test)) {
            *answer = Answer { column, is_empty, asked_at: self.given + 1, may_hold: true };
        }
        !is_empty
    }

    /// Writes the answer to a test into a column; whether it is empty.
    fn answer(&mut self, row: TestRow, column: ColumnId, found: &mut Vec<u64>, note: &Terms) -> bool {
        let range = self.range(column);
        self.bits.get_mut(range.clone()).unwrap_or_default().fill(0);
        let tables = self.tables;
        let mut is_empty = true;
        // Most alternatives ask for something that no term of the note has.
        for all in row.alternatives.of(&tables.alternatives) {
            if self.has_all(*all) && self.alternative(all.of(&tables.asked), found, note) {
                is_empty = false;
                let answer = self.bits.get_mut(range.clone()).unwrap_or_default();
                answer.iter_mut().zip(found.iter()).for_each(|(answer, bits)| *answer |= bits);
            }
        }
        is_empty
    }

    /// Writes the terms that have all that is asked into `found`; whether there are any.
    fn alternative(&mut self, all: &[Asked], found: &mut Vec<u64>, note: &Terms) -> bool {
        found.clear();
        found.extend_from_slice(&self.terms);
        all.iter().all(|asked| {
            let column = self.column_of(asked.primitive, note);
            let flip = if asked.wanted { 0 } else { u64::MAX };
            let mut any = 0;
            for (bits, has) in found.iter_mut().zip(self.column(column)) {
                *bits &= has ^ flip;
                any |= *bits;
            }
            any != 0
        })
    }

    /// The column of the terms for which one thing holds.
    fn column_of(&mut self, primitive: Primitive, note: &Terms) -> ColumnId {
        match (self.single_column(primitive), primitive) {
            (Some(column), _) => column,
            (None, Primitive::Ends(list)) => self.ends(list, note),
            (None, _) => {
                self.several_columns(primitive);
                SCRATCH
            }
        }
    }

    /// The column of the terms for which one thing holds, where there is one column of them.
    fn single_column(&self, primitive: Primitive) -> Option<ColumnId> {
        let of = |columns: &[ColumnId], at: usize| Some(columns.get(at).copied().unwrap_or(EMPTY));
        match primitive {
            Primitive::Text(id) => of(&self.text_sets, usize::from(id)),
            Primitive::AnyWord(id) => of(&self.word_sets, usize::from(id)),
            Primitive::Property(property) => of(&self.properties, property as usize),
            Primitive::Class(classes) if classes.bits().is_power_of_two() => {
                of(&self.classes, classes.bits().trailing_zeros() as usize)
            }
            Primitive::Mark(marks) if marks.bits().is_power_of_two() => {
                of(&self.marks, marks.bits().trailing_zeros() as usize)
            }
            _ => None,
        }
    }

    /// Writes the terms for which one thing holds into the column for it, where it holds for those of any of several
    /// columns.
    fn several_columns(&mut self, primitive: Primitive) {
        let range = self.range(SCRATCH);
        self.bits.get_mut(range).unwrap_or_default().fill(0);
        match primitive {
            Primitive::Text(_) | Primitive::AnyWord(_) | Primitive::Property(_) | Primitive::Ends(_) => {}
            Primitive::Class(classes) => {
                let mut left = classes.bits() & self.any_classes.bits();
                while left != 0 {
                    let column = self.classes.get(left.trailing_zeros() as usize).copied();
                    self.or(column);
                    left &= left - 1;
                }
            }
            Primitive::Mark(marks) => {
                let mut left = marks.bits() & self.any_marks.bits();
                while left != 0 {
                    let column = self.marks.get(left.trailing_zeros() as usize).copied();
                    self.or(column);
                    left &= left - 1;
                }
            }
            Primitive::Starts(list) => {
                for stem in list.of(&self.tables.stem_lists) {
                    let column = self.text_stems.get(usize::from(*stem)).copied();
                    self.or(column);
                }
            }
            Primitive::AnyWordStarts(list) => {
                for stem in list.of(&self.tables.stem_lists) {
                    let column = self.word_stems.get(usize::from(*stem)).copied();
                    self.or(column);
                }
            }
        }
    }

    /// Adds the terms of a column to the column for what holds in any of several.
    fn or(&mut self, column: Option<ColumnId>) {
        let column = column.unwrap_or(EMPTY);
        if column == EMPTY {
            return;
        }
        let (from, into) = (self.range(column), self.range(SCRATCH));
        if let Some((head, tail)) = self.bits.split_at_mut_checked(from.start) {
            let into = head.get_mut(into).unwrap_or_default();
            into.iter_mut().zip(tail).for_each(|(bits, other)| *bits |= *other);
        }
    }

    /// The column of the terms that end in one of the stems; only those are compared that end in a letter of one. Several
    /// tests ask for the same stems.
    fn ends(&mut self, list: Rows, note: &Terms) -> ColumnId {
        if let Some((_, column)) = self.endings.iter().find(|(known, _)| *known == list) {
            return *column;
        }
        let stems = self.tables.stems_of(list);
        let letters = stems.clone().fold(0, |letters, stem| letters | letter(stem.as_bytes().last()));
        let column = self.new_column();
        let range = self.range(column);
        let bits = self.bits.get_mut(range).unwrap_or_default();
        for (at, _) in self.looks.iter().enumerate().filter(|(_, look)| look.last & letters != 0) {
            let text = note.terms.get(at).map(|term| note.text(term)).unwrap_or_default();
            if stems.clone().any(|stem| text.ends_with(stem)) {
                set(bits, at);
            }
        }
        self.endings.push((list, column));
        column
    }

    /// Whether a test that was asked holds for a term.
    pub(super) fn holds(&self, test: TestId, at: usize) -> bool {
        has(self.answer_to(test), at)
    }

    /// The terms for which a test that was asked holds.
    pub(super) fn answer_to(&self, test: TestId) -> &[u64] {
        let answer = self.answers.get(usize::from(test)).filter(|answer| !answer.is_empty);
        self.column(answer.map_or(EMPTY, |answer| answer.column))
    }

    /// Every term.
    pub(super) fn all(&self) -> &[u64] {
        &self.terms
    }

    /// Every term that is no punctuation.
    pub(super) fn no_marks(&self) -> &[u64] {
        &self.no_marks
    }
}

/// Sets a bit.
pub(super) fn set(bits: &mut [u64], at: usize) {
    if let Some(bits) = bits.get_mut(at / 64) {
        *bits |= 1 << (at % 64);
    }
}

/// Whether a bit is set.
pub(super) fn has(bits: &[u64], at: usize) -> bool {
    bits.get(at / 64).is_some_and(|bits| bits & 1 << (at % 64) != 0)
}

/// A bit for a letter; several letters share one.
fn letter(byte: Option<&u8>) -> u32 {
    byte.map_or(0, |byte| 1 << (byte % 32))
}
/// The words of a phrase with one space between them, however they are spaced or broken into lines in the note.
fn single_spaced<'t>(text: &'t str, term: &Term) -> Cow<'t, str> {
    let is_spaced_out = |text: &str| text.contains("  ") || text.contains(['\n', '\r', '\t']);
    if term.words > 1 && is_spaced_out(text) {
        return Cow::Owned(text.split_whitespace().collect::<Vec<_>>().join(" "));
    }
    Cow::Borrowed(text)
}
