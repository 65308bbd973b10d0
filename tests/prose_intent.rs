//! What a note says of the intent, of progress, of contact and of a reason: kinds of notes that look alike and are not.
//! Each line is a status, a workload, the grades that are right, and the note.

use notegate::eval::{Graded, fired, grade_note};
use notegate::playbook::Playbook;
use notegate::reading::Polarity;
use notegate::record::Heading;
use std::sync::LazyLock;

/// Grades that are right: `g`reat, `m`arginal, `p`oor; any of those written.
type Expected<'a> = (&'a str, &'a str, &'a str, &'a str);

static PLAYBOOK: LazyLock<Playbook> = LazyLock::new(Playbook::built_in);

fn graded(status: &str, workload: &str, note: &str) -> Graded {
    grade_note(note, Heading { customer: None, workload: Some(workload), status: Some(status) }, &PLAYBOOK)
}

/// What was found wrong in a test: every line is tried before it stops.
#[derive(Default)]
struct Wrong(Vec<String>);

impl Wrong {
    fn unless(&mut self, right: bool, what: &str) {
        if !right {
            self.0.push(what.to_owned());
        }
    }

    fn each_is(&mut self, expected: &[Expected<'_>]) {
        for (status, workload, grades, note) in expected {
            let graded = graded(status, workload, note);
            let name = graded.grade.name();
            let reading = &graded.reading;
            let read = format!("{:?} reason={:?} state={:?}", reading.intent, reading.reason, reading.state);
            let fired = fired(&graded);
            let what = format!("{name}, not {grades}: {note} ({status}, {workload}): {read} {fired:?}");
            self.unless(name.chars().next().is_some_and(|first| grades.contains(first)), &what);
        }
    }

    fn intent_is(&mut self, wanted: Polarity, workload: &str, note: &str) {
        let intent = graded("Blocked", workload, note).reading.intent;
        self.unless(intent == wanted, &format!("{intent:?}, not {wanted:?}: {note}"));
    }

    fn none(self) {
        assert!(self.0.is_empty(), "{:#?}", self.0);
    }
}

fn rules(status: &str, workload: &str, note: &str) -> Vec<&'static str> {
    fired(&graded(status, workload, note)).into_iter().map(|(rule, _)| rule).collect()
}

#[test]
fn an_attribute_is_nobodys_intent() {
    let mut wrong = Wrong::default();
    for (workload, note) in [
        ("Exchange Online", "The fax gateway used in Lyon speaks only MAPI."),
        ("Exchange Online", "The badge system deployed at the Graz plant writes only to Lotus Notes."),
        ("Exchange Online", "Scanners installed by the port in 2009 send through an open relay only."),
        ("OneDrive for Business", "The downloader has no durable pause/resume."),
        ("Windows 10", "A camera driver used on the assay line is missing."),
        ("SharePoint Online", "The archive preferred by the notaries has only tape."),
        ("Teams Phone", "Handsets tested in the mine have no browser."),
    ] {
        wrong.intent_is(Polarity::None, workload, note);
    }
    wrong.each_is(&[
        ("Blocked", "Exchange Online", "m", "The fax gateway used in Lyon speaks only MAPI."),
        ("Blocked", "Exchange Online", "m", "The badge system deployed at the Graz plant writes only to Lotus Notes."),
        ("Blocked", "Windows 10", "m", "The camera driver used on the assay line has no signed build."),
        ("Blocked", "OneDrive for Business", "mp", "The downloader has no durable pause/resume."),
        ("Blocked", "Exchange Online", "g", "Unable to deploy because the fax gateway used in Lyon speaks only MAPI."),
        ("In Progress", "Power BI", "g", "Reports published in Graz are used by 400 planners; Linz follows in May."),
    ]);
    wrong.none();
}

