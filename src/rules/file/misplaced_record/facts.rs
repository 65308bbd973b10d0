//! What speaks for a record; see the rule.

use super::plain_text::{named_workload, tells_intent};
use super::telling::{NamedWorkload, names_workload};
use crate::emptiness::{Purpose, emptiness};
use crate::playbook::fold_name;
use crate::record::misplaced::{Below, Misplaced, NearField, Shape, repeats_key};
use crate::record::speaks_of_customer;
use crate::record::{FieldName, Nearness, NoteRecord};
use crate::rules::FileCase;

/// How much is needed to look like a record.
const ENOUGH: u32 = 5;

/// Words that make a value a sentence rather than a label.
const SENTENCE: usize = 3;

/// What is known about something that may be a record.
pub(super) struct Facts<'a> {
    misplaced: &'a Misplaced,
    /// Which status of the playbook the value of the status is, or a slip of the pen for.
    status: KnownStatus,
    workload: NamedWorkload,
    /// One of the values under the key for entitlements tells a status, a workload or a note.
    has_telling_value: bool,
}

/// Whether a status is one of the playbook.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum KnownStatus {
    No,
    /// Tasks and projects have it, too.
    Shared,
    /// Only records have it.
    Own,
}

impl<'a> Facts<'a> {
    pub(super) fn of(misplaced: &'a Misplaced, case: &FileCase<'_>) -> Self {
        let value =
            |meant| misplaced.fields.iter().find(|field| field.meant == meant).map(|field| field.value.as_str());
        let is_status = |written: &str| case.playbook.may_mean_status(written);
        let is_workload = |written: &str| case.playbook.workload(written).is_some();
        let tells = |value: &String| {
            let mut parts = value.split([':', ',', '\n']).map(str::trim).filter(|part| !part.is_empty());
            is_prose(value) || parts.any(|part| is_status(part) || is_workload(part))
        };
        let status = value(FieldName::Status).filter(|written| is_status(written));
        Self {
            misplaced,
            status: match status {
                None => KnownStatus::No,
                Some(written) if is_own_status(written, case) => KnownStatus::Own,
                Some(_) => KnownStatus::Shared,
            },
            workload: if value(FieldName::Workload).or(misplaced.key.as_deref()).is_some_and(is_workload) {
                NamedWorkload::Itself
            } else if keys(misplaced).any(|key| names_workload(key, case.playbook)) {
                NamedWorkload::AmongWords
            } else {
                NamedWorkload::Nowhere
            },
            has_telling_value: misplaced.values.iter().any(tells),
        }
    }

    fn has_known_status(&self) -> bool {
        self.status != KnownStatus::No
    }

    fn has_known_workload(&self) -> bool {
        self.workload == NamedWorkload::Itself
    }

    /// Where records are read.
    pub(super) fn is_record_here(&self) -> bool {
        let is_sole_note = self.misplaced.others.foreign == 0
            && self.misplaced.shape == Shape::Fields
            && self.misplaced.fields.len() == 1
            && self.is_sure(FieldName::Note)
            && self.has_sentence();
        let is_record = self.is_whole() && self.is_firm() && self.weight() >= ENOUGH && self.is_bound();
        is_sole_note || is_record && !self.is_of_other_kind() && !self.is_all_labels() && !self.is_of_work()
    }

    /// Under the key for entitlements the customer, and with a map the workload, may stand further out.
    pub(super) fn is_entitlement(&self) -> bool {
        let has_note = self.is_sure(FieldName::Note) || self.has(FieldName::RefreshSummary);
        has_note || self.is_whole() && self.weight() >= 3 && (self.has_sentence() || self.has_known_status())
    }

    /// A customer whose entitlements are single values. Names and numbers of licences are no records, so a value has to
    /// tell a status, a workload or a note, or such a field has to stand beside the customer.
    pub(super) fn is_bare_entitlement(&self) -> bool {
        let is_beside = self.has_known_status() || self.has_sentence() || self.is_sure(FieldName::Workload);
        self.is_sure(FieldName::Customer) && (is_beside || self.has_telling_value)
    }

    /// Where no record is read.
    pub(super) fn is_record_elsewhere(&self) -> bool {
        if self.is_sure(FieldName::RefreshSummary) && !self.has_label() {
            return true;
        }
        self.is_whole()
            && self.weight() >= ENOUGH
            && !self.has_label()
            && (self.is_by_workload() || self.is_by_customer())
    }

