//! Whether the hooks work: everything known to switch a hook off without a word.

use super::calls::{self, Call};
use super::folder::{HooksFolder, HooksPathOrigin, USE_OWN_HOOKS};
use super::kept::Kept;
use super::manager::Manager;
use super::plain::Ending;
use super::reach::Reach;
use super::shim::{self, Owner};
use super::{HELP_IN_DOUBT, Hook, husky, is_executable};
use crate::shell;
use crate::source::SourceError;
use crate::source::git::RepoLocation;
use std::fs;
use std::path::{Path, PathBuf};

/// How a thing that was looked at is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Health {
    /// As it should be.
    Good,
    /// Worth knowing.
    Notice,
    /// The gate does not work, or not for long.
    Broken,
}

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Diagnosis {
    /// How it is.
    pub health: Health,
    /// What was found, in a sentence. May hold names of files: printers escape it.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
}

impl Diagnosis {
    fn new(health: Health, message: String) -> Self {
        Self { health, message, help: None }
    }

    fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// The command that writes a hook that is not as it should be.
const INSTALL: &str = "notegate install";

/// Looks at the hooks of the repository at `place`; `program` is the absolute path of this program, and `notes` are the
/// paths of the files that hold notes, from the root of the repository.
///
/// # Errors
/// When there is no repository, or no git program to ask.
pub(crate) fn examine(place: &RepoLocation, program: &Path, notes: &[String]) -> Result<Vec<Diagnosis>, SourceError> {
    let folder = HooksFolder::find(place)?;
    let scripts = husky::folder(&folder.path);
    let hooks = folder.default_hooks().iter().map(|hook| match &scripts {
        Some(scripts) => under_husky(&folder, scripts, *hook),
        None => hook_file(&folder, *hook, program, notes),
    });
    let mut hooks: Vec<Diagnosis> = hooks.collect();
    let place = hooks_path(&folder, &hooks);
    if place.health == Health::Broken {
        // What is said about the place goes for every hook, and `install` writes nothing there.
        hooks.iter_mut().filter(|hook| hook.help.as_deref() == Some(INSTALL)).for_each(|hook| hook.help = None);
    }
    Ok(std::iter::once(place).chain(managers(&folder)).chain(hooks).chain(leftovers(&folder)).collect())
}

/// Where git looks for hooks. A place outside the repository is as good as the hooks in it.
fn hooks_path(folder: &HooksFolder, hooks: &[Diagnosis]) -> Diagnosis {
    let path = folder.path.display();
    let (HooksPathOrigin::Inside(origin) | HooksPathOrigin::Outside(origin)) = &folder.origin else {
        return Diagnosis::new(Health::Good, format!("git looks for hooks in {path}"));
    };
    let is_outside = matches!(folder.origin, HooksPathOrigin::Outside(_));
    let state = match () {
        () if folder.path.exists() && !folder.path.is_dir() => ", which is not a folder, so git runs no hook",
        () if is_outside && folder.path.exists() => ", outside this repository",
        () if is_outside => ", outside this repository, which does not exist",
        () if !folder.path.exists() => ", which does not exist",
        () => "",
    };
    let message = format!("core.hooksPath sends git to {path} for its hooks{state} (set in {origin})");
    let is_broken = folder.path.exists() && !folder.path.is_dir()
        || is_outside && hooks.iter().any(|hook| hook.health == Health::Broken);
    if is_broken {
        return Diagnosis::new(Health::Broken, message)
            .with_help(format!("to use this repository's own hooks:\n{USE_OWN_HOOKS} && notegate install"));
    }
    Diagnosis::new(Health::Notice, message)
}

/// Scripts of notegate's that another program moved out of the way, so that git does not run them.
fn leftovers(folder: &HooksFolder) -> Vec<Diagnosis> {
    let entries = fs::read_dir(&folder.path).into_iter().flatten().flatten();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    paths.sort();
    let leftover = |path: PathBuf| {
        let name = path.file_name()?.to_str()?.to_owned();
        let (hook, ending) = name.split_once('.')?;
        let hook = Hook::from_name(hook)?;
        // pre-commit and prek run what they moved to this name.
        let is_ours = ending != "legacy" && matches!(shim::owner(&path, hook), Ok(Owner::Notegate { .. }));
        is_ours.then(|| {
            let message =
                format!("{} was written by notegate and moved by another program; git does not run it", path.display());
            Diagnosis::new(Health::Notice, message).with_help(format!("rm {}", shell::path(&path)))
        })
    };
    paths.into_iter().filter_map(leftover).chain(kept_for_nobody(folder)).collect()
}

/// Earlier hooks that are kept, and that no script of notegate's runs any more.
fn kept_for_nobody(folder: &HooksFolder) -> impl Iterator<Item = Diagnosis> {
    let is_ours =
        |path: &Path, hook| matches!(shim::owner(path, hook), Ok(Owner::Notegate { .. } | Owner::NotegateEdited));
    let nobodys = move |hook: Hook| {
        let kept = Kept::beside(&folder.path)?.find(hook)?;
        let own = folder.path.join(hook.name());
        let legacy = folder.path.join(format!("{}.legacy", hook.name()));
        (!is_ours(&own, hook) && !is_ours(&legacy, hook)).then(|| {
            let (kept, name) = (kept.display(), hook.name());
            let message = format!("{kept} is an earlier hook {name}; what ran it was replaced, so git does not run it");
            Diagnosis::new(Health::Notice, message).with_help(match fs::symlink_metadata(&own).is_ok() {
                true => "look into it: `notegate install` moves it to another name and runs the hook that is there now",
                false => "`notegate install` has it run first again",
            })
        })
    };
    Hook::ALL.into_iter().filter_map(nobodys)
}

/// Says which hook managers have their configuration here: their next install may change what git runs.
fn managers(folder: &HooksFolder) -> Vec<Diagnosis> {
    let Some(top) = &folder.work_tree else { return Vec::new() };
    let notice = |manager: Manager| {
        let file = manager.files(top).into_iter().next()?;
        let file = file.strip_prefix(top).unwrap_or(&file).display().to_string();
        // prek reads the files of pre-commit as well; those are told of once.
        (manager != Manager::Prek || file == "prek.toml").then(|| {
            let message =
                format!("{} manages hooks here too ({file}); its next install may change them", manager.name());
            Diagnosis::new(Health::Notice, message).with_help("run `notegate doctor` again after that")
        })
    };
    Manager::ALL.into_iter().filter_map(notice).collect()
}

/// The hook of a repository whose hooks are husky's.
fn under_husky(folder: &HooksFolder, scripts: &Path, hook: Hook) -> Diagnosis {
    let name = hook.name();
    let broken = |message: String| Diagnosis::new(Health::Broken, message).with_help(INSTALL);
    let own = folder.path.join(name);
    if folder.path != scripts {
        // husky's part: it has to be there, or git runs nothing at all.
        if !own.is_file() || !is_executable(&own) {
            let message = format!("husky has no hook {name} in {}, so git runs none", folder.path.display());
            return Diagnosis::new(Health::Broken, message).with_help("npx husky");
        }
        if !matches!(shim::owner(&own, hook), Ok(Owner::Somebody)) {
            return broken(format!("the hook {name} is in {}, where husky overwrites it", own.display()));
        }
    }
    let path = scripts.join(name);
    match husky::read(&path) {
        Ok(None) => broken(format!("the hook {name} is not installed: {} does not exist", path.display())),
        Ok(Some(_)) if folder.path == scripts && !is_executable(&path) => {
            Diagnosis::new(Health::Broken, format!("the hook {name} is not executable, so git skips it"))
                .with_help(format!("chmod +x {}", shell::path(&path)))
        }
        Ok(Some(script)) => match husky::called(&script, hook, husky::ending(scripts)) {
            Call::Heeded => {
                Diagnosis::new(Health::Good, format!("the hook {name} calls notegate in {}", path.display()))
            }
            call => in_doubt(folder, hook, call, &format!("the hook {name} is run by husky: ")),
        },
        Err(error) => Diagnosis::new(Health::Broken, format!("the hook {name} cannot be read: {error}")),
    }
}

fn hook_file(folder: &HooksFolder, hook: Hook, program: &Path, notes: &[String]) -> Diagnosis {
    let name = hook.name();
    let path = &folder.path.join(name);
    let broken = |message: String| Diagnosis::new(Health::Broken, message);
    let metadata = fs::symlink_metadata(path);
    if metadata.as_ref().is_ok_and(fs::Metadata::is_symlink) && !path.exists() {
        let message = format!("the hook {name} is a link to a missing file, which git skips silently");
        return broken(message).with_help(format!("rm {} && notegate install", shell::path(path)));
    }
    let bytes = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            return broken(format!("the hook {name} is not installed")).with_help(INSTALL);
        }
        Err(error) => return broken(format!("the hook {name} cannot be read: {error}")),
    };
    if let Some(oddity) = oddity(&bytes) {
        let message = format!("the hook {name} {oddity}, so the system cannot run it");
        return broken(message).with_help(format!("rm {} && notegate install", shell::path(path)));
    }
    if !is_executable(path) {
        let message = format!("the hook {name} is not executable, so git skips it");
        return broken(message).with_help(format!("chmod +x {}", shell::path(path)));
    }
    // A link is somebody's, wherever it leads.
    let is_file = metadata.is_ok_and(|metadata| metadata.is_file());
    match if is_file { shim::owner_of(&bytes, hook) } else { Owner::Somebody } {
        Owner::Notegate { script } => called_by(&script, hook, program),
        Owner::NotegateEdited => edited(&bytes, hook),
        Owner::Nobody | Owner::Somebody => elsewhere(folder, &bytes, hook, notes),
    }
}

