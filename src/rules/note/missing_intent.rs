//! The rule `missing-intent`.

use crate::finding::{Finding, Proposal, Severity, Target};
use crate::playbook::StatusKind;
use crate::reading::{NoteForm, Polarity, Reading, ReasonStrength};
use crate::record::FieldName;
use crate::rules::{Case, Group, Meta, Rule, Waivable};

pub(crate) const META: Meta = Meta {
    name: "missing-intent",
    group: Group::Note,
    default: Some(Severity::Error),
    waivable: Waivable::Yes,
    summary: "the note does not make clear whether the customer will use the service",
    explanation: "The product groups first ask: will this customer use the service? Say so in plain words: will \
                  deploy, will not deploy, unable to deploy, does not intend to use, could not be reached. A reason \
                  alone leaves the reader to guess: a concrete reason without an intent is a warning, and any other \
                  fact without one is an error.",
    guidance: "Does your note clearly convey the customer's intent or lack thereof?",
    examples: examples!("missing-intent"),
};

pub(crate) struct MissingIntent;

impl Rule for MissingIntent {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, case: &Case<'_>) -> Vec<Finding> {
        check(case).into_iter().collect()
    }
}

const NOBODY_ASKED: &str = "the note does not say who was asked, nor that nobody answered";

const NOT_MOVING: &str = "the note does not say that the customer is moving forward, nor with what";

fn check(case: &Case<'_>) -> Option<Finding> {
    let reading = case.prose()?;
    let Some(kind) = case.kind() else {
        // A duplicate needs no intent, and the status is to be corrected first.
        if seems_duplicate(case, reading) {
            return None;
        }
        return Some(error("the note does not say whether the customer will use the service"));
    };
    if kind == StatusKind::DuplicateInvalid {
        return None;
    }
    let open = |_: &_| kind != StatusKind::StatusUnknown && (!reading.is_settled() || reading.doubts >= 2);
    if let Some(span) = reading.features.undecided.filter(open) {
        let message = "this leaves the intent open: the note must say whether the customer will use the service";
        return Some(
            Finding::new(META.name, Severity::Error, Target::Note(span), message).proposing(Proposal::Template),
        );
    }
    if reading.shape.form == NoteForm::OnlyNames {
        let message =
            "the note only lists product names: it must say whether the customer will use the service, and why";
        return Some(error(message));
    }
    if let Some(span) = reading.somebody_else.filter(|_| kind != StatusKind::StatusUnknown && !case.is_misplaced()) {
        let message =
            "this is about somebody or something else: the note must say what the customer intends with the service";
        let finding = Finding::new(META.name, Severity::Error, Target::Note(span), message);
        return Some(finding.proposing(Proposal::Template).by_structure());
    }
    if kind == StatusKind::InProgress && reading.takes_no_position() && !reading.tells_deeds && !case.is_misplaced() {
        return Some(error(NOT_MOVING));
    }
    if kind == StatusKind::InProgress && tells_no_work(reading) && !case.is_misplaced() {
        return Some(error(NOT_MOVING));
    }
    let contact = &reading.contact;
    let open =
        contact.silent || contact.intent_unknown || contact.tells_attempts() || reading.features.undecided.is_some();
    if kind == StatusKind::StatusUnknown && !open && !case.is_misplaced() {
        return Some(error(NOBODY_ASKED));
    }
    if case.intent_of_note() != Polarity::None || case.is_misplaced() {
        return None;
    }
    match kind {
        StatusKind::InProgress
            if reading.state == ReasonStrength::None
                || !reading.speaks_of_work && !reading.mentions_workload && !reading.tells_deeds =>
        {
            Some(error(NOT_MOVING))
        }
        StatusKind::StatusUnknown if reading.contact.counted && reading.contact.managed => None,
        StatusKind::StatusUnknown => Some(error(NOBODY_ASKED)),
        StatusKind::Blocked | StatusKind::NoIntent => implied(case, reading),
        _ => None,
    }
}

