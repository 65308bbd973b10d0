//! A client that is broken, or means harm: nothing ends the session but its end, and nothing is taken for sound that may
//! not be.

use crate::editor::{Editor, rules, uri};
use crate::support::{Project, great, poor};
use serde_json::{Value, json};

fn error_of(answer: &Value) -> i64 {
    answer["error"]["code"].as_i64().unwrap_or_else(|| panic!("{answer}"))
}

#[test]
fn the_session_begins_and_ends_in_order() {
    let project = Project::new();
    let mut editor = Editor::spawn(&project, &[]);
    assert_eq!(error_of(&editor.request("textDocument/hover", &json!({}))), -32002);
    // What is noted before the beginning is not looked at.
    editor.open(&uri(project.path(), "a.yaml"), &poor());
    assert_eq!(error_of(&editor.request("initialize", &json!({"capabilities": 5}))), -32602);
    assert!(editor.request("initialize", &json!({"capabilities": {}, "processId": null})).get("result").is_some());
    assert_eq!(error_of(&editor.request("initialize", &json!({"capabilities": {}}))), -32600);
    assert!(!editor.came(|message| message["method"] == "textDocument/publishDiagnostics"));
    assert_eq!(editor.request("shutdown", &Value::Null)["result"], Value::Null);
    assert_eq!(error_of(&editor.request("textDocument/hover", &json!({}))), -32600);
    editor.notify("exit", &Value::Null);
    assert_eq!(editor.ended(), 0);
}

#[test]
fn a_client_that_goes_away_ends_the_session() {
    let project = Project::new();
    assert_eq!(Editor::start(&project).hang_up(), 1);
    assert_eq!(Editor::spawn(&project, &[]).hang_up(), 1);
    let mut abrupt = Editor::start(&project);
    abrupt.notify("exit", &Value::Null);
    assert_eq!(abrupt.ended(), 1);
    // In the middle of a message.
    let mut torn = Editor::start(&project);
    torn.write(b"Content-Length: 5000\r\n\r\n{\"jsonrpc\":");
    assert_eq!(torn.hang_up(), 1);
}

#[test]
fn what_nobody_knows_is_refused_or_passed_over() {
    let project = Project::new();
    let address = uri(project.path(), "a.yaml");
    let mut editor = Editor::start(&project);
    assert_eq!(error_of(&editor.request("textDocument/formatting", &json!({}))), -32601);
    editor.notify("$/setTrace", &json!({"value": "verbose"}));
    editor.notify("nothing/known", &json!([1, 2]));
    editor.send(&json!({"jsonrpc": "2.0", "id": 99, "result": "to a question that nobody asked"}));
    editor.send(&json!({"jsonrpc": "2.0", "id": "text", "method": "textDocument/hover", "params": 5}));
    assert_eq!(error_of(&editor.wait(|message| message["id"] == "text")), -32602);
    assert_eq!(editor.opened(&address, &poor()).len(), 2);
    assert_eq!(editor.end(), 0);
}

#[test]
fn a_document_that_was_never_opened_is_none() {
    let project = Project::with("a.yaml", poor());
    let address = uri(project.path(), "a.yaml");
    let mut editor = Editor::start(&project);
    editor.change(&address, 2, &json!([{"text": great()}]));
    editor.notify("textDocument/didClose", &json!({"textDocument": {"uri": address}}));
    editor.notify("textDocument/didSave", &json!({"textDocument": {"uri": address}}));
    let at = json!({
        "textDocument": {"uri": address}, "position": {"line": 0, "character": 0}, "context": {"diagnostics": [], "triggerKind": 1},
        "range": {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 0}},
    });
    assert_eq!(editor.request("textDocument/hover", &at)["result"], Value::Null);
    assert_eq!(editor.request("textDocument/completion", &at)["result"]["items"], json!([]));
    assert_eq!(editor.request("textDocument/codeAction", &at)["result"], json!([]));
    assert!(!editor.came(|message| message["method"] == "textDocument/publishDiagnostics"));
}

#[test]
fn a_message_that_cannot_be_read_costs_no_session_and_no_note_passes_for_sound() {
    let project = Project::new();
    let address = uri(project.path(), "a.yaml");
    let bad: [&[u8]; 5] = [
        b"Content-Length: 9\r\n\r\n{nonsense",
        b"Content-Length: 4\r\n\r\n\"\xff\xfe\"",
        b"Content-Type: x\r\n\r\n",
        b"Content-Length: 44\r\n\r\n{\"jsonrpc\":\"2.0\",\"method\":5,\"params\":[1,2]} ",
        b"\r\n",
    ];
    for (at, bytes) in bad.into_iter().enumerate() {
        let mut editor = Editor::start(&project);
        assert_eq!(editor.opened(&address, &great()).len(), 0);
        editor.write(bytes);
        assert!(editor.said("window/logMessage")["message"].as_str().unwrap().contains("passed over"), "{at}");
        // It may have been a change of the document: nobody knows what it holds.
        assert_eq!(rules(&editor.diagnostics(&address, None)), ["not-judged"], "{at}");
        // All of the text makes it known again.
        assert_eq!(rules(&editor.replaced(&address, 2, &poor())), ["missing-reason", "hedging"], "{at}");
        assert_eq!(editor.end(), 0);
    }
}

