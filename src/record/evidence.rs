//! Whether a group of fields is a record, where ordinary YAML files lie among the notes.
//!
//! One word such as `note`, `status` or `customer` is in many files, so a `note` among keys of other kinds is none: it
//! takes a second field of a record. A status of another kind (`paid`, `accepted`) beside keys of another kind is that
//! of an invoice or a decision. A customer and a note among the keys of an order or a contact are theirs.

use super::fields::Scope;
use super::fold::fold;
use super::key_words::{is_for_work, is_of_trade};
use super::misplaced::repeats_key;
use super::spelling::{CORE, NearKeys};
use super::{FieldName, FieldNames};
use crate::emptiness::{Purpose, emptiness};
use crate::playbook::Playbook;
use crate::yaml::{Entry, Value};

/// Keys that a record often has besides those that notegate knows.
const BESIDE: [&str; 3] = ["date", "waivers", "owner"];

/// What tells records from other groups of fields.
#[derive(Clone, Copy)]
pub(super) struct Evidence<'s> {
    pub(super) names: &'s FieldNames,
    pub(super) keys: &'s NearKeys<'s>,
    pub(super) playbook: &'s Playbook,
}

impl Evidence<'_> {
    /// A document, or an item of its list: a group of fields with a refresh summary, with a status and a workload, or
    /// with a note and another field of a record; or with a note and nothing else. Of the fields that count at least one
    /// has to be its own.
    pub(super) fn is_record(self, scope: &Scope<'_, '_>) -> bool {
        let own = |field| scope.own.get(field).is_some();
        let any = |field| scope.get(field).is_some();
        if are_labels(scope) {
            return false;
        }
        if own(FieldName::RefreshSummary) || has_status_and_workload(scope) && self.is_workload(scope) {
            return true;
        }
        if !own(FieldName::Note) {
            return false;
        }
        if any(FieldName::Workload) || own(FieldName::Waivers) {
            return true;
        }
        match self.status(scope) {
            Status::Known => !self.is_of_work(scope),
            // Invoices and decisions have a date and an owner, too.
            Status::Other => !self.has_key_but(scope.own.mapping, |_| false),
            Status::None => {
                let is_usual = |key: &str| is_beside(key) || self.is_known(key);
                any(FieldName::Customer) && !self.is_of_trade(scope) || !self.has_key_but(scope.own.mapping, is_usual)
            }
        }
    }

    /// An item of the list under the key for entitlements, which speaks for a record itself.
    pub(super) fn is_entitlement(self, scope: &Scope<'_, '_>) -> bool {
        let own = |field| scope.own.get(field).is_some();
        own(FieldName::Note)
            || own(FieldName::RefreshSummary)
            || has_status_and_workload(scope)
            || own(FieldName::Workload) && scope.get(FieldName::Customer).is_some()
            || own(FieldName::Status) && self.status(scope) == Status::Known
    }

    /// Whether the workload is one that is used, and not how much somebody has to do: it is one of the playbook, or there
    /// is a customer or a note, or no key of another kind.
    fn is_workload(self, scope: &Scope<'_, '_>) -> bool {
        let any = |field| scope.get(field).is_some();
        let workload = scope.get(FieldName::Workload).and_then(|entry| entry.value.scalar());
        let is_usual = |key: &str| is_beside(key) || self.is_known(key);
        workload.is_some_and(|name| self.playbook.workload(&name.text).is_some())
            || any(FieldName::Customer)
            || any(FieldName::Note)
            || !self.has_key_but(scope.own.mapping, is_usual)
    }

    /// Whether it is an item of a plan: a key says so, tasks have its status, too, and nobody is named whom it is about.
    fn is_of_work(self, scope: &Scope<'_, '_>) -> bool {
        let keys = scope.own.mapping.entries().into_iter().flatten().filter_map(|entry| entry.key.scalar());
        let text = |field| scope.get(field).and_then(|entry| entry.value.scalar()).map(|scalar| scalar.text.as_ref());
        let named = |status: &str| self.playbook.status(status);
        let nearest = |status: &str| self.playbook.nearest_status(status).and_then(named);
        let status = text(FieldName::Status).and_then(|status| named(status).or_else(|| nearest(status)));
        let speaks = |note: &str| speaks_of_customer(note) || self.names_workload(note);
        keys.filter(|key| is_for_work(&key.text)).count() > 0
            && scope.get(FieldName::Customer).is_none()
            && status.is_some_and(|status| status.kind.is_shared_with_work())
            && !text(FieldName::Note).is_some_and(speaks)
    }

    /// Whether it is an order or a contact: several keys say so, and the note speaks of no deployment.
    fn is_of_trade(self, scope: &Scope<'_, '_>) -> bool {
        let keys = scope.own.mapping.entries().into_iter().flatten().filter_map(|entry| entry.key.scalar());
        let note = scope.own.get(FieldName::Note).and_then(|entry| entry.value.scalar());
        let speaks = |text: &str| speaks_of_customer(text) || self.names_workload(text);
        keys.filter(|key| is_of_trade(&key.text)).nth(1).is_some() && !note.is_some_and(|note| speaks(&note.text))
    }

    fn names_workload(self, text: &str) -> bool {
        let mut words = text.split(|c: char| !c.is_alphanumeric());
        words.any(|word| word.starts_with(char::is_uppercase) && self.playbook.workload(word).is_some())
    }

    fn status(self, scope: &Scope<'_, '_>) -> Status {
        let Some(entry) = scope.get(FieldName::Status) else { return Status::None };
        match entry.value.scalar().map(|scalar| scalar.text.as_ref()) {
            Some(written) if self.playbook.may_mean_status(written) => Status::Known,
            Some(written) if emptiness(written, Purpose::Name).is_some() => Status::None,
            _ => Status::Other,
        }
    }

    /// Whether a key is neither one that makes a record, nor nearly one, nor `allowed`.
    fn has_key_but(self, mapping: Value<'_>, allowed: impl Fn(&str) -> bool) -> bool {
        mapping.entries().into_iter().flatten().any(|entry| match entry.key.scalar() {
            Some(key) => self.keys.near(&key.text).is_none() && !allowed(&key.text),
            None => true,
        })
    }

    fn is_known(self, key: &str) -> bool {
        self.names.is_known(key)
    }
}

