//! A further entry of a refresh summary, in the layout that the file has.

use super::error::{EditError, EditErrorKind};
use super::fields::{Signs, after_absent, insert_entry};
use super::place::{Place, after_colon, context, line_before, line_break, line_end, next_token};
use super::splice::Splice;
use super::tree::{Change, Node, Path};
use super::{Drafted, NewEntry};
use crate::record::{EntryStyle, Field, FieldName, FieldNames, RefreshEntry};
use crate::text::{ByteSpan, SourceText};
use crate::yaml::written::{Context, Quotes, written};
use crate::yaml::{ScalarStyle, Value};
use jiff::civil::Date;

/// A list of entries that is there.
pub(super) struct Items<'t> {
    pub(super) items: Vec<Value<'t>>,
    pub(super) path: Path,
    pub(super) in_brackets: bool,
    /// The dash of each item; none in brackets.
    pub(super) dashes: Vec<usize>,
    /// Where the list begins.
    start: usize,
}

/// How entries are written: as one that is there.
#[derive(Debug, Clone)]
pub(super) struct Model {
    style: EntryStyle,
    /// How far a dash is indented against the keys of the record.
    items: usize,
    /// How far the fields of an entry are indented against its dash.
    offset: usize,
    /// The signs of an entry in braces.
    signs: Signs,
    /// The keys in their order, and the quotes of their values.
    keys: Vec<(Role, String, Quotes)>,
    /// Whether keys are in double quotes.
    quoted_keys: bool,
}

/// What a field of an entry is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Date,
    Who,
    What,
}

impl Role {
    const ALL: [Self; 3] = [Self::Date, Self::Who, Self::What];

    fn key(self, names: &FieldNames) -> &str {
        match self {
            Self::Date => names.key_of("date"),
            Self::Who => names.key_of("who_changed"),
            Self::What => names.key_of("what_changed"),
        }
    }

    /// The role of a key. A record whose own date has another name may well call that of an entry `date`.
    fn of(key: &str, names: &FieldNames) -> Option<Self> {
        let named = Self::ALL.into_iter().find(|role| role.key(names) == key);
        named.or_else(|| (key == "date").then_some(Self::Date))
    }
}

impl Model {
    /// The layout of `record`'s first entry, else the usual one for its place.
    pub(super) fn of(target: &Place<'_>, names: &FieldNames) -> Option<Self> {
        let list = items_of(target).ok()?;
        let first = list.items.first().copied().filter(|first| first.entries().is_some())?;
        let text = target.text;
        let style = match (list.in_brackets, context(first, text)) {
            (true, Context::Json) => EntryStyle::Json,
            (true, _) => EntryStyle::InBrackets,
            (false, Context::Block) => EntryStyle::Block,
            (false, _) => EntryStyle::Flow,
        };
        let dash = list.dashes.first().map(|dash| column(text, *dash));
        let start = column(text, first.span().start);
        let keys = column(text, target.record.span.start);
        let default = Self::usual(names, style);
        let mut known: Vec<(Role, String, Quotes)> = Vec::new();
        for entry in first.entries()? {
            let (Some(key), Some(value)) = (entry.key.scalar(), entry.value.scalar()) else { continue };
            let Some(role) = Role::of(&key.text, names).filter(|role| known.iter().all(|(it, ..)| it != role)) else {
                continue;
            };
            known.push((role, key.text.clone().into_owned(), value.style.into()));
        }
        let absent = default.keys.into_iter().filter(|(role, ..)| known.iter().all(|(it, ..)| it != role));
        let absent: Vec<_> = absent.collect();
        known.extend(absent);
        let first_key = first.entries()?.next()?.key.scalar()?;
        Some(Self {
            style,
            items: dash.map_or(2, |dash| dash.saturating_sub(keys)),
            offset: dash.filter(|dash| start > dash + 1).map_or(2, |dash| start - dash),
            signs: if style == EntryStyle::Block { default.signs } else { Signs::of(first, text.as_str()) },
            keys: known,
            quoted_keys: first_key.style == ScalarStyle::DoubleQuoted,
        })
    }