/// "The journey towards a data-driven organisation continues": something goes on, and nothing says that it is work on the
/// service: no name, figure or phase, and not the service. Nor do licences that are owned, and nothing done with them.
fn tells_no_work(reading: &Reading) -> bool {
    let features = &reading.features;
    let claimed = features.plainly_for.is_some() || features.plainly_against.is_some() || reading.tells_deeds;
    let fluff = reading.specifics.is_empty() && !reading.names_alternative && reading.state == ReasonStrength::Concrete;
    let owned = reading.counts_licences && features.progress.is_none();
    !claimed && !reading.mentions_workload && !reading.speaks_of_work && (fluff || owned)
}

/// Whether the status that is none, or the text, seems to mean that the entitlement is a duplicate or invalid.
fn seems_duplicate(case: &Case<'_>, reading: &Reading) -> bool {
    let proposed = case.record.status.value().and_then(|written| case.playbook.proposed_status(written));
    let kind = proposed.and_then(|name| case.playbook.status(name)).map(|status| status.kind);
    reading.duplicate.is_some() || reading.counts_licences || kind == Some(StatusKind::DuplicateInvalid)
}

/// A concrete why that leaves the intent to be guessed is worth something; anything less is not.
fn implied(case: &Case<'_>, reading: &Reading) -> Option<Finding> {
    // "Licensing." names a kind of reason, and nobody could say of what.
    if reading.reason == ReasonStrength::None || reading.shape.words <= 2 {
        return Some(error("the note does not say whether the customer will use the service"));
    }
    if reading.mentions_workload {
        return None;
    }
    // "Orders are booked in AgriWare" names what does the work instead.
    // A row of names tells of none: there is more to it than they.
    let told = reading.shape.told > reading.specifics.len() * 2;
    let alternative = told
        && reading.reason == ReasonStrength::Concrete
        && reading.names_alternative
        && case.kind() == Some(StatusKind::NoIntent);
    if !reading.speaks_of_lack && !reading.speaks_of_need && !alternative {
        return Some(error(
            "these are facts: the note does not say that they keep the customer from using the service",
        ));
    }
    let place = reading.reason_span.map_or(Target::Value(FieldName::Note), Target::Note);
    let message = "this is a reason, but the note does not say that the customer will not use the service";
    Some(Finding::new(META.name, Severity::Warning, place, message).proposing(Proposal::Template))
}

fn error(message: &str) -> Finding {
    Finding::new(META.name, Severity::Error, Target::Value(FieldName::Note), message).proposing(Proposal::Template)
}

#[cfg(test)]
mod tests {
    use super::MissingIntent;
    use crate::rules::testing::trial;

    #[test]
    fn nothing_about_the_service() {
        assert!(trial(&MissingIntent, "Blocked", "Teams", "Some of this and some of that.").is_error());
        assert!(trial(&MissingIntent, "Blocked", "Teams", "Word Excel PowerPoint").is_error());
        assert!(trial(&MissingIntent, "In Progress", "Teams", "They may or may not go on.").is_error());
    }

    #[test]
    fn nothing_in_the_text_and_no_status() {
        assert!(trial(&MissingIntent, "", "Teams", "Some of this and some of that.").is_error());
        assert!(trial(&MissingIntent, "", "Teams", "Customer will not deploy.").is_silent());
    }

    #[test]
    fn a_duplicate_under_a_status_that_is_none() {
        for status in ["Duplicate", "Dupliacte", "Invalid"] {
            for note in [
                "Licences counted twice under the old tenant.",
                "The same 400 seats stand under the parent company.",
                "Duplicate of the entitlement of the parent.",
            ] {
                assert!(trial(&MissingIntent, status, "Teams", note).is_silent(), "{status} {note:?}");
            }
        }
        assert!(trial(&MissingIntent, "Done", "Teams", "Duplicate entry of the parent tenant.").is_silent());
        assert!(trial(&MissingIntent, "Done", "Teams", "Some of this and some of that.").is_error());
    }

