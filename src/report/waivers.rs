//! The list of `notegate waivers`: for people, and as JSON, version 1.

use super::escape;
use super::json::{schema_text, write_value};
use super::model::Tool;
use super::tally::count;
use crate::rules::WaiverEffect;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;
use std::fmt::Write as _;
use std::io::{self, Write};

/// A waiver in the list.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(crate) struct ListedWaiver {
    /// The file, relative to the root of the run.
    pub(crate) path: String,
    /// The line on which the waiver starts.
    pub(crate) line: usize,
    /// The customer, when the record names one.
    pub(crate) customer: Option<String>,
    /// The workload, when the record names one; nothing for a waiver beside `entitlements`, which is for all of them.
    pub(crate) workload: Option<String>,
    /// The rule that it names, as written.
    pub(crate) rule: Option<String>,
    /// Why, as written.
    pub(crate) reason: Option<String>,
    /// What it does.
    pub(crate) effect: WaiverEffect,
    /// Why it is invalid or expired, one sentence each; empty for a valid one.
    pub(crate) errors: Vec<String>,
    /// Its last day, as in `2026-12-31`; nothing for one without end.
    pub(crate) until: Option<String>,
    /// How many days are left until the last one; negative for one that is over.
    pub(crate) days_left: Option<i32>,
    /// Who wrote the line on which it starts, as git has it; nothing where it is not committed, there is no
    /// history, or the line is older than the history that a shallow clone holds.
    pub(crate) author: Option<String>,
    /// The day on which that line was written, in UTC.
    pub(crate) since: Option<String>,
    /// How many days ago that was.
    pub(crate) age_days: Option<i32>,
    /// Whether the line is older than the history of a shallow clone; not part of the JSON list.
    #[serde(skip)]
    pub(crate) is_cut_off: bool,
}

/// A file that could not be read, or not as a whole, so that waivers in it may be missing in the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub(crate) struct UnreadFile {
    /// The file, relative to the root of the run.
    pub(crate) path: String,
    /// The line of the first fault.
    pub(crate) line: usize,
    /// What is wrong there.
    pub(crate) message: String,
}

/// What a run lists.
#[derive(Debug, Clone, Default)]
pub(crate) struct WaiverList {
    /// What ends first comes first, what has no end last.
    pub(crate) waivers: Vec<ListedWaiver>,
    /// By path.
    pub(crate) unread: Vec<UnreadFile>,
}

/// The counts of a list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub(crate) struct WaiverCounts {
    /// All waivers.
    waivers: usize,
    /// Those that set findings aside.
    in_force: usize,
    /// Those of them that end within 14 days.
    ending: usize,
    /// Those that have nothing to set aside.
    unused: usize,
    /// Those that are over.
    expired: usize,
    /// Those with an error.
    invalid: usize,
}

/// The whole JSON list of `waivers`, version 1.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(title = "notegate list of waivers, version 1")]
struct Report<'a> {
    /// The version of this format: 1.
    version: u32,
    /// Who wrote the list.
    tool: Tool,
    /// Every waiver; what ends first comes first, what has no end last.
    waivers: &'a [ListedWaiver],
    /// The files that could not be read, or not as a whole: what they hold may be missing.
    unread: &'a [UnreadFile],
    /// How many there are.
    summary: WaiverCounts,
}

impl WaiverCounts {
    /// Counts `waivers`; `is_near` says whether an end in so many days is near.
    pub(crate) fn of(waivers: &[ListedWaiver], is_near: impl Fn(i32) -> bool) -> Self {
        let of = |effect| waivers.iter().filter(|waiver| waiver.effect == effect).count();
        let is_ending =
            |waiver: &&ListedWaiver| waiver.effect == WaiverEffect::InForce && waiver.days_left.is_some_and(&is_near);
        Self {
            waivers: waivers.len(),
            in_force: of(WaiverEffect::InForce),
            ending: waivers.iter().filter(is_ending).count(),
            unused: of(WaiverEffect::Unused),
            expired: of(WaiverEffect::Expired),
            invalid: of(WaiverEffect::Invalid),
        }
    }
}

