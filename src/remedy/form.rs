//! A template of the guidance as a form: a sentence with slots that a writer fills in one by one.

use super::filling::{Around, Filling};
use super::slots;

/// A template with its slots.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Form {
    template: String,
    pieces: Vec<Piece>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Text(String),
    Slot(String),
}

impl Form {
    /// The form of a template, in which slots are written in square brackets.
    pub(super) fn new(template: &str) -> Self {
        let mut pieces = Vec::new();
        let mut rest = template;
        while let Some((before, inside)) = rest.split_once('[') {
            let Some((slot, after)) = inside.split_once(']') else { break };
            pieces.push(Piece::Text(before.to_owned()));
            pieces.push(Piece::Slot(slot.to_owned()));
            rest = after;
        }
        pieces.push(Piece::Text(rest.to_owned()));
        Self { template: template.to_owned(), pieces }
    }

    /// The template.
    #[must_use]
    pub(crate) fn template(&self) -> &str {
        &self.template
    }

    /// The names of the slots, in their order.
    pub(crate) fn slots(&self) -> impl Iterator<Item = &str> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Slot(name) => Some(name.as_str()),
            Piece::Text(_) => None,
        })
    }

    /// The template with the answers in its slots, each with the words before it that its grammar asks for. A slot without
    /// an answer is left out, with the words that lead to it.
    #[must_use]
    pub(crate) fn filled<'a>(&self, answer: impl Fn(&str) -> Option<&'a str>) -> String {
        let answer = |slot: &str| answer(slot).map(str::trim).filter(|answer| !answer.is_empty());
        let mut sentence = Filling::default();
        for (at, piece) in self.pieces.iter().enumerate() {
            let rest = self.pieces.get(at + 1..).unwrap_or_default();
            match piece {
                Piece::Text(text) => sentence.push_text(text),
                Piece::Slot(name) => match answer(name) {
                    Some(answer_here) => {
                        let after = match rest.first() {
                            Some(Piece::Text(text)) => text.as_str(),
                            _ => "",
                        };
                        let is_last =
                            !rest.iter().any(|piece| matches!(piece, Piece::Slot(name) if answer(name).is_some()));
                        sentence.push_answer(answer_here, Around { after, is_last });
                    }
                    None => sentence.leave_out(),
                },
            }
        }
        sentence.finished()
    }
}

/// A slot of a form, for whoever is asked to fill it in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct SlotQuestion<'a> {
    /// The question.
    pub(crate) question: &'a str,
    /// What an answer looks like.
    pub(crate) example: &'a str,
}

