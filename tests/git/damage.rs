//! Repositories that are damaged: what cannot be read ends with 3 and says why, and is never taken for a wrong name.

use crate::support::{GREAT, POOR, Record, Repo, Run};
use std::fs;
use std::io::Write as _;
use std::process::Stdio;

/// Two commits on `main`; `topic` and the annotated tag `v1` are at the first.
fn begin(format: &str) -> Repo {
    let repo = Repo::somewhere();
    let object_format = format!("--object-format={format}");
    repo.git(&["init", "--quiet", "--initial-branch=main", &object_format, "."]).passed();
    repo.write("a.yaml", &Record::new("Contoso", "Teams", GREAT).yaml());
    repo.commit_all_unchecked("one");
    repo.git(&["branch", "topic"]).passed();
    repo.git(&["tag", "-a", "-m", "x", "v1"]).passed();
    repo.write("b.yaml", &Record::new("Contoso", "Yammer", GREAT).yaml());
    repo.commit_all_unchecked("two");
    repo
}

fn object(repo: &Repo, id: &str) -> std::path::PathBuf {
    repo.path(".git/objects").join(&id[..2]).join(&id[2..])
}

const FORMATS: [&str; 2] = ["sha1", "sha256"];

#[test]
fn a_commit_that_a_name_stands_for_and_that_cannot_be_read() {
    for format in FORMATS {
        for damage in [None, Some(&b""[..]), Some(b"junk")] {
            let repo = begin(format);
            let (head, first) = (repo.head(), repo.ask(&["rev-parse", "topic"]));
            for id in [&head, &first] {
                fs::remove_file(object(&repo, id)).unwrap();
                if let Some(bytes) = damage {
                    fs::write(object(&repo, id), bytes).unwrap();
                }
            }
            for arguments in [
                &["check", "--rev", "HEAD"][..],
                &["check", "--rev", "@"],
                &["check", "--rev", "main"],
                &["check", "--rev", "refs/heads/main"],
                &["check", "--rev", "heads/main"],
                &["check", "--rev", "v1"],
                &["check", "--rev", &head],
                &["check", "--from", "topic"],
                &["check", "--from", "HEAD~1"],
                &["check", "--from", "HEAD^"],
                &["check", "--from", "topic", "--to", "main"],
                &["check", "--staged"],
                &["hook", "pre-commit"],
            ] {
                let run = repo.notegate(arguments);
                assert_eq!(run.code, Some(3), "{format} {damage:?} {arguments:?}: {}", run.text);
                assert!(!run.text.contains("spelling") || arguments[2] == head, "{arguments:?}: {}", run.text);
            }
            repo.notegate(&["check", "--rev", "nowhere"]).said(2, "spelling");
        }
    }
}

#[test]
fn a_parent_that_is_missing_is_not_a_wrong_name() {
    for format in FORMATS {
        let repo = begin(format);
        let first = repo.ask(&["rev-parse", "topic"]);
        // The root has no parent, and that is nobody's fault.
        repo.notegate(&["check", "--from", "HEAD~2"]).said(2, "no commit called");
        fs::remove_file(object(&repo, &first)).unwrap();
        repo.notegate(&["check", "--from", "HEAD~1"]).ended(3);
        repo.notegate(&["check", "--from", "HEAD~2"]).ended(3);
        repo.notegate(&["check", "--from", "HEAD^^"]).ended(3);
        repo.notegate(&["check", "--from", "HEAD"]).said(0, "0 records");
    }
}

#[test]
fn a_branch_that_is_no_commit_or_no_id() {
    for format in FORMATS {
        let repo = begin(format);
        let blob = repo.ask(&["rev-parse", "HEAD:a.yaml"]);
        let tree = repo.ask(&["rev-parse", "HEAD^{tree}"]);
        let branch = repo.path(".git/refs/heads/main");
        for content in ["", "junk\n", &blob, &tree, &"1".repeat(blob.len()), "\0\0\0\0"] {
            fs::write(&branch, content).unwrap();
            for arguments in [
                &["check", "--rev", "HEAD"][..],
                &["check", "--rev", "main"],
                &["check", "--from", "topic"],
                &["check", "--from", "main", "--to", "topic"],
                &["check", "--staged"],
            ] {
                let run = repo.notegate(arguments);
                assert_eq!(run.code, Some(3), "{format} {content:?} {arguments:?}: {}", run.text);
            }
        }
        fs::write(repo.path(".git/HEAD"), format!("{blob}\n")).unwrap();
        repo.notegate(&["check", "--rev", "HEAD"]).ended(3);
        repo.notegate(&["check", "--staged"]).ended(3);
        // A tag may stand for a file; that is a wrong name for a commit.
        fs::write(repo.path(".git/HEAD"), "ref: refs/heads/topic\n").unwrap();
        fs::remove_file(&branch).unwrap();
        repo.git(&["tag", "file", &blob]).passed();
        repo.notegate(&["check", "--rev", "file"]).said(2, "no commit called");
        repo.notegate(&["check", "--from", "HEAD:a.yaml"]).said(2, "no commit called");
        repo.notegate(&["check", "--from", "main"]).said(2, "no commit called");
        repo.notegate(&["check", "--from", "config"]).said(2, "no commit called");
    }
}

