//! The overview as Markdown, for a meeting: what matters first, and the first rows of each table.

use super::course_text;
use super::model::{Cut, Group, ListedWaiver, Note, Overview, Reason};
use super::words::{highlights, left_out, origin, percent, title};
use crate::report::markdown::text::inline;
use crate::report::tally::count;
use crate::rules::WaiverEffect;
use std::fmt::Write as _;
use std::io::{self, Write};

/// At most so many rows of a table are told.
pub(super) const ROWS: usize = 10;

/// At most so many notes of a kind of reason.
const NOTES: usize = 3;

/// Where all rows are.
const PAGE: &str = "`notegate report --format html`";

/// Writes the overview.
///
/// # Errors
/// When it cannot be written.
pub fn write<W: Write>(mut out: W, overview: &Overview) -> io::Result<()> {
    let mut text = format!("# State of the notes on {}\n\n", overview.day);
    let _infallible = writeln!(text, "From {}.\n", inline(&origin(&overview.source)));
    for remark in &overview.remarks {
        let _infallible = writeln!(text, "> {}\n", inline(remark));
    }
    for line in highlights(overview) {
        let _infallible = writeln!(text, "- {}", inline(&line));
    }
    if let Some(course) = &overview.course {
        text.push_str(&course_text::markdown(course));
    }
    let sections = [reasons(overview), to_correct(overview), grades(overview), gaps(overview), faults(overview)];
    sections.iter().for_each(|section| text.push_str(section));
    for section in [oldest(overview), waivers(overview), file_findings(overview)] {
        text.push_str(&section);
    }
    let _infallible = writeln!(text, "\n{}", overview.line());
    out.write_all(text.as_bytes())?;
    out.flush()
}

/// A section with a table; nothing where there is no row. `all` is how many rows there are in all.
pub(super) fn section(heading: &str, columns: &[&str], rows: &[Vec<String>], all: usize, noun: &str) -> String {
    if rows.is_empty() {
        return String::new();
    }
    let mut text = format!("\n## {heading}\n\n");
    text.push_str(&table(columns, rows));
    if let Some(more) = left_out(all.saturating_sub(rows.len()), noun, PAGE) {
        let _infallible = writeln!(text, "\n{more}");
    }
    text
}

/// A table; columns whose name ends in `#` hold numbers. Cells are Markdown already.
fn table(columns: &[&str], rows: &[Vec<String>]) -> String {
    let names: Vec<&str> = columns.iter().map(|name| name.trim_end_matches('#')).collect();
    let rules: Vec<&str> = columns.iter().map(|name| if name.ends_with('#') { "---:" } else { "---" }).collect();
    let mut text = format!("| {} |\n| {} |\n", names.join(" | "), rules.join(" | "));
    for row in rows {
        let _infallible = writeln!(text, "| {} |", row.join(" | "));
    }
    text
}

fn reasons(overview: &Overview) -> String {
    let kinds = &overview.reasons.kinds;
    if kinds.is_empty() {
        return String::new();
    }
    let row = |reason: &Reason| {
        let means = reason.means.as_deref().map(|means| format!(": {means}")).unwrap_or_default();
        let workloads =
            reason.workloads.rows.iter().take(NOTES).map(|of| format!("{} ({})", name(&of.name), of.records));
        vec![
            inline(&format!("{}{means}", title(&reason.kind))),
            reason.records.to_string(),
            reason.blocked.to_string(),
            reason.no_intent.to_string(),
            reason.customers.to_string(),
            workloads.collect::<Vec<_>>().join(", "),
        ]
    };
    let columns = ["Reason", "Records#", "Blocked#", "No Intent#", "Customers#", "Mostly for"];
    let rows: Vec<_> = kinds.iter().take(ROWS).map(row).collect();
    let mut text = section("What blocks us most", &columns, &rows, kinds.len(), "kind");
    text.push('\n');
    for reason in kinds.iter().take(ROWS) {
        let _infallible = write!(text, "- **{}**: ", inline(&title(&reason.kind)));
        let notes = reason.notes.rows.iter().take(NOTES).map(|note| {
            let words = note.reason_words.as_deref().map(|words| format!(" “{}”", inline(words))).unwrap_or_default();
            format!("{}{words} ({})", subject(note), place(&note.path, note.line))
        });
        text.push_str(&notes.collect::<Vec<_>>().join("; "));
        let rest = reason.notes.total().saturating_sub(NOTES);
        let rest = if rest > 0 { format!("; and {rest} more") } else { String::new() };
        let _infallible = writeln!(text, "{rest}");
    }
    text
}

fn to_correct(overview: &Overview) -> String {
    let row = |note: &Note| {
        let faults = note.faults.iter().map(|fault| format!("`{}`: {}", fault.rule, inline(&fault.message)));
        vec![
            format!("{}<br>{}", subject(note), place(&note.path, note.line)),
            name(&note.status),
            grade(note),
            name(&note.owner),
            day(&note.refreshed),
            faults.collect::<Vec<_>>().join("<br>"),
        ]
    };
    let notes = &overview.to_correct;
    let rows: Vec<_> = notes.rows.iter().take(ROWS).map(row).collect();
    let columns = ["Record", "Status", "Grade", "Owner", "Refreshed", "What is wrong"];
    section("Notes to correct", &columns, &rows, notes.total(), "record")
}

