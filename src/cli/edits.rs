//! What the commands that change notes have in common: files read, changes shown, files written.

use super::setup::Setup;
use super::{CliError, Environment, Exit, Streams};
use crate::day::Today;
use crate::edit::{self, EditError};
use crate::emptiness::{Purpose, emptiness};
use crate::engine::{Engine, NoteText, NotesBefore, Scope, refusal_help, refusal_message};
use crate::report::escape;
use crate::report::relocated::Relocation;
use crate::source::disk::{self, in_real_folder};
use crate::source::git::RepoLocation;
use crate::source::heads::Heads;
use crate::source::{Content, NotePath};
use crate::yaml::Limits;
use jiff::civil::Date;
use similar::TextDiff;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Lines of context around a change in a diff.
const CONTEXT: usize = 3;

/// How long the shortest diff is looked for; then one that is long enough will do.
const PATIENCE: Duration = Duration::from_secs(2);

/// A file that is to be changed.
pub(super) struct Draft {
    /// Where it is, absolute.
    pub(super) file: PathBuf,
    /// Its name as the person sees it.
    pub(super) shown: String,
    pub(super) before: Vec<u8>,
    pub(super) after: String,
    /// What is changed in it, a line each.
    pub(super) told: Vec<String>,
}

/// A change that was not made, and why.
pub(super) struct Refusal {
    /// The file, with the line where there is one.
    pub(super) place: String,
    pub(super) message: String,
    pub(super) help: Option<String>,
}

/// A file that is looked at.
pub(super) struct Opened {
    pub(super) file: PathBuf,
    pub(super) path: NotePath,
    pub(super) shown: String,
}

impl Refusal {
    /// For a whole file.
    pub(super) fn of_file(shown: &str, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { place: shown.to_owned(), message: message.into(), help: Some(help.into()) }
    }

    /// For an edit of a record that begins at `line`.
    pub(super) fn of_edit(shown: &str, line: usize, error: &EditError) -> Self {
        let line = error.at.map_or(line, |at| at.line);
        Self { place: format!("{shown}:{line}"), message: error.to_string(), help: Some(error.help().to_owned()) }
    }

    /// Says it.
    pub(super) fn tell(&self, streams: &mut Streams<'_>) -> Result<(), CliError> {
        writeln!(streams.error, "notegate: {}: {}", escape::line(&self.place), escape::line(&self.message))?;
        if let Some(help) = &self.help {
            writeln!(streams.error, "  help: {}", escape::line(help))?;
        }
        Ok(())
    }
}

/// The engine of a command that changes files on disk.
pub(super) fn engine<'a>(setup: &'a Setup, today: Option<Date>, environment: &Environment) -> Engine<'a> {
    Engine {
        config: &setup.config,
        playbook: &setup.playbook,
        today: today.map_or_else(|| environment.clock.local(), Today::fixed),
        limits: Limits::default(),
        fail_on: setup.config.fail_on,
        scope: Scope::Changed,
        note_text: NoteText::Shown,
        notes_before: NotesBefore::LeftOut,
        writer: Some(&setup.writer),
    }
}

/// The file that `named` names, which counts from the current folder.
pub(super) fn opened(named: &Path, setup: &Setup, environment: &Environment) -> Opened {
    let file = in_real_folder(&environment.folder.join(named));
    let root = setup.root.canonicalize().unwrap_or_else(|_| setup.root.clone());
    let path = NotePath::from_bytes(disk::path_bytes(file.strip_prefix(&root).unwrap_or(&file)));
    Opened { file, path, shown: named.display().to_string() }
}

/// The bytes of a file that is to be changed.
///
/// # Errors
/// When there is none that can be read; links are not followed.
pub(super) fn bytes(opened: &Opened) -> Result<Vec<u8>, Refusal> {
    let there_is_none = || {
        Refusal::of_file(
            &opened.shown,
            "there is no such file",
            "Check the spelling; paths count from the current folder.",
        )
    };
    match disk::read(&opened.file, Limits::default().file_bytes) {
        Content::Bytes(bytes) => Ok(bytes),
        Content::Refused(_) if !disk::is_there(&opened.file) => Err(there_is_none()),
        Content::Refused(_) if opened.file.is_dir() => {
            Err(Refusal::of_file(&opened.shown, "this is a folder", "Name the files in it whose records changed."))
        }
        Content::Refused(refusal) => {
            Err(Refusal::of_file(&opened.shown, refusal_message(&refusal), refusal_help(&refusal)))
        }
        Content::Absent | Content::SetAside(_) => Err(there_is_none()),
    }
}

