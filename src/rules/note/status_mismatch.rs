//! The rule `status-mismatch`.

use crate::finding::{Basis, Finding, Proposal, Severity, Target};
use crate::playbook::StatusKind;
use crate::reading::{Polarity, Reading, ReasonStrength};
use crate::record::FieldName;
use crate::rules::{Case, Group, Meta, Rule, Waivable};
use crate::text::NoteSpan;

pub(crate) const META: Meta = Meta {
    name: "status-mismatch",
    group: Group::Note,
    default: Some(Severity::Error),
    waivable: Waivable::Yes,
    summary: "the note describes a different status than the record",
    explanation: "Reports count by status, and people read the note. When the record says Blocked and the note says \
                  that the rollout goes well, one of them is wrong. Change the status, or say in the note what makes \
                  it true.",
    guidance: "Updates should be provided as needed so that the workload entitlements have a clear and up to date \
               description that accurately reflects workload intent.",
    examples: examples!("status-mismatch"),
};

pub(crate) struct StatusMismatch;

impl Rule for StatusMismatch {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, case: &Case<'_>) -> Vec<Finding> {
        check(case).into_iter().collect()
    }
}

fn check(case: &Case<'_>) -> Option<Finding> {
    let reading = case.prose()?;
    let kind = case.kind()?;
    let (said, span) = mismatch(kind, case.intent_of_note(), reading)?;
    let said = match said {
        Said::Status(StatusKind::Blocked) if is_unwilling(case, reading) => Said::Status(StatusKind::NoIntent),
        Said::Status(StatusKind::NoIntent) if case.says_cannot() => Said::Status(StatusKind::Blocked),
        said => said,
    };
    let own = case.status_name()?;
    let place = span.map_or(Target::Value(FieldName::Note), Target::Note);
    let finding = |message| {
        let finding = Finding::new(META.name, Severity::Error, place, message);
        finding.with_related(Target::Value(FieldName::Status), "the status of the record")
    };
    let basis = basis(kind, said, reading);
    let finding = match said {
        Said::Status(said) => {
            let name = case.playbook.statuses.iter().find(|s| s.kind == said).map_or("another status", |s| &s.name);
            finding(format!("the record says {own}, but this describes {name}"))
                .proposing(Proposal::Status(name.to_owned()))
        }
        Said::Wanted => finding(format!("the record says {own}, but this says that the customer wants the service"))
            .with_help(format!("Change the record's status, or say in the note what makes {own} true.")),
    };
    Some(if basis == Basis::Structure { finding.by_structure() } else { finding })
}

/// What a mismatch rests on: work that plainly goes on, or licences that are counted twice, are told by who does what to
/// what. Whether somebody will not, cannot or does not answer is often a matter of single words.
fn basis(kind: StatusKind, said: Said, reading: &Reading) -> Basis {
    let plainly = reading.tells_progress || reading.tells_deeds || reading.features.plainly_for.is_some();
    let told = match said {
        Said::Status(StatusKind::InProgress) => plainly,
        Said::Status(StatusKind::DuplicateInvalid) => true,
        Said::Status(StatusKind::NoIntent) => kind == StatusKind::InProgress && reading.features.abandoned.is_some(),
        _ => false,
    };
    if told || kind == StatusKind::DuplicateInvalid { Basis::Structure } else { Basis::Words }
}

/// What the text says instead of the record's status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Said {
    /// Another status.
    Status(StatusKind),
    /// That they want it; which status that makes, it does not say.
    Wanted,
}

/// What the text says, when that is plainly not the record's status.
fn mismatch(kind: StatusKind, intent: Polarity, reading: &Reading) -> Option<(Said, Option<NoteSpan>)> {
    let features = &reading.features;
    if kind == StatusKind::NoIntent && wants_and_cannot(reading) {
        return Some((Said::Status(StatusKind::Blocked), features.desire));
    }
    let (said, span) = another_status(kind, intent, reading)?;
    let nothing_in_the_way = features.hindrance.is_none() && features.contrast_or_condition.is_none();
    if kind == StatusKind::NoIntent && said == StatusKind::Blocked && nothing_in_the_way && !reading.speaks_of_lack {
        return Some((Said::Wanted, span));
    }
    Some((Said::Status(said), span))
}

