//! Asks notegate and the oracle the same thing, and compares.

use crate::verdict::{Verdict, of_change, of_tree};
use crate::workshop::{Item, Tree, Workshop, program};
use serde_json::Value;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use std::rc::Rc;

/// What came of a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Answer {
    /// git does not get as far as to ask.
    NotAsked,
    /// A merge or the like has put text together that these tests would not write.
    Unknown,
    /// What there was to see.
    Agreed(Seen),
    Differs(String),
}

/// What an agreed verdict was about, so that nobody takes many empty ones for many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Seen {
    /// Exit code 3.
    Failure,
    /// No record was judged.
    NoRecord,
    Passed,
    Blocked,
}

/// What the oracle expects of a run.
enum Expected {
    /// No report, and exit code 3.
    Failure,
    /// No report, since there is nothing to judge.
    Nothing,
    Report(Verdict),
}

impl Expected {
    fn seen(&self) -> Seen {
        match self {
            Self::Failure => Seen::Failure,
            Self::Report(verdict) if verdict.is_blocked() => Seen::Blocked,
            Self::Report(verdict) if !verdict.records.is_empty() => Seen::Passed,
            Self::Nothing | Self::Report(_) => Seen::NoRecord,
        }
    }
}

/// What a run said, however it was started.
struct Said {
    code: Option<i32>,
    out: Vec<u8>,
    error: String,
}

