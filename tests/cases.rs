//! The cases of the rules: one folder a case, `fixtures/cases/<rule>/<trips-…|passes-…>/`, readable by itself.
//!
//! - `input.yaml`: the file to judge; comments in it say why it trips the rule, or why it must not.
//! - `expected`: one line a finding, `rule line:column`; empty for a near miss. Lines are counted by hand.
//! - `before.yaml`: the same file before the change, for rules that compare.
//! - `notegate.yaml`: a configuration, for rules that need one.
//!
//! Only the rule whose name the folder has is on, except for rules about waivers, which need the waived ones. The day
//! of the run is 2026-07-01.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that meets what it does not expect has to stop")]

mod support;

use jiff::civil::date;
use notegate::config::{Config, Level, load};
use notegate::day::Today;
use notegate::engine::{Engine, NoteText, NotesBefore, Scope};
use notegate::grade::FailOn;
use notegate::playbook::Playbook;
use notegate::report::Sink;
use notegate::report::model::FileReport;
use notegate::report::tally::Tally;
use notegate::rules::REGISTRY;
use notegate::source::FileSelection;
use notegate::yaml::Limits;
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use support::one_file::{NoProgress, OneFile};

const FILES: [&str; 4] = ["input.yaml", "expected", "before.yaml", "notegate.yaml"];

/// Made once: it is the same for nearly all cases.
static BUILT_IN: LazyLock<Playbook> = LazyLock::new(Playbook::built_in);

/// One folder.
struct Case {
    folder: PathBuf,
    /// The rule that the folder above is named after.
    rule: &'static str,
}

impl Case {
    fn name(&self) -> String {
        format!("{}/{}", self.rule, self.folder.file_name().unwrap().to_string_lossy())
    }

    fn file(&self, name: &str) -> Option<Vec<u8>> {
        fs::read(self.folder.join(name)).ok()
    }

    fn expected(&self) -> Vec<String> {
        let text = String::from_utf8(self.file("expected").unwrap()).unwrap();
        text.lines().map(str::to_owned).collect()
    }

    fn config(&self) -> Config {
        let mut config = match self.file("notegate.yaml") {
            Some(bytes) => {
                load(bytes, "notegate.yaml").unwrap_or_else(|problems| panic!("{}: {problems:?}", self.name()))
            }
            None => Config {
                files: FileSelection::new(Some(vec!["**".to_owned()]), Vec::new()).unwrap(),
                ..Config::default()
            },
        };
        if !self.rule.starts_with("waiver-") {
            config.levels = config.levels.for_fixing();
            for rule in REGISTRY.iter().map(|rule| rule.meta().name).filter(|rule| *rule != self.rule) {
                config.levels.set(rule, Level::Off);
            }
        }
        config
    }

    /// What the rule reports, as `rule line:column`.
    fn reported(&self) -> Vec<String> {
        let config = self.config();
        let own = self.file("notegate.yaml").map(|_| Playbook::with(&config.playbook));
        let engine = Engine {
            config: &config,
            playbook: own.as_ref().unwrap_or(&BUILT_IN),
            today: Today::fixed(date(2026, 7, 1)),
            limits: Limits::default(),
            fail_on: FailOn::Poor,
            scope: Scope::Changed,
            note_text: NoteText::Shown,
            notes_before: NotesBefore::LeftOut,
            writer: None,
        };
        let mut collected = Collected { rule: self.rule, lines: Vec::new() };
        let file = OneFile::new("input.yaml", self.file("input.yaml").unwrap()).since(self.file("before.yaml"));
        engine.run(&file, &mut collected, &NoProgress).unwrap();
        collected.lines
    }
}

struct Collected {
    rule: &'static str,
    lines: Vec<String>,
}

impl Sink for Collected {
    fn file(&mut self, file: &FileReport) -> io::Result<()> {
        let findings = file.findings.iter().chain(file.records.iter().flat_map(|record| &record.findings));
        let mine = findings.filter(|finding| finding.rule == self.rule);
        let mut places: Vec<_> = mine.map(|finding| (finding.line, finding.column)).collect();
        places.sort_unstable();
        self.lines.extend(places.iter().map(|(line, column)| format!("{} {line}:{column}", self.rule)));
        Ok(())
    }

    fn finish(&mut self, _tally: &Tally) -> io::Result<()> {
        Ok(())
    }
}

fn sorted(folder: &Path) -> Vec<PathBuf> {
    let mut entries: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    entries
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap().to_string_lossy().into_owned()
}

fn cases() -> Vec<Case> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/cases");
    let mut cases = Vec::new();
    for folder in sorted(&root) {
        let name = file_name(&folder);
        let rule =
            notegate::rules::find(&name).unwrap_or_else(|| panic!("fixtures/cases/{name}: there is no such rule"));
        cases.extend(sorted(&folder).into_iter().map(|folder| Case { folder, rule: rule.meta().name }));
    }
    cases
}

#[test]
fn every_case_reports_what_it_expects() {
    let mut wrong = String::new();
    for case in cases() {
        let (expected, reported) = (case.expected(), case.reported());
        if expected != reported {
            wrong.push_str(&format!("{}\n  expected {expected:?}\n  reported {reported:?}\n", case.name()));
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn every_folder_holds_known_files_only_and_its_name_fits_what_it_expects() {
    for case in cases() {
        let name = case.name();
        for file in sorted(&case.folder) {
            assert!(FILES.contains(&file_name(&file).as_str()), "{name} holds {}", file.display());
        }
        let folder = file_name(&case.folder);
        assert!(folder.starts_with("trips-") || folder.starts_with("passes-"), "{name}");
        assert_eq!(folder.starts_with("passes-"), case.expected().is_empty(), "{name}");
    }
}

#[test]
fn every_rule_has_two_cases_that_trip_it_and_two_near_misses() {
    let mut counts: BTreeMap<&str, (usize, usize)> = REGISTRY.iter().map(|rule| (rule.meta().name, (0, 0))).collect();
    for case in cases() {
        let (trips, passes) = counts.entry(case.rule).or_default();
        *(if case.expected().is_empty() { passes } else { trips }) += 1;
    }
    for (rule, (trips, passes)) in counts {
        assert!(trips >= 2 && passes >= 2, "{rule}: {trips} trip it, {passes} are near misses");
    }
}
