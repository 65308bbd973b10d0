//! The customer by name: "Fabrikam will not deploy" says no more than "the customer will not deploy".

use super::lexicon::{Class, Classes, Sense};
use super::normalise::Normalised;
use super::token::{Kind, tokens};
use super::unit::{Unit, Units};

/// Words of a name that are looked at; no customer has more, and a hostile one costs no more than this.
const MOST_WORDS: usize = 12;

/// Makes every mention of the customer in a note what the word "customer" is: a subject that names nothing.
///
/// The customer is met by the whole name, by one of its words that nothing else is called by, or by its initials.
pub(crate) fn mark(note: &mut Units, customer: &str) {
    let name = words(customer);
    if name.is_empty() {
        return;
    }
    let initials: String = name.iter().filter_map(|word| word.chars().next()).collect();
    let mut at = 0;
    while at < note.units.len() {
        let length = whole_name(note, at, &name).unwrap_or_else(|| usize::from(is_part(note, at, &name, &initials)));
        for unit in note.units.iter_mut().skip(at).take(length) {
            become_subject(unit);
        }
        at += length.max(1);
    }
}

/// The words of a name in lower case, without marks.
fn words(customer: &str) -> Vec<String> {
    let name = Normalised::new(customer);
    let tokens = tokens(&name);
    let words = tokens.iter().filter(|token| token.kind != Kind::Mark).take(MOST_WORDS);
    words.map(|token| token.text(name.text()).to_owned()).collect()
}

/// How many units from one on spell the whole name.
fn whole_name(note: &Units, at: usize, name: &[String]) -> Option<usize> {
    // Only a unit with a capital begins a name, so no run of marks is walked through from each of its marks.
    note.units.get(at).filter(|unit| unit.capital)?;
    let mut wanted = name.iter().map(String::as_str).peekable();
    let mut length = 0;
    for unit in note.units.get(at..)? {
        if !unit.is_mark() && !bare(note, unit).split(' ').all(|word| wanted.next() == Some(word)) {
            return None;
        }
        length += 1;
        if wanted.peek().is_none() {
            return Some(length);
        }
    }
    None
}

/// A word of the name that the playbook does not know, or the initials of the whole.
fn is_part(note: &Units, at: usize, name: &[String], initials: &str) -> bool {
    let Some(unit) = note.units.get(at).filter(|unit| unit.capital && unit.sense == Sense::default()) else {
        return false;
    };
    let text = bare(note, unit);
    let distinct = text.chars().count() >= 3 && name.iter().any(|word| word == text);
    distinct || unit.acronym && name.len() >= 2 && text == initials
}

/// A unit's text without the ending of a genitive.
fn bare<'n>(note: &'n Units, unit: &Unit) -> &'n str {
    let text = note.text(unit);
    text.strip_suffix("'s").or_else(|| text.strip_suffix('\'')).unwrap_or(text)
}

fn become_subject(unit: &mut Unit) {
    unit.sense = Sense { classes: Classes::of(Class::Generic), ..Sense::default() };
    unit.subject = true;
    (unit.proper, unit.acronym, unit.noise) = (false, false, false);
}

#[cfg(test)]
mod tests {
    use crate::playbook::Playbook;
    use crate::reading::{Polarity, Reading, ReasonStrength, read};
    use crate::record::Heading;

    fn of(customer: &str, note: &str) -> Reading {
        let heading = Heading { customer: Some(customer), workload: Some("Teams"), status: None };
        read(note, heading, &Playbook::built_in())
    }

    #[test]
    fn a_customer_by_name_is_no_reason() {
        for (customer, note) in [
            ("Fabrikam", "Fabrikam will not deploy because of Fabrikam's situation."),
            ("Fabrikam Polymers AG", "Fabrikam Polymers AG will not deploy, Fabrikam has its reasons."),
            ("Northern Trust", "Northern Trust will not deploy due to reasons of Northern Trust."),
            ("Quarz Lehm Torf", "QLT will not deploy because of QLT reasons."),
        ] {
            let reading = of(customer, note);
            assert_eq!(reading.intent, Polarity::Negative, "{note:?}");
            assert_eq!(reading.reason, ReasonStrength::None, "{note:?}: {:?}", reading.specifics);
        }
    }

    #[test]
    fn another_name_and_an_everyday_word_keep_their_weight() {
        let note = "Customer will not deploy because Webex is paid until 2027.";
        let specifics = |customer| of(customer, note).specifics.len();
        assert_eq!(specifics("Fabrikam"), specifics(""));
        assert_eq!(specifics("Paid Until Ltd"), specifics(""));
    }
}
