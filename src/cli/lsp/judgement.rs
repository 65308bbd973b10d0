//! Judges the open documents, and answers what is asked about them.

use super::actions::{self, Action, Likely};
use super::completion::Offer;
use super::documents::{Document, Text};
use super::position::LineIndex;
use super::protocol::{
    CodeAction, CodeActionKind, CodeActionParams, CompletionList, CompletionParams, Contents, Diagnostic,
    DocumentChange, Edit, EditForm, Hover, HoverParams, OptionalVersionedTextDocumentIdentifier, Position,
    PublishDiagnosticsParams, Range, TextDocumentEdit, TextDocumentIdentifier, TextEdit, Uri, WorkspaceEdit, method,
};
use super::server::{Refusal, Server};
use super::sites::{Broken, Site};
use super::splice::{Desk, Splice};
use super::{context, diagnostics, hover, uri};
use crate::cli::setup::Setup;
use crate::engine::Engine;
use crate::record::FileReading;
use crate::report::model::FileReport;
use crate::source::{Content, NotePath, ReadError};
use crate::text::ByteSpan;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// The code of what is said where a file is not judged.
const NOT_JUDGED: &str = "not-judged";

/// The code of what is wrong with a configuration.
const CONFIGURATION: &str = "configuration";

/// What becomes of a document.
enum Outcome {
    /// It is one of those that `notegate check` examines.
    Judged(FileReport),
    /// It is not.
    NotExamined,
    /// It is a configuration, with these problems.
    Configuration(Vec<(usize, String)>),
    /// It cannot be judged: nobody should take it for sound.
    NotJudged(String),
}

/// A document that is judged, with what it is judged by.
pub(super) struct Opened<'s> {
    document: &'s Document,
    text: &'s str,
    pub(super) path: NotePath,
    pub(super) engine: Engine<'s>,
}

