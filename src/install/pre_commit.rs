//! What the configuration of pre-commit or prek has it do.

use super::Hook;
use super::calls::{self, Call};
use super::files::{Filter, Pattern};
use super::reach::Reach;
use super::tree::{is_true, items, text, texts};
use serde_json::Value;

/// What pre-commit says a YAML file is: the tags of the library `identify`.
const TAGS_OF_YAML: [&str; 4] = ["file", "text", "yaml", "non-executable"];

/// How often the configuration has notegate called for `hook`.
pub(super) fn reach(config: &Value, hook: Hook, notes: &[String]) -> Reach {
    let of_repository = |repository: &Value| {
        let is_local = matches!(text(repository, "repo"), "local" | "meta" | "builtin");
        let of_entry = |entry: &Value| of_entry(config, entry, !is_local, hook, notes);
        items(repository, "hooks").map(of_entry).max()
    };
    items(config, "repos").filter_map(of_repository).max().unwrap_or(Reach::Never)
}

fn of_entry(config: &Value, entry: &Value, is_published: bool, hook: Hook, notes: &[String]) -> Reach {
    let of_ours = is_published && text(entry, "id").starts_with("notegate");
    let entry_text =
        if of_ours && entry.get("entry").is_none() { "notegate hook pre-commit" } else { text(entry, "entry") };
    let command = [&[entry_text], texts(entry, "args").as_slice()].concat().join(" ");
    // The entry serves every stage: the manager tells it in the environment what is pushed.
    let called = Hook::ALL.into_iter().map(|hook| calls::of_command(&command, hook)).max();
    let called = Reach::of(called.unwrap_or(Call::Absent)).min(of_language(text(entry, "language")));
    if called == Reach::Never {
        return Reach::Never;
    }
    let stages = match stages(entry, "stages") {
        own if !own.is_empty() => own,
        // What .pre-commit-hooks.yaml says.
        _ if of_ours => Hook::CLIENT.map(Hook::name).to_vec(),
        _ => stages_by_default(config),
    };
    if !stages.is_empty() && !stages.contains(&hook.name()) {
        return Reach::Never;
    }
    let always_runs = if entry.get("always_run").is_some() { is_true(entry, "always_run") } else { of_ours };
    called.min(if always_runs { Reach::Always } else { of_files(config, entry, notes) })
}

/// Whether the entry is run as a command.
fn of_language(language: &str) -> Reach {
    match language {
        // These search for the entry, or print it.
        "pygrep" | "fail" => Reach::Never,
        "docker" | "docker_image" => Reach::Unclear,
        _ => Reach::Always,
    }
}

/// How often a hook runs that waits for files of its own: those of the configuration as a whole, and of the entry.
fn of_files(config: &Value, entry: &Value, notes: &[String]) -> Reach {
    let is_yaml = |tag: &&str| TAGS_OF_YAML.contains(tag);
    let (all, some) = (texts(entry, "types"), texts(entry, "types_or"));
    let is_of_type = all.iter().all(is_yaml) && (some.is_empty() || some.iter().any(is_yaml));
    if !is_of_type || texts(entry, "exclude_types").iter().any(is_yaml) {
        return Reach::Never;
    }
    let mut filter = Filter::default();
    for place in [config, entry] {
        filter.wanted.extend(place.get("files").map(patterns));
        filter.unwanted.extend(place.get("exclude").map(patterns));
    }
    filter.reach(notes)
}

/// The patterns of one key: a regular expression; in prek also globs.
fn patterns(value: &Value) -> Vec<Pattern> {
    match value {
        Value::String(text) => vec![Pattern::regex(text)],
        _ => texts(value, "glob").into_iter().map(Pattern::glob_of_path).collect(),
    }
}

fn stages_by_default(config: &Value) -> Vec<&str> {
    stages(config, "default_stages")
}

/// Stages by the names that they have today.
fn stages<'v>(value: &'v Value, key: &str) -> Vec<&'v str> {
    let today = |name: &'v str| match name {
        "commit" => "pre-commit",
        "merge-commit" => "pre-merge-commit",
        "push" => "pre-push",
        name => name,
    };
    items(value, key).filter_map(Value::as_str).map(today).collect()
}