/// A script of notegate's that somebody changed: whether it still ends in the call.
fn edited(script: &[u8], hook: Hook) -> Diagnosis {
    let name = hook.name();
    let script = String::from_utf8_lossy(script);
    let message = format!("the hook {name} was written by notegate and changed by hand since");
    let gone = shim::program_in(&script).filter(|program| !is_executable(Path::new(program)));
    let call = shim::edited(&script, hook);
    if let Some(gone) = gone {
        return Diagnosis::new(Health::Broken, format!("{message}; it names the program {gone}, which is missing"))
            .with_help("move it away, then: notegate install");
    }
    match call {
        Call::Heeded => Diagnosis::new(Health::Notice, format!("{message}; it still calls notegate")),
        Call::Unclear => {
            let what = hook.what_it_stops();
            let doubt = format!("{message}; it was not established that notegate's answer still stops a {what}");
            Diagnosis::new(Health::Notice, doubt).with_help("to be sure, move it away, then: notegate install")
        }
        Call::Absent | Call::Powerless => {
            Diagnosis::new(Health::Broken, format!("{message}; it no longer calls notegate"))
                .with_help("move it away, then: notegate install")
        }
    }
}

/// A hook that may not call notegate, or not so that its answer counts. `start` says what is known about it.
fn in_doubt(folder: &HooksFolder, hook: Hook, call: Call, start: &str) -> Diagnosis {
    let scripts = husky::folder(&folder.path);
    let file = scripts.as_deref().unwrap_or(&folder.path).join(hook.name());
    let doubt = call.doubt(hook, &file.display().to_string()).unwrap_or_default();
    let health = if call == Call::Unclear { Health::Notice } else { Health::Broken };
    let diagnosis = Diagnosis::new(health, format!("{start}{doubt}"));
    if matches!(folder.origin, HooksPathOrigin::Outside(_)) {
        // `install` writes nothing there.
        return diagnosis
            .with_help(format!("put this line before all others: notegate hook {} \"$@\" || exit", hook.name()));
    }
    if scripts.is_some() && call != Call::Unclear {
        return diagnosis.with_help(INSTALL);
    }
    let again = "a program that writes this hook anew has to call notegate itself";
    let what = hook.what_it_stops();
    diagnosis.with_help(match call {
        Call::Unclear => format!(
            "to be sure: notegate install (what is in the hook stays and runs, too)\nor try it: a {what} of a poor note has to \
             fail"
        ),
        _ => format!("to run both, the other one first: notegate install\n{again}"),
    })
}

