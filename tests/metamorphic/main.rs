//! Changes to the labelled notes that must not change their grade, and changes that must.
//!
//! Where a property does not hold for every note yet, its ceiling is the number of notes that break it now. To see
//! which: `cargo test --test metamorphic -- --nocapture`.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stdout,
    reason = "a test that meets what it does not expect has to stop, and says what it found"
)]

mod rewrite;

use notegate::eval::{Labelled, grade_note, grade_note_together, parse};
use notegate::grade::Grade;
use notegate::playbook::Playbook;
use notegate::record::Heading;
use proptest::strategy::{Strategy as _, ValueTree as _};
use proptest::test_runner::TestRunner;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

/// How many notes break a property now. Lower a number when it has become true; raise none.
const CEILINGS: [(&str, usize); 24] = [
    ("another product", 0),
    ("an invented product", 0),
    ("another place", 0),
    ("the customer by name", 0),
    ("curly quotes", 0),
    ("dashes", 0),
    ("first letter", 0),
    ("contractions expanded", 0),
    ("contracted", 0),
    ("American spelling", 0),
    ("British spelling", 0),
    ("folded lines", 0),
    ("final full stop", 0),
    ("doubled spaces", 0),
    // Out of 3,000 notes with some of the rewrites above together, those left out that one of them breaks by itself.
    ("rewrites together", 0),
    ("the reason taken out", 1),
    ("a reason put in", 0),
    ("for now", 0),
    ("padding at the end", 0),
    ("padding in a sentence of its own", 0),
    ("padding at the front", 0),
    ("ten sentences more", 0),
    ("a foreign word", 9),
    ("a typo", 0),
];

/// The same for the rules and the second reader together; what is not named breaks for no note. Padding at the front breaks
/// for f124, whose friendly first sentence is taken for a placeholder where nothing stands before it. A reason of another
/// note behind d205 and f168, which stress that nothing is wanted and count what is used, leaves the second reader in doubt.
const CEILINGS_TOGETHER: [(&str, usize); 4] =
    [("the reason taken out", 1), ("a reason put in", 2), ("a foreign word", 7), ("padding at the front", 1)];

/// Who grades.
#[derive(Clone, Copy)]
enum Judge {
    Rules,
    /// The rules and the second reader.
    Both,
}

static PLAYBOOK: LazyLock<Playbook> = LazyLock::new(Playbook::built_in);

/// A labelled note with the grade that the rules give it as it is.
struct Known {
    labelled: Labelled,
    grade: Grade,
    /// The grade with the second reader.
    together: Grade,
}

impl Known {
    fn by(&self, judge: Judge) -> Grade {
        match judge {
            Judge::Rules => self.grade,
            Judge::Both => self.together,
        }
    }
}

static NOTES: LazyLock<Vec<Known>> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/corpus");
    let notes = ["dev-a.jsonl", "dev-b.jsonl", "dev-c.jsonl"]
        .into_iter()
        .flat_map(|file| parse(&fs::read(folder.join(file)).unwrap()).unwrap());
    let known = |labelled: Labelled| Known {
        grade: grade(&labelled, &labelled.note),
        together: grade_by(Judge::Both, &labelled, &labelled.note),
        labelled,
    };
    notes.map(known).collect()
});

/// The grade of another text for the same record.
fn grade(labelled: &Labelled, note: &str) -> Grade {
    grade_by(Judge::Rules, labelled, note)
}

fn grade_by(judge: Judge, labelled: &Labelled, note: &str) -> Grade {
    let heading = Heading { customer: Some(rewrite::CUSTOMER), ..labelled.heading() };
    match judge {
        Judge::Rules => grade_note(note, heading, &PLAYBOOK).grade,
        Judge::Both => grade_note_together(note, heading, &PLAYBOOK).grade,
    }
}

fn is_blocked_or_no_intent(labelled: &Labelled) -> bool {
    ["Blocked", "No Intent"].contains(&labelled.status.as_str())
}

/// Holds the notes that break a property against its ceiling.
#[track_caller]
fn hold(property: &str, judge: Judge, tried: usize, broken: &[String]) {
    let of = |ceilings: &[(&str, usize)]| ceilings.iter().find(|(name, _)| *name == property).map(|(_, most)| *most);
    let ceiling = match judge {
        Judge::Rules => of(&CEILINGS).expect("each property has its ceiling"),
        Judge::Both => of(&CEILINGS_TOGETHER).unwrap_or(0),
    };
    println!("{property}: {} of {tried} break it: {}", broken.len(), broken.join(" "));
    assert!(tried > 0, "{property}: no note was tried");
    assert!(broken.len() <= ceiling, "{property}: {} of {tried}, at most {ceiling}: {broken:?}", broken.len());
}

