//! From the bytes of a file to its records.

use super::evidence::Evidence;
use super::fields::{self, Fields, Scope};
use super::finder::Finder;
use super::misplaced::Misplaced;
use super::spelling::Nearness;
use super::{
    EntryLayout, FieldName, FieldNames, FileReading, NoteMap, NoteRecord, Problem, Selection, UnexpectedNode,
    WrittenKeys, repeated, spelling, surprises,
};
use crate::playbook::Playbook;
use crate::text::{ByteSpan, SourceText};
use crate::yaml::{self, Document, Limit, Limits, Parsed, ScalarKind, ScalarMap, Value, YamlError};
use std::collections::HashMap;

/// Reads a file: decodes, parses, and turns documents into records. Never fails and never panics; what cannot be read
/// is an error. Under [`Selection::Likely`] the statuses of `playbook` tell records from ordinary files.
#[must_use]
pub fn read(
    bytes: Vec<u8>,
    limits: &Limits,
    names: &FieldNames,
    playbook: &Playbook,
    selection: Selection,
) -> FileReading {
    let decoded = yaml::decode(bytes, limits);
    let text = decoded.text;
    let mut found = Found::default();
    let mut misplaced: Vec<Misplaced> = Vec::new();
    let mut errors = Vec::from_iter(decoded.error);
    if errors.is_empty() {
        let parsed = yaml::parse(&text, limits);
        let mut reader = Reader {
            text: &text,
            names,
            playbook,
            limits,
            selection,
            finder: Finder::new(names),
            layouts: HashMap::new(),
            found: Found::default(),
        };
        reader.documents(&parsed);
        misplaced = reader.finder.found;
        misplaced.sort_by_key(|it| (it.span.start, std::cmp::Reverse(it.span.end)));
        found = reader.found;
        errors = parsed.errors;
        errors.append(&mut found.errors);
        errors.sort_by_key(|error| error.span);
    }
    let Found { records, unexpected, other_documents, .. } = found;
    FileReading { text, selection, records, errors, unexpected, misplaced, other_documents }
}

#[derive(Default)]
struct Found {
    records: Vec<NoteRecord>,
    unexpected: Vec<UnexpectedNode>,
    errors: Vec<YamlError>,
    other_documents: usize,
}

struct Reader<'s> {
    text: &'s SourceText,
    names: &'s FieldNames,
    playbook: &'s Playbook,
    limits: &'s Limits,
    selection: Selection,
    finder: Finder<'s>,
    /// Of the notes that several records share, by where they start.
    layouts: HashMap<usize, Layout>,
    found: Found,
}

/// How a note lies in its file.
#[derive(Debug, Clone, Default)]
struct Layout {
    map: ScalarMap,
    surprises: Vec<Problem>,
}

