//! `notegate refresh`: a new entry in the refresh summary of the records that changed.

use super::args::RefreshArgs;
use super::edits::{self, Draft, Opened, Refusal};
use super::setup::Setup;
use super::{CliError, Environment, Exit, Streams, change, judging};
use crate::edit::{Edit, Editor, NewEntry, Original, RecordEdit};
use crate::engine::renewal::{self, Renewal};
use crate::engine::{Engine, NoteText};
use crate::record::{FileReading, NoteRecord};
use crate::report::Sink;
use crate::report::escape;
use crate::report::model::{FileReport, MendedBy, RecordReport};
use crate::report::tally::{Tally, count};
use crate::shell;
use crate::source::git::RepoLocation;
use crate::source::git::stage::{self, IndexState};
use crate::source::{ChangeSet, Content, NamedPaths, Revision, Selected, Source as _, disk, staged};
use crate::yaml::Limits;
use std::io;
use std::path::Path;

/// What became of the files that were asked for.
#[derive(Default)]
struct Plan {
    drafts: Vec<Draft>,
    refusals: Vec<Refusal>,
    /// What was looked at and needs nothing.
    idle: Vec<String>,
}

/// Runs the command.
pub(super) fn run(args: &RefreshArgs, environment: &Environment, streams: &mut Streams<'_>) -> Result<Exit, CliError> {
    let message = edits::message(&args.message)?;
    if !args.which.staged {
        let setup = Setup::find(&args.config.full(), &environment.folder, environment)?;
        setup.begin(&args.config.full(), NoteText::Shown, streams)?;
        let engine = edits::engine(&setup, args.today, environment);
        let entry = entry(args, message, &setup, &engine)?;
        let mut plan = Plan::default();
        for named in &args.files {
            plan.add(in_file(&edits::opened(named, &setup, environment), args, &engine, &entry)?);
        }
        return finish(&plan, args, streams);
    }
    let changes = staged::staged(&RepoLocation::Environment, &[], Limits::default().file_bytes)?;
    let setups = Setup::of_change(&args.config.full(), &changes, Revision::After, environment)?;
    let setup = setups.first().ok_or_else(no_repository)?;
    setup.begin(&args.config.full(), NoteText::Shown, streams)?;
    let engine = edits::engine(setup, args.today, environment);
    let entry = entry(args, message, setup, &engine)?;
    let named = change::named(&args.files, &changes, environment)?;
    for (path, written) in named.iter().zip(&args.files) {
        if !changes.touches(path) {
            let shown = written.display();
            let help = format!("Stage it first: git add {}", shell::path(written));
            return Err(CliError::usage(format!("{shown} has no staged change"), help));
        }
    }
    let source = Selected::new(&changes, &setup.config.files).with_named(named, NamedPaths::BeatExcludes);
    let plan = of_staged(&source, &changes, setup, &engine, &entry)?;
    finish(&plan, args, streams)
}

fn no_repository() -> CliError {
    CliError::usage("there is no configuration to judge by", "Name one with --config.")
}

/// The entry that the arguments ask for.
fn entry(args: &RefreshArgs, what: String, setup: &Setup, engine: &Engine<'_>) -> Result<NewEntry, CliError> {
    let date = args.date.unwrap_or_else(|| engine.today.proposed());
    if engine.today.is_before(date) {
        let message = format!("--date {date} is in the future; today is {}", engine.today.latest());
        return Err(CliError::usage(message, "Give the day on which the record was changed."));
    }
    Ok(NewEntry { date, who: edits::person(args.who.as_deref(), setup)?, what })
}

impl Plan {
    fn add(&mut self, other: Self) {
        self.drafts.extend(other.drafts);
        self.refusals.extend(other.refusals);
        self.idle.extend(other.idle);
    }

    fn refused(refusal: Refusal) -> Self {
        Self { refusals: vec![refusal], ..Self::default() }
    }

    /// An entry in each of these records of one file.
    fn of_records(
        opened: &Opened,
        original: &Original,
        chosen: &[&NoteRecord],
        editor: &Editor<'_>,
        entry: &NewEntry,
    ) -> Self {
        let edit = |record: &&NoteRecord| RecordEdit { record: record.index, edit: Edit::AddEntry(entry.clone()) };
        let edits: Vec<RecordEdit> = chosen.iter().map(edit).collect();
        let first = chosen.first().map_or(1, |record| line(original, record));
        match editor.edit(original, &edits) {
            Err(error) => Self::refused(Refusal::of_edit(&opened.shown, first, &error)),
            Ok(edited) => {
                let told = chosen.iter().map(|record| {
                    let now = edited.reading().records.get(record.index);
                    let line = now.map_or(first, |now| line_of(edited.reading(), now));
                    format!("{}:{line}: {}", opened.shown, told(record, entry))
                });
                let draft = Draft {
                    file: opened.file.clone(),
                    shown: opened.shown.clone(),
                    before: original.bytes().to_vec(),
                    after: edited.text().to_owned(),
                    told: told.collect(),
                };
                Self { drafts: vec![draft], ..Self::default() }
            }
        }
    }
}

