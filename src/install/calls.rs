//! Whether a shell script or a command line calls notegate for a hook.

use super::Hook;

/// Whether running `script` runs notegate, in a way that judges what `hook` is about and can refuse it.
///
/// The script is read line by line and not run: comments, lines that print, lines after an unconditional `exit`, and
/// calls whose answer is thrown away (`|| true`) do not count.
pub(super) fn notegate(script: &str, hook: Hook) -> bool {
    script.lines().take_while(|line| !ends_script(line)).any(|line| line_calls(line, hook))
        || script.lines().find(|line| ends_script(line)).is_some_and(|line| line_calls(line, hook))
}

/// Whether a call of notegate in `script` is reached whatever holds: it stands in no branch, loop or function, and behind
/// no test. Only such a call can be vouched for without running the script.
pub(super) fn surely(script: &str, hook: Hook) -> bool {
    let mut depth = Depth::default();
    let mut is_sure = false;
    for line in script.lines() {
        let is_outside = depth.is_outside();
        depth.pass(line);
        // The condition of an `if` is always asked, up to its `then`.
        let asked = ["; then", ";then"].iter().find_map(|then| Some(line.split_once(then)?.0)).unwrap_or(line);
        is_sure |= is_outside && !is_behind_test(asked) && line_calls(asked, hook);
        if is_outside && ends_script(line) {
            break;
        }
    }
    is_sure
}

/// How deep in branches, loops and functions a line of a script is.
#[derive(Debug, Default)]
struct Depth {
    open: usize,
    /// An `elif` goes on with a branch that is open already.
    continues: bool,
}

impl Depth {
    fn is_outside(&self) -> bool {
        self.open == 0
    }

    fn pass(&mut self, line: &str) {
        let code = without_comment(line).replace(';', " ; ");
        let mut is_command = true;
        for word in code.split_whitespace() {
            match word {
                "then" if is_command && self.continues => self.continues = false,
                "then" | "do" | "case" | "{" if is_command => self.open += 1,
                "elif" if is_command => self.continues = true,
                "fi" | "done" | "esac" | "}" if is_command => self.open = self.open.saturating_sub(1),
                _ => {}
            }
            let opens = matches!(word, "then" | "do" | "else" | "elif" | "if" | "while" | "until" | "{" | "!");
            is_command = opens || word.ends_with([';', '&', '|', ')']);
        }
    }
}

/// Whether what follows on the line depends on a test.
fn is_behind_test(line: &str) -> bool {
    let first = line.split_whitespace().next().unwrap_or_default();
    let is_test = matches!(first, "[" | "[[" | "test" | "false" | "true" | "command" | "which" | "type");
    is_test && (line.contains("&&") || line.contains("||"))
}

/// Whether the script ends with this line whatever comes before: `exit` or `exec` that stands at the margin.
fn ends_script(line: &str) -> bool {
    let mut words = line.split_whitespace();
    !line.starts_with(char::is_whitespace)
        && match words.next() {
            Some("exit") => true,
            // `exec` alone, or with nothing but redirections, goes on.
            Some("exec") => words.next().is_some_and(|word| !word.starts_with(['<', '>']) && !word.ends_with('>')),
            _ => false,
        }
}

fn line_calls(line: &str, hook: Hook) -> bool {
    let code = without_comment(line);
    let first = code.split_whitespace().next().unwrap_or_default();
    if matches!(first, "echo" | "printf" | ":") || answer_is_dropped(code) {
        return false;
    }
    let words: Vec<&str> = code.split_whitespace().map(|word| word.trim_matches(['"', '\'', '(', ')', ';'])).collect();
    let is_notegate = |word: &&str| matches!(word.rsplit(['/', '\\']).next(), Some("notegate" | "notegate.exe"));
    (0..words.len()).any(|at| {
        let rest = words.get(at..).unwrap_or_default();
        rest.first().is_some_and(is_notegate) && serves(rest.get(1..).unwrap_or_default(), hook)
    })
}