/// Whether a note speaks of the customer, as the notes of records do and those of tasks, orders and features do not.
pub(crate) fn speaks_of_customer(note: &str) -> bool {
    note.split(|c: char| !c.is_alphanumeric()).any(|word| matches!(fold(word).as_str(), "customer" | "customers"))
}

/// What the status of a group of fields speaks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Status {
    /// A record: it is one of the playbook, or a slip of the pen for one.
    Known,
    /// Something else.
    Other,
    /// Nothing: there is none, or a placeholder.
    None,
}

/// Whether `key` is one that a record often has besides those that make it one.
pub(crate) fn is_beside(key: &str) -> bool {
    BESIDE.iter().any(|known| key.eq_ignore_ascii_case(known))
}

/// Whether the texts of all its fields, of several, only repeat their keys, as the labels of a form do.
fn are_labels(scope: &Scope<'_, '_>) -> bool {
    let mut fields = CORE.iter().filter_map(|field| Some((*field, scope.own.get(*field)?)));
    let is_label = |(field, entry): &(FieldName, Entry<'_>)| {
        let text = entry.value.scalar().map(|scalar| scalar.text.as_ref()).unwrap_or_default();
        let key = entry.key.scalar().map(|scalar| scalar.text.as_ref()).unwrap_or_default();
        repeats_key(text, key) || repeats_key(text, field.key())
    };
    fields.clone().nth(1).is_some() && fields.all(|field| is_label(&field))
}

fn has_status_and_workload(scope: &Scope<'_, '_>) -> bool {
    // A group of fields is neither a status nor a name: programs have settings under such keys.
    let is_single = |entry: Entry<'_>| entry.value.entries().is_none();
    let own = |field| scope.own.get(field).is_some_and(is_single);
    let any = |field| scope.get(field).is_some_and(is_single);
    any(FieldName::Status) && any(FieldName::Workload) && (own(FieldName::Status) || own(FieldName::Workload))
}
