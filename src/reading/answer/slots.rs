//! Slots of a template that nobody filled: `[primary issue]`, `<date>`, `{workload}`, `XXX`, `___`.

use crate::lexicon::SemanticClass;
use crate::lexicon::token::Kind;
use crate::reading::mark::Mark;
use crate::reading::term::Terms;
use crate::text::NoteSpan;

/// Unfilled slots of a note, with their brackets.
pub(crate) fn slots(note: &Terms) -> Vec<NoteSpan> {
    let mut found = Vec::new();
    let mut open: Option<(usize, char)> = None;
    for (at, term) in note.terms.iter().enumerate() {
        let text = note.text(term);
        if term.kind != Kind::Mark {
            if term.is(Mark::OpenSlot)
                || is_filler(text) && !term.joined && !note.terms.get(at + 1).is_some_and(|next| next.joined)
            {
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
    let choices = note.cues.iter().filter(|hit| hit.mark == Mark::OpenChoice);
    found.extend(choices.filter_map(|hit| note.span(hit.terms.clone())));
    let dummies = dummies(note);
    if dummies.len() >= 2 {
        found.extend(dummies.into_iter().filter_map(|at| note.span(at..at + 1)));
    }
    found.sort_by_key(|span| span.start);
    found
}

/// Letters and numbers that stand for nothing: "X attempts, contacted Y", "reason 1 and detail A". One alone may be a
/// name, two are a form that nobody filled.
fn dummies(note: &Terms) -> Vec<usize> {
    let joined = |at: usize| note.terms.get(at).is_some_and(|term| term.joined);
    let is_dummy = |at: usize| note.terms.get(at).is_some_and(|term| term.is(Mark::Dummy));
    (0..note.terms.len()).filter(|at| is_dummy(*at) && !joined(*at) && !joined(at + 1)).collect()
}

/// A per cent sign that stands before its word, not after its number.
fn opens_percent(note: &Terms, at: usize) -> bool {
    let number_before =
        at.checked_sub(1).and_then(|before| note.terms.get(before)).is_some_and(|u| u.kind == Kind::Number);
    !number_before && note.terms.get(at + 1).is_some_and(|next| next.kind == Kind::Word)
}

/// `___`: three strokes or more, seen from the first.
fn starts_line_to_fill(note: &Terms, at: usize) -> bool {
    let stroke = |at: usize| note.terms.get(at).is_some_and(|term| note.text(term) == "_");
    stroke(at + 1) && stroke(at + 2) && !at.checked_sub(1).is_some_and(stroke)
}

fn closes(opened: char, text: &str) -> bool {
    matches!((opened, text), ('[', "]") | ('<', ">") | ('{', "}"))
}

/// A slot holds a few words, one of them what slots are called, and no name or figure.
fn is_slot(note: &Terms, start: usize, end: usize) -> bool {
    let terms = note.get(start..end);
    let words = terms.iter().filter(|term| term.kind == Kind::Word).count();
    let names = terms.iter().any(|term| {
        let unknown = term.sense == crate::lexicon::LexicalEntry::default() && note.text(term).len() > 1;
        term.kind == Kind::Number || unknown && (term.acronym || term.capital)
    });
    let called = terms.iter().any(|term| {
        term.has(SemanticClass::Slot)
            || term.has(SemanticClass::Placeholder)
            || note.text(term).split(' ').any(|w| w.len() == 1)
    });
    let filled = terms.iter().filter(|term| term.kind == Kind::Word).all(|term| term.has(SemanticClass::Managed));
    (1..=8).contains(&words) && !names && !filled && (called || follows_opening(note, start) && words <= 3)
}

/// "Because of [à compléter]", "due to <…>": in any language, what stands in brackets where the why should stand.
fn follows_opening(note: &Terms, start: usize) -> bool {
    start.checked_sub(2).and_then(|before| note.terms.get(before)).is_some_and(|term| term.is(Mark::OpensSlot))
}

/// `XXX`, `XXXX`, `____`.
fn is_filler(text: &str) -> bool {
    let count = text.chars().count();
    count >= 3 && (text.chars().all(|c| c == 'x') || text.chars().all(|c| c == '_'))
}
