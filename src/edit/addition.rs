//! A new record in a file.

use super::block::Form;
use super::entry::Model;
use super::error::{EditError, EditErrorKind};
use super::fields::Signs;
use super::place::{context, line_before, line_break, line_end, next_token};
use super::proof::{Claim, is_same};
use super::splice::Splice;
use super::tree::{Change, Path};
use super::{Edited, Editor, NewRecord, Original};
use crate::record::{EntryStyle, FieldName, Selection};
use crate::text::{ByteSpan, SourceText};
use crate::yaml::written::Context;
use crate::yaml::{self, Document, ScalarKind, Value};

/// Where a record is put.
struct Spot {
    splice: Splice,
    change: Change,
}

impl Editor<'_> {
    /// A file that holds this one record. Where `like` is given, its entry is written as the entries there.
    ///
    /// # Errors
    /// When the file would not be read as this record.
    pub fn new_file(
        &self,
        record: &NewRecord,
        selection: Selection,
        like: Option<&Original>,
    ) -> Result<Edited, EditError> {
        let empty = self.open(Vec::new(), selection)?;
        let model = like.and_then(|like| {
            let parsed = yaml::parse(like.text(), &self.limits);
            self.model(like, &parsed.documents)
        });
        self.add(&empty, record, model.as_ref())
    }

    /// The file with one more record: as a further item where its records are items of a list, under `entitlements` of
    /// its customer where there is one, as a further document else.
    ///
    /// # Errors
    /// When the file has no place for it, or would not be read as what it was and this record.
    pub fn add_record(&self, original: &Original, record: &NewRecord) -> Result<Edited, EditError> {
        let parsed = yaml::parse(original.text(), &self.limits);
        let model = self.model(original, &parsed.documents);
        self.add(original, record, model.as_ref())
    }

    fn add(&self, original: &Original, record: &NewRecord, model: Option<&Model>) -> Result<Edited, EditError> {
        let text = original.text();
        let parsed = yaml::parse(text, &self.limits);
        let expected = self.documents(&parsed.documents)?.without_empty();
        let documents: Vec<&Document<'_>> = parsed.documents.iter().filter(|it| !is_empty(it)).collect();
        let spot = self.spot(text, &documents, record, model)?;
        let no_place = || EditError::new(EditErrorKind::NoPlace("its layout is not known"));
        let expected = expected.after(&spot.change).ok_or_else(no_place)?;
        let extent = [spot.splice.at];
        let claim = Claim { splices: std::slice::from_ref(&spot.splice), expected: &expected, extents: &extent };
        let reading = self.prove(original, &claim)?;
        let unproven = |what| EditError::new(EditErrorKind::Unproven(what));
        if reading.records.len() != original.reading.records.len() + 1 {
            return Err(unproven("what is read as a record"));
        }
        let at = reading.records.partition_point(|it| it.span.start < spot.splice.at.start);
        let others = reading.records.iter().take(at).chain(reading.records.iter().skip(at + 1));
        if !original.reading.records.iter().zip(others).all(|(old, new)| is_same(old, new)) {
            return Err(unproven("another record"));
        }
        Ok(Edited { reading, selection: original.selection, added: Some(at) })
    }

    fn spot(
        &self,
        text: &SourceText,
        documents: &[&Document<'_>],
        record: &NewRecord,
        model: Option<&Model>,
    ) -> Result<Spot, EditError> {
        let no_place = |why| EditError::new(EditErrorKind::NoPlace(why));
        let form = |context: Context| {
            let usual = match context {
                Context::Block => EntryStyle::Block,
                Context::Flow => EntryStyle::InBrackets,
                Context::Json => EntryStyle::Json,
            };
            let names = self.names();
            let usual = Model::usual(names, usual);
            let model = model.map_or(usual, |model| model.fitting(context, names));
            Form { names, model, line: line_break(text, text.as_str().len()) }
        };
        for (number, document) in documents.iter().enumerate() {
            let Some((path, list)) = self.entitlements_of(record, document.root(), number) else { continue };
            let key = self.names().key(FieldName::Customer);
            let fields = record.fields.iter().filter(|(name, _)| name != key).cloned().collect();
            let inherits = NewRecord { fields, entry: record.entry.clone() };
            return item(text, list, &path, &inherits, form).ok_or_else(|| no_place("its layout is not known"));
        }
        let last = documents.len().checked_sub(1).and_then(|last| Some((last, documents.get(last)?.root())));
        match last {
            Some((number, root)) if root.items().is_some() => {
                item(text, root, &[number], record, form).ok_or_else(|| no_place("its layout is not known"))
            }
            Some((_, root)) if text.slice(root.span()).starts_with('{') => {
                Err(no_place("it holds a single record in braces, as JSON does"))
            }
            Some((_, root)) if root.entries().is_none() => Err(no_place("it holds no records")),
            last => Ok(document(text, last.is_some(), record, &form(Context::Block))),
        }
    }

    /// The list of entitlements in a document that is about the record's customer.
    fn entitlements_of<'t>(&self, record: &NewRecord, root: Value<'t>, number: usize) -> Option<(Path, Value<'t>)> {
        let names = self.names();
        let key = names.key(FieldName::Customer);
        let (_, customer) = record.fields.iter().find(|(name, _)| name == key)?;
        let written = root.get(key)?;
        let is_same = written.value.scalar().is_some_and(|scalar| scalar.text.trim() == customer.trim());
        let entries = root.entries()?;
        let is_list = |entry: &yaml::Entry<'_>| {
            entry.key.scalar().is_some_and(|it| it.text == names.key_of("entitlements"))
                && entry.value.items().is_some()
        };
        let (place, list) = entries.enumerate().find(|(_, entry)| is_list(entry))?;
        (is_same && !list.value.is_alias()).then(|| (vec![number, place], list.value))
    }
}

