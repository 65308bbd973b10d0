//! Words of taking into use that claim nothing: nouns, modifiers of other nouns, and verbs that only say that something
//! else goes on.

use super::PREDICATES;
use crate::reading::lexicon::{LexicalEntry, SemanticClass, SemanticClasses};
use crate::reading::term::{Term, Terms};

/// "The deployment", "their upgrade": a noun of taking into use, and not the verb.
pub(super) fn is_noun(note: &Terms, terms: &[Term], at: usize) -> bool {
    const BOTH: &[&str] = &["install", "launch", "move", "pilot", "start", "switch", "upgrade"];
    const DONE_BY: &[&str] = &["carries", "did", "do", "does", "doing", "handles", "leads", "makes", "manages", "runs"];
    let Some(term) = terms.get(at).filter(|term| term.has(SemanticClass::Adopt) && term.words == 1) else {
        return false;
    };
    let text = note.text(term);
    let before = terms.get(at.saturating_sub(3)..at).unwrap_or_default();
    if before.iter().any(|near| DONE_BY.contains(&note.text(near))) {
        return false;
    }
    let determined = before.last().is_some_and(|near| {
        let text = note.text(near);
        text.ends_with("'s") || matches!(text, "a" | "an" | "any" | "its" | "our" | "that" | "the" | "their" | "this")
    });
    let after = terms.get(at + 1).map_or("", |term| note.text(term));
    let subject = matches!(after, "can" | "can't" | "cannot" | "has" | "is" | "was" | "would");
    let noun = text.ends_with("tion") || text.ends_with("ment") || matches!(text, "cutover" | "rollout");
    noun || BOTH.contains(&text) && (determined || subject)
}

/// "The migration limits", "a deployment tool": a noun of taking into use that only says of what kind the next is.
pub(super) fn is_modifier(note: &Terms, terms: &[Term], at: usize) -> bool {
    let modifies = terms.get(at).is_some_and(|term| {
        let text = note.text(term);
        term.has(SemanticClass::Adopt) && (text.ends_with("tion") || text.ends_with("ment"))
    });
    let verbs = SemanticClasses::any(&[
        SemanticClass::Function,
        SemanticClass::Negation,
        SemanticClass::Neutral,
        SemanticClass::HedgeTime,
        SemanticClass::HedgeDoubt,
        SemanticClass::Time,
        SemanticClass::Cause,
        SemanticClass::Condition,
        SemanticClass::Phase,
    ]);
    modifies
        && terms
            .get(at + 1)
            .is_some_and(|next| !next.is_mark() && !next.meets(verbs) && !next.meets(SemanticClasses::any(&PREDICATES)))
}

/// "Continue to monitor the situation": what goes on is what comes after, and that is no work on the service.
pub(crate) fn goes_on_elsewhere(note: &Terms, terms: &[Term], at: usize) -> bool {
    let text = |at: usize| terms.get(at).map_or("", |term| note.text(term));
    let aspect = ["begin", "began", "continu", "keep", "start"].iter().any(|verb| text(at).starts_with(verb));
    let after = terms.get(at + 2..).unwrap_or_default();
    let work = SemanticClasses::any(&PREDICATES);
    let told = |term: &Term| {
        term.service
            || term.meets(work)
            || term.sense.names.is_some()
            || term.sense.belongs.is_some()
            || term.sense == LexicalEntry::default()
    };
    aspect && text(at + 1) == "to" && !after.is_empty() && !after.iter().any(told)
}