/// What keeps a script from running though it reads well in an editor.
fn oddity(bytes: &[u8]) -> Option<&'static str> {
    if bytes.starts_with(&[0xef, 0xbb, 0xbf]) {
        return Some("starts with a byte order mark");
    }
    let first_line = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
    first_line.ends_with(b"\r").then_some("has Windows line endings")
}

/// A hook of somebody else's that may call notegate, by itself or through a hook manager.
fn elsewhere(folder: &HooksFolder, script: &[u8], hook: Hook, notes: &[String]) -> Diagnosis {
    let name = hook.name();
    let script = String::from_utf8_lossy(script);
    if let Some(manager) = Manager::of_script(&script) {
        return under_manager(manager, manager.caller(folder, &script, hook, notes), hook);
    }
    match calls::of_script(&script, hook, Ending::GoesOn) {
        Call::Heeded => {
            Diagnosis::new(Health::Good, format!("the hook {name} was not written by notegate and calls it"))
        }
        call => in_doubt(folder, hook, call, &format!("the hook {name} is not one that notegate wrote: ")),
    }
}

/// The hook file of a manager, whose configuration may call notegate.
fn under_manager(manager: Manager, (file, reach): (Option<PathBuf>, Reach), hook: Hook) -> Diagnosis {
    let belongs = format!("the hook {} belongs to {}", hook.name(), manager.name());
    let file = file.map_or_else(|| "its configuration".to_owned(), |file| file.display().to_string());
    let message = format!("{belongs}, which calls notegate through {file}");
    let doubt = |call: Call| format!("{belongs}: {}", call.doubt(hook, &file).unwrap_or_default());
    match reach {
        Reach::Always => Diagnosis::new(Health::Good, message),
        Reach::Never => Diagnosis::new(Health::Broken, doubt(Call::Powerless)).with_help(manager.lines(hook)),
        Reach::Unclear => Diagnosis::new(Health::Notice, doubt(Call::Unclear)).with_help(HELP_IN_DOUBT),
        Reach::Unexamined(setting) => {
            let message = format!(
                "{belongs}: {file} takes in other configurations ({setting}), which were not examined, so it was not \
                 established whether notegate is called"
            );
            let what = hook.what_it_stops();
            Diagnosis::new(Health::Notice, message).with_help(format!(
                "`lefthook dump` prints the whole configuration\nor try it: a {what} of a poor note has to fail"
            ))
        }
        Reach::Sometimes(condition) => {
            Diagnosis::new(Health::Notice, format!("{message}, but not always: {condition}")).with_help(
                "a commit or push that this leaves out is not judged: remove the condition from the job of notegate",
            )
        }
        Reach::LeavesOut(note) => {
            let message = format!("{message}, but not when only {note} changes, which contains a note");
            Diagnosis::new(Health::Broken, message).with_help(
                "remove what selects files from the job of notegate; files that are no notes belong under `exclude:` in notegate.yaml",
            )
        }
    }
}

