//! The reports of one run: for people and for programs, on standard output and in files, all at once.

use super::args::{Format, GroupBy, RunArgs};
use super::notices::Notice;
use super::output::{Product, ReportFile};
use super::runner_log::RunnerLog;
use super::setup::{RootKind, Setup};
use super::{CliError, Environment, Streams};
use crate::code_owners::{self, CodeOwners};
use crate::report::Sink;
use crate::report::concise::Concise;
use crate::report::github::Language;
use crate::report::github::{GitHub, MOST_SUMMARY_BYTES, Summary};
use crate::report::gitlab::GitLab;
use crate::report::human::{Human, Idle, Look, Styling, Verbosity};
use crate::report::json::Json;
use crate::report::junit::JUnit;
use crate::report::markdown::Markdown;
use crate::report::model::FileReport;
use crate::report::owned::Owned;
use crate::report::relocated::{Relocated, Relocation};
use crate::report::sarif::Sarif;
use crate::report::table::Table;
use crate::report::tally::Tally;
use crate::source::{self, Content, NotePath, Source, disk};
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

/// The files that the arguments name for reports.
pub(super) struct ReportFiles(Vec<(Format, ReportFile)>);

impl ReportFiles {
    /// Opens them all, before anything is judged.
    ///
    /// # Errors
    /// When one of them cannot take a report, or is named twice.
    pub(super) fn open(
        args: &RunArgs,
        setup: &Setup,
        source: Option<&dyn Source>,
        environment: &Environment,
    ) -> Result<Self, CliError> {
        let reports = &args.report.reports;
        let mut seen = Vec::new();
        for (_, name) in reports.in_files() {
            let target = disk::in_real_folder(&environment.folder.join(name));
            if seen.contains(&target) {
                return Err(CliError::usage(
                    format!("two reports would go to {}", name.display()),
                    "Name another file for each --output.",
                ));
            }
            seen.push(target);
        }
        let open = |(format, name)| {
            let file = ReportFile::open(Product::Report, name, &environment.folder, setup, source)?;
            Ok((format, file))
        };
        reports.in_files().map(open).collect::<Result<_, CliError>>().map(Self)
    }

    /// Puts the finished reports in their places.
    ///
    /// # Errors
    /// When one cannot be written.
    pub(super) fn publish(self) -> Result<(), CliError> {
        self.0.into_iter().try_for_each(|(_, file)| file.publish())
    }
}

/// Where the reports of a run are made.
pub(super) struct Desk<'a> {
    pub(super) args: &'a RunArgs,
    pub(super) setup: &'a Setup,
    pub(super) idle: Idle,
    pub(super) environment: &'a Environment,
    /// Where the job summary goes.
    pub(super) summary: Option<Summary<'a>>,
}

/// The job summary of GitHub Actions, where the report on standard output has one.
///
/// # Errors
/// When the arguments do not fit together, or a notice cannot be written. A summary that cannot be written is told about
/// and costs nothing: all findings are in the log then.
pub(super) fn summary<'a>(
    args: &RunArgs,
    environment: &Environment,
    streams: &mut Streams<'_>,
) -> Result<Option<Summary<'a>>, CliError> {
    let path = environment.actions.as_ref().and_then(|actions| actions.summary.as_ref());
    let Some(path) = path.filter(|_| of_output(args, environment) == Format::Github) else { return Ok(None) };
    match open_summary(path) {
        Ok((length, file)) => {
            let room = MOST_SUMMARY_BYTES.saturating_sub(usize::try_from(length).unwrap_or(usize::MAX));
            Ok(Some(Summary { out: Box::new(file), room }))
        }
        Err(error) => {
            let text = format!("the job summary cannot be written, so the log has all findings: {error}");
            Notice::warning(text).tell(args.report.note_text(), streams)?;
            Ok(None)
        }
    }
}

/// The job summary and how many bytes it holds. The service makes it outside of the repository, as a plain file: whoever
/// names a link, or a file of notes, is not that service.
fn open_summary(path: &Path) -> io::Result<(u64, File)> {
    let is_plain = path.symlink_metadata().map_or(true, |metadata| metadata.is_file());
    let name = Path::new(path.file_name().unwrap_or_default());
    let is_of_notes = source::looks_like_note(&NotePath::from_bytes(disk::path_bytes(name)));
    if !is_plain || is_of_notes {
        return Err(io::Error::other("GITHUB_STEP_SUMMARY names a link, or a file of notes"));
    }
    let file = File::options().append(true).create(true).open(path)?;
    Ok((file.metadata()?.len(), file))
}

/// The format of standard output, once `auto` is known.
fn of_output(args: &RunArgs, environment: &Environment) -> Format {
    match (args.report.reports.on_output(), &environment.actions) {
        (Format::Auto, Some(_)) => Format::Github,
        (Format::Auto, None) => Format::Human,
        (format, _) => format,
    }
}

/// Whether one of the reports is a table for reviewers.
pub(super) fn is_review(args: &RunArgs, environment: &Environment) -> bool {
    args.report.reports.has(Format::Markdown) || of_output(args, environment) == Format::Github
}

