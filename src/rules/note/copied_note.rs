//! The rule `copied-note`.
//!
//! The rule looks at other files, so its findings are made by the engine with [`Notes`]: each judged record is compared
//! with those before it in the order of paths, and with those that the run does not judge.

use crate::finding::{Finding, Severity, Target};
use crate::folding::in_one_case_and_width;
use crate::playbook::{Playbook, StatusKind};
use crate::record::{FieldName, NoteRecord};
use crate::rules::{Case, Group, Meta, Rule, Waivable};
use crate::source::NotePath;
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use unicode_segmentation::UnicodeSegmentation;

pub(crate) const META: Meta = Meta {
    name: "copied-note",
    group: Group::Note,
    default: Some(Severity::Warning),
    waivable: Waivable::Yes,
    summary: "another workload of the customer has the same or nearly the same note",
    explanation: "Each workload has its own reasons, so a note that was pasted to several of them says little about \
                  any. Notes of one customer are compared with the names of workloads left out, and small changes do \
                  not hide a copy. A customer who does not answer is the same on every workload and is not reported.",
    guidance: "Copying and pasting the same note for each workload(s) is generally discouraged as the same note is \
               frequently not applicable to multiple workloads e.g., migration is not applicable to Office ProPlus \
               (OPP).",
    examples: examples!("copied-note"),
};

/// The rule in the registry; see [`Notes`] for its logic.
pub(crate) struct CopiedNote;

impl Rule for CopiedNote {
    fn meta(&self) -> &'static Meta {
        &META
    }
}

/// Notes with fewer words than this are compared with none: "In progress." is short, not copied.
const FEWEST_WORDS: usize = 4;

/// How many words of a note are compared.
const MOST_WORDS: usize = 128;

/// Two notes are nearly the same when they share this part of their different words, in percent.
const ALIKE_PERCENT: usize = 80;

/// With how many notes of a customer, the latest, one is compared word by word. Exact copies are found among all.
const MOST_COMPARED: usize = 200;

/// The name of a record's workload is left out of its note when it has at most so many words: a longer one is a text,
/// and looking for it at each word of a note would take its length times that of the note.
const LONGEST_NAME: usize = 12;

/// Makes fingerprints; knows the names of workloads to leave out.
#[derive(Debug)]
pub(crate) struct Fingerprinter {
    /// The names of workloads as words, by their first word.
    names: HashMap<String, Vec<Vec<String>>>,
}

/// What a note looks like beside other notes: hashes of its words, and where it stands.
#[derive(Debug, Clone)]
pub(crate) struct Fingerprint {
    customer: u64,
    workload: u64,
    /// Hash of all words in order.
    exact: u64,
    /// Hashes of the different words, sorted.
    words: Box<[u32]>,
    standing: Standing,
}

/// Where a note stands, for the message.
#[derive(Debug, Clone)]
struct Standing {
    workload: String,
    path: NotePath,
    line: usize,
}

impl Fingerprinter {
    /// A fingerprinter that leaves out the workload names of `playbook`.
    #[must_use]
    pub(crate) fn new(playbook: &Playbook) -> Self {
        let mut names: HashMap<String, Vec<Vec<String>>> = HashMap::new();
        for name in playbook.workload_names().map(in_one_case_and_width) {
            let name: Vec<String> = name.unicode_words().map(str::to_owned).collect();
            if let Some(first) = name.first() {
                names.entry(first.clone()).or_default().push(name);
            }
        }
        Self { names }
    }

    /// The fingerprint of a record at `line` of the file at `path`. Nothing when the record lacks a customer, a workload
    /// or enough of a note, and for a customer who does not answer.
    #[must_use]
    pub(crate) fn fingerprint(&self, case: &Case<'_>, path: &NotePath, line: usize) -> Option<Fingerprint> {
        if is_compared(case) { self.draft(case.record, path, line) } else { None }
    }

    /// The same, whatever the note says: it needs no reading.
    #[must_use]
    pub(crate) fn draft(&self, record: &NoteRecord, path: &NotePath, line: usize) -> Option<Fingerprint> {
        let customer = record.customer.value()?;
        let workload = record.workload.value()?;
        let note = record.note.value()?;
        let standing = Standing { workload: workload.clone(), path: path.clone(), line };
        self.fingerprint_words(customer, note, standing)
    }

