//! A month of work by several people, and an oracle of its own that says of each commit what the hook has to say.
//!
//! The oracle knows nothing of notegate: it reads both sides of a commit out of git's own output, and the records out of
//! the lines that this test wrote.

use crate::support::{ALSO_GREAT, GREAT, POOR, Record, Repo};
use std::collections::BTreeSet;
use std::fs;

/// A sequence of numbers that is the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % u64::try_from(sides).unwrap()).unwrap()
    }

    fn one_of<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        let number = self.roll(of.len());
        &of[number]
    }
}

/// What the oracle knows of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Seen {
    status: String,
    note: String,
    entries: Vec<String>,
}

type Identity = (String, String);

/// The records in the text of a file, by its lines.
fn seen_in(text: &str) -> Vec<(Identity, Seen)> {
    let field = |document: &str, key: &str| {
        let line = document.lines().find_map(|line| line.strip_prefix(key)).unwrap_or_default();
        line.trim().trim_matches('"').to_owned()
    };
    let record = |document: &str| {
        let entries: Vec<String> = document.split("  - date: ").skip(1).map(|entry| entry.trim().to_owned()).collect();
        let seen = Seen { status: field(document, "status:"), note: field(document, "note:"), entries };
        ((field(document, "customer:"), field(document, "workload:")), seen)
    };
    text.split("---\n").filter(|document| document.contains("customer:")).map(record).collect()
}

/// A record and where it stands: in which file, as which of its records.
type Standing = (String, usize, Identity, Seen);

/// Every record in a tree, out of git; no tree means the index.
fn records_in(repo: &Repo, tree: &str) -> Vec<Standing> {
    let list = match tree {
        "" => repo.ask(&["ls-files", "*.yaml"]),
        tree => repo.ask(&["ls-tree", "-r", "--name-only", tree]),
    };
    let paths: Vec<&str> = list.lines().filter(|path| path.ends_with(".yaml")).collect();
    let texts = repo.blobs(&paths.iter().map(|path| format!("{tree}:{path}")).collect::<Vec<_>>());
    let records = |(path, text): (&&str, String)| {
        // What conflict markers run through is no YAML, and nothing is known of it.
        let text = if text.contains("<<<<<<<") { String::new() } else { text };
        let numbered = seen_in(&text).into_iter().enumerate();
        numbered.map(|(number, (identity, seen))| ((*path).to_owned(), number, identity, seen)).collect::<Vec<_>>()
    };
    paths.iter().zip(texts).flat_map(records).collect()
}

/// A change, as the oracle sees it.
struct Work<'a> {
    now: &'a [Standing],
    parents: &'a [Vec<Standing>],
    touched: &'a BTreeSet<String>,
    /// The folders of the files that no parent has as they are now.
    written: BTreeSet<String>,
}

/// Whether the hook has to stop what is staged: a record that no parent has as it is, and that is poor, or whose note
/// changed without an entry, or whose log lost one; or a second record for one customer and workload.
fn must_be_stopped(repo: &Repo) -> bool {
    let mut parents = vec!["HEAD".to_owned()];
    if let Ok(heads) = fs::read_to_string(repo.path(".git/MERGE_HEAD")) {
        parents.extend(heads.lines().map(str::to_owned));
    }
    let differing: Vec<BTreeSet<String>> = parents
        .iter()
        .map(|parent| {
            let names = repo.ask(&["diff", "--cached", "--name-only", "--no-renames", parent]);
            names.lines().map(str::to_owned).collect()
        })
        .collect();
    let touched: BTreeSet<String> = differing.iter().flatten().cloned().collect();
    let written = touched.iter().filter(|path| differing.iter().all(|side| side.contains(*path)));
    let holds_markers = |path: &String| {
        let staged = repo.git(&["show", &format!(":{path}")]);
        staged.code == Some(0) && staged.text.contains("<<<<<<<")
    };
    let parents: Vec<Vec<Standing>> = parents.iter().map(|parent| records_in(repo, parent)).collect();
    let now = records_in(repo, "");
    let written = written.map(|path| folder(path).to_owned()).collect();
    let seen = Work { now: &now, parents: &parents, touched: &touched, written };
    let offends = |record: &&Standing| seen.is_offence(record) || seen.is_double(&record.2);
    touched.iter().any(holds_markers) || now.iter().filter(|record| touched.contains(&record.0)).any(|r| offends(&r))
}

fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

impl Work<'_> {
    /// Whether a touched file held the identity on any parent.
    fn was_touched(&self, identity: &Identity) -> bool {
        self.parents.iter().flatten().any(|(path, _, found, _)| found == identity && self.touched.contains(path))
    }

    /// What each parent has of an identity: in touched files, and only when none of them had it, anywhere.
    fn twins(&self, identity: &Identity) -> Vec<Vec<&Standing>> {
        let anywhere = !self.was_touched(identity);
        let is_twin = |(path, _, found, _): &&Standing| found == identity && (anywhere || self.touched.contains(path));
        self.parents.iter().map(|parent| parent.iter().filter(is_twin).collect()).collect()
    }

    fn is_changed(&self, (_, _, identity, now): &Standing) -> bool {
        !self.twins(identity).iter().flatten().any(|(.., before)| before == now)
    }

    /// Whether the change adds to, or edits, one of several records of an identity.
    fn is_double(&self, identity: &Identity) -> bool {
        let (touched, untouched): (Vec<&Standing>, Vec<&Standing>) = self
            .now
            .iter()
            .filter(|(_, _, found, _)| found == identity)
            .partition(|(path, ..)| self.touched.contains(path));
        // An untouched one is known when it was looked for, or when it is beside a written file.
        let known = |path: &String| !self.was_touched(identity) || self.written.contains(folder(path));
        let untouched = untouched.iter().filter(|(path, ..)| known(path)).count();
        let before = |parent: &Vec<Standing>| {
            parent.iter().filter(|(path, _, found, _)| found == identity && self.touched.contains(path)).count()
        };
        let has_grown = self.parents.iter().all(|parent| touched.len() > before(parent));
        touched.len() + untouched > 1 && (has_grown || touched.iter().any(|record| self.is_changed(record)))
    }

    fn is_offence(&self, record: &Standing) -> bool {
        let (path, number, identity, now) = record;
        if !self.is_changed(record) {
            return false;
        }
        // The twin on each parent that has one; of several the one at the same place.
        let nearest = |twins: &Vec<&Standing>| -> Option<Seen> {
            let same_place = twins.iter().find(|(at, place, ..)| at == path && place == number);
            let same_file = || twins.iter().find(|(at, ..)| at == path);
            same_place.or_else(same_file).or_else(|| twins.first()).map(|(.., before)| before.clone())
        };
        now.note.is_empty()
            || self.twins(identity).iter().filter_map(nearest).any(|before| is_badly_logged(&before, now))
    }
}

/// Whether an entry went, or the note or the status changed and none came.
fn is_badly_logged(before: &Seen, now: &Seen) -> bool {
    let changed = before.note != now.note || before.status != now.status;
    let mut left = before.entries.clone();
    let mut gained = 0;
    for entry in &now.entries {
        match left.iter().position(|earlier| earlier == entry) {
            Some(kept) => drop(left.remove(kept)),
            None => gained += 1,
        }
    }
    !left.is_empty() || (changed && gained <= left.len())
}

/// What people do to the records of a file, for better or worse.
fn edit(dice: &mut Dice, records: &mut Vec<Record>, day: u32) {
    if records.is_empty() {
        return;
    }
    let number = dice.roll(records.len());
    let record = &mut records[number];
    let notes = [GREAT, ALSO_GREAT, POOR];
    match dice.roll(10) {
        // As it should be.
        0..=4 => {
            let entries = record.entries.clone();
            *record = Record::new(&record.customer, &record.workload, notes[dice.roll(2)]);
            record.entries = entries;
            record.entries.insert(0, day);
        }
        // A poor note, properly logged.
        5 => {
            record.note = POOR.to_owned();
            record.entries.insert(0, day);
        }
        // Another note that nobody logged; it may be the same one.
        6 => record.note = (*dice.one_of(&notes)).to_owned(),
        // A log that was cut.
        7 => {
            record.entries.truncate(1);
            record.note = GREAT.to_owned();
            record.status = "Blocked".to_owned();
        }
        // Only another order.
        8 => records.reverse(),
        _ => drop(records.remove(number)),
    }
}

