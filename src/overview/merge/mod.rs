//! Joins the JSON reports of several runs, of shards or of repositories, without reading the notes again.
//!
//! A report is read piece by piece: no more than one record of it is in memory. It may come from anywhere, so all that it
//! says is checked before it counts.

pub(super) mod json;
mod read;
mod shards;

use super::collect::{Collector, Coverage};
use super::seen::{Seen, SeenFinding, SourceNumber};
use crate::playbook::Playbook;
use crate::report::overview::model::Input;
use crate::source::shard::Shard;
use std::io::Read;

/// Why a report cannot be merged, in words that follow the name of its file and a colon.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub(crate) struct NotMerged(pub(crate) String);

/// Adds the report `text` under `label` to what `collector` has.
///
/// # Errors
/// When it is not a whole report of `notegate check --format json`.
pub(crate) fn add(
    collector: &mut Collector,
    label: &str,
    text: impl Read,
    playbook: &Playbook,
) -> Result<Input, NotMerged> {
    let source = collector.labels.begin(label.to_owned());
    let mut taken = Taken { collector, source, playbook, records: 0, lacks_waivers: false };
    let summary = read::read(text, &mut taken)?;
    let Taken { records, lacks_waivers, .. } = taken;
    if summary.records != records {
        let held = crate::report::tally::count(records, "record");
        return Err(NotMerged(format!(
            "it holds {held}, and its summary counts {}; it was cut or edited",
            summary.records
        )));
    }
    collector.summary.files += summary.files;
    collector.summary.skipped += summary.skipped;
    if lacks_waivers {
        collector.remarks.push(format!(
            "The report {label} comes from a version of notegate that tells no waivers and no notes in JSON; they are not \
             counted here."
        ));
    }
    Ok(Input { label: label.to_owned(), records })
}

/// Which paths carry the label of their report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Labelled {
    /// All of them.
    Always,
    /// All of them where reports have files of the same path, otherwise none.
    WhereNeeded,
}

/// Ends the merge, after the last report.
pub(crate) fn finish(collector: &mut Collector, labelled: Labelled) {
    if labelled == Labelled::Always {
        collector.labels.show_always();
    }
    for remark in shards::missing(&collector.shards) {
        collector.remarks.insert(0, remark);
        collector.coverage = Coverage::Partial;
    }
    if let Some(path) = collector.labels.shared() {
        let text = format!(
            "Several reports have files of the same path, such as {path}; so each path begins with the label of its report. \
             If they are of one repository, its records are counted several times."
        );
        collector.remarks.push(text);
    }
}

/// Where the parts of a report go.
struct Taken<'a> {
    collector: &'a mut Collector,
    source: SourceNumber,
    playbook: &'a Playbook,
    records: usize,
    /// Whether it was written before reports told waivers and notes.
    lacks_waivers: bool,
}

impl read::Take for Taken<'_> {
    fn record(&mut self, record: &json::JsonRecord) {
        self.records += 1;
        self.lacks_waivers |= record.waivers.is_none();
        self.collector.labels.add(self.source, &record.path);
        self.collector.record(&Seen::of_json(record, self.source, self.playbook));
    }

    fn file(&mut self, file: &json::JsonFile) {
        self.collector.labels.add(self.source, &file.path);
        let findings: Vec<SeenFinding<'_>> = file.findings.iter().map(SeenFinding::of_json).collect();
        self.collector.file_findings(self.source, &file.path, &findings);
    }

    fn shard(&mut self, shard: Shard) {
        self.collector.shards.push(shard);
    }
}
