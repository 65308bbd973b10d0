//! Several parent sides: merges, ranges with several merge bases, pushes that build on several known commits. What
//! counts is what each side has, and never which of them git names first.

use crate::support::{ALSO_GREAT, GREAT, Record, Repo, Run, blocked};
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::process::Stdio;

/// Git with the clock at that second, so that equal repositories have commits with other names.
fn git_at(repo: &Repo, second: u32, arguments: &[&str]) -> Run {
    let date = format!("{} +0000", 1_700_000_000 + second);
    let mut command = repo.command("git", repo.root());
    command.args(arguments).env("GIT_COMMITTER_DATE", &date).env("GIT_AUTHOR_DATE", &date);
    Run::of(&command.output().unwrap())
}

fn save(repo: &Repo, second: u32, message: &str) {
    repo.git(&["add", "--all"]).passed();
    git_at(repo, second, &["commit", "--quiet", "--no-verify", "--allow-empty", "-m", message]).passed();
}

fn shared() -> Record {
    Record::new("Contoso", "Teams", GREAT)
}

/// What the two branches hold before they are joined.
struct Branches<'a> {
    /// Files that branch `a` writes.
    a: &'a [(&'a str, String)],
    b: &'a [(&'a str, String)],
}

/// A repository with `a` and `b` on a server, on `joined` the two of them merged and then `last` written. `main` and
/// `joined` have both of them as merge bases.
fn joined(variant: u32, branches: &Branches<'_>, last: &[(&str, String)]) -> (Repo, PathBuf) {
    let repo = Repo::bare_of_hooks();
    // Two of the seconds change places from variant to variant, so neither the order of names nor of times is fixed.
    let (one, other) = if variant.is_multiple_of(2) { (10 + variant, 500) } else { (500, 10 + variant) };
    repo.write("shared.yaml", &shared().yaml());
    save(&repo, variant, "begin");
    for (branch, second, files) in [("a", one, branches.a), ("b", other, branches.b)] {
        repo.git(&["switch", "--quiet", "--create", branch, "main"]).passed();
        files.iter().for_each(|(path, text)| repo.write(path, text));
        save(&repo, second, branch);
    }
    let server = repo.home().join("server.git");
    repo.git(&["clone", "--quiet", "--bare", ".", server.to_str().unwrap()]).passed();
    repo.git(&["remote", "add", "origin", server.to_str().unwrap()]).passed();
    repo.git(&["fetch", "--quiet"]).passed();
    repo.notegate_in(&server, &["install"]).passed();
    for (branch, first, second) in [("main", "a", "b"), ("joined", "b", "a")] {
        repo.git(&["switch", "--quiet", "--force-create", branch, first]).passed();
        git_at(&repo, 900, &["merge", "--quiet", "--no-ff", "--no-verify", "-m", "join", second]).passed();
    }
    last.iter().for_each(|(path, text)| repo.write(path, text));
    save(&repo, 901, "last");
    assert_eq!(repo.ask(&["merge-base", "--all", "main", "joined"]).lines().count(), 2);
    (repo, server)
}

/// What each gate says.
fn verdicts(repo: &Repo) -> [Run; 3] {
    let range = repo.notegate(&["check", "--from", "main", "--to", "joined"]);
    let mut hook = repo.command(crate::support::program(), repo.root());
    let updates = format!("refs/heads/joined {} refs/heads/joined {}\n", repo.head(), "0".repeat(40));
    let file = repo.home().join("updates");
    std::fs::write(&file, updates).unwrap();
    hook.args(["hook", "pre-push", "origin", "address"]).stdin(Stdio::from(std::fs::File::open(&file).unwrap()));
    let push = Run::of(&hook.output().unwrap());
    let received = repo.git(&["push", "--dry-run", "--no-verify", "origin", "joined"]);
    received.passed();
    let received = repo.git(&["push", "--no-verify", "origin", "joined"]);
    [range, push, received]
}

/// The text without names of commits and what git says about pushes.
fn said(run: &Run) -> BTreeSet<String> {
    run.text
        .lines()
        .filter(|line| line.contains('[') && !line.contains("rejected"))
        .map(|line| line.trim_start_matches("remote: ").trim().to_owned())
        .collect()
}

#[track_caller]
fn always(codes: [i32; 3], words: &str, branches: &Branches<'_>, last: &[(&str, String)]) {
    let mut told = BTreeSet::new();
    for variant in 0..6 {
        let (repo, _) = joined(variant, branches, last);
        let runs = verdicts(&repo);
        for (run, code) in runs.iter().zip(codes) {
            run.ended(code);
            assert!(code == 0 || run.text.contains(words), "{}", run.text);
        }
        told.insert(said(&runs[0]));
    }
    assert_eq!(told.len(), 1, "the same is said each time: {told:?}");
}