    fn fingerprint_words(&self, customer: &str, note: &str, standing: Standing) -> Option<Fingerprint> {
        let [customer, workload, note] = [customer, &standing.workload, note].map(in_one_case_and_width);
        let [customer, workload, note] = [&customer, &workload, &note].map(|text| words(text));
        let own_name = if workload.len() <= LONGEST_NAME { workload.as_slice() } else { &[] };
        let note = self.without_names(&note, own_name);
        (note.len() >= FEWEST_WORDS).then(|| Fingerprint::new(&customer, &workload, &note, standing))
    }

    /// `words` without each run of words that names a workload.
    fn without_names<'t>(&self, words: &[&'t str], own_name: &[&str]) -> Vec<&'t str> {
        let mut kept = Vec::with_capacity(words.len());
        let mut rest = words;
        while let Some((first, after)) = rest.split_first() {
            let known = self.names.get(*first).into_iter().flatten().filter(|name| starts_with(rest, name));
            let own = Some(own_name.len()).filter(|length| *length > 0 && rest.starts_with(own_name));
            match known.map(Vec::len).chain(own).max().and_then(|length| rest.get(length..)) {
                Some(after_name) => rest = after_name,
                None => {
                    kept.push(*first);
                    rest = after;
                }
            }
        }
        kept
    }
}

fn starts_with(words: &[&str], name: &[String]) -> bool {
    words.get(..name.len()).is_some_and(|start| start.iter().zip(name).all(|(word, part)| word == part))
}

/// The notes that a run has seen, by customer.
#[derive(Debug, Default)]
pub(crate) struct Notes {
    customers: HashMap<u64, Customer>,
}

#[derive(Debug, Default)]
struct Customer {
    /// All notes, oldest first.
    all: Vec<Fingerprint>,
    /// The first notes with the same words in the same order, by their places in `all`: one of each of two workloads,
    /// of which at least one is another than that of any further note.
    exact: HashMap<u64, Vec<usize>>,
}

impl Notes {
    /// Remembers a note that is not judged.
    pub(crate) fn learn(&mut self, fingerprint: Fingerprint) {
        self.customers.entry(fingerprint.customer).or_default().learn(fingerprint);
    }

    /// The finding about a note when it stands on another workload of the customer already; remembers it too.
    pub(crate) fn compare(&mut self, fingerprint: Fingerprint) -> Option<Finding> {
        let customer = self.customers.entry(fingerprint.customer).or_default();
        let finding = customer.twin(&fingerprint).map(|(twin, likeness)| finding(&twin.standing, likeness));
        customer.learn(fingerprint);
        finding
    }
}

impl Customer {
    fn learn(&mut self, fingerprint: Fingerprint) {
        let same = self.exact.entry(fingerprint.exact).or_default();
        let all = &self.all;
        if same.len() < 2
            && !same.iter().any(|at| all.get(*at).is_some_and(|known| known.workload == fingerprint.workload))
        {
            same.push(self.all.len());
        }
        self.all.push(fingerprint);
    }

    fn twin(&self, fingerprint: &Fingerprint) -> Option<(&Fingerprint, Likeness)> {
        let exact = self.exact.get(&fingerprint.exact).into_iter().flatten().filter_map(|at| self.all.get(*at));
        let same = exact.into_iter().find(|known| known.workload != fingerprint.workload);
        let near = || self.all.iter().rev().take(MOST_COMPARED).find(|known| known.nearly(fingerprint));
        same.map(|twin| (twin, Likeness::Same)).or_else(|| near().map(|twin| (twin, Likeness::Near)))
    }
}

#[derive(Debug, Clone, Copy)]
enum Likeness {
    Same,
    Near,
}

impl Fingerprint {
    fn new(customer: &[&str], workload: &[&str], note: &[&str], standing: Standing) -> Self {
        let mut words: Vec<u32> = note.iter().map(|word| (hash(word) >> 32) as u32).collect();
        words.sort_unstable();
        words.dedup();
        words.truncate(MOST_WORDS);
        Self {
            customer: hash(customer),
            workload: hash(workload),
            exact: hash(note),
            words: words.into_boxed_slice(),
            standing,
        }
    }

    /// Whose notes it is compared with: a hash of the customer's name.
    #[must_use]
    pub(crate) fn customer(&self) -> u64 {
        self.customer
    }

    /// Whether one of two notes would be named as a copy of the other.
    #[must_use]
    pub(crate) fn resembles(&self, other: &Self) -> bool {
        let is_same = self.exact == other.exact && self.workload != other.workload;
        self.customer == other.customer && (is_same || self.nearly(other))
    }

