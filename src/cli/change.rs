//! `notegate check` over a change in git: what is staged, a range, or one commit.

use super::args::{ChangeArgs, CheckArgs, ConfigArgs, ConfigFrom};
use super::judging::{Authors, Occasion};
use super::notices::Notice;
use super::setup::{RulesFile, Setup};
use super::{CliError, Environment, Exit, Streams, check, judging, notices};
use crate::engine::NoteText;
use crate::report::tally::count;
use crate::shell;
use crate::source::git::RepoLocation;
use crate::source::{
    ChangeSet, FileSelection, Lineage, NotePath, Revision, Seeker, Selected, Source as _, SourceError, disk, range,
    revision, staged,
};
use crate::yaml::Limits;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// A change that the arguments name.
#[derive(Debug, Clone, Copy)]
pub(super) enum Change<'a> {
    Staged,
    Range { from: &'a str, to: &'a str, lineage: Option<Lineage<'a>> },
    Commit(&'a str),
}

impl<'a> Change<'a> {
    /// The change that the arguments name; nothing when they name none.
    pub(super) fn of(args: &'a ChangeArgs) -> Option<Self> {
        match (args.staged, &args.from, &args.rev) {
            (true, ..) => Some(Self::Staged),
            (_, Some(from), _) => Some(Self::Range { from, to: &args.to, lineage: args.lineage() }),
            (.., Some(rev)) => Some(Self::Commit(rev)),
            (false, None, None) => None,
        }
    }

    pub(super) fn read(self) -> Result<ChangeSet, SourceError> {
        let place = &RepoLocation::Environment;
        let limit = Limits::default().file_bytes;
        match self {
            // Git announces the parents of a merge to its own hook only.
            Self::Staged => staged::staged(place, &[], limit),
            Self::Range { from, to, lineage } => range::range(place, (from, lineage), to, limit),
            Self::Commit(name) => revision::revision(place, name, limit),
        }
    }

    /// From when the configuration is taken unless the arguments say so.
    fn usual_moment(self) -> Revision {
        match self {
            Self::Range { .. } => Revision::Base,
            Self::Staged | Self::Commit(_) => Revision::After,
        }
    }

    /// What is staged was written here; commits were written anywhere.
    pub(super) fn authors(self) -> Authors {
        match self {
            Self::Staged => Authors::Here,
            Self::Range { .. } | Self::Commit(_) => Authors::Anywhere,
        }
    }

    /// Runs `check` over the change.
    pub(super) fn run(
        self,
        args: &CheckArgs,
        environment: &Environment,
        streams: &mut Streams<'_>,
    ) -> Result<Exit, CliError> {
        let changes = self.read()?;
        let note_text = args.run.report.note_text();
        tell_notice(&changes, note_text, streams)?;
        // A range without an old side has no rules from before it.
        let moment = if changes.has_base() { self.usual_moment() } else { Revision::After };
        let setups = Setup::of_change(&args.run.config, &changes, moment, environment)?;
        // A wrong path is told before anything is judged: what it leaves out must not choose the configuration.
        let named = self.named(&args.paths, &changes, environment)?;
        let choices = setups.iter().map(|setup| {
            let source = Selected::new(&changes, &setup.config.files);
            (setup, source.with_named(named.clone(), check::named_paths(args.force_exclude)))
        });
        let (setup, source) =
            judging::strictest(choices.collect(), &args.run, Occasion::of(self.authors()), environment, streams)?;
        if let Some(exit) = setup.begin(&args.run.config, note_text, streams)? {
            return Ok(exit);
        }
        if matches!(self, Self::Range { .. }) && changes.has_base() {
            tell_changed_rules(&args.run.config, &changes, &setups, note_text, streams)?;
            check_new_rules(&args.run.config, &changes, &setups, note_text, environment, streams)?;
        }
        if matches!(self, Self::Staged) && args.paths.is_empty() {
            tell_idle_patterns(&source, setup, &changes, note_text, streams)?;
        }
        if let Self::Commit(_) = self {
            let mut seen = idle_parts(&source, &setup.config.files, &args.paths, &changes)?;
            if seen.is_empty() && args.paths.is_empty() && source.paths()?.is_empty() {
                seen.push(notices::nothing_examined(Seeker::Check));
            }
            notices::tell(&seen, note_text, streams)?;
        }
        let exit = check::finish(&source, setup, args, self.authors(), environment, streams)?;
        tell_untouched(&changes, streams)?;
        Ok(exit)
    }

    /// The named files and folders, as paths from the root of the repository.
    ///
    /// # Errors
    /// When the change does not know one of them.
    pub(super) fn named(
        self,
        paths: &[PathBuf],
        changes: &ChangeSet,
        environment: &Environment,
    ) -> Result<Vec<NotePath>, CliError> {
        let named = named(paths, changes, environment)?;
        for (path, written) in named.iter().zip(paths) {
            if !changes.knows(path)? {
                return Err(self.not_there(written, changes, environment));
            }
        }
        Ok(named)
    }

    /// The error for a named path that the change does not know.
    fn not_there(self, written: &Path, changes: &ChangeSet, environment: &Environment) -> CliError {
        let path = written.display();
        let message = match self {
            Self::Staged => format!("neither the index nor the last commit has a file or folder `{path}`"),
            Self::Range { to, .. } if !changes.has_base() => {
                format!("there is no file or folder `{path}` in `{to}`, and no earlier commit to look in")
            }
            Self::Range { from, to, .. } => {
                format!("there is no file or folder `{path}` where the branch left `{from}`, and none in `{to}`")
            }
            Self::Commit(name) => format!("the commit `{name}` has no file or folder `{path}`"),
        };
        let is_on_disk = environment.folder.join(written).symlink_metadata().is_ok();
        let help = match self {
            Self::Staged if is_on_disk => format!("Stage it first: git add {}", shell::path(written)),
            _ if is_on_disk => {
                let path = shell::path(written);
                format!("It lies in the work tree alone; to judge it there run: notegate check {path}")
            }
            _ => "Check the spelling; paths count from the current folder.".to_owned(),
        };
        CliError::usage(message, help)
    }
}

/// Warnings of patterns or named folders that lead to nothing in a whole commit.
pub(super) fn idle_parts(
    source: &Selected<'_>,
    files: &FileSelection,
    written: &[PathBuf],
    changes: &ChangeSet,
) -> Result<Vec<Notice>, CliError> {
    let is_root = |path: &NotePath| path.as_bytes().is_empty();
    if written.is_empty() || source.named().iter().any(is_root) {
        let every_path = || changes.every_path().unwrap_or_default();
        return Ok(notices::idle_patterns(&source.idle_patterns()?, files, every_path));
    }
    let paths = source.paths()?;
    let is_empty = |name: &NotePath| !paths.iter().any(|path| path.is_in(name));
    let empty = source.named().iter().zip(written).filter(|(name, _)| is_empty(name));
    let empty: Vec<PathBuf> = empty.map(|(_, written)| written.clone()).collect();
    Ok(notices::empty_folders(&empty))
}

/// Tells which patterns match nothing where the change brings the configuration: whoever writes it can still mend it. To
/// list all files takes time, so another change is not asked.
pub(super) fn tell_idle_patterns(
    source: &Selected<'_>,
    setup: &Setup,
    changes: &ChangeSet,
    note_text: NoteText,
    streams: &mut Streams<'_>,
) -> Result<(), CliError> {
    if !setup.files_of_rules().iter().any(|file| changes.touches(&file.path)) {
        return Ok(());
    }
    let every_path = || changes.every_path().unwrap_or_default();
    let seen = notices::idle_patterns(&source.idle_patterns()?, &setup.config.files, every_path);
    notices::tell(&seen, note_text, streams)
}

/// Tells what is unusual about a change as a whole.
pub(super) fn tell_notice(changes: &ChangeSet, note_text: NoteText, streams: &mut Streams<'_>) -> Result<(), CliError> {
    let Some(notice) = changes.notice() else { return Ok(()) };
    Notice::remark(notice.redacted).or_in_full(&*notice.text).tell(note_text, streams)
}

/// Tells when a range edits the rules, and which ones hold.
pub(super) fn tell_changed_rules(
    args: &ConfigArgs,
    changes: &ChangeSet,
    setups: &[Setup],
    note_text: NoteText,
    streams: &mut Streams<'_>,
) -> Result<(), CliError> {
    let files: BTreeSet<RulesFile> = setups.iter().flat_map(Setup::files_of_rules).collect();
    let holds = match args.config_from {
        None | Some(ConfigFrom::Base) => "the rules from before the change apply",
        Some(ConfigFrom::Head) => "its own rules apply, as --config-from head asks",
        Some(ConfigFrom::Worktree) => "the rules of the work tree apply, as --config-from worktree asks",
    };
    for file in files.iter().filter(|file| changes.touches(&file.path)) {
        let full = format!("this change edits {}; {holds}", file.shown);
        Notice::remark(format!("this change edits {}; {holds}", file.what))
            .or_in_full(full)
            .tell(note_text, streams)?;
    }
    Ok(())
}

/// Looks at the configuration that a range brings, which does not decide about the range and will about all later ones:
/// patterns that match nothing are told, and so is what keeps it from being used. It blocks nothing: the first run that
/// takes its rules from there ends with an error.
///
/// # Errors
/// When the repository cannot be read, or a message cannot be written.
pub(super) fn check_new_rules(
    args: &ConfigArgs,
    changes: &ChangeSet,
    setups: &[Setup],
    note_text: NoteText,
    environment: &Environment,
    streams: &mut Streams<'_>,
) -> Result<(), CliError> {
    let is_named = args.no_config || args.config.is_some() || environment.config.is_some();
    let is_of_base = !is_named && matches!(args.config_from, None | Some(ConfigFrom::Base));
    let is_touched = || setups.iter().flat_map(Setup::files_of_rules).any(|file| changes.touches(&file.path));
    if !is_of_base || !is_touched() {
        return Ok(());
    }
    let args = ConfigArgs { config_from: Some(ConfigFrom::Head), ..args.clone() };
    let setups = match Setup::of_change(&args, changes, Revision::After, environment) {
        Ok(setups) => setups,
        Err(CliError::Configuration { message, .. }) => {
            let text = "the configuration that this change brings cannot be used, so runs that take their rules from it \
                        will end with an error";
            return Notice::warning(text).or_in_full(format!("{text}: {message}")).tell(note_text, streams);
        }
        Err(other) => return Err(other),
    };
    for setup in setups {
        let source = Selected::new(changes, &setup.config.files);
        tell_idle_patterns(&source, &setup, changes, note_text, streams)?;
    }
    Ok(())
}

/// Tells what a partial clone did not have of the files that the change is compared with.
pub(super) fn tell_untouched(changes: &ChangeSet, streams: &mut Streams<'_>) -> Result<(), CliError> {
    let (fetched, left_out) = (changes.fetched(), changes.left_out());
    if fetched > 0 {
        let verb = if fetched == 1 { "was" } else { "were" };
        let files = count(fetched, "file");
        let text = format!("{files} that the change does not touch {verb} fetched, for duplicate-record to look there");
        Notice::remark(text).tell(NoteText::Shown, streams)?;
    }
    if left_out > 0 {
        let verb = if left_out == 1 { "is" } else { "are" };
        let files = count(left_out, "file");
        let text = format!(
            "{files} beside the change {verb} not in this clone, so copied-note and duplicate-record did not look there"
        );
        Notice::remark(text).tell(NoteText::Shown, streams)?;
    }
    Ok(())
}

/// The named files and folders, as paths from the root of the repository.
pub(super) fn named(
    paths: &[PathBuf],
    changes: &ChangeSet,
    environment: &Environment,
) -> Result<Vec<NotePath>, CliError> {
    named_below(paths, changes.work_tree()?, environment)
}

/// The same below `root`, the top of the work tree; nothing in a bare repository.
pub(super) fn named_below(
    paths: &[PathBuf],
    root: Option<PathBuf>,
    environment: &Environment,
) -> Result<Vec<NotePath>, CliError> {
    if paths.is_empty() {
        return Ok(Vec::new());
    }
    // In a bare repository there is no folder to stand in: names count from the root.
    let (root, folder) = match root.map(|root| root.canonicalize().unwrap_or(root)) {
        Some(root) => (root, environment.folder.canonicalize().unwrap_or_else(|_| environment.folder.clone())),
        None => (PathBuf::from("/"), PathBuf::from("/")),
    };
    paths.iter().map(|path| from_root(path, &root, &folder)).collect()
}

fn from_root(path: &Path, root: &Path, folder: &Path) -> Result<NotePath, CliError> {
    let absolute = disk::lexically_plain(&folder.join(path));
    let inside = absolute.strip_prefix(root).map_err(|_| {
        CliError::usage(
            format!("{} lies outside the repository", path.display()),
            format!("Name files below {}.", root.display()),
        )
    })?;
    Ok(NotePath::from_bytes(disk::path_bytes(inside)))
}
