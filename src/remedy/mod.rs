//! The remedy for a writer: the guidance's template for the status of the record, with what the note already says put
//! into its slots. What is proposed here is shown only after it was tried; see `rules/advice.rs`.

mod contact;
mod filling;
mod finite;
mod form;
mod part;
mod phrase;
mod slots;

use crate::case::Case;
use crate::emptiness::{Purpose, emptiness};
use crate::playbook::StatusKind;
use crate::reading::{Account, Attempts, Polarity, Reading, ReasonStrength};
use crate::text::NoteSpan;
pub(crate) use form::{Form, question_of};
use part::Part;
pub(crate) use slots::filled_in;

/// The longest part of a note that is quoted, in characters.
const LONGEST_QUOTE: usize = 60;

/// The longest name of a workload that is put into a template, in characters.
const LONGEST_NAME: usize = 40;

/// A part of a note in quotation marks, in one line, shortened when it is long.
#[must_use]
pub(crate) fn quote(text: &str) -> String {
    let mut kept = String::new();
    for (count, word) in text.split_whitespace().enumerate() {
        if kept.chars().count() + word.chars().count() >= LONGEST_QUOTE {
            if count == 0 {
                kept.extend(word.chars().take(LONGEST_QUOTE - 1));
            }
            return format!("“{kept}…”");
        }
        if count > 0 {
            kept.push(' ');
        }
        kept.push_str(word);
    }
    format!("“{kept}”")
}

/// What a help says before a note that is to be filled in, or that may stay as it is.
#[must_use]
pub(crate) fn shown(proposed: &str) -> String {
    match proposed.contains('[') {
        true => format!("Use this template and fill in the brackets: {proposed}"),
        false => format!("If that is so, write it like this: {proposed}"),
    }
}

/// What to ask for where no template helps: it asks, and proposes no words.
#[must_use]
pub(crate) fn question(case: &Case<'_>) -> &'static str {
    match case.kind() {
        Some(StatusKind::DuplicateInvalid) => {
            "Say why the entitlement is a duplicate or invalid: which licenses are counted twice or are not real, which \
             other record counts them, and how that happened."
        }
        Some(StatusKind::InProgress) => "Say how far the deployment is, with what, and what comes next.",
        Some(StatusKind::StatusUnknown) => {
            "Say how often you tried to reach the customer, whom, and whether the account is managed."
        }
        _ => "Say whether the customer will use the service, and why.",
    }
}

/// The guidance's template for the record's status, with the workload, the phase and the attempts that the record
/// already names. Nothing where the guidance has none.
#[must_use]
pub(crate) fn template(case: &Case<'_>) -> Option<String> {
    let kind = case.kind()?;
    match kind {
        StatusKind::InProgress => {
            let template = choose(case, kind, &["[phase of deployment]"])?;
            Some(with_phase(with_workload(template, case), case))
        }
        StatusKind::StatusUnknown => Some(unanswered(choose(case, kind, &["contact attempts"])?, case)),
        _ => Some(with_workload(choose(case, kind, &["Unable to deploy", "[primary issue]"])?, case)),
    }
}

/// The same with the reason that the note gives in its slot. Nothing where there is no slot for one, or where the reason
/// is no part of a sentence that could be told again.
#[must_use]
pub(crate) fn with_own_reason(case: &Case<'_>) -> Option<String> {
    let kind = case.kind().filter(|kind| matches!(kind, StatusKind::Blocked | StatusKind::NoIntent))?;
    let reading = case.reading;
    let part = Part::of(reading, case.note_text().unwrap_or_default())?;
    let is_concrete = reading.reason == ReasonStrength::Concrete;
    if !is_concrete && !part.is_short_phrase() || says_intent(case) {
        return None;
    }
    let wanted: &[&str] = match part {
        Part::Until(_) => &["[potential resolution]", "[primary issue]"],
        _ => &["Unable to deploy", "[primary issue]"],
    };
    let template = with_workload(choose(case, kind, wanted)?, case);
    Some(with_reason(&template, &part, reading.reason))
}

/// Whether the reason repeats the refusal: "because we will not roll it out until they look at it".
fn says_intent(case: &Case<'_>) -> bool {
    let Reading { reason_span, features, .. } = case.reading;
    let within = |refusal: NoteSpan| reason_span.is_some_and(|why| refusal.start < why.end && why.start < refusal.end);
    [features.plainly_against, features.refusal].into_iter().flatten().any(within)
}

/// The templates of the record's status as forms, with the workload that the record names. Those without a slot say nothing
/// of this customer and are left out.
#[must_use]
pub(crate) fn forms(case: &Case<'_>) -> Vec<Form> {
    let Some(kind) = case.kind() else { return Vec::new() };
    let asked = |template: &String| match kind {
        StatusKind::StatusUnknown => template
            .replace("multiple contact attempts", "[number of] contact attempts to [whom you tried]")
            .replace("Managed account", "[Managed or unmanaged] account"),
        _ => with_workload(template, case),
    };
    let templates = templates_of(case, kind).unwrap_or_default();
    templates.iter().map(|template| Form::new(&asked(template))).filter(|form| form.slots().next().is_some()).collect()
}

/// The templates of the record's status. A status of the team that has none takes those of the guidance's status of its
/// kind.
fn templates_of<'a>(case: &Case<'a>, kind: StatusKind) -> Option<&'a [String]> {
    case.status()
        .into_iter()
        .chain(case.playbook.statuses.iter().filter(|status| status.kind == kind))
        .map(|status| status.templates.as_slice())
        .find(|templates| !templates.is_empty())
}