/// Writes the list for people.
///
/// # Errors
/// When it cannot be written.
pub(crate) fn write_human<W: Write>(mut out: W, list: &WaiverList, counts: WaiverCounts) -> io::Result<()> {
    for waiver in &list.waivers {
        writeln!(out, "{}", entry(waiver))?;
    }
    for UnreadFile { path, line, message } in &list.unread {
        writeln!(
            out,
            "{}:{line}\n  could not be read, so waivers may be missing here: {}\n",
            escape::line(path),
            escape::line(message)
        )?;
    }
    let WaiverCounts { waivers, in_force, ending, unused, expired, invalid } = counts;
    let unread = match list.unread.len() {
        0 => String::new(),
        files => format!("; {} could not be read", count(files, "file")),
    };
    writeln!(
        out,
        "{}: {in_force} in force, {ending} of them ending within 14 days; {unused} unused, {expired} expired, {invalid} \
         invalid{unread}",
        count(waivers, "waiver")
    )?;
    out.flush()
}

fn entry(waiver: &ListedWaiver) -> String {
    let mut text = format!("{}:{}", escape::line(&waiver.path), waiver.line);
    for name in [&waiver.customer, &waiver.workload].into_iter().flatten() {
        let _infallible = write!(text, " · {}", escape::line(name));
    }
    let effect = match waiver.effect {
        WaiverEffect::InForce => "in force",
        WaiverEffect::Unused => "unused",
        WaiverEffect::Expired => "expired",
        WaiverEffect::Invalid => "invalid",
    };
    let rule = waiver.rule.as_deref().map_or("no rule".into(), escape::line);
    let end = match (&waiver.until, waiver.days_left) {
        (Some(day), Some(0)) => format!("until {day}, today"),
        (Some(day), Some(days)) if days > 0 => format!("until {day}, {} left", days_of(days)),
        (Some(day), Some(days)) => format!("until {day}, {} ago", days_of(days)),
        _ => "without end".to_owned(),
    };
    let reason = waiver.reason.as_deref().map_or("none".into(), escape::line);
    let _infallible = writeln!(text, "\n  {rule}: {effect}, {end}");
    // That one is over says its last day.
    for error in waiver.errors.iter().filter(|_| waiver.effect == WaiverEffect::Invalid) {
        let _infallible = writeln!(text, "  invalid because: {}", escape::line(error));
    }
    let _infallible = writeln!(text, "  reason: {reason}");
    let _infallible = match (&waiver.author, &waiver.since, waiver.age_days) {
        (Some(author), Some(since), Some(age)) => {
            writeln!(text, "  written by {} on {since}, {} ago", escape::line(author), days_of(age))
        }
        _ if waiver.is_cut_off => writeln!(
            text,
            "  written before what this clone holds (a shallow clone; to see by whom: git fetch --unshallow)"
        ),
        _ => writeln!(text, "  not committed, or not in a repository"),
    };
    text
}

fn days_of(days: i32) -> String {
    count(usize::try_from(days.unsigned_abs()).unwrap_or(usize::MAX), "day")
}

/// Writes the JSON list, version 1. A waiver stands on one line.
///
/// # Errors
/// When it cannot be written.
pub(crate) fn write_json<W: Write>(mut out: W, list: &WaiverList, summary: WaiverCounts) -> io::Result<()> {
    let WaiverList { waivers, unread } = list;
    write_value(&mut out, &Report { version: 1, tool: Tool::THIS, waivers, unread, summary })?;
    out.write_all(b"\n")?;
    out.flush()
}

/// The JSON Schema of the list, pretty-printed with a final line break.
#[must_use]
pub(crate) fn schema() -> String {
    schema_text(&schemars::schema_for!(Report<'_>))
}

/// Sorts what ends first to the front, and what has no end to the back.
pub(crate) fn sort(waivers: &mut [(Option<Date>, ListedWaiver)]) {
    waivers.sort_by(|(left_end, left), (right_end, right)| {
        let key = |end: &Option<Date>| (end.is_none(), *end);
        (key(left_end), &left.path, left.line).cmp(&(key(right_end), &right.path, right.line))
    });
}
