//! New records in files.

use super::*;

fn new_record(customer: &str, workload: &str, note: &str) -> NewRecord {
    let fields = [("customer", customer), ("workload", workload), ("status", "Blocked"), ("note", note)];
    let fields = fields.map(|(key, value)| (key.to_owned(), value.to_owned())).to_vec();
    NewRecord { fields, entry: Some(new_entry()) }
}

fn added(text: &str, record: &NewRecord) -> Result<String, EditError> {
    with_editor(|editor| {
        let original = editor.open(text.as_bytes().to_vec(), Selection::Likely)?;
        let edited = editor.add_record(&original, record)?;
        let new = edited.added().expect("the record is there");
        let field = |key: &str| record.fields.iter().find(|(name, _)| name == key).map(|(_, value)| value.as_str());
        assert_eq!(new.workload.value().map(String::as_str), field("workload"));
        assert_eq!(new.note.value().map(String::as_str), field("note"));
        assert_eq!(new.refresh_summary.value().unwrap().len(), 1);
        Ok(edited.text().to_owned())
    })
}

const BLOCK: &str = "customer: Contoso\nworkload: Teams\nstatus: Blocked\nnote: a b\nrefresh_summary:\n  - date: \
                     2026-07-01\n    who_changed: Ann Lee\n    what_changed: Proxy tested\n";

#[test]
fn a_file_of_its_own() {
    let record = new_record("Contoso", "Teams", "a b");
    let text = with_editor(|editor| editor.new_file(&record, Selection::Everything, None).unwrap().text().to_owned());
    assert_eq!(text, BLOCK);
    for (before, expected) in [
        ("", BLOCK.to_owned()),
        ("# notes\n", format!("# notes\n{BLOCK}")),
        ("---\n", format!("---\n{BLOCK}")),
        ("\u{feff}", format!("\u{feff}{BLOCK}")),
        ("# notes", format!("# notes\n{}", BLOCK.trim_end())),
        ("# notes\r\n", format!("# notes\r\n{}", BLOCK.replace('\n', "\r\n"))),
    ] {
        assert_eq!(added(before, &record).unwrap(), expected, "{before:?}");
    }
}

#[test]
fn a_further_document() {
    let record = new_record("Contoso", "Teams", "a b");
    let one = "customer: D\nworkload: Teams\nstatus: Blocked\nnote: |+\n  c\n\n";
    assert_eq!(added(one, &record).unwrap(), format!("{one}---\n{BLOCK}"));
    let two = "---\nnote: c\nstatus: x\n---\nnote: d\nstatus: x";
    assert_eq!(added(two, &record).unwrap(), format!("{two}\n---\n{}", BLOCK.trim_end()));
}

#[test]
fn a_further_item() {
    let record = new_record("Contoso", "Teams", "a b");
    let item = |indent: &str, dash: &str| {
        let inner = format!("\n{indent}{}", " ".repeat(dash.len()));
        format!("{indent}{dash}{}\n", BLOCK.trim_end().replace('\n', &inner))
    };
    let list = "- note: c\n  status: x\n  workload: T # t\n# end\n";
    assert_eq!(
        added(list, &record).unwrap(),
        format!("- note: c\n  status: x\n  workload: T # t\n{}# end\n", item("", "- "))
    );
    let deep = "  -   note: c\n      status: x\n      workload: T\n";
    assert_eq!(added(deep, &record).unwrap(), format!("{deep}{}", item("  ", "-   ")));
    let alone = "-\n  note: c\n  status: x\n  workload: T\n";
    assert_eq!(added(alone, &record).unwrap(), format!("{alone}{}", item("", "- ")));
    let like = "- note: c\n  status: x\n  workload: T\n  refresh_summary:\n  - date: 2020-01-01\n    who_changed: B\n    what_changed: c\n";
    assert_eq!(
        added(like, &record).unwrap(),
        format!(
            "{like}{}",
            item("", "- ")
                .replace("    - date", "  - date")
                .replace("      who", "    who")
                .replace("      what", "    what")
        )
    );
}

