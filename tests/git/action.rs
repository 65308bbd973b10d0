//! The whole action under a fake runner: what each event compares, and which program is run.

use crate::runner::{Event, Runner};
use crate::support::{ALSO_GREAT, GREAT, POOR, Record, Repo, Run, executable, program};
use serde_json::json;
use std::fs;
use std::process::Command;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");
const NONE: &str = "0000000000000000000000000000000000000000";
const ALL: &str = "so every record of `HEAD` is judged";

/// A clone with an old poor note on `main`, and `topic` with a record that has this note.
fn cloned(topic: &str) -> Repo {
    let repo = Repo::bare_of_hooks();
    repo.write("old.yaml", &Record::new("Contoso", "Teams", POOR).yaml());
    repo.commit_all_unchecked("old");
    repo.git(&["update-ref", "refs/remotes/origin/main", "HEAD"]).passed();
    repo.git(&["switch", "--quiet", "--create", "topic"]).passed();
    repo.write("new.yaml", &Record::new("Contoso", "Yammer", topic).yaml());
    repo.commit_all_unchecked("topic");
    repo
}

/// Checks out what GitHub makes of a pull request: the merge of its head with the base as it is now.
fn pull_request(repo: &Repo, head: &str) -> Event {
    let base = repo.ask(&["rev-parse", "origin/main"]);
    repo.git(&["switch", "--quiet", "--detach", &base]).passed();
    repo.git(&["merge", "--quiet", "--no-ff", "--no-verify", "--message=Merge", "topic"]).passed();
    Event {
        name: "pull_request",
        payload: json!({
            "pull_request": {"base": {"sha": base, "ref": "main"}, "head": {"ref": head, "repo": {"fork": true}}, "title": head},
            "repository": {"default_branch": "main"},
        }),
        reference: "refs/pull/7/merge".to_owned(),
        sha: repo.head(),
    }
}

fn push(repo: &Repo, branch: &str, before: &str) -> Event {
    Event {
        name: "push",
        payload: json!({"before": before, "after": repo.head(), "repository": {"default_branch": "main"}}),
        reference: branch.to_owned(),
        sha: repo.head(),
    }
}

fn judged(repo: &Repo, event: &Event) -> Run {
    Runner::with_program(repo).run(event)
}

#[test]
fn a_pull_request_is_judged_by_what_it_brings() {
    let repo = cloned(GREAT);
    judged(&repo, &pull_request(&repo, "topic")).said(0, "1 file, 1 record: 1 great");
    let repo = cloned(POOR);
    let run = judged(&repo, &pull_request(&repo, "topic"));
    run.said(1, "new.yaml");
    assert!(!run.text.contains("old.yaml"), "{}", run.text);
}

#[test]
fn what_the_base_got_after_the_event_is_not_blamed_on_a_pull_request() {
    let repo = cloned(GREAT);
    let earlier = repo.ask(&["rev-parse", "origin/main"]);
    repo.git(&["switch", "--quiet", "main"]).passed();
    repo.write("theirs.yaml", &Record::new("Fabrikam", "Intune", POOR).yaml());
    repo.commit_all_unchecked("somebody else's");
    repo.git(&["update-ref", "refs/remotes/origin/main", "HEAD"]).passed();
    // The event names the base of the time when the pull request was pushed; the merge is with the one of now.
    let mut event = pull_request(&repo, "topic");
    event.payload["pull_request"]["base"]["sha"] = json!(earlier);
    judged(&repo, &event).said(0, "1 file, 1 record: 1 great");
    // A base that a forced push removed.
    event.payload["pull_request"]["base"]["sha"] = json!("1".repeat(40));
    judged(&repo, &event).said(0, "1 file, 1 record: 1 great");
    // The input of the workflow is taken as it is.
    Runner::with_program(&repo).input("from", &earlier).run(&event).said(1, "theirs.yaml");
    // Another commit was checked out than the merge of GitHub: the merge in it is the branch's own.
    event.sha = "2".repeat(40);
    event.payload["pull_request"]["base"]["sha"] = json!(earlier);
    judged(&repo, &event).said(1, "theirs.yaml");
}

#[test]
fn a_fork_cannot_say_anything_but_its_notes() {
    for name in
        ["$(touch HARM)", "`touch HARM`", "x;touch HARM", "\"; touch HARM; \"", "x\ntouch HARM", "--output=HARM"]
    {
        let repo = cloned(POOR);
        let harm = repo.home().join("harm");
        let name = name.replace("HARM", harm.to_str().unwrap());
        let mut event = pull_request(&repo, &name);
        judged(&repo, &event).said(1, "new.yaml");
        // Its branch in a push to the fork, and as the base and the default branch of the event.
        event.reference = format!("refs/heads/{name}");
        judged(&repo, &event).said(1, "new.yaml");
        judged(&repo, &push(&repo, &format!("refs/heads/{name}"), NONE)).said(1, "new.yaml");
        event.payload["repository"]["default_branch"] = json!(name);
        judged(&repo, &event).said(1, "new.yaml");
        event.payload["pull_request"]["base"]["sha"] = json!(name);
        assert_ne!(judged(&repo, &event).code, Some(0));
        event.name = "push";
        event.payload = json!({"before": name});
        assert_ne!(judged(&repo, &event).code, Some(0));
        assert!(!harm.exists(), "{name}");
    }
}

