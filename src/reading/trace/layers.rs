//! The layers below the propositions: terms, cues, sentences, clauses.

use super::{Quote, Source, names};
use crate::lexicon::token::Kind;
use crate::reading::answer::relevance::LEADING;
use crate::reading::clause::Clause;
use crate::reading::cue_hit::CueHit;
use crate::reading::mark::Mark;
use crate::reading::term::{Term, Terms};
use schemars::JsonSchema;
use serde::Serialize;

/// A word, a phrase of a list, a number or a punctuation mark.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct TermTrace {
    /// Its number, from 1.
    pub number: usize,
    /// As it is written.
    pub words: Quote,
    /// As the lists and cues see it.
    pub text: String,
    /// `word`, `number` or `punctuation`.
    pub kind: &'static str,
    /// The entry of the lists that it is a form of, in base forms and without hyphens, where that is written
    /// otherwise.
    pub entry: Option<String>,
    /// The lists of words that it is in, by the names of their files in the playbook.
    pub lists: Vec<&'static str>,
    /// The workload that it names.
    pub names: Option<String>,
    /// The workload whose part or term it is.
    pub part_of: Option<String>,
    /// The workload that it cannot apply to.
    pub never_of: Option<String>,
    /// How it looks, where that can matter: `name` (a capital inside a sentence), `capitals`, `joined` (by a hyphen),
    /// `keyboard noise`.
    pub look: Vec<&'static str>,
    /// What the cues say of it.
    pub marks: Vec<MarkTrace>,
}

impl TermTrace {
    /// Whether no list knows it, and it is a word.
    #[must_use]
    pub fn is_unknown(&self) -> bool {
        let known = [&self.names, &self.part_of, &self.never_of];
        self.kind == "word" && self.lists.is_empty() && known.iter().all(|known| known.is_none())
    }
}

/// A mark on a term.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct MarkTrace {
    /// The mark.
    pub mark: &'static str,
    /// The cue that gave it, with its file: `negation.yaml: lack-named`; none for the name of the record's customer.
    pub cue: Option<String>,
}

/// A cue that was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct CueTrace {
    /// The file that it is in.
    pub file: String,
    /// Its `id` there.
    pub id: String,
    /// The one of its patterns that matched.
    pub pattern: String,
    /// The words that the pattern took.
    pub words: Quote,
    /// The mark that it gives.
    pub gives: &'static str,
    /// The numbers of the terms that it marked.
    pub terms: Vec<usize>,
}

/// A sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct SentenceTrace {
    /// Its number, from 1.
    pub number: usize,
    /// Its words.
    pub words: Quote,
    /// What it is about: `status`, or what does not belong in a status note.
    pub about: &'static str,
    /// The words that lead away from the status, with their lists, where it is not about the status.
    pub led_by: Vec<String>,
}

/// A clause.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ClauseTrace {
    /// Its number, from 1, in the order of the note.
    pub number: usize,
    /// The sentence that it is in.
    pub sentence: usize,
    /// `main`, `cause`, `effect`, `condition` or `concession`.
    pub role: &'static str,
    /// The connecting word or mark before it, with its list.
    pub connective: Option<Quote>,
    /// The list of the connecting word.
    pub connective_lists: Vec<&'static str>,
    /// Whether it comes after "but" or its like.
    pub contrast: bool,
    /// Its words.
    pub words: Quote,
    /// Why it is padding, where it is.
    pub padding: Option<&'static str>,
    /// Whether it was set aside as padding; what is padding stays where nothing else is left.
    pub set_aside: bool,
    /// What it is about, seen by itself; nothing for what was set aside.
    pub about: Option<&'static str>,
    /// Its terms, from the first to one past the last, by their numbers.
    pub terms: (usize, usize),
}