    #[test]
    fn a_concrete_reason_alone_is_a_warning() {
        assert!(
            trial(&MissingIntent, "Blocked", "Teams Phone", "The carrier's SIP trunks have no TLS and no SRTP.")
                .is_warning()
        );
    }

    #[test]
    fn intent_in_plain_words_or_idioms() {
        for note in [
            "Customer will not deploy because the union objects to presence data.",
            "Teams is off the table: the union objects to presence data.",
            "Unable to deploy since the proxy breaks UDP.",
        ] {
            assert!(trial(&MissingIntent, "Blocked", "Teams", note).is_silent(), "{note:?}");
        }
    }

    #[test]
    fn facts_that_no_intent_follows_from() {
        for note in [
            "Customer runs 14 hotels in Portugal and employs 3,200 people.",
            "E5 renewal in May, 1.2M, the new CFO signs.",
        ] {
            assert!(trial(&MissingIntent, "No Intent", "Teams", note).is_error(), "{note:?}");
        }
        assert!(trial(&MissingIntent, "Status Unknown", "Teams", "Customer has 400 seats and a new CFO.").is_error());
    }

    #[test]
    fn somebody_else_or_something_else() {
        for (status, note) in [
            ("No Intent", "A rival publisher turned Teams down after its newsroom moved to Workplace."),
            ("No Intent", "Teams was refused by the neighbouring parish, whose council keeps Jitsi on its own server."),
            ("No Intent", "The reseller has no interest in Teams because its margin on Webex is 22 percent."),
            ("Blocked", "The shop next door cannot run Teams because its ADSL line delivers 2 Mbit/s."),
            ("In Progress", "Our account executive would like Teams to start before the quarter ends, 1,200 seats."),
            ("In Progress", "The neighbouring college rolled out Teams to 4,000 students in March."),
            ("Blocked", "The bank cannot use the car park until the resurfacing contract with the city is signed."),
        ] {
            assert!(trial(&MissingIntent, status, "Teams", note).is_error(), "{note:?}");
        }
    }

    #[test]
    fn whom_the_customer_deals_with() {
        for (status, note) in [
            ("No Intent", "The winery's bottle supplier won't take Teams since its dispatchers have Slack until 2028."),
            ("No Intent", "The temp agency the bakery hires from keeps all in Zoom and has no use for Teams."),
            ("Blocked", "Teams is blocked at the ferry line which carries our parcels, its scanners only relay SMTP."),
            ("In Progress", "The foundation's audit firm has moved 40 of its 60 offices to Teams."),
            ("No Intent", "Lunch with Hartmann Logistik, who aren't taking Teams as they have Zoom Phone until 2027."),
            ("No Intent", "A wholesaler two streets away dropped Teams as its headsets run on Avaya."),
        ] {
            assert!(trial(&MissingIntent, status, "Teams", note).is_error(), "{note:?}");
        }
        for (status, note) in [
            ("No Intent", "The winery won't take Teams since its dispatchers have Slack until 2028."),
            ("No Intent", "The port's planners rejected Teams because their contractor is on Webex until 2027."),
            ("No Intent", "The bakery's owner keeps all in Zoom and has no use for Teams."),
            ("Blocked", "The landlord forbids new cables, so the customer cannot deploy Teams."),
            ("Blocked", "Their carrier has no SIP trunk with SRTP, so Teams is blocked for the customer."),
            ("In Progress", "The customer's law department is live on Teams, 80 of 120, the rest follow on Friday."),
            ("No Intent", "The insurer's actuaries refuse Teams, their rooms run Cisco until 2028."),
        ] {
            assert!(trial(&MissingIntent, status, "Teams", note).is_silent(), "{note:?}");
        }
    }

