//! Steps that write files of records.

use crate::steps::Kind;
use crate::text::{Content, Entry, Layout, Record, read, write};
use crate::words::{BROKEN, CUSTOMERS, EMPTY, NOTES, PATHS, STATUSES, WORKLOADS, group};
use crate::workshop::{Workshop, name};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// What is written may need a folder, or stand where one was.
pub(crate) fn with_folder(file: &Path, write: impl FnOnce(&Path)) {
    if fs::create_dir_all(file.parent().unwrap()).is_ok() && !file.is_dir() {
        write(file);
    }
}

pub(crate) fn stage(workshop: &Workshop, path: &[u8]) {
    workshop.git(&["--literal-pathspecs".into(), "add".into(), "--sparse".into(), "--".into(), name(path)]);
}

/// A path of the index.
pub(crate) fn tracked(workshop: &Workshop, number: usize) -> Option<Vec<u8>> {
    let listing = workshop.ask(&["ls-files", "-z", "--full-name"])?;
    let paths: BTreeSet<&[u8]> = listing.split(|byte| *byte == 0).filter(|path| !path.is_empty()).collect();
    paths.iter().nth(number % paths.len().max(1)).map(|path| path.to_vec())
}

/// A path that may be there or not; mostly one of the first.
pub(crate) fn any(number: usize) -> Vec<u8> {
    const OFTEN: usize = 6;
    let end = if number.is_multiple_of(2) { OFTEN } else { PATHS.len() };
    PATHS[number / 2 % end].to_vec()
}

/// The records of the file at a path of the work tree; none where there is no file, nothing where it holds something else.
fn records(workshop: &Workshop, path: &[u8]) -> Option<Vec<Record>> {
    let file = workshop.path(path);
    if fs::symlink_metadata(&file).is_err() {
        return Some(Vec::new());
    }
    if !fs::symlink_metadata(&file).ok()?.is_file() {
        return None;
    }
    match read(&fs::read(file).ok()?)? {
        Content::Records(records) => Some(records),
        Content::Broken => None,
    }
}

fn put(workshop: &Workshop, path: &[u8], records: &[Record], layout: usize) {
    let file = workshop.path(path);
    with_folder(&file, |file| drop(fs::write(file, write(records, Layout(layout)))));
}

fn spelling(groups: &[&[&str]], number: usize, which: usize) -> String {
    let group = groups[number % groups.len()];
    group[which % group.len()].to_owned()
}

/// The same in another spelling.
fn respelled(groups: &[&[&str]], spelled: &str, which: usize) -> String {
    group(groups, spelled).map_or_else(|| spelled.to_owned(), |number| spelling(groups, number, which))
}

/// A record about somebody of whom no file of the work tree has one, where there is room.
fn fresh(workshop: &Workshop, picks: [usize; 5]) -> Record {
    let mut taken: BTreeSet<(usize, usize)> = BTreeSet::new();
    for path in PATHS {
        for record in records(workshop, path).unwrap_or_default() {
            taken.extend(group(&CUSTOMERS, &record.customer).zip(group(&WORKLOADS, &record.workload)));
        }
    }
    let count = CUSTOMERS.len() * WORKLOADS.len();
    let numbers = (0..count).map(|at| (at + picks[1]) % count);
    let mut free = numbers.map(|at| (at % CUSTOMERS.len(), at / CUSTOMERS.len())).filter(|both| !taken.contains(both));
    let (customer, workload) = free.next().unwrap_or_default();
    let note = &NOTES[picks[2] % NOTES.len()];
    Record {
        customer: spelling(&CUSTOMERS, customer, picks[3]),
        workload: spelling(&WORKLOADS, workload, picks[3] / 7),
        status: note.status.to_owned(),
        note: note.text.to_owned(),
        entries: vec![Entry::of(picks[4] % 40, picks[4] / 64 % 4)],
    }
}

/// Another note, and mostly the entry that this asks for.
fn change(record: &mut Record, picks: [usize; 5], only_great: bool) {
    let notes: Vec<_> = NOTES.iter().filter(|note| !only_great || !note.is_poor).collect();
    let note = notes[picks[2] % notes.len()];
    (record.status, record.note) = (note.status.to_owned(), note.text.to_owned());
    match picks[3] % 12 {
        0 => {}
        1 => drop(record.entries.pop()),
        2 if !record.entries.is_empty() => record.entries[0].what = format!("Customer call {}", picks[4] % 5),
        _ => {
            let day = record.entries.iter().map(Entry::day).max().unwrap_or_default();
            record.entries.insert(0, Entry::of(day + 1 + picks[4] % 3, picks[4] / 4 % 3));
        }
    }
}

/// Writes a file that is not there, and leaves it alone.
pub(crate) fn write_new(workshop: &Workshop, picks: [usize; 5]) -> Option<Vec<u8>> {
    let path = any(picks[0]);
    if fs::symlink_metadata(workshop.path(&path)).is_ok() {
        return None;
    }
    put(workshop, &path, &[fresh(workshop, picks)], picks[1]);
    Some(path)
}

