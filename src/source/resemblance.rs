//! Names of files and folders that resemble a customer or a workload: where a team keeps its notes.

use super::NotePath;
use super::elsewhere::Sought;
use std::collections::{HashMap, HashSet};
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// How much a name in a path is like a name that is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Likeness {
    /// Not at all.
    None,
    /// All words of one are in the other: `contoso` and `Contoso Ltd`.
    Words,
    /// The same letters: `woodgrove-bank` and `Woodgrove Bank`.
    Same,
}

/// Names that paths are compared with.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// Each name without anything but letters and digits.
    whole: HashSet<String>,
    /// How many words each name has.
    lengths: Vec<usize>,
    /// Which names hold a word.
    words: HashMap<String, Vec<usize>>,
}

impl Names {
    /// The names of the customers that are looked for.
    pub(super) fn of_customers(sought: &[Sought]) -> Self {
        Self::new(sought.iter().map(|sought| sought.customer.as_str()))
    }

    /// The names of the workloads that are looked for.
    pub(super) fn of_workloads(sought: &[Sought]) -> Self {
        Self::new(sought.iter().map(|sought| sought.workload.as_str()))
    }

    fn new<'n>(names: impl Iterator<Item = &'n str>) -> Self {
        let mut found = Self::default();
        for name in names {
            let words = words(name);
            // Many records of one customer are one name.
            if !found.whole.insert(words.concat()) {
                continue;
            }
            let number = found.lengths.len();
            let different: HashSet<String> = words.into_iter().collect();
            found.lengths.push(different.len());
            for word in different {
                found.words.entry(word).or_default().push(number);
            }
        }
        found
    }

    /// How much the last part of `path` is like one of the names; an extension does not count.
    pub(super) fn likeness(&self, path: &NotePath) -> Likeness {
        let name = path.as_bytes().rsplit(|byte| *byte == b'/').next().unwrap_or_default();
        let end = name.iter().rposition(|byte| *byte == b'.').filter(|end| *end > 0).unwrap_or(name.len());
        let name = String::from_utf8_lossy(name.get(..end).unwrap_or(name));
        let words = words(&name);
        if words.is_empty() {
            return Likeness::None;
        }
        if self.whole.contains(&words.concat()) {
            return Likeness::Same;
        }
        let different: HashSet<&String> = words.iter().collect();
        let mut shared: HashMap<usize, usize> = HashMap::new();
        for number in different.iter().filter_map(|word| self.words.get(*word)).flatten() {
            *shared.entry(*number).or_default() += 1;
        }
        let is_like = |(number, count): (&usize, &usize)| {
            *count == different.len() || self.lengths.get(*number).is_some_and(|length| length == count)
        };
        if shared.iter().any(is_like) { Likeness::Words } else { Likeness::None }
    }
}

/// The words of a name: lower case, without accents.
fn words(name: &str) -> Vec<String> {
    let plain: String = if name.is_ascii() {
        name.to_ascii_lowercase()
    } else {
        name.nfkd().filter(|character| !is_combining_mark(*character)).flat_map(char::to_lowercase).collect()
    };
    plain.split(|character: char| !character.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn likeness(customer: &str, path: &str) -> Likeness {
        Names::new([customer, "Another One"].into_iter()).likeness(&NotePath::from_bytes(path))
    }

    #[test]
    fn the_same_letters_and_the_same_words() {
        assert_eq!(likeness("Woodgrove Bank", "notes/woodgrove-bank"), Likeness::Same);
        assert_eq!(likeness("Woodgrove Bank", "notes/WoodgroveBank.yaml"), Likeness::Same);
        assert_eq!(likeness("Müller AG", "notes/muller_ag.yml"), Likeness::Same);
        assert_eq!(likeness("Contoso Ltd", "notes/contoso"), Likeness::Words);
        assert_eq!(likeness("Contoso", "notes/contoso-teams.yaml"), Likeness::Words);
        assert_eq!(likeness("Contoso Ltd", "notes/fabrikam-ltd.yaml"), Likeness::None);
        assert_eq!(likeness("Contoso", "contoso/teams.yaml"), Likeness::None, "only the last part is looked at");
        assert_eq!(likeness("Contoso", "---"), Likeness::None);
    }
}
