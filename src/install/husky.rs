//! husky: `core.hooksPath` leads to scripts of husky's own, which run the shell scripts that people write beside them.
//! husky writes its own anew on every `npm install`, so notegate's part goes into those of the people, as a block of
//! lines that can be found again.

use super::Hook;
use super::calls::{self, Call};
use super::plain::Ending;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The folder of the scripts that people write, when `hooks` is where husky sends git: `.husky/_` since version 9,
/// `.husky` itself before that.
pub(super) fn folder(hooks: &Path) -> Option<PathBuf> {
    let is_own = |folder: &Path| folder.join("h").is_file() || folder.join("husky.sh").is_file();
    if hooks.file_name()? == "_" {
        let parent = hooks.parent()?;
        let is_husky = is_own(hooks) || parent.file_name().is_some_and(|name| name == ".husky");
        return is_husky.then(|| parent.to_owned());
    }
    is_own(&hooks.join("_")).then(|| hooks.to_owned())
}

/// The first line of the block; what was added besides follows.
const BEGIN: &str = "# notegate begin: written by `notegate install`, removed by `notegate uninstall`";
/// The file did not end with a line end.
const LINE_END_ADDED: &str = " with the line end before it";
/// There was no file.
const FILE_ADDED: &str = " with this file";
const END: &str = "# notegate end\n";
const NEW_FILE: &str = "#!/bin/sh\n";

/// The lines with which older hooks take in husky.
const TAKES_IN_HUSKY: [&str; 2] = [". \"$(dirname -- \"$0\")/_/husky.sh\"", ". \"$(dirname \"$0\")/_/husky.sh\""];

/// A script of husky's people with or without notegate's block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Change {
    /// Nothing is to be done.
    None,
    /// The file is to hold this.
    Write(String),
    /// The file is to go: nothing but what notegate wrote is in it.
    Remove,
    /// The file is no shell script, or its block was edited: only a person can change it.
    ByHand,
}

/// What makes the script of `hook` call notegate; nothing as `script` means that there is no file.
pub(super) fn with_call(script: Option<&str>, hook: Hook, ending: Ending) -> Change {
    let Some(script) = script else { return Change::Write(format!("{NEW_FILE}{}", block(hook, FILE_ADDED))) };
    if called(script, hook, ending) == Call::Heeded {
        return Change::None;
    }
    if script.contains(BEGIN) || !is_shell(script) {
        return Change::ByHand;
    }
    let at = after_head(script);
    let (head, rest) = script.split_at(at);
    let added = if head.is_empty() || head.ends_with('\n') { "" } else { LINE_END_ADDED };
    let gap = if added.is_empty() { "" } else { "\n" };
    Change::Write(format!("{head}{gap}{}{rest}", block(hook, added)))
}

/// What a script of husky's people has to do with notegate, when failures in it do what `ending` says.
pub(super) fn called(script: &str, hook: Hook, ending: Ending) -> Call {
    let mut script = script.to_owned();
    for added in [LINE_END_ADDED, FILE_ADDED, ""] {
        script = script.replace(&block(hook, added), &format!("notegate hook {} || exit\n", hook.name()));
    }
    for line in TAKES_IN_HUSKY {
        script = script.replace(&format!("\n{line}\n"), "\n\n");
    }
    calls::of_script(&script, hook, ending)
}

/// What husky's own script does at a failure in those of its people; `scripts` is the folder of these.
pub(super) fn ending(scripts: &Path) -> Ending {
    let own = fs::read_to_string(scripts.join("_").join("h")).unwrap_or_default();
    let runs = |line: &str| line.trim() == "sh -e \"$s\" \"$@\"";
    if own.lines().any(runs) { Ending::AtFailure } else { Ending::GoesOn }
}

/// What takes notegate's call out of the script again, byte for byte.
pub(super) fn without_call(script: &str, hook: Hook) -> Change {
    if !script.contains(BEGIN) {
        return Change::None;
    }
    if script == format!("{NEW_FILE}{}", block(hook, FILE_ADDED)) {
        return Change::Remove;
    }
    let without = [LINE_END_ADDED, FILE_ADDED, ""].into_iter().find_map(|added| {
        let gap = if added == LINE_END_ADDED { "\n" } else { "" };
        let block = format!("{gap}{}", block(hook, added));
        script.split_once(&block).map(|(before, after)| format!("{before}{after}"))
    });
    without.map_or(Change::ByHand, Change::Write)
}

