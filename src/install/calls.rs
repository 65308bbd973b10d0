//! Whether a shell script or a command line calls notegate for a hook, so that its answer is the hook's answer.
//!
//! Scripts are not run, and the shell is not taken apart: only scripts of a few plain forms are vouched for. Of any other
//! that names notegate it is said that this was not established.

use super::Hook;
use super::arguments::{Serves, is_notegate, serves};
use super::plain::{self, Command, Ending, Line, Then};

/// What a script or a command has to do with notegate, from the worst to the best.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Call {
    /// Nothing in it that is run names notegate.
    Absent,
    /// It names notegate, in ways that can stop nothing: the answer is thrown away, or the call judges something else.
    Powerless,
    /// It names notegate, and nothing more was established.
    Unclear,
    /// The answer of notegate is the answer of the hook, or comes before it.
    Heeded,
}

impl Call {
    /// Why nothing can be said for the hook whose script is in `file`; nothing when all is well.
    pub(super) fn doubt(self, hook: Hook, file: &str) -> Option<String> {
        let what = hook.what_it_stops();
        match self {
            Self::Absent => Some(format!("no call of notegate was found in {file}")),
            Self::Powerless => Some(format!("no call of notegate that can stop a {what} was found in {file}")),
            Self::Unclear => {
                Some(format!("{file} names notegate, but it was not established that its answer stops the {what}"))
            }
            Self::Heeded => None,
        }
    }
}

/// What a hook's script has to do with notegate, when a shell reads it that does what `ending` says at a failure.
pub(super) fn of_script(script: &str, hook: Hook, ending: Ending) -> Call {
    match shell(script, ending) {
        Some(ending) => walk(script, hook, ending),
        None => mentions(lines(script), hook),
    }
}

/// What a command has to do with notegate that is started without a shell.
pub(super) fn of_command(command: &str, hook: Hook) -> Call {
    let Some(called) = plain::command_without_shell(command) else { return mentions(command.lines(), hook) };
    if serves(&called, hook) == Serves::Yes { Call::Heeded } else { mentions(command.lines(), hook) }
}

/// The lines as a shell sees them: what stands before a line end belongs to its line.
fn lines(script: &str) -> impl Iterator<Item = &str> {
    script.split('\n')
}

/// How the shell that reads the script takes failures; nothing when the script is not known to be for a shell.
fn shell(script: &str, ending: Ending) -> Option<Ending> {
    let Some(first) = script.strip_prefix("#!") else { return Some(ending) };
    let mut words = first.lines().next().unwrap_or_default().split_whitespace().peekable();
    let mut program = words.next()?;
    if program.ends_with("/env") {
        words.next_if_eq(&"-S");
        program = words.next()?;
    }
    if !matches!(program.rsplit('/').next(), Some("sh" | "bash" | "dash")) {
        return None;
    }
    let options: Vec<&str> = words.collect();
    if options.is_empty() { Some(ending) } else { plain::set(&options) }
}

/// Goes through the script up to a call whose answer counts, or to a line that is not read.
fn walk(script: &str, hook: Hook, ending: Ending) -> Call {
    let mut ending = ending;
    // The last command so far is a call.
    let mut is_last = false;
    let mut has_input = true;
    for (at, text) in lines(script).enumerate() {
        if text.trim_matches(plain::BLANK).is_empty() || text.trim_matches(plain::BLANK).starts_with('#') {
            continue;
        }
        let Some(line) = plain::line(text) else { return mentions(lines(script), hook) };
        if let Line::Commands(commands) | Line::Ends(commands) = &line {
            has_input &= commands.iter().rev().skip(1).all(Command::leaves_input);
        }
        let can_be_judged = hook.is_of_commit() || has_input;
        let calls = |command: &Command| can_be_judged && serves(command, hook) == Serves::Yes;
        match line {
            Line::Idle if !is_last => {}
            // An assignment has an answer, too.
            Line::Idle => is_last = false,
            Line::Set(set) => {
                ending = if set == Ending::AtFailure { set } else { ending };
                is_last = false;
            }
            Line::Exit if is_last => return Call::Heeded,
            Line::Exit => return mentions_up_to(script, at, hook),
            Line::Ends(commands) if commands.iter().any(calls) => return Call::Heeded,
            Line::Ends(_) => return mentions_up_to(script, at, hook),
            // What comes after may never be run.
            Line::Commands(commands) if commands.iter().any(|command| command.then == Then::StopsAsGood) => {
                return mentions(lines(script), hook);
            }
            Line::Commands(commands) => {
                let last = commands.last().filter(|last| calls(last));
                let is_single = commands.len() == 1;
                match last.map(|last| last.then) {
                    Some(Then::Stops) => return Call::Heeded,
                    Some(Then::GoesOn) if is_single && ending == Ending::AtFailure => return Call::Heeded,
                    Some(Then::GoesOn) => is_last = true,
                    Some(Then::Dropped | Then::StopsAsGood) | None => is_last = false,
                }
                has_input &= commands.last().is_none_or(Command::leaves_input);
            }
        }
    }
    if is_last { Call::Heeded } else { mentions(lines(script), hook) }
}

