//! The file that a new record is written to.

use super::{Desk, Names, Text, is_in_repository, record};
use crate::cli::args::NewArgs;
use crate::cli::edits::{self, Draft, Refusal};
use crate::cli::{CliError, Exit, Streams};
use crate::edit::{self, Edited, NewRecord};
use crate::engine::writing::record_of;
use crate::engine::{refusal_help, refusal_message};
use crate::finding::Severity;
use crate::placement::{self, NoPlace, Place, Wanted};
use crate::record::{NoteRecord, Selection};
use crate::report::escape;
use crate::report::model::{FindingReport, RecordReport};
use crate::shell;
use crate::source::disk::{self, in_real_folder};
use crate::source::{Content, NotePath, ignored};
use crate::yaml::Limits;
use std::fs;
use std::path::{Path, PathBuf};

/// A file and what it is to hold.
struct Target {
    place: Place,
    file: PathBuf,
    shown: String,
    /// What it holds; nothing when it is new.
    before: Option<Vec<u8>>,
}

/// The text of the file with the record in it.
struct Made {
    text: String,
    /// The number of the new record in it.
    index: Option<usize>,
}

impl Made {
    fn of(edited: &Edited) -> Self {
        Self { text: edited.text().to_owned(), index: edited.added().map(|added| added.index) }
    }
}

type Outcome<T> = Result<Result<T, Refusal>, CliError>;

