//! The page of all rules (`docs/rules.md`), derived from the registry.

use crate::finding::Severity;
use crate::rules::{Group, Meta, REGISTRY, Waivable};
use std::fmt::Write as _;

/// The page in Markdown.
#[must_use]
pub fn markdown() -> String {
    let mut page = String::from(
        "# Rules\n\nThis page is generated from the rules; `notegate explain RULE` prints each section offline.\n\n\
         | rule | severity | what it reports |\n| --- | --- | --- |\n",
    );
    for meta in REGISTRY.iter().map(|rule| rule.meta()) {
        let Meta { name, summary, .. } = meta;
        let _infallible = writeln!(page, "| [`{name}`](#{name}) | {} | {summary} |", severity(meta));
    }
    for meta in REGISTRY.iter().map(|rule| rule.meta()) {
        page.push_str(&section(meta));
    }
    page
}

/// The severity of a rule without a configuration.
#[must_use]
pub fn severity(meta: &Meta) -> &'static str {
    meta.default.map_or("off", Severity::name)
}

/// What the findings of a rule do, and who can set them aside, in a few sentences.
#[must_use]
pub fn effect(meta: &Meta) -> String {
    let effect = match meta.group {
        Group::Note => "It counts for the grade of the note: an error makes it poor, a warning makes it marginal.",
        Group::Record => "It does not count for the grade of the note; an error blocks the record.",
        Group::File => "It concerns the file as a whole; an error blocks it.",
    };
    match meta.waivable {
        Waivable::Yes if meta.group == Group::Note => format!(
            "{effect} A record can waive it with `waivers: [{{rule: {}, reason: \"…\"}}]`, which removes the block \
             but keeps the grade, and a team can change its severity under `rules` in notegate.yaml.",
            meta.name
        ),
        Waivable::Yes => format!(
            "{effect} A record can waive it with `waivers: [{{rule: {}, reason: \"…\"}}]`, and a team can change its \
             severity under `rules` in notegate.yaml.",
            meta.name
        ),
        Waivable::No => format!("{effect} It is structural: no waiver or setting can suppress it."),
    }
}

fn section(meta: &Meta) -> String {
    format!("\n## `{}`\n\n{}", meta.name, section_body(meta))
}

/// What the page says of a rule, without the heading.
pub(super) fn section_body(meta: &Meta) -> String {
    let mut section = format!("*{}*: {}.\n\n{}\n", severity(meta), meta.summary, meta.explanation);
    if !meta.guidance.is_empty() {
        let _infallible = write!(section, "\nThe guidance says:\n\n> {}\n", meta.guidance);
    }
    for (title, example) in [("Reported", &meta.examples.bad), ("Not reported", &meta.examples.good)] {
        let _infallible = write!(section, "\n{title}:\n\n```yaml\n{}\n```\n", example.shown().trim_end());
    }
    let _infallible = write!(section, "\n{}\n", effect(meta));
    section
}
