//! What stands in front of a sentence and is no part of what it says: "As discussed with the CIO,", "Per our last
//! sync,", "FYI:", "Hi team,". Such a lead is set aside before anything is read, so that it changes nothing.

use super::term::{Term, Terms};
use crate::lexicon::token::Kind;
use crate::lexicon::words::is_line;
use crate::lexicon::{LexicalEntry, SemanticClass, SemanticClasses};
use std::ops::Range;

/// The longest lead, in terms.
const LONGEST: usize = 14;
/// The longest label, in words: "Just a quick update:".
const LONGEST_LABEL: usize = 4;

/// What a lead is made of: words that tell of no status. A name, a figure or a thing would tell of one.
const LEADING: SemanticClasses = SemanticClasses::any(&[
    SemanticClass::Function,
    SemanticClass::Generic,
    SemanticClass::Filler,
    SemanticClass::Vague,
    SemanticClass::Meeting,
    SemanticClass::Arrange,
    SemanticClass::Talk,
    SemanticClass::Pointer,
    SemanticClass::Elsewhere,
    SemanticClass::Contact,
    SemanticClass::Person,
    SemanticClass::Time,
    SemanticClass::Greeting,
    SemanticClass::Cause,
    SemanticClass::Learn,
]);

/// What is talked about before a "per" or "following" leads nowhere else.
const TALKED: SemanticClasses = SemanticClasses::any(&[
    SemanticClass::Meeting,
    SemanticClass::Arrange,
    SemanticClass::Talk,
    SemanticClass::Pointer,
    SemanticClass::Elsewhere,
    SemanticClass::Contact,
]);

/// What makes a clause of its own of the words, so that they are no lead.
const VERBS: &str = include_str!("../playbook/lead-verbs.txt");

const TOLD: &str = include_str!("../playbook/lead-told.txt");

/// "As mentioned before,", "hi everyone,".
const EARLIER: &str = include_str!("../playbook/lead-words.txt");

/// What opens a lead before what was said, and before talk.
const AS: &str = include_str!("../playbook/lead-as.txt");
const PER: &str = include_str!("../playbook/lead-per.txt");
/// Talk that is in no list of it.
const TALK: &str = include_str!("../playbook/lead-talk.txt");

const LABELS: &str = include_str!("../playbook/lead-labels.txt");

/// Takes the leads off the sentences of a note, and says where they stood.
pub(super) fn set_aside(note: &mut Terms) -> Vec<Range<usize>> {
    let mut leads = Vec::new();
    for sentence in 0..note.sentences.len() {
        let Some(range) = note.sentences.get(sentence).cloned() else { continue };
        let Some(end) = end_of_lead(note, &range) else { continue };
        for term in note.terms.get_mut(range.start..end).unwrap_or_default() {
            silence(term);
        }
        if let Some(sentence) = note.sentences.get_mut(sentence) {
            sentence.start = end;
        }
        // What follows starts the sentence, and its capital tells nothing.
        if let Some(first) = note.terms.get_mut(end) {
            first.proper = false;
        }
        leads.push(range.start..end);
    }
    if !leads.is_empty() {
        note.look_at_capitals();
    }
    leads
}

/// Takes from a term all that it could mean.
fn silence(term: &mut Term) {
    term.sense = LexicalEntry::of_class(SemanticClass::Function);
    (term.proper, term.acronym, term.noise) = (false, false, false);
}

