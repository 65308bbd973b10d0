//! Every fixture with every edit, in other line endings and encodings of its end: what is made is right, and what is refused
//! says why. Nothing here asks the proof: the texts are compared anew.

use super::*;
use crate::config::load;
use crate::record::history::says;
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The YAML and JSON files of the fixtures.
fn fixtures() -> Vec<(PathBuf, String)> {
    fn below(folder: &Path, files: &mut Vec<PathBuf>) {
        let mut entries: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        entries.sort();
        for path in entries {
            match path.extension().and_then(|ending| ending.to_str()) {
                _ if path.is_dir() => below(&path, files),
                Some("yaml" | "yml" | "json") => files.push(path),
                _ => {}
            }
        }
    }
    let mut files = Vec::new();
    below(&Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures"), &mut files);
    let text = |path: PathBuf| Some((path.clone(), fs::read_to_string(path).ok()?));
    files.into_iter().filter_map(text).collect()
}

/// Shapes that the fixtures have too few of.
const SHAPES: [&str; 12] = [
    "{\"customer\": \"C\", \"workload\": \"Teams\", \"status\": \"blocked\", \"note\": \"a  b\", \"refresh_summary\": []}",
    "[\n  {\n    \"customer\": \"C\",\n    \"workload\": \"Teams\",\n    \"Status\": \"blocked\",\n    \"note\": \"a\",\n    \
     \"refresh_summary\": [\n      {\n        \"date\": \"2020-01-01\",\n        \"who_changed\": \"B\",\n        \
     \"what_changed\": \"c\"\n      }\n    ]\n  }\n]\n",
    "- {customer: C, workload: Teams, status: blocked, note: \"a\u{200b}b\", refresh_summary: [{date: 1/1/2020}, {date: 2021-01-01}]}\n",
    "customer: C\nentitlements:\n- workload: Teams\n  status: blocked\n  note: >\n    a\n    b\n\n  refresh_summary:\n  -   date: 2020-01-01\n  # c\n  -   date: 2021-01-01\nowner: B\n",
    "note: |+\n  a\n\n\nstatus: blocked\nworkload: Teams\ncustomer: C\n",
    "customer: C\nworkload: Teams\nstatus: blocked\nrefresh_summary:\nnote: |+\n  a\n\n\n",
    "---\n# one\ncustomer: C\nworkload: Teams\nstatus: 'blocked' # s\n\"note\": 'it''s  a'\nrefresh_summary: ~ # none\n...\n---\ncustomer: D\nworkload: Teams\nnote: b\nstatus: Blocked\n",
    "customer: 漢字 🙂\nworkload: Teams\nstatus: \"blo\\x63ked\"\nnote: \"caf\\u00e9\\u200b \\\n  b\"\nrefresh_summary:\n    - {date: 2020-01-01,\n       who_changed: B}\n",
    "? customer\n: C\nworkload: Teams\nstatus: blocked\nnote: a\n",
    "customer: C\nworkload: Teams\nstatus:\n  blocked\nnote:\n  a b\n  c\nrefresh_summary:\n  -\n    date: 2020-01-01\n    what_changed: >-\n      x\n      y\n\n  -\n    date: 2021-01-01\n",
    "customer: C\nworkload: Teams\nstatus: blocked\nnote: a\nrefresh_summary: [\n  ]\n",
    "customer: C\nworkload: Teams\nnote: a\nstatus: blocked\nrefresh_summary:\n- date: 2020-01-01\n  what_changed: |+\n    x\n\n- date: 2021-01-01\n",
];

/// A text as it is, with other line endings, with a byte order mark, and without its last line ending.
fn variants(text: &str) -> Vec<String> {
    let mut variants = vec![text.to_owned(), text.replace("\r\n", "\n").replace('\n', "\r\n")];
    if !text.starts_with('\u{feff}') {
        variants.push(format!("\u{feff}{text}"));
    }
    variants.push(text.trim_end_matches(['\r', '\n']).to_owned());
    variants
}

/// Every edit that can be asked for of a record.
fn edits(record: &NoteRecord, original: &Original) -> Vec<Edit> {
    let mut edits = some_edits(record);
    edits.push(Edit::InsertKey { key: "region_of".to_owned(), value: "North: West".to_owned(), after: None });
    let after = Some("status".to_owned());
    edits.push(Edit::InsertKey { key: "region_of".to_owned(), value: "42".to_owned(), after });
    for field in FieldName::ALL {
        let spans = record.spans_of(field);
        if let Some(key) = spans.key {
            edits.push(Edit::RenameKey { key, to: "region_of".to_owned() });
        }
        let text = spans.value.map(|value| original.text().slice(value)).unwrap_or_default();
        if let Some(value) = spans.value.filter(|_| !text.starts_with(['{', '[', '-'])) {
            edits.push(Edit::SetScalar { value, to: "In Progress: #1, 'x'".to_owned() });
        }
    }
    edits
}

/// Those that write or move most.
fn some_edits(record: &NoteRecord) -> Vec<Edit> {
    let waiver = Edit::AddWaiver { rule: "hedging".to_owned(), reason: "legal asked: \"so\"".to_owned() };
    let mut edits = vec![Edit::AddEntry(new_entry()), Edit::NewestFirst, waiver];
    if let Some(note) = record.note.value().filter(|note| !note.is_empty()) {
        let part = |(at, c): (usize, char)| TextPart { at: NoteSpan::new(at..at + c.len_utf8()), with: "o".to_owned() };
        let parts = note.char_indices().filter(|(_, c)| *c == 'e').map(part).collect();
        edits.push(Edit::ReplaceText { value: record.note.value_span().unwrap(), parts });
    }
    edits
}

/// What an edit did, checked by the texts and the records alone.
#[track_caller]
fn check(before: &Original, after: &Edited, record: usize, edit: &Edit) {
    let (old, new) = (before.text().as_str(), after.text());
    let (was, is) = (&before.reading().records, &after.reading().records);
    assert_eq!(was.len(), is.len(), "{edit:?} in\n{old}");
    for (was, is) in was.iter().zip(is).filter(|(was, _)| was.index != record) {
        assert_eq!((was.heading(), says(was)), (is.heading(), says(is)), "{edit:?} in\n{old}");
    }
    // Every byte before the record, and every one after the line in which it ends.
    let span = was[record].span;
    let (head, _) = old.split_at(span.start);
    let rest = old.split_at(span.end).1;
    let (_, tail) = rest.split_at(rest.find(['\r', '\n']).unwrap_or(rest.len()));
    assert!(new.starts_with(head) && new.ends_with(tail), "{edit:?} in\n{old}\n{new}");
    assert_eq!(old.ends_with(['\r', '\n']), new.ends_with(['\r', '\n']), "{edit:?} in\n{old}\n{new}");
    let lone = |text: &str| text.replace("\r\n", "").contains('\n');
    assert!(lone(old) || !lone(new) || !old.contains("\r\n"), "{edit:?} mixes line endings in\n{old:?}\n{new:?}");
    let (was, is) = (&was[record], &is[record]);
    match edit {
        Edit::AddEntry(entry) => {
            let (old, new) = (was.refresh_summary.value().map_or(0, Vec::len), is.refresh_summary.value().unwrap());
            assert_eq!(new.len(), old + 1);
            let is_added = |it: &&record::RefreshEntry| {
                it.date.value().and_then(|date| date.day) == Some(entry.date)
                    && it.who_changed.value() == Some(&entry.who)
                    && it.what_changed.value() == Some(&entry.what)
            };
            assert_eq!(new.iter().filter(is_added).count(), 1);
        }
        Edit::SetScalar { to, .. } => {
            let fields = [is.customer.value(), is.workload.value(), is.status.value(), is.note.value()];
            let is_date = is.date.value().is_some_and(|date| date.written == *to);
            let is_none = is.waivers.key_span().is_some() || is.refresh_summary.key_span().is_some();
            assert!(fields.contains(&Some(to)) || is_date || is_none, "{new}");
        }
        Edit::NewestFirst => {
            let days: Vec<_> =
                is.refresh_summary.value().unwrap().iter().map(|it| it.date.value().unwrap().day).collect();
            assert!(days.is_sorted_by(|one, other| one >= other), "{new}");
        }
        Edit::AddWaiver { rule, reason } => {
            let (old, new) = (was.waivers.value().map_or(0, Vec::len), is.waivers.value().unwrap());
            assert_eq!(new.len(), old + 1);
            let last = new.last().unwrap();
            assert_eq!((last.rule.value(), last.reason.value()), (Some(rule), Some(reason)));
        }
        Edit::ReplaceText { .. } => {
            assert_eq!(*is.note.value().unwrap(), was.note.value().unwrap().replace('e', "o"));
        }
        Edit::RenameKey { .. } | Edit::InsertKey { .. } => assert!(new.contains("region_of")),
    }
}

#[test]
fn every_fixture_with_every_edit() {
    let files = fixtures();
    assert!(files.len() > 250, "{}", files.len());
    let texts = files.into_iter().map(|(_, text)| text).chain(SHAPES.map(str::to_owned));
    let mut made: BTreeMap<&'static str, (usize, usize)> = BTreeMap::new();
    let mut refused: BTreeMap<String, usize> = BTreeMap::new();
    with_quick_editor(|editor| {
        // Each as it is, and in one of the other forms by turns.
        let forms = texts.enumerate().flat_map(|(number, text)| {
            let wanted = move |variant: usize| variant == 0 || variant == 1 + number % 3;
            variants(&text).into_iter().enumerate().filter(move |(variant, _)| wanted(*variant))
        });
        for (variant, text) in forms {
            let Ok(original) = editor.open(text.into_bytes(), Selection::Likely) else { continue };
            for record in original.reading().records.iter().take(2) {
                let edits = if variant == 0 { edits(record, &original) } else { some_edits(record) };
                for edit in edits {
                    let (count, all) = made.entry(name(&edit)).or_default();
                    *all += 1;
                    match editor.edit(&original, &[RecordEdit { record: record.index, edit: edit.clone() }]) {
                        Ok(edited) => {
                            *count += 1;
                            check(&original, &edited, record.index, &edit);
                        }
                        Err(error) => *refused.entry(format!("{}: {error}", name(&edit))).or_default() += 1,
                    }
                }
            }
        }
    });
    // Renaming, inserting and replacing at will make many records worse, which is refused; an entry does not.
    for (edit, least) in
        [("AddEntry", 90), ("ReplaceText", 40), ("SetScalar", 20), ("InsertKey", 90), ("AddWaiver", 80)]
    {
        let (count, all) = made[edit];
        assert!(count * 100 >= all * least, "{edit}: {count} of {all}\n{refused:#?}");
    }
    let unproven: usize =
        refused.iter().filter(|(why, _)| why.contains("would also change")).map(|(_, count)| count).sum();
    let all: usize = made.values().map(|(_, all)| all).sum();
    assert!(unproven * 100 <= all * 2, "{unproven} of {all}\n{refused:#?}");
}

fn name(edit: &Edit) -> &'static str {
    match edit {
        Edit::AddEntry(_) => "AddEntry",
        Edit::RenameKey { .. } => "RenameKey",
        Edit::SetScalar { .. } => "SetScalar",
        Edit::ReplaceText { .. } => "ReplaceText",
        Edit::InsertKey { .. } => "InsertKey",
        Edit::NewestFirst => "NewestFirst",
        Edit::AddWaiver { .. } => "AddWaiver",
    }
}