    /// Where no record is read, and nothing else stands beside it. Under a key of its own a status of the playbook with a
    /// note is one, whatever the note says; the items of a list, as the columns of a board, have to tell more.
    pub(super) fn is_record_and_nothing_else(&self) -> bool {
        let has_own_key = self.misplaced.key.is_some() && self.misplaced.below == Below::Anything;
        let is_by_status = self.has_known_status() && (has_own_key || self.is_told());
        self.misplaced.others.foreign == 0
            && self.is_sure(FieldName::Note)
            && (is_by_status || self.has_sentence() && self.is_named(FieldName::Customer))
            && self.weight() >= ENOUGH
            && !self.has_label()
    }

    /// Whether anything but a status that tasks have, too, says that it is about a customer or a workload.
    fn is_told(&self) -> bool {
        self.has(FieldName::Customer)
            || self.has(FieldName::Workload)
            || self.misplaced.is_below_customer
            || self.status == KnownStatus::Own
            || self.workload != NamedWorkload::Nowhere
            || self.field(FieldName::Note).is_some_and(|note| speaks_of_customer(&note.value))
    }

    /// Whether, where a record is read, it is about what records are about. Contacts, orders and minutes have a customer
    /// and notes among keys of their own, and people have a workload and a status.
    fn is_bound(&self) -> bool {
        let has_customer = self.has(FieldName::Customer);
        let has_note = self.has(FieldName::Note);
        self.misplaced.others.foreign == 0
            || self.has_known_workload()
            || self.has(FieldName::RefreshSummary)
            || self.has_known_status() && (has_note || has_customer)
            || has_customer && self.has(FieldName::Workload)
            || self.field(FieldName::Note).is_some_and(|note| speaks_of_customer(&note.value))
    }

    pub(super) fn is_record_in_text(&self) -> bool {
        let is_bound = self.has(FieldName::Customer) || self.has(FieldName::Workload);
        let is_of_three = self.misplaced.fields.len() >= 3 && self.is_whole();
        is_bound && self.has_known_status() && (self.has(FieldName::Note) || is_of_three)
            || is_of_three && self.has_known_workload() && !self.has_label()
    }

    /// Whether a workload makes it a record.
    fn is_by_workload(&self) -> bool {
        let has_note = self.has(FieldName::Note);
        let is_named = self.has_known_workload() || self.is_named(FieldName::Workload);
        let is_filled = self.has_known_status() || has_note && self.has_sentence();
        // What is still to be filled in would pass unread as well.
        let is_unfilled = self.says_nothing(FieldName::Note)
            && (self.says_nothing(FieldName::Status) || self.is_named(FieldName::Customer));
        let is_known = self.has_known_workload()
            && (self.says_nothing(FieldName::Note)
                || self.says_nothing(FieldName::Status)
                || has_note && self.misplaced.others.foreign == 0);
        // A known issue has a workload and a status, too.
        let is_close = has_note
            || self.has(FieldName::Customer)
            || self.misplaced.is_below_customer
            || self.misplaced.others.foreign == 0;
        is_close && (is_named && (is_filled || is_unfilled) || is_known)
    }

    /// Whether a customer makes it a record.
    fn is_by_customer(&self) -> bool {
        self.is_named(FieldName::Customer) && self.has_known_status() && self.has(FieldName::Note)
    }

