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
            ("[" | "<" | "{", None) => open = text.chars().next().map(|c| (at, c)),
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

fn closes(opened: char, text: &str) -> bool {
    matches!((opened, text), ('[', "]") | ('<', ">") | ('{', "}"))
}

/// A slot holds a few words; a longer or empty pair of brackets is something else.
fn is_slot(note: &Units, start: usize, end: usize) -> bool {
    let words = note.get(start..end).iter().filter(|unit| unit.kind == Kind::Word).count();
    (1..=8).contains(&words)
}

/// `XXX`, `XXXX`, `____`.
fn is_filler(text: &str) -> bool {
    let count = text.chars().count();
    count >= 3 && (text.chars().all(|c| c == 'x') || text.chars().all(|c| c == '_'))
}
