//! The scripts in `hooks/`: filled in, and known again.

use super::Hook;
use super::calls::{self, Call};
use super::plain::Ending;
use crate::shell;
use std::fs;
use std::io;
use std::path::Path;

const COMMIT: &str = include_str!("../../hooks/commit.sh");
const PUSH: &str = include_str!("../../hooks/push.sh");

/// The line that tells a file of notegate's from others; the number is that of the script's form.
const MARK: &str = "# notegate shim ";

/// Whose the file of a hook is.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Owner {
    /// There is no file.
    Nobody,
    /// Another program or person.
    Somebody,
    /// notegate wrote it, and it is as it was written.
    Notegate {
        /// What it says.
        script: String,
    },
    /// notegate wrote it, and somebody changed it.
    NotegateEdited,
}

/// The script for `hook` that calls the program at `program`; nothing when that path is not text.
pub(super) fn script(hook: Hook, program: &Path) -> Option<String> {
    let program = shell::quoted(program.to_str()?);
    let template = if hook.is_of_commit() { COMMIT } else { PUSH };
    Some(template.replace("\r\n", "\n").replace("@HOOK@", hook.name()).replace("@PROGRAM@", &program))
}

/// Whose the file at `path` is. A dangling link is somebody's.
pub(super) fn owner(path: &Path, hook: Hook) -> io::Result<Owner> {
    let metadata = match fs::symlink_metadata(path) {
        Ok(metadata) => metadata,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Owner::Nobody),
        Err(error) => return Err(error),
    };
    if metadata.is_file() { Ok(owner_of(&fs::read(path)?, hook)) } else { Ok(Owner::Somebody) }
}

/// Whose the regular file of a hook is that holds `bytes`.
pub(super) fn owner_of(bytes: &[u8], hook: Hook) -> Owner {
    let found = String::from_utf8_lossy(bytes).into_owned();
    if !found.contains(MARK) {
        return Owner::Somebody;
    }
    // An earlier form of the script is taken as written: it cannot be compared any more.
    let as_written = !is_current(&found)
        || program_in(&found).and_then(|program| script(hook, Path::new(&program))).as_ref() == Some(&found);
    if as_written { Owner::Notegate { script: found } } else { Owner::NotegateEdited }
}

/// What a script of notegate's that somebody changed still has to do with it. It is vouched for where nothing was changed
/// from the line on that names the program.
pub(super) fn edited(found: &str, hook: Hook) -> Call {
    let call = format!("\"$program\" hook {}", hook.name());
    if !found.lines().any(|line| !line.trim_start().starts_with('#') && line.contains(&call)) {
        return Call::Absent;
    }
    let written = program_in(found).and_then(|program| script(hook, Path::new(&program)));
    let after =
        |text: &str| text.split_once("\nprogram='").map(|(before, after)| (before.to_owned(), after.to_owned()));
    let (Some((before, rest)), Some((_, as_written))) = (after(found), written.as_deref().and_then(after)) else {
        return Call::Unclear;
    };
    // What matters before is whether the script gets there.
    let call = calls::of_script(&format!("{before}\nnotegate hook {} || exit\n", hook.name()), hook, Ending::GoesOn);
    if call == Call::Heeded && rest != as_written { Call::Unclear } else { call }
}

fn is_current(found: &str) -> bool {
    let mark = COMMIT.lines().find(|line| line.starts_with(MARK)).and_then(|line| line.split(" for ").next());
    mark.is_some_and(|mark| found.contains(mark))
}

/// The program that a script calls.
pub(super) fn program_in(script: &str) -> Option<String> {
    let (_, rest) = script.split_once("\nprogram='")?;
    let (quoted, _) = rest.split_once("'\n")?;
    Some(shell::unquoted(quoted))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_slot_is_filled() {
        for hook in Hook::ALL {
            let script = script(hook, Path::new("/opt/it's/notegate")).unwrap();
            assert!(!script.contains('@') || !script.contains("@HOOK@"), "{script}");
            assert!(!script.contains("@PROGRAM@"), "{script}");
            assert!(script.contains(&format!("hook {}", hook.name())));
            assert_eq!(program_in(&script).as_deref(), Some("/opt/it's/notegate"));
        }
    }

    #[test]
    fn a_file_is_known_again_until_it_is_edited() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("pre-commit");
        assert_eq!(owner(&path, Hook::PreCommit).unwrap(), Owner::Nobody);

        let script = script(Hook::PreCommit, Path::new("/usr/bin/notegate")).unwrap();
        fs::write(&path, &script).unwrap();
        assert_eq!(owner(&path, Hook::PreCommit).unwrap(), Owner::Notegate { script: script.clone() });

        fs::write(&path, script.replace("exit 3", "exit 0")).unwrap();
        assert_eq!(owner(&path, Hook::PreCommit).unwrap(), Owner::NotegateEdited);

        fs::write(&path, "#!/bin/sh\nmake test\n").unwrap();
        assert_eq!(owner(&path, Hook::PreCommit).unwrap(), Owner::Somebody);
    }
}