/// The first template of the record's status that holds one of the wanted parts, the first wanted first; else the first
/// with a slot.
fn choose<'a>(case: &Case<'a>, kind: StatusKind, wanted: &[&str]) -> Option<&'a str> {
    let templates = templates_of(case, kind)?;
    let holding = |part: &str| templates.iter().find(|template| template.contains(part));
    wanted
        .iter()
        .find_map(|part| holding(part))
        .or_else(|| holding("["))
        .or_else(|| templates.first())
        .map(String::as_str)
}

/// Names the workload where the template only speaks of "service" or "workload".
fn with_workload(template: &str, case: &Case<'_>) -> String {
    let spoils = |c: char| c.is_control() || "[]{}<>".contains(c);
    let name = case.record.workload.value().map(|name| name.trim());
    let Some(name) = name.filter(|name| emptiness(name, Purpose::Name).is_none() && !name.contains(spoils)) else {
        return template.to_owned();
    };
    if name.chars().count() > LONGEST_NAME {
        return template.to_owned();
    }
    ["deploy workload", "deploying workload", "this workload", "use service", "to service"].iter().fold(
        template.to_owned(),
        |text, general| {
            let verb = general.rsplit_once(' ').map_or("", |(verb, _)| verb);
            let verb = if verb == "this" { String::new() } else { format!("{verb} ") };
            text.replace(general, &format!("{verb}{name}"))
        },
    )
}

fn with_phase(template: String, case: &Case<'_>) -> String {
    let holds = case.intent_of_note() == Polarity::Positive && case.reading.slots.is_empty();
    let Some(span) = case.reading.slot_values.phase.filter(|_| holds) else { return template };
    let name = part_of_note(span, case);
    let acronym = name.chars().all(|c| !c.is_lowercase());
    let name = if acronym { name } else { name.to_lowercase() };
    let last = name.rsplit(' ').next().unwrap_or_default();
    let whole = matches!(last, "phase" | "stage") || name.contains(|c: char| c.is_ascii_digit());
    let phase = if whole { name } else { format!("{name} phase") };
    template.replace("[phase of deployment]", &phase)
}

