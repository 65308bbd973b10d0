//! The report of `eval`: how often the rules and the labels agree. For people, and as JSON, version 1.
//!
//! The serialised types are the JSON report: adding a key is allowed, renaming or removing one needs a new version.

mod human;
mod taught;

pub use human::{Detail, write_human};
pub use taught::write_taught;

use crate::finding::Severity;
use crate::grade::Grade;
use crate::reading::Polarity;
use crate::report::json::{schema_text, write_value};
use crate::report::model::Tool;
use schemars::JsonSchema;
use serde::Serialize;
use std::io::{self, Write};
use std::str::FromStr;

/// What was counted over a labelled file.
#[derive(Debug, Clone, Default, PartialEq, Serialize, JsonSchema)]
pub struct Agreement {
    /// How many notes the file holds.
    pub notes: usize,
    /// How often each label met each grade.
    pub confusion: Confusion,
    /// Notes on which label and grade agree whether the note is poor.
    pub block: Share,
    /// Notes on which label and grade are the same.
    pub three_way: Share,
    /// Notes labelled great and graded poor.
    pub great_blocked: Share,
    /// Notes labelled poor and not graded so.
    pub poor_passed: Share,
    /// Notes with a labelled intent that was read so.
    pub intent: Share,
    /// How far the reasons found are the reasons marked.
    pub reason: ReasonOverlap,
    /// Notes labelled great, with a marked reason that stands in them, in which the reason found contains at least 80
    /// % of the words of the marked one.
    pub reason_recall: Share,
    /// The notes whose grade is not their label, in the order of the file.
    pub disagreements: Vec<Disagreement>,
    /// The notes whose intent was not read as labelled, in the order of the file.
    pub intent_disagreements: Vec<IntentDisagreement>,
}

/// How often each label met each grade: a row for each label.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Confusion {
    /// Notes labelled great.
    pub great: GradeCounts,
    /// Notes labelled marginal.
    pub marginal: GradeCounts,
    /// Notes labelled poor.
    pub poor: GradeCounts,
}

/// Notes by the grade that the rules gave them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct GradeCounts {
    /// Graded great.
    pub great: usize,
    /// Graded marginal.
    pub marginal: usize,
    /// Graded poor.
    pub poor: usize,
}

/// How many out of how many.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Share {
    /// How many.
    pub count: usize,
    /// Out of how many.
    pub of: usize,
}

/// How far the reasons found are the reasons marked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, JsonSchema)]
pub struct ReasonOverlap {
    /// The mean over the notes with a marked reason of the characters that both reasons have, out of those that either
    /// has: 1 when all are the same. `null` when no reason is marked.
    pub mean: Option<f64>,
    /// How many notes have a marked reason that stands in them.
    pub of: usize,
    /// How many marked reasons do not stand in their note as they are written; they are not counted.
    pub not_in_note: usize,
}

/// A note whose grade is not its label.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Disagreement {
    /// The name of the note in the file.
    pub id: String,
    /// The line of the file, from 1.
    pub line: usize,
    /// The status of the record.
    pub status: String,
    /// The workload of the record.
    pub workload: String,
    /// The text.
    pub note: String,
    /// What people say.
    pub labelled: Grade,
    /// What the rules say.
    pub graded: Grade,
    /// The rules that fired.
    pub findings: Vec<Fired>,
}

/// A rule that fired on a labelled note.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Fired {
    /// The rule, as in `notegate rules`.
    pub rule: &'static str,
    /// How much it weighs.
    pub severity: Severity,
    /// What it says.
    pub message: String,
}

/// A note whose intent was not read as labelled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct IntentDisagreement {
    /// The name of the note in the file.
    pub id: String,
    /// What people say.
    pub labelled: Polarity,
    /// What the reader found.
    pub read: Polarity,
}

/// A share in percent, from 0 to 100.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Serialize, JsonSchema)]
#[serde(transparent)]
pub struct Percent(f64);

impl Percent {
    /// Four in five.
    pub const EIGHTY: Self = Self(80.0);
}

impl FromStr for Percent {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let number = text.strip_suffix('%').unwrap_or(text).trim().parse::<f64>().ok();
        let percent = number.filter(|number| (0.0..=100.0).contains(number));
        percent.map(Self).ok_or_else(|| "a number from 0 to 100 is needed".to_owned())
    }
}

impl std::fmt::Display for Percent {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} %", self.0)
    }
}

/// An agreement that was asked for, and whether it was reached.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub struct Floor {
    /// Which agreement.
    pub agreement: FloorOf,
    /// The least that was asked for, in percent.
    pub least: Percent,
    /// Whether it was reached.
    pub reached: bool,
}

/// An agreement that can be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FloorOf {
    /// Whether the note is poor.
    Block,
    /// The grade.
    ThreeWay,
}

impl Agreement {
    /// Holds the agreement against what was asked for.
    #[must_use]
    pub fn floor(&self, agreement: FloorOf, least: Percent) -> Floor {
        let share = match agreement {
            FloorOf::Block => self.block,
            FloorOf::ThreeWay => self.three_way,
        };
        Floor { agreement, least, reached: share.reaches(least) }
    }
}

impl Share {
    /// Whether the share is at least so many percent. A share of nothing reaches every one.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "a file has far fewer notes than a float has whole numbers")]
    pub fn reaches(self, least: Percent) -> bool {
        self.count as f64 * 100.0 >= least.0 * self.of as f64
    }
}

/// The whole JSON report of `eval`, version 1.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(title = "notegate eval report, version 1")]
struct Report<'a> {
    /// The version of this format: 1.
    version: u32,
    /// Who wrote the report.
    tool: Tool,
    /// The labelled file as it was named on the command line; `-` is standard input.
    file: &'a str,
    /// What was counted.
    #[serde(flatten)]
    agreement: &'a Agreement,
    /// What was asked for with `--min-block` and `--min-three-way`.
    floors: &'a [Floor],
}

/// Writes the JSON report, version 1, in one line.
///
/// # Errors
/// When it cannot be written.
pub fn write_json<W: Write>(mut out: W, file: &str, agreement: &Agreement, floors: &[Floor]) -> io::Result<()> {
    write_value(&mut out, &Report { version: 1, tool: Tool::THIS, file, agreement, floors })?;
    out.write_all(b"\n")
}

/// The JSON Schema of the report, pretty-printed with a final line break.
#[must_use]
pub fn schema() -> String {
    schema_text(&schemars::schema_for!(Report<'_>))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percent_takes_numbers_of_its_range_alone() {
        for good in ["0", "96", "96.5", "100", "96%", "96 %"] {
            assert!(good.parse::<Percent>().is_ok(), "{good}");
        }
        for bad in ["", "-1", "100.1", "NaN", "inf", "many"] {
            assert!(bad.parse::<Percent>().is_err(), "{bad}");
        }
    }

    #[test]
    fn a_floor_is_reached_exactly_or_not_at_all() {
        let share = Share { count: 24, of: 25 };
        assert!(share.reaches(Percent(96.0)));
        assert!(!share.reaches(Percent(96.01)));
        assert!(Share::default().reaches(Percent(100.0)));
    }
}
