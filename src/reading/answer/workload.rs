//! Parts of a note that belong to another workload.

use crate::lexicon::spelling::is_english;
use crate::lexicon::token::Kind;
use crate::lexicon::{SemanticClass, SemanticClasses, WorkloadIndex};
use crate::playbook::Playbook;
use crate::reading::clause::{Clause, Role};
use crate::reading::mark::Mark;
use crate::reading::proposition::{Direction, Predicate, Proposition, Strength};
use crate::reading::term::{Term, Terms};
use crate::text::NoteSpan;

/// A part of a note that belongs to another workload.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForeignWorkload {
    /// The words that give it away.
    pub span: NoteSpan,
    /// The workload they belong to.
    pub workload: String,
    /// What gives it away.
    pub sign: ForeignSign,
}

/// What shows that a note speaks of another workload.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ForeignSign {
    /// It speaks in the other's terms, or of what cannot apply to this one.
    Terms,
    /// The other, by name, is what will not or cannot be used.
    Refused,
    /// The other, by name, is what is under way.
    Moved,
}

/// A claim, a cause or a state that speaks in another workload's terms, twice at least, while nothing speaks in this
/// one's; or of what cannot apply to this one.
pub(crate) fn foreign(
    note: &Terms,
    clauses: &[Clause],
    propositions: &[Proposition],
    own: Option<WorkloadIndex>,
    playbook: &Playbook,
) -> Option<ForeignWorkload> {
    let own = own?;
    let belongs_here = |index: Option<WorkloadIndex>| index.is_some_and(|index| playbook.shares(own, index));
    if note.terms.iter().any(|term| belongs_here(term.sense.belongs)) {
        return None;
    }
    // "As the relay still speaks NTLM" turns nothing that is claimed.
    let turning = SemanticClasses::of(SemanticClass::Contrast);
    let turns = |clause: &Clause| note.get(clause.terms.clone()).iter().any(|term| term.meets(turning));
    if clauses.iter().any(|clause| clause.contrast || clause.role != Role::Cause && turns(clause)) {
        return None;
    }
    let sense = |at: usize| note.terms.get(at).map(|term| term.sense).unwrap_or_default();
    let told = claimed(note, clauses, propositions, own, playbook)
        .or_else(|| headed(note, clauses, propositions, own, playbook));
    if let Some((at, sign)) = told {
        let named =
            sense(at).names.or(sense(at).belongs).map_or("another workload", |named| playbook.workload_name(named));
        return Some(ForeignWorkload { span: note.span(at..at + 1)?, workload: named.to_owned(), sign });
    }
    let claims = clauses.iter().filter(|clause| matches!(clause.role, Role::Main | Role::Cause | Role::Effect));
    let terms: Vec<usize> = claims.flat_map(|clause| clause.terms.clone()).collect();
    // What cannot apply here may well be the reason: "a lawsuit that freezes all mailboxes".
    let mut main = clauses
        .iter()
        .filter(|clause| matches!(clause.role, Role::Main | Role::Effect))
        .flat_map(|clause| clause.terms.clone());
    if let Some(at) = main.find(|at| sense(*at).never == Some(own)) {
        let of = sense(at).belongs.map_or("another workload", |index| playbook.workload_name(index));
        return Some(ForeignWorkload {
            span: note.span(at..at + 1)?,
            workload: of.to_owned(),
            sign: ForeignSign::Terms,
        });
    }
    let of = |at: usize| sense(at).belongs.or(sense(at).names);
    let (at, named) = terms.iter().find_map(|at| Some((*at, sense(*at).belongs?)))?;
    let hits = terms.iter().filter(|other| of(**other).is_some_and(|index| playbook.shares(named, index))).count();
    // "Because it does not work in SharePoint": who names the other one knows that the note is about this one.
    let causes = clauses.iter().filter(|clause| clause.role == Role::Cause);
    if hits < 2 || causes.into_iter().any(|clause| meets_another(note, clause, own)) {
        return None;
    }
    Some(ForeignWorkload {
        span: note.span(at..at + 1)?,
        workload: playbook.workload_name(named).to_owned(),
        sign: ForeignSign::Terms,
    })
}

/// Whether a cause is about something of this service that meets another one, by name: "as RLS fails in SharePoint".
fn meets_another(note: &Terms, clause: &Clause, own: WorkloadIndex) -> bool {
    let small = SemanticClasses::any(&[SemanticClass::Function, SemanticClass::Generic, SemanticClass::Vague]);
    let terms = note.get(clause.terms.clone());
    let is_foreign = |term: &Term| term.sense.belongs.is_some() || term.names_other(Some(own));
    let subject = terms.iter().find(|term| !term.is_mark() && (is_foreign(term) || !term.meets(small)));
    subject.is_some_and(|term| !is_foreign(term)) && terms.iter().any(|term| term.names_other(Some(own)))
}

