//! The file of the kinds of reason, `src/playbook/reason_kinds.yaml`, as values and as tables. Only the build script and
//! tests read it.

use super::morphology::forms;
use super::reason_kind_tables::{EntryRow, EntryUse, EntryWord, FormRow, KindIndex, KindRow, KindTables, SmallWords};
use super::scan;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// What an entry of each list weighs.
const DECISIVE: u32 = 4;
const TELLING: u32 = 2;
const HINTING: u32 = 1;

/// The whole file.
#[derive(Debug, Clone, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReasonKindFile {
    pub(crate) kinds: Vec<KindText>,
    settled: Vec<String>,
    serves: Vec<String>,
    idle: Vec<String>,
    small_words: SmallWordsText,
}

/// Small words, by what they do to an entry beside them.
#[derive(Debug, Clone, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct SmallWordsText {
    denials: Vec<String>,
    lacks: Vec<String>,
    passed: Vec<String>,
    pending: Vec<String>,
    leading_in: Vec<String>,
    troubles: Vec<String>,
}

/// One kind of reason.
#[derive(Debug, Clone, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct KindText {
    pub(crate) kind: String,
    /// What belongs to it, in words that follow "the reason is"; `docs/reason-kinds.md` shows them.
    means: String,
    /// What to ask of a writer who names a reason of this kind and no more: a whole sentence.
    asks: String,
    /// "No budget" is such a reason, where "no law" is none.
    #[serde(default)]
    lack: bool,
    /// What it weighs that a product does the job.
    #[serde(default)]
    product_serves: u32,
    /// What it weighs that the entitlement is counted twice or is not real.
    #[serde(default)]
    counted_twice: u32,
    /// Names of products.
    #[serde(default)]
    products: Vec<String>,
    #[serde(default)]
    decisive: Vec<String>,
    #[serde(default)]
    telling: Vec<String>,
    #[serde(default)]
    hinting: Vec<String>,
    /// Notes of which it is the kind; the tests run them.
    #[cfg_attr(not(test), allow(dead_code, reason = "only tests run examples"))]
    pub(crate) yes: Vec<String>,
    /// Notes of which it is not.
    #[cfg_attr(not(test), allow(dead_code, reason = "only tests run examples"))]
    pub(crate) no: Vec<String>,
}

impl ReasonKindFile {
    /// Reads the file in the folder of the playbook.
    ///
    /// # Errors
    /// A line for the person who edits it: a list out of order, an entry that no note could meet, or one entry twice.
    pub(crate) fn read(folder: &Path) -> Result<Self, String> {
        let path = folder.join("reason_kinds.yaml");
        let told = |error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
        let text = std::fs::read_to_string(&path).map_err(|error| told(&error))?;
        let file: Self = serde_yaml::from_str(&text).map_err(|error| told(&error))?;
        file.check().map_err(|error| told(&error))?;
        Ok(file)
    }

    /// Every list with what its entries say.
    fn lists(&self) -> Vec<(&[String], EntryUse)> {
        let mut lists = Vec::new();
        for (at, kind) in (0..).zip(&self.kinds) {
            lists.push((kind.decisive.as_slice(), EntryUse::Tells(at, DECISIVE)));
            lists.push((kind.telling.as_slice(), EntryUse::Tells(at, TELLING)));
            lists.push((kind.hinting.as_slice(), EntryUse::Tells(at, HINTING)));
            lists.push((kind.products.as_slice(), EntryUse::Names(at, TELLING)));
        }
        lists.push((self.settled.as_slice(), EntryUse::Settles));
        lists.push((self.serves.as_slice(), EntryUse::Serves));
        lists.push((self.idle.as_slice(), EntryUse::Idle));
        lists
    }