/// Whether the program that a shim calls is there, and this one.
fn called_by(script: &str, hook: Hook, program: &Path) -> Diagnosis {
    let name = hook.name();
    let Some(called) = shim::program_in(script).map(PathBuf::from) else {
        return Diagnosis::new(Health::Broken, format!("the hook {name} names no program")).with_help(INSTALL);
    };
    if !is_executable(&called) {
        let message = format!("the hook {name} calls {}, which is missing; it falls back to PATH", called.display());
        return Diagnosis::new(Health::Broken, message).with_help(INSTALL);
    }
    let same = called == program || called.canonicalize().ok() == program.canonicalize().ok();
    if same {
        Diagnosis::new(Health::Good, format!("the hook {name} is installed and calls this program"))
    } else {
        let message = format!("the hook {name} calls another notegate: {}", called.display());
        Diagnosis::new(Health::Notice, message).with_help("to have it call this one: notegate install")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_editors_do_to_scripts_is_seen() {
        assert_eq!(oddity(b"#!/bin/sh\necho\n"), None);
        assert_eq!(oddity(b"#!/bin/sh\r\necho\r\n"), Some("has Windows line endings"));
        assert_eq!(oddity(b"\xef\xbb\xbf#!/bin/sh\n"), Some("starts with a byte order mark"));
        assert_eq!(oddity(b""), None);
    }
}
