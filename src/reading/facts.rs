//! Facts about a whole note that rules ask for and that no clause tells alone.

use super::lexicon::{Class, Classes, Sense, WorkloadIndex};
use super::token::Kind;
use super::unit::{Unit, Units};
use crate::text::NoteSpan;

/// The first word or phrase of one of the classes.
pub(crate) fn first_of(units: &Units, classes: &[Class]) -> Option<NoteSpan> {
    let wanted = Classes::any(classes);
    let at = units.units.iter().position(|unit| unit.meets(wanted))?;
    units.span(at..at + 1)
}

/// Whether the note speaks of licences, seats, records or tenants.
pub(crate) fn counts_licences(units: &Units) -> bool {
    units.units.iter().any(|unit| !unit.has(Class::Filler) && unit.any_word(units, is_licence))
}

/// What duplicates are made of.
fn is_licence(word: &str) -> bool {
    matches!(
        word,
        "agreement"
            | "agreements"
            | "billing"
            | "count"
            | "data"
            | "entitlement"
            | "entitlements"
            | "entries"
            | "invoice"
            | "purchase"
            | "row"
            | "rows"
            | "licence"
            | "licences"
            | "license"
            | "licenses"
            | "order"
            | "orders"
            | "record"
            | "records"
            | "reseller"
            | "seat"
            | "seats"
            | "sku"
            | "subscription"
            | "subscriptions"
            | "tenant"
            | "tenants"
    )
}

/// "Seven hundred desktops reimaged", "uploaded all 40": a figure, and a verb in the past that no list knows.
pub(crate) fn tells_deeds(units: &Units) -> bool {
    let figure = |unit: &Unit| unit.kind == Kind::Number || unit.has(Class::Count);
    let deed = |unit: &Unit| {
        let text = units.text(unit);
        unit.sense == Sense::default() && !unit.joined && text.len() >= 6 && text.ends_with("ed")
    };
    units.sentences.iter().map(|range| units.get(range.clone())).any(|s| s.iter().any(figure) && s.iter().any(deed))
}

/// Whether anything in the note could be read as a no.
pub(crate) fn speaks_of_lack(units: &Units, own: Option<WorkloadIndex>) -> bool {
    const LACKS: &[&str] = &[
        "already",
        "alt",
        "alternative",
        "another",
        "broken",
        "dead",
        "instead",
        "missing",
        "old",
        "only",
        "other",
        "too",
        "weak",
    ];
    let no = Classes::any(&[Class::Negation, Class::Refuse, Class::Obstacle, Class::Trouble, Class::Stay]);
    units.units.iter().enumerate().any(|(at, unit)| {
        let used = || {
            at.checked_sub(1).and_then(|before| units.units.get(before)).is_some_and(|verb| is_use(units.text(verb)))
        };
        unit.meets(no) && !unit.has(Class::Progress)
            || unit.any_word(units, |word| LACKS.contains(&word))
            || unit.names_other(own)
            || (unit.proper || unit.acronym) && unit.sense == Sense::default() && used()
            || unit.capital
                && unit.sense == Sense::default()
                && units.units.get(at + 1).is_some_and(|verb| is_deed_of_product(units.text(verb)))
    })
}

/// A word between a customer and what it uses: "runs Sophos", "on Mitel".
fn is_use(word: &str) -> bool {
    matches!(word, "has" | "have" | "keep" | "on" | "own" | "run" | "runs" | "use" | "uses" | "with")
}

/// A verb after a product: "ServiceNow does the forms".
fn is_deed_of_product(verb: &str) -> bool {
    matches!(
        verb,
        "covers" | "do" | "does" | "handles" | "has" | "is" | "keeps" | "remains" | "runs" | "serves" | "stays"
    )
}
