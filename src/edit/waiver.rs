//! A further waiver of a record.

use super::Drafted;
use super::error::{EditError, EditErrorKind};
use super::fields::insert_entry;
use super::place::{Place, context, line_before, line_break, line_end};
use super::splice::Splice;
use super::tree::{Change, Node};
use crate::yaml::Value;
use crate::yaml::written::{Context, Quotes, written};

/// What a waiver says.
#[derive(Debug, Clone, Copy)]
pub(super) struct Waiver<'a> {
    pub(super) rule: &'a str,
    pub(super) reason: &'a str,
}

impl Waiver<'_> {
    fn node(self) -> Node {
        Node::fields([("rule", self.rule), ("reason", self.reason)])
    }

    /// It in lines of its own, each after `line`, with its dash where `indent` ends.
    fn in_lines(self, line: &str, indent: &str) -> String {
        let [rule, reason] = [self.rule, self.reason].map(|text| written(text, Quotes::None, Context::Block));
        format!("{line}{indent}- rule: {rule}{line}{indent}  reason: {reason}")
    }

    fn in_braces(self, context: Context) -> String {
        let of = |text: &str| written(text, Quotes::None, context);
        format!("{{{}: {}, {}: {}}}", of("rule"), of(self.rule), of("reason"), of(self.reason))
    }
}

/// The waiver at the end of those of the record, or, where it has none, of the record.
pub(super) fn add_waiver(target: &Place<'_>, key: &str, waiver: Waiver<'_>) -> Result<Drafted, EditError> {
    let text = target.text;
    let line = line_break(text, target.record.span.start);
    let Some(there) = target.entry_of(key) else {
        let indent = " ".repeat(line_before(text, target.record.span.start).chars().count() + 2);
        return insert_entry(target, key, Node::List(vec![waiver.node()]), None, |colon| match target.context {
            Context::Block => format!(":{}", waiver.in_lines(line, &indent)),
            context => format!("{colon}[{}]", waiver.in_braces(context)),
        });
    };
    let layout = || target.error(EditErrorKind::Layout("the waivers"), there.entry.key.span());
    let items: Vec<Value<'_>> = there.entry.value.items().ok_or_else(layout)?.collect();
    let last = items.last().ok_or_else(layout)?;
    let splice = if text.slice(there.entry.value.span()).starts_with('[') {
        let context = match context(*last, text) {
            Context::Block => Context::Flow,
            context => context,
        };
        Splice::insert(last.span().end, format!(", {}", waiver.in_braces(context)))
    } else {
        let indent = line_before(text, last.span().start).trim_end().strip_suffix('-').ok_or_else(layout)?;
        if !indent.chars().all(|c| c == ' ') {
            return Err(layout());
        }
        let end = last.span().start + text.slice(last.span()).trim_end().len();
        Splice::insert(line_end(text, end), waiver.in_lines(line, indent))
    };
    Ok((vec![splice], Change::Item(target.path_to(there), items.len(), waiver.node())))
}
