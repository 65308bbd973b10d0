//! The language server protocol: every type of it that this program uses, and nothing else of the two crates that have
//! them. The types are generated from the published model of the protocol by a young crate, so it is named here alone.

pub(super) use gen_lsp_types::{ChangeNotifications, Message as DiagnosticMessage};
pub(super) use gen_lsp_types::{
    ClientCapabilities, Code, CodeAction, CodeActionKind, CodeActionOptions, CodeActionParams, CodeActionProvider,
    CompletionItem, CompletionItemKind, CompletionItemTextEdit, CompletionList, CompletionOptions, CompletionParams,
    Contents, Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, DiagnosticTag, DidChangeTextDocumentParams,
    DidChangeWatchedFilesParams, DidChangeWatchedFilesRegistrationOptions, DidChangeWorkspaceFoldersParams,
    DidCloseTextDocumentParams, DidOpenTextDocumentParams, DidSaveTextDocumentParams, DocumentChange, Documentation,
    Edit, FileSystemWatcher, Hover, HoverParams, HoverProvider, InitializeParams, InitializeResult, InsertTextMode,
    Location, MarkupContent, MarkupKind, MessageType, OptionalVersionedTextDocumentIdentifier, Position,
    PositionEncodingKind, PublishDiagnosticsParams, Range, Registration, RegistrationParams, Save, SaveOptions,
    ServerCapabilities, ServerInfo, ShowMessageParams, TextDocumentContentChangeEvent, TextDocumentEdit,
    TextDocumentIdentifier, TextDocumentSync, TextDocumentSyncKind, TextDocumentSyncOptions, TextEdit, Uri,
    WorkspaceEdit, WorkspaceFolder, WorkspaceFolders, WorkspaceFoldersServerCapabilities, WorkspaceOptions,
};
pub(super) use lsp_server::{ErrorCode, Message, Notification, Request, RequestId, Response};

/// The names of the methods that this program takes or sends.
pub(super) mod method {
    /// The handshake.
    pub(in super::super) const INITIALIZE: &str = "initialize";
    pub(in super::super) const INITIALIZED: &str = "initialized";
    /// The end.
    pub(in super::super) const SHUTDOWN: &str = "shutdown";
    pub(in super::super) const EXIT: &str = "exit";
    pub(in super::super) const CANCEL: &str = "$/cancelRequest";
    /// The documents.
    pub(in super::super) const DID_OPEN: &str = "textDocument/didOpen";
    pub(in super::super) const DID_CHANGE: &str = "textDocument/didChange";
    pub(in super::super) const DID_SAVE: &str = "textDocument/didSave";
    pub(in super::super) const DID_CLOSE: &str = "textDocument/didClose";
    pub(in super::super) const PUBLISH: &str = "textDocument/publishDiagnostics";
    /// What a writer asks for.
    pub(in super::super) const HOVER: &str = "textDocument/hover";
    pub(in super::super) const COMPLETION: &str = "textDocument/completion";
    pub(in super::super) const CODE_ACTION: &str = "textDocument/codeAction";
    /// The files around.
    pub(in super::super) const DID_CHANGE_FILES: &str = "workspace/didChangeWatchedFiles";
    pub(in super::super) const DID_CHANGE_FOLDERS: &str = "workspace/didChangeWorkspaceFolders";
    pub(in super::super) const DID_CHANGE_SETTINGS: &str = "workspace/didChangeConfiguration";
    pub(in super::super) const REGISTER: &str = "client/registerCapability";
    /// The people.
    pub(in super::super) const SHOW_MESSAGE: &str = "window/showMessage";
    pub(in super::super) const LOG_MESSAGE: &str = "window/logMessage";
}

/// Text for people, as Markdown where the client shows that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Markup {
    Markdown,
    Plain,
}

/// What a client can do, as far as it matters here.
#[derive(Debug, Clone)]
pub(super) struct Client {
    pub(super) encoding: super::position::Encoding,
    pub(super) hover: Markup,
    pub(super) documentation: Markup,
    /// What a diagnostic may hold.
    pub(super) diagnostics: DiagnosticParts,
    /// Whether it watches files on behalf of the server.
    pub(super) watches: Watches,
    /// Whether edits may name the version of the document that they are for.
    pub(super) edits: EditForm,
}

/// Parts of a diagnostic that not every client takes.
#[derive(Debug, Clone, Copy)]
pub(super) struct DiagnosticParts {
    pub(super) related: bool,
    pub(super) tags: bool,
}

/// Whether a client watches files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Watches {
    OnRequest,
    Never,
}

/// How a client takes the edits of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum EditForm {
    Versioned,
    Plain,
}

impl Client {
    /// What the client says of itself. UTF-8 is chosen where it is offered, UTF-16 is what every client knows.
    pub(super) fn new(capabilities: &ClientCapabilities) -> Self {
        use super::position::Encoding;
        let general = capabilities.general.as_ref();
        let encodings = general.and_then(|general| general.position_encodings.as_deref()).unwrap_or_default();
        let encoding = if encodings.contains(&PositionEncodingKind::UTF8) { Encoding::Utf8 } else { Encoding::Utf16 };
        let document = capabilities.text_document.as_ref();
        let hover = document.and_then(|document| document.hover.as_ref()?.content_format.as_deref());
        let item = document.and_then(|document| document.completion.as_ref()?.completion_item.as_ref());
        let documentation = item.and_then(|item| item.documentation_format.as_deref());
        let published = document.and_then(|document| document.publish_diagnostics.as_ref());
        let parts = published.map(|published| &published.diagnostics_capabilities);
        let workspace = capabilities.workspace.as_ref();
        let watched = workspace.and_then(|workspace| workspace.did_change_watched_files.as_ref()?.dynamic_registration);
        let changes = workspace.and_then(|workspace| workspace.workspace_edit.as_ref()?.document_changes);
        Self {
            encoding,
            hover: markup(hover),
            documentation: markup(documentation),
            diagnostics: DiagnosticParts {
                related: parts.is_some_and(|parts| parts.related_information == Some(true)),
                tags: parts.is_some_and(|parts| parts.tag_support.is_some()),
            },
            watches: if watched == Some(true) { Watches::OnRequest } else { Watches::Never },
            edits: if changes == Some(true) { EditForm::Versioned } else { EditForm::Plain },
        }
    }
}

fn markup(formats: Option<&[MarkupKind]>) -> Markup {
    if formats.unwrap_or_default().contains(&MarkupKind::Markdown) { Markup::Markdown } else { Markup::Plain }
}