/// The kinds of reason of who does not want the service, rather than cannot have it.
const UNWANTED: [&str; 2] = ["competitor", "no-need"];

/// Whether the customer does not want it, and nothing keeps it from what it wants.
fn is_unwilling(case: &Case<'_>, reading: &Reading) -> bool {
    let features = &reading.features;
    let refuses = features.plainly_against.or(features.refusal).or(features.elsewhere).is_some();
    let kind = reading.kind_of_reason(Some(StatusKind::Blocked));
    let unwanted = kind.is_some_and(|kind| UNWANTED.contains(&kind.name));
    let unwilling = refuses && features.own_hindrance.is_none() && features.plainly_for.is_none();
    (unwilling || unwanted) && !case.says_cannot()
}

/// Whether they want it, do not refuse it, and something that the note names stands between.
fn wants_and_cannot(reading: &Reading) -> bool {
    let features = &reading.features;
    features.desire.is_some()
        && features.refusal.is_none()
        && features.elsewhere.is_none()
        && features.undecided.is_none()
        && (features.contrast_or_condition.is_some() || features.own_hindrance.is_some())
        && reading.reason == ReasonStrength::Concrete
        && !reading.contact.silent
}

/// The status that the text says, when that is plainly not the record's.
fn another_status(kind: StatusKind, intent: Polarity, reading: &Reading) -> Option<(StatusKind, Option<NoteSpan>)> {
    let features = &reading.features;
    let silent = reading.is_about_silence();
    let goes_on = features.progress.is_some() && features.setback.is_none();
    let moving = goes_on && features.hindrance.is_none() && intent == Polarity::Positive;
    let works = (reading.tells_progress || features.progress.is_some() && features.plainly_for.is_some())
        && intent == Polarity::Positive
        && features.setback.is_none()
        && features.own_hindrance.is_none()
        && features.elsewhere.is_none()
        && features.plainly_against.is_none();
    let wants_it = features.plainly_for.is_some() && features.plainly_against.is_none() && intent == Polarity::Positive;
    let wished = features.plainly_for.is_some() && intent == Polarity::Positive;
    let counted_twice = reading.is_about_duplicates();
    // A note that speaks of something else, or of anything that is not there, may well say no in words we do not know.
    let elsewhere = reading.names_alternative && reading.reason != ReasonStrength::None;
    let may_say_no = reading.speaks_of_lack && reading.reason == ReasonStrength::Concrete || elsewhere;
    let heard = reading.contact.heard && !reading.contact.silent && !reading.contact.intent_unknown;
    let told = heard && features.undecided.is_none() && reading.reason == ReasonStrength::Concrete;
    let wished_in_vain =
        features.wish.is_some() && (features.hindrance.is_some() || features.contrast_or_condition.is_some());
    match kind {
        StatusKind::InProgress => {
            let refused =
                features.plainly_against.is_some() && features.plainly_for.is_none() && features.progress.is_none();
            // "Nothing moves any more" names no service, and nothing else in the note moves either.
            let stands = features.hindrance.is_some()
                && features.progress.is_none()
                && features.plainly_for.is_none()
                && !reading.mentions_workload
                && !reading.tells_deeds;
            match () {
                () if silent => Some((StatusKind::StatusUnknown, reading.intent_span)),
                () if features.abandoned.is_some() => Some((StatusKind::NoIntent, features.abandoned)),
                () if stands && intent == Polarity::Negative => Some((StatusKind::Blocked, features.hindrance)),
                () if features.given_up.is_some() && intent == Polarity::Negative => {
                    Some((StatusKind::NoIntent, features.given_up))
                }
                () if refused && intent == Polarity::Negative => Some((StatusKind::Blocked, features.hindrance)),
                () if counted_twice => Some((StatusKind::DuplicateInvalid, reading.duplicate)),
                () => None,
            }
        }
        StatusKind::Blocked | StatusKind::NoIntent => match () {
            () if silent => Some((StatusKind::StatusUnknown, reading.intent_span)),
            // "Reports are built in Qlik, 25 people are trained on it" is work on something else.
            () if kind == StatusKind::NoIntent
                && works
                && !(elsewhere && reading.reason == ReasonStrength::Concrete) =>
            {
                Some((StatusKind::InProgress, features.progress))
            }
            () if counted_twice => Some((StatusKind::DuplicateInvalid, reading.duplicate)),
            () if kind == StatusKind::NoIntent && may_say_no && !wished_in_vain => None,
            () if kind == StatusKind::NoIntent && wished && moving => Some((StatusKind::InProgress, features.progress)),
            () if kind == StatusKind::NoIntent && wished => Some((StatusKind::Blocked, features.plainly_for)),
            () if moving && reading.is_plainly_moving() => Some((StatusKind::InProgress, features.progress)),
            () if kind == StatusKind::Blocked && only_moves(reading) && intent != Polarity::Negative => {
                Some((StatusKind::InProgress, features.progress))
            }
            () => None,
        },
        StatusKind::StatusUnknown => match () {
            // Who answered in the end, and said it plainly, is no unknown.
            () if told && features.refusal.or(features.plainly_against).or(features.elsewhere).is_some() => {
                Some((StatusKind::NoIntent, features.plainly_against.or(features.refusal).or(features.elsewhere)))
            }
            () if told && features.plainly_for.is_some() && features.own_hindrance.is_some() => {
                Some((StatusKind::Blocked, features.own_hindrance))
            }
            () if told && (features.plainly_for.is_some() || reading.tells_progress) => {
                Some((StatusKind::InProgress, features.plainly_for.or(features.progress)))
            }
            () if features.plainly_against.is_some()
                && reading.reason == ReasonStrength::Concrete
                && !reading.contact.silent
                && !reading.contact.managed =>
            {
                Some((StatusKind::NoIntent, features.plainly_against))
            }
            () if reading.contact.silent || reading.contact.intent_unknown || features.undecided.is_some() => None,
            () if wants_it && features.progress.is_some() && !reading.contact.managed => {
                Some((StatusKind::InProgress, features.progress))
            }
            // Who counts attempts and says "managed" writes about contact, whatever else is told.
            () if reading.contact.managed || reading.contact.attempts && reading.contact.counted => None,
            () if wants_it => Some((StatusKind::InProgress, features.plainly_for)),
            () if intent == Polarity::Negative
                && (features.plainly_against.is_some() || reading.reason != ReasonStrength::None) =>
            {
                Some((StatusKind::NoIntent, features.hindrance))
            }
            () if counted_twice => Some((StatusKind::DuplicateInvalid, reading.duplicate)),
            () => None,
        },
        StatusKind::DuplicateInvalid => instead_of_duplicate(reading),
    }
}