impl Said {
    fn of(output: Output) -> Self {
        Self {
            code: output.status.code(),
            out: output.stdout,
            error: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    /// What a hook kept under this name.
    fn kept(folder: &Path, name: &str) -> Option<Self> {
        let read = |ending: &str| fs::read(folder.join(format!("{name}.{ending}"))).ok();
        let code = String::from_utf8_lossy(&read("code")?).trim().parse().ok();
        Some(Self { code, out: read("json")?, error: String::from_utf8_lossy(&read("err")?).into_owned() })
    }

    fn report(&self) -> Option<Verdict> {
        let report: Value = serde_json::from_slice(&self.out).ok()?;
        let mut verdict = Verdict::default();
        for record in report.get("records")?.as_array()? {
            let path = record.get("path")?.as_str()?.to_owned();
            let index = usize::try_from(record.get("index")?.as_u64()?).ok()?;
            verdict.records.insert((path, index), record.get("blocked")?.as_bool()?);
        }
        for file in report.get("files")?.as_array()? {
            let is_error = |finding: &Value| finding.get("severity").is_some_and(|severity| severity == "error");
            if file.get("findings")?.as_array()?.iter().any(is_error) {
                verdict.files.insert(file.get("path")?.as_str()?.to_owned());
            }
        }
        Some(verdict)
    }

    /// Nothing when all is as expected.
    fn compare(&self, what: &str, expected: &Expected) -> Option<String> {
        let (code, report) = match expected {
            Expected::Failure => (3, None),
            Expected::Nothing => (0, None),
            Expected::Report(verdict) => (i32::from(verdict.is_blocked()), Some(verdict)),
        };
        let found = self.report();
        let is_same = self.code == Some(code) && (report.is_none() || report == found.as_ref());
        (!is_same).then(|| {
            format!(
                "{what}\n  expected {code} {report:#?}\n  found {:?} {found:#?}\n  {}",
                self.code,
                self.error.replace('\n', "\n  ")
            )
        })
    }
}

fn first_difference(runs: impl IntoIterator<Item = (String, Said)>, expected: &Expected) -> Answer {
    let mut differences = runs.into_iter().filter_map(|(what, said)| said.compare(&what, expected));
    differences.next().map_or(Answer::Agreed(expected.seen()), Answer::Differs)
}

/// Runs notegate both ways.
fn both(workshop: &Workshop, arguments: &[&OsStr]) -> Vec<(String, Said)> {
    let run = |way: &str, set: &dyn Fn(&mut Command)| {
        let mut command = workshop.command(program());
        set(command.args(arguments).arg("--config").arg(workshop.configuration()));
        (format!("{way}: {arguments:?}"), Said::of(command.output().unwrap()))
    };
    vec![run("library", &|_| ()), run("program", &|command| workshop.by_program(command))]
}

/// What `both` runs of a hook kept.
fn kept(folder: &Path, name: &str) -> Option<Vec<(String, Said)>> {
    let run = |way: &str| Some((format!("hook, {way}: {name}"), Said::kept(folder, &format!("{name}-{way}"))?));
    Some(vec![run("library")?, run("program")?])
}

/// The tree that an index would commit; nothing when paths are unmerged.
fn index(workshop: &Workshop, file: Option<&Path>) -> Option<Tree> {
    let head = workshop.commit("HEAD");
    let empty = || workshop.lines(&["hash-object", "-t", "tree", "/dev/null"]).pop().unwrap();
    let mut tree = head.as_ref().map(|head| (*workshop.tree(head)).clone()).unwrap_or_default();
    let mut command = workshop.question();
    command.args(["diff", "--cached", "--raw", "-z", "--no-renames", "--no-abbrev", "--ignore-submodules=none"]);
    if let Some(file) = file {
        command.env("GIT_INDEX_FILE", file);
    }
    let output = command.arg(head.unwrap_or_else(empty)).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let mut parts = output.stdout.split(|byte| *byte == 0).filter(|part| !part.is_empty());
    while let (Some(head), Some(path)) = (parts.next(), parts.next()) {
        let head = String::from_utf8_lossy(head).into_owned();
        let words: Vec<&str> = head.split(' ').collect();
        let (kind, id, status) = (words[1].get(..3)?, words[3], words[4]);
        match status {
            "U" => return None,
            "D" => drop(tree.remove(path)),
            _ => drop(tree.insert(path.to_vec(), Item { kind: kind.to_owned(), id: id.to_owned() })),
        }
    }
    Some(tree)
}

fn merge_bases(workshop: &Workshop, one: &str, other: &str) -> Vec<String> {
    workshop.lines(&["merge-base", "--all", one, other])
}

/// Where sides parted.
fn shared(workshop: &Workshop, sides: &[String]) -> Vec<Rc<Tree>> {
    let mut bases: Vec<String> = Vec::new();
    for (number, one) in sides.iter().enumerate() {
        bases.extend(sides.iter().skip(number + 1).flat_map(|other| merge_bases(workshop, one, other)));
    }
    bases.sort();
    bases.dedup();
    bases.iter().map(|base| workshop.tree(base)).collect()
}

fn change(workshop: &Workshop, sides: &[String], after: Rc<Tree>) -> Option<Verdict> {
    let trees = match sides {
        [] => vec![Rc::new(Tree::new())],
        sides => sides.iter().map(|side| workshop.tree(side)).collect(),
    };
    of_change(workshop, trees, shared(workshop, sides), after)
}

/// What a commit of an index has to say.
fn commit(workshop: &Workshop, file: Option<&Path>) -> Option<Expected> {
    let Some(after) = index(workshop, file) else { return Some(Expected::Failure) };
    let heads = workshop.lines(&["rev-parse", "--git-path", "MERGE_HEAD"]).pop()?;
    let heads = fs::read_to_string(workshop.folder().join(heads)).unwrap_or_default();
    let sides: Vec<String> = workshop.commit("HEAD").into_iter().chain(heads.lines().map(str::to_owned)).collect();
    change(workshop, &sides, Rc::new(after)).map(Expected::Report)
}

/// `check --staged`, and the hook called as a program of its own.
pub(crate) fn staged(workshop: &Workshop) -> Answer {
    let Some(expected) = commit(workshop, None) else { return Answer::Unknown };
    let check = both(workshop, &["check", "--staged", "--format", "json"].map(OsStr::new));
    let hook = both(workshop, &["hook", "pre-commit", "--format", "json"].map(OsStr::new));
    let [mut check, mut hook] = [check, hook].map(Vec::into_iter);
    first_difference([check.next(), hook.next_back()].into_iter().flatten(), &expected)
}

/// `git commit` with these arguments, which the hook refuses.
pub(crate) fn commit_hook(workshop: &Workshop, arguments: &[OsString]) -> Answer {
    let mut git = workshop.hooked(1);
    git.args(["commit", "--quiet", "-m", "refused"]).args(arguments).output().unwrap();
    after_commit(workshop)
}

/// `git merge` of these commits. The hook refuses a merge without conflicts, which leaves it for `git commit`.
pub(crate) fn merge_hook(workshop: &Workshop, commits: &[String]) -> Answer {
    let mut git = workshop.hooked(1);
    git.args(["merge", "--quiet", "--no-ff", "-m", "refused"]).args(commits).output().unwrap();
    after_commit(workshop)
}

fn after_commit(workshop: &Workshop) -> Answer {
    let out = workshop.kept();
    let Some(runs) = kept(&out, "0") else { return Answer::NotAsked };
    let Some(expected) = commit(workshop, Some(&out.join("index"))) else { return Answer::Unknown };
    first_difference(runs, &expected)
}

/// `check --from A --to B`.
pub(crate) fn range(workshop: &Workshop, from: &str, to: &str) -> Answer {
    let (Some(one), Some(other)) = (workshop.commit(from), workshop.commit(to)) else { return Answer::NotAsked };
    let bases = merge_bases(workshop, &one, &other);
    let expected = match bases.is_empty() {
        true => Expected::Failure,
        false => match change(workshop, &bases, workshop.tree(&other)) {
            Some(verdict) => Expected::Report(verdict),
            None => return Answer::Unknown,
        },
    };
    let arguments = ["check", "--from", from, "--to", to, "--format", "json"].map(OsStr::new);
    first_difference(both(workshop, &arguments), &expected)
}

/// `check --rev`.
pub(crate) fn whole(workshop: &Workshop, name: &str) -> Answer {
    let Some(commit) = workshop.commit(name) else { return Answer::NotAsked };
    let Some(verdict) = of_tree(workshop, workshop.tree(&commit)) else { return Answer::Unknown };
    let arguments = ["check", "--rev", name, "--format", "json"].map(OsStr::new);
    first_difference(both(workshop, &arguments), &Expected::Report(verdict))
}

/// Which end of a push is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    Sending,
    Receiving,
}

/// `git push` of these references; the hook of that end is asked, and answers with this code.
pub(crate) fn push(workshop: &Workshop, end: End, references: &[OsString], answer: u8) -> Answer {
    let server = workshop.server();
    let listing = ["-C".as_ref(), server.as_os_str(), "for-each-ref".as_ref(), "--format=%(objectname)".as_ref()];
    let had = workshop.lines(&listing);
    let mut git = workshop.hooked(answer);
    git.args(["push", "--quiet", "--force"]);
    git.arg(if end == End::Sending { "--dry-run" } else { "--no-verify" });
    git.arg("origin").args(references).output().unwrap();
    let out = workshop.kept();
    let Ok(lines) = fs::read_to_string(out.join("stdin")) else { return Answer::NotAsked };
    let updates: Vec<(String, String)> = lines.lines().filter_map(|line| update(end, line)).collect();
    let known = |updates: &[(String, String)]| match end {
        End::Receiving => had.clone(),
        End::Sending => {
            let is_here = |id: &&String| workshop.ask(&["cat-file", "-e", id]).is_some();
            let old = updates.iter().map(|(old, _)| old).filter(is_here).cloned();
            std::iter::once("--remotes".to_owned()).chain(old).collect()
        }
    };
    let mut all = Verdict::default();
    let mut is_asked = false;
    for (number, (old, new)) in updates.iter().enumerate() {
        let own = [(old.clone(), new.clone())];
        for (is_alone, known) in [(true, known(&own)), (false, known(&updates))] {
            let Some(expected) = arrival(workshop, new, &known) else { return Answer::Unknown };
            if is_alone {
                let Some(runs) = kept(&out, &number.to_string()) else { continue };
                is_asked = true;
                let answer = first_difference(runs, &expected);
                if matches!(answer, Answer::Differs(_)) {
                    return answer;
                }
            } else if let Expected::Report(verdict) = expected {
                for (place, is_blocked) in verdict.records {
                    *all.records.entry(place).or_default() |= is_blocked;
                }
                all.files.extend(verdict.files);
            }
        }
    }
    let Some(runs) = kept(&out, "all").filter(|_| is_asked) else { return Answer::NotAsked };
    let code = i32::from(all.is_blocked());
    match runs.into_iter().find(|(_, said)| said.code != Some(code)) {
        Some((what, said)) => {
            let out = String::from_utf8_lossy(&said.out).into_owned();
            Answer::Differs(format!("{what}\n  expected {code} {all:#?}\n  found {:?}\n{out}{}", said.code, said.error))
        }
        None if all.is_blocked() => Answer::Agreed(Seen::Blocked),
        None if all.records.is_empty() => Answer::Agreed(Seen::NoRecord),
        None => Answer::Agreed(Seen::Passed),
    }
}

/// What a reference pointed to, and what it will.
fn update(end: End, line: &str) -> Option<(String, String)> {
    let words: Vec<&str> = line.split(' ').collect();
    match (end, words.as_slice()) {
        (End::Sending, [_, new, _, old]) | (End::Receiving, [old, new, _]) => {
            Some(((*old).to_owned(), (*new).to_owned()))
        }
        _ => None,
    }
}

/// What a pushed commit brings beside what `known` reaches.
fn arrival(workshop: &Workshop, new: &str, known: &[String]) -> Option<Expected> {
    let Some(new) = workshop.commit(new) else { return Some(Expected::Nothing) };
    let list = ["rev-list", "--parents", &new, "--not"].map(str::to_owned);
    let lines = workshop.lines(&[&list[..], known].concat());
    if lines.is_empty() {
        return Some(Expected::Nothing);
    }
    let commits: Vec<&str> = lines.iter().filter_map(|line| line.split(' ').next()).collect();
    let parents = lines.iter().flat_map(|line| line.split(' ').skip(1));
    let bases: Vec<&str> = parents.filter(|parent| !commits.contains(parent)).collect();
    let bases = match bases.is_empty() {
        true => Vec::new(),
        false => workshop.lines(&[&["merge-base", "--independent"][..], &bases].concat()),
    };
    change(workshop, &bases, workshop.tree(&new)).map(Expected::Report)
}