impl Server<'_> {
    /// Judges a document and shows what was found.
    pub(super) fn judge(&mut self, key: &str) {
        if let Some(document) = self.documents.get_mut(key) {
            document.look_at_past(Instant::now());
        }
        let Some(document) = self.documents.get(key) else { return };
        let site = document.file.as_ref().map(|file| (self.sites.of(file), file));
        let outcome = site.as_ref().map_or(Outcome::NotExamined, |(site, file)| outcome(site, file, document));
        let said = site.map(|(site, _)| (site.configuration.clone(), site.said()));
        let (uri, version) = (document.uri.clone(), document.version);
        let text = match &document.text {
            Text::Known(text) => text.as_str(),
            Text::Lost => "",
        };
        let lines = LineIndex::new(text, self.client.encoding);
        let mut shown = shown(&outcome, &lines, &uri, self);
        if let (Outcome::Judged(_), Some(why)) = (&outcome, document.past_failure()) {
            let why = format!("not compared with the last commit: {why}");
            shown.push(diagnostics::on_line(1, &lines, NOT_JUDGED, &why));
        }
        let report = match outcome {
            Outcome::Judged(report) => Some(report),
            Outcome::NotExamined | Outcome::Configuration(_) | Outcome::NotJudged(_) => None,
        };
        if let Some(document) = self.documents.get_mut(key) {
            document.settle(report);
        }
        self.publish(uri, Some(version), shown);
        if let Some((configuration, (kind, text))) = said {
            self.say(configuration, kind, &text);
        }
        self.mark_configurations();
    }

    /// Shows what is wrong with the configurations in use, and takes away what no longer is. Of one that is open, its own
    /// text says what is wrong with it.
    pub(super) fn mark_configurations(&mut self) {
        let mut marks: BTreeMap<PathBuf, Vec<Diagnostic>> = BTreeMap::new();
        for site in self.sites.all().filter(|site| site.setup.is_err()) {
            let is_open = self.documents.values().any(|document| document.file.as_ref() == Some(&site.configuration));
            if !is_open {
                let text = fs::read_to_string(&site.configuration).unwrap_or_default();
                let lines = LineIndex::new(&text, self.client.encoding);
                marks.insert(site.configuration.clone(), of_configuration(&site.problems_on_disk(), &lines));
            }
        }
        let before = std::mem::replace(&mut self.marked, marks.clone());
        for (file, shown) in &marks {
            if before.get(file) != Some(shown) {
                self.publish(uri::of_path(file), None, shown.clone());
            }
        }
        for file in before.keys().filter(|file| !marks.contains_key(*file)) {
            let is_open = self.documents.values().any(|document| document.file.as_ref() == Some(file));
            if !is_open {
                self.publish(uri::of_path(file), None, Vec::new());
            }
        }
    }

    pub(super) fn publish(&mut self, uri: Uri, version: Option<i32>, diagnostics: Vec<Diagnostic>) {
        self.send(method::PUBLISH, &PublishDiagnosticsParams { uri, version, diagnostics });
    }

    /// What there is to say about a place.
    pub(super) fn hover(&mut self, params: &HoverParams) -> Result<Option<Hover>, Refusal> {
        let at = &params.text_document_position_params;
        let (encoding, markup) = (self.client.encoding, self.client.hover);
        self.judge_if_due(&at.text_document);
        Ok(self.opened(&at.text_document).and_then(|opened| {
            let lines = LineIndex::new(opened.text, encoding);
            let offset = lines.offset(at.position);
            let report = opened.document.judged.as_ref()?;
            let (page, span) = hover::at(offset, report, &opened, markup)?;
            let range = span.map(|span| lines.range(span));
            Some(Hover { contents: Contents::MarkupContent(page.finish()), range })
        }))
    }

    /// What can be written at a place.
    pub(super) fn completion(&mut self, params: &CompletionParams) -> Result<CompletionList, Refusal> {
        let at = &params.text_document_position_params;
        let (encoding, markup) = (self.client.encoding, self.client.documentation);
        let items = self.opened(&at.text_document).and_then(|opened| {
            let index = LineIndex::new(opened.text, encoding);
            let line = usize::try_from(at.position.line).ok()?;
            let start = index.offset(Position { line: at.position.line, character: 0 });
            let column = index.offset(at.position).checked_sub(start)?;
            let lines: Vec<&str> = opened.text.split('\n').collect();
            let context = context::at(&lines, line, column)?;
            let range = index.range(ByteSpan::new(start + context.replaced.start..start + context.replaced.end));
            let selection = opened.engine.config.files.documents_of(&opened.path);
            let rules = opened.engine.config.rules_of(&opened.path);
            let Opened { engine, path, .. } = &opened;
            let names = &rules.settings.fields;
            Some(Offer { engine, path, names, selection, range, markup }.items(&context))
        });
        Ok(CompletionList { is_incomplete: false, items: items.unwrap_or_default(), ..CompletionList::default() })
    }

    /// What can be done at a place.
    pub(super) fn code_actions(&mut self, params: &CodeActionParams) -> Result<Vec<CodeAction>, Refusal> {
        let (encoding, parts, form) = (self.client.encoding, self.client.diagnostics, self.client.edits);
        let only = params.context.only.as_deref();
        let wanted = |kind: &CodeActionKind| {
            let is_below = |only: &CodeActionKind| {
                let (kind, only) = (kind.as_str(), only.as_str());
                kind == only || only.is_empty() || kind.strip_prefix(only).is_some_and(|rest| rest.starts_with('.'))
            };
            only.is_none_or(|only| only.iter().any(is_below))
        };
        self.judge_if_due(&params.text_document);
        let actions = self.opened(&params.text_document).and_then(|opened| {
            let lines = LineIndex::new(opened.text, encoding);
            let Opened { document, engine, path, .. } = &opened;
            let (report, file) = (document.judged.as_ref()?, &opened.read());
            let actions = actions::at(lines.span(whole_lines(params.range)), report, Desk { engine, path, file });
            let of_action = |Action { title, finding, likely, splice }: Action<'_>| {
                let finding = finding.map(|finding| diagnostics::of_finding(finding, &lines, &document.uri, parts));
                let kind = if finding.is_some() { CodeActionKind::QuickFix } else { CodeActionKind::Refactor };
                CodeAction {
                    title,
                    kind: Some(kind),
                    diagnostics: finding.map(|finding| vec![finding]),
                    is_preferred: Some(true).filter(|_| likely == Likely::Very),
                    edit: Some(edit(document, &lines, splice, form)),
                    ..CodeAction::default()
                }
            };
            let actions = actions.into_iter().map(of_action);
            Some(actions.filter(|action| action.kind.as_ref().is_none_or(wanted)).collect())
        });
        Ok(actions.unwrap_or_default())
    }

    /// Judges a document that waits for it, so that what is answered is about what stands there now.
    fn judge_if_due(&mut self, TextDocumentIdentifier { uri }: &TextDocumentIdentifier) {
        if self.documents.get(uri.as_ref()).is_some_and(|document| document.due().is_some()) {
            self.judge(uri.as_ref());
        }
    }

    /// An open document that is judged, or will be; nothing for any other.
    fn opened(&mut self, TextDocumentIdentifier { uri }: &TextDocumentIdentifier) -> Option<Opened<'_>> {
        let document = self.documents.get(uri.as_ref())?;
        let (file, Text::Known(text)) = (document.file.as_ref()?, &document.text) else { return None };
        let site = self.sites.of(file);
        let setup = site.setup.as_ref().ok()?;
        let is_examined =
            document.judged.is_some() || document.due().is_some() && site.examines(setup, file) == Ok(true);
        is_examined.then(|| Opened { document, text, path: site.path(file), engine: site.engine(setup) })
    }
}

