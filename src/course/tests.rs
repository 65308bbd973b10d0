//! A branch that is looked back at says of each of its states what a run over that state says.

use super::{Lookback, RulesOfDays, Walk};
use crate::config::{self, Config};
use crate::day::Today;
use crate::engine::{Engine, NoteText, NotesBefore, Progress, Scope};
use crate::grade::Grade;
use crate::playbook::Playbook;
use crate::report::Sink;
use crate::report::model::FileReport;
use crate::report::overview::course::{Course, CourseChange};
use crate::report::tally::Tally;
use crate::source::git::RepoLocation;
use crate::source::past::{Depth, Past, Since};
use crate::source::{Selected, revision};
use crate::yaml::Limits;
use jiff::civil::{Date, date};
use std::path::Path;
use std::process::Command;
use std::{fs, io};

struct Silent;

impl Progress for Silent {
    fn examined(&self, _done: usize, _total: usize) {}
}

impl Sink for Silent {
    fn file(&mut self, _file: &FileReport) -> io::Result<()> {
        Ok(())
    }

    fn finish(&mut self, _tally: &Tally) -> io::Result<()> {
        Ok(())
    }
}

struct Branch {
    folder: tempfile::TempDir,
}

impl Branch {
    fn new() -> Self {
        let branch = Self { folder: tempfile::tempdir().unwrap() };
        branch.git(date(2026, 1, 1), &["init", "--quiet", "--initial-branch=main"]);
        branch
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn git(&self, day: Date, arguments: &[&str]) -> String {
        let mut command = Command::new("git");
        command.current_dir(self.path()).args(["-c", "user.name=Sam Field", "-c", "user.email=a@b"]).args(arguments);
        for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"] {
            command.env_remove(name);
        }
        command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
        let output = command.env("GIT_COMMITTER_DATE", format!("{day}T12:00:00Z")).output().unwrap();
        assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).trim().to_owned()
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn commit(&self, day: Date, subject: &str) -> String {
        self.git(day, &["add", "--all"]);
        self.git(day, &["commit", "--quiet", "--allow-empty", "--message", subject]);
        self.git(day, &["rev-parse", "HEAD"])
    }

    fn place(&self) -> RepoLocation {
        RepoLocation::Folder(self.path().to_owned())
    }

    fn config(&self) -> Config {
        let bytes = fs::read(self.path().join(config::FILE_NAME)).unwrap_or_default();
        config::load(bytes, config::FILE_NAME).unwrap()
    }

    /// The course since the begin, or since a moment.
    fn course(&self, since: Option<Date>) -> Course {
        let config = self.config();
        let playbook = Playbook::with(&config.playbook);
        let engine = engine(&config, &playbook);
        let moment = since
            .map_or(0, |day| day.at(0, 0, 0, 0).to_zoned(jiff::tz::TimeZone::UTC).unwrap().timestamp().as_second());
        let past = Past::read(&self.place(), None, Since::Moment(moment), usize::MAX, 1 << 20).unwrap().unwrap();
        assert_eq!(past.depth, Depth::Whole);
        let walk = Walk::over(past).unwrap();
        let rules = RulesOfDays::of(&walk).unwrap();
        let lookback = Lookback { walk: &walk, engine: &engine, rules: &rules, first_day: since, named: &[] };
        lookback.course("then".to_owned(), Vec::new(), &Silent).unwrap()
    }

    /// The grades that a run over a commit counts.
    fn grades(&self, commit: &str) -> [usize; 3] {
        let config = self.config();
        let playbook = Playbook::with(&config.playbook);
        let changes = revision::revision(&self.place(), commit, 1 << 20).unwrap();
        let tally =
            engine(&config, &playbook).run(&Selected::new(&changes, &config.files), &mut Silent, &Silent).unwrap();
        [tally.summary.great, tally.summary.marginal, tally.summary.poor]
    }

    /// The points of a course, once it is seen that each is what a run over its commit says.
    fn sound_points(&self, course: &Course) -> Vec<(String, [usize; 3])> {
        let points = course.points.iter().map(|point| {
            let grades = [point.great, point.marginal, point.poor];
            assert_eq!(grades, self.grades(point.commit.as_ref().unwrap()), "{point:?}");
            (point.day.clone(), grades)
        });
        points.collect()
    }
}