/// Writes the record, or prints it, as the arguments ask; a record that may not be committed is refused.
pub(super) fn write(
    text: &Text,
    names: &Names,
    args: &NewArgs,
    desk: &Desk<'_>,
    streams: &mut Streams<'_>,
) -> Outcome<Exit> {
    let target = match target(names, args, desk) {
        Ok(target) => target,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let rules = desk.setup.config.rules_of(&target.place.path);
    let record = &record(&rules.settings.fields, names, text);
    let made = match made(record, &target, desk) {
        Ok(made) => made,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let files = desk.engine.judged_with(desk.listing, &target.place.path, made.text.clone().into_bytes())?;
    let Some(report) = made.index.and_then(|index| record_of(&files, index)) else {
        return Ok(Err(Refusal::of_file(
            &target.shown,
            "the record would not be read there",
            "Name another file with --output.",
        )));
    };
    tell(report, streams)?;
    if report.blocked {
        let advice = "Say what is missing, and run it again";
        return Ok(Err(Refusal::of_file(
            &target.shown,
            "a record like this may not be committed",
            format!("{advice}."),
        )));
    }
    if args.print {
        let alone = match desk.engine.editor(&rules).new_file(record, selection(&target, desk), None) {
            Ok(alone) => alone,
            Err(error) => return Ok(Err(Refusal::of_edit(&target.shown, 1, &error))),
        };
        streams.output.write_all(escape::block(alone.text()).as_bytes())?;
        return Ok(Ok(Exit::Passed));
    }
    let draft = Draft {
        file: target.file.clone(),
        shown: target.shown.clone(),
        before: target.before.clone().unwrap_or_default(),
        after: made.text,
        told: Vec::new(),
    };
    if args.diff {
        edits::write_diff(&draft, streams.output)?;
        return Ok(Ok(Exit::Passed));
    }
    if let Err(refusal) = put(&target, &draft) {
        refusal.tell(streams)?;
        writeln!(streams.error, "  Nothing was written.")?;
        return Ok(Ok(Exit::Unexamined));
    }
    let grade = report.grade.name();
    let said = format!(
        "{}:{}: added {} / {} ({}), a {grade} note",
        target.shown, report.line, names.customer, names.workload, names.status
    );
    writeln!(streams.output, "{}", escape::line(&said))?;
    if is_in_repository(desk) {
        let (file, subject) = (
            shell::path(Path::new(&target.shown)),
            format!("{} / {}: {}", names.customer, names.workload, names.status),
        );
        let next = format!("Next: git add {file} && git commit -m {}", shell::quoted(&subject));
        writeln!(streams.output, "{}", escape::line(&next))?;
    }
    Ok(Ok(Exit::Passed))
}

/// Says what the rules found in the new record.
fn tell(report: &RecordReport, streams: &mut Streams<'_>) -> Result<(), CliError> {
    for FindingReport { severity, message, help, rule, .. } in report.findings.iter().filter(|it| !it.waived) {
        if *severity == Severity::Info && !report.blocked {
            continue;
        }
        writeln!(streams.error, "{}: {} [{rule}]", severity.name(), escape::line(message))?;
        if let Some(help) = help {
            writeln!(streams.error, "  help: {}", escape::line(help))?;
        }
    }
    Ok(())
}

fn selection(target: &Target, desk: &Desk<'_>) -> Selection {
    desk.setup.config.files.documents_of(&target.place.path)
}

/// The file for the record: the one that the arguments name, else one that the repository suggests.
fn target(names: &Names, args: &NewArgs, desk: &Desk<'_>) -> Result<Target, Refusal> {
    let root = &desk.setup.root;
    let identity = desk.engine.identity(&names.customer, &names.workload);
    let wanted = Wanted { customer: &names.customer, workload: &names.workload, identity: &identity };
    let files = &desk.setup.config.files;
    let place = match &args.output {
        Some(named) => named_place(named, desk)?,
        None => placement::place(&desk.known, wanted, files).map_err(|error| no_place(error, desk))?,
    };
    let shown = edits::shown(&place.path, desk.setup.from_here.as_ref());
    let file = root.join(disk::bytes_path(place.path.as_bytes()));
    let refused = |message: &str, help: &str| Err(Refusal::of_file(&shown, message, help));
    if file.is_dir() {
        let name = placement::file_name(&names.customer);
        let example = shell::path(&Path::new(&shown).join(name));
        return refused("it is a folder", &format!("Name the file in it, such as {example}."));
    }
    if !files.selects(&place.path) {
        return refused(
            "the configuration does not look for notes there",
            "Name a file that `include` in notegate.yaml matches and `exclude` does not.",
        );
    }
    let above = file.ancestors().skip(1).take_while(|folder| *folder != root);
    for folder in above {
        if folder.symlink_metadata().is_ok_and(|metadata| !metadata.is_dir()) {
            return refused("a folder on the way to it is a link or a file", "Name another file with --output.");
        }
        if folder.join(".git").symlink_metadata().is_ok() {
            return refused("it lies in another repository", "Run the command there.");
        }
    }
    if is_in_repository(desk) && ignored::is_ignored(root, &place.path) {
        return refused("git ignores it", "Name another file with --output, or change .gitignore.");
    }
    let before = match disk::read_below(root, &place.path, Limits::default().file_bytes) {
        Content::Bytes(bytes) => Some(bytes),
        Content::Absent => None,
        Content::Refused(refusal) if file.symlink_metadata().is_ok() => {
            return refused(&refusal_message(&refusal), refusal_help(&refusal));
        }
        Content::Refused(_) | Content::SetAside(_) => None,
    };
    Ok(Target { place, file, shown, before })
}

/// The place that `--output` names.
fn named_place(named: &Path, desk: &Desk<'_>) -> Result<Place, Refusal> {
    let shown = named.display().to_string();
    let real = |folder: &Path| folder.canonicalize().unwrap_or_else(|_| folder.to_path_buf());
    let file = in_real_folder(&disk::lexically_plain(&desk.environment.folder.join(named)));
    let outside = || Refusal::of_file(&shown, "it lies outside of the repository or folder", "Name a file inside it.");
    let inside = file.strip_prefix(&desk.setup.root).or_else(|_| file.strip_prefix(real(&desk.setup.root)));
    let inside = inside.map_err(|_| outside())?;
    let path = NotePath::from_bytes(disk::path_bytes(inside));
    let like = desk.known.iter().find(|known| known.path == path).or_else(|| desk.known.first());
    Ok(Place { like: like.map(|known| known.path.clone()), path })
}

fn no_place(error: NoPlace, desk: &Desk<'_>) -> Refusal {
    match error {
        NoPlace::OtherCustomer { path, customer } => Refusal::of_file(
            &edits::shown(&path, desk.setup.from_here.as_ref()),
            format!("the name of the file fits, and it is the file of {customer}"),
            "Name another file with --output.",
        ),
        NoPlace::NotIncluded => Refusal {
            place: "notegate.yaml".to_owned(),
            message: "no place for the record can be found that `include` matches".to_owned(),
            help: Some("Name one with --output.".to_owned()),
        },
    }
}

/// The file with the record in it.
fn made(record: &NewRecord, target: &Target, desk: &Desk<'_>) -> Result<Made, Refusal> {
    let rules = desk.setup.config.rules_of(&target.place.path);
    let editor = desk.engine.editor(&rules);
    let refused = |error| Refusal::of_edit(&target.shown, 1, &error);
    if let Some(bytes) = &target.before {
        let original = editor.open(bytes.clone(), selection(target, desk)).map_err(refused)?;
        return editor.add_record(&original, record).map(|edited| Made::of(&edited)).map_err(refused);
    }
    let like = target.place.like.as_ref().and_then(|path| {
        let Content::Bytes(bytes) = disk::read_below(&desk.setup.root, path, Limits::default().file_bytes) else {
            return None;
        };
        editor.open(bytes, desk.setup.config.files.documents_of(path)).ok()
    });
    let new = editor.new_file(record, selection(target, desk), like.as_ref()).map_err(refused)?;
    if !like.is_some_and(|like| like.text().as_str().contains("\r\n")) {
        return Ok(Made::of(&new));
    }
    let text = new.text().replace('\n', "\r\n");
    let again = editor.open(text.clone().into_bytes(), selection(target, desk)).map_err(refused)?;
    let says = |record: &NoteRecord| {
        [&record.customer, &record.workload, &record.status, &record.note].map(|it| it.value().cloned())
    };
    let is_same = new.reading().records.iter().map(says).eq(again.reading().records.iter().map(says));
    Ok(if is_same { Made { text, index: Made::of(&new).index } } else { Made::of(&new) })
}

/// Puts the file on disk.
fn put(target: &Target, draft: &Draft) -> Result<(), Refusal> {
    if target.before.is_some() {
        return edits::write(draft);
    }
    let system = |error: std::io::Error| {
        let message = format!("it could not be written: {}", disk::without_number(&error.to_string()));
        Refusal::of_file(&target.shown, message, "Check that you may write in the folder.")
    };
    if let Some(folder) = target.file.parent() {
        fs::create_dir_all(folder).map_err(system)?;
    }
    edit::create(&target.file, draft.after.as_bytes())
        .map_err(|error| Refusal::of_file(&target.shown, error.to_string(), error.help()))
}
