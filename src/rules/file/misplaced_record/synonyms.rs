//! What speaks for a record whose fields are called by other words; see the rule.
//!
//! Orders, inventories and front matter are full of `client`, `product`, `state` and `description`, so their values have
//! to tell. A workload of the playbook with two of the others is enough, or all four with a status of the playbook. What
//! has many keys of its own beside them is something else.

use super::facts::{is_label, is_same, is_sentence, is_sure, says_nothing};
use super::telling::{NamedWorkload, names_workload};
use crate::record::misplaced::{Misplaced, NearField, Site};
use crate::record::speaks_of_customer;
use crate::record::{FieldName, Nearness, NoteRecord};
use crate::rules::FileCase;

/// Other keys that a record may have beside its fields.
const MOST_OTHERS: usize = 3;

pub(super) fn is_record(misplaced: &Misplaced, case: &FileCase<'_>, host: Option<&NoteRecord>) -> bool {
    let fields = Fields::of(misplaced, case);
    let is_inside = matches!(misplaced.site, Site::InRecord | Site::Beside);
    let is_own = is_inside && host.is_none_or(|host| !fields.names_another(host));
    !is_own && !misplaced.by_synonyms.iter().any(is_label) && fields.are_of_record()
}

/// What the fields say, by whatever words.
struct Fields<'a> {
    fields: &'a [NearField],
    /// Keys that are no field by any word.
    others: usize,
    has_customer: bool,
    /// The customer is named in a group of fields around this one.
    is_below_customer: bool,
    workload: NamedWorkload,
    status: Option<Status>,
}

/// What the status says.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Status {
    /// It is one of the playbook, and not one that other files have.
    Own,
    /// It is one of the playbook that tasks and projects have, too.
    Shared,
    /// It is a placeholder.
    Nothing,
    Foreign,
}

impl<'a> Fields<'a> {
    fn of(misplaced: &'a Misplaced, case: &FileCase<'_>) -> Self {
        let fields = misplaced.by_synonyms.as_slice();
        let find = |meant| fields.iter().find(|field| field.meant == meant);
        let synonyms = fields.iter().filter(|field| field.nearness.is_synonym()).count();
        let workload = find(FieldName::Workload).map(|field| field.value.as_str()).or(misplaced.key.as_deref());
        Self {
            fields,
            others: misplaced.others.foreign.saturating_sub(synonyms),
            has_customer: find(FieldName::Customer).is_some(),
            is_below_customer: misplaced.is_below_customer,
            workload: if workload.is_some_and(|name| case.playbook.workload(name).is_some()) {
                NamedWorkload::Itself
            } else if misplaced.key.as_deref().is_some_and(|key| names_workload(key, case.playbook)) {
                NamedWorkload::AmongWords
            } else {
                NamedWorkload::Nowhere
            },
            status: find(FieldName::Status).map(|field| status(field, case)),
        }
    }

    fn are_of_record(&self) -> bool {
        self.others <= MOST_OTHERS
            && (self.is_of_known_workload()
                || self.is_under_workload()
                || self.is_of_known_status()
                || self.is_of_sure_names())
    }

    /// A workload of the playbook with a note or a status of somebody.
    fn is_of_known_workload(&self) -> bool {
        let has_known_status = self.has_known_status();
        let is_bare = self.others == 0;
        let is_of_somebody = self.has_customer || self.is_below_customer && is_bare;
        self.workload == NamedWorkload::Itself
            && (is_of_somebody && has_known_status
                || is_of_somebody && self.has_note() && self.status != Some(Status::Foreign)
                || has_known_status && self.has_note() && is_bare && self.is_told())
    }

    /// Whether more than the name of a product and a status that tasks have, too, says that it is a record: lists of
    /// features and of applications tell what becomes of them.
    fn is_told(&self) -> bool {
        let note = self.find(FieldName::Note);
        let is_by_own_name = note.is_some_and(is_sure) && self.find(FieldName::Status).is_some_and(is_sure);
        let speaks = !self.is_of_applications() && note.is_some_and(|note| speaks_of_customer(&note.value));
        self.status == Some(Status::Own) || is_by_own_name || speaks
    }

