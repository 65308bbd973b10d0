//! Every form that a repository may have: a poor note that is staged is refused, and a good one passes. Those that libgit2
//! does not know are in `shapes.rs` too, with a whole day of work.

use crate::support::{ALSO_GREAT, GREAT, POOR, Record, Repo, Run, program};
use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::Path;

fn note() -> Record {
    Record::new("Contoso", "Teams", GREAT)
}

/// A repository with hooks, and a history of two commits.
fn begin() -> Repo {
    let repo = Repo::new();
    fill(&repo, repo.root());
    repo
}

fn fill(repo: &Repo, folder: &Path) {
    put(repo, folder, "other/b.yaml", &Record::new("Fabrikam", "Teams", GREAT));
    put(repo, folder, "sub/a.yaml", &note().with(GREAT));
    repo.git_in(folder, &["commit", "--quiet", "--no-verify", "-m", "one"]).passed();
    put(repo, folder, "sub/a.yaml", &note());
    repo.git_in(folder, &["commit", "--quiet", "--no-verify", "-m", "two"]).passed();
}

fn put(repo: &Repo, folder: &Path, path: &str, record: &Record) {
    fs::create_dir_all(folder.join(path).parent().unwrap()).unwrap();
    fs::write(folder.join(path), record.yaml()).unwrap();
    repo.git_in(folder, &["add", "--", path]).passed();
}

/// Commits in `folder`, where sub/a.yaml is as [`begin`] leaves it: the hook and the range see what is poor.
#[track_caller]
fn guarded_in(repo: &Repo, folder: &Path) {
    let head = || repo.git_in(folder, &["rev-parse", "HEAD"]).passed().to_owned();
    let before = head();
    let of_hook = |run: &Run| assert_ne!(run.code, Some(0), "the poor note went in: {}", run.text);
    put(repo, folder, "sub/a.yaml", &note().with(POOR));
    of_hook(&repo.git_in(folder, &["commit", "-m", "poor"]));
    assert_eq!(head(), before);
    repo.notegate_in(folder, &["check", "--staged"]).said(1, "sub/a.yaml:");
    put(repo, folder, "sub/a.yaml", &note().with(ALSO_GREAT));
    repo.notegate_in(folder, &["check", "--staged"]).said(0, "1 file, 1 record: 1 great");
    repo.git_in(folder, &["commit", "-m", "great"]).passed();
    assert_ne!(head(), before);
    put(repo, folder, "sub/a.yaml", &note().with(ALSO_GREAT).with(POOR));
    repo.git_in(folder, &["commit", "--quiet", "--no-verify", "-m", "round the hook"]).passed();
    repo.notegate_in(folder, &["check", "--from", "HEAD~1"]).said(1, "1 file, 1 record: 0 great");
    repo.notegate_in(folder, &["check", "--from", "HEAD~2", "--to", "HEAD~1"]).said(0, "1 file, 1 record: 1 great");
    repo.notegate_in(folder, &["check", "--rev", "HEAD"]).said(1, "2 files, 2 records");
}

#[track_caller]
fn guarded(repo: &Repo) {
    guarded_in(repo, repo.root());
}

/// A clone of `origin` by this command.
fn clone(origin: &Path, arguments: &[&str]) -> Repo {
    let repo = Repo::somewhere();
    repo.git(&[&["clone", "--quiet"], arguments, &[origin.to_str().unwrap(), "."]].concat()).passed();
    repo.notegate(&["install"]).passed();
    repo
}

#[test]
fn objects_of_another_repository() {
    let origin = begin();
    guarded(&clone(origin.root(), &["--shared"]));
    guarded(&clone(origin.root(), &["--reference", origin.root().to_str().unwrap()]));
    // Through a third one, by a relative path, behind a comment.
    let (middle, repo) = (clone(origin.root(), &["--shared"]), clone(origin.root(), &["--shared"]));
    symlink(middle.root(), repo.path(".git/middle")).unwrap();
    fs::write(repo.path(".git/objects/info/alternates"), "# a comment\n../middle/.git/objects\n").unwrap();
    guarded(&repo);
    // A path that git quotes, and libgit2 does not know for one.
    let odd = Repo::somewhere();
    let place = odd.path("new\nline:\"x\"");
    fs::rename(origin.path(".git/objects"), origin.path(".git/kept")).unwrap();
    symlink(origin.path(".git/kept"), &place).unwrap();
    fs::create_dir_all(origin.path(".git/objects/info")).unwrap();
    let quoted = format!("\"{}/new\\nline:\\\"x\\\"\"\n", odd.root().display());
    fs::write(origin.path(".git/objects/info/alternates"), quoted).unwrap();
    origin.git(&["cat-file", "-e", "HEAD^{tree}"]).passed();
    guarded(&origin);
}

