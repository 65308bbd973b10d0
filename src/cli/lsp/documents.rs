//! The documents that are open in the editor. What stands in them counts, saved or not.

use super::position::{Encoding, LineIndex};
use super::protocol::{TextDocumentContentChangeEvent, Uri};
use super::uri;
use crate::cli::edits;
use crate::report::model::FileReport;
use crate::source::Content;
use crate::source::disk::{self, in_real_folder};
use crate::yaml::Limits;
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// However much goes on, a document waits no longer than this to be judged.
const LONGEST_WAIT: Duration = Duration::from_secs(2);

/// A document that is open.
#[derive(Debug)]
pub(super) struct Document {
    pub(super) uri: Uri,
    /// The file that it is, with the links among its folders resolved; nothing for a text that was never saved.
    pub(super) file: Option<PathBuf>,
    pub(super) version: i32,
    pub(super) text: Text,
    /// What the last judgement of this very text said.
    pub(super) judged: Option<FileReport>,
    /// The file on disk, where that is not UTF-8: the editor shows it as text all the same, and `check` refuses it.
    pub(super) unreadable: Option<Vec<u8>>,
    /// What the file held in the commits that the next one builds on.
    past: Past,
    /// Since when it waits to be judged; nothing when it was.
    waiting: Option<Instant>,
}

/// What a file held in the commits that the next one builds on, and since when that is known.
#[derive(Debug, Default)]
struct Past {
    contents: Vec<Content>,
    /// Why nothing is known of it.
    failure: Option<String>,
    since: Option<Instant>,
}

/// A commit may be made while a document is open: what was there before is looked up anew after so long.
const PAST_HOLDS: Duration = Duration::from_secs(5);

/// What a document holds.
#[derive(Debug)]
pub(super) enum Text {
    Known(String),
    /// A change of it was lost.
    Lost,
}

impl Document {
    pub(super) fn open(uri: Uri, version: i32, text: String) -> Self {
        let file = uri::to_path(&uri).map(|path| in_real_folder(&path));
        let mut document = Self {
            uri,
            file,
            version,
            text: Text::Known(text),
            judged: None,
            unreadable: None,
            past: Past::default(),
            waiting: None,
        };
        document.look_at_disk();
        document
    }

    /// Looks at the file on disk, which was opened or written just now.
    pub(super) fn look_at_disk(&mut self) {
        self.past.since = None;
        let content = self.file.as_ref().map(|file| disk::read(file, Limits::default().file_bytes));
        self.unreadable = match content {
            Some(Content::Bytes(bytes)) if std::str::from_utf8(&bytes).is_err() => Some(bytes),
            _ => None,
        };
    }

    /// Looks up what the file held in the commits that the next one builds on, unless that was done just now.
    pub(super) fn look_at_past(&mut self, now: Instant) {
        let is_known = self.past.since.is_some_and(|since| now.duration_since(since) < PAST_HOLDS);
        let Some(file) = self.file.as_ref().filter(|_| !is_known) else { return };
        let (contents, failure) = match edits::before(file) {
            Ok(contents) => (contents, None),
            Err(error) => (Vec::new(), Some(error.in_short())),
        };
        self.past = Past { contents, failure, since: Some(now) };
    }

    /// What the file held in the commits that the next one builds on, as far as it was looked up.
    pub(super) fn past(&self) -> &[Content] {
        &self.past.contents
    }

    /// Why it is not known what the file held.
    pub(super) fn past_failure(&self) -> Option<&str> {
        self.past.failure.as_deref()
    }

    /// Makes the changes in their order. A change of a text that is not known is lost too, unless it is all of it.
    pub(super) fn change(&mut self, version: i32, changes: Vec<TextDocumentContentChangeEvent>, encoding: Encoding) {
        self.version = version;
        for change in changes {
            match change {
                TextDocumentContentChangeEvent::TextDocumentContentChangeWholeDocument(whole) => {
                    self.text = Text::Known(whole.text);
                }
                TextDocumentContentChangeEvent::TextDocumentContentChangePartial(part) => {
                    if let Text::Known(text) = &mut self.text {
                        let span = LineIndex::new(text, encoding).span(part.range);
                        text.replace_range(span.start..span.end, &part.text);
                    }
                }
            }
        }
    }

    /// The document waits to be judged from now on.
    pub(super) fn wait(&mut self, now: Instant) {
        self.judged = None;
        self.waiting = self.waiting.or(Some(now));
    }

    /// Until when it is to be judged at the latest; nothing when it was.
    pub(super) fn due(&self) -> Option<Instant> {
        Some(self.waiting? + LONGEST_WAIT)
    }

    /// The document was judged. Without a report it is none of those that are judged.
    pub(super) fn settle(&mut self, report: Option<FileReport>) {
        self.judged = report;
        self.waiting = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::lsp::protocol::{Position, Range};
    use serde_json::json;

    fn document(text: &str) -> Document {
        Document::open(Uri::from("file:///n/a.yaml"), 1, text.to_owned())
    }

    fn part(from: (u32, u32), to: (u32, u32), text: &str) -> TextDocumentContentChangeEvent {
        let at = |(line, character)| Position { line, character };
        serde_json::from_value(json!({"range": Range { start: at(from), end: at(to) }, "text": text})).unwrap()
    }

    fn whole(text: &str) -> TextDocumentContentChangeEvent {
        serde_json::from_value(json!({"text": text})).unwrap()
    }

    fn text(document: &Document) -> Option<&str> {
        match &document.text {
            Text::Known(text) => Some(text),
            Text::Lost => None,
        }
    }

    #[test]
    fn changes_are_made_one_after_the_other() {
        let mut document = document("note: 🙂a\nstatus: x\n");
        let changes = vec![part((0, 8), (0, 9), "b"), part((1, 8), (9, 9), "Blocked\n"), part((0, 0), (0, 0), "- ")];
        document.change(2, changes, Encoding::Utf16);
        assert_eq!(text(&document), Some("- note: 🙂b\nstatus: Blocked\n"));
        document.change(3, vec![whole("x"), part((0, 1), (0, 1), "y")], Encoding::Utf8);
        assert_eq!((text(&document), document.version), (Some("xy"), 3));
    }

    #[test]
    fn a_lost_text_is_known_again_when_all_of_it_comes() {
        let mut document = document("a");
        document.text = Text::Lost;
        document.change(2, vec![part((0, 0), (0, 1), "b")], Encoding::Utf16);
        assert_eq!(text(&document), None);
        document.change(3, vec![whole("c")], Encoding::Utf16);
        assert_eq!(text(&document), Some("c"));
    }

    #[test]
    fn a_document_waits_from_its_first_change_on() {
        let mut document = document("a");
        let start = Instant::now();
        assert_eq!(document.due(), None);
        document.wait(start);
        document.wait(start + Duration::from_secs(1));
        assert_eq!(document.due(), Some(start + LONGEST_WAIT));
        document.settle(None);
        assert_eq!(document.due(), None);
    }
}
