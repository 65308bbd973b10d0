//! One run over a source, from the arguments to the exit code. Every command that judges records ends here.

use super::args::{ReportArgs, RunArgs};
use super::notices::Notice;
use super::progress::{Bar, Behind};
use super::reports::{Desk, ReportFiles, is_review, summary};
use super::setup::Setup;
use super::{CliError, Environment, Exit, Streams};
use crate::config;
use crate::day::Today;
use crate::engine::{Engine, NotesBefore, Progress, Scope};
use crate::report::Sink;
use crate::report::human::Idle;
use crate::report::model::{FileReport, SkipReason};
use crate::report::tally::{Tally, count};
use crate::source::{NotePath, Selected, Source, SourceError};
use crate::yaml::Limits;
use jiff::civil::Date;
use std::io::{self, Write};
use std::path::Path;

/// The engine that the arguments ask for.
pub(super) fn engine<'a>(setup: &'a Setup, args: &RunArgs, authors: Authors, environment: &Environment) -> Engine<'a> {
    Engine {
        config: &setup.config,
        playbook: &setup.playbook,
        today: today(args.verdict.today, authors, environment),
        limits: Limits::default(),
        fail_on: args.verdict.fail_on.map_or(setup.config.fail_on, Into::into),
        scope: if args.verdict.all_records { Scope::All } else { Scope::Changed },
        note_text: args.report.note_text(),
        notes_before: notes_before(args, environment),
        writer: Some(&setup.writer).filter(|_| authors == Authors::Here),
    }
}

/// Only a table for reviewers shows a note as it was.
fn notes_before(args: &RunArgs, environment: &Environment) -> NotesBefore {
    if is_review(args, environment) { NotesBefore::Told } else { NotesBefore::LeftOut }
}

/// Who wrote what a run judges, which decides whose day the dates in it are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Authors {
    /// The person who runs the program: the work tree, the index, one note.
    Here,
    /// Others too, in time zones that nobody knows: commits, a push.
    Anywhere,
}

/// What a run is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Occasion {
    authors: Authors,
    idle: Idle,
}

impl Occasion {
    /// A run that judges what these authors wrote, and that ends with the counts.
    pub(super) fn of(authors: Authors) -> Self {
        Self { authors, idle: Idle::Counted }
    }

    /// The same run, which says nothing when no file has anything to do with notes.
    pub(super) fn without_counts_of_nothing(self) -> Self {
        Self { idle: Idle::Silent, ..self }
    }
}

/// The day of the run: the one that the arguments fix, else that of the authors.
pub(super) fn today(fixed: Option<Date>, authors: Authors, environment: &Environment) -> Today {
    match (fixed, authors) {
        (Some(day), _) => Today::fixed(day),
        (None, Authors::Here) => environment.clock.local(),
        (None, Authors::Anywhere) => environment.clock.anywhere(),
    }
}

/// Judges all files of `source` and writes the report.
pub(super) fn judge(
    source: &dyn Source,
    setup: &Setup,
    args: &RunArgs,
    occasion: Occasion,
    environment: &Environment,
    streams: &mut Streams<'_>,
) -> Result<Exit, CliError> {
    let bar = Bar::new(environment.error_stream);
    let engine = engine(setup, args, occasion.authors, environment);
    let files = ReportFiles::open(args, setup, Some(source), environment)?;
    let desk = Desk { args, setup, idle: occasion.idle, environment, summary: summary(args, environment, streams)? };
    let mut sink = desk.sink(&files, Behind::new(&bar, streams.output))?;
    let tally = engine.run(source, sink.as_mut(), &bar)?;
    drop(sink);
    files.publish()?;
    if source.sides() == 0 && !args.report.quiet {
        without_records(&tally, source)?.iter().try_for_each(|notice| notice.tell(args.report.note_text(), streams))?;
    }
    exit(&tally, args)
}

/// The warning that no file holds a record, and what to set: a run that looks at files as they are was meant to find
/// some. A change that touches no note is another matter, and happens every day.
pub(super) fn without_records(tally: &Tally, source: &dyn Source) -> Result<Option<Notice>, SourceError> {
    let files = tally.note_files();
    if tally.summary.records > 0 || !tally.skipped.contains_key(&SkipReason::NoRecord) {
        return Ok(None);
    }
    // What is named, or matches a pattern of the team, is examined whatever it is called.
    let is_other = |path: &NotePath| source.set_aside(path).is_none() && !is_called_yaml(path);
    let kind = if source.paths()?.iter().any(is_other) { "file" } else { "YAML file" };
    let text = format!("{} in {}", count(0, "record"), count(files, kind));
    Ok(Some(Notice::warning(text).with_help(HELP_WITHOUT_RECORDS)))
}

