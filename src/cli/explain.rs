//! `notegate rules` and `notegate explain RULE`: offline, from the registry.

use super::args::ExplainArgs;
use super::{Environment, Exit, Failure, Streams};
use crate::finding::Severity;
use crate::report::rules_page as page;
use crate::report::wrap::wrap;
use crate::rules::{self, Meta, REGISTRY};
use owo_colors::Style;
use std::fmt::Write as _;

/// Writes one line for each rule.
pub(super) fn list(environment: &Environment, streams: &mut Streams<'_>) -> Result<Exit, Failure> {
    let width = REGISTRY.iter().map(|rule| rule.meta().name.len()).max().unwrap_or(0);
    let styling = environment.styling;
    let mut text = String::new();
    for meta in REGISTRY.iter().map(|rule| rule.meta()) {
        let severity = page::severity(meta);
        let name = styling.paint(&format!("{:width$}", meta.name), Style::new().bold());
        let severity = styling.paint(&format!("{severity:8}"), severity_style(meta.default));
        let _infallible = writeln!(text, "{name}  {severity} {}", meta.summary);
    }
    text.push_str("\nRun `notegate explain RULE` for the purpose of a rule, with a bad and a good example.\n");
    streams.output.write_all(text.as_bytes())?;
    Ok(Exit::Passed)
}

/// Writes all there is to know about one rule.
pub(super) fn explain(
    args: &ExplainArgs,
    environment: &Environment,
    streams: &mut Streams<'_>,
) -> Result<Exit, Failure> {
    let Some(rule) = rules::find(&args.rule) else { return Err(unknown(&args.rule)) };
    streams.output.write_all(text(rule.meta(), environment).as_bytes())?;
    Ok(Exit::Passed)
}

fn text(meta: &Meta, environment: &Environment) -> String {
    let heading = |text: &str| environment.styling.paint(text, Style::new().bold());
    let width = environment.width.min(100);
    let mut out = format!("{} ({})\n", heading(meta.name), page::severity(meta));
    let _infallible = writeln!(out, "{}.\n", meta.summary);
    let _infallible = writeln!(out, "{}", wrap(meta.explanation, width, ""));
    if !meta.guidance.is_empty() {
        let quote = format!("“{}”", meta.guidance);
        let _infallible = writeln!(out, "\n{}\n{}", heading("The guidance says"), wrap(&quote, width, "  "));
    }
    let examples = &meta.examples;
    for (title, example) in [("An example that is reported", &examples.bad), ("An example that is not", &examples.good)]
    {
        let _infallible = writeln!(out, "\n{}", heading(title));
        for line in example.shown().lines() {
            let _infallible = writeln!(out, "{}", format!("  {line}").trim_end());
        }
    }
    let _infallible = writeln!(out, "\n{}", wrap(&page::effect(meta), width, ""));
    out
}

fn severity_style(default: Option<Severity>) -> Style {
    match default {
        Some(Severity::Error) => Style::new().red(),
        Some(Severity::Warning) => Style::new().yellow(),
        Some(Severity::Info) | None => Style::new().dimmed(),
    }
}

fn unknown(name: &str) -> Failure {
    let help = match rules::nearest(name) {
        Some(near) => format!("Did you mean `{near}`? `notegate rules` lists all of them."),
        None => "`notegate rules` lists all of them.".to_owned(),
    };
    Failure::usage(format!("there is no rule `{name}`"), help)
}