/// Changes records of a file and stages it, as the step says.
pub(crate) fn edit(workshop: &Workshop, kind: Kind, picks: [usize; 5]) {
    let is_old = !picks[0].is_multiple_of(4) && kind != Kind::WriteOdd;
    let path = tracked(workshop, picks[0] / 4).filter(|_| is_old).unwrap_or_else(|| any(picks[0] / 4));
    if kind == Kind::WriteOdd {
        let contents = [&BROKEN[..], &EMPTY].concat();
        with_folder(&workshop.path(&path), |file| drop(fs::write(file, contents[picks[1] % contents.len()])));
        return stage(workshop, &path);
    }
    let Some(mut records) = records(workshop, &path) else { return };
    let at = picks[1] % records.len().max(1);
    match kind {
        Kind::AddRecord => records.insert(at.min(records.len()), fresh(workshop, picks)),
        _ if records.is_empty() => records.push(fresh(workshop, picks)),
        Kind::DropRecord => drop(records.remove(at)),
        Kind::Improve => change(&mut records[at], picks, true),
        Kind::Respell => {
            let record = &mut records[at];
            record.customer = respelled(&CUSTOMERS, &record.customer, picks[2]);
            record.workload = respelled(&WORKLOADS, &record.workload, picks[3]);
            record.status = respelled(&STATUSES, &record.status, picks[4]);
        }
        Kind::Rename => {
            let new = fresh(workshop, picks);
            let record = &mut records[at];
            if picks[2] % 4 < 3 {
                record.customer = new.customer;
            }
            if picks[2] % 4 > 1 {
                record.workload = new.workload;
            }
        }
        Kind::MoveRecord | Kind::CopyRecord => {
            let other = Some(any(picks[2])).filter(|other| *other != path);
            if let Some((other, mut there)) =
                other.and_then(|other| Some((other.clone(), self::records(workshop, &other)?)))
            {
                let record = if kind == Kind::MoveRecord { records.remove(at) } else { records[at].clone() };
                there.insert(picks[3] % (there.len() + 1), record);
                put(workshop, &other, &there, picks[4]);
                stage(workshop, &other);
            }
        }
        Kind::Reformat => {}
        _ => change(&mut records[at], picks, false),
    }
    if records.is_empty() && picks[4].is_multiple_of(2) {
        drop(fs::remove_file(workshop.path(&path)));
    } else {
        put(workshop, &path, &records, picks[4] / 2);
    }
    if kind != Kind::EditUnstaged {
        stage(workshop, &path);
    }
    if kind == Kind::StageOther {
        // The work tree has something else again.
        if let Some(record) = records.first_mut() {
            change(record, [picks[0], picks[1], picks[2] + 1, picks[3], picks[4]], false);
        }
        put(workshop, &path, &records, picks[4]);
    }
}

/// Settles unmerged paths: as one side has them, or with the records of both, some of them changed.
pub(crate) fn resolve(workshop: &Workshop, picks: [usize; 5]) {
    let listing = workshop.ask(&["ls-files", "--unmerged", "-z", "--full-name"]).unwrap_or_default();
    let mut stages: std::collections::BTreeMap<Vec<u8>, [Option<String>; 4]> = std::collections::BTreeMap::new();
    for line in listing.split(|byte| *byte == 0).filter(|line| !line.is_empty()) {
        let tab = line.iter().position(|byte| *byte == b'\t').unwrap();
        let head = String::from_utf8_lossy(&line[..tab]).into_owned();
        let words: Vec<&str> = head.split(' ').collect();
        let stage: usize = words[2].parse().unwrap();
        stages.entry(line[tab + 1..].to_vec()).or_default()[stage] = Some(words[1].to_owned());
    }
    for (number, (path, [_, _, ours, theirs])) in stages.into_iter().enumerate() {
        let choice = (picks[0] >> (number % 8)) % 6;
        if choice == 5 {
            continue;
        }
        let side = |id: &Option<String>| match id
            .as_ref()
            .and_then(|id| workshop.contents(std::slice::from_ref(id)).pop()??.into())
        {
            Some(content) => match content.as_ref() {
                Content::Records(records) => records.clone(),
                Content::Broken => Vec::new(),
            },
            None => Vec::new(),
        };
        let (mut ours, theirs) = (side(&ours), side(&theirs));
        match choice {
            0 => {}
            1 => ours = theirs,
            _ => join(&mut ours, theirs),
        }
        if choice > 2 && !ours.is_empty() {
            let at = picks[1] % ours.len();
            change(&mut ours[at], picks, choice == 3);
        }
        drop(fs::remove_file(workshop.path(&path)));
        if ours.is_empty() {
            workshop.git(&[
                "--literal-pathspecs".into(),
                "rm".into(),
                "--quiet".into(),
                "--force".into(),
                "--".into(),
                name(&path),
            ]);
        } else {
            put(workshop, &path, &ours, picks[4]);
            stage(workshop, &path);
        }
    }
}

/// The records of both; of one that both have, the log of both.
fn join(ours: &mut Vec<Record>, theirs: Vec<Record>) {
    let identity = |record: &Record| group(&CUSTOMERS, &record.customer).zip(group(&WORKLOADS, &record.workload));
    for record in theirs {
        match ours.iter_mut().find(|own| identity(own) == identity(&record)) {
            None => ours.push(record),
            Some(own) => {
                let missing = record.entries.iter().filter(|entry| !own.entries.contains(entry)).cloned();
                let missing: Vec<Entry> = missing.collect();
                own.entries.extend(missing);
                own.entries.sort_by_key(|entry| std::cmp::Reverse(entry.day()));
            }
        }
    }
}