/// What a file was in the commits that the next one builds on; nothing where no repository holds it. The folders of `file`
/// are no links.
pub(super) fn before(file: &Path) -> Result<Vec<Content>, CliError> {
    // A file that is new may lie in a folder that is not there yet.
    let Some(folder) = file.ancestors().skip(1).find(|folder| folder.is_dir()).map(Path::to_path_buf) else {
        return Ok(Vec::new());
    };
    let Some(mut heads) = Heads::open(&RepoLocation::Folder(folder), Limits::default().file_bytes)? else {
        return Ok(Vec::new());
    };
    let Some(top) = heads.work_tree() else { return Ok(Vec::new()) };
    let top = top.canonicalize().unwrap_or(top);
    let Ok(inside) = file.strip_prefix(&top) else { return Ok(Vec::new()) };
    Ok(heads.contents(&NotePath::from_bytes(disk::path_bytes(inside)))?)
}

/// The path of a file of the run as the person sees it.
pub(super) fn shown(path: &NotePath, from_here: Option<&Relocation>) -> String {
    let path = path.display();
    from_here.map_or_else(|| path.to_string(), |from_here| from_here.apply(&path))
}

/// Who makes the change.
///
/// # Errors
/// When that is not known, or what was given names nobody.
pub(super) fn person(given: Option<&str>, setup: &Setup) -> Result<String, CliError> {
    if let Some(given) = given {
        let is_name = emptiness(given, Purpose::Person).is_none() && !given.contains(char::is_control);
        return match is_name {
            true => Ok(given.trim().to_owned()),
            false => Err(CliError::usage("--who does not name a person", "Give a name: --who \"Celia Kennedy\"")),
        };
    }
    let unknown = || {
        CliError::usage(
            "git does not know your name, which the entry needs",
            "Set it with: git config user.name \"Celia Kennedy\"; or give it with --who.",
        )
    };
    setup.writer.name().map(str::to_owned).ok_or_else(unknown)
}

/// What changed, as the person says.
///
/// # Errors
/// When it says nothing.
pub(super) fn message(given: &str) -> Result<String, CliError> {
    let text = given.trim();
    match emptiness(text, Purpose::Change) {
        None => Ok(text.to_owned()),
        Some(_) => Err(CliError::usage(
            "the message does not say what changed",
            "Say it in a few words: -m \"Firewall finding confirmed by the network team\"",
        )),
    }
}

/// Writes the difference that `draft` makes.
pub(super) fn write_diff(draft: &Draft, output: &mut dyn Write) -> Result<(), CliError> {
    let before = String::from_utf8_lossy(&draft.before);
    let diff = TextDiff::configure().timeout(PATIENCE).diff_lines(&*before, &draft.after);
    let (old, new) = (format!("a/{}", draft.shown), format!("b/{}", draft.shown));
    let text = diff.unified_diff().context_radius(CONTEXT).header(&escape::line(&old), &escape::line(&new)).to_string();
    output.write_all(escape::block(&text).as_bytes())?;
    Ok(())
}

/// Writes a file.
///
/// # Errors
/// When it cannot be written; it is as it was then.
pub(super) fn write(draft: &Draft) -> Result<(), Refusal> {
    edit::replace(&draft.file, &draft.before, draft.after.as_bytes())
        .map_err(|error| Refusal::of_file(&draft.shown, error.to_string(), error.help()))
}

/// Whether a file could be written.
///
/// # Errors
/// When it could not, as far as that is known before.
pub(super) fn writable(draft: &Draft) -> Result<(), Refusal> {
    edit::replaceable(&draft.file).map_err(|error| Refusal::of_file(&draft.shown, error.to_string(), error.help()))
}

/// The end of a run that refused something: `exit`, after the refusals.
pub(super) fn refused(refusals: &[Refusal], exit: Exit, streams: &mut Streams<'_>) -> Result<Exit, CliError> {
    refusals.iter().try_for_each(|refusal| refusal.tell(streams))?;
    Ok(exit)
}