fn engine<'a>(config: &'a Config, playbook: &'a Playbook) -> Engine<'a> {
    Engine {
        config,
        playbook,
        today: Today::fixed(date(2026, 7, 1)),
        limits: Limits::default(),
        fail_on: config.fail_on,
        scope: Scope::All,
        note_text: NoteText::Shown,
        notes_before: NotesBefore::LeftOut,
        writer: None,
    }
}

fn record(customer: &str, workload: &str, note: &str) -> String {
    format!(
        "customer: {customer}\nworkload: {workload}\nstatus: Blocked\nnote: {note}\nrefresh_summary:\n- date: 2020-03-27\n  \
         who_changed: Celia Kennedy\n  what_changed: Call with the architect\n"
    )
}

const GREAT: &str = "Customer will not deploy because the Avaya gateway in Lyon lacks SIP.";
const HEDGED: &str = "Customer will not deploy for now because the Avaya gateway in Lyon lacks SIP.";
const POOR: &str = "Customer cannot deploy.";

fn told(changes: &[CourseChange]) -> Vec<(&str, Option<Grade>, Option<Grade>)> {
    changes.iter().map(|change| (change.path.as_str(), change.before, change.after)).collect()
}

#[test]
fn every_point_is_what_a_run_over_that_state_says() {
    let branch = Branch::new();
    branch.write("c/exo.yaml", &record("Contoso", "Exchange Online", GREAT));
    branch.write(
        "c/many.yaml",
        &format!("{}---\n{}", record("Adatum", "Yammer", HEDGED), record("Adatum", "Intune", POOR)),
    );
    branch.commit(date(2026, 3, 1), "begin");
    // The same note on another workload: a copy, which makes the later of the two marginal.
    branch.write("c/yammer.yaml", &record("Contoso", "Yammer", GREAT));
    branch.commit(date(2026, 3, 10), "a copy");
    branch.write("a/first.yaml", &record("Contoso", "Intune", GREAT));
    branch.commit(date(2026, 3, 20), "a copy that comes first");
    fs::rename(branch.path().join("c/exo.yaml"), branch.path().join("c/moved.yaml")).unwrap();
    branch.commit(date(2026, 4, 1), "a move");
    branch.write("c/many.yaml", &record("Adatum", "Intune", GREAT));
    fs::remove_file(branch.path().join("c/yammer.yaml")).unwrap();
    branch.commit(date(2026, 4, 10), "better, and one gone");
    branch.write("c/broken.yaml", "customer: [");
    branch.write("c/gone.yaml", &record("Litware", "Yammer", POOR));
    branch.commit(date(2026, 4, 20), "broken");

    let whole = branch.course(None);
    let days: Vec<(String, [usize; 3])> = branch.sound_points(&whole);
    let expected = [
        ("2026-03-01", [1, 1, 1]),
        ("2026-03-10", [1, 2, 1]),
        ("2026-03-20", [1, 3, 1]),
        ("2026-04-01", [1, 3, 1]),
        ("2026-04-10", [2, 1, 0]),
        ("2026-04-20", [2, 1, 1]),
    ];
    assert_eq!(days, expected.map(|(day, grades)| (day.to_owned(), grades)));
    assert_eq!((whole.added.total(), whole.removed.total(), whole.better.total(), whole.worse.total()), (4, 0, 0, 0));

    let since = branch.course(Some(date(2026, 3, 15)));
    let days = branch.sound_points(&since);
    assert_eq!(days[0], ("2026-03-15".to_owned(), [1, 2, 1]), "as the branch stood on that day");
    assert_eq!(days.len(), 5);
    use Grade::{Great, Marginal, Poor};
    assert_eq!(told(&since.better.rows), [("c/many.yaml", Some(Poor), Some(Great))]);
    assert_eq!(told(&since.worse.rows), [("c/moved.yaml", Some(Great), Some(Marginal))], "a copy now");
    assert_eq!(told(&since.added.rows), [("c/gone.yaml", None, Some(Poor)), ("a/first.yaml", None, Some(Great))]);
    assert_eq!(
        told(&since.removed.rows),
        [("c/many.yaml", Some(Marginal), None), ("c/yammer.yaml", Some(Marginal), None)]
    );
    assert_eq!(branch.course(Some(date(2026, 6, 1))).points.len(), 1, "nothing happened since");
}

