//! What the evidence of all clauses comes to.

use super::{Basis, Direction, Evidence, Strength};
use crate::reading::clause::Role;

/// The intent of a whole note.
#[derive(Debug, Clone)]
pub(crate) struct Intent {
    pub(crate) direction: Option<Direction>,
    /// Index of the evidence that decided.
    pub(crate) decided_by: Option<usize>,
    /// Plainly for, plainly against: the ground for mismatch and contradiction.
    pub(crate) plainly_for: bool,
    pub(crate) plainly_against: bool,
}

/// Weighs the evidence: claims before causes, plain before implied, after "but" before what stood before it.
pub(crate) fn weigh(evidence: &[Evidence]) -> Intent {
    let claims = |e: &&Evidence| matches!(e.role, Role::Main | Role::Effect);
    // What is refused or hindered in passing is mostly something else; work in passing is mostly this.
    let of_something_else = |e: &Evidence| {
        e.strength == Strength::Implied
            && e.role != Role::Effect
            && matches!(e.basis, Basis::Refusal | Basis::Hindrance)
    };
    let rank = |e: &Evidence| {
        (e.basis != Basis::Mention, e.contrast, e.strength, e.basis != Basis::Other, !of_something_else(e), e.direction)
    };
    let against = |basis: &[Basis]| {
        evidence.iter().filter(claims).any(|e| e.direction == Direction::Against && basis.contains(&e.basis))
    };
    let wished = evidence.iter().position(|e| {
        claims(&e) && e.basis == Basis::Wish && e.direction == Direction::For && e.strength == Strength::Plain
    });
    // "They want it but are stuck": being kept from something leaves the wish as it is; refusing it does not.
    let wished =
        wished.filter(|_| against(&[Basis::Hindrance]) && !against(&[Basis::Wish, Basis::Will, Basis::Refusal]));
    let decided = wished.and_then(|at| Some((at, evidence.get(at)?))).or_else(|| strongest(evidence, &rank));
    let plain =
        |direction| evidence.iter().filter(claims).any(|e| e.direction == direction && e.strength == Strength::Plain);
    Intent {
        direction: decided.map(|(_, e)| e.direction),
        decided_by: decided.map(|(at, _)| at),
        plainly_for: plain(Direction::For),
        plainly_against: plain(Direction::Against),
    }
}

/// The strongest claim, or, where nothing is claimed, the strongest cause.
fn strongest<'a, K: Ord>(evidence: &'a [Evidence], rank: &dyn Fn(&Evidence) -> K) -> Option<(usize, &'a Evidence)> {
    let of_roles = |roles: &[Role]| {
        evidence
            .iter()
            .enumerate()
            .filter(|(_, e)| roles.contains(&e.role))
            .max_by_key(|(at, e)| (rank(e), std::cmp::Reverse(*at)))
    };
    of_roles(&[Role::Main, Role::Effect]).or_else(|| of_roles(&[Role::Cause]))
}