/// Puts attempts and account into "Customer unresponsive to multiple contact attempts. Managed account."; who gave
/// both is asked whom they tried.
fn unanswered(template: &str, case: &Case<'_>) -> String {
    let (fillings, contact) = (case.reading.slot_values, case.reading.contact);
    let attempts = fillings.attempts.and_then(|attempts| attempts_in_words(attempts, case));
    let account = match fillings.account {
        Some(Account::Managed) => "Managed account",
        Some(Account::Unmanaged) => "Unmanaged account",
        None => "[Managed or unmanaged] account",
    };
    let note = case.note_text().unwrap_or_default().trim().trim_end_matches('.');
    let only_account_is_missing = attempts.is_some() && contact.whom && fillings.account.is_none();
    if only_account_is_missing && contact.silent && is_one_short_line(note) {
        return format!("{note}. {account}.");
    }
    let whom =
        if attempts.is_some() && fillings.account.is_some() && !contact.whom { " to [whom you tried]" } else { "" };
    let attempts = attempts.unwrap_or_else(|| "[number of] contact attempts".to_owned());
    template.replace("multiple contact attempts", &format!("{attempts}{whom}")).replace("Managed account", account)
}

fn attempts_in_words(attempts: Attempts, case: &Case<'_>) -> Option<String> {
    let text = match attempts {
        Attempts::Named(span) => part::small(&part_of_note(span, case)),
        Attempts::Times(span) => {
            let number = part_of_note(span, case).to_lowercase();
            let number = match number.trim_end_matches('x').trim_end_matches(" times") {
                "twice" => "2",
                "thrice" => "3",
                other => other,
            };
            format!("{number} contact attempts")
        }
    };
    is_one_short_line(&text).then_some(text)
}

fn is_one_short_line(text: &str) -> bool {
    text.chars().count() <= 2 * LONGEST_QUOTE && !text.contains(|c: char| c.is_control() || "[]{}<>".contains(c))
}

