//! The registry of rules: names, examples, quotes and the pages derived from it.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that meets what it does not expect has to stop"
)]

mod support;

use jiff::civil::date;
use notegate::config::Config;
use notegate::day::Today;
use notegate::engine::{Engine, NoteText, NotesBefore, Scope};
use notegate::grade::FailOn;
use notegate::playbook::Playbook;
use notegate::record::FieldNames;
use notegate::report::Sink;
use notegate::report::model::FileReport;
use notegate::report::tally::Tally;
use notegate::rules::{Example, Meta, REGISTRY, RuleSettings};
use notegate::source::FileSelection;
use notegate::yaml::Limits;
use std::collections::BTreeSet;
use std::fs;
use std::sync::LazyLock;
use support::one_file::{NoProgress, OneFile};

/// Made once: it is the same for every example.
static BUILT_IN: LazyLock<Playbook> = LazyLock::new(Playbook::built_in);

fn metas() -> impl Iterator<Item = &'static Meta> {
    REGISTRY.iter().map(|rule| rule.meta())
}

/// An example of a rule as the only file of a run.
struct Shown<'a>(&'a Example);

impl Shown<'_> {
    /// The rules that report something about the example.
    fn reported(&self) -> BTreeSet<&'static str> {
        // Some rules speak only under a setting.
        let mut fields = FieldNames::default();
        assert!(fields.call("customer", vec!["customer".to_owned(), "account".to_owned()]));
        let mut config = Config {
            settings: RuleSettings { max_age_days: Some(365), fields, ..RuleSettings::default() },
            ..Config::default()
        };
        config.levels = config.levels.for_fixing();
        config.files = FileSelection::new(Some(vec!["**".to_owned()]), Vec::new()).unwrap();
        let engine = Engine {
            config: &config,
            playbook: &BUILT_IN,
            today: Today::fixed(date(2026, 7, 1)),
            limits: Limits::default(),
            fail_on: FailOn::Poor,
            scope: Scope::Changed,
            note_text: NoteText::Shown,
            notes_before: NotesBefore::LeftOut,
            writer: None,
        };
        let mut rules = Reported::default();
        let file = OneFile::new("example.yaml", self.0.text).since(self.0.before);
        engine.run(&file, &mut rules, &NoProgress).unwrap();
        rules.0
    }
}

#[derive(Default)]
struct Reported(BTreeSet<&'static str>);

impl Sink for Reported {
    fn file(&mut self, file: &FileReport) -> std::io::Result<()> {
        let records = file.records.iter().flat_map(|record| &record.findings);
        self.0.extend(records.chain(&file.findings).map(|finding| finding.rule));
        Ok(())
    }

    fn finish(&mut self, _tally: &Tally) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn names_are_unique_and_kebab_case() {
    let names: Vec<&str> = metas().map(|meta| meta.name).collect();
    assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len());
    for name in names {
        assert!(name.split('-').all(|word| !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase())), "{name}");
    }
}

#[test]
fn a_rule_that_comes_goes_or_changes_is_seen_in_review() {
    let lines: Vec<String> = metas()
        .map(|meta| format!("{} {:?} {:?} waivable: {:?}", meta.name, meta.group, meta.default, meta.waivable))
        .collect();
    insta::assert_snapshot!(lines.join("\n"));
}

#[test]
fn each_bad_example_trips_its_rule_and_each_good_one_does_not() {
    let mut wrong = Vec::new();
    for meta in metas() {
        if !Shown(&meta.examples.bad).reported().contains(meta.name) {
            wrong.push(format!("{}: the bad example does not trip it", meta.name));
        }
        if Shown(&meta.examples.good).reported().contains(meta.name) {
            wrong.push(format!("{}: the good example trips it", meta.name));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn each_example_is_a_case_of_its_own_rule() {
    for meta in metas() {
        for (case, example) in [("trips-the-example", &meta.examples.bad), ("passes-the-example", &meta.examples.good)]
        {
            let folder = format!("{}/fixtures/cases/{}/{case}", env!("CARGO_MANIFEST_DIR"), meta.name);
            let file = |name: &str| fs::read_to_string(format!("{folder}/{name}")).ok();
            assert_eq!(file("input.yaml").as_deref(), Some(example.text), "{folder}");
            assert_eq!(file("before.yaml").as_deref(), example.before, "{folder}");
        }
    }
}

#[test]
fn each_quote_stands_in_the_guidance() {
    let plain = |text: &str| text.replace("**", "").split_whitespace().collect::<Vec<_>>().join(" ");
    let guidance = plain(include_str!("../fixtures/guidance/guidance.md"));
    for meta in metas() {
        assert!(guidance.contains(&plain(meta.guidance)), "{}: “{}”", meta.name, meta.guidance);
    }
}

#[test]
fn every_rule_says_what_it_is_for() {
    for meta in metas() {
        assert!(!meta.summary.is_empty() && !meta.summary.ends_with('.'), "{}: the summary is a phrase", meta.name);
        assert!(meta.explanation.ends_with('.'), "{}: the explanation is sentences", meta.name);
    }
}

#[test]
fn the_page_of_rules_is_derived_from_the_registry() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/rules.md");
    let page = notegate::report::rules_page::markdown();
    if support::regenerates() {
        fs::write(path, &page).unwrap();
    }
    assert_eq!(
        fs::read_to_string(path).unwrap_or_default(),
        page,
        "regenerate it: NOTEGATE_REGENERATE=1 cargo test --test registry"
    );
    for meta in metas() {
        assert!(page.contains(&format!("\n## `{}`\n", meta.name)), "{}", meta.name);
    }
}
