//! The course of the notes of a branch, as the overview tells it.

use super::board::{Board, Grades, Standing};
use super::gate::GateSink;
use super::rules::{OfDay, RulesOfDays};
use super::{CourseError, Walk};
use crate::engine::{Engine, Progress, Worth};
use crate::grade::Grade;
use crate::record::identity::Identity;
use crate::report::overview::course::{Bypass, BypassedRecord, Course, CourseChange, CoursePoint};
use crate::report::overview::model::Cut;
use crate::report::tally;
use crate::source::{Content, NotePath, ObjectId, Selection, SourceError};
use jiff::civil::Date;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// The most points in time.
const MOST_POINTS: i32 = 52;

/// The most rows of a table.
const MOST_ROWS: usize = 200;

/// The most records that are told of one commit.
const MOST_RECORDS: usize = 20;

/// What the course is told of.
pub(crate) struct Lookback<'a> {
    pub(crate) walk: &'a Walk,
    /// What the notes are judged by, on whatever day: grades by other rules could not be compared.
    pub(crate) engine: &'a Engine<'a>,
    /// What the commits are judged by.
    pub(crate) rules: &'a RulesOfDays,
    /// The day from which on commits are looked at, where one was named.
    pub(crate) first_day: Option<Date>,
    /// The files and folders that it is told of; empty for all.
    pub(crate) named: &'a [NotePath],
}

/// What is known of each version of a file: by its object, and by what its path decides.
type Known = HashMap<Version, Arc<[Worth]>>;
type Version = (ObjectId, Vec<usize>, Selection);

/// Where the course begins.
enum Start {
    /// With what this commit held, told for this day.
    Commit(ObjectId, Date),
    /// With nothing: the first commit of all came after this day began.
    Empty(Date),
    /// With the first commit that is here.
    Unknown,
}

impl Start {
    /// The day for which it is told.
    fn day(&self) -> Option<Date> {
        match self {
            Self::Commit(_, day) | Self::Empty(day) => Some(*day),
            Self::Unknown => None,
        }
    }
}

/// A record at one end of the course.
struct Seen {
    path: String,
    /// Its number in the file.
    number: usize,
    line: usize,
    customer: Option<String>,
    workload: Option<String>,
    grade: Grade,
}

