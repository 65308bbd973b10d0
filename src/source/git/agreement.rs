//! Both implementations give the same answers about the same repository.

mod damaged;
mod index;
mod many_merges;

use super::library::Library;
use super::program::Program;
use super::{Delta, KnownCommits, ObjectId, Pointee, RepoLocation, Repository, listing};
use crate::source::{Content, NotePath};
use std::path::Path;
use std::process::{Command, Stdio};

pub(super) struct Workshop {
    folder: tempfile::TempDir,
}

impl Workshop {
    fn new() -> Self {
        let workshop = Self { folder: tempfile::tempdir().unwrap() };
        workshop.git(&["init", "--quiet", "--initial-branch=main"]);
        workshop
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn git(&self, arguments: &[&str]) -> String {
        let mut command = Command::new("git");
        for name in super::program::REPOSITORY_VARIABLES {
            command.env_remove(name);
        }
        let output = command
            .current_dir(self.path())
            .args(["-c", "user.name=A", "-c", "user.email=a@example.com", "-c", "protocol.file.allow=always"])
            .args(arguments)
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .stdin(Stdio::null())
            .output()
            .unwrap();
        assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).trim().to_owned()
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    fn commit(&self, path: &str, text: &str) -> ObjectId {
        self.write(path, text);
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--message", path]);
        self.id("HEAD")
    }

    fn id(&self, revision: &str) -> ObjectId {
        ObjectId::parse(&self.git(&["rev-parse", revision])).unwrap()
    }

    fn both(&self) -> [Box<dyn Repository>; 2] {
        let place = RepoLocation::Folder(self.path().to_owned());
        let program = Program::open(&place).unwrap_or_else(|_| panic!("git opens the repository"));
        [Box::new(Library::open(&place).unwrap()), Box::new(program)]
    }

    /// The answer that both give, once it is seen that they agree.
    fn agreed<T: PartialEq + std::fmt::Debug>(&self, mut ask: impl FnMut(&mut dyn Repository) -> T) -> T {
        let [mut library, mut program] = self.both();
        let (library, program) = (ask(library.as_mut()), ask(program.as_mut()));
        assert_eq!(library, program);
        library
    }
}

fn sorted(mut deltas: Vec<Delta>) -> Vec<Delta> {
    deltas.sort_by(|left, right| left.path.cmp(&right.path));
    deltas
}

fn paths(deltas: &[Delta]) -> Vec<String> {
    deltas.iter().map(|delta| delta.path.display().into_owned()).collect()
}

#[test]
fn an_unborn_branch() {
    let workshop = Workshop::new();
    workshop.write("a.yaml", "a");
    workshop.git(&["add", "."]);
    assert_eq!(workshop.agreed(|git| git.head().unwrap()), None);
    let deltas = workshop.agreed(|git| git.changes_in_index(None).unwrap());
    assert_eq!(paths(&deltas), ["a.yaml"]);
    assert_eq!(workshop.agreed(|git| git.commit("HEAD").unwrap()), None);
}

#[cfg(unix)]
#[test]
fn an_index_with_everything_in_it() {
    let workshop = Workshop::new();
    workshop.write("gone.yaml", "gone");
    workshop.write("moved.yaml", "moved");
    workshop.write("becomes-link.yaml", "file");
    workshop.write("same/here.yaml", "same");
    let base = workshop.commit("run.yaml", "run");
    workshop.git(&["rm", "--quiet", "gone.yaml"]);
    workshop.git(&["mv", "moved.yaml", "odd \"name\"\n.yaml"]);
    std::fs::remove_file(workshop.path().join("becomes-link.yaml")).unwrap();
    std::os::unix::fs::symlink("/etc/passwd", workshop.path().join("becomes-link.yaml")).unwrap();
    workshop.write("new.yaml", "new");
    workshop.git(&["add", "--all"]);
    workshop.git(&["update-index", "--chmod=+x", "run.yaml"]);
    workshop.git(&["update-index", "--add", "--cacheinfo", &format!("160000,{},module.yaml", base.as_str())]);
    workshop.write("intended.yaml", "intended");
    workshop.git(&["add", "--intent-to-add", "intended.yaml"]);

    let deltas = workshop.agreed(|git| sorted(git.changes_in_index(Some(&base)).unwrap()));
    let expected =
        ["becomes-link.yaml", "gone.yaml", "module.yaml", "moved.yaml", "new.yaml", "odd \"name\"\n.yaml", "run.yaml"];
    assert_eq!(paths(&deltas), expected);
    let all = workshop.agreed(|git| sorted(git.changes_in_index(None).unwrap()));
    assert_eq!(all.len(), 6, "{all:?}");

    let tracked = workshop.agreed(|git| git.tracked().unwrap());
    let tracked: Vec<_> = tracked.iter().map(|(path, kind)| (path.display(), *kind)).collect();
    let kind_of = |name: &str| tracked.iter().find(|(path, _)| path == name).map(|(_, kind)| *kind);
    assert_eq!(tracked.len(), 7, "{tracked:?}");
    assert_eq!(kind_of("module.yaml"), Some(super::EntryKind::Submodule));
    assert_eq!(kind_of("becomes-link.yaml"), Some(super::EntryKind::SymbolicLink));
    assert_eq!(kind_of("intended.yaml"), Some(super::EntryKind::File), "git knows it, and it lies on disk");
    for (path, is_there) in
        [("", true), ("same", true), ("same/here.yaml", true), ("same/not", false), ("not/here", false), ("sam", false)]
    {
        let path = NotePath::from_bytes(path);
        assert_eq!(workshop.agreed(|git| listing::has_path(git, &base, &path).unwrap()), is_there, "{path}");
    }

    let folder = workshop.agreed(|git| listing::folder(git, &base, b"same").unwrap());
    assert_eq!(folder[0].0.display(), "same/here.yaml");
    assert_eq!(workshop.agreed(|git| listing::folder(git, &base, b"none/such").unwrap()), []);
    let top = workshop.agreed(|git| listing::listing(git, &base, b"").unwrap());
    assert!(top.files.iter().any(|(path, _)| path.as_bytes() == b"run.yaml"), "{top:?}");
    let [(path, tree)] = top.folders.as_slice() else { panic!("{top:?}") };
    assert_eq!(path.as_bytes(), b"same");
    assert_eq!(workshop.agreed(|git| listing::listing(git, tree, b"same").unwrap()).files, folder);
    let blob = folder[0].1.id.clone();
    assert_eq!(workshop.agreed(|git| git.blob(&blob, 4)), Content::Bytes(b"same".to_vec()));
    assert!(matches!(workshop.agreed(|git| git.blob(&blob, 3)), Content::Refused(_)));
    for git in &mut workshop.both() {
        // A blob after one that was too large is still read right.
        git.blob(&blob, 1);
        assert_eq!(git.blob(&blob, 9), Content::Bytes(b"same".to_vec()));
        assert!(matches!(git.blob(&ObjectId::parse(&"1".repeat(40)).unwrap(), 9), Content::Refused(_)));
    }
}

#[test]
fn a_conflicted_merge() {
    let workshop = Workshop::new();
    let base = workshop.commit("a.yaml", "base");
    workshop.git(&["switch", "--quiet", "--create", "topic"]);
    let theirs = workshop.commit("a.yaml", "theirs");
    workshop.git(&["switch", "--quiet", "main"]);
    let ours = workshop.commit("a.yaml", "ours");
    let mut merge = Command::new("git");
    merge
        .current_dir(workshop.path())
        .args(["-c", "user.name=A", "-c", "user.email=a@b", "merge", "--quiet", "topic"])
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    merge.env("GIT_CONFIG_GLOBAL", "/dev/null").args(["-m", "x"]);
    assert!(!merge.status().unwrap().success());

    assert_eq!(workshop.agreed(|git| git.merge_heads().unwrap()), std::slice::from_ref(&theirs));
    assert_eq!(workshop.agreed(|git| git.merge_bases(&ours, &theirs).unwrap()), [base]);
    let error = workshop.agreed(|git| git.changes_in_index(Some(&ours)).unwrap_err());
    assert_eq!(error.paths, [NotePath::from_bytes("a.yaml")], "{error}");
}

#[test]
fn no_setting_hides_a_submodule() {
    let workshop = Workshop::new();
    let base = workshop.commit("a.yaml", "a");
    workshop.git(&["config", "submodule.m.ignore", "all"]);
    workshop.git(&["config", "diff.ignoreSubmodules", "all"]);
    workshop.write(".gitmodules", "[submodule \"m\"]\n\tpath = m.yaml\n\turl = ./m\n\tignore = all\n");
    workshop.git(&["add", ".gitmodules"]);
    workshop.git(&["update-index", "--add", "--cacheinfo", &format!("160000,{},m.yaml", base.as_str())]);
    let staged = workshop.agreed(|git| sorted(git.changes_in_index(Some(&base)).unwrap()));
    assert_eq!(paths(&staged), [".gitmodules", "m.yaml"]);
    workshop.git(&["commit", "--quiet", "--message", "m"]);
    let end = workshop.id("HEAD");
    let changed = workshop.agreed(|git| sorted(git.changes_between(Some(&base), &end).unwrap()));
    assert_eq!(paths(&changed), [".gitmodules", "m.yaml"]);
}

#[test]
fn history_of_several_strands() {
    let workshop = Workshop::new();
    let first = workshop.commit("a.yaml", "1");
    let second = workshop.commit("b/c.yaml", "2");
    workshop.git(&["switch", "--quiet", "--create", "topic", first.as_str()]);
    workshop.commit("topic.yaml", "3");
    workshop.git(&["merge", "--quiet", "-m", "merge", "main"]);
    let new = workshop.id("HEAD");
    workshop.git(&["switch", "--quiet", "--detach"]);
    workshop.git(&["branch", "--quiet", "-D", "topic"]);
    workshop.git(&["switch", "--quiet", "main"]);

    let novelty = workshop.agreed(|git| git.novelty(&new, &KnownCommits::AllReferences).unwrap());
    assert_eq!(novelty, super::Novelty::Since(vec![second.clone()]), "the older of the two is reached by the newer");
    let deltas = workshop.agreed(|git| git.changes_between(Some(&second), &new).unwrap());
    assert_eq!(paths(&deltas), ["topic.yaml"]);
    assert_eq!(
        workshop.agreed(|git| git.novelty(&second, &KnownCommits::AllReferences).unwrap()),
        super::Novelty::Nothing
    );
    let remotes = KnownCommits::Remotes(Vec::new());
    assert_eq!(workshop.agreed(|git| git.novelty(&new, &remotes).unwrap()), super::Novelty::Since(Vec::new()));
    let remotes = KnownCommits::Remotes(vec![second.clone()]);
    assert_eq!(
        workshop.agreed(|git| git.novelty(&new, &remotes).unwrap()),
        super::Novelty::Since(vec![second.clone()])
    );

    workshop.git(&["switch", "--quiet", "--orphan", "other"]);
    let orphan = workshop.commit("o.yaml", "o");
    assert_eq!(workshop.agreed(|git| git.merge_bases(&orphan, &new).unwrap()), []);
    for revision in ["HEAD", "main", "main~1", second.as_str(), "nothing", "--all", "HEAD:o.yaml", ""] {
        workshop.agreed(|git| git.commit(revision).unwrap());
    }
    assert_eq!(workshop.agreed(|git| git.commit("main~1").unwrap()), Some(first));
    assert!(!workshop.agreed(|git| git.is_shallow()));
    assert!(workshop.agreed(|git| git.exists(&second)));
}

#[test]
fn the_log_of_a_branch_with_a_merge() {
    let workshop = Workshop::new();
    let at = |day: u32, arguments: &[&str]| {
        workshop.git(&[&["-c", "log.showSignature=true", "-c", "log.mailmap=true"], arguments].concat());
        let date = format!("2020-03-{day:02}T12:00:00+0900");
        let mut command = Command::new("git");
        command.current_dir(workshop.path()).env("GIT_COMMITTER_DATE", &date).env("GIT_CONFIG_GLOBAL", "/dev/null");
        command.args(["-c", "user.name=Jörg \u{202e}", "-c", "user.email=a@b", "commit", "--quiet", "--amend"]);
        assert!(command.args(["--no-edit", "--reset-author"]).status().unwrap().success());
        workshop.id("HEAD")
    };
    let make = |day: u32, path: &str| {
        workshop.commit(path, path);
        at(day, &["status"])
    };
    let first = make(1, "a.yaml");
    workshop.git(&["switch", "--quiet", "--create", "topic"]);
    let side = make(2, "b.yaml");
    workshop.git(&["switch", "--quiet", "main"]);
    let second = make(3, "c.yaml");
    workshop.git(&["merge", "--quiet", "--no-ff", "-m", "the subject\n\nand a body", "topic"]);
    let merge = at(4, &["status"]);

    let log = workshop.agreed(|git| git.log(&merge, None, usize::MAX).unwrap());
    let ids: Vec<_> = log.iter().map(|commit| &commit.id).collect();
    assert_eq!(ids, [&merge, &second, &side, &first]);
    assert_eq!(log[0].parents, [second.clone(), side]);
    assert_eq!((log[0].subject.as_str(), log[0].author.as_str()), ("the subject", "Jörg \u{202e}"));
    assert_eq!(log[0].day(), jiff::civil::date(2020, 3, 4));
    assert_eq!(log[3].parents, []);
    assert_eq!(workshop.agreed(|git| git.log(&merge, Some(&second), 9).unwrap()).len(), 2);
    assert_eq!(workshop.agreed(|git| git.log(&merge, None, 2).unwrap()).len(), 2);
    assert_eq!(workshop.agreed(|git| git.log(&first, Some(&merge), 2).unwrap()), []);
    let noon = |day: i64| 1_582_945_200 + day * 24 * 60 * 60;
    for (moment, found) in
        [(noon(4) + 1, Some(&merge)), (noon(4), Some(&second)), (noon(2), Some(&first)), (noon(1), None), (0, None)]
    {
        assert_eq!(workshop.agreed(|git| git.last_before(&merge, moment).unwrap()).as_ref(), found, "{moment}");
    }
}

#[test]
fn branches_and_what_they_reach() {
    let workshop = Workshop::new();
    let first = workshop.commit("a.yaml", "1");
    workshop.git(&["branch", "old"]);
    let second = workshop.commit("b.yaml", "2");
    workshop.git(&["update-ref", "refs/remotes/origin/main", second.as_str()]);
    workshop.git(&["symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/main"]);
    workshop.git(&["symbolic-ref", "refs/remotes/up/HEAD", "refs/remotes/up/gone"]);
    workshop.git(&["update-ref", "refs/other/x", second.as_str()]);
    workshop.git(&["tag", "v1"]);
    workshop.git(&["remote", "add", "origin", "/nowhere"]);
    workshop.git(&["remote", "add", "up/stream", "/nowhere"]);
    let branches = workshop.agreed(|git| git.branches().unwrap());
    let names: Vec<&str> = branches.iter().map(|branch| branch.name.as_str()).collect();
    assert_eq!(names, ["refs/heads/main", "refs/heads/old", "refs/remotes/origin/HEAD", "refs/remotes/origin/main"]);
    assert_eq!(branches[2].stands_for.as_deref(), Some("refs/remotes/origin/main"));
    assert_eq!(branches[1].tip, first);
    assert_eq!(workshop.agreed(|git| git.reaching(&first).unwrap()), names);
    let newer = workshop.agreed(|git| git.reaching(&second).unwrap());
    assert_eq!(newer, ["refs/heads/main", "refs/remotes/origin/HEAD", "refs/remotes/origin/main"]);
    let remotes = workshop.agreed(|git| {
        let mut remotes = git.remotes().unwrap();
        remotes.sort();
        remotes
    });
    assert_eq!(remotes, ["origin", "up/stream"]);
    let remotes = KnownCommits::Remotes(Vec::new());
    assert_eq!(workshop.agreed(|git| git.novelty(&second, &remotes).unwrap()), super::Novelty::Nothing);
}

#[test]
fn tracking_branches_outside_of_the_usual_folder() {
    for specification in ["+refs/heads/*:refs/up/*", "+refs/heads/main:refs/up/main"] {
        let workshop = Workshop::new();
        let first = workshop.commit("a.yaml", "1");
        workshop.git(&["update-ref", "refs/up/main", first.as_str()]);
        let second = workshop.commit("b.yaml", "2");
        let known = KnownCommits::Remotes(Vec::new());
        assert_eq!(
            workshop.agreed(|git| git.novelty(&second, &known).unwrap()),
            super::Novelty::Since(Vec::new()),
            "nothing says yet that this is a tracking branch"
        );
        workshop.git(&["config", "remote.origin.fetch", specification]);
        assert_eq!(
            workshop.agreed(|git| git.novelty(&second, &known).unwrap()),
            super::Novelty::Since(vec![first]),
            "{specification}"
        );
    }
}

#[test]
fn trees_as_they_are_stored() {
    let workshop = Workshop::new();
    let commit = workshop.commit("sub/a.yaml", "1");
    let top = workshop.agreed(|git| git.tree(&commit).unwrap());
    assert_eq!(top.id, workshop.id("HEAD^{tree}"));
    let sub = workshop.id("HEAD:sub");
    assert_eq!(workshop.agreed(|git| git.tree(&sub).unwrap()).id, sub);
    workshop.agreed(|git| super::tree::require_sound(git, &commit, &[]).unwrap());
    for id in [workshop.id("HEAD:sub/a.yaml"), ObjectId::parse(&"1".repeat(40)).unwrap()] {
        for git in &mut workshop.both() {
            assert!(git.tree(&id).is_err());
        }
    }
    // What is no blob is not read as one.
    for git in &mut workshop.both() {
        assert!(matches!(git.blob(&sub, 1000), Content::Refused(crate::source::ReadError::Object(_))));
        assert_eq!(git.blob(&workshop.id("HEAD:sub/a.yaml"), 1000), Content::Bytes(b"1".to_vec()));
    }
}

#[test]
fn what_an_object_stands_for() {
    let workshop = Workshop::new();
    let commit = workshop.commit("sub/a.yaml", "1");
    let (tree, blob) = (workshop.id("HEAD:sub"), workshop.id("HEAD:sub/a.yaml"));
    let found = |id: &ObjectId| workshop.agreed(|git| git.pointee(id).unwrap());
    for (name, target, pointee) in [
        ("commit", &commit, Pointee::Commit(commit.clone())),
        ("tree", &tree, Pointee::Tree(tree.clone())),
        ("blob", &blob, Pointee::Blob),
    ] {
        assert_eq!(found(target), Some(pointee.clone()), "{name}");
        workshop.git(&["tag", "-a", "-m", "x", name, target.as_str()]);
        workshop.git(&["tag", "-a", "-m", "x", &format!("{name}-again"), name]);
        let tag = workshop.id(&format!("refs/tags/{name}-again"));
        assert_eq!(found(&tag), Some(pointee), "a tag of a tag of a {name}");
    }
    assert_eq!(found(&ObjectId::parse(&"1".repeat(40)).unwrap()), None);
    let deltas = |git: &mut dyn Repository| git.changes_between(None, &tree).unwrap();
    assert_eq!(paths(&workshop.agreed(deltas)), ["a.yaml"]);
}

#[test]
fn what_is_not_here_is_absent_beside_a_change() {
    let workshop = Workshop::new();
    workshop.commit("a.yaml", "1");
    let (here, gone) = (workshop.id("HEAD:a.yaml"), ObjectId::parse(&"1".repeat(40)).unwrap());
    for git in &mut workshop.both() {
        assert_eq!(git.local_blob(&gone, 9), Content::Absent);
        assert_eq!(git.local_blob(&here, 9), Content::Bytes(b"1".to_vec()));
    }
}

#[test]
fn merge_heads_without_an_end_of_line() {
    let workshop = Workshop::new();
    let first = workshop.commit("a.yaml", "1");
    let path = workshop.path().join(".git/MERGE_HEAD");
    for text in [first.as_str().to_owned(), format!("\r\n{}\r\n\r\n", first.as_str())] {
        std::fs::write(&path, &text).unwrap();
        assert_eq!(workshop.agreed(|git| git.merge_heads().unwrap()), std::slice::from_ref(&first), "{text:?}");
    }
    std::fs::write(&path, "main\n").unwrap();
    assert!(workshop.agreed(|git| git.merge_heads().unwrap_err()).message.contains("MERGE_HEAD"));
}
