//! The proposed configuration as it is written, with a comment beside each setting that says what it was taken from.

use super::folders::Part;
use super::layout::{FIELDS, Layout};
use super::{OwnStatus, Proposal};
use crate::playbook::StatusSet;
use crate::record::FieldName;
use crate::report::tally::count;
use crate::yaml::written::{in_braces, in_quotes, on_line};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// The configuration.
pub(super) fn text(proposal: &Proposal) -> String {
    let mut text = Text::default();
    let (files, records) = (count(proposal.files_with_records(), "file"), count(proposal.records(), "record"));
    text.line(format!("# Written by `notegate adopt` from {records} in {files}. Correct what is wrong;"));
    text.line("# `notegate check --print-config` shows what holds then.");
    text.list("include", "Files that hold records; every document in them has to be one.", &proposal.patterns.include);
    text.list("exclude", "Files in the same folders that hold none.", &proposal.patterns.exclude);
    let none = Layout::default();
    let general = proposal.parts.first();
    let layout = general.map_or(&none, |part| &part.layout);
    if let Some(part) = general.filter(|_| proposal.parts.len() > 1) {
        text.line(format!("\n# What holds for {}, and where no override below says otherwise.", places(part)));
    } else {
        text.line(String::new());
    }
    text.names("", &layout.names(), layout);
    text.required("", &optional(layout), layout);
    if proposal.status_set() == StatusSet::OwnOnly {
        text.line("\n# No record has a status of the guidance, so the ones under `playbook` take their place.");
        text.line("statuses: only");
    }
    text.overrides(proposal, layout);
    text.playbook(proposal);
    text.0
}

/// Which fields the records of a layout may lack, where that is said.
fn optional(layout: &Layout) -> BTreeMap<FieldName, bool> {
    let optional = FIELDS.into_iter().filter(|field| layout.is_optional(*field));
    optional.map(|field| (field, true)).collect()
}

fn places(part: &Part) -> String {
    let shown: Vec<String> =
        part.paths.iter().take(3).map(|path| crate::report::escape::line(path).into_owned()).collect();
    let more = part.paths.len() - shown.len();
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!("{}{more}", shown.join(", "))
}

/// Lines of YAML.
#[derive(Default)]
struct Text(String);

impl Text {
    fn line(&mut self, line: impl AsRef<str>) {
        self.0.push_str(line.as_ref().trim_end());
        self.0.push('\n');
    }

    /// A setting with a comment beside it.
    fn setting(&mut self, setting: &str, comment: &str) {
        let comment = if comment.is_empty() { String::new() } else { format!("  # {comment}") };
        self.line(format!("{setting}{comment}"));
    }

    fn list(&mut self, key: &str, comment: &str, items: &[String]) {
        if items.is_empty() {
            return;
        }
        self.line(format!("\n# {comment}\n{key}:"));
        items.iter().for_each(|item| self.line(format!("  - {}", in_quotes(item))));
    }

    fn names(&mut self, indent: &str, names: &BTreeMap<&'static str, Vec<String>>, layout: &Layout) {
        if names.is_empty() {
            return;
        }
        self.line(format!("{indent}fields:"));
        for (known, keys) in in_order(names) {
            let value = match keys.as_slice() {
                [only] => on_line(only),
                _ => format!("[{}]", keys.iter().map(|key| in_braces(key)).collect::<Vec<_>>().join(", ")),
            };
            self.setting(&format!("{indent}  {known}: {value}"), &counts(known, keys, layout));
        }
    }

    fn required(&mut self, indent: &str, optional: &BTreeMap<FieldName, bool>, layout: &Layout) {
        if optional.is_empty() {
            return;
        }
        self.line(format!("{indent}required:"));
        for (field, is_optional) in optional {
            let having: usize = layout.fields.get(field).into_iter().flatten().map(|found| found.count).sum();
            let word = if *is_optional { "no" } else { "yes" };
            let comment = format!("{having} of {} records have it", layout.records);
            self.setting(&format!("{indent}  {}: {word}", field.key()), &comment);
        }
    }