    /// How an entry is written where none is there to be copied.
    pub(super) fn usual(names: &FieldNames, style: EntryStyle) -> Self {
        let signs =
            Signs { open: String::new(), colon: ": ".to_owned(), between: ", ".to_owned(), close: String::new() };
        let keys = Role::ALL.map(|role| (role, role.key(names).to_owned(), Quotes::None));
        let quoted_keys = style == EntryStyle::Json;
        Self { style, items: 2, offset: 2, signs, keys: keys.to_vec(), quoted_keys }
    }

    /// The model for a record in `context`, where another record had this one.
    pub(super) fn fitting(&self, context: Context, names: &FieldNames) -> Self {
        match (context, self.style) {
            (Context::Block, EntryStyle::Json) => Self::usual(names, EntryStyle::Block),
            (Context::Block, _) => self.clone(),
            (Context::Flow, EntryStyle::InBrackets) | (Context::Json, EntryStyle::Json) => {
                // Line breaks and indentation are those of another place.
                Self { signs: self.signs.on_one_line(), ..self.clone() }
            }
            (Context::Flow, _) => Self::usual(names, EntryStyle::InBrackets),
            (Context::Json, _) => Self::usual(names, EntryStyle::Json),
        }
    }

    fn values<'e>(&'e self, entry: &'e NewEntry) -> Vec<(&'e str, String, Quotes)> {
        let value = |role: Role| match role {
            Role::Date => entry.date.to_string(),
            Role::Who => entry.who.clone(),
            Role::What => entry.what.clone(),
        };
        self.keys.iter().map(|(role, key, quotes)| (key.as_str(), value(*role), *quotes)).collect()
    }

    pub(super) fn node(&self, entry: &NewEntry) -> Node {
        let values = self.values(entry);
        Node::fields(values.iter().map(|(key, value, _)| (*key, value.as_str())))
    }

    /// The entry in braces.
    pub(super) fn in_braces(&self, entry: &NewEntry) -> String {
        let context = if self.style == EntryStyle::Json { Context::Json } else { Context::Flow };
        let quotes = if self.quoted_keys { Quotes::Double } else { Quotes::None };
        let field = |(key, value, of_value): (&str, String, Quotes)| {
            format!("{}{}{}", written(key, quotes, context), self.signs.colon, written(&value, of_value, context))
        };
        let fields: Vec<String> = self.values(entry).into_iter().map(field).collect();
        format!("{{{}{}{}}}", self.signs.open, fields.join(&self.signs.between), self.signs.close)
    }

    /// The entry as an item with a dash; its lines but for the indentation of the first.
    fn as_item(&self, entry: &NewEntry, dash: usize, line: &str) -> String {
        let pad = " ".repeat(self.offset.saturating_sub(1));
        if self.style != EntryStyle::Block {
            return format!("-{pad}{}", self.in_braces(entry));
        }
        let quotes = if self.quoted_keys { Quotes::Double } else { Quotes::None };
        let field = |(key, value, of_value): (&str, String, Quotes)| {
            format!("{}: {}", written(key, quotes, Context::Block), written(&value, of_value, Context::Block))
        };
        let fields: Vec<String> = self.values(entry).into_iter().map(field).collect();
        let between = format!("{line}{}", " ".repeat(dash + self.offset));
        format!("-{pad}{}", fields.join(&between))
    }

    /// The list of this one entry, with all that comes after the colon of its key. `keys` is the column of the record.
    pub(super) fn as_list(&self, entry: &NewEntry, keys: usize, line: &str) -> String {
        if self.style.is_in_brackets() {
            return format!(" [{}]", self.in_braces(entry));
        }
        let dash = keys + self.items;
        format!("{line}{}{}", " ".repeat(dash), self.as_item(entry, dash, line))
    }
}

impl Signs {
    fn on_one_line(&self) -> Self {
        let one_line = |sign: &String| if sign.contains(['\n', '\r']) { sign.trim().to_owned() } else { sign.clone() };
        let between = one_line(&self.between);
        Self {
            open: one_line(&self.open),
            colon: one_line(&self.colon),
            between: if between == "," && self.between != "," { ", ".to_owned() } else { between },
            close: one_line(&self.close),
        }
    }
}