#[test]
fn the_log_of_every_side_is_kept_whatever_the_names_of_commits() {
    let with_entry = shared().with(ALSO_GREAT);
    let mut without = with_entry.with(&GREAT.replace("X regulation", "Y regulation"));
    without.entries = vec![3, 1];
    let other = [("other.yaml", Record::new("Fabrikam", "Teams", GREAT).yaml())];
    let edited = [("shared.yaml", with_entry.yaml())];
    for (a, b) in [(&edited, &other), (&other, &edited)] {
        let branches = Branches { a, b };
        always([1; 3], "refresh-rewritten", &branches, &[("shared.yaml", without.yaml())]);
        let mut silent = with_entry.with(&GREAT.replace("X regulation", "Y regulation"));
        silent.entries = vec![2, 1];
        always([1; 3], "refresh-not-updated", &branches, &[("shared.yaml", silent.yaml())]);
        silent.entries = vec![3, 2, 1];
        always([0; 3], "", &branches, &[("shared.yaml", silent.yaml())]);
    }
}

#[test]
fn of_several_configurations_the_one_that_blocks_most_applies() {
    let marginal = Record::new("Litware", "Teams", "Customer will not deploy due to specific infrastructure on-prem.");
    let strict = [("notegate.yaml", "fail_on: marginal\n".to_owned())];
    let other = [("other.yaml", Record::new("Fabrikam", "Teams", GREAT).yaml())];
    for (a, b) in [(&strict, &other), (&other, &strict)] {
        let branches = Branches { a, b };
        always([1; 3], "Litware", &branches, &[("new.yaml", marginal.yaml())]);
        always([0; 3], "", &branches, &[("new.yaml", Record::new("Litware", "Teams", GREAT).yaml())]);
    }
    // Loosened on one side only, and both sides with a file of their own.
    let loose = [("notegate.yaml", "exclude: ['new.yaml']\n".to_owned())];
    let poor = Record::new("Litware", "Teams", "");
    always([1; 3], "Litware", &Branches { a: &loose, b: &other }, &[("new.yaml", poor.yaml())]);
}

#[test]
fn the_notice_says_that_configurations_differ() {
    let strict = [("notegate.yaml", "fail_on: marginal\n".to_owned())];
    let other = [("other.yaml", Record::new("Fabrikam", "Teams", GREAT).yaml())];
    let last = [("new.yaml", Record::new("Litware", "Teams", GREAT).yaml())];
    let (repo, _) = joined(0, &Branches { a: &strict, b: &other }, &last);
    let run = repo.notegate(&["check", "--from", "main", "--to", "joined"]);
    run.said(0, "2 different notegate.yaml");
    let run = repo.notegate(&["check", "--from", "main", "--to", "joined", "--config-from", "head"]);
    assert!(!run.passed().contains("different"), "{}", run.text);
}

/// On both branches another change of the shared record, each with its entry.
fn conflict() -> (Repo, Record, Record) {
    let repo = Repo::holding(&[("shared.yaml", shared().yaml())]);
    let (mut ours, mut theirs) =
        (shared().with(&GREAT.replace("X regulation", "Y regulation")), shared().with(ALSO_GREAT));
    ours.entries = vec![3, 1];
    theirs.entries = vec![2, 1];
    repo.git(&["switch", "--quiet", "--create", "topic"]).passed();
    repo.write("shared.yaml", &theirs.yaml());
    repo.commit_all_unchecked("theirs");
    repo.git(&["switch", "--quiet", "main"]).passed();
    repo.write("shared.yaml", &ours.yaml());
    repo.commit_all_unchecked("ours");
    assert_eq!(repo.git(&["merge", "topic"]).code, Some(1));
    (repo, ours, theirs)
}

#[test]
fn a_resolution_keeps_the_entries_of_both_branches() {
    let z = GREAT.replace("X regulation", "Z regulation");
    for (entries, lost) in
        [(vec![4, 3, 1], Some("Customer call 2")), (vec![4, 2, 1], Some("Customer call 3")), (vec![4, 3, 2, 1], None)]
    {
        let (repo, ours, _) = conflict();
        let before = repo.head();
        let mut resolved = ours.with(&z);
        resolved.entries = entries;
        repo.stage("shared.yaml", &resolved.yaml());
        let run = repo.git(&["commit", "--no-edit"]);
        match lost {
            Some(lost) => {
                blocked(&repo, &run, &before);
                assert!(run.text.contains("refresh-rewritten") && run.text.contains(lost), "{}", run.text);
            }
            None => drop(run.passed()),
        }
    }
}

