//! What a run starts from: its root, its configuration, its playbook.

use super::args::{ConfigArgs, ConfigFrom};
use super::notices::Notice;
use super::{CliError, Environment, Exit, Streams, notices};
use crate::config::{self, Config, ConfigProblems};
use crate::engine::NoteText;
use crate::playbook::Playbook;
use crate::report::escape;
use crate::report::relocated::Relocation;
use crate::shell;
use crate::source::disk::{self, in_real_folder};
use crate::source::{self, ChangeSet, Content, NotePath, Revision, worktree};
use std::fs;
use std::io::{ErrorKind, Read as _};
use std::path::{Path, PathBuf};

/// What a run starts from.
#[derive(Debug)]
pub(super) struct Setup {
    /// What the patterns of the configuration, and the paths of the files, are relative to.
    pub(super) root: PathBuf,
    /// What the root is.
    pub(super) kind: RootKind,
    /// What the team sets.
    pub(super) config: Config,
    /// The guidance, with what the team adds.
    pub(super) playbook: Playbook,
    /// The configuration that was named for this run, absolute, as named and as it really lies.
    pub(super) named_configuration: Vec<PathBuf>,
    /// The way from the root to where the person stands; nothing when the person stands there.
    pub(super) from_here: Option<Relocation>,
    /// What the run should say before anything else.
    warnings: Vec<Notice>,
}

/// What the root of a run is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RootKind {
    /// The top of a repository: paths from there mean the same on every machine.
    Repository,
    /// Some folder.
    Folder,
}

impl Setup {
    /// The setup of a run over files: the root is the repository that `start` lies in, else `start` itself; the
    /// configuration is the one named by the arguments or the environment, else that of the root.
    pub(super) fn find(args: &ConfigArgs, start: &Path, environment: &Environment) -> Result<Self, CliError> {
        match repository_root(start) {
            Some(root) => Self::at(root, RootKind::Repository, args, environment),
            None => Self::at(start, RootKind::Folder, args, environment),
        }
    }

    fn at(root: &Path, kind: RootKind, args: &ConfigArgs, environment: &Environment) -> Result<Self, CliError> {
        let site = Site::new(root, environment);
        let mut warnings = Vec::new();
        let mut named_configuration = Vec::new();
        let every_path = || worktree::every_path(root).unwrap_or_default();
        let mut config = match args.config.as_ref().or(environment.config.as_ref()) {
            _ if args.no_config => Config::default(),
            Some(path) => {
                let file = environment.folder.join(path);
                named_configuration.push(in_real_folder(&file));
                named_configuration.extend(file.canonicalize());
                named(&file, &path.to_string_lossy(), every_path)?
            }
            None => of_root(&site, &mut warnings, every_path)?,
        };
        for file in &named_configuration {
            if let Ok(inside) = file.strip_prefix(root) {
                config.files.add_configuration(NotePath::from_bytes(disk::path_bytes(inside)));
            }
        }
        Ok(Self { named_configuration, warnings, ..Self::new(site, kind, config) })
    }

    /// The setups of a run over a change in git: the configuration is the one named, else notegate.yaml as it was at the
    /// moment that the arguments name, else at `usual`. There is more than one where a change builds on several commits
    /// that differ in it; see [`super::judging::strictest`].
    pub(super) fn of_change(
        args: &ConfigArgs,
        changes: &ChangeSet,
        usual: Revision,
        environment: &Environment,
    ) -> Result<Vec<Self>, CliError> {
        let root = changes.work_tree()?.unwrap_or_else(|| environment.folder.clone());
        let root = root.canonicalize().unwrap_or(root);
        let is_named = args.no_config || args.config.is_some() || environment.config.is_some();
        let moment = match args.config_from {
            _ if is_named => None,
            None => Some(usual),
            Some(ConfigFrom::Base) => Some(Revision::Base),
            Some(ConfigFrom::Head) => Some(Revision::After),
            Some(ConfigFrom::Worktree) => None,
        };
        let Some(moment) = moment else {
            return Ok(vec![Self::at(&root, RootKind::Repository, args, environment)?]);
        };
        let site = Site::new(&root, environment);
        let setup = |(config, warnings)| Self { warnings, ..Self::new(site.clone(), RootKind::Repository, config) };
        Ok(of_moment(changes, moment, &site)?.into_iter().map(setup).collect())
    }