/// Adds an entry where its day belongs: on top, unless the file has newer ones or is in the other order.
pub(super) fn add_entry(
    target: &Place<'_>,
    entry: &NewEntry,
    model: Option<&Model>,
    names: &FieldNames,
) -> Result<Drafted, EditError> {
    let key = names.key(FieldName::RefreshSummary);
    let own = target.entry_of(key);
    let usual = match target.context {
        Context::Block => Model::usual(names, EntryStyle::Block),
        Context::Flow => Model::usual(names, EntryStyle::InBrackets),
        Context::Json => Model::usual(names, EntryStyle::Json),
    };
    let model = model.map_or(usual, |model| model.fitting(target.context, names));
    let column = column(target.text, target.record.span.start);
    let list = || Node::List(vec![model.node(entry)]);
    match (&target.record.refresh_summary, own) {
        (Field::Missing, _) => {
            let line = line_break(target.text, target.extent.end);
            insert_entry(target, key, list(), None, |colon| match target.context {
                Context::Block => format!(":{}", model.as_list(entry, column, line)),
                Context::Flow | Context::Json => format!("{colon}[{}]", model.in_braces(entry)),
            })
        }
        (field, None) => {
            let at = field.key_span().unwrap_or(target.record.span);
            Err(target.error(EditErrorKind::Inherited { key: key.to_owned() }, at))
        }
        (Field::WrongType(found), Some(_)) => Err(target.error(EditErrorKind::NoList, found.span)),
        (Field::Value(entries), Some(_)) if !entries.value.is_empty() => {
            let list = items_of(target)?;
            let at = place(&entries.value, entry.date);
            let own = Model::of(target, names).unwrap_or_else(|| model.clone());
            let splice = beside(target, &list, &own, at, entry)?;
            Ok((vec![splice], Change::Item(list.path, at, own.node(entry))))
        }
        (Field::Value(_) | Field::Null(_), Some(numbered)) => {
            let span = numbered.entry.value.span();
            let layout = || target.error(EditErrorKind::Layout("the refresh summary"), numbered.entry.key.span());
            let splices =
                in_place_of_nothing(target, numbered.entry.key.span(), span, &model, entry).ok_or_else(layout)?;
            let change = Change::Value(target.path_to(numbered), list());
            Ok((splices, change))
        }
    }
}

/// The number that an entry of `day` has among `entries`: before the first that is not newer; in a list that runs from the
/// oldest to the newest, after the last that is not newer.
fn place(entries: &[RefreshEntry], day: Date) -> usize {
    let days: Vec<Option<Date>> = entries.iter().map(|entry| entry.date.value().and_then(|date| date.day)).collect();
    let known: Vec<Date> = days.iter().copied().flatten().collect();
    let is_ascending = known.is_sorted() && known.first() < known.last();
    if is_ascending {
        return days.iter().rposition(|it| it.is_some_and(|it| it <= day)).map_or(0, |at| at + 1);
    }
    // Dates that are no days are passed over; what is above the first known one stays there only for a newer one.
    let first_older = days.iter().position(|it| it.is_some_and(|it| it <= day));
    match (first_older, days.iter().flatten().next()) {
        (Some(at), Some(first)) if *first > day => at,
        (None, Some(_)) => days.len(),
        _ => 0,
    }
}

/// The splice that puts an entry before the item of that number, or behind the last.
fn beside(
    target: &Place<'_>,
    list: &Items<'_>,
    model: &Model,
    at: usize,
    entry: &NewEntry,
) -> Result<Splice, EditError> {
    let text = target.text;
    let layout = || target.error(EditErrorKind::Layout("the refresh summary"), ByteSpan::at(list.start));
    if list.in_brackets {
        let between = between_items(list, text.as_str());
        return match list.items.get(at) {
            Some(next) => Ok(Splice::insert(next.span().start, format!("{}{between}", model.in_braces(entry)))),
            None => {
                let last = list.items.last().ok_or_else(layout)?;
                Ok(Splice::insert(last.span().end, format!("{between}{}", model.in_braces(entry))))
            }
        };
    }
    let dash_of = |number: usize| list.dashes.get(number).copied();
    let dash = dash_of(at).or_else(|| dash_of(0)).ok_or_else(layout)?;
    let indent = line_before(text, dash);
    if !indent.chars().all(|c| c == ' ') {
        return Err(layout());
    }
    let line = line_break(text, dash);
    let item = model.as_item(entry, indent.len(), line);
    match list.items.get(at) {
        Some(_) => Ok(Splice::insert(dash, format!("{item}{line}{indent}"))),
        None => {
            let last = list.items.last().ok_or_else(layout)?;
            let end = line_end(text, last.span().end);
            Ok(Splice::insert(end, format!("{line}{indent}{item}")))
        }
    }
}

