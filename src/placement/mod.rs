//! Where a new record belongs: learnt from where the records of the repository are.
//!
//! A repository may keep a file for each customer, a file for each record, or many customers in one file; its paths may
//! spell the names in any style. The habit behind most records decides, and before that the habit behind those of the
//! same customer. Where there is nothing to learn, the patterns of the configuration decide.

mod default;
mod habit;
mod near;
mod slug;

use crate::record::identity::Identity;
use crate::record::legal_form;
use crate::source::{FileSelection, NotePath};
use habit::habits;
pub(crate) use near::{near_customer, near_name};

/// A record of the repository.
#[derive(Debug, Clone)]
pub(crate) struct Known {
    /// Its file.
    pub(crate) path: NotePath,
    /// The line on which it begins.
    pub(crate) line: usize,
    /// The customer as written.
    pub(crate) customer: String,
    /// The workload as written.
    pub(crate) workload: String,
    /// Who it is about.
    pub(crate) identity: Identity,
}

/// The record that needs a place.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wanted<'a> {
    /// The customer.
    pub(crate) customer: &'a str,
    /// The workload.
    pub(crate) workload: &'a str,
    /// Who it is about.
    pub(crate) identity: &'a Identity,
}

impl Wanted<'_> {
    /// Whether a record is of the same customer. Two legal forms tell companies apart; a name without one means any.
    fn is_of(&self, known: &Known) -> bool {
        let same = known.identity.customer() == self.identity.customer();
        same && are_one_form(self.customer, &known.customer)
    }
}

/// Whether the legal forms of two names, which are otherwise the same, do not tell companies apart.
pub(crate) fn are_one_form(one: &str, other: &str) -> bool {
    let (one, other) = (legal_form(one), legal_form(other));
    one.is_empty() || other.is_empty() || one == other
}

/// What a file for the records of a customer is called where there is no habit to follow.
pub(crate) fn file_name(customer: &str) -> String {
    format!("{}.yaml", slug::Style::USUAL.of(customer).unwrap_or_else(|| "customer".to_owned()))
}

/// A place for a new record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Place {
    /// The file, which may be there already.
    pub(crate) path: NotePath,
    /// A file whose layout is the one to follow.
    pub(crate) like: Option<NotePath>,
}

/// Why there is no place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum NoPlace {
    /// The file that the name of the customer leads to is another customer's.
    OtherCustomer {
        /// The file.
        path: NotePath,
        /// Whose it is.
        customer: String,
    },
    /// No path that could be thought of is one that the configuration includes.
    NotIncluded,
}

/// The place for `wanted` among the records of the repository.
///
/// # Errors
/// When there is none.
pub(crate) fn place(known: &[Known], wanted: Wanted<'_>, files: &FileSelection) -> Result<Place, NoPlace> {
    let is_own = |record: &&Known| wanted.is_of(record);
    // The paths of a customer spell its name as its records do.
    let own = known.iter().find(is_own);
    let wanted = Wanted { customer: own.map_or(wanted.customer, |own| own.customer.as_str()), ..wanted };
    let learnt = habits(known, wanted).into_iter().map(|habit| habit.path(wanted));
    let usual = default::paths(known, wanted.customer, files);
    let path = learnt.chain(usual).find(|path| files.selects(path)).ok_or(NoPlace::NotIncluded)?;
    let there: Vec<&Known> = known.iter().filter(|record| record.path == path).collect();
    if let Some(first) = there.first()
        && !there.iter().any(is_own)
        && habit::names(&path, first.customer.as_str())
    {
        return Err(NoPlace::OtherCustomer { path, customer: first.customer.clone() });
    }
    let like = there.first().copied().or(own).or_else(|| known.first());
    Ok(Place { like: like.map(|record| record.path.clone()), path })
}

#[cfg(test)]
mod tests;
