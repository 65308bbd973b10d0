//! Whether the hooks work: everything known to switch a hook off without a word.

use super::folder::{HooksFolder, HooksPathOrigin};
use super::shim::{self, Owner};
use super::{Hook, is_executable};
use crate::source::SourceError;
use crate::source::git::Place;
use std::fs;
use std::path::{Path, PathBuf};

/// How a thing that was looked at is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Health {
    /// As it should be.
    Good,
    /// Worth knowing.
    Notice,
    /// The gate does not work, or not for long.
    Broken,
}

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnosis {
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

/// Looks at the hooks of the repository at `place`; `program` is the absolute path of this program.
///
/// # Errors
/// When there is no repository, or no git program to ask.
pub fn examine(place: &Place, program: &Path) -> Result<Vec<Diagnosis>, SourceError> {
    let folder = HooksFolder::find(place)?;
    let mut found = vec![hooks_path(&folder)];
    found.extend(managers(&folder));
    for hook in folder.default_hooks() {
        found.push(hook_file(&folder, *hook, program));
    }
    Ok(found)
}

fn hooks_path(folder: &HooksFolder) -> Diagnosis {
    let path = folder.path.display();
    match &folder.origin {
        HooksPathOrigin::Default => Diagnosis::new(Health::Good, format!("git looks for hooks in {path}")),
        HooksPathOrigin::Inside => {
            Diagnosis::new(Health::Notice, format!("core.hooksPath sends git to {path} for its hooks"))
        }
        HooksPathOrigin::Outside(origin) => Diagnosis::new(
            Health::Broken,
            format!("core.hooksPath sends git to {path}, outside this repository (set in {origin})"),
        )
        .with_help("let this repository use its own hooks: git config --local core.hooksPath \"$(git rev-parse --path-format=absolute --git-common-dir)/hooks\""),
    }
}

/// Other programs that write hooks, told by their files at the top of the work tree.
const MANAGERS: [(&str, &str, &str); 6] = [
    (".pre-commit-config.yaml", "pre-commit", "add notegate to .pre-commit-config.yaml; see docs/ci.md"),
    ("prek.toml", "prek", "add notegate to prek.toml; see docs/ci.md"),
    (".husky", "husky", "add this line to .husky/pre-commit: notegate hook pre-commit"),
    ("lefthook.yml", "lefthook", "add the command `notegate hook pre-commit` to lefthook.yml"),
    (".lefthook.yml", "lefthook", "add the command `notegate hook pre-commit` to .lefthook.yml"),
    (".overcommit.yml", "overcommit", "add the command `notegate hook pre-commit` to .overcommit.yml"),
];

fn managers(folder: &HooksFolder) -> Vec<Diagnosis> {
    let Some(top) = &folder.work_tree else { return Vec::new() };
    let here = MANAGERS.iter().filter(|(file, ..)| top.join(file).exists());
    let notice = |(file, name, help): &(&str, &str, &str)| {
        let message = format!("{name} looks after hooks here too ({file}); its next install may put ours aside");
        Diagnosis::new(Health::Notice, message).with_help(*help)
    };
    here.map(notice).collect()
}

fn hook_file(folder: &HooksFolder, hook: Hook, program: &Path) -> Diagnosis {
    let name = hook.name();
    let path = &folder.path.join(name);
    let broken = |message: String| Diagnosis::new(Health::Broken, message);
    if fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_symlink()) && !path.exists() {
        let message = format!("the hook {name} is a link to a file that is not there, which git skips without a word");
        return broken(message).with_help(format!("rm {} && notegate install", path.display()));
    }
    let bytes = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            return broken(format!("the hook {name} is not installed")).with_help("notegate install");
        }
        Err(error) => return broken(format!("the hook {name} cannot be read: {error}")),
    };
    if let Some(oddity) = oddity(&bytes) {
        let message = format!("the hook {name} {oddity}, so the system does not know how to run it");
        return broken(message).with_help(format!("rm {} && notegate install", path.display()));
    }
    if !is_executable(path) {
        let message = format!("the hook {name} has no run bit, so git skips it");
        return broken(message).with_help(format!("chmod +x {}", path.display()));
    }
    match shim::owner(path, hook) {
        Ok(Owner::Notegate { script }) => calls(&script, hook, program),
        Ok(Owner::NotegateEdited) => Diagnosis::new(
            Health::Notice,
            format!("the hook {name} was written by notegate and changed by hand since; it was not looked into"),
        ),
        Ok(Owner::Nobody | Owner::Somebody) => elsewhere(folder, &bytes, name),
        Err(error) => broken(format!("the hook {name} cannot be read: {error}")),
    }
}

/// What keeps a script from running though it reads well in an editor.
fn oddity(bytes: &[u8]) -> Option<&'static str> {
    if bytes.starts_with(&[0xef, 0xbb, 0xbf]) {
        return Some("starts with a byte order mark");
    }
    let first_line = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
    first_line.ends_with(b"\r").then_some("has Windows line ends")
}

/// A hook of somebody else's that may call notegate, by itself or through a hook manager.
fn elsewhere(folder: &HooksFolder, script: &[u8], name: &str) -> Diagnosis {
    if String::from_utf8_lossy(script).contains("notegate") {
        return Diagnosis::new(Health::Good, format!("the hook {name} is not ours and mentions notegate"));
    }
    if let Some(manager) = manager_with_notegate(folder) {
        return Diagnosis::new(Health::Good, format!("the hook {name} is not ours; {manager} mentions notegate"));
    }
    Diagnosis::new(Health::Broken, format!("the hook {name} is another program's and does not call notegate"))
        .with_help("to run both, the other one first: notegate install")
}

fn manager_with_notegate(folder: &HooksFolder) -> Option<&'static str> {
    let top = folder.work_tree.as_ref()?;
    let mentions =
        |file: &&str| fs::read(top.join(file)).is_ok_and(|b| String::from_utf8_lossy(&b).contains("notegate"));
    MANAGERS.iter().map(|(file, ..)| *file).chain([".husky/pre-commit"]).find(mentions)
}

/// Whether the program that a shim calls is there, and this one.
fn calls(script: &str, hook: Hook, program: &Path) -> Diagnosis {
    let name = hook.name();
    let Some(called) = shim::program_in(script).map(PathBuf::from) else {
        return Diagnosis::new(Health::Broken, format!("the hook {name} names no program"))
            .with_help("notegate install");
    };
    if !is_executable(&called) {
        let message = format!("the hook {name} calls {}, which is gone; it falls back to PATH", called.display());
        return Diagnosis::new(Health::Broken, message).with_help("notegate install");
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
        assert_eq!(oddity(b"#!/bin/sh\r\necho\r\n"), Some("has Windows line ends"));
        assert_eq!(oddity(b"\xef\xbb\xbf#!/bin/sh\n"), Some("starts with a byte order mark"));
        assert_eq!(oddity(b""), None);
    }
}
