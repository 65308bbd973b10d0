//! Long notes are read in time that grows with their length and no faster, whatever they are made of.
//!
//! Times are compared within one run, and the bounds are wide: they catch what is quadratic, not what is slow.
#![allow(clippy::unwrap_used, reason = "a test that meets what it does not expect has to stop")]

mod support;

use notegate::eval::{grade_note, parse};
use notegate::playbook::Playbook;
use notegate::record::Heading;
use std::sync::LazyLock;
use std::time::Duration;
use support::growth::{Growth, time_of, worked_of};

/// What is quadratic takes 256 times as long.
const GROWTH: Growth = Growth { factor: 16, most: 64 };

/// Bytes of the short note of each nasty shape.
const SHORT: usize = 16 * 1024;

static PLAYBOOK: LazyLock<Playbook> = LazyLock::new(Playbook::built_in);

/// `part` again and again, at most so many bytes.
fn repeated(part: &str, bytes: usize) -> String {
    part.repeat(bytes / part.len())
}

fn varied(bytes: usize) -> String {
    let notes = parse(include_bytes!("../fixtures/corpus/dev-a.jsonl")).unwrap();
    let mut text = String::new();
    for (labelled, number) in notes.iter().cycle().zip(0..) {
        if text.len() + labelled.note.len() + 10 > bytes {
            return text;
        }
        // The number keeps one copy of a note apart from the next.
        text.push_str(&format!("{} {number} ", labelled.note));
    }
    text
}

/// Of the record that every note stands in.
const HEADING: Heading<'_> =
    Heading { customer: Some("Fabrikam"), workload: Some("Exchange Online"), status: Some("Blocked") };

fn grade(note: &str) {
    let graded = grade_note(note, HEADING, &PLAYBOOK);
    assert!(graded.findings.len() < 100, "findings grow with the note");
}

fn assert_linear(name: &str, short: usize, make: impl Fn(usize) -> String) {
    grade(&make(1024));
    GROWTH.assert(name, short, |bytes| {
        let note = make(bytes);
        time_of(|| grade(&note))
    });
}

#[test]
fn varied_prose_is_read_in_linear_time() {
    assert_linear("varied prose", 64 * 1024, varied);
}

/// What a note can be made of to hurt a reader.
const NASTY: [(&str, &str); 25] = [
    ("one word", "a"),
    ("one capital word", "A"),
    ("digits", "7"),
    ("commas", ","),
    ("full stops", "."),
    ("full stops and spaces", ". "),
    ("apostrophes", "'"),
    ("hyphens", "-"),
    ("a word of hyphens", "on-"),
    ("opening brackets", "["),
    ("opening and closing brackets", "[]"),
    ("round brackets", "("),
    ("curly slots", "{{"),
    ("angle slots", "<x>"),
    ("quotes", "\" "),
    ("negations", "not "),
    ("causes", "because "),
    ("conditions and concessions", "until although "),
    ("the starts of long phrases", "does not have the "),
    ("workload names", "Exchange Online Microsoft Teams "),
    ("emoji", "👩‍👩‍👧‍👦"),
    ("combining marks", "a\u{301}\u{302}\u{303}\u{304}"),
    ("marks that stand alone", "\u{301}"),
    ("forms that grow when normalised", "\u{fdfa}"),
    ("line breaks", "\n"),
];

#[test]
fn nasty_notes_are_read_in_linear_time() {
    for (name, part) in NASTY {
        assert_linear(name, SHORT, |bytes| repeated(part, bytes));
    }
}

#[test]
fn many_claims_are_read_in_linear_time() {
    assert_linear("contradictions", SHORT, |bytes| repeated("will deploy but will not deploy. ", bytes));
    let capitals = "CUSTOMER WILL NOT DEPLOY BECAUSE OF THE FIREWALL. ";
    assert_linear("capitals", SHORT, |bytes| repeated(capitals, bytes));
}

#[test]
fn a_megabyte_of_unlike_words_is_read_in_linear_time() {
    let words = |bytes: usize| {
        let numbers = (0..).map(|number: u32| format!("w{:x} ", number.wrapping_mul(2_654_435_761)));
        let mut text = String::new();
        numbers
            .take_while(|word| {
                text.push_str(word);
                text.len() < bytes
            })
            .for_each(drop);
        text
    };
    assert_linear("unlike words", 64 * 1024, words);
}

/// Words that no list knows are compared with those that they may be meant to be; that may not make them dear.
#[test]
fn strange_words_take_little_longer_than_prose() {
    const BYTES: usize = 32 * 1024;
    /// How many times as long as prose, each of whose words the lists know.
    const MOST: u32 = 8;
    let syllable = |number: usize| ["kan", "tor", "mib", "sel", "dru", "vag", "nop"][number % 7];
    let unlike = |number: usize| [1, 7, 49, 343].map(|place| syllable(number / place)).concat() + " ";
    let time = |note: &str| (0..3).map(|_| time_of(|| grade(note))).min().unwrap_or_default();
    let prose = time(&varied(BYTES));
    for (name, note) in [
        ("a name", repeated("Contoso ", BYTES)),
        ("a long name", repeated("Kontosoreltandy ", BYTES)),
        ("a small word", repeated("contoso ", BYTES)),
        ("two names and a mark", repeated("Contoso, Fabrikam ", BYTES)),
        ("a genitive", repeated("Contoso's ", BYTES)),
        ("capitals", repeated("CONTOSO ", BYTES)),
        ("names", (0..BYTES / 13).map(unlike).collect()),
    ] {
        let strange = time(&note);
        assert!(strange <= prose * MOST, "{name}: {strange:?}, prose: {prose:?}");
    }
}

#[test]
fn a_kernel_without_counters_does_not_say_how_long_a_thread_worked() {
    assert_eq!(worked_of("1500 20 3\n"), Some(Duration::from_nanos(1500)));
    for none in ["0 0 0\n", "", "\n", "many 0 0\n"] {
        assert_eq!(worked_of(none), None, "{none:?}");
    }
}