    /// A status of the playbook with a comment and nothing else, under a key that names a workload.
    fn is_under_workload(&self) -> bool {
        let note = self.find(FieldName::Note).filter(|note| note.nearness != Nearness::LooseSynonym);
        let is_by_status = self.has_known_status() && self.find(FieldName::Status).is_some_and(is_sure);
        let is_under = self.workload != NamedWorkload::Nowhere && self.find(FieldName::Workload).is_none();
        self.others == 0 && is_under && is_by_status && note.is_some()
    }

    /// Whether it may be an item of a list of applications and of what becomes of them.
    fn is_of_applications(&self) -> bool {
        let is_loose = |field: &NearField| matches!(field.nearness, Nearness::LooseSynonym | Nearness::Slip);
        self.status == Some(Status::Shared) && self.find(FieldName::Workload).is_some_and(is_loose)
    }

    /// A customer and a status of the playbook with a note, and with a workload or a status that is in no other file.
    fn is_of_known_status(&self) -> bool {
        let has_workload = self.find(FieldName::Workload).is_some();
        let is_own = self.status == Some(Status::Own) && self.others == 0;
        self.has_customer && self.has_note() && (has_workload && self.has_known_status() || is_own)
    }

    /// A customer and a workload by their own names, with a note by another.
    fn is_of_sure_names(&self) -> bool {
        let is_named = |meant| self.find(meant).is_some_and(is_sure);
        let is_known = self.workload == NamedWorkload::Itself && self.has_comment();
        is_named(FieldName::Customer)
            && is_named(FieldName::Workload)
            && (self.has_note() || is_known)
            && self.status != Some(Status::Foreign)
    }

    fn find(&self, meant: FieldName) -> Option<&NearField> {
        self.fields.iter().find(|field| field.meant == meant)
    }

    fn has_known_status(&self) -> bool {
        matches!(self.status, Some(Status::Own | Status::Shared))
    }

    /// Whether there is a note by a word that other files use for little else.
    fn has_comment(&self) -> bool {
        self.find(FieldName::Note).is_some_and(|note| note.nearness != Nearness::LooseSynonym)
    }

    /// Whether there is a note that is a sentence or still to be written.
    fn has_note(&self) -> bool {
        let note = self.find(FieldName::Note).filter(|note| note.nearness != Nearness::LooseSynonym);
        let is_by_own_name = |note: &NearField| is_sure(note) && self.has_known_status();
        note.is_some_and(|note| is_sentence(&note.value) || says_nothing(note) || is_by_own_name(note))
    }

    /// Whether it is about another customer than the record in which it stands.
    fn names_another(&self, host: &NoteRecord) -> bool {
        let customer = self.find(FieldName::Customer);
        customer.is_some_and(|field| host.customer.value().is_none_or(|name| !is_same(&field.value, name)))
    }
}

fn status(field: &NearField, case: &FileCase<'_>) -> Status {
    let entry = case.playbook.status(&field.value);
    let nearest = || case.playbook.nearest_status(&field.value).and_then(|name| case.playbook.status(name));
    match entry.or_else(nearest).map(|status| status.kind) {
        Some(kind) if kind.is_shared_with_work() => Status::Shared,
        Some(_) => Status::Own,
        None if says_nothing(field) => Status::Nothing,
        None => Status::Foreign,
    }
}

#[cfg(test)]
mod tests {
    use super::super::MisplacedRecord;
    use crate::record::{FieldNames, Selection};
    use crate::rules::RuleSettings;
    use crate::rules::testing::{run, run_with};

    fn is_reported(text: &str) -> bool {
        !run(&MisplacedRecord, text).is_empty()
    }

    #[test]
    fn other_words_are_named_with_the_right_keys_and_the_setting() {
        let seen = run(&MisplacedRecord, "Client: Contoso\nProduct: Teams\nNotes: Customer has no intent.\n");
        assert_eq!(seen.len(), 1);
        assert_eq!(seen[0].at, (1, 1));
        assert_eq!(
            seen[0].finding.message,
            "this looks like a record, but `Client`, `Product` and `Notes` are not the keys of fields"
        );
        assert_eq!(
            seen[0].finding.help.as_deref(),
            Some(
                "Write `customer` in place of `Client`, `workload` in place of `Product` and `note` in place of `Notes`. \
                 Where all notes are written with these keys, set `fields: {customer: Client, workload: Product, note: \
                 Notes}` in notegate.yaml instead. If it is not a record, list the file under `exclude` in notegate.yaml."
            )
        );
    }

