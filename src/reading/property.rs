//! Properties of terms that patterns ask for: which terms have them.

use super::cue_tables::Property;
use super::term::{Term, Terms};
use crate::lexicon::token::{Kind, is_year};

/// Properties that are only found out when a pattern asks for them: the text has to be looked at.
pub(super) const COSTLY: [Property; 4] = [Property::Coded, Property::Genitive, Property::LongNumber, Property::Year];

/// Whether a term has one of these.
pub(super) fn is_costly(property: Property, term: &Term, note: &Terms) -> bool {
    match property {
        Property::Coded => {
            let digits = || note.text(term).bytes().filter(u8::is_ascii_digit).count();
            term.kind == Kind::Word && term.range().len() > 4 && digits() >= 4
        }
        Property::Genitive => term.kind != Kind::Mark && note.text(term).ends_with("'s"),
        Property::LongNumber => {
            term.range().len() >= 7
                && term.kind == Kind::Number
                && note.text(term).bytes().all(|byte| byte.is_ascii_digit())
        }
        Property::Year => term.range().len() == 4 && is_year(note.text(term)),
        _ => false,
    }
}

/// The other properties of a term, a bit each.
pub(super) fn cheap(term: &Term, note: &Terms) -> u32 {
    let names = term.sense.names;
    let bit = |property: Property, holds: bool| u32::from(holds) << (property as u32);
    bit(Property::Acronym, term.acronym)
        | bit(Property::Capital, term.capital)
        | bit(Property::Joined, term.joined)
        | bit(Property::Long, term.range().len() >= 6)
        | bit(Property::Mark, term.is_mark())
        | bit(Property::Number, term.kind == Kind::Number)
        | bit(Property::Other, term.names_other(note.own))
        | bit(Property::Own, note.own.is_some() && names == note.own)
        | bit(Property::Part, term.sense.belongs.is_some())
        | bit(Property::Phrase, term.words > 1)
        | bit(Property::Proper, term.proper)
        | bit(Property::Single, term.range().len() == 1)
        | bit(Property::Unknown, term.is_unknown())
        | bit(Property::Word, term.kind == Kind::Word)
        | bit(Property::Workload, names.is_some())
}
