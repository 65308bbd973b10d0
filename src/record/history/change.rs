//! What a run did to one record.

use crate::record::NoteRecord;

/// What a run did to one record.
#[derive(Debug, Clone)]
pub(crate) enum Change<'a> {
    /// The run looks at no history: every record is judged, and the history rules have nothing to say.
    NoHistory,
    /// The same status, note, refresh summary, date and waivers stood on at least one parent side: the run did not write
    /// this record.
    Unchanged,
    /// No parent side has a record about this customer and workload.
    New,
    /// The same, and the record stood at its place before, with another customer or another workload and the same
    /// status, note, refresh summary and waivers.
    Renamed {
        /// The record under its old name.
        before: [&'a NoteRecord; 1],
    },
    /// The record differs from its twin on every parent side that has one.
    Changed {
        /// The twin on each parent side that has one.
        before: Vec<&'a NoteRecord>,
    },
    /// The record is as it is on one parent side, and its refresh summary lacks entries that another side added: whoever
    /// joined the sides took one record for the other, log and all.
    LogCut {
        /// The same record with the entries of all sides.
        before: Box<NoteRecord>,
    },
}

impl<'a> Change<'a> {
    /// Whether the gate judges the record, unless it is told to judge all. Under a new name it is the same record; whether
    /// the new name is that of another workload is for the caller to say.
    #[must_use]
    pub(crate) fn is_judged(&self) -> bool {
        !matches!(self, Self::Unchanged | Self::Renamed { .. })
    }

    /// The twins before the change, one for each parent side that has one, for the history rules: a log is continued
    /// from every side, whichever of them git names first.
    #[must_use]
    pub(crate) fn before(&self) -> Vec<&NoteRecord> {
        match self {
            Self::Changed { before } => before.clone(),
            Self::Renamed { before } => before.to_vec(),
            Self::LogCut { before } => vec![before.as_ref()],
            Self::NoHistory | Self::Unchanged | Self::New => Vec::new(),
        }
    }
}
