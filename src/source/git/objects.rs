//! Objects from the `git` program: one child answers for all of them.

use super::ObjectId;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// A running `git cat-file --batch`.
pub(super) struct ObjectServer {
    child: Child,
    requests: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
}

/// The kind of object that is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Blob,
    Tree,
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Self::Blob => "blob",
            Self::Tree => "tree",
        }
    }
}

/// What git answers.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Stored {
    /// An object of the kind that was asked for.
    Object { id: ObjectId, bytes: Vec<u8> },
    /// It is larger than the limit; its size in bytes.
    TooLarge(u64),
    /// It is not there.
    Missing,
}

impl ObjectServer {
    /// Starts `command`, a `git cat-file --batch`.
    pub(super) fn start(mut command: Command) -> io::Result<Self> {
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
        let requests = child.stdin.take();
        let answers = child.stdout.take().ok_or_else(|| io::Error::other("git gave no output"))?;
        Ok(Self { child, requests, answers: BufReader::new(answers) })
    }

    /// The object of at most `limit` bytes that `name` stands for. A larger one, or one of another kind, is passed over,
    /// so that the next answer is read right.
    pub(super) fn read(&mut self, name: &str, kind: Kind, limit: u64) -> io::Result<Stored> {
        let requests = self.requests.as_mut().ok_or_else(|| io::Error::other("git takes no input"))?;
        writeln!(requests, "{name}")?;
        requests.flush()?;
        let mut header = String::new();
        self.answers.read_line(&mut header)?;
        let words: Vec<&str> = header.split_whitespace().collect();
        let (id, found, size) = match words.as_slice() {
            [id, found, size] => (ObjectId::parse(id), *found, size.parse::<u64>().map_err(io::Error::other)?),
            [_, "missing"] => return Ok(Stored::Missing),
            [] => return Err(io::Error::other("git ended without an answer")),
            _ => return Err(io::Error::other(format!("git says “{}”", header.trim()))),
        };
        if found != kind.name() || size > limit {
            io::copy(&mut self.answers.by_ref().take(size.saturating_add(1)), &mut io::sink())?;
            let other = || io::Error::other(format!("it is a {found} where a {} is due", kind.name()));
            return if found == kind.name() { Ok(Stored::TooLarge(size)) } else { Err(other()) };
        }
        let mut bytes = Vec::new();
        self.answers.by_ref().take(size.saturating_add(1)).read_to_end(&mut bytes)?;
        if bytes.pop() != Some(b'\n') {
            return Err(io::Error::other("git stopped in the middle"));
        }
        let id = id.ok_or_else(|| io::Error::other("git names no object"))?;
        Ok(Stored::Object { id, bytes })
    }
}

impl Drop for ObjectServer {
    fn drop(&mut self) {
        // cat-file ends when its input does.
        self.requests = None;
        self.child.wait().ok();
    }
}