    fn field(&self, meant: FieldName) -> Option<&'a NearField> {
        self.misplaced.fields.iter().find(|field| field.meant == meant)
    }

    fn has(&self, meant: FieldName) -> bool {
        self.field(meant).is_some()
    }

    /// Whether the field is there by its own name, whatever its style.
    fn is_sure(&self, meant: FieldName) -> bool {
        self.field(meant).is_some_and(is_sure)
    }

    /// The same, or with a word more that says nothing new.
    fn is_named(&self, meant: FieldName) -> bool {
        self.field(meant).is_some_and(|field| is_sure(field) || field.nearness == Nearness::Qualified)
    }

    fn has_sentence(&self) -> bool {
        self.field(FieldName::Note).is_some_and(|note| is_sentence(&note.value))
    }

    /// Whether the field is there and empty, or a placeholder.
    fn says_nothing(&self, meant: FieldName) -> bool {
        self.field(meant).is_some_and(says_nothing)
    }

    fn weight(&self) -> u32 {
        let by_key = u32::from(self.has_known_workload() && !self.has(FieldName::Workload));
        self.misplaced.fields.iter().map(|field| self.weight_of(field)).sum::<u32>() + 3 * by_key
    }

    fn weight_of(&self, field: &NearField) -> u32 {
        let has_workload = self.has(FieldName::Workload);
        match field.meant {
            FieldName::RefreshSummary => ENOUGH,
            FieldName::Status => {
                u32::from(is_sure(field)) + u32::from(self.has_known_status()) + u32::from(has_workload)
            }
            FieldName::Note if field.nearness == Nearness::Slip => 1 + u32::from(self.has_sentence()),
            _ if is_sure(field) => 3,
            _ => 2,
        }
    }

    /// Whether there is what makes a record: a note, a refresh summary, or both a status and a workload.
    fn is_whole(&self) -> bool {
        self.has(FieldName::Note)
            || self.has(FieldName::RefreshSummary)
            || self.has(FieldName::Status) && (self.has(FieldName::Workload) || self.has_known_workload())
    }

    /// Whether more than weak likenesses speak for it.
    fn is_firm(&self) -> bool {
        let firm = [FieldName::Customer, FieldName::Workload, FieldName::Note, FieldName::RefreshSummary];
        let qualified = self.misplaced.fields.iter().filter(|field| field.nearness == Nearness::Qualified);
        let tells = self.has_known_status() || self.has_known_workload() || self.has_sentence();
        let plural = self.misplaced.fields.iter().filter(|field| field.nearness == Nearness::Plural);
        self.misplaced.fields.len() >= 4
            || (self.has_known_status() || self.has_known_workload()) && plural.count() >= 3
            || self.has(FieldName::RefreshSummary)
            || firm.into_iter().any(|field| self.is_sure(field))
            || tells && qualified.count() >= 2
    }

    /// Whether its status is that of an invoice, an order or a decision.
    fn is_of_other_kind(&self) -> bool {
        let has_other_status =
            self.has(FieldName::Status) && !self.has_known_status() && !self.says_nothing(FieldName::Status);
        let is_bound = self.has(FieldName::Workload) || self.has(FieldName::RefreshSummary);
        has_other_status && !is_bound
    }

    /// Whether it is an item of a plan: a key says so, and nobody is named whom it is about.
    fn is_of_work(&self) -> bool {
        self.misplaced.others.of_work > 0 && self.status == KnownStatus::Shared && !self.is_told()
    }

    /// Inside a record that was read, which the team keeps beside its fields: an earlier state of the record, or one that
    /// names nobody, is the team's own. What is a note of another customer or workload is one that nobody reads.
    pub(super) fn is_record_inside(&self, host: Option<&NoteRecord>, case: &FileCase<'_>) -> bool {
        let Some(host) = host else { return self.is_record_elsewhere() };
        let tells = self.has(FieldName::Note) || self.has(FieldName::RefreshSummary);
        let is_host_whole =
            [host.customer.value(), host.workload.value(), host.note.value()].iter().all(Option::is_some);
        let named = |meant, of_host: Option<&String>| {
            self.field(meant).map(|field| of_host.is_none_or(|name| !is_same(&field.value, name)))
        };
        let customer = named(FieldName::Customer, host.customer.value());
        let workload = named(FieldName::Workload, host.workload.value());
        let is_another = customer == Some(true) || customer.is_some() && workload == Some(true);
        let is_unread = || self.is_note_of_host(host, case);
        tells && ((!is_host_whole || is_another) && self.is_record_elsewhere() || is_unread())
    }

    /// Whether it is a note about the customer of the record around it: about another workload, or one with a status of
    /// the playbook that says what the customer intends. What has a date or an owner of its own and names no other
    /// workload is an earlier state.
    fn is_note_of_host(&self, host: &NoteRecord, case: &FileCase<'_>) -> bool {
        let Some(note) = self.field(FieldName::Note).filter(|note| is_sure(note)) else { return false };
        let named = self.field(FieldName::Workload).map(|field| field.value.as_str());
        let named = named.or(self.misplaced.key.as_deref()).filter(|_| self.has_known_workload());
        let id = |name: &str| case.playbook.workload(name);
        let of_host = host.workload.value().map(String::as_str);
        let is_another = named.is_some_and(|name| of_host.is_none_or(|host| id(name) != id(host)));
        let workload = named.or(of_host).unwrap_or_default();
        let names_customer = || {
            let name = host.customer.value().and_then(|name| name.split_whitespace().next()).unwrap_or_default();
            name.len() > 1 && note.value.split(|c: char| !c.is_alphanumeric()).any(|word| word == name)
        };
        // An earlier state may be told without a name: "it was blocked then".
        let is_about = || names_customer() || named_workload(&note.value, case).is_some();
        let tells = || speaks_of_customer(&note.value) || is_about() && tells_intent(&note.value, workload, case);
        let is_now = self.misplaced.others.usual == 0 && self.misplaced.others.foreign == 0;
        let is_filled = self.has_sentence() || says_nothing(note);
        let is_of_work = self.misplaced.others.of_work > 0 && !is_another;
        let is_told = is_another && (self.has_known_status() || is_filled)
            || self.has_known_status() && (is_now || named.is_some()) && tells();
        is_told && !is_of_work && !self.has_label()
    }

    /// Whether keys beside the fields of a record are a second one that is not read.
    pub(super) fn is_second_record(&self) -> bool {
        let Some(note) = self.field(FieldName::Note) else { return false };
        let is_by_value = self.has_known_status() || self.has(FieldName::Workload) && self.has_known_workload();
        !note.value.is_empty() && !is_label(note) && (note.nearness == Nearness::Style || is_by_value)
    }

    /// Whether a text only repeats its key, as the labels of a form do.
    fn has_label(&self) -> bool {
        self.misplaced.fields.iter().any(is_label)
    }

    /// Whether the texts of all fields, of several, only repeat their keys.
    fn is_all_labels(&self) -> bool {
        self.misplaced.fields.len() > 1 && self.misplaced.fields.iter().all(is_label)
    }
}

