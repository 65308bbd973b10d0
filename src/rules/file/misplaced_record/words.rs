//! What is said about something that is nearly a record.

use super::{Like, META, named};
use crate::finding::{Finding, Fix, KeyGroup, Severity, Target};
use crate::record::FieldName;
use crate::record::misplaced::{Bare, Misplaced, NearField, Shape, Site};
use crate::record::{FieldNames, Nearness};
use crate::rules::{FileCase, joined, or_setting};

/// Characters of a key that are quoted.
const QUOTED: usize = 40;

pub(super) fn finding(like: &Like<'_>, case: &FileCase<'_>) -> Finding {
    let names = &case.settings.fields;
    let what = what(like, names);
    let more = match like.others.len() {
        0 => String::new(),
        more => format!(" (and {more} more like it)"),
    };
    let mut help = what.help;
    // Beside a record that has the fields already, no other key can take their names.
    if like.first.site != Site::Beside {
        help.extend(rename(named(like.first), names));
        help.extend(mapping(named(like.first), names));
    }
    help.push("If it is not a record, list the file under `exclude` in notegate.yaml.".to_owned());
    let message = format!("{}{more}", what.message);
    let finding = Finding::new(META.name, Severity::Error, what.place, message).with_help(help.join(" "));
    Finding { fix: fix(like, names), ..finding }
}

/// The right keys, where nothing but their case, their style, a plural or a slip of the pen is wrong; where other keys are
/// told, a person has to say whether they mean the fields.
fn fix(like: &Like<'_>, names: &FieldNames) -> Option<Fix> {
    let is_near = |field: &NearField| {
        matches!(field.nearness, Nearness::Exact | Nearness::Style | Nearness::Plural | Nearness::Slip)
    };
    let is_in_place = |it: &Misplaced| {
        let is_read_there = matches!(it.site, Site::Document | Site::Required);
        is_read_there && it.shape == Shape::Fields && it.by_synonyms.is_empty() && it.fields.iter().all(is_near)
    };
    let group = |it: &Misplaced| KeyGroup {
        span: it.span,
        keys: wrong(&it.fields).map(|field| (field.written.span, names.key(field.meant).to_owned())).collect(),
    };
    let all = std::iter::once(like.first).chain(like.others.iter().copied());
    let groups: Vec<KeyGroup> = all.filter(|it| is_in_place(it)).map(group).collect();
    let is_any = groups.iter().any(|group| !group.keys.is_empty());
    if is_any {
        return Some(Fix::RenameKeys(groups));
    }
    let doubtful = wrong(named(like.first)).next()?;
    let why = format!(
        "only the writer knows whether `{}` is meant as the field `{}`",
        quoted(&doubtful.written.value),
        names.key(doubtful.meant)
    );
    Some(Fix::ByHand { why })
}

struct What {
    place: Target,
    message: String,
    help: Vec<String>,
}

fn what(like: &Like<'_>, names: &FieldNames) -> What {
    let misplaced = like.first;
    let here = Target::Bytes(misplaced.span);
    let entitlements = names.key_of("entitlements");
    let under = misplaced.under.as_ref();
    match (misplaced.shape, misplaced.site) {
        (Shape::Text, _) => What {
            place: here,
            message: "this looks like a record, but YAML reads it as one text without fields".to_owned(),
            help: vec![
                "Write each field on its own line, with a colon and a space after its key and without quotes or `|` \
                 around the whole."
                    .to_owned(),
            ],
        },
        (Shape::Group, _) => What {
            place: here,
            message: "this looks like a record, but its keys are not those of fields".to_owned(),
            help: vec![format!(
                "Write {} as the keys of the customer, the workload, the status and the note.",
                listed(names, OF_A_RECORD, "")
            )],
        },
        (Shape::Prose, _) => What {
            place: here,
            message: "this reads like a note, but it has no fields and is not judged".to_owned(),
            help: vec![format!(
                "Write it as a record, with {} on lines of their own.",
                listed(names, OF_A_RECORD, ": …")
            )],
        },
        (Shape::Table | Shape::Row, _) => What {
            place: here,
            message: "this looks like a table of records, and tables are not read".to_owned(),
            help: vec![format!(
                "Write each row as a record: an item of a list that begins with `- `, with the name of each column as a \
                 key, such as `{}: …`.",
                names.key(FieldName::Note)
            )],
        },
        (Shape::Bare(bare), _) => What {
            place: under.map_or(here, |under| Target::Bytes(under.span)),
            message: format!("`{entitlements}` must be a list of records, found {}", described(bare)),
            help: vec![format!(
                "Begin each record under `{entitlements}` with `- `, and give it its own {}.",
                listed(names, OF_AN_ENTITLEMENT, "")
            )],
        },
        (Shape::Spread, _) => What {
            place: here,
            message: "this looks like a record whose fields are the items of a list".to_owned(),
            help: vec!["Write each field on a line of its own, as its key, a colon and its value, with `- ` before the first field \
                 only.".to_owned()],
        },
        (Shape::Fields, Site::Entitlements) => match under.filter(|under| under.value != entitlements) {
            Some(under) => What {
                place: Target::Bytes(under.span),
                message: format!(
                    "the records under `{}` are not read, because the key must be `{entitlements}`",
                    quoted(&under.value)
                ),
                help: vec![format!("Write `{entitlements}` in place of `{}`.", quoted(&under.value)), as_list(names)],
            },
            None => What {
                place: here,
                message: format!("this record under `{entitlements}` is not read"),
                help: if !misplaced.is_in_list {
                    vec![as_list(names)]
                } else if wrong(named(misplaced)).next().is_none() {
                    vec![to_the_start(names)]
                } else {
                    Vec::new()
                },
            },
        },
        (Shape::Fields, Site::Nested | Site::InRecord) => What {
            place: here,
            message: match under {
                Some(under) => {
                    format!("this looks like a record, but no records are read under `{}`", quoted(&under.value))
                }
                None => "this looks like a record, but no records are read here".to_owned(),
            },
            help: vec![format!(
                "Write it at the start of the file, as an item of a list there, or as an item of the list under \
                 `{entitlements}`."
            )],
        },
        (Shape::Fields, Site::Beside) => second(misplaced, entitlements),
        (Shape::Fields, Site::Required | Site::Document) => {
            What { place: here, message: keys_not_read(named(misplaced)), help: Vec::new() }
        }
    }
}

