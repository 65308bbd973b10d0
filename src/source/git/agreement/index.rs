//! The index read in place, beside git's own comparison.

use super::{Workshop, paths, sorted};
use crate::source::git::library::Library;
use crate::source::git::program::Program;
use crate::source::git::{Delta, ObjectId, RepoLocation, in_index};
use proptest::prelude::*;

/// What is found in place, once it is seen that git finds the same; nothing where it is left to git.
fn found(workshop: &Workshop, base: Option<&ObjectId>) -> Option<Vec<Delta>> {
    let place = RepoLocation::Folder(workshop.path().to_owned());
    let found = in_index(&mut Library::open(&place).unwrap(), base).map(sorted);
    if let Some(found) = &found {
        let program = Program::index_changes(&place, base).unwrap_or_else(|_| panic!("git compares the index"));
        assert_eq!(*found, sorted(program));
    }
    found
}

/// As [`found`], where it must not be left to git.
fn found_in_place(workshop: &Workshop, base: Option<&ObjectId>) -> Vec<String> {
    paths(&found(workshop, base).unwrap())
}

/// A repository of some folders, with its cache of trees.
fn with_folders() -> (Workshop, ObjectId) {
    let workshop = Workshop::new();
    for path in ["a.yaml", "a/b.yaml", "a/b/c.yaml", "a/b/d.yaml", "a-b/c.yaml", "z/y/x/w.yaml", "z/y/v.yaml"] {
        workshop.write(path, path);
    }
    let base = workshop.commit("run.yaml", "run");
    (workshop, base)
}

#[test]
fn nothing_staged() {
    let (workshop, base) = with_folders();
    assert_eq!(found_in_place(&workshop, Some(&base)), [""; 0]);
    assert_eq!(found_in_place(&workshop, None).len(), 8);
    workshop.git(&["read-tree", "HEAD"]);
    assert_eq!(found_in_place(&workshop, Some(&base)), [""; 0]);
    workshop.git(&["rm", "-r", "--cached", "--quiet", "."]);
    assert_eq!(found_in_place(&workshop, Some(&base)).len(), 8);
    assert_eq!(found_in_place(&workshop, None), [""; 0]);
}

#[test]
fn what_is_staged_in_folders() {
    let (workshop, base) = with_folders();
    workshop.write("a/b/c.yaml", "changed");
    workshop.write("z/new/n.yaml", "new");
    workshop.git(&["add", "--all"]);
    workshop.git(&["rm", "-r", "--quiet", "z/y"]);
    workshop.git(&["update-index", "--chmod=+x", "a-b/c.yaml"]);
    let expected = ["a-b/c.yaml", "a/b/c.yaml", "z/new/n.yaml", "z/y/v.yaml", "z/y/x/w.yaml"];
    assert_eq!(found_in_place(&workshop, Some(&base)), expected);
    // With all trees in the cache it is the same.
    workshop.git(&["write-tree"]);
    assert_eq!(found_in_place(&workshop, Some(&base)), expected);
}

#[test]
fn folders_become_files_and_files_become_folders() {
    let (workshop, base) = with_folders();
    workshop.git(&["rm", "-r", "--quiet", "a", "run.yaml", "a.yaml"]);
    workshop.write("a", "a file");
    workshop.write("run.yaml/deep/er.yaml", "in a folder");
    workshop.git(&["add", "--all"]);
    let expected = ["a", "a.yaml", "a/b.yaml", "a/b/c.yaml", "a/b/d.yaml", "run.yaml", "run.yaml/deep/er.yaml"];
    assert_eq!(found_in_place(&workshop, Some(&base)), expected);
    workshop.git(&["write-tree"]);
    assert_eq!(found_in_place(&workshop, Some(&base)), expected);
}

#[test]
fn what_is_added_with_intent_only_is_not_there() {
    let (workshop, base) = with_folders();
    workshop.git(&["rm", "--cached", "--quiet", "a/b/c.yaml"]);
    workshop.write("a/new.yaml", "new");
    workshop.git(&["add", "--intent-to-add", "a/b/c.yaml", "a/new.yaml"]);
    assert_eq!(found_in_place(&workshop, Some(&base)), ["a/b/c.yaml"]);
}

#[test]
fn links_modules_and_long_names() {
    let (workshop, base) = with_folders();
    let long = format!("{}/{}.yaml", ["deep"; 900].join("/"), "n".repeat(200));
    for (mode, path) in
        [("120000", "link"), ("160000", "a/module"), ("100755", "z/run"), ("100644", "odd \"\n\u{fc}.yaml")]
    {
        workshop.git(&["update-index", "--add", "--cacheinfo", &format!("{mode},{},{path}", base.as_str())]);
    }
    assert_eq!(found_in_place(&workshop, Some(&base)), ["a/module", "link", "odd \"\n\u{fc}.yaml", "z/run"]);
    let name = "l".repeat(5000);
    workshop.git(&["update-index", "--add", "--cacheinfo", &format!("100644,{},a/{name}", base.as_str())]);
    assert_eq!(found_in_place(&workshop, Some(&base)).len(), 5);
    workshop.git(&["update-index", "--add", "--cacheinfo", &format!("100644,{},{long}", base.as_str())]);
    assert_eq!(found(&workshop, Some(&base)), None, "so deep a folder is left to git");
}

