//! Which keys of a folder's files are the fields of a record: by the words of the keys and by the values under them.

use super::survey::{FileSurvey, GroupStats, KeyStats};
use super::words::{WHAT, WHO, meaning, means};
use crate::record::{FieldName, KeyMeanings, Nearness};
use std::collections::BTreeMap;

/// The score from which on a key is taken for a field.
const ENOUGH: u32 = 40;

/// Out of so many records at most one may lack a key, or another key is looked for beside it.
const NEARLY_ALL: usize = 20;

/// Fields of a record that are looked for, in the order of a record.
pub(crate) const FIELDS: [FieldName; 5] =
    [FieldName::Customer, FieldName::Workload, FieldName::Status, FieldName::Note, FieldName::RefreshSummary];

/// A key that is taken for a field, and how many records have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) key: String,
    pub(crate) count: usize,
    /// Some of its values.
    pub(crate) examples: Vec<String>,
}

/// What the files of one part of a folder call the fields.
#[derive(Debug, Clone, Default)]
pub(crate) struct Layout {
    /// How many records there are.
    pub(crate) records: usize,
    pub(crate) files: usize,
    /// The keys of each field of a record, the most frequent first.
    pub(crate) fields: BTreeMap<FieldName, Vec<Found>>,
    /// What an entry of the refresh summary is made of, by the name of the field.
    pub(crate) entry: BTreeMap<&'static str, String>,
    /// The keys under which customers keep their records.
    pub(crate) lists: Vec<Found>,
    /// The values of the status, and of the workload.
    pub(crate) statuses: BTreeMap<String, usize>,
    pub(crate) workloads: BTreeMap<String, usize>,
    /// Keys that are no field, the most frequent first.
    pub(crate) others: Vec<Found>,
}