#[test]
fn a_resolution_that_takes_one_branch_keeps_the_entries_of_the_other() {
    for (side, lost) in [("--ours", 2), ("--theirs", 3)] {
        let (repo, ours, theirs) = conflict();
        let before = repo.head();
        repo.git(&["checkout", side, "shared.yaml"]).passed();
        repo.git(&["add", "shared.yaml"]).passed();
        let told = format!("the earlier entry “2020-03-{lost:02}, Celia Kennedy, Customer call {lost}” was removed");
        repo.notegate(&["check", "--staged"]).said(1, &told);
        let run = repo.git(&["commit", "--no-edit"]);
        blocked(&repo, &run, &before);
        run.said(1, &told);
        // With the entry the record says what both branches did.
        let mut whole = if side == "--ours" { ours } else { theirs };
        whole.entries = vec![3, 2, 1];
        repo.stage("shared.yaml", &whole.yaml());
        repo.git(&["commit", "--no-edit"]).passed();
    }
    // Without a conflict, too: the other branch is thrown away, log and all.
    let (repo, ..) = conflict();
    repo.git(&["merge", "--abort"]).passed();
    let before = repo.head();
    for arguments in [&["merge", "-s", "ours", "topic"][..], &["merge", "-X", "ours", "topic"]] {
        let run = repo.git(arguments);
        assert!(run.code == Some(1) && run.text.contains("Customer call 2” was removed"), "{}", run.text);
        assert_eq!(repo.head(), before);
        repo.git(&["merge", "--abort"]).passed();
    }
    // Taken into another file, and with the record beside another one.
    assert_eq!(repo.git(&["merge", "topic"]).code, Some(1));
    repo.git(&["rm", "--quiet", "--force", "shared.yaml"]).passed();
    let ours = repo.ask(&["show", "HEAD:shared.yaml"]);
    let other = Record::new("Fabrikam", "Teams", GREAT).yaml();
    repo.stage("moved.yaml", &format!("{other}---\n{ours}\n"));
    repo.git(&["commit", "--no-edit"]).said(1, "Customer call 2” was removed");
}

#[test]
fn every_gate_sees_an_entry_that_a_merge_lost() {
    let edited = [("shared.yaml", shared().with(ALSO_GREAT).yaml())];
    let other = [("other.yaml", Record::new("Fabrikam", "Teams", GREAT).yaml())];
    for (a, b) in [(&edited, &other), (&other, &edited)] {
        let branches = Branches { a, b };
        // The record is again what the other branch has.
        always([1; 3], "Customer call 2” was removed", &branches, &[("shared.yaml", shared().yaml())]);
    }
}

/// A merge of `topic`, where `theirs` was done, into `main`, where `ours` was; both begin with `begin` and the conflict is
/// resolved with the file of `main`.
fn resolved_as_ours(begin: &Record, ours: &Record, theirs: &Record, configuration: &str) -> Run {
    let repo = Repo::holding(&[("shared.yaml", begin.yaml()), ("notegate.yaml", configuration.to_owned())]);
    repo.git(&["switch", "--quiet", "--create", "topic"]).passed();
    repo.write("shared.yaml", &theirs.yaml());
    repo.write("other.yaml", &Record::new("Fabrikam", "Teams", GREAT).yaml());
    repo.commit_all_unchecked("theirs");
    repo.git(&["switch", "--quiet", "main"]).passed();
    repo.write("shared.yaml", &ours.yaml());
    repo.write("more.yaml", &Record::new("Litware", "Teams", GREAT).yaml());
    repo.commit_all_unchecked("ours");
    repo.git(&["merge", "--no-commit", "--no-ff", "topic"]);
    repo.git(&["checkout", "HEAD", "--", "shared.yaml"]).passed();
    repo.git(&["commit", "--no-edit"])
}

