//! Edits: whatever the file, an edit that is made says what was asked for, and touches nothing else.

use super::{CONFIG, PLAYBOOK, TODAY, limits};
use jiff::civil::date;
use notegate::edit::{Edit, Edited, Editor, NewEntry, Original, RecordEdit, TextPart};
use notegate::engine::{Engine, NoteText, NotesBefore, Scope};
use notegate::grade::FailOn;
use notegate::record::{NoteRecord, Selection};
use notegate::text::NoteSpan;

/// Every edit of the first records of a file.
pub(crate) fn edits(bytes: &[u8]) {
    let engine = Engine {
        config: &CONFIG,
        playbook: &PLAYBOOK,
        today: TODAY,
        limits: limits(),
        fail_on: FailOn::Poor,
        scope: Scope::All,
        note_text: NoteText::Shown,
        notes_before: NotesBefore::LeftOut,
        writer: None,
    };
    let rules = CONFIG.general_rules();
    let editor = engine.editor(&rules);
    let Ok(original) = editor.open(bytes.to_vec(), Selection::Likely) else { return };
    assert_eq!(original.bytes(), bytes);
    for record in original.reading().records.iter().take(2) {
        for edit in of(record) {
            let asked = RecordEdit { record: record.index, edit };
            if let Ok(edited) = editor.edit(&original, std::slice::from_ref(&asked)) {
                is_what_was_asked(&editor, &original, &edited, &asked);
            }
        }
    }
}

fn of(record: &NoteRecord) -> Vec<Edit> {
    let entry = NewEntry { date: date(2026, 7, 1), who: "Ann Lee".to_owned(), what: "Proxy: tested".to_owned() };
    let waiver = Edit::AddWaiver { rule: "hedging".to_owned(), reason: "legal asked: \"so\"".to_owned() };
    let key = Edit::InsertKey { key: "region_of".to_owned(), value: "North: West".to_owned(), after: None };
    let mut edits = vec![Edit::AddEntry(entry), Edit::NewestFirst, waiver, key];
    if let (Some(note), Some(value)) = (record.note.value(), record.note.value_span()) {
        edits.push(Edit::SetScalar { value, to: "In Progress: #1, 'x'".to_owned() });
        if let Some(c) = note.chars().next() {
            let parts = vec![TextPart { at: NoteSpan::new(0..c.len_utf8()), with: "o".to_owned() }];
            edits.push(Edit::ReplaceText { value, parts });
        }
    }
    edits
}

/// What a record says outside its places.
fn says(record: &NoteRecord) -> impl PartialEq + std::fmt::Debug {
    let entries = record.refresh_summary.value().map(Vec::as_slice).unwrap_or_default();
    let entries: Vec<_> = entries
        .iter()
        .map(|it| (it.date.value().cloned(), it.who_changed.value().cloned(), it.what_changed.value().cloned()))
        .collect();
    let heading = record.heading();
    let heading = [heading.customer, heading.workload, heading.status].map(|text| text.map(str::to_owned));
    (heading, record.note.value().cloned(), entries)
}

fn is_what_was_asked(editor: &Editor<'_>, before: &Original, after: &Edited, asked: &RecordEdit) {
    let (old, new) = (before.text().as_str(), after.text());
    // The result can be read by itself, and says what the edit says that it does.
    let again = editor.open(new.as_bytes().to_vec(), Selection::Likely).unwrap();
    let (was, is) = (&before.reading().records, &again.reading().records);
    assert_eq!(was.len(), is.len(), "{asked:?}: {old:?} {new:?}");
    for (was, is) in was.iter().zip(is).filter(|(was, _)| was.index != asked.record) {
        assert_eq!(says(was), says(is), "{asked:?}: {old:?} {new:?}");
    }
    let (was, is) = (was.get(asked.record).unwrap(), is.get(asked.record).unwrap());
    let head = old.get(..was.span.start).unwrap();
    let rest = old.get(was.span.end..).unwrap();
    let tail = rest.get(rest.find(['\r', '\n']).unwrap_or(rest.len())..).unwrap();
    assert!(new.starts_with(head) && new.ends_with(tail), "{asked:?}: {old:?} {new:?}");
    assert_eq!(was.heading(), is.heading());
    match &asked.edit {
        Edit::SetScalar { to, .. } => assert_eq!(is.note.value(), Some(to), "{new:?}"),
        Edit::ReplaceText { .. } => {
            let note = was.note.value().unwrap();
            let rest = note.chars().skip(1);
            assert_eq!(is.note.value(), Some(&std::iter::once('o').chain(rest).collect()), "{new:?}");
        }
        _ => assert_eq!(was.note.value(), is.note.value(), "{asked:?}: {old:?} {new:?}"),
    }
}
