//! The session: takes messages in their order, and judges a document as soon as nothing else waits.

use super::documents::{Document, Text};
use super::protocol::{
    Client, Diagnostic, DidChangeTextDocumentParams, DidChangeWatchedFilesParams, DidChangeWorkspaceFoldersParams,
    DidCloseTextDocumentParams, DidOpenTextDocumentParams, DidSaveTextDocumentParams, ErrorCode, InitializeParams,
    Message, MessageType, Notification, Request, RequestId, Response, ShowMessageParams, WorkspaceFolders, method,
};
use super::sites::Sites;
use super::transport::{Incoming, Loss, Outbox, Unfit};
use super::{capabilities, uri, watch};
use crate::cli::Exit;
use crate::report::escape;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::collections::{BTreeMap, VecDeque};
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, TryRecvError};
use std::time::Instant;

/// How a session ends that the client did not end as agreed; the protocol asks for 1.
const ABRUPT: Exit = Exit::Blocked;

/// A session with an editor.
pub(super) struct Server<'a> {
    out: Outbox<'a>,
    stage: Stage,
    pub(super) client: Client,
    pub(super) sites: Sites,
    /// By their URIs.
    pub(super) documents: BTreeMap<String, Document>,
    /// What the editor shows on configurations that are not open.
    pub(super) marked: BTreeMap<PathBuf, Vec<Diagnostic>>,
    /// What was said to the person already of each configuration.
    said: BTreeMap<PathBuf, String>,
    /// Requests that the client takes back before they were looked at.
    cancelled: Vec<RequestId>,
    requests_sent: i32,
}

/// How far a session is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// Nobody said `initialize`.
    New,
    Running,
    /// The client said `shutdown`.
    Ending,
}

/// Why a request has no answer.
pub(super) struct Refusal {
    code: ErrorCode,
    message: String,
}

impl<'a> Server<'a> {
    pub(super) fn new(out: Outbox<'a>, sites: Sites) -> Self {
        Self {
            out,
            stage: Stage::New,
            client: Client::new(&super::protocol::ClientCapabilities::default()),
            sites,
            documents: BTreeMap::new(),
            marked: BTreeMap::new(),
            said: BTreeMap::new(),
            cancelled: Vec::new(),
            requests_sent: 0,
        }
    }

    /// Serves until the client ends the session or goes away.
    pub(super) fn serve(mut self, inbox: &Receiver<Incoming>) -> Exit {
        let mut waiting = VecDeque::new();
        let mut is_open = true;
        loop {
            while is_open {
                match inbox.try_recv() {
                    Ok(incoming) => self.queue(incoming, &mut waiting),
                    Err(TryRecvError::Empty) => break,
                    Err(TryRecvError::Disconnected) => is_open = false,
                }
            }
            if self.out.is_closed() {
                return ABRUPT;
            }
            let due = self.next_due();
            let is_overdue = due.as_ref().is_some_and(|(due, _)| *due <= Instant::now());
            if let Some(incoming) = waiting.pop_front_if(|_| !is_overdue) {
                if let Some(exit) = self.take(incoming) {
                    return exit;
                }
                continue;
            }
            match due {
                // One at a time, and only what stands there now: whoever types meanwhile has it judged after that.
                Some((_, uri)) => self.judge(&uri),
                None if !is_open => return ABRUPT,
                None => match inbox.recv() {
                    Ok(incoming) => self.queue(incoming, &mut waiting),
                    Err(_) => is_open = false,
                },
            }
        }
    }

    /// Puts what came in at the end of the queue. What takes back a request goes ahead of it.
    fn queue(&mut self, incoming: Incoming, waiting: &mut VecDeque<Incoming>) {
        match &incoming {
            Incoming::Message(Message::Notification(said)) if said.method == method::CANCEL => {
                let id = said.params.get("id").and_then(|id| serde_json::from_value(id.clone()).ok());
                let is_waiting = |id: &RequestId| {
                    waiting.iter().any(|incoming| matches!(incoming, Incoming::Message(Message::Request(request)) if request.id == *id))
                };
                self.cancelled.extend(id.filter(is_waiting));
            }
            _ => waiting.push_back(incoming),
        }
    }

    /// The document that is to be judged next, and until when.
    fn next_due(&self) -> Option<(Instant, String)> {
        let due = self.documents.iter().filter_map(|(uri, document)| Some((document.due()?, uri)));
        due.min().map(|(due, uri)| (due, uri.clone()))
    }

