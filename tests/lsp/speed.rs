//! How long a writer waits, in comparisons alone: what a machine takes is no matter of a test.

use crate::editor::{Editor, uri};
use crate::support::{Project, great, record};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

/// A file of so many records, of which none is like another.
fn file(records: usize) -> String {
    let one = |number: usize| {
        let note = format!(
            "Unable to deploy because proxy {number} in Lyon drops UDP port {} of the Avaya gateway.",
            3000 + number
        );
        let record = record(&format!("Customer {number}"), "Teams", "Blocked", &note);
        format!("- {}", record.trim_end().replace('\n', "\n  "))
    };
    (0..records).map(one).collect::<Vec<_>>().join("\n") + "\n"
}

/// The shortest of several times that something takes.
fn shortest(mut work: impl FnMut()) -> Duration {
    let time = |()| {
        let start = Instant::now();
        work();
        start.elapsed()
    };
    std::iter::repeat_n((), 5).map(time).min().unwrap()
}

#[test]
fn a_key_costs_no_more_than_a_check_of_the_file() {
    let project = Project::with("a.yaml", file(100));
    let address = uri(project.path(), "a.yaml");
    let mut editor = Editor::start(&project);
    assert_eq!(editor.opened(&address, &file(100)), Vec::<Value>::new());
    let mut version = 1;
    let key = shortest(|| {
        version += 1;
        let at = json!({"line": 3, "character": 40});
        editor.change(&address, version, &json!([{"range": {"start": at, "end": at}, "text": "x"}]));
        let _found = editor.diagnostics(&address, Some(version));
    });
    let check = shortest(|| assert!(project.check(&["a.yaml"]).code <= 1));
    // A busy machine may stop one of the two for a while.
    assert!(key <= check * 3 / 2, "a key took {key:?}, a check {check:?}");
}

#[test]
fn typing_queues_no_work() {
    let project = Project::new();
    let address = uri(project.path(), "a.yaml");
    let mut editor = Editor::start(&project);
    let text = file(100);
    assert_eq!(editor.opened(&address, &text).len(), 0);
    let at = json!({"line": 3, "character": 40});
    let keys = 300;
    for version in 2..=keys {
        editor.change(&address, version, &json!([{"range": {"start": at, "end": at}, "text": "x"}]));
    }
    let mut judged = 0;
    loop {
        let message = editor.wait(|message| message["method"] == "textDocument/publishDiagnostics");
        judged += 1;
        if message["params"]["version"] == keys {
            break;
        }
    }
    assert!(judged < keys / 4, "{judged} of {keys} keys were judged one by one");
    // A question is answered by what stands there now, while nothing was published of it yet.
    editor.change(&address, keys + 1, &json!([{"text": great()}]));
    let hover = editor.at("textDocument/hover", &address, &great().replacen("note", "no|te", 1));
    assert!(hover["contents"]["value"].as_str().unwrap().contains("This note is great"));
}
