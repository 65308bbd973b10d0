//! What each kind of step does, in terms of git.

use crate::edits;
use crate::steps::{Kind, Step};
use crate::workshop::{Workshop, name};
use std::ffi::OsString;
use std::fs;
use std::os::unix::fs::symlink;

fn pick<T>(from: &[T], number: usize) -> Option<&T> {
    from.get(number % from.len().max(1))
}

/// A name for a commit.
pub(crate) fn reference(workshop: &Workshop, number: usize) -> Option<String> {
    let mut names = workshop.lines(&["for-each-ref", "--format=%(refname)", "refs/heads", "refs/tags", "refs/remotes"]);
    names.extend(["HEAD".to_owned(), "HEAD~1".to_owned()]);
    pick(&names, number).cloned()
}

/// A name for a commit that HEAD does not have yet, if there is one.
pub(crate) fn other(workshop: &Workshop, number: usize) -> Option<String> {
    let head = "--no-merged=HEAD";
    let names =
        workshop.lines(&["for-each-ref", "--format=%(refname)", head, "refs/heads", "refs/tags", "refs/remotes"]);
    pick(&names, number).cloned().or_else(|| reference(workshop, number))
}

/// What is pushed: branches and tags under their own names and others, and branches of the server that go away.
pub(crate) fn pushed(workshop: &Workshop, picks: [usize; 5]) -> Vec<OsString> {
    let own = workshop.lines(&["for-each-ref", "--format=%(refname)", "refs/heads", "refs/tags"]);
    let there = workshop.lines(&["ls-remote", "--refs", "origin"]);
    let there: Vec<&str> = there.iter().filter_map(|line| line.split('\t').nth(1)).collect();
    let mut specifications: Vec<String> = Vec::new();
    for at in 0..1 + picks[0] % 3 {
        let number = picks[at + 1];
        let specification = match number % 8 {
            0 => pick(&there, number / 8).map(|name| format!(":{name}")),
            1 => Some(format!("HEAD:refs/heads/new-{}", number / 8 % 4)),
            2 => pick(&own, number / 16).map(|name| format!("{name}:refs/heads/copy-{}", number / 8 % 2)),
            _ => pick(&own, number / 8).map(|name| format!("{name}:{name}")),
        };
        let target = |text: &str| text.rsplit(':').next().map(str::to_owned);
        specifications.extend(specification.filter(|new| specifications.iter().all(|old| target(old) != target(new))));
    }
    specifications.into_iter().map(OsString::from).collect()
}

pub(crate) fn commit_arguments(workshop: &Workshop, picks: [usize; 5]) -> Vec<OsString> {
    let path = edits::tracked(workshop, picks[1]).map(|path| name(&path));
    let words = |words: &[&str]| words.iter().map(OsString::from).collect::<Vec<_>>();
    match (picks[0] % 5, path) {
        (0, _) => words(&["--all"]),
        (1, Some(path)) => [words(&["--"]), vec![path]].concat(),
        (2, Some(path)) => [words(&["--include", "--"]), vec![path]].concat(),
        (3, _) => words(&["--amend"]),
        _ => Vec::new(),
    }
}

/// Steps that change files and what is staged of them.
pub(crate) fn files(step: &Step, workshop: &Workshop) {
    let picks = step.picks;
    match step.kind {
        Kind::Link => {
            let path = edits::any(picks[0]);
            let file = workshop.path(&path);
            drop(fs::remove_file(&file));
            let target = ["/etc/passwd", "nowhere", "a.yaml"][picks[1] % 3];
            edits::with_folder(&file, |file| drop(symlink(target, file)));
            edits::stage(workshop, &path);
        }
        Kind::Module => {
            let (path, Some(head)) = (edits::any(picks[0]), workshop.commit("HEAD")) else { return };
            let entry = [format!("160000,{head},").into_bytes(), path].concat();
            workshop.git(&["update-index".into(), "--add".into(), "--cacheinfo".into(), name(&entry)]);
        }
        Kind::IntentToAdd => {
            let Some(path) = edits::write_new(workshop, picks) else { return };
            workshop.git(&["add".into(), "--intent-to-add".into(), "--".into(), name(&path)]);
        }
        Kind::MoveFile => {
            let (Some(from), to) = (edits::tracked(workshop, picks[0]), edits::any(picks[1])) else { return };
            edits::with_folder(&workshop.path(&to), |_| ());
            workshop.git(&["mv".into(), "--force".into(), "--".into(), name(&from), name(&to)]);
        }
        Kind::Remove => {
            let Some(path) = edits::tracked(workshop, picks[0]) else { return };
            let how = if picks[1].is_multiple_of(3) { "--cached" } else { "--force" };
            workshop.git(&["rm".into(), "--quiet".into(), how.into(), "--".into(), name(&path)]);
        }
        Kind::Chmod => {
            let Some(path) = edits::tracked(workshop, picks[0]) else { return };
            workshop.git(&["update-index".into(), "--chmod=+x".into(), "--".into(), name(&path)]);
        }
        Kind::Attributes => {
            let lines = [
                "*.yaml text eol=crlf\n",
                "*.yaml -text\n",
                "*.yaml binary\n",
                "* text=auto\n",
                "*.yaml -diff export-ignore\n",
                "",
            ];
            fs::write(workshop.path(b".gitattributes"), lines[picks[0] % lines.len()]).unwrap();
            workshop.git(&["add", "--sparse", ".gitattributes"]);
            if picks[1].is_multiple_of(2) {
                workshop.git(&["add", "--sparse", "--renormalize", "."]);
            }
        }
        Kind::Unstage => {
            let Some(path) = edits::tracked(workshop, picks[0]) else { return };
            workshop.git(&["reset".into(), "--quiet".into(), "--".into(), name(&path)]);
        }
        Kind::StageAll => drop(workshop.git(&["add", "--sparse", "--all"])),
        kind => edits::edit(workshop, kind, picks),
    }
}

