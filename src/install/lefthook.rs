//! What the configuration of lefthook has it do.

use super::files::{Filter, Pattern};
use super::plain::Ending;
use super::reach::Reach;
use super::tree::{is_true, items, text, texts};
use super::{Hook, calls};
use serde_json::Value;
use std::fs;
use std::path::Path;

/// What is the same for all jobs of a hook.
struct Place<'a> {
    top: &'a Path,
    hook: Hook,
    notes: &'a [String],
    /// Tags of the jobs that are left out.
    left_out: Vec<&'a str>,
    /// How globs are read.
    glob: fn(&str) -> Pattern,
}

/// How often the configuration has notegate called for `hook` in the repository at `top`.
pub(super) fn reach(config: &Value, top: &Path, hook: Hook, notes: &[String]) -> Reach {
    let nothing = Value::Null;
    let jobs = config.get(hook.name()).unwrap_or(&nothing);
    let glob: fn(&str) -> Pattern =
        if text(config, "glob_matcher") == "doublestar" { Pattern::glob_of_path } else { Pattern::glob };
    let reach = of_group(jobs, &Place { top, hook, notes, left_out: texts(jobs, "exclude_tags"), glob });
    // Other files may add the job, or switch it off.
    let taken_in = ["extends", "remotes", "remote"].into_iter().find_map(|key| Some((key, config.get(key)?)));
    match taken_in {
        Some((key, value)) => Reach::Unexamined(format!("{key}: {value}")),
        None => reach,
    }
}

fn of_group(group: &Value, place: &Place<'_>) -> Reach {
    let named = |key: &str| group.get(key).and_then(Value::as_object).into_iter().flatten();
    let scripts = named("scripts").map(|(name, job)| {
        let file = place.top.join(".lefthook").join(place.hook.name()).join(name);
        let script = fs::read_to_string(file).unwrap_or_default();
        // Another program reads the script than its first line says.
        let is_for_shell = matches!(text(job, "runner"), "" | "sh" | "bash");
        let reach = of_command(&script, job, place);
        if is_for_shell { reach } else { reach.min(Reach::Unclear) }
    });
    let commands = named("commands").map(|(_, job)| of_job(job, place));
    let jobs = items(group, "jobs").map(|job| of_job(job, place));
    let best = scripts.chain(commands).chain(jobs).max().unwrap_or(Reach::Never);
    best.min(conditions(group, place))
}

fn of_job(job: &Value, place: &Place<'_>) -> Reach {
    let own = of_command(text(job, "run"), job, place);
    let group = job.get("group").map_or(Reach::Never, |group| of_group(group, place).min(conditions(job, place)));
    own.max(group)
}

/// How often lefthook runs a job that calls notegate by `command`, and hands over what git says about a push.
fn of_command(command: &str, job: &Value, place: &Place<'_>) -> Reach {
    let is_told = place.hook != Hook::PrePush || is_true(job, "use_stdin");
    let reach = Reach::of(calls::of_script(command, place.hook, Ending::GoesOn));
    // lefthook leaves a command out when it has no file to put there.
    let reach = if command.contains("files}") { reach.min(Reach::Unclear) } else { reach };
    Reach::when(is_told).min(reach).min(conditions(job, place))
}

/// How often lefthook starts a job or a group of them.
fn conditions(job: &Value, place: &Place<'_>) -> Reach {
    let is_tagged =
        texts(job, "tags").iter().flat_map(|tags| tags.split_whitespace()).any(|tag| place.left_out.contains(&tag));
    let of_kind = match texts(job, "file_types").as_slice() {
        kinds if kinds.iter().any(|kind| matches!(*kind, "binary" | "executable" | "symlink")) => Reach::Never,
        _ => Reach::Always,
    };
    let of_command = match text(job, "files") {
        "" => Reach::Always,
        command => Reach::Sometimes(format!("it waits for files that a command names (files: {command})")),
    };
    Reach::when(!is_tagged)
        .min(setting(job, "skip", Reach::Never, Reach::Always))
        .min(setting(job, "only", Reach::Always, Reach::Never))
        .min(of_kind)
        .min(of_command)
        .min(filter(job, place).reach(place.notes))
}

/// What `skip` or `only` says: always, never, or in which states of the repository.
fn setting(job: &Value, key: &str, when_true: Reach, when_false: Reach) -> Reach {
    match job.get(key) {
        None | Some(Value::Null) => Reach::Always,
        Some(Value::Bool(true)) => when_true,
        Some(Value::Bool(false)) => when_false,
        Some(Value::Array(states)) if states.is_empty() => Reach::Always,
        Some(states) => Reach::Sometimes(format!("{key}: {states}")),
    }
}

fn filter(job: &Value, place: &Place<'_>) -> Filter {
    let globs = |key: &str| texts(job, key).into_iter().map(place.glob).collect::<Vec<_>>();
    let mut filter = Filter::default();
    filter.wanted.extend(job.get("glob").map(|_| globs("glob")));
    let root = text(job, "root").trim_start_matches("./").trim_end_matches('/');
    if !root.is_empty() {
        filter.wanted.push(vec![Pattern::folder(root)]);
    }
    filter.unwanted.extend(job.get("exclude").map(|exclude| match exclude {
        Value::String(regex) => vec![Pattern::regex(regex)],
        _ => globs("exclude"),
    }));
    filter
}