/// Changes every note for which there is a change; `holds` looks at the grade before and after.
#[track_caller]
fn hold_all(property: &str, change: impl Fn(&Known) -> Option<String>, holds: impl Fn(Grade, Grade) -> bool) {
    for judge in [Judge::Rules, Judge::Both] {
        let mut tried = 0;
        let mut broken = Vec::new();
        for known in NOTES.iter() {
            let Some(changed) = change(known) else { continue };
            tried += 1;
            let (before, after) = (known.by(judge), grade_by(judge, &known.labelled, &changed));
            if !holds(before, after) {
                broken.push(format!("{} {}→{}", known.labelled.id, before.name(), after.name()));
            }
        }
        hold(property, judge, tried, &broken);
    }
}

fn rewritten(known: &Known, rewrite: rewrite::Rewrite) -> Option<String> {
    Some(rewrite(&known.labelled.note)).filter(|changed| *changed != known.labelled.note)
}

macro_rules! rewrites {
    ($($test:ident: $at:literal,)*) => {
        $(#[test]
        fn $test() {
            let (name, rewrite) = rewrite::ALL[$at];
            hold_all(name, |known| rewritten(known, rewrite), |before, after| before == after);
        })*
        const TESTED: [usize; rewrite::ALL.len()] = [$($at),*];
    };
}

rewrites! {
    another_product_changes_nothing: 0,
    an_invented_product_changes_nothing: 1,
    another_place_changes_nothing: 2,
    the_name_of_the_customer_changes_nothing: 3,
    curly_quotes_change_nothing: 4,
    other_dashes_change_nothing: 5,
    the_case_of_the_first_letter_changes_nothing: 6,
    expanded_contractions_change_nothing: 7,
    contractions_change_nothing: 8,
    american_spelling_changes_nothing: 9,
    british_spelling_changes_nothing: 10,
    folded_lines_change_nothing: 11,
    a_final_full_stop_changes_nothing: 12,
    doubled_spaces_change_nothing: 13,
}

#[test]
fn every_rewrite_is_tested_by_itself() {
    assert!(TESTED.iter().copied().eq(0..rewrite::ALL.len()));
}

#[test]
fn rewrites_together_change_nothing_either() {
    let mut runner = TestRunner::deterministic();
    let cases = (0..NOTES.len(), proptest::collection::vec(0..rewrite::ALL.len(), 2..6));
    let (mut tried, mut broken) = (0, Vec::new());
    for _ in 0..3_000 {
        let (note, chosen) = cases.new_tree(&mut runner).unwrap().current();
        let Known { labelled, grade: before, .. } = &NOTES[note];
        let breaks_alone = |at: &usize| grade(labelled, &rewrite::ALL[*at].1(&labelled.note)) != *before;
        if chosen.iter().any(breaks_alone) {
            continue;
        }
        tried += 1;
        let text = chosen.iter().fold(labelled.note.clone(), |text, at| rewrite::ALL[*at].1(&text));
        if grade(labelled, &text) != *before {
            let names: Vec<&str> = chosen.iter().map(|at| rewrite::ALL[*at].0).collect();
            broken.push(format!("{} ({})", labelled.id, names.join(", ")));
        }
    }
    hold("rewrites together", Judge::Rules, tried, &broken);
}

/// Notes that say a second reason beside the marked one, and are great with either.
const SECOND_REASON: [(&str, &str); 12] = [
    ("d044", "public folders must be archived first"),
    ("d141", "waits for the device refresh"),
    ("d193", "search over 14 million matters stops, the fix waits for an upgrade"),
    ("e007", "protecting files strikes a newspaper as absurd"),
    ("e104", "ten years of Zimbra"),
    ("e115", "a second Facebook at the counter"),
    ("f051", "videos live in Brightcove"),
    ("f074", "mailboxes stay local until the fiber arrives"),
    ("f089", "the hybrid wizard fails with HCW8078"),
    ("f098", "frozen until insurers sign off the rebuild"),
    ("f138", "the hardware refresh is not funded"),
    ("f177", "no datacenter region in Saudi Arabia"),
];

#[test]
fn without_its_reason_a_great_note_is_great_no_more() {
    let without = |known: &Known| {
        let labelled = &known.labelled;
        let reason = labelled.reason.as_deref().filter(|reason| !reason.is_empty())?;
        let is_great = known.grade == Grade::Great && labelled.grade == Grade::Great;
        let has_second = SECOND_REASON.iter().any(|(id, _)| *id == labelled.id);
        (is_great && !has_second && is_blocked_or_no_intent(labelled)).then(|| labelled.note.replacen(reason, "", 1))
    };
    hold_all("the reason taken out", without, |_, after| after != Grade::Great);
}

/// A great note's reason that fits: with it, the donor's own note is great for the other record, too.
fn donated_reason(taker: &Labelled) -> Option<&'static str> {
    let donors = NOTES.iter().filter(|donor| donor.labelled.grade == Grade::Great && donor.grade == Grade::Great);
    let fitting = donors.filter(|donor| donor.labelled.status == taker.status);
    let reasons = fitting.filter(|donor| grade(taker, &donor.labelled.note) == Grade::Great);
    reasons.filter_map(|donor| donor.labelled.reason.as_deref()).find(|reason| reason.split(' ').count() >= 6)
}

