//! Repositories out of the ordinary: those that libgit2 cannot open, links, submodules, somebody else's.

use crate::support::{ALSO_GREAT, GREAT, POOR, Record, Repo, blocked};
use std::fs;
use std::os::unix::fs::symlink;

/// Goes through a day of work in a repository that is out of the ordinary: everything works as in any other.
fn works(repo: &Repo) {
    let note = Record::new("Contoso", "Teams", GREAT);
    let before = repo.head();
    repo.stage("sub/a.yaml", &note.with(POOR).yaml());
    blocked(repo, &repo.commit(&[]), &before);
    repo.notegate(&["check", "--rev", "HEAD"]).passed();
    repo.stage("sub/a.yaml", &note.with(ALSO_GREAT).yaml());
    repo.commit(&[]).passed();
    repo.write("sub/a.yaml", &note.with(ALSO_GREAT).with(POOR).yaml());
    let before_all = repo.head();
    blocked(repo, &repo.commit(&["-a"]), &before_all);
    repo.git(&["commit", "-n", "-a", "-m", "round the hook"]).passed();
    let run = repo.notegate(&["check", "--from", &before]);
    run.said(1, "sub/a.yaml");
    repo.notegate(&["check", "--from", "nowhere"]).said(2, "no commit called");
    let server = repo.home().join("server.git");
    let format = repo.ask(&["rev-parse", "--show-object-format"]);
    repo.git(&["init", "--quiet", "--bare", &format!("--object-format={format}"), server.to_str().unwrap()]).passed();
    repo.notegate_in(&server, &["install"]).passed();
    let begin = repo.ask(&["rev-list", "--max-parents=0", "HEAD"]);
    repo.git(&["push", "--no-verify", server.to_str().unwrap(), &format!("{begin}:refs/heads/main")]).passed();
    repo.git(&["push", "--no-verify", server.to_str().unwrap(), "HEAD:main"]).said(1, "sub/a.yaml");
}

fn begin(repo: &Repo) {
    repo.write("sub/a.yaml", &Record::new("Contoso", "Teams", GREAT).yaml());
    repo.write("other/b.yaml", &Record::new("Fabrikam", "Teams", GREAT).yaml());
    repo.commit_all_unchecked("begin");
}

#[test]
fn an_ordinary_repository() {
    let repo = Repo::new();
    begin(&repo);
    works(&repo);
}

#[test]
fn sha_256() {
    let repo = Repo::somewhere();
    repo.git(&["init", "--quiet", "--initial-branch=main", "--object-format=sha256", "."]).passed();
    repo.notegate(&["install"]).passed();
    // The branch is not born: the empty tree has another name here.
    repo.stage("a.yaml", &Record::new("Contoso", "Yammer", POOR).yaml());
    repo.commit(&[]).said(1, "a.yaml");
    repo.git(&["rm", "--quiet", "--cached", "a.yaml"]).passed();
    fs::remove_file(repo.path("a.yaml")).unwrap();
    begin(&repo);
    works(&repo);
}

#[test]
fn reftable() {
    let repo = Repo::somewhere();
    repo.git(&["init", "--quiet", "--initial-branch=main", "--ref-format=reftable", "."]).passed();
    repo.notegate(&["install"]).passed();
    begin(&repo);
    works(&repo);
}

#[test]
fn a_split_index() {
    let repo = Repo::new();
    begin(&repo);
    repo.git(&["update-index", "--split-index"]).passed();
    works(&repo);
}

#[test]
fn a_sparse_index() {
    let repo = Repo::new();
    begin(&repo);
    repo.git(&["sparse-checkout", "set", "--cone", "--sparse-index", "sub"]).passed();
    assert!(!repo.path("other").exists());
    works(&repo);
}

#[test]
fn a_partial_clone() {
    let origin = Repo::new();
    begin(&origin);
    origin.git(&["config", "uploadpack.allowFilter", "true"]).passed();
    let repo = Repo::somewhere();
    let address = format!("file://{}", origin.root().display());
    repo.git(&["clone", "--quiet", "--filter=blob:none", &address, "."]).passed();
    repo.notegate(&["install"]).passed();
    works(&repo);
}

#[test]
fn other_settings_that_change_the_files_of_git() {
    let repo = Repo::new();
    begin(&repo);
    for (key, value) in [
        ("index.version", "4"),
        ("index.skipHash", "true"),
        ("core.untrackedCache", "true"),
        ("core.quotePath", "true"),
        ("core.abbrev", "4"),
        ("diff.renames", "copies"),
        ("diff.noprefix", "true"),
        ("diff.relative", "true"),
        ("color.ui", "always"),
        ("core.fsmonitor", "/bin/false"),
        ("core.pager", "/bin/false"),
        ("status.renames", "true"),
        ("extensions.worktreeConfig", "true"),
    ] {
        repo.git(&["config", key, value]).passed();
    }
    repo.git(&["update-index", "--force-write-index"]).passed();
    works(&repo);
}

