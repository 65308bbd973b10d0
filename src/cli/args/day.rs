//! Days as they are written on the command line.

use crate::rules::refresh::meant_days;
use jiff::civil::Date;

/// The day that an argument names.
///
/// # Errors
/// When it is not written as year, month and day: how to write it.
pub(in crate::cli) fn day(written: &str) -> Result<Date, String> {
    let written = written.trim();
    let is_iso = written.len() == 10 && written.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    match written.parse::<Date>() {
        Ok(day) if is_iso => Ok(day),
        _ => Err(match meant_days(written) {
            Some((one, other)) if one == other => format!("write the year, the month and the day like this: {one}"),
            Some((one, other)) => {
                format!("write the year, the month and the day: {one} or {other}, whichever is meant")
            }
            None => "there is no such day; write the year, the month and the day, such as 2026-03-27".to_owned(),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_in_another_form_is_told_how_to_write_it() {
        assert_eq!(day("2026-04-03"), Ok(jiff::civil::date(2026, 4, 3)));
        for (written, expected) in [
            ("03/04/2026", "write the year, the month and the day: 2026-03-04 or 2026-04-03, whichever is meant"),
            ("27.3.2026", "write the year, the month and the day like this: 2026-03-27"),
            ("3/27/2026", "write the year, the month and the day like this: 2026-03-27"),
            ("20260327", "write the year, the month and the day like this: 2026-03-27"),
            ("27 March 2026", "write the year, the month and the day like this: 2026-03-27"),
            ("March 27, 2026", "write the year, the month and the day like this: 2026-03-27"),
            ("2026-03-27T10:00", "write the year, the month and the day like this: 2026-03-27"),
            ("2026/03/27", "write the year, the month and the day like this: 2026-03-27"),
        ] {
            assert_eq!(day(written), Err(expected.to_owned()), "{written}");
        }
        for written in
            ["yesterday", "today", "", "1", "2026-13-01", "2026-02-30", "27-03", "\u{1b}[31m", "-1-1-1", "2026"]
        {
            let said = day(written).unwrap_err();
            assert!(said.starts_with("there is no such day") && !said.contains("jiff"), "{written}: {said}");
        }
    }
}