#[test]
fn with_a_reason_a_poor_note_is_better() {
    let wants_reason = |labelled: &Labelled| {
        let graded = grade_note(&labelled.note, labelled.heading(), &PLAYBOOK);
        let errors: Vec<&str> = graded
            .findings
            .iter()
            .filter(|finding| finding.severity == notegate::finding::Severity::Error)
            .map(|finding| finding.rule)
            .collect();
        errors == ["missing-reason"]
    };
    let with = |known: &Known| {
        let labelled = &known.labelled;
        let is_poor = labelled.grade == Grade::Poor && labelled.reason.as_deref() == Some("");
        let reason = donated_reason(labelled).filter(|_| is_poor && wants_reason(labelled))?;
        Some(format!("{} because {reason}.", labelled.note.trim_end_matches(['.', '!', ' '])))
    };
    hold_all("a reason put in", with, |_, after| after != Grade::Poor);
}

/// Whether the change made nothing better.
fn is_no_better(before: Grade, after: Grade) -> bool {
    after >= before
}

/// Adds words to the last sentence; nothing when it ends in something else than a full stop or a word.
fn before_the_end(note: &str, words: &str) -> Option<String> {
    match note.strip_suffix('.') {
        Some(bare) => Some(format!("{bare}{words}.")),
        None => note.ends_with(char::is_alphanumeric).then(|| format!("{note}{words}")),
    }
}

/// Adds sentences.
fn with_sentences(note: &str, sentences: &str) -> String {
    let end = if note.ends_with(char::is_alphanumeric) { "." } else { "" };
    format!("{note}{end} {sentences}")
}

#[test]
fn for_now_makes_no_note_better() {
    hold_all("for now", |known| before_the_end(&known.labelled.note, " for now"), is_no_better);
}

/// What people add to look as if they had said something.
const ENDS: [&str; 5] = [
    ", owing to a range of internal considerations and the wider organisational context",
    ", for a variety of well-known reasons",
    " in line with the overall direction of the business",
    ", all things considered and after due reflection",
    " as things stand and until further notice",
];
const SENTENCES: [&str; 5] = [
    "This reflects several important factors and the overall strategic direction of the business.",
    "There are good reasons for this.",
    "The reasons are manifold, complex and well understood by all parties involved.",
    "We will continue to monitor the situation closely.",
    "Key stakeholders are aligned on the way forward and on the expected outcomes.",
];
const FRONTS: [&str; 4] = [
    "After careful consideration of all relevant aspects: ",
    "As a matter of fact, ",
    "For the record and to the best of our knowledge: ",
    "In view of the overall situation, ",
];

#[test]
fn padding_makes_no_note_better() {
    for end in ENDS {
        hold_all("padding at the end", |known| before_the_end(&known.labelled.note, end), is_no_better);
    }
    for sentence in SENTENCES {
        let longer = |known: &Known| Some(with_sentences(&known.labelled.note, sentence));
        hold_all("padding in a sentence of its own", longer, is_no_better);
    }
    for front in FRONTS {
        let led = |known: &Known| Some(format!("{front}{}", rewrite::lower_first(&known.labelled.note)));
        hold_all("padding at the front", led, is_no_better);
    }
}

#[test]
fn a_foreign_word_makes_no_note_better() {
    for word in [" naturellement", " natürlich", " por supuesto"] {
        hold_all("a foreign word", |known| before_the_end(&known.labelled.note, word), is_no_better);
    }
}

/// The middle two letters of the longest word change places.
fn mistyped(note: &str) -> Option<String> {
    let is_plain = |word: &&str| word.len() >= 7 && word.bytes().all(|byte| byte.is_ascii_lowercase());
    let word = note.split(' ').filter(is_plain).max_by_key(|word| word.len())?;
    let (start, end) = word.split_at(word.len() / 2);
    let swapped = format!("{}{}{}{}", &start[..start.len() - 1], &end[..1], &start[start.len() - 1..], &end[1..]);
    Some(note.replacen(word, &swapped, 1)).filter(|changed| changed != note)
}

#[test]
fn a_typo_makes_no_note_better() {
    hold_all("a typo", |known| mistyped(&known.labelled.note), is_no_better);
}

/// Ten sentences that are true, harmless and not needed.
const TEN: &str = "The head office stands in Tampere. Forty people work there. The lobby was painted in 2016. A \
                   second office opened in Turku. The company makes paper cups. Its oldest machine dates from 1984. \
                   The owner is a family trust. Deliveries leave at dawn. The canteen serves soup on Thursdays. The \
                   company turns sixty next year.";

#[test]
fn ten_sentences_more_make_a_great_note_marginal() {
    let longer = |known: &Known| (known.grade == Grade::Great).then(|| with_sentences(&known.labelled.note, TEN));
    hold_all("ten sentences more", longer, |_, after| after == Grade::Marginal);
}