#[test]
fn a_repository_of_another_user_is_explained() {
    let repo = Repo::new();
    begin(&repo);
    let path = repo.path(".git").to_str().unwrap().to_owned();
    let owner = repo.command("chown", repo.root()).args(["-R", "12345", &path, "."]).output().unwrap();
    // Only root can give files away; elsewhere there is no such repository to make.
    if owner.status.success() {
        for arguments in [&["check", "--staged"][..], &["check", "--from", "HEAD"], &["hook", "pre-commit"]] {
            repo.notegate(arguments).said(3, "git config --global --add safe.directory");
        }
    }
}

#[test]
fn a_link_in_place_of_a_note_is_refused_and_never_followed() {
    let repo = Repo::new();
    begin(&repo);
    let before = repo.head();
    let outside = repo.home().join("outside.yaml");
    fs::write(&outside, Record::new("Contoso", "Intune", GREAT).yaml()).unwrap();
    for target in ["/etc/passwd", "nowhere", "sub/a.yaml", outside.to_str().unwrap()] {
        symlink(target, repo.path("link.yaml")).unwrap();
        repo.git(&["add", "link.yaml"]).passed();
        let run = repo.commit(&[]);
        blocked(&repo, &run, &before);
        assert!(run.text.contains("link.yaml") && run.text.contains("symbolic link"), "{}", run.text);
        assert!(!run.text.contains("root:"), "{}", run.text);
        repo.git(&["rm", "--quiet", "-f", "link.yaml"]).passed();
    }
    // A note that becomes a link, and a link that becomes a note.
    fs::remove_file(repo.path("sub/a.yaml")).unwrap();
    symlink("../other/b.yaml", repo.path("sub/a.yaml")).unwrap();
    blocked(&repo, &repo.commit(&["-a"]), &before);
    repo.commit_all_unchecked("round the hook");
    fs::remove_file(repo.path("sub/a.yaml")).unwrap();
    repo.write("sub/a.yaml", &Record::new("Contoso", "Teams", POOR).yaml());
    let before = repo.head();
    blocked(&repo, &repo.commit(&["-a"]), &before);
    repo.write("sub/a.yaml", &Record::new("Contoso", "Teams", GREAT).yaml());
    repo.commit(&["-a"]).passed();
}

#[test]
fn a_submodule_is_never_entered() {
    let inner = Repo::new();
    begin(&inner);
    let repo = Repo::new();
    begin(&repo);
    let address = inner.root().to_str().unwrap();
    repo.git(&["-c", "protocol.file.allow=always", "submodule", "--quiet", "add", address, "module"]).passed();
    repo.commit(&[]).passed();
    // A new state of it, with a poor note inside: that is for its own gate.
    let module = repo.path("module");
    fs::write(module.join("sub/a.yaml"), Record::new("Contoso", "Teams", POOR).yaml()).unwrap();
    repo.git_in(&module, &["commit", "--quiet", "-n", "-a", "-m", "x"]).passed();
    repo.commit(&["-a"]).passed();
    repo.notegate(&["check", "--rev", "HEAD"]).passed();
    // At the place of a note it holds no note of this repository either: it is skipped, which is said.
    let head = repo.head();
    repo.git(&["update-index", "--add", "--cacheinfo", &format!("160000,{head},note.yaml")]).passed();
    repo.commit(&[]).said(0, "1 file (1 skipped: 1 belonging to another repository)");
}

#[test]
fn contents_that_are_no_text_block() {
    let repo = Repo::new();
    begin(&repo);
    let before = repo.head();
    let pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 12\n";
    for bytes in [pointer.as_bytes(), b"\0GITCRYPT\0\x01\x02", b"note: caf\xe9\n", b"note: 'open\n"] {
        fs::write(repo.path("x.yaml"), bytes).unwrap();
        repo.git(&["add", "x.yaml"]).passed();
        let run = repo.commit(&[]);
        blocked(&repo, &run, &before);
        assert!(run.text.contains("x.yaml"), "{}", run.text);
    }
    // What the filters of git make of a file is what is judged: the blob has LF where the file has CRLF.
    repo.write(".gitattributes", "*.yaml text eol=crlf\n");
    repo.stage("x.yaml", &Record::new("Contoso", "Intune", GREAT).yaml().replace('\n', "\r\n"));
    repo.commit(&[]).passed();
}

#[test]
fn an_object_that_is_missing_blocks() {
    let repo = Repo::new();
    begin(&repo);
    repo.stage("new.yaml", &Record::new("Contoso", "Intune", GREAT).yaml());
    let id = repo.ask(&["rev-parse", ":new.yaml"]);
    let object = repo.path(".git/objects").join(&id[..2]).join(&id[2..]);
    fs::remove_file(object).unwrap();
    let run = repo.notegate(&["check", "--staged"]);
    run.said(3, "new.yaml");
    assert!(run.text.contains("git fsck"), "{}", run.text);
}

#[test]
fn a_large_file_is_refused() {
    let repo = Repo::new();
    begin(&repo);
    repo.stage("large.yaml", &"x: 1\n".repeat(2_000_000));
    repo.notegate(&["check", "--staged"]).said(1, "too large");
}
