//! What can be written at the cursor: the keys that a record lacks, statuses, workloads, rules, the next entry of a log.

use super::context::{Context, Slot};
use super::field_help;
use super::page::Page;
use super::protocol::{
    CompletionItem, CompletionItemKind, CompletionItemTextEdit, Documentation, InsertTextMode, Markup, Range, TextEdit,
};
use crate::emptiness::help;
use crate::engine::Engine;
use crate::playbook::{NameUse, StatusEntry};
use crate::record::{EntryLayout, EntryStyle, FieldName, FieldNames, Heading, NoteRecord, Selection};
use crate::rules::{REGISTRY, Waivable};
use crate::source::NotePath;
use crate::writer::Writer;
use crate::yaml::written::on_line;

/// The keys of a record, in the order in which they are offered.
const KEYS: [FieldName; 6] = [
    FieldName::Customer,
    FieldName::Workload,
    FieldName::Status,
    FieldName::Note,
    FieldName::RefreshSummary,
    FieldName::Waivers,
];

/// What completions are made of.
#[derive(Debug, Clone, Copy)]
pub(super) struct Offer<'a> {
    pub(super) engine: &'a Engine<'a>,
    pub(super) path: &'a NotePath,
    /// What the fields of this file are called.
    pub(super) names: &'a FieldNames,
    /// Whether every document of the file has to be a record.
    pub(super) selection: Selection,
    /// What a completion replaces.
    pub(super) range: Range,
    pub(super) markup: Markup,
}

/// One completion in the making.
struct Choice {
    label: String,
    text: String,
    kind: CompletionItemKind,
    detail: Option<String>,
    page: Page,
}

/// The part of a record that a mapping is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mapping {
    Record,
    /// A record below what its customer has in common.
    Entitlement,
    Entry,
    Waiver,
}