/// Steps that make commits and branches, and move among them.
pub(crate) fn history(step: &Step, workshop: &mut Workshop) {
    let picks = step.picks;
    let git = |arguments: &[&str]| drop(workshop.git(arguments));
    match step.kind {
        Kind::Commit => {
            if picks[0].is_multiple_of(3) {
                git(&["add", "--sparse", "--all"]);
            }
            git(&["commit", "--quiet", "--no-verify", "--message", "step"]);
        }
        Kind::Amend => git(&["commit", "--quiet", "--no-verify", "--amend", "--no-edit"]),
        Kind::Branch => git(&["switch", "--quiet", "--create", &format!("branch-{}", picks[0] % 12)]),
        Kind::Orphan => git(&["switch", "--quiet", "--orphan", &format!("orphan-{}", picks[0] % 3)]),
        Kind::Switch => {
            let branches = workshop.lines(&["for-each-ref", "--format=%(refname:short)", "refs/heads"]);
            let Some(branch) = pick(&branches, picks[0]) else { return };
            match picks[1] % 6 {
                0 => git(&["switch", "--quiet", "--discard-changes", "--detach", branch]),
                1 => git(&["switch", "--quiet", branch]),
                _ => git(&["switch", "--quiet", "--discard-changes", branch]),
            }
        }
        Kind::Reset => {
            let Some(to) =
                reference(workshop, picks[0]).filter(|_| picks[1].is_multiple_of(2)).or(Some("HEAD".to_owned()))
            else {
                return;
            };
            git(&["reset", "--quiet", ["--hard", "--soft", "--mixed"][picks[2] % 3], &to]);
        }
        Kind::Tag => {
            let annotated: &[&str] = if picks[0].is_multiple_of(2) { &["--annotate", "--message", "tag"] } else { &[] };
            git(&[&["tag", "--force"], annotated, &[&format!("tag-{}", picks[1] % 4)]].concat());
        }
        Kind::Replace => {
            // What `git replace` puts in the place of a blob is seen by nobody who fetches.
            let (Some(one), Some(other)) = (reference(workshop, picks[0]), reference(workshop, picks[1])) else {
                return;
            };
            if picks[2].is_multiple_of(3) {
                git(&["replace", "--force", &format!("{one}^{{commit}}"), &format!("{other}^{{commit}}")]);
            }
        }
        Kind::Stash => match picks[0] % 4 {
            0 => git(&["stash", "push", "--quiet", "--include-untracked"]),
            1 => git(&["stash", "push", "--quiet", "--staged"]),
            2 => git(&["stash", "push", "--quiet", "--keep-index"]),
            _ => git(&["stash", "push", "--quiet"]),
        },
        Kind::StashPop if picks[0].is_multiple_of(2) => git(&["stash", "pop", "--quiet", "--index"]),
        Kind::StashPop => git(&["stash", "pop", "--quiet"]),
        Kind::Worktree => {
            let folder = workshop.new_folder();
            let count = workshop.folders.len();
            if count < 4 {
                let name = format!("linked-{count}");
                git(&["worktree", "add", "--quiet", "-b", &name, folder.to_str().unwrap()]);
                if folder.is_dir() {
                    workshop.folders.push(folder);
                    workshop.current = count;
                }
            }
        }
        Kind::Elsewhere => workshop.current = picks[0] % workshop.folders.len(),
        Kind::Clean => {
            git(&["merge", "--abort"]);
            git(&["reset", "--quiet", "--hard"]);
            git(&["clean", "--quiet", "-d", "--force"]);
        }
        Kind::Fetch => git(&["fetch", "--quiet", "origin"]),
        _ => {}
    }
}

