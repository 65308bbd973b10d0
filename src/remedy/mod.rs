//! The remedy for a writer: the guidance's template for the status of the record, with what the note already says put
//! into its slots.

mod part;

use crate::case::Case;
use crate::emptiness::{Purpose, emptiness};
use crate::playbook::StatusKind;
use crate::reading::{Account, Attempts, Polarity, ReasonStrength};
use crate::text::NoteSpan;
use part::Part;

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

impl Case<'_> {
    /// The guidance's template for the record's status, with the slots that this note already fills, filled.
    #[must_use]
    pub fn template(&self) -> String {
        template(self)
    }
}

/// The template that fits the case, as help for the writer.
fn template(case: &Case<'_>) -> String {
    let Some(kind) = case.kind() else {
        return "Say whether the customer will use the service, and why.".to_owned();
    };
    match filled(case, kind) {
        Some(text) if text.contains('[') => {
            format!("Use this template and fill in the brackets: {text}")
        }
        Some(text) => format!("Write it like this: {text}"),
        None => "Say why the entitlement is a duplicate or invalid: which licenses are counted twice or are not real, \
                 which other record counts them, and how that happened."
            .to_owned(),
    }
}

fn filled(case: &Case<'_>, kind: StatusKind) -> Option<String> {
    match kind {
        StatusKind::InProgress => {
            let template = choose(case, kind, &["[phase of deployment]"])?;
            Some(with_phase(with_workload(template, case), case))
        }
        StatusKind::StatusUnknown => Some(unanswered(choose(case, kind, &["contact attempts"])?, case)),
        StatusKind::Blocked | StatusKind::NoIntent | StatusKind::DuplicateInvalid => {
            let part = Part::of(case.reading, case.note_text().unwrap_or_default());
            let wanted: &[&str] = match part {
                Some(Part::Until(_)) => &["[potential resolution]", "[primary issue]"],
                _ => &["Unable to deploy", "[primary issue]"],
            };
            let template = with_workload(choose(case, kind, wanted)?, case);
            Some(match part {
                Some(part) => with_reason(&template, &part, case.reading.reason),
                None => template,
            })
        }
    }
}

