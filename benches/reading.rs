//! What reading a note costs, what grading it by the rules costs, and what grading it with the second reader costs, by its
//! length in characters.

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use notegate::eval::{Graders, grade_note, grade_with, parse};
use notegate::playbook::Playbook;
use notegate::reading;
use notegate::reading::ReadingContext;
use notegate::record::Heading;
use notegate::rules::RuleLevels;
use notegate::second_reader::SecondReader;

/// Notes of many hands, so that the text is as varied as real text.
const NOTES: &str = include_str!("../fixtures/corpus/dev-a.jsonl");

/// Characters of a note; a megabyte is what no person writes and a gate has to stand.
const LENGTHS: [usize; 4] = [100, 500, 2_000, 1 << 20];

/// Of the record that every note stands in.
const CONTEXT: ReadingContext<'_> = ReadingContext { customer: Some("Fabrikam"), workload: Some("Exchange Online") };

/// The record with its status.
const HEADING: Heading<'_> =
    Heading { customer: Some("Fabrikam"), workload: Some("Exchange Online"), status: Some("Blocked") };

fn main() {
    divan::main();
}

/// Varied prose of so many characters.
fn prose(characters: usize) -> String {
    let notes: Vec<String> = parse(NOTES.as_bytes()).into_iter().flatten().map(|labelled| labelled.note).collect();
    notes.iter().cycle().flat_map(|note| note.chars().chain([' '])).take(characters).collect()
}

#[divan::bench(args = LENGTHS)]
fn read(bencher: Bencher<'_, '_>, characters: usize) {
    let playbook = Playbook::built_in();
    let note = prose(characters);
    bencher.counter(BytesCount::of_str(&note)).bench_local(|| reading::read(black_box(&note), CONTEXT, &playbook));
}

#[divan::bench(args = LENGTHS)]
fn grade(bencher: Bencher<'_, '_>, characters: usize) {
    let playbook = Playbook::built_in();
    let note = prose(characters);
    bencher.counter(BytesCount::of_str(&note)).bench_local(|| grade_note(black_box(&note), HEADING, &playbook));
}

#[divan::bench(args = LENGTHS)]
fn grade_with_second_reader(bencher: Bencher<'_, '_>, characters: usize) {
    let (playbook, levels) = (Playbook::built_in(), RuleLevels::default().of_notes_alone());
    let graders = Graders { playbook: &playbook, levels: &levels, second: Some(SecondReader::built_in()) };
    let note = prose(characters);
    bencher.counter(BytesCount::of_str(&note)).bench_local(|| grade_with(black_box(&note), HEADING, graders));
}