    fn overrides(&mut self, proposal: &Proposal, general: &Layout) {
        let others = proposal.parts.get(1..).unwrap_or_default();
        let usual = general.names();
        for (at, part) in others.iter().enumerate() {
            if at == 0 {
                self.line("\n# Folders that are written otherwise.\noverrides:");
            }
            let own = part.layout.names();
            let known: BTreeSet<&'static str> = usual.keys().chain(own.keys()).copied().collect();
            // What is not there needs no name of its own.
            let differing =
                known.into_iter().filter(|known| usual.get(known) != own.get(known) && part.layout.has(known));
            let names: BTreeMap<&'static str, Vec<String>> = differing
                .map(|known| (known, own.get(known).cloned().unwrap_or_else(|| vec![known.to_owned()])))
                .collect();
            let differing =
                FIELDS.into_iter().filter(|field| general.is_optional(*field) != part.layout.is_optional(*field));
            let optional = differing.map(|field| (field, part.layout.is_optional(field))).collect();
            let paths: Vec<String> = part.paths.iter().map(|path| in_quotes(path)).collect();
            self.setting(&format!("  - paths: [{}]", paths.join(", ")), &count(part.layout.records, "record"));
            self.names("    ", &names, &part.layout);
            self.required("    ", &optional, &part.layout);
        }
    }

    fn playbook(&mut self, proposal: &Proposal) {
        let (sure, unsure): (Vec<&OwnStatus>, Vec<&OwnStatus>) =
            proposal.statuses.iter().partition(|status| status.kind.is_some());
        if sure.is_empty() && unsure.is_empty() && proposal.workloads.is_empty() {
            return;
        }
        self.line("\n# What is not in the guidance. `kind` is the status of the guidance whose rules a status follows; here it is");
        self.line("# what most notes of that status say.");
        let is_open = sure.is_empty() && proposal.workloads.is_empty();
        self.line(format!("{}playbook:", if is_open { "# " } else { "" }));
        if !sure.is_empty() {
            self.line("  statuses:");
        }
        for status in sure {
            let kind = status.kind.map_or("", |kind| kind.name());
            let comment = format!(
                "{}; {} of {} say so",
                count(status.count, "record"),
                status.saying,
                count(status.read, "note")
            );
            self.setting(&format!("    - {{name: {}, kind: {kind}}}", in_braces(&status.name)), &comment);
        }
        for status in unsure {
            let start = format!("  #  - {{name: {}, kind: ", in_braces(&status.name));
            self.line(format!("{start}…}}  # {}; their notes do not tell its kind", count(status.count, "record")));
        }
        if !proposal.workloads.is_empty() {
            self.line("  workloads:");
        }
        for (name, records) in &proposal.workloads {
            self.setting(&format!("    - {{name: {}}}", in_braces(name)), &count(*records, "record"));
        }
    }
}

/// The fields in the order of a record.
fn in_order<'n>(
    names: &'n BTreeMap<&'static str, Vec<String>>,
) -> impl Iterator<Item = (&'static str, &'n Vec<String>)> {
    crate::record::FieldNames::KNOWN.into_iter().filter_map(|known| Some((known, names.get(known)?)))
}

/// In how many records each of the keys is.
fn counts(known: &str, keys: &[String], layout: &Layout) -> String {
    let field = FIELDS.into_iter().find(|field| field.key() == known);
    let found = match field {
        Some(field) => layout.fields.get(&field).map(Vec::as_slice).unwrap_or_default(),
        None if known == "entitlements" => layout.lists.as_slice(),
        None => return "in the entries of the refresh summary".to_owned(),
    };
    let mut counts = String::new();
    for found in found.iter().filter(|found| keys.contains(&found.key)) {
        let between = if counts.is_empty() { "" } else { " and " };
        let _written = write!(counts, "{between}{}", found.count);
    }
    if counts.is_empty() { counts } else { format!("in {counts} of {} records", layout.records) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::SourceText;
    use crate::yaml::{Limits, parse};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn any_text_is_read_as_it_is_meant(name in "[^\u{0}]{1,40}") {
            let source = SourceText::new(format!("a: {}\nb: {{c: {}}}\n", on_line(&name), in_braces(&name)));
            let parsed = parse(&source, &Limits::default());
            prop_assert_eq!(&parsed.errors, &[]);
            let root = parsed.documents[0].root();
            let read = |value: crate::yaml::Value<'_>| value.scalar().unwrap().text.clone().into_owned();
            prop_assert_eq!(read(root.get("a").unwrap().value), name.as_str());
            prop_assert_eq!(read(root.get("b").unwrap().value.get("c").unwrap().value), name.as_str());
        }
    }
}
