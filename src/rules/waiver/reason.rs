//! Whether the reason of a waiver is one.

use super::{Grounds, text};
use crate::case::{WaiverError, WaiverErrorKind, reading_context};
use crate::emptiness::{Purpose, concrete_words, emptiness, is_concrete_reason, is_part_of, speaks_of_wording};
use crate::lexicon::spelling::is_english;
use crate::lexicon::word_class::WordClasses;
use crate::lexicon::words;
use crate::reading::{self, ReasonStrength};
use crate::record::Waiver;
use crate::rules::{REGISTRY, Rule};
use std::collections::HashMap;

/// Judges the reasons of a record's waivers, each text once: to read one takes as long as to read a note.
pub(super) struct Reasons<'w> {
    grounds: Grounds<'w>,
    /// Whether a reason names something, of those that were read.
    known: HashMap<&'w str, bool>,
}

impl<'w> Reasons<'w> {
    pub(super) fn new(grounds: Grounds<'w>) -> Self {
        Self { grounds, known: HashMap::new() }
    }

    pub(super) fn grounds(&self) -> Grounds<'w> {
        self.grounds
    }

    /// How many texts were read.
    #[cfg(test)]
    pub(super) fn read(&self) -> usize {
        self.known.len()
    }

    /// What is wrong with the reason of `waiver`; nothing when it is one.
    pub(super) fn error(&mut self, waiver: &'w Waiver) -> Option<WaiverError> {
        let span = waiver.reason.value_span().unwrap_or(waiver.span);
        let kind = match text(&waiver.reason) {
            None => WaiverErrorKind::NoReason,
            Some(reason) if emptiness(reason, Purpose::Statement).is_some() => WaiverErrorKind::NoReason,
            Some(reason) if is_generic(reason, waiver) || !self.names_something(reason) => WaiverErrorKind::EmptyReason,
            Some(_) => return None,
        };
        Some(WaiverError { kind, span })
    }

    fn names_something(&mut self, reason: &'w str) -> bool {
        let grounds = self.grounds;
        *self.known.entry(reason).or_insert_with(|| names_something(reason, grounds))
    }
}

/// Whether a reason only says that there is a waiver; the name of its rule says no more than that.
fn is_generic(reason: &str, waiver: &Waiver) -> bool {
    let without_rule = text(&waiver.rule).map(|rule| reason.replace(rule, "rule"));
    emptiness(without_rule.as_deref().unwrap_or(reason), Purpose::Reason).is_some()
}

/// Whether a reason names anything. It is read as the reason in a note, so that what would be none there is none here; why
/// a wording has to stay is none in a note, so enough concrete words about the wording are a reason, too.
fn names_something(reason: &str, grounds: Grounds<'_>) -> bool {
    if is_own_text(reason) {
        return false;
    }
    let known = known_words(reason, Names::Kept);
    // What is left without them is all that there is.
    if emptiness(&known, Purpose::Reason).is_some() {
        return false;
    }
    let plain = known_words(reason, Names::LeftOut);
    is_traceable(reason)
        || is_concrete_reason(&known)
        || is_reason_in_note(&plain, grounds) && has_grounds(&plain, grounds)
}

/// Whether it can be looked up who agreed: somebody did, whose name is given, and a day or a ticket.
fn is_traceable(reason: &str) -> bool {
    let tokens = || reason.split_whitespace().map(|token| token.trim_matches(|c: char| !c.is_alphanumeric()));
    let agrees = |token: &str| AGREED.iter().any(|word| token.eq_ignore_ascii_case(word));
    let is_name = |token: &str| {
        token.starts_with(char::is_uppercase)
            && token.contains(char::is_lowercase)
            && token.chars().all(char::is_alphabetic)
            && !is_of_known_words(token)
    };
    tokens().any(agrees) && tokens().any(is_name) && tokens().any(|token| token.contains(char::is_numeric))
}

/// Words that say that somebody agreed.
const AGREED: [&str; 8] =
    ["agreed", "approved", "asked", "authorised", "authorized", "cleared", "confirmed", "requested"];

/// What becomes of words with a capital that no list knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Names {
    /// They are names.
    Kept,
    /// They say nothing of why: the name of a person is no reason for anything.
    LeftOut,
}

/// The words of a reason without those that nobody knows (`xyzzy`, `wibble`): what is invented is no evidence. Figures and
/// codes stay. Linear in its length.
fn known_words(reason: &str, names: Names) -> String {
    let is_known = |token: &&str| {
        let has_capital = token.contains(char::is_uppercase);
        token.contains(char::is_numeric) || has_capital && names == Names::Kept || is_of_known_words(token)
    };
    reason.split_whitespace().filter(is_known).collect::<Vec<_>>().join(" ")
}

/// Whether a token is made of words of the lists, or of parts too short to be in one.
fn is_of_known_words(token: &str) -> bool {
    let parts = token.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty());
    let is_known = |part: &str| {
        let part = part.to_lowercase();
        let is_listed = || words::classes(&part) != WordClasses::NONE || is_english(&part);
        part.chars().nth(SHORTEST_LISTED - 1).is_none() || is_listed()
    };
    parts.into_iter().all(is_known)
}

