//! Help while a note is written: hover, completion, and what the editor does on the writer's behalf.

use crate::editor::{Editor, edited, rules, uri};
use crate::findings::fixtures;
use crate::support::{Project, great, poor, record};
use serde_json::{Value, json};

/// A session with one document.
struct Desk {
    editor: Editor,
    uri: String,
    version: i64,
}

impl Desk {
    fn new(project: &Project) -> Self {
        let uri = uri(project.path(), "a.yaml");
        let mut editor = Editor::start(project);
        let _empty = editor.opened(&uri, "");
        Self { editor, uri, version: 1 }
    }

    #[track_caller]
    fn put(&mut self, marked: &str) -> Vec<Value> {
        self.version += 1;
        self.editor.replaced(&self.uri, self.version, &marked.replacen('|', "", 1))
    }

    #[track_caller]
    fn hover(&mut self, marked: &str) -> String {
        let _found = self.put(marked);
        let answer = self.editor.at("textDocument/hover", &self.uri, marked);
        answer["contents"]["value"].as_str().unwrap_or_default().to_owned()
    }

    #[track_caller]
    fn items(&mut self, marked: &str) -> Vec<Value> {
        let _found = self.put(marked);
        let answer = self.editor.at("textDocument/completion", &self.uri, marked);
        answer["items"].as_array().unwrap().clone()
    }

    #[track_caller]
    fn labels(&mut self, marked: &str) -> Vec<String> {
        self.items(marked).iter().map(|item| item["label"].as_str().unwrap().to_owned()).collect()
    }

    /// The text after the completion called `label`.
    #[track_caller]
    fn completed(&mut self, marked: &str, label: &str) -> String {
        let items = self.items(marked);
        let item = items.iter().find(|item| item["label"] == label).unwrap_or_else(|| panic!("{items:#?}"));
        edited(&marked.replacen('|', "", 1), &item["textEdit"])
    }

    #[track_caller]
    fn actions(&mut self, marked: &str) -> Vec<Value> {
        let _found = self.put(marked);
        self.editor.at("textDocument/codeAction", &self.uri, marked).as_array().unwrap().clone()
    }

    #[track_caller]
    fn titles(&mut self, marked: &str) -> Vec<String> {
        self.actions(marked).iter().map(|action| action["title"].as_str().unwrap().to_owned()).collect()
    }

    /// The text after the action called `title`.
    #[track_caller]
    fn done(&mut self, marked: &str, title: &str) -> String {
        let actions = self.actions(marked);
        let action = actions.iter().find(|action| action["title"] == title).unwrap_or_else(|| panic!("{actions:#?}"));
        let change = &action["edit"]["documentChanges"][0];
        assert_eq!(change["textDocument"]["version"], self.version);
        edited(&marked.replacen('|', "", 1), &change["edits"][0])
    }
}

const ENTRY: &str = "Add an entry of today to the refresh summary";

#[test]
fn a_finding_explains_itself() {
    let project = Project::new();
    let mut desk = Desk::new(&project);
    let said = desk.hover(&poor().replacen("right now", "right| now", 1));
    for part in [
        "**hedging (warning)**",
        "> The guidance: Conversely, words and phrases like",
        "**This note is poor**",
        "*intent*: negative – the customer will not or cannot use the service: “cannot deploy”",
        "*reason*: none",
    ] {
        assert!(said.contains(part), "{part}\n{said}");
    }
    let great = desk.hover(&great().replacen("firewall", "fire|wall", 1));
    for part in ["**This note is great**", "*reason*: concrete", "*kind*: "] {
        assert!(great.contains(part), "{part}\n{great}");
    }
}

#[test]
fn a_key_says_what_it_is_for() {
    let project = Project::with("notegate.yaml", "fields: {refresh_summary: log}\n");
    let mut desk = Desk::new(&project);
    let text = great().replace("refresh_summary", "log");
    let said = desk.hover(&text.replacen("log", "l|og", 1));
    assert!(said.starts_with("**log**\n\nWhen the record was reviewed"), "{said}");
    assert!(said.contains("> The guidance: Updates should be provided as needed"), "{said}");
    assert!(desk.hover(&text.replacen("who_", "who|_", 1)).contains("The person who changed the record"));
    let status = desk.hover(&text.replacen("Blocked", "Blo|cked", 1));
    assert!(
        status.contains("Templates for Blocked") && status.contains("Unable to deploy because of [primary issue]"),
        "{status}"
    );
    assert_eq!(desk.hover("|\n"), "");
}