    /// Does what a message asks for; says how the session ends when it does.
    fn take(&mut self, incoming: Incoming) -> Option<Exit> {
        match incoming {
            Incoming::Message(Message::Request(request)) => self.answer(request),
            Incoming::Message(Message::Notification(said)) => {
                if said.method == method::EXIT {
                    return Some(if self.stage == Stage::Ending { Exit::Passed } else { ABRUPT });
                }
                if self.stage == Stage::Running {
                    self.note(said);
                }
            }
            // What this program asks for, it asks for in vain at worst.
            Incoming::Message(Message::Response(_)) => {}
            Incoming::Unfit(unfit) => self.pass_over(unfit),
        }
        None
    }

    fn answer(&mut self, Request { id, method, params }: Request) {
        if let Some(at) = self.cancelled.iter().position(|cancelled| *cancelled == id) {
            self.cancelled.swap_remove(at);
            return self.refuse(id, &Refusal::new(ErrorCode::RequestCanceled, "taken back"));
        }
        let answer = match (self.stage, method.as_str()) {
            (Stage::New, method::INITIALIZE) => self.initialize(params),
            (Stage::New, _) => Err(Refusal::new(ErrorCode::ServerNotInitialized, "`initialize` comes first")),
            (Stage::Ending, _) => Err(Refusal::new(ErrorCode::InvalidRequest, "the session is ending")),
            (Stage::Running, method::INITIALIZE) => {
                Err(Refusal::new(ErrorCode::InvalidRequest, "`initialize` was said already"))
            }
            (Stage::Running, method::SHUTDOWN) => {
                self.stage = Stage::Ending;
                Ok(Value::Null)
            }
            (Stage::Running, method::HOVER) => taken(params).and_then(|params| self.hover(&params).and_then(given)),
            (Stage::Running, method::COMPLETION) => {
                taken(params).and_then(|params| self.completion(&params).and_then(given))
            }
            (Stage::Running, method::CODE_ACTION) => {
                taken(params).and_then(|params| self.code_actions(&params).and_then(given))
            }
            (Stage::Running, _) => Err(Refusal::new(ErrorCode::MethodNotFound, "there is no such method here")),
        };
        match answer {
            Ok(result) => self.out.send(Response { id, response_result: Ok(result) }),
            Err(refusal) => self.refuse(id, &refusal),
        }
    }

    fn refuse(&mut self, id: RequestId, refusal: &Refusal) {
        self.out.send(Response::new_err(id, refusal.code as i32, refusal.message.clone()));
    }

    fn initialize(&mut self, params: Value) -> Result<Value, Refusal> {
        let params: InitializeParams = taken(params)?;
        self.client = Client::new(&params.capabilities);
        let folders = match params.workspace_folders_initialize_params.workspace_folders {
            Some(WorkspaceFolders::WorkspaceFolderList(folders)) => {
                folders.iter().filter_map(|folder| uri::to_path(&folder.uri)).collect()
            }
            Some(WorkspaceFolders::Null) | None => root(&params),
        };
        self.sites.change_folders(&folders, &[]);
        self.stage = Stage::Running;
        given(capabilities::of(&self.client))
    }

    /// Does what a notification says. One that cannot be read is passed over, and told of.
    fn note(&mut self, Notification { method, params }: Notification) {
        let done = match method.as_str() {
            method::INITIALIZED => {
                self.register();
                Ok(())
            }
            method::DID_OPEN => taken(params).map(|params| self.open(params)),
            method::DID_CHANGE => taken(params).map(|params| self.change(params)),
            method::DID_CLOSE => taken(params).map(|params| self.close(&params)),
            method::DID_SAVE => taken(params).map(|params| self.save(&params)),
            method::DID_CHANGE_FILES => taken(params).map(|_: DidChangeWatchedFilesParams| {
                self.sites.forget();
                self.judge_all();
            }),
            method::DID_CHANGE_FOLDERS => taken(params).map(|params| self.change_folders(&params)),
            method::DID_CHANGE_SETTINGS => {
                self.judge_all();
                Ok(())
            }
            _ => Ok(()),
        };
        if let Err(refusal) = done {
            let loss = if method == method::DID_CHANGE || method == method::DID_OPEN {
                Loss::Documents
            } else {
                Loss::Nothing
            };
            self.pass_over(Unfit { id: None, why: format!("`{method}`: {}", refusal.message), loss });
        }
    }

    fn register(&mut self) {
        if let Some(registration) = watch::registration(&self.client) {
            self.requests_sent = self.requests_sent.wrapping_add(1);
            let id = RequestId::from(self.requests_sent);
            if let Ok(params) = serde_json::to_value(registration) {
                self.out.send(Request { id, method: method::REGISTER.to_owned(), params });
            }
        }
    }

