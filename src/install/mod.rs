//! The git hooks: written, taken away and looked after. This module does and tells what it did; the binary prints.
//!
//! A hook is a small shell script ([`shim`]) that runs an earlier hook of that name first, then this program. Files that
//! notegate did not write are never overwritten: an earlier hook is moved, chained, and put back ([`kept`]). The files of
//! hook managers are left to them ([`manager`], [`husky`]).

mod arguments;
mod calls;
mod doctor;
mod error;
mod file;
mod files;
mod folder;
mod husky;
mod kept;
mod lefthook;
mod manager;
mod overcommit;
mod plain;
mod pre_commit;
mod reach;
mod shim;
mod tree;

pub(crate) use doctor::{Diagnosis, Health, examine};
pub(crate) use error::InstallError;
pub(crate) use folder::{HooksFolder, HooksPathOrigin};
pub(crate) use manager::Manager;

use crate::source::git::RepoLocation;
use calls::Call;
use file::{is_executable, replace, write_new};
use kept::Kept;
use plain::Ending;
use reach::Reach;
use shim::Owner;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// A hook of git that notegate serves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[expect(clippy::enum_variant_names, reason = "these are the names that git gives its hooks")]
pub(crate) enum Hook {
    /// Before a commit.
    PreCommit,
    /// Before the commit of a merge without conflicts.
    PreMergeCommit,
    /// Before references are sent.
    PrePush,
    /// Before references are taken; on the server.
    PreReceive,
}

impl Hook {
    /// All of them.
    pub(crate) const ALL: [Self; 4] = [Self::PreCommit, Self::PreMergeCommit, Self::PrePush, Self::PreReceive];

    /// The hooks of a repository where people work.
    pub(crate) const CLIENT: [Self; 3] = [Self::PreCommit, Self::PreMergeCommit, Self::PrePush];

    /// The name of the hook's file.
    #[must_use]
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::PreCommit => "pre-commit",
            Self::PreMergeCommit => "pre-merge-commit",
            Self::PrePush => "pre-push",
            Self::PreReceive => "pre-receive",
        }
    }

    /// Whether it runs before a commit and judges what is staged.
    fn is_of_commit(self) -> bool {
        matches!(self, Self::PreCommit | Self::PreMergeCommit)
    }

    /// What git does not do when this hook refuses.
    #[must_use]
    pub(crate) fn what_it_stops(self) -> &'static str {
        if self.is_of_commit() { "commit" } else { "push" }
    }

    /// The hook of that name.
    #[must_use]
    pub(crate) fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|hook| hook.name() == name)
    }
}

/// What happened to one hook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Step {
    /// The hook.
    pub hook: Hook,
    /// Its file.
    pub path: PathBuf,
    /// What was done.
    pub outcome: Outcome,
}

/// What was done to the file of one hook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Written where there was none.
    Written,
    /// Written; the hook that was there is kept and runs first.
    Chained(Chained),
    /// Written again: it was of an earlier version or named another program.
    Updated,
    /// As it should be already.
    UpToDate,
    /// Taken away.
    Removed,
    /// Taken away, and the hook that was there before is back.
    Restored,
    /// Not there, so there was nothing to take away.
    Absent,
    /// Left alone: this is not what notegate wrote. Somebody changed it, or another program wrote it.
    NotOurs,
    /// A call was written into this shell script, which the manager runs.
    Added(Manager),
    /// The call that notegate wrote into the manager's script is out again.
    TakenOut(Manager),
    /// Left alone: this file names notegate, and it was not established that its answer is heeded.
    NotEstablished(PathBuf),
    /// Left alone: a hook manager looks after this file, and calls notegate already.
    CalledBy(Manager),
    /// Left alone: a hook manager looks after this file, and does not call notegate. The hook is not guarded until the
    /// manager's configuration says so.
    LeftTo(Manager),
}

/// An earlier hook that runs before notegate's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Chained {
    /// Where it is now.
    pub kept: PathBuf,
    /// Why it was not left to it to call notegate, when it is about that.
    pub doubt: Option<String>,
    /// Where another hook is now that was kept before, and that nothing ran any more.
    pub set_aside: Option<PathBuf>,
}

