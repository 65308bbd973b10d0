//! Looks for patterns in the terms of a note. `pattern_compiler.rs` says what patterns can ask for.
//!
//! A pattern is first looked for at all terms at once, in [`Columns`]; that finds every term where it can start, and
//! perhaps some more. There it is then followed term by term, which tells what it covers.

use super::columns::{Columns, has, set};
use super::cue_tables::{Part, TestId};
use super::term::Terms;
use std::ops::Range;

/// The most terms that a repeated part takes.
const MOST_REPEATED: usize = 64;

/// The parts of a note within which patterns are looked for, in their order; none overlaps the next.
#[derive(Debug)]
pub(super) struct Places<'p> {
    ranges: &'p [Range<usize>],
    /// A bit where one starts, and where one has ended.
    starts: Vec<u64>,
    ends: Vec<u64>,
}

impl<'p> Places<'p> {
    pub(super) fn new(ranges: &'p [Range<usize>], columns: &Columns) -> Self {
        let mut places = Self { ranges, starts: vec![0; columns.width()], ends: vec![0; columns.width()] };
        for range in ranges {
            set(&mut places.starts, range.start);
            set(&mut places.ends, range.end);
        }
        places
    }

    /// The part that a term is in.
    fn of(&self, at: usize) -> Option<&Range<usize>> {
        let place = self.ranges.partition_point(|range| range.end <= at);
        self.ranges.get(place).filter(|range| range.contains(&at))
    }
}

/// Where a pattern was found, in terms.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// From the first to the last term, each time, with the range of [`Found::marked`] that belongs to it.
    pub(super) ranges: Vec<(Range<usize>, Range<usize>)>,
    /// The terms that the cue marks.
    pub(super) marked: Vec<usize>,
    /// The terms where a match can start.
    starts: Vec<u64>,
}

impl Found {
    /// Looks for the pattern of these parts at each term, from the left.
    pub(super) fn find(&mut self, parts: &[Part], columns: &mut Columns, places: &Places<'_>, note: &Terms) {
        self.ranges.clear();
        self.marked.clear();
        let mut required = parts.iter().filter_map(required);
        if !required.clone().all(|test| columns.may_hold(test)) || !required.all(|test| columns.ask(test, note)) {
            return;
        }
        for test in parts.iter().filter_map(not_required) {
            columns.ask(test, note);
        }
        self.starts.clear();
        self.starts.resize(columns.width(), u64::MAX);
        if !parts.iter().rev().all(|part| narrow(&mut self.starts, *part, columns, places)) {
            return;
        }
        let starts = std::mem::take(&mut self.starts);
        for (word, bits) in starts.iter().zip(columns.all()).map(|(starts, terms)| starts & terms).enumerate() {
            let mut left = bits;
            while left != 0 {
                let start = word * 64 + left.trailing_zeros() as usize;
                left &= left - 1;
                self.follow(parts, start, columns, places);
            }
        }
        self.starts = starts;
    }

    fn follow(&mut self, parts: &[Part], start: usize, columns: &Columns, places: &Places<'_>) {
        let Some(range) = places.of(start) else { return };
        let length = self.marked.len();
        match (Matcher { columns, range }).step(parts, start, &mut self.marked) {
            Some(end) if end > start => self.ranges.push((start..end, length..self.marked.len())),
            _ => self.marked.truncate(length),
        }
    }
}

/// The test of a part without which a pattern is not found.
fn required(part: &Part) -> Option<TestId> {
    match *part {
        Part::Term { test, optional: false, .. }
        | Part::Repeated { test, .. }
        | Part::Next { test, wanted: true }
        | Part::Previous { test, wanted: true } => Some(test),
        _ => None,
    }
}

/// The test of any other part.
fn not_required(part: &Part) -> Option<TestId> {
    match *part {
        Part::Term { test, optional: true, .. }
        | Part::Next { test, wanted: false }
        | Part::Previous { test, wanted: false } => Some(test),
        _ => None,
    }
}