impl<'a> Desk<'a> {
    /// One sink that writes all reports.
    ///
    /// # Errors
    /// When the begin of a report cannot be written, or the arguments do not fit together.
    pub(super) fn sink(self, files: &ReportFiles, out: impl Write + 'a) -> Result<Box<dyn Sink + 'a>, CliError> {
        self.fit_grouping()?;
        let report = &self.args.report;
        let verbosity = match (report.quiet, report.verbose) {
            (true, _) => Verbosity::Quiet,
            (false, true) => Verbosity::Verbose,
            (false, false) => Verbosity::Normal,
        };
        let Environment { styling, width, .. } = *self.environment;
        let look = Look { styling, width, verbosity, idle: self.idle };
        let plain = Look { styling: Styling::Plain, idle: Idle::Counted, ..look };
        let mut sinks = Vec::new();
        for (format, file) in &files.0 {
            // What a program makes of a file later is not known now.
            let format = if *format == Format::Auto { Format::Human } else { *format };
            let sink = self.formatted(format, file.writer()?, plain, None)?;
            sinks.push(Relocated::boxed(sink, self.relocation(format)));
        }
        let owners = self.code_owners();
        let format = of_output(self.args, self.environment);
        let relocation = self.relocation(format);
        let (args, setup, idle, environment) = (self.args, self.setup, self.idle, self.environment);
        let summary = self.summary;
        let desk = Desk { args, setup, idle, environment, summary: None };
        let out = BufWriter::new(out);
        // Whatever the format is, the runner reads it: only the annotations are meant to be commands.
        let language = match format {
            _ if environment.actions.is_none() => None,
            Format::Github => None,
            Format::Json | Format::Sarif | Format::Gitlab => Some(Language::Json),
            Format::Junit => Some(Language::Xml),
            Format::Auto | Format::Human | Format::Concise | Format::Markdown | Format::Csv => Some(Language::Text),
        };
        let sink = match language {
            Some(language) => desk.formatted(format, RunnerLog::of(out, language), look, None)?,
            None => desk.formatted(format, out, look, summary)?,
        };
        sinks.push(Relocated::boxed(sink, relocation));
        Ok(Owned::boxed(Box::new(All(sinks)), owners))
    }

    fn formatted<'o>(
        &self,
        format: Format,
        out: impl Write + 'o,
        look: Look,
        summary: Option<Summary<'o>>,
    ) -> io::Result<Box<dyn Sink + 'o>> {
        let grouping = self.args.report.group_by.map(Into::into).unwrap_or_default();
        Ok(match format {
            Format::Auto | Format::Human => Box::new(Human::new(out, look)),
            Format::Concise => Box::new(Concise::new(out, look)),
            Format::Json => Box::new(Json::new(out)?),
            Format::Sarif => Box::new(Sarif::new(out)),
            Format::Github => Box::new(GitHub::new(out, look, grouping, summary)),
            Format::Gitlab => Box::new(GitLab::new(out)?),
            Format::Junit => Box::new(JUnit::new(out)),
            Format::Markdown => Box::new(Markdown::new(out, look, grouping)),
            Format::Csv => Box::new(Table::new(out)?),
        })
    }

    /// From where the paths of a report count. People and editors open files from where they stand; for programs a path
    /// of a repository is the same wherever they run.
    fn relocation(&self, format: Format) -> Option<Relocation> {
        match format {
            // A pseudonym is no path, and the way to it may name the customer.
            _ if self.args.report.redact => None,
            Format::Auto | Format::Human | Format::Concise => self.setup.from_here.clone(),
            _ => relocation_for_programs(self.setup, self.environment),
        }
    }

    /// Who answers for the files, as the work tree says; it changes no verdict.
    fn code_owners(&self) -> CodeOwners {
        let on_output = of_output(self.args, self.environment);
        let mut formats = self.args.report.reports.in_files().map(|(format, _)| format).chain([on_output]);
        // By a pseudonym nobody can be looked up.
        if self.args.report.redact || !formats.any(Format::tells_owners) {
            return CodeOwners::default();
        }
        code_owners_of(self.setup)
    }

    fn fit_grouping(&self) -> Result<(), CliError> {
        let report = &self.args.report;
        let is_used = is_review(self.args, self.environment);
        match report.group_by {
            Some(_) if !is_used => Err(CliError::usage(
                "--group-by has no effect: no report has groups",
                "Add `--format markdown`, or leave --group-by out.",
            )),
            Some(GroupBy::Codeowners) if report.redact => Err(CliError::usage(
                "--group-by codeowners needs the paths that --redact hides",
                "Use `--group-by owner`, or leave --redact out.",
            )),
            _ => Ok(()),
        }
    }
}

/// Who answers for the files of the work tree.
pub(super) fn code_owners_of(setup: &Setup) -> CodeOwners {
    let read = |place: &&str| match disk::read(&setup.root.join(place), code_owners::MOST_BYTES) {
        Content::Bytes(bytes) => Some(CodeOwners::parse(&String::from_utf8_lossy(&bytes))),
        Content::Absent | Content::Refused(_) | Content::SetAside(_) => None,
    };
    code_owners::PLACES.iter().find_map(read).unwrap_or_default()
}

/// From where the paths of a report count that programs or people elsewhere read.
pub(super) fn relocation_for_programs(setup: &Setup, environment: &Environment) -> Option<Relocation> {
    let Setup { root, kind, from_here, .. } = setup;
    match kind {
        // Whoever stands in the repository knows where its top is; from elsewhere such a path leads nowhere.
        RootKind::Repository if is_in(&environment.viewpoint, root) => None,
        RootKind::Repository => from_here.clone(),
        RootKind::Folder => Relocation::new(root, &environment.folder),
    }
}

/// Whether `folder` is `root` or lies below it.
fn is_in(folder: &Path, root: &Path) -> bool {
    let real = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
    real(folder).starts_with(real(root))
}

/// Several reports of one run.
struct All<'a>(Vec<Box<dyn Sink + 'a>>);

impl Sink for All<'_> {
    fn file(&mut self, file: &FileReport) -> io::Result<()> {
        self.0.iter_mut().try_for_each(|sink| sink.file(file))
    }

    fn finish(&mut self, tally: &Tally) -> io::Result<()> {
        self.0.iter_mut().try_for_each(|sink| sink.finish(tally))
    }
}
