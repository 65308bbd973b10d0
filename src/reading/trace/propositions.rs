//! The propositions of a trace, those that do not count among them, and the clauses that have none.

use super::layers::ClauseTrace;
use super::signs::Signs;
use super::{Quote, Source, names};
use crate::lexicon::SemanticClass;
use crate::reading::answer::relevance::Relevance;
use crate::reading::balance::Standing;
use crate::reading::clause::Role;
use crate::reading::mark::Mark;
use crate::reading::proposition::{Absence, PREDICATES, Proposition, TermEffect, says_more_than_its_relative_clauses};
use crate::reading::term::Term;
use schemars::JsonSchema;
use serde::Serialize;

/// What a clause says about the intent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct PropositionTrace {
    /// Its number, from 1.
    pub number: usize,
    /// The clause that says it.
    pub clause: usize,
    /// Who does, wants or is it: `customer`, `somebody` (a person, or a word that no list knows), `own-service`,
    /// `other-workload`, `outsider`, `thing`, or `implied` where nobody is named.
    pub holder: &'static str,
    /// The words that name the holder.
    pub holder_words: Option<Quote>,
    /// `want`, `adopt`, `block`, `refuse`, `progress`, `keep` (something else), or `mention` (the deployment named, and
    /// nothing known said of it).
    pub predicate: &'static str,
    /// `for` or `against` the use of the service.
    pub direction: &'static str,
    /// `plain` where it speaks of the service or its deployment, else `implied`.
    pub strength: &'static str,
    /// The words that say it.
    pub words: Quote,
    /// The code that found it.
    pub found_by: &'static str,
    /// What each of its words does, and which list or cue makes it do so.
    pub made_of: Vec<WordTrace>,
    /// Whether it decides the intent.
    pub decides: bool,
    /// Why it decides, or does not.
    pub because: String,
}

/// A word of a proposition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct WordTrace {
    /// The word or phrase.
    pub text: String,
    /// `says`, `turns` (denies, refuses or stops), `keeps` (would turn, but a cue prevents it) or `passed over`.
    pub effect: &'static str,
    /// The list and the cues that it comes from.
    pub from: Vec<String>,
}

/// A clause that says nothing about the intent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct NoPropositionTrace {
    /// The clause.
    pub clause: usize,
    /// Why it has none, and which word might have made one.
    pub because: String,
}

/// What propositions are made of.
const INTENT: Signs = Signs(
    PREDICATES.with(SemanticClass::Negation).with(SemanticClass::Neutral),
    &[
        Mark::Attribute,
        Mark::Thing,
        Mark::GoesOn,
        Mark::GoesOnElsewhere,
        Mark::NoTurn,
        Mark::Struck,
        Mark::ShortOf,
        Mark::Inability,
        Mark::WillNot,
        Mark::Concord,
        Mark::DeploymentNoun,
        Mark::DeploymentModifier,
        Mark::Rests,
        Mark::Waits,
        Mark::Wish,
        Mark::Forbidden,
        Mark::Relative,
        Mark::Over,
    ],
);

impl Source<'_> {
    pub(super) fn propositions(&self, clauses: &[ClauseTrace]) -> Vec<PropositionTrace> {
        let each = self.analysis.propositions.iter().enumerate();
        each.map(|(at, proposition)| self.proposition(at + 1, proposition, clauses)).collect()
    }

    fn proposition(&self, number: usize, proposition: &Proposition, clauses: &[ClauseTrace]) -> PropositionTrace {
        let clause = self.analysis.clauses.substantive.get(proposition.clause);
        let start = clause.map_or(0, |clause| clause.terms.start);
        let range = clause.map_or(0..0, |clause| clause.terms.clone());
        let apart = says_more_than_its_relative_clauses(self.analysis.terms.get(range.clone()));
        let (decides, because) = self.standing(proposition);
        PropositionTrace {
            number,
            clause: clauses.binary_search_by_key(&(start + 1), |clause| clause.terms.0).map_or(0, |at| at + 1),
            holder: names::holder(proposition.holder),
            holder_words: proposition.holder_at.map(|at| self.quote(at..at + 1)),
            predicate: names::predicate(proposition.predicate),
            direction: names::direction(proposition.direction),
            strength: names::strength(proposition.strength),
            words: self.quote(proposition.with_auxiliaries(&self.analysis.terms)),
            found_by: names::origin(proposition.origin),
            made_of: range.filter_map(|at| self.word(at, apart)).collect(),
            decides,
            because,
        }
    }

    /// A word of a clause; `apart` where its relative clauses say nothing of the intent.
    fn word(&self, at: usize, apart: bool) -> Option<WordTrace> {
        let term = self.analysis.terms.terms.get(at)?;
        let effect = match TermEffect::of(term)? {
            _ if apart && term.is(Mark::Relative) => "passed over",
            TermEffect::PassedOver => "passed over",
            TermEffect::Turns => "turns",
            TermEffect::KeepsSense => "keeps",
            TermEffect::Carries => "says",
        };
        Some(WordTrace { text: self.analysis.terms.text(term).to_owned(), effect, from: self.from(at, &INTENT) })
    }

    /// Whether a proposition decides the intent, and why, or why not.
    fn standing(&self, proposition: &Proposition) -> (bool, String) {
        let Some(decided) = &self.analysis.decided else {
            let because = if proposition.tells_intent() {
                "does not count: nothing is claimed of the status"
            } else {
                names::standing(Standing::OfSomebodyElse)
            };
            return (false, because.to_owned());
        };
        let standing = Standing::of(proposition, decided);
        let clauses = &self.analysis.clauses.substantive;
        let sentence = clauses.get(proposition.clause).map_or(0, |clause| clause.sentence);
        match self.analysis.contents.get(sentence) {
            Some(Relevance::OffTopic(kind)) if standing != Standing::Decides => {
                (false, format!("does not count: its sentence is {} and not about the status", names::off_topic(*kind)))
            }
            _ => (standing == Standing::Decides, names::standing(standing).to_owned()),
        }
    }

    pub(super) fn without_proposition(&self, clauses: &[ClauseTrace]) -> Vec<NoPropositionTrace> {
        let kept = clauses.iter().filter(|clause| !clause.set_aside);
        let each = kept.zip(self.analysis.clauses.substantive.iter().enumerate());
        let without =
            each.filter(|(_, (at, _))| crate::reading::proposition::of(&self.analysis.propositions, *at).is_empty());
        without
            .map(|(told, (_, clause))| {
                let terms = self.analysis.terms.get(clause.terms.clone());
                let absence = Absence::of(terms);
                let claims = matches!(clause.role, Role::Main | Role::Effect) && absence == Absence::NoPredicate;
                let denied = claims.then(|| self.denied(clause.terms.clone())).flatten();
                let because = names::absence(absence).to_owned() + &denied.unwrap_or_default();
                NoPropositionTrace { clause: told.number, because }
            })
            .collect()
    }

    /// The word that a clause denies: most often the one that a list lacks.
    fn denied(&self, clause: std::ops::Range<usize>) -> Option<String> {
        let terms = self.analysis.terms.get(clause);
        let at = terms.iter().position(|term| TermEffect::of(term) == Some(TermEffect::Turns))?;
        let small = |term: &&Term| term.is_mark() || term.has(SemanticClass::Function);
        let after = terms.get(at + 1..)?.iter().find(|term| !small(term))?;
        let (no, denied) = (self.analysis.terms.text(terms.get(at)?), self.analysis.terms.text(after));
        Some(format!("; “{denied}” after “{no}” would make one if it were"))
    }
}