#[test]
fn every_fixture_is_mended_once() {
    with_fixing_editor(|editor| {
        let texts = fixtures().into_iter().map(|(_, text)| text).chain(SHAPES.map(str::to_owned));
        let mut mended = 0;
        for text in texts.flat_map(|text| variants(&text).into_iter().take(2)) {
            let Ok(original) = editor.open(text.clone().into_bytes(), Selection::Likely) else { continue };
            let first = editor.mend(original, Some(&new_entry()));
            mended += first.done.len();
            let after = first.file.text().as_str().to_owned();
            let again = editor.mend(first.file, Some(&new_entry()));
            assert_eq!(again.done, [], "{text}\n{after}");
            assert_eq!(again.file.text().as_str(), after);
            assert_eq!(text.ends_with(['\r', '\n']), after.ends_with(['\r', '\n']), "{text}");
        }
        assert!(mended > 200, "{mended}");
    });
}

/// An editor without the second reader, which takes longest and changes no text.
fn with_quick_editor<T>(work: impl FnOnce(&Editor<'_>) -> T) -> T {
    with_config(&load(b"second_reader: off".to_vec(), "notegate.yaml").unwrap(), work)
}

/// An editor that asks the rules that only find what can be mended, too.
fn with_fixing_editor<T>(work: impl FnOnce(&Editor<'_>) -> T) -> T {
    let config = load(b"second_reader: off".to_vec(), "notegate.yaml").unwrap();
    let levels = config.levels.clone().for_fixing();
    with_config(&Config { levels, ..config }, work)
}

#[test]
fn no_fix_changes_a_word() {
    // Some letters of Korean are drawn as nothing.
    let is_seen = |c: &char| c.is_alphanumeric() && !matches!(c, '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}');
    let words = |text: &str| -> String { text.chars().filter(is_seen).collect() };
    with_fixing_editor(|editor| {
        for (path, text) in fixtures() {
            let Ok(original) = editor.open(text.clone().into_bytes(), Selection::Likely) else { continue };
            let notes = |file: &Original| -> Vec<String> {
                let notes = file.reading().records.iter().filter_map(|record| record.note.value());
                notes.map(|note| words(note)).collect()
            };
            let before = notes(&original);
            let after = editor.mend(original, Some(&new_entry())).file;
            for note in &before {
                assert!(notes(&after).contains(note), "{}: {note:?}", path.display());
            }
        }
    });
}

#[test]
fn a_large_file_takes_time_in_proportion() {
    let file = |records: usize| -> String {
        (0..records)
            .map(|number| {
                format!("- customer: C{number}\n  workload: Teams\n  status: blocked\n  note: Unable to deploy because proxy {number} drops UDP 3478.\n")
            })
            .collect()
    };
    let time = |records: usize| {
        with_fixing_editor(|editor| {
            let original = editor.open(file(records).into_bytes(), Selection::Likely).unwrap();
            let start = std::time::Instant::now();
            let mended = editor.mend(original, Some(&new_entry()));
            assert_eq!((mended.done.len(), mended.refused.len()), (2 * records, 0));
            start.elapsed()
        })
    };
    let best = |records: usize| (0..2).map(|_| time(records)).min().unwrap();
    let (small, large) = (best(25), best(200));
    assert!(large < small * 24, "8 times the records took {large:?} after {small:?}");
}

/// One line of a record, or several, in one of the ways in which people write it.
fn fragment(key: &'static str, value: &'static str) -> impl Strategy<Value = String> {
    let keys = prop_oneof![Just(key.to_owned()), Just(format!("\"{key}\"")), Just(format!("'{key}' "))];
    let values = prop_oneof![
        Just(value.to_owned()),
        Just(format!("'{value}'")),
        Just(format!("\"{value}\"")),
        Just(format!("  {value}   # why")),
        Just(format!(">-\n  {value}")),
        Just(format!("|\n   {value}\n")),
        Just(format!("|2+\n  {value}\n\n")),
        Just(format!("\n  {value}\n# c")),
        Just(format!("# c\n\n  '{value}'")),
        Just(format!("\"{value} \\\n  and more\"")),
        Just(String::new()),
        Just("~".to_owned()),
    ];
    (keys, values, prop_oneof![Just(""), Just("\n"), Just("# between\n")])
        .prop_map(|(key, value, after)| format!("{key}: {value}\n{after}"))
}

/// A list of entries, or what stands in its place.
fn entries() -> impl Strategy<Value = String> {
    let item = prop_oneof![
        Just("- {date: 2020-03-01, who_changed: B}"),
        Just("-   date: '2021-03-01' # d\n    what_changed: >-\n      x\n\n      y"),
        Just("-\n  date: 03/20/2022\n  who_changed: \"B\"\n"),
        Just("- who_changed: B\n  date: 2019-01-01\n  what_changed: |+\n    x\n"),
    ];
    let block = (0usize..5, prop::collection::vec(item, 1..4), prop_oneof![Just(""), Just("# c\n")]).prop_map(
        |(indent, items, head)| {
            let pad = " ".repeat(indent);
            let lines: String = items.join("\n").lines().map(|line| format!("{pad}{line}\n")).collect();
            format!("refresh_summary:\n{head}{lines}")
        },
    );
    let brackets = prop_oneof![
        Just("[]"),
        Just("[ ] # none"),
        Just("~"),
        Just(""),
        Just("[{date: 2020-03-01}, {date: 2021-03-01},]"),
        Just("\n  [\n    {\"date\": \"2020-03-01\" , \"who_changed\" : \"B\"}\n    , {date: 2021-03-01}\n  ]"),
    ];
    prop_oneof![block, brackets.prop_map(|list| format!("refresh_summary: {list}\n")), Just(String::new())]
}

proptest! {
    // Each case makes some twenty edits, and each is proved.
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn records_in_any_layout(
        customer in fragment("customer", "Contoso"),
        workload in fragment("workload", "Teams"),
        status in fragment("status", "blocked"),
        note in fragment("note", "Unable to deploy because the proxy drops UDP."),
        entries in entries(),
        order in Just([0usize, 1, 2, 3, 4]).prop_shuffle(),
        shape in 0usize..4,
        ending in 0usize..4,
    ) {
        let parts = [customer, workload, status, note, entries];
        let record: String = order.iter().map(|at| parts[*at].as_str()).collect();
        let item = |record: &str| -> String {
            let lines = record.lines().enumerate();
            lines.map(|(at, line)| format!("{}{line}\n", if at == 0 { "- " } else { "  " })).collect()
        };
        let text = match shape {
            0 => record,
            1 => format!("# first\n---\n{record}---\ncustomer: D\nworkload: Teams\nstatus: Blocked\nnote: b\n"),
            2 => format!("{}- customer: D\n  workload: Teams\n  status: Blocked\n  note: b\n", item(&record)),
            _ => format!("owner: B\nentitlements:\n{}customer: E\n", item(&record)),
        };
        let text = variants(&text).swap_remove(ending);
        with_quick_editor(|editor| {
            let Ok(original) = editor.open(text.into_bytes(), Selection::Likely) else { return };
            for record in &original.reading().records {
                for edit in edits(record, &original) {
                    let asked = RecordEdit { record: record.index, edit: edit.clone() };
                    if let Ok(edited) = editor.edit(&original, std::slice::from_ref(&asked)) {
                        check(&original, &edited, record.index, &edit);
                    }
                }
            }
        });
    }
}

/// Another editor of YAML makes the same edits, and reads ours.
mod second_opinion {
    use super::*;
    use crate::yaml::parse;
    use std::str::FromStr as _;
    use yaml_edit::{Document, YamlFile};

    fn tree(text: &str) -> Option<Documents> {
        let source = SourceText::new(text.to_owned());
        let parsed = parse(&source, &Limits::default());
        if parsed.errors.is_empty() { Documents::of(&parsed.documents, 100_000) } else { None }
    }

    /// The text after the other editor made `edit` of the only record of a file of one document.
    fn by_the_other(text: &str, edit: &Edit, original: &Original) -> Option<String> {
        let document = Document::from_str(text).ok()?;
        let scalar = |span: ByteSpan| original.text().slice(span).trim_matches(['"', '\'']).to_owned();
        match edit {
            Edit::AddEntry(entry) => {
                let list = document.get_sequence("refresh_summary")?;
                let fields =
                    format!("date: {}\nwho_changed: {}\nwhat_changed: {}\n", entry.date, entry.who, entry.what);
                list.insert(0, Document::from_str(&fields).ok()?.as_mapping()?);
            }
            Edit::RenameKey { key, to } => {
                document.rename_key(scalar(*key), to.as_str()).then_some(())?;
            }
            _ => return None,
        }
        Some(document.to_string())
    }

    #[test]
    fn agrees_where_it_can_judge() {
        let (mut same, mut other) = (0, Vec::new());
        with_quick_editor(|editor| {
            for (path, text) in fixtures() {
                let Ok(original) = editor.open(text.clone().into_bytes(), Selection::Likely) else { continue };
                let [record] = original.reading().records.as_slice() else { continue };
                if original.text().slice(record.span).starts_with('{') || text.contains("---") {
                    continue;
                }
                for edit in edits(record, &original) {
                    let Ok(ours) = editor.edit(&original, &[RecordEdit { record: 0, edit: edit.clone() }]) else {
                        continue;
                    };
                    let Some(theirs) = by_the_other(&text, &edit, &original) else { continue };
                    match tree(ours.text()) == tree(&theirs) {
                        true => same += 1,
                        false => other.push(format!("{} {}", path.display(), name(&edit))),
                    }
                }
            }
        });
        assert!(same > 200, "{same} the same, {} not: {other:#?}", other.len());
        assert!(other.len() * 20 <= same, "{same} the same, {} not: {other:#?}", other.len());
    }

    #[test]
    fn reads_what_we_write() {
        let mut read = 0;
        with_quick_editor(|editor| {
            for (path, text) in fixtures() {
                // What it cannot read before the edit it cannot judge after it.
                if YamlFile::from_str(&text).is_err() {
                    continue;
                }
                let Ok(original) = editor.open(text.into_bytes(), Selection::Likely) else { continue };
                for record in original.reading().records.iter().take(1) {
                    for edit in edits(record, &original).into_iter().step_by(2) {
                        let edit = RecordEdit { record: record.index, edit };
                        let Ok(edited) = editor.edit(&original, std::slice::from_ref(&edit)) else { continue };
                        let theirs = YamlFile::from_str(edited.text());
                        assert!(theirs.is_ok(), "{}: {edit:?}\n{}", path.display(), edited.text());
                        assert_eq!(theirs.unwrap().to_string(), edited.text());
                        read += 1;
                    }
                }
            }
        });
        assert!(read > 500, "{read}");
    }
}