impl Offer<'_> {
    /// What can be written in `context`.
    pub(super) fn items(&self, context: &Context<'_>) -> Vec<CompletionItem> {
        let Some(mapping) = self.mapping(context) else { return Vec::new() };
        let choices = match context.slot {
            Slot::Key => self.keys(mapping, context),
            Slot::Value(key) => self.values(mapping, key, context),
        };
        let item = |(at, choice)| self.item(at, choice, context.lead);
        choices.into_iter().enumerate().map(item).collect()
    }

    /// What the mapping around the cursor is; nothing where it is none of this program's.
    fn mapping(&self, context: &Context<'_>) -> Option<Mapping> {
        let names = self.names;
        match context.parent {
            Some((key, _)) if names.is_key_of(FieldName::RefreshSummary.key(), key) => Some(Mapping::Entry),
            Some((key, _)) if names.is_key_of(FieldName::Waivers.key(), key) => Some(Mapping::Waiver),
            Some((key, _)) if names.is_key_of("entitlements", key) => Some(Mapping::Entitlement),
            Some(_) => None,
            // Any other YAML file may be open as well: a mapping with keys of its own is left alone.
            None => {
                let is_own =
                    |(key, _): &(&str, &str)| FieldName::ALL.iter().any(|field| names.is_key_of(field.key(), key));
                let may_be = context.siblings.is_empty() || context.siblings.iter().any(is_own);
                (self.selection == Selection::Everything || may_be).then_some(Mapping::Record)
            }
        }
    }

    fn keys(&self, mapping: Mapping, context: &Context<'_>) -> Vec<Choice> {
        let names = self.names;
        let is_there = |known: &'static str| context.siblings.iter().any(|(key, _)| names.is_key_of(known, key));
        let key = |label: &str, known: &'static str, text: String| {
            let mut page = Page::new(self.markup);
            if let Some(field) = field_help::of(known) {
                field.write(&mut page);
            }
            Choice { label: label.to_owned(), text, kind: CompletionItemKind::Field, detail: None, page }
        };
        match mapping {
            Mapping::Record | Mapping::Entitlement => {
                let inherited = |field: &FieldName| mapping == Mapping::Entitlement && *field == FieldName::Customer;
                let missing = KEYS.iter().filter(|field| !is_there(field.key()) && !inherited(field));
                missing.map(|field| key(names.key(*field), field.key(), self.field(*field, context))).collect()
            }
            Mapping::Entry | Mapping::Waiver if !context.in_item => {
                let (label, text) = self.skeleton(mapping, context);
                let page = Page::new(self.markup);
                vec![Choice { label: label.to_owned(), text, kind: CompletionItemKind::Snippet, detail: None, page }]
            }
            Mapping::Entry => {
                let known = ["date", "who_changed", "what_changed"].map(|known| (names.key_of(known), known));
                let missing = known.into_iter().filter(|(_, known)| !is_there(known));
                missing.map(|(name, known)| key(name, known, format!("{name}: {}", self.entry_value(known)))).collect()
            }
            Mapping::Waiver => {
                let missing = ["rule", "reason", "until"]
                    .into_iter()
                    .filter(|name| !context.siblings.iter().any(|(key, _)| key == name));
                missing.map(|name| key(name, name, format!("{name}: "))).collect()
            }
        }
    }

    /// A key of a record with what belongs after it.
    fn field(&self, field: FieldName, context: &Context<'_>) -> String {
        let key = self.names.key(field);
        match field {
            FieldName::RefreshSummary => {
                self.engine.log_for(self.path, &self.record(context.column, 2)).trim_start().to_owned()
            }
            FieldName::Waivers => {
                let indent = " ".repeat(context.column);
                format!("{key}:\n{indent}  - rule: \n{indent}    reason: {}", help::WHY)
            }
            _ => format!("{key}: "),
        }
    }

    /// A whole item of a list below its key.
    fn skeleton(&self, mapping: Mapping, context: &Context<'_>) -> (&'static str, String) {
        let above = context.parent.map_or(0, |(_, column)| column);
        match mapping {
            Mapping::Waiver => {
                let indent = " ".repeat(context.column);
                ("- waiver", format!("- rule: \n{indent}  reason: {}", help::WHY))
            }
            _ => {
                let record = self.record(above, context.column.saturating_sub(above));
                ("- entry of today", self.engine.entry_for(self.path, &record).trim_start().to_owned())
            }
        }
    }

    /// A record whose keys start at `keys` and whose entries lie `items` further in, for what is to be written in it.
    fn record(&self, keys: usize, items: usize) -> NoteRecord {
        let entry_layout = EntryLayout { keys, items, style: EntryStyle::Block };
        NoteRecord { entry_layout, ..NoteRecord::lone("", Heading::default()) }
    }

    fn entry_value(&self, known: &str) -> String {
        match known {
            "date" => self.engine.today.proposed().to_string(),
            "who_changed" => self.engine.writer.and_then(Writer::name).map(on_line).unwrap_or_default(),
            _ => String::new(),
        }
    }

    fn values(&self, mapping: Mapping, key: &str, context: &Context<'_>) -> Vec<Choice> {
        let names = self.names;
        match mapping {
            Mapping::Record | Mapping::Entitlement if names.is_key_of("status", key) => self.statuses(),
            Mapping::Record | Mapping::Entitlement if names.is_key_of("workload", key) => self.workloads(),
            Mapping::Record | Mapping::Entitlement if names.is_key_of("note", key) => self.templates(context),
            Mapping::Entry => {
                let known = ["date", "who_changed"].into_iter().find(|known| names.is_key_of(known, key));
                let value = known.map(|known| self.entry_value(known)).filter(|value| !value.is_empty());
                value.map(|value| self.value(&value.clone(), value)).into_iter().collect()
            }
            Mapping::Waiver if key == "rule" => self.rules(),
            _ => Vec::new(),
        }
    }

    fn value(&self, label: &str, text: String) -> Choice {
        Choice {
            label: label.to_owned(),
            text,
            kind: CompletionItemKind::Value,
            detail: None,
            page: Page::new(self.markup),
        }
    }

    fn statuses(&self) -> Vec<Choice> {
        let status = |status: &StatusEntry| {
            let mut page = Page::new(self.markup);
            if !status.templates.is_empty() {
                page.text("A note of this status, by the guidance:");
                page.code(&status.templates.join("\n"));
            }
            let kind = CompletionItemKind::EnumMember;
            Choice { label: status.name.clone(), text: on_line(&status.name), kind, detail: None, page }
        };
        self.engine.playbook.statuses.iter().map(status).collect()
    }

    fn workloads(&self) -> Vec<Choice> {
        let named = self.engine.playbook.workload_names_and_terms().filter(|(.., used)| *used == NameUse::Name);
        named.map(|(name, ..)| self.value(name, on_line(name))).collect()
    }

    /// The templates of the status that stands beside the note.
    fn templates(&self, context: &Context<'_>) -> Vec<Choice> {
        let written =
            context.siblings.iter().find(|(key, _)| self.names.is_key_of("status", key)).map(|(_, value)| *value);
        let status = written.and_then(|written| self.engine.playbook.status(written.trim_matches(['"', '\''])));
        let templates = status.map(|status| status.templates.as_slice()).unwrap_or_default();
        let detail = status.map(|status| format!("template for {}", status.name));
        templates
            .iter()
            .map(|template| Choice {
                detail: detail.clone(),
                kind: CompletionItemKind::Snippet,
                ..self.value(template, on_line(template))
            })
            .collect()
    }

    fn rules(&self) -> Vec<Choice> {
        let metas = REGISTRY.iter().map(|rule| rule.meta()).filter(|meta| meta.waivable == Waivable::Yes);
        metas
            .map(|meta| {
                let mut page = Page::new(self.markup);
                page.text(meta.explanation);
                page.guidance(meta.guidance);
                let detail = Some(meta.summary.to_owned());
                Choice {
                    label: meta.name.to_owned(),
                    text: meta.name.to_owned(),
                    kind: CompletionItemKind::EnumMember,
                    detail,
                    page,
                }
            })
            .collect()
    }

    fn item(&self, at: usize, Choice { label, text, kind, detail, page }: Choice, lead: &str) -> CompletionItem {
        let text = format!("{lead}{text}");
        CompletionItem {
            label,
            kind: Some(kind),
            detail,
            documentation: (!page.is_empty()).then(|| Documentation::MarkupContent(page.finish())),
            sort_text: Some(format!("{at:04}")),
            insert_text_mode: Some(InsertTextMode::AsIs),
            text_edit: Some(CompletionItemTextEdit::TextEdit(TextEdit { range: self.range, new_text: text })),
            ..CompletionItem::default()
        }
    }
}
