//! The guidance as data: statuses, words, templates and thresholds, with what a team's configuration adds.
//!
//! People edit the YAML files in this folder; `build.rs` compiles them into static tables ([`built_in`]), so that the
//! playbook costs a run nothing. What a team adds is compiled when its configuration is read ([`added`]).

mod added;
mod additions;
mod built_in;
#[cfg(test)]
pub(crate) mod cue_files;
#[cfg(test)]
mod files;
mod folding;
#[cfg(test)]
pub(crate) mod reason_kind_file;
#[cfg(test)]
mod tests;

pub use additions::{Additions, StatusSet, WordList, WorkloadAddition};

use crate::lexicon::{Lexicon, WorkloadIndex};
#[cfg(test)]
use crate::lexicon::{lexical_entry, morphology, scan, semantic_class};
#[cfg(test)]
use crate::reading::{cue_compiler, cue_tables, reason_kind_tables};
use added::{Added, Statuses};
use built_in::{LEXICON, THRESHOLDS, WORKLOAD_NAMES, WORKLOADS};
use folding::folded;
pub(crate) use folding::{fold_name, telling_characters};
use std::sync::Arc;

/// The guidance as the program knows it, with what a team's configuration adds.
#[derive(Debug, Clone)]
pub struct Playbook {
    /// The statuses, in the guidance's order; a team's own come after.
    pub statuses: Vec<StatusEntry>,
    /// Limits and weights.
    pub thresholds: Thresholds,
    lexicon: Lexicon,
    added: Option<Arc<Added>>,
}

/// What a status means to the rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum StatusKind {
    /// The customer is moving forward.
    InProgress,
    /// Something keeps the customer from moving forward.
    Blocked,
    /// The customer does not want the service.
    NoIntent,
    /// Nobody could find out.
    StatusUnknown,
    /// The entitlement is counted twice or is not real.
    DuplicateInvalid,
}

impl StatusKind {
    /// All kinds with their names in a configuration.
    pub const NAMES: [(Self, &'static str); 5] = [
        (Self::InProgress, "in-progress"),
        (Self::Blocked, "blocked"),
        (Self::NoIntent, "no-intent"),
        (Self::StatusUnknown, "status-unknown"),
        (Self::DuplicateInvalid, "duplicate-invalid"),
    ];

    /// Whether tasks and projects have a status of this kind, too.
    #[must_use]
    pub(crate) fn is_shared_with_work(self) -> bool {
        matches!(self, Self::InProgress | Self::Blocked)
    }

    /// The kind of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(_, known)| *known == name).map(|(kind, _)| *kind)
    }

    /// The name of the kind in a configuration.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(kind, _)| *kind == self).map_or("", |(_, name)| name)
    }
}

/// How a workload uses a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameUse {
    /// As its name.
    Name,
    /// As a short name.
    Alias,
    /// As a term that belongs to it.
    Term,
}

impl NameUse {
    /// The use in words that go on with "of" and the workload.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Name => "the name",
            Self::Alias => "a short name",
            Self::Term => "a term",
        }
    }
}

/// A status of the playbook.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StatusEntry {
    /// The canonical spelling.
    pub name: String,
    /// What it means to the rules; a team's own status names one of the five kinds.
    pub kind: StatusKind,
    /// Templates for a note of that status; slots are written in square brackets.
    #[serde(default)]
    pub templates: Vec<String>,
}

/// Limits and weights, each explained where it stands in `thresholds.yaml`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Thresholds {
    /// More sentences than this are too many.
    pub max_sentences: usize,
    /// More words than this are too many.
    pub max_words: usize,
    /// What a named thing weighs in a reason.
    pub specific_weight: u32,
    /// What an everyday thing weighs that no list knows.
    pub thing_weight: u32,
    /// What a word weighs that only names a kind of reason.
    pub topic_weight: u32,
    /// What a long abstract noun weighs that no list knows.
    pub abstract_weight: u32,
    /// From this weight on a reason is thin rather than none.
    pub thin_reason: u32,
    /// From this weight on a reason is concrete.
    pub concrete_reason: u32,
    /// From this weight on the state of an onboarding is concrete.
    pub concrete_state: u32,
}

/// Letters of the shortest name of a status in which a slip of the pen is told from another word.
const FEWEST_OF_SLIP: usize = 5;

/// Bytes of the longest text that is compared with the statuses for a slip of the pen.
const LONGEST_STATUS: usize = 64;