/// The name of another workload that a claim is about: what will not be used, or is under way, is not this one.
fn claimed(
    note: &Terms,
    clauses: &[Clause],
    propositions: &[Proposition],
    own: WorkloadIndex,
    playbook: &Playbook,
) -> Option<(usize, ForeignSign)> {
    let users = clauses.iter().filter(|clause| clause.role == Role::Main).find_map(|clause| users_on(note, clause));
    if let Some(at) = users {
        return Some((at, ForeignSign::Moved));
    }
    let main = propositions.iter().filter(|e| matches!(e.role, Role::Main | Role::Effect) && !e.contrast);
    main.filter_map(|e| {
        let clause = clauses.get(e.clause)?;
        let foreign = |index: Option<WorkloadIndex>| index.is_some_and(|index| !playbook.shares(own, index));
        let named = clause.terms.clone().find(|at| {
            note.terms.get(*at).is_some_and(|term| {
                let by_term = term.is(Mark::MigrationOf) && foreign(term.sense.belongs);
                term.names_other(Some(own)) && foreign(term.sense.names) || by_term
            })
        })?;
        let leads =
            note.get(clause.terms.start..named).iter().all(|term| term.is_mark() || term.has(SemanticClass::Function));
        // "Behind Azure AD Premium" comes after it, and "Windows 2016" is another product.
        let joins = |term: &Term| term.is(Mark::LeadsToName);
        let taking = SemanticClasses::any(&[
            SemanticClass::Adopt,
            SemanticClass::Progress,
            SemanticClass::Want,
            SemanticClass::Obstacle,
        ]);
        let before = note.get(clause.terms.start..named).iter().rev().find(|term| !joins(term));
        let follows = before.is_some_and(|term| term.meets(taking));
        if note.terms.get(named + 1).is_some_and(|next| next.kind == Kind::Number) {
            return None;
        }
        match (e.direction, e.predicate) {
            (Direction::Against, Predicate::Adopt | Predicate::Block | Predicate::Want) if leads || follows => {
                Some((named, ForeignSign::Refused))
            }
            (Direction::For, _) if leads || follows => Some((named, ForeignSign::Moved)),
            _ => None,
        }
    })
    .next()
}

/// A part of another workload, or its name, as the subject of the first clause, where nothing else in the note speaks
/// of taking anything into use: "mailboxes cannot be migrated, as the relay needs NTLM".
fn headed(
    note: &Terms,
    clauses: &[Clause],
    propositions: &[Proposition],
    own: WorkloadIndex,
    playbook: &Playbook,
) -> Option<(usize, ForeignSign)> {
    let first = clauses.iter().position(|clause| clause.role == Role::Main)?;
    let at = subject(note, clauses.get(first)?)?;
    // "Forms", "Edge" and their like at the head of a sentence may be what they are called every day.
    let everyday = |term: &&Term| term.sense.names.is_none() || term.proper || !is_english(note.text(term));
    let sense = note.terms.get(at).filter(everyday)?.sense;
    let of = sense.names.or(sense.belongs).filter(|of| !playbook.shares(own, *of))?;
    let claims = || propositions.iter().filter(|e| matches!(e.role, Role::Main | Role::Effect) && e.tells_intent());
    let own_term = |term: &Term| term.names_other(Some(of)) && !term.names_other(Some(own));
    // "Until 2027, they will not deploy": a claim, though its clause seems to be a condition.
    let claimed = |e: &Proposition| e.role != Role::Cause && e.strength == Strength::Plain && e.tells_intent();
    let elsewhere = propositions.iter().any(|e| e.clause != first && claimed(e));
    if elsewhere || note.terms.iter().any(own_term) {
        return None;
    }
    let said = claims().find(|e| e.clause == first).map(|e| e.direction);
    match said {
        Some(Direction::Against) => Some((at, ForeignSign::Refused)),
        Some(Direction::For) => Some((at, ForeignSign::Moved)),
        None => Some((at, ForeignSign::Terms)),
    }
}

/// The first term of a clause that names something; how many of it does not matter: "the 210 mailboxes".
fn subject(note: &Terms, clause: &Clause) -> Option<usize> {
    let small = SemanticClasses::any(&[
        SemanticClass::Function,
        SemanticClass::Generic,
        SemanticClass::Vague,
        SemanticClass::Count,
        SemanticClass::Negation,
    ]);
    let names = |term: &Term| term.sense.names.is_some() || term.sense.belongs.is_some();
    let counts = |term: &Term| term.kind == Kind::Number || term.meets(small) && !names(term);
    clause.terms.clone().find(|at| note.terms.get(*at).is_some_and(|term| !term.is_mark() && !counts(term)))
}

/// "2,139 of 2,646 users are on Yammer": figures of people who are on another workload.
fn users_on(note: &Terms, clause: &Clause) -> Option<usize> {
    let terms = note.get(clause.terms.clone());
    let figure = terms.iter().any(|term| term.kind == Kind::Number);
    let named = terms.iter().position(|term| term.is(Mark::UsersOnOther));
    named.filter(|_| figure).map(|at| clause.terms.start + at)
}
