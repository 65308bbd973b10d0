//! What one file holds, counted key by key. Nothing is decided here but whether a group of fields may be a record, and that
//! by the same words as everywhere: the keys that mean a field, and the values that the playbook knows.

mod nested;
mod shapes;

use super::found_keys::FoundKeys;
use super::words::meaning;
use crate::playbook::Playbook;
use crate::record::{self, FieldName, KeyMeanings, Selection, is_company};
use crate::rules::file::misplaced_record::MisplacedRecord;
use crate::rules::{FileCase, Rule as _, RuleSettings};
use crate::source::NotePath;
use crate::yaml::{self, Limits, Value};
use shapes::Shape;
pub(super) use shapes::settle;
use std::collections::BTreeMap;

/// Words that make a text a sentence rather than a name.
const SENTENCE: usize = 5;

/// Bytes of the longest key that is counted: the name of a field may not be longer.
const LONGEST_KEY: usize = 64;

/// Keys of a group that are counted; a group with more is no record.
pub(super) const MOST_KEYS: usize = 100;

/// Different values of a key that are kept, and the characters of the longest of them.
const MOST_VALUES: usize = 200;
const LONGEST_VALUE: usize = 60;

/// Beginnings of longer texts that are kept of a key.
const MOST_BEGINNINGS: usize = 2;

/// Entries of a list that are looked at to tell what the list is.
const MOST_ENTRIES: usize = 20;

/// What the texts under a key are like.
#[derive(Debug, Clone, Default)]
pub(crate) struct Texts {
    pub(crate) count: usize,
    pub(crate) words: usize,
    pub(crate) sentences: usize,
    pub(crate) dates: usize,
    /// Short texts that begin with a capital, as names do.
    pub(crate) capitalised: usize,
    /// Names with the legal form of a company.
    pub(crate) companies: usize,
    /// Statuses of the playbook.
    pub(crate) statuses: usize,
    /// Workloads of the playbook.
    pub(crate) workloads: usize,
    /// The beginnings of some longer texts.
    pub(crate) beginnings: Vec<String>,
    /// Short values, each with how often it is there.
    pub(crate) values: BTreeMap<String, usize>,
}

/// What is under one key of many groups.
#[derive(Debug, Clone, Default)]
pub(crate) struct KeyStats {
    /// How many groups have it.
    pub(crate) count: usize,
    pub(crate) texts: Texts,
    /// Where it holds lists of groups: what is in those.
    pub(crate) entries: Option<Box<GroupStats>>,
    /// How many of its values are such lists.
    pub(crate) lists: usize,
}

/// Groups of fields, key by key.
#[derive(Debug, Clone, Default)]
pub(crate) struct GroupStats {
    pub(crate) count: usize,
    pub(crate) keys: BTreeMap<String, KeyStats>,
}

/// What one file holds.
#[derive(Debug, Clone)]
pub(crate) struct FileSurvey {
    pub(crate) path: NotePath,
    /// The groups that may be records; what a customer's list inherits counts for each of its records.
    pub(crate) records: GroupStats,
    /// The keys under which customers keep their lists of records, each with how many records.
    pub(crate) lists: BTreeMap<String, usize>,
    /// Documents and items of lists that are no records.
    pub(crate) others: usize,
    /// It could not be read as YAML.
    pub(crate) is_broken: bool,
    /// The reader reads a record in it, or the rule about misplaced records reports one.
    is_sure: bool,
    /// The keys of groups within groups, which hold a field that a record around them lacks. What is in there is not read.
    pub(crate) nested: BTreeMap<String, usize>,
    /// Its groups by the keys that mean a field.
    shapes: BTreeMap<String, Shape>,
}

impl FileSurvey {
    /// Whether it holds something that was not taken for a record.
    pub(crate) fn has_others(&self) -> bool {
        self.others > 0 && !self.is_broken
    }

    /// Whether it holds a record by more than the number of its like.
    pub(crate) fn is_sure(&self) -> bool {
        self.is_sure && self.records.count > 0
    }