/// What is said about a script that ends with the line at `last`.
fn mentions_up_to(script: &str, last: usize, hook: Hook) -> Call {
    let found = mentions(lines(script).take(last + 1), hook);
    // What comes after is never run.
    if mentions(lines(script).skip(last + 1), hook) > Call::Absent { found.max(Call::Powerless) } else { found }
}

/// What lines say that were not found to be a call whose answer counts.
fn mentions<'l>(lines: impl Iterator<Item = &'l str>, hook: Hook) -> Call {
    let of_line = |line: &str| match without_comment(line) {
        code if !code.contains("notegate") => Call::Absent,
        code if is_powerless(code, hook) => Call::Powerless,
        _ => Call::Unclear,
    };
    lines.map(of_line).max().unwrap_or(Call::Absent)
}

/// Whether the line can stop nothing, beyond doubt.
fn is_powerless(code: &str, hook: Hook) -> bool {
    let Some(Line::Commands(commands)) = plain::line(code) else { return false };
    commands.iter().all(|command| {
        matches!(command.program(), "echo" | "printf" | ":")
            || !command.words.iter().any(|word| word.contains("notegate"))
            || is_notegate(command)
                && (matches!(command.then, Then::Dropped | Then::StopsAsGood) || serves(command, hook) == Serves::No)
    })
}