/// What stands between two items in brackets, or should.
fn between_items(list: &Items<'_>, text: &str) -> String {
    let blank = |part: &str| part.chars().all(|c| matches!(c, ' ' | '\n' | '\r' | '\t'));
    let gap = match list.items.as_slice() {
        [first, second, ..] => text.get(first.span().end..second.span().start).map(str::to_owned),
        [first] => text.get(list.start + 1..first.span().start).map(|gap| match gap.contains(['\n', '\r']) {
            true => format!(",{gap}"),
            false => ", ".to_owned(),
        }),
        [] => None,
    };
    let is_plain = |gap: &String| gap.split_once(',').is_some_and(|(before, after)| blank(before) && blank(after));
    gap.filter(is_plain).unwrap_or_else(|| ", ".to_owned())
}

/// The splices that write a list where nothing, `~` or `[]` stands.
fn in_place_of_nothing(
    target: &Place<'_>,
    key: ByteSpan,
    value: ByteSpan,
    model: &Model,
    entry: &NewEntry,
) -> Option<Vec<Splice>> {
    let text = target.text;
    let nothing = text.slice(value);
    let is_empty_list = nothing.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    if is_empty_list.is_some_and(|inside| !inside.trim().is_empty()) {
        return None;
    }
    let line = line_break(text, key.end);
    let written = model.as_list(entry, column(text, target.record.span.start), line);
    if target.context != Context::Block {
        let list = written.trim_start();
        return match nothing.is_empty() {
            true => Some(vec![after_absent(target, value, list)?]),
            false => Some(vec![Splice::new(value, list)]),
        };
    }
    let colon = after_colon(text, key)?;
    if nothing.is_empty() {
        let end = if model.style.is_in_brackets() { colon } else { line_end(text, colon) };
        return Some(vec![Splice::insert(end, written)]);
    }
    if model.style.is_in_brackets() {
        return Some(vec![Splice::new(value, written.trim_start())]);
    }
    let gap = ByteSpan::new(colon..value.start);
    // A value on a line below its key, or with something between, is nothing that people write.
    if !text.slice(gap).chars().all(|c| c == ' ') || line_end(text, colon) < value.end {
        return None;
    }
    let removed = Splice::new(ByteSpan::new(colon..value.end), "");
    Some(vec![removed, Splice::insert(line_end(text, value.end), written)])
}

/// The list of entries that a record has of its own.
pub(super) fn items_of<'t>(target: &Place<'t>) -> Result<Items<'t>, EditError> {
    let Field::Value(summary) = &target.record.refresh_summary else {
        return Err(target.error(EditErrorKind::NoList, target.record.span));
    };
    let layout = || target.error(EditErrorKind::Layout("the refresh summary"), summary.span);
    let key = summary.key.ok_or_else(layout)?;
    let Some(numbered) = target.entry_at(key) else {
        let key = target.text.slice(key).to_owned();
        return Err(target.error(EditErrorKind::Inherited { key }, summary.span));
    };
    let value = numbered.entry.value;
    let items: Vec<Value<'t>> = value.items().ok_or_else(layout)?.collect();
    let path = target.path_to(numbered);
    let colon = after_colon(target.text, key).ok_or_else(layout)?;
    let text = target.text.as_str();
    let start = next_token(text, colon).ok_or_else(layout)?;
    if text.get(start..).is_some_and(|rest| rest.starts_with('[')) {
        return Ok(Items { items, path, in_brackets: true, dashes: Vec::new(), start });
    }
    let mut dashes = Vec::with_capacity(items.len());
    let mut after = colon;
    for item in &items {
        let dash = next_token(text, after).ok_or_else(layout)?;
        if !text.get(dash..).is_some_and(|rest| rest.starts_with('-')) || dash >= item.span().start {
            return Err(layout());
        }
        dashes.push(dash);
        after = item.span().end;
        // An item without a value stands nowhere.
        if after <= dash {
            return Err(layout());
        }
    }
    Ok(Items { items, path, in_brackets: false, dashes, start })
}

fn column(text: &SourceText, at: usize) -> usize {
    text.position(at).column.saturating_sub(1)
}
