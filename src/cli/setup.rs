//! What a run starts from: its root, its configuration, its playbook.

mod moment;

use super::args::{ConfigArgs, ConfigFrom};
use super::notices::Notice;
use super::{CliError, Environment, Exit, Streams, notices};
use crate::config::{self, Config, ConfigProblems};
use crate::engine::NoteText;
use crate::playbook::Playbook;
use crate::report::escape;
use crate::report::relocated::Relocation;
use crate::second_reader::{Learned, MOST_LEARNED_BYTES};
use crate::shell;
use crate::source::disk::{self, in_real_folder};
use crate::source::git;
use crate::source::{self, ChangeSet, Content, NotePath, Revision, SourceError, worktree};
use crate::writer::Writer;
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
    /// The person who runs the program.
    pub(super) writer: Writer,
    /// The configuration that was named for this run, absolute, as named and as it really lies.
    pub(super) named_configuration: Vec<PathBuf>,
    /// The file of learned weights that the configuration names, absolute.
    pub(super) learned_file: Option<PathBuf>,
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

/// A file of the repository that rules come from.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct RulesFile {
    /// From the root.
    pub(super) path: NotePath,
    /// What it is, without anything that comes from outside the program.
    pub(super) what: &'static str,
    /// Its name as the person sees it.
    pub(super) shown: String,
}

/// What stands beside a configuration that names it.
type Beside<'a> = dyn Fn(&Path, &NotePath) -> Content + 'a;

impl Setup {
    /// The setup of a run over files: the root is the repository that `start` lies in, else `start` itself; the
    /// configuration is the one named by the arguments or the environment, else that of the root.
    pub(super) fn find(args: &ConfigArgs, start: &Path, environment: &Environment) -> Result<Self, CliError> {
        Self::find_with(args, start, environment, &on_disk)
    }

    /// The same for a run that learns anew: what was learned before is not read, and may be missing or out of date.
    pub(super) fn find_to_learn(args: &ConfigArgs, start: &Path, environment: &Environment) -> Result<Self, CliError> {
        let nothing = Learned::nothing().to_json();
        Self::find_with(args, start, environment, &|_, _| Content::Bytes(nothing.clone().into_bytes()))
    }

    fn find_with(
        args: &ConfigArgs,
        start: &Path,
        environment: &Environment,
        beside: &Beside<'_>,
    ) -> Result<Self, CliError> {
        match repository_root(start) {
            Some(root) => Self::at(root, RootKind::Repository, args, environment, beside),
            None => Self::at(start, RootKind::Folder, args, environment, beside),
        }
    }