#[test]
fn the_branch_is_followed_along_its_first_parents() {
    let branch = Branch::new();
    let day = |day: i8| date(2026, 3, day);
    branch.write("a.yaml", &record("Contoso", "Yammer", GREAT));
    branch.commit(day(1), "begin");
    branch.git(day(2), &["switch", "--quiet", "--create", "topic"]);
    branch.write("b.yaml", &record("Adatum", "Yammer", POOR));
    branch.commit(day(2), "poor on the side");
    branch.write("b.yaml", &record("Adatum", "Yammer", GREAT));
    branch.commit(day(3), "great on the side");
    branch.git(day(4), &["switch", "--quiet", "main"]);
    branch.write("c.yaml", &record("Litware", "Yammer", HEDGED));
    branch.commit(day(4), "on the branch");
    branch.git(day(5), &["merge", "--quiet", "--no-ff", "--message", "merge", "topic"]);
    let course = branch.course(None);
    let expected = [("2026-03-01", [1, 0, 0]), ("2026-03-04", [1, 1, 0]), ("2026-03-05", [2, 1, 0])];
    assert_eq!(branch.sound_points(&course), expected.map(|(day, grades)| (day.to_owned(), grades)));
    let bypasses: Vec<_> =
        course.round_the_hook.rows.iter().map(|it| (it.subject.as_str(), it.records[0].rules.as_slice())).collect();
    let rules = ["refresh-not-updated", "missing-reason"].map(str::to_owned);
    assert_eq!(bypasses, [("great on the side", &rules[..1]), ("poor on the side", &rules[1..])], "as on any branch");
}

#[test]
fn many_commits_become_a_bounded_number_of_points() {
    let branch = Branch::new();
    branch.write("a.yaml", &record("Contoso", "Yammer", GREAT));
    let mut day = date(2025, 1, 1);
    for number in 0..90 {
        branch.commit(day, &format!("commit {number}"));
        day = day.checked_add(jiff::Span::new().days(5)).unwrap();
    }
    let course = branch.course(None);
    assert!((30..=54).contains(&course.points.len()), "{}", course.points.len());
    assert_eq!(course.points.first().map(|point| point.day.as_str()), Some("2025-01-01"));
    assert_eq!(course.points.last().map(|point| point.day.as_str()), Some("2026-03-22"));
    assert!(course.points.is_sorted_by_key(|point| point.day.clone()));
}

#[test]
fn what_came_round_the_hook_is_judged_by_the_rules_of_its_day() {
    let branch = Branch::new();
    let day = |day: i8| date(2026, 3, day);
    branch.write("old.yaml", &record("Contoso", "Yammer", POOR));
    branch.commit(day(1), "before the gate");
    branch.write(config::FILE_NAME, "rules: {hedging: error}\n");
    branch.commit(day(2), "the gate");
    branch.write("a.yaml", &record("Adatum", "Yammer", HEDGED));
    branch.commit(day(3), "hedged");
    branch.write(config::FILE_NAME, "rules: {hedging: warning}\n");
    branch.write("b.yaml", &record("Fabrikam", "Yammer", HEDGED));
    branch.commit(day(4), "hedged, and allowed by the same commit");
    branch
        .write("c.yaml", &format!("{}---\n{}", record("Litware", "Yammer", POOR), record("Litware", "Intune", GREAT)));
    branch.write("d.yaml", "customer: [");
    branch.commit(day(5), "poor");
    branch.write(config::FILE_NAME, "rules: {hedgin: warning}\n");
    branch.commit(day(6), "a slip");
    branch.write(config::FILE_NAME, "");
    branch.commit(day(7), "mended");
    let course = branch.course(None);
    let bypasses: Vec<_> =
        course.round_the_hook.rows.iter().map(|bypass| (bypass.subject.as_str(), bypass.author.as_str())).collect();
    assert_eq!(bypasses, [("poor", "Sam Field"), ("hedged", "Sam Field")]);
    let [poor, hedged] = course.round_the_hook.rows.as_slice() else { panic!("{course:?}") };
    assert_eq!(hedged.records[0].rules, ["hedging"]);
    assert_eq!(
        (poor.records.len(), poor.records[0].grade, poor.records[0].rules.as_slice()),
        (1, Grade::Poor, &["missing-reason".to_owned()][..])
    );
    assert_eq!((poor.day.as_str(), poor.records[0].line), ("2026-03-05", 1));
    assert_eq!(
        course.remarks,
        [
            "Not judged, because the branch had no notegate.yaml yet: 1 commit.",
            "Not judged, because notegate.yaml could not be used: 1 commit.",
            "Came round the hook, and would have been blocked as a whole: 1 file.",
        ]
    );
}
