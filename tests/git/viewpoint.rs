//! Paths are shown as seen from where the person stands, wherever git runs the program; commands that are advised work
//! there.

use crate::support::{GREAT, POOR, Record, Repo, Run, program};
use std::path::Path;

/// A repository with a poor note staged, and folders to stand in.
fn staged() -> Repo {
    let repo = Repo::new();
    repo.stage("notes/a.yaml", &Record::new("Contoso", "Teams", POOR).yaml());
    repo.write("sub/deep/README", "");
    repo
}

/// The path of the note in a report, as it is seen from `folder`; it has to be there.
#[track_caller]
fn assert_opens(run: &Run, folder: &Path, code: i32) {
    let line = run.ended(code).lines().find(|line| line.contains("a.yaml:")).unwrap_or_else(|| panic!("{}", run.text));
    let (path, _) = line.split_once("a.yaml:").unwrap();
    let path = folder.join(path).join("a.yaml");
    assert!(path.is_file(), "{} from {}: {}", path.display(), folder.display(), run.text);
}

#[test]
fn a_hook_shows_paths_from_where_git_was_called() {
    let repo = staged();
    for folder in ["", "sub", "sub/deep", "notes"] {
        let folder = repo.path(folder);
        let commit = repo.git_in(&folder, &["commit", "-m", "x"]);
        assert_opens(&commit, &folder, 1);
    }
    // As git itself does, what -C says counts.
    assert_opens(&repo.git(&["-C", "sub", "commit", "-m", "x"]), &repo.path("sub"), 1);
    assert_opens(&repo.git_in(repo.home(), &["-C", "repo/sub", "commit", "-m", "x"]), &repo.path("sub"), 1);
    // A push.
    let server = repo.home().join("server.git");
    repo.git(&["init", "--quiet", "--bare", server.to_str().unwrap()]).passed();
    repo.commit_all_unchecked("poor");
    assert_opens(
        &repo.git_in(&repo.path("sub/deep"), &["push", server.to_str().unwrap(), "main"]),
        &repo.path("sub/deep"),
        1,
    );
    // An alias that git runs at the top.
    let alias = format!("alias.judge=!{} check", program().display());
    assert_opens(&repo.git_in(&repo.path("sub"), &["-c", &alias, "judge"]), &repo.path("sub"), 1);
    // What is left over from something else says nothing.
    let stray = |folder: &str, prefix: &str| {
        let mut command = repo.command(program(), &repo.path(folder));
        Run::of(&command.env("GIT_PREFIX", prefix).arg("check").output().unwrap())
    };
    assert_opens(&stray("sub", "deep/"), &repo.path("sub"), 1);
    assert_opens(&stray("", "gone/"), repo.root(), 1);
    assert_opens(&stray("", ""), repo.root(), 1);
}

#[test]
fn a_linked_worktree_shows_its_own_paths() {
    let repo = staged();
    repo.commit_all_unchecked("begin");
    repo.git(&["worktree", "add", "--quiet", "../linked"]).passed();
    let linked = repo.home().canonicalize().unwrap().join("linked");
    std::fs::create_dir(linked.join("deep")).unwrap();
    std::fs::write(linked.join("notes/a.yaml"), Record::new("Contoso", "Yammer", POOR).yaml()).unwrap();
    repo.git_in(&linked, &["add", "."]).passed();
    for folder in [linked.clone(), linked.join("deep")] {
        assert_opens(&repo.git_in(&folder, &["commit", "-m", "x"]), &folder, 1);
        assert_opens(&repo.notegate_in(&folder, &["check", "--staged"]), &folder, 1);
    }
    assert_opens(&repo.git_in(repo.home(), &["-C", "linked/deep", "commit", "-m", "x"]), &linked.join("deep"), 1);
}

