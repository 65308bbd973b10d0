//! Dates as people write them into records.

use super::EntryDate;
use jiff::civil::Date;

/// The date that `written` means: `2020-03-27`, or month first `03/27/2020` with or without leading zeros.
pub(super) fn read(written: &str) -> EntryDate {
    EntryDate { written: written.to_owned(), day: iso(written.trim()).or_else(|| month_first(written.trim())) }
}

fn iso(text: &str) -> Option<Date> {
    let [year, month, day] = parts(text, '-')?;
    if (year.len(), month.len(), day.len()) != (4, 2, 2) {
        return None;
    }
    date(year, month, day)
}

fn month_first(text: &str) -> Option<Date> {
    let [month, day, year] = parts(text, '/')?;
    if year.len() != 4 || month.len() > 2 || day.len() > 2 {
        return None;
    }
    date(year, month, day)
}

fn parts(text: &str, separator: char) -> Option<[&str; 3]> {
    let mut parts = text.split(separator);
    let all = [parts.next()?, parts.next()?, parts.next()?];
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    (parts.next().is_none() && all.iter().all(|part| digits(part))).then_some(all)
}

fn date(year: &str, month: &str, day: &str) -> Option<Date> {
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn iso_and_month_first_mean_the_same_day() {
        for written in ["2020-03-07", "03/07/2020", "3/7/2020", " 2020-03-07 "] {
            assert_eq!(read(written).day, Some(date(2020, 3, 7)), "{written}");
        }
        assert_eq!(read("03/27/2020").day, Some(date(2020, 3, 27)));
    }

    #[test]
    fn leap_days_are_days_only_in_leap_years() {
        assert_eq!(read("2020-02-29").day, Some(date(2020, 2, 29)));
        assert_eq!(read("2019-02-29").day, None);
        assert_eq!(read("02/29/1900").day, None);
    }

    #[test]
    fn day_first_and_other_forms_are_no_dates() {
        for written in [
            "27/03/2020",
            "2020-3-7",
            "2020/03/07",
            "03-27-2020",
            "03/27/20",
            "27.03.2020",
            "2020-03",
            "2020-03-27T10:00",
            "+2020-03-27",
            "003/27/2020",
            "2020-13-01",
            "",
            "soon",
            "２０２０-03-27",
        ] {
            assert_eq!(read(written).day, None, "{written}");
            assert_eq!(read(written).written, written);
        }
    }
}