/// Steps that join histories, and those that stop half-way.
pub(crate) fn join(step: &Step, workshop: &Workshop) {
    let picks = step.picks;
    let git = |arguments: &[&str]| drop(workshop.git(arguments));
    let Some(other) = other(workshop, picks[0]) else { return };
    match step.kind {
        Kind::Merge => {
            let how: &[&str] = [&["--no-commit", "--no-ff"][..], &["--no-ff"], &["--squash"], &[]][picks[1] % 4];
            git(&[&["merge", "--quiet", "--no-verify", "--allow-unrelated-histories"], how, &[&other]].concat());
        }
        Kind::MergeOurs => {
            let how = ["--strategy=ours", "--strategy-option=ours", "--strategy-option=theirs"][picks[1] % 3];
            git(&[
                "merge",
                "--quiet",
                "--no-verify",
                "--no-commit",
                "--no-ff",
                "--allow-unrelated-histories",
                how,
                &other,
            ]);
        }
        Kind::Octopus => {
            // Parents that HEAD has already are none to git.
            let names = ["for-each-ref", "--no-merged=HEAD", "--format=%(refname)", "refs/heads"];
            let mut names = workshop.lines(&names);
            names.retain(|name| *name != other);
            let Some(third) = pick(&names, picks[1]).cloned().or_else(|| reference(workshop, picks[1])) else { return };
            let strategy = if !picks[2].is_multiple_of(3) { "--strategy=ours" } else { "--strategy=octopus" };
            git(&["merge", "--quiet", "--no-verify", "--no-commit", "--no-ff", strategy, &other, &third]);
        }
        Kind::Resolve => edits::resolve(workshop, picks),
        Kind::CherryPick if picks[1].is_multiple_of(2) => git(&["cherry-pick", "--no-commit", &other]),
        Kind::CherryPick => git(&["cherry-pick", &other]),
        Kind::Revert => git(&["revert", "--no-commit", &other]),
        Kind::Rebase => {
            let mut rebase = workshop.command("git");
            rebase.env("GIT_SEQUENCE_EDITOR", "sed -i 's/^pick/edit/'");
            let how: &[&str] = if picks[1].is_multiple_of(2) { &["--rebase-merges"] } else { &[] };
            rebase.args(["rebase", "--quiet", "--interactive", "--no-verify"]).args(how).arg(&other).output().unwrap();
        }
        Kind::Continue => {
            let what = ["rebase", "cherry-pick", "revert"][picks[1] % 3];
            git(&[what, "--continue"]);
        }
        Kind::Abort => {
            let what = ["rebase", "merge", "cherry-pick", "revert"][picks[1] % 4];
            git(&[what, "--abort"]);
        }
        Kind::EvilMerge => {
            // A merge that holds what is staged, whatever its parents hold.
            let tree = workshop.lines(&["write-tree"]).pop();
            let (Some(tree), Some(head), Some(other)) = (tree, workshop.commit("HEAD"), workshop.commit(&other)) else {
                return;
            };
            let merge = workshop.lines(&["commit-tree", "-m", "merge", "-p", &head, "-p", &other, &tree]).pop();
            if let Some(merge) = merge {
                git(&["reset", "--quiet", "--soft", &merge]);
            }
        }
        _ => {}
    }
}

/// Steps that change how git keeps things.
pub(crate) fn form(step: &Step, workshop: &Workshop) {
    let picks = step.picks;
    let git = |arguments: &[&str]| drop(workshop.git(arguments));
    match step.kind {
        Kind::Pack => {
            git(&["pack-refs", "--all"]);
            git(&["repack", "-a", "-d", "-q", "--keep-unreachable"]);
            git(&["commit-graph", "write", "--reachable"]);
        }
        Kind::IndexForm => match picks[0] % 6 {
            0 => git(&["update-index", "--index-version=4"]),
            1 => git(&["update-index", "--index-version=2"]),
            2 => git(&["update-index", "--split-index"]),
            3 => git(&["update-index", "--no-split-index"]),
            4 => git(&["write-tree"]),
            _ => git(&["update-index", "--really-refresh"]),
        },
        Kind::Sparse => match picks[0] % 3 {
            0 => git(&["sparse-checkout", "set", "--cone", "--sparse-index", "notes/deep"]),
            1 => git(&["sparse-checkout", "set", "--cone", "--no-sparse-index", "notes"]),
            _ => git(&["sparse-checkout", "disable"]),
        },
        _ => {}
    }
}