/// What to ask for the slot of this name.
#[must_use]
pub(crate) fn question_of(slot: &str) -> SlotQuestion<'_> {
    slots::known(slot).map_or(SlotQuestion { question: slot, example: slots::OTHER }, |known| SlotQuestion {
        question: known.question,
        example: known.example,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grade::Grade;
    use crate::record::Heading;
    use crate::remedy::phrase::tests::{CLAUSES, NOUNS};
    use crate::remedy::phrase::{cleaned, uncapitalised};
    use crate::rules::testing::{ask, grade};

    fn filled(template: &str, answers: &[(&str, &str)]) -> String {
        let answer = |slot: &str| answers.iter().find(|(name, _)| *name == slot).map(|(_, answer)| *answer);
        Form::new(template).filled(answer)
    }

    const BLOCKED: &str = "Unable to deploy because of [issue] and [details] due to [limits].";

    #[test]
    fn every_slot_with_an_answer() {
        let answers =
            [("issue", "the Mitel PBX."), ("details", "a proxy that drops UDP 3478"), ("limits", "old firmware")];
        assert_eq!(
            filled(BLOCKED, &answers),
            "Unable to deploy because of the Mitel PBX and a proxy that drops UDP 3478 due to old firmware."
        );
    }

    #[test]
    fn a_slot_without_an_answer_is_left_out_with_the_words_before_it() {
        for (template, answers, expected) in [
            (BLOCKED, &[("issue", "the PBX")][..], "Unable to deploy because of the PBX."),
            (
                BLOCKED,
                &[("issue", "the PBX"), ("limits", "its age")],
                "Unable to deploy because of the PBX due to its age.",
            ),
            (
                "Blocked because of [issue] until [fix] is implemented.",
                &[("issue", "the PBX")],
                "Blocked because of the PBX.",
            ),
            (
                "Silent after [n] contact attempts to [whom]. [account] account.",
                &[("n", "3"), ("account", "Managed")],
                "Silent after 3 contact attempts. Managed account.",
            ),
            ("Silent after [n] attempts to [whom]. [account] account.", &[("n", "3")], "Silent after 3 attempts."),
            ("Customer at [phase]. [more].", &[("phase", "the pilot phase")], "Customer at the pilot phase."),
            ("Customer at [phase]. [more].", &[("phase", "UAT"), ("more", "120 users")], "Customer at UAT. 120 users."),
        ] {
            assert_eq!(filled(template, answers), expected);
        }
    }

    #[test]
    fn the_writers_own_connective_takes_the_place_of_that_of_the_template() {
        for (answer, expected) in [
            ("because the proxy drops UDP", "Unable to deploy because the proxy drops UDP."),
            ("Due to the proxy", "Unable to deploy Due to the proxy."),
            ("The proxy", "Unable to deploy because of the proxy."),
            ("assets", "Unable to deploy because of assets."),
        ] {
            assert_eq!(filled(BLOCKED, &[("issue", answer)]).to_lowercase(), expected.to_lowercase());
        }
    }

    /// Each reason by itself, in each template: what is before it, how that leads to a clause, and to the name of a thing.
    const REASONS: &[(&str, &str, &str)] = &[
        (BLOCKED, "Unable to deploy", "because of"),
        (
            "Customer will not deploy Teams due to [issue] surrounding [details], [limits] and [more].",
            "Customer will not deploy Teams",
            "due to",
        ),
        ("Customer blocked because of [issue] until [fix] is implemented.", "Customer blocked", "because of"),
        ("No intent to use Teams because of [issue] and [details].", "No intent to use Teams", "because of"),
        (
            "Not interested in deploying Teams due to [issue] and [details].",
            "Not interested in deploying Teams",
            "due to",
        ),
    ];

    #[test]
    fn a_reason_stands_behind_the_word_for_it_in_every_template() {
        for (template, front, lead) in REASONS {
            for (answer, thing) in NOUNS {
                let note = filled(template, &[("issue", answer)]);
                let leads = [lead, "because of", "due to", "owing to"];
                assert!(leads.iter().any(|lead| note == format!("{front} {lead} {thing}.")), "{answer}: {note}");
            }
            for (answer, clause) in CLAUSES {
                let note = filled(template, &[("issue", answer)]);
                let leads = ["because", "since"];
                assert!(leads.iter().any(|lead| note == format!("{front} {lead} {clause}.")), "{answer}: {note}");
            }
        }
    }

    #[test]
    fn reasons_of_two_kinds_are_joined_by_a_word_of_their_own() {
        for (template, front, lead) in REASONS.iter().filter(|(template, ..)| template.contains("[details]")) {
            let both = |one, other| filled(template, &[("issue", one), ("details", other)]);
            let between = if template.contains("surrounding") { "surrounding" } else { "and" };
            for (answer, clause) in CLAUSES {
                let expected = format!("{front} {lead} the PBX and because {clause}.");
                let plain = format!("{front} {lead} the PBX and {}.", uncapitalised(&cleaned(answer)));
                let note = both("the PBX", answer);
                assert!(note == expected || clause.starts_with("there ") && note == plain, "{note}");
            }
            for (answer, thing) in NOUNS {
                assert_eq!(both("the PBX", answer), format!("{front} {lead} the PBX {between} {thing}."));
                assert_eq!(
                    both("they use Slack", answer),
                    format!("{front} because they use Slack and because of {thing}.")
                );
            }
        }
    }

    #[test]
    fn a_clause_takes_the_place_of_the_verb_of_the_template() {
        const LIMITING: &str = "No need for Teams as [issue] is a limiting factor of [details].";
        const AFTER: &str = "Company will onboard after [focus] is finished. [more].";
        const UNTIL: &str = "Blocked because of [issue] until [fix] is implemented.";
        for (template, answers, expected) in [
            (LIMITING, ["the PBX", ""], "No need for Teams as the PBX is a limiting factor."),
            (LIMITING, ["Licence costs", ""], "No need for Teams as licence costs are a limiting factor."),
            (LIMITING, ["the PBX", "the rollout"], "No need for Teams as the PBX is a limiting factor of the rollout."),
            (LIMITING, ["they use Slack", ""], "No need for Teams as they use Slack."),
            (LIMITING, ["they use Slack", "it is paid"], "No need for Teams as they use Slack and it is paid."),
            (
                LIMITING,
                ["they use Slack", "the price"],
                "No need for Teams as they use Slack and because of the price.",
            ),
            (
                LIMITING,
                ["the PBX", "it has no SIP"],
                "No need for Teams as the PBX is a limiting factor, because it has no SIP.",
            ),
            (AFTER, ["the Exchange migration", ""], "Company will onboard after the Exchange migration is finished."),
            (
                AFTER,
                ["After the Exchange migration.", ""],
                "Company will onboard after the Exchange migration is finished.",
            ),
            (AFTER, ["all mailboxes", ""], "Company will onboard after all mailboxes are finished."),
            (AFTER, ["they have moved Exchange", ""], "Company will onboard after they have moved Exchange."),
            (
                AFTER,
                ["Exchange is done", "120 users wait"],
                "Company will onboard after Exchange is done. 120 users wait.",
            ),
            (AFTER, ["June 2028", ""], "Company will onboard after June 2028."),
            (UNTIL, ["the PBX", "the new SBC"], "Blocked because of the PBX until the new SBC is implemented."),
            (UNTIL, ["the PBX", "Until the new SBC arrives"], "Blocked because of the PBX until the new SBC arrives."),
            (UNTIL, ["the PBX", "the end of June 2028"], "Blocked because of the PBX until the end of June 2028."),
            (UNTIL, ["the PBX", "Q3 2027"], "Blocked because of the PBX until Q3 2027."),
            (
                UNTIL,
                ["they use Slack", "new trunks"],
                "Blocked because they use Slack until new trunks are implemented.",
            ),
            (UNTIL, ["the PBX", "legal signs the DPA"], "Blocked because of the PBX until legal signs the DPA."),
        ] {
            let form = Form::new(template);
            let answers: Vec<(&str, &str)> = form.slots().zip(answers).collect();
            assert_eq!(filled(template, &answers), expected);
        }
    }

    #[test]
    fn phases_work_attempts_and_accounts() {
        const PHASE: &str = "Onboarding to Teams. Customer at [phase]. [more].";
        const FOCUS: &str = "Onboarding underway, focusing on [details].";
        const UNKNOWN: &str = "Customer unresponsive to [n] contact attempts to [whom]. [account] account.";
        for (answer, expected) in [
            ("pilot", "pilot phase"),
            ("Pilot phase.", "pilot phase"),
            ("in the pilot phase", "the pilot phase"),
            ("They are in the remediation phase", "the remediation phase"),
            ("wave 2 of 4", "wave 2 of 4"),
            ("UAT", "UAT"),
            ("\"Adoption\"", "adoption phase"),
        ] {
            assert_eq!(filled(PHASE, &[("phase", answer)]), format!("Onboarding to Teams. Customer at {expected}."));
        }
        let note = filled(PHASE, &[("phase", "the pilot has started"), ("more", "because 40 users are live.")]);
        assert_eq!(note, "Onboarding to Teams. The pilot has started. 40 users are live.");
        for (answer, expected) in [
            ("the 120 users in Lyon", ", focusing on the 120 users in Lyon"),
            ("Focusing on the plant.", ", focusing on the plant"),
            ("on moving mailboxes", ", focusing on moving mailboxes"),
            ("They move 120 users a week", ". They move 120 users a week"),
            ("cannot start before May", ". The customer cannot start before May"),
        ] {
            assert_eq!(filled(FOCUS, &[("details", answer)]), format!("Onboarding underway{expected}."));
        }
        for (n, whom, account, expected) in [
            ("3", "the IT manager", "Managed", "3 contact attempts to the IT manager. Managed account."),
            (
                "3 times",
                "To the IT manager.",
                "it is managed",
                "3 contact attempts to the IT manager. Managed account.",
            ),
            ("Twice", "Ann Lee", "Unmanaged account", "2 contact attempts to Ann Lee. Unmanaged account."),
            ("once", "IT", "not managed", "1 contact attempt to IT. Unmanaged account."),
            ("We tried three times", "", "no", "three contact attempts. No account."),
            ("3 e-mails and 2 calls", "the CIO", "unmanaged", "3 e-mails and 2 calls to the CIO. Unmanaged account."),
            ("5 contact attempts", "the CIO", "Managed", "5 contact attempts to the CIO. Managed account."),
            ("4x", "we called the CIO", "Managed", "4 contact attempts. We called the CIO. Managed account."),
        ] {
            let answers = [("n", n), ("whom", whom), ("account", account)];
            assert_eq!(filled(UNKNOWN, &answers), format!("Customer unresponsive to {expected}"));
        }
    }

    #[test]
    fn what_is_filled_in_is_read_as_the_reason_that_it_gives() {
        let mut grades = Vec::new();
        for status in ["Blocked", "No Intent"] {
            let heading = Heading { customer: Some("Contoso"), workload: Some("Teams"), status: Some(status) };
            for form in ask(None, heading, "", crate::remedy::forms) {
                let issue = form.slots().next().unwrap();
                for (answer, _) in NOUNS.iter().chain(CLAUSES) {
                    let note = form.filled(|slot| (slot == issue).then_some(*answer));
                    grades.push(grade(heading, &note));
                }
            }
        }
        let count = |grade| grades.iter().filter(|it| **it == grade).count();
        // Thin reasons are marginal; none is lost by what is around it.
        assert_eq!(grades.len(), 6 * (NOUNS.len() + CLAUSES.len()));
        assert!(count(Grade::Great) * 4 > grades.len() && count(Grade::Poor) * 25 < grades.len(), "{grades:?}");
    }

    #[test]
    fn several_sentences_stay_one_inside_another() {
        let note = filled(BLOCKED, &[("issue", "They pay Slack. The contract ends in 2028."), ("limits", "its age")]);
        assert_eq!(note, "Unable to deploy because they pay Slack; the contract ends in 2028 due to its age.");
        let note = filled(BLOCKED, &[("issue", "the plant in St. Gallen")]);
        assert_eq!(note, "Unable to deploy because of the plant in St. Gallen.");
    }

    #[test]
    fn lines_are_joined_and_sentences_begin_with_a_capital() {
        assert_eq!(filled("[a]. [b].", &[("a", "one\n  two."), ("b", "éa")]), "One two. Éa.");
        assert_eq!(filled("no slot, [open", &[]), "no slot, [open");
    }
}