#[test]
fn talk_is_no_progress() {
    let mut wrong = Wrong::default();
    for note in [
        "Discussed pilot pricing with procurement.",
        "Answered question on pilot licences.",
        "Requested quote for user training.",
        "Spoke about testing tools.",
        "Asked about licences and shared the pilot guide.",
        "Went over training options with the union.",
        "Called procurement about the pilot budget.",
        "Shared the deployment checklist with the IT lead.",
        "Asked for a migration plan template.",
        "Emailed the onboarding guide to the IT lead.",
        "Presented pilot options to the works council.",
        "Quoted rollout services for 400 seats.",
        "Compared notes on migration tools with the partner.",
        "Sent the training catalogue and the rollout calculator.",
    ] {
        wrong.each_is(&[("In Progress", "Teams", "p", note)]);
    }
    wrong.each_is(&[
        ("In Progress", "Exchange Online", "g", "Answered the last audit question and migrated 300 of 900 mailboxes."),
        (
            "In Progress",
            "Exchange Online",
            "g",
            "Shared mailboxes are migrated, 40 of 60 public folders follow in May.",
        ),
        ("In Progress", "Teams", "g", "Requested policies are enabled and the pilot runs with 40 users in Turin."),
        ("In Progress", "Teams", "g", "Pilot with 40 users in Turin is running, training of the night shift follows."),
        (
            "In Progress",
            "Teams",
            "g",
            "Discussed wave 2 with the plant; 300 of 800 users are live and the rest move in June.",
        ),
    ]);
    wrong.none();
}

#[test]
fn what_may_not_be_is_forbidden() {
    let mut wrong = Wrong::default();
    for (workload, note) in [
        ("Teams", "Teams may not be introduced without a signed works agreement."),
        ("Exchange Online", "Mailboxes may not leave Switzerland under FINMA circular 2018/3."),
        (
            "OneDrive for Business",
            "OneDrive may not be used on classified laptops before the BSI approves the sync client.",
        ),
        (
            "Teams",
            "Customer may not deploy Teams unless the works council of the foundry signs the agreement on call data.",
        ),
        ("Microsoft Stream", "Lectures may not be recorded in Stream under the state's school data act."),
        (
            "SharePoint Online",
            "Case files may not be stored outside Quebec by Law 25, so SharePoint Online may not be used.",
        ),
    ] {
        wrong.intent_is(Polarity::Negative, workload, note);
        wrong.unless(!rules("Blocked", workload, note).contains(&"hedging"), note);
        wrong.each_is(&[("Blocked", workload, "gm", note)]);
    }
    assert!(rules("Blocked", "Teams", "Customer may not deploy Teams.").contains(&"hedging"));
    assert!(rules("No Intent", "Teams", "They may not want Teams, Zoom is paid until 2027.").contains(&"hedging"));
    wrong.none();
}

#[test]
fn a_no_in_a_relative_clause_is_about_the_thing() {
    let mut wrong = Wrong::default();
    wrong.each_is(&[
        (
            "In Progress",
            "Teams Phone",
            "g",
            "Replacing 200 handsets that are unable to register with Teams, site by site.",
        ),
        (
            "In Progress",
            "Exchange Online",
            "g",
            "Migrating the 40 mailboxes that failed last week, legal follows in May.",
        ),
        ("In Progress", "Intune", "g", "Enrolling the 90 kiosks that could not join in March, 60 are done."),
        ("In Progress", "Windows 10", "g", "Upgrading 300 PCs that cannot run the old VPN client; wave 2 of 4."),
        (
            "In Progress",
            "Azure AD Premium",
            "g",
            "Rolling out MFA to the branches that had refused it, 12 of 30 are on.",
        ),
        (
            "In Progress",
            "OneDrive for Business",
            "g",
            "Moving the home drives of surveyors who cannot reach the old file server, 140 of 300 done.",
        ),
        ("In Progress", "Intune", "p", "Rollout stopped because the tablets cannot enrol."),
        ("In Progress", "Teams", "p", "Customer has a firewall that blocks UDP and will not deploy Teams."),
    ]);
    for (workload, note) in [
        ("Teams", "Customer has a firewall that blocks UDP and will not deploy Teams."),
        ("Intune", "Unable to enrol the tablets that the carrier locked with Knox."),
    ] {
        wrong.intent_is(Polarity::Negative, workload, note);
    }
    wrong.none();
}