/// Letters of the shortest word that the lists have.
const SHORTEST_LISTED: usize = 3;

/// Whether words are left that the reader knows for a reason once it is said that somebody knows, agreed or asked.
fn has_grounds(reason: &str, grounds: Grounds<'_>) -> bool {
    let left = concrete_words(reason);
    // The wording itself is none: something has to be said of it.
    let is_wording_alone = matches!(left.as_slice(), [only] if WORDING.contains(&only.as_str()));
    !is_wording_alone && (speaks_of_wording(&left) || is_reason_in_note(&left.join(" "), grounds))
}

/// Words for what a waiver is about and nothing more.
const WORDING: [&str; 7] = ["phrase", "sentence", "statement", "text", "word", "wording", "words"];

/// Whether `reason` would be one in a note. Without its capitals: the name of a person is no reason for anything.
fn is_reason_in_note(reason: &str, Grounds { playbook, heading, .. }: Grounds<'_>) -> bool {
    let note = format!("Unable to deploy because {}.", reason.trim_end_matches('.').to_lowercase());
    reading::read(&note, reading_context(heading), playbook).reason >= ReasonStrength::Thin
}

/// Whether a reason is a part of what the program says of a rule.
fn is_own_text(reason: &str) -> bool {
    let says =
        |rule: &&dyn Rule| [rule.meta().summary, rule.meta().explanation].iter().any(|own| is_part_of(reason, own));
    REGISTRY.iter().any(says)
}

#[cfg(test)]
mod tests {
    use crate::case::WaiverErrorKind;
    use crate::rules::testing::{grounds, record};

    fn kinds(waiver: &str) -> Vec<WaiverErrorKind> {
        let record = record(&format!("note: a\nwaivers:\n{waiver}"));
        super::super::errors(&record.waivers.value().unwrap()[0], &mut super::Reasons::new(grounds()))
            .into_iter()
            .map(|error| error.kind)
            .collect()
    }

    #[test]
    fn a_reason_that_names_something_is_one() {
        for reason in [
            "legal asked for this wording",
            "Approved by Dana Ruiz until the audit in March",
            "the summary is kept oldest first by agreement",
            "kept by hand",
            "the customer's own calendar",
            "said twice in the steering committee",
            "Works council agreement requires the phrase",
            "agreed with the account team on 2026-05-04",
            "Ticket OPS-1412, the export tool writes this field",
            "imported from Salesforce, which cannot hold a second sentence",
            "GDPR request pending with the privacy office",
            "our auditor reads this sentence literally.",
            "two sentences are needed to name both regulators",
            "approved by legal",
            "SEC-1234: the regulator's own words",
            "false alarm, Loop is the name of a building here",
            "the manager of the Lyon site asked for it",
            "Jo Bell (legal) signed this off",
            "the account team needs the exact wording for the renewal",
            "'For now' is the product name",
            "\\\"For now\\\" is the product name",
            "For Now is the name of the pilot of Contoso",
            "sentence taken from the signed statement of work",
            "the customer signed off this text",
            "quotes the letter of the regulator word for word",
            "the tenant was renamed in May and keeps both names",
            "phrase agreed with Fabrikam's lawyers",
            "the board minutes use this very phrase",
            "translation of the German contract clause",
        ] {
            assert_eq!(kinds(&format!("- {{rule: hedging, reason: \"{reason}\"}}\n")), [], "{reason}");
        }
    }

    #[test]
    fn a_reason_that_names_nothing_is_none() {
        for reason in [
            "because of various reasons",
            "issues",
            "needed",
            "as discussed",
            "various internal issues",
            "for reasons",
            "it is needed",
            "technical issues",
            "this is fine",
            "please ignore",
            "known issue",
            "exception",
            "rule is wrong",
            "does not matter",
            "it was decided that this should be done in this way",
            "because of some internal reasons that we know about",
            "waiver",
            "Waived",
            "false alarm",
            "False positive.",
            "the tool is wrong",
            "notegate is mistaken here",
            "manager",
            "approved by manager",
            "Approved by my boss",
            "agreed with the team lead",
            "SEC-1234",
            "Ticket SEC-1234",
            "see ticket #4711",
            "INC0012345",
            "https://jira.contoso.example/browse/SEC-1234",
            "approved on 2026-05-04",
            "hedging",
            "waive hedging",
            "legacy",
            "to make CI green",
            "to pass the gate",
            "so we can commit",
            "blocks my commit",
            "noisy rule",
            "stupid rule",
            "this rule is too strict here",
            "must be merged today",
            "manager said so",
            "my boss told me to",
            "agreed internally",
            "legal",
            "contract",
            "urgent, has to be merged before Friday",
            "we decided so",
            "leadership wants it this way",
            "pointless",
            "everyone knows about it",
            "it has always been done this way",
            "management decision for business reasons",
        ] {
            let found = kinds(&format!("- {{rule: hedging, reason: \"{reason}\"}}\n"));
            assert_eq!(found, [WaiverErrorKind::EmptyReason], "{reason}");
        }
        for reason in [
            ".",
            "-",
            "n/a",
            "TBD",
            "5",
            "?",
            "xxx",
            "…",
            "see above",
            "ok",
            "x",
            "[primary issue]",
            "🚀",
            "\\u200b",
            "\\u2800\\u3164",
            "\\u0301",
            "what you did",
            "a few words on why the finding is acceptable",
            "none",
        ] {
            let found = kinds(&format!("- {{rule: hedging, reason: \"{reason}\"}}\n"));
            assert_eq!(found, [WaiverErrorKind::NoReason], "{reason}");
        }
    }

