//! Facts about a whole note that rules ask for and that no clause tells alone.

use super::clause::{Clause, Role};
use super::mark::Mark;
use super::proposition::Proposition;
use super::term::{Term, Terms};
use crate::lexicon::token::Kind;
use crate::lexicon::{SemanticClass, SemanticClasses, WorkloadIndex};
use crate::text::NoteSpan;

/// The first word or phrase of one of the classes.
pub(crate) fn first_of(terms: &Terms, classes: &[SemanticClass]) -> Option<NoteSpan> {
    let wanted = SemanticClasses::any(classes);
    let at = terms.terms.iter().position(|term| term.meets(wanted))?;
    terms.span(at..at + 1)
}

/// Whether the record's own workload is named.
pub(crate) fn names_own(terms: &Terms) -> bool {
    terms.own.is_some() && terms.terms.iter().any(|term| term.sense.names == terms.own)
}

/// The first words that say it is counted twice or not real; "tried twice" counts attempts.
pub(crate) fn duplicate(terms: &Terms) -> Option<NoteSpan> {
    let attempts = terms.has(Mark::Attempt);
    let says_so = |term: &Term| term.has(SemanticClass::Duplicate) && !(attempts && term.is(Mark::NumberOfTimes));
    let at = terms.terms.iter().position(says_so)?;
    terms.span(at..at + 1)
}

/// How many words put something in doubt; a "may" that allows or forbids, or is a month, puts nothing.
pub(crate) fn doubts(terms: &Terms) -> usize {
    let doubts = |term: &&Term| term.has(SemanticClass::HedgeDoubt) && !(term.is(Mark::Forbidden) || term.capital);
    terms.terms.iter().filter(doubts).count()
}

/// How many words a note may have to say that licences are counted twice; who says more and names nothing says nothing.
const LONGEST_CLAIM: usize = 12;

/// Whether it only says that somebody called licences double or not real, and neither where else they are counted nor
/// what became of them.
pub(crate) fn only_judges_duplicate(terms: &Terms) -> bool {
    let judged = terms.has(Mark::Judged) || terms.word_count() > LONGEST_CLAIM || only_calls_invalid(terms);
    !terms.has(Mark::DuplicateGround) && judged
}

/// "Invalid entitlement, please disregard": nothing says what is wrong with it.
fn only_calls_invalid(terms: &Terms) -> bool {
    let mut claims = terms.terms.iter().filter(|term| term.has(SemanticClass::Duplicate)).peekable();
    claims.peek().is_some() && claims.all(|term| term.is(Mark::CalledInvalid))
}

/// "Seven hundred desktops reimaged", "uploaded all 40": a figure, and a verb in the past that no list knows. "The
/// smelter is off GroupWise", "planners follow": something moves, and nothing in its clause denies it.
pub(crate) fn tells_deeds(terms: &Terms, clauses: &[Clause]) -> bool {
    let figure = |term: &Term| term.kind == Kind::Number || term.has(SemanticClass::Count);
    let counts =
        |sentence: usize| terms.sentences.get(sentence).is_some_and(|s| terms.get(s.clone()).iter().any(figure));
    // "The minutes were circulated to 14 members": what was done with papers is no deed.
    let papers = SemanticClasses::any(&[SemanticClass::Meeting, SemanticClass::Aside]);
    clauses.iter().any(|clause| {
        let part = terms.get(clause.terms.clone());
        let has = |mark| part.iter().any(|term| term.is(mark));
        // "Autopilot profiles assigned" is no work on Power BI.
        let foreign = |term: &Term| term.sense.belongs.is_some() && term.sense.belongs != terms.own;
        let of_another =
            part.iter().any(foreign) && !part.iter().any(|term| term.sense.belongs == terms.own && terms.own.is_some());
        let moves = !of_another && clause.role != Role::Condition && has(Mark::Motion) && !part.iter().any(denies);
        moves || has(Mark::Deed) && !part.iter().any(|term| term.meets(papers)) && counts(clause.sentence)
    })
}

/// Whether a term denies, refuses or stops what its clause tells.
fn denies(term: &Term) -> bool {
    let no = SemanticClasses::any(&[SemanticClass::Negation, SemanticClass::Refuse, SemanticClass::Obstacle]);
    term.meets(no) && !term.is(Mark::Attribute) && !term.is(Mark::NoTurn)
}

/// Whether anything is denied, missing, too much or too little, or done by something else; what is over is not.
pub(crate) fn speaks_of_lack(terms: &Terms, claims: &[Proposition]) -> bool {
    let over = |at: &usize| claims.iter().any(|e| e.over && e.terms.contains(at));
    let mut lacks = terms.terms.iter().enumerate().filter(|(_, term)| term.is(Mark::Lack));
    lacks.any(|(at, _)| !over(&at))
}

/// Whether anything is denied or missing that work under way would not leave behind: what is there already and an old
/// system that is switched off are no lack.
pub(crate) fn denies_something(terms: &Terms, claims: &[Proposition]) -> bool {
    let over = |at: &usize| claims.iter().any(|e| e.over && e.terms.contains(at));
    let denies = |term: &Term| term.is(Mark::Lack) && !term.is(Mark::NoSetback);
    terms.terms.iter().enumerate().any(|(at, term)| denies(term) && !over(&at))
}

/// Whether phases, work under way or completion are spoken of, or a part of the service, outside of what is said of
/// help from us.
pub(crate) fn speaks_of_work(terms: &Terms, clauses: &[Clause], belongs_here: impl Fn(WorkloadIndex) -> bool) -> bool {
    let work = SemanticClasses::any(&[
        SemanticClass::Phase,
        SemanticClass::Progress,
        SemanticClass::Done,
        SemanticClass::Adopt,
    ]);
    let of_work =
        |term: &Term| !term.is(Mark::Attribute) && term.meets(work) || term.sense.belongs.is_some_and(&belongs_here);
    let parts = clauses.iter().map(|clause| terms.get(clause.terms.clone()));
    let mut about_service = parts.filter(|part| !part.iter().any(|term| term.is(Mark::HelpDeclined)));
    about_service.any(|part| part.iter().any(of_work))
}

/// The clause that declines help.
pub(super) fn declined_help(terms: &Terms, clauses: &[Clause]) -> Option<NoteSpan> {
    let declines = |clause: &&Clause| terms.get(clause.terms.clone()).iter().any(|term| term.is(Mark::HelpDeclined));
    clauses.iter().find(declines).and_then(|clause| terms.span(clause.terms.clone()))
}