#[test]
fn packs_of_every_kind() {
    let repo = begin();
    for command in [
        &["repack", "-a", "-d", "-q", "--write-bitmap-index", "--write-midx"][..],
        &["-c", "pack.indexVersion=1", "repack", "-a", "-d", "-q"],
        &["multi-pack-index", "write"],
        &["commit-graph", "write", "--reachable", "--changed-paths"],
        &["pack-refs", "--all"],
    ] {
        repo.git(command).passed();
    }
    repo.git(&["repack", "--cruft", "-d", "-q"]).passed();
    guarded(&repo);
}

#[test]
fn objects_that_others_stand_in_for() {
    let repo = begin();
    let blob = |record: &Record| {
        repo.write("scratch", &record.yaml());
        repo.ask(&["hash-object", "-w", "scratch"])
    };
    let (poor, great) = (note().with(POOR), note().with(ALSO_GREAT));
    let (poor_id, great_id) = (blob(&poor), blob(&great));
    fs::remove_file(repo.path("scratch")).unwrap();
    // What is committed and pushed is the poor note, whatever is shown in its place here.
    repo.git(&["replace", &poor_id, &great_id]).passed();
    assert_eq!(repo.ask(&["cat-file", "-p", &poor_id]), great.yaml().trim_end());
    guarded(&repo);
    // Nor does a commit in the place of another one change what a range is compared with.
    repo.git(&["replace", "HEAD~2", "HEAD"]).passed();
    repo.notegate(&["check", "--from", "HEAD~1"]).said(1, "sub/a.yaml:");
    // A graft hides the history from git itself; then there is nothing to compare with, and nothing passes.
    let before = repo.ask(&["rev-parse", "HEAD~1"]);
    fs::write(repo.path(".git/info/grafts"), format!("{}\n", repo.head())).unwrap();
    repo.notegate(&["check", "--from", "HEAD~1"]).ended(2);
    repo.notegate(&["check", "--from", &before]).ended(3);
}

#[test]
fn an_index_of_every_form() {
    for (form, settings) in [
        ("version 4", &[("index.version", "4")][..]),
        ("version 4, split", &[("index.version", "4"), ("core.splitIndex", "true")]),
        ("no checksum", &[("index.skipHash", "true")]),
        ("extensions for threads", &[("index.threads", "4"), ("index.recordEndOfIndexEntries", "true")]),
        ("many files", &[("feature.manyFiles", "true")]),
        ("untracked files known", &[("core.untrackedCache", "true")]),
        ("split, shared for long", &[("core.splitIndex", "true"), ("splitIndex.maxPercentChange", "100")]),
    ] {
        let repo = begin();
        for (key, value) in settings {
            repo.git(&["config", key, value]).passed();
        }
        repo.git(&["update-index", "--force-write-index"]).passed();
        guarded(&repo);
        assert!(repo.git(&["fsck", "--no-dangling"]).passed().is_empty(), "{form}");
    }
}

#[test]
fn a_sparse_index_that_is_split_and_of_version_4() {
    let repo = begin();
    repo.git(&["sparse-checkout", "set", "--cone", "--sparse-index", "sub"]).passed();
    repo.git(&["update-index", "--index-version=4"]).passed();
    repo.git(&["config", "index.skipHash", "true"]).passed();
    assert!(!repo.path("other").exists());
    guarded(&repo);
    // A note outside of the cone.
    repo.write("other/b.yaml", &Record::new("Fabrikam", "Teams", GREAT).with(POOR).yaml());
    repo.git(&["add", "--sparse", "other/b.yaml"]).passed();
    repo.notegate(&["check", "--staged"]).said(1, "other/b.yaml:");
}

