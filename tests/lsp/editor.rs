//! A scripted editor.

use crate::support::{Project, TODAY, notegate};
use serde_json::{Value, json};
use std::collections::VecDeque;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

/// So long nothing takes that comes at all; a machine under load is slow.
const PATIENCE: Duration = Duration::from_secs(120);

/// A session with the server.
pub(crate) struct Editor {
    child: Child,
    input: Option<ChildStdin>,
    messages: Receiver<Value>,
    /// What came and was not asked for yet.
    held: VecDeque<Value>,
    next_id: i64,
    /// The answer to `initialize`.
    pub(crate) capabilities: Value,
}

/// What most editors can do.
pub(crate) fn usual() -> Value {
    json!({
        "textDocument": {
            "publishDiagnostics": {"relatedInformation": true, "tagSupport": {"valueSet": [1, 2]}, "versionSupport": true},
            "hover": {"contentFormat": ["markdown", "plaintext"]},
            "completion": {"completionItem": {"documentationFormat": ["markdown"]}},
        },
        "workspace": {
            "didChangeWatchedFiles": {"dynamicRegistration": true},
            "workspaceEdit": {"documentChanges": true},
        },
    })
}

impl Editor {
    /// A session in a project, with the usual abilities.
    pub(crate) fn start(project: &Project) -> Self {
        Self::start_with(project, &usual(), &[])
    }

    pub(crate) fn start_with(project: &Project, capabilities: &Value, arguments: &[&str]) -> Self {
        let mut editor = Self::spawn(project, arguments);
        let folder = uri(project.path(), "");
        let params = json!({
            "processId": null, "rootUri": folder, "capabilities": capabilities,
            "workspaceFolders": [{"uri": folder, "name": "notes"}],
        });
        editor.capabilities = editor.request("initialize", &params)["result"].clone();
        editor.notify("initialized", &json!({}));
        editor
    }

    /// The program, to which nothing was said yet.
    pub(crate) fn spawn(project: &Project, arguments: &[&str]) -> Self {
        let mut command = notegate(project.path());
        command.args(["lsp", "--stdio", "--today", TODAY]).args(arguments);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        let (sender, messages) = channel();
        thread::spawn(move || {
            loop {
                let mut length = 0;
                loop {
                    let mut line = String::new();
                    if output.read_line(&mut line).unwrap_or(0) == 0 {
                        return;
                    }
                    if let Some(value) = line.strip_prefix("Content-Length: ") {
                        length = value.trim().parse().unwrap();
                    }
                    if line == "\r\n" {
                        break;
                    }
                }
                let mut body = vec![0; length];
                output.read_exact(&mut body).unwrap();
                if sender.send(serde_json::from_slice(&body).unwrap()).is_err() {
                    return;
                }
            }
        });
        let input = child.stdin.take();
        Self { child, input, messages, held: VecDeque::new(), next_id: 0, capabilities: Value::Null }
    }

    /// Writes bytes as they are.
    pub(crate) fn write(&mut self, bytes: &[u8]) {
        let input = self.input.as_mut().unwrap();
        input.write_all(bytes).unwrap();
        input.flush().unwrap();
    }

    pub(crate) fn send(&mut self, message: &Value) {
        let body = message.to_string();
        self.write(format!("Content-Length: {}\r\n\r\n{body}", body.len()).as_bytes());
    }

    pub(crate) fn notify(&mut self, method: &str, params: &Value) {
        self.send(&json!({"jsonrpc": "2.0", "method": method, "params": params}));
    }

    /// Asks something and waits for the answer; what else comes meanwhile is held.
    #[track_caller]
    pub(crate) fn request(&mut self, method: &str, params: &Value) -> Value {
        let id = self.ask(method, params);
        self.wait(|message| message["id"] == id && message.get("method").is_none())
    }

    /// Asks something and does not wait.
    pub(crate) fn ask(&mut self, method: &str, params: &Value) -> i64 {
        self.next_id += 1;
        self.send(&json!({"jsonrpc": "2.0", "id": self.next_id, "method": method, "params": params}));
        self.next_id
    }

    /// The first message that `wanted` wants, of those that came and those to come.
    #[track_caller]
    pub(crate) fn wait(&mut self, wanted: impl Fn(&Value) -> bool) -> Value {
        if let Some(at) = self.held.iter().position(&wanted) {
            return self.held.remove(at).unwrap();
        }
        loop {
            match self.messages.recv_timeout(PATIENCE) {
                Ok(message) if wanted(&message) => return message,
                Ok(message) => self.held.push_back(message),
                Err(error) => panic!("{error}; held: {:#?}", self.held),
            }
        }
    }

    /// Whether a message came, up to now, that `wanted` wants. A request is answered first, so all before it was sent.
    pub(crate) fn came(&mut self, wanted: impl Fn(&Value) -> bool) -> bool {
        let _answered = self.request("nothing/atAll", &json!({}));
        self.held.iter().any(wanted)
    }

    #[track_caller]
    pub(crate) fn said(&mut self, method: &str) -> Value {
        self.wait(|message| message["method"] == method)["params"].clone()
    }

