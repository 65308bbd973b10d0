//! What is left of a report when nothing of it may tell who a record is about (`--redact`).
//!
//! The customer and the file get pseudonyms, which are the same in every run and every format, and texts of rules stand
//! in for messages, which may quote the record. What stays: the rule, the severity, the line, the grade, the intent, the
//! kind of the reason, the workload and the status, where the playbook knows them and they do not name the customer. A
//! pseudonym is no secret: whoever has the list of names can find the name behind it, which is how those with access to
//! the repository find the file.

use crate::playbook::{Playbook, fold_name};
use crate::report::model::{BeforeReport, FileReport, FindingReport, Places, ReadingReport, RecordReport};
use crate::rules;
use git2::{ObjectType, Oid};
use std::sync::LazyLock;

/// How many hexadecimal digits a pseudonym has.
const DIGITS: usize = 12;

/// The report without what would tell the customer, the people, the place or the text.
///
/// Each struct is taken apart and put together field by field, so that a field to come cannot be forgotten here.
pub(super) fn redacted(file: FileReport, playbook: &Playbook) -> FileReport {
    let FileReport { path, records, findings, skipped } = file;
    let path = redacted_path(&path);
    FileReport {
        records: records.into_iter().map(|record| redacted_record(record, &path, playbook)).collect(),
        path,
        findings: findings.iter().map(redacted_finding).collect(),
        skipped,
    }
}

/// The pseudonym of a path: `file-` and the beginning of what `git hash-object` says to its text, and the extension of a
/// YAML file.
#[must_use]
pub(crate) fn redacted_path(path: &str) -> String {
    let extension = [".yaml", ".yml"].into_iter().find(|extension| path.to_lowercase().ends_with(extension));
    format!("{}{}", pseudonym("file", path), extension.unwrap_or_default())
}

/// The pseudonym of a name of any kind, such as that of a branch.
#[must_use]
pub(crate) fn pseudonym(kind: &str, name: &str) -> String {
    // Hashing fails for no text; should it, the name is hidden all the same.
    let digest = Oid::hash_object(ObjectType::Blob, name.as_bytes()).map(|id| id.to_string()).unwrap_or_default();
    let digits: String = digest.chars().take(DIGITS).collect();
    format!("{kind}-{digits}")
}

/// `path` is the pseudonym of the file's path, which is the record's.
fn redacted_record(record: RecordReport, path: &str, playbook: &Playbook) -> RecordReport {
    let RecordReport {
        path: _,
        index,
        line,
        customer,
        workload,
        workload_name,
        status,
        status_name: _,
        status_kind,
        grade,
        blocked,
        blocked_by_note,
        changed,
        reading,
        confidence,
        owner,
        code_owners,
        refreshed: _,
        findings,
        identity,
        note: _,
        before,
        waivers: _,
    } = record;
    let workload = workload.map(|workload| redacted_workload(&workload, playbook));
    let status = status.and_then(|status| redacted_status(&status, customer.as_deref(), playbook));
    let status_name = status.clone();
    RecordReport {
        path: path.to_owned(),
        index,
        line,
        customer: customer.map(|customer| pseudonym("customer", &fold_name(&customer))),
        workload_name: workload_name.and_then(|_| workload.clone()),
        workload,
        status_name,
        status,
        status_kind,
        grade,
        blocked,
        blocked_by_note,
        changed,
        reading: redacted_reading(&reading),
        confidence,
        owner: owner.map(|owner| pseudonym("owner", &fold_name(&owner))),
        code_owners: code_owners.iter().map(|owner| pseudonym("owner", &fold_name(owner))).collect(),
        refreshed: None,
        findings: findings.iter().map(redacted_finding).collect(),
        identity: pseudonym("record", &identity),
        note: None,
        before: before.map(|BeforeReport { note: _, grade }| BeforeReport { note: String::new(), grade }),
        waivers: Vec::new(),
    }
}

/// The playbook without what a team adds, in which no customer is named.
static BUILT_IN: LazyLock<Playbook> = LazyLock::new(Playbook::built_in);

