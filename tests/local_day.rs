//! The day of a run: the writer's local day on the writer's machine, any day that has begun somewhere for what others
//! wrote. The dates are made relative to now, so the tests hold at any time of the day.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that meets what it does not expect has to stop"
)]

mod support;

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp, ToSpan as _};
use support::Project;

/// An hour, in minutes.
const HOUR: i64 = 60;

/// A time zone as `TZ` names it, and how many minutes its clocks are ahead of UTC at the moment.
const ZONES: [(&str, i64); 8] = [
    ("Pacific/Kiritimati", 14 * HOUR),
    ("Pacific/Pago_Pago", -11 * HOUR),
    ("UTC-14", 14 * HOUR),
    ("UTC+12", -12 * HOUR),
    ("<+0530>-5:30", 5 * HOUR + 30),
    ("Etc/GMT-14", 14 * HOUR),
    ("UTC", 0),
    ("", 0),
];

fn day(minutes: i64) -> Date {
    let shifted = Timestamp::now().checked_add(SignedDuration::from_mins(minutes)).unwrap();
    jiff::tz::Offset::UTC.to_datetime(shifted).date()
}

/// Runs `test` with the day where the clocks are `minutes` ahead, again when that day ends meanwhile.
fn on_the_day(minutes: i64, test: impl Fn(Date)) {
    loop {
        let before = day(minutes);
        let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| test(before)));
        match outcome {
            Ok(()) => return,
            Err(_) if day(minutes) != before => {}
            Err(reason) => std::panic::resume_unwind(reason),
        }
    }
}

fn record(date: Date, waivers: &str) -> String {
    format!(
        "customer: Contoso\nworkload: Exchange Online\nstatus: Blocked\n\
         note: Unable to deploy because the firewall drops mail traffic and cannot be replaced before June.\n{waivers}\
         refresh_summary:\n  - {{date: {date}, who_changed: Celia Kennedy, what_changed: Firewall finding confirmed}}\n"
    )
}

/// The rules about refresh summaries and waivers that report something.
fn rules(project: &Project, arguments: &[&str], variables: &[(&str, &str)]) -> Vec<String> {
    let run = project.run_with(&[&["check", "--format", "json"], arguments].concat(), b"", variables);
    let report = run.json();
    let records = report["records"].as_array().unwrap().iter();
    let findings = records.flat_map(|record| record["findings"].as_array().unwrap());
    let rules = findings.map(|finding| finding["rule"].as_str().unwrap().to_owned());
    rules.filter(|rule| rule.starts_with("refresh-") || rule.starts_with("waiver-")).collect()
}

#[test]
fn an_entry_of_the_local_day_passes_and_one_of_tomorrow_does_not() {
    for (zone, minutes) in ZONES {
        on_the_day(minutes, |today| {
            let found = |date| rules(&Project::with("a.yaml", record(date, "")), &[], &[("TZ", zone)]);
            assert_eq!(found(today), [] as [&str; 0], "{zone}: {today}");
            assert_eq!(found(today.tomorrow().unwrap()), ["refresh-date"], "{zone}: the day after {today}");
        });
    }
}

#[test]
fn berlin_has_its_own_day() {
    // Winter or summer, Berlin is one or two hours ahead: its day is one of the two.
    let days = [day(HOUR), day(2 * HOUR)];
    let found = |date| rules(&Project::with("a.yaml", record(date, "")), &[], &[("TZ", "Europe/Berlin")]);
    assert_eq!(found(days[0]), [] as [&str; 0]);
    assert_eq!(found(days[1].tomorrow().unwrap()), ["refresh-date"]);
}

#[test]
fn where_the_zone_is_not_known_every_day_that_has_begun_somewhere_passes() {
    for variables in [[("TZ", "Foo/Bar"), ("A", "")], [("TZ", "UTC"), ("CI", "true")], [("TZ", "UTC"), ("CI", "1")]] {
        on_the_day(14 * HOUR, |latest| {
            let found = |date| rules(&Project::with("a.yaml", record(date, "")), &[], &variables);
            assert_eq!(found(latest), [] as [&str; 0], "{variables:?}");
            assert_eq!(found(latest.tomorrow().unwrap()), ["refresh-date"], "{variables:?}");
        });
    }
    for no in ["false", "False", "0", "no", "NO", "n", "off", " ", " 0 ", "f", "none", ""] {
        on_the_day(0, |today| {
            let variables = [("TZ", "UTC"), ("CI", no)];
            let project = Project::with("a.yaml", record(today.tomorrow().unwrap(), ""));
            assert_eq!(rules(&project, &[], &variables), ["refresh-date"], "CI={no} is not a build server");
        });
    }
    for yes in ["True", "yes", "on", "woodpecker", "github", "01"] {
        on_the_day(14, |latest| {
            let variables = [("TZ", "UTC"), ("CI", yes)];
            let project = Project::with("a.yaml", record(latest, ""));
            assert_eq!(rules(&project, &[], &variables), [] as [&str; 0], "CI={yes} is a build server");
        });
    }
}

#[test]
fn build_services_that_do_not_set_ci_are_in_no_writers_zone() {
    for (name, value) in [
        ("TF_BUILD", "True"),
        ("TEAMCITY_VERSION", "2024.03 (build 156166)"),
        ("JENKINS_URL", "https://build.example/"),
        ("CODEBUILD_BUILD_ID", "notes:1234"),
    ] {
        on_the_day(14 * HOUR, |latest| {
            let found = |date, variables: &[(&str, &str)]| {
                rules(&Project::with("a.yaml", record(date, "")), &[], &[&[("TZ", "UTC")], variables].concat())
            };
            assert_eq!(found(latest, &[(name, value)]), [] as [&str; 0], "{name}");
            assert_eq!(found(latest.tomorrow().unwrap(), &[(name, value)]), ["refresh-date"], "{name}");
        });
        on_the_day(0, |today| {
            for variables in [&[(name, "")][..], &[(name, value), ("CI", "false")]] {
                let project = Project::with("a.yaml", record(today.tomorrow().unwrap(), ""));
                let variables = [&[("TZ", "UTC")], variables].concat();
                assert_eq!(rules(&project, &[], &variables), ["refresh-date"], "{variables:?}");
            }
        });
    }
}

