//! The slots of templates: what a writer is asked for them, and plausible words. A template is tried with them before it is shown: filled in like this it
//! has to be a great note.

/// A slot of the guidance's templates.
#[derive(Debug, Clone, Copy)]
pub(super) struct Slot {
    name: &'static str,
    /// What the writer is asked.
    pub(super) question: &'static str,
    /// What a writer might put there; the sentence around it is the guidance's.
    pub(super) example: &'static str,
}

const fn slot(name: &'static str, question: &'static str, example: &'static str) -> Slot {
    Slot { name, question, example }
}

const SLOTS: &[Slot] = &[
    slot(
        "additional details",
        "Which details tell how far it is: figures, dates, the next step?",
        "120 of 400 users are live",
    ),
    slot("additional important details", "What else is important?", "a PBX from 2009"),
    slot("current focus workload", "What is done first?", "the Exchange migration"),
    slot("details", "What is being worked on?", "the 120 users in Lyon"),
    slot(
        "details surrounding",
        "Which details go with it: a product, a contract, a date?",
        "a Slack contract that runs until June 2028",
    ),
    slot("managed or unmanaged", "Is the account managed or unmanaged?", "Managed"),
    slot("number of", "How many times did you try to reach the customer?", "3"),
    slot("phase of deployment", "In which phase is the deployment?", "the pilot phase"),
    slot("potential resolution", "What has to be in place first?", "the new Cisco SBC"),
    slot("primary issue", "What is the main reason? Name the thing itself", "the Mitel PBX without SIP support"),
    slot("specific limitations", "Which limitation is behind that?", "firmware that has no TLS 1.2"),
    slot(
        "specifics",
        "Which details go with it: a product, a contract, a date?",
        "a Slack contract that runs until June 2028",
    ),
    slot("technical details", "Which technical details go with it?", "a proxy that drops UDP 3478"),
    slot("whom you tried", "Whom did you try to reach?", "the IT manager"),
];

/// What stands in a slot that only a team's own template has.
pub(super) const OTHER: &str = "the Mitel PBX without SIP support";

/// The slot of the guidance that is called so.
pub(super) fn known(name: &str) -> Option<&'static Slot> {
    SLOTS.iter().find(|slot| slot.name.eq_ignore_ascii_case(name))
}

/// `template` with an example in each of its slots.
#[must_use]
pub(crate) fn filled_in(template: &str) -> String {
    let mut filled = String::new();
    let mut rest = template;
    while let Some((before, inside)) = rest.split_once('[') {
        let Some((slot, after)) = inside.split_once(']') else { break };
        let example = known(slot).map_or(OTHER, |slot| slot.example);
        filled.push_str(before);
        filled.push_str(example);
        rest = after;
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::playbook::Playbook;

    #[test]
    fn every_slot_of_the_guidance_has_an_example() {
        let playbook = Playbook::built_in();
        for template in playbook.statuses.iter().flat_map(|status| &status.templates) {
            let slots = template.split('[').skip(1).filter_map(|part| part.split_once(']'));
            for (slot, _) in slots {
                assert!(SLOTS.iter().any(|known| known.name == slot), "{slot}");
            }
        }
        assert!(SLOTS.is_sorted_by_key(|slot| slot.name));
    }

    #[test]
    fn slots_are_filled_and_the_rest_stays() {
        assert_eq!(filled_in("No slot, one ] and"), "No slot, one ] and");
        assert_eq!(filled_in("On hold until [date]."), format!("On hold until {OTHER}."));
        assert_eq!(filled_in("Tried [Number of] times, [open"), "Tried 3 times, [open");
    }
}
