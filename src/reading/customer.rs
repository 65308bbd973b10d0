//! The customer by name: "Fabrikam will not deploy" says no more than "the customer will not deploy".

use super::mark::Mark;
use super::term::{Term, Terms};
use crate::lexicon::text::NormalText;
use crate::lexicon::token::{Kind, tokens};
use crate::lexicon::{LexicalEntry, SemanticClass, SemanticClasses};

/// Words of a name that are looked at; no customer has more, and a hostile one costs no more than this.
const MOST_WORDS: usize = 12;

/// Bytes of a name that are looked at, for the same reason: a name is read again for each waiver of its record.
const MOST_BYTES: usize = 1024;

/// Makes every mention of the customer in a note what the word "customer" is: a subject that names nothing.
///
/// The customer is met by the whole name, by one of its words that nothing else is called by, or by its initials.
///
/// `name` are the words of its name ([`words`]).
pub(super) fn mark(note: &mut Terms, name: &[String]) {
    if name.is_empty() {
        return;
    }
    let initials: String = name.iter().filter_map(|word| word.chars().next()).collect();
    let mut at = 0;
    while at < note.terms.len() {
        let length = whole_name(note, at, name).unwrap_or_else(|| usize::from(is_part(note, at, name, &initials)));
        for term in note.terms.iter_mut().skip(at).take(length) {
            become_subject(term);
        }
        at += length.max(1);
    }
    mark_own_kind(note, name);
}

/// Marks the words that say what the customer is, as its name has it: "the broker" of Bell Insurance Brokers.
fn mark_own_kind(note: &mut Terms, name: &[String]) {
    let kinds = note.terms.iter().map(|term| {
        !term.is_mark() && !term.is(Mark::Customer) && name.iter().any(|word| is_akin(note.text(term), word))
    });
    let kinds: Vec<bool> = kinds.collect();
    for (term, _) in note.terms.iter_mut().zip(kinds).filter(|(_, is_kind)| *is_kind) {
        term.marks = term.marks.with(Mark::OwnKind);
    }
}

/// Letters that two words have to begin with in common to be of one kind.
const KIN: usize = 5;

/// Whether two words begin with the same letters: "brewer" and "brewery".
fn is_akin(one: &str, other: &str) -> bool {
    let same = one.chars().zip(other.chars()).take_while(|(one, other)| one == other).count();
    same >= KIN
}

/// The words of a name in lower case, without marks.
pub(super) fn words(customer: &str) -> Vec<String> {
    let start = customer.get(..customer.floor_char_boundary(MOST_BYTES)).unwrap_or_default();
    let name = NormalText::new(start);
    let tokens = tokens(&name);
    let words = tokens.iter().filter(|token| token.kind != Kind::Mark).take(MOST_WORDS);
    words.map(|token| token.text(name.text()).to_owned()).collect()
}

/// How many terms from one on spell the whole name; the first of them has its capital.
fn whole_name(note: &Terms, at: usize, name: &[String]) -> Option<usize> {
    // Only a term with a capital begins a name, so no run of marks is walked through from each of its marks.
    note.terms.get(at).filter(|term| term.capital)?;
    let mut wanted = name.iter().map(String::as_str).peekable();
    let mut length = 0;
    for term in note.terms.get(at..)? {
        if !term.is_mark() && !bare(note, term).split(' ').all(|word| wanted.next() == Some(word)) {
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
fn is_part(note: &Terms, at: usize, name: &[String], initials: &str) -> bool {
    let Some(term) = note.terms.get(at).filter(|term| term.capital && term.sense == LexicalEntry::default()) else {
        return false;
    };
    let text = bare(note, term);
    let distinct = text.chars().count() >= 3 && name.iter().any(|word| word == text);
    distinct || term.acronym && name.len() >= 2 && text == initials
}

/// A term's text without the ending of a genitive.
fn bare<'n>(note: &'n Terms, term: &Term) -> &'n str {
    let text = note.text(term);
    text.strip_suffix("'s").or_else(|| text.strip_suffix('\'')).unwrap_or(text)
}

fn become_subject(term: &mut Term) {
    term.sense = LexicalEntry { classes: SemanticClasses::of(SemanticClass::Generic), ..LexicalEntry::default() };
    term.marks = term.marks.with(Mark::Customer);
    (term.proper, term.acronym, term.noise) = (false, false, false);
}

#[cfg(test)]
mod tests {
    use crate::playbook::Playbook;
    use crate::reading::ReadingContext;
    use crate::reading::{Polarity, Reading, ReasonStrength, read};

    fn of(customer: &str, note: &str) -> Reading {
        let heading = ReadingContext { customer: Some(customer), workload: Some("Teams") };
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
    fn a_name_is_no_slip_for_another_word() {
        for customer in ["Solent Insurance", "Borden", "Delay Brothers", "Piloti", "Custmer Care Ltd"] {
            let name = customer.split(' ').next().unwrap_or_default();
            let note = format!("{name} does not intend to use it because Slack is paid until 2028.");
            let reading = of(customer, &note);
            assert_eq!(reading.intent, Polarity::Negative, "{note:?}");
            assert_eq!(reading.reason, ReasonStrength::Concrete, "{note:?}");
        }
    }

    #[test]
    fn what_the_customer_is_by_its_name_is_nobody_else() {
        let note = "The customs broker declined Teams, since its eight clerks work from a Trello board.";
        assert!(of("Ferris Customs Brokers", note).somebody_else.is_none());
        assert!(of("Kestrel Freight Lines", note).somebody_else.is_some());
    }

    #[test]
    fn another_name_and_an_everyday_word_keep_their_weight() {
        let note = "Customer will not deploy because Webex is paid until 2027.";
        let specifics = |customer| of(customer, note).specifics.len();
        assert_eq!(specifics("Fabrikam"), specifics(""));
        assert_eq!(specifics("Paid Until Ltd"), specifics(""));
    }
}