fn is_empty(document: &Document<'_>) -> bool {
    document.root().scalar_kind() == Some(ScalarKind::Null)
}

/// The record as a further item behind the last one of a list; nothing for a list that is written in an unknown way.
fn item<'f>(
    text: &SourceText,
    list: Value<'_>,
    path: &[usize],
    record: &NewRecord,
    form: impl Fn(Context) -> Form<'f>,
) -> Option<Spot> {
    let items: Vec<Value<'_>> = list.items()?.collect();
    let last = items.last().copied().filter(|last| last.entries().is_some())?;
    let end = last.span().end;
    let change = |form: &Form<'_>| Change::Item(path.to_vec(), items.len(), form.node(record));
    if text.slice(list.span()).starts_with('[') {
        let context = match context(last, text) {
            Context::Block => return None,
            context => context,
        };
        let form = form(context);
        let signs = Signs::of(last, text.as_str());
        let between = match items.as_slice() {
            [.., before, last] => text.slice(ByteSpan::new(before.span().end..last.span().start)).to_owned(),
            _ => match text.slice(ByteSpan::new(list.span().start + 1..last.span().start)) {
                gap if gap.contains(['\n', '\r']) => format!(",{gap}"),
                _ => ", ".to_owned(),
            },
        };
        let splice = Splice::insert(end, format!("{between}{}", form.braces(record, &signs, context)));
        return Some(Spot { splice, change: change(&form) });
    }
    let dash = dash_before(text, last.span().start)?;
    let indent = line_before(text, dash);
    if !indent.chars().all(|c| c == ' ') {
        return None;
    }
    let start = text.position(last.span().start).column - 1;
    let offset = if start > indent.len() + 1 { start - indent.len() } else { 2 };
    let pad = " ".repeat(offset - 1);
    let form = form(Context::Block);
    let written = match context(last, text) {
        Context::Block => form.block(record, indent.len() + offset),
        context => form.braces(record, &Signs::of(last, text.as_str()), context),
    };
    let line = line_break(text, end);
    let splice = Splice::insert(line_end(text, end), format!("{line}{indent}-{pad}{written}"));
    Some(Spot { splice, change: change(&form) })
}

/// The dash of the item that starts at `start`: on its line, or on one above with nothing between.
fn dash_before(text: &SourceText, start: usize) -> Option<usize> {
    let before = text.as_str().get(..start)?.trim_end_matches([' ', '\n', '\r']);
    let dash = before.len().checked_sub(1)?;
    (before.ends_with('-') && next_token(text.as_str(), dash) == Some(dash)).then_some(dash)
}

/// The record as a document of its own at the end of the file.
fn document(text: &SourceText, follows_another: bool, record: &NewRecord, form: &Form<'_>) -> Spot {
    let (whole, line) = (text.as_str(), form.line);
    let is_ended = whole.trim_start_matches('\u{feff}').is_empty() || whole.ends_with(['\n', '\r']);
    let before = if is_ended { "" } else { line };
    let marker = if follows_another { format!("---{line}") } else { String::new() };
    let after = if is_ended { line } else { "" };
    let splice = Splice::insert(whole.len(), format!("{before}{marker}{}{after}", form.block(record, 0)));
    Spot { splice, change: Change::Document(form.node(record)) }
}
