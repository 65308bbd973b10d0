//! The messages of a session on two streams.
//!
//! The reader of `lsp-server` ends at the first message that is not sound, and takes the length that a message claims for
//! granted. Here such a message is passed over and told of, so that one bad message costs no session.

use super::protocol::{Message, RequestId};
use std::io::{self, BufRead, BufReader, Read, Write};
use std::sync::mpsc::Sender;

/// The largest message that is taken, in bytes: a file of the largest size that is judged, with every character escaped.
const MOST_BYTES: u64 = 64 * 1024 * 1024;

/// The longest line of a header, in bytes.
const LONGEST_HEADER: u64 = 8 * 1024;

/// What came in.
#[derive(Debug)]
pub(super) enum Incoming {
    Message(Message),
    /// Something that is no message of the protocol.
    Unfit(Unfit),
}

/// Why something that came in could not be used.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Unfit {
    /// Which request it is, where that much can be read.
    pub(super) id: Option<RequestId>,
    pub(super) why: String,
    pub(super) loss: Loss,
}

/// What an unfit message may have held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Loss {
    /// A change of a document, so that nobody knows what the documents hold now.
    Documents,
    /// Nothing that matters later.
    Nothing,
}

/// Hands every message of `input` to `inbox`, until the input ends, the client says `exit`, or nobody listens.
pub(super) fn read_all(input: &mut (dyn Read + Send), inbox: &Sender<Incoming>) {
    let mut input = BufReader::new(input);
    while let Ok(Some(incoming)) = read(&mut input) {
        let is_exit = matches!(&incoming, Incoming::Message(Message::Notification(said)) if said.method == super::protocol::method::EXIT);
        if inbox.send(incoming).is_err() || is_exit {
            return;
        }
    }
}

/// The next message; nothing at the end of the input.
fn read(input: &mut impl BufRead) -> io::Result<Option<Incoming>> {
    let Some(length) = read_header(input)? else { return Ok(None) };
    let Some(length) = length else {
        return Ok(Some(unfit(None, "a message without its length", Loss::Documents)));
    };
    if length > MOST_BYTES {
        let passed = io::copy(&mut input.take(length), &mut io::sink())?;
        if passed < length {
            return Ok(None);
        }
        let why = format!("a message of {length} bytes; at most {MOST_BYTES} are taken");
        return Ok(Some(unfit(None, why, Loss::Documents)));
    }
    let mut body = Vec::new();
    if input.take(length).read_to_end(&mut body)? as u64 != length {
        return Ok(None);
    }
    Ok(Some(parsed(&body)))
}

/// The length that the header of a message gives; nothing where it gives none. The outer nothing is the end of the input.
fn read_header(input: &mut impl BufRead) -> io::Result<Option<Option<u64>>> {
    let mut length = None;
    loop {
        let mut line = Vec::new();
        if input.take(LONGEST_HEADER).read_until(b'\n', &mut line)? == 0 {
            return Ok(None);
        }
        let line = String::from_utf8_lossy(&line);
        let line = line.trim();
        if line.is_empty() {
            return Ok(Some(length));
        }
        let field = line.split_once(':').filter(|(name, _)| name.trim().eq_ignore_ascii_case("Content-Length"));
        if let Some((_, value)) = field {
            length = value.trim().parse().ok();
        }
    }
}

fn parsed(body: &[u8]) -> Incoming {
    let error = match serde_json::from_slice(body) {
        Ok(message) => return Incoming::Message(message),
        Err(error) => error,
    };
    // A client that sends nonsense as a request waits for an answer, and is given one where its number can be read.
    let value: Option<serde_json::Value> = serde_json::from_slice(body).ok();
    let field = |name: &str| value.as_ref().and_then(|value| value.get(name));
    let id = field("id").and_then(|id| serde_json::from_value(id.clone()).ok());
    let is_answer = field("method").is_none() && value.is_some();
    let loss = if is_answer { Loss::Nothing } else { Loss::Documents };
    unfit(id.filter(|_| !is_answer), format!("a message that is not one of the protocol: {error}"), loss)
}