/// Whether the name ends as that of a YAML file does.
fn is_called_yaml(path: &NotePath) -> bool {
    let name = path.display();
    let ending = Path::new(&*name).extension().unwrap_or_default();
    ending.eq_ignore_ascii_case("yaml") || ending.eq_ignore_ascii_case("yml")
}

/// What to set when files hold no record though they hold notes.
pub(super) const HELP_WITHOUT_RECORDS: &str = "\
    If they hold notes, name the keys that the notes use under `fields:` in notegate.yaml (such as `fields: {note: \
    comment}`, or `fields: {customer: account, workload: product, status: state, note: comment}`), and the files that \
    hold them under `include:` (such as `include: [\"notes/**\"]`); `notegate adopt` finds both out, and \
    `notegate init` writes a notegate.yaml with comments.";

impl ReportArgs {
    /// Whether the report is one document: a file, or something that a program reads.
    pub(super) fn is_one_document(&self) -> bool {
        self.reports.in_files().next().is_some() || self.reports.is_read_by_program()
    }

    /// Where a line for people that precedes the report is written.
    pub(super) fn heading<'s>(&self, streams: &'s mut Streams<'_>) -> &'s mut dyn Write {
        if self.reports.is_read_by_program() { &mut *streams.error } else { &mut *streams.output }
    }
}

/// Of several setups the one that is hardest on the change, so that the verdict does not depend on which of the commits
/// that a change builds on git names first; of equal ones the first, which does not depend on it either.
///
/// # Errors
/// When the change cannot be judged under one of them.
pub(super) fn strictest<'s>(
    choices: Vec<(&'s Setup, Selected<'s>)>,
    args: &RunArgs,
    occasion: Occasion,
    environment: &Environment,
    streams: &mut Streams<'_>,
) -> Result<(&'s Setup, Selected<'s>), CliError> {
    let count = choices.len();
    let mut strictest = None;
    for (setup, source) in choices {
        if count == 1 {
            return Ok((setup, source));
        }
        let tally = engine(setup, args, occasion.authors, environment).run(&source, &mut Nowhere, &Silent)?;
        let hardness = hardness(&tally, args);
        if strictest.as_ref().is_none_or(|(most, _)| hardness > *most) {
            strictest = Some((hardness, (setup, source)));
        }
    }
    let name = config::FILE_NAME;
    let text = format!(
        "the change builds on commits with {count} different {name} or learned weights; those that block most apply"
    );
    Notice::remark(text).tell(args.report.note_text(), streams)?;
    let chosen = strictest.map(|(_, chosen)| chosen);
    chosen.ok_or_else(|| CliError::usage("there is no configuration to judge by", "Name one with --config."))
}

/// How hard a run is on what it judges: first by how much it blocks, then by whether it fails for want of records, then
/// by the grades.
fn hardness(tally: &Tally, args: &RunArgs) -> (usize, bool, usize, usize) {
    let summary = &tally.summary;
    let lacks_records = args.verdict.require_records && summary.records == 0;
    (summary.blocked, lacks_records, summary.poor, summary.marginal)
}

/// A report that nobody reads.
pub(super) struct Nowhere;

impl Sink for Nowhere {
    fn file(&mut self, _file: &FileReport) -> io::Result<()> {
        Ok(())
    }

    fn finish(&mut self, _tally: &Tally) -> io::Result<()> {
        Ok(())
    }
}

/// Progress that nobody sees.
pub(super) struct Silent;

impl Progress for Silent {
    fn examined(&self, _done: usize, _total: usize) {}
}

/// How a run ends.
///
/// # Errors
/// When there was no record, and the arguments ask for some.
pub(super) fn exit(tally: &Tally, args: &RunArgs) -> Result<Exit, CliError> {
    if tally.is_blocked() {
        return Ok(if args.verdict.exit_zero { Exit::Passed } else { Exit::Blocked });
    }
    if args.verdict.require_records && tally.summary.records == 0 {
        return Err(CliError::Told {
            message: "no record was examined, and --require-records asks for at least one".to_owned(),
            help: Some(
                "Check the paths, and `include` and `exclude` in notegate.yaml; -v shows what was skipped.".to_owned(),
            ),
            exit: Exit::NoRecords,
        });
    }
    Ok(Exit::Passed)
}
