//! Merges of more than two branches, and merges that are squashed into a commit with one parent: an entry of a log that a
//! join lost is judged wherever git still says what was joined.

use crate::support::{ALSO_GREAT, GREAT, Record, Repo, Run};

fn with(entries: &[u32]) -> Record {
    Record { entries: entries.to_vec(), ..Record::new("Contoso", "Teams", GREAT) }
}

/// `main` and the branches `one` and `two` of it, each with its own log of the shared record and a file of its own.
fn branches(begin: &[u32], main: &[u32], one: &[u32], two: &[u32]) -> Repo {
    let repo = Repo::holding(&[("shared.yaml", with(begin).yaml())]);
    for (branch, entries) in [("one", one), ("two", two)] {
        repo.git(&["switch", "--quiet", "--create", branch, "main"]).passed();
        branch_writes(&repo, branch, entries);
    }
    repo.git(&["switch", "--quiet", "main"]).passed();
    branch_writes(&repo, "main", main);
    repo
}

fn branch_writes(repo: &Repo, branch: &str, entries: &[u32]) {
    repo.write("shared.yaml", &with(entries).yaml());
    repo.write(&format!("{branch}.yaml"), &Record::new(branch, "Teams", GREAT).yaml());
    repo.commit_all_unchecked(branch);
}

/// The octopus of all three, with that log.
fn octopus(repo: &Repo, entries: &[u32]) -> Run {
    repo.git(&["merge", "--no-commit", "-s", "ours", "one", "two"]).passed();
    repo.stage("shared.yaml", &with(entries).yaml());
    repo.git(&["commit", "--no-edit"])
}

fn lost(run: &Run, entries: &[u32]) {
    assert_eq!(run.code, Some(1), "{}", run.text);
    for number in 1..=9 {
        let told = run.text.contains(&format!("Customer call {number}” was removed"));
        assert_eq!(told, entries.contains(&number), "{number}: {}", run.text);
    }
}

#[test]
fn an_octopus_keeps_the_entries_of_every_branch() {
    let repo = || branches(&[1], &[4, 1], &[2, 1], &[3, 1]);
    lost(&octopus(&repo(), &[4, 1]), &[2, 3]);
    lost(&octopus(&repo(), &[2, 1]), &[3, 4]);
    lost(&octopus(&repo(), &[4, 2, 1]), &[3]);
    octopus(&repo(), &[4, 3, 2, 1]).passed();
    // Every gate sees it afterwards.
    let repo = repo();
    let begin = repo.ask(&["merge-base", "main", "one"]);
    repo.git(&["merge", "--no-verify", "-s", "ours", "one", "two"]).passed();
    lost(&repo.notegate(&["check", "--from", "one"]), &[2]);
    lost(&repo.notegate(&["check", "--from", "two"]), &[3]);
    // For `main` alone nothing came and went that it had.
    repo.notegate(&["check", "--from", "HEAD~1"]).passed();
    assert_eq!(repo.ask(&["rev-list", "--parents", "-1", "HEAD"]).split(' ').count(), 4);
    repo.notegate(&["check", "--from", &begin, "--to", "one"]).passed();
}

#[test]
fn an_octopus_is_not_blamed_for_what_a_branch_did_to_its_log() {
    octopus(&branches(&[2, 1], &[2, 1], &[1], &[2, 1]), &[1]).passed();
    octopus(&branches(&[2, 1], &[1], &[2, 1], &[2, 1]), &[1]).passed();
    octopus(&branches(&[1], &[2, 1], &[2, 1], &[2, 1]), &[2, 1]).passed();
    lost(&octopus(&branches(&[2, 1], &[1], &[3, 2, 1], &[2, 1]), &[1]), &[3]);
}

#[test]
fn an_octopus_of_branches_that_grew_from_each_other() {
    for (entries, gone) in [(&[2, 1][..], &[3, 4][..]), (&[4, 3, 1], &[2]), (&[4, 3, 2, 1], &[])] {
        let repo = Repo::holding(&[("shared.yaml", with(&[1]).yaml())]);
        repo.git(&["switch", "--quiet", "--create", "base"]).passed();
        branch_writes(&repo, "base", &[2, 1]);
        for (branch, entries) in [("one", &[3, 2, 1][..]), ("two", &[4, 2, 1])] {
            repo.git(&["switch", "--quiet", "--create", branch, "base"]).passed();
            branch_writes(&repo, branch, entries);
        }
        repo.git(&["switch", "--quiet", "main"]).passed();
        branch_writes(&repo, "main", &[1]);
        let run = octopus(&repo, entries);
        if gone.is_empty() {
            run.passed();
        } else {
            lost(&run, gone);
        }
    }
}

/// Squashes `one` into `main`, with that log.
fn squash(repo: &Repo, entries: &[u32]) -> Run {
    repo.git(&["merge", "--squash", "one"]);
    repo.stage("shared.yaml", &with(entries).with(ALSO_GREAT).yaml());
    repo.git(&["commit", "--quiet", "-m", "squashed"])
}

#[test]
fn a_squashed_branch_is_an_edit_of_the_branch_it_goes_to() {
    let repo = || branches(&[1], &[4, 1], &[2, 1], &[1]);
    // The log of the branch that goes on is continued.
    lost(&squash(&repo(), &[2, 1]), &[4]);
    squash(&repo(), &[4, 2, 1]).passed();
    // An entry that the squashed branch had taken away from the log is gone from this one.
    lost(&squash(&branches(&[2, 1], &[2, 1], &[3, 1], &[1]), &[3, 1]), &[2]);
    // Git does not say what was joined: with the record as it was, nothing was written.
    let repo = repo();
    repo.git(&["merge", "--squash", "one"]);
    repo.git(&["checkout", "HEAD", "--", "shared.yaml"]).passed();
    repo.git(&["commit", "--quiet", "-m", "squashed"]).passed();
    // Joined for good later, what the branch added is missing.
    repo.git(&["merge", "-s", "ours", "one"]).said(1, "Customer call 2” was removed");
}

#[test]
fn a_branch_that_lost_an_entry_of_main_and_is_squashed_into_it() {
    let repo = branches(&[1], &[4, 1], &[2, 1], &[1]);
    repo.git(&["switch", "--quiet", "one"]).passed();
    repo.git(&["merge", "--no-verify", "-s", "ours", "main"]).passed();
    repo.git(&["switch", "--quiet", "main"]).passed();
    repo.git(&["merge", "--squash", "one"]).passed();
    lost(&repo.git(&["commit", "--quiet", "-m", "squashed"]), &[4]);
    repo.git(&["commit", "--quiet", "--no-verify", "-m", "squashed"]).passed();
    lost(&repo.notegate(&["check", "--from", "HEAD~1"]), &[4]);
}