    #[test]
    fn whom_something_ties_to_the_customer() {
        for (status, note) in [
            (
                "No Intent",
                "The trucking firm that hauls for the customer has turned Teams down, its drivers use Zello.",
            ),
            ("No Intent", "The law firm acting for the customer has no intent to use Teams, it has Slack until 2028."),
            ("No Intent", "The audit house used by the customer sticks to Slack, 40 seats, and does not want Teams."),
            (
                "In Progress",
                "The lab that supplies the customer moved to Teams in May, its second site starts in July.",
            ),
            ("In Progress", "The customer's card processor is rolling Teams out in its own tenant, 300 of 420 are on."),
            ("Blocked", "The institute, which shares our pier, bars Teams since its data is embargoed for 24 months."),
            ("Blocked", "The supplier of lacquer refuses Teams because his own foremen have only keypad phones."),
            ("No Intent", "The feed supplier's planners stay with Slack, they paid for it until 2028."),
            ("No Intent", "A travel agent told me plainly: no Teams for him, his branches are wired into Zoho."),
            ("In Progress", "Our integrator brings Teams live at a rival mill group, two mills are done."),
            ("In Progress", "Over at the sister concern in Basel 900 desks are on Teams and the phones are next."),
            ("No Intent", "A competitor of the customer dropped Teams for Workplace, its shifts having no mail."),
            ("Blocked", "The customer's cash transport company is stuck with Teams, its depots have analog lines."),
        ] {
            assert!(trial(&MissingIntent, status, "Teams", note).is_error(), "{note:?}");
        }
        for (status, note) in [
            (
                "No Intent",
                "The group which owns the customer rejected Teams for all its mills as Slack is paid to 2030.",
            ),
            ("No Intent", "The customer's buyers stay with Slack, its contract runs to 2029, no gain seen in Teams."),
            ("Blocked", "The regulator bars Teams for client files, its rule 12 wants them in the country."),
            ("Blocked", "The imaging vendor does not support Teams on its archive, so the customer cannot deploy it."),
            ("Blocked", "The works council refuses Teams because status data would show who is at work."),
            ("In Progress", "Our reseller is bringing Teams live at the customer, two depots are done."),
            ("In Progress", "They will move from their hosted provider to Teams, 40 of 90 are over."),
            ("In Progress", "Guest access policy signed, 200 of 600 lenders moved from Skype to Teams."),
            ("Blocked", "Teams is broken by the marina's thin clients, which wipe the profile at each logoff."),
        ] {
            assert!(trial(&MissingIntent, status, "Teams", note).is_silent(), "{note:?}");
        }
    }

    #[test]
    fn somebody_else_beside_the_customer() {
        for (status, note) in [
            ("No Intent", "The regulator does not allow Teams for trading floors, so the bank will not deploy it."),
            ("No Intent", "A neighbouring council left Teams last year, and the customer will not adopt it either."),
            ("Blocked", "Our partner cannot migrate the depots to Teams because 3 TB of files have long paths."),
            ("In Progress", "The integrator is enrolling 300 scanners a week in Teams, 1,900 of 2,400 are in."),
            ("In Progress", "A rival dropped Teams, but the client is rolling it out: 400 of 600 are live."),
            ("In Progress", "Onboarding the warehouse to Teams this week, 40 of 60 scanners are done."),
            ("No Intent", "The insurer will not deploy Teams as Zoom is paid until 2027."),
        ] {
            assert!(trial(&MissingIntent, status, "Teams", note).is_silent(), "{note:?}");
        }
    }

