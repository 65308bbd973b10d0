//! `notegate report`: the state of all notes, from the files, from a commit, or from JSON reports of earlier runs.

use super::args::{OverviewArgs, OverviewFormat};
use super::change::{self, Change};
use super::course::{Span, course};
use super::judging::{self, Authors};
use super::notices::{self, Notice};
use super::output::{Product, ReportFile};
use super::progress::Bar;
use super::reports::{code_owners_of, relocation_for_programs};
use super::runner_log::RunnerLog;
use super::setup::Setup;
use super::{CliError, Environment, Exit, Streams, check};
use crate::day::Today;
use crate::emptiness::is_blank;
use crate::engine::{Engine, NoteText, NotesBefore, Scope};
use crate::overview::{Collector, Coverage, merge};
use crate::report::Sink;
use crate::report::github::Language;
use crate::report::model::FileReport;
use crate::report::overview::model::{Origin, Overview};
use crate::report::overview::{html, json, markdown};
use crate::report::owned::Owned;
use crate::report::relocated::Relocated;
use crate::report::tally::{Tally, count};
use crate::source::worktree::WorkTree;
use crate::source::{Revision, Seeker, Selected, Source, disk};
use crate::yaml::Limits;
use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// Runs the command.
pub(super) fn run(args: &OverviewArgs, environment: &Environment, streams: &mut Streams<'_>) -> Result<Exit, CliError> {
    known_ending(args)?;
    let report = match (&args.rev, args.merge.is_empty()) {
        (_, false) => of_reports(args, environment, streams)?,
        (Some(rev), true) => of_commit(rev, args, environment, streams)?,
        (None, true) => of_files(args, environment, streams)?,
    };
    let Some(Report { overview, file, coverage }) = report else { return Ok(Exit::Passed) };
    let format = format(args);
    match file {
        None => {
            let out = BufWriter::new(&mut *streams.output);
            match environment.actions {
                Some(_) => write(format, RunnerLog::of(out, language(format)), &overview)?,
                None => write(format, out, &overview)?,
            }
        }
        Some(file) => {
            write(format, file.writer()?, &overview)?;
            file.publish()?;
            writeln!(streams.output, "{}", overview.line())?;
        }
    }
    Ok(match coverage {
        Coverage::Whole => Exit::Passed,
        Coverage::Partial => Exit::Unexamined,
    })
}

/// The language in which the runner of GitHub Actions must find no command.
fn language(format: OverviewFormat) -> Language {
    match format {
        OverviewFormat::Html => Language::Xml,
        OverviewFormat::Markdown => Language::Text,
        OverviewFormat::Json => Language::Json,
    }
}

/// Refuses a file whose name says a format that there is not.
fn known_ending(args: &OverviewArgs) -> Result<(), CliError> {
    let Some(file) = args.output.as_deref().filter(|_| args.format.is_none()) else { return Ok(()) };
    let ending = file.extension().map(|ending| ending.to_ascii_lowercase());
    match ending.as_deref().map(|ending| ending.to_string_lossy()).as_deref() {
        None | Some("html" | "htm" | "md" | "markdown" | "txt" | "json") => Ok(()),
        Some(ending) => Err(CliError::usage(
            format!("there is no format for a file that ends in `.{ending}`"),
            "Name a file that ends in .html, .md or .json, or say the format: --format markdown.",
        )),
    }
}

/// An overview and where it goes; on standard output where there is no file.
struct Report {
    overview: Overview,
    file: Option<ReportFile>,
    coverage: Coverage,
}

fn write(format: OverviewFormat, out: impl Write, overview: &Overview) -> io::Result<()> {
    match format {
        OverviewFormat::Html => html::write(out, overview),
        OverviewFormat::Markdown => markdown::write(out, overview),
        OverviewFormat::Json => json::write(out, overview),
    }
}

fn format(args: &OverviewArgs) -> OverviewFormat {
    let ending = args.output.as_deref().and_then(Path::extension).map(|ending| ending.to_ascii_lowercase());
    let by_name = match ending.as_deref().and_then(|ending| ending.to_str()) {
        Some("html" | "htm") => OverviewFormat::Html,
        Some("json") => OverviewFormat::Json,
        _ => OverviewFormat::Markdown,
    };
    args.format.unwrap_or(by_name)
}

