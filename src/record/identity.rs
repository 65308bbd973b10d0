//! Who a record is about: the customer and the workload, however they are written.

use super::NoteRecord;
use super::company;
use crate::folding::folded_by_looks;
use crate::playbook::telling_characters;
use crate::source::NotePath;
use std::collections::HashMap;

/// Who a record is about: the customer and the workload, without regard to case, width, spacing, invisible characters and
/// letters that look the same; a customer without regard to punctuation and legal form, too. A workload that the playbook
/// knows by several names is one workload.
///
/// A record that lacks either is known by the file it is in, so that it is still matched with itself.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Identity {
    customer: String,
    workload: String,
    /// Only for a record that lacks the customer or the workload.
    path: Option<NotePath>,
}

impl Identity {
    /// The customer as it is compared; empty when the record names none.
    #[must_use]
    pub(crate) fn customer(&self) -> &str {
        &self.customer
    }

    /// The identity as one text, the same for equal identities and for no others.
    #[must_use]
    pub(crate) fn key(&self) -> String {
        let path = self.path.as_ref().map(|path| path.display().into_owned()).unwrap_or_default();
        [self.customer.as_str(), &self.workload, &path].join("\u{0}")
    }

    /// Whether the two have the customer or the workload in common, and not the other; never where a name is lacking.
    #[must_use]
    pub(crate) fn differs_in_one_name(&self, other: &Self) -> bool {
        let one = (self.customer == other.customer) != (self.workload == other.workload);
        one && self.is_complete() && other.is_complete()
    }

    /// Whether the record names both the customer and the workload: only then can another record be its duplicate.
    #[must_use]
    pub(crate) fn is_complete(&self) -> bool {
        self.path.is_none()
    }
}

/// Makes identities: knows which names mean the same workload.
#[derive(Debug, Clone, Default)]
pub(crate) struct Identities {
    /// The folded name of a workload, by each of its spellings.
    workloads: HashMap<String, String>,
}

impl Identities {
    /// Takes pairs of a spelling and the name that it means. Of two meanings of a spelling the first counts.
    pub(crate) fn new<'n>(spellings: impl IntoIterator<Item = (&'n str, &'n str)>) -> Self {
        let mut workloads = HashMap::new();
        for (spelling, name) in spellings {
            workloads.entry(letters(&folded_by_looks(spelling))).or_insert_with(|| folded_by_looks(name));
        }
        Self { workloads }
    }

    /// The identity of `record`, which is in the file at `path`.
    #[must_use]
    pub(crate) fn of(&self, path: &NotePath, record: &NoteRecord) -> Identity {
        let customer = record.customer.value().map(|name| company::key(name)).unwrap_or_default();
        let workload = record.workload.value().map(|name| folded_by_looks(name)).unwrap_or_default();
        let workload = self.workloads.get(&letters(&workload)).cloned().unwrap_or(workload);
        let incomplete = customer.is_empty() || workload.is_empty();
        Identity { customer, workload, path: incomplete.then(|| path.clone()) }
    }
}

fn letters(name: &str) -> String {
    telling_characters(name).filter(|c| *c != ' ').collect()
}

#[cfg(test)]
mod tests {
    use super::super::{Heading, NoteRecord};
    use super::*;

    fn identity(customer: &str, workload: &str) -> Identity {
        let names = [("Exchange Online", "Exchange Online"), ("exo", "Exchange Online")];
        let heading = Heading { customer: Some(customer), workload: Some(workload), status: None };
        Identities::new(names).of(&NotePath::from_bytes("a.yaml"), &NoteRecord::lone("note", heading))
    }

    #[test]
    fn case_width_spacing_and_invisible_characters_do_not_count() {
        let plain = identity("Contoso Ltd", "Yammer");
        for customer in
            ["CONTOSO LTD", " Contoso\u{a0} Ltd ", "Con\u{200b}toso\nLtd", "Ｃｏｎｔｏｓｏ Ltd", "\u{feff}contoso ltd"]
        {
            assert_eq!(identity(customer, "yam\u{ad}mer"), plain, "{customer:?}");
        }
        assert_ne!(identity("Contoso Bank", "Yammer"), plain);
    }

    #[test]
    fn letters_that_look_the_same_and_legal_forms_do_not_count() {
        let plain = identity("Contoso", "Exchange Online");
        for customer in ["C\u{43e}ntoso", "C\u{41e}NTOSO", "Contoso Ltd.", "Contoso, Inc.", "Cont\u{3bf}so GmbH"] {
            assert_eq!(identity(customer, "EX\u{41e}"), plain, "{customer}");
            assert_eq!(identity(customer, "\u{415}xchange Onlin\u{435}"), plain, "{customer}");
        }
        assert_ne!(identity("Contoso", "Т\u{435}ams"), plain);
    }

    #[test]
    fn all_names_of_a_workload_mean_it() {
        let named = identity("Contoso", "Exchange Online");
        for workload in ["EXO", "exo", "exchange-online", "Exchange_Online", "E.X.O."] {
            assert_eq!(identity("Contoso", workload), named, "{workload}");
        }
        assert_ne!(identity("Contoso", "Exchange Online Archive"), named);
        assert_ne!(identity("Contoso", "Works-1"), identity("Contoso", "Works 1"), "no known workload");
    }

    #[test]
    fn symbols_that_are_a_part_of_a_name_tell_names_apart() {
        let names = ["C", "C++", "C#", "C+", "C$", "C%", "C@", "C+Co", "C@Co"];
        for (at, one) in names.iter().enumerate() {
            for other in names.iter().skip(at + 1) {
                assert_ne!(identity(one, "Teams"), identity(other, "Teams"), "{one} {other}");
                assert_ne!(identity("A", one), identity("A", other), "{one} {other}");
            }
        }
        assert_ne!(identity("A", "Exchange Online+"), identity("A", "Exchange Online"));
        for (one, other) in [
            ("C++", "\u{ff23}\u{ff0b}\u{ff0b}"),
            ("C++", "c++ Ltd."),
            ("C#", "\u{441}#"),
            ("Contoso", "Contoso\u{ae}"),
            ("Contoso", "\"Contoso\"!"),
            ("Contoso 2", "Contoso #2"),
            ("Contoso & Sons", "Contoso + Sons"),
            ("Contoso-Sons", "Contoso, Sons."),
        ] {
            assert_eq!(identity(one, "Teams"), identity(other, "Teams"), "{one} {other}");
        }
    }

    #[test]
    fn the_first_meaning_of_a_spelling_counts() {
        let names = [("EOP", "EOP"), ("eop", "Exchange Online"), ("exo", "Exchange Online")];
        let identities = Identities::new(names);
        let of = |workload| {
            let heading = Heading { customer: Some("C"), workload: Some(workload), status: None };
            identities.of(&NotePath::from_bytes("a.yaml"), &NoteRecord::lone("note", heading))
        };
        assert_ne!(of("EOP"), of("EXO"));
    }

    #[test]
    fn a_name_that_shows_nothing_is_none() {
        assert!(!identity("\u{200b}", "Yammer").is_complete());
        assert!(identity("C", "Yammer").is_complete());
    }
}
