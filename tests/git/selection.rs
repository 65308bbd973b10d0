//! Every source sees the same files: the work tree, the index, a range, a revision and both ends of a push.

use crate::support::{GREAT, POOR, Record, Repo, Run, program};
use std::collections::BTreeSet;
use std::fs;
use std::io::Write as _;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Stdio;

const ZERO: &str = "0000000000000000000000000000000000000000";

/// What a run looked at, and what came of it.
#[derive(Debug, PartialEq, Eq)]
struct Seen {
    code: Option<i32>,
    /// Files with records or findings, with whether they are blocked.
    files: BTreeSet<(String, bool)>,
    counts: serde_json::Value,
}

fn seen(run: &Run) -> Seen {
    let start = run.text.find("{\"version\"").unwrap_or_else(|| panic!("{}", run.text));
    let report: serde_json::Value =
        serde_json::Deserializer::from_str(&run.text[start..]).into_iter().next().unwrap().unwrap();
    let name = |entry: &serde_json::Value| entry["path"].as_str().unwrap().to_owned();
    let records = report["records"].as_array().unwrap().iter().map(|r| (name(r), r["blocked"] == true));
    let files = report["files"].as_array().unwrap().iter().map(|f| (name(f), true));
    Seen { code: run.code, files: records.chain(files).collect(), counts: report["summary"].clone() }
}

/// Everything odd that can stand where notes are.
fn odd_repository() -> Repo {
    let repo = Repo::bare_of_hooks();
    repo.git(&["commit", "--quiet", "--allow-empty", "-m", "root"]).passed();
    let mut workloads = ["Teams", "Yammer", "Intune", "Stream", "Planner", "Sway", "Forms", "Bookings", "Delve"].iter();
    let mut note = |text| Record::new("Contoso", workloads.next().unwrap(), text).yaml();
    repo.write("notes/a.yaml", &note(GREAT));
    repo.write("notes/poor.yml", &note(POOR));
    repo.write("notes/UPPER.YAML", &note(POOR));
    repo.write("notes/zürich.yaml", &note(POOR));
    repo.write("kept/forced.yaml", &note(POOR));
    repo.write("ignored/untracked.yaml", &note(POOR));
    repo.write(".dot/hidden.yaml", &note(POOR));
    repo.write(".b.yaml", &note(POOR));
    repo.write("x.yaml/inside.yaml", &note(POOR));
    repo.write("rules/strict.yaml", "fail_on: marginal\n");
    repo.write(".gitignore", "ignored/\nkept/\n*.tmp.yaml\n");
    repo.write("a.tmp.yaml", "note: x\n");
    symlink("/etc/passwd", repo.path("notes/link.yaml")).unwrap();
    symlink("notes", repo.path("linked")).unwrap();
    for nested in ["nested", "notes/nested", "notes/nested.yaml"] {
        repo.write(&format!("{nested}/poor.yaml"), &Record::new("Fabrikam", "Teams", POOR).yaml());
        let folder = repo.path(nested);
        repo.git_in(&folder, &["init", "--quiet", "--initial-branch=main", "."]).passed();
        repo.git_in(&folder, &["add", "."]).passed();
        repo.git_in(&folder, &["commit", "--quiet", "-m", "x"]).passed();
    }
    // A submodule that was never fetched.
    fs::create_dir_all(repo.path("module/absent")).unwrap();
    let head = repo.head();
    repo.git(&["update-index", "--add", "--cacheinfo", &format!("160000,{head},module/absent")]).passed();
    repo
}