/// Writes a tree object that git itself would not write.
fn tree(repo: &Repo, entries: &[(&str, &str, &str)]) -> String {
    let mut bytes = Vec::new();
    for (mode, name, id) in entries {
        bytes.extend_from_slice(format!("{mode} {name}\0").as_bytes());
        bytes.extend((0..id.len()).step_by(2).map(|at| u8::from_str_radix(&id[at..at + 2], 16).unwrap()));
    }
    let mut hash = repo.command("git", repo.root());
    hash.args(["hash-object", "-t", "tree", "-w", "--literally", "--stdin"]);
    let mut child = hash.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(&bytes).unwrap();
    Run::of(&child.wait_with_output().unwrap()).passed().trim().to_owned()
}

#[test]
fn a_tree_that_can_be_read_in_two_ways_is_refused() {
    for format in FORMATS {
        let repo = begin(format);
        let blob = |note: &str| {
            repo.write("scratch", &Record::new("Contoso", "Stream", note).yaml());
            repo.ask(&["hash-object", "-w", "scratch"])
        };
        let (great, poor) = (blob(GREAT), blob(POOR));
        let (great, poor) = (great.as_str(), poor.as_str());
        let folder = tree(&repo, &[("100644", "x.yaml", poor)]);
        let folder = folder.as_str();
        let server = repo.home().join("server.git");
        repo.git(&["init", "--quiet", "--bare", &format!("--object-format={format}"), server.to_str().unwrap()])
            .passed();
        repo.git(&["push", "--quiet", server.to_str().unwrap(), "main"]).passed();
        repo.notegate_in(&server, &["install"]).passed();
        let cases: [&[(&str, &str, &str)]; 10] = [
            &[("100644", "a.yaml", great), ("100644", "a.yaml", poor)],
            &[("100644", "a.yaml", poor), ("100644", "a.yaml", great)],
            &[("100644", "a.yaml", great), ("40000", "a.yaml", folder)],
            &[("100644", "n", great), ("100644", "n.yaml", great), ("40000", "n", folder)],
            &[("100644", "b.yaml", great), ("100644", "a.yaml", great)],
            &[("100644", "sub/a.yaml", great)],
            &[("100644", "..", great)],
            &[("40000", ".", folder)],
            &[("40000", ".git", folder)],
            &[("644", "a.yaml", poor)],
        ];
        for (number, entries) in cases.iter().enumerate() {
            let top = tree(&repo, entries);
            let deep = tree(&repo, &[("40000", "notes", &top)]);
            for tree in [&top, &deep] {
                let commit = repo.ask(&["commit-tree", "-p", "HEAD", "-m", "x", tree]);
                for arguments in [&["check", "--rev", &commit][..], &["check", "--from", "main", "--to", &commit]] {
                    let run = repo.notegate(arguments);
                    assert_eq!(run.code, Some(3), "{format} {number} {arguments:?}: {}", run.text);
                    assert!(run.text.contains("is damaged in git"), "{}", run.text);
                    assert!(!run.text.contains("folder notes") || tree == &deep, "{}", run.text);
                }
                // git's own check is off by default on the receiving side.
                let run = repo.git(&["push", server.to_str().unwrap(), &format!("{commit}:refs/heads/x{number}")]);
                assert_eq!(run.code, Some(1), "{format} {number}: {}", run.text);
            }
        }
        assert_eq!(repo.git_in(&server, &["for-each-ref", "--format=%(refname)"]).text.trim(), "refs/heads/main");
    }
}

#[test]
fn a_damaged_tree_that_was_there_before_can_be_left_behind() {
    let repo = begin("sha1");
    let id = repo.ask(&["rev-parse", "HEAD:a.yaml"]);
    let bad = tree(&repo, &[("100644", "x.yaml", &id), ("100644", "x.yaml", &id)]);
    let top = tree(&repo, &[("100644", "a.yaml", &id), ("40000", "sub", &bad)]);
    let old = repo.ask(&["commit-tree", "-p", "HEAD", "-m", "old", &top]);
    // A change beside it is judged, as is the commit that takes it away.
    let more = tree(&repo, &[("100644", "a.yaml", &id), ("100644", "b.yaml", &id), ("40000", "sub", &bad)]);
    let beside = repo.ask(&["commit-tree", "-p", &old, "-m", "beside", &more]);
    let run = repo.notegate(&["check", "--from", &old, "--to", &beside]);
    assert!(matches!(run.code, Some(0 | 1)), "{}", run.text);
    let good = repo.ask(&["commit-tree", "-p", &old, "-m", "mended", "HEAD^{tree}"]);
    repo.notegate(&["check", "--from", &old, "--to", &good]).passed();
}