#[test]
fn a_change_without_sense_is_no_change_that_is_missed() {
    let project = Project::new();
    let address = uri(project.path(), "a.yaml");
    let mut editor = Editor::start(&project);
    assert_eq!(editor.opened(&address, &great()).len(), 0);
    editor.change(&address, 2, &json!([{"range": "everything", "text": 5}]));
    assert_eq!(rules(&editor.diagnostics(&address, None)), ["not-judged"]);
    // Places far outside are the nearest ones inside.
    let far = json!({"start": {"line": 0, "character": 0}, "end": {"line": 4_000_000_000_u32, "character": 4_000_000_000_u32}});
    editor.open(&address, &great());
    assert_eq!(editor.diagnostics(&address, Some(1)).len(), 0);
    editor.change(&address, 3, &json!([{"range": far, "text": poor()}]));
    assert_eq!(editor.diagnostics(&address, Some(3)).len(), 2);
}

#[test]
fn a_message_that_is_too_large_is_passed_over_and_one_as_large_as_a_file_is_taken() {
    let project = Project::new();
    let address = uri(project.path(), "a.yaml");
    let mut editor = Editor::start(&project);
    assert_eq!(editor.opened(&address, &great()).len(), 0);
    let size = 64 * 1024 * 1024 + 1;
    editor.write(format!("Content-Length: {size}\r\n\r\n").as_bytes());
    let block = vec![b' '; 1024 * 1024];
    for _ in 0..64 {
        editor.write(&block);
    }
    editor.write(b" ");
    assert!(editor.said("window/logMessage")["message"].as_str().unwrap().contains("at most 67108864"));
    assert_eq!(rules(&editor.diagnostics(&address, None)), ["not-judged"]);
    // Over the limit of a file: told as `check` tells it.
    let text = "#".repeat(9 * 1024 * 1024);
    assert_eq!(rules(&editor.replaced(&address, 2, &text)), ["unreadable"]);
    assert_eq!(editor.end(), 0);
}

#[test]
fn a_length_that_is_a_lie_takes_no_memory() {
    let project = Project::new();
    let mut editor = Editor::start(&project);
    editor.write(b"Content-Length: 18446744073709551615\r\n\r\n{}");
    assert_eq!(editor.hang_up(), 1);
}

#[test]
fn a_request_that_is_taken_back_is_not_answered_for() {
    let project = Project::new();
    let address = uri(project.path(), "a.yaml");
    let mut editor = Editor::start(&project);
    // While a long file is judged, requests wait.
    let long: String = poor().lines().map(|line| format!("  {line}\n")).collect();
    let long = format!("- {}", long.trim_start()).repeat(300);
    editor.open(&address, &long);
    let at = json!({"textDocument": {"uri": address}, "position": {"line": 3, "character": 8}});
    let first = editor.ask("textDocument/hover", &at);
    let second = editor.ask("textDocument/hover", &at);
    editor.notify("$/cancelRequest", &json!({"id": second}));
    assert!(editor.wait(|message| message["id"] == first)["result"].is_object());
    // It is refused, or was answered before the word came: there is one answer and only one.
    let answer = editor.wait(|message| message["id"] == second);
    assert!(answer["result"].is_object() || error_of(&answer) == -32800, "{answer}");
    editor.notify("$/cancelRequest", &json!({"id": 12345}));
    editor.notify("$/cancelRequest", &json!({}));
    assert!(!editor.came(|message| message["id"] == second));
}

#[test]
fn what_a_note_says_reaches_no_screen_as_it_is() {
    let project = Project::new();
    let address = uri(project.path(), "a.yaml");
    let mut editor = Editor::start(&project);
    let text = "customer: \"A\\e[31m\"\nworkload: Teams\nstatus: \"[x](command:y)\\u202e\"\nnote: \"<b>[x](command:z)</b> `\"\n";
    let found = editor.opened(&address, text);
    let unsafe_ones =
        |value: &Value| value.to_string().contains(['\u{202e}', '\u{1b}']) || value.to_string().contains("\\u001b");
    assert!(!found.is_empty() && !found.iter().any(unsafe_ones), "{found:#?}");
    let hover = editor.at("textDocument/hover", &address, &text.replacen("note", "no|te", 1));
    let shown = hover["contents"]["value"].as_str().unwrap();
    assert!(!unsafe_ones(&hover) && !shown.contains("[x](command"), "{shown}");
}