/// The people's own picture of the files.
struct Desk<'a> {
    repo: &'a Repo,
    dice: Dice,
    stopped: usize,
    passed: usize,
}

impl Desk<'_> {
    fn files(&self) -> Vec<String> {
        self.repo.ask(&["ls-files", "*.yaml"]).lines().map(str::to_owned).collect()
    }

    fn records(&self, path: &str) -> Vec<Record> {
        let text = fs::read_to_string(self.repo.path(path)).unwrap();
        let record = |((customer, workload), seen): (Identity, Seen)| {
            let day = |entry: &String| entry.get(8..10).and_then(|day| day.parse().ok()).unwrap_or(1);
            let entries = seen.entries.iter().map(day).collect();
            Record { customer, workload, status: seen.status, note: seen.note, entries }
        };
        seen_in(&text).into_iter().map(record).collect()
    }

    fn write(&self, path: &str, records: &[Record]) {
        if records.is_empty() {
            self.repo.git(&["rm", "--quiet", "--force", "--ignore-unmatch", path]).passed();
        } else {
            self.repo.stage(path, &crate::support::stream(records));
        }
    }

    /// One piece of work, staged.
    fn work(&mut self, day: u32, number: usize) {
        let files = self.files();
        match self.dice.roll(8) {
            0 | 1 => {
                let note = *self.dice.one_of(&[GREAT, GREAT, ALSO_GREAT, POOR]);
                let customer = format!("Customer {}", self.dice.roll(6));
                self.write(&format!("notes/{number}.yaml"), &[Record::new(&customer, &format!("W{number}"), note)]);
            }
            2 => {
                // Moved to another folder, and sometimes changed on the way.
                let from = self.dice.one_of(&files).clone();
                let to = format!("moved/{number}.yaml");
                let mut records = self.records(&from);
                self.repo.git(&["rm", "--quiet", "--force", &from]).passed();
                if self.dice.roll(3) == 0 {
                    edit(&mut self.dice, &mut records, day);
                }
                self.write(&to, &records);
            }
            3 if files.len() > 3 => {
                // Two files become one.
                let (one, other) = (self.dice.one_of(&files).clone(), self.dice.one_of(&files).clone());
                if one != other {
                    let records = [self.records(&one), self.records(&other)].concat();
                    self.write(&other, &[]);
                    self.write(&one, &records);
                }
            }
            4 => {
                // One file becomes two.
                let path = self.dice.one_of(&files).clone();
                let mut records = self.records(&path);
                let second = records.split_off(records.len() / 2);
                self.write(&path, &records);
                self.write(&format!("split/{number}.yaml"), &second);
            }
            _ => {
                let path = self.dice.one_of(&files).clone();
                let mut records = self.records(&path);
                edit(&mut self.dice, &mut records, day);
                self.write(&path, &records);
            }
        }
    }

    /// Commits what is staged when the hook lets it, and sees that the hook says what the oracle says. What is stopped
    /// is given up, or now and then let in round the hook.
    fn commit(&mut self, what: &str) {
        let expected = must_be_stopped(self.repo);
        let before = self.repo.head();
        let run = self.repo.git(&["commit", "--allow-empty", "-m", what]);
        let status = self.repo.ask(&["diff", "--cached", "--name-status", "HEAD"]);
        assert_eq!(run.code, Some(i32::from(expected)), "{what} on {before}\n{status}\n{}", run.text);
        if !expected {
            self.passed += 1;
            return;
        }
        self.stopped += 1;
        if self.dice.roll(4) == 0 {
            self.repo.git(&["commit", "--quiet", "-n", "-m", what]).passed();
        } else {
            self.repo.git(&["reset", "--quiet", "--hard"]).passed();
        }
    }

    /// Brings a branch in; conflicts are resolved by taking a side, or by new work.
    fn merge(&mut self, branch: &str, day: u32) {
        // Without guesses about renames, which would mix the lines of different records.
        let arguments = ["merge", "-X", "no-renames", "--quiet", "--no-ff", "--no-commit", branch];
        let run = self.repo.git(&arguments);
        if run.code != Some(0) {
            for path in self.repo.ask(&["diff", "--name-only", "--diff-filter=U"]).lines() {
                let side = ["--ours", "--theirs"][self.dice.roll(2)];
                if self.repo.git(&["checkout", side, "--", path]).code == Some(0) {
                    self.repo.git(&["add", "--", path]).passed();
                } else {
                    self.repo.git(&["rm", "--quiet", "--force", "--", path]).passed();
                }
            }
        }
        let files = self.files();
        if self.dice.roll(2) == 0 && !files.is_empty() {
            let path = self.dice.one_of(&files).clone();
            let mut records = self.records(&path);
            edit(&mut self.dice, &mut records, day);
            self.write(&path, &records);
        }
        self.commit(&format!("merge {branch}"));
        if self.repo.path(".git/MERGE_HEAD").exists() {
            self.repo.git(&["merge", "--abort"]).passed();
        }
    }
}