    /// A file that could not be read.
    pub(crate) fn broken(path: NotePath) -> Self {
        let (records, lists, shapes) = (GroupStats::default(), BTreeMap::new(), BTreeMap::new());
        Self { path, records, lists, others: 0, is_broken: true, is_sure: false, nested: BTreeMap::new(), shapes }
    }
}

/// Looks at files.
pub(crate) struct Surveyor<'a> {
    pub(crate) meanings: KeyMeanings<'a>,
    pub(crate) playbook: &'a Playbook,
    pub(crate) limits: &'a Limits,
    /// The keys of the records that were found so far: what has them is a record, whatever it says.
    pub(crate) found: FoundKeys,
}

impl Surveyor<'_> {
    /// Counts what the file `path` with these bytes holds.
    pub(crate) fn look(&self, path: NotePath, bytes: Vec<u8>) -> FileSurvey {
        let mut survey = FileSurvey::broken(path);
        survey.is_sure = self.is_sure(bytes.clone());
        let decoded = yaml::decode(bytes, self.limits);
        if decoded.error.is_some() {
            return survey;
        }
        let parsed = yaml::parse(&decoded.text, self.limits);
        survey.is_broken = !parsed.errors.is_empty();
        for document in &parsed.documents {
            let root = document.root();
            match root.items() {
                Some(items) => items.for_each(|item| self.group(item, &mut survey)),
                None => self.group(root, &mut survey),
            }
        }
        survey
    }

    /// Whether the file holds a record by the evidence that a run goes by.
    fn is_sure(&self, bytes: Vec<u8>) -> bool {
        let settings = RuleSettings::default();
        let file = record::read(bytes, self.limits, &settings.fields, self.playbook, Selection::Likely);
        let case = FileCase { file: &file, playbook: self.playbook, settings: &settings };
        !file.records.is_empty() || !MisplacedRecord.check_file(&case).is_empty()
    }

    fn group(&self, group: Value<'_>, survey: &mut FileSurvey) {
        if let Some(key) = self.nested(group) {
            *survey.nested.entry(key).or_default() += 1;
        }
        let list = group.entries().into_iter().flatten().take(MOST_KEYS).find_map(|entry| {
            let key = entry.key.scalar().filter(|key| key.text.len() <= LONGEST_KEY)?;
            let mut items = entry.value.items()?;
            items
                .any(|item| self.is_record_of_customer(item) || self.found.fit(item, Some(group)))
                .then(|| (key.text.clone().into_owned(), entry.value))
        });
        match list {
            Some((key, list)) => {
                let (records, fields) = (count_of(list.items()), count_of(group.entries()));
                // What is inherited is copied into each record, and the reader takes no more than this either.
                if records.saturating_mul(fields) > self.limits.nodes {
                    survey.is_broken = true;
                    return;
                }
                let around = self.signs(group);
                for item in list.items().into_iter().flatten() {
                    survey.is_sure |= self.found.fit(item, Some(group));
                    survey.add_shape(&self.signs(item), &around);
                    survey.records.count += 1;
                    survey.records.add(self, item, None);
                    survey.records.add(self, group, Some((&key, item)));
                    *survey.lists.entry(key.clone()).or_default() += 1;
                }
            }
            None if self.found.fit(group, None) || self.is_record(group) => {
                survey.is_sure |= self.found.fit(group, None);
                survey.add_shape(&self.signs(group), &Signs::default());
                survey.records.count += 1;
                survey.records.add(self, group, None);
            }
            None => survey.others += usize::from(group.scalar().is_none_or(|scalar| !scalar.text.trim().is_empty())),
        }
    }

    /// Whether a group of fields may be a record: by the words of its keys, or by its values.
    fn is_record(&self, group: Value<'_>) -> bool {
        self.signs(group).are_of_record()
    }

    /// Whether an item of a list under a key of a customer may be one of its records, and not an entry of a log.
    fn is_record_of_customer(&self, item: Value<'_>) -> bool {
        let seen = self.signs(item);
        let tells = seen.statuses > 0 || seen.workloads > 0;
        let says =
            seen.sentences > 0 || seen.fields.contains(&FieldName::Note) || seen.statuses > 0 && seen.workloads > 0;
        tells && says && !(seen.dates > 0 && seen.size <= 3)
    }

    fn signs(&self, group: Value<'_>) -> Signs {
        let mut seen = Signs::default();
        for entry in group.entries().into_iter().flatten().take(MOST_KEYS) {
            seen.size += 1;
            if let Some(key) = entry.key.scalar().filter(|key| key.text.len() <= LONGEST_KEY)
                && let Some((field, _)) = meaning(&key.text, &self.meanings)
            {
                seen.fields.push(field);
                seen.keys.push(key.text.clone().into_owned());
            }
            if let Some(scalar) = entry.value.scalar() {
                let text = start_of(&scalar.text);
                seen.statuses += usize::from(self.playbook.status(text).is_some());
                seen.workloads += usize::from(self.playbook.workload(text).is_some());
                seen.sentences += usize::from(words(text) >= SENTENCE);
                seen.dates += usize::from(is_date(text));
            }
        }
        seen
    }
}

