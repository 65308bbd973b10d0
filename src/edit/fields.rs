//! Edits of single keys and values.

use super::error::{EditError, EditErrorKind};
use super::place::{Place, after_colon, context, is_key, line_before, line_break, line_end};
use super::splice::Splice;
use super::tree::{Change, Node};
use super::{Drafted, TextPart};
use crate::text::ByteSpan;
use crate::yaml::written::{Context, Quotes, written};
use crate::yaml::{ScalarKind, ScalarMap, ScalarStyle, Value};

/// The key at `span` under another name, in the same quotes.
pub(super) fn rename_key(target: &Place<'_>, span: ByteSpan, to: &str) -> Result<Drafted, EditError> {
    let no_field = || target.error(EditErrorKind::NoField { key: to.to_owned() }, span);
    let (key, mapping, path) = target.key_at(span).ok_or_else(no_field)?;
    if mapping.get(to).is_some() {
        return Err(target.error(EditErrorKind::KeyExists { key: to.to_owned() }, span));
    }
    let style = key.scalar().ok_or_else(no_field)?.style;
    if matches!(style, ScalarStyle::Literal | ScalarStyle::Folded) {
        return Err(target.error(EditErrorKind::Layout("the key"), span));
    }
    let text = written(to, style.into(), context(mapping, target.text));
    Ok((vec![Splice::new(span, text)], Change::Key(path, to.to_owned())))
}

/// The text of the scalar at `span` replaced by another one, in the same quotes.
pub(super) fn set_scalar(target: &Place<'_>, span: ByteSpan, to: &str) -> Result<Drafted, EditError> {
    let layout = || target.error(EditErrorKind::Layout("the value"), span);
    let (value, path) = target.value_at(span).ok_or_else(layout)?;
    let style = value.scalar().ok_or_else(layout)?.style;
    let text = written(to, style.into(), context_of(target, span));
    let text = if span.start == span.end {
        after_absent(target, span, &text).ok_or_else(layout)?
    } else {
        Splice::new(span, text)
    };
    Ok((vec![text], Change::Value(path, Node::text(to))))
}

/// How a scalar at `span` has to be written: a record in a block may have values in braces.
fn context_of(target: &Place<'_>, span: ByteSpan) -> Context {
    fn innermost<'t>(value: Value<'t>, span: ByteSpan) -> Option<Value<'t>> {
        let holds = |inner: &Value<'_>| inner.span().start <= span.start && span.end <= inner.span().end;
        let values = value.entries().into_iter().flatten().map(|entry| entry.value);
        let inner = values.chain(value.items().into_iter().flatten()).filter(|it| it.scalar().is_none()).find(holds)?;
        Some(innermost(inner, span).unwrap_or(inner))
    }
    match innermost(target.mapping, span) {
        Some(inner) if target.text.slice(inner.span()).starts_with(['{', '[']) => match context(inner, target.text) {
            Context::Block => Context::Flow,
            context => context,
        },
        _ => target.context,
    }
}

/// A value in the place of one that is absent: the parser says that it stands at the end of its key.
pub(super) fn after_absent(target: &Place<'_>, span: ByteSpan, text: &str) -> Option<Splice> {
    let colon = after_colon(target.text, ByteSpan::at(span.end))?;
    Some(Splice::insert(colon, format!(" {text}")))
}

/// Some characters of the scalar at `span` replaced; `parts` are in terms of its decoded text, in order.
pub(super) fn replace_text(target: &Place<'_>, span: ByteSpan, parts: &[TextPart]) -> Result<Drafted, EditError> {
    let scattered = || target.error(EditErrorKind::Scattered, span);
    let (value, path) = target.value_at(span).ok_or_else(scattered)?;
    let text = &value.scalar().ok_or_else(scattered)?.text;
    let map = ScalarMap::of(target.text.as_str(), value).ok_or_else(scattered)?;
    let mut splices = Vec::with_capacity(parts.len());
    let mut after = String::with_capacity(text.len());
    let mut end = 0;
    for part in parts {
        let range = part.at.start..part.at.end;
        splices.push(Splice::new(map.locate(range.clone()).ok_or_else(scattered)?, part.with.as_str()));
        after.push_str(text.get(end..range.start).ok_or_else(scattered)?);
        after.push_str(&part.with);
        end = range.end;
    }
    after.push_str(text.get(end..).ok_or_else(scattered)?);
    let kind = value.scalar_kind().unwrap_or(ScalarKind::Text);
    Ok((splices, Change::Value(path, Node::Scalar(kind, after))))
}

