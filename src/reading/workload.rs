//! Parts of a note that belong to another workload.

use super::ForeignWorkload;
use super::clause::{Clause, Role};
use super::lexicon::{Class, Classes, WorkloadIndex};
use super::unit::Units;
use crate::playbook::Playbook;

/// A claim, a cause or a state that speaks in another workload's terms while nothing speaks in this one's.
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
    let turning = Classes::any(&[Class::Condition, Class::Contrast, Class::Concession]);
    if note.units.iter().any(|unit| unit.meets(turning)) {
        return None;
    }
    let mut found = None;
    for clause in clauses.iter().filter(|clause| matches!(clause.role, Role::Main | Role::Cause | Role::Effect)) {
        for at in clause.units.clone() {
            let unit = note.units.get(at)?;
            if let Some(term) = unit.sense.belongs {
                found = found.or(Some((at, term)));
            }
        }
    }
    let (at, term) = found?;
    Some(ForeignWorkload { span: note.span(at..at + 1)?, workload: playbook.workload_name(term).to_owned() })
}