/// What is said about a second record beside the fields of one.
fn second(misplaced: &Misplaced, entitlements: &str) -> What {
    let note = named(misplaced).iter().find(|field| field.meant == FieldName::Note);
    What {
        place: Target::Bytes(misplaced.span),
        message: match note {
            Some(note) => {
                format!("`{}` is a second note beside this record, and is not judged", quoted(&note.written.value))
            }
            None => "a second record beside this one is not judged".to_owned(),
        },
        help: vec![format!(
            "Write it as a record of its own, or as an item of the list under `{entitlements}`; delete it if it says the \
             same."
        )],
    }
}

fn described(bare: Bare) -> &'static str {
    match bare {
        Bare::One => "a single value",
        Bare::List => "a list of single values",
        Bare::Group => "single values under keys",
    }
}

fn as_list(names: &FieldNames) -> String {
    format!(
        "Make the records under `{}` a list: begin each with `- `, and write the name that it is kept under as a field \
         (`{}: …`).",
        names.key_of("entitlements"),
        names.key(FieldName::Workload)
    )
}

const OF_A_RECORD: [FieldName; 4] = [FieldName::Customer, FieldName::Workload, FieldName::Status, FieldName::Note];
const OF_AN_ENTITLEMENT: [FieldName; 4] =
    [FieldName::Workload, FieldName::Status, FieldName::Note, FieldName::RefreshSummary];

/// The keys of some fields, each with what follows it.
fn listed(names: &FieldNames, fields: [FieldName; 4], then: &str) -> String {
    joined(&fields.map(|field| format!("`{}{then}`", names.key(field))), "and")
}

fn to_the_start(names: &FieldNames) -> String {
    format!(
        "Move `{}` with its `{}` to the start of the file, or of a document of its own (after a line `---`): they are not \
         read inside another list or group.",
        names.key(FieldName::Customer),
        names.key_of("entitlements")
    )
}

fn wrong(fields: &[NearField]) -> impl Iterator<Item = &NearField> {
    fields.iter().filter(|field| field.nearness != Nearness::Exact)
}

/// Which key to write in place of which.
fn rename(fields: &[NearField], names: &FieldNames) -> Option<String> {
    let renamed: Vec<String> = wrong(fields)
        .map(|field| format!("`{}` in place of `{}`", names.key(field.meant), quoted(&field.written.value)))
        .collect();
    let are_foreign = wrong(fields).any(|field| !field.written.value.is_ascii());
    let foreign = if are_foreign { " Retype the keys: letters of other alphabets may look the same." } else { "" };
    let setting: String =
        wrong(fields).map(|field| or_setting(names, field.meant, &quoted(&field.written.value))).collect();
    (!renamed.is_empty()).then(|| format!("Write {}.{foreign}{setting}", joined(&renamed, "and")))
}

/// The setting with which all notes may keep their other words for the fields.
fn mapping(fields: &[NearField], names: &FieldNames) -> Option<String> {
    let is_unset = fields.iter().all(|field| names.key(field.meant) == field.meant.key());
    let has_synonyms = fields.iter().any(|field| field.nearness.is_synonym());
    let entries: Vec<String> =
        wrong(fields).map(|field| format!("{}: {}", field.meant.key(), plain(&field.written.value))).collect();
    (is_unset && has_synonyms).then(|| {
        format!(
            "Where all notes are written with these keys, set `fields: {{{}}}` in notegate.yaml instead.",
            entries.join(", ")
        )
    })
}

/// A key as YAML takes it inside a group of fields.
fn plain(key: &str) -> String {
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '_' | '-');
    if key.chars().all(is_word) && key.starts_with(char::is_alphabetic) && key.trim() == key {
        quoted(key)
    } else {
        format!("\"{}\"", quoted(key).replace('\\', "\\\\").replace('"', "\\\""))
    }
}

fn keys_not_read(fields: &[NearField]) -> String {
    let keys: Vec<String> = wrong(fields).map(|field| format!("`{}`", quoted(&field.written.value))).collect();
    match keys.as_slice() {
        [] => "this looks like a record, but is not read as one".to_owned(),
        [only] => format!("this looks like a record, but {only} is not the key of a field"),
        all => format!("this looks like a record, but {} are not the keys of fields", joined(all, "and")),
    }
}

fn quoted(key: &str) -> String {
    let mut chars = key.chars();
    let start: String = chars.by_ref().take(QUOTED).collect();
    if chars.next().is_some() { format!("{start}…") } else { start }
}
