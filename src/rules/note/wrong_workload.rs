//! The rule `wrong-workload`.

use crate::finding::Target;
use crate::finding::{Finding, Severity};
use crate::reading::ForeignSign;
use crate::remedy::quote;
use crate::rules::{Case, Group, Meta, Rule, Waivable};

pub(crate) const META: Meta = Meta {
    name: "wrong-workload",
    group: Group::Note,
    default: Some(Severity::Error),
    waivable: Waivable::Yes,
    summary: "the note is about a different workload",
    explanation: "Each workload has its own product group. A note that speaks of mailboxes on Office ProPlus, of \
                  enrolled phones on Exchange, or says that Yammer will not be used on the record of Intune, was \
                  probably copied. Say what is true for this workload. The table of \
                  terms is in the playbook.",
    guidance: "Copying and pasting the same note for each workload(s) is generally discouraged as the same note is \
               frequently not applicable to multiple workloads e.g., migration is not applicable to Office ProPlus \
               (OPP).",
    examples: examples!("wrong-workload"),
};

pub(crate) struct WrongWorkload;

impl Rule for WrongWorkload {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, case: &Case<'_>) -> Vec<Finding> {
        check(case).into_iter().collect()
    }
}

fn check(case: &Case<'_>) -> Option<Finding> {
    let foreign = case.foreign_workload()?;
    let own = case.record.workload.value()?;
    let term = quote(foreign.span.of(case.note_text()?));
    let message = match foreign.sign {
        ForeignSign::Terms => {
            format!("{term} is a term of {}, but this record is about {}", foreign.workload, quote(own))
        }
        ForeignSign::Refused | ForeignSign::Moved => {
            format!("this is about {}, but this record is about {}", foreign.workload, quote(own))
        }
    };
    let help = "Say what is true for this workload; a note copied from another one rarely fits both.";
    Some(Finding::new(META.name, Severity::Error, Target::Note(foreign.span), message).with_help(help))
}

#[cfg(test)]
mod tests {
    use super::WrongWorkload;
    use crate::rules::testing::trial;

    #[test]
    fn another_workloads_terms() {
        let note = "Mailbox migration batch 4 is running, the public folders come next.";
        assert!(trial(&WrongWorkload, "In Progress", "Office ProPlus", note).is_error());
        assert!(trial(&WrongWorkload, "In Progress", "Exchange Online", note).is_silent());
    }

    #[test]
    fn another_workload_as_a_condition() {
        let note = "Company will onboard after the mailbox migration is finished; packaging is ready.";
        assert!(trial(&WrongWorkload, "In Progress", "Office ProPlus", note).is_silent());
    }

    #[test]
    fn another_workload_by_name() {
        for (status, note) in [
            ("Blocked", "Unable to deploy Office ProPlus because of encryption hardware that rejects external keys."),
            ("No Intent", "Office ProPlus will not be used because field engineers have no connection on site."),
            ("In Progress", "2,139 of 2,646 users are on Yammer, the rest follows in March."),
            ("In Progress", "Deployment of Visio Online is in the pilot phase for 587 users."),
        ] {
            assert!(trial(&WrongWorkload, status, "Intune", note).is_error(), "{status}: {note:?}");
        }
    }

    #[test]
    fn another_workload_as_the_subject() {
        for (status, note) in [
            ("Blocked", "The 210 mailboxes cannot be moved because the journal archive holds 9 TB."),
            ("In Progress", "MFA is on for 95 of 130 people, the press house gets its keys next week."),
            ("Blocked", "Dashboards cannot be refreshed, as the catch database still has no ODBC driver."),
            ("No Intent", "Viva Engage has no place at the dairy because its news goes out in Staffbase."),
            ("No Intent", "The PBX stays, as direct numbers cannot be ported and recording runs on Mitel."),
        ] {
            assert!(trial(&WrongWorkload, status, "Project Online", note).is_error(), "{status}: {note:?}");
        }
        for (status, note) in [
            ("No Intent", "Mailboxes are all on Domino until 2027, they will not deploy."),
            ("Blocked", "Project Online cannot be deployed, as mailboxes are on Domino and tasks cannot be mailed."),
            ("In Progress", "Forms are out to the planners, the first 40 are trained."),
        ] {
            assert!(trial(&WrongWorkload, status, "Project Online", note).is_silent(), "{status}: {note:?}");
        }
    }

    #[test]
    fn another_workload_beside_this_one() {
        for (status, note) in [
            ("No Intent", "They are moving forward with Yammer, and Intune has no place beside Jamf."),
            ("In Progress", "Next in line behind Azure AD Premium, 40 of 90 tablets are enrolled."),
            ("Blocked", "No enrolment until Azure AD Premium is in place: the join needs its conditional access."),
        ] {
            assert!(trial(&WrongWorkload, status, "Intune", note).is_silent(), "{status}: {note:?}");
        }
    }
}