    #[test]
    fn what_is_no_reason_in_a_note_is_none_in_a_waiver() {
        for reason in [
            // The status again, in more words.
            "Currently unable to deploy because of various internal issues.",
            "Unable to deploy because of TBD",
            "No reason given, customer has no intent because they do not want it.",
            "The customer is currently not interested in deploying the service.",
            // Words that nobody knows.
            "lorem ipsum dolor sit amet",
            "asdf qwer zxcv",
            "foo bar baz",
            "qwer tyui zxcv",
            // Somebody's name, and that they agreed.
            "AG, AG, AG",
            "ok'd by Hana",
            "Celia Kennedy",
            "Hana knows",
            "approved by Petra Vogel",
            "historic reasons",
            "for historical reasons",
            // What the program says of rules.
            "the reason is empty, circular or too vague to act on",
            "Reason is empty, circular",
            "a waiver is invalid and has no effect",
        ] {
            let found = kinds(&format!("- {{rule: missing-reason, reason: \"{reason}\"}}\n"));
            assert_eq!(found, [WaiverErrorKind::EmptyReason], "{reason}");
        }
        for reason in [
            "ok'd by Hana of legal",
            "approved by Legal",
            "Celia Kennedy asked for this wording",
            "historic wording of the signed contract",
            "the reason is in the letter of the regulator",
        ] {
            assert_eq!(kinds(&format!("- {{rule: missing-reason, reason: \"{reason}\"}}\n")), [], "{reason}");
        }
    }

    #[test]
    fn reasons_as_reviewers_write_them() {
        let wrong: Vec<&str> = [
            "legal asked for this wording",
            "approved by J. Meier on 3 May, ticket 4711",
            "customer wrote this text; kept verbatim",
            "the export from Dynamics cuts the second sentence",
            "quoted from the contract, which the customer signed in June",
            "the works council insists on this phrase",
            "our auditor wants the word 'currently' in the text",
            "text comes from the regulator and must not be changed",
            "the account team agreed on this summary with Contoso",
            "the CIO of Fabrikam dictated this sentence",
            "the migration tool writes the date in this form",
            "sentence is required by clause 12 of the agreement",
            "legal hold until 31 December, the text must stay",
            "the tenant is named For Now, so no hedge is meant",
            "Hana Novak of procurement asked us to keep the wording",
            "the template of the partner has no room for a reason",
            "the customer's lawyers are reviewing the statement",
            "kept as it stands in the minutes of the steering committee",
            "translated from Japanese, the customer approved the translation",
            "the field is filled by the CRM export each night",
            "two names because the company merged in March",
            "the phrase is the title of the project",
            "works agreement of 2024 uses these words",
            "quote from the email of the data protection officer",
            "GDPR audit is open, nothing may be edited before it ends",
            "change freeze in the finance department until the audit",
            "the ministry prescribes this wording for all its offices",
            "the regulator's decision is pending, file 4711/26",
            "customer asked that the vendor is not named",
            "account is being sold, the lawyers allow no other text",
        ]
        .into_iter()
        .filter(|reason| !kinds(&format!("- {{rule: missing-reason, reason: \"{reason}\"}}\n")).is_empty())
        .collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn invented_and_padding_words_are_no_reason() {
        let wrong: Vec<&str> = [
            "blah wibble",
            "foo bar baz qux",
            "xyzzy applies here",
            "blah blah blah",
            "wibble wobble wubble",
            "frobnicate the gizmo quux",
            "flurb snarf blorp reasons",
            "grault garply waldo fred plugh",
            "zzyzx",
            "qwertz uiop",
            "this is a xyzzy",
            "because blorp",
            "the frumious bandersnatch",
            "Foo bar",
            "Blah Wibble",
            "Xyzzy applies here",
            "asdfgh jklm",
            "bla bla",
            "yada yada yada",
            "snafu fubar",
            "plugh because of thud",
            "corge said so",
            "kjhgf dfghj rtyui",
            "abc def ghi",
            "aaa bbb ccc",
            "dummy text here",
            "some blurb",
            "test test test",
            "needed for blorp",
            "approved by wibble",
            "agreed with the frobnicator",
            "hmm well whatever",
            "stuff and things",
            "just because",
            "etc etc etc",
        ]
        .into_iter()
        .filter(|reason| kinds(&format!("- {{rule: missing-reason, reason: \"{reason}\"}}\n")).is_empty())
        .collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
    }
}