/// The status that the text says instead of Duplicate/Invalid.
fn instead_of_duplicate(reading: &Reading) -> Option<(StatusKind, Option<NoteSpan>)> {
    let features = &reading.features;
    let silent = reading.is_about_silence();
    match () {
        () if reading.duplicate.is_some() => None,
        // "Therefore no intent for Teams", "the tablets enrol this week": licences that are not real have no story.
        () if reading.mentions_workload && features.unwanted.is_some() && !silent => {
            Some((StatusKind::NoIntent, features.unwanted))
        }
        () if reading.mentions_workload && features.plainly_for.is_some() && reading.tells_deeds => {
            Some((StatusKind::InProgress, features.plainly_for))
        }
        () if reading.counts_licences && !refuses_service(reading) => None,
        () if silent => Some((StatusKind::StatusUnknown, reading.intent_span)),
        () if features.plainly_for.is_some() || features.progress.is_some() && features.hindrance.is_none() => {
            Some((StatusKind::InProgress, features.progress))
        }
        () if features.plainly_against.is_some() => Some((StatusKind::NoIntent, features.plainly_against)),
        () if features.hindrance.is_some() => Some((StatusKind::Blocked, features.hindrance)),
        () => None,
    }
}

/// Whether something moves, and nothing is denied, lacking, awaited or done by something else.
fn only_moves(reading: &Reading) -> bool {
    let features = &reading.features;
    let against = [features.hindrance, features.elsewhere, features.plainly_against, features.undecided];
    let on_service = reading.mentions_workload || reading.speaks_of_work;
    reading.tells_deeds
        && on_service
        && against.iter().all(Option::is_none)
        && !reading.denies_something
        && !reading.speaks_of_need
        && reading.somebody_else.is_none()
}

/// "The 60 Teams seats are blocked by the works council": plainly about the service, though it counts seats.
fn refuses_service(reading: &Reading) -> bool {
    reading.mentions_workload && reading.intent == Polarity::Negative && reading.features.given_up.is_some()
}