fn unfit(id: Option<RequestId>, why: impl Into<String>, loss: Loss) -> Incoming {
    Incoming::Unfit(Unfit { id, why: why.into(), loss })
}

/// Where messages to the client go.
pub(super) struct Outbox<'a> {
    output: &'a mut (dyn Write + Send),
    is_closed: bool,
}

impl<'a> Outbox<'a> {
    pub(super) fn new(output: &'a mut (dyn Write + Send)) -> Self {
        Self { output, is_closed: false }
    }

    pub(super) fn send(&mut self, message: impl Into<Message>) {
        let mut bytes = Vec::new();
        let written = message.into().write(&mut bytes).and_then(|()| self.output.write_all(&bytes));
        self.is_closed |= written.and_then(|()| self.output.flush()).is_err();
    }

    /// Whether the client went away.
    pub(super) fn is_closed(&self) -> bool {
        self.is_closed
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::sync::mpsc;

    fn all(input: &[u8]) -> Vec<Incoming> {
        let (sender, receiver) = mpsc::channel();
        read_all(&mut io::Cursor::new(input.to_vec()), &sender);
        drop(sender);
        receiver.into_iter().collect()
    }

    fn framed(body: &str) -> String {
        format!("Content-Length: {}\r\n\r\n{body}", body.len())
    }

    fn shown(incoming: &Incoming) -> String {
        match incoming {
            Incoming::Message(Message::Request(request)) => format!("request {}", request.method),
            Incoming::Message(Message::Notification(said)) => format!("notification {}", said.method),
            Incoming::Message(Message::Response(_)) => "response".to_owned(),
            Incoming::Unfit(Unfit { id, loss, .. }) => format!("unfit {id:?} {loss:?}"),
        }
    }

    #[test]
    fn a_bad_message_costs_no_other() {
        let input = [
            framed(r#"{"jsonrpc":"2.0","id":1,"method":"a"}"#),
            framed("{nonsense"),
            framed(r#"{"id":7,"method":5}"#),
            framed(r#"{"id":8}"#),
            "X-Header: 1\r\n\r\n".to_owned(),
            framed(&"[".repeat(100_000)),
            "content-length:   2\nContent-Type: x\n\n{}".to_owned(),
            framed(r#"{"jsonrpc":"2.0","method":"exit"}"#),
            framed(r#"{"jsonrpc":"2.0","id":2,"method":"never read"}"#),
        ];
        let seen: Vec<String> = all(input.concat().as_bytes()).iter().map(shown).collect();
        assert_eq!(
            seen,
            [
                "request a",
                "unfit None Documents",
                "unfit Some(RequestId(I32(7))) Documents",
                "unfit None Nothing",
                "unfit None Documents",
                "unfit None Documents",
                "unfit None Nothing",
                "notification exit"
            ]
        );
    }

    #[test]
    fn a_length_that_is_a_lie_takes_no_memory_and_ends_the_session() {
        for length in ["18446744073709551615", "99999999999999", "70000000", "500"] {
            assert!(all(format!("Content-Length: {length}\r\n\r\nshort").as_bytes()).is_empty(), "{length}");
        }
        assert_eq!(all(b"Content-Length: -1\r\n\r\n").len(), 1);
        assert_eq!(all(b"Content-Length: 1e3\r\n\r\n").len(), 1);
    }

    #[test]
    fn text_that_is_not_utf8_is_no_message() {
        let seen = all(b"Content-Length: 4\r\n\r\n\"\xff\xfe\"");
        assert!(matches!(seen.as_slice(), [Incoming::Unfit(_)]));
    }

    proptest! {
        #[test]
        fn no_input_panics(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
            let _any = all(&bytes);
            let _framed = all(&[format!("Content-Length: {}\r\n\r\n", bytes.len()).into_bytes(), bytes].concat());
        }
    }
}
