//! What can go wrong around a run: the exit code says that nothing passed, a sentence says what helps, and nothing on the
//! disk is another than before. Damaged names and trees are in `damage.rs`, kills of the hook itself in `untouched.rs`.

use crate::support::{GREAT, POOR, Record, Repo, Run, program, search_path};
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

fn note() -> Record {
    Record::new("Contoso", "Teams", GREAT)
}

/// A repository whose last commit brings a poor note, and that has another one staged.
fn poor() -> Repo {
    let repo = Repo::bare_of_hooks();
    repo.write("a.yaml", &note().yaml());
    repo.write("sub/b.yaml", &Record::new("Fabrikam", "Teams", GREAT).yaml());
    repo.commit_all_unchecked("one");
    repo.write("a.yaml", &note().with(POOR).yaml());
    repo.commit_all_unchecked("two");
    repo.stage("sub/b.yaml", &Record::new("Fabrikam", "Teams", GREAT).with(POOR).yaml());
    repo
}

/// What each run is asked, and what it is told on standard input.
fn questions(repo: &Repo) -> Vec<(Vec<&'static str>, String)> {
    let (old, new) = (repo.ask(&["rev-parse", "HEAD~1"]), repo.head());
    let zeros = "0".repeat(old.len());
    vec![
        (vec!["check", "--staged"], String::new()),
        (vec!["hook", "pre-commit"], String::new()),
        (vec!["check", "--from", "HEAD~1"], String::new()),
        (vec!["check", "--rev", "HEAD"], String::new()),
        (vec!["hook", "pre-push", "origin", "address"], format!("refs/heads/main {new} refs/heads/main {old}\n")),
        (vec!["hook", "pre-receive"], format!("{zeros} {} refs/heads/x\n", repo.ask(&["rev-parse", "poor"]))),
    ]
}

/// The same repository with a commit that no reference reaches but the tag of a push that is not over.
fn pushed(repo: &Repo) {
    repo.git(&["tag", "poor"]).passed();
    let tree = repo.ask(&["write-tree"]);
    let commit = repo.ask(&["commit-tree", "-p", "HEAD", "-m", "three", &tree]);
    repo.git(&["tag", "--force", "poor", &commit]).passed();
}

/// Runs with standard input from a text.
fn fed(mut command: Command, input: &str) -> Run {
    use std::io::Write as _;
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // One that fails at once does not wait for its input.
    let _unread = child.stdin.take().unwrap().write_all(input.as_bytes());
    Run::of(&child.wait_with_output().unwrap())
}

/// A stand-in for git, which does as git but for one call, counted from 0.
const STAND_IN: &str = r#"#!/bin/sh
number=$(cat "$COUNT")
echo $((number + 1)) > "$COUNT"
if [ "$number" = "$FAULTY" ]; then
    case $FAULT in
    killed) kill -KILL $$ ;;
    cut) "$GIT" "$@" | { dd bs=1 count="$LENGTH" status=none; kill -KILL $$; } ;;
    esac
fi
exec "$GIT" "$@"
"#;

struct StandIn {
    folder: PathBuf,
    git: PathBuf,
}

impl StandIn {
    fn new(repo: &Repo) -> Self {
        let folder = repo.home().join("bin");
        fs::create_dir(&folder).unwrap();
        let path = folder.join("git");
        fs::write(&path, STAND_IN).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
        fs::create_dir(folder.join("empty")).unwrap();
        let git =
            search_path().split(':').map(|folder| Path::new(folder).join("git")).find(|git| git.is_file()).unwrap();
        Self { folder, git }
    }

    /// How often git was started.
    fn count(&self) -> usize {
        fs::read_to_string(self.folder.join("count")).unwrap().trim().parse().unwrap()
    }

    /// Runs notegate with the call of this number at fault.
    fn run(&self, repo: &Repo, (arguments, input): &(Vec<&str>, String), fault: (&str, usize, usize)) -> Run {
        let (kind, number, length) = fault;
        fs::write(self.folder.join("count"), "0").unwrap();
        let mut command = repo.command(program(), repo.root());
        command
            .args(arguments)
            .env("PATH", format!("{}:{}", self.folder.display(), search_path()))
            .env("GIT", &self.git)
            .env("COUNT", self.folder.join("count"))
            .env("FAULT", kind)
            .env("FAULTY", number.to_string())
            .env("LENGTH", length.to_string())
            // Quotes in it have everything read through the program.
            .env("GIT_ALTERNATE_OBJECT_DIRECTORIES", format!("\"{}\"", self.folder.join("empty").display()));
        fed(command, input)
    }
}