/// A new key with a text: after the entry whose key is `after`, else at the end of the record.
pub(super) fn insert_key(
    target: &Place<'_>,
    key: &str,
    value: &str,
    after: Option<&str>,
) -> Result<Drafted, EditError> {
    let text = written(value, Quotes::None, target.context);
    insert_entry(target, key, Node::text(value), after, |colon| match target.context {
        Context::Block => format!(": {text}"),
        Context::Flow | Context::Json => format!("{colon}{text}"),
    })
}

/// A new entry, whose value and what is before it `rest` writes; it is told how colons are written in braces.
pub(super) fn insert_entry(
    target: &Place<'_>,
    key: &str,
    value: Node,
    after: Option<&str>,
    rest: impl FnOnce(&str) -> String,
) -> Result<Drafted, EditError> {
    if target.entries().any(|numbered| is_key(&numbered.entry, key)) {
        return Err(target.error(EditErrorKind::KeyExists { key: key.to_owned() }, target.record.span));
    }
    let layout = || target.error(EditErrorKind::Layout("the record"), target.record.span);
    let before =
        after.and_then(|after| target.entry_of(after)).or_else(|| target.entries().last()).ok_or_else(layout)?;
    let written_key = written(key, Quotes::None, target.context);
    let end = before.entry.value.span().end;
    let splice = match target.context {
        Context::Block => {
            let first = target.mapping.entries().and_then(|mut entries| entries.next()).ok_or_else(layout)?;
            let indent = " ".repeat(line_before(target.text, first.key.span().start).chars().count());
            let line = line_break(target.text, end);
            Splice::insert(line_end(target.text, end), format!("{line}{indent}{written_key}{}", rest(": ")))
        }
        Context::Flow | Context::Json => {
            let signs = Signs::of(target.mapping, target.text.as_str());
            // A key in braces may have no colon, and then none can be put after it.
            let end = match end == before.entry.key.span().end {
                true => after_colon(target.text, before.entry.key.span()).ok_or_else(layout)?,
                false => end,
            };
            Splice::insert(end, format!("{}{written_key}{}", signs.between, rest(&signs.colon)))
        }
    };
    let change = Change::Entry(target.path.clone(), before.number + 1, (Node::text(key), value));
    Ok((vec![splice], change))
}

/// What stands between the keys and values of a mapping in braces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Signs {
    pub(super) open: String,
    pub(super) colon: String,
    pub(super) between: String,
    pub(super) close: String,
}

impl Signs {
    /// The signs of `mapping`, which is in braces; the usual ones where it has none to copy, or comments among them.
    pub(super) fn of(mapping: Value<'_>, text: &str) -> Self {
        let span = mapping.span();
        let entries: Vec<_> = mapping.entries().into_iter().flatten().take(2).collect();
        let last = mapping.entries().and_then(|entries| entries.last());
        let gap = |start: usize, end: usize, sign: &str| {
            let gap = text.get(start..end)?;
            let blank = |part: &str| part.chars().all(|c| matches!(c, ' ' | '\n' | '\r' | '\t'));
            let is_plain = match sign {
                "" => blank(gap),
                sign => gap.split_once(sign).is_some_and(|(before, after)| blank(before) && blank(after)),
            };
            is_plain.then(|| gap.to_owned())
        };
        let first = entries.first();
        let open = first.and_then(|first| gap(span.start + 1, first.key.span().start, ""));
        let colon = first.and_then(|first| gap(first.key.span().end, first.value.span().start, ":"));
        let close = last.and_then(|last| gap(last.value.span().end, span.end.saturating_sub(1), ""));
        let between = match entries.as_slice() {
            [first, second] => gap(first.value.span().end, second.key.span().start, ","),
            _ => open.as_ref().filter(|open| open.contains(['\n', '\r'])).map(|open| format!(",{open}")),
        };
        Self {
            open: open.unwrap_or_default(),
            colon: colon.unwrap_or_else(|| ": ".to_owned()),
            between: between.unwrap_or_else(|| ", ".to_owned()),
            close: close.unwrap_or_default(),
        }
    }
}