#[test]
fn the_keys_that_are_missing_are_offered() {
    let project = Project::new();
    let mut desk = Desk::new(&project);
    assert_eq!(desk.labels("|"), ["customer", "workload", "status", "note", "refresh_summary", "waivers"]);
    assert_eq!(desk.labels("customer: A\nsta|\nnote: b\n"), ["workload", "status", "refresh_summary", "waivers"]);
    assert_eq!(desk.completed("customer: A\nsta|\nnote: b\n", "status"), "customer: A\nstatus: \nnote: b\n");
    let text = "entitlements:\n  - workload: A\n    |\n";
    assert_eq!(desk.labels(text), ["status", "note", "refresh_summary", "waivers"]);
    assert_eq!(
        desk.completed(text, "refresh_summary"),
        "entitlements:\n  - workload: A\n    refresh_summary:\n      - date: 2026-06-30\n        who_changed: your name\n        \
         what_changed: what you did, in a few words\n"
    );
    let item = &desk.items("customer: A\n|")[2];
    assert!(item["documentation"]["value"].as_str().unwrap().contains("include the \"why\" behind it"), "{item}");
    // Other YAML files are left alone.
    assert_eq!(desk.labels("apiVersion: v1\nst|\n"), [""; 0]);
    assert_eq!(desk.labels("customer: A\nnote: >-\n  we st|\n"), [""; 0]);
}

#[test]
fn statuses_workloads_and_templates_are_offered() {
    let project = Project::with("notegate.yaml", "playbook:\n  statuses: [{name: On Hold, kind: blocked}]\n");
    let mut desk = Desk::new(&project);
    let text = "customer: A\nstatus: Bl|\nnote: b\n";
    assert_eq!(
        desk.labels(text),
        ["In Progress", "Blocked", "No Intent", "Status Unknown", "Duplicate/Invalid", "On Hold"]
    );
    assert_eq!(desk.completed(text, "No Intent"), "customer: A\nstatus: No Intent\nnote: b\n");
    assert_eq!(desk.completed("customer: A\nstatus:|\n", "Blocked"), "customer: A\nstatus: Blocked\n");
    assert!(desk.labels("customer: A\nworkload: |\n").iter().any(|label| label == "Exchange Online"));
    let templates = desk.labels("status: no_intent\nnote: |\n");
    assert!(templates.iter().any(|label| label.starts_with("Customer does not have intent")), "{templates:?}");
    let first = templates[0].clone();
    assert_eq!(desk.completed("status: no_intent\nnote: |\n", &first), format!("status: no_intent\nnote: {first}\n"));
}

#[test]
fn entries_and_waivers_are_offered() {
    let project = Project::new();
    let mut desk = Desk::new(&project);
    let empty = "note: a\nrefresh_summary:\n  |\n";
    assert_eq!(
        desk.completed(empty, "- entry of today"),
        "note: a\nrefresh_summary:\n  - date: 2026-06-30\n    who_changed: your name\n    what_changed: what you did, in a few words\n"
    );
    assert_eq!(desk.completed("refresh_summary:\n  -|\n", "date"), "refresh_summary:\n  - date: 2026-06-30\n");
    let begun = "note: a\nrefresh_summary:\n- date: 2026-06-30\n  |\n";
    assert_eq!(desk.labels(begun), ["who_changed", "what_changed"]);
    assert_eq!(desk.labels("note: a\nrefresh_summary:\n- date: |\n"), ["2026-06-30"]);
    let rules = desk.labels("note: a\nwaivers:\n  - rule: |\n    reason: x\n");
    assert!(rules.contains(&"hedging".to_owned()) && !rules.contains(&"unreadable".to_owned()), "{rules:?}");
}

