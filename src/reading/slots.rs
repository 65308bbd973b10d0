//! Slots of a template that nobody filled: `[primary issue]`, `<date>`, `{workload}`, `XXX`, `___`.

use super::token::Kind;
use super::unit::Units;
use crate::text::NoteSpan;

/// Unfilled slots of a note, with their brackets.
pub(crate) fn slots(note: &Units) -> Vec<NoteSpan> {
    let mut found = Vec::new();
    let mut open: Option<(usize, char)> = None;
    for (at, unit) in note.units.iter().enumerate() {
        let text = note.text(unit);
        if unit.kind != Kind::Mark {
            if is_filler(text) {
                found.extend(note.span(at..at + 1));
            }
            continue;
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
    found
}

/// A per cent sign that stands before its word, not after its number.
fn opens_percent(note: &Units, at: usize) -> bool {
    let number_before =
        at.checked_sub(1).and_then(|before| note.units.get(before)).is_some_and(|u| u.kind == Kind::Number);
    !number_before && note.units.get(at + 1).is_some_and(|next| next.kind == Kind::Word)
}

fn closes(opened: char, text: &str) -> bool {
    matches!((opened, text), ('[', "]") | ('<', ">") | ('{', "}"))
}

/// A slot holds a few words and no name or figure; any other pair of brackets is something else.
fn is_slot(note: &Units, start: usize, end: usize) -> bool {
    let units = note.get(start..end);
    let words = units.iter().filter(|unit| unit.kind == Kind::Word).count();
    let names = units.iter().any(|unit| {
        let unknown = unit.sense == super::lexicon::Sense::default() && note.text(unit).len() > 1;
        unit.kind == Kind::Number || unknown && (unit.acronym || unit.capital)
    });
    (1..=8).contains(&words) && !names
}

/// `XXX`, `XXXX`, `____`.
fn is_filler(text: &str) -> bool {
    let count = text.chars().count();
    count >= 3 && (text.chars().all(|c| c == 'x') || text.chars().all(|c| c == '_'))
}