/// Runs every source over the whole repository, and returns what all of them saw.
#[track_caller]
fn agreed(repo: &Repo, options: &[&str], variables: &[(&str, &str)]) -> Seen {
    let root = repo.ask(&["rev-list", "--max-parents=0", "HEAD"]);
    repo.git(&["reset", "--quiet", "--soft", &root]).passed();
    repo.git(&["add", "--all"]).passed();
    repo.git(&["add", "--force", "kept"]).passed();
    let run = |folder: &Path, arguments: &[&str], input: &str| {
        let mut command = repo.command(program(), folder);
        command.args(arguments).args(["--format", "json"]).args(options).envs(variables.iter().copied());
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let _closed = child.stdin.take().unwrap().write_all(input.as_bytes());
        seen(&Run::of(&child.wait_with_output().unwrap()))
    };
    let here = repo.root();
    let tree = run(here, &["check"], "");
    assert_eq!(run(here, &["check", "--staged"], ""), tree, "--staged");
    assert_eq!(run(here, &["hook", "pre-commit"], ""), tree, "pre-commit");
    repo.git(&["commit", "--quiet", "--no-verify", "-m", "all"]).passed();
    let head = repo.head();
    assert_eq!(run(here, &["check"], ""), tree, "nothing staged");
    assert_eq!(run(here, &["check", "--rev", "HEAD"], ""), tree, "--rev");
    assert_eq!(run(here, &["check", "--from", &root, "--config-from", "head"], ""), tree, "--from");
    let update = format!("refs/heads/main {head} refs/heads/main {ZERO}\n");
    assert_eq!(run(here, &["hook", "pre-push", "server", "file:///nowhere"], &update), tree, "pre-push");
    let server = repo.home().join("server.git");
    let _first = fs::remove_dir_all(&server);
    repo.git(&["clone", "--quiet", "--bare", ".", server.to_str().unwrap()]).passed();
    repo.git_in(&server, &["update-ref", "-d", "refs/heads/main"]).passed();
    assert_eq!(
        run(&server, &["hook", "pre-receive"], &format!("{ZERO} {head} refs/heads/main\n")),
        tree,
        "pre-receive"
    );
    tree
}

