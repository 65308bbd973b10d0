//! Plausible words for the slots of templates. A template is tried with them before it is shown: filled in like this it
//! has to be a great note.

/// Slots with what a writer might put there; the sentence around them is the guidance's.
const EXAMPLES: &[(&str, &str)] = &[
    ("additional details", "120 of 400 users are live"),
    ("additional important details", "a PBX from 2009"),
    ("current focus workload", "the Exchange migration"),
    ("details", "the 120 users in Lyon"),
    ("details surrounding", "a Slack contract that runs until June 2028"),
    ("managed or unmanaged", "Managed"),
    ("number of", "3"),
    ("phase of deployment", "the pilot phase"),
    ("potential resolution", "the new Cisco SBC"),
    ("primary issue", "the Mitel PBX without SIP support"),
    ("specific limitations", "firmware that has no TLS 1.2"),
    ("specifics", "a Slack contract that runs until June 2028"),
    ("technical details", "a proxy that drops UDP 3478"),
    ("whom you tried", "the IT manager"),
];

/// What stands in a slot that only a team's own template has.
const OTHER: &str = "the Mitel PBX without SIP support";

/// `template` with an example in each of its slots.
#[must_use]
pub(crate) fn filled_in(template: &str) -> String {
    let mut filled = String::new();
    let mut rest = template;
    while let Some((before, inside)) = rest.split_once('[') {
        let Some((slot, after)) = inside.split_once(']') else { break };
        let of_slot = |(name, _): &&(&str, &str)| name.eq_ignore_ascii_case(slot);
        let example = EXAMPLES.iter().find(of_slot).map_or(OTHER, |(_, example)| example);
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
                assert!(EXAMPLES.iter().any(|(name, _)| *name == slot), "{slot}");
            }
        }
        assert!(EXAMPLES.is_sorted());
    }

    #[test]
    fn slots_are_filled_and_the_rest_stays() {
        assert_eq!(filled_in("No slot, one ] and"), "No slot, one ] and");
        assert_eq!(filled_in("On hold until [date]."), format!("On hold until {OTHER}."));
        assert_eq!(filled_in("Tried [Number of] times, [open"), "Tried 3 times, [open");
    }
}