    fn new(Site { root, from_here }: Site, kind: RootKind, config: Config) -> Self {
        let playbook = Playbook::with(&config.playbook);
        Self { root, kind, config, playbook, named_configuration: Vec::new(), from_here, warnings: Vec::new() }
    }

    /// Starts a command: says what was seen on the way to the configuration, and prints that, which ends the run, where
    /// the arguments ask for it.
    pub(super) fn begin(
        &self,
        args: &ConfigArgs,
        note_text: NoteText,
        streams: &mut Streams<'_>,
    ) -> Result<Option<Exit>, CliError> {
        notices::tell(&self.warnings, note_text, streams)?;
        if !args.print_config {
            return Ok(None);
        }
        streams.output.write_all(escape::block(&self.config.to_yaml()).as_bytes())?;
        Ok(Some(Exit::Passed))
    }

    /// What was seen on the way to the configuration.
    pub(super) fn warnings(&self) -> &[Notice] {
        &self.warnings
    }
}

/// Where a run takes place.
#[derive(Debug, Clone)]
struct Site {
    root: PathBuf,
    from_here: Option<Relocation>,
}

impl Site {
    fn new(root: &Path, environment: &Environment) -> Self {
        Self { root: root.to_path_buf(), from_here: Relocation::new(root, &environment.viewpoint) }
    }

    /// The path of a file at the root as the person sees it.
    fn shown(&self, name: &str) -> String {
        self.from_here.as_ref().map_or_else(|| name.to_owned(), |from_here| from_here.apply(name))
    }
}

/// The nearest folder at or above `start` that holds a `.git`.
fn repository_root(start: &Path) -> Option<&Path> {
    start.ancestors().find(|folder| folder.join(".git").symlink_metadata().is_ok())
}

/// The configuration that somebody named; it has to be there, and may be a link or a pipe.
fn named(path: &Path, name: &str, every_path: impl FnOnce() -> Vec<NotePath>) -> Result<Config, CliError> {
    let mut bytes = Vec::new();
    // One byte over the limit is enough for the configuration to be refused as too large.
    match fs::File::open(path).and_then(|file| file.take(config::MOST_BYTES + 1).read_to_end(&mut bytes)) {
        Ok(_) => parse(bytes, name, every_path),
        Err(error) => Err(CliError::usage(
            format!("the configuration {name} could not be read: {error}"),
            "Check the spelling and the permissions of the file, or leave the configuration out with --no-config.",
        )),
    }
}

/// The configuration of the root, if there is one. A repository may be anybody's, so no link in it is followed.
fn of_root(
    site: &Site,
    warnings: &mut Vec<Notice>,
    every_path: impl FnOnce() -> Vec<NotePath>,
) -> Result<Config, CliError> {
    let root = &site.root;
    let path = root.join(config::FILE_NAME);
    if let Some(near) = misnamed_in(root) {
        if !names(root).any(|name| name == config::FILE_NAME) {
            return Err(misnamed(&site.shown(&near), &site.shown(config::FILE_NAME)));
        }
        warnings.push(not_read(&near, site));
    }
    warnings.extend(in_folders(root).map(|path| not_at_root(&path, site)));
    let is_absent = path.symlink_metadata().is_err_and(|error| error.kind() == ErrorKind::NotFound);
    let content = if is_absent { Content::Absent } else { disk::read(&path, config::MOST_BYTES) };
    of_content(content, &site.shown(config::FILE_NAME), every_path)
}

/// The configurations that stand in a folder of `root`, where they are never read. Links are not followed, and what
/// another repository in such a folder sets is its own matter.
fn in_folders(root: &Path) -> impl Iterator<Item = String> {
    let entries = fs::read_dir(root).into_iter().flatten().filter_map(Result::ok);
    let folders = entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()));
    let found = folders.filter(|folder| {
        let is_there = |name: &str| folder.path().join(name).symlink_metadata().is_ok();
        is_there(config::FILE_NAME) && !is_there(".git")
    });
    let mut names: Vec<String> = found.map(|folder| folder.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names.into_iter().map(|folder| format!("{folder}/{}", config::FILE_NAME))
}