#[test]
fn a_slip_is_put_right() {
    let project = Project::new();
    let mut desk = Desk::new(&project);
    let slip = great().replacen("status: Blocked", "status: Bl|oked", 1);
    let done = desk.done(&slip, "Write Blocked");
    assert_eq!(done, great());
    let quoted = great().replacen("status: Blocked", "status: \"b|locked\" # x", 1);
    assert_eq!(desk.done(&quoted, "Write Blocked"), great().replace("Blocked", "\"Blocked\" # x"));
    let key = great().replacen("refresh_summary", "refesh|_summary", 1);
    assert_eq!(desk.done(&key, "Rename the key to refresh_summary"), great());
    let actions = desk.actions(&key);
    let first = &actions[0];
    assert_eq!((&first["kind"], &first["isPreferred"]), (&json!("quickfix"), &json!(true)));
    assert_eq!(first["diagnostics"][0]["code"], "misspelt-field");
}

#[test]
fn what_a_rule_can_mend_the_editor_can_mend() {
    let project = Project::with("notegate.yaml", "rules: {date-form: info}\n");
    let mut desk = Desk::new(&project);
    let two = great().replace(
        "date: 2020-03-27",
        "date: 2020-03-27\n    who_changed: A B\n    what_changed: Pilot begun\n  - date: 2020-04-01",
    );
    let order = two.replacen("2020-04-01", "2020-|04-01", 1);
    assert!(desk.titles(&order).contains(&"Put the newest entry first".to_owned()), "{:?}", desk.titles(&order));
    let hidden = great().replacen("fire", "fi\u{200b}r|e", 1);
    assert_eq!(desk.done(&hidden, "Take out the characters that nobody sees"), great());
    let month = great().replacen("2020-03-27", "03/27/2020|", 1);
    assert_eq!(desk.done(&month, "Write 2020-03-27"), great());
}

#[test]
fn an_entry_is_added_in_the_layout_of_the_file() {
    let project = Project::new();
    let mut desk = Desk::new(&project);
    let what = "what_changed: what you did, in a few words";
    let expected = great().replace(
        "refresh_summary:\n",
        &format!("refresh_summary:\n  - date: 2026-06-30\n    who_changed: your name\n    {what}\n"),
    );
    assert_eq!(desk.done(&great().replacen("note", "no|te", 1), ENTRY), expected);
    let crlf = great().replace('\n', "\r\n");
    assert_eq!(desk.done(&crlf.replacen("note", "no|te", 1), ENTRY), expected.replace('\n', "\r\n"));
    let empty = great().split("refresh_summary").next().unwrap().to_owned();
    for end in ["", "refresh_summary: []\n"] {
        let done = desk.done(&format!("{empty}{end}").replacen("note", "no|te", 1), ENTRY);
        assert_eq!(rules(&desk.put(&done)), ["refresh-incomplete"], "{done}");
    }
    // What was changed is for the writer to say.
    assert_eq!(rules(&desk.put(&expected)), ["refresh-incomplete"]);
    // A file with references is left alone.
    let anchored = great().replacen("note: ", "note: &n ", 1).replacen("note", "no|te", 1);
    assert!(!desk.titles(&anchored).contains(&ENTRY.to_owned()));
}

#[test]
fn a_template_is_put_in() {
    let project = Project::new();
    let mut desk = Desk::new(&project);
    for note in ["", " ~", " ''"] {
        let blank = record("Contoso", "Teams", "Blocked", "x").replace("note: x", &format!("note:{note}"));
        let done = desk.done(&blank.replacen("note", "no|te", 1), "Insert the template for Blocked");
        assert!(done.contains("Unable to deploy because of [primary issue]"), "{done}");
        assert_eq!(rules(&desk.put(&done)), ["placeholder"], "{done}");
    }
    let none =
        great().lines().filter(|line| !line.starts_with("note")).fold(String::new(), |all, line| all + line + "\n");
    let done = desk.done(&none.replacen("customer", "cus|tomer", 1), "Insert the template for Blocked");
    assert!(done.contains("status: Blocked\nnote: Unable to deploy"), "{done}");
    let written = poor().replacen("cannot", "can|not", 1);
    assert!(desk.titles(&written).contains(&"Replace the note with the template for Blocked".to_owned()));
}

