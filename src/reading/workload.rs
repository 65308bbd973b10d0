//! Parts of a note that belong to another workload.

use super::clause::{Clause, Role};
use super::intent::{Basis, Direction, Evidence};
use super::lexicon::{Class, Classes, WorkloadIndex};
use super::token::Kind;
use super::unit::{Unit, Units};
use crate::playbook::Playbook;
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
    note: &Units,
    clauses: &[Clause],
    evidence: &[Evidence],
    own: Option<WorkloadIndex>,
    playbook: &Playbook,
) -> Option<ForeignWorkload> {
    let own = own?;
    let belongs_here = |index: Option<WorkloadIndex>| index.is_some_and(|index| playbook.shares(own, index));
    if note.units.iter().any(|unit| belongs_here(unit.sense.belongs)) {
        return None;
    }
    let turning = Classes::of(Class::Contrast);
    if note.units.iter().any(|unit| unit.meets(turning)) {
        return None;
    }
    let sense = |at: usize| note.units.get(at).map(|unit| unit.sense).unwrap_or_default();
    if let Some((at, sign)) = claimed(note, clauses, evidence, own, playbook) {
        let named =
            sense(at).names.or(sense(at).belongs).map_or("another workload", |named| playbook.workload_name(named));
        return Some(ForeignWorkload { span: note.span(at..at + 1)?, workload: named.to_owned(), sign });
    }
    let claims = clauses.iter().filter(|clause| matches!(clause.role, Role::Main | Role::Cause | Role::Effect));
    let units: Vec<usize> = claims.flat_map(|clause| clause.units.clone()).collect();
    // What cannot apply here may well be the reason: "a lawsuit that freezes all mailboxes".
    let mut main = clauses
        .iter()
        .filter(|clause| matches!(clause.role, Role::Main | Role::Effect))
        .flat_map(|clause| clause.units.clone());
    if let Some(at) = main.find(|at| sense(*at).never == Some(own)) {
        let of = sense(at).belongs.map_or("another workload", |term| playbook.workload_name(term));
        return Some(ForeignWorkload {
            span: note.span(at..at + 1)?,
            workload: of.to_owned(),
            sign: ForeignSign::Terms,
        });
    }
    let of = |at: usize| sense(at).belongs.or(sense(at).names);
    let (at, term) = units.iter().find_map(|at| Some((*at, sense(*at).belongs?)))?;
    let hits = units.iter().filter(|other| of(**other).is_some_and(|index| playbook.shares(term, index))).count();
    if hits < 2 {
        return None;
    }
    Some(ForeignWorkload {
        span: note.span(at..at + 1)?,
        workload: playbook.workload_name(term).to_owned(),
        sign: ForeignSign::Terms,
    })
}

/// The name of another workload that a claim is about: what will not be used, or is under way, is not this one.
fn claimed(
    note: &Units,
    clauses: &[Clause],
    evidence: &[Evidence],
    own: WorkloadIndex,
    playbook: &Playbook,
) -> Option<(usize, ForeignSign)> {
    let users =
        clauses.iter().filter(|clause| clause.role == Role::Main).find_map(|clause| users_on(note, clause, own));
    if let Some(at) = users {
        return Some((at, ForeignSign::Moved));
    }
    let main = evidence.iter().filter(|e| matches!(e.role, Role::Main | Role::Effect) && !e.contrast);
    main.filter_map(|e| {
        let clause = clauses.get(e.clause)?;
        let foreign = |index: Option<WorkloadIndex>| index.is_some_and(|index| !playbook.shares(own, index));
        let named = clause.units.clone().find(|at| {
            note.units.get(*at).is_some_and(|unit| {
                let term = note.text(unit).ends_with(" migration") && foreign(unit.sense.belongs);
                unit.names_other(Some(own)) && foreign(unit.sense.names) || term
            })
        })?;
        let leads = note.get(clause.units.start..named).iter().all(|unit| unit.is_mark() || unit.has(Class::Function));
        // "Behind Azure AD Premium" comes after it, and "Windows 2016" is another product.
        let joins = |unit: &Unit| {
            matches!(note.text(unit), "for" | "in" | "of" | "on" | "onto" | "our" | "the" | "their" | "to" | "with")
        };
        let taking = Classes::any(&[Class::Adopt, Class::Progress, Class::Want, Class::Obstacle]);
        let before = note.get(clause.units.start..named).iter().rev().find(|unit| !joins(unit));
        let follows = before.is_some_and(|unit| unit.meets(taking));
        if note.units.get(named + 1).is_some_and(|next| next.kind == Kind::Number) {
            return None;
        }
        match (e.direction, e.basis) {
            (Direction::Against, Basis::Will | Basis::Hindrance | Basis::Wish) if leads || follows => {
                Some((named, ForeignSign::Refused))
            }
            (Direction::For, _) if leads || follows => Some((named, ForeignSign::Moved)),
            _ => None,
        }
    })
    .next()
}

/// "2,139 of 2,646 users are on Yammer": figures of people who are on another workload.
fn users_on(note: &Units, clause: &Clause, own: WorkloadIndex) -> Option<usize> {
    let units = note.get(clause.units.clone());
    let figure = units.iter().any(|unit| unit.kind == Kind::Number);
    let named = units.windows(3).position(|part| {
        let [are, on, name] = part else { return false };
        matches!(note.text(are), "are" | "is" | "live") && note.text(on) == "on" && name.names_other(Some(own))
    });
    named.filter(|_| figure).map(|at| clause.units.start + at + 2)
}
