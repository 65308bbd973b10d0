//! What decides in which file a record is: the names in its path, or that many records are in one file.

use super::slug::Style;
use super::{Known, Wanted};
use crate::source::NotePath;
use std::collections::{BTreeMap, BTreeSet};

/// How many files are looked at; more teach nothing new.
const MOST_FILES: usize = 500;

/// Why a record is in the file in which it is. The order is that of preference.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Habit {
    /// Its path names what it is about.
    Named(Vec<Piece>),
    /// Records of several customers are in this file.
    Shared(NotePath),
}

/// A piece of a path.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Piece {
    Text(String),
    Customer(Style),
    Workload(Style),
}

/// What speaks for a habit: the records of the same customer, then all.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Weight {
    own: usize,
    all: usize,
}

impl Habit {
    /// The path of a new record.
    pub(super) fn path(&self, wanted: Wanted<'_>) -> NotePath {
        let pieces = match self {
            Self::Shared(path) => return path.clone(),
            Self::Named(pieces) => pieces,
        };
        let name = |style: &Style, name, usual: &str| style.of(name).unwrap_or_else(|| usual.to_owned());
        let path: String = pieces
            .iter()
            .map(|piece| match piece {
                Piece::Text(text) => text.clone(),
                Piece::Customer(style) => name(style, wanted.customer, "customer"),
                Piece::Workload(style) => name(style, wanted.workload, "workload"),
            })
            .collect();
        NotePath::from_bytes(path)
    }
}

/// The habits behind the records, the strongest first.
pub(super) fn habits(known: &[Known], wanted: Wanted<'_>) -> Vec<Habit> {
    let mut files: BTreeMap<&NotePath, Vec<&Known>> = BTreeMap::new();
    for record in known {
        files.entry(&record.path).or_default().push(record);
    }
    let is_own = |record: &&&Known| wanted.is_of(record);
    // Files of the same customer count before all others.
    let mut order: Vec<(&NotePath, &Vec<&Known>)> = files.iter().map(|(path, records)| (*path, records)).collect();
    order.sort_by_key(|(_, records)| !records.iter().any(|record| is_own(&record)));
    let mut weights: BTreeMap<Habit, Weight> = BTreeMap::new();
    for (path, records) in order.into_iter().take(MOST_FILES) {
        let own = records.iter().filter(is_own).count();
        for habit in of_file(path, records) {
            let weight = weights.entry(habit).or_default();
            weight.own += own;
            weight.all += records.len();
        }
    }
    let mut habits: Vec<(Habit, Weight)> = weights.into_iter().collect();
    // The sort is stable: of equal ones the preferred comes first.
    habits.sort_by_key(|(_, weight)| std::cmp::Reverse(*weight));
    habits.into_iter().map(|(habit, _)| habit).collect()
}

/// What may be the habit behind a file.
fn of_file(path: &NotePath, records: &[&Known]) -> Vec<Habit> {
    let distinct = |key: fn(&Known) -> String| records.iter().map(|record| key(record)).collect::<BTreeSet<_>>().len();
    let customers = distinct(|record| record.identity.customer().to_owned());
    let workloads = distinct(|record| record.workload.to_lowercase());
    let Some(first) = records.first() else { return Vec::new() };
    let customer = Some(first.customer.as_str()).filter(|_| customers == 1);
    let workload = Some(first.workload.as_str()).filter(|_| workloads == 1);
    let named = std::str::from_utf8(path.as_bytes()).map(|path| named(path, customer, workload)).unwrap_or_default();
    if named.is_empty() && records.len() > 1 { vec![Habit::Shared(path.clone())] } else { named }
}

/// Whether a part of the path spells this name.
pub(super) fn names(path: &NotePath, name: &str) -> bool {
    std::str::from_utf8(path.as_bytes()).is_ok_and(|path| !spellings(path, Some(name)).is_empty())
}

/// The ways in which a path is made of names; none where it holds neither.
fn named(path: &str, customer: Option<&str>, workload: Option<&str>) -> Vec<Habit> {
    let either = |found: Vec<(Style, String)>| match found.is_empty() {
        true => vec![None],
        false => found.into_iter().map(Some).collect(),
    };
    let mut habits = Vec::new();
    for customer in &either(spellings(path, customer)) {
        for workload in &either(spellings(path, workload)) {
            let mut pieces = vec![Piece::Text(path.to_owned())];
            if let Some((style, spelt)) = customer {
                pieces = parted(pieces, spelt, &Piece::Customer(*style));
            }
            if let Some((style, spelt)) = workload {
                pieces = parted(pieces, spelt, &Piece::Workload(*style));
            }
            if pieces.iter().any(|piece| !matches!(piece, Piece::Text(_))) {
                habits.push(Habit::Named(pieces));
            }
        }
    }
    habits
}

/// The styles in which a path holds this name.
fn spellings(path: &str, name: Option<&str>) -> Vec<(Style, String)> {
    let Some(name) = name else { return Vec::new() };
    let spelt = Style::all().filter_map(|style| Some((style, style.of(name)?)));
    spelt.filter(|(_, spelt)| occurrences(path, spelt).next().is_some()).collect()
}

/// Where a path holds these words as words of their own.
fn occurrences<'p>(path: &'p str, words: &'p str) -> impl Iterator<Item = usize> + 'p {
    path.match_indices(words).map(|(at, _)| at).filter(move |at| {
        let before = path.get(..*at).and_then(|before| before.chars().next_back());
        let after = path.get(at + words.len()..).and_then(|after| after.chars().next());
        [before, after].into_iter().flatten().all(|c| !c.is_alphanumeric())
    })
}

/// The pieces with `name` in the place of the words wherever a text holds them.
fn parted(pieces: Vec<Piece>, words: &str, name: &Piece) -> Vec<Piece> {
    let mut parted = Vec::new();
    for piece in pieces {
        let Piece::Text(text) = piece else {
            parted.push(piece);
            continue;
        };
        let mut from = 0;
        for at in occurrences(&text, words) {
            parted.extend(text.get(from..at).filter(|before| !before.is_empty()).map(|it| Piece::Text(it.to_owned())));
            parted.push(name.clone());
            from = at + words.len();
        }
        parted.extend(text.get(from..).filter(|rest| !rest.is_empty()).map(|it| Piece::Text(it.to_owned())));
    }
    parted
}