impl Opened<'_> {
    /// The records of the document.
    pub(super) fn read(&self) -> FileReading {
        self.engine.records_of(&self.path, self.text.as_bytes().to_vec())
    }
}

/// The range with all of its lines: a correction is offered wherever in its line the cursor stands.
fn whole_lines(range: Range) -> Range {
    let start = Position { line: range.start.line, character: 0 };
    Range { start, end: Position { line: range.end.line, character: u32::MAX } }
}

/// What becomes of the text of a file.
fn outcome(site: &Site, file: &Path, document: &Document) -> Outcome {
    let path = site.path(file);
    let Text::Known(text) = &document.text else {
        return Outcome::NotJudged(
            "not judged: a change was lost on the way. Close the file and open it again.".to_owned(),
        );
    };
    if *file == site.configuration {
        return Outcome::Configuration(site.problems(text.clone().into_bytes()));
    }
    let setup: &Setup = match &site.setup {
        Ok(setup) => setup,
        Err(Broken { message, .. }) => {
            return Outcome::NotJudged(format!("not judged, and a commit would not pass: {message}"));
        }
    };
    match site.examines(setup, file) {
        Ok(true) => {}
        Ok(false) => return Outcome::NotExamined,
        Err(error) => return Outcome::NotJudged(format!("not judged: {}", error.message)),
    }
    let content = match (file.symlink_metadata(), &document.unreadable) {
        (Ok(metadata), _) if metadata.is_symlink() => Content::Refused(ReadError::SymbolicLink),
        (_, Some(bytes)) => Content::Bytes(bytes.clone()),
        (_, None) => Content::Bytes(text.clone().into_bytes()),
    };
    Outcome::Judged(site.engine(setup).check_content_since(path, content, document.past()))
}

fn shown(outcome: &Outcome, lines: &LineIndex<'_>, uri: &Uri, server: &Server<'_>) -> Vec<Diagnostic> {
    match outcome {
        Outcome::Judged(report) => diagnostics::of_report(report, lines, uri, server.client.diagnostics),
        Outcome::NotExamined => Vec::new(),
        Outcome::Configuration(problems) => of_configuration(problems, lines),
        Outcome::NotJudged(why) => vec![diagnostics::on_line(1, lines, NOT_JUDGED, why)],
    }
}

fn of_configuration(problems: &[(usize, String)], lines: &LineIndex<'_>) -> Vec<Diagnostic> {
    problems.iter().map(|(line, message)| diagnostics::on_line(*line, lines, CONFIGURATION, message)).collect()
}

/// The edit of a document that a splice is.
fn edit(document: &Document, lines: &LineIndex<'_>, splice: Splice, form: EditForm) -> WorkspaceEdit {
    let edit = TextEdit { range: lines.range(splice.at), new_text: splice.text };
    match form {
        EditForm::Plain => {
            let changes = [(document.uri.clone(), vec![edit])].into_iter().collect();
            WorkspaceEdit { changes: Some(changes), ..WorkspaceEdit::default() }
        }
        EditForm::Versioned => {
            let text_document = OptionalVersionedTextDocumentIdentifier {
                version: Some(document.version),
                text_document_identifier: TextDocumentIdentifier { uri: document.uri.clone() },
            };
            let edits = TextDocumentEdit { text_document, edits: vec![Edit::TextEdit(edit)] };
            let changes = vec![DocumentChange::TextDocumentEdit(edits)];
            WorkspaceEdit { document_changes: Some(changes), ..WorkspaceEdit::default() }
        }
    }
}
