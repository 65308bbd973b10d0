//! Words of taking into use that claim nothing: nouns, modifiers of other nouns, and verbs that only say that something
//! else goes on.

use super::PREDICATES;
use crate::reading::lexicon::{Class, Classes, Sense};
use crate::reading::unit::{Unit, Units};

/// "The deployment", "their upgrade": a noun of taking into use, and not the verb.
pub(super) fn is_noun(note: &Units, units: &[Unit], at: usize) -> bool {
    const BOTH: &[&str] = &["install", "launch", "move", "pilot", "start", "switch", "upgrade"];
    const DONE_BY: &[&str] = &["carries", "did", "do", "does", "doing", "handles", "leads", "makes", "manages", "runs"];
    let Some(unit) = units.get(at).filter(|unit| unit.has(Class::Adopt) && unit.words == 1) else { return false };
    let text = note.text(unit);
    let before = units.get(at.saturating_sub(3)..at).unwrap_or_default();
    if before.iter().any(|near| DONE_BY.contains(&note.text(near))) {
        return false;
    }
    let determined = before.last().is_some_and(|near| {
        let text = note.text(near);
        text.ends_with("'s") || matches!(text, "a" | "an" | "any" | "its" | "our" | "that" | "the" | "their" | "this")
    });
    let after = units.get(at + 1).map_or("", |unit| note.text(unit));
    let subject = matches!(after, "can" | "can't" | "cannot" | "has" | "is" | "was" | "would");
    let noun = text.ends_with("tion") || text.ends_with("ment") || matches!(text, "cutover" | "rollout");
    noun || BOTH.contains(&text) && (determined || subject)
}

/// "The migration limits", "a deployment tool": a noun of taking into use that only says of what kind the next is.
pub(super) fn is_modifier(note: &Units, units: &[Unit], at: usize) -> bool {
    let modifies = units.get(at).is_some_and(|unit| {
        let text = note.text(unit);
        unit.has(Class::Adopt) && (text.ends_with("tion") || text.ends_with("ment"))
    });
    let verbs = Classes::any(&[
        Class::Function,
        Class::Negation,
        Class::Neutral,
        Class::HedgeTime,
        Class::HedgeDoubt,
        Class::Time,
        Class::Cause,
        Class::Condition,
        Class::Phase,
    ]);
    modifies
        && units
            .get(at + 1)
            .is_some_and(|next| !next.is_mark() && !next.meets(verbs) && !next.meets(Classes::any(&PREDICATES)))
}

/// "Continue to monitor the situation": what goes on is what comes after, and that is no work on the service.
pub(crate) fn goes_on_elsewise(note: &Units, units: &[Unit], at: usize) -> bool {
    let text = |at: usize| units.get(at).map_or("", |unit| note.text(unit));
    let aspect = ["begin", "began", "continu", "keep", "start"].iter().any(|verb| text(at).starts_with(verb));
    let after = units.get(at + 2..).unwrap_or_default();
    let work = Classes::any(&PREDICATES);
    let told = |unit: &Unit| {
        unit.service
            || unit.meets(work)
            || unit.sense.names.is_some()
            || unit.sense.belongs.is_some()
            || unit.sense == Sense::default()
    };
    aspect && text(at + 1) == "to" && !after.is_empty() && !after.iter().any(told)
}