    fn at(
        root: &Path,
        kind: RootKind,
        args: &ConfigArgs,
        environment: &Environment,
        beside: &Beside<'_>,
    ) -> Result<Self, CliError> {
        let site = Site::new(root, environment);
        let mut warnings = Vec::new();
        let mut named_configuration = Vec::new();
        let mut folder = root.to_path_buf();
        let named_file = args.config.as_ref().or(environment.config.as_ref()).filter(|_| !args.no_config);
        if let Some(path) = named_file {
            let file = in_real_folder(&environment.folder.join(path));
            folder = file.parent().unwrap_or(root).to_path_buf();
            named_configuration.push(file.clone());
            named_configuration.extend(file.canonicalize());
        }
        let surroundings = Surroundings {
            every_path: &|| worktree::every_path(root).unwrap_or_default(),
            beside: &|path| Ok(beside(&folder, path)),
        };
        let mut config = match named_file {
            _ if args.no_config => Config::default(),
            Some(path) => named(&environment.folder.join(path), &path.to_string_lossy(), &surroundings)?,
            None => of_root(&site, &mut warnings, &surroundings)?,
        };
        for file in &named_configuration {
            if let Ok(inside) = file.strip_prefix(root) {
                config.files.add_configuration(NotePath::from_bytes(disk::path_bytes(inside)));
            }
        }
        Ok(Self { named_configuration, warnings, ..Self::new(site, kind, config, &folder) })
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
            return Ok(vec![Self::at(&root, RootKind::Repository, args, environment, &on_disk)?]);
        };
        let site = Site::new(&root, environment);
        let setup =
            |(config, warnings)| Self { warnings, ..Self::new(site.clone(), RootKind::Repository, config, &root) };
        Ok(moment::configurations(changes, moment, &site)?.into_iter().map(setup).collect())
    }

    /// `folder` is where the configuration lies.
    fn new(Site { root, from_here }: Site, kind: RootKind, mut config: Config, folder: &Path) -> Self {
        let playbook = Playbook::with(&config.playbook);
        let learned_file = config.second_reader.file().map(|file| folder.join(disk::bytes_path(file.as_bytes())));
        if let Some(inside) = learned_file.as_ref().and_then(|file| file.strip_prefix(&root).ok()) {
            config.files.add_configuration(NotePath::from_bytes(disk::path_bytes(inside)));
        }
        let (named_configuration, warnings) = (Vec::new(), Vec::new());
        let writer = Writer::new(root.clone(), git::user_name);
        Self { root, kind, config, playbook, writer, named_configuration, learned_file, from_here, warnings }
    }

    /// The files of the repository that the rules of this run come from.
    pub(super) fn files_of_rules(&self) -> Vec<RulesFile> {
        let name = config::FILE_NAME;
        let own = RulesFile { path: NotePath::from_bytes(name), what: name, shown: name.to_owned() };
        let learned = self.config.second_reader.file().filter(|_| self.named_configuration.is_empty());
        let learned = learned.map(|path| RulesFile {
            path: path.clone(),
            what: "the file of learned weights",
            shown: shown_from(self.from_here.as_ref(), &path.display()),
        });
        std::iter::once(own).chain(learned).collect()
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

    /// Whether the team has said what its notes look like: a configuration was named, or lies at the root.
    pub(super) fn has_configuration(&self) -> bool {
        !self.named_configuration.is_empty() || self.root.join(config::FILE_NAME).symlink_metadata().is_ok()
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
        shown_from(self.from_here.as_ref(), name)
    }
}

fn shown_from(from_here: Option<&Relocation>, name: &str) -> String {
    from_here.map_or_else(|| name.to_owned(), |from_here| from_here.apply(name))
}

/// What stands on disk beside a configuration.
fn on_disk(folder: &Path, path: &NotePath) -> Content {
    disk::read_below(folder, path, MOST_LEARNED_BYTES)
}

/// The nearest folder at or above `start` that holds a `.git`.
pub(super) fn repository_root(start: &Path) -> Option<&Path> {
    start.ancestors().find(|folder| folder.join(".git").symlink_metadata().is_ok())
}

/// The configuration that somebody named; it has to be there, and may be a link or a pipe.
fn named(path: &Path, name: &str, surroundings: &Surroundings<'_>) -> Result<Config, CliError> {
    let mut bytes = Vec::new();
    // One byte over the limit is enough for the configuration to be refused as too large.
    match fs::File::open(path).and_then(|file| file.take(config::MOST_BYTES + 1).read_to_end(&mut bytes)) {
        Ok(_) => parse(bytes, name, surroundings),
        Err(error) => {
            let help = "Check the spelling and the permissions of the file";
            Err(CliError::Configuration {
                message: format!(
                    "the configuration {name} could not be read: {}",
                    disk::without_number(&error.to_string())
                ),
                help: format!("{help}, or leave the configuration out with --no-config."),
                help_for_git: format!("{help}."),
            })
        }
    }
}

/// The configuration of the root, if there is one. A repository may be anybody's, so no link in it is followed.
fn of_root(site: &Site, warnings: &mut Vec<Notice>, surroundings: &Surroundings<'_>) -> Result<Config, CliError> {
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
    of_content(content, &site.shown(config::FILE_NAME), surroundings)
}

