//! What each entry of the lexicon is worth: every one is taken out in turn, and the labelled notes that hold its words are
//! graded again. An entry whose absence changes neither a grade nor an intent nor how much a reason says may go, unless an
//! example of a cue needs it. Two entries that stand in for each other both show here as changing nothing: take one
//! out, then ask again.
//!
//! `.ci/lexicon` runs it; it takes a minute or two.

use super::labelled_notes::labelled_notes;
use super::{Polarity, ReasonStrength};
use crate::eval::{Labelled, grade_note};
use crate::grade::Grade;
use crate::lexicon::lexicon_tables::Tables;
use crate::lexicon::morphology::forms;
use crate::lexicon::scan;
use crate::lexicon::text::NormalText;
use crate::lexicon::{LexicalEntry, Lexicon};
use crate::playbook::{Playbook, built_in_files};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io::Write as _;

/// What an entry must change to be worth its line.
type Outcome = (Grade, Polarity, ReasonStrength);

/// An entry with the list that it stands in.
struct Listed {
    list: String,
    text: String,
}

/// The notes that hold a word, by the forms that they have it in.
struct Index(HashMap<String, BTreeSet<usize>>);

impl Index {
    fn new(notes: &[Labelled]) -> Self {
        let mut index: HashMap<String, BTreeSet<usize>> = HashMap::new();
        for (at, labelled) in notes.iter().enumerate() {
            let normal = NormalText::new(&labelled.note);
            for word in scan::words(normal.text()) {
                // A genitive is looked up as its owner too.
                let owner = word.strip_suffix("'s").or_else(|| word.strip_suffix('\''));
                for form in [Some(word), owner].into_iter().flatten() {
                    index.entry(form.to_owned()).or_default().insert(at);
                }
            }
        }
        Self(index)
    }

    fn holding(&self, word: &str) -> BTreeSet<usize> {
        forms(word).iter().filter_map(|form| self.0.get(form)).flatten().copied().collect()
    }

    /// The notes that may be read otherwise without an entry: those with all its words. Where a word has an apostrophe,
    /// those with that word alone too: without the entry it may be looked up as the genitive of another.
    fn touched_by(&self, entry: &str) -> BTreeSet<usize> {
        let words = scan::words(entry);
        let all = words.iter().map(|word| self.holding(word)).reduce(|one, other| &one & &other).unwrap_or_default();
        let apostrophes = words.iter().filter(|word| word.contains('\'')).flat_map(|word| self.holding(word));
        all.into_iter().chain(apostrophes).collect()
    }
}

/// Every entry with its list, in the order of [`crate::playbook`]'s entries.
fn listed() -> Vec<Listed> {
    let files = built_in_files();
    let of = |list: &str, words: Vec<String>| -> Vec<Listed> {
        words.into_iter().map(|text| Listed { list: list.to_owned(), text }).collect()
    };
    let workloads = files.workloads.into_iter().flat_map(|workload| {
        [
            of("workload name", vec![workload.name.to_lowercase()]),
            of("workload alias", workload.aliases),
            of("workload term", workload.terms),
            of("workload never", workload.never),
        ]
    });
    workloads.flatten().chain(files.words.into_iter().flat_map(|(_, list, words)| of(list, words))).collect()
}

fn outcome(note: &Labelled, playbook: &Playbook) -> Outcome {
    let graded = grade_note(&note.note, note.heading(), playbook);
    (graded.grade, graded.reading.intent, graded.reading.reason)
}

/// The first note that is read otherwise without an entry.
fn changed(entries: &[(String, LexicalEntry)], without: usize, touched: &[(&Labelled, Outcome)]) -> Option<String> {
    if touched.is_empty() {
        return None;
    }
    let rest = [&entries[..without], &entries[without + 1..]].concat();
    let playbook = Playbook::built_in().with_lexicon(Lexicon::new(Tables::EMPTY).with(&rest));
    touched.iter().find(|(note, before)| outcome(note, &playbook) != *before).map(|(note, _)| note.id.clone())
}

#[test]
#[ignore = "a report for whoever edits the lexicon, not a check; .ci/lexicon runs it"]
fn leave_one_out() {
    let (entries, listed, notes) = (built_in_files().entries(), listed(), labelled_notes());
    assert!(entries.iter().map(|(text, _)| text).eq(listed.iter().map(|entry| &entry.text)));
    let playbook = Playbook::built_in();
    let before: Vec<Outcome> = notes.par_iter().map(|note| outcome(note, &playbook)).collect();
    let index = Index::new(&notes);
    let report: Vec<(usize, Option<String>)> = (0..entries.len())
        .into_par_iter()
        .map(|at| {
            let touched: Vec<(&Labelled, Outcome)> =
                index.touched_by(&entries[at].0).into_iter().map(|note| (&notes[note], before[note])).collect();
            (touched.len(), changed(&entries, at, &touched))
        })
        .collect();
    print(&listed, &report, notes.len()).unwrap();
}

fn print(listed: &[Listed], report: &[(usize, Option<String>)], notes: usize) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(
        out,
        "\n# Entries whose absence changes nothing on {notes} labelled notes: list, entry, notes with its words"
    )?;
    let mut counts: BTreeMap<&str, [usize; 3]> = BTreeMap::new();
    for (entry, (touched, changed)) in listed.iter().zip(report) {
        let count = counts.entry(&entry.list).or_default();
        count[0] += 1;
        count[1] += usize::from(*touched > 0);
        count[2] += usize::from(changed.is_some());
        if changed.is_none() {
            writeln!(out, "{}\t{}\t{touched}", entry.list, entry.text)?;
        }
    }
    writeln!(out, "\n# {:<16}{:>9}{:>16}{:>20}", "list", "entries", "words in a note", "changes an outcome")?;
    let total = counts.values().fold([0; 3], |sum, count| [0, 1, 2].map(|at| sum[at] + count[at]));
    for (list, [all, met, works]) in counts.into_iter().chain([("all", total)]) {
        writeln!(out, "# {list:<16}{all:>9}{met:>16}{works:>20}")?;
    }
    Ok(())
}