/// The files as they lie there.
fn of_files(
    args: &OverviewArgs,
    environment: &Environment,
    streams: &mut Streams<'_>,
) -> Result<Option<Report>, CliError> {
    if args.config.config_from.is_some() {
        return Err(CliError::usage(
            "--config-from chooses between states in git, and no commit was named",
            "Name one with --rev, or leave --config-from out.",
        ));
    }
    let start = check::start(&args.paths, environment);
    let treeless = check::treeless(&args.paths, &start, Seeker::Report, environment)?;
    let setup = Setup::find(&args.config, &start, environment)?;
    if setup.begin(&args.config, NoteText::Shown, streams)?.is_some() {
        return Ok(None);
    }
    let named_paths = check::named_paths(args.force_exclude);
    let tree = WorkTree::new(setup.root.clone(), &setup.config.files, Limits::default().file_bytes).with_named(
        &environment.folder,
        args.paths.clone(),
        named_paths,
    );
    let (listing, seen) = check::listing(&tree, &setup, &args.paths, (treeless.as_ref(), Seeker::Report))?;
    notices::tell(&seen, NoteText::Shown, streams)?;
    Subject { source: &listing, setup: &setup, authors: Authors::Here, origin: Origin::WorkTree }
        .report(args, environment, streams)
        .map(Some)
}

/// The records of a commit.
fn of_commit(
    name: &str,
    args: &OverviewArgs,
    environment: &Environment,
    streams: &mut Streams<'_>,
) -> Result<Option<Report>, CliError> {
    let commit = Change::Commit(name);
    let changes = commit.read()?;
    change::tell_notice(&changes, NoteText::Shown, streams)?;
    let setups = Setup::of_change(&args.config, &changes, Revision::After, environment)?;
    let named = commit.named(&args.paths, &changes, environment)?;
    let Some(setup) = setups.first() else {
        return Err(CliError::usage("there is no configuration to judge by", "Name one with --config."));
    };
    let source = Selected::new(&changes, &setup.config.files);
    let source = source.with_named(named, check::named_paths(args.force_exclude));
    if setup.begin(&args.config, NoteText::Shown, streams)?.is_some() {
        return Ok(None);
    }
    let mut seen = change::idle_parts(&source, &setup.config.files, &args.paths, &changes)?;
    if seen.is_empty() && args.paths.is_empty() && source.paths()?.is_empty() {
        seen.push(notices::nothing_examined(Seeker::Report));
    }
    notices::tell(&seen, NoteText::Shown, streams)?;
    let origin = Origin::Commit { name: name.to_owned() };
    Subject { source: &source, setup, authors: commit.authors(), origin }.report(args, environment, streams).map(Some)
}

/// What is examined.
struct Subject<'a> {
    source: &'a dyn Source,
    setup: &'a Setup,
    authors: Authors,
    origin: Origin,
}

impl Subject<'_> {
    fn report(
        self,
        args: &OverviewArgs,
        environment: &Environment,
        streams: &mut Streams<'_>,
    ) -> Result<Report, CliError> {
        let Self { source, setup, authors, origin } = self;
        let file = open(args, setup, Some(source), environment)?;
        let today = judging::today(args.today, authors, environment);
        let engine = Engine {
            config: &setup.config,
            playbook: &setup.playbook,
            today,
            limits: Limits::default(),
            fail_on: args.fail_on.map_or(setup.config.fail_on, Into::into),
            scope: Scope::All,
            note_text: NoteText::Shown,
            notes_before: NotesBefore::LeftOut,
            writer: None,
        };
        let mut collector = Collector::new(today);
        let sink = Box::new(Lent(&mut collector));
        let sink = Relocated::boxed(sink, relocation_for_programs(setup, environment));
        let mut sink = Owned::boxed(sink, code_owners_of(setup));
        let tally = engine.run(source, sink.as_mut(), &Bar::new(environment.error_stream))?;
        drop(sink);
        if let Some(notice) = judging::without_records(&tally, source)? {
            notice.tell(NoteText::Shown, streams)?;
        }
        let coverage = collector.coverage();
        let mut overview = collector.finish(origin);
        if let Some(since) = &args.since {
            let span = Span { since, tip: args.rev.as_deref(), paths: &args.paths };
            overview.course = Some(course(span, &engine, (setup, &args.config), environment)?);
        }
        Ok(Report { overview, file, coverage })
    }
}

/// A sink that is used again when the run is over.
struct Lent<'a>(&'a mut Collector);

impl Sink for Lent<'_> {
    fn file(&mut self, file: &FileReport) -> io::Result<()> {
        self.0.file(file)
    }

    fn finish(&mut self, tally: &Tally) -> io::Result<()> {
        self.0.finish(tally)
    }
}

