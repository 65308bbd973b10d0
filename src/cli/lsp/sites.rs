//! The configurations that the open files fall under. A file is judged as `notegate check` judges it in its repository,
//! or, outside of one, in the folder that is open in the editor.

use super::super::args::ConfigArgs;
use super::super::setup::{Setup, repository_root};
use super::super::{CliError, Environment, Exit};
use super::protocol::MessageType;
use crate::config;
use crate::engine::{Engine, NoteText, NotesBefore, Scope};
use crate::second_reader::MOST_LEARNED_BYTES;
use crate::source::disk::{self, in_real_folder};
use crate::source::worktree::WorkTree;
use crate::source::{NotePath, SourceError};
use crate::yaml::Limits;
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// All configurations in use.
pub(super) struct Sites {
    args: ConfigArgs,
    today: Option<Date>,
    environment: Environment,
    /// The folders that are open in the editor.
    folders: Vec<PathBuf>,
    known: BTreeMap<PathBuf, Site>,
}

/// One root with what is set for it.
pub(super) struct Site {
    /// What paths count from.
    pub(super) root: PathBuf,
    /// What holds, or why nothing does.
    pub(super) setup: Result<Setup, Broken>,
    /// The configuration, there or not.
    pub(super) configuration: PathBuf,
    today: Option<Date>,
    environment: Environment,
    stamps: Vec<Stamp>,
}

/// Why nothing can be judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Broken {
    pub(super) message: String,
    pub(super) help: Option<String>,
}

/// What a file was like when it was read; nothing when it was not there.
type Stamp = (PathBuf, Option<(SystemTime, u64)>);

impl Sites {
    pub(super) fn new(args: ConfigArgs, today: Option<Date>, environment: &Environment) -> Self {
        let environment = environment.clone();
        Self { args, today, environment, folders: Vec::new(), known: BTreeMap::new() }
    }

    /// Adds and takes away folders of the editor.
    pub(super) fn change_folders(&mut self, added: &[PathBuf], removed: &[PathBuf]) {
        let real = |folder: &PathBuf| folder.canonicalize().unwrap_or_else(|_| folder.clone());
        let removed: Vec<PathBuf> = removed.iter().map(real).collect();
        self.folders.retain(|folder| !removed.contains(folder));
        self.folders.extend(added.iter().map(real));
    }

    /// Forgets everything that was read, so that it is read anew.
    pub(super) fn forget(&mut self) {
        self.known.clear();
    }

    /// The site of a file, read anew if its configuration changed.
    pub(super) fn of(&mut self, file: &Path) -> &Site {
        let start = self.start(file);
        let fresh = self.known.remove(&start).filter(Site::is_fresh);
        let site = fresh.unwrap_or_else(|| Site::read(&start, self));
        self.known.entry(start).or_insert(site)
    }

    /// Every site that was read.
    pub(super) fn all(&self) -> impl Iterator<Item = &Site> {
        self.known.values()
    }

    /// Where the search for the configuration of a file starts.
    fn start(&self, file: &Path) -> PathBuf {
        let folder = file.parent().unwrap_or(file);
        if let Some(root) = repository_root(folder) {
            return root.to_path_buf();
        }
        let around = self.folders.iter().filter(|around| file.starts_with(around));
        let innermost = around.max_by_key(|around| around.components().count());
        innermost.cloned().unwrap_or_else(|| folder.to_path_buf())
    }
}

impl Site {
    fn read(start: &Path, Sites { args, today, environment, .. }: &Sites) -> Self {
        let environment = Environment { viewpoint: start.to_path_buf(), ..environment.clone() };
        let setup = Setup::find(args, start, &environment).map_err(|error| Broken::of(error, &environment));
        let named = args.config.as_ref().or(environment.config.as_ref()).filter(|_| !args.no_config);
        let configuration = match named {
            Some(name) => in_real_folder(&environment.folder.join(name)),
            None => start.join(config::FILE_NAME),
        };
        let learned = setup.as_ref().ok().and_then(|setup| setup.learned_file.clone());
        // The folder too: a file that comes to it may have the wrong name for a configuration.
        let read = [Some(configuration.clone()), Some(start.to_path_buf()), learned];
        let stamps = read.into_iter().flatten().map(stamp).collect();
        Self { root: start.to_path_buf(), setup, configuration, today: *today, environment, stamps }
    }