#[test]
fn a_further_item_in_json() {
    let record = new_record("Contoso", "Teams", "a \"b\"");
    let json = "[\n  {\n    \"note\": \"c\",\n    \"status\": \"x\",\n    \"workload\": \"T\"\n  }\n]\n";
    let text = added(json, &record).unwrap();
    assert_eq!(
        text,
        "[\n  {\n    \"note\": \"c\",\n    \"status\": \"x\",\n    \"workload\": \"T\"\n  },\n  {\n    \"customer\": \
         \"Contoso\",\n    \"workload\": \"Teams\",\n    \"status\": \"Blocked\",\n    \"note\": \"a \\\"b\\\"\",\n    \
         \"refresh_summary\": [{\"date\": \"2026-07-01\", \"who_changed\": \"Ann Lee\", \"what_changed\": \"Proxy \
         tested\"}]\n  }\n]\n"
    );
    serde_json::from_str::<serde_json::Value>(&text).unwrap();
    let flow = "- {note: c, status: x, workload: T}\n";
    assert_eq!(
        added(flow, &new_record("Contoso, Inc", "Teams", "d")).unwrap(),
        format!(
            "{flow}- {{customer: \"Contoso, Inc\", workload: Teams, status: Blocked, note: d, refresh_summary: [{{date: \
             2026-07-01, who_changed: Ann Lee, what_changed: Proxy tested}}]}}\n"
        )
    );
}

#[test]
fn a_further_entitlement_of_its_customer() {
    let map = "customer: Contoso\nentitlements:\n  - note: c\n    status: x\n    workload: T\nowner: B\n";
    let expected = "customer: Contoso\nentitlements:\n  - note: c\n    status: x\n    workload: T\n  - workload: Teams\n    \
                    status: Blocked\n    note: d\n    refresh_summary:\n      - date: 2026-07-01\n        who_changed: Ann \
                    Lee\n        what_changed: Proxy tested\nowner: B\n";
    assert_eq!(added(map, &new_record("Contoso", "Teams", "d")).unwrap(), expected);
    assert_eq!(added(map, &new_record("Contoso", "Teams", "a b")).unwrap(), expected.replace("note: d", "note: a b"));
    let other = new_record("Fabrikam", "Teams", "a b");
    assert_eq!(added(map, &other).unwrap(), format!("{map}---\n{}", BLOCK.replace("Contoso", "Fabrikam")));
}

#[test]
fn long_notes_are_folded_and_lines_kept() {
    let long = "Due to a firewall not properly forwarding traffic, the customer will not deploy service because they are \
                unable to connect to mailboxes.";
    let text = added("", &new_record("Contoso", "Teams", long)).unwrap();
    assert!(text.contains("note: >-\n  Due to a firewall"), "{text}");
    assert!(text.lines().all(|line| line.chars().count() <= 100), "{text}");
    let lines = added("", &new_record("Contoso", "Teams", "one\ntwo # 2")).unwrap();
    assert!(lines.contains("note: |-\n  one\n  two # 2\n"), "{lines}");
    for note in ["a\n b", "a  ", " a", "a\t b", "- a", "# a", "null", "a: b"] {
        assert!(added("", &new_record("Contoso", "Teams", note)).is_ok(), "{note:?}");
    }
}

#[test]
fn files_without_a_place_for_records_are_refused() {
    let record = new_record("Contoso", "Teams", "a b");
    for text in ["{\"note\": \"c\", \"status\": \"x\", \"workload\": \"T\"}", "just a text\n", "- a\n- b\n"] {
        let refused = added(text, &record).map_err(|error| error.kind);
        assert!(matches!(refused, Err(EditErrorKind::NoPlace(_))), "{text}: {refused:?}");
    }
}