#[test]
fn a_waiver_is_put_in_and_waits_for_its_reason() {
    let project = Project::new();
    let mut desk = Desk::new(&project);
    let note = "Customer will not deploy Teams for now because the Avaya gateway in Lyon lacks SIP.";
    let text = record("Contoso", "Teams", "Blocked", note);
    let waiver = "rule: hedging\n    reason: a few words on why the finding is acceptable\n";
    let marked = text.replacen("for now", "for| now", 1);
    let done = desk.done(&marked, "Waive hedging with a reason");
    assert_eq!(done, format!("{text}waivers:\n  - {waiver}"));
    assert_eq!(rules(&desk.put(&done)), ["hedging", "waiver-invalid"]);
    let with_reason = done.replace("a few words on why the finding is acceptable", "legal asked for this wording");
    let waived: Vec<Value> = desk.put(&with_reason).iter().map(|one| one["severity"].clone()).collect();
    assert_eq!(waived, [4]);
    // Beside another.
    let listed = marked.clone() + "waivers:\n  - rule: too-long\n    reason: two regulators are named\n";
    let done = desk.done(&listed, "Waive hedging with a reason");
    assert!(done.ends_with(&format!("regulators are named\n  - {waiver}")), "{done}");
    let flow = marked + "waivers: [{rule: too-long, reason: two regulators are named}]\n";
    let done = desk.done(&flow, "Waive hedging with a reason");
    assert!(done.contains("named}, {rule: hedging, reason: a few words"), "{done}");
    // What every record needs cannot be waived.
    let missing = desk.titles("cus|tomer: A\nnote: Customer uses it.\n");
    assert!(!missing.iter().any(|title| title.starts_with("Waive missing-field")), "{missing:?}");
}

#[test]
fn only_the_kinds_that_are_asked_for_are_given() {
    let project = Project::new();
    let mut desk = Desk::new(&project);
    let _found = desk.put(&poor());
    let at = json!({"line": 3, "character": 10});
    let mut kinds = |only: &str| {
        let answer = desk.editor.request(
            "textDocument/codeAction",
            &json!({
                "textDocument": {"uri": desk.uri}, "range": {"start": at, "end": at},
                "context": {"diagnostics": [], "only": [only]},
            }),
        );
        let mut kinds: Vec<String> =
            answer["result"].as_array().unwrap().iter().map(|one| one["kind"].as_str().unwrap().to_owned()).collect();
        kinds.dedup();
        kinds
    };
    assert_eq!(kinds("quickfix"), ["quickfix"]);
    assert_eq!(kinds("refactor"), ["refactor"]);
    assert_eq!(kinds("source.fixAll"), [""; 0]);
}

#[test]
fn no_correction_of_any_fixture_breaks_its_file() {
    let project = Project::new();
    let mut desk = Desk::new(&project);
    let is_sound = |found: &[Value]| !rules(found).contains(&"unreadable");
    let mut made = 0;
    for (path, text) in fixtures().into_iter().filter(|(_, text)| text.len() < 8_000 && !text.contains('|')) {
        desk.version += 1;
        let before = desk.editor.replaced(&desk.uri, desk.version, &text);
        let whole = json!({"start": {"line": 0, "character": 0}, "end": {"line": 10_000, "character": 0}});
        let answer = desk.editor.request(
            "textDocument/codeAction",
            &json!({"textDocument": {"uri": desk.uri}, "range": whole, "context": {"diagnostics": []}}),
        );
        for action in answer["result"].as_array().unwrap().iter().take(8) {
            let done = edited(&text, &action["edit"]["documentChanges"][0]["edits"][0]);
            desk.version += 1;
            let after = desk.editor.replaced(&desk.uri, desk.version, &done);
            assert!(done != text && is_sound(&before) && is_sound(&after), "{}: {}", path.display(), action["title"]);
            if text.contains("\r\n") && !text.replace("\r\n", "").contains('\n') {
                assert!(!done.replace("\r\n", "").contains('\n'), "{}: {}", path.display(), action["title"]);
            }
            made += 1;
        }
    }
    assert!(made > 300, "{made}");
}