/// Where people keep configurations who do not keep them at the root.
const FOLDERS: [&str; 3] = ["config", ".config", ".github"];

/// The same, of the folders at a moment of a change in which configurations are kept.
fn in_folders_of_change(changes: &ChangeSet, site: &Site) -> Result<Vec<Notice>, CliError> {
    let mut notices = Vec::new();
    for folder in FOLDERS {
        let path = format!("{folder}/{}", config::FILE_NAME);
        if changes.knows(&NotePath::from_bytes(path.as_str()))? {
            notices.push(not_at_root(&path, site));
        }
    }
    Ok(notices)
}

fn not_at_root(path: &str, site: &Site) -> Notice {
    let rest = "is not read: only the one at the root is. Move it there, or name it with --config.";
    Notice::warning(format!("a configuration in a folder {rest}")).or_in_full(format!("`{}` {rest}", site.shown(path)))
}

/// A file in `folder` whose name is nearly that of the configuration.
pub(super) fn misnamed_in(folder: &Path) -> Option<String> {
    names(folder).filter(|name| config::is_misnamed(name)).min()
}

/// The names of the files in a folder. On some systems another spelling opens the same file, so names are compared as
/// they are listed.
fn names(folder: &Path) -> impl Iterator<Item = String> {
    let entries = fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    let files = entries.filter(|entry| entry.file_type().is_ok_and(|kind| !kind.is_dir()));
    files.map(|entry| entry.file_name().to_string_lossy().into_owned())
}

/// The configurations at a moment of a change, each with what should be said about it. Never none.
fn of_moment(changes: &ChangeSet, moment: Revision, site: &Site) -> Result<Vec<(Config, Vec<Notice>)>, CliError> {
    let mut found = of_files(changes, moment, site)?;
    if let Some((_, warnings)) = found.first_mut() {
        warnings.extend(in_folders_of_change(changes, site)?);
    }
    Ok(found)
}

/// The same, without what is said about configurations in other folders.
fn of_files(changes: &ChangeSet, moment: Revision, site: &Site) -> Result<Vec<(Config, Vec<Notice>)>, CliError> {
    let every_path = || changes.every_path().unwrap_or_default();
    if moment == Revision::Base {
        let read = |written: Written| Ok((of_content(written.content, &written.name, every_path)?, written.warnings));
        return written_before(changes, site)?.into_iter().map(read).collect::<Result<_, CliError>>().map_err(
            |failure| {
                failure.with_help("To judge the change that corrects it by its own rules, use --config-from head.")
            },
        );
    }
    let read = |(content, near): (Content, Vec<NotePath>)| {
        let mut warnings = Vec::new();
        check_names(&content, &near, Revision::After, site, &mut warnings)?;
        Ok((of_content(content, &site.shown(config::FILE_NAME), every_path)?, warnings))
    };
    find(changes, moment)?.into_iter().map(read).collect()
}

/// A configuration before it is parsed.
struct Written {
    content: Content,
    /// What it is called in messages.
    name: String,
    warnings: Vec<Notice>,
}

/// The different configurations on the parent sides of a change.
fn written_before(changes: &ChangeSet, site: &Site) -> Result<Vec<Written>, CliError> {
    let (after, near_after) = find(changes, Revision::After)?.pop().unwrap_or((Content::Absent, Vec::new()));
    let mut found: Vec<Written> = Vec::new();
    for (content, near) in find(changes, Revision::Base)? {
        let mut warnings = Vec::new();
        let mut contents = vec![content];
        let mut name = config::FILE_NAME.to_owned();
        match near.first() {
            // The change gives the configuration its right name: the rules that the team believed in hold for it.
            Some(near) if contents == [Content::Absent] && after != Content::Absent => {
                name = near.display().into_owned();
                let judged = "was never read; this change is judged by the rules in it";
                warnings.push(
                    Notice::warning(format!("a file with nearly the name of the configuration {judged}"))
                        .or_in_full(format!("`{}` {judged}", site.shown(&name))),
                );
                let sides = changes.files_and_near(Revision::Base, near, |_| false)?;
                contents = sides.into_iter().map(|(content, _)| content).collect();
                contents.retain(|content| *content != Content::Absent);
            }
            _ => contents.iter().try_for_each(|c| check_names(c, &near, Revision::Base, site, &mut warnings))?,
        }
        if near_after != near {
            check_names(&after, &near_after, Revision::After, site, &mut warnings)?;
        }
        let name = format!("{} before the change", site.shown(&name));
        contents.retain(|content| !found.iter().any(|other| other.content == *content));
        found.extend(contents.into_iter().map(|content| {
            let (name, warnings) = (name.clone(), warnings.clone());
            Written { content, name, warnings }
        }));
    }
    Ok(found)
}

