//! `notegate waivers`: every waiver, with its reason, author, age and end.

use super::args::{PlainFormat, WaiversArgs};
use super::judging::Silent;
use super::runner_log::RunnerLog;
use super::setup::Setup;
use super::{CliError, Environment, Exit, Streams};
use crate::day::Today;
use crate::engine::{Engine, NoteText, NotesBefore, Scope};
use crate::report::Sink;
use crate::report::github::Language;
use crate::report::model::{FileReport, RecordReport, RecordWaiver, WaiverScope};
use crate::report::tally::Tally;
use crate::report::waivers::{ListedWaiver, WaiverCounts, sort, write_human, write_json};
use crate::rules::WaiverEffect;
use crate::rules::waiver::waiver_ending::is_near;
use crate::source::git::blame::blame;
use crate::source::worktree::WorkTree;
use crate::source::{NamedPaths, NotePath};
use crate::yaml::Limits;
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::io::{self, BufWriter, Write};

/// Runs the command.
pub(super) fn run(args: &WaiversArgs, environment: &Environment, streams: &mut Streams<'_>) -> Result<Exit, CliError> {
    let setup = Setup::find(&args.config, &environment.folder, environment)?;
    if let Some(exit) = setup.begin(&args.config, NoteText::Shown, streams)? {
        return Ok(exit);
    }
    let limits = Limits::default();
    let tree = WorkTree::new(setup.root.clone(), &setup.config.files, limits.file_bytes);
    let tree = tree.with_named(&environment.folder, args.paths.clone(), NamedPaths::BeatExcludes);
    let source = tree.list()?;
    let today = args.today.map_or_else(|| environment.clock.local(), Today::fixed);
    let engine = Engine {
        config: &setup.config,
        playbook: &setup.playbook,
        today,
        limits,
        fail_on: setup.config.fail_on,
        scope: Scope::All,
        note_text: NoteText::Shown,
        notes_before: NotesBefore::LeftOut,
        writer: None,
    };
    let mut list = List { today, waivers: Vec::new() };
    engine.run(&source, &mut list, &Silent)?;
    let mut waivers = list.waivers;
    add_origins(&mut waivers, &setup, today);
    sort(&mut waivers);
    let mut waivers: Vec<ListedWaiver> = waivers.into_iter().map(|(_, waiver)| waiver).collect();
    let counts = WaiverCounts::of(&waivers, is_near);
    let out = BufWriter::new(&mut *streams.output);
    let language = match args.format {
        PlainFormat::Human => Language::Text,
        PlainFormat::Json => Language::Json,
    };
    let out: Box<dyn Write + '_> = match environment.actions {
        Some(_) => Box::new(RunnerLog::of(out, language)),
        None => Box::new(out),
    };
    match args.format {
        PlainFormat::Human => {
            // People open files from where they stand.
            if let Some(relocation) = &setup.from_here {
                waivers.iter_mut().for_each(|waiver| waiver.path = relocation.apply(&waiver.path));
            }
            write_human(out, &waivers, counts)?;
        }
        PlainFormat::Json => write_json(out, &waivers, counts)?,
    }
    Ok(Exit::Passed)
}

/// Takes the waivers out of the reports on records.
struct List {
    today: Today,
    /// Each with its last day.
    waivers: Vec<(Option<Date>, ListedWaiver)>,
}

impl Sink for List {
    fn file(&mut self, file: &FileReport) -> io::Result<()> {
        // One beside `entitlements` is in each of the records, and listed once.
        let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
        for record in &file.records {
            for waiver in &record.waivers {
                if waiver.scope == WaiverScope::Record {
                    self.add(record, waiver);
                } else if let Some(at) = shared.get(&waiver.line) {
                    self.add_effect(*at, waiver.effect);
                } else {
                    shared.insert(waiver.line, self.waivers.len());
                    self.add(record, waiver);
                }
            }
        }
        Ok(())
    }

    fn finish(&mut self, _tally: &Tally) -> io::Result<()> {
        Ok(())
    }
}

impl List {
    fn add(&mut self, record: &RecordReport, waiver: &RecordWaiver) {
        let listed = ListedWaiver {
            path: record.path.clone(),
            line: waiver.line,
            customer: record.customer.clone(),
            workload: record.workload.clone().filter(|_| waiver.scope == WaiverScope::Record),
            rule: waiver.rule.clone(),
            reason: waiver.reason.clone(),
            effect: waiver.effect,
            errors: waiver.errors.clone(),
            until: waiver.until.map(|day| day.to_string()),
            days_left: waiver.until.map(|day| self.today.days_until(day)),
            author: None,
            since: None,
            age_days: None,
        };
        self.waivers.push((waiver.until, listed));
    }

    /// A shared waiver is in force when it is for one of the records.
    fn add_effect(&mut self, at: usize, effect: WaiverEffect) {
        if let Some((_, listed)) = self.waivers.get_mut(at) {
            listed.effect = listed.effect.min(effect);
        }
    }
}

/// Asks git for the authors, once a file.
fn add_origins(waivers: &mut [(Option<Date>, ListedWaiver)], setup: &Setup, today: Today) {
    let mut lines: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (_, waiver) in waivers.iter() {
        lines.entry(waiver.path.clone()).or_default().push(waiver.line);
    }
    for (path, lines) in lines {
        let origins = blame(&setup.root, &NotePath::from_bytes(path.as_str()), &lines);
        for (_, waiver) in waivers.iter_mut().filter(|(_, waiver)| waiver.path == path) {
            if let Some(origin) = origins.get(&waiver.line) {
                waiver.author = Some(origin.author.clone());
                waiver.since = Some(origin.day.to_string());
                waiver.age_days = Some(today.days_since(origin.day).max(0));
            }
        }
    }
}