fn part_of_note(span: NoteSpan, case: &Case<'_>) -> String {
    span.of(case.note_text().unwrap_or_default()).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Puts a why into the slot for it, with the word before it that its grammar asks for. A why that is concrete fills the
/// slots after it, too.
fn with_reason(template: &str, part: &Part, strength: ReasonStrength) -> String {
    let Some((head, tail)) = template.split_once("[primary issue]") else { return template.to_owned() };
    let connectives = ["because of ", "due to ", "as "];
    let Some(front) = connectives.iter().find_map(|words| head.strip_suffix(words)) else { return template.to_owned() };
    let tail = if strength == ReasonStrength::Concrete { "." } else { tail };
    match part {
        Part::Noun(text) => format!("{front}because of {text}{tail}"),
        Part::Clause(text) => format!("{front}because {text}{tail}"),
        Part::Loose(text) => format!("{}: {text}{tail}", front.trim_end()),
        Part::Until(text) => match template.split_once("until [potential resolution] is implemented") {
            Some((until_front, rest)) => format!("{until_front}until {text}{rest}"),
            None => format!("{front}until {text} because of [primary issue]{}", template_tail(template)),
        },
    }
}

fn template_tail(template: &str) -> &str {
    template.split_once("[primary issue]").map_or(".", |(_, tail)| tail)
}

#[cfg(test)]
mod tests {
    use super::{question, quote, shown, template, with_own_reason};
    use crate::playbook::{Additions, Playbook, StatusEntry, StatusKind};
    use crate::record::Heading;
    use crate::rules::testing::ask;

    const WITHOUT_REASON: &str =
        "Unable to deploy because of [primary issue] and [technical details] due to [specific limitations].";

    fn heading<'a>(status: &'a str, workload: &'a str) -> Heading<'a> {
        Heading { customer: None, workload: Some(workload), status: Some(status) }
    }

    fn general(status: &str, workload: &str, note: &str) -> Option<String> {
        ask(None, heading(status, workload), note, template)
    }

    fn own(status: &str, workload: &str, note: &str) -> Option<String> {
        ask(None, heading(status, workload), note, with_own_reason)
    }

    #[test]
    fn what_may_stay_is_told_from_what_is_to_be_filled_in() {
        assert_eq!(shown("Blocked by [issue]."), "Use this template and fill in the brackets: Blocked by [issue].");
        assert_eq!(shown("Blocked by SMTP."), "If that is so, write it like this: Blocked by SMTP.");
    }

    #[test]
    fn a_reason_without_an_intent() {
        assert_eq!(
            own("Blocked", "Teams Phone", "The carrier's SIP trunks have no TLS and no SRTP.").as_deref(),
            Some("Unable to deploy because the carrier's SIP trunks have no TLS and no SRTP.")
        );
        assert_eq!(
            own("No Intent", "Yammer", "Staff already talk in Workplace by Facebook.").as_deref(),
            Some("Customer does not have intent to use Yammer: staff already talk in Workplace by Facebook.")
        );
    }

    #[test]
    fn a_thin_reason_is_to_be_continued() {
        assert_eq!(
            own("Blocked", "Teams", "They will not roll it out due to security concerns.").as_deref(),
            Some(
                "Unable to deploy because of security concerns and [technical details] due to [specific limitations]."
            )
        );
        for (note, expected) in [
            (
                "Customer does not want it because of cost.",
                "Customer does not have intent to use Power BI because of cost and [specifics].",
            ),
            (
                "They use Tableau.",
                "Customer does not have intent to use Power BI because they use Tableau and [specifics].",
            ),
        ] {
            assert_eq!(own("No Intent", "Power BI", note).as_deref(), Some(expected));
        }
    }

    #[test]
    fn a_thin_reason_that_cannot_be_continued_is_left_alone() {
        for note in [
            "Customer does not want it, culture, you know, the usual.",
            "They do not want it because of the opinion of some of the people in the two departments.",
            "They will not start because they will not start with it this year.",
        ] {
            assert_eq!(own("No Intent", "Teams", note), None, "{note:?}");
        }
    }

    #[test]
    fn a_note_without_a_reason() {
        for note in ["Customer cannot deploy.", "", "Blocked due to [primary issue]."] {
            assert_eq!(own("Blocked", "Teams", note), None, "{note:?}");
            assert_eq!(general("Blocked", "Teams", note).as_deref(), Some(WITHOUT_REASON), "{note:?}");
        }
        assert_eq!(
            general("No Intent", "Yammer", "Customer has no intent.").as_deref(),
            Some("Customer does not have intent to use Yammer because of [primary issue] and [specifics].")
        );
    }

    #[test]
    fn what_is_waited_for_is_no_why() {
        assert_eq!(
            own("Blocked", "Teams", "Until the merger is complete, customer will not deploy.").as_deref(),
            Some("Customer blocked because of [primary issue] until the merger is complete.")
        );
        assert_eq!(
            own("No Intent", "Teams", "Until the merger is complete, customer will not deploy.").as_deref(),
            Some(
                "Customer does not have intent to use Teams until the merger is complete because of [primary issue] and \
                 [specifics]."
            )
        );
    }

    #[test]
    fn in_progress_with_and_without_a_phase() {
        let onboarding = |note| general("In Progress", "Teams", note).unwrap();
        let expected = |phase: &str| format!("Onboarding to Teams. Customer at {phase}. [additional details].");
        assert_eq!(onboarding("In Progress."), expected("[phase of deployment]"));
        assert_eq!(onboarding("Pilot, nothing more to add."), expected("pilot phase"));
        assert_eq!(onboarding("Remediation phase."), expected("remediation phase"));
        assert_eq!(onboarding("UAT."), expected("UAT phase"));
        assert_eq!(onboarding("Wave 2 of 5."), expected("wave 2 of 5"));
        assert_eq!(onboarding("Customer has been thinking about starting a pilot."), expected("[phase of deployment]"));
    }

    #[test]
    fn unanswered_with_what_is_missing() {
        for (note, expected) in [
            (
                "Customer unresponsive.",
                "Customer unresponsive to [number of] contact attempts. [Managed or unmanaged] account.",
            ),
            (
                "Customer unresponsive to 3 contact attempts.",
                "Customer unresponsive to 3 contact attempts. [Managed or unmanaged] account.",
            ),
            (
                "No answer so far. Unmanaged tenant.",
                "Customer unresponsive to [number of] contact attempts. Unmanaged account.",
            ),
            (
                "Called twice, never heard back.",
                "Customer unresponsive to 2 contact attempts. [Managed or unmanaged] account.",
            ),
            (
                "No answer from the IT director to 3 e-mails and 2 calls.",
                "No answer from the IT director to 3 e-mails and 2 calls. [Managed or unmanaged] account.",
            ),
            (
                "Customer unresponsive to 3 contact attempts. Managed customer.",
                "Customer unresponsive to 3 contact attempts to [whom you tried]. Managed account.",
            ),
        ] {
            assert_eq!(general("Status Unknown", "Teams", note).as_deref(), Some(expected), "{note:?}");
        }
    }

    #[test]
    fn what_has_no_template_has_a_question() {
        let asked = |status| ask(None, heading(status, "Teams"), "x", question);
        assert!(
            general("Duplicate/Invalid", "Teams", "Duplicate.").is_none() && general("Nearly", "Teams", "x").is_none()
        );
        assert!(asked("Duplicate/Invalid").starts_with("Say why the entitlement is a duplicate"));
        assert_eq!(asked("Nearly"), "Say whether the customer will use the service, and why.");
    }

    #[test]
    fn a_team_status_has_its_own_template_or_that_of_its_kind() {
        let status = |name: &str, templates: &[&str]| StatusEntry {
            name: name.to_owned(),
            kind: StatusKind::Blocked,
            templates: templates.iter().map(|&text| text.to_owned()).collect(),
        };
        let statuses = vec![status("On Hold", &["On hold until [date] by order of [person]."]), status("Parked", &[])];
        let playbook = Playbook::with(&Additions { statuses, ..Additions::default() });
        let general = |status| ask(Some(&playbook), heading(status, "Teams"), "Hold.", template);
        assert_eq!(general("on hold").as_deref(), Some("On hold until [date] by order of [person]."));
        assert_eq!(general("parked").as_deref(), Some(WITHOUT_REASON));
    }

    #[test]
    fn hostile_notes_and_names_stay_out_of_the_templates() {
        let long = "because ".repeat(5_000);
        let notes = [
            long.as_str(),
            "Blocked because \u{1b}]0;title\u{7} the proxy drops UDP 3478 at Contoso.",
            "Blocked because [[[[ the proxy drops UDP 3478 ]]]] at Contoso.",
            "Due to } the <proxy> { at Contoso in Berlin there is no UDP 3478",
        ];
        for note in notes {
            for status in ["Blocked", "No Intent", "In Progress", "Status Unknown", "Duplicate/Invalid"] {
                for text in
                    [general(status, "Te\u{1b}[ams]", note), own(status, "Te\u{1b}[ams]", note)].iter().flatten()
                {
                    assert!(text.chars().count() < 400, "{text}");
                    assert!(!text.contains(char::is_control), "{text}");
                    assert_eq!(text.matches('[').count(), text.matches(']').count(), "{text}");
                }
            }
        }
    }

    #[test]
    fn quotes_are_short_and_end_with_a_word() {
        assert_eq!(quote("the  firewall\n blocks"), "“the firewall blocks”");
        assert_eq!(
            quote("one two three four five six seven eight nine ten eleven twelve thirteen"),
            "“one two three four five six seven eight nine ten eleven…”"
        );
        assert_eq!(quote(&"x".repeat(5_000)).chars().count(), 62);
    }
}