#[test]
fn a_fixed_day_is_the_day_in_every_zone() {
    let project = Project::with("a.yaml", record("2026-07-02".parse().unwrap(), ""));
    for (zone, _) in ZONES {
        let variables = [("TZ", zone), ("CI", "true")];
        assert_eq!(rules(&project, &["--today", "2026-07-02"], &variables), [] as [&str; 0]);
        assert_eq!(rules(&project, &["--today", "2026-07-01"], &variables), ["refresh-date"]);
    }
}

/// A waiver that sets nothing aside, which `waiver-unused` reports when it is valid.
const WAIVER: &str = "waivers: [{rule: hedging, reason: legal asked for this wording, until: DAY}]\n";

#[test]
fn a_waiver_holds_through_its_last_day_where_the_writer_is() {
    for (zone, minutes) in [("Pacific/Kiritimati", 14 * HOUR), ("Pacific/Pago_Pago", -11 * HOUR)] {
        on_the_day(minutes, |today| {
            let found = |until: Date| {
                let text = record(today, &WAIVER.replace("DAY", &until.to_string()));
                rules(&Project::with("a.yaml", text), &[], &[("TZ", zone)])
            };
            assert_eq!(found(today), ["waiver-unused"], "{zone}: valid");
            assert_eq!(found(today.yesterday().unwrap()), ["waiver-invalid"], "{zone}: over");
        });
    }
    on_the_day(-12 * HOUR, |earliest| {
        let found = |until: Date| {
            let text = record(earliest, &WAIVER.replace("DAY", &until.to_string()));
            rules(&Project::with("a.yaml", text), &[], &[("TZ", "Pacific/Kiritimati"), ("CI", "true")])
        };
        assert_eq!(found(earliest), ["waiver-unused"], "the day goes on in the last zone");
        assert_eq!(found(earliest.yesterday().unwrap()), ["waiver-invalid"], "the day is over everywhere");
    });
}

#[test]
fn the_age_of_an_entry_is_counted_to_the_local_day() {
    for (zone, minutes, variables) in [
        ("Pacific/Kiritimati", 14 * HOUR, ("CI", "")),
        ("Pacific/Pago_Pago", -11 * HOUR, ("CI", "")),
        ("UTC", -12 * HOUR, ("CI", "true")),
    ] {
        on_the_day(minutes, |today| {
            let found = |days: i32| {
                let project = Project::with("a.yaml", record(today.checked_sub(days.days()).unwrap(), ""));
                project.write("notegate.yaml", "refresh: {max_age_days: 30}\n");
                rules(&project, &[], &[("TZ", zone), variables])
            };
            assert_eq!(found(30), [] as [&str; 0], "{zone}");
            assert_eq!(found(31), ["refresh-stale"], "{zone}");
        });
    }
}

#[test]
fn the_entry_that_the_help_proposes_is_of_the_local_day() {
    on_the_day(14 * HOUR, |today| {
        let text = record(today, "").replace("refresh_summary:\n", "refresh_summary: []\nlog:\n");
        let run = Project::with("a.yaml", text).run_with(&["check"], b"", &[("TZ", "Pacific/Kiritimati")]);
        assert!(run.stdout.contains(&format!("date: {today}")), "{}", run.transcript());
    });
}

#[test]
fn commits_may_be_of_any_day_that_has_begun_and_the_index_is_of_the_local_day() {
    let west = [("TZ", "Pacific/Pago_Pago")];
    on_the_day(14 * HOUR, |latest| {
        let repository = |date: Date| {
            let project = Project::new();
            std::fs::remove_dir(project.path().join(".git")).unwrap();
            project.git(&["init", "-q"]);
            project.git(&["commit", "-q", "--allow-empty", "-m", "root"]);
            project.write("a.yaml", record(date, ""));
            project.git(&["add", "."]);
            project
        };
        // Wherever the clock stands, it is never yet this day in Pago Pago, 25 hours behind Kiritimati.
        let ahead = repository(latest);
        assert_eq!(rules(&ahead, &["--staged"], &west), ["refresh-date"], "{latest}");
        let hook = |project: &Project, hook: &str, input: &str| {
            project.run_with(&["hook", hook, "origin", "url"], input.as_bytes(), &west).code
        };
        assert_eq!(hook(&ahead, "pre-commit", ""), 1);
        ahead.git(&["commit", "-q", "-m", "note"]);
        assert_eq!(rules(&ahead, &["--from", "HEAD~1"], &west), [] as [&str; 0], "{latest}");
        assert_eq!(rules(&ahead, &["--rev", "HEAD"], &west), [] as [&str; 0], "{latest}");
        let head = ahead.git(&["rev-parse", "HEAD"]);
        let push = format!("refs/heads/main {head} refs/heads/main {}\n", "0".repeat(40));
        assert_eq!(hook(&ahead, "pre-push", &push), 0);

        let too_far = repository(latest.tomorrow().unwrap());
        too_far.git(&["commit", "-q", "-m", "note"]);
        assert_eq!(rules(&too_far, &["--from", "HEAD~1"], &west), ["refresh-date"]);
        assert_eq!(rules(&too_far, &["--from", "HEAD~1", "--today", &latest.to_string()], &west), ["refresh-date"]);
    });
}