/// Runs a program with the repository named in the environment.
fn named(repo: &Repo, program: &Path, folder: &Path, work_tree: &str, arguments: &[&str]) -> Run {
    let mut command = repo.command(program, folder);
    command.env("GIT_DIR", repo.path(".git")).env("GIT_WORK_TREE", work_tree);
    Run::of(&command.args(arguments).output().unwrap())
}

#[test]
fn a_repository_named_in_the_environment_has_its_work_tree_where_git_sees_it() {
    let repo = staged();
    let (top, sub, home) = (repo.root().to_path_buf(), repo.path("sub"), repo.home().canonicalize().unwrap());
    let absolute = top.to_str().unwrap();
    for (folder, tree) in
        [(&top, "."), (&top, "./"), (&sub, ".."), (&home, "repo"), (&home, absolute), (&sub, absolute)]
    {
        assert_opens(&named(&repo, program(), folder, tree, &["check", "--staged"]), folder, 1);
        assert_opens(&named(&repo, program(), folder, tree, &["check", "--staged", "--no-config"]), folder, 1);
        let note = match folder {
            folder if *folder == home => "repo/notes/a.yaml",
            folder if *folder == sub => "../notes/a.yaml",
            _ => "notes/a.yaml",
        };
        assert_opens(&named(&repo, program(), folder, tree, &["check", "--staged", note]), folder, 1);
        // The doctor looks at the notes that the hook will see.
        let doctor = named(&repo, program(), folder, tree, &["doctor"]);
        assert!(doctor.text.contains("ok: 1 record in 1 YAML file"), "{tree}: {}", doctor.text);
        // In its hooks git names the work tree as seen from there, which is the top.
        let commit = named(&repo, Path::new("git"), folder, tree, &["commit", "-m", "x"]);
        let seen_from = if folder.starts_with(&top) { folder } else { &top };
        assert_opens(&commit, seen_from, 1);
    }
}

/// Runs the command that a message prints after `before`, in a shell.
#[track_caller]
fn follow(repo: &Repo, folder: &Path, run: &Run, before: &str) {
    let (_, rest) = run.text.split_once(before).unwrap_or_else(|| panic!("no “{before}” in: {}", run.text));
    let command = rest.split(['\n']).next().unwrap().split(" (or").next().unwrap();
    let command =
        command.split(". If").next().unwrap().replace("notegate check", &format!("{} check", program().display()));
    let output = repo.command("sh", folder).args(["-e", "-c", &command]).output().unwrap();
    let run = Run::of(&output);
    assert!(matches!(run.code, Some(0 | 1)), "{command}: {}", run.text);
}

#[test]
fn what_is_advised_works_where_the_person_stands() {
    for name in ["plain.yaml", "it's $(touch HARM).yaml", "-dash.yaml", "two  blanks.yaml"] {
        let repo = Repo::bare_of_hooks();
        repo.write("README", "");
        repo.commit_all_unchecked("begin");
        repo.write(&format!("sub/{name}"), &Record::new("Contoso", "Teams", GREAT).yaml());
        let sub = repo.path("sub");
        let typed = format!("./{name}");
        let typed: &str = if name.starts_with('-') { &typed } else { name };
        follow(&repo, &sub, &repo.notegate_in(&sub, &["check", "--rev", "HEAD", "--", typed]), "there run: ");
        follow(&repo, &sub, &repo.notegate_in(&sub, &["check", "--staged", "--", typed]), "Stage it first: ");
        repo.notegate_in(&sub, &["check", "--staged", "--", typed]).passed();
        assert!(!repo.path("sub/HARM").exists());
    }
    // A configuration under another name, on disk and in git.
    let repo = Repo::bare_of_hooks();
    repo.write("sub/README", "");
    repo.write("-notegate.yaml", "fail_on: marginal\n");
    let sub = repo.path("sub");
    let run = repo.notegate_in(&sub, &["check"]);
    run.said(2, "`../-notegate.yaml` is not read");
    follow(&repo, &sub, &run, "Rename it: ");
    repo.notegate_in(&sub, &["check"]).passed();
    repo.git(&["mv", "-f", "notegate.yaml", "Notegate.yaml"]).code.unwrap();
    std::fs::rename(repo.path("notegate.yaml"), repo.path("Notegate.yaml")).unwrap();
    repo.git(&["add", "."]).passed();
    let run = repo.notegate_in(&sub, &["check", "--staged"]);
    run.said(2, "`../Notegate.yaml` is not read");
    follow(&repo, &sub, &run, "Rename it: ");
    repo.notegate_in(&sub, &["check", "--staged"]).passed();
    // What is wrong in it, and where.
    repo.stage("notegate.yaml", "rules: {copied-notes: off}\n");
    for arguments in [&["check"][..], &["check", "--staged"]] {
        repo.notegate_in(&sub, arguments).said(2, "\n  ../notegate.yaml:1: there is no rule `copied-notes`");
    }
    // Two histories without a common commit.
    let repo = Repo::holding(&[("a.yaml", Record::new("Contoso", "Teams", GREAT).yaml())]);
    repo.git(&["switch", "--quiet", "--orphan", "it's"]).passed();
    repo.commit_all_unchecked("other");
    let run = repo.notegate(&["check", "--from", "main", "--to", "it's"]);
    follow(&repo, repo.root(), &run, "of `it's` run: ");
}

