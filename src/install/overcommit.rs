//! What the configuration of overcommit has it do.

use super::files::{Filter, Pattern};
use super::reach::Reach;
use super::tree::{is_true, laid_over, text, texts};
use super::{Hook, calls};
use serde_json::{Map, Value};

/// How often the configuration has notegate called for `hook`.
pub(super) fn reach(config: &Value, hook: Hook, notes: &[String]) -> Reach {
    let Some(hooks) = config.get(name(hook)).and_then(Value::as_object) else { return Reach::Never };
    let of_all = hooks.get("ALL").cloned().unwrap_or_else(|| Value::Object(Map::new()));
    let entries = hooks.iter().filter(|(name, _)| *name != "ALL");
    let reaches = entries.map(|(_, entry)| of_entry(&laid_over(of_all.clone(), entry.clone()), hook, notes));
    reaches.max().unwrap_or(Reach::Never)
}

fn of_entry(entry: &Value, hook: Hook, notes: &[String]) -> Reach {
    let called = Reach::of(calls::of_command(&texts(entry, "command").join(" "), hook));
    let is_heeded = !matches!(text(entry, "on_fail"), "pass" | "warn");
    let is_skipped = is_true(entry, "skip");
    let conditions = ["skip_if", "exclude_branches", "exclude_remotes"];
    let set = conditions.into_iter().find_map(|key| Some((key, entry.get(key)?)));
    let of_states = set.map_or(Reach::Always, |(key, value)| Reach::Sometimes(format!("{key}: {value}")));
    let of_files = if is_true(entry, "requires_files") { filter(entry).reach(notes) } else { Reach::Always };
    Reach::when(is_true(entry, "enabled") && is_heeded && !is_skipped).min(called).min(of_states).min(of_files)
}

fn filter(entry: &Value) -> Filter {
    let globs = |key: &str| texts(entry, key).into_iter().map(Pattern::glob_of_path).collect::<Vec<_>>();
    let mut filter = Filter::default();
    filter.wanted.extend(entry.get("include").map(|_| globs("include")));
    filter.unwanted.extend(entry.get("exclude").map(|_| globs("exclude")));
    filter
}

/// overcommit's name of a hook.
pub(super) fn name(hook: Hook) -> &'static str {
    match hook {
        Hook::PreCommit => "PreCommit",
        Hook::PreMergeCommit => "PreMergeCommit",
        Hook::PrePush => "PrePush",
        Hook::PreReceive => "PreReceive",
    }
}