#[test]
fn a_merge_is_not_blamed_for_what_one_branch_did_to_the_log() {
    let with = |entries: &[u32]| Record { entries: entries.to_vec(), ..shared() };
    let begin = with(&[2, 1]);
    // An entry that was taken out before the merge, whatever the other branch did to the record.
    resolved_as_ours(&begin, &with(&[1]), &begin, "").passed();
    let also = Record { note: ALSO_GREAT.to_owned(), status: "No Intent".to_owned(), ..with(&[2, 1]) };
    resolved_as_ours(&begin, &with(&[1]), &also, "").passed();
    // The same entry on both, in another order, and as it was.
    resolved_as_ours(&begin, &with(&[3, 2, 1]), &with(&[2, 3, 1]), "").passed();
    resolved_as_ours(&begin, &with(&[4, 3, 2, 1]), &with(&[3, 2, 1]), "").passed();
    resolved_as_ours(&begin, &with(&[2, 1]), &with(&[1]), "").passed();
    // What the other branch added is what counts.
    let run = resolved_as_ours(&begin, &with(&[1]), &with(&[3, 2, 1]), "");
    run.said(1, "Customer call 3” was removed");
    assert!(!run.text.contains("Customer call 2” was removed"), "{}", run.text);
    // Whoever switches the rule off has nothing judged by it, not even a poor note.
    let poor = Record { note: String::new(), ..with(&[2, 1]) };
    resolved_as_ours(&poor, &poor, &with(&[3, 2, 1]), "rules: {refresh-rewritten: off}\n").passed();
    // An exception is made in the record.
    let waiver =
        "waivers: [{rule: refresh-rewritten, reason: legal asked to take the name of a patient out of the log}]";
    let ours = with(&[2, 1]);
    let repo = Repo::holding(&[("shared.yaml", begin.yaml())]);
    repo.git(&["switch", "--quiet", "--create", "topic"]).passed();
    repo.write("shared.yaml", &with(&[3, 2, 1]).yaml());
    repo.commit_all_unchecked("theirs");
    repo.git(&["switch", "--quiet", "main"]).passed();
    repo.write("shared.yaml", &format!("{}{waiver}\n", ours.yaml()));
    repo.commit_all_unchecked("ours");
    repo.git(&["merge", "-s", "ours", "topic"]).passed();
}

/// Numbers that look like chance and are the same each time.
fn rolls() -> impl FnMut(u32) -> u32 {
    let mut state = 2026_u32;
    move |below| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 16) % below
    }
}

#[test]
fn logs_that_two_branches_changed_at_random_lose_what_one_of_them_added() {
    let mut roll = rolls();
    let repo = Repo::bare_of_hooks();
    let mut told = [0; 2];
    for number in 0..36 {
        let mut some = |of: u32| (1..=of).filter(|_| roll(3) > 0).collect::<Vec<u32>>();
        let begin = some(4);
        // Each branch took some entries away and added others, which the two may have in common.
        let mut branch =
            || [some(4).into_iter().filter(|day| begin.contains(day)).collect(), some(9)[..].to_vec()].concat();
        let distinct = |days: Vec<u32>| days.into_iter().collect::<BTreeSet<u32>>();
        let (ours, theirs) = (distinct(branch()), distinct(branch()));
        let write = |days: &BTreeSet<u32>, message: &str| {
            let record = Record { entries: days.iter().rev().copied().collect(), ..shared() };
            repo.write("shared.yaml", &record.yaml());
            repo.commit_all_unchecked(message);
            repo.head()
        };
        repo.git(&["switch", "--quiet", "--orphan", &format!("case-{number}")]).passed();
        let parted = write(&distinct(begin.clone()), "begin");
        repo.write("theirs.txt", "");
        let other = write(&theirs, "theirs");
        repo.git(&["reset", "--quiet", "--hard", &parted]).passed();
        repo.write("ours.txt", "");
        write(&ours, "ours");
        std::fs::write(repo.path(".git/MERGE_HEAD"), format!("{other}\n")).unwrap();
        let (taken, left) = if number % 2 == 0 { (&ours, &theirs) } else { (&theirs, &ours) };
        if number % 2 == 1 {
            repo.git(&["checkout", "--quiet", &other, "--", "shared.yaml"]).passed();
        }
        let lost = left.iter().filter(|day| !taken.contains(day) && !begin.contains(day)).count();
        let run = repo.notegate(&["check", "--staged"]);
        let is_told = run.text.matches("” was removed").count();
        assert_eq!(is_told, lost, "{begin:?} {ours:?} {theirs:?}: {}", run.text);
        assert_eq!(run.code == Some(1), lost > 0, "{begin:?} {ours:?} {theirs:?}: {}", run.text);
        told[usize::from(lost > 0)] += 1;
        std::fs::remove_file(repo.path(".git/MERGE_HEAD")).unwrap();
        repo.git(&["reset", "--quiet", "--hard"]).passed();
    }
    assert!(told.iter().all(|count| *count > 5), "{told:?}");
}
