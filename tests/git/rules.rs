//! Rules that those they judge cannot switch off: whatever a change brings along, a pull request and a push into a server are
//! judged by the rules from before it, and by nothing that lies beside them.

use crate::support::{GREAT, POOR, Record, Repo, Run};
use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

/// One try: what it writes into the work tree besides a poor note at `notes/b.yaml`, and how it is called.
type Try = (&'static str, Box<dyn Fn(&Repo)>);

fn poor() -> Record {
    Record::new("Fabrikam", "Yammer", POOR)
}

fn writes(name: &'static str, path: &'static str, text: &'static str) -> Try {
    (name, Box::new(move |repo| repo.write(path, text)))
}

/// Writes the poor note with these lines behind it.
fn waived(name: &'static str, lines: &'static str) -> Try {
    (name, Box::new(move |repo| repo.write("notes/b.yaml", &format!("{}{lines}", poor().yaml()))))
}

const OFF: &str = "rules: {blank-note: off, missing-reason: off, missing-intent: off, vague-reason: off}\n";

/// All that a change might hope to get by with.
fn tries() -> Vec<Try> {
    vec![
        writes("nothing", "readme.md", "# Notes\n"),
        // The configuration.
        writes("rules off", "notegate.yaml", OFF),
        writes("nothing blocks", "notegate.yaml", "rules: {blank-note: warning}\nsecond_reader: off\n"),
        writes("other files", "notegate.yaml", "include: ['elsewhere/**']\n"),
        writes("the file left out", "notegate.yaml", "exclude: ['notes/b.yaml']\n"),
        writes("the folder left out", "notegate.yaml", "exclude: ['notes/**']\n"),
        writes("other fields", "notegate.yaml", "fields: {note: status}\n"),
        writes("by path", "notegate.yaml", "overrides: [{paths: ['notes/**'], rules: {blank-note: off}}]\n"),
        writes("statuses of its own", "notegate.yaml", "playbook: {statuses: [{name: Blocked, kind: in-progress}]}\n"),
        writes("a limit of its own", "notegate.yaml", "playbook: {limits: {sentences: 99}}\n"),
        writes("learned weights", "notegate.yaml", "second_reader: {learned: weights.json}\n"),
        writes("a damaged configuration", "notegate.yaml", "rules: [\n"),
        writes("an unknown rule", "notegate.yaml", "rules: {nothing: off}\n"),
        ("a configuration that is a link", Box::new(|repo| link(repo, "off.yaml", "notegate.yaml"))),
        ("a configuration that is a folder", Box::new(|repo| repo.write("notegate.yaml/x.yaml", OFF))),
        writes("a configuration elsewhere", "notes/notegate.yaml", OFF),
        writes("a configuration by another name", ".notegate.yaml", OFF),
        writes("a configuration in .github", ".github/notegate.yaml", OFF),
        writes("a configuration in .config", ".config/notegate.yaml", OFF),
        // Lists of what is ignored, attributes, owners.
        writes("ignored", ".gitignore", "*\n"),
        writes("ignored by its name", ".ignore", "notes/\n"),
        writes("ignored by ripgrep's list", ".rgignore", "notes/\n"),
        writes("ignored by a list of our name", ".notegateignore", "notes/\n"),
        writes("binary", ".gitattributes", "*.yaml binary\n"),
        writes("without a difference", ".gitattributes", "*.yaml -diff -text linguist-generated export-ignore\n"),
        writes("in another encoding", "notes/.gitattributes", "* -text -diff export-subst ident\n"),
        writes(
            "ignored as a module",
            ".gitmodules",
            "[submodule \"n\"]\n\tpath = notes\n\turl = ./n\n\tignore = all\n",
        ),
        writes("owned", "CODEOWNERS", "* @everybody\n"),
        writes("owned in .github", ".github/CODEOWNERS", "notes/b.yaml @nobody\n"),
        writes("another name of the writer", ".mailmap", "Nobody <nobody@example.com> <sam@example.com>\n"),
        writes("settings of an editor", ".editorconfig", "root = true\n[*]\ncharset = utf-16le\n"),
        writes("settings of a hook manager", ".pre-commit-config.yaml", "repos: []\n"),
        // Waivers that are none.
        waived("a waiver without a reason", "waivers: [{rule: blank-note}]\n"),
        waived("a waiver with an empty reason", "waivers: [{rule: blank-note, reason: '', until: 2027-01-01}]\n"),
        waived("a waiver of everything", "waivers: [{rule: all, reason: The lead agreed on it., until: 2027-01-01}]\n"),
        waived("a waiver of a pattern", "waivers: [{rule: '*', reason: The lead agreed on it., until: 2027-01-01}]\n"),
        waived("a waiver that ended", "waivers: [{rule: blank-note, reason: The lead agreed., until: 2020-01-01}]\n"),
        waived("a waiver as a text", "waivers: blank-note\n"),
        waived("a waiver in a comment", "# notegate: ignore blank-note\n# notegate-disable-file\n# yamllint disable\n"),
        waived("a key that says so", "notegate: off\nignore: true\nskip: true\n"),
        // Other kinds of file.
        ("a link", Box::new(|repo| link(repo, "b.txt", "notes/b.yaml"))),
        ("a link to the old note", Box::new(|repo| link(repo, "a.yaml", "notes/b.yaml"))),
        ("a program", Box::new(|repo| program_at(&repo.path("notes/b.yaml")))),
    ]
}

fn link(repo: &Repo, target: &str, path: &str) {
    let (target_path, path) = (repo.path(path).parent().unwrap().join(target), repo.path(path));
    if !target_path.exists() {
        fs::write(target_path, if target == "off.yaml" { OFF.to_owned() } else { poor().yaml() }).unwrap();
    }
    drop(fs::remove_file(&path));
    symlink(target, path).unwrap();
}

fn program_at(path: &Path) {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
}

/// A repository with a great note, and a server with the hook that has it too.
fn begin() -> (Repo, PathBuf) {
    let repo = Repo::bare_of_hooks();
    repo.write("notes/a.yaml", &Record::new("Contoso", "Teams", GREAT).yaml());
    repo.commit_all_unchecked("begin");
    let server = repo.home().join("server.git");
    repo.git(&["clone", "--quiet", "--bare", ".", server.to_str().unwrap()]).passed();
    repo.notegate_in(&server, &["install"]).passed();
    repo.git(&["remote", "add", "origin", server.to_str().unwrap()]).passed();
    repo.git(&["fetch", "--quiet", "origin"]).passed();
    (repo, server)
}

/// Commits the try on a branch of its own, whatever is ignored.
fn commit(repo: &Repo, number: usize, brings: &dyn Fn(&Repo)) {
    repo.git(&["switch", "--quiet", "--discard-changes", "--create", &format!("try-{number}"), "main"]).passed();
    repo.git(&["clean", "--quiet", "-d", "-x", "--force"]).passed();
    repo.write("notes/b.yaml", &poor().yaml());
    brings(repo);
    repo.git(&["add", "--all", "--force"]).passed();
    repo.git(&["commit", "--quiet", "--no-verify", "-m", "try"]).passed();
}

#[track_caller]
fn stopped(name: &str, gate: &str, run: &Run) {
    // A change that leaves unclear which rules hold is not judged at all.
    let says =
        if name.contains("by another name") { "Nothing was examined, so nothing passes" } else { "notes/b.yaml" };
    assert!(matches!(run.code, Some(1 | 2)), "{name}, {gate}: {}", run.text);
    assert!(run.text.contains(says), "{name}, {gate}: {}", run.text);
}

#[test]
fn a_change_does_not_bring_its_own_rules() {
    let (repo, server) = begin();
    for (number, (name, brings)) in tries().iter().enumerate() {
        commit(&repo, number, brings.as_ref());
        stopped(name, "pull request", &repo.notegate(&["check", "--from", "origin/main"]));
        let branch = format!("HEAD:refs/heads/try-{number}");
        stopped(name, "server", &repo.git(&["push", "origin", &branch]));
        let line = format!("refs/heads/x {} refs/heads/x {}\n", repo.head(), "0".repeat(40));
        fs::write(repo.home().join("line"), line).unwrap();
        let mut hook = repo.command(crate::support::program(), repo.root());
        hook.args(["hook", "pre-push", "origin", "address"]).stdin(fs::File::open(repo.home().join("line")).unwrap());
        stopped(name, "push", &Run::of(&hook.output().unwrap()));
    }
    assert_eq!(repo.git_in(&server, &["for-each-ref", "--format=%(refname)"]).text.trim(), "refs/heads/main");
}

/// Two commits, of which the first brings the rules: as one push, both are new to the server.
#[test]
fn rules_and_note_in_commits_of_one_push() {
    let (repo, _) = begin();
    repo.write("notegate.yaml", OFF);
    repo.commit_all_unchecked("rules");
    repo.write("notes/b.yaml", &poor().yaml());
    repo.commit_all_unchecked("note");
    stopped("in two commits", "pull request", &repo.notegate(&["check", "--from", "origin/main"]));
    stopped("in two commits", "server", &repo.git(&["push", "origin", "main"]));
    // Nor do two references help: the rules under one name, and the note under another.
    stopped("two names", "server", &repo.git(&["push", "origin", "HEAD~1:refs/heads/rules", "HEAD:refs/heads/notes"]));
    // A merge of both brings them together no better.
    repo.git(&["switch", "--quiet", "--create", "side", "origin/main"]).passed();
    repo.write("readme.md", "# Notes\n");
    repo.commit_all_unchecked("side");
    repo.git(&["merge", "--quiet", "--no-verify", "--no-edit", "main"]).passed();
    stopped("in a merge", "pull request", &repo.notegate(&["check", "--from", "origin/main"]));
    stopped("in a merge", "server", &repo.git(&["push", "origin", "side"]));
    // Tags are looked at like branches.
    repo.git(&["tag", "--annotate", "--message", "x", "v1", "main"]).passed();
    stopped("a tag", "server", &repo.git(&["push", "origin", "v1"]));
}

/// What lies on the machine of the gate, and came with the change: the work tree of CI is the branch that is judged.
#[test]
fn the_work_tree_of_the_gate_decides_nothing() {
    let (repo, _) = begin();
    repo.write("notes/b.yaml", &poor().yaml());
    repo.commit_all_unchecked("note");
    for (path, text) in [
        ("notegate.yaml", OFF),
        (".gitignore", "*\n"),
        (".ignore", "*\n"),
        (".git/info/exclude", "*\n"),
        (".git/info/attributes", "* binary -diff\n"),
        ("notes/b.yaml", "customer: Fabrikam\n"),
    ] {
        repo.write(path, text);
        stopped(path, "pull request", &repo.notegate(&["check", "--from", "origin/main"]));
    }
    repo.git(&["update-index", "--assume-unchanged", "notes/b.yaml"]).passed();
    repo.git(&["update-index", "--skip-worktree", "notes/a.yaml"]).passed();
    stopped("flags of the index", "pull request", &repo.notegate(&["check", "--from", "origin/main"]));
    for (key, value) in [
        ("diff.ignoreSubmodules", "all"),
        ("diff.external", "/bin/true"),
        ("core.attributesFile", "/dev/null"),
        ("core.excludesFile", "/dev/null"),
        ("diff.orderFile", "/dev/null"),
        ("core.ignoreCase", "true"),
    ] {
        repo.git(&["config", key, value]).passed();
        stopped(key, "pull request", &repo.notegate(&["check", "--from", "origin/main"]));
    }
}

/// The rules of the server hold for names of files too: what it includes by pattern cannot be called something else.
#[test]
fn a_repository_with_its_own_rules_keeps_them() {
    let repo = Repo::bare_of_hooks();
    repo.write("notes/a.yaml", &Record::new("Contoso", "Teams", GREAT).yaml());
    repo.write("notegate.yaml", "include: ['notes/**']\nfail_on: marginal\n");
    repo.commit_all_unchecked("begin");
    let marginal = Record::new("Fabrikam", "Yammer", GREAT);
    // The same note on two workloads of a customer is marginal.
    for (path, text) in [
        ("notegate.yaml", "include: ['notes/**']\nfail_on: poor\n"),
        ("notegate.yaml", "fail_on: poor\nrules: {copied-note: off}\n"),
        ("readme.md", "# Notes\n"),
    ] {
        repo.git(&["switch", "--quiet", "--discard-changes", "--detach", "main"]).passed();
        repo.write("notes/b.yaml", &marginal.yaml());
        repo.write("notes/c.yaml", &Record { workload: "Intune".to_owned(), ..marginal.clone() }.yaml());
        repo.write(path, text);
        repo.commit_all_unchecked("try");
        repo.notegate(&["check", "--from", "main"]).said(1, "copied-note");
    }
    // To delete the configuration, or to rename it, takes nothing away.
    for command in [&["rm", "--quiet", "notegate.yaml"][..], &["mv", "notegate.yaml", "old.yaml"]] {
        repo.git(&["switch", "--quiet", "--discard-changes", "--detach", "main"]).passed();
        repo.git(command).passed();
        repo.write("notes/b.txt", &poor().yaml());
        repo.commit_all_unchecked("try");
        repo.notegate(&["check", "--from", "main"]).said(1, "notes/b.txt");
    }
}