#[test]
fn attempts_are_counted_wherever_the_number_stands() {
    let mut wrong = Wrong::default();
    for note in [
        "Tried CIO x2, no reply. Unmanaged.",
        "CIO tried twice, helpdesk lead twice. Unmanaged.",
        "Emailed Jan Petersen, the IT manager, twice. No reply. Unmanaged.",
        "Called the bursar x3 and mailed him twice. No answer. Managed.",
        "IT director contacted four times, no response. Managed account.",
        "Wrote to the CIO thrice, nothing back. Managed.",
        "Rang reception 2x and the CFO 3x, no callback. Unmanaged account.",
        "Helpdesk lead chased 5 times without reply. Unmanaged.",
    ] {
        wrong.each_is(&[("Status Unknown", "Teams", "g", note)]);
    }
    for note in ["Tried CIO x2", "CIO tried twice, helpdesk lead twice", "Tried the CIO three times."] {
        let graded = graded("Status Unknown", "Teams", note);
        wrong.unless(graded.reading.contact.counted, note);
        wrong.unless(graded.reading.contact.whom, note);
        wrong.each_is(&[("Status Unknown", "Teams", "gm", note)]);
    }
    wrong.none();
}

#[test]
fn who_cannot_use_it_is_blocked_whatever_the_verb() {
    let mut wrong = Wrong::default();
    for (workload, note) in [
        ("Power BI", "Can't publish reports because RLS does not work in the SharePoint web part."),
        ("Exchange Online", "Can't send from the ERP because SAP B1 9.3 speaks no TLS 1.2."),
        ("Microsoft Stream", "Cannot record lectures because the lecture hall encoders put out RTMP only."),
        ("Azure AD Premium", "Unable to sign in with badges since the Imprivata agent lacks SAML."),
        ("Teams Phone", "Could not port the numbers because Swisscom holds them in a DECT bundle until 2027."),
        ("Teams", "Unable to share files with the council because SharePoint blocks its tenant."),
        ("Office 365 ProPlus", "Can't print labels from Word as the Zebra driver needs 32-bit Office 2010."),
    ] {
        wrong.intent_is(Polarity::Negative, workload, note);
        wrong.each_is(&[("Blocked", workload, "g", note)]);
    }
    wrong.none();
}

#[test]
fn a_concrete_reason_beside_its_status_is_not_poor() {
    let mut wrong = Wrong::default();
    for (workload, note) in [
        (
            "Exchange Online",
            "Waiting on SAP to certify their Outlook plug-in for new Outlook; 1,200 finance users depend on it.",
        ),
        ("Teams", "Awaiting a signed works agreement with ver.di on call data."),
        ("Teams Phone", "Needs a new PSAP contract for the lift phones first."),
        ("Azure AD Premium", "Pending FIPS validation of the NetScaler build, due in September."),
        ("Exchange Online", "SAP has to certify the mail connector first."),
        ("Exchange Online", "Everything hinges on the BMC sign-off for Remedy mail-in."),
        ("Windows 10", "The CNC controllers require Windows 7 drivers from Fanuc."),
    ] {
        wrong.each_is(&[("Blocked", workload, "gm", note)]);
    }
    wrong.each_is(&[
        ("No Intent", "Teams", "p", "Customer runs 14 hotels in Portugal and employs 3,200 people."),
        ("Blocked", "Teams", "p", "The new CFO signs the E5 renewal in May, 1.2M."),
    ]);
    wrong.none();
}

/// What a mismatch proposes as the status; nothing where there is no mismatch.
fn proposed(status: &str, workload: &str, note: &str) -> Option<String> {
    let graded = graded(status, workload, note);
    let finding = graded.findings.iter().find(|finding| finding.rule == "status-mismatch")?;
    finding.message.split("this describes ").nth(1).map(str::to_owned)
}