#[test]
fn the_hook_says_at_every_commit_what_the_oracle_says() {
    let begin = stream_of_customers();
    let files: Vec<(&str, String)> = begin.iter().map(|(path, text)| (path.as_str(), text.clone())).collect();
    let repo = Repo::holding(&files);
    let first = repo.head();
    let mut desk = Desk { repo: &repo, dice: Dice(2026), stopped: 0, passed: 0 };
    let mut number = 0;
    for week in 0..4 {
        for person in ["celia", "sam", "amir"] {
            let branch = format!("{person}-{week}");
            repo.git(&["switch", "--quiet", "--create", &branch, "main"]).passed();
            for _ in 0..17 {
                number += 1;
                desk.work(5 + 4 * week, number);
                desk.commit(&format!("{branch} {number}"));
            }
            if desk.dice.roll(3) == 0 {
                // A rebase onto what others did meanwhile; where it does not go through it is given up.
                if repo.git(&["rebase", "-X", "no-renames", "--quiet", "main"]).code != Some(0) {
                    repo.git(&["rebase", "--abort"]).passed();
                }
            }
        }
        for person in ["celia", "sam", "amir"] {
            repo.git(&["switch", "--quiet", "main"]).passed();
            desk.merge(&format!("{person}-{week}"), 8 + 4 * week);
        }
    }
    let commits: usize = repo.ask(&["rev-list", "--count", "--all"]).parse().unwrap();
    assert!(commits > 180 && desk.stopped > 25 && desk.passed > 150, "{commits} {} {}", desk.stopped, desk.passed);

    // The gate of the whole month, by the same oracle: soften what was done into one change and ask.
    repo.git(&["switch", "--quiet", "--detach", "main"]).passed();
    repo.git(&["reset", "--quiet", "--soft", &first]).passed();
    let expected = must_be_stopped(&repo);
    repo.notegate(&["check", "--from", &first, "--to", "main"]).ended(i32::from(expected));
}

fn stream_of_customers() -> Vec<(String, String)> {
    let file = |customer: usize| {
        let records: Vec<Record> = (0..4)
            .map(|workload| {
                let note = [GREAT, ALSO_GREAT, POOR, GREAT][workload];
                Record::new(&format!("Customer {customer}"), &format!("Begin {workload}"), note)
            })
            .collect();
        (format!("notes/customer-{customer}.yaml"), crate::support::stream(&records))
    };
    (0..6).map(file).collect()
}
