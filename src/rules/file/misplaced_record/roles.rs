//! What a group of fields says by its keys and its values together.
//!
//! A record has a customer, a workload, a status and a note. For each of the four the best sign counts: the name of the
//! field as a key, another word for it, or a value that tells (a workload or a status of the playbook, a proper name, a
//! sentence that says what a customer intends). The signs add up, so that keys that are known and keys that are not may
//! stand beside each other. What each weighs is in `src/playbook/key_words.yaml`.

use super::facts::{is_label_of, is_own_status, is_sentence};
use super::plain_text::{is_of_nobody, tells_intent};
use super::telling::names_workload;
use crate::emptiness::{Purpose, emptiness};
use crate::lexicon::spelling::is_english;
use crate::record::misplaced::{Cell, Misplaced};
use crate::record::{
    FieldName, LIKENESS, Nearness, is_beside, is_company, is_of_trade, is_other_status, names_no_customer,
};
use crate::rules::FileCase;

/// Words of the longest name of a customer, and of the longest status.
const LONGEST_NAME: usize = 6;
const LONGEST_STATUS: usize = 4;

/// Words that stand between the words of a name.
const PARTICLES: [&str; 8] = ["of", "and", "the", "for", "de", "la", "von", "&"];

/// Words for many: a text about them tells of no customer of its own.
const MANY: [&str; 4] = ["customers", "users", "people", "developers"];

/// Whether the keys and values of a group together are those of a record.
pub(super) fn are_of_record(misplaced: &Misplaced, case: &FileCase<'_>) -> bool {
    let of = |misplaced| Roles { misplaced, case, taken: vec![false; misplaced.cells.len()] };
    is_of_nobody(misplaced) && of(misplaced).weigh().is_some_and(|weight| weight >= enough(misplaced))
}

/// How much is enough: more where many further keys stand beside the four, or those of an order.
fn enough(misplaced: &Misplaced) -> u32 {
    let further = misplaced.cells.iter().filter(|cell| !is_beside(&cell.key)).count().saturating_sub(FIELDS);
    let further = u32::try_from(further).unwrap_or(u32::MAX);
    let of_trade = misplaced.cells.iter().filter(|cell| is_of_trade(&cell.key)).count();
    let of_trade = u32::try_from(of_trade).unwrap_or(u32::MAX);
    LIKENESS.enough.saturating_add(further.saturating_sub(LIKENESS.most_others)).saturating_add(of_trade)
}

/// The fields that are weighed.
const FIELDS: usize = 4;

/// The cells of a group, each of which is one field at most.
struct Roles<'a> {
    misplaced: &'a Misplaced,
    case: &'a FileCase<'a>,
    taken: Vec<bool>,
}

impl<'a> Roles<'a> {
    /// What all signs weigh; nothing where there is no note, or where several values are workloads or statuses, as in a
    /// list of tags.
    fn weigh(mut self) -> Option<u32> {
        let (status, written) = self.field(FieldName::Status, |roles, value| roles.status(value))?;
        let is_other = status == 0 && written.is_some_and(|status| emptiness(status, Purpose::Name).is_none());
        let (workload, named) = self.field(FieldName::Workload, |roles, value| roles.workload(value))?;
        let note = self.note()?;
        let (of_note, text) = self.weight_of_note(note);
        let customer = self.customer();
        let (workload, named) = match self.workload_above() {
            Some((weight, name)) if weight > workload => (weight, Some(name)),
            _ => (workload, named),
        };
        // What nobody is named in is a known issue or a feature.
        if customer == 0 {
            return None;
        }
        let without_note = status + workload + customer;
        // Few groups come near, so few sentences are read.
        let may_be = without_note + of_note.max(LIKENESS.intent) >= LIKENESS.enough;
        let tells = may_be && tells(text, named.unwrap_or_default(), self.case);
        // Keys alone are those of a form or of a schema.
        let is_by_value = tells || status > 0 || named.is_some_and(|name| self.workload(name) > 0);
        let all = without_note + if tells { of_note.max(LIKENESS.intent) } else { of_note };
        is_by_value.then_some(if is_other { all.saturating_sub(LIKENESS.other_status) } else { all })
    }