    fn nearly(&self, other: &Self) -> bool {
        if self.workload == other.workload {
            return false;
        }
        let shared = self.words.iter().filter(|word| other.words.binary_search(word).is_ok()).count();
        let different = self.words.len() + other.words.len() - shared;
        shared * 100 >= different * ALIKE_PERCENT
    }
}

fn finding(twin: &Standing, likeness: Likeness) -> Finding {
    let likeness = match likeness {
        Likeness::Same => "the same",
        Likeness::Near => "nearly the same",
    };
    let Standing { workload, path, line } = twin;
    Finding::new(
        META.name,
        Severity::Warning,
        Target::Value(FieldName::Note),
        format!("{workload} of this customer has {likeness} note ({path}:{line})"),
    )
    .with_named_path(path.to_string())
    .with_help("Say what is true for this workload: what the customer intends with it, and why.")
}

/// Whether the note of a record is compared with others: not that of a customer who does not answer, for whom the
/// guidance allows one note on all workloads.
#[must_use]
pub(crate) fn is_compared(case: &Case<'_>) -> bool {
    let is_status_unknown = case.status().is_some_and(|status| status.kind == StatusKind::StatusUnknown);
    !is_status_unknown && !case.reading.unresponsive()
}

/// The words of a folded text, without its punctuation.
fn words(text: &str) -> Vec<&str> {
    text.unicode_words().collect()
}

fn hash<T: Hash + ?Sized>(value: &T) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fingerprint(workload: &str, note: &str) -> Option<Fingerprint> {
        let fingerprinter = Fingerprinter::new(&Playbook::built_in());
        let standing = Standing { workload: workload.to_owned(), path: NotePath::from_bytes("a.yaml"), line: 4 };
        fingerprinter.fingerprint_words("Contoso", note, standing)
    }

    fn message(first: (&str, &str), second: (&str, &str)) -> Option<String> {
        let mut notes = Notes::default();
        notes.learn(fingerprint(first.0, first.1)?);
        notes.compare(fingerprint(second.0, second.1)?).map(|finding| finding.message)
    }

    #[test]
    fn notes_resemble_each_other_exactly_when_one_is_named_as_the_copy_of_the_other() {
        let notes = [
            ("Teams", PILOT),
            ("Intune", PILOT),
            ("Intune", "Customer is in the pilot phase and migrating 400 users of the Madrid office."),
            ("Yammer", "Customer will not deploy because the union has not agreed to it."),
        ];
        let mut alike = 0;
        for first in notes {
            for second in notes {
                let (one, other) = (fingerprint(first.0, first.1).unwrap(), fingerprint(second.0, second.1).unwrap());
                assert_eq!(one.resembles(&other), message(first, second).is_some(), "{first:?} {second:?}");
                alike += usize::from(one.resembles(&other));
            }
        }
        assert_eq!(alike, 4);
    }

    const PILOT: &str = "Customer is in the pilot phase and migrating 300 users of the Madrid office.";

    #[test]
    fn the_same_note_on_another_workload_is_named_with_its_place() {
        assert_eq!(
            message(("Exchange Online", PILOT), ("Microsoft Teams", PILOT)).as_deref(),
            Some("Exchange Online of this customer has the same note (a.yaml:4)")
        );
    }

    #[test]
    fn the_name_of_the_workload_does_not_hide_a_copy() {
        let message = message(
            ("Exchange Online", "Customer will not deploy Exchange Online because the proxy blocks it."),
            ("Microsoft Teams", "Customer will not deploy Teams because the proxy blocks it."),
        );
        assert!(message.unwrap().contains("has the same note"));
    }

    #[test]
    fn a_word_more_does_not_hide_a_copy() {
        let longer = PILOT.replace("Madrid office", "large Madrid office");
        assert!(message(("Exchange Online", PILOT), ("Yammer", &longer)).unwrap().contains("has nearly the same note"));
    }

    #[test]
    fn the_same_workload_and_other_reasons_are_no_copies() {
        assert_eq!(message(("Yammer", PILOT), ("yammer", PILOT)), None);
        assert_eq!(
            message(
                ("Yammer", "Customer will not deploy because of the works council."),
                ("Stream", "Customer will not deploy because of the low bandwidth in Chile."),
            ),
            None
        );
        assert_eq!(message(("Yammer", "In progress."), ("Stream", "In progress.")), None);
    }
}
