//! The course in words, and as a part of the text for a meeting.

use super::course::{Bypass, BypassedRecord, Course, CourseChange, CoursePoint};
use super::markdown::{ROWS, section};
use super::model::Cut;
use crate::grade::Grade;
use crate::report::markdown::text::inline;
use crate::report::tally::count;
use std::fmt::Write as _;

/// How many digits of the id of a commit people are shown.
const SHORT: usize = 12;

/// At most so many records of one commit.
const RECORDS: usize = 3;

/// What became of the notes, in a few sentences.
pub(super) fn line(course: &Course) -> String {
    let mut text = String::new();
    if let [first, .., last] = course.points.as_slice() {
        let all = |point: &CoursePoint| point.great + point.marginal + point.poor;
        let _infallible = write!(
            text,
            "{} of {} notes were great on {}, and {} of {} on {}. ",
            first.great,
            all(first),
            first.day,
            last.great,
            all(last),
            last.day
        );
    }
    let [better, worse, added, removed] =
        [&course.better, &course.worse, &course.added, &course.removed].map(Cut::total);
    let _infallible = write!(
        text,
        "{} got better and {worse} worse; {added} new, {removed} gone. {} brought what the rules of the day would have \
         blocked.",
        count(better, "record"),
        count(course.round_the_hook.total(), "commit")
    );
    text
}

/// The part of the text for a meeting.
pub(super) fn markdown(course: &Course) -> String {
    let mut text = format!("\n## The course since {}\n\n{}\n", inline(&course.since), inline(&line(course)));
    for remark in &course.remarks {
        let _infallible = write!(text, "\n> {}\n", inline(remark));
    }
    let parts = [
        points(&course.points),
        changes("Worse than before", &course.worse),
        changes("Better than before", &course.better),
        changes("New", &course.added),
        changes("Gone", &course.removed),
        bypasses(&course.round_the_hook),
    ];
    parts.iter().for_each(|part| text.push_str(&part.replacen("\n## ", "\n### ", 1)));
    text
}

/// The points, at most so many as a table of the text has, spread over the time.
fn points(points: &[CoursePoint]) -> String {
    let step = points.len().saturating_sub(1).div_ceil(ROWS - 1).max(1);
    // Counted from the end, so that the last one is there; the first is there anyway.
    let is_told = |number: &usize| *number == 0 || (points.len() - 1 - number).is_multiple_of(step);
    let row = |point: &CoursePoint| {
        let numbers = [point.great, point.marginal, point.poor].map(|number| number.to_string());
        let commit = point.commit.as_deref().map(short).unwrap_or_default();
        [vec![point.day.clone(), inline(commit)], numbers.to_vec()].concat()
    };
    let told = points.iter().enumerate().filter(|(number, _)| is_told(number));
    let rows: Vec<_> = told.map(|(_, point)| row(point)).collect();
    section("Grades over time", &["Day", "Commit", "Great#", "Marginal#", "Poor#"], &rows, rows.len(), "point")
}

fn changes(heading: &str, changes: &Cut<CourseChange>) -> String {
    let row = |change: &CourseChange| {
        let grade = |grade: Option<Grade>| grade.map_or("–", Grade::name).to_owned();
        let place = inline(&format!("{}:{}", change.path, change.line));
        vec![subject(&change.customer, &change.workload), grade(change.before), grade(change.after), place]
    };
    let rows: Vec<_> = changes.rows.iter().take(ROWS).map(row).collect();
    section(heading, &["Record", "Before", "Now", "Where"], &rows, changes.total(), "record")
}

fn bypasses(bypasses: &Cut<Bypass>) -> String {
    let record = |record: &BypassedRecord| {
        let rules: Vec<String> = record.rules.iter().map(|rule| format!("`{}`", rule.replace('`', ""))).collect();
        format!("{}: {}", subject(&record.customer, &record.workload), rules.join(", "))
    };
    let row = |bypass: &Bypass| {
        let mut records: Vec<String> = bypass.records.iter().take(RECORDS).map(record).collect();
        let more = bypass.records.len().saturating_sub(RECORDS) + bypass.records_left_out;
        if more > 0 {
            records.push(format!("and {more} more"));
        }
        vec![
            bypass.day.clone(),
            inline(&bypass.author),
            inline(&format!("{} {}", short(&bypass.commit), bypass.subject)),
            records.join("<br>"),
        ]
    };
    let rows: Vec<_> = bypasses.rows.iter().take(ROWS).map(row).collect();
    let columns = ["Day", "Author", "Commit", "What the rules of that day would have blocked"];
    section("What came round the hook", &columns, &rows, bypasses.total(), "commit")
}

fn subject(customer: &Option<String>, workload: &Option<String>) -> String {
    let names: Vec<String> = [customer, workload].into_iter().flatten().map(|name| inline(name)).collect();
    if names.is_empty() { "–".to_owned() } else { names.join(" · ") }
}

fn short(commit: &str) -> &str {
    commit.get(..SHORT).unwrap_or(commit)
}