/// The first template of the record's status that holds one of the wanted parts, the first wanted first; else the first
/// with a slot. A status of the team that has no templates takes those of the guidance's status of its kind.
fn choose<'a>(case: &Case<'a>, kind: StatusKind, wanted: &[&str]) -> Option<&'a str> {
    let templates = case
        .status()
        .into_iter()
        .chain(case.playbook.statuses.iter().filter(|status| status.kind == kind))
        .map(|status| status.templates.as_slice())
        .find(|templates| !templates.is_empty())?;
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
    use super::{quote, template};
    use crate::playbook::{Additions, Playbook, StatusEntry, StatusKind};
    use crate::record::Heading;
    use crate::rules::testing::{ask, trial};
    use crate::rules::{Group, REGISTRY};

    const BRACKETS: &str = "Use this template and fill in the brackets: ";

    fn help_with(playbook: Option<&Playbook>, status: &str, workload: &str, note: &str) -> String {
        ask(playbook, Heading { customer: None, workload: Some(workload), status: Some(status) }, note, template)
    }

    fn help(status: &str, workload: &str, note: &str) -> String {
        help_with(None, status, workload, note)
    }

    fn open(text: &str) -> String {
        format!("{BRACKETS}{text}")
    }

    fn whole(text: &str) -> String {
        format!("Write it like this: {text}")
    }

    #[test]
    fn blocked_with_a_reason_and_no_intent() {
        assert_eq!(
            help("Blocked", "Teams Phone", "The carrier's SIP trunks have no TLS and no SRTP."),
            whole("Unable to deploy because the carrier's SIP trunks have no TLS and no SRTP.")
        );
    }

    #[test]
    fn blocked_with_a_thin_reason() {
        assert_eq!(
            help("Blocked", "Teams", "They will not roll it out due to security concerns."),
            open(
                "Unable to deploy because of security concerns and [technical details] due to [specific limitations]."
            )
        );
    }

    #[test]
    fn blocked_without_a_reason() {
        let expected =
            open("Unable to deploy because of [primary issue] and [technical details] due to [specific limitations].");
        assert_eq!(help("Blocked", "Teams", "Customer cannot deploy."), expected);
        assert_eq!(help("Blocked", "Teams", ""), expected);
        assert_eq!(help("Blocked", "Teams", "Blocked due to [primary issue]."), expected);
    }

    #[test]
    fn what_is_waited_for_is_no_why() {
        assert_eq!(
            help("Blocked", "Teams", "Until the merger is complete, customer will not deploy."),
            open("Customer blocked because of [primary issue] until the merger is complete.")
        );
        assert_eq!(
            help("No Intent", "Teams", "Until the merger is complete, customer will not deploy."),
            open(
                "Customer does not have intent to use Teams until the merger is complete because of [primary issue] \
                 and [specifics]."
            )
        );
    }

    #[test]
    fn no_intent_with_and_without_a_reason() {
        assert_eq!(
            help("No Intent", "Yammer", "Customer has no intent."),
            open("Customer does not have intent to use Yammer because of [primary issue] and [specifics].")
        );
        assert_eq!(
            help("No Intent", "Yammer", "Staff already talk in Workplace by Facebook."),
            whole("Customer does not have intent to use Yammer: staff already talk in Workplace by Facebook.")
        );
        assert_eq!(
            help("No Intent", "Yammer", "Customer does not want it because of cost."),
            open("Customer does not have intent to use Yammer because of cost and [specifics].")
        );
        assert_eq!(
            help("No Intent", "Power BI", "They use Tableau."),
            open("Customer does not have intent to use Power BI because they use Tableau and [specifics].")
        );
    }

    #[test]
    fn what_the_help_proposes_without_brackets_is_a_great_note() {
        for (status, workload, note) in [
            ("Blocked", "Teams Phone", "The carrier's SIP trunks have no TLS and no SRTP."),
            ("No Intent", "Yammer", "Staff already talk in Workplace by Facebook."),
        ] {
            let help = help(status, workload, note);
            let proposed = help.strip_prefix("Write it like this: ").unwrap();
            for rule in REGISTRY.iter().filter(|rule| rule.meta().group == Group::Note) {
                let said = trial(*rule, status, workload, proposed);
                assert!(said.is_silent(), "{proposed}: {said:?}");
            }
        }
    }

    #[test]
    fn in_progress_with_and_without_a_phase() {
        let expected = |phase: &str| open(&format!("Onboarding to Teams. Customer at {phase}. [additional details]."));
        assert_eq!(help("In Progress", "Teams", "In Progress."), expected("[phase of deployment]"));
        assert_eq!(help("In Progress", "Teams", "Pilot, nothing more to add."), expected("pilot phase"));
        assert_eq!(help("In Progress", "Teams", "Remediation phase."), expected("remediation phase"));
        assert_eq!(help("In Progress", "Teams", "UAT."), expected("UAT phase"));
        assert_eq!(help("In Progress", "Teams", "Wave 2 of 5."), expected("wave 2 of 5"));
        let undecided = "Customer has been thinking about starting a pilot.";
        assert_eq!(help("In Progress", "Teams", undecided), expected("[phase of deployment]"));
    }

    #[test]
    fn unanswered_with_what_is_missing() {
        assert_eq!(
            help("Status Unknown", "Teams", "Customer unresponsive."),
            open("Customer unresponsive to [number of] contact attempts. [Managed or unmanaged] account.")
        );
        assert_eq!(
            help("Status Unknown", "Teams", "Customer unresponsive to 3 contact attempts."),
            open("Customer unresponsive to 3 contact attempts. [Managed or unmanaged] account.")
        );
        assert_eq!(
            help("Status Unknown", "Teams", "No answer so far. Unmanaged tenant."),
            open("Customer unresponsive to [number of] contact attempts. Unmanaged account.")
        );
        assert_eq!(
            help("Status Unknown", "Teams", "Called twice, never heard back."),
            open("Customer unresponsive to 2 contact attempts. [Managed or unmanaged] account.")
        );
    }

    #[test]
    fn unanswered_with_all_but_one_thing() {
        assert_eq!(
            help("Status Unknown", "Teams", "No answer from the IT director to 3 e-mails and 2 calls."),
            open("No answer from the IT director to 3 e-mails and 2 calls. [Managed or unmanaged] account.")
        );
        assert_eq!(
            help("Status Unknown", "Teams", "Customer unresponsive to 3 contact attempts. Managed customer."),
            open("Customer unresponsive to 3 contact attempts to [whom you tried]. Managed account.")
        );
    }

    #[test]
    fn duplicates_have_no_template() {
        assert!(help("Duplicate/Invalid", "Teams", "Duplicate.").starts_with("Say why the entitlement is a duplicate"));
    }

    #[test]
    fn a_status_that_nobody_knows() {
        assert_eq!(help("Nearly", "Teams", "x"), "Say whether the customer will use the service, and why.");
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
        assert_eq!(
            help_with(Some(&playbook), "on hold", "Teams", "Hold."),
            open("On hold until [date] by order of [person].")
        );
        assert!(
            help_with(Some(&playbook), "parked", "Teams", "Hold.")
                .contains("Unable to deploy because of [primary issue]")
        );
    }

    #[test]
    fn hostile_notes_and_names_stay_out_of_the_help() {
        let long = "because ".repeat(5_000);
        let notes = [
            long.as_str(),
            "Blocked because \u{1b}]0;title\u{7} the proxy drops UDP 3478 at Contoso.",
            "Blocked because [[[[ the proxy drops UDP 3478 ]]]] at Contoso.",
            "Due to } the <proxy> { at Contoso in Berlin there is no UDP 3478",
        ];
        for note in notes {
            for status in ["Blocked", "No Intent", "In Progress", "Status Unknown", "Duplicate/Invalid"] {
                let help = help(status, "Te\u{1b}[ams]", note);
                assert!(help.chars().count() < 400, "{help}");
                assert!(!help.contains(char::is_control), "{help}");
                assert_eq!(help.matches('[').count(), help.matches(']').count(), "{help}");
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