/// What helps where a file names notegate and nothing more is known.
pub(crate) const HELP_IN_DOUBT: &str = "have notegate called by a command of its own, with nothing around it: no pipe, no condition, nothing after it\n\
     lines between `# notegate begin` and `# notegate end` can go, `notegate install` writes them again\n\
     or try it: what contains a poor note has to be refused";

/// Writes the hooks. Without names: the three of a working repository, or `pre-receive` in a bare one. Running it again
/// changes nothing.
///
/// `program` is the absolute path of this program.
///
/// # Errors
/// See [`InstallError`]; hooks that were written before the error stay.
pub(crate) fn install(place: &RepoLocation, hooks: &[Hook], program: &Path) -> Result<Vec<Step>, InstallError> {
    let folder = HooksFolder::find(place)?;
    if let HooksPathOrigin::Outside(origin) = &folder.origin {
        return Err(InstallError::Outside { folder: folder.path.clone(), origin: origin.clone() });
    }
    let scripts = husky::folder(&folder.path);
    let home = scripts.as_deref().unwrap_or(&folder.path);
    fs::create_dir_all(home).map_err(at(home))?;
    let hooks = if hooks.is_empty() { folder.default_hooks() } else { hooks };
    let install = |hook: &Hook| match &scripts {
        Some(scripts) => install_under_husky(&folder, scripts, *hook),
        None => install_one(&folder, *hook, program),
    };
    hooks.iter().map(install).collect()
}

fn install_under_husky(folder: &HooksFolder, scripts: &Path, hook: Hook) -> Result<Step, InstallError> {
    // What an earlier version wrote over husky's own script would not last.
    if scripts != folder.path {
        uninstall_one(folder, hook)?;
    }
    let ending = husky::ending(scripts);
    edit(&scripts.join(hook.name()), hook, |script, hook| husky::with_call(script, hook, ending))
}

fn install_one(folder: &HooksFolder, hook: Hook, program: &Path) -> Result<Step, InstallError> {
    let path = folder.path.join(hook.name());
    let script = shim::script(hook, program).ok_or_else(|| InstallError::ProgramPath(program.to_owned()))?;
    let outcome = match shim::owner(&path, hook).map_err(at(&path))? {
        Owner::Nobody => {
            write_new(&path, &script).map_err(at(&path))?;
            Outcome::Written
        }
        Owner::Notegate { script: found } => {
            if let Some(kept) = Kept::beside(&folder.path) {
                kept.migrate(hook).map_err(at(kept.folder()))?;
            }
            if found == script && is_executable(&path) {
                Outcome::UpToDate
            } else {
                replace(&path, &script).map_err(at(&path))?;
                Outcome::Updated
            }
        }
        Owner::NotegateEdited => return Err(InstallError::Edited(path)),
        Owner::Somebody => beside_another(folder, hook, &script)?,
    };
    Ok(Step { hook, path, outcome })
}

/// Leaves the hook to the manager whose it is; moves any other out of the way, so that it runs first.
fn beside_another(folder: &HooksFolder, hook: Hook, script: &str) -> Result<Outcome, InstallError> {
    let path = folder.path.join(hook.name());
    let found = fs::read(&path).unwrap_or_default();
    let found = String::from_utf8_lossy(&found);
    if let Some(manager) = Manager::of_script(&found) {
        return Ok(match manager.caller(folder, &found, hook, &[]) {
            (_, Reach::Never) => Outcome::LeftTo(manager),
            (file, Reach::Unclear | Reach::Unexamined(_)) => Outcome::NotEstablished(file.unwrap_or(path)),
            _ => Outcome::CalledBy(manager),
        });
    }
    let call = calls::of_script(&found, hook, Ending::GoesOn);
    if call == Call::Heeded {
        return Ok(Outcome::UpToDate);
    }
    let no_place = || InstallError::NoPlace { hook: path.clone(), name: hook.name() };
    let kept = Kept::beside(&folder.path).filter(|kept| folder.holds(kept.folder())).ok_or_else(no_place)?;
    if let Some(taken) = kept.find_former(hook) {
        return Err(InstallError::NoRoom { hook: path, taken });
    }
    let set_aside = kept.set_aside(hook).map_err(at(kept.folder()))?;
    let place = kept.keep(hook).map_err(at(&path))?;
    if let Err(error) = write_new(&path, script) {
        kept.put_back(hook, &place).map_err(at(&place))?;
        return Err(at(&path)(error));
    }
    let doubt = if call == Call::Unclear { call.doubt(hook, "it") } else { None };
    Ok(Outcome::Chained(Chained { kept: place, doubt, set_aside }))
}

