//! Every entry of the playbook's word lists earns its place: a labelled note meets it, or it does in a plain sentence
//! what its list is for. An entry that another one hides, or that its list does not act on, fails here.

use super::labelled_notes::labelled_notes;
use super::{OffTopicKind, Reading, ReasonStrength, read};
use crate::lexicon::lexicon_oracle::Oracle;
use crate::lexicon::text::NormalText;
use crate::lexicon::token::tokens;
use crate::lexicon::{LexicalEntry, SemanticClass};
use crate::playbook::{Playbook, built_in_files};
use crate::reading::Polarity;
use crate::reading::ReadingContext;
use std::collections::BTreeSet;

/// A sentence with a place for an entry, and what the reader must make of it.
type Trial = (&'static str, fn(&Reading) -> bool);

fn names_nothing(reading: &Reading) -> bool {
    reading.reason == ReasonStrength::None
}

fn takes_a_side(reading: &Reading) -> bool {
    matches!(reading.intent, Polarity::Positive | Polarity::Negative)
}

fn off_topic(reading: &Reading, kind: OffTopicKind) -> bool {
    reading.off_topic_of(kind).next().is_some()
}

/// The sentences for the entries of a list; one that does what it should is enough.
fn trials(class: SemanticClass) -> Vec<Trial> {
    const WHY: &str = "Customer will not deploy because of {}.";
    match class {
        SemanticClass::Function
        | SemanticClass::Generic
        | SemanticClass::Vague
        | SemanticClass::Filler
        | SemanticClass::Time => vec![(WHY, names_nothing)],
        SemanticClass::Topic | SemanticClass::Event => vec![(WHY, |r| r.reason != ReasonStrength::None)],
        SemanticClass::Adopt | SemanticClass::Want | SemanticClass::Refuse | SemanticClass::Obstacle => {
            vec![("They {} Teams.", takes_a_side), ("Teams {}.", takes_a_side)]
        }
        SemanticClass::Stay => {
            vec![("They {} Zoom.", takes_a_side), ("They {} Zoom.", |r| r.features.elsewhere.is_some())]
        }
        SemanticClass::Trouble => vec![("There is a {} for Teams.", |r| r.features.hindrance.is_some())],
        SemanticClass::Progress | SemanticClass::Done => vec![
            ("The rollout of Teams is {}.", |r| r.intent == Polarity::Positive),
            ("Teams {} wave 3.", |r| r.intent == Polarity::Positive),
        ],
        SemanticClass::Phase => vec![("Customer is at {}.", |r| r.state != ReasonStrength::None)],
        SemanticClass::HedgeTime | SemanticClass::HedgeDoubt => vec![
            ("Customer will not deploy Teams {}.", |r| !r.hedges.is_empty()),
            ("{} customer will not deploy Teams.", |r| !r.hedges.is_empty()),
        ],
        SemanticClass::Undecided => vec![("The customer is {}.", |r| r.features.undecided.is_some())],
        SemanticClass::Negation => vec![
            ("Customer {} deploy Teams.", |r| r.intent == Polarity::Negative),
            ("3 mails to the CIO, {} reply.", |r| r.contact.silent),
        ],
        SemanticClass::Neutral => vec![
            ("Customer deploys Teams, {}.", |r| r.intent == Polarity::Positive),
            ("Customer deploys Teams {}.", |r| r.intent == Polarity::Positive),
        ],
        SemanticClass::Cause => vec![("Customer will not deploy Teams {} Zscaler drops UDP.", |r| r.gives_cause)],
        SemanticClass::Effect => vec![("The proxy drops UDP, {} customer will not deploy Teams.", |r| {
            r.reason != ReasonStrength::None && r.intent == Polarity::Negative
        })],
        SemanticClass::Concession | SemanticClass::Condition | SemanticClass::Contrast => {
            vec![("Customer will deploy Teams, {} Zscaler drops UDP.", |r| r.features.contrast_or_condition.is_some())]
        }
        SemanticClass::Benefit | SemanticClass::Help => vec![("Customer declined {}.", |r| r.benefit.is_some())],
        SemanticClass::Meeting => vec![("Next {} scheduled on Monday.", |r| off_topic(r, OffTopicKind::Engagement))],
        SemanticClass::Arrange => {
            vec![("FM will {} the kickoff on Monday.", |r| off_topic(r, OffTopicKind::Engagement))]
        }
        SemanticClass::Usage => vec![("{} 12%.", |r| off_topic(r, OffTopicKind::Usage))],
        SemanticClass::Pointer => vec![
            ("{} the overall notes.", |r| off_topic(r, OffTopicKind::Pointer)),
            ("{}.", |r| off_topic(r, OffTopicKind::Pointer)),
        ],
        SemanticClass::Elsewhere => vec![("See the {}.", |r| off_topic(r, OffTopicKind::Pointer))],
        SemanticClass::ToDo => vec![
            ("{}.", |r| off_topic(r, OffTopicKind::ToDo) || off_topic(r, OffTopicKind::Placeholder)),
            ("{} with the account team.", |r| off_topic(r, OffTopicKind::ToDo)),
        ],
        SemanticClass::Greeting => vec![("{}!", |r| off_topic(r, OffTopicKind::Greeting))],
        SemanticClass::Talk => vec![
            ("We {} Jamf, Knox and MobileIron.", |r| off_topic(r, OffTopicKind::Engagement)),
            ("{}: Jamf, Knox and MobileIron.", |r| off_topic(r, OffTopicKind::Engagement)),
        ],
        SemanticClass::Praise => vec![
            ("Empower {} teams in your company.", |r| off_topic(r, OffTopicKind::Praise)),
            ("Empower users {}.", |r| off_topic(r, OffTopicKind::Praise)),
            ("Teams will {} and empower.", |r| off_topic(r, OffTopicKind::Praise)),
        ],
        SemanticClass::Aside => vec![("The uncle has a {} again.", |r| off_topic(r, OffTopicKind::Engagement))],
        SemanticClass::Placeholder => {
            vec![("{}.", |r| off_topic(r, OffTopicKind::Placeholder) || off_topic(r, OffTopicKind::ToDo))]
        }
        SemanticClass::Contact => vec![("3 {} to the CIO unanswered.", |r| r.contact.attempts)],
        SemanticClass::Reach => vec![("We {} the CIO 3 times.", |r| r.contact.attempts)],
        SemanticClass::Silence => vec![("3 calls to the CIO, {}.", |r| r.contact.silent)],
        SemanticClass::Reply => vec![("3 mails to the CIO, no {}.", |r| r.contact.silent)],
        SemanticClass::Answer => vec![("Customer {} mails.", |r| r.contact.answered)],
        SemanticClass::Unknown => {
            vec![("Intent {}.", |r| r.contact.intent_unknown), ("They {}.", |r| r.contact.intent_unknown)]
        }
        SemanticClass::Learn => vec![("We could not {} their intent.", |r| r.contact.intent_unknown)],
        SemanticClass::Person => vec![("3 calls to the {} unanswered.", |r| r.contact.whom)],
        SemanticClass::Managed => vec![("No reply to 3 mails, {}.", |r| r.contact.managed)],
        SemanticClass::Count => vec![
            ("{} calls to the CIO unanswered.", |r| r.contact.counted),
            ("Called the CIO {}.", |r| r.contact.counted),
        ],
        SemanticClass::Duplicate => vec![("These seats: {}.", |r| r.duplicate.is_some())],
        SemanticClass::Slot => vec![("Blocked by [{}].", |r| !r.slots.is_empty())],
    }
}

/// The entries that a labelled note meets as they stand, not hidden by a longer one.
fn met(entries: &[(String, LexicalEntry)]) -> BTreeSet<&str> {
    let oracle = Oracle::new(entries);
    let mut met = BTreeSet::new();
    for labelled in labelled_notes() {
        let note = NormalText::new(&labelled.note);
        let tokens = tokens(&note);
        let mut at = 0;
        while at < tokens.len() {
            let found = oracle.longest(&tokens, note.text(), at);
            at += found.as_ref().map_or(1, |(found, _)| found.length);
            met.extend(found.into_iter().flat_map(|(_, from)| from).map(|entry| entries[entry].0.as_str()));
        }
    }
    met
}

#[test]
fn every_word_earns_its_place() {
    let playbook = Playbook::built_in();
    let heading = ReadingContext { workload: Some("Teams"), ..ReadingContext::default() };
    let files = built_in_files();
    let entries = files.entries();
    let met = met(&entries);
    let mut idle = Vec::new();
    for (class, name, words) in &files.words {
        for word in words.iter().filter(|word| !met.contains(word.as_str())) {
            let works = trials(*class)
                .iter()
                .any(|(sentence, holds)| holds(&read(&sentence.replace("{}", word), heading, &playbook)));
            if !works {
                idle.push(format!("{name}: {word}"));
            }
        }
    }
    assert!(idle.is_empty(), "{} entries do nothing: {idle:#?}", idle.len());
}

#[test]
fn every_name_and_term_of_a_workload_is_known() {
    let playbook = Playbook::built_in();
    for workload in built_in_files().workloads {
        let name = &workload.name;
        for word in [workload.aliases, workload.terms, workload.never].concat() {
            let note = NormalText::new(&word);
            let tokens = tokens(&note);
            let found = playbook.lexicon().look_up(&tokens, note.text()).longest(0).unwrap();
            let whole = found.length == tokens.len();
            let sense = found.sense;
            assert!(
                whole && (sense.names.is_some() || sense.belongs.is_some() || sense.never.is_some()),
                "{name}: {word} is hidden by another entry"
            );
        }
    }
}
