//! Slots of a template that nobody filled: `[primary issue]`, `<date>`, `{workload}`, `XXX`, `___`.

use super::lexicon::Class;
use super::token::Kind;
use super::unit::{Unit, Units};
use crate::text::NoteSpan;

/// Unfilled slots of a note, with their brackets.
pub(crate) fn slots(note: &Units) -> Vec<NoteSpan> {
    let mut found = Vec::new();
    let mut open: Option<(usize, char)> = None;
    for (at, unit) in note.units.iter().enumerate() {
        let text = note.text(unit);
        if unit.kind != Kind::Mark {
            if text == "x" && unit.capital && note.units.get(at + 1).is_some_and(|next| next.has(Class::Contact)) {
                found.extend(note.span(at..at + 1));
            }
            if text == "un" && note.units.get(at + 2).is_some_and(|next| note.text(next).starts_with("managed")) {
                found.extend(note.span(at.saturating_sub(1)..at + 3));
            }
            if is_order(note, at) || is_own_name(note, at) {
                found.extend(note.span(at..at + 1));
            }
            if text.starts_with("unmanaged") && is_choice(note, at) {
                found.extend(note.span(at.saturating_sub(2)..at + 1));
            } else if is_filler(text) && !unit.joined && !note.units.get(at + 1).is_some_and(|next| next.joined) {
                found.extend(note.span(at..at + 1));
            }
            continue;
        }
        if text == "_" && starts_line_to_fill(note, at) {
            found.extend(note.span(at..at + 3));
        }
        match (text, open) {
            ("%", None) if opens_percent(note, at) => open = Some((at, '%')),
            ("%", Some((start, '%'))) => {
                if is_slot(note, start + 1, at) {
                    found.extend(note.span(start..at + 1));
                }
                open = None;
            }
            ("[" | "<" | "{", None | Some((_, '%'))) => open = text.chars().next().map(|c| (at, c)),
            ("]" | ">" | "}", Some((start, opened))) => {
                if closes(opened, text) && is_slot(note, start + 1, at) {
                    found.extend(note.span(start..at + 1));
                }
                open = None;
            }
            _ => {}
        }
    }
    let dummies = dummies(note);
    if dummies.len() >= 2 {
        found.extend(dummies.into_iter().filter_map(|at| note.span(at..at + 1)));
        found.sort_by_key(|span| span.start);
    }
    found
}

/// Letters and numbers that stand for nothing: "X attempts, contacted Y", "reason 1 and detail A". One alone may be a
/// name, two are a form that nobody filled.
fn dummies(note: &Units) -> Vec<usize> {
    const NOUNS: &[&str] = &[
        "blocker",
        "cause",
        "detail",
        "details",
        "issue",
        "limit",
        "limitation",
        "name",
        "reason",
        "specific",
        "thing",
        "topic",
    ];
    let letter = |unit: &Unit| unit.capital && matches!(note.text(unit), "x" | "y" | "z");
    let ordinal = |unit: &Unit| {
        unit.capital && note.text(unit).len() == 1 || unit.kind == Kind::Number && note.text(unit).len() == 1
    };
    let found = (0..note.units.len()).filter(|at| {
        let Some(unit) = note.units.get(*at) else { return false };
        let named = at
            .checked_sub(1)
            .and_then(|before| note.units.get(before))
            .is_some_and(|before| NOUNS.contains(&note.text(before)));
        let joined = unit.joined || note.units.get(at + 1).is_some_and(|next| next.joined);
        !joined && (letter(unit) || named && ordinal(unit))
    });
    found.collect()
}

/// "Paste the phase here": an order to whoever should have filled the form.
fn is_order(note: &Units, at: usize) -> bool {
    const VERBS: &[&str] = &["describe", "enter", "explain", "fill", "insert", "name", "paste", "put", "type", "write"];
    let text = |at: usize| note.units.get(at).map_or("", |unit| note.text(unit));
    let leads = at.checked_sub(1).and_then(|before| note.units.get(before)).is_none_or(Unit::is_mark);
    leads && VERBS.contains(&text(at)) && (at + 1..at + 6).any(|near| text(near) == "here")
}

/// "Focusing on details.", "due to specifics": the name of a slot where its filling should stand.
fn is_own_name(note: &Units, at: usize) -> bool {
    const NAMES: &[&str] = &["blocker", "details", "limitation", "limitations", "phase", "reason", "specifics"];
    let named = note.units.get(at).is_some_and(|unit| NAMES.contains(&note.text(unit)));
    let leads = at.checked_sub(1).and_then(|before| note.units.get(before)).is_some_and(|unit| {
        unit.has(Class::Cause) || matches!(note.text(unit), "focus on" | "focusing on" | "surrounding")
    });
    named && leads && note.units.get(at + 1).is_none_or(Unit::is_mark)
}

/// A per cent sign that stands before its word, not after its number.
fn opens_percent(note: &Units, at: usize) -> bool {
    let number_before =
        at.checked_sub(1).and_then(|before| note.units.get(before)).is_some_and(|u| u.kind == Kind::Number);
    !number_before && note.units.get(at + 1).is_some_and(|next| next.kind == Kind::Word)
}

/// "Managed/unmanaged": the template's choice, not made.
fn is_choice(note: &Units, at: usize) -> bool {
    let text = |back: usize| at.checked_sub(back).and_then(|at| note.units.get(at)).map_or("", |unit| note.text(unit));
    text(1) == "/" && text(2) == "managed"
}

/// `___`: three strokes or more, seen from the first.
fn starts_line_to_fill(note: &Units, at: usize) -> bool {
    let stroke = |at: usize| note.units.get(at).is_some_and(|unit| note.text(unit) == "_");
    stroke(at + 1) && stroke(at + 2) && !at.checked_sub(1).is_some_and(stroke)
}

fn closes(opened: char, text: &str) -> bool {
    matches!((opened, text), ('[', "]") | ('<', ">") | ('{', "}"))
}

/// A slot holds a few words, one of them what slots are called, and no name or figure.
fn is_slot(note: &Units, start: usize, end: usize) -> bool {
    let units = note.get(start..end);
    let words = units.iter().filter(|unit| unit.kind == Kind::Word).count();
    let names = units.iter().any(|unit| {
        let unknown = unit.sense == super::lexicon::Sense::default() && note.text(unit).len() > 1;
        unit.kind == Kind::Number || unknown && (unit.acronym || unit.capital)
    });
    let called = units.iter().any(|unit| {
        unit.has(Class::Slot) || unit.has(Class::Placeholder) || note.text(unit).split(' ').any(|w| w.len() == 1)
    });
    (1..=8).contains(&words) && !names && (called || follows_opening(note, start) && words <= 3)
}

/// "Because of [à compléter]", "due to <…>": in any language, what stands in brackets where the why should stand.
fn follows_opening(note: &Units, start: usize) -> bool {
    start.checked_sub(2).and_then(|before| note.units.get(before)).is_some_and(|unit| {
        unit.has(Class::Cause)
            || unit.has(Class::Condition)
            || matches!(note.text(unit), "of" | "to" | "is" | "at" | "by")
    })
}

/// `XXX`, `XXXX`, `____`.
fn is_filler(text: &str) -> bool {
    let count = text.chars().count();
    count >= 3 && (text.chars().all(|c| c == 'x') || text.chars().all(|c| c == '_'))
}
