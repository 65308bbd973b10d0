//! What the propositions of all clauses comes to.

use super::clause::Role;
use super::proposition::{Direction, Predicate, Proposition, Strength};

/// The intent of a whole note.
#[derive(Debug, Clone)]
pub(crate) struct Intent {
    pub(crate) direction: Option<Direction>,
    /// Index of the propositions that decided.
    pub(crate) decided_by: Option<usize>,
    /// Plainly for, plainly against: the ground for mismatch and contradiction.
    pub(crate) plainly_for: bool,
    pub(crate) plainly_against: bool,
}

/// Weighs the propositions: claims before causes, plain before implied, after "but" before what stood before it.
pub(crate) fn weigh(propositions: &[Proposition]) -> Intent {
    let claims = |e: &&Proposition| matches!(e.role, Role::Main | Role::Effect) && e.tells_intent();
    // What is refused or hindered in passing is mostly something else; work in passing is mostly this.
    let of_something_else = |e: &Proposition| {
        e.strength == Strength::Implied
            && e.role != Role::Effect
            && matches!(e.predicate, Predicate::Refuse | Predicate::Block)
    };
    let rank = |e: &Proposition| {
        (
            e.predicate != Predicate::Mention,
            e.contrast,
            e.strength,
            e.predicate != Predicate::Keep,
            !of_something_else(e),
            e.direction,
        )
    };
    let against = |predicate: &[Predicate]| {
        propositions
            .iter()
            .filter(claims)
            .any(|e| e.direction == Direction::Against && predicate.contains(&e.predicate))
    };
    let wished = propositions.iter().position(|e| {
        claims(&e) && e.predicate == Predicate::Want && e.direction == Direction::For && e.strength == Strength::Plain
    });
    // "They want it but are stuck": being kept from something leaves the wish as it is; refusing it does not.
    let wished = wished
        .filter(|_| against(&[Predicate::Block]) && !against(&[Predicate::Want, Predicate::Adopt, Predicate::Refuse]));
    let decided = wished.and_then(|at| Some((at, propositions.get(at)?))).or_else(|| strongest(propositions, &rank));
    let plain = |direction| {
        propositions.iter().filter(claims).any(|e| e.direction == direction && e.strength == Strength::Plain)
    };
    Intent {
        direction: decided.map(|(_, e)| e.direction),
        decided_by: decided.map(|(at, _)| at),
        plainly_for: plain(Direction::For),
        plainly_against: plain(Direction::Against),
    }
}

/// The strongest claim, or, where nothing is claimed, the strongest cause.
fn strongest<'a, K: Ord>(
    propositions: &'a [Proposition],
    rank: &dyn Fn(&Proposition) -> K,
) -> Option<(usize, &'a Proposition)> {
    let of_roles = |roles: &[Role]| {
        propositions
            .iter()
            .enumerate()
            .filter(|(_, e)| roles.contains(&e.role) && e.tells_intent())
            .max_by_key(|(at, e)| (rank(e), std::cmp::Reverse(*at)))
    };
    of_roles(&[Role::Main, Role::Effect]).or_else(|| of_roles(&[Role::Cause]))
}