#[test]
fn a_git_that_is_killed_lets_nothing_pass() {
    let repo = poor();
    pushed(&repo);
    let mut questions = questions(&repo);
    // What is asked of the receiving side is known to a tag, and so brings nothing: it is fed without the tag.
    let (_, received) = questions.last().unwrap().clone();
    repo.git(&["tag", "--delete", "poor"]).passed();
    questions.last_mut().unwrap().1 = received;
    let stand_in = StandIn::new(&repo);
    let before = repo.snapshot("");
    for question in &questions {
        stand_in.run(&repo, question, ("none", 0, 0)).ended(1);
        let calls = stand_in.count();
        assert!(calls > 1, "{question:?}");
        for number in 0..calls {
            for (kind, length) in [("killed", 0), ("cut", 0), ("cut", 45), ("cut", 150)] {
                let run = stand_in.run(&repo, question, (kind, number, length));
                assert!(matches!(run.code, Some(1 | 3)), "{question:?} {kind} {number} {length}: {run:?}");
                let helps = ["help: ", "blocked"].iter().any(|words| run.text.contains(words));
                assert!(helps, "{question:?} {kind} {number} {length}: {}", run.text);
            }
        }
    }
    assert!(repo.snapshot("") == before);
}

#[test]
fn without_a_git_program() {
    let repo = poor();
    let run = |arguments: &[&str], quoted: bool| {
        let mut command = repo.command(program(), repo.root());
        command.env("PATH", "/nonexistent");
        if quoted {
            command.env("GIT_ALTERNATE_OBJECT_DIRECTORIES", "\"/nonexistent\"");
        }
        Run::of(&command.args(arguments).output().unwrap())
    };
    for arguments in [&["check", "--staged"][..], &["check", "--from", "HEAD~1"], &["check", "--rev", "HEAD"]] {
        for quoted in [false, true] {
            run(arguments, quoted).said(1, "poor, blocked");
        }
    }
    // Where only git can read the repository, it has to be there.
    let repo = Repo::somewhere();
    repo.git(&["init", "--quiet", "--object-format=sha256", "."]).passed();
    repo.stage("a.yaml", &note().yaml());
    let mut command = repo.command(program(), repo.root());
    let run = Run::of(&command.env("PATH", "/nonexistent").args(["check", "--staged"]).output().unwrap());
    assert!(run.ended(3).contains("help: "), "{}", run.text);
}

fn object(repo: &Repo, id: &str) -> PathBuf {
    repo.path(".git/objects").join(&id[..2]).join(&id[2..])
}

/// Runs both ways of reading.
fn both(repo: &Repo, arguments: &[&str]) -> [Run; 2] {
    ["", "\"/nonexistent\""].map(|alternates| {
        let mut command = repo.command(program(), repo.root());
        if !alternates.is_empty() {
            command.env("GIT_ALTERNATE_OBJECT_DIRECTORIES", alternates);
        }
        Run::of(&command.args(arguments).output().unwrap())
    })
}

#[test]
fn an_object_that_cannot_be_read() {
    for (object_name, arguments) in [
        (":sub/b.yaml", &["check", "--staged"][..]),
        ("HEAD:sub/b.yaml", &["check", "--staged"]),
        ("HEAD:a.yaml", &["check", "--rev", "HEAD"]),
        ("HEAD~1:a.yaml", &["check", "--from", "HEAD~1"]),
        ("HEAD^{tree}", &["check", "--from", "HEAD~1"]),
        ("HEAD:sub", &["check", "--rev", "HEAD"]),
        ("HEAD^{tree}", &["check", "--staged"]),
        ("HEAD", &["check", "--staged"]),
        ("HEAD~1^{tree}", &["check", "--from", "HEAD~1"]),
    ] {
        let repo = poor();
        let file = object(&repo, &repo.ask(&["rev-parse", object_name]));
        let sound = fs::read(&file).unwrap();
        let mut flipped = sound.clone();
        let middle = flipped.len() / 2;
        flipped[middle] ^= 0x10;
        for damage in [None, Some(Vec::new()), Some(b"junk".to_vec()), Some(sound[..middle].to_vec()), Some(flipped)] {
            fs::remove_file(&file).unwrap();
            if let Some(bytes) = &damage {
                fs::write(&file, bytes).unwrap();
            }
            let before = repo.snapshot("");
            for run in both(&repo, arguments) {
                assert_eq!(run.code, Some(3), "{object_name} {arguments:?} {damage:?}: {}", run.text);
                assert!(run.text.contains("help: "), "{object_name} {arguments:?}: {}", run.text);
            }
            assert!(repo.snapshot("") == before, "{object_name} {arguments:?}");
            fs::write(&file, &sound).unwrap();
        }
        for run in both(&repo, arguments) {
            run.ended(1);
        }
    }
}