    fn open(&mut self, DidOpenTextDocumentParams { text_document }: DidOpenTextDocumentParams) {
        let key = text_document.uri.as_ref().to_owned();
        let mut document = Document::open(text_document.uri, text_document.version, text_document.text);
        document.wait(Instant::now());
        self.documents.insert(key, document);
    }

    fn change(&mut self, params: DidChangeTextDocumentParams) {
        let DidChangeTextDocumentParams { text_document, content_changes } = params;
        let encoding = self.client.encoding;
        // A document that was never opened is none of this session's.
        if let Some(document) = self.documents.get_mut(text_document.text_document_identifier.uri.as_ref()) {
            document.change(text_document.version, content_changes, encoding);
            document.wait(Instant::now());
        }
    }

    fn close(&mut self, DidCloseTextDocumentParams { text_document }: &DidCloseTextDocumentParams) {
        if let Some(document) = self.documents.remove(text_document.uri.as_ref()) {
            self.publish(text_document.uri.clone(), None, Vec::new());
            // If it is a configuration, the file on disk counts again.
            self.marked.retain(|file, _| document.file.as_ref() != Some(file));
            self.mark_configurations();
        }
    }

    /// What was written may be a configuration.
    fn save(&mut self, DidSaveTextDocumentParams { text_document, .. }: &DidSaveTextDocumentParams) {
        if let Some(document) = self.documents.get_mut(text_document.uri.as_ref()) {
            document.look_at_disk();
        }
        self.judge_all();
    }

    fn change_folders(&mut self, DidChangeWorkspaceFoldersParams { event }: &DidChangeWorkspaceFoldersParams) {
        let paths = |folders: &[super::protocol::WorkspaceFolder]| -> Vec<PathBuf> {
            folders.iter().filter_map(|folder| uri::to_path(&folder.uri)).collect()
        };
        self.sites.change_folders(&paths(&event.added), &paths(&event.removed));
        self.judge_all();
    }

    /// Every open document is judged anew.
    fn judge_all(&mut self) {
        let now = Instant::now();
        self.documents.values_mut().for_each(|document| document.wait(now));
    }

    /// Passes over what cannot be used, and says so; what may have been lost with it is lost.
    fn pass_over(&mut self, Unfit { id, why, loss }: Unfit) {
        if loss == Loss::Documents && self.stage == Stage::Running {
            let is_request = id.is_some();
            for document in self.documents.values_mut().filter(|_| !is_request) {
                document.text = Text::Lost;
            }
            self.judge_all();
        }
        if let Some(id) = id {
            self.refuse(id, &Refusal::new(ErrorCode::InvalidRequest, why));
            return;
        }
        self.tell(method::LOG_MESSAGE, MessageType::Error, &format!("passed over: {why}"));
    }

    /// Says to the person what is wrong with a configuration, or no longer; once, until it is something else.
    pub(super) fn say(&mut self, configuration: PathBuf, kind: MessageType, text: &str) {
        if text.is_empty() {
            self.said.remove(&configuration);
        } else if self.said.insert(configuration, text.to_owned()).is_none_or(|before| before != text) {
            self.tell(method::SHOW_MESSAGE, kind, text);
        }
    }

    fn tell(&mut self, method: &str, kind: MessageType, text: &str) {
        let message = format!("notegate: {}", escape::block(text));
        self.send(method, &ShowMessageParams { kind, message });
    }

    pub(super) fn send(&mut self, method: &str, params: &impl Serialize) {
        if let Ok(params) = serde_json::to_value(params) {
            self.out.send(Notification { method: method.to_owned(), params });
        }
    }
}

/// The folder of a client that knows of only one.
#[expect(deprecated, reason = "older clients name their folder in no other way")]
fn root(params: &InitializeParams) -> Vec<PathBuf> {
    params.root_uri.as_ref().and_then(uri::to_path).into_iter().collect()
}

impl Refusal {
    pub(super) fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        Self { code, message: message.into() }
    }
}

fn taken<T: DeserializeOwned>(params: Value) -> Result<T, Refusal> {
    serde_json::from_value(params).map_err(|error| Refusal::new(ErrorCode::InvalidParams, error.to_string()))
}

fn given(result: impl Serialize) -> Result<Value, Refusal> {
    serde_json::to_value(result).map_err(|error| Refusal::new(ErrorCode::InternalError, error.to_string()))
}