/// Changes a script of husky's people.
fn edit(
    path: &Path,
    hook: Hook,
    change: impl FnOnce(Option<&str>, Hook) -> husky::Change,
) -> Result<Step, InstallError> {
    let before = husky::read(path).map_err(at(path))?;
    let outcome = match change(before.as_deref(), hook) {
        husky::Change::None => Outcome::UpToDate,
        husky::Change::ByHand => match before.map(|script| husky::called(&script, hook, Ending::GoesOn)) {
            Some(Call::Unclear) => Outcome::NotEstablished(path.to_owned()),
            _ => Outcome::LeftTo(Manager::Husky),
        },
        husky::Change::Remove => {
            fs::remove_file(path).map_err(at(path))?;
            Outcome::TakenOut(Manager::Husky)
        }
        husky::Change::Write(text) => {
            match before {
                None => write_new(path, &text),
                Some(_) => file::rewrite(path, &text),
            }
            .map_err(at(path))?;
            Outcome::Added(Manager::Husky)
        }
    };
    Ok(Step { hook, path: path.to_owned(), outcome })
}

/// Takes away the hooks that [`install`] wrote, and puts earlier ones back. Files of others stay as they are.
///
/// # Errors
/// When the repository or a file cannot be read or written.
pub(crate) fn uninstall(place: &RepoLocation) -> Result<Vec<Step>, InstallError> {
    let folder = HooksFolder::find(place)?;
    let scripts = husky::folder(&folder.path);
    let mut steps = Vec::new();
    for hook in Hook::ALL {
        match &scripts {
            Some(scripts) if *scripts == folder.path => steps.push(take_out(scripts, hook)?),
            Some(scripts) => {
                uninstall_one(&folder, hook)?;
                steps.push(take_out(scripts, hook)?);
            }
            None => steps.push(uninstall_one(&folder, hook)?),
        }
    }
    Ok(steps)
}

/// Takes the call out of a script of husky's people.
fn take_out(scripts: &Path, hook: Hook) -> Result<Step, InstallError> {
    let change =
        |script: Option<&str>, hook| script.map_or(husky::Change::None, |text| husky::without_call(text, hook));
    let mut step = edit(&scripts.join(hook.name()), hook, change)?;
    step.outcome = match step.outcome {
        Outcome::UpToDate => Outcome::Absent,
        Outcome::LeftTo(_) | Outcome::NotEstablished(_) => Outcome::NotOurs,
        Outcome::Added(manager) => Outcome::TakenOut(manager),
        outcome => outcome,
    };
    Ok(step)
}

fn uninstall_one(folder: &HooksFolder, hook: Hook) -> Result<Step, InstallError> {
    let path = folder.path.join(hook.name());
    let outcome = match shim::owner(&path, hook).map_err(at(&path))? {
        Owner::Nobody => Outcome::Absent,
        Owner::Somebody | Owner::NotegateEdited => Outcome::NotOurs,
        Owner::Notegate { .. } => {
            let kept = Kept::beside(&folder.path);
            match kept.as_ref().and_then(|kept| kept.find(hook).map(|place| (kept, place))) {
                Some((kept, place)) => {
                    kept.put_back(hook, &place).map_err(at(&place))?;
                    Outcome::Restored
                }
                None => {
                    fs::remove_file(&path).map_err(at(&path))?;
                    Outcome::Removed
                }
            }
        }
    };
    Ok(Step { hook, path, outcome })
}

/// The script that [`install`] would write, for people who keep their hooks themselves; nothing when the program's path
/// is no text.
#[must_use]
pub(crate) fn script(hook: Hook, program: &Path) -> Option<String> {
    shim::script(hook, program)
}

fn at(path: &Path) -> impl FnOnce(io::Error) -> InstallError + use<> {
    let path = path.to_owned();
    move |error| InstallError::File { path, error }
}