/// Where the lead of a sentence ends, if it has one and something comes after it.
fn end_of_lead(note: &Terms, sentence: &Range<usize>) -> Option<usize> {
    let terms = note.get(sentence.clone());
    let text = |at: usize| terms.get(at).map_or("", |term| note.text(term));
    let mark = terms.iter().take(LONGEST).position(|term| ends_lead(note, term));
    let lead = terms.get(..mark?)?;
    let words = lead.iter().filter(|term| !term.is_mark()).count();
    let first = text(0);
    let opener = first.split(' ').next().unwrap_or_default();
    let told = || first.split(' ').chain((1..=3).flat_map(|at| text(at).split(' '))).any(|word| is_line(TOLD, word));
    let talked = || lead.iter().any(|term| term.meets(TALKED) || is_line(TALK, note.text(term)));
    let plain = || lead.iter().enumerate().all(|(at, term)| tells_nothing(note, term, at));
    let claims = || lead.iter().any(|term| is_line(VERBS, note.text(term)));
    let colon = matches!(text(mark?), ":" | "-");
    let label =
        is_line(LABELS, first) || lead.len() <= 4 && lead.last().is_some_and(|term| is_line(LABELS, note.text(term)));
    let leads = match opener {
        _ if label && words <= LONGEST_LABEL => colon || is_line(LABELS, first),
        _ if is_line(AS, opener) => {
            told() || [first, text(1)].iter().any(|text| text.split(' ').any(|word| is_line(PER, word))) && talked()
        }
        _ if is_line(PER, opener) => talked(),
        _ => !colon && words <= LONGEST_LABEL && lead.first()?.has(SemanticClass::Greeting),
    };
    let end = mark? + 1;
    let says = terms.get(end..)?.iter().any(|term| !term.is_mark());
    (leads && says && plain() && !claims()).then_some(sentence.start + end)
}

/// Whether a term may stand in a lead: no figure, no denial, no thing. "Mr. Braun" may.
fn tells_nothing(note: &Terms, term: &Term, at: usize) -> bool {
    let named = term.sense.names.is_some() || term.sense.belongs.is_some();
    let word = || {
        note.text(term).split(' ').any(|word| is_line(TOLD, word) || is_line(EARLIER, word))
            || is_line(LABELS, note.text(term))
    };
    let title = term.proper && !term.acronym && term.is_unknown() && at > 1;
    match term.kind {
        Kind::Word => !named && (title || is_leading(term) || word() || is_line(EARLIER, note.text(term))),
        Kind::Mark => true,
        _ => false,
    }
}

fn is_leading(term: &Term) -> bool {
    !term.sense.classes.is_empty() && term.sense.classes.is_within(LEADING)
}

fn ends_lead(note: &Terms, term: &Term) -> bool {
    term.is_mark() && !term.joined && matches!(note.text(term), "," | ":" | "-")
}

#[cfg(test)]
mod tests {
    use super::set_aside;
    use crate::playbook::Playbook;
    use crate::reading::term::Terms;

    /// What stands in front of the note, in words.
    fn lead(note: &str) -> String {
        let playbook = Playbook::built_in();
        let mut terms = Terms::new(note, &[], playbook.lexicon(), playbook.workload("Teams"));
        let leads = set_aside(&mut terms);
        let span = leads.first().and_then(|lead| terms.span(lead.clone()));
        span.map_or("", |span| span.of(note)).to_owned()
    }

    #[test]
    fn what_tells_nothing_is_set_aside() {
        for (note, expected) in [
            ("As agreed in the steering committee, wave 2 starts.", "As agreed in the steering committee,"),
            ("Per my last e-mail, they stay with Zoom.", "Per my last e-mail,"),
            ("Following our sync on Monday, the pilot is live.", "Following our sync on Monday,"),
            ("As reported by Ms. Sandoval, the gateway drops calls.", "As reported by Ms. Sandoval,"),
            ("FYI - no Teams, Slack is paid until 2027.", "FYI -"),
            ("Short update: 40 of 90 desks are live.", "Short update:"),
            ("Hello everyone, the council forbids it.", "Hello everyone,"),
        ] {
            assert_eq!(lead(note), expected);
        }
    }

    #[test]
    fn what_tells_something_stays() {
        for note in [
            "As the gateway drops calls, they will not deploy.",
            "As agreed with the works council in 2019, no presence data may be stored.",
            "As management sees no value, no intent.",
            "Per works agreement 14, Teams is not allowed.",
            "Per contract with Cisco, they stay.",
            "Following 4 calls to the CIO, no answer.",
            "Following the acquisition by Nordfrost, all projects are stopped.",
            "Status: blocked by the proxy.",
            "As discussed.",
            "Hi team,",
            "Update the gateway first, then deploy.",
        ] {
            assert_eq!(lead(note), "", "{note}");
        }
    }
}