/// A workload of the built-in playbook stays under its usual name. A team may have named others after a customer, in a
/// short form that nobody else can tell, so they get a pseudonym.
fn redacted_workload(workload: &str, playbook: &Playbook) -> String {
    let known = playbook.workload(workload).map(|known| playbook.workload_name(known));
    let built_in = known.filter(|name| BUILT_IN.workload(name).is_some());
    built_in.map_or_else(|| pseudonym("workload", &fold_name(known.unwrap_or(workload))), str::to_owned)
}

/// A status of the playbook under its usual name; nothing for others, and for one that a team added and that has a word
/// of the customer's.
fn redacted_status(status: &str, customer: Option<&str>, playbook: &Playbook) -> Option<String> {
    let name = &playbook.status(status)?.name;
    (BUILT_IN.status(name).is_some() || !has_word_of(name, customer)).then(|| name.clone())
}

fn has_word_of(name: &str, customer: Option<&str>) -> bool {
    let folded = fold_name(name);
    let words = customer.unwrap_or_default().split(|c: char| !c.is_alphanumeric());
    words.map(fold_name).any(|word| !word.is_empty() && folded.contains(&word))
}

fn redacted_reading(reading: &ReadingReport) -> ReadingReport {
    let ReadingReport { intent, intent_text: _, reason_text: _, reason_kind, reason_kind_text: _, specifics: _ } =
        reading;
    ReadingReport {
        intent: *intent,
        intent_text: None,
        reason_text: None,
        reason_kind,
        reason_kind_text: None,
        specifics: Vec::new(),
    }
}

fn redacted_finding(finding: &FindingReport) -> FindingReport {
    let FindingReport {
        rule,
        severity,
        mended_by,
        message: _,
        help: _,
        waived,
        line,
        column,
        end_line,
        end_column,
        excerpt: _,
        named_paths: _,
        fix: _,
        places: _,
        waiver: _,
    } = finding;
    FindingReport {
        mended_by: *mended_by,
        rule,
        severity: *severity,
        message: rules::find(rule).map_or("", |rule| rule.meta().summary).to_owned(),
        help: Some(format!("Run `notegate explain {rule}` to see what to do.")),
        waived: *waived,
        line: *line,
        column: *column,
        end_line: *end_line,
        end_column: *end_column,
        excerpt: None,
        named_paths: Vec::new(),
        fix: None,
        places: Places::default(),
        waiver: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_what_git_hash_object_says_to_it() {
        // printf %s notes/contoso/exchange-online.yaml | git hash-object --stdin
        let path = "notes/contoso/exchange-online.yaml";
        assert_eq!(redacted_path(path), "file-83eceeef0d51.yaml");
        assert_eq!(redacted_path(""), "file-e69de29bb2d1", "what git says to nothing");
        assert!(redacted_path("a/B.YML").ends_with(".yml"));
        assert_ne!(redacted_path("a.yaml"), redacted_path("b.yaml"));
    }

    /// The built-in playbook and what a team adds.
    fn playbook() -> Playbook {
        let added = "playbook:\n  workloads: [{name: Loop}, {name: Contoso Mail}]\n  \
                     statuses: [{name: On Hold, kind: blocked}, {name: Contoso hold, kind: blocked}]\n";
        Playbook::with(&crate::config::load(added.as_bytes().to_vec(), "c.yaml").unwrap().playbook)
    }

    #[test]
    fn only_a_workload_of_the_built_in_playbook_is_shown() {
        let playbook = playbook();
        assert_eq!(redacted_workload("ms-teams", &playbook), "Microsoft Teams");
        for workload in ["Loop", "Contoso Mail", "contoso-mail", "MailContoso", "Fabrikam Mail", "CTS portal", ""] {
            assert!(redacted_workload(workload, &playbook).starts_with("workload-"), "{workload}");
        }
        assert_eq!(redacted_workload("LOOP", &playbook), redacted_workload("Loop", &playbook));
    }

    #[test]
    fn a_status_that_may_name_a_customer_is_hidden() {
        let playbook = playbook();
        let shown = |status, customer| redacted_status(status, Some(customer), &playbook);
        assert_eq!(shown("no-intent", "Contoso").as_deref(), Some("No Intent"));
        assert_eq!(shown("on hold", "Contoso").as_deref(), Some("On Hold"));
        assert_eq!(shown("contoso hold", "Contoso AG"), None);
        assert_eq!(shown("Fabrikam hold", "Contoso"), None);
    }
}