impl Playbook {
    /// The playbook that is built into the program, from the guidance. Its words are there already, so it costs no more
    /// than a copy of the few statuses.
    #[must_use]
    pub fn built_in() -> Self {
        let statuses = built_in::statuses();
        Self { statuses, thresholds: THRESHOLDS, lexicon: Lexicon::new(&LEXICON), added: None }
    }

    /// The built-in playbook with a team's additions.
    ///
    /// Unknown word lists cannot occur: [`Additions`] refuses them when the configuration is read.
    #[must_use]
    pub fn with(additions: &Additions) -> Self {
        let built_in = Self::built_in();
        if *additions == Additions::default() {
            return built_in;
        }
        let Statuses { all, places } = Statuses::with(built_in.statuses, additions);
        let (added, entries) = Added::new(additions, places);
        Self {
            statuses: all,
            thresholds: Thresholds {
                max_sentences: additions.max_sentences.unwrap_or(THRESHOLDS.max_sentences),
                max_words: additions.max_words.unwrap_or(THRESHOLDS.max_words),
                ..THRESHOLDS
            },
            lexicon: built_in.lexicon.with(&entries),
            added: Some(Arc::new(added)),
        }
    }

    /// The status that `written` means: case, spaces, `-`, `_` and `/` do not count.
    #[must_use]
    pub fn status(&self, written: &str) -> Option<&StatusEntry> {
        match &self.added {
            Some(added) => added.status(written).and_then(|at| self.statuses.get(at)),
            None => self.statuses.iter().find(|status| folded(&status.name).eq(folded(written))),
        }
    }

    /// The name of the status that differs from `written` in at most a third of its letters. Unlike [`crate::nearest`],
    /// for keys, it counts neither capitals in names nor blanks around what is written.
    #[must_use]
    pub fn nearest_status(&self, written: &str) -> Option<&str> {
        if written.len() > LONGEST_STATUS {
            return None;
        }
        let written = written.trim().to_lowercase();
        let distance = |name: &str| strsim::osa_distance(&written, &name.to_lowercase());
        self.statuses
            .iter()
            .map(|status| (distance(&status.name), status.name.as_str()))
            .filter(|(distance, name)| distance * 3 <= name.chars().count())
            .min()
            .map(|(_, name)| name)
    }

    /// The name of the status of which `written` is a slip of the pen and nothing else: one letter is missing, too many or
    /// wrong, or two are swapped, no other status is as near, and neither the first letter nor a digit differs, with which
    /// many names begin or end apart. `Unblocked` and `Intent` are no such slips of what they deny.
    #[must_use]
    pub fn slip_of_status(&self, written: &str) -> Option<&str> {
        if written.len() > LONGEST_STATUS {
            return None;
        }
        let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
        let written = written.trim().to_lowercase();
        let is_slip = |name: &str| {
            let name = name.to_lowercase();
            name.chars().count() >= FEWEST_OF_SLIP
                && name.chars().next() == written.chars().next()
                && digits(&name) == digits(&written)
                && strsim::osa_distance(&written, &name) == 1
        };
        let mut slips = self.statuses.iter().map(|status| status.name.as_str()).filter(|name| is_slip(name));
        slips.next().filter(|_| slips.next().is_none())
    }

    /// The name of the status that `written` seems to mean, to propose it: the nearest one, or the one that has a word
    /// of its own, as `Duplicate` is in `Duplicate/Invalid`. The words of a name are those of other files, too, so this
    /// tells no record from an ordinary file; [`Playbook::may_mean_status`] does.
    #[must_use]
    pub fn proposed_status(&self, written: &str) -> Option<&str> {
        self.nearest_status(written).or_else(|| {
            let written = written.get(..LONGEST_STATUS).map_or(written, |_| "").trim().to_lowercase();
            let part = |part: &str| {
                let distance = strsim::osa_distance(&written, &part.trim().to_lowercase());
                (distance * 4 <= part.chars().count()).then_some(distance)
            };
            let alternatives = self.statuses.iter().filter(|status| status.name.contains('/'));
            let near = alternatives.filter_map(|status| Some((status.name.split('/').filter_map(part).min()?, status)));
            let nearest = near.min_by_key(|(distance, _)| *distance).map(|(_, status)| status.name.as_str());
            nearest.or_else(|| self.status_that_holds(&written))
        })
    }