    fn check(&self) -> Result<(), String> {
        if KindIndex::try_from(self.kinds.len()).is_err() {
            return Err("there are too many kinds".to_owned());
        }
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || " '&/.+".contains(c);
        let mut seen = BTreeSet::new();
        for (list, _) in self.lists() {
            for (before, entry) in list.iter().zip(list.iter().skip(1)) {
                if before >= entry {
                    return Err(format!("`{entry}` has to come before `{before}`, and once"));
                }
            }
            for entry in list {
                if !entry.chars().all(plain) || entry.trim().is_empty() {
                    return Err(format!("`{entry}` has to be in lower case, without hyphens and typographic marks"));
                }
                if !seen.insert(entry) {
                    return Err(format!("`{entry}` stands in two lists"));
                }
            }
        }
        Ok(())
    }

    /// The tables.
    ///
    /// # Errors
    /// When there are too many words.
    pub(crate) fn compile(&self) -> Result<KindTables, String> {
        let mut numbers = Numbers::default();
        let mut entries: Vec<(Vec<EntryWord>, EntryUse)> = Vec::new();
        for (list, says) in self.lists() {
            for entry in list {
                let mut words = Vec::new();
                for word in scan::words(entry) {
                    words.push(numbers.of(word)?);
                }
                entries.push((words, says));
            }
        }
        entries.sort_by_key(|(words, _)| (words.first().copied(), std::cmp::Reverse(words.len())));
        let small_words = self.small_words.compile(&mut numbers)?;
        let mut written: BTreeSet<(String, EntryWord)> = BTreeSet::new();
        for (word, number) in &numbers.known {
            written.extend(forms(word).into_iter().map(|form| (form, *number)));
        }
        let mut text = String::new();
        let mut rows = Vec::with_capacity(written.len());
        for (form, word) in written {
            let start = number(text.len());
            text.push_str(&form);
            rows.push(FormRow { start, end: number(text.len()), word });
        }
        let mut words = Vec::new();
        let mut entry_rows = Vec::with_capacity(entries.len());
        for (entry, says) in entries {
            entry_rows.push(EntryRow { start: number(words.len()), count: number(entry.len()), says });
            words.extend(entry);
        }
        let kinds = self.kinds.iter().map(|kind| KindRow {
            name: Cow::Owned(kind.kind.clone()),
            means: Cow::Owned(kind.means.clone()),
            asks: Cow::Owned(kind.asks.clone()),
            is_lack: kind.lack,
            product_serves: kind.product_serves,
            counted_twice: kind.counted_twice,
        });
        Ok(KindTables {
            text: Cow::Owned(text),
            forms: Cow::Owned(rows),
            words: Cow::Owned(words),
            entries: Cow::Owned(entry_rows),
            small_words,
            kinds: Cow::Owned(kinds.collect()),
        })
    }
}

/// The words of all entries, each with its number.
#[derive(Debug, Default)]
struct Numbers<'t> {
    known: BTreeMap<&'t str, EntryWord>,
}

impl<'t> Numbers<'t> {
    /// The number of a word.
    ///
    /// # Errors
    /// When there are too many words.
    fn of(&mut self, word: &'t str) -> Result<EntryWord, String> {
        let next = EntryWord::try_from(self.known.len()).map_err(|_| "there are too many words".to_owned())?;
        Ok(*self.known.entry(word).or_insert(next))
    }
}

impl SmallWordsText {
    fn compile<'t>(&'t self, numbers: &mut Numbers<'t>) -> Result<SmallWords, String> {
        let mut list = |words: &'t [String]| -> Result<Cow<'static, [EntryWord]>, String> {
            let mut list = words.iter().map(|word| numbers.of(word)).collect::<Result<Vec<_>, String>>()?;
            list.sort_unstable();
            Ok(Cow::Owned(list))
        };
        Ok(SmallWords {
            denials: list(&self.denials)?,
            lacks: list(&self.lacks)?,
            passed: list(&self.passed)?,
            pending: list(&self.pending)?,
            leading_in: list(&self.leading_in)?,
            troubles: list(&self.troubles)?,
        })
    }
}

/// The tables count in 32 bits; the file is far too small to need more.
fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