/// The configuration at a moment of a change, and the files whose names are nearly its own.
fn find(changes: &ChangeSet, moment: Revision) -> Result<Vec<(Content, Vec<NotePath>)>, CliError> {
    let path = NotePath::from_bytes(config::FILE_NAME);
    Ok(changes.files_and_near(moment, &path, |path| config::is_misnamed(&path.display()))?)
}

/// Looks at the files whose names are nearly that of the configuration.
///
/// # Errors
/// When there is one and no configuration: the team believes in rules that nobody reads.
fn check_names(
    content: &Content,
    near: &[NotePath],
    moment: Revision,
    site: &Site,
    warnings: &mut Vec<Notice>,
) -> Result<(), CliError> {
    match near.first() {
        Some(near) if *content == Content::Absent => {
            let (near, right) = (site.shown(&near.display()), site.shown(config::FILE_NAME));
            let when = if moment == Revision::Base { " before the change" } else { "" };
            let rename = format!("git mv {} {}", shell::path(Path::new(&near)), shell::path(Path::new(&right)));
            Err(CliError::usage(format!("`{near}`{when} {NOT_READ}"), format!("Rename it: {rename}. {OTHERWISE}")))
        }
        Some(near) => {
            warnings.push(not_read(&near.display(), site));
            Ok(())
        }
        None => Ok(()),
    }
}

const NOT_READ: &str = "is not read: the configuration must be called `notegate.yaml`";
const OTHERWISE: &str = "If it is not a notegate configuration, give it another name.";

/// The error for a file on disk whose name is nearly that of the configuration, which is not there. Both are paths as
/// the person sees them.
pub(super) fn misnamed(near: &str, right: &str) -> CliError {
    let rename = format!("mv {} {}", shell::path(Path::new(near)), shell::path(Path::new(right)));
    CliError::usage(
        format!("`{near}` {NOT_READ}"),
        format!("Rename it: {rename} (or `git mv`, where git tracks it). {OTHERWISE}"),
    )
}

fn not_read(near: &str, site: &Site) -> Notice {
    let rest = |right: &str| format!("is not read; the configuration is `{right}`. Delete or rename the other.");
    Notice::warning(format!("a file with nearly the name of the configuration {}", rest(config::FILE_NAME)))
        .or_in_full(format!("`{}` {}", site.shown(near), rest(&site.shown(config::FILE_NAME))))
}

fn of_content(content: Content, name: &str, every_path: impl FnOnce() -> Vec<NotePath>) -> Result<Config, CliError> {
    match content {
        Content::Bytes(bytes) => parse(bytes, name, every_path),
        Content::Absent => Ok(Config::default()),
        Content::Refused(_) | Content::SetAside(_) => Err(CliError::usage(
            format!("the configuration {name} is not a readable file"),
            format!("Put a plain file of at most {} bytes there, or use none with --no-config.", config::MOST_BYTES),
        )),
    }
}

fn parse(bytes: Vec<u8>, name: &str, every_path: impl FnOnce() -> Vec<NotePath>) -> Result<Config, CliError> {
    config::load(bytes, name).map_err(|problems| {
        let problems = tried(problems, every_path);
        CliError::usage(problems.to_string(), problems.help())
    })
}

/// The problems, with the patterns that match a file of the run.
fn tried(problems: ConfigProblems, every_path: impl FnOnce() -> Vec<NotePath>) -> ConfigProblems {
    if !problems.has_proposals() {
        return problems;
    }
    let paths = every_path();
    problems.tried(|pattern| source::matches_any(pattern, &paths))
}
