//! `notegate fix`: mends what needs nobody's words.

use super::args::FixArgs;
use super::edits::{self, Draft, Opened, Refusal};
use super::progress::{Bar, Behind};
use super::setup::Setup;
use super::{CliError, Environment, Exit, Streams, notices};
use crate::config::Config;
use crate::edit::{Done, Mended, NewEntry, Refused};
use crate::engine::{Engine, NoteText, Progress as _};
use crate::report::escape;
use crate::report::tally::count;
use crate::source::worktree::WorkTree;
use crate::source::{Content, NamedPaths, NotePath, Source as _, disk};
use crate::yaml::Limits;
use std::io::Write;

/// What a run came to.
#[derive(Default)]
struct Outcome {
    files: usize,
    /// How much is mended, or would be, and in how many files.
    mended: usize,
    mended_files: usize,
    /// How much could be mended in files that could not be written.
    unwritten: usize,
    refusals: Vec<Refusal>,
    /// Files that could not be read.
    failures: Vec<Refusal>,
    /// Files that could not be written.
    unwritten_files: Vec<Refusal>,
}

/// Runs the command.
pub(super) fn run(args: &FixArgs, environment: &Environment, streams: &mut Streams<'_>) -> Result<Exit, CliError> {
    let message = args.message.as_deref().map(edits::message).transpose()?;
    let setup = Setup::find(&args.config.full(), &environment.folder, environment)?;
    setup.begin(&args.config.full(), NoteText::Shown, streams)?;
    let levels = setup.config.levels.clone().for_fixing();
    let config = Config { levels, ..setup.config.clone() };
    let engine = Engine { config: &config, ..edits::engine(&setup, args.today, environment) };
    let entry = message
        .map(|what| {
            Ok::<_, CliError>(NewEntry {
                date: engine.today.proposed(),
                who: edits::person(args.who.as_deref(), &setup)?,
                what,
            })
        })
        .transpose()?;
    let named = if args.force_exclude { NamedPaths::ObeyExcludes } else { NamedPaths::BeatExcludes };
    let tree = WorkTree::new(setup.root.clone(), &setup.config.files, Limits::default().file_bytes).with_named(
        &environment.folder,
        args.paths.clone(),
        named,
    );
    let listing = tree.list()?;
    notices::tell(&notices::empty_folders(listing.empty_folders()), NoteText::Shown, streams)?;
    let mut outcome = Outcome::default();
    let paths: Vec<NotePath> = listing.paths()?.into_iter().filter(|path| listing.set_aside(path).is_none()).collect();
    let (bar, total) = (Bar::new(environment.error_stream), paths.len());
    let mut behind = Behind::new(&bar, &mut *streams.output);
    for (done, path) in paths.into_iter().enumerate() {
        bar.examined(done, total);
        let opened = Opened {
            file: setup.root.join(disk::bytes_path(path.as_bytes())),
            shown: edits::shown(&path, setup.from_here.as_ref()),
            path,
        };
        outcome.files += 1;
        let Some(draft) = outcome.mend(&opened, &setup, &engine, entry.as_ref()) else { continue };
        outcome.take(&draft, args, &mut behind)?;
    }
    bar.examined(total, total);
    outcome.finish(args, streams)
}

impl Outcome {
    /// The file as it is to be; nothing when it stays as it is.
    fn mend(&mut self, opened: &Opened, setup: &Setup, engine: &Engine<'_>, entry: Option<&NewEntry>) -> Option<Draft> {
        let bytes = match disk::read_below(&setup.root, &opened.path, Limits::default().file_bytes) {
            Content::Bytes(bytes) => bytes,
            _ => {
                self.failures.extend(edits::bytes(opened).err());
                return None;
            }
        };
        let rules = engine.config.rules_of(&opened.path);
        let editor = engine.editor(&rules);
        let original = match editor.open(bytes, engine.config.files.documents_of(&opened.path)) {
            Ok(original) => original,
            Err(error) => {
                self.refusals.push(Refusal::of_edit(&opened.shown, 1, &error));
                return None;
            }
        };
        let before = original.bytes().to_vec();
        let Mended { file, done, refused } = editor.mend(original, entry);
        self.refusals.extend(refused.into_iter().map(|refused| refusal(refused, opened)));
        if done.is_empty() {
            return None;
        }
        let told = |Done { rule, line, message }: Done| format!("{}:{line}: {message} [{rule}]", opened.shown);
        Some(Draft {
            file: opened.file.clone(),
            shown: opened.shown.clone(),
            before,
            after: file.text().as_str().to_owned(),
            told: done.into_iter().map(told).collect(),
        })
    }

    /// Shows or writes a file.
    fn take(&mut self, draft: &Draft, args: &FixArgs, output: &mut dyn Write) -> Result<(), CliError> {
        let is_dry = args.check || args.diff;
        if let Err(failure) = if is_dry { edits::writable(draft) } else { edits::write(draft) } {
            self.unwritten += draft.told.len();
            self.unwritten_files.push(failure);
            return Ok(());
        }
        self.mended += draft.told.len();
        self.mended_files += 1;
        if args.diff {
            return edits::write_diff(draft, output);
        }
        draft.told.iter().try_for_each(|line| writeln!(output, "{}", escape::line(line)))?;
        Ok(())
    }

    /// Says what was refused and counts, and how the run ends.
    fn finish(self, args: &FixArgs, streams: &mut Streams<'_>) -> Result<Exit, CliError> {
        let failures = || self.failures.iter().chain(&self.unwritten_files);
        self.refusals.iter().chain(failures()).try_for_each(|refusal| refusal.tell(streams))?;
        let is_dry = args.check || args.diff;
        let verb = if is_dry { "to fix" } else { "fixed" };
        let of = match self.mended_files {
            0 => String::new(),
            files => format!(" in {}", count(files, "file")),
        };
        let line = format!(
            "{}: {} {verb}{of}, {} left to you",
            count(self.files, "file"),
            self.mended,
            self.refusals.len() + self.failures.len() + self.unwritten
        );
        // A diff may be handed to another program.
        let out = if args.diff { &mut *streams.error } else { &mut *streams.output };
        writeln!(out, "{line}")?;
        Ok(match () {
            () if failures().next().is_some() => Exit::Unexamined,
            () if !self.refusals.is_empty() || args.check && self.mended > 0 => Exit::Blocked,
            () => Exit::Passed,
        })
    }
}

fn refusal(refused: Refused, opened: &Opened) -> Refusal {
    let Refused { rule, line, message, why, help } = refused;
    Refusal {
        place: format!("{}:{line}", opened.shown),
        message: format!("{message}; not fixed, because {why} [{rule}]"),
        help,
    }
}