/// From where a part's rest can be found, makes where the part and its rest can be; whether that is anywhere. What is
/// beyond the end of a part of the note is not known here, so a place too many may be left, and none too few.
fn narrow(places_of_rest: &mut [u64], part: Part, columns: &Columns, places: &Places<'_>) -> bool {
    let rest = places_of_rest;
    match part {
        Part::Term { test, optional, .. } => {
            let keep = if optional { u64::MAX } else { 0 };
            before(rest, |at_rest, next, test| at_rest & keep | next & test, columns.answer_to(test));
        }
        Part::Repeated { test, .. } => {
            before(rest, |_, next, test| next & test, columns.answer_to(test));
            spread(rest, columns.answer_to(test), MOST_REPEATED);
        }
        Part::Gap { most, over_punctuation } => {
            let passable = if over_punctuation { columns.all() } else { columns.no_marks() };
            spread(rest, passable, usize::from(most));
        }
        Part::Next { test, wanted } => {
            let tests = columns.answer_to(test).iter().zip(&places.ends);
            let allowed = tests.map(|(test, ends)| if wanted { *test } else { !test | ends });
            rest.iter_mut().zip(allowed).for_each(|(rest, allowed)| *rest &= allowed);
        }
        Part::Previous { test, wanted } => {
            let mut carried = 0;
            for (rest, (test, starts)) in rest.iter_mut().zip(columns.answer_to(test).iter().zip(&places.starts)) {
                let after = test << 1 | carried;
                carried = test >> 63;
                *rest &= if wanted { after } else { !after | starts };
            }
        }
        Part::Start => rest.iter_mut().zip(&places.starts).for_each(|(rest, starts)| *rest &= starts),
        Part::End => rest.iter_mut().zip(&places.ends).for_each(|(rest, ends)| *rest &= ends),
    }
    rest.iter().any(|bits| *bits != 0)
}

/// Combines at each term what is known of it with what is known of the next one and with a test; whether that changes
/// anything.
fn before(bits: &mut [u64], combine: impl Fn(u64, u64, u64) -> u64, test: &[u64]) -> bool {
    let mut has_changed = false;
    let mut words = bits.iter_mut().zip(test).peekable();
    while let Some((word, test)) = words.next() {
        let next = *word >> 1 | words.peek().map_or(0, |(next, _)| **next << 63);
        let combined = combine(*word, next, *test);
        has_changed |= combined != *word;
        *word = combined;
    }
    has_changed
}

/// Lets each place reach so many terms further to the left, as far as they can be passed over.
fn spread(bits: &mut [u64], passable: &[u64], most: usize) {
    for _ in 0..most {
        if !before(bits, |word, next, passable| word | next & passable, passable) {
            break;
        }
    }
}

/// Follows a pattern term by term.
struct Matcher<'a> {
    columns: &'a Columns,
    range: &'a Range<usize>,
}

impl Matcher<'_> {
    /// The end of the match of `parts` from `at` on.
    fn step(&self, parts: &[Part], at: usize, marked: &mut Vec<usize>) -> Option<usize> {
        let Some((part, rest)) = parts.split_first() else { return Some(at) };
        let test_holds = |test, at: usize| self.range.contains(&at) && self.columns.holds(test, at);
        match *part {
            Part::Start => (at == self.range.start).then(|| self.step(rest, at, marked))?,
            Part::End => (at == self.range.end).then(|| self.step(rest, at, marked))?,
            Part::Next { test, wanted } => (test_holds(test, at) == wanted).then(|| self.step(rest, at, marked))?,
            Part::Previous { test, wanted } => {
                let holds = at.checked_sub(1).is_some_and(|before| test_holds(test, before));
                (holds == wanted).then(|| self.step(rest, at, marked))?
            }
            Part::Repeated { test, marked: marks } => {
                let end = (at..at + MOST_REPEATED).take_while(|at| test_holds(test, *at)).last()? + 1;
                if marks {
                    marked.extend(at..end);
                }
                self.step(rest, end, marked)
            }
            Part::Gap { most, over_punctuation } => self.gap(usize::from(most), over_punctuation, rest, at, marked),
            Part::Term { test, optional, marked: marks } => {
                let length = marked.len();
                if test_holds(test, at) {
                    if marks {
                        marked.push(at);
                    }
                    if let Some(end) = self.step(rest, at + 1, marked) {
                        return Some(end);
                    }
                    marked.truncate(length);
                }
                optional.then(|| self.step(rest, at, marked))?
            }
        }
    }

    fn gap(
        &self,
        most: usize,
        over_punctuation: bool,
        rest: &[Part],
        at: usize,
        marked: &mut Vec<usize>,
    ) -> Option<usize> {
        let passable = if over_punctuation { self.columns.all() } else { self.columns.no_marks() };
        for skipped in 0..=most {
            let length = marked.len();
            if let Some(end) = self.step(rest, at + skipped, marked) {
                return Some(end);
            }
            marked.truncate(length);
            if !self.range.contains(&(at + skipped)) || !has(passable, at + skipped) {
                return None;
            }
        }
        None
    }
}