#[test]
fn a_pack_that_is_damaged() {
    let repo = poor();
    repo.git(&["repack", "-a", "-d", "-q"]).passed();
    repo.git(&["prune-packed"]).passed();
    let folder = repo.path(".git/objects/pack");
    let files: Vec<PathBuf> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    let of =
        |ending: &str| files.iter().find(|path| path.extension().is_some_and(|end| end == ending)).unwrap().clone();
    for (path, end) in [(of("pack"), 2), (of("pack"), 20), (of("idx"), 2), (of("idx"), 10)] {
        let sound = fs::read(&path).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
        fs::write(&path, &sound[..sound.len() / end]).unwrap();
        for arguments in [&["check", "--from", "HEAD~1"][..], &["check", "--rev", "HEAD"]] {
            for run in both(&repo, arguments) {
                assert_eq!(run.code, Some(3), "{path:?} {end} {arguments:?}: {}", run.text);
                assert!(run.text.contains("help: "), "{path:?} {end}: {}", run.text);
            }
        }
        fs::write(&path, &sound).unwrap();
    }
}

#[test]
fn an_index_that_is_damaged() {
    let repo = poor();
    let index = repo.path(".git/index");
    let sound = fs::read(&index).unwrap();
    let mut flipped = sound.clone();
    // A byte of the first object id: the checksum at the end no longer fits.
    flipped[12 + 45] ^= 0xff;
    let mut next_version = sound.clone();
    next_version[7] = 9;
    for bytes in
        [b"".to_vec(), b"junk".to_vec(), sound[..sound.len() / 2].to_vec(), sound[..11].to_vec(), next_version, flipped]
    {
        fs::write(&index, &bytes).unwrap();
        for arguments in [["check", "--staged"], ["hook", "pre-commit"]] {
            for run in both(&repo, &arguments) {
                // What is cut off to nothing is an index with nothing in it to git: all is deleted.
                let is_wrong = run.code == Some(0) && !bytes.is_empty();
                assert!(!is_wrong, "{} bytes: {}", bytes.len(), run.text);
                assert!(run.code != Some(3) || run.text.contains("help: "), "{}", run.text);
            }
        }
        assert_eq!(fs::read(&index).unwrap(), bytes);
    }
    fs::remove_file(&index).unwrap();
    fs::create_dir(&index).unwrap();
    for run in both(&repo, &["check", "--staged"]) {
        assert!(run.ended(3).contains("help: "), "{}", run.text);
    }
}

/// Runs notegate behind a line of the shell.
fn behind(repo: &Repo, line: &str, arguments: &str) -> Run {
    let script = format!("{line} '{}' {arguments}", program().display());
    Run::of(&repo.command("bash", repo.root()).args(["-c", &script]).output().unwrap())
}

#[test]
fn few_resources_are_enough() {
    let repo = poor();
    for number in 0..60 {
        repo.write(&format!("many/{number}.yaml"), &Record::new("Litware", &format!("W{number}"), GREAT).yaml());
    }
    repo.write("deep.yaml", &format!("note: {}{}\n", "[".repeat(60_000), "]".repeat(60_000)));
    repo.write("long.yaml", &Record::new("Litware", "Intune", &"because of the (old (very ".repeat(2000)).yaml());
    repo.git(&["add", "--all"]).passed();
    let usual = repo.notegate(&["check", "--staged"]);
    let before = repo.snapshot("");
    usual.said(1, "many/59.yaml");
    for limit in [
        "ulimit -n 32;",
        "ulimit -s 512;",
        "ulimit -v 524288;",
        "ulimit -n 32 -s 512 -v 524288;",
        "RAYON_NUM_THREADS=1",
    ] {
        for quoted in ["", "GIT_ALTERNATE_OBJECT_DIRECTORIES='\"/nonexistent\"'"] {
            for arguments in ["check --staged", "hook pre-commit", "check --from HEAD~1", "check --rev HEAD"] {
                let run = behind(&repo, &format!("{limit} {quoted}"), arguments);
                assert_eq!(run.code, Some(1), "{limit} {quoted} {arguments}: {}", run.text);
                if arguments == "check --staged" && quoted.is_empty() {
                    assert_eq!(run.text, usual.text, "{limit}");
                }
            }
        }
    }
    assert!(repo.snapshot("") == before);
}