#[test]
fn a_push_is_compared_with_what_the_branch_was() {
    let repo = cloned(GREAT);
    let before = repo.head();
    repo.write("new.yaml", &Record::new("Contoso", "Yammer", GREAT).with(ALSO_GREAT).yaml());
    repo.commit_all_unchecked("changed");
    judged(&repo, &push(&repo, "refs/heads/topic", &before)).said(0, "1 file, 1 record: 1 great");
    // A forced push, whose earlier commit is gone; the first push of a branch.
    judged(&repo, &push(&repo, "refs/heads/topic", &"1".repeat(40))).said(0, "is compared with origin/main");
    judged(&repo, &push(&repo, "refs/heads/topic", NONE)).said(0, "is compared with origin/main");
    // The first push of the default branch, a forced push of it, and a tag.
    judged(&repo, &push(&repo, "refs/heads/main", NONE)).said(1, ALL);
    judged(&repo, &push(&repo, "refs/heads/main", &"1".repeat(40))).said(1, ALL);
    judged(&repo, &push(&repo, "refs/tags/v1", NONE)).said(1, ALL);
}

#[test]
fn the_merge_queue_a_schedule_and_a_run_by_hand_are_judged() {
    let repo = cloned(POOR);
    let base = repo.ask(&["rev-parse", "main"]);
    let event =
        |name, payload, reference: &str| Event { name, payload, reference: reference.to_owned(), sha: repo.head() };
    let queue = "refs/heads/gh-readonly-queue/main/pr-7-0123";
    let group =
        json!({"merge_group": {"base_sha": base, "head_sha": repo.head()}, "repository": {"default_branch": "main"}});
    let run = judged(&repo, &event("merge_group", group, queue));
    run.said(1, "new.yaml");
    assert!(!run.text.contains("old.yaml"), "{}", run.text);
    // The event of a schedule names neither a commit nor the default branch.
    judged(&repo, &event("schedule", json!({"schedule": "0 4 * * 1"}), "refs/heads/main")).said(1, ALL);
    let by_hand = json!({"inputs": {}, "repository": {"default_branch": "main"}});
    judged(&repo, &event("workflow_dispatch", by_hand.clone(), "refs/heads/main")).said(1, ALL);
    judged(&repo, &event("workflow_dispatch", by_hand, "refs/heads/topic")).said(1, "is compared with origin/main");
}

#[test]
fn each_line_of_the_arguments_is_one_argument() {
    let repo = cloned(GREAT);
    let event = pull_request(&repo, "topic");
    let with = |arguments: &str| Runner::with_program(&repo).input("arguments", arguments).run(&event);
    with("").passed();
    with("\n  --require-records\r\n\n--fail-on\nmarginal\n").passed();
    let report = repo.path("a report.json");
    let harm = repo.home().join("harm");
    with("--format=json\n--output=a report.json\n").passed();
    assert!(fs::read_to_string(report).unwrap().contains("\"records\""));
    for line in ["--fail-on marginal", "-q --redact", "--redact\n--format json"] {
        with(line).said(2, "takes one argument a line");
    }
    for line in [format!("$(touch {})", harm.display()), format!("`touch {}`", harm.display()), "*".to_owned()] {
        assert_eq!(with(&line).code, Some(2), "{line}");
    }
    assert!(!harm.exists());
}

/// A release of this version, made by the scripts that make releases, with a program that calls the one under test.
pub(crate) fn release(repo: &Repo, commit: &str) {
    let name = format!("notegate-{}-x86_64-unknown-linux-musl", env!("CARGO_PKG_VERSION"));
    let folder = repo.home().join("release");
    fs::create_dir_all(folder.join(&name)).unwrap();
    executable(&folder.join(&name).join("notegate"), &format!("#!/bin/sh\nexec '{}' \"$@\"\n", program().display()));
    let run = |command: &mut Command| assert!(command.current_dir(&folder).status().unwrap().success());
    run(repo.command("tar", &folder).args(["-czf", &format!("{name}.tar.gz"), &name]));
    fs::remove_dir_all(folder.join(&name)).unwrap();
    run(repo.command("bash", &folder).args([&format!("{ROOT}/packaging/checksums"), ".", commit]));
}