/// What speaks for a record.
#[derive(Default)]
struct Signs {
    fields: Vec<FieldName>,
    /// The keys that mean them.
    keys: Vec<String>,
    size: usize,
    statuses: usize,
    workloads: usize,
    sentences: usize,
    dates: usize,
}

impl Signs {
    /// Whether they are enough for a record.
    fn are_of_record(&self) -> bool {
        let is_named = |field| self.fields.contains(&field);
        let names = [FieldName::Customer, FieldName::Workload, FieldName::Status];
        let named = names.into_iter().filter(|field| is_named(*field)).count();
        let tells = self.statuses > 0 || self.workloads > 0;
        is_named(FieldName::Note) && named >= 2
            || is_named(FieldName::Note) && named >= 1 && tells
            || is_named(FieldName::RefreshSummary) && named >= 1
            || is_named(FieldName::Status) && is_named(FieldName::Workload) && tells
            || self.sentences > 0 && tells && named >= 1
            || self.sentences > 0 && self.statuses > 0 && self.workloads > 0
    }
}

impl GroupStats {
    /// Adds the keys of a group. What a record inherits from the customer around it counts unless it says it itself, and
    /// the list of records under its key does not.
    fn add(&mut self, surveyor: &Surveyor<'_>, group: Value<'_>, inherited: Option<(&str, Value<'_>)>) {
        for entry in group.entries().into_iter().flatten().take(MOST_KEYS) {
            let Some(key) = entry.key.scalar().filter(|key| key.text.len() <= LONGEST_KEY) else { continue };
            if inherited.is_some_and(|(list, own)| key.text == list || own.get(&key.text).is_some()) {
                continue;
            }
            if !self.keys.contains_key(key.text.as_ref()) && self.keys.len() >= MOST_KEYS {
                continue;
            }
            let stats = self.keys.entry(key.text.clone().into_owned()).or_default();
            stats.count += 1;
            if let Some(scalar) = entry.value.scalar() {
                stats.texts.add(surveyor, &scalar.text);
            }
            let Some(items) = entry.value.items() else { continue };
            let mut groups = items.take(MOST_ENTRIES).filter(|item| item.entries().is_some()).peekable();
            if groups.peek().is_some() {
                stats.lists += 1;
                let entries = stats.entries.get_or_insert_default();
                groups.for_each(|item| entries.add_flat(surveyor, item));
            }
        }
    }

    /// Adds the texts of an entry of a log.
    fn add_flat(&mut self, surveyor: &Surveyor<'_>, entry: Value<'_>) {
        self.count += 1;
        for field in entry.entries().into_iter().flatten().take(MOST_ENTRIES) {
            let Some(key) = field.key.scalar().filter(|key| key.text.len() <= LONGEST_KEY) else { continue };
            if self.keys.len() >= MOST_KEYS && !self.keys.contains_key(key.text.as_ref()) {
                continue;
            }
            let stats = self.keys.entry(key.text.clone().into_owned()).or_default();
            stats.count += 1;
            if let Some(scalar) = field.value.scalar() {
                stats.texts.add(surveyor, &scalar.text);
            }
        }
    }

    /// Adds what was counted elsewhere.
    pub(crate) fn merge(&mut self, other: &Self) {
        self.count += other.count;
        for (key, stats) in &other.keys {
            let own = self.keys.entry(key.clone()).or_default();
            own.count += stats.count;
            own.lists += stats.lists;
            own.texts.merge(&stats.texts);
            if let Some(entries) = &stats.entries {
                own.entries.get_or_insert_default().merge(entries);
            }
        }
    }
}

impl Texts {
    fn add(&mut self, surveyor: &Surveyor<'_>, text: &str) {
        let text = start_of(text);
        if text.is_empty() {
            return;
        }
        let words = words(text);
        self.count += 1;
        self.words += words;
        self.sentences += usize::from(words >= SENTENCE);
        self.dates += usize::from(is_date(text));
        if text.chars().nth(LONGEST_VALUE).is_some() {
            if self.beginnings.len() < MOST_BEGINNINGS {
                self.beginnings.push(text.chars().take(LONGEST_VALUE).collect());
            }
            return;
        }
        self.capitalised += usize::from(words <= SENTENCE && text.starts_with(|c: char| c.is_uppercase()));
        self.companies += usize::from(is_company(text));
        self.statuses += usize::from(surveyor.playbook.may_mean_status(text));
        self.workloads += usize::from(surveyor.playbook.workload(text).is_some());
        count(&mut self.values, text, 1);
    }