#[test]
fn a_mismatch_names_the_status_that_the_text_says() {
    let mut wrong = Wrong::default();
    for (status, workload, note, said) in [
        ("No Intent", "Exchange Online", "Onboarding underway, 300 of 1,200 mailboxes migrated.", "In Progress"),
        ("No Intent", "Intune", "Enrolment is on track, 60 of 90 kiosks joined.", "In Progress"),
        ("No Intent", "Teams", "Wave 2 of 5 is live and the rest follow in May.", "In Progress"),
        ("No Intent", "Power BI", "Rollout continues, 14 of 20 dashboards published.", "In Progress"),
        ("Blocked", "OneDrive for Business", "Migration is progressing well, 1.1 of 1.6 TB copied.", "In Progress"),
        ("Blocked", "Windows 10", "Customer is upgrading ring 3, 900 of 2,100 PCs done.", "In Progress"),
        ("No Intent", "Intune", "Customer wants Intune, but the carrier's Knox lock prevents enrolment.", "Blocked"),
        (
            "No Intent",
            "Teams",
            "They would love to use Teams but the ship's 1 Mbit line cannot carry calls.",
            "Blocked",
        ),
        (
            "No Intent",
            "SharePoint Online",
            "City archive is eager to have it, but map scans exceed the 100 GB limit.",
            "Blocked",
        ),
    ] {
        let told = proposed(status, workload, note);
        wrong.unless(told.as_deref() == Some(said), &format!("{told:?}, not {said}: {note}"));
    }
    for (status, workload, note) in [
        ("Blocked", "Teams", "Customer will not deploy Teams because Webex is paid until 2027."),
        ("No Intent", "Teams", "Customer cannot deploy Teams because the prison network allows no video ports."),
        ("No Intent", "Exchange Online", "Customer is migrating to Gmail and does not want Exchange Online."),
        (
            "Blocked",
            "Exchange Online",
            "300 of 1,200 mailboxes migrated, then the firewall broke SMTP and the rest are stuck.",
        ),
    ] {
        let told = proposed(status, workload, note);
        wrong.unless(told.is_none(), &format!("{told:?}, not none: {status}: {note}"));
    }
    wrong.none();
}

#[test]
fn the_same_words_say_the_same_under_every_status() {
    let mut wrong = Wrong::default();
    for (workload, note) in [
        ("Intune", "Rollout is waiting on the new MDM from Jamf because the old one cannot enrol Android 14."),
        ("Teams", "Deployment is waiting for the firewall from Fortinet because the old one drops UDP."),
        ("Exchange Online", "Migration is stuck until Proofpoint releases the connector."),
        ("Windows 10", "Upgrade is on hold because the Fanuc driver fails on build 1909."),
        ("Power BI", "Rollout stopped since the gateway cannot read Oracle 9i."),
        ("Teams Phone", "The cutover was postponed because Swisscom cannot port the numbers."),
    ] {
        let intents: Vec<Polarity> = ["Blocked", "No Intent", "In Progress"]
            .into_iter()
            .map(|status| graded(status, workload, note).reading.intent)
            .collect();
        wrong.unless(intents == [Polarity::Negative; 3], &format!("{intents:?}: {note}"));
        wrong.each_is(&[("Blocked", workload, "gm", note), ("In Progress", workload, "p", note)]);
    }
    wrong.none();
}

#[test]
fn who_does_it_counts() {
    let mut wrong = Wrong::default();
    for (workload, note) in [
        ("Windows 10", "Parking at the Leeds depot is closed, so the pilot van cannot come."),
        ("Intune", "Auditors refused the supplier's tablets."),
        ("Teams", "The landlord refuses to open the cellar."),
        ("Intune", "Printers reject the new paper."),
        ("Exchange Online", "Swisscom declined the invoice."),
        ("Teams", "The caterer cancelled lunch."),
        ("Teams", "The neighbouring school wants Zoom."),
        ("Teams Phone", "The courier cancelled the delivery."),
    ] {
        wrong.intent_is(Polarity::None, workload, note);
        let grade = graded("Blocked", workload, note).grade.name();
        wrong.unless(grade != "great", &format!("great: {note}"));
    }
    for (workload, note) in [
        ("Teams", "The brewery refuses Teams because Webex is paid until 2027."),
        ("Intune", "Headquarters in Basel declined Intune as MobileIron is paid until 2026."),
        ("Teams", "The vendor's contract forbids Teams on the trading floor."),
    ] {
        wrong.intent_is(Polarity::Negative, workload, note);
    }
    wrong.none();
}