impl Layout {
    /// The layout of these files.
    pub(crate) fn of<'f>(files: impl Iterator<Item = &'f FileSurvey>, meanings: &KeyMeanings<'_>) -> Self {
        let mut groups = GroupStats::default();
        let mut lists: BTreeMap<String, usize> = BTreeMap::new();
        let mut count = 0;
        for file in files.filter(|file| file.records.count > 0) {
            count += 1;
            groups.merge(&file.records);
            file.lists.iter().for_each(|(key, times)| *lists.entry(key.clone()).or_default() += times);
        }
        let mut layout = Self { records: groups.count, files: count, ..Self::default() };
        layout.lists = lists.into_iter().map(|(key, count)| Found { key, count, examples: Vec::new() }).collect();
        layout.lists.sort_by(|left, right| right.count.cmp(&left.count).then_with(|| left.key.cmp(&right.key)));
        layout.assign(&groups, meanings);
        layout.entry = layout.entry_of(&groups, meanings);
        layout
    }

    /// Gives each field the keys that fit it best: the best pairs first.
    fn assign(&mut self, groups: &GroupStats, meanings: &KeyMeanings<'_>) {
        let mut pairs: Vec<(u32, FieldName, &str, &KeyStats)> = Vec::new();
        for (key, stats) in &groups.keys {
            let meant = meaning(key, meanings);
            let scores = FIELDS.map(|field| (field, score(field, meant, stats)));
            pairs.extend(
                scores
                    .into_iter()
                    .filter(|(_, score)| *score >= ENOUGH)
                    .map(|(field, score)| (score, field, key.as_str(), stats)),
            );
        }
        // How often a key is there matters little beside what it is, and decides between equals.
        pairs.sort_by_key(|(score, field, key, stats)| (std::cmp::Reverse((*score, stats.count)), *field, *key));
        let mut taken: Vec<&str> = Vec::new();
        for (_, field, key, stats) in &pairs {
            let known = self.fields.get(field).map(Vec::as_slice).unwrap_or_default();
            let seen: usize = known.iter().map(|found| found.count).sum();
            // A second key of a field is one that stands where the first does not, and not once or twice by mistake.
            let is_slip = matches!(meaning(key, meanings), Some((_, Nearness::Slip)));
            let is_frequent = stats.count > 1 && stats.count * NEARLY_ALL >= groups.count && !is_slip;
            let has_room = seen + stats.count <= groups.count && groups.count - seen > groups.count / NEARLY_ALL;
            let is_free = known.is_empty() || is_frequent && has_room;
            if taken.contains(key) || !is_free {
                continue;
            }
            taken.push(key);
            self.fields.entry(*field).or_default().push(found(key, stats));
            let values = stats.texts.values.iter().map(|(value, times)| (value.clone(), *times));
            match field {
                FieldName::Status => self.statuses.extend(values),
                FieldName::Workload => self.workloads.extend(values),
                _ => {}
            }
        }
        self.fields.values_mut().for_each(|keys| keys.sort_by_key(|found| std::cmp::Reverse(found.count)));
        let others = groups.keys.iter().filter(|(key, _)| !taken.contains(&key.as_str()));
        self.others = others.map(|(key, stats)| found(key, stats)).collect();
        self.others.sort_by_key(|found| std::cmp::Reverse(found.count));
    }

    /// The keys of the entries of the refresh summary.
    fn entry_of(&self, groups: &GroupStats, meanings: &KeyMeanings<'_>) -> BTreeMap<&'static str, String> {
        let mut entries = GroupStats::default();
        for found in self.fields.get(&FieldName::RefreshSummary).into_iter().flatten() {
            groups
                .keys
                .get(&found.key)
                .and_then(|stats| stats.entries.as_ref())
                .into_iter()
                .for_each(|it| entries.merge(it));
        }
        let mut keys = BTreeMap::new();
        let frequent = |stats: &KeyStats| 2 * stats.count >= entries.count;
        let mut left: Vec<(&String, &KeyStats)> = entries.keys.iter().filter(|(_, stats)| frequent(stats)).collect();
        let mut take = |known: &'static str, rank: &dyn Fn(&str, &KeyStats) -> u32| {
            let best = left.iter().map(|(key, stats)| (rank(key, stats), *key)).filter(|(rank, _)| *rank > 0);
            if let Some((_, key)) = best.max_by(|left, right| left.0.cmp(&right.0).then_with(|| right.1.cmp(left.1))) {
                keys.insert(known, key.clone());
                left.retain(|(other, _)| *other != key);
            }
        };
        take("date", &|_, stats| share(stats.texts.dates, stats.texts.count, 100).saturating_sub(50));
        take("who_changed", &|key, stats| {
            let is_by_name = 100 * u32::from(means(key, WHO));
            let is_short = stats.texts.words <= 4 * stats.texts.count && stats.texts.sentences == 0;
            let capitals = share(stats.texts.capitalised, stats.texts.count, 50);
            if is_short && !means(key, WHAT) { is_by_name + capitals } else { 0 }
        });
        take("what_changed", &|key, stats| {
            let is_comment = matches!(meanings.of(key), Some((FieldName::Note, _)));
            let words = u32::try_from(stats.texts.words / stats.texts.count.max(1)).unwrap_or(100).min(50);
            100 * u32::from(means(key, WHAT)) + 50 * u32::from(is_comment) + words
        });
        keys
    }

    /// The names of the fields as the configuration has them: those that are not called by their own name alone.
    pub(crate) fn names(&self) -> BTreeMap<&'static str, Vec<String>> {
        let mut names: BTreeMap<&'static str, Vec<String>> = BTreeMap::new();
        for (field, found) in &self.fields {
            names.insert(field.key(), found.iter().map(|found| found.key.clone()).collect());
        }
        for (known, key) in &self.entry {
            names.insert(known, vec![key.clone()]);
        }
        if !self.lists.is_empty() {
            names.insert("entitlements", self.lists.iter().map(|found| found.key.clone()).collect());
        }
        names.retain(|known, keys| keys.as_slice() != [*known]);
        names
    }

    /// Whether some key is the field `known`.
    pub(crate) fn has(&self, known: &str) -> bool {
        let is_field = self.fields.keys().any(|field| field.key() == known);
        is_field || self.entry.contains_key(known) || known == "entitlements" && !self.lists.is_empty()
    }

    /// Whether a record may lack `field`: most do. A note is never optional.
    pub(crate) fn is_optional(&self, field: FieldName) -> bool {
        let having: usize = self.fields.get(&field).into_iter().flatten().map(|found| found.count).sum();
        field != FieldName::Note && self.records > 0 && 2 * having < self.records
    }

    /// Whether a field has several keys.
    pub(crate) fn is_mixed(&self) -> bool {
        self.fields.values().any(|keys| keys.len() > 1) || self.lists.len() > 1
    }

    /// Whether the two are written with the same settings.
    pub(crate) fn is_like(&self, other: &Self) -> bool {
        let optional = |layout: &Self| FIELDS.map(|field| layout.is_optional(field));
        self.names() == other.names() && optional(self) == optional(other)
    }

    /// Adds the counts of a part with the same settings.
    pub(crate) fn merge(&mut self, other: Self) {
        self.records += other.records;
        self.files += other.files;
        for (field, keys) in other.fields {
            merge_found(self.fields.entry(field).or_default(), keys);
        }
        merge_found(&mut self.lists, other.lists);
        merge_found(&mut self.others, other.others);
        other.statuses.into_iter().for_each(|(value, times)| *self.statuses.entry(value).or_default() += times);
        other.workloads.into_iter().for_each(|(value, times)| *self.workloads.entry(value).or_default() += times);
    }
}

