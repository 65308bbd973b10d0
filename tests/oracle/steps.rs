//! What happens in a repository, one step after another. A step holds plain numbers, and what they choose depends on what
//! is there, so that any step can be left out.

use crate::actions::{commit_arguments, files, form, history, join, other, pushed, reference};
use crate::chance::Chance;
use crate::questions::{Answer, End, commit_hook, merge_hook, push, range, staged, whole};
use crate::workshop::Workshop;

/// What kind of step it is, and how often it comes.
macro_rules! kinds {
    ($($kind:ident $weight:literal,)*) => {
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub(crate) enum Kind { $($kind,)* }
        const KINDS: &[(Kind, usize)] = &[$((Kind::$kind, $weight),)*];
    };
}

kinds! {
    Edit 14, EditUnstaged 3, StageOther 3, Improve 4, AddRecord 8, DropRecord 2, Rename 3, MoveRecord 5, CopyRecord 1,
    Respell 4, Reformat 4, WriteOdd 2, Link 1, Module 1, IntentToAdd 2, MoveFile 4, Remove 2, Chmod 1, Attributes 1,
    Unstage 2, StageAll 3,
    Commit 9, Amend 1, Branch 4, Orphan 1, Switch 5, Reset 2, Tag 1, Replace 1,
    Merge 4, MergeOurs 1, Octopus 2, Resolve 6, CherryPick 2, Revert 1, Rebase 2, Continue 2, Abort 1, EvilMerge 1,
    Stash 2, StashPop 2, Worktree 1, Elsewhere 1, Fetch 1, Clean 2, Pack 1, IndexForm 2, Sparse 1,
    AskStaged 20, AskCommit 6, AskMerge 3, AskRange 12, AskWhole 3, AskSend 4, AskReceive 7,
}

/// One step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Step {
    pub(crate) kind: Kind,
    pub(crate) picks: [usize; 5],
}

/// Steps that often follow one another.
const RUNS: [&[Kind]; 13] = [
    &[Kind::AddRecord, Kind::AddRecord, Kind::Commit],
    &[Kind::Branch, Kind::Edit, Kind::AddRecord, Kind::Commit],
    &[Kind::Branch, Kind::Improve, Kind::Commit, Kind::Switch, Kind::Improve, Kind::Commit, Kind::AskRange],
    &[Kind::Switch, Kind::Improve, Kind::MoveRecord, Kind::Commit, Kind::AskRange],
    &[
        Kind::Clean,
        Kind::Merge,
        Kind::AskStaged,
        Kind::Resolve,
        Kind::AskStaged,
        Kind::AskCommit,
        Kind::Commit,
        Kind::AskRange,
    ],
    &[
        Kind::Clean,
        Kind::Merge,
        Kind::Resolve,
        Kind::Edit,
        Kind::AskStaged,
        Kind::MoveRecord,
        Kind::AskStaged,
        Kind::Commit,
    ],
    &[
        Kind::Clean,
        Kind::Octopus,
        Kind::Resolve,
        Kind::AskStaged,
        Kind::Edit,
        Kind::AskStaged,
        Kind::Commit,
        Kind::AskRange,
    ],
    &[Kind::Clean, Kind::MergeOurs, Kind::MoveRecord, Kind::AskStaged, Kind::Commit, Kind::AskRange],
    &[Kind::Clean, Kind::AskMerge, Kind::Resolve, Kind::AskStaged, Kind::Commit],
    &[Kind::Clean, Kind::Rebase, Kind::AskStaged, Kind::Edit, Kind::AskStaged, Kind::Continue],
    &[Kind::Clean, Kind::CherryPick, Kind::Resolve, Kind::AskCommit, Kind::Abort],
    &[Kind::Stash, Kind::Switch, Kind::StashPop, Kind::AskStaged],
    &[Kind::AskReceive, Kind::Fetch, Kind::Improve, Kind::Commit, Kind::AskSend, Kind::AskReceive],
];

