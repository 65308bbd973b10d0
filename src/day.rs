//! Which day it is, when the writer of a record and the run that judges it may be in different time zones.
//!
//! A date in a record is the writer's local day. On the writer's own machine that is the day of the system's time zone.
//! A server that judges what others wrote cannot know their zone: there, a day counts as begun once it has begun
//! anywhere on Earth, and as over once it is over everywhere.

use jiff::civil::Date;
use jiff::tz::{Offset, TimeZone};
use jiff::{SignedDuration, Timestamp};
use std::ffi::OsStr;

/// The zone in which each day begins first: UTC+14, Kiritimati.
const FIRST_HOURS: i8 = 14;

/// The zone in which each day ends last: UTC−12.
const LAST_HOURS: i8 = -12;

/// Whether the value of the variable `CI` says that a build server runs the program. Services write `true`, `1` or their
/// name; people who run a build by hand switch it off in as many ways.
#[must_use]
pub fn is_build_server(ci: &OsStr) -> bool {
    let value = ci.to_string_lossy().trim().to_lowercase();
    !["", "0", "false", "f", "no", "n", "off", "none", "null"].contains(&value.as_str())
}

/// The variables of build services that do not all set `CI`: Azure Pipelines, TeamCity, Jenkins, AWS CodeBuild.
pub const BUILD_SERVICES: [&str; 4] = ["TF_BUILD", "TEAMCITY_VERSION", "JENKINS_URL", "CODEBUILD_BUILD_ID"];

/// The day of a run: one day, or, where the writer's zone is not known, the days that it may be for the writer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Today {
    /// Every day before this one is over.
    earliest: Date,
    /// Every day after this one has not begun.
    latest: Date,
    /// The day to propose to a writer; from `earliest` to `latest`.
    proposed: Date,
}

impl Today {
    /// Exactly this day.
    #[must_use]
    pub const fn fixed(day: Date) -> Self {
        Self { earliest: day, latest: day, proposed: day }
    }

    /// Any day that it is somewhere on Earth at `now`.
    #[must_use]
    pub fn anywhere(now: Timestamp) -> Self {
        let day_at = |hours: i8| day_at(now, hours);
        Self { earliest: day_at(LAST_HOURS), latest: day_at(FIRST_HOURS), proposed: day_at(0) }
    }

    /// Whether `day` has not begun yet, for any writer that the run allows for.
    #[must_use]
    pub fn is_before(&self, day: Date) -> bool {
        day > self.latest
    }

    /// Whether `day` is over, for every writer that the run allows for.
    #[must_use]
    pub fn is_after(&self, day: Date) -> bool {
        day < self.earliest
    }

    /// How many whole days have passed since `day`, at least; negative for a day to come.
    #[must_use]
    pub fn days_since(&self, day: Date) -> i32 {
        (self.earliest - day).get_days()
    }

    /// How many days are left until `day`, at most; negative for a day that is over.
    #[must_use]
    pub fn days_until(&self, day: Date) -> i32 {
        -self.days_since(day)
    }

    /// The day to propose in a new entry.
    #[must_use]
    pub fn proposed(&self) -> Date {
        self.proposed
    }

    /// The latest day that counts as begun.
    #[must_use]
    pub fn latest(&self) -> Date {
        self.latest
    }

    /// Whether the run allows for writers in any time zone, so that it is more than one day.
    #[must_use]
    pub fn is_anywhere(&self) -> bool {
        self.earliest != self.latest
    }
}

/// The time, and where the writer's day comes from.
#[derive(Debug, Clone)]
pub struct Clock {
    now: Timestamp,
    zone: Option<TimeZone>,
}

impl Clock {
    /// A clock at `now`. `zone` is the time zone of the person who writes; `None` when it is not known.
    #[must_use]
    pub fn new(now: Timestamp, zone: Option<TimeZone>) -> Self {
        Self { now, zone }
    }