#[test]
fn a_full_disk_and_closed_streams() {
    let repo = poor();
    let before = repo.snapshot("");
    for format in ["human", "json", "sarif", "csv", "junit"] {
        for arguments in [format!("check --staged --format {format}"), format!("hook pre-commit --format {format}")] {
            let run = behind(&repo, "", &format!("{arguments} > /dev/full"));
            run.said(3, "the report could not be written: No space left on device");
            assert!(run.text.contains("help: "), "{}", run.text);
            assert_eq!(behind(&repo, "", &format!("{arguments} > /dev/full 2> /dev/full")).code, Some(3));
            // Who closes a stream has read what they wanted: the exit code is that of the verdict.
            for closed in [">&-", "2>&-", ">&- 2>&- <&-"] {
                assert_eq!(behind(&repo, "", &format!("{arguments} {closed}")).code, Some(1), "{arguments} {closed}");
            }
        }
    }
    behind(&repo, "", "check --staged --output /dev/full").said(3, "No space left on device");
    assert!(repo.snapshot("") == before);
}

#[test]
fn environments_that_are_poor_or_huge() {
    let repo = poor();
    for arguments in [["check", "--staged"], ["hook", "pre-commit"]] {
        let run = |set: &dyn Fn(&mut Command)| {
            let mut command = repo.command(program(), repo.root());
            set(&mut command);
            Run::of(&command.args(arguments).output().unwrap())
        };
        run(&|command| {
            command.env_remove("HOME");
        })
        .ended(1);
        run(&|command| {
            command.env("HOME", "/nonexistent").env("XDG_CONFIG_HOME", "/nonexistent");
        })
        .ended(1);
        run(&|command| {
            command.env("HOME", "").env("TMPDIR", "/nonexistent");
        })
        .ended(1);
        run(&|command| {
            command.env_clear();
        })
        .ended(1);
        run(&|command| {
            let value = "x".repeat(120_000);
            command.envs((0..12).map(|number| (format!("HUGE_{number}"), value.clone())));
        })
        .ended(1);
        run(&|command| {
            command.envs((0..8000).map(|number| (format!("MANY_{number}"), "x")));
        })
        .ended(1);
    }
}

#[test]
fn a_file_system_that_cannot_be_written() {
    let repo = poor();
    let folder = repo.home().canonicalize().unwrap();
    let is_root = repo.command("id", &folder).arg("-u").output().unwrap().stdout == b"0\n";
    let copy = folder.join("notegate");
    fs::copy(program(), &copy).unwrap();
    let shell = |script: &str| Run::of(&repo.command("bash", repo.root()).args(["-c", script]).output().unwrap());
    if is_root {
        // Permissions do not bind the administrator, so it is somebody else's repository and run.
        shell(&format!("chown -R 65534 '{0}' && chmod 755 '{0}'", folder.display())).passed();
    }
    shell(&format!("chmod -R a-w '{0}' && chmod -R a+rX '{0}'", folder.display())).passed();
    let before = repo.snapshot("");
    let somebody = if is_root { "setpriv --reuid 65534 --clear-groups " } else { "" };
    for quoted in ["", "GIT_ALTERNATE_OBJECT_DIRECTORIES='\"/nonexistent\"' "] {
        for arguments in ["check --staged", "hook pre-commit", "check --from HEAD~1", "check --rev HEAD"] {
            let run = shell(&format!("{quoted}{somebody}'{}' {arguments}", copy.display()));
            assert_eq!(run.code, Some(1), "{quoted}{arguments}: {}", run.text);
        }
    }
    let run = shell(&format!("{somebody}'{}' check --staged --output report.txt", copy.display()));
    assert!(matches!(run.code, Some(2 | 3)) && run.text.contains("help: "), "{}", run.text);
    let run = shell(&format!("{somebody}'{}' install", copy.display()));
    assert!(
        matches!(run.code, Some(2 | 3)) && run.text.contains("hooks/pre-commit: Permission denied"),
        "{}",
        run.text
    );
    assert!(repo.snapshot("") == before);
    shell(&format!("chmod -R u+w '{}'", folder.display())).passed();
}
