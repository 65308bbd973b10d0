//! What a run starts from: its root, its configuration, its playbook.

use super::args::{ConfigArgs, ConfigFrom};
use super::{Environment, Failure};
use crate::config::{self, Config};
use crate::playbook::Playbook;
use crate::source::worktree;
use crate::source::{ChangeSet, Content, Moment, NotePath};
use std::fs;
use std::io::{ErrorKind, Read as _};
use std::path::{Path, PathBuf};

/// What a run starts from.
#[derive(Debug)]
pub(super) struct Setup {
    /// What the paths of the report are relative to.
    pub(super) root: PathBuf,
    /// What the team sets.
    pub(super) config: Config,
    /// The guidance, with what the team adds.
    pub(super) playbook: Playbook,
}

impl Setup {
    /// The setup of a run over files: the root is the repository that `start` lies in, else `start` itself; the
    /// configuration is the one named by the arguments or the environment, else that of the root.
    pub(super) fn find(args: &ConfigArgs, start: &Path, environment: &Environment) -> Result<Self, Failure> {
        let root = repository_root(start).unwrap_or(start).to_path_buf();
        let config = match args.config.as_ref().or(environment.config.as_ref()) {
            _ if args.no_config => Config::default(),
            Some(path) => named(&environment.folder.join(path), &path.to_string_lossy())?,
            None => of_root(&root)?,
        };
        Ok(Self::new(root, config))
    }

    /// The setups of a run over a change in git: the configuration is the one named, else notegate.yaml as it was at the
    /// moment that the arguments name, else at `usual`. There is more than one where a change builds on several commits
    /// that differ in it; see [`super::judging::strictest`].
    pub(super) fn of_change(
        args: &ConfigArgs,
        changes: &ChangeSet,
        usual: Moment,
        environment: &Environment,
    ) -> Result<Vec<Self>, Failure> {
        let moment = match args.config_from {
            None => usual,
            Some(ConfigFrom::Base) => Moment::Base,
            Some(ConfigFrom::Head) => Moment::After,
            Some(ConfigFrom::Worktree) => return Ok(vec![Self::find(args, &environment.folder, environment)?]),
        };
        if args.no_config || args.config.is_some() || environment.config.is_some() {
            return Ok(vec![Self::find(args, &environment.folder, environment)?]);
        }
        let path = NotePath::from_bytes(config::FILE_NAME);
        let name = match moment {
            Moment::Base => format!("{} before the change", config::FILE_NAME),
            Moment::After => config::FILE_NAME.to_owned(),
        };
        let setup = |content| Ok(Self::new(environment.folder.clone(), of_content(content, &name)?));
        changes.files_at(moment, &path)?.into_iter().map(setup).collect()
    }

    /// The setup of a run with a configuration at hand.
    pub(super) fn new(root: PathBuf, config: Config) -> Self {
        let playbook = Playbook::with(&config.playbook);
        Self { root, config, playbook }
    }
}

/// The nearest folder at or above `start` that holds a `.git`.
fn repository_root(start: &Path) -> Option<&Path> {
    start.ancestors().find(|folder| folder.join(".git").symlink_metadata().is_ok())
}

/// The configuration that somebody named; it has to be there, and may be a link or a pipe.
fn named(path: &Path, name: &str) -> Result<Config, Failure> {
    let mut bytes = Vec::new();
    // One byte over the limit is enough for the configuration to be refused as too large.
    match fs::File::open(path).and_then(|file| file.take(config::MOST_BYTES + 1).read_to_end(&mut bytes)) {
        Ok(_) => parse(bytes, name),
        Err(error) => Err(Failure::usage(
            format!("the configuration {name} could not be read: {error}"),
            "Check the spelling and the rights of the file, or leave the configuration out with --no-config.",
        )),
    }
}

/// The configuration of the root, if there is one. A repository may be anybody's, so no link in it is followed.
fn of_root(root: &Path) -> Result<Config, Failure> {
    let path = root.join(config::FILE_NAME);
    let is_absent = path.symlink_metadata().is_err_and(|error| error.kind() == ErrorKind::NotFound);
    let content = if is_absent { Content::Absent } else { worktree::read(&path, config::MOST_BYTES) };
    of_content(content, config::FILE_NAME)
}

fn of_content(content: Content, name: &str) -> Result<Config, Failure> {
    match content {
        Content::Bytes(bytes) => parse(bytes, name),
        Content::Absent => Ok(Config::default()),
        Content::Refused(_) => Err(Failure::usage(
            format!("the configuration {name} is no file that can be read"),
            format!("Put a plain file of at most {} bytes there, or use none with --no-config.", config::MOST_BYTES),
        )),
    }
}

fn parse(bytes: Vec<u8>, name: &str) -> Result<Config, Failure> {
    config::load(bytes, name).map_err(|problems| Failure::usage(problems.to_string(), problems.help()))
}