fn line(original: &Original, record: &NoteRecord) -> usize {
    line_of(original.reading(), record)
}

fn line_of(reading: &FileReading, record: &NoteRecord) -> usize {
    reading.text.position(record.span.start).line
}

fn told(record: &NoteRecord, entry: &NewEntry) -> String {
    format!("added an entry of {} by {} to {}", entry.date, entry.who, name(record))
}

/// The customer and the workload of a record.
fn name(record: &NoteRecord) -> String {
    let part = |field: Option<&String>| field.map_or("(none)", String::as_str).trim().to_owned();
    format!("{} / {}", part(record.customer.value()), part(record.workload.value()))
}

/// The plan for one file that was named.
fn in_file(opened: &Opened, args: &RefreshArgs, engine: &Engine<'_>, entry: &NewEntry) -> Result<Plan, CliError> {
    let bytes = match edits::bytes(opened) {
        Ok(bytes) => bytes,
        Err(refusal) => return Ok(Plan::refused(refusal)),
    };
    let rules = engine.config.rules_of(&opened.path);
    let editor = engine.editor(&rules);
    let original = match editor.open(bytes, engine.config.files.documents_of(&opened.path)) {
        Ok(original) => original,
        Err(error) => return Ok(Plan::refused(Refusal::of_edit(&opened.shown, 1, &error))),
    };
    let before = edits::before(&opened.file)?;
    let renewals = engine.renewals(&opened.path, original.reading(), before);
    let chosen = match chosen(&original, &renewals, args, opened) {
        Ok(chosen) => chosen,
        Err(refusal) => return Ok(Plan::refused(refusal)),
    };
    let refusals: Vec<Refusal> =
        chosen.iter().filter_map(|(record, renewal)| present(record, renewal, &original, opened, entry)).collect();
    if !refusals.is_empty() {
        return Ok(Plan { refusals, ..Plan::default() });
    }
    let records: Vec<&NoteRecord> = chosen.into_iter().map(|(record, _)| record).collect();
    Ok(Plan::of_records(opened, &original, &records, &editor, entry))
}

/// The records that the arguments choose: those named, else those that need an entry, else the only one.
fn chosen<'o>(
    original: &'o Original,
    renewals: &'o [Renewal],
    args: &RefreshArgs,
    opened: &Opened,
) -> Result<Vec<(&'o NoteRecord, &'o Renewal)>, Refusal> {
    let records = &original.reading().records;
    let all: Vec<(&NoteRecord, &Renewal)> = records.iter().zip(renewals).collect();
    if all.is_empty() {
        let help = "Name a file that holds a note; `notegate check -v` lists them.";
        return Err(Refusal::of_file(&opened.shown, "the file holds no record", help));
    }
    if args.which.all_records {
        return Ok(all);
    }
    if !args.which.record.is_empty() {
        let mut chosen = Vec::new();
        for wanted in &args.which.record {
            let found: Vec<_> = all.iter().filter(|(record, _)| is_wanted(wanted, record, original)).copied().collect();
            match found.as_slice() {
                [one] => chosen.push(*one),
                [] => return Err(which(format!("no record is `{wanted}`"), &all, original, opened)),
                _ => return Err(which(format!("several records are `{wanted}`"), &all, original, opened)),
            }
        }
        chosen.sort_by_key(|(record, _)| record.index);
        chosen.dedup_by_key(|(record, _)| record.index);
        return Ok(chosen);
    }
    let due: Vec<_> = all.iter().filter(|(_, renewal)| **renewal == Renewal::Due).copied().collect();
    match (all.len(), due.is_empty()) {
        (1, _) => Ok(all),
        (_, false) => Ok(due),
        (records, true) => {
            let message = format!("the file holds {records} records, and none of them changed without an entry");
            Err(which(message, &all, original, opened))
        }
    }
}