fn merge_found(own: &mut Vec<Found>, others: Vec<Found>) {
    for other in others {
        match own.iter_mut().find(|found| found.key == other.key) {
            Some(found) => found.count += other.count,
            None => own.push(other),
        }
    }
}

/// Examples of values that are shown.
const EXAMPLES: usize = 3;

fn found(key: &str, stats: &KeyStats) -> Found {
    let mut values: Vec<(&String, &usize)> = stats.texts.values.iter().collect();
    values.sort_by_key(|(value, times)| (std::cmp::Reverse(**times), (*value).clone()));
    let short = values.into_iter().map(|(value, _)| value.clone());
    let examples = stats.texts.beginnings.iter().cloned().chain(short).take(EXAMPLES).collect();
    Found { key: key.to_owned(), count: stats.count, examples }
}

/// `of` out of `all`, as so many parts of `whole`.
fn share(of: usize, all: usize, whole: u32) -> u32 {
    let (of, all) = (u64::try_from(of).unwrap_or_default(), u64::try_from(all.max(1)).unwrap_or(1));
    u32::try_from(of * u64::from(whole) / all).unwrap_or(whole)
}

/// How well a key fits a field: by what it is called, and by what is under it.
fn score(field: FieldName, meant: Option<(FieldName, Nearness)>, stats: &KeyStats) -> u32 {
    let by_name = meant.filter(|(meant, _)| *meant == field).map_or(0, |(_, nearness)| by_nearness(nearness));
    let texts = &stats.texts;
    let of_texts = |count, whole| share(count, texts.count, whole);
    if field == FieldName::RefreshSummary {
        let dates = |stats: &KeyStats| share(stats.texts.dates, stats.texts.count, 100) > 50;
        let is_log = stats.entries.as_ref().is_some_and(|entries| entries.keys.values().any(dates));
        let is_list = 2 * stats.lists >= stats.count;
        return if is_log && is_list { 60 + by_name } else { by_name };
    }
    if stats.lists > 0 || texts.count == 0 {
        return if texts.count == 0 && stats.lists == 0 { by_name } else { 0 };
    }
    let is_prose = of_texts(texts.sentences, 100) >= 40;
    let is_other_name = meant.is_some_and(|(meant, nearness)| meant != field && nearness.is_synonym());
    let values = match field {
        FieldName::Note if is_prose => 45,
        FieldName::Status if !is_prose => of_texts(texts.statuses, 70),
        FieldName::Workload if !is_prose => of_texts(texts.workloads, 70),
        FieldName::Customer if !is_prose => of_texts(texts.companies, 90).min(60),
        _ => 0,
    };
    // A column of sentences is no name, one of statuses no workload, and dates are nothing of these.
    let contradicts = match field {
        FieldName::Note => of_texts(texts.statuses.max(texts.workloads), 100) >= 60,
        FieldName::Status => is_prose || of_texts(texts.workloads, 100) >= 60,
        FieldName::Workload => is_prose || of_texts(texts.statuses, 100) >= 60,
        _ => is_prose || of_texts(texts.statuses.max(texts.workloads), 100) >= 60,
    };
    if contradicts || of_texts(texts.dates, 100) >= 50 {
        return 0;
    }
    (by_name + values).saturating_sub(if is_other_name { 20 } else { 0 })
}

fn by_nearness(nearness: Nearness) -> u32 {
    match nearness {
        Nearness::Exact => 100,
        Nearness::Style => 90,
        Nearness::Qualified => 80,
        Nearness::Plural => 75,
        Nearness::Slip => 60,
        Nearness::Synonym => 50,
        Nearness::LooseSynonym => 30,
    }
}