#[test]
fn a_shell_noun_names_nothing() {
    let mut wrong = Wrong::default();
    for reason in [
        "a challenging situation in the company",
        "several commercial considerations on their side",
        "a combination of factors in the retail sector",
        "circumstances in the plant",
        "the customer's own constraints",
        "matters of a commercial nature",
        "a number of important priorities at head office",
        "certain concerns of the management",
        "the current state of affairs in logistics",
        "reasons that lie with the organisation",
        "challenges with the rollout",
        "an internal issue with the department",
        "particular aspects of the business",
    ] {
        wrong.each_is(&[
            ("Blocked", "Teams", "p", &format!("Customer cannot deploy Teams because of {reason}.")),
            ("No Intent", "Teams", "p", &format!("Customer has no intent to use Teams due to {reason}.")),
        ]);
    }
    for reason in [
        "constraints of the GDPR on call data",
        "a licensing issue with Citrix",
        "the situation with Broadcom's VMware prices",
        "concerns of the works council about presence data",
        "a challenge with the Oracle 9i gateway",
    ] {
        wrong.each_is(&[("Blocked", "Teams", "gm", &format!("Customer cannot deploy Teams because of {reason}."))]);
    }
    wrong.none();
}

#[test]
fn a_reason_that_stands_elsewhere_is_no_reason() {
    let mut wrong = Wrong::default();
    for note in [
        "They won't use it for what Marta told us in Lisbon.",
        "Unable to deploy by reason of the matters set out in our correspondence.",
        "Blocked for the reason that Ines gave on the call of 4 May.",
        "Customer will not deploy; the reasons are listed in the mail of 12 March.",
        "Will not deploy, as explained by the architect in the workshop in Turin.",
        "Blocked, see the reasons that Petersen recorded in the tracker.",
        "No intent, for the reasons described in DOC-2231.",
        "Unable to deploy; the blocker is described in JIRA ticket OPS-1182.",
    ] {
        wrong.each_is(&[("Blocked", "Teams", "p", note)]);
    }
    wrong.each_is(&[
        (
            "Blocked",
            "Teams",
            "g",
            "Unable to deploy because the proxy drops UDP 3478, as Kowalczyk documented in INC0093381.",
        ),
        ("No Intent", "Teams", "gm", "Will not deploy: as the CIO told us, Webex is paid until 2027."),
    ]);
    wrong.none();
}

#[test]
fn reasons_that_are_only_ruled_out_are_none() {
    let mut wrong = Wrong::default();
    for note in [
        "They will not have it. It isn't the cost, nor the support, nor the contract.",
        "Customer won't use Teams. It was not the training, nor the network.",
        "No intent. Price is not the reason, nor is security.",
        "Customer will not deploy. It is not about licences and not about the network.",
        "Won't deploy, and not because of the cost, nor of the training.",
        "Teams is refused. Neither the price nor the features nor the data centre is the reason.",
        "Will not use Teams. Cost was never the issue, and neither was security.",
    ] {
        wrong.each_is(&[("No Intent", "Teams", "p", note)]);
    }
    wrong.each_is(&[(
        "No Intent",
        "Teams",
        "g",
        "Will not use Teams. It isn't the price: Webex is paid until 2027 for all 900 staff.",
    )]);
    wrong.none();
}