#[cfg(test)]
mod tests {
    use super::StatusMismatch;
    use crate::rules::testing::trial;

    #[test]
    fn another_status_in_plain_words() {
        for (status, note) in [
            ("In Progress", "Customer will not deploy because Webex was renewed for 3 years."),
            ("Blocked", "Rollout of Teams is on track, wave 3 of 5 is live and no blockers."),
            ("No Intent", "4 mails and 2 calls to the IT lead without reply. Unmanaged account."),
            ("Status Unknown", "Customer confirmed that it does not want Teams."),
            (
                "Status Unknown",
                "After 4 attempts the CIO picked up; Teams is out, Zoom is paid through 2027. Managed account.",
            ),
            ("In Progress", "Nothing moves any more, the driver crashes each of the 900 machines."),
            ("Duplicate/Invalid", "Customer is enrolling devices, 300 of 420 done."),
            ("Duplicate/Invalid", "The 300 Teams seats are blocked by the staff council's veto on cloud chat."),
        ] {
            assert!(trial(&StatusMismatch, status, "Teams", note).is_error(), "{status}: {note:?}");
        }
    }

    #[test]
    fn begun_and_taken_back() {
        for note in [
            "The mill chose Slack on 9 May, Teams would need a second line, so the latter was dropped.",
            "The pilot of Teams had 80 users, then the director cancelled the project.",
            "After a test with 60 nurses the client stopped Teams and returned to Zoom as its rooms are Zoom Rooms.",
            "Staff went back to their radios in May and the licences were handed back.",
        ] {
            assert!(trial(&StatusMismatch, "In Progress", "Teams", note).is_error(), "{note:?}");
        }
        for note in [
            "Slack was dropped in May and its channels went to Teams, two of nine teams are left.",
            "The pilot of Teams ended in April, the second line starts with it on Monday.",
            "Tableau seats are not renewed, 35 managers are on Teams, finance comes next.",
            "The old Avaya servers were switched off, 400 of 600 desks are on Teams.",
            "The rollout of Teams was stopped for the freeze, wave 3 starts on Monday.",
        ] {
            assert!(trial(&StatusMismatch, "In Progress", "Teams", note).is_silent(), "{note:?}");
        }
    }

    #[test]
    fn a_story_of_licences_that_are_not_real() {
        for note in [
            "Vodafone runs the crews' phones until 2029, so the customer has no intent to use Teams.",
            "Live order: the 60 Teams seats for Suva were assigned on Monday, 40 crews are live on Teams.",
            "Customer is piloting Teams with its controllers, 40 of 90 are in.",
        ] {
            assert!(trial(&StatusMismatch, "Duplicate/Invalid", "Teams", note).is_error(), "{note:?}");
        }
        for note in [
            "The 60 Teams seats for Suva are those on order 7714 of the parent, which was billed twice.",
            "The old Teams line never got cancelled when the traders left for a tenant of their own.",
        ] {
            assert!(trial(&StatusMismatch, "Duplicate/Invalid", "Teams", note).is_silent(), "{note:?}");
        }
    }

    #[test]
    fn in_use_under_another_status() {
        for (status, note) in [
            ("Blocked", "Teams is approved and the loan officers use it since Monday."),
            ("Blocked", "Channels live in 14 schools, notices automated, old Lotus forms retired on 31 May."),
            ("No Intent", "Teams rollout completes on Friday: 350 of 350 phones enrolled, old Webex switched off."),
        ] {
            assert!(trial(&StatusMismatch, status, "Teams", note).is_error(), "{status}: {note:?}");
        }
        for (status, note) in [
            ("Blocked", "Loan officers would use Teams, and the central bank has not approved hosting abroad."),
            ("No Intent", "All 350 phones stay on Zello, whose contract runs to 2029, so Teams is not wanted."),
        ] {
            assert!(trial(&StatusMismatch, status, "Teams", note).is_silent(), "{status}: {note:?}");
        }
    }

