//! Facts about a whole note that rules ask for and that no clause tells alone.

use super::lexicon::{LexicalEntry, SemanticClass, SemanticClasses, WorkloadIndex};
use super::term::{Term, Terms};
use super::token::Kind;
use crate::text::NoteSpan;

/// The first word or phrase of one of the classes.
pub(crate) fn first_of(terms: &Terms, classes: &[SemanticClass]) -> Option<NoteSpan> {
    let wanted = SemanticClasses::any(classes);
    let at = terms.terms.iter().position(|term| term.meets(wanted))?;
    terms.span(at..at + 1)
}

/// Whether the note speaks of licences, seats, records or tenants.
pub(crate) fn counts_licences(terms: &Terms) -> bool {
    terms.terms.iter().any(|term| !term.has(SemanticClass::Filler) && term.any_word(terms, is_licence))
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
pub(crate) fn tells_deeds(terms: &Terms) -> bool {
    let figure = |term: &Term| term.kind == Kind::Number || term.has(SemanticClass::Count);
    let deed = |term: &Term| {
        let text = terms.text(term);
        term.sense == LexicalEntry::default() && !term.joined && text.len() >= 6 && text.ends_with("ed")
    };
    terms.sentences.iter().map(|range| terms.get(range.clone())).any(|s| s.iter().any(figure) && s.iter().any(deed))
}

/// Whether anything in the note could be read as a no.
pub(crate) fn speaks_of_lack(terms: &Terms, own: Option<WorkloadIndex>) -> bool {
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
    let no = SemanticClasses::any(&[
        SemanticClass::Negation,
        SemanticClass::Refuse,
        SemanticClass::Obstacle,
        SemanticClass::Trouble,
        SemanticClass::Stay,
    ]);
    terms.terms.iter().enumerate().any(|(at, term)| {
        let used = || {
            at.checked_sub(1).and_then(|before| terms.terms.get(before)).is_some_and(|verb| is_use(terms.text(verb)))
        };
        term.meets(no) && !term.has(SemanticClass::Progress)
            || term.any_word(terms, |word| LACKS.contains(&word))
            || term.names_other(own)
            || (term.proper || term.acronym) && term.sense == LexicalEntry::default() && used()
            || term.capital
                && term.sense == LexicalEntry::default()
                && terms.terms.get(at + 1).is_some_and(|verb| is_deed_of_product(terms.text(verb)))
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