    /// What is published on a document in this version or, without one, at all.
    #[track_caller]
    pub(crate) fn diagnostics(&mut self, uri: &str, version: Option<i64>) -> Vec<Value> {
        let message = self.wait(|message| {
            message["method"] == "textDocument/publishDiagnostics"
                && message["params"]["uri"] == uri
                && version.is_none_or(|version| message["params"]["version"] == version)
        });
        message["params"]["diagnostics"].as_array().unwrap().clone()
    }

    pub(crate) fn open(&mut self, uri: &str, text: &str) {
        let item = json!({"uri": uri, "languageId": "yaml", "version": 1, "text": text});
        self.notify("textDocument/didOpen", &json!({"textDocument": item}));
    }

    /// Opens a document and waits for what is said of it.
    #[track_caller]
    pub(crate) fn opened(&mut self, uri: &str, text: &str) -> Vec<Value> {
        self.open(uri, text);
        self.diagnostics(uri, Some(1))
    }

    pub(crate) fn change(&mut self, uri: &str, version: i64, changes: &Value) {
        let document = json!({"uri": uri, "version": version});
        self.notify("textDocument/didChange", &json!({"textDocument": document, "contentChanges": changes}));
    }

    /// Replaces all of a document and waits for what is said of it.
    #[track_caller]
    pub(crate) fn replaced(&mut self, uri: &str, version: i64, text: &str) -> Vec<Value> {
        self.change(uri, version, &json!([{"text": text}]));
        self.diagnostics(uri, Some(version))
    }

    /// Asks about the place at the `|` of a text, which is that of the document without it.
    #[track_caller]
    pub(crate) fn at(&mut self, method: &str, uri: &str, marked: &str) -> Value {
        let cursor = marked.find('|').unwrap();
        let line = marked[..cursor].matches('\n').count();
        let start = marked[..cursor].rfind('\n').map_or(0, |at| at + 1);
        let character: usize = marked[start..cursor].chars().map(char::len_utf16).sum();
        let position = json!({"line": line, "character": character});
        let answer = self.request(
            method,
            &json!({
                "textDocument": {"uri": uri}, "position": position,
                "range": {"start": position, "end": position}, "context": {"diagnostics": [], "triggerKind": 1},
            }),
        );
        assert!(answer.get("error").is_none(), "{answer}");
        answer["result"].clone()
    }

    /// Ends the session as agreed; the exit code.
    #[track_caller]
    pub(crate) fn end(mut self) -> i32 {
        assert_eq!(self.request("shutdown", &Value::Null)["result"], Value::Null);
        self.notify("exit", &Value::Null);
        self.ended()
    }

    /// Says nothing more; the exit code.
    pub(crate) fn hang_up(mut self) -> i32 {
        self.input = None;
        self.ended()
    }

    /// Waits for the end; the exit code. Nothing may have been said on standard error.
    #[track_caller]
    pub(crate) fn ended(mut self) -> i32 {
        loop {
            match self.messages.recv_timeout(PATIENCE) {
                Ok(_) => {}
                Err(RecvTimeoutError::Disconnected) => break,
                Err(RecvTimeoutError::Timeout) => panic!("the server goes on"),
            }
        }
        let code = self.child.wait().unwrap().code().unwrap();
        let mut said = String::new();
        self.child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
        assert_eq!(said, "");
        code
    }
}

impl Drop for Editor {
    fn drop(&mut self) {
        let _ended_already = self.child.kill();
        let _ended_already = self.child.wait();
    }
}

/// The URI of a file of a project.
pub(crate) fn uri(folder: &Path, name: &str) -> String {
    let folder = folder.canonicalize().unwrap();
    let path = if name.is_empty() { folder } else { folder.join(name) };
    format!("file://{}", path.to_str().unwrap().replace(' ', "%20"))
}

/// The rules of findings, in their order.
pub(crate) fn rules(diagnostics: &[Value]) -> Vec<&str> {
    diagnostics.iter().map(|diagnostic| diagnostic["code"].as_str().unwrap()).collect()
}

/// The part of a text that a range covers, by UTF-16 units.
pub(crate) fn covered(text: &str, range: &Value) -> String {
    let offset = |position: &Value| {
        let line: usize = position["line"].as_u64().unwrap().try_into().unwrap();
        let start = text.match_indices('\n').map(|(at, _)| at + 1).nth(line.wrapping_sub(1)).filter(|_| line > 0);
        let start = start.unwrap_or(if line == 0 { 0 } else { text.len() });
        let mut units = position["character"].as_u64().unwrap();
        let mut at = start;
        for c in text[start..].chars() {
            if units == 0 {
                break;
            }
            units -= c.len_utf16() as u64;
            at += c.len_utf8();
        }
        at
    };
    text[offset(&range["start"])..offset(&range["end"])].to_owned()
}

/// A text with the edits of a code action or a completion.
pub(crate) fn edited(text: &str, edit: &Value) -> String {
    let old = covered(text, &edit["range"]);
    let start = json!({"start": {"line": 0, "character": 0}, "end": edit["range"]["start"]});
    let before = covered(text, &start);
    format!("{before}{}{}", edit["newText"].as_str().unwrap(), &text[before.len() + old.len()..])
}