#[test]
fn nothing_is_judged_before_a_wrong_path_is_told() {
    // A merge whose parents have different configurations: the choice between them takes a run over the change.
    let repo = Repo::holding(&[("a.yaml", Record::new("Contoso", "Teams", GREAT).yaml())]);
    let strict = "fail_on: marginal\n";
    for (branch, config) in [("one", strict), ("two", "fail_on: poor\n")] {
        repo.git(&["switch", "--quiet", "--create", branch, "main"]).passed();
        repo.write("notegate.yaml", config);
        repo.commit_all_unchecked(branch);
    }
    repo.git(&["switch", "--quiet", "--create", "both", "one"]).passed();
    repo.git(&["merge", "--quiet", "-s", "ours", "--no-edit", "two"]).passed();
    repo.git(&["switch", "--quiet", "--create", "other", "two"]).passed();
    repo.git(&["merge", "--quiet", "-s", "ours", "--no-edit", "one"]).passed();
    repo.write("b.yaml", &Record::new("Contoso", "Yammer", GREAT).yaml());
    repo.commit_all_unchecked("b");
    let run = repo.notegate(&["check", "--from", "both", "--to", "other", "gone.yaml"]);
    run.said(2, "there is no file or folder `gone.yaml`");
    assert!(!run.text.contains("different notegate.yaml"), "{}", run.text);
    repo.notegate(&["check", "--from", "both", "--to", "other", "b.yaml"]).said(1, "different notegate.yaml");
}

#[test]
fn a_configuration_that_finds_no_record_is_the_harder_one_where_records_are_required() {
    for (one, two) in
        [("include: ['notes/**']\n", "include: ['other/**']\n"), ("include: ['other/**']\n", "include: ['notes/**']\n")]
    {
        let repo = Repo::bare_of_hooks();
        repo.write("notes/README", "");
        repo.write("other/README", "");
        repo.commit_all_unchecked("begin");
        for (branch, config) in [("one", one), ("two", two)] {
            repo.git(&["switch", "--quiet", "--create", branch, "main"]).passed();
            repo.write("notegate.yaml", config);
            repo.commit_all_unchecked(branch);
        }
        repo.git(&["switch", "--quiet", "--create", "both", "one"]).passed();
        repo.git(&["merge", "--quiet", "-s", "ours", "--no-edit", "two"]).passed();
        repo.git(&["switch", "--quiet", "--create", "other", "two"]).passed();
        repo.git(&["merge", "--quiet", "-s", "ours", "--no-edit", "one"]).passed();
        repo.write("notes/b.yaml", &Record::new("Contoso", "Yammer", GREAT).yaml());
        repo.commit_all_unchecked("b");
        let range = ["check", "--from", "both", "--to", "other"];
        repo.notegate(&range).passed();
        repo.notegate(&[&range[..], &["--require-records"]].concat()).ended(4);
    }
}