    fn merge(&mut self, other: &Self) {
        self.count += other.count;
        self.words += other.words;
        self.sentences += other.sentences;
        self.dates += other.dates;
        self.capitalised += other.capitalised;
        self.companies += other.companies;
        self.statuses += other.statuses;
        self.workloads += other.workloads;
        let room = MOST_BEGINNINGS.saturating_sub(self.beginnings.len());
        self.beginnings.extend(other.beginnings.iter().take(room).cloned());
        other.values.iter().for_each(|(value, times)| count(&mut self.values, value, *times));
    }
}

fn count(values: &mut BTreeMap<String, usize>, value: &str, times: usize) {
    if let Some(known) = values.get_mut(value) {
        *known += times;
    } else if values.len() < MOST_VALUES {
        values.insert(value.to_owned(), times);
    }
}

fn count_of<T>(parts: Option<impl Iterator<Item = T>>) -> usize {
    parts.map_or(0, Iterator::count)
}

/// The start of a text: enough to tell what it is, however long it is.
fn start_of(text: &str) -> &str {
    const MOST: usize = 2048;
    let text = text.trim_start();
    let end = (0..=MOST.min(text.len())).rev().find(|end| text.is_char_boundary(*end)).unwrap_or_default();
    text.get(..end).unwrap_or_default().trim_end()
}

/// Words of a text, of which no more are counted than it takes to tell a note from a name.
fn words(text: &str) -> usize {
    text.split_whitespace().take(100).count()
}

/// Whether a text is a date in some form: `2020-03-27`, `27.03.2020`, `3/27/20`, also with a time.
fn is_date(text: &str) -> bool {
    let day = text.split(['T', ' ']).next().unwrap_or_default();
    let digits = day.bytes().filter(u8::is_ascii_digit).count();
    let between = day.bytes().filter(|byte| matches!(byte, b'-' | b'.' | b'/')).count();
    day.len() <= 10 && (4..=8).contains(&digits) && between == 2 && digits + between == day.len()
}

#[cfg(test)]
pub(super) mod tests;
