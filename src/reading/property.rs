//! Properties of terms that patterns ask for: which terms have them.

use super::cue_tables::Property;
use super::term::{Term, Terms};
use crate::lexicon::token::{Kind, is_year};

/// The properties of a term, a bit each.
pub(super) fn of(term: &Term, note: &Terms) -> u32 {
    let names = term.sense.names;
    let text = note.text(term);
    let digits = || text.bytes().filter(u8::is_ascii_digit).count();
    let bit = |property: Property, holds: bool| u32::from(holds) << (property as u32);
    bit(Property::Acronym, term.acronym)
        | bit(Property::Capital, term.capital)
        | bit(Property::Coded, term.kind == Kind::Word && text.len() > 4 && digits() >= 4)
        | bit(Property::Genitive, term.kind != Kind::Mark && text.ends_with("'s"))
        | bit(Property::Joined, term.joined)
        | bit(Property::Long, text.len() >= 6)
        | bit(Property::LongNumber, term.kind == Kind::Number && text.len() >= 7 && digits() == text.len())
        | bit(Property::Mark, term.is_mark())
        | bit(Property::Number, term.kind == Kind::Number)
        | bit(Property::Other, term.names_other(note.own))
        | bit(Property::Own, note.own.is_some() && names == note.own)
        | bit(Property::Part, term.sense.belongs.is_some())
        | bit(Property::Phrase, term.words > 1)
        | bit(Property::Proper, term.proper)
        | bit(Property::Single, text.len() == 1)
        | bit(Property::Unknown, term.is_unknown())
        | bit(Property::Word, term.kind == Kind::Word)
        | bit(Property::Workload, names.is_some())
        | bit(Property::Year, is_year(text))
}