#[test]
fn a_hook_prints_the_configuration_when_it_is_asked_to() {
    let repo = staged();
    repo.stage("notegate.yaml", "fail_on: marginal\n");
    let run = repo.notegate(&["hook", "pre-commit", "--print-config"]);
    assert!(run.passed().contains("fail_on: marginal\n") && !run.text.contains("a.yaml"), "{}", run.text);
    repo.notegate(&["hook", "pre-commit", "--print-config", "--redact"])
        .said(2, "cannot be used with one or more of the other");
}

#[test]
fn the_doctor_tells_what_the_configuration_warns_of() {
    let repo = Repo::new();
    repo.write("notes/a.yaml", &Record::new("Contoso", "Teams", GREAT).yaml());
    repo.write("notegate.yaml", "include: ['notes/**', 'note/**']\nexclude: ['old/**']\n");
    repo.write("Notegate.yml", "");
    repo.write("sub/README", "");
    let run = repo.notegate_in(&repo.path("sub"), &["doctor"]);
    run.said(0, "note: the pattern `note/**` under `include` matches no file");
    run.said(0, "note: the pattern `old/**` under `exclude` leaves out no file");
    run.said(0, "note: `../Notegate.yml` is not read");
    // A configuration that stops every run does not hide how the hooks are.
    repo.write("notegate.yaml", "rules: {copied-notes: off}\n");
    let run = repo.notegate(&["doctor"]);
    run.said(1, "ok: the hook pre-commit is installed");
    run.said(1, "broken: the configuration notegate.yaml has a problem:");
}

/// Folders to stand in, and the two notes as seen from there.
const SEEN: [(&str, &str, &str); 4] = [
    ("", "notes/a.yaml", "sub/b.yaml"),
    ("notes", "a.yaml", "../sub/b.yaml"),
    ("sub", "../notes/a.yaml", "b.yaml"),
    ("sub/deep", "../../notes/a.yaml", "../b.yaml"),
];

/// The runs that read the index or HEAD, and what they do with a name that has to be given.
const RUNS: [&[&str]; 4] =
    [&["check", "--staged"], &["check", "--rev", "HEAD"], &["hook", "pre-commit"], &["check", "--from", "HEAD~1"]];

#[test]
fn unmerged_paths_are_seen_from_the_folder() {
    let repo = staged();
    repo.write("sub/b.yaml", &Record::new("Contoso", "Yammer", GREAT).yaml());
    repo.commit_all_unchecked("begin");
    for (branch, word) in [("theirs", "Monday"), ("ours", "Tuesday")] {
        repo.git(&["switch", "--quiet", "--create", branch, "main"]).passed();
        for file in ["notes/a.yaml", "sub/b.yaml"] {
            repo.write(file, &Record::new("Contoso", word, GREAT).yaml());
        }
        repo.commit_all_unchecked(branch);
    }
    repo.git(&["merge", "theirs"]).ended(1);
    for (folder, a, b) in SEEN {
        let folder = repo.path(folder);
        for arguments in [RUNS[0], RUNS[2]] {
            repo.notegate_in(&folder, arguments).said(3, &format!("notegate: {a}, {b}: unmerged paths"));
        }
        let mut hook = repo.command(program(), repo.root());
        hook.env("GIT_PREFIX", folder.strip_prefix(repo.root()).unwrap().join(""));
        Run::of(&hook.args(RUNS[2]).output().unwrap()).said(3, &format!("notegate: {a}, {b}: unmerged paths"));
    }
    // From outside, with the repository named to git; and redacted, which names nothing.
    let mut outside = repo.command(program(), repo.home());
    outside.env("GIT_DIR", repo.path(".git")).env("GIT_WORK_TREE", repo.root());
    Run::of(&outside.args(RUNS[0]).output().unwrap()).said(3, "notegate: repo/notes/a.yaml, repo/sub/b.yaml: unmerged");
    let redacted = repo.notegate_in(&repo.path("sub"), &["check", "--staged", "--redact"]);
    assert!(!redacted.ended(3).contains(".yaml"), "{}", redacted.text);
}

