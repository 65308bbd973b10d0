//! Names as people write them, each under one number.

use crate::emptiness::is_blank;
use crate::playbook::fold_name;
use crate::record::company_key;
use std::collections::{BTreeMap, HashMap};

/// No name is longer in a table, in characters.
const LONGEST: usize = 120;

/// The number of a name.
pub(super) type Name = u32;

/// What does not count where names are compared.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Folding {
    /// Case, blanks and punctuation.
    #[default]
    Plain,
    /// The legal form of a company too, as in the rules that compare records.
    Company,
}

/// Names of one kind. Those that differ in case, blanks and punctuation alone are one, shown as most records write it.
#[derive(Debug, Default)]
pub(super) struct Names {
    folding: Folding,
    numbers: HashMap<String, Name>,
    /// How often each spelling of a name occurs.
    spellings: Vec<BTreeMap<String, usize>>,
    /// What the spellings of a name have in common.
    folded: Vec<String>,
}

impl Names {
    /// Names of customers: those of which only the legal form differs are one, too.
    pub(super) fn of_customers() -> Self {
        Self { folding: Folding::Company, ..Self::default() }
    }

    /// The number of `name`; nothing where there is none to see.
    pub(super) fn number(&mut self, name: Option<&str>) -> Option<Name> {
        let name = cut(name?.trim(), LONGEST);
        if is_blank(&name) {
            return None;
        }
        let folded = match self.folding {
            Folding::Plain => fold_name(&name),
            Folding::Company => company_key(&name),
        };
        let folded = Some(folded).filter(|folded| !folded.is_empty()).unwrap_or_else(|| name.clone());
        let next = Name::try_from(self.spellings.len()).unwrap_or(Name::MAX);
        let number = match self.numbers.get(&folded) {
            Some(number) => *number,
            None => {
                self.numbers.insert(folded.clone(), next);
                self.spellings.push(BTreeMap::new());
                self.folded.push(folded);
                next
            }
        };
        if let Some(spellings) = self.spellings.get_mut(at(number)) {
            *spellings.entry(name).or_default() += 1;
        }
        Some(number)
    }

    /// What all spellings of a name have in common, which does not depend on the order in which names come.
    pub(super) fn folded(&self, number: Name) -> &str {
        self.folded.get(at(number)).map(String::as_str).unwrap_or_default()
    }

    /// The commonest spelling of a name; of equally common ones the first in the order of letters.
    pub(super) fn shown(&self, number: Name) -> &str {
        let spellings = self.spellings.get(at(number)).into_iter().flatten();
        spellings.rev().max_by_key(|(_, count)| **count).map(|(name, _)| name.as_str()).unwrap_or_default()
    }
}

/// The place of a name in a list of all.
pub(super) fn at(number: Name) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

/// The beginning of `text`, with an ellipsis in the place of what is left out.
pub(super) fn cut(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        None => text.to_owned(),
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default().trim_end()),
    }
}

/// A name as it is sorted in a list that people search.
pub(super) fn sorted_by(name: &str) -> (String, String) {
    (fold_name(name), name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_a_name_are_one_name_in_any_order() {
        let written =
            ["contoso", "Contoso", "CONTOSO", "Contoso ", "contoso", "Fabrikam", "???", "!!!", " ", "\u{200b}"];
        let shown = |names: &[&str]| {
            let mut known = Names::default();
            let mut shown: Vec<String> = Vec::new();
            let numbers: Vec<Name> = names.iter().filter_map(|name| known.number(Some(name))).collect();
            for number in numbers {
                let name = known.shown(number).to_owned();
                if !shown.contains(&name) {
                    shown.push(name);
                }
            }
            shown.sort();
            shown
        };
        assert_eq!(shown(&written), ["!!!", "???", "Contoso", "Fabrikam"]);
        let mut other = written;
        other.reverse();
        assert_eq!(shown(&other), shown(&written));
        assert_eq!(Names::default().number(None), None);
    }

    #[test]
    fn the_legal_form_of_a_customer_does_not_count() {
        let mut customers = Names::of_customers();
        let numbers: Vec<_> = ["Contoso", "Contoso Ltd", "Contoso, Inc.", "CONTOSO GmbH", "Contoso Bank", "???"]
            .iter()
            .map(|name| customers.number(Some(name)).unwrap())
            .collect();
        assert_eq!(numbers, [0, 0, 0, 0, 1, 2]);
        let mut owners = Names::default();
        assert_ne!(owners.number(Some("Contoso")), owners.number(Some("Contoso Ltd")));
    }

    #[test]
    fn long_texts_are_cut_between_characters() {
        assert_eq!(cut("äöü", 3), "äöü");
        assert_eq!(cut("äö ü", 3), "äö…");
        assert_eq!(cut("", 0), "");
    }
}