fn set<'a>(files: &[(&'a str, bool)]) -> BTreeSet<(String, bool)> {
    files.iter().map(|(path, blocked): &(&'a str, bool)| ((*path).to_owned(), *blocked)).collect()
}

#[test]
fn without_a_configuration_all_sources_see_the_same_files() {
    let repo = odd_repository();
    let tree = agreed(&repo, &[], &[]);
    let expected = [
        (".b.yaml", true),
        ("kept/forced.yaml", true),
        ("notes/UPPER.YAML", true),
        ("notes/a.yaml", false),
        ("notes/link.yaml", true),
        ("notes/poor.yml", true),
        ("notes/zürich.yaml", true),
        ("x.yaml/inside.yaml", true),
    ];
    assert_eq!(tree.files, set(&expected));
    assert_eq!(tree.code, Some(1));
    // The four other repositories and `rules/strict.yaml`, which holds no record.
    assert_eq!((&tree.counts["files"], &tree.counts["skipped"]), (&13.into(), &5.into()));
}

#[test]
fn with_patterns_all_sources_see_the_same_files() {
    let repo = odd_repository();
    repo.write("notegate.yaml", "include: ['**/*.yaml', '*.yaml']\nexclude: ['x.yaml/**', 'rules/*.yaml']\n");
    let tree = agreed(&repo, &[], &[]);
    let expected = [
        (".b.yaml", true),
        (".dot/hidden.yaml", true),
        ("kept/forced.yaml", true),
        ("notes/a.yaml", false),
        ("notes/link.yaml", true),
        ("notes/zürich.yaml", true),
    ];
    assert_eq!(tree.files, set(&expected), "and never notegate.yaml itself");
    assert_eq!(tree.counts["skipped"], 4, "the other repositories");

    repo.write("notegate.yaml", "include: ['.dot/*', 'notes/nested/**', 'notes/nested.yaml']\n");
    let tree = agreed(&repo, &[], &[]);
    assert_eq!(tree.files, set(&[(".dot/hidden.yaml", true)]));
    assert_eq!((&tree.counts["files"], &tree.counts["skipped"]), (&3.into(), &2.into()));
}

#[test]
fn a_configuration_by_any_way_is_a_note_of_no_source() {
    let repo = odd_repository();
    // Everything is included, so the configuration would be blocked as no record if it were taken for a note.
    repo.write("rules/strict.yaml", "include: ['rules/*', '*.yaml']\n");
    repo.write("notegate.yaml", "fail_on: poor\n");
    let path = repo.path("rules/strict.yaml");
    let path = path.to_str().unwrap();
    for (options, variables) in
        [(&["--config", path][..], &[][..]), (&[], &[("NOTEGATE_CONFIG", path)]), (&["--no-config"], &[])]
    {
        // The server has no work tree in which the named file lies.
        let root = repo.ask(&["rev-list", "--max-parents=0", "HEAD"]);
        repo.git(&["reset", "--quiet", "--soft", &root]).passed();
        repo.git(&["add", "--all"]).passed();
        for arguments in [&["check"][..], &["check", "--staged"], &["hook", "pre-commit"]] {
            let mut command = repo.command(program(), repo.root());
            command.args(arguments).args(["--format", "json"]).args(options).envs(variables.iter().copied());
            let seen = seen(&Run::of(&command.output().unwrap()));
            assert!(!seen.files.iter().any(|(path, _)| path.contains("strict") || path == "notegate.yaml"), "{seen:?}");
        }
    }
    for name in ["notegate.yaml", "./notegate.yaml"] {
        for arguments in [&["check", name][..], &["check", "--staged", name]] {
            repo.notegate(arguments).said(0, "1 file (1 skipped: 1 holding the configuration)");
        }
    }
}

#[test]
fn no_setting_hides_a_submodule_from_one_source() {
    let repo = Repo::bare_of_hooks();
    repo.git(&["commit", "--quiet", "--allow-empty", "-m", "root"]).passed();
    let root = repo.head();
    repo.write(".gitmodules", "[submodule \"m\"]\n\tpath = m.yaml\n\turl = ./m\n\tignore = all\n");
    repo.git(&["config", "submodule.m.ignore", "all"]).passed();
    repo.git(&["config", "diff.ignoreSubmodules", "all"]).passed();
    repo.git(&["update-index", "--add", "--cacheinfo", &format!("160000,{root},m.yaml")]).passed();
    let line = "1 file (1 skipped: 1 belonging to another repository), 0 records";
    repo.notegate(&["check", "--staged"]).said(0, line);
    repo.notegate(&["check"]).said(0, line);
    repo.git(&["commit", "--quiet", "-m", "m"]).passed();
    repo.notegate(&["check", "--from", &root]).said(0, line);
    repo.notegate(&["check", "--rev", "HEAD", "-v"]).said(0, "m.yaml: skipped, belonging to another repository");
}

#[test]
fn a_nested_repository_is_not_entered_however_it_is_named() {
    let repo = odd_repository();
    let line = "1 file (1 skipped: 1 belonging to another repository)";
    repo.notegate(&["check", "nested/poor.yaml"]).said(0, line);
    repo.notegate(&["check", "nested", "notes/nested/poor.yaml"]).said(0, "2 files (2 skipped");
    repo.notegate(&["check", "--list-files", "nested", "notes/a.yaml"]).said(0, "notes/a.yaml\n");
    // Nor by its own name alone, from wherever in this repository; from inside it, it is what the run is about.
    let absolute = repo.path("nested");
    for name in ["nested", "nested/", "./notes/../nested", absolute.to_str().unwrap(), "notes/nested.yaml"] {
        repo.notegate(&["check", name]).said(0, line);
    }
    repo.notegate_in(&repo.path("notes"), &["check", "../nested"]).said(0, line);
    repo.notegate_in(&repo.path("nested"), &["check"]).said(1, "poor.yaml");
    repo.notegate_in(&repo.path("nested"), &["check", "."]).said(1, "poor.yaml");
    repo.notegate_in(repo.home(), &["check", absolute.to_str().unwrap()]).said(1, "poor.yaml");
    // An empty folder called `.git` makes no repository of a folder.
    fs::create_dir(repo.path("x.yaml/.git")).unwrap();
    repo.notegate(&["check", "x.yaml", "notes/a.yaml"]).said(1, "x.yaml/inside.yaml");
    // What this repository tracks belongs to it, whatever lies beside it.
    repo.git(&["add", "x.yaml/inside.yaml"]).passed();
    repo.git_in(&repo.path("x.yaml"), &["init", "--quiet"]).passed();
    repo.notegate(&["check"]).said(1, "x.yaml/inside.yaml");
    repo.notegate(&["check", "x.yaml/inside.yaml"]).said(1, "x.yaml/inside.yaml");
}

#[test]
fn tracked_files_behind_a_link_or_gone_from_disk_are_not_followed() {
    let repo = Repo::bare_of_hooks();
    repo.write(".gitignore", "kept\n");
    repo.write("kept/a.yaml", &Record::new("Contoso", "Teams", POOR).yaml());
    repo.git(&["add", "--force", "kept/a.yaml"]).passed();
    repo.notegate(&["check"]).said(1, "kept/a.yaml");
    repo.notegate(&["check", "kept", ".gitignore"]).said(1, "kept/a.yaml");
    fs::rename(repo.path("kept"), repo.home().join("outside")).unwrap();
    repo.notegate(&["check"]).said(0, "0 files");
    symlink(repo.home().join("outside"), repo.path("kept")).unwrap();
    repo.notegate(&["check"]).said(0, "0 files");
}

#[test]
fn an_index_that_only_git_can_read_tells_what_is_tracked() {
    for setting in [&["--split-index"][..], &["--force-write-index", "--index-version", "4"]] {
        let repo = Repo::bare_of_hooks();
        repo.write(".gitignore", "*.yaml\n");
        repo.write("a.yaml", &Record::new("Contoso", "Teams", POOR).yaml());
        repo.write("b.yaml", &Record::new("Contoso", "Yammer", POOR).yaml());
        repo.git(&["add", "--force", "a.yaml"]).passed();
        repo.git(&[&["update-index"], setting].concat()).passed();
        repo.notegate(&["check"]).said(1, "1 file, 1 record");
    }
}

#[test]
fn a_repository_that_cannot_be_read_does_not_pass() {
    let repo = Repo::bare_of_hooks();
    repo.write("a.yaml", &Record::new("Contoso", "Teams", GREAT).yaml());
    repo.git(&["add", "."]).passed();
    repo.notegate(&["check"]).passed();
    fs::write(repo.path(".git/index"), "nonsense").unwrap();
    repo.notegate(&["check"]).ended(3);
    fs::remove_file(repo.path(".git/index")).unwrap();
    repo.notegate(&["check"]).passed();
    fs::remove_file(repo.path(".git/HEAD")).unwrap();
    repo.notegate(&["check"]).said(3, "git cannot read the repository in `.git`");
    fs::rename(repo.path(".git"), repo.home().join("moved")).unwrap();
    repo.write(".git", "gitdir: ../gone\n");
    repo.notegate(&["check"]).ended(3);
    fs::remove_file(repo.path(".git")).unwrap();
    repo.notegate(&["check"]).passed();
}

#[test]
fn a_path_that_the_change_does_not_know_is_an_error() {
    let repo = Repo::bare_of_hooks();
    repo.stage("notes/a.yaml", &Record::new("Contoso", "Teams", GREAT).yaml());
    repo.notegate(&["check", "--staged", "nope"]).said(2, "neither the index nor the last commit has");
    repo.notegate(&["check", "--staged", "notes"]).said(0, "1 file");
    repo.git(&["commit", "--quiet", "-m", "a"]).passed();
    repo.stage("gone.yaml", &Record::new("Contoso", "Yammer", GREAT).yaml());
    repo.git(&["commit", "--quiet", "-m", "b"]).passed();
    repo.git(&["rm", "--quiet", "gone.yaml"]).passed();
    repo.write("new.yaml", "note: x\n");
    for (arguments, words) in [
        (&["check", "--staged", "nope"][..], "neither the index nor the last commit has a file or folder `nope`"),
        (&["check", "--staged", "notes/nope.yaml"], "Check the spelling"),
        (&["check", "--staged", "new.yaml"], "Stage it first: git add new.yaml"),
        (&["check", "--staged", "note"], "`note`"),
        (&["check", "--staged", "notes/a.yaml", "nope"], "`nope`"),
        (&["check", "--from", "HEAD~1", "nope"], "none in `HEAD`"),
        (&["check", "nope", "--from", "HEAD"], "`nope`"),
        (&["check", "--rev", "HEAD", "nothere"], "the commit `HEAD` has no file or folder `nothere`"),
        (&["check", "--rev", "HEAD", "new.yaml"], "It lies in the work tree alone"),
        (&["check", "--rev", "HEAD", "notes/a.yaml/x"], "notes/a.yaml/x"),
        (&["check", "nope"], "there is no file or folder `nope`"),
        (&["check", "notes\\a.yaml"], "Did you mean `notes/a.yaml`?"),
        (&["check", "/notes/a.yaml"], "Did you mean `notes/a.yaml`?"),
        (&["check", "notes/*.yaml"], "Patterns belong under `include`"),
        (&["check", ".git/config"], "lies in `.git`"),
        (&["check", "../outside", "--rev", "HEAD"], "lies outside the repository"),
    ] {
        repo.notegate(arguments).said(2, words);
    }
    // What is there on either side is no error, though nothing of it may have changed.
    for arguments in [
        &["check", "--staged", "gone.yaml"][..],
        &["check", "--staged", "notes"],
        &["check", "--staged", "./notes/"],
        &["check", "--staged", "."],
        &["check", "--from", "HEAD", "notes/a.yaml"],
        &["check", "--rev", "HEAD", "gone.yaml"],
    ] {
        repo.notegate(arguments).passed();
    }
    let server = repo.home().join("server.git");
    repo.git(&["clone", "--quiet", "--bare", ".", server.to_str().unwrap()]).passed();
    repo.notegate_in(&server, &["check", "--rev", "HEAD", "nope"]).said(2, "`nope`");
    repo.notegate_in(&server, &["check", "--rev", "HEAD", "./notes/"]).said(0, "1 file");
}

#[test]
fn a_named_file_is_looked_at_in_every_source() {
    let repo = Repo::bare_of_hooks();
    repo.stage("notegate.yaml", "include: ['notes/*.yaml']\nexclude: ['notes/b*.yaml']\n");
    repo.write("notes/a.yaml", &Record::new("Contoso", "Yammer", GREAT).yaml());
    for path in ["notes/b.yaml", "c.txt"] {
        repo.stage(path, &Record::new("Contoso", path, POOR).yaml());
        for source in [&["check"][..], &["check", "--staged"]] {
            repo.notegate(&[source, &[path]].concat()).said(1, path);
        }
    }
    for source in [&["check", "--force-exclude"][..], &["check", "--staged", "--force-exclude"]] {
        repo.notegate(&[source, &["notes/b.yaml"]].concat()).said(0, "0 files");
    }
}

#[test]
fn paths_are_those_that_can_be_opened_and_the_report_is_the_same_everywhere() {
    let repo = Repo::bare_of_hooks();
    repo.stage("notes/deep/a.yaml", &Record::new("Contoso", "Yammer", POOR).yaml());
    repo.stage("other/b.yaml", &Record::new("Contoso", "Teams", POOR).yaml());
    let notes = repo.path("notes");
    for source in [&["check"][..], &["check", "--staged"]] {
        let human = repo.notegate_in(&notes, source);
        assert!(human.ended(1).contains("\n../other/b.yaml:4 ·") && human.text.starts_with("deep/a.yaml:4 ·"));
        let machine = repo.notegate_in(&notes, &[source, &["--format", "json"]].concat());
        let paths: Vec<String> = seen(&machine).files.into_iter().map(|(path, _)| path).collect();
        assert_eq!(paths, ["notes/deep/a.yaml", "other/b.yaml"]);
    }
    // A message that names another file names it as it can be opened, too.
    repo.stage("other/b.yaml", &Record::new("Contoso", "Teams", GREAT).yaml());
    repo.stage("notes/deep/a.yaml", &Record::new("Contoso", "Yammer", GREAT).yaml());
    let human = repo.notegate_in(&notes, &["check"]);
    human.said(0, "../other/b.yaml:4 · Contoso · Teams");
    human.said(0, "Yammer of this customer has the same note (deep/a.yaml:4)");
    repo.notegate_in(&notes, &["check", "--format", "json"]).said(0, "has the same note (notes/deep/a.yaml:4)");
    let root = repo.root().to_str().unwrap().to_owned();
    for (arguments, listed) in [
        (&["deep", "../other/b.yaml"][..], "deep/a.yaml\n../other/b.yaml\n"),
        (&[".."], "deep/a.yaml\n../other/b.yaml\n"),
        (&["."], "deep/a.yaml\n"),
        (&[&root], "deep/a.yaml\n../other/b.yaml\n"),
        (&["./deep/../deep/a.yaml"], "deep/a.yaml\n"),
    ] {
        let run = repo.notegate_in(&notes, &[&["check", "--list-files"], arguments].concat());
        assert_eq!(run.passed(), listed, "{arguments:?}");
        for path in listed.lines() {
            assert!(notes.join(path).exists(), "{path}");
        }
    }
    // From outside, by the path that was named.
    repo.notegate_in(repo.home(), &["check", "repo"]).said(0, "repo/other/b.yaml:4");
}