    fn cells(&self) -> impl Iterator<Item = (usize, &'a Cell)> + use<'a, '_> {
        let free = |(at, _): &(usize, &Cell)| self.taken.get(*at).is_some_and(|taken| !taken);
        self.misplaced.cells.iter().enumerate().filter(free)
    }

    fn take(&mut self, at: usize) {
        if let Some(taken) = self.taken.get_mut(at) {
            *taken = true;
        }
    }

    /// Takes the cell of a field that is known by its value or by its key, and says what it weighs. Nothing where several
    /// cells without such a key have such a value.
    fn field(&mut self, meant: FieldName, weight: impl Fn(&Self, &str) -> u32) -> Option<(u32, Option<&'a str>)> {
        let is_key = |cell: &Cell| cell.meant.is_some_and(|(field, _)| field == meant);
        let is_other = |cell: &Cell| cell.meant.is_some_and(|(field, near)| field != meant && near != Nearness::Slip);
        let of = |cell: &Cell| if is_other(cell) { 0 } else { weight(self, &cell.value) };
        let by_key = self.cells().filter(|(_, cell)| is_key(cell)).max_by_key(|(_, cell)| weight(self, &cell.value));
        let mut by_value = self.cells().filter(|(_, cell)| of(cell) > 0);
        let found = match (by_key, by_value.next()) {
            (Some((at, cell)), None) => Some((at, cell)),
            (Some((at, cell)), Some(_)) if weight(self, &cell.value) > 0 => Some((at, cell)),
            (_, Some(only)) if by_value.next().is_none() => Some(only),
            (None, None) => None,
            _ => return None,
        };
        let Some((at, cell)) = found else { return Some((0, None)) };
        let by_key = if says_something(cell) { self.weight_of_key(cell, meant) } else { 0 };
        let all = of(cell).max(by_key);
        drop(by_value);
        self.take(at);
        Some((all, Some(&cell.value)))
    }

    /// What a key weighs as that of a field.
    fn weight_of_key(&self, cell: &Cell, meant: FieldName) -> u32 {
        match cell.meant {
            // A status is told by its value: things of every kind have one.
            Some((field, nearness)) if field == meant && meant != FieldName::Status => match nearness {
                Nearness::Exact | Nearness::Style => LIKENESS.own_key,
                Nearness::LooseSynonym | Nearness::Slip => LIKENESS.loose_word,
                // So does a product, whatever it is.
                _ if meant == FieldName::Workload => LIKENESS.loose_word,
                _ => LIKENESS.other_word,
            },
            _ => 0,
        }
    }

    fn status(&self, value: &str) -> u32 {
        if value.split_whitespace().nth(LONGEST_STATUS).is_some() {
            0
        } else if self.case.playbook.may_mean_status(value) {
            if is_own_status(value, self.case) { LIKENESS.own_status } else { LIKENESS.status }
        } else if is_other_status(value) {
            LIKENESS.status
        } else {
            0
        }
    }

    fn workload(&self, value: &str) -> u32 {
        if self.case.playbook.workload(value).is_some() { LIKENESS.workload } else { 0 }
    }

    /// The workload that a key above the group names.
    fn workload_above(&self) -> Option<(u32, &'a str)> {
        let key = self.misplaced.key.as_deref()?;
        if self.case.playbook.workload(key).is_some() {
            return Some((LIKENESS.workload, key));
        }
        names_workload(key, self.case.playbook).then_some((LIKENESS.loose_word, key))
    }