#[cfg(test)]
mod tests {
    use super::super::survey::tests::with_surveys;
    use super::*;

    fn layout(texts: &[&str]) -> Layout {
        let files: Vec<(&str, &str)> = texts.iter().map(|text| ("a.yaml", *text)).collect();
        with_surveys(&files, |files, meanings| Layout::of(files.iter(), meanings))
    }

    fn names(texts: &[&str]) -> Vec<(&'static str, String)> {
        layout(texts).names().into_iter().map(|(known, keys)| (known, keys.join(" "))).collect()
    }

    fn pairs(expected: &[(&'static str, &str)]) -> Vec<(&'static str, String)> {
        let mut pairs: Vec<_> = expected.iter().map(|(known, key)| (*known, (*key).to_owned())).collect();
        pairs.sort_unstable();
        pairs
    }

    #[test]
    fn keys_are_known_by_their_words() {
        let text = "Kunde: Contoso\nProdukt: Teams\nStand: wartet\nBemerkung: Der Kunde wartet auf die neue Firewall.\n\
                    Verlauf: [{Datum: 2026-01-02, Wer: Jo Bell, Was: Firewall ist bestellt worden}]\nBetreuer: Sam Field\n";
        let expected = pairs(&[
            ("customer", "Kunde"),
            ("workload", "Produkt"),
            ("status", "Stand"),
            ("note", "Bemerkung"),
            ("refresh_summary", "Verlauf"),
            ("date", "Datum"),
            ("who_changed", "Wer"),
            ("what_changed", "Was"),
        ]);
        assert_eq!(names(&[text]), expected);
    }

    #[test]
    fn keys_that_no_list_has_are_known_by_their_values() {
        let text = "Mandant: Contoso AG\nLösung: Exchange Online\nAmpel: Blocked\nText: The mail gateway drops half of it.\n\
                    Region: EMEA\nBetreuer: Sam Field\n";
        let expected = pairs(&[("customer", "Mandant"), ("workload", "Lösung"), ("status", "Ampel"), ("note", "Text")]);
        assert_eq!(names(&[text]), expected);
    }

    #[test]
    fn values_correct_what_a_word_seems_to_mean() {
        // `state` holds the place, and `status` the note.
        let text = "client: Contoso\nproduct: Teams\nphase: Blocked\nstate: Ohio\nstatus_update: They wait for the new \
                    firewall.\ndescription: Key account\n";
        let expected =
            pairs(&[("customer", "client"), ("workload", "product"), ("status", "phase"), ("note", "status_update")]);
        assert_eq!(names(&[text]), expected);
    }

    #[test]
    fn one_field_by_two_keys_in_different_records_has_both() {
        let record = |customer: &str| {
            format!("{customer}: Contoso\nworkload: Teams\nstatus: Blocked\nnote: They wait for the new firewall.\n")
        };
        let (one, two) = (record("customer"), record("account"));
        assert_eq!(names(&[&one, &one, &one, &two, &two]), pairs(&[("customer", "customer account")]));
        // One that is there once is a mistake, and so is a slip of the pen.
        assert_eq!(names(&[&one, &one, &two]), []);
        let slip = record("custmer");
        assert_eq!(names(&[&one, &slip, &slip]), []);
        // Two keys in one record are not two names of a field.
        let both = format!("account: 5\n{one}");
        assert_eq!(names(&[&both, &both]), []);
    }

    #[test]
    fn what_most_records_lack_is_optional() {
        let text = "workload: Teams\nstatus: Blocked\nnote: They wait for the new firewall.\n";
        let layout = layout(&[text]);
        let optional: Vec<FieldName> = FIELDS.into_iter().filter(|field| layout.is_optional(*field)).collect();
        assert_eq!(optional, [FieldName::Customer, FieldName::RefreshSummary]);
    }

    #[test]
    fn a_list_of_records_of_a_customer_has_its_key() {
        let text =
            "Konto: Contoso\nprodukte: [{Produkt: Teams, Stand: Blocked, Notiz: They wait for the new firewall.}]\n";
        let expected = pairs(&[
            ("customer", "Konto"),
            ("entitlements", "produkte"),
            ("workload", "Produkt"),
            ("status", "Stand"),
            ("note", "Notiz"),
        ]);
        assert_eq!(names(&[text]), expected);
    }
}