impl Lookback<'_> {
    /// Looks back. `since` and `remarks` are told as they are.
    ///
    /// # Errors
    /// When the history cannot be read.
    pub(crate) fn course(
        &self,
        since: String,
        mut remarks: Vec<String>,
        progress: &dyn Progress,
    ) -> Result<Course, CourseError> {
        let round_the_hook = self.bypasses(&mut remarks, progress)?;
        let known = self.versions()?;
        let mut board = Board::default();
        for (path, id) in self.walk.files.iter().filter(|(path, _)| self.selects(path)) {
            board.put(path, known.get(&self.version(path, id)).cloned());
        }
        let now = seen(&mut board);
        let start = self.start(&self.walk.past.ends())?;
        remarks.extend(self.remark_of(&start));
        let points = self.points(&mut board, &known, &start)?;
        let then = seen(&mut board);
        let mut course = Course { since, remarks, points, round_the_hook, ..Course::default() };
        compare(&then, &now, &mut course);
        Ok(course)
    }

    fn selects(&self, path: &NotePath) -> bool {
        self.engine.config.files.selects(path) && self.is_named(path)
    }

    fn is_named(&self, path: &NotePath) -> bool {
        self.named.is_empty() || self.named.iter().any(|named| path.is_in(named))
    }

    fn version(&self, path: &NotePath, id: &ObjectId) -> Version {
        let files = &self.engine.config.files;
        (id.clone(), files.overriding(path), files.documents_of(path))
    }

    /// Judges every version of a file that the end of the branch or one of its earlier ends holds, each once.
    fn versions(&self) -> Result<Known, SourceError> {
        let walk = self.walk;
        let ends = walk.past.ends().into_iter().filter_map(|number| walk.changes.get(number));
        let changed = ends.flat_map(|changes| changes.against_first());
        let changed =
            changed.flat_map(|(path, before, after)| [before, after].into_iter().flatten().map(move |id| (path, id)));
        let all = walk.files.iter().map(|(path, id)| (path, id)).chain(changed).filter(|(path, _)| self.selects(path));
        let versions: HashMap<Version, &NotePath> = all.map(|(path, id)| (self.version(path, id), path)).collect();
        let versions: Vec<(Version, &NotePath)> = versions.into_iter().collect();
        let pool = walk.past.pool();
        let ids: Vec<ObjectId> = versions.iter().map(|((id, ..), _)| id.clone()).collect();
        pool.ask(|repository| repository.prefetch(&ids))?;
        let appraiser = self.engine.appraiser();
        let judge = |(version, path): &(Version, &NotePath)| -> Result<(Version, Arc<[Worth]>), SourceError> {
            let content = pool.ask(|repository| Ok(repository.blob(&version.0, walk.past.limit())))?;
            let worths = match content {
                Content::Bytes(bytes) => self.engine.worth_of(path, bytes, &appraiser),
                Content::Refused(refusal) => refusal.lost_object(path).map_or_else(|| Ok(Vec::new()), Err)?,
                Content::Absent | Content::SetAside(_) => Vec::new(),
            };
            Ok((version.clone(), worths.into()))
        };
        Ok(walk.workers.try_map(&versions, || (), |(), version| judge(version))?.into_iter().collect())
    }

    /// The grades at points in time, the earliest first. Takes `board` from the end of the branch back to its begin.
    fn points(&self, board: &mut Board, known: &Known, start: &Start) -> Result<Vec<CoursePoint>, SourceError> {
        let walk = self.walk;
        let ends = walk.past.ends();
        let mut days: Vec<Date> = start.day().into_iter().collect();
        for commit in ends.iter().rev().filter_map(|number| walk.past.commits.get(*number)) {
            // A branch does not go back in time, whatever the clocks of its authors said.
            days.push(days.last().map_or(commit.day(), |last| commit.day().max(*last)));
        }
        let told = told(&days);
        let mut points = Vec::new();
        let mut tell = |board: &mut Board, number: usize, commit: Option<&ObjectId>| {
            if let Some(day) = days.get(number).filter(|_| told.contains(&number)) {
                points.push(point(*day, commit, board.grades()));
            }
        };
        let first = usize::from(start.day().is_some());
        for (age, number) in ends.iter().enumerate() {
            let (Some(commit), Some(changes)) = (walk.past.commits.get(*number), walk.changes.get(*number)) else {
                continue;
            };
            tell(board, ends.len() - 1 - age + first, Some(&commit.id));
            for (path, before, _) in changes.against_first().filter(|(path, ..)| self.selects(path)) {
                board.put(path, before.and_then(|id| known.get(&self.version(path, id))).cloned());
            }
        }
        match start {
            Start::Commit(commit, _) => tell(board, 0, Some(commit)),
            Start::Empty(_) => tell(board, 0, None),
            Start::Unknown => {}
        }
        points.reverse();
        Ok(points)
    }

    /// Where the branch stood before the first of the commits, and the day for which that is told.
    fn start(&self, ends: &[usize]) -> Result<Start, SourceError> {
        let past = &self.walk.past;
        let oldest = match ends.last() {
            Some(number) => past.commits.get(*number).and_then(|commit| commit.parents.first()),
            None => Some(&past.tip),
        };
        let Some(oldest) = oldest else { return Ok(self.first_day.map_or(Start::Unknown, Start::Empty)) };
        let commit = past.pool().ask(|repository| repository.log(oldest, None, 1))?.pop();
        Ok(commit.map_or(Start::Unknown, |commit| {
            let day = commit.day();
            Start::Commit(commit.id, self.first_day.map_or(day, |first| first.max(day)))
        }))
    }

    /// What a reader has to know of the begin, where it is another than the one that was asked for.
    fn remark_of(&self, start: &Start) -> Option<String> {
        match (start, &self.walk.past.known) {
            (Start::Empty(day), _) => {
                Some(format!("There was no commit before {day}; the course begins without a note, so all are new."))
            }
            (Start::Commit(commit, _), Some(known)) if self.first_day.is_none() && commit != known => {
                let short = commit.as_str().get(..12).unwrap_or_default();
                Some(format!(
                    "The start was merged into this branch later; the course begins where the two parted, at {short}, and \
                     what the merge brought counts as a change."
                ))
            }
            _ => None,
        }
    }

    /// The commits that brought what the rules of their day would have blocked, the newest first.
    fn bypasses(&self, remarks: &mut Vec<String>, progress: &dyn Progress) -> Result<Cut<Bypass>, CourseError> {
        let gates = self.rules.gates();
        let judge = |number: usize| {
            let mut sink = GateSink::default();
            if let Some(OfDay::Rules(rules)) = self.rules.commits.get(number)
                && let Some(gate) = gates.get(*rules)
            {
                gate.judge(self.walk, number, &mut sink)?;
            }
            Ok(sink)
        };
        let judged = self.walk.each(progress, || true, judge)?;
        let mut bypasses = Vec::new();
        let mut files = 0;
        for (commit, sink) in self.walk.past.commits.iter().zip(judged) {
            let mut records = Vec::new();
            let is_named = |path: &str| self.is_named(&NotePath::from_bytes(path));
            for ((path, spot), blocked) in sink.blocked.into_iter().filter(|((path, _), _)| is_named(path)) {
                match (spot, blocked.grade) {
                    (Some((line, _)), Some(grade)) => records.push(BypassedRecord {
                        path,
                        line,
                        customer: blocked.customer,
                        workload: blocked.workload,
                        grade,
                        rules: blocked.rules.into_iter().map(str::to_owned).collect(),
                    }),
                    _ => files += 1,
                }
            }
            if !records.is_empty() {
                let left_out = records.len().saturating_sub(MOST_RECORDS);
                records.truncate(MOST_RECORDS);
                bypasses.push(Bypass {
                    commit: commit.id.as_str().to_owned(),
                    day: commit.day().to_string(),
                    author: commit.author.clone(),
                    subject: commit.subject.clone(),
                    records,
                    records_left_out: left_out,
                });
            }
        }
        remarks.extend(self.unjudged(files));
        Ok(cut(bypasses))
    }

    /// What the list of commits that came round the hook leaves out.
    fn unjudged(&self, files: usize) -> Vec<String> {
        let commits = |count: usize| tally::count(count, "commit");
        let mut remarks = Vec::new();
        let before = self.rules.count(OfDay::BeforeGate);
        if before > 0 {
            remarks.push(format!("Not judged, because the branch had no notegate.yaml yet: {}.", commits(before)));
        }
        let broken = self.rules.count(OfDay::Broken);
        if broken > 0 {
            remarks.push(format!("Not judged, because notegate.yaml could not be used: {}.", commits(broken)));
        }
        if files > 0 {
            let files = tally::count(files, "file");
            remarks.push(format!("Came round the hook, and would have been blocked as a whole: {files}."));
        }
        remarks
    }
}

