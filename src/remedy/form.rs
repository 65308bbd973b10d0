//! A template of the guidance as a form: a sentence with slots that a writer fills in one by one.

use super::part::small;
use super::slots;

/// A template with its slots.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Form {
    template: String,
    pieces: Vec<Piece>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Text(String),
    Slot(String),
}

/// Words that lead to a slot: without it, they lead nowhere.
const LEADING: &[&str] = &["and", "at", "because", "due", "focusing", "of", "on", "surrounding", "to", "until"];

/// How a template leads to a reason, which a writer may begin with other words of that kind.
const CONNECTIVES: &[&str] = &["because of", "because", "due to", "owing to", "since", "as"];

impl Form {
    /// The form of a template, in which slots are written in square brackets.
    pub(super) fn new(template: &str) -> Self {
        let mut pieces = Vec::new();
        let mut rest = template;
        while let Some((before, inside)) = rest.split_once('[') {
            let Some((slot, after)) = inside.split_once(']') else { break };
            pieces.push(Piece::Text(before.to_owned()));
            pieces.push(Piece::Slot(slot.to_owned()));
            rest = after;
        }
        pieces.push(Piece::Text(rest.to_owned()));
        Self { template: template.to_owned(), pieces }
    }

    /// The template.
    #[must_use]
    pub(crate) fn template(&self) -> &str {
        &self.template
    }

    /// The names of the slots, in their order.
    pub(crate) fn slots(&self) -> impl Iterator<Item = &str> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Slot(name) => Some(name.as_str()),
            Piece::Text(_) => None,
        })
    }

    /// The template with the answers in its slots. A slot without one is left out, with the words that lead to it.
    #[must_use]
    pub(crate) fn filled<'a>(&self, answer: impl Fn(&str) -> Option<&'a str>) -> String {
        let mut note = String::new();
        let mut is_left_out = false;
        for piece in &self.pieces {
            match piece {
                Piece::Text(text) if is_left_out => {
                    push_text(&mut note, text.find('.').and_then(|end| text.get(end..)).unwrap_or(text));
                }
                Piece::Text(text) => push_text(&mut note, text),
                Piece::Slot(name) => match answer(name).map(str::trim).filter(|answer| !answer.is_empty()) {
                    Some(answer) => {
                        push_answer(&mut note, answer);
                        is_left_out = false;
                    }
                    None => {
                        drop_leading_words(&mut note);
                        is_left_out = true;
                    }
                },
            }
        }
        note.trim().to_owned()
    }
}

/// Adds text of the template; what ends a sentence does so once.
fn push_text(note: &mut String, text: &str) {
    let is_ended = note.trim_end().ends_with(['.', '!', '?']);
    note.push_str(if is_ended { text.trim_start_matches(['.', ',']) } else { text });
}

/// Adds an answer: in one line, without its last full stop, with the words before it that the writer chose.
fn push_answer(note: &mut String, answer: &str) {
    let line = answer.split_whitespace().collect::<Vec<_>>().join(" ");
    let line = line.trim_end_matches('.').trim_end();
    let starts_sentence = note.trim_end().is_empty() || note.trim_end().ends_with(['.', '!', '?']);
    if starts_sentence {
        let mut rest = line.chars();
        note.extend(rest.next().into_iter().flat_map(char::to_uppercase));
        note.push_str(rest.as_str());
        return;
    }
    let own = CONNECTIVES.iter().find(|words| starts_with_word(line, words));
    let before = CONNECTIVES.iter().find(|words| note.trim_end().ends_with(&format!(" {words}")));
    if let (Some(_), Some(before)) = (own, before) {
        note.truncate(note.trim_end().len() - before.len());
    }
    note.push_str(&small(line));
}

fn starts_with_word(line: &str, words: &str) -> bool {
    let start = line.get(..words.len()).is_some_and(|start| start.eq_ignore_ascii_case(words));
    start && line.get(words.len()..).is_some_and(|rest| rest.starts_with(' '))
}

fn drop_leading_words(note: &mut String) {
    loop {
        note.truncate(note.trim_end_matches([' ', ',']).len());
        let last = note.rsplit(' ').next().unwrap_or_default();
        if !LEADING.contains(&last) {
            return;
        }
        note.truncate(note.len() - last.len());
    }
}

/// A slot of a form, for whoever is asked to fill it in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct SlotQuestion<'a> {
    /// The question.
    pub(crate) question: &'a str,
    /// What an answer looks like.
    pub(crate) example: &'a str,
}

/// What to ask for the slot of this name.
#[must_use]
pub(crate) fn question_of(slot: &str) -> SlotQuestion<'_> {
    slots::known(slot).map_or(SlotQuestion { question: slot, example: slots::OTHER }, |known| SlotQuestion {
        question: known.question,
        example: known.example,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(template: &str, answers: &[(&str, &str)]) -> String {
        let answer = |slot: &str| answers.iter().find(|(name, _)| *name == slot).map(|(_, answer)| *answer);
        Form::new(template).filled(answer)
    }

    const BLOCKED: &str = "Unable to deploy because of [issue] and [details] due to [limits].";

    #[test]
    fn every_slot_with_an_answer() {
        let answers =
            [("issue", "the Mitel PBX."), ("details", "a proxy that drops UDP 3478"), ("limits", "old firmware")];
        assert_eq!(
            filled(BLOCKED, &answers),
            "Unable to deploy because of the Mitel PBX and a proxy that drops UDP 3478 due to old firmware."
        );
    }

    #[test]
    fn a_slot_without_an_answer_is_left_out_with_the_words_before_it() {
        for (template, answers, expected) in [
            (BLOCKED, &[("issue", "the PBX")][..], "Unable to deploy because of the PBX."),
            (
                BLOCKED,
                &[("issue", "the PBX"), ("limits", "its age")],
                "Unable to deploy because of the PBX due to its age.",
            ),
            (
                "Blocked because of [issue] until [fix] is implemented.",
                &[("issue", "the PBX")],
                "Blocked because of the PBX.",
            ),
            (
                "Silent after [n] contact attempts to [whom]. [account] account.",
                &[("n", "3"), ("account", "Managed")],
                "Silent after 3 contact attempts. Managed account.",
            ),
            ("Silent after [n] attempts to [whom]. [account] account.", &[("n", "3")], "Silent after 3 attempts."),
            ("Customer at [phase]. [more].", &[("phase", "the pilot phase")], "Customer at the pilot phase."),
            ("Customer at [phase]. [more].", &[("phase", "UAT"), ("more", "120 users")], "Customer at UAT. 120 users."),
        ] {
            assert_eq!(filled(template, answers), expected);
        }
    }

    #[test]
    fn the_writers_own_connective_takes_the_place_of_that_of_the_template() {
        for (answer, expected) in [
            ("because the proxy drops UDP", "Unable to deploy because the proxy drops UDP."),
            ("Due to the proxy", "Unable to deploy Due to the proxy."),
            ("The proxy", "Unable to deploy because of the proxy."),
            ("assets", "Unable to deploy because of assets."),
        ] {
            assert_eq!(filled(BLOCKED, &[("issue", answer)]).to_lowercase(), expected.to_lowercase());
        }
    }

    #[test]
    fn lines_are_joined_and_sentences_begin_with_a_capital() {
        assert_eq!(filled("[a]. [b].", &[("a", "one\n  two."), ("b", "éa")]), "One two. Éa.");
        assert_eq!(filled("no slot, [open", &[]), "no slot, [open");
    }
}