/// A runner that can download the release, and where cargo only says that it was called.
fn downloading<'a>(repo: &'a Repo, pinned: &str) -> Runner<'a> {
    let (release, version) = (repo.home().join("release"), env!("CARGO_PKG_VERSION"));
    let curl = format!(
        "#!/bin/sh\nwhile [ $# -gt 1 ]; do [ $1 != --output ] || to=$2; shift; done\ncase $1 in\n  \
         https://github.com/octo/notegate/releases/download/v{version}/*) cp '{}'/\"${{1##*/}}\" \"$to\" ;;\n  \
         *) exit 22 ;;\nesac\n",
        release.display()
    );
    Runner::pinned(repo, pinned).tool("curl", &curl).tool("cargo", "#!/bin/sh\necho \"cargo $*\"\nexit 9\n")
}

const PINNED: &str = "0123456789abcdef0123456789abcdef01234567";
const BUILT: &str = "so notegate is built with cargo";

#[test]
fn the_ready_program_of_the_release_is_run() {
    let repo = cloned(POOR);
    release(&repo, PINNED);
    let event = pull_request(&repo, "topic");
    let version = format!("v{}", env!("CARGO_PKG_VERSION"));
    let minor = version.rsplit_once('.').unwrap().0;
    for pinned in [PINNED, &version, minor, "v0"] {
        let run = downloading(&repo, pinned).run(&event);
        run.said(1, "new.yaml");
        run.said(1, "its checksum is right");
        assert!(!run.text.contains(BUILT), "{}", run.text);
    }
    // With gh, the attestation is asked for, by the repository and the workflow of the release.
    let gh = "#!/bin/sh\necho \"gh $*, token $GH_TOKEN\"\n";
    let run = downloading(&repo, PINNED).tool("gh", gh).run(&event);
    run.said(1, "--repo octo/notegate --signer-workflow octo/notegate/.github/workflows/release.yml, token a-token");
    downloading(&repo, PINNED).tool("gh", "#!/bin/sh\nexit 1\n").run(&event).said(3, "it is not used");
    downloading(&repo, PINNED).input("attestation", "off").run(&event).said(1, "new.yaml");
    downloading(&repo, PINNED).input("attestation", "yes").run(&event).said(2, "auto, require or off");
    fs::remove_file(repo.home().join("tools/gh")).unwrap();
    downloading(&repo, PINNED).input("attestation", "require").run(&event).said(3, "cannot be verified");
}

#[test]
fn a_program_that_is_not_what_the_release_says_is_not_run() {
    let event = |repo: &Repo| push(repo, "refs/heads/topic", NONE);
    for (file, text) in [("COMMIT", "f".repeat(40)), ("SHA256SUMS", String::new())] {
        let repo = cloned(POOR);
        release(&repo, PINNED);
        fs::write(repo.home().join("release").join(file), text).unwrap();
        let run = downloading(&repo, PINNED).run(&event(&repo));
        run.said(3, "COMMIT does not have the checksum");
        assert!(!run.text.contains("cargo"), "{}", run.text);
    }
    let repo = cloned(POOR);
    release(&repo, PINNED);
    let name = format!("notegate-{}-x86_64-unknown-linux-musl.tar.gz", env!("CARGO_PKG_VERSION"));
    let archive = repo.home().join("release").join(&name);
    let mut bytes = fs::read(&archive).unwrap();
    bytes.push(0);
    fs::write(&archive, bytes).unwrap();
    downloading(&repo, PINNED).run(&event(&repo)).said(3, &format!("{name} does not have the checksum"));
}

#[test]
fn notegate_is_built_only_where_no_release_is_what_the_workflow_asks_for() {
    let repo = cloned(POOR);
    release(&repo, PINNED);
    let event = push(&repo, "refs/heads/topic", NONE);
    let another = "f".repeat(40);
    for (pinned, why) in [
        (another.as_str(), "is not the commit of the release"),
        ("main", "main names no release"),
        ("v9.9.9", "v9.9.9 names no release"),
        ("0123456", "0123456 names no release"),
        ("feature/x", "this is no release of the action"),
    ] {
        let run = downloading(&repo, pinned).run(&event);
        run.said(9, why);
        assert!(run.text.contains("cargo install --locked") && run.text.contains(BUILT), "{}", run.text);
    }
    for (system, processor) in [("Linux", "ARM"), ("Windows", "ARM64"), ("FreeBSD", "X64")] {
        downloading(&repo, PINNED).machine(system, processor).run(&event).said(9, "there is no ready program for");
    }
    // Nothing to download for this machine, and nothing at all.
    downloading(&repo, PINNED).machine("macOS", "ARM64").run(&event).said(9, "-aarch64-apple-darwin.tar.gz");
    fs::remove_dir_all(repo.home().join("release")).unwrap();
    downloading(&repo, PINNED).run(&event).said(9, "cannot be had");
    // Without cargo the message says what to do.
    fs::remove_file(repo.home().join("tools/cargo")).unwrap();
    Runner::pinned(&repo, "main").run(&event).said(2, "pin the action to the commit of a release");
    // The program that the workflow names is run without a look at releases, or the run ends.
    Runner::pinned(&repo, "main").input("program", "no-such-notegate").run(&event).said(2, "is not here");
    Runner::pinned(&repo, "main").input("program", "no\nprogram").run(&event).said(2, "is not here");
}
