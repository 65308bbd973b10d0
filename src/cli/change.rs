//! `notegate check` over a change in git: what is staged, a range, or one commit.

use super::args::{ChangeArgs, CheckArgs, ConfigArgs, ConfigFrom};
use super::judging::Authors;
use super::setup::Setup;
use super::{Environment, Exit, Failure, Streams, check};
use crate::config;
use crate::playbook::Playbook;
use crate::source::git::{self, Place};
use crate::source::{ChangeSet, Moment, NotePath, Selected, SourceError, range, revision, staged};
use crate::yaml::Limits;
use std::path::{Component, Path, PathBuf};
use std::thread;

/// A change that the arguments name.
#[derive(Debug, Clone, Copy)]
pub(super) enum Change<'a> {
    Staged,
    Range { from: &'a str, to: &'a str },
    Commit(&'a str),
}

impl<'a> Change<'a> {
    /// The change that the arguments name; nothing when they name none.
    pub(super) fn of(args: &'a ChangeArgs) -> Option<Self> {
        match (args.staged, &args.from, &args.rev) {
            (true, ..) => Some(Self::Staged),
            (_, Some(from), _) => Some(Self::Range { from, to: &args.to }),
            (.., Some(rev)) => Some(Self::Commit(rev)),
            (false, None, None) => None,
        }
    }

    fn read(self, environment: &Environment) -> Result<ChangeSet, SourceError> {
        let place = &Place::Environment;
        let limit = Limits::default().file_bytes;
        match self {
            Self::Staged => staged::staged(place, &environment.merge_parents, limit),
            Self::Range { from, to } => range::range(place, from, to, limit),
            Self::Commit(name) => revision::revision(place, name, limit),
        }
    }

    /// From when the configuration is taken unless the arguments say so.
    fn usual_moment(self) -> Moment {
        match self {
            Self::Range { .. } => Moment::Base,
            Self::Staged | Self::Commit(_) => Moment::After,
        }
    }

    /// What is staged was written here; commits were written anywhere.
    fn authors(self) -> Authors {
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
    ) -> Result<Exit, Failure> {
        let changes = beside_playbook(|| self.read(environment))?;
        let setup = Setup::of_change(&args.run.config, &changes, self.usual_moment(), environment)?;
        if args.run.config.print_config {
            streams.output.write_all(setup.config.to_yaml().as_bytes())?;
            return Ok(Exit::Passed);
        }
        if let Self::Range { .. } = self {
            tell_changed_rules(&args.run.config, &changes, streams)?;
        }
        let named = named(&args.paths, environment)?;
        let source = Selected::new(&changes, &setup.config.files).with_named(named);
        check::finish(&source, &setup, args, self.authors(), environment, streams)
    }
}

/// Reads a change while another core compiles the playbook: both take as long, and the next step needs both. Where the
/// system gives no thread, the playbook is compiled when it is needed.
pub(super) fn beside_playbook<T>(read: impl FnOnce() -> T) -> T {
    thread::scope(|scope| {
        // The size is given so that no variable of the environment can set it.
        let builder = thread::Builder::new().stack_size(2 * 1024 * 1024);
        let _no_thread_is_no_error = builder.spawn_scoped(scope, Playbook::built_in);
        read()
    })
}

/// Tells when a range edits the rules, and which ones hold.
pub(super) fn tell_changed_rules(
    args: &ConfigArgs,
    changes: &ChangeSet,
    streams: &mut Streams<'_>,
) -> Result<(), Failure> {
    let name = config::FILE_NAME;
    if !changes.touches(&NotePath::from_bytes(name)) {
        return Ok(());
    }
    let holds = match args.config_from {
        None | Some(ConfigFrom::Base) => "the rules from before the change hold",
        Some(ConfigFrom::Head) => "its own rules hold, as --config-from head asks",
        Some(ConfigFrom::Worktree) => "the rules of the work tree hold, as --config-from worktree asks",
    };
    writeln!(streams.error, "notegate: notice: this change edits {name}; {holds}")?;
    Ok(())
}

/// The named files and folders, as paths from the root of the repository.
fn named(paths: &[PathBuf], environment: &Environment) -> Result<Vec<NotePath>, Failure> {
    if paths.is_empty() {
        return Ok(Vec::new());
    }
    let root = git::work_tree(&Place::Environment)?;
    let root = root.map(|root| root.canonicalize().unwrap_or(root));
    paths.iter().map(|path| from_root(path, root.as_deref(), environment)).collect()
}

fn from_root(path: &Path, root: Option<&Path>, environment: &Environment) -> Result<NotePath, Failure> {
    // In a bare repository there is no folder to stand in: names count from the root.
    let Some(root) = root else { return Ok(NotePath::from_bytes(path.to_string_lossy().into_owned())) };
    let mut absolute = environment.folder.canonicalize().unwrap_or_else(|_| environment.folder.clone());
    for part in path.components() {
        match part {
            Component::ParentDir => {
                absolute.pop();
            }
            Component::CurDir => {}
            other => absolute.push(other),
        }
    }
    let inside = absolute.strip_prefix(root).map_err(|_| {
        Failure::usage(
            format!("{} lies outside the repository", path.display()),
            format!("Name files below {}.", root.display()),
        )
    })?;
    let names: Vec<&[u8]> = inside.components().map(|part| part.as_os_str().as_encoded_bytes()).collect();
    Ok(NotePath::from_bytes(names.join(b"/".as_slice())))
}