fn open(
    args: &OverviewArgs,
    setup: &Setup,
    source: Option<&dyn Source>,
    environment: &Environment,
) -> Result<Option<ReportFile>, CliError> {
    let open = |name: &PathBuf| ReportFile::open(Product::Report, name, &environment.folder, setup, source);
    args.output.as_ref().map(open).transpose()
}

/// JSON reports of earlier runs. The configuration of the current folder says the usual names of workloads and statuses,
/// where the reports do not.
fn of_reports(
    args: &OverviewArgs,
    environment: &Environment,
    streams: &mut Streams<'_>,
) -> Result<Option<Report>, CliError> {
    let real: Vec<PathBuf> =
        args.merge.iter().map(|path| disk::in_real_folder(&environment.folder.join(path))).collect();
    if let Some(path) = repeated(&real) {
        return Err(CliError::usage(format!("the report {} is named twice", path.display()), "Name each report once."));
    }
    if let Some(output) = &args.output {
        keep_inputs(output, &args.merge, environment)?;
    }
    let labels = labels(args)?;
    let setup = Setup::find(&args.config, &environment.folder, environment)?;
    if setup.begin(&args.config, NoteText::Shown, streams)?.is_some() {
        return Ok(None);
    }
    let file = open(args, &setup, None, environment)?;
    let today = args.today.map_or_else(|| environment.clock.local(), Today::fixed);
    let mut collector = Collector::new(today);
    let mut reports: Vec<(&String, &PathBuf)> = labels.iter().zip(&args.merge).collect();
    reports.sort();
    let mut inputs = Vec::new();
    for (label, path) in reports {
        let not_merged = |why: String| {
            let message = format!("the report {} cannot be merged: {why}", path.display());
            CliError::usage(message, "Write it anew: notegate check --format json --output FILE")
        };
        let text = File::open(environment.folder.join(path)).map_err(|error| not_merged(error.to_string()))?;
        let input =
            merge::add(&mut collector, label, text, &setup.playbook).map_err(|why| not_merged(why.to_string()))?;
        inputs.push(input);
    }
    let is_named = !args.label.is_empty();
    merge::finish(&mut collector, if is_named { merge::Labelled::Always } else { merge::Labelled::WhereNeeded });
    if collector.is_without_records() {
        Notice::warning("the reports that were merged hold no record").tell(NoteText::Shown, streams)?;
    }
    let coverage = collector.coverage();
    if coverage == Coverage::Partial {
        Notice::warning("shards are missing among the reports; the overview says which")
            .tell(NoteText::Shown, streams)?;
    }
    Ok(Some(Report { overview: collector.finish(Origin::Reports { inputs }), file, coverage }))
}

/// Refuses an output that is one of the inputs, whatever name or link leads there.
fn keep_inputs(output: &Path, inputs: &[PathBuf], environment: &Environment) -> Result<(), CliError> {
    let target = environment.folder.join(output);
    match inputs.iter().find(|input| disk::is_same_file(&target, &environment.folder.join(input))) {
        None => Ok(()),
        Some(input) => Err(CliError::usage(
            format!("the overview would replace {}, which --merge reads", input.display()),
            "Name another file under --output.",
        )),
    }
}

/// A label for each file: the one that was given, else the name of the file without its ending, and where two have the
/// same, the whole path as it was named.
fn labels(args: &OverviewArgs) -> Result<Vec<String>, CliError> {
    if !args.label.is_empty() && args.label.len() != args.merge.len() {
        return Err(CliError::usage(
            format!(
                "--label gives {}, and --merge {}",
                count(args.label.len(), "name"),
                count(args.merge.len(), "file")
            ),
            "Give a name for each file, in their order, or leave --label out.",
        ));
    }
    if args.label.iter().any(|label| is_blank(label)) {
        return Err(CliError::usage("--label gives a name that is empty", "Give each file a name that can be seen."));
    }
    let stem = |path: &PathBuf| path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let whole = |path: &PathBuf| path.with_extension("").to_string_lossy().into_owned();
    let mut labels = match args.label.is_empty() {
        true => args.merge.iter().map(stem).collect(),
        false => args.label.clone(),
    };
    if args.label.is_empty() && repeated(&labels).is_some() {
        labels = args.merge.iter().map(whole).collect();
    }
    match repeated(&labels) {
        None => Ok(labels),
        Some(label) => Err(CliError::usage(
            format!("two reports would be called {label}"),
            "Name each file once, and tell them apart: --label NAME NAME …, a name for each file.",
        )),
    }
}

/// The first that was there before.
fn repeated<T: Ord>(all: &[T]) -> Option<&T> {
    let mut seen = BTreeSet::new();
    all.iter().find(|one| !seen.insert(*one))
}