    #[test]
    fn the_status_of_the_record() {
        for (status, note) in [
            ("Blocked", "Pilot was going well until the proxy update broke UDP; rollout has stopped."),
            ("In Progress", "Although the start was delayed, the rollout of Teams continues with wave 2."),
            ("Duplicate/Invalid", "These seats were migrated with the parent tenant and are counted twice."),
            ("Status Unknown", "No reply from the CIO to 3 mails about deploying Teams. Managed."),
            (
                "Blocked",
                "Teams is blocked: the cost per seat doubles at renewal, and the licence office disputes the order.",
            ),
            ("No Intent", "No need for Teams as a workflow engine that has no cloud equivalent is a limiting factor."),
            (
                "No Intent",
                "Customer sees no value in Teams because latency exceeds 195 ms. The choice follows from a merger.",
            ),
        ] {
            assert!(trial(&StatusMismatch, status, "Teams", note).is_silent(), "{status}: {note:?}");
        }
    }

    #[test]
    fn what_is_over_and_what_came_after() {
        for (status, note) in [
            ("Blocked", "The gateway that had dropped calls was patched in April; 700 agents are live on Teams."),
            (
                "No Intent",
                "Mail was held back by a full archive until June. That is solved, 1,400 of 2,000 have moved.",
            ),
            ("Blocked", "Upgrade of the tills is done in 14 of 20 shops and the remaining six are being upgraded."),
            ("In Progress", "Rollout was under way in 9 clinics; the council stopped it and Teams was switched off."),
            ("In Progress", "It was said that 900 iPads were enrolled. In fact the customer dropped Teams for Zoom."),
            ("Blocked", "These are the same 75 seats as under the trust's tenant since the split, counted double."),
        ] {
            assert!(trial(&StatusMismatch, status, "Teams", note).is_error(), "{status}: {note:?}");
        }
        for (status, note) in [
            ("In Progress", "Migration had been stuck on the archive, which was fixed in May; 1,200 boxes have moved."),
            ("Blocked", "Wave 1 is live for 300 users; the other 900 cannot follow as the SBC has no certificate."),
            ("No Intent", "Pilot of 40 users ended in March; they found no value in Teams beside Webex, paid to 2028."),
            ("Blocked", "Teams had been running well until the proxy update broke UDP; the rollout is stuck."),
            ("In Progress", "Customer dropped its old PBX and brings the last 40 desks onto Teams this month."),
        ] {
            assert!(trial(&StatusMismatch, status, "Teams", note).is_silent(), "{status}: {note:?}");
        }
    }

    #[test]
    fn who_answered_is_no_unknown() {
        for note in [
            "After 3 mails the CIO replied that they will not use Teams because Zoom is paid to 2028. Managed.",
            "The IT lead wrote back on Tuesday: Teams stays out because Webex was renewed for five years. Managed.",
            "The admin confirmed after two mails that 300 of 400 tablets are enrolled. Managed.",
        ] {
            assert!(trial(&StatusMismatch, "Status Unknown", "Teams", note).is_error(), "{note:?}");
        }
        for note in [
            "After 4 calls the IT lead answered that nobody has decided on Teams. Managed.",
            "IT lead said on our 2nd call that he does not know what the board plans. Managed.",
            "Reached the receptionist twice, who would not put us through to the IT head. Unmanaged.",
        ] {
            assert!(trial(&StatusMismatch, "Status Unknown", "Teams", note).is_silent(), "{note:?}");
        }
    }

    #[test]
    fn words_that_only_look_like_another_status() {
        for (status, note) in [
            ("In Progress", "Last week's blocked enrolments of Teams are sorted, 40 tablets go in a day."),
            ("Blocked", "The Tehran branch is unable to reach Teams."),
            ("No Intent", "They do not want nothing of Teams, Zoom is paid until 2027."),
            ("No Intent", "The board has struck Teams from its plans, Zoom is paid until 2027."),
            ("No Intent", "Zero appetite for Teams: Zoom is paid until 2027."),
            ("No Intent", "Teams stays switched off, Zoom is paid until 2027."),
            ("No Intent", "No budget = no intent."),
            ("Blocked", "Mail can't be migrated by lack of hands."),
            ("Status Unknown", "We were not able to find out what they plan with Teams."),
        ] {
            assert!(trial(&StatusMismatch, status, "Teams", note).is_silent(), "{status}: {note:?}");
        }
        let note = "We will continue to monitor the situation. Customer decided against Teams.";
        assert!(trial(&StatusMismatch, "In Progress", "Teams", note).is_error());
    }
}