/// The line up to a `#` that starts a word.
fn without_comment(line: &str) -> &str {
    let starts = |(at, _): &(usize, &str)| {
        line.get(..*at).is_some_and(|before| before.is_empty() || before.ends_with(char::is_whitespace))
    };
    match line.match_indices('#').find(starts) {
        Some((at, _)) => line.get(..at).unwrap_or(line),
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(script: &str) -> Call {
        of_script(script, Hook::PreCommit, Ending::GoesOn)
    }

    #[test]
    fn scripts_of_plain_forms_are_vouched_for() {
        for script in [
            "notegate hook pre-commit",
            "#!/bin/sh\nnpm test\nnotegate hook pre-commit \"$@\" || exit $?\n",
            "exec /usr/local/bin/notegate hook pre-commit",
            "exec notegate hook pre-commit \"$@\"\nexit 0\n",
            "'/opt/my tools/notegate' hook pre-commit",
            "make test && notegate check --staged --fail-on marginal",
            "make authenticate && notegate hook pre-commit",
            "if ! notegate.exe hook pre-commit; then exit 1; fi",
            "notegate hook pre-merge-commit -v",
            "notegate check --staged --format=json --color never",
            "exec < /dev/tty\nnotegate hook pre-commit",
            "#!/usr/bin/env bash\n# notes\n\nset -euo pipefail\nroot=.\nPATH=\"$HOME/.cargo/bin:$PATH\"\nnotegate hook pre-commit\necho done\n",
            "#!/bin/sh -e\nnotegate hook pre-commit\necho done\n",
            "notegate hook pre-commit \"$@\" || exit\nif [ -n \"$CI\" ]; then exit 0; fi\n",
            "npm test || exit 1\nnotegate hook pre-commit 2>&1\n\n# end\n",
            "notegate hook pre-commit # the notes\nexit $?\n",
            "export PATH=/opt/bin:$PATH\nprintf 'notes\\n' >&2\nnotegate hook pre-commit\nexit\necho never\n",
            "eslint 'src/**/*.js' > /dev/null\nnotegate hook pre-commit",
        ] {
            assert_eq!(of(script), Call::Heeded, "{script}");
            assert_ne!(of_script(script, Hook::PrePush, Ending::GoesOn), Call::Heeded, "{script}");
        }
        let push = |script: &str| of_script(script, Hook::PrePush, Ending::GoesOn);
        assert_eq!(push("notegate hook pre-push \"$@\""), Call::Heeded);
        assert_eq!(push("echo notes\nmake test < /dev/null\nnotegate hook pre-push \"$@\""), Call::Heeded);
        for script in [
            "cat >/dev/null; exec notegate hook pre-push",
            "cat > /dev/null\nexec notegate hook pre-push \"$@\"",
            "npm test\nnotegate hook pre-push \"$@\"",
            "exec < /dev/tty\nnotegate hook pre-push \"$@\"",
            "exec < /dev/null\nnotegate hook pre-push \"$@\"",
            "notegate hook pre-push \"$@\" < /dev/null",
            "read line\nnotegate hook pre-push",
            "npm test && notegate hook pre-push",
            "notegate check --from=origin/main",
        ] {
            assert_eq!(push(script), Call::Unclear, "{script}");
        }
    }

    #[test]
    fn any_other_form_is_not_vouched_for() {
        for script in [
            "notegate hook pre-commit\necho done\n",
            "notegate hook pre-commit\nx=1\n",
            "notegate hook pre-commit &",
            "notegate hook pre-commit &\nwait $! || exit",
            "notegate hook pre-commit; true",
            "notegate hook pre-commit; echo done",
            "notegate hook pre-commit | tee log",
            "notegate hook pre-commit 2>&1 | sed 's/^/  /'",
            "notegate hook pre-commit || echo poor",
            "notegate hook pre-commit || exit 256",
            "notegate hook pre-commit ||\ntrue",
            "notegate hook pre-commit \\\n|| true",
            "! notegate hook pre-commit",
            "notegate hook pre-commit && echo good\necho done",
            "set -e\nnotegate hook pre-commit && echo good\necho done",
            "set -e\nmake && notegate hook pre-commit\necho done",
            "set -e\nset +e\nnotegate hook pre-commit\necho done",
            "set -n\nnotegate hook pre-commit",
            "if notegate hook pre-commit; then echo good; fi",
            "if ! notegate hook pre-commit; then echo poor; fi",
            "if false; then notegate hook pre-commit; fi",
            "if false; then\n  notegate hook pre-commit\nfi",
            "while ! notegate hook pre-commit; do break; done",
            "for f in a; do notegate hook pre-commit; done; true",
            "case $CI in\n  yes) notegate hook pre-commit;;\nesac",
            "cat <<EOF\nnotegate hook pre-commit\nEOF\n",
            "cat <<EOF\nnotegate hook pre-commit || exit\nEOF\n",
            "check() {\n  notegate hook pre-commit || exit\n}\n",
            "check()\n{\nnotegate hook pre-commit || exit\n}\n",
            "function check {\nnotegate hook pre-commit || exit\n}\n",
            "x='\nnotegate hook pre-commit\n'",
            "echo \"\nnotegate hook pre-commit || exit\n\"",
            "trap 'exit 0' EXIT\nnotegate hook pre-commit",
            "alias notegate=true\nnotegate hook pre-commit",
            "notegate() { true; }\nnotegate hook pre-commit",
            "[ -n \"$CI\" ] || exit 0\nnotegate hook pre-commit",
            "[ -n \"$NOTES\" ] && notegate hook pre-commit",
            "test -f notes || exit 0\nexec notegate hook pre-commit",
            "return 0\nnotegate hook pre-commit",
            "make || exit 0\nnotegate hook pre-commit",
            "false && exit 0\nnotegate hook pre-commit",
            ". ./common.sh\nnotegate hook pre-commit",
            "cd /tmp\nnotegate hook pre-commit",
            "eval exit\nnotegate hook pre-commit",
            "$SKIP\nnotegate hook pre-commit",
            "GIT_DIR=/tmp/x\nnotegate hook pre-commit",
            "export GIT_INDEX_FILE=/tmp/x\nnotegate hook pre-commit",
            "GIT_DIR=/tmp/x notegate hook pre-commit",
            "NOTEGATE_CONFIG=/dev/null\nnotegate hook pre-commit",
            "x=$(exit 0)\nnotegate hook pre-commit",
            "echo `exit` $(notegate hook pre-commit)",
            "(notegate hook pre-commit)\ntrue",
            "{ notegate hook pre-commit; } || true",
            "exec 2>log\nnotegate hook pre-commit",
            "bash -c 'notegate hook pre-commit || true'",
            "sudo notegate hook pre-commit",
            "command -v notegate >/dev/null && notegate hook pre-commit",
            "true || notegate hook pre-commit",
            "#!/bin/sh -n\nnotegate hook pre-commit",
            "#!/usr/bin/env python3\n\"\"\"\nnotegate hook pre-commit\n\"\"\"\n",
            "#!/usr/bin/env python3\nimport subprocess\nsubprocess.run(['notegate', 'hook', 'pre-commit'])\n",
            "#!/usr/bin/env node\nnotegate hook pre-commit\n",
            "#!/bin/true\nnotegate hook pre-commit\n",
            "notegate check",
            "notegate check notes/",
            "notegate check --staged notes/",
            "notegate check --staged -- notes/",
            "notegate check --fail-on marginal notes/ --staged",
            "flags=--help\nnotegate hook pre-commit \"$flags\"",
            "notegate hook pre-commit {--help,}",
            "notegate hook pre-commit -vh",
            "notegate --color never hook pre-commit",
            "notegate hook $hook",
            "notegate $what",
            "if ! true && notegate hook pre-commit; then exit 1; fi",
            "notegate hook pre-commit || exit\u{a0}\nexit 0",
            "notegate hook pre-commit || exit\r\nexit 0\r\n",
            "set -e\r\nnotegate hook pre-commit\r\nexit 0\r\n",
            "ex\0it 0\nnotegate hook pre-commit",
            "npx notegate-wrapper",
            "cd notegate && make",
        ] {
            assert_eq!(of(script), Call::Unclear, "{script}");
        }
    }

    #[test]
    fn a_script_that_ends_at_failures_needs_nothing_after_the_call() {
        for (script, expected) in [
            ("notegate hook pre-commit\necho done\n", Call::Heeded),
            ("make\nnotegate hook pre-commit\nexit 0\n", Call::Heeded),
            ("notegate hook pre-commit | tee log\necho done\n", Call::Unclear),
            ("make && notegate hook pre-commit\necho done\n", Call::Unclear),
        ] {
            assert_eq!(of_script(script, Hook::PreCommit, Ending::AtFailure), expected, "{script}");
        }
    }

    #[test]
    fn what_can_stop_nothing_is_no_call() {
        for script in
            ["", "# notegate hook pre-commit", "make test # notegate hook pre-commit", "./ng.sh", "exec ./ng.sh\n"]
        {
            assert_eq!(of(script), Call::Absent, "{script}");
        }
        for script in [
            "echo notegate hook pre-commit",
            "  printf 'see notegate hook pre-commit'",
            "exit 0\nnotegate hook pre-commit",
            "exec make test\nnotegate hook pre-commit",
            "notegate hook pre-commit || true",
            "notegate hook pre-commit || :",
            "notegate hook pre-commit || exit 0",
            "notegate hook pre-push",
            "notegate hook",
            "notegate --version",
            "notegate doctor",
            "notegate hook pre-commit --exit-zero",
            "notegate check --staged --exit-zero",
            "notegate check --staged --list-files",
            "notegate hook pre-commit --help",
        ] {
            assert_eq!(of(script), Call::Powerless, "{script}");
        }
    }

    #[test]
    fn commands_without_a_shell_are_calls_of_their_first_word() {
        let of = |command: &str| of_command(command, Hook::PreCommit);
        assert_eq!(of("notegate hook pre-commit --fail-on marginal"), Call::Heeded);
        assert_eq!(of("bash -c 'notegate hook pre-commit || true'"), Call::Unclear);
        assert_eq!(of("bash -c notegate hook pre-commit || true"), Call::Unclear);
        assert_eq!(of("notegate check"), Call::Unclear);
        assert_eq!(of("notegate hook pre-commit --exit-zero"), Call::Powerless);
        assert_eq!(of("./ng.sh"), Call::Absent);
    }
}
