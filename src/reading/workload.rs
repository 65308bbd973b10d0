//! Parts of a note that belong to another workload.

use super::ForeignWorkload;
use super::clause::{Clause, Role};
use super::lexicon::{Class, Classes, WorkloadIndex};
use super::unit::Units;
use crate::playbook::Playbook;

/// A claim, a cause or a state that speaks in another workload's terms, twice at least, while nothing speaks in this
/// one's; or of what cannot apply to this one.
pub(crate) fn foreign(
    note: &Units,
    clauses: &[Clause],
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
    let claims = clauses.iter().filter(|clause| matches!(clause.role, Role::Main | Role::Cause | Role::Effect));
    let units: Vec<usize> = claims.flat_map(|clause| clause.units.clone()).collect();
    let sense = |at: usize| note.units.get(at).map(|unit| unit.sense).unwrap_or_default();
    if let Some(at) = units.iter().copied().find(|at| sense(*at).never == Some(own)) {
        let of = sense(at).belongs.map_or("another workload", |term| playbook.workload_name(term));
        return Some(ForeignWorkload { span: note.span(at..at + 1)?, workload: of.to_owned() });
    }
    let of = |at: usize| sense(at).belongs.or(sense(at).names);
    let (at, term) = units.iter().find_map(|at| Some((*at, sense(*at).belongs?)))?;
    let hits = units.iter().filter(|other| of(**other).is_some_and(|index| playbook.shares(term, index))).count();
    if hits < 2 {
        return None;
    }
    Some(ForeignWorkload { span: note.span(at..at + 1)?, workload: playbook.workload_name(term).to_owned() })
}
