//! Blobs from the `git` program: one child answers for all of them.

use super::ObjectId;
use crate::source::{Content, Refusal};
use std::io::{self, BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// A running `git cat-file --batch`.
pub(super) struct BlobServer {
    child: Child,
    requests: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
}

impl BlobServer {
    /// Starts `command`, a `git cat-file --batch`.
    pub(super) fn start(mut command: Command) -> io::Result<Self> {
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
        let requests = child.stdin.take();
        let answers = child.stdout.take().ok_or_else(|| io::Error::other("git gave no output"))?;
        Ok(Self { child, requests, answers: BufReader::new(answers) })
    }

    /// The bytes of a blob of at most `limit` bytes. A larger one is passed over, so that the next answer is read right.
    pub(super) fn read(&mut self, id: &ObjectId, limit: u64) -> io::Result<Content> {
        let requests = self.requests.as_mut().ok_or_else(|| io::Error::other("git takes no input"))?;
        writeln!(requests, "{}", id.as_str())?;
        requests.flush()?;
        let mut header = String::new();
        self.answers.read_line(&mut header)?;
        let size: u64 = match header.split_whitespace().collect::<Vec<_>>().as_slice() {
            [_, "blob", size] => size.parse().map_err(io::Error::other)?,
            _ => return Err(io::Error::other(format!("git says “{}”", header.trim()))),
        };
        if size > limit {
            io::copy(&mut self.answers.by_ref().take(size + 1), &mut io::sink())?;
            return Ok(Content::Refused(Refusal::TooLarge { size, limit }));
        }
        let mut bytes = Vec::new();
        self.answers.by_ref().take(size + 1).read_to_end(&mut bytes)?;
        if bytes.pop() != Some(b'\n') {
            return Err(io::Error::other("git stopped in the middle"));
        }
        Ok(Content::Bytes(bytes))
    }
}

impl Drop for BlobServer {
    fn drop(&mut self) {
        // cat-file ends when its input does.
        self.requests = None;
        self.child.wait().ok();
    }
}
