//! What can be wrong with a day that somebody wrote: asked by the rules about the record's own date and about those of
//! its entries.

use crate::day::Today;
use crate::emptiness::is_blank;
use crate::finding::Fix;
use crate::record::{EntryDate, Located};
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

    /// The change that mends the way a date is written; nothing where the day itself is wrong.
    pub(super) fn fix(self, date: &Located<EntryDate>) -> Option<Fix> {
        match self {
            Self::Unreadable | Self::WithTime(_) | Self::DayFirst(_) => iso_fix(date),
            Self::Future(_) | Self::TooEarly(_) => None,
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

/// What a date means, whichever of its parts is the month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Meaning {
    One(Date),
    /// With the month first, and with the day first.
    Two(Date, Date),
}

/// Forms with the name of the month.
const WITH_NAMES: [&str; 8] =
    ["%B %d, %Y", "%b %d, %Y", "%B %d %Y", "%b %d %Y", "%d %B %Y", "%d %b %Y", "%d-%b-%Y", "%d. %B %Y"];

/// The change that writes a date as year, month and day; by hand where it may mean two days, and nothing where it is
/// unknown what it means.
pub(super) fn iso_fix(date: &Located<EntryDate>) -> Option<Fix> {
    let written = date.value.written.trim();
    Some(match meaning(written)? {
        Meaning::One(day) => Fix::SetScalar { value: date.span, to: day.to_string() },
        Meaning::Two(one, other) => {
            Fix::ByHand { why: format!("`{written}` may mean {one} or {other}, and only the writer knows which") }
        }
    })
}

/// The first and the last day that a date may mean, whichever of its parts is the month; the same one for most.
pub(crate) fn may_mean(date: &EntryDate) -> Option<(Date, Date)> {
    let day = date.day?;
    match meaning(date.written.trim()) {
        Some(Meaning::Two(one, other)) => Some((one.min(other), one.max(other))),
        _ => Some((day, day)),
    }
}

/// The first and the last day that a text may mean, in whatever form it is written.
pub(crate) fn meant_days(written: &str) -> Option<(Date, Date)> {
    Some(match meaning(written)? {
        Meaning::One(day) => (day, day),
        Meaning::Two(one, other) => (one.min(other), one.max(other)),
    })
}

fn meaning(written: &str) -> Option<Meaning> {
    let by_numbers = || meaning_of_numbers(written);
    let by_name = || WITH_NAMES.iter().find_map(|form| Date::strptime(form, written).ok()).map(Meaning::One);
    let meaning = day_before_time(written).map(Meaning::One).or_else(by_numbers).or_else(by_name)?;
    let (Meaning::One(day) | Meaning::Two(day, _)) = meaning;
    // A year that lost digits is a slip that nobody can mend without asking.
    (FIRST_YEAR..FIRST_YEAR + 100).contains(&day.year()).then_some(meaning)
}

/// What three numbers mean, the year of four digits first or last, or eight digits with the year first.
fn meaning_of_numbers(written: &str) -> Option<Meaning> {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if let (8, true) = (written.len(), digits(written)) {
        let (year, rest) = written.split_at(4);
        let (month, day) = rest.split_at(2);
        return date(year, month, day).map(Meaning::One);
    }
    let separator = written.chars().find(|c| !c.is_ascii_digit()).filter(|c| matches!(c, '/' | '.' | '-'))?;
    let parts: Vec<&str> = written.split(separator).collect();
    let [first, second, third] = parts.as_slice() else { return None };
    if !parts.iter().all(|part| digits(part) && part.len() <= 4) {
        return None;
    }
    match (first.len(), second.len(), third.len()) {
        (4, 1 | 2, 1 | 2) => date(first, second, third).map(Meaning::One),
        (1 | 2, 1 | 2, 4) => match (date(third, first, second), date(third, second, first)) {
            (Some(one), Some(other)) if one != other => Some(Meaning::Two(one, other)),
            (one, other) => one.or(other).map(Meaning::One),
        },
        _ => None,
    }
}

fn date(year: &str, month: &str, day: &str) -> Option<Date> {
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
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

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date as day;

    #[test]
    fn a_date_that_means_one_day() {
        for written in [
            "27/03/2020",
            "03/27/2020",
            "3-27-2020",
            "27.3.2020",
            "27-03-2020",
            "2020-3-27",
            "2020/03/27",
            "2020.03.27",
            "20200327",
            "2020-03-27T10:00:00Z",
            "2020-03-27 10:00",
            "March 27, 2020",
            "27 March 2020",
            "27 Mar 2020",
            "27-Mar-2020",
        ] {
            assert_eq!(meaning(written), Some(Meaning::One(day(2020, 3, 27))), "{written}");
        }
        assert_eq!(meaning("5/5/2020"), Some(Meaning::One(day(2020, 5, 5))));
    }

    #[test]
    fn a_date_that_may_mean_two() {
        for written in ["03/04/2026", "3.4.2026", "03-04-2026"] {
            assert_eq!(meaning(written), Some(Meaning::Two(day(2026, 3, 4), day(2026, 4, 3))), "{written}");
        }
    }

    #[test]
    fn what_is_no_date_means_nothing() {
        for written in [
            "",
            "soon",
            "2020",
            "2020-03",
            "03/27/20",
            "27.3.20",
            "2020-02-30",
            "30/02/2020",
            "2020-13-01",
            "13/13/2020",
            "0026-06-02",
            "06/20/0026",
            "1/2/3/2020",
            "2020--03",
            "２０２０-03-27",
            "20201327",
            "2020-03/27",
            "March 2020",
            "27 Foo 2020",
        ] {
            assert_eq!(meaning(written), None, "{written}");
        }
    }
}
