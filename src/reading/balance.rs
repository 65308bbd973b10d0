//! What the propositions of all clauses comes to.

use super::clause::Role;
use super::proposition::{Direction, Holder, Predicate, Proposition, Strength};

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
pub(crate) fn rank(propositions: &[Proposition]) -> Intent {
    let claims = |e: &&Proposition| matches!(e.role, Role::Main | Role::Effect) && e.tells_intent();
    let against = |predicate: &[Predicate]| {
        propositions
            .iter()
            .filter(claims)
            .any(|e| e.direction == Direction::Against && predicate.contains(&e.predicate))
    };
    let refused = propositions.iter().filter(claims).any(refuses);
    let kept = against(&[Predicate::Block, Predicate::Refuse]) && !refused;
    let wished = propositions.iter().position(|e| {
        let theirs = matches!(e.holder, Holder::Customer | Holder::Somebody | Holder::Implied);
        let wants = e.predicate == Predicate::Want && e.direction == Direction::For;
        claims(&e) && theirs && wants && e.strength == Strength::Plain
    });
    // "They want it but are stuck": being kept from something leaves the wish as it is; refusing it does not.
    let wished = wished.filter(|_| kept && !against(&[Predicate::Want, Predicate::Adopt]));
    let decided = wished.and_then(|at| Some((at, propositions.get(at)?))).or_else(|| strongest(propositions));
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

/// Whether the customer refuses it: "rollout stopped" and "the agreement forbids it" do not say that it wants no more.
fn refuses(e: &Proposition) -> bool {
    let theirs = match e.holder {
        Holder::Customer | Holder::Implied => true,
        Holder::Somebody => e.strength == Strength::Plain,
        _ => false,
    };
    theirs && e.predicate == Predicate::Refuse && e.direction == Direction::Against
}

/// The strongest claim, or, where nothing is claimed, the strongest cause.
fn strongest(propositions: &[Proposition]) -> Option<(usize, &Proposition)> {
    let of_roles = |roles: &[Role]| {
        propositions
            .iter()
            .enumerate()
            .filter(|(_, e)| roles.contains(&e.role) && e.tells_intent())
            .max_by_key(|(at, e)| (Rank::of(e), std::cmp::Reverse(*at)))
    };
    of_roles(&[Role::Main, Role::Effect]).or_else(|| of_roles(&[Role::Cause]))
}

/// What a proposition is worth beside others, the first difference deciding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[expect(clippy::struct_excessive_bools, reason = "each is a step of the order, and all combinations occur")]
struct Rank {
    has_verb: bool,
    contrast: bool,
    strength: Strength,
    is_not_about_another: bool,
    is_not_in_passing: bool,
    direction: Direction,
}

impl Rank {
    fn of(e: &Proposition) -> Self {
        // What is refused or hindered in passing is mostly something else; work in passing is mostly this.
        let in_passing = e.strength == Strength::Implied
            && e.role != Role::Effect
            && matches!(e.predicate, Predicate::Refuse | Predicate::Block);
        Self {
            has_verb: e.predicate != Predicate::Mention,
            contrast: e.contrast,
            strength: e.strength,
            is_not_about_another: e.predicate != Predicate::Keep,
            is_not_in_passing: !in_passing,
            direction: e.direction,
        }
    }

    /// What makes the other one stronger.
    fn outranked(self, other: Self) -> Outranked {
        match () {
            () if self.has_verb != other.has_verb => Outranked::OnlyMentions,
            () if self.contrast != other.contrast => Outranked::BeforeContrast,
            () if self.strength != other.strength => Outranked::Implied,
            () if self.is_not_about_another != other.is_not_about_another => Outranked::AboutAnother,
            () if self.is_not_in_passing != other.is_not_in_passing => Outranked::InPassing,
            () if self.direction != other.direction => Outranked::AgainstWins,
            () => Outranked::Later,
        }
    }
}

/// What makes another proposition the one that decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outranked {
    /// It only names the deployment.
    OnlyMentions,
    /// The other comes after "but" or its like.
    BeforeContrast,
    /// It is implied, the other plain.
    Implied,
    /// It is about another product.
    AboutAnother,
    /// It refuses or hinders in passing, which is mostly something else.
    InPassing,
    /// A no is stronger than a yes.
    AgainstWins,
    /// The other stands before it, and both are as strong.
    Later,
    /// The other is a plain wish, which being kept from it leaves as it is.
    Wish,
}

/// What a proposition does for the intent of its note.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing {
    /// It decides.
    Decides,
    /// Its clause is granted or a condition, and claims nothing.
    ClaimsNothing,
    /// It is of somebody or something else: another company, a supplier, a device, a building.
    OfSomebodyElse,
    /// It is over, and something goes on after it.
    Over,
    /// It is a cause, and something is claimed.
    OnlyCause,
    /// Another is stronger.
    Outranked(Outranked),
}

impl Standing {
    /// The standing of `one` among propositions of which `decided` decides.
    pub(crate) fn of(one: &Proposition, decided: &Proposition) -> Self {
        match one.role {
            _ if one.clause == decided.clause => Self::Decides,
            Role::Concession | Role::Condition => Self::ClaimsNothing,
            _ if one.over => Self::Over,
            _ if !one.tells_intent() => Self::OfSomebodyElse,
            Role::Cause if decided.role != Role::Cause => Self::OnlyCause,
            _ if Rank::of(one) > Rank::of(decided) => Self::Outranked(Outranked::Wish),
            _ => Self::Outranked(Rank::of(one).outranked(Rank::of(decided))),
        }
    }
}
