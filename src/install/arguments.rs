//! What a call of notegate judges, by its arguments.

use super::Hook;
use super::plain::Command;

/// Whether the command is a call of notegate.
pub(super) fn is_notegate(command: &Command) -> bool {
    matches!(command.program().rsplit(['/', '\\']).next(), Some("notegate" | "notegate.exe"))
}

/// Whether a call of notegate judges what a hook is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Serves {
    /// All of it.
    Yes,
    /// Nothing.
    No,
    /// It judges something, perhaps something else.
    Perhaps,
}

/// Whether the command judges what `hook` is about.
pub(super) fn serves(command: &Command, hook: Hook) -> Serves {
    if !is_notegate(command) {
        return Serves::Perhaps;
    }
    let arguments: Vec<&str> = command.words.iter().skip(1).map(String::as_str).collect();
    // These judge nothing, or let everything pass.
    let is_harmless = |argument: &&str| {
        matches!(*argument, "--exit-zero" | "--help" | "-h" | "--version" | "-V" | "--list-files" | "--print-config")
    };
    if arguments.iter().any(is_harmless) {
        return Serves::No;
    }
    // What these stand for is not known here; git hands over its own arguments.
    let is_unknown = |argument: &&str| {
        argument.contains(['$', '*', '?', '[', '{', '~']) && !matches!(*argument, "$@" | "$*" | "$1" | "$2")
            || argument.starts_with('-') && !argument.starts_with("--") && !matches!(*argument, "-q" | "-v")
    };
    let may_serve = match arguments.as_slice() {
        // Both hooks of a commit judge what is staged.
        ["hook", name, ..] => match Hook::from_name(name) {
            Some(called) => called == hook || (called.is_of_commit() && hook.is_of_commit()),
            None => name.contains('$'),
        },
        ["hook"] => false,
        ["check", ..] => true,
        // Options may stand before the command.
        _ => arguments.iter().any(|argument| is_unknown(argument) || matches!(*argument, "hook" | "check")),
    };
    let is_whole = match arguments.as_slice() {
        ["hook", _, ..] => hook.is_of_commit() || command.has_input_of_script(),
        // Of a push it judges what is checked out, and with paths only these.
        ["check", options @ ..] => hook.is_of_commit() && options.contains(&"--staged") && !have_paths(options),
        _ => false,
    };
    match (may_serve, is_whole && !arguments.iter().any(is_unknown)) {
        (true, true) => Serves::Yes,
        (true, false) => Serves::Perhaps,
        (false, _) => Serves::No,
    }
}

/// Whether something among the options of `check` may be a path.
fn have_paths(options: &[&str]) -> bool {
    let takes_value = |option: &str| {
        matches!(option, "--fail-on" | "--format" | "--color" | "--config" | "--config-from" | "--output" | "--today")
    };
    let before = std::iter::once("").chain(options.iter().copied());
    options
        .iter()
        .zip(before)
        .any(|(option, before)| !option.starts_with('-') && !takes_value(before) || *option == "--")
}
