//! All that can be mended in a file without a person's words: the fixes that the rules offer, made and proved.

use super::error::{EditError, EditErrorKind};
use super::place::Place;
use super::{Edit, Edited, Editor, NewEntry, Original, RecordEdit, TextPart};
use crate::finding::{Finding, Fix, Target};
use crate::record::NoteRecord;
use crate::rules::waiver;
use crate::text::{ByteSpan, SourceText};
use crate::yaml::{self, Limits};
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// A file after it was mended, as far as it can be.
#[derive(Debug)]
pub struct Mended {
    /// The file after the last edit.
    pub file: Original,
    /// What was done, in the order in which it was.
    pub done: Vec<Done>,
    /// What could not be done.
    pub refused: Vec<Refused>,
}

/// A fix that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    /// The rule that found what was wrong.
    pub rule: &'static str,
    /// The line on which it was when it was mended.
    pub line: usize,
    /// What was wrong; may quote the file.
    pub message: String,
}

/// A fix that was not made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// The rule that found what is wrong.
    pub rule: &'static str,
    /// The line of what is wrong, in the file as it is now.
    pub line: usize,
    /// What is wrong; may quote the file.
    pub message: String,
    /// Why it was not mended.
    pub why: String,
    /// What the writer can do.
    pub help: Option<String>,
}

/// How often a file is looked at anew: a key under its right name shows what is wrong with its value.
const ROUNDS: usize = 8;

/// So many times at most a file is proved in one round. More are needed only where fix after fix cannot be made.
const PROOFS: usize = 64;

/// A fix that a rule offers for a record.
struct Offer<'f> {
    record: usize,
    finding: &'f Finding,
    edit: Edit,
    line: usize,
}

/// What was tried and refused, and is not tried again, by rule, record and message.
type Tried = BTreeMap<Key, Option<EditError>>;

type Key = (&'static str, usize, String);

/// What the rules offer in one round.
#[derive(Default)]
struct Offered<'f> {
    offers: Vec<Offer<'f>>,
    refused: Vec<Refused>,
}