/// The refusal that asks which record is meant.
fn which(message: String, all: &[(&NoteRecord, &Renewal)], original: &Original, opened: &Opened) -> Refusal {
    const NAMED: usize = 10;
    let mut names: Vec<String> = all
        .iter()
        .take(NAMED)
        .map(|(record, renewal)| {
            let done = if matches!(renewal, Renewal::Done(_)) { ", has a new entry" } else { "" };
            format!("{} (line {}{done})", name(record).replace(" / ", "/"), line(original, record))
        })
        .collect();
    if all.len() > NAMED {
        names.push(format!("and {} more", all.len() - NAMED));
    }
    let help = format!("Say which one with --record CUSTOMER/WORKLOAD or --record LINE: {}.", names.join(", "));
    Refusal::of_file(&opened.shown, message, help)
}

/// Whether `wanted` means `record`: a line of it, or its customer and workload, whatever the case.
fn is_wanted(wanted: &str, record: &NoteRecord, original: &Original) -> bool {
    let text = original.text();
    if let Ok(wanted) = wanted.parse::<usize>() {
        let (first, last) = (text.position(record.span.start).line, text.position(record.span.end).line);
        return (first..=last).contains(&wanted);
    }
    let fold = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let part = |field: Option<&String>| fold(field.map_or("", String::as_str));
    let (customer, workload) = (part(record.customer.value()), part(record.workload.value()));
    let wanted = fold(wanted);
    // Either name may hold a `/`.
    wanted.match_indices('/').any(|(at, _)| {
        let (left, right) = wanted.split_at(at);
        left.trim() == customer && right.trim_start_matches('/').trim() == workload
    })
}

/// Why a record gets no entry: it has one for this change.
fn present(
    record: &NoteRecord,
    renewal: &Renewal,
    original: &Original,
    opened: &Opened,
    entry: &NewEntry,
) -> Option<Refusal> {
    let number = match renewal {
        Renewal::Done(number) => *number,
        Renewal::New => renewal::entry_of(record, entry.date, &entry.who)?,
        Renewal::Due | Renewal::Unchanged => return None,
    };
    let span = record.refresh_summary.value().and_then(|entries| entries.get(number)).map_or(record.span, |it| it.span);
    let line = original.text().position(span.start).line;
    Some(Refusal {
        place: format!("{}:{line}", opened.shown),
        message: format!("{} has a new entry already", name(record)),
        help: Some("Edit that entry, if it does not say what changed.".to_owned()),
    })
}

/// The plan for all staged records that need an entry.
fn of_staged(
    source: &Selected<'_>,
    changes: &ChangeSet,
    setup: &Setup,
    engine: &Engine<'_>,
    entry: &NewEntry,
) -> Result<Plan, CliError> {
    let mut due = Due::default();
    engine.run(source, &mut due, &judging::Silent)?;
    let root = changes.work_tree()?.ok_or_else(|| {
        CliError::usage("a bare repository has no files to edit", "Run it in a clone with a work tree.")
    })?;
    let root = root.canonicalize().unwrap_or(root);
    let mut plan = Plan::default();
    let mut loader = source.loader()?;
    for path in source.paths()? {
        let Some((_, numbers)) = due.files.iter().find(|(name, _)| *name == path.display()) else { continue };
        let Content::Bytes(bytes) = loader.load(&path).after else { continue };
        let opened = Opened {
            file: root.join(disk::bytes_path(path.as_bytes())),
            shown: edits::shown(&path, setup.from_here.as_ref()),
            path,
        };
        plan.add(of_staged_file(&opened, &root, bytes, numbers, engine, entry));
    }
    Ok(plan)
}

fn of_staged_file(
    opened: &Opened,
    root: &Path,
    staged: Vec<u8>,
    numbers: &[usize],
    engine: &Engine<'_>,
    entry: &NewEntry,
) -> Plan {
    let refused = |message: &str, help: &str| Plan::refused(Refusal::of_file(&opened.shown, message, help));
    let word = shell::path(Path::new(&opened.shown));
    let rules = engine.config.rules_of(&opened.path);
    let editor = engine.editor(&rules);
    let selection = engine.config.files.documents_of(&opened.path);
    let in_index = match editor.open(staged, selection) {
        Ok(original) => original,
        Err(error) => return Plan::refused(Refusal::of_edit(&opened.shown, 1, &error)),
    };
    // No link on the way to the file is followed.
    let on_disk = match disk::read_below(root, &opened.path, Limits::default().file_bytes) {
        Content::Bytes(bytes) => bytes,
        Content::Absent => {
            return refused("the staged file is no longer on disk", &format!("Restore it with: git restore {word}"));
        }
        Content::Refused(_) | Content::SetAside(_) => match edits::bytes(opened) {
            Err(refusal) => return Plan::refused(refusal),
            Ok(_) => return refused("a symbolic link leads to it, and links are never followed", "Edit it by hand."),
        },
    };
    let original = match editor.open(on_disk, selection) {
        Ok(original) => original,
        Err(error) => return Plan::refused(Refusal::of_edit(&opened.shown, 1, &error)),
    };
    let mut plan = Plan::default();
    let mut chosen: Vec<&NoteRecord> = Vec::new();
    for staged in numbers.iter().filter_map(|number| in_index.reading().records.get(*number)) {
        let Some(record) = engine.twin(&opened.path, original.reading(), staged) else {
            let message = format!("{} is staged and no longer in the file on disk", name(staged));
            plan.refusals.push(Refusal::of_file(
                &opened.shown,
                message,
                format!("Stage the file as it is now: git add {word}"),
            ));
            continue;
        };
        if renewal::has_new_entry(staged, record) {
            let help = format!("Stage it with: git add {}", shell::path(Path::new(&opened.shown)));
            let message = format!("{} has a new entry on disk that is not staged", name(record));
            let place = format!("{}:{}", opened.shown, line(&original, record));
            plan.refusals.push(Refusal { place, message, help: Some(help) });
            continue;
        }
        chosen.push(record);
    }
    chosen.sort_by_key(|record| record.index);
    chosen.dedup_by_key(|record| record.index);
    if plan.refusals.is_empty() && !chosen.is_empty() {
        return Plan::of_records(opened, &original, &chosen, &editor, entry);
    }
    plan
}