impl Reader<'_> {
    fn documents(&mut self, parsed: &Parsed<'_>) {
        let (empty, full): (Vec<&Document<'_>>, Vec<_>) =
            parsed.documents.iter().partition(|document| is_null(document.root()));
        for document in &full {
            self.document(document.root());
        }
        // An empty document beside others is a `---` too many; a file that holds nothing else is another matter.
        if full.is_empty() && parsed.errors.is_empty() {
            match self.selection {
                Selection::Everything => self.add_unexpected(ByteSpan::at(0), "an empty file"),
                Selection::Likely => self.found.other_documents += empty.len().max(1),
            }
        }
    }

    fn document(&mut self, root: Value<'_>) {
        if self.customer(root) {
            return;
        }
        let own = Fields::of(root, self.names);
        let scope = Scope { own, shared: None };
        if self.evidence().is_record(&scope) {
            self.record(&scope);
        } else if let Some(items) = root.items() {
            self.list(root, &items.collect::<Vec<_>>());
        } else {
            self.no_record(root);
        }
    }

    fn evidence(&self) -> Evidence<'_> {
        Evidence { names: self.names, keys: &self.finder.keys, playbook: self.playbook }
    }

    /// A customer: shared fields around a list of records that inherit them. False when `root` is none.
    fn customer(&mut self, root: Value<'_>) -> bool {
        let Some(entry) = fields::named(root, self.names, "entitlements") else { return false };
        let Some(items) = entry.value.items() else { return false };
        let shared = Fields::of(root, self.names);
        let names = self.names;
        let scope = |item| Scope { own: Fields::of(item, names), shared: Some(&shared) };
        if self.selection == Selection::Likely && !self.has_entitlement(root, &shared) {
            return false;
        }
        let count = items.clone().count();
        if count == 0 {
            self.add_unexpected(entry.value.span(), "an empty list of entitlements");
        }
        if let Some(limit) = self.too_much_to_inherit(&shared, count) {
            self.found.errors.push(limit.error(self.limits, entry.key.span()));
            return true;
        }
        let first = self.found.records.len();
        for item in items {
            self.record_or_unexpected(&scope(item));
        }
        self.finder.beside_entitlements(root);
        // A wrong key of the customer is told about once, at its first record.
        if let Some(record) = self.found.records.get_mut(first) {
            let mut problems = self.finder.keys.misspelt(root, &Scope { own: shared, shared: None });
            problems.retain(|problem| is_about_a_field_that_no_item_has(problem, record));
            problems.extend(repeated::fields(root, self.names));
            record.problems.splice(0..0, problems);
        }
        true
    }

    /// Whether one of the entitlements of `root`, whose fields are `shared`, is a record.
    fn has_entitlement(&self, root: Value<'_>, shared: &Fields<'_>) -> bool {
        let entry = fields::named(root, self.names, "entitlements");
        let mut items = entry.and_then(|entry| entry.value.items()).into_iter().flatten();
        let scope = |item| Scope { own: Fields::of(item, self.names), shared: Some(shared) };
        items.any(|item| self.evidence().is_entitlement(&scope(item)))
    }

    /// What is inherited is copied into each record, so it counts like an alias.
    fn too_much_to_inherit(&self, shared: &Fields<'_>, records: usize) -> Option<Limit> {
        let (nodes, bytes) = shared.cost();
        if nodes.saturating_mul(records) > self.limits.nodes {
            return Some(Limit::Nodes);
        }
        (bytes.saturating_mul(records) > self.limits.expanded_bytes).then_some(Limit::ExpandedBytes)
    }

    fn list(&mut self, root: Value<'_>, items: &[Value<'_>]) {
        if self.is_one_record_in_items(items) {
            return self.spread_record(root);
        }
        let names = self.names;
        let scope = |item| Scope { own: Fields::of(item, names), shared: None };
        let any = items.iter().any(|item| {
            let scope = scope(*item);
            self.evidence().is_record(&scope) || self.has_entitlement(*item, &scope.own)
        });
        if !any && (self.selection == Selection::Likely || items.is_empty()) {
            return self.no_record(root);
        }
        for item in items {
            if !self.customer(*item) {
                self.record_or_unexpected(&scope(*item));
            }
        }
    }

    /// Whether each item of a list is one field, and all together are a record: `- customer: C`, `- workload: T`, `- note:
    /// …`.
    fn is_one_record_in_items(&self, items: &[Value<'_>]) -> bool {
        if items.len() > spelling::CORE.len() {
            return false;
        }
        let field = |item: &Value<'_>| {
            let mut entries = item.entries()?;
            let (only, None) = (entries.next()?, entries.next()) else { return None };
            let (field, nearness) = self.finder.keys.near(&only.key.scalar()?.text)?;
            (nearness != Nearness::Slip).then_some(field)
        };
        let Some(fields) = items.iter().map(field).collect::<Option<Vec<_>>>() else { return false };
        let is_each_once =
            fields.iter().enumerate().all(|(at, field)| !fields.iter().skip(at + 1).any(|it| it == field));
        let tells = [FieldName::Note, FieldName::RefreshSummary].iter().any(|field| fields.contains(field));
        is_each_once && tells && fields.contains(&FieldName::Customer) && fields.contains(&FieldName::Workload)
    }

    fn spread_record(&mut self, root: Value<'_>) {
        match self.selection {
            Selection::Likely => self.no_record(root),
            Selection::Everything if self.finder.required(root) => {}
            Selection::Everything => self.add_unexpected(root.span(), fields::describe(root)),
        }
    }

    /// An item of a list that holds records. It has to be one too, wherever it stands: a record whose keys are
    /// misspelt must not slip through.
    fn record_or_unexpected(&mut self, scope: &Scope<'_, '_>) {
        if has_broken_field(scope) {
            return;
        }
        if spelling::CORE.iter().any(|field| scope.own.get(*field).is_some()) {
            self.record(scope);
        } else if !self.finder.required(scope.own.mapping) {
            self.add_unexpected(scope.own.mapping.span(), fields::describe(scope.own.mapping));
        }
    }

    fn no_record(&mut self, root: Value<'_>) {
        if self.selection == Selection::Everything {
            self.record_or_unexpected(&Scope { own: Fields::of(root, self.names), shared: None });
        } else {
            self.finder.document(root);
            self.found.other_documents += 1;
        }
    }

    fn add_unexpected(&mut self, span: ByteSpan, found: &'static str) {
        self.found.unexpected.push(UnexpectedNode { span, found });
    }

    fn record(&mut self, scope: &Scope<'_, '_>) {
        // An error tells about the reference to nothing; what it was meant to be is not known.
        if has_broken_field(scope) {
            return;
        }
        let get = |field| scope.get(field);
        let note = get(FieldName::Note);
        let mut problems = self.finder.keys.misspelt(scope.own.mapping, scope);
        self.finder.beside_record(scope.own.mapping);
        let is_shared = scope.own.get(FieldName::Note).is_none_or(|own| own.value.span() != own.value.target().span());
        let layout = note.map(|entry| self.layout(entry.value, is_shared)).unwrap_or_default();
        problems.extend(layout.surprises);
        let written = if self.names.has_several() {
            problems.extend(repeated::fields(scope.own.mapping, self.names));
            problems.extend(repeated::fields_of_entries(get(FieldName::RefreshSummary), self.names));
            repeated::written(scope, self.names)
        } else {
            WrittenKeys::default()
        };
        let refresh_summary = fields::refresh_summary(get(FieldName::RefreshSummary), self.names);
        let entry_layout = EntryLayout::of(self.text, scope.own.mapping.span(), &refresh_summary);
        self.found.records.push(NoteRecord {
            index: self.found.records.len(),
            span: scope.own.mapping.span(),
            customer: fields::name(get(FieldName::Customer)),
            workload: fields::name(get(FieldName::Workload)),
            status: fields::prose(get(FieldName::Status)),
            note: fields::prose(note),
            refresh_summary,
            date: fields::date(get(FieldName::Date)),
            waivers: fields::waivers(get(FieldName::Waivers)),
            owner: fields::owner(scope),
            problems,
            written,
            note_map: NoteMap { map: layout.map },
            entry_layout,
        });
    }

    /// How the note `value` lies in the file. One that several records share is walked through once: it may be
    /// written in far more bytes than it has.
    fn layout(&mut self, value: Value<'_>, is_shared: bool) -> Layout {
        let text = self.text;
        let make = || Layout {
            map: ScalarMap::of(text.as_str(), value).unwrap_or_default(),
            surprises: surprises::of_note(value, text),
        };
        if !is_shared {
            return make();
        }
        self.layouts.entry(value.target().span().start).or_insert_with(make).clone()
    }
}

fn is_null(value: Value<'_>) -> bool {
    value.scalar_kind() == Some(ScalarKind::Null)
}

fn has_broken_field(scope: &Scope<'_, '_>) -> bool {
    scope.own.mapping.is_broken()
        || FieldName::ALL.iter().any(|field| scope.get(*field).is_some_and(|entry| entry.value.is_broken()))
}

fn is_about_a_field_that_no_item_has(problem: &Problem, record: &NoteRecord) -> bool {
    let Problem::MisspeltField { meant, .. } = problem else { return true };
    match meant {
        FieldName::Customer => record.customer.key_span(),
        FieldName::Workload => record.workload.key_span(),
        FieldName::Status => record.status.key_span(),
        FieldName::Note => record.note.key_span(),
        FieldName::RefreshSummary => record.refresh_summary.key_span(),
        FieldName::Date => record.date.key_span(),
        FieldName::Waivers => record.waivers.key_span(),
    }
    .is_none()
}

#[cfg(test)]
mod tests;