    #[test]
    fn the_setting_in_the_help_makes_it_a_record() {
        let mut fields = FieldNames::default();
        for (known, key) in [("customer", "Client"), ("workload", "Product"), ("note", "Notes")] {
            assert!(fields.rename(known, key.to_owned()));
        }
        let settings = RuleSettings { fields, ..RuleSettings::default() };
        let text = "Client: Contoso\nProduct: Teams\nNotes: Customer has no intent.\n";
        assert!(run_with(&MisplacedRecord, text, &settings, Selection::Likely).is_empty());
        let text = "account: Contoso\nservice: Teams\ncomment: Customer has no intent.\n";
        let seen = run_with(&MisplacedRecord, text, &settings, Selection::Likely);
        let help = seen[0].finding.help.clone().unwrap_or_default();
        assert!(help.starts_with("Write `Client` in place of `account`, `Product` in place of `service`"), "{help}");
        assert!(!help.contains("fields:"), "{help}");
    }

    #[test]
    fn a_key_that_yaml_reads_otherwise_is_quoted_in_the_setting() {
        let seen = run(&MisplacedRecord, "'# client': Contoso\nproduct: Teams\ncomment: Customer has no intent.\n");
        let help = seen[0].finding.help.clone().unwrap_or_default();
        assert!(help.contains("set `fields: {customer: \"# client\", workload: product, note: comment}`"), "{help}");
    }

    #[test]
    fn records_by_other_words() {
        for text in [
            "client: Contoso\nproduct: Teams\nstate: Blocked\ncomment: Customer has no intent.\n",
            "Company: Contoso\nApp: Teams\nStage: No Intent\nComments: Customer has no intent.\n",
            "account_name: Contoso\nproduct_name: Exchange Online\ncurrent_state: TBD\nlatestComment: TBD\n",
            "client: Contoso\nproduct: Own App\nstate: No Intent\ncomment: Customer has no intent.\nid: 5\nregion: EMEA\n",
            "organisation: Contoso\nservice: SharePoint\nremarks: Customer has no intent.\nowner: Sam\n",
            "tenant: Contoso\nlicense: Intune\nstate: Blocked\ndescription: Customer has no intent.\n",
            "customer: A\nworkload: Teams\nstate: Blocked\ncomment: Customer has no intent.\n",
            "customer: A\nworkload: Own App\ncomment: Customer has no intent.\n",
            "customer: A\nworkload: Teams\ncomments: various issues\n",
            "customer: A\nproduct: Teams\nstatus: Blocked\ncomment: Customer has no intent.\n",
            "customer: A\nproduct: Teams\ncomment: '-'\n",
            "client: Contoso\nstate: No Intent\ncomment: Customer has no intent.\n",
            "Kunde: Contoso\nProdukt: Teams\nStatus: Blocked\nNotiz: Customer has no intent.\n",
            "- {client: A, product: Teams, note: Customer has no intent.}\n- {client: B, product: Teams, note: x}\n",
            "records:\n  - {client: A, product: Teams, state: Blocked, comment: Customer has no intent.}\n",
            "Contoso: {product: Teams, state: Blocked, comment: Customer has no intent.}\n",
            "Contoso:\n  Teams: {state: Blocked, comment: Customer has no intent.}\n",
            "customer: A\nentitlements:\n- {product: Teams, comment: Customer has no intent.}\n",
            "customer: A\nproducts:\n- {name: Teams, state: Blocked, comment: Customer has no intent.}\n",
            "accounts:\n- {name: A, services: [{name: Teams, comment: Customer has no intent.}]}\n",
            "rows:\n- [client, product, state, comment]\n- [A, Teams, Blocked, Customer has no intent.]\n",
            "data: |\n  id;client;product;state;comment\n  1;A;Teams;Blocked;Customer has no intent.\n",
            "data: |\n  Client: A\n  Product: Teams\n  State: Blocked\n  Comment: Customer has no intent.\n",
            "- client: A\n- product: Teams\n- state: Blocked\n- comment: Customer has no intent.\n",
            "- {key: client, value: A}\n- {key: product, value: Teams}\n- {key: comment, value: Customer has no intent.}\n",
            "customer: A\nworkload: X\nnote: a\nnext: {account: B, product: Teams, state: Blocked, comment: It is so.}\n",
        ] {
            assert_eq!(run(&MisplacedRecord, text).len(), 1, "{text}{:?}", run(&MisplacedRecord, text));
        }
    }