impl Editor<'_> {
    /// Mends the file. Where `entry` is given, it is added to each refresh summary without entries.
    #[must_use]
    pub fn mend(&self, file: Original, entry: Option<&NewEntry>) -> Mended {
        let mut mended = Mended { file, done: Vec::new(), refused: Vec::new() };
        let mut tried = Tried::new();
        for _ in 0..ROUNDS {
            if !self.round(&mut mended, &mut tried, entry) {
                break;
            }
        }
        mended
    }

    /// Makes the fixes that the rules offer now; false when none was made.
    fn round(&self, mended: &mut Mended, tried: &mut Tried, entry: Option<&NewEntry>) -> bool {
        if self.mend_keys_of_groups(mended, tried) {
            return true;
        }
        let findings = self.findings(&mended.file);
        let Offered { mut offers, refused } = offered(&mended.file, &findings, entry, tried);
        mended.refused.retain(|refused| refused.rule == GROUP_RULE);
        mended.refused.extend(refused);
        if offers.is_empty() {
            return false;
        }
        hold_back(&mut offers);
        let mut sorted = Sorted { kept: Vec::new(), refused: Vec::new(), proofs: PROOFS };
        let all: Vec<&Offer<'_>> = offers.iter().collect();
        let sound = self.planned(&mended.file, &all, &mut sorted);
        if let Some(edited) = self.all_at_once(&mended.file, &sound) {
            mended.done.extend(sound.iter().map(|offer| offer.done()));
            sorted.settle(mended, tried);
            mended.file = edited;
            return true;
        }
        self.sort(&mended.file, &sound, &mut sorted);
        let kept = std::mem::take(&mut sorted.kept);
        sorted.settle(mended, tried);
        let mut kept = kept.as_slice();
        while !kept.is_empty() {
            if let Some(edited) = self.all_at_once(&mended.file, kept) {
                mended.done.extend(kept.iter().map(|offer| offer.done()));
                mended.file = edited;
                return true;
            }
            // Parts that are sound by themselves are not sound together; the rest waits for the next round.
            kept = kept.split_at(kept.len() / 2).0;
        }
        false
    }

    /// The file with all of the offers, where there are some and they can be made together.
    fn all_at_once(&self, file: &Original, offers: &[&Offer<'_>]) -> Option<Original> {
        let edits: Vec<RecordEdit> = offers.iter().map(|offer| offer.edit()).collect();
        if edits.is_empty() { None } else { self.edit(file, &edits).ok().map(Edited::into_original) }
    }

    /// The offers that can be planned; the others are refused.
    fn planned<'o, 'f>(
        &self,
        file: &Original,
        offers: &[&'o Offer<'f>],
        sorted: &mut Sorted<'o, 'f>,
    ) -> Vec<&'o Offer<'f>> {
        let edits: Vec<RecordEdit> = offers.iter().map(|offer| offer.edit()).collect();
        let mut sound = Vec::with_capacity(offers.len());
        for (offer, error) in offers.iter().zip(self.refusals(file, &edits)) {
            match error {
                None => sound.push(*offer),
                Some(error) => sorted.refused.push((*offer, error)),
            }
        }
        sound
    }

    /// Sorts the offers into those that can be proved together and those that cannot be proved. A part that cannot is
    /// halved.
    fn sort<'o, 'f>(&self, file: &Original, offers: &[&'o Offer<'f>], sorted: &mut Sorted<'o, 'f>) {
        if offers.is_empty() {
            return;
        }
        let edits: Vec<RecordEdit> = offers.iter().map(|offer| offer.edit()).collect();
        let left = sorted.proofs.checked_sub(1);
        sorted.proofs = left.unwrap_or(0);
        let tried = match left {
            Some(_) => self.edit(file, &edits),
            None => Err(EditError::new(EditErrorKind::Layout("the file"))),
        };
        match (tried, offers) {
            (Ok(_), _) => sorted.kept.extend(offers),
            (Err(error), [only]) => sorted.refused.push((*only, error)),
            (Err(error), _) if left.is_none() => {
                sorted.refused.extend(offers.iter().map(|offer| (*offer, error.clone())));
            }
            (Err(_), _) => {
                let (first, second) = offers.split_at(offers.len() / 2);
                self.sort(file, first, sorted);
                self.sort(file, second, sorted);
            }
        }
    }

    /// What the rules say of each record, less what a waiver sets aside.
    fn findings(&self, file: &Original) -> Vec<Vec<Finding>> {
        let of = |record: &NoteRecord| {
            // No rule about the text of a note offers a fix.
            let (findings, waiver_errors) = self.checks.check_fields(record);
            let findings = waiver::apply(findings, record, &waiver_errors);
            findings.into_iter().filter(|finding| finding.counts() && finding.fix.is_some()).collect()
        };
        file.reading().records.iter().map(of).collect()
    }

    /// Gives the keys of a group of fields their right names, so that it is read as a record; one finding a round.
    fn mend_keys_of_groups(&self, mended: &mut Mended, tried: &mut Tried) -> bool {
        let findings = self.checks.check_file(mended.file.reading());
        for finding in &findings {
            let Some(Fix::RenameKeys(groups)) = &finding.fix else { continue };
            let span = groups.first().map_or(0, |group| group.span.start);
            let line = mended.file.text().position(span).line;
            if tried.insert((finding.rule, line, finding.message.clone()), None).is_some() {
                continue;
            }
            match self.rename_keys(&mended.file, groups) {
                Ok(edited) => {
                    mended.done.push(Done { rule: finding.rule, line, message: finding.message.clone() });
                    mended.file = edited.into_original();
                    return true;
                }
                Err(error) => {
                    let line = error.at.map_or(line, |at| at.line);
                    let help = Some(error.help().to_owned());
                    mended.refused.push(refusal(finding, line, error.to_string(), help));
                }
            }
        }
        // What is left to a person is told when the rest has its right names.
        for finding in &findings {
            let Some(Fix::ByHand { why }) = &finding.fix else { continue };
            let line = match &finding.target {
                Target::Bytes(span) => mended.file.text().position(span.start).line,
                _ => 1,
            };
            if tried.insert((finding.rule, line, finding.message.clone()), None).is_none() {
                mended.refused.push(refusal(finding, line, why.clone(), finding.help.clone()));
            }
        }
        false
    }
}

/// Those of the records and groups of fields at `spans` that are written in a way that can be edited.
pub(crate) fn editable(text: &SourceText, limits: &Limits, spans: &[ByteSpan]) -> HashSet<ByteSpan> {
    let parsed = yaml::parse(text, limits);
    if !parsed.errors.is_empty() {
        return HashSet::new();
    }
    let records: Vec<NoteRecord> = spans.iter().map(|span| NoteRecord::at(*span)).collect();
    let targets = Place::find(text, &parsed.documents, &records.iter().collect::<Vec<_>>());
    spans.iter().zip(targets).filter(|(_, target)| target.is_ok()).map(|(span, _)| *span).collect()
}

/// Offers on their way to the file.
struct Sorted<'o, 'f> {
    kept: Vec<&'o Offer<'f>>,
    refused: Vec<(&'o Offer<'f>, EditError)>,
    /// How many proofs are left.
    proofs: usize,
}