#[test]
fn lost_objects_are_seen_from_the_folder() {
    let repo = staged();
    repo.commit_all_unchecked("begin");
    repo.write("notes/a.yaml", &Record::new("Contoso", "Teams", GREAT).yaml());
    repo.commit_all_unchecked("great");
    repo.stage("notes/a.yaml", &Record::new("Contoso", "Teams", GREAT).with(GREAT).yaml());
    let id = repo.ask(&["rev-parse", "HEAD:notes/a.yaml"]);
    std::fs::remove_file(repo.path(".git/objects").join(&id[..2]).join(&id[2..])).unwrap();
    for (folder, seen, _) in SEEN {
        for arguments in RUNS {
            let run = repo.notegate_in(&repo.path(folder), arguments);
            run.said(3, &format!("notegate: {seen}: git object {}", &id[..7]));
        }
    }
    // In a bare repository there is no folder to stand in.
    let bare = repo.home().join("bare.git");
    std::fs::rename(repo.path(".git"), &bare).unwrap();
    repo.git_in(&bare, &["config", "core.bare", "true"]).passed();
    repo.notegate_in(&bare, &["check", "--rev", "HEAD"]).said(3, "notegate: notes/a.yaml: git object");
}

#[test]
fn a_lost_configuration_is_seen_from_the_folder() {
    let repo = staged();
    repo.write("notegate.yaml", "fail_on: poor\n");
    repo.commit_all_unchecked("begin");
    let id = repo.ask(&["rev-parse", "HEAD:notegate.yaml"]);
    std::fs::remove_file(repo.path(".git/objects").join(&id[..2]).join(&id[2..])).unwrap();
    for (folder, up) in [("", ""), ("sub", "../"), ("sub/deep", "../../")] {
        let run = repo.notegate_in(&repo.path(folder), &["check", "--rev", "HEAD"]);
        run.said(3, &format!("notegate: {up}notegate.yaml: git object"));
    }
}

#[test]
fn a_path_in_json_can_be_opened_from_outside_of_the_repository() {
    let repo = Repo::bare_of_hooks();
    repo.write("q/r/p.yaml", &Record::new("Contoso", "Teams", POOR).yaml());
    repo.commit_all_unchecked("begin");
    let top = repo.root().canonicalize().unwrap();
    let outside = repo.home().canonicalize().unwrap();
    for (folder, named, base) in [
        (Path::new("/"), top.clone(), Path::new("/")),
        (outside.as_path(), top.join("q"), outside.as_path()),
        (outside.as_path(), top.join("q/r"), outside.as_path()),
        // In the repository, paths count from its top: they mean the same on every machine.
        (top.as_path(), top.join("q"), top.as_path()),
        (&top.join("q"), top.join("q/r"), top.as_path()),
        (&top.join("q/r"), top.clone(), top.as_path()),
    ] {
        let run = repo.notegate_in(folder, &["check", named.to_str().unwrap(), "--format", "json"]);
        run.ended(1);
        let (_, rest) = run.text.split_once("\"path\": \"").or(run.text.split_once("\"path\":\"")).unwrap();
        let (path, _) = rest.split_once('"').unwrap();
        assert_eq!(base.join(path).canonicalize().unwrap(), top.join("q/r/p.yaml"), "{path}");
        assert_eq!(path == "q/r/p.yaml", base == top, "{path}");
    }
}