    /// The same clock now, for a program that goes on running.
    #[must_use]
    pub fn now(&self) -> Self {
        Self::new(Timestamp::now(), self.zone.clone())
    }

    /// The first moment of `day` for the person who runs the program; in UTC where the time zone is not known.
    #[must_use]
    pub fn start_of(&self, day: Date) -> Timestamp {
        let zone = self.zone.clone().unwrap_or(TimeZone::UTC);
        day.to_zoned(zone).map_or(Timestamp::MIN, |start| start.timestamp())
    }

    /// The day of the person who runs the program. Where the time zone is not known, any day that it is somewhere.
    #[must_use]
    pub fn local(&self) -> Today {
        match &self.zone {
            Some(zone) => Today::fixed(zone.to_datetime(self.now).date()),
            None => self.anywhere(),
        }
    }

    /// Any day that it is somewhere, for a run that judges what others wrote.
    #[must_use]
    pub fn anywhere(&self) -> Today {
        Today::anywhere(self.now)
    }
}

/// The day at `now` where the clocks are `hours` ahead of UTC. At the ends of the calendar, which no clock shows, the
/// nearest day.
fn day_at(now: Timestamp, hours: i8) -> Date {
    let shifted = now.saturating_add(SignedDuration::from_hours(i64::from(hours))).unwrap_or(now);
    Offset::UTC.to_datetime(shifted).date()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn at(time: &str) -> Timestamp {
        time.parse().unwrap()
    }

    #[test]
    fn a_fixed_day_is_one_day() {
        let today = Today::fixed(date(2026, 7, 1));
        assert!(!today.is_before(date(2026, 7, 1)) && !today.is_after(date(2026, 7, 1)));
        assert!(today.is_before(date(2026, 7, 2)));
        assert!(today.is_after(date(2026, 6, 30)));
        assert_eq!(today.days_since(date(2026, 6, 1)), 30);
        assert!(!today.is_anywhere());
    }

    #[test]
    fn anywhere_reaches_from_the_last_zone_to_the_first() {
        for (time, earliest, latest) in [
            ("2026-07-01T00:00:00Z", date(2026, 6, 30), date(2026, 7, 1)),
            ("2026-07-01T09:59:59Z", date(2026, 6, 30), date(2026, 7, 1)),
            ("2026-07-01T10:00:00Z", date(2026, 6, 30), date(2026, 7, 2)),
            ("2026-07-01T11:59:59Z", date(2026, 6, 30), date(2026, 7, 2)),
            ("2026-07-01T12:00:00Z", date(2026, 7, 1), date(2026, 7, 2)),
            ("2026-12-31T23:59:59Z", date(2026, 12, 31), date(2027, 1, 1)),
            ("2024-02-28T10:00:00Z", date(2024, 2, 27), date(2024, 2, 29)),
        ] {
            let today = Today::anywhere(at(time));
            assert_eq!((today.earliest, today.latest), (earliest, latest), "{time}");
            assert!(today.is_anywhere());
            assert!(!today.is_before(latest) && !today.is_after(earliest));
        }
    }

    #[test]
    fn the_local_day_is_that_of_the_zone() {
        let now = at("2026-07-01T10:30:00Z");
        let local = |posix: &str| Clock::new(now, Some(TimeZone::posix(posix).unwrap())).local();
        assert_eq!(local("<+14>-14"), Today::fixed(date(2026, 7, 2)));
        assert_eq!(local("UTC0"), Today::fixed(date(2026, 7, 1)));
        assert_eq!(local("<-11>11"), Today::fixed(date(2026, 6, 30)));
        assert_eq!(local("CET-1CEST,M3.5.0,M10.5.0/3"), Today::fixed(date(2026, 7, 1)));
    }

    #[test]
    fn without_a_zone_any_day_is_accepted() {
        let clock = Clock::new(at("2026-07-01T10:30:00Z"), None);
        assert_eq!(clock.local(), clock.anywhere());
        assert_eq!(clock.local().latest(), date(2026, 7, 2));
    }
}