    /// Takes the note: what has its key, or else the last sentence.
    fn note(&mut self) -> Option<&'a Cell> {
        let is_key = |cell: &Cell| cell.meant.is_some_and(|(field, _)| field == FieldName::Note);
        let of_key = self.cells().filter(|(_, cell)| is_key(cell));
        let by_key =
            of_key.max_by_key(|(_, cell)| (is_sentence(&cell.value), self.weight_of_key(cell, FieldName::Note)));
        let is_free = |cell: &Cell| cell.meant.is_none() && !is_beside(&cell.key);
        let by_value = self.cells().filter(|(_, cell)| is_free(cell) && is_sentence(&cell.value)).last();
        let (at, cell) = by_key.or(by_value)?;
        self.take(at);
        Some(cell)
    }

    /// What a note weighs before it is read, and its text.
    fn weight_of_note(&self, note: &'a Cell) -> (u32, &'a str) {
        let by_key = self.weight_of_key(note, FieldName::Note);
        // Files of every kind have notes, so the key says no more than another word for it.
        let by_key = by_key.min(LIKENESS.other_word);
        let says_nothing = emptiness(&note.value, Purpose::Statement).is_some();
        let weight = match (is_sentence(&note.value), says_nothing) {
            (true, false) => by_key.max(LIKENESS.sentence),
            (_, true) => by_key,
            (false, false) => by_key.min(LIKENESS.sentence),
        };
        (weight, note.value.as_str())
    }

    /// The name of a customer: under its key, by its looks, or above the group.
    fn customer(&self) -> u32 {
        let is_key = |cell: &Cell| cell.meant.is_some_and(|(field, _)| field == FieldName::Customer);
        let by_key = self.cells().filter(|(_, cell)| is_key(cell) && says_something(cell));
        let by_key = by_key.map(|(_, cell)| self.weight_of_key(cell, FieldName::Customer));
        let may_name = |cell: &Cell| cell.meant.is_none() && !is_beside(&cell.key) && !names_no_customer(&cell.key);
        let by_value = self.cells().filter(|(_, cell)| may_name(cell) && says_something(cell));
        let by_value = by_value.map(|(_, cell)| self.name(&cell.value));
        let below = if self.misplaced.is_below_customer { LIKENESS.other_word } else { 0 };
        let above = self.misplaced.under.as_ref().map(|under| under.value.as_str());
        let above = self.misplaced.key.as_deref().into_iter().chain(above).map(|key| self.name(key));
        by_key.chain(by_value).chain(above).chain([below]).max().unwrap_or_default()
    }

    /// How much a value looks like the name of a customer.
    fn name(&self, value: &str) -> u32 {
        let words = || value.split_whitespace();
        let is_name = value.starts_with(char::is_alphabetic)
            && words().nth(LONGEST_NAME).is_none()
            && !value.contains(|c: char| c.is_ascii_digit() || matches!(c, '_' | '/' | ':' | '@' | '=' | '{' | '<'))
            && emptiness(value, Purpose::Name).is_none()
            && !names_workload(value, self.case.playbook)
            && !self.case.playbook.may_mean_status(value);
        let counted = || words().filter(|word| !PARTICLES.contains(&word.to_lowercase().as_str()));
        let is_own = |word: &str| {
            let word = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
            !word.is_empty() && word.split(|c: char| !c.is_alphanumeric()).any(|part| !is_english(part))
        };
        match (is_name, counted().all(|word| word.starts_with(char::is_uppercase))) {
            (false, _) => 0,
            (true, true) if is_company(value) || counted().any(is_own) => LIKENESS.proper_name,
            (true, true) => LIKENESS.capitals,
            // A name that somebody has written small.
            (true, false) if counted().all(is_own) => LIKENESS.capitals,
            (true, false) => 0,
        }
    }
}

/// Whether a cell holds more than a label or a placeholder.
fn says_something(cell: &Cell) -> bool {
    emptiness(&cell.value, Purpose::Name).is_none() && !is_label_of(&cell.value, &cell.key, cell.meant)
}

/// Whether a note says what a customer intends, and not what customers and users do.
fn tells(note: &str, workload: &str, case: &FileCase<'_>) -> bool {
    let words = || note.split(|c: char| !c.is_alphanumeric());
    let is = |wanted: &[&str]| words().any(|word| wanted.iter().any(|wanted| word.eq_ignore_ascii_case(wanted)));
    is(&["customer"]) || !is(&MANY) && tells_intent(note, workload, case)
}