fn grades(overview: &Overview) -> String {
    let table = |heading: &str, groups: &Cut<Group>| {
        let row = |group: &Group| {
            let numbers = [group.records, group.great, group.marginal, group.poor, group.blocked];
            let share = percent(group.great, group.records);
            let numbers = numbers.iter().map(usize::to_string);
            std::iter::once(name(&group.name)).chain(numbers).chain([share, day(&group.oldest)]).collect()
        };
        let rows: Vec<_> = groups.rows.iter().take(ROWS).map(row).collect();
        let columns = [
            heading,
            "Records#",
            "Great#",
            "Marginal#",
            "Poor#",
            "Blocked by the gate#",
            "Great, share#",
            "Oldest refresh",
        ];
        section(&format!("By {}", heading.to_lowercase()), &columns, &rows, groups.total(), "row")
    };
    [
        table("Status", &overview.by_status),
        table("Workload", &overview.by_workload),
        table("Customer", &overview.by_customer),
        table("Owner", &overview.by_owner),
        table("Code owners", &overview.by_code_owners),
    ]
    .concat()
}

fn gaps(overview: &Overview) -> String {
    let gaps: Vec<_> = overview.matrix.gaps.iter().filter(|gap| gap.customers.total() > 0).collect();
    let rows = gaps.iter().take(ROWS).map(|gap| {
        let named = gap.customers.rows.iter().take(ROWS).map(|name| inline(name)).collect::<Vec<_>>().join(", ");
        let rest = gap.customers.total().saturating_sub(ROWS);
        let rest = if rest > 0 { format!(" and {rest} more") } else { String::new() };
        vec![inline(&gap.workload), gap.customers.total().to_string(), format!("{named}{rest}")]
    });
    let rows: Vec<_> = rows.collect();
    section("Customers without a record", &["Workload", "Customers#", "Names"], &rows, gaps.len(), "workload")
}

fn faults(overview: &Overview) -> String {
    let counted: Vec<_> = overview.faults.iter().filter(|fault| fault.findings > 0).collect();
    let row = |fault: &&super::model::Fault| {
        let rule = format!("`{}`: {}", fault.rule, inline(fault.summary.as_deref().unwrap_or_default()));
        vec![rule, fault.severity.name().to_owned(), fault.records.to_string(), fault.waived.to_string()]
    };
    let rows: Vec<_> = counted.iter().take(ROWS).map(row).collect();
    let columns = ["Rule", "Severity", "Records#", "Waived#"];
    section("Commonest faults", &columns, &rows, counted.len(), "rule")
}

fn oldest(overview: &Overview) -> String {
    let row = |note: &Note| {
        let age = note.age_days.map(|age| age.to_string()).unwrap_or_default();
        vec![subject(note), day(&note.refreshed), age, name(&note.owner), place(&note.path, note.line)]
    };
    let oldest = &overview.ages.oldest;
    let rows: Vec<_> = oldest.rows.iter().take(ROWS).map(row).collect();
    let columns = ["Record", "Refreshed", "Days#", "Owner", "Where"];
    let mut text = section("Refreshed longest ago", &columns, &rows, rows.len(), "record");
    for (number, what) in [
        (overview.ages.stale, "older than the configuration allows (`refresh-stale`)"),
        (overview.ages.undated, "without a date of a refresh that can be read"),
    ] {
        if number > 0 {
            let _infallible = write!(text, "\n{} {what}.\n", count(number, "record"));
        }
    }
    text
}

fn waivers(overview: &Overview) -> String {
    let row = |waiver: &ListedWaiver| {
        let names = [&waiver.customer, &waiver.workload].into_iter().flatten().map(|name| inline(name));
        vec![
            waiver.until.clone().unwrap_or_else(|| "no end".to_owned()),
            waiver.days_left.map(days_left).unwrap_or_default(),
            effect(waiver.effect).to_owned(),
            name(&waiver.rule),
            names.collect::<Vec<_>>().join(" · "),
            name(&waiver.reason),
            place(&waiver.path, waiver.line),
        ]
    };
    let list = &overview.waivers.list;
    let rows: Vec<_> = list.rows.iter().take(ROWS).map(row).collect();
    let columns = ["Last day", "Days left#", "Effect", "Rule", "For", "Reason", "Where"];
    section("Waivers", &columns, &rows, list.total(), "waiver")
}

/// How many days a waiver has left, or how long ago it ended.
fn days_left(days: i32) -> String {
    match usize::try_from(days) {
        Ok(_) => days.to_string(),
        Err(_) => format!("ended {} ago", count(usize::try_from(days.unsigned_abs()).unwrap_or(usize::MAX), "day")),
    }
}

fn file_findings(overview: &Overview) -> String {
    let row = |finding: &super::model::FileFinding| {
        let message = inline(&finding.message);
        vec![place(&finding.path, finding.line), format!("{} `{}`: {message}", finding.severity.name(), finding.rule)]
    };
    let rows: Vec<_> = overview.file_findings.rows.iter().take(ROWS).map(row).collect();
    section("Files", &["Where", "What is wrong"], &rows, overview.file_findings.total(), "finding")
}

/// What a waiver does, in words.
pub(super) fn effect(effect: WaiverEffect) -> &'static str {
    match effect {
        WaiverEffect::InForce => "in force",
        WaiverEffect::Unused => "unused",
        WaiverEffect::Expired => "expired",
        WaiverEffect::Invalid => "invalid",
    }
}

fn grade(note: &Note) -> String {
    format!("**{}**{}", note.grade.name(), if note.blocked { ", blocked" } else { "" })
}

fn subject(note: &Note) -> String {
    let names: Vec<String> = [&note.customer, &note.workload].into_iter().flatten().map(|name| inline(name)).collect();
    names.join(" · ")
}

fn place(path: &str, line: usize) -> String {
    inline(&format!("{path}:{line}"))
}

fn name(name: &Option<String>) -> String {
    name.as_deref().map_or_else(|| "–".to_owned(), inline)
}

fn day(day: &Option<String>) -> String {
    day.clone().unwrap_or_else(|| "–".to_owned())
}
