//! The configuration: found, watched, and shown where it is wrong.

use crate::editor::{Editor, rules, uri, usual};
use crate::support::{Project, poor};
use serde_json::{Value, json};

const BROKEN: &str = "rules:\n  hedgin: off\n";

fn changed(editor: &mut Editor, address: &str) {
    let changes = json!({"changes": [{"uri": address, "type": 2}]});
    editor.notify("workspace/didChangeWatchedFiles", &changes);
}

#[test]
fn the_client_is_asked_to_watch_the_configuration() {
    let project = Project::new();
    let mut editor = Editor::start(&project);
    let asked = editor.said("client/registerCapability");
    let registration = &asked["registrations"][0];
    assert_eq!(registration["method"], "workspace/didChangeWatchedFiles");
    let watchers = registration["registerOptions"]["watchers"].as_array().unwrap();
    assert!(watchers.iter().any(|watcher| watcher["globPattern"].as_str().unwrap().contains("notegate.{yaml,yml}")));
    editor.send(&json!({"jsonrpc": "2.0", "id": 1, "result": null}));
    assert_eq!(editor.end(), 0);
    let mut bare = Editor::start_with(&project, &json!({}), &[]);
    assert!(!bare.came(|message| message["method"] == "client/registerCapability"));
}

#[test]
fn a_change_of_the_configuration_judges_everything_anew() {
    let project = Project::new();
    let (a, b) = (uri(project.path(), "a.yaml"), uri(project.path(), "b.yaml"));
    let configuration = uri(project.path(), "notegate.yaml");
    let mut editor = Editor::start(&project);
    for address in [&a, &b] {
        assert_eq!(rules(&editor.opened(address, &poor())), ["missing-reason", "hedging"]);
    }
    project.write("notegate.yaml", "rules: {hedging: off}\n");
    changed(&mut editor, &configuration);
    for address in [&a, &b] {
        assert_eq!(rules(&editor.diagnostics(address, None)), ["missing-reason"]);
    }
    std::fs::remove_file(project.path().join("notegate.yaml")).unwrap();
    changed(&mut editor, &configuration);
    assert_eq!(editor.diagnostics(&a, None).len(), 2);
}

#[test]
fn without_a_watch_the_next_key_finds_the_change() {
    let project = Project::new();
    let address = uri(project.path(), "a.yaml");
    let mut editor = Editor::start_with(&project, &json!({}), &[]);
    assert_eq!(editor.opened(&address, &poor()).len(), 2);
    project.write("notegate.yaml", "rules: {hedging: off}\n");
    assert_eq!(rules(&editor.replaced(&address, 2, &poor())), ["missing-reason"]);
}

#[test]
fn a_broken_configuration_is_shown_said_and_lets_no_note_pass() {
    let project = Project::with("notegate.yaml", BROKEN);
    let (address, configuration) = (uri(project.path(), "a.yaml"), uri(project.path(), "notegate.yaml"));
    let mut editor = Editor::start(&project);
    let found = editor.opened(&address, &poor());
    assert_eq!((rules(&found), found[0]["severity"].as_u64()), (vec!["not-judged"], Some(1)));
    let shown = editor.diagnostics(&configuration, None);
    assert_eq!((rules(&shown), &shown[0]["range"]["start"]["line"]), (vec!["configuration"], &json!(1)));
    assert!(shown[0]["message"].as_str().unwrap().contains("did you mean `hedging`?"));
    let said = editor.said("window/showMessage");
    assert_eq!(said["type"], 1);
    assert!(said["message"].as_str().unwrap().contains("there is no rule `hedgin`"), "{said}");
    // It is said once, and no more while it stays as it is.
    assert_eq!(rules(&editor.replaced(&address, 2, &poor())), ["not-judged"]);
    assert!(!editor.came(|message| message["method"] == "window/showMessage"));

    project.write("notegate.yaml", "rules:\n  hedging: off\n");
    changed(&mut editor, &configuration);
    assert_eq!(rules(&editor.diagnostics(&address, None)), ["missing-reason"]);
    assert_eq!(editor.diagnostics(&configuration, None), Vec::<Value>::new());
}

#[test]
fn a_configuration_shows_its_errors_as_it_is_written() {
    let project = Project::new();
    let configuration = uri(project.path(), "notegate.yaml");
    let mut editor = Editor::start(&project);
    assert_eq!(rules(&editor.opened(&configuration, BROKEN)), ["configuration"]);
    let two = "fail_on: great\nrules:\n  hedgin: off\n";
    let lines: Vec<Value> =
        editor.replaced(&configuration, 2, two).iter().map(|one| one["range"]["start"]["line"].clone()).collect();
    assert_eq!(lines, [0, 2]);
    assert_eq!(editor.replaced(&configuration, 3, "fail_on: marginal\n").len(), 0);
}

#[test]
fn a_configuration_of_nearly_the_right_name_is_told() {
    let project = Project::with("notegate.yml", "rules: {}\n");
    let mut editor = Editor::start(&project);
    assert_eq!(rules(&editor.opened(&uri(project.path(), "a.yaml"), &poor())), ["not-judged"]);
    assert!(editor.said("window/showMessage")["message"].as_str().unwrap().contains("notegate.yml"));
}

#[test]
fn a_configuration_that_is_named_counts_in_place_of_the_one_at_the_root() {
    let project = Project::with("notegate.yaml", BROKEN);
    project.write("other.yaml", "rules: {hedging: off}\n");
    let address = uri(project.path(), "a.yaml");
    let mut named = Editor::start_with(&project, &usual(), &["--config", "other.yaml"]);
    assert_eq!(rules(&named.opened(&address, &poor())), ["missing-reason"]);
    let mut none = Editor::start_with(&project, &usual(), &["--no-config"]);
    assert_eq!(rules(&none.opened(&address, &poor())), ["missing-reason", "hedging"]);
}

#[test]
fn each_repository_has_its_own_configuration_and_a_folder_without_one_that_of_the_editor() {
    let project = Project::with("one/notegate.yaml", "rules: {hedging: off}\n");
    project.write("one/.git/HEAD", "ref: refs/heads/main\n");
    project.write("two/.git/HEAD", "ref: refs/heads/main\n");
    let mut editor = Editor::start(&project);
    assert_eq!(rules(&editor.opened(&uri(project.path(), "one/a.yaml"), &poor())), ["missing-reason"]);
    assert_eq!(editor.opened(&uri(project.path(), "two/a.yaml"), &poor()).len(), 2);

    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("notes")).unwrap();
    std::fs::write(folder.path().join("notegate.yaml"), "rules: {missing-reason: off, vague-reason: off}\n").unwrap();
    let added = json!({"event": {"added": [{"uri": uri(folder.path(), ""), "name": "x"}], "removed": []}});
    editor.notify("workspace/didChangeWorkspaceFolders", &added);
    assert_eq!(rules(&editor.opened(&uri(folder.path(), "notes/a.yaml"), &poor())), ["hedging"]);
}