impl Source<'_> {
    pub(super) fn terms(&self) -> Vec<TermTrace> {
        let each = self.analysis.terms.terms.iter().zip(&self.hits).enumerate();
        each.map(|(at, (term, hits))| self.term(at, term, hits)).collect()
    }

    fn term(&self, at: usize, term: &Term, hits: &[&CueHit]) -> TermTrace {
        let text = self.analysis.terms.text(term);
        let workload = |index: u16| self.playbook.workload_name(index).to_owned();
        let look = [
            (term.proper, "name"),
            (term.acronym, "capitals"),
            (term.joined, "joined"),
            (term.noise, "keyboard noise"),
        ];
        TermTrace {
            number: at + 1,
            words: self.quote(at..at + 1),
            text: text.to_owned(),
            kind: match term.kind {
                Kind::Word => "word",
                Kind::Number => "number",
                Kind::Address => "address",
                Kind::Mark => "punctuation",
            },
            entry: self.playbook.lexicon().entry_of(text, term.sense).filter(|entry| entry != text),
            lists: names::lists(term.sense.classes),
            names: term.sense.names.map(workload),
            part_of: term.sense.belongs.map(workload),
            never_of: term.sense.never.map(workload),
            look: look.into_iter().filter(|(is, _)| *is).map(|(_, name)| name).collect(),
            marks: marks(term, hits),
        }
    }

    pub(super) fn cues(&self) -> Vec<CueTrace> {
        let hits = self.analysis.terms.cues.iter();
        hits.map(|hit| CueTrace {
            file: format!("src/playbook/cues/{}.yaml", hit.file()),
            id: hit.id().to_owned(),
            pattern: hit.pattern_text().to_owned(),
            words: self.quote(hit.terms.clone()),
            gives: names::mark(hit.mark),
            terms: self.analysis.terms.marked_by(hit).iter().map(|at| at + 1).collect(),
        })
        .collect()
    }

    pub(super) fn sentences(&self) -> Vec<SentenceTrace> {
        let terms = &self.analysis.terms;
        let each = terms.sentences.iter().zip(&self.analysis.contents).enumerate();
        each.map(|(at, (range, content))| {
            let about = content.off_topic().map(names::off_topic);
            let leads = about.map(|_| self.leading(range.clone())).unwrap_or_default();
            SentenceTrace {
                number: at + 1,
                words: self.quote(range.clone()),
                about: about.unwrap_or("status"),
                led_by: leads,
            }
        })
        .collect()
    }

    /// The words of a range that lead away from the status, with their lists.
    fn leading(&self, range: std::ops::Range<usize>) -> Vec<String> {
        let terms = &self.analysis.terms;
        let led =
            terms.get(range).iter().filter(|term| term.meets(LEADING) || term.noise || term.is(Mark::HelpDeclined));
        let mut told: Vec<String> = led
            .map(|term| {
                let lists = names::lists(term.sense.classes.both(LEADING)).join(", ");
                let why =
                    if lists.is_empty() { "keyboard noise or a cue".to_owned() } else { format!("list: {lists}") };
                format!("{} ({why})", terms.text(term))
            })
            .collect();
        told.dedup();
        told
    }

    /// All clauses in the order of the note, padding among them.
    pub(super) fn clauses(&self) -> Vec<ClauseTrace> {
        let split = &self.analysis.clauses;
        let kept = split.substantive.iter().zip(&self.analysis.parts).map(|(clause, part)| (clause, Some(part)));
        let mut all: Vec<(&Clause, _)> = kept.chain(split.padding.iter().map(|clause| (clause, None))).collect();
        all.sort_by_key(|(clause, _)| clause.terms.start);
        let each = all.into_iter().enumerate();
        each.map(|(at, (clause, part))| {
            let opened = clause.opened_by.and_then(|at| self.analysis.terms.terms.get(at));
            ClauseTrace {
                number: at + 1,
                sentence: clause.sentence + 1,
                role: names::role(clause.role),
                connective: clause.opened_by.map(|at| self.quote(at..at + 1)),
                connective_lists: opened.map(|term| names::lists(term.sense.classes)).unwrap_or_default(),
                contrast: clause.contrast,
                words: self.quote(clause.terms.clone()),
                padding: clause.padding.map(names::padding),
                set_aside: part.is_none(),
                about: part.map(|part| part.off_topic().map_or("status", names::off_topic)),
                terms: (clause.terms.start + 1, clause.terms.end + 1),
            }
        })
        .collect()
    }
}

/// The marks of a term, each with the first cue that gave it.
fn marks(term: &Term, hits: &[&CueHit]) -> Vec<MarkTrace> {
    let given = Mark::ALL.iter().filter(|(mark, _)| term.is(*mark));
    given
        .map(|(mark, name)| {
            let hit = hits.iter().find(|hit| hit.mark == *mark);
            MarkTrace { mark: name, cue: hit.map(|hit| format!("{}.yaml: {}", hit.file(), hit.id())) }
        })
        .collect()
}

/// The cues that marked each term of a note.
pub(super) fn hits_by_term(terms: &Terms) -> Vec<Vec<&CueHit>> {
    let mut hits: Vec<Vec<&CueHit>> = vec![Vec::new(); terms.terms.len()];
    for hit in &terms.cues {
        for at in terms.marked_by(hit) {
            if let Some(of_term) = hits.get_mut(*at) {
                of_term.push(hit);
            }
        }
    }
    hits
}