/// The configurations that stand in a folder of `root`, where they are never read. Links are not followed, and what
/// another repository in such a folder sets is its own matter.
fn in_folders(root: &Path) -> impl Iterator<Item = String> {
    let entries = fs::read_dir(root).into_iter().flatten().filter_map(Result::ok);
    let folders = entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()));
    let mut paths: Vec<String> = folders
        .flat_map(|folder| {
            let is_there = |name: &&str| folder.path().join(name).symlink_metadata().is_ok();
            let folder = folder.file_name().to_string_lossy().into_owned();
            let names = if is_there(&".git") { &[] } else { names_in(&folder) };
            names.iter().filter(|name| is_there(name)).map(|name| format!("{folder}/{name}")).collect::<Vec<_>>()
        })
        .collect();
    paths.sort();
    paths.into_iter()
}

/// Where people keep configurations who do not keep them at the root.
const FOLDERS: [&str; 5] = ["config", ".config", ".github", ".notegate", "notegate"];

/// What a configuration in a folder of this name is called.
fn names_in(folder: &str) -> &'static [&'static str] {
    match folder {
        ".notegate" | "notegate" => &[config::FILE_NAME, "notegate.yml", "config.yaml", "config.yml"],
        _ if FOLDERS.contains(&folder) => &[config::FILE_NAME, "notegate.yml", ".notegate.yaml", ".notegate.yml"],
        _ => &[config::FILE_NAME],
    }
}

/// The same, of the folders at a moment of a change in which configurations are kept.
fn in_folders_of_change(changes: &ChangeSet, site: &Site) -> Result<Vec<Notice>, CliError> {
    let mut notices = Vec::new();
    for folder in FOLDERS {
        if !changes.knows(&NotePath::from_bytes(folder))? {
            continue;
        }
        for name in names_in(folder) {
            let path = format!("{folder}/{name}");
            if changes.knows(&NotePath::from_bytes(path.as_str()))? {
                notices.push(not_at_root(&path, site));
            }
        }
    }
    Ok(notices)
}

fn not_at_root(path: &str, site: &Site) -> Notice {
    let rest = "is not read: only the one at the root is. Move it there as notegate.yaml, or name it with --config.";
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

/// What a configuration is read among.
struct Surroundings<'a> {
    /// Every file of the run, for trying a pattern.
    every_path: &'a dyn Fn() -> Vec<NotePath>,
    /// What stands at a path that counts from the folder of the configuration.
    beside: &'a dyn Fn(&NotePath) -> Result<Content, SourceError>,
}

fn of_content(content: Content, name: &str, surroundings: &Surroundings<'_>) -> Result<Config, CliError> {
    match content {
        Content::Bytes(bytes) => parse(bytes, name, surroundings),
        Content::Absent => Ok(Config::default()),
        Content::Refused(_) | Content::SetAside(_) => {
            let help = format!("Put a plain file of at most {} bytes there", config::MOST_BYTES);
            Err(CliError::Configuration {
                message: format!("the configuration {name} is not a readable file"),
                help: format!("{help}, or use none with --no-config."),
                help_for_git: format!("{help}."),
            })
        }
    }
}

fn parse(bytes: Vec<u8>, name: &str, surroundings: &Surroundings<'_>) -> Result<Config, CliError> {
    let mut lost = None;
    let loaded = config::load_beside(bytes, name, |path| {
        (surroundings.beside)(path).unwrap_or_else(|error| {
            lost = Some(error);
            Content::Absent
        })
    });
    if let Some(error) = lost {
        return Err(error.into());
    }
    loaded.map_err(|problems| {
        let problems = tried(problems, surroundings.every_path);
        let (help, help_for_git) = (problems.help(Some("run with --no-config")), problems.help(None));
        CliError::Configuration { message: problems.to_string(), help, help_for_git }
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
