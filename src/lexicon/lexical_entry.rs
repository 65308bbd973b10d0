//! What one word or phrase of the lexicon means. The build script writes these, so nothing here needs more than the
//! standard library.

use super::semantic_class::{SemanticClass, SemanticClasses};

/// Which workload a name means: an index into the playbook's list.
pub(crate) type WorkloadIndex = u16;

/// What one word or phrase means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub(crate) struct LexicalEntry {
    pub(crate) classes: SemanticClasses,
    /// The workload that it names.
    pub(crate) names: Option<WorkloadIndex>,
    /// The workload that it belongs to, as part or term.
    pub(crate) belongs: Option<WorkloadIndex>,
    /// The workload that it cannot apply to.
    pub(crate) never: Option<WorkloadIndex>,
}

impl LexicalEntry {
    /// A word of a list.
    pub(crate) fn of_class(class: SemanticClass) -> Self {
        Self { classes: SemanticClasses::of(class), ..Self::default() }
    }

    /// The name of a workload.
    pub(crate) fn naming(workload: WorkloadIndex) -> Self {
        Self { names: Some(workload), ..Self::default() }
    }

    /// A term of a workload.
    pub(crate) fn belonging_to(workload: WorkloadIndex) -> Self {
        Self { belongs: Some(workload), ..Self::default() }
    }

    /// Whether it is no name and no term of a workload, which may look like other words.
    #[cfg_attr(not(test), allow(dead_code, reason = "the build script corrects no words"))]
    pub(crate) fn is_everyday(self) -> bool {
        self.names.is_none() && self.belongs.is_none() && self.never.is_none()
    }

    /// Both meanings. Where two workloads claim a word, the first of the playbook's list has it.
    pub(crate) fn joined(self, other: Self) -> Self {
        let first = |one: Option<WorkloadIndex>, two: Option<WorkloadIndex>| one.into_iter().chain(two).min();
        Self {
            classes: self.classes.union(other.classes),
            names: first(self.names, other.names),
            belongs: first(self.belongs, other.belongs),
            never: first(self.never, other.never),
        }
    }
}
