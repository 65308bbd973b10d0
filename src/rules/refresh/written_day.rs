//! What can be wrong with a day that somebody wrote: asked by the rules about the record's own date and about those of
//! its entries.

use crate::day::Today;
use crate::emptiness::is_blank;
use crate::record::EntryDate;
use jiff::civil::Date;

/// The first year that a record can be from. The services that notes are about are younger; an earlier year is a slip,
/// such as `0026` or `1026` for `2026`.
const FIRST_YEAR: i16 = 2000;

/// What is wrong with a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DayError {
    /// It is written in a form that is not read, or is not in the calendar.
    Unreadable,
    /// It is written with a time.
    WithTime(Date),
    /// It is written with the day before the month.
    DayFirst(Date),
    /// It has not come yet.
    Future(Date),
    /// It is before [`FIRST_YEAR`].
    TooEarly(Date),
}

impl DayError {
    /// What is wrong with `date`; nothing for a day that can be, and for a blank text, which is an absent date.
    pub(super) fn of(date: &EntryDate, today: Today) -> Option<Self> {
        let written = date.written.trim();
        match date.day {
            Some(day) if today.is_before(day) => Some(Self::Future(day)),
            Some(day) if day.year() < FIRST_YEAR => Some(Self::TooEarly(day)),
            Some(_) => None,
            None if is_blank(written) => None,
            None => Some(
                day_before_time(written)
                    .map(Self::WithTime)
                    .or_else(|| day_first(written).map(Self::DayFirst))
                    .unwrap_or(Self::Unreadable),
            ),
        }
    }

    /// What is wrong, said of `subject`: ``the entry is from 2099-01-01``, ``` `date` is 2099-01-01```.
    pub(super) fn message(self, subject: &str, date: &EntryDate, today: Today) -> String {
        match self {
            Self::Unreadable | Self::WithTime(_) | Self::DayFirst(_) => {
                let written: String = date.written.trim().chars().take(40).collect();
                format!("`{written}` is not a valid date")
            }
            Self::Future(day) if today.is_anywhere() => {
                format!("{subject} {day}, but the latest date anywhere on Earth is {}", today.latest())
            }
            Self::Future(day) => format!("{subject} {day}, but today is {}", today.latest()),
            Self::TooEarly(day) => format!("{subject} {day}, which is before the year {FIRST_YEAR}"),
        }
    }

    /// What the writer can do.
    pub(super) fn help(self, today: Today) -> String {
        match self {
            Self::Unreadable => {
                let day = today.proposed();
                let month_first = format!("{:02}/{:02}/{}", day.month(), day.day(), day.year());
                format!("Write year, month and day as in `{day}`, or the month first as in `{month_first}`.")
            }
            Self::WithTime(day) => format!("Write the day without a time: `{day}`."),
            Self::DayFirst(day) => format!(
                "The month comes first: if {day} is meant, write `{day}` or `{:02}/{:02}/{}`.",
                day.month(),
                day.day(),
                day.year()
            ),
            Self::Future(_) => "Write the day on which the record was changed.".to_owned(),
            Self::TooEarly(day) => match this_century(day) {
                Some(meant) => format!("Write the year with its four digits: if {meant} is meant, write `{meant}`."),
                None => "Check the year, and write the day on which the record was changed.".to_owned(),
            },
        }
    }
}

/// The day that is meant by a year of two digits.
fn this_century(day: Date) -> Option<Date> {
    let year = (0..100).contains(&day.year()).then(|| day.year() + FIRST_YEAR)?;
    Date::new(year, day.month(), day.day()).ok()
}

/// The day before a time, as in `2020-03-27T10:00:00Z` or `2020-03-27 10:00`.
fn day_before_time(written: &str) -> Option<Date> {
    let (day, time) = written.split_once(['T', 't', ' '])?;
    let is_time = time.trim_start().starts_with(|c: char| c.is_ascii_digit());
    let is_iso = day.len() == 10 && day.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    if is_time && is_iso { day.parse().ok() } else { None }
}

/// The day that is meant when somebody writes the day before the month.
fn day_first(written: &str) -> Option<Date> {
    let mut parts = written.split(['/', '.', '-']).map(str::parse::<i16>);
    let mut next = || parts.next()?.ok();
    let (day, month, year) = (next()?, next()?, next()?);
    if year < 1000 || parts.next().is_some() {
        return None;
    }
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}