    fn is_fresh(&self) -> bool {
        self.stamps.iter().all(|known| stamp(known.0.clone()) == *known)
    }

    /// The path of a file from the root.
    pub(super) fn path(&self, file: &Path) -> NotePath {
        NotePath::from_bytes(disk::path_bytes(file.strip_prefix(&self.root).unwrap_or(file)))
    }

    /// What judges the files of this site, under the configuration of `setup`, which is its own.
    pub(super) fn engine<'s>(&self, setup: &'s Setup) -> Engine<'s> {
        let today = self.today.map(crate::day::Today::fixed);
        Engine {
            config: &setup.config,
            playbook: &setup.playbook,
            today: today.unwrap_or_else(|| self.environment.clock.now().local()),
            limits: Limits::default(),
            fail_on: setup.config.fail_on,
            scope: Scope::Changed,
            note_text: NoteText::Shown,
            notes_before: NotesBefore::LeftOut,
            writer: Some(&setup.writer),
        }
    }

    /// Whether `notegate check` would examine the file.
    pub(super) fn examines(&self, setup: &Setup, file: &Path) -> Result<bool, SourceError> {
        WorkTree::new(setup.root.clone(), &setup.config.files, Limits::default().file_bytes).examines(file)
    }

    /// What the person should know of the configuration: why nothing is judged, or what was odd about finding it.
    pub(super) fn said(&self) -> (MessageType, String) {
        match &self.setup {
            Err(broken) => (MessageType::Error, format!("no note is judged here: {}", broken.text())),
            Ok(setup) => {
                let warnings: Vec<String> = setup.warnings().iter().map(|notice| notice.clone().into_text()).collect();
                (MessageType::Warning, warnings.join("\n"))
            }
        }
    }

    /// What is wrong with a configuration of this text, with lines counted from 1.
    pub(super) fn problems(&self, text: Vec<u8>) -> Vec<(usize, String)> {
        let folder = self.configuration.parent().unwrap_or(&self.root);
        let beside = |path: &NotePath| disk::read_below(folder, path, MOST_LEARNED_BYTES);
        match config::load_beside(text, config::FILE_NAME, beside) {
            Ok(_) => Vec::new(),
            Err(problems) => problems.told().map(|(line, message)| (line, message.to_owned())).collect(),
        }
    }

    /// The same for the configuration as it lies on disk. What is wrong beside its text is told at its first line.
    pub(super) fn problems_on_disk(&self) -> Vec<(usize, String)> {
        let Err(broken) = &self.setup else { return Vec::new() };
        let problems = fs::read(&self.configuration).map(|text| self.problems(text)).unwrap_or_default();
        if problems.is_empty() { vec![(1, broken.text())] } else { problems }
    }
}

impl Broken {
    fn of(error: CliError, environment: &Environment) -> Self {
        let told = error.told(environment);
        let (message, help, _) =
            told.unwrap_or_else(|| ("the configuration could not be read".to_owned(), None, Exit::Usage));
        Self { message, help }
    }

    /// All of it.
    pub(super) fn text(&self) -> String {
        match &self.help {
            Some(help) => format!("{}\n{help}", self.message),
            None => self.message.clone(),
        }
    }
}

fn stamp(path: PathBuf) -> Stamp {
    let metadata = fs::symlink_metadata(&path).ok();
    let stamp = metadata.and_then(|metadata| Some((metadata.modified().ok()?, metadata.len())));
    (path, stamp)
}