#[test]
fn a_monitor_of_the_file_system() {
    let repo = begin();
    let monitor = repo.home().join("monitor");
    let asked = repo.home().join("asked");
    fs::write(&monitor, format!("#!/bin/sh\necho \"$@\" >> '{}'\nprintf 'token\\0/\\0'\n", asked.display())).unwrap();
    fs::set_permissions(&monitor, fs::Permissions::from_mode(0o755)).unwrap();
    repo.git(&["config", "core.fsmonitor", monitor.to_str().unwrap()]).passed();
    repo.git(&["update-index", "--fsmonitor"]).passed();
    guarded(&repo);
    // notegate itself asks no monitor: it looks at what is staged, and starts nothing that a configuration names.
    repo.git(&["update-index", "--index-version=4"]).passed();
    fs::remove_file(&asked).unwrap();
    repo.notegate(&["check", "--staged"]).ended(0);
    repo.notegate(&["check", "--from", "HEAD~1"]).ended(1);
    assert!(!asked.exists());
}

#[test]
fn a_configuration_for_each_work_tree() {
    let repo = begin();
    repo.git(&["config", "extensions.worktreeConfig", "true"]).passed();
    // As git itself has it where a bare repository has work trees.
    repo.git(&["config", "--unset", "core.bare"]).passed();
    repo.git(&["config", "core.bare", "true"]).passed();
    repo.git(&["config", "--worktree", "core.bare", "false"]).passed();
    repo.git(&["config", "--worktree", "core.quotePath", "true"]).passed();
    repo.git(&["worktree", "add", "--quiet", "-b", "linked", "../linked", "HEAD"]).passed();
    let linked = repo.home().canonicalize().unwrap().join("linked");
    repo.git_in(&linked, &["config", "--worktree", "core.hooksPath", repo.path(".git/hooks").to_str().unwrap()])
        .passed();
    guarded_in(&repo, &linked);
    guarded(&repo);
}

#[test]
fn a_bare_repository_with_work_trees() {
    let repo = begin();
    let bare = repo.home().canonicalize().unwrap().join("bare.git");
    repo.git(&["clone", "--quiet", "--bare", repo.root().to_str().unwrap(), bare.to_str().unwrap()]).passed();
    repo.git_in(&bare, &["worktree", "add", "--quiet", "-b", "linked", "../linked"]).passed();
    let linked = bare.parent().unwrap().join("linked");
    repo.notegate_in(&linked, &["install"]).passed();
    guarded_in(&repo, &linked);
    // The two know each other by relative paths.
    let relative = |file: &Path, text: &str| fs::write(file, text).unwrap();
    relative(&linked.join(".git"), "gitdir: ../bare.git/worktrees/linked\n");
    relative(&bare.join("worktrees/linked/gitdir"), "../../../linked/.git\n");
    put(&repo, &linked, "sub/a.yaml", &note().with(ALSO_GREAT).with(POOR).with(POOR));
    repo.notegate_in(&linked, &["check", "--staged"]).said(1, "sub/a.yaml:");
    repo.git_in(&bare, &["config", "core.repositoryFormatVersion", "1"]).passed();
    repo.git_in(&bare, &["config", "extensions.relativeWorktrees", "true"]).passed();
    // A git that does not know this extension refuses it; then nothing passes either.
    let run = repo.notegate_in(&linked, &["check", "--staged"]);
    assert!(matches!(run.code, Some(1 | 3)), "{}", run.text);
}

#[test]
fn the_data_of_git_elsewhere() {
    let repo = Repo::somewhere();
    let data = repo.home().canonicalize().unwrap().join("data");
    repo.git(&["init", "--quiet", "--initial-branch=main", "--separate-git-dir", data.to_str().unwrap(), "."]).passed();
    repo.notegate(&["install"]).passed();
    fill(&repo, repo.root());
    guarded(&repo);
    let repo = begin();
    let data = repo.home().canonicalize().unwrap().join("data");
    fs::rename(repo.path(".git"), &data).unwrap();
    symlink(&data, repo.path(".git")).unwrap();
    guarded(&repo);
}

#[test]
fn inside_a_submodule() {
    let (inner, repo) = (begin(), begin());
    let address = inner.root().to_str().unwrap();
    repo.git(&["-c", "protocol.file.allow=always", "submodule", "--quiet", "add", address, "module"]).passed();
    let module = repo.path("module");
    assert!(module.join(".git").is_file());
    repo.notegate_in(&module, &["install"]).passed();
    guarded_in(&repo, &module);
}