/// Whether notegate with these arguments judges what `hook` is about.
fn serves(arguments: &[&str], hook: Hook) -> bool {
    // These judge nothing, or let everything pass.
    let is_harmless =
        |argument: &&str| matches!(*argument, "--exit-zero" | "--help" | "-h" | "--list-files" | "--print-config");
    if arguments.iter().any(is_harmless) {
        return false;
    }
    match arguments {
        // Both hooks of a commit judge what is staged.
        ["hook", name, ..] => match Hook::from_name(name) {
            Some(called) => called == hook || (called.is_of_commit() && hook.is_of_commit()),
            None => false,
        },
        ["check", options @ ..] => {
            let is_staged = options.contains(&"--staged");
            is_staged == hook.is_of_commit()
                && (is_staged
                    || options.iter().any(|option| option.starts_with("--from") || option.starts_with("--rev")))
        }
        _ => false,
    }
}

fn answer_is_dropped(code: &str) -> bool {
    let after = code.rsplit_once("||").map(|(_, after)| after.trim().trim_end_matches(';'));
    matches!(after, Some("true" | ":" | "exit 0")) || code.trim_end().ends_with('&') && !code.trim_end().ends_with("&&")
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

    #[test]
    fn calls_are_found() {
        for script in [
            "notegate hook pre-commit",
            "#!/bin/sh\nnpm test\nnotegate hook pre-commit \"$@\" || exit $?\n",
            "exec /usr/local/bin/notegate hook pre-commit",
            "'/opt/my tools/notegate' hook pre-commit",
            "make test && notegate check --staged --fail-on marginal",
            "if ! notegate.exe hook pre-commit; then exit 1; fi",
            "notegate hook pre-merge-commit",
            "exec < /dev/tty\nnotegate hook pre-commit",
        ] {
            assert!(notegate(script, Hook::PreCommit), "{script}");
            assert!(!notegate(script, Hook::PrePush), "{script}");
        }
        assert!(notegate("notegate hook pre-push \"$@\"", Hook::PrePush));
        assert!(notegate("notegate check --from=origin/main", Hook::PrePush));
    }

    #[test]
    fn a_call_is_sure_where_nothing_stands_before_it() {
        for script in [
            "notegate hook pre-commit",
            "npm test\nnotegate hook pre-commit \"$@\" || exit $?\n",
            "if ! notegate.exe hook pre-commit; then exit 1; fi",
            "if false; then\n  echo no\nfi\nnotegate hook pre-commit",
            "for f in a b; do echo $f; done\nnotegate hook pre-commit",
            "if a; then\n x\nelif b; then\n y\nfi\nnotegate hook pre-commit",
            "case $1 in a) echo;; esac\nexec notegate hook pre-commit",
            "f() {\n  echo\n}\nnotegate hook pre-commit",
            "make test && notegate check --staged",
            "make authenticate && notegate hook pre-commit",
        ] {
            assert!(surely(script, Hook::PreCommit), "{script}");
        }
        for script in [
            "if false; then notegate hook pre-commit; fi",
            "if false; then\n  notegate hook pre-commit\nfi",
            "if false\nthen\nnotegate hook pre-commit\nfi",
            "if a; then\n x\nelif b; then\n notegate hook pre-commit\nfi",
            "if true; then\n x\nelse\nnotegate hook pre-commit\nfi",
            "while false; do\nnotegate hook pre-commit\ndone",
            "case $CI in\n  yes) notegate hook pre-commit;;\nesac",
            "f() {\n  notegate hook pre-commit\n}",
            "[ -n \"$NOTES\" ] && notegate hook pre-commit",
            "false && notegate hook pre-commit",
            "command -v notegate >/dev/null && notegate hook pre-commit",
        ] {
            assert!(!surely(script, Hook::PreCommit), "{script}");
            assert!(notegate(script, Hook::PreCommit), "{script}");
        }
    }

    #[test]
    fn a_mention_is_not_a_call() {
        for script in [
            "",
            "# notegate hook pre-commit",
            "make test # notegate hook pre-commit",
            "echo notegate hook pre-commit",
            "  printf 'see notegate hook pre-commit'",
            "exit 0\nnotegate hook pre-commit",
            "exec make test\nnotegate hook pre-commit",
            "notegate hook pre-commit || true",
            "notegate hook pre-commit || :",
            "notegate hook pre-commit &",
            "notegate hook pre-push",
            "notegate hook",
            "notegate --version",
            "notegate doctor",
            "my-notegate hook pre-commit",
            "cd notegate && make",
            "notegate hook pre-commit --exit-zero",
            "notegate check --staged --exit-zero",
            "notegate check --staged --list-files",
            "notegate hook pre-commit --help",
        ] {
            assert!(!notegate(script, Hook::PreCommit), "{script}");
        }
    }
}