    #[test]
    fn who_supplies_or_lives_next_to_the_customer() {
        for (status, note) in [
            ("No Intent", "Our sand haulier keeps to radio and has no use for Teams as his drivers share two phones."),
            ("In Progress", "The feed supplier has moved 40 of its 60 sites to Teams and trains the mill next week."),
            ("No Intent", "A cheese shop across the river refuses Teams, as it takes orders by telephone."),
            ("Blocked", "Teams is stuck at the boot importer, whose Android 7 scanners cannot enrol."),
            ("No Intent", "My uncle's garage sees no value in Teams as its job cards are in Autodata."),
            ("No Intent", "Our print subcontractor: no Teams, its works council has forbidden any chat until 2028."),
            ("In Progress", "The tenant upstairs went live on Teams with 80 users, phone numbers follow in May."),
            (
                "In Progress",
                "The linen contractor is 70 percent through its own Teams rollout, phones are due in June.",
            ),
            ("No Intent", "The landlord of the hall keeps Zoom until 2027; he sees no use for Teams."),
            ("In Progress", "Their tyre importer's crew went live on Teams with 300 seats, we read in the press."),
            ("Blocked", "The road contractor lost its one administrator, its own Teams rollout cannot go ahead."),
            ("No Intent", "Her cousin's bakery stays on Slack as the tills post to it, so no Teams for her."),
        ] {
            assert!(trial(&MissingIntent, status, "Teams", note).is_error(), "{note:?}");
        }
        for (status, note) in [
            ("In Progress", "Telephony contractor is porting our numbers to Teams, 80 of 120 done, the rest on 3 May."),
            ("In Progress", "The scanning contractor finished box 900 of 1,200, all of it goes straight to Teams."),
            (
                "In Progress",
                "Hardware supplier delivered 300 of 500 phones, all are on Teams, the rest comes in March.",
            ),
            ("In Progress", "Port agents in Rotterdam and Gdynia are live on our Teams, Antwerp follows on Monday."),
            ("Blocked", "The dictation vendor dropped its Teams plug-in and the doctors cannot work without it."),
            (
                "In Progress",
                "Contractor Halvex handed over the cabs, 27 of 41 tablets are enrolled and report to Teams.",
            ),
            ("Blocked", "The till supplier does not certify Teams before version 9, so the shop cannot deploy it."),
            ("No Intent", "The parent company in Vienna forbids Teams for all its daughters, they will not use it."),
            ("No Intent", "Lenders A and B oblige the charity to stay on Webex, so it shall not use Teams."),
            ("No Intent", "The outpatient department refuses Teams because Webex is paid until 2028."),
            ("Blocked", "Enrolment is stuck: the tablets were locked by the last supplier, so no Teams."),
            ("No Intent", "The account manager's successor at the customer refuses Teams, Webex is paid until 2028."),
        ] {
            assert!(trial(&MissingIntent, status, "Teams", note).is_silent(), "{note:?}");
        }
    }

    #[test]
    fn attempts_still_to_come_are_none() {
        for note in [
            "We will call the CIO three times next week. Managed.",
            "Two more mails to the bursar are planned for Monday; unmanaged.",
            "Three calls scheduled with the head of IT, account is managed.",
        ] {
            assert!(trial(&MissingIntent, "Status Unknown", "Teams", note).is_error(), "{note:?}");
        }
        for note in [
            "4 mails to the IT lead, the next goes out on Monday, no answer so far. Managed.",
            "Called the owner three times in April without an answer; a letter follows. Unmanaged.",
        ] {
            assert!(trial(&MissingIntent, "Status Unknown", "Teams", note).is_silent(), "{note:?}");
        }
    }

    #[test]
    fn both_ways_open() {
        for note in ["It may proceed or it may not, the board meets in May.", "Could be a no, could be a not so fast."]
        {
            assert!(trial(&MissingIntent, "In Progress", "Teams", note).is_error(), "{note:?}");
        }
    }

    #[test]
    fn deeds_in_any_verb() {
        let note = "Seven hundred desktops reimaged to date, the kiosks in the lobby last.";
        assert!(trial(&MissingIntent, "In Progress", "Windows 10", note).is_silent());
    }
}