fn point(day: Date, commit: Option<&ObjectId>, Grades { great, marginal, poor }: Grades) -> CoursePoint {
    CoursePoint { day: day.to_string(), commit: commit.map(|commit| commit.as_str().to_owned()), great, marginal, poor }
}

/// The numbers of the points that are told, of all `days`: the first, the last, and the last of each period.
fn told(days: &[Date]) -> HashSet<usize> {
    let (Some(first), Some(last)) = (days.first(), days.last()) else { return HashSet::new() };
    let since = |day: &Date| (*day - *first).get_days();
    let span = since(last);
    let usual = [1, 7, 14, 28, 91, 182, 364].into_iter().find(|period| span / period < MOST_POINTS);
    let period = usual.unwrap_or(span / MOST_POINTS + 1);
    let is_last = |number: usize| {
        let of = |number: usize| days.get(number).map(|day| since(day) / period);
        number == 0 || of(number) != of(number + 1)
    };
    (0..days.len()).filter(|number| is_last(*number)).collect()
}

fn seen(board: &mut Board) -> HashMap<Identity, Seen> {
    let seen = |Standing { path, number, worth, grade }: Standing<'_>| Seen {
        path: path.display().into_owned(),
        number,
        line: worth.line,
        customer: worth.customer.clone(),
        workload: worth.workload.clone(),
        grade,
    };
    board.records().into_iter().map(|(identity, standing)| (identity.clone(), seen(standing))).collect()
}

/// Which records changed from `then` to `now`.
fn compare(then: &HashMap<Identity, Seen>, now: &HashMap<Identity, Seen>, course: &mut Course) {
    let change = |seen: &Seen, before: Option<Grade>, after: Option<Grade>| CourseChange {
        path: seen.path.clone(),
        line: seen.line,
        customer: seen.customer.clone(),
        workload: seen.workload.clone(),
        before,
        after,
    };
    let [mut better, mut worse, mut added, mut removed] = [const { Vec::new() }; 4];
    // The records of a customer that got another name are still where they were.
    let gone_from: HashMap<_, &Identity> = then
        .iter()
        .filter(|(identity, _)| !now.contains_key(*identity))
        .map(|(identity, seen)| (place(seen), identity))
        .collect();
    let mut renamed: HashSet<&Identity> = HashSet::new();
    for (identity, seen) in now {
        let before = then.get(identity).or_else(|| {
            let earlier = gone_from.get(&place(seen))?;
            renamed.insert(*earlier);
            then.get(*earlier)
        });
        match before {
            Some(before) if seen.grade < before.grade => {
                better.push(change(seen, Some(before.grade), Some(seen.grade)));
            }
            Some(before) if seen.grade > before.grade => worse.push(change(seen, Some(before.grade), Some(seen.grade))),
            Some(_) => {}
            None => added.push(change(seen, None, Some(seen.grade))),
        }
    }
    let gone = then.iter().filter(|(identity, _)| !now.contains_key(*identity) && !renamed.contains(*identity));
    removed.extend(gone.map(|(_, seen)| change(seen, Some(seen.grade), None)));
    [course.better, course.worse, course.added, course.removed] = [better, worse, added, removed].map(|mut changes| {
        // The worst that is left, or was, comes first.
        let key = |change: &CourseChange| {
            (std::cmp::Reverse(change.after.or(change.before)), change.path.clone(), change.line)
        };
        changes.sort_by_cached_key(key);
        cut(changes)
    });
}

/// Where a record is, and of which workload: what a change of the customer's name leaves alone.
fn place(seen: &Seen) -> (&str, usize, Option<&str>) {
    (&seen.path, seen.number, seen.workload.as_deref())
}

fn cut<T>(mut rows: Vec<T>) -> Cut<T> {
    let left_out = rows.len().saturating_sub(MOST_ROWS);
    rows.truncate(MOST_ROWS);
    Cut { rows, left_out }
}