/// The lines that call notegate. The file is shared, so they name the program on PATH and no path of one machine.
fn block(hook: Hook, added: &str) -> String {
    let name = hook.name();
    let call = match hook.is_of_commit() {
        true => format!("notegate hook {name} \"$@\" || exit\n"),
        // Git says on standard input what is pushed, and what follows in the script may read that too.
        false => format!(
            "notegate_input=$(cat)\nnotegate hook {name} \"$@\" <<NOTEGATE || exit\n$notegate_input\nNOTEGATE\n\
             exec <<NOTEGATE\n$notegate_input\nNOTEGATE\n"
        ),
    };
    format!("{BEGIN}{added}\n{call}{END}")
}

/// Whether the shell runs the script, by its first line.
fn is_shell(script: &str) -> bool {
    let Some(first) = script.strip_prefix("#!") else { return true };
    let words = first.lines().next().unwrap_or_default().split([' ', '/', '\t']);
    words.into_iter().any(|word| matches!(word.trim_end(), "sh" | "bash" | "dash" | "ksh" | "zsh"))
}

/// Where the head of the script ends: comments, blank lines, and the line with which older hooks take in husky. A call
/// after it runs once and whatever the rest of the script does.
fn after_head(script: &str) -> usize {
    let is_head = |line: &&str| {
        let line = line.trim();
        line.is_empty() || line.starts_with('#') || line.ends_with("/_/husky.sh\"")
    };
    script.split_inclusive('\n').take_while(is_head).map(str::len).sum()
}

/// The script of a hook: its text, or nothing when there is no file.
///
/// # Errors
/// When it is no plain file of text.
pub(super) fn read(path: &Path) -> io::Result<Option<String>> {
    match fs::symlink_metadata(path) {
        Ok(metadata) if metadata.is_file() => fs::read_to_string(path).map(Some),
        Ok(_) => Err(io::Error::other("this is not a regular file")),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCRIPTS: [&str; 8] = [
        "",
        "npm test\n",
        "npm test",
        "#!/bin/sh\n",
        "#!/bin/sh",
        "#!/usr/bin/env bash\n\n# tests\nnpm test\nexit 0\n",
        "#!/usr/bin/env sh\n. \"$(dirname -- \"$0\")/_/husky.sh\"\n\nnpm test\n",
        "\n# nothing yet",
    ];

    #[test]
    fn what_was_put_in_comes_out_byte_for_byte() {
        for script in SCRIPTS {
            for hook in Hook::CLIENT {
                let Change::Write(with) = with_call(Some(script), hook, Ending::GoesOn) else { panic!("{script:?}") };
                assert_eq!(called(&with, hook, Ending::GoesOn), Call::Heeded, "{with}");
                assert_eq!(with_call(Some(&with), hook, Ending::GoesOn), Change::None);
                assert_eq!(without_call(&with, hook), Change::Write(script.to_owned()));
            }
        }
    }

    #[test]
    fn the_call_comes_after_the_head_and_before_the_work() {
        let Change::Write(with) = with_call(Some(SCRIPTS[6]), Hook::PreCommit, Ending::GoesOn) else { panic!() };
        let lines: Vec<&str> = with.lines().collect();
        assert!(lines[1].ends_with("/_/husky.sh\""), "{with}");
        assert_eq!(lines[4], "notegate hook pre-commit \"$@\" || exit", "{with}");
        assert_eq!(lines.last(), Some(&"npm test"));
    }

    #[test]
    fn what_only_a_person_can_change_is_left() {
        assert_eq!(with_call(Some("#!/usr/bin/env node\nrun()\n"), Hook::PreCommit, Ending::GoesOn), Change::ByHand);
        let Change::Write(with) = with_call(None, Hook::PreCommit, Ending::GoesOn) else { panic!() };
        assert_eq!(without_call(&with, Hook::PreCommit), Change::Remove);
        assert_eq!(
            without_call(&format!("{with}npm test\n"), Hook::PreCommit),
            Change::Write("#!/bin/sh\nnpm test\n".to_owned())
        );
        let edited = with.replace("pre-commit \"$@\"", "pre-commit -v \"$@\"");
        assert_eq!(without_call(&edited, Hook::PreCommit), Change::ByHand);
        assert_eq!(without_call("npm test\n", Hook::PreCommit), Change::None);
        assert_eq!(with_call(Some("notegate hook pre-commit\n"), Hook::PreCommit, Ending::GoesOn), Change::None);
    }
}
