//! From a key in an editor to what is underlined: one change of a file of 100 records, through the built program and the
//! protocol. The target is under 20 ms.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a bench that meets what it does not expect has to stop"
)]

use divan::Bencher;
use serde_json::{Value, json};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

fn main() {
    divan::main();
}

/// A file of so many records, of which none is like another.
fn file(records: usize) -> String {
    let one = |number: usize| {
        format!(
            "- customer: Customer {number}\n  workload: Teams\n  status: Blocked\n  note: Unable to deploy because proxy \
             {number} in Lyon drops UDP port {} of the Avaya gateway.\n  refresh_summary:\n    - date: 2020-03-27\n      \
             who_changed: Celia Kennedy\n      what_changed: General Maintenance\n",
            3000 + number
        )
    };
    (0..records).map(one).collect()
}

/// A session with the server, in a folder that goes away with it.
struct Session {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    uri: String,
    version: i64,
    _folder: tempfile::TempDir,
}

impl Session {
    fn open(text: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join(".git")).unwrap();
        let uri = format!("file://{}", folder.path().canonicalize().unwrap().join("a.yaml").display());
        let mut command = Command::new(env!("CARGO_BIN_EXE_notegate"));
        command.arg("lsp").current_dir(folder.path()).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let (input, output) = (child.stdin.take().unwrap(), BufReader::new(child.stdout.take().unwrap()));
        let mut session = Self { child, input, output, uri, version: 1, _folder: folder };
        session.send(&json!({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"capabilities": {}}}));
        session.send(&json!({"jsonrpc": "2.0", "method": "initialized", "params": {}}));
        let document = json!({"uri": session.uri, "languageId": "yaml", "version": 1, "text": text});
        session
            .send(&json!({"jsonrpc": "2.0", "method": "textDocument/didOpen", "params": {"textDocument": document}}));
        session.wait();
        session
    }

    fn send(&mut self, message: &Value) {
        let body = message.to_string();
        write!(self.input, "Content-Length: {}\r\n\r\n{body}", body.len()).unwrap();
        self.input.flush().unwrap();
    }

    /// Waits for what is said of the newest version.
    fn wait(&mut self) {
        loop {
            let mut length = 0;
            loop {
                let mut line = String::new();
                self.output.read_line(&mut line).unwrap();
                match line.strip_prefix("Content-Length: ") {
                    Some(value) => length = value.trim().parse().unwrap(),
                    None if line.trim().is_empty() => break,
                    None => {}
                }
            }
            let mut body = vec![0; length];
            self.output.read_exact(&mut body).unwrap();
            let message: Value = serde_json::from_slice(&body).unwrap();
            if message["params"]["version"] == self.version {
                return;
            }
        }
    }

    /// One letter more in the note of the first record.
    fn key(&mut self) {
        self.version += 1;
        let at = json!({"line": 3, "character": 30});
        let change = json!({"range": {"start": at, "end": at}, "text": if self.version % 8 == 0 { " " } else { "x" }});
        let document = json!({"uri": self.uri, "version": self.version});
        let params = json!({"textDocument": document, "contentChanges": [change]});
        self.send(&json!({"jsonrpc": "2.0", "method": "textDocument/didChange", "params": params}));
        self.wait();
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        let _ended_already = self.child.kill();
        let _ended_already = self.child.wait();
    }
}

#[divan::bench(args = [1, 10, 100])]
fn key_to_diagnostic(bencher: Bencher<'_, '_>, records: usize) {
    let mut session = Session::open(&file(records));
    bencher.bench_local(|| session.key());
}