    #[test]
    fn other_files_with_the_same_words_are_left_alone() {
        for text in [
            // An invoice, a quote, an order, a project, a ticket.
            "client: Jane Doe\nservice: Haircut\nstatus: paid\ncomment: thanks for coming by\n",
            "client: Acme\nproduct: Website\nstate: invoiced\ncomment: thirty days after delivery\ntotal: 500\n",
            "company: Acme\nproduct: Teams\nseats: 20\nprice: 5\ncurrency: EUR\nrenewal: 2027-01-01\ncomment: paid by bank transfer\n",
            "customer: acme\nservices: [{name: Teams, seats: 20, comment: renewal is due in May}]\n",
            "client: Acme\nstate: In Progress\ncomment: waiting for the review of Sam\nhours: 5\n",
            // Front matter, product pages, customer stories.
            "product: Teams\nstate: published\ndescription: How to set up Teams in ten minutes\n",
            "company: Contoso\nproduct: Teams\ndescription: How Contoso uses Teams in its stores\n",
            "title: x\nservice: exchange\nsummary: How to move mailboxes without downtime\n",
            // Ansible, compose, Kubernetes, workflows, status pages, firewalls, licences.
            "- name: start it\n  service: {name: nginx, state: started}\n",
            "services:\n  teams: {image: teams, state: running, comment: a bot that posts to chat}\n",
            "services: [{name: Teams, state: degraded, comment: we look into failed sign-ins}]\n",
            "rules: [{app: Teams, state: allow, comment: needed by all of us}]\n",
            "apps: [{name: Teams, state: Blocked, reason: not approved by security}]\n",
            "- {app: Teams, state: Blocked, reason: not approved by security}\n",
            "apps: [{name: Zoom, state: Blocked, reason: not approved by security}]\n",
            "module: vlan\nstate: present\ndescription: the network of the guests\n",
            "on: {push: {}}\nenv: {PRODUCT: teams, STAGE: prod, COMMENT: built by the nightly job}\n",
            // Schemas, labels, mappings, locales.
            "properties: {client: {type: string}, product: {type: string}, comment: {type: string}}\n",
            "en: {client: Client, product: Product, state: State, comment: Comment}\n",
            "fields: {customer: client, workload: product, status: state, note: comment}\n",
            "columns: [client, product, state, comment]\n",
            "account: 4711\napp: web\nstage: prod\n",
            "risks: [{id: 1, owner: Sam, state: open, description: The vendor may close}]\n",
            "text: |\n  Our product: it helps.\n  Your company: it grows.\n  A comment: we are here for you.\n",
            // What a team keeps in its records.
            "customer: A\nworkload: Teams\nnote: a\nhistory: [{product: Teams, state: Blocked, comment: It was so.}]\n",
            "customer: A\nworkload: Teams\nnote: a\nlicence: {account: A, product: Teams, state: Blocked, comment: It is so.}\n",
        ] {
            assert!(!is_reported(text), "{text}{:?}", run(&MisplacedRecord, text));
        }
    }

    #[test]
    fn under_include_two_other_words_are_enough_to_say_what_to_write() {
        let included =
            |text: &str| run_with(&MisplacedRecord, text, &RuleSettings::default(), Selection::Everything).len();
        assert_eq!(included("client: A\ncomment: x\n"), 1);
        assert_eq!(included("comment: x\nimage: web\n"), 0, "for not-a-record");
    }
}