#[test]
fn extensions_and_settings_that_change_how_files_are_read() {
    for settings in [
        &[("core.repositoryFormatVersion", "1"), ("extensions.preciousObjects", "true")][..],
        &[("core.repositoryFormatVersion", "1"), ("extensions.noop", "true")],
        &[("core.ignoreCase", "true"), ("core.precomposeUnicode", "true"), ("core.protectHFS", "true")],
        &[("core.symlinks", "false"), ("core.fileMode", "false"), ("core.trustctime", "false")],
        &[("core.autocrlf", "true"), ("core.safecrlf", "false")],
        &[("core.bigFileThreshold", "1"), ("core.compression", "0"), ("core.looseCompression", "9")],
        &[("core.sharedRepository", "group"), ("core.logAllRefUpdates", "false")],
        &[("includeIf.hasconfig:remote.*.url:https://**.path", "nowhere"), ("include.path", "/nowhere")],
    ] {
        let repo = begin();
        for (key, value) in settings {
            repo.git(&["config", key, value]).passed();
        }
        guarded(&repo);
    }
}

#[test]
fn an_extension_that_nobody_knows_is_refused() {
    let repo = begin();
    repo.git(&["config", "core.repositoryFormatVersion", "1"]).passed();
    fs::write(repo.path("sub/a.yaml"), note().with(POOR).yaml()).unwrap();
    repo.git(&["add", "sub/a.yaml"]).passed();
    repo.git(&["config", "extensions.fromTheFuture", "true"]).passed();
    for arguments in [&["check", "--staged"][..], &["check", "--rev", "HEAD"], &["hook", "pre-commit"]] {
        let run = repo.notegate(arguments);
        assert!(run.ended(3).to_lowercase().contains("fromthefuture"), "{}", run.text);
    }
}

#[test]
fn reftables_of_linked_work_trees_and_of_sha_256() {
    for form in [&["--ref-format=reftable"][..], &["--ref-format=reftable", "--object-format=sha256"]] {
        let repo = Repo::somewhere();
        repo.git(&[&["init", "--quiet", "--initial-branch=main"], form, &["."]].concat()).passed();
        repo.notegate(&["install"]).passed();
        fill(&repo, repo.root());
        repo.git(&["worktree", "add", "--quiet", "-b", "linked", "../linked"]).passed();
        guarded_in(&repo, &repo.home().canonicalize().unwrap().join("linked"));
        guarded(&repo);
    }
}

#[test]
fn a_clone_with_a_cut_off_history() {
    let origin = begin();
    let address = format!("file://{}", origin.root().display());
    for depth in ["--depth=1", "--depth=2"] {
        let repo = Repo::somewhere();
        repo.git(&["clone", "--quiet", depth, &address, "."]).passed();
        repo.notegate(&["install"]).passed();
        guarded(&repo);
    }
}

#[test]
fn a_repository_of_another_user_that_is_trusted() {
    let repo = begin();
    let path = repo.root().to_str().unwrap().to_owned();
    let owner = repo.command("chown", repo.root()).args(["-R", "12345", &path]).output().unwrap();
    if !owner.status.success() {
        // Only root can give files away; elsewhere there is no such repository to make.
        return;
    }
    repo.notegate(&["check", "--staged"]).said(3, "safe.directory");
    let trusted = repo.home().join("trusted");
    for directory in [path.as_str(), "*"] {
        fs::write(&trusted, format!("[safe]\n\tdirectory = {directory}\n")).unwrap();
        for (record, code) in [(note().with(POOR), 1), (note().with(ALSO_GREAT), 0)] {
            let run = |program: &Path, arguments: &[&str]| {
                let mut command = repo.command(program, repo.root());
                Run::of(&command.env("GIT_CONFIG_GLOBAL", &trusted).args(arguments).output().unwrap())
            };
            repo.write("sub/a.yaml", &record.yaml());
            run(Path::new("git"), &["add", "sub/a.yaml"]).passed();
            run(program(), &["check", "--staged"]).ended(code);
            run(program(), &["hook", "pre-commit"]).ended(code);
        }
    }
}