    /// The only status that has `written`, in lower case, among its words: `unknown` is short for `Status Unknown`. Never
    /// one that denies it, as `No Intent` does `intent`.
    fn status_that_holds(&self, written: &str) -> Option<&str> {
        let holds = |status: &&StatusEntry| {
            status.kind != StatusKind::NoIntent && status.name.to_lowercase().split(' ').any(|word| word == written)
        };
        let mut holding = self.statuses.iter().filter(holds);
        holding.next().filter(|_| holding.next().is_none()).map(|status| status.name.as_str())
    }

    /// Whether `written` is a status, or a slip of the pen for one.
    #[must_use]
    pub fn may_mean_status(&self, written: &str) -> bool {
        self.status(written).is_some() || self.nearest_status(written).is_some()
    }

    /// Whether every word of `text` is one that holds sentences together, such as `the` and `of`.
    pub(crate) fn is_of_function_words(&self, text: &str) -> bool {
        text.split_whitespace().all(|word| self.lexicon.is_function_word(word))
    }

    /// The names of all workloads and their short names.
    pub fn workload_names(&self) -> impl Iterator<Item = &str> {
        self.workload_names_and_terms().filter(|(.., used)| *used != NameUse::Term).map(|(name, ..)| name)
    }

    /// Every spelling of each workload with the name that it means; names come before short names, so that a workload
    /// that a team adds is itself even where its name is a short name of another.
    pub fn workload_spellings(&self) -> impl Iterator<Item = (&str, &str)> {
        let of_use = |wanted| {
            let spellings = self.workload_names_and_terms().filter(move |(.., used)| *used == wanted);
            spellings.map(|(spelling, workload, _)| (spelling, workload))
        };
        of_use(NameUse::Name).chain(of_use(NameUse::Alias))
    }

    /// The same playbook with other words.
    #[cfg(test)]
    pub(crate) fn with_lexicon(self, lexicon: Lexicon) -> Self {
        Self { lexicon, ..self }
    }

    pub(crate) fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// The workload that a record's `workload` field names, whatever its case and short name.
    pub(crate) fn workload(&self, written: &str) -> Option<WorkloadIndex> {
        match &self.added {
            Some(added) => added.workload(written),
            None => built_in_workload(written),
        }
    }

    /// Every name, short name and term of the workloads, with the workload and which of these it is.
    pub fn workload_names_and_terms(&self) -> impl Iterator<Item = (&str, &str, NameUse)> {
        let built_in = WORKLOADS.iter().flat_map(|workload| {
            let aliases = workload.aliases.iter().map(|alias| (*alias, NameUse::Alias));
            let terms = workload.terms.iter().map(|term| (*term, NameUse::Term));
            let uses = std::iter::once((workload.name, NameUse::Name)).chain(aliases).chain(terms);
            uses.map(|(word, used)| (word, workload.name, used))
        });
        let added = self.added.iter().flat_map(|added| added.names_and_terms());
        built_in.chain(added.map(|(word, workload, used)| (word, self.workload_name(workload), used)))
    }

    /// The name of a workload.
    pub(crate) fn workload_name(&self, index: WorkloadIndex) -> &str {
        match WORKLOADS.get(usize::from(index)) {
            Some(workload) => workload.name,
            None => self.added.as_ref().and_then(|added| added.workload_name(index)).unwrap_or_default(),
        }
    }

    /// Whether a term of `term` is at home in `own` too.
    pub(crate) fn shares(&self, own: WorkloadIndex, term: WorkloadIndex) -> bool {
        let shares =
            |one: WorkloadIndex, other| WORKLOADS.get(usize::from(one)).is_some_and(|w| w.shares.contains(&other));
        own == term || shares(own, term) || shares(term, own)
    }
}

/// The built-in workload of a name.
fn built_in_workload(written: &str) -> Option<WorkloadIndex> {
    let hash = folding::hash(written);
    let start = WORKLOAD_NAMES.partition_point(|(known, ..)| *known < hash);
    let same_hash = WORKLOAD_NAMES.iter().skip(start).take_while(|(known, ..)| *known == hash);
    same_hash.into_iter().find(|(_, name, _)| name.chars().eq(folded(written))).map(|(.., workload)| *workload)
}

/// The files that the built-in playbook is made of, for the tests that hold every entry to its list.
#[cfg(test)]
pub(crate) fn built_in_files() -> files::PlaybookFiles {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/playbook");
    files::PlaybookFiles::read(&folder).unwrap()
}

/// The files of cues that are built in, for the tests that run their examples.
#[cfg(test)]
pub(crate) fn built_in_cues() -> Vec<(&'static str, cue_files::CueFile)> {
    cue_files::read(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/playbook/cues")).unwrap()
}