#[test]
fn other_forms_are_left_to_git() {
    let (workshop, base) = with_folders();
    workshop.write("a/b/c.yaml", "changed");
    workshop.git(&["add", "--all"]);
    workshop.git(&["update-index", "--index-version=4"]);
    assert_eq!(found(&workshop, Some(&base)), None, "version 4");
    workshop.git(&["update-index", "--index-version=2"]);
    assert_eq!(found_in_place(&workshop, Some(&base)), ["a/b/c.yaml"]);
    workshop.git(&["update-index", "--split-index"]);
    assert_eq!(found(&workshop, Some(&base)), None, "split");
    workshop.git(&["update-index", "--no-split-index"]);
    workshop.git(&["commit", "--quiet", "--message", "all"]);
    workshop.git(&["sparse-checkout", "set", "--cone", "--sparse-index", "a-b"]);
    assert_eq!(found(&workshop, Some(&base)), None, "sparse");
}

#[test]
fn unmerged_paths_are_left_to_git() {
    let (workshop, base) = with_folders();
    workshop.git(&["switch", "--quiet", "--create", "theirs"]);
    workshop.commit("a/b/c.yaml", "theirs");
    workshop.git(&["switch", "--quiet", "main"]);
    workshop.commit("a/b/c.yaml", "ours");
    let merged = std::process::Command::new("git")
        .current_dir(workshop.path())
        .args(["merge", "--quiet", "theirs"])
        .output()
        .unwrap();
    assert!(!merged.status.success());
    assert_eq!(found(&workshop, Some(&base)), None);
}

#[test]
fn a_damaged_index_is_left_to_git_or_read_as_git_reads_it() {
    let (workshop, base) = with_folders();
    workshop.write("a/b/c.yaml", "changed");
    workshop.git(&["read-tree", "HEAD"]);
    workshop.git(&["add", "a/b/c.yaml"]);
    let path = workshop.path().join(".git/index");
    let sound = std::fs::read(&path).unwrap();
    for end in 0..sound.len() {
        std::fs::write(&path, &sound[..end]).unwrap();
        let found = found(&workshop, Some(&base));
        assert!(end > 600 || found.is_none(), "cut off at {end}: {found:?}");
    }
    for at in 0..sound.len() {
        let mut bytes = sound.clone();
        bytes[at] ^= 0x21;
        std::fs::write(&path, bytes).unwrap();
        found(&workshop, Some(&base));
    }
    std::fs::remove_file(&path).unwrap();
    assert_eq!(found(&workshop, Some(&base)), None, "no index");
}

#[test]
fn paths_out_of_order_are_left_to_git() {
    let workshop = Workshop::new();
    workshop.write("aa.yaml", "a");
    workshop.write("ab.yaml", "b");
    let base = workshop.commit("ac.yaml", "c");
    let path = workshop.path().join(".git/index");
    let mut bytes = std::fs::read(&path).unwrap();
    let first = bytes.windows(7).position(|name| name == b"aa.yaml").unwrap();
    bytes[first + 1] = b'z';
    std::fs::write(&path, bytes).unwrap();
    assert_eq!(found(&workshop, Some(&base)), None);
}

#[derive(Debug, Clone)]
enum Step {
    Write(String, u8),
    Remove(String),
    Intend(String),
    Chmod(String),
    WriteTree,
    Commit,
}

fn step() -> impl Strategy<Value = Step> {
    let path = prop::collection::vec(prop::sample::select(vec!["a", "b", "a.b", "a-b", "a0"]), 1..4)
        .prop_map(|names| names.join("/"));
    prop_oneof![
        6 => (path.clone(), 0..3_u8).prop_map(|(path, text)| Step::Write(path, text)),
        2 => path.clone().prop_map(Step::Remove),
        1 => path.clone().prop_map(Step::Intend),
        1 => path.prop_map(Step::Chmod),
        1 => Just(Step::WriteTree),
        1 => Just(Step::Commit),
    ]
}

/// Takes a step; git refuses some, which changes nothing.
fn take(workshop: &Workshop, step: &Step) {
    let git = |arguments: &[&str]| {
        let mut command = std::process::Command::new("git");
        command.current_dir(workshop.path()).args(["-c", "user.name=A", "-c", "user.email=a@example.com"]);
        let output = command.args(arguments).env("GIT_CONFIG_GLOBAL", "/dev/null").output().unwrap();
        String::from_utf8_lossy(&output.stdout).trim().to_owned()
    };
    match step {
        Step::Write(path, text) => {
            std::fs::write(workshop.path().join(".git/text"), [*text]).unwrap();
            let id = git(&["hash-object", "-w", ".git/text"]);
            git(&["update-index", "--add", "--replace", "--cacheinfo", &format!("100644,{id},{path}")]);
        }
        Step::Remove(path) => drop(git(&["rm", "-r", "--cached", "--quiet", "--", path])),
        Step::Intend(path) => {
            workshop.write(&format!("work/{path}/f"), "intended");
            git(&["add", "--intent-to-add", &format!("work/{path}/f")]);
        }
        Step::Chmod(path) => drop(git(&["update-index", "--chmod=+x", path])),
        Step::WriteTree => drop(git(&["write-tree"])),
        Step::Commit => drop(git(&["commit", "--quiet", "--allow-empty", "--message", "step"])),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_staged(steps in prop::collection::vec(step(), 1..24)) {
        let (workshop, base) = with_folders();
        for step in &steps {
            take(&workshop, step);
        }
        for base in [Some(base), Some(workshop.id("HEAD")), None] {
            prop_assert!(found(&workshop, base.as_ref()).is_some());
        }
    }
}