/// The records that need an entry, by file and number there.
#[derive(Default)]
struct Due {
    files: Vec<(String, Vec<usize>)>,
}

impl Sink for Due {
    fn file(&mut self, file: &FileReport) -> io::Result<()> {
        let is_due = |record: &&RecordReport| {
            record.findings.iter().any(|finding| !finding.waived && finding.mended_by == Some(MendedBy::Refresh))
        };
        let numbers: Vec<usize> = file.records.iter().filter(is_due).map(|record| record.index).collect();
        if !numbers.is_empty() {
            self.files.push((file.path.clone(), numbers));
        }
        Ok(())
    }

    fn finish(&mut self, _tally: &Tally) -> io::Result<()> {
        Ok(())
    }
}

/// Shows or writes what was planned. Where anything was refused nothing is written.
fn finish(plan: &Plan, args: &RefreshArgs, streams: &mut Streams<'_>) -> Result<Exit, CliError> {
    if !plan.refusals.is_empty() {
        edits::refused(&plan.refusals, Exit::Blocked, streams)?;
        writeln!(streams.error, "  Nothing was written.")?;
        return Ok(Exit::Blocked);
    }
    if plan.drafts.is_empty() {
        writeln!(streams.output, "No staged record needs a new entry.")?;
        return Ok(Exit::Passed);
    }
    if args.diff {
        plan.drafts.iter().try_for_each(|draft| edits::write_diff(draft, streams.output))?;
        return Ok(Exit::Passed);
    }
    if args.stage {
        let unfit: Vec<Refusal> =
            plan.drafts.iter().map(not_stageable).collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect();
        if !unfit.is_empty() {
            edits::refused(&unfit, Exit::Blocked, streams)?;
            writeln!(streams.error, "  Nothing was written.")?;
            return Ok(Exit::Blocked);
        }
    }
    let mut failures = Vec::new();
    let mut written = 0;
    for draft in &plan.drafts {
        if let Err(refusal) = edits::write(draft) {
            failures.push(refusal);
            continue;
        }
        written += 1;
        for line in &draft.told {
            writeln!(streams.output, "{}", escape::line(line))?;
        }
        if args.stage {
            stage::add(&RepoLocation::Environment, &draft.file)
                .map_err(|error| CliError::from(error).with_help("The entry is written, and not staged."))?;
        }
    }
    if failures.is_empty() {
        if args.stage {
            writeln!(streams.output, "Staged {}.", count(written, "file"))?;
        }
        return Ok(Exit::Passed);
    }
    edits::refused(&failures, Exit::Unexamined, streams)
}

/// Why a file cannot be staged after it is written: something that the person has not staged would be staged with it.
fn not_stageable(draft: &Draft) -> Result<Option<Refusal>, CliError> {
    let word = shell::path(Path::new(&draft.shown));
    Ok(match stage::state(&RepoLocation::Environment, &draft.file)? {
        IndexState::Same => None,
        IndexState::Differs => Some(Refusal::of_file(
            &draft.shown,
            "the file has changes that are not staged, and --stage would stage them, too",
            format!("Stage them first (git add {word}), or leave --stage out."),
        )),
        IndexState::Untracked => Some(Refusal::of_file(
            &draft.shown,
            "git does not track the file yet",
            format!("Stage it first (git add {word}), or leave --stage out."),
        )),
    })
}