/// The keys at or above something.
fn keys(misplaced: &Misplaced) -> impl Iterator<Item = &str> {
    let under = misplaced.under.as_ref().map(|under| under.value.as_str());
    misplaced.key.as_deref().into_iter().chain(under)
}

pub(super) fn is_own_status(written: &str, case: &FileCase<'_>) -> bool {
    let nearest = || case.playbook.nearest_status(written).and_then(|name| case.playbook.status(name));
    let status = case.playbook.status(written).or_else(nearest);
    status.is_some_and(|status| !status.kind.is_shared_with_work())
}

pub(super) fn is_label(field: &NearField) -> bool {
    is_label_of(&field.value, &field.written.value, Some((field.meant, field.nearness)))
}

/// Whether a value only repeats its key, or the name of the field that the key means.
pub(super) fn is_label_of(value: &str, key: &str, meant: Option<(FieldName, Nearness)>) -> bool {
    meant.is_some_and(|(field, _)| repeats_key(value, field.key())) || repeats_key(value, key)
}

/// Whether two names are the same but for case and what stands between their words. Names longer than what is kept of a
/// value are compared by their beginnings.
pub(super) fn is_same(kept: &str, whole: &str) -> bool {
    let whole = fold_name(whole);
    !kept.is_empty() && whole.starts_with(&fold_name(kept))
}

/// Whether a key is a field's own name, whatever its style.
pub(super) fn is_sure(field: &NearField) -> bool {
    matches!(field.nearness, Nearness::Exact | Nearness::Style)
}

pub(super) fn says_nothing(field: &NearField) -> bool {
    let purpose = if field.meant == FieldName::Note { Purpose::Statement } else { Purpose::Name };
    emptiness(&field.value, purpose).is_some()
}

/// Whether a value is a sentence and not the name of a licence, which is written with capitals: `Microsoft 365 E5`.
fn is_prose(text: &str) -> bool {
    let is_common = |word: &&str| word.starts_with(char::is_lowercase);
    is_sentence(text) && text.split_whitespace().filter(is_common).nth(1).is_some()
}

pub(super) fn is_sentence(text: &str) -> bool {
    text.split_whitespace().nth(SENTENCE - 1).is_some()
}
