//! The hooks: written, chained, put back, looked after.

use crate::support::{GREAT, POOR, Record, Repo, program};
use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};

const EARLIER: &str = "#!/bin/sh\necho earlier >> .git/earlier.log\n";

fn write_hook(repo: &Repo, name: &str, text: &str) {
    let path = repo.path(".git/hooks").join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(&path, text).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn installing_twice_changes_nothing() {
    let repo = Repo::bare_of_hooks();
    repo.notegate(&["install"]).said(0, "pre-merge-commit installed");
    let before = repo.snapshot(".git");
    repo.notegate(&["install"]).said(0, "is already installed");
    assert_eq!(repo.snapshot(".git"), before);
    for hook in ["pre-commit", "pre-merge-commit", "pre-push"] {
        let mode = fs::metadata(repo.path(".git/hooks").join(hook)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o755);
    }
    repo.notegate(&["doctor"]).passed();
    repo.notegate(&["uninstall"]).said(0, "pre-push removed");
    repo.notegate(&["uninstall"]).said(0, "no notegate hook is installed");
    repo.notegate(&["doctor"]).said(1, "the hook pre-commit is not installed");
}

#[test]
fn an_earlier_hook_runs_first_and_comes_back() {
    let repo = Repo::bare_of_hooks();
    write_hook(&repo, "pre-commit", EARLIER);
    repo.notegate(&["install"]).said(0, "runs first");
    repo.notegate(&["install"]).said(0, "is already installed");
    repo.stage("a.yaml", &Record::new("Contoso", "Teams", GREAT).yaml());
    repo.commit(&[]).passed();
    assert_eq!(fs::read_to_string(repo.path(".git/earlier.log")).unwrap(), "earlier\n");
    repo.stage("a.yaml", &Record::new("Contoso", "Teams", GREAT).with(POOR).yaml());
    repo.commit(&[]).said(1, "a.yaml");

    // When the earlier hook says no, that is the answer.
    fs::write(repo.path(".git/hooks-before-notegate/pre-commit"), "#!/bin/sh\nexit 7\n").unwrap();
    let run = repo.commit(&[]);
    assert_ne!(run.code, Some(0));
    assert!(!run.text.contains("a.yaml"), "{}", run.text);

    repo.notegate(&["uninstall"]).said(0, "the earlier hook is restored");
    assert_eq!(fs::read_to_string(repo.path(".git/hooks/pre-commit")).unwrap(), "#!/bin/sh\nexit 7\n");
    assert!(!repo.path(".git/hooks-before-notegate").exists());
}

#[test]
fn an_earlier_push_hook_reads_the_same_references() {
    let repo = Repo::bare_of_hooks();
    write_hook(&repo, "pre-push", "#!/bin/sh\ncat > .git/seen\necho \"$1\" >> .git/seen\n");
    repo.notegate(&["install"]).passed();
    repo.write("a.yaml", &Record::new("Contoso", "Teams", POOR).yaml());
    repo.commit_all_unchecked("poor");
    let server = repo.home().join("server.git");
    repo.git(&["init", "--quiet", "--bare", server.to_str().unwrap()]).passed();
    repo.git(&["remote", "add", "origin", server.to_str().unwrap()]).passed();
    repo.git(&["push", "origin", "main"]).said(1, "a.yaml");
    let seen = fs::read_to_string(repo.path(".git/seen")).unwrap();
    let zeros = "0".repeat(40);
    assert_eq!(seen, format!("refs/heads/main {} refs/heads/main {zeros}\norigin\n", repo.head()));
}

#[test]
fn what_others_wrote_is_left_alone() {
    let repo = Repo::bare_of_hooks();
    write_hook(&repo, "pre-commit", EARLIER);
    write_hook(&repo, "pre-commit.before-notegate", "#!/bin/sh\n");
    let before = repo.snapshot(".git/hooks");
    repo.notegate(&["install", "pre-commit"]).said(2, "cannot be kept");
    assert_eq!(repo.snapshot(".git/hooks"), before);
    repo.notegate(&["uninstall"]).said(0, "left unchanged");
    assert_eq!(repo.snapshot(".git/hooks"), before);
    repo.notegate(&["doctor"])
        .said(1, "the hook pre-commit is not one that notegate wrote: no call of notegate was found in");

    // A hook of ours that somebody edited is theirs now.
    let repo = Repo::new();
    let path = repo.path(".git/hooks/pre-commit");
    let edited = fs::read_to_string(&path).unwrap() + "echo more\n";
    fs::write(&path, &edited).unwrap();
    repo.notegate(&["install"]).said(2, "changed since");
    repo.notegate(&["uninstall"]).said(0, "left unchanged");
    assert_eq!(fs::read_to_string(&path).unwrap(), edited);
}

#[test]
fn a_program_that_is_gone_blocks_loudly() {
    let repo = Repo::new();
    let moved = repo.home().join("it's here/notegate");
    fs::create_dir(moved.parent().unwrap()).unwrap();
    // Copied by a program of its own: a file written by this one may be busy in a child of another test.
    assert!(repo.command("cp", repo.root()).arg(program()).arg(&moved).status().unwrap().success());
    crate::support::Run::of(&repo.command(&moved, repo.root()).arg("install").output().unwrap())
        .said(0, "installed again");
    repo.stage("a.yaml", &Record::new("Contoso", "Teams", GREAT).yaml());
    repo.commit(&[]).passed();

    fs::remove_file(&moved).unwrap();
    repo.stage("a.yaml", &Record::new("Contoso", "Teams", GREAT).with(GREAT).yaml());
    let run = repo.commit(&[]);
    assert_ne!(run.code, Some(0));
    assert!(run.text.contains("is gone") && run.text.contains("it's here"), "{}", run.text);
    repo.notegate(&["doctor"]).said(1, "which is missing");

    // One on PATH takes its place.
    let folder = repo.home().join("bin");
    fs::create_dir(&folder).unwrap();
    symlink(program(), folder.join("notegate")).unwrap();
    let path = format!("{}:{}", folder.display(), crate::support::search_path());
    let output = repo.command("git", repo.root()).env("PATH", path).args(["commit", "-m", "x"]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn hooks_path_inside_the_repository() {
    let repo = Repo::bare_of_hooks();
    repo.git(&["config", "core.hooksPath", ".githooks"]).passed();
    repo.notegate(&["install"]).said(0, ".githooks/pre-commit");
    repo.notegate(&["doctor"]).said(0, "core.hooksPath");
    repo.stage("a.yaml", &Record::new("Contoso", "Teams", POOR).yaml());
    repo.commit(&[]).said(1, "a.yaml");
}

#[test]
fn hooks_path_outside_the_repository_is_explained() {
    let repo = Repo::bare_of_hooks();
    let outside = repo.home().join("hooks");
    fs::create_dir(&outside).unwrap();
    repo.git(&["config", "core.hooksPath", outside.to_str().unwrap()]).passed();
    let run = repo.notegate(&["install"]);
    run.said(2, &format!("core.hooksPath is set in {}", repo.path(".git/config").display()));
    assert!(run.text.contains("git config --local --replace-all core.hooksPath"), "{}", run.text);
    assert_eq!(fs::read_dir(&outside).unwrap().count(), 0);
    repo.notegate(&["doctor"]).said(1, "outside this repository");
    // The advice works.
    let own = repo.ask(&["rev-parse", "--path-format=absolute", "--git-common-dir"]) + "/hooks";
    repo.git(&["config", "--local", "core.hooksPath", &own]).passed();
    repo.notegate(&["install"]).passed();
}

/// A script that calls notegate, as somebody keeps it for all repositories.
fn calling(folder: &std::path::Path, hooks: &[&str]) {
    fs::create_dir_all(folder).unwrap();
    for hook in hooks {
        fs::write(folder.join(hook), format!("#!/bin/sh\nexec notegate hook {hook} \"$@\"\n")).unwrap();
        fs::set_permissions(folder.join(hook), fs::Permissions::from_mode(0o755)).unwrap();
    }
}

#[test]
fn doctor_tells_where_a_setting_sends_git_for_its_hooks() {
    let repo = Repo::bare_of_hooks();
    repo.stage("a.yaml", &Record::new("Contoso", "Teams", POOR).yaml());
    let all = ["pre-commit", "pre-merge-commit", "pre-push"];
    let global = repo.home().join("gitconfig");
    let (whole, part, absent) = (repo.home().join("whole"), repo.home().join("part"), repo.home().join("absent"));
    calling(&whole, &all);
    calling(&part, &all[..1]);
    fs::write(repo.home().join("file"), "").unwrap();
    let absolute = |path: &std::path::Path| path.to_str().unwrap().to_owned();
    let file = absolute(&repo.home().join("file"));
    for (value, code, said) in [
        ("", 1, "core.hooksPath sends git to / for its hooks, outside this repository".to_owned()),
        ("/dev/null", 1, "/dev/null for its hooks, which is not a folder, so git runs no hook".to_owned()),
        (&file, 1, "file for its hooks, which is not a folder, so git runs no hook".to_owned()),
        (&absolute(&absent), 1, "absent for its hooks, outside this repository, which does not exist".to_owned()),
        (&absolute(&part), 1, "part for its hooks, outside this repository (set in".to_owned()),
        (&absolute(&whole), 0, format!("note: core.hooksPath sends git to {}", whole.display())),
        ("../whole", 0, "outside this repository (set in".to_owned()),
        (".githooks", 1, format!("{} for its hooks, which does not exist", repo.path(".githooks").display())),
    ] {
        for scope in ["--local", "--global"] {
            let run = |program: &str, arguments: &[&str], folder: &str| {
                let mut command = repo.command(program, &repo.path(folder));
                crate::support::Run::of(&command.env("GIT_CONFIG_GLOBAL", &global).args(arguments).output().unwrap())
            };
            fs::create_dir_all(repo.path("sub")).unwrap();
            run("git", &["config", scope, "core.hooksPath", value], "").passed();
            let notegate = program().to_str().unwrap();
            for folder in ["", "sub"] {
                let doctor = run(notegate, &["doctor"], folder);
                doctor.said(code, &said);
                let origin = if scope == "--local" { repo.path(".git/config") } else { global.clone() };
                let nothing = if value.is_empty() { ", to nothing" } else { "" };
                doctor.said(code, &format!("(set in {}{nothing})", origin.display()));
                let outside = doctor.text.contains("to use this repository's own hooks");
                assert_eq!(doctor.text.contains("help: notegate install"), code == 1 && !outside, "{}", doctor.text);
            }
            // What doctor says is so: git runs the hook, or does not.
            let commit = run("git", &["commit", "--allow-empty", "-m", "x"], "sub");
            let runs = fs::read_dir(repo.root().join(value)).is_ok() && !value.is_empty();
            assert_eq!(commit.text.contains("notegate"), runs, "{value}: {}", commit.text);
            run("git", &["reset", "--quiet", "--soft", "HEAD"], "");
            // What it advises works.
            let doctor = run(notegate, &["doctor"], "");
            if let Some((_, help)) = doctor.text.split_once("own hooks:\n") {
                let command = help.lines().next().unwrap().trim().replace("&& notegate", &format!("&& {notegate}"));
                run("sh", &["-e", "-c", &command], "sub").passed();
                run(notegate, &["doctor"], "").passed();
                run("git", &["config", "--local", "--unset", "core.hooksPath"], "").passed();
            }
            run("git", &["config", scope, "--unset", "core.hooksPath"], "");
        }
    }
    let mut doctor = repo.command(program(), repo.root());
    doctor.env("GIT_CONFIG_COUNT", "1").env("GIT_CONFIG_KEY_0", "core.hooksPath").env("GIT_CONFIG_VALUE_0", "/x");
    let run = crate::support::Run::of(&doctor.arg("doctor").output().unwrap());
    run.said(1, "(set in the environment or the command line of git)");
}

#[test]
fn the_hooks_of_a_linked_worktree_are_those_of_the_repository() {
    let repo = Repo::bare_of_hooks();
    repo.commit_all_unchecked("begin");
    repo.git(&["worktree", "add", "--quiet", "../linked"]).passed();
    let linked = repo.root().parent().unwrap().join("linked");
    repo.notegate_in(&linked, &["install"]).passed();
    assert!(repo.path(".git/hooks/pre-commit").exists());
    repo.notegate_in(&linked, &["doctor"]).passed();
}

#[test]
fn the_doctor_finds_what_switches_a_hook_off() {
    let repo = Repo::new();
    let hook = repo.path(".git/hooks/pre-commit");
    let script = fs::read_to_string(&hook).unwrap();

    fs::set_permissions(&hook, fs::Permissions::from_mode(0o644)).unwrap();
    repo.notegate(&["doctor"]).said(1, "not executable");
    repo.notegate(&["install"]).said(0, "installed again");
    repo.notegate(&["doctor"]).passed();

    fs::write(&hook, script.replace('\n', "\r\n")).unwrap();
    repo.notegate(&["doctor"]).said(1, "Windows line endings");
    fs::write(&hook, format!("\u{feff}{script}")).unwrap();
    repo.notegate(&["doctor"]).said(1, "byte order mark");

    fs::remove_file(&hook).unwrap();
    symlink("nowhere", &hook).unwrap();
    repo.notegate(&["doctor"]).said(1, "a link to a missing file");
    fs::remove_file(&hook).unwrap();

    write_hook(&repo, "pre-commit", "#!/bin/sh\n# File generated by pre-commit: https://pre-commit.com\n");
    fs::write(repo.path(".pre-commit-config.yaml"), "repos: []\n").unwrap();
    repo.notegate(&["doctor"]).said(1, "pre-commit manages hooks here too");
    // A mention is not a call.
    fs::write(repo.path(".pre-commit-config.yaml"), "repos: [{repo: x/notegate}]\n").unwrap();
    repo.notegate(&["doctor"]).said(1, "no call of notegate that can stop a commit was found in");
    fs::write(repo.path(".pre-commit-config.yaml"), "repos: [{repo: x/notegate, hooks: [{id: notegate}]}]\n").unwrap();
    repo.notegate(&["doctor"]).said(0, "which calls notegate");
}

#[test]
fn the_scripts_can_be_printed() {
    let repo = Repo::somewhere();
    let run = repo.notegate(&["install", "--print", "pre-commit"]);
    assert!(run.passed().starts_with("#!/bin/sh\n"), "{}", run.text);
    assert!(run.text.contains(program().to_str().unwrap()));
}

#[test]
fn a_bare_repository_gets_the_hook_of_the_server() {
    let repo = Repo::somewhere();
    repo.git(&["init", "--quiet", "--bare", "."]).passed();
    repo.notegate(&["install"]).said(0, "pre-receive installed");
    assert!(!repo.path("hooks/pre-commit").exists());
    repo.notegate(&["doctor"]).passed();
    repo.notegate(&["uninstall"]).said(0, "pre-receive removed");
}