/// How every repository begins: two branches that part, and change the same files.
const BEGIN: [Kind; 17] = [
    Kind::AddRecord,
    Kind::AddRecord,
    Kind::AddRecord,
    Kind::AddRecord,
    Kind::AskStaged,
    Kind::Commit,
    Kind::AskReceive,
    Kind::Branch,
    Kind::Edit,
    Kind::Improve,
    Kind::AddRecord,
    Kind::Commit,
    Kind::Switch,
    Kind::Edit,
    Kind::MoveRecord,
    Kind::Commit,
    Kind::AskRange,
];

impl std::fmt::Display for Step {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?}", self.kind)?;
        self.picks.iter().try_for_each(|pick| write!(f, " {pick}"))
    }
}

impl std::str::FromStr for Step {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (name, picks) = text.trim().split_once(' ').ok_or_else(|| format!("no step: {text}"))?;
        let kind =
            KINDS.iter().find(|(kind, _)| format!("{kind:?}") == name).ok_or_else(|| format!("no kind: {name}"))?.0;
        let picks: Vec<usize> = picks.split(' ').filter_map(|pick| pick.parse().ok()).collect();
        Ok(Self { kind, picks: picks.try_into().map_err(|_| format!("not five numbers: {text}"))? })
    }
}

impl Step {
    /// The next steps: those that often follow one another, or a single one.
    pub(crate) fn random(chance: &mut Chance) -> Vec<Self> {
        if chance.below(3) == 0 {
            let run = RUNS[chance.below(RUNS.len())];
            return run.iter().map(|kind| Self::of(*kind, chance)).collect();
        }
        let all: usize = KINDS.iter().map(|(_, weight)| weight).sum();
        let mut at = chance.below(all);
        let find = |(_, weight): &&(Kind, usize)| {
            let is_it = at < *weight;
            at = at.wrapping_sub(*weight);
            is_it
        };
        let kind = KINDS.iter().find(find).map_or(Kind::Edit, |(kind, _)| *kind);
        vec![Self::of(kind, chance)]
    }

    /// The first steps.
    pub(crate) fn begin(chance: &mut Chance) -> Vec<Self> {
        BEGIN.iter().map(|kind| Self::of(*kind, chance)).collect()
    }

    fn of(kind: Kind, chance: &mut Chance) -> Self {
        Self { kind, picks: std::array::from_fn(|_| chance.below(1 << 16)) }
    }

    /// Takes the step, and says what came of a question.
    pub(crate) fn take(&self, workshop: &mut Workshop) -> Answer {
        let picks = self.picks;
        match self.kind {
            Kind::AskStaged => return staged(workshop),
            Kind::AskCommit => return commit_hook(workshop, &commit_arguments(workshop, picks)),
            Kind::AskMerge => {
                let commits: Vec<String> =
                    (0..1 + picks[1] % 2).filter_map(|at| other(workshop, picks[at + 2])).collect();
                return merge_hook(workshop, &commits);
            }
            Kind::AskRange => {
                let names = (reference(workshop, picks[0]), reference(workshop, picks[1]));
                let (Some(from), Some(to)) = names else { return Answer::NotAsked };
                return range(workshop, &from, &to);
            }
            Kind::AskWhole => {
                return reference(workshop, picks[0]).map_or(Answer::NotAsked, |name| whole(workshop, &name));
            }
            Kind::AskSend => return push(workshop, End::Sending, &pushed(workshop, picks), 1),
            Kind::AskReceive => {
                return push(workshop, End::Receiving, &pushed(workshop, picks), u8::from(picks[4].is_multiple_of(4)));
            }
            Kind::Merge | Kind::MergeOurs | Kind::Octopus | Kind::Resolve | Kind::CherryPick | Kind::Revert => {
                join(self, workshop);
            }
            Kind::Rebase | Kind::Continue | Kind::Abort | Kind::EvilMerge => join(self, workshop),
            Kind::Commit | Kind::Amend | Kind::Branch | Kind::Orphan | Kind::Switch | Kind::Reset | Kind::Tag => {
                history(self, workshop);
            }
            Kind::Replace
            | Kind::Stash
            | Kind::StashPop
            | Kind::Worktree
            | Kind::Elsewhere
            | Kind::Fetch
            | Kind::Clean => history(self, workshop),
            Kind::Pack | Kind::IndexForm | Kind::Sparse => form(self, workshop),
            _ => files(self, workshop),
        }
        Answer::NotAsked
    }
}
