//! `notegate waivers`: every waiver, with its reason, author, age and end.

use super::args::{PlainFormat, WaiversArgs};
use super::judging::Silent;
use super::runner_log::RunnerLog;
use super::setup::Setup;
use super::{CliError, Environment, Exit, Streams, check, notices};
use crate::day::Today;
use crate::engine::{Engine, NoteText, NotesBefore, Scope};
use crate::finding::Severity;
use crate::report::Sink;
use crate::report::github::Language;
use crate::report::model::{FileReport, RecordReport, RecordWaiver, WaiverScope};
use crate::report::tally::Tally;
use crate::report::waivers::{ListedWaiver, UnreadFile, WaiverCounts, WaiverList, sort, write_human, write_json};
use crate::rules::WaiverEffect;
use crate::rules::file::unreadable;
use crate::rules::waiver::waiver_ending::is_near;
use crate::source::git::blame::{LineOrigin, blame};
use crate::source::worktree::WorkTree;
use crate::source::{NamedPaths, NotePath, Seeker};
use crate::yaml::Limits;
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::io::{self, BufWriter, Write};

/// Runs the command.
pub(super) fn run(args: &WaiversArgs, environment: &Environment, streams: &mut Streams<'_>) -> Result<Exit, CliError> {
    let start = check::start(&args.paths, environment);
    let treeless = check::treeless(&args.paths, &start, Seeker::Waivers, environment)?;
    let setup = Setup::find(&args.config, &start, environment)?;
    if let Some(exit) = setup.begin(&args.config, NoteText::Shown, streams)? {
        return Ok(exit);
    }
    let limits = Limits::default();
    let tree = WorkTree::new(setup.root.clone(), &setup.config.files, limits.file_bytes);
    let tree = tree.with_named(&environment.folder, args.paths.clone(), NamedPaths::BeatExcludes);
    let (source, seen) = check::listing(&tree, &setup, &args.paths, (treeless.as_ref(), Seeker::Waivers))?;
    notices::tell(&seen, NoteText::Shown, streams)?;
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
    let mut list = List { today, waivers: Vec::new(), unread: Vec::new(), exit: Exit::Passed };
    engine.run(&source, &mut list, &Silent)?;
    let List { mut waivers, unread, exit, .. } = list;
    add_origins(&mut waivers, &setup, today);
    sort(&mut waivers);
    let mut list = WaiverList { waivers: waivers.into_iter().map(|(_, waiver)| waiver).collect(), unread };
    let counts = WaiverCounts::of(&list.waivers, is_near);
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
                let waivers = list.waivers.iter_mut().map(|waiver| &mut waiver.path);
                let paths = waivers.chain(list.unread.iter_mut().map(|file| &mut file.path));
                paths.for_each(|path| *path = relocation.apply(path));
            }
            write_human(out, &list, counts)?;
        }
        PlainFormat::Json => write_json(out, &list, counts)?,
    }
    Ok(exit)
}

/// Takes the waivers out of the reports on records.
struct List {
    today: Today,
    /// Each with its last day.
    waivers: Vec<(Option<Date>, ListedWaiver)>,
    unread: Vec<UnreadFile>,
    /// Says whether a file that `check` blocks could not be read.
    exit: Exit,
}

impl Sink for List {
    fn file(&mut self, file: &FileReport) -> io::Result<()> {
        let faults = file.findings.iter().filter(|finding| finding.rule == unreadable::META.name);
        if let Some(first) = faults.min_by_key(|finding| finding.line) {
            let (path, message) = (file.path.clone(), first.message.clone());
            self.unread.push(UnreadFile { path, line: first.line, message });
            if first.severity == Severity::Error {
                self.exit = Exit::Unexamined;
            }
        }
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
            is_cut_off: false,
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
            match origins.get(&waiver.line) {
                Some(LineOrigin::Commit { author, day }) => {
                    waiver.author = Some(author.clone());
                    waiver.since = Some(day.to_string());
                    waiver.age_days = Some(today.days_since(*day).max(0));
                }
                Some(LineOrigin::CutOff) => waiver.is_cut_off = true,
                None => {}
            }
        }
    }
}