impl Sorted<'_, '_> {
    /// Notes what is refused.
    fn settle(self, mended: &mut Mended, tried: &mut Tried) {
        for (offer, error) in self.refused {
            mended.refused.push(offer.refused(&error));
            tried.insert(offer.key(), Some(error));
        }
    }
}

/// What the rules offer for the records of a file, and what of it is refused from the start.
fn offered<'f>(file: &Original, findings: &'f [Vec<Finding>], entry: Option<&NewEntry>, tried: &Tried) -> Offered<'f> {
    let mut offered = Offered::default();
    for (record, findings) in file.reading().records.iter().zip(findings) {
        for finding in findings {
            let line = line_of(finding, record, file);
            let edit = match &finding.fix {
                Some(Fix::ByHand { why }) => {
                    offered.refused.push(refusal(finding, line, why.clone(), finding.help.clone()));
                    continue;
                }
                Some(fix) => edit_of(fix, entry),
                None => None,
            };
            let Some(edit) = edit else { continue };
            let offer = Offer { record: record.index, finding, edit, line };
            match tried.get(&offer.key()) {
                Some(error) => offered.refused.extend(error.as_ref().map(|error| offer.refused(error))),
                None => offered.offers.push(offer),
            }
        }
    }
    offered
}

/// Leaves for the next round what cannot be made together with the rest: of a record either what moves entries or all else,
/// one key of each name, and one change of each value.
fn hold_back(offers: &mut Vec<Offer<'_>>) {
    let in_place: BTreeSet<usize> = offers.iter().filter(|it| it.is_in_place()).map(|it| it.record).collect();
    let mut moving = BTreeSet::new();
    let (mut names, mut values) = (BTreeSet::new(), BTreeSet::new());
    offers.retain(|offer| match &offer.edit {
        Edit::RenameKey { to, .. } => names.insert((offer.record, to.clone())),
        Edit::SetScalar { value, .. } | Edit::ReplaceText { value, .. } => values.insert(*value),
        _ if offer.is_in_place() => true,
        _ => !in_place.contains(&offer.record) && moving.insert(offer.record),
    });
}

/// The rule that offers [`Fix::RenameKeys`].
const GROUP_RULE: &str = "misplaced-record";

impl Offer<'_> {
    fn edit(&self) -> RecordEdit {
        RecordEdit { record: self.record, edit: self.edit.clone() }
    }

    /// Whether the edit leaves every entry where it is.
    fn is_in_place(&self) -> bool {
        !matches!(self.edit, Edit::AddEntry(_) | Edit::NewestFirst)
    }

    fn key(&self) -> Key {
        (self.finding.rule, self.record, self.finding.message.clone())
    }

    fn done(&self) -> Done {
        Done { rule: self.finding.rule, line: self.line, message: self.finding.message.clone() }
    }

    fn refused(&self, error: &EditError) -> Refused {
        let line = error.at.map_or(self.line, |at| at.line);
        refusal(self.finding, line, error.to_string(), Some(error.help().to_owned()))
    }
}

fn refusal(finding: &Finding, line: usize, why: String, help: Option<String>) -> Refused {
    Refused { rule: finding.rule, line, message: finding.message.clone(), why, help }
}

/// The edit that makes `fix`; nothing for an entry that nobody gave, and for what is no edit of a record.
pub(crate) fn edit_of(fix: &Fix, entry: Option<&NewEntry>) -> Option<Edit> {
    Some(match fix {
        Fix::RenameKey { key, to } => Edit::RenameKey { key: *key, to: to.clone() },
        Fix::SetScalar { value, to } => Edit::SetScalar { value: *value, to: to.clone() },
        Fix::ReplaceText { value, parts } => Edit::ReplaceText {
            value: *value,
            parts: parts.iter().map(|(at, with)| TextPart { at: *at, with: (*with).to_owned() }).collect(),
        },
        Fix::NewestFirst => Edit::NewestFirst,
        Fix::AddEntry => Edit::AddEntry(entry?.clone()),
        Fix::RenameKeys(_) | Fix::ByHand { .. } => return None,
    })
}

/// The line that a finding about `record` points to.
fn line_of(finding: &Finding, record: &NoteRecord, file: &Original) -> usize {
    let entries = record.refresh_summary.value().map(Vec::as_slice).unwrap_or_default();
    let span = match &finding.target {
        Target::Note(span) => Some(record.locate(*span)),
        Target::Value(field) => record.spans_of(*field).value,
        Target::Key(field) => record.spans_of(*field).key,
        Target::RefreshEntry(number) => entries.get(*number).map(|entry| entry.span),
        Target::Bytes(span) => Some(*span),
        Target::Record | Target::File => None,
    };
    file.text().position(span.unwrap_or(record.span).start).line
}