#[test]
fn further_members_of_each_kind() {
    let mut wrong = Wrong::default();
    wrong.each_is(&[
        ("Blocked", "Exchange Online", "mp", "The MFP fleet leased by the county scans over SMB1 only."),
        ("Blocked", "Intune", "mp", "Scanners wanted by the warehouse run Windows CE."),
        ("Blocked", "Teams", "mp", "A headset chosen for the tower has no USB plug."),
        ("Blocked", "SharePoint Online", "mp", "The macro developed for payroll depends on a mapped drive."),
        ("Blocked", "Power BI", "mp", "Reports needed by the auditors come from an AS/400."),
        ("Blocked", "Teams Phone", "mp", "The switchboard installed in 1998 speaks only H.323."),
        ("Blocked", "OneDrive for Business", "mp", "The uploader lacks a stop/start button."),
        ("In Progress", "Teams", "p", "Walked the CFO through pilot costs."),
        ("In Progress", "Teams", "p", "Customer asked about pilot pricing."),
        ("In Progress", "Teams", "p", "Gave the customer the deployment guide."),
        ("In Progress", "Teams", "p", "Talked to HR about training dates and pilot fees."),
        ("In Progress", "Teams", "p", "Reviewed migration options with the partner."),
        ("In Progress", "Teams", "p", "Received a question on rollout licences and replied to it."),
        ("In Progress", "Teams", "p", "Explained testing costs to the bursar."),
        ("In Progress", "Teams", "p", "FE answered two questions about the pilot licences."),
        ("In Progress", "Teams", "p", "Pilot pricing discussed with procurement."),
        ("In Progress", "Teams", "p", "Call with the CIO about rollout pricing."),
        ("In Progress", "Teams", "p", "Training quote requested from partner."),
        ("In Progress", "Teams", "p", "Demo of testing tools for the IT team."),
        ("In Progress", "Teams", "g", "Training of 40 champions is done, rollout to the Turin plant starts on Monday."),
        ("Blocked", "Teams", "gm", "Recordings may not be stored in the cloud under the Hessian police act."),
        ("Blocked", "Teams", "gm", "Staff may not install software before the works council has agreed to it."),
        ("Blocked", "Teams", "gm", "No client may be rolled out without the consent of the Betriebsrat, which is refused."),
        ("Blocked", "Exchange Online", "gm", "Mail of the court may only be hosted in Norway."),
        ("In Progress", "Teams Phone", "g", "Swapping out the 60 base stations which do not support SIP TLS, 22 done."),
        ("In Progress", "Windows 10", "g", "Working through the 140 PCs whose disks were not encrypted, 90 are on Windows 10."),
        ("In Progress", "Intune", "g", "Pilot running with 30 drivers who could not enrol last month."),
        ("In Progress", "Exchange Online", "g", "Moving archive users that were stuck on PST files; 200 of 450 done."),
        ("Status Unknown", "Teams", "gm", "3x mail to CIO, 2x call to assistant. Nothing. Managed."),
        ("Status Unknown", "Teams", "gm", "Tried the bursar by phone (x4). Unmanaged."),
        ("Status Unknown", "Teams", "gm", "Two mails and a letter to Ms Okafor (CFO) remain unanswered; unmanaged."),
        ("Status Unknown", "Teams", "gm", "IT lead mailed thrice, phoned once. Managed account."),
        ("Status Unknown", "Teams", "gm", "Pinged the CTO on LinkedIn twice and by mail 3 times, no reaction, managed."),
        ("Status Unknown", "Teams", "gm", "x3 to Head of IT"),
        ("Blocked", "Power BI", "g", "Can't refresh the dataset because the gateway cannot reach the Oracle server in SharePoint's DMZ."),
        ("Blocked", "Microsoft Stream", "g", "Unable to caption lectures in Welsh because the speech engine has no model for it."),
        ("Blocked", "Teams Phone", "g", "Cannot dial 112 from the tunnels because the emergency location service ignores Ex-certified DECT handsets."),
        ("Blocked", "SharePoint Online", "g", "Can't open AutoCAD drawings over 15 GB because the upload limit for SharePoint cuts them off."),
        ("Blocked", "Planner", "gm", "Cannot export tasks to MS Project Server because there is no API for baselines."),
        ("Blocked", "Exchange Online", "gm", "Needs written consent of the regulator (BaFin) for hosting outside the EU."),
        ("Blocked", "Teams", "gm", "Waits for Cisco to ship firmware 14.2 for the 900 room kits."),
        ("Blocked", "Power BI", "gm", "Still no connector for the Progress OpenEdge 11 database."),
        ("Blocked", "Teams Phone", "gm", "Lift phones hang on analogue lines until Otis replaces them in 2027."),
        ("No Intent", "Yammer", "gm", "Workplace by Meta is paid until 2028."),
        ("No Intent", "Teams", "p", "Rollout runs, 14 of 30 schools are on Teams."),
        ("No Intent", "Exchange Online", "p", "Cutover done for 800 of 900 mailboxes, last batch on Friday."),
        ("Blocked", "SharePoint Online", "p", "All 40 sites are migrated and users are trained; no issues."),
        ("No Intent", "OneDrive for Business", "p", "They really want OneDrive, but the file server's NTFS paths exceed 400 characters."),
        ("No Intent", "Intune", "p", "The hospital is keen on Intune; its pumps run Windows CE, which cannot be enrolled."),
        ("No Intent", "Teams Phone", "p", "Customer would like Teams Phone however the carrier BT cannot port the 0800 numbers."),
        ("No Intent", "Teams", "gm", "They like Teams but prefer Webex, which is paid until 2028."),
        ("No Intent", "Teams", "gm", "Customer wanted Teams in 2023 but dropped it for Slack after the merger with Fabrikam."),
        ("Blocked", "Teams", "p", "Customer is happily using Teams, 900 users are live and nothing is in the way."),
        ("In Progress", "Teams", "p", "Rollout stands still because the proxy drops UDP 3478."),
        ("In Progress", "Intune", "p", "Enrolment was halted since the APNS certificate belongs to a former admin."),
        ("Blocked", "Teams", "mp", "The bank next door rejected Teams."),
        ("Blocked", "Intune", "mp", "The insurer wants proof that the vans are locked."),
        ("Blocked", "Teams", "mp", "Visitors dislike the new reception."),
        ("Blocked", "Windows 10", "mp", "The gardeners will not use the east gate."),
        ("Blocked", "Teams", "mp", "The mayor refused the cake."),
        ("No Intent", "Teams", "p", "Customer cannot deploy owing to a challenging set of circumstances."),
        ("Blocked", "Teams", "p", "Blocked by organisational matters in the finance department."),
        ("Blocked", "Teams", "p", "Unable to deploy due to some ongoing commercial topics."),
        ("Blocked", "Teams", "p", "The customer is facing a situation that prevents deployment."),
        ("No Intent", "Teams", "p", "No intent because the circumstances at the group are what they are."),
        ("Blocked", "Teams", "p", "Customer blocked because of an issue that the team is aware of."),
        ("No Intent", "Teams", "p", "Strategic factors in the energy business speak against it."),
        ("No Intent", "Teams", "p", "Not for cost reasons, and not for security reasons either: they just won't use it."),
        ("No Intent", "Teams", "p", "It's not price, it's not features, it's not support. No intent."),
        ("No Intent", "Teams", "p", "Neither cost nor security is behind the refusal."),
        ("Blocked", "Teams", "p", "Details of the blocker are in the minutes of 3 June."),
        ("Blocked", "Teams", "p", "Reason was explained to Anna on the phone; customer cannot deploy."),
        ("Blocked", "Teams", "p", "The blocker is known to the account team and was escalated as ICM 330127."),
        ("Blocked", "Teams", "p", "Cannot deploy. Refer to Jensen's summary from 2 May for the cause."),
    ]);
    wrong.none();
}

#[test]
fn an_entitlement_is_a_duplicate_for_a_reason_of_licences() {
    let mut wrong = Wrong::default();
    wrong.each_is(&[
        ("Duplicate/Invalid", "Teams", "p", "Rollout to 11 of 15 plants is done, the rest follow in May."),
        ("Duplicate/Invalid", "Intune", "p", "The quality team in Graz looks at it in week 14."),
        (
            "Duplicate/Invalid",
            "Teams",
            "p",
            "Nobody answers: the bursar was tried twice, the dean three times. Unmanaged.",
        ),
        ("Duplicate/Invalid", "Yammer", "p", "They want no FastTrack help and asked not to be called."),
        ("Duplicate/Invalid", "Teams", "p", "Duplicate; the explanation is in the mail of 4 March."),
        (
            "Duplicate/Invalid",
            "Teams",
            "g",
            "Same 75 seats are listed again under the tenant of the parent company in Oslo.",
        ),
        (
            "Duplicate/Invalid",
            "Teams",
            "g",
            "Counted twice: the airline was absorbed by its sister carrier, which holds the 300 seats.",
        ),
    ]);
    wrong.none();
}
