//! Where a record is put when there is no habit to follow.

use super::Known;
use super::slug::Style;
use crate::source::{FileSelection, NotePath};
use std::collections::BTreeMap;

/// The folder of notes where there is no other.
const FOLDER: &str = "notes";

/// The paths to try, in order: beside most of the other notes, in the usual folder, and what the patterns of `include` are
/// made for.
pub(super) fn paths(known: &[Known], customer: &str, files: &FileSelection) -> Vec<NotePath> {
    let name = Style::USUAL.of(customer).unwrap_or_else(|| "customer".to_owned());
    let beside = commonest(known).map(|(folder, ending)| match folder.as_str() {
        "" => format!("{name}{ending}"),
        _ => format!("{folder}/{name}{ending}"),
    });
    let usual = [format!("{FOLDER}/{name}.yaml"), format!("{FOLDER}/{name}.yml")];
    let included = files.include().unwrap_or_default().iter().map(|pattern| of_pattern(pattern, &name));
    beside.into_iter().chain(usual).chain(included).map(NotePath::from_bytes).collect()
}

/// The folder and the ending of most files with records.
fn commonest(known: &[Known]) -> Option<(String, String)> {
    let mut counts: BTreeMap<(String, String), usize> = BTreeMap::new();
    for record in known {
        let Ok(path) = std::str::from_utf8(record.path.as_bytes()) else { continue };
        let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
        let ending = file.rfind('.').and_then(|dot| file.get(dot..)).unwrap_or_default();
        *counts.entry((folder.to_owned(), ending.to_owned())).or_default() += 1;
    }
    counts.into_iter().rev().max_by_key(|(_, count)| *count).map(|(place, _)| place)
}

/// A path that a pattern is made for: `customers/*/notes.{yaml,yml}` is `customers/contoso/notes.yaml`.
fn of_pattern(pattern: &str, name: &str) -> String {
    let mut parts: Vec<String> = Vec::new();
    for part in pattern.split('/').filter(|part| *part != "**") {
        let part = first_choice(part);
        parts.push(match part.split_once('*') {
            Some((before, after)) => format!("{before}{name}{}", after.replace('*', "")),
            None => part,
        });
    }
    match pattern.rsplit('/').next() {
        Some("**") => format!("{}/{name}.yaml", parts.join("/")).trim_start_matches('/').to_owned(),
        _ => parts.join("/"),
    }
}

/// A part of a pattern with the first of each choice: `*.{yaml,yml}` is `*.yaml`.
fn first_choice(part: &str) -> String {
    let mut text = part.to_owned();
    while let Some((before, inside)) = text.split_once('{') {
        let Some((choices, after)) = inside.split_once('}') else { break };
        let first = choices.split(',').next().unwrap_or_default();
        text = format!("{before}{first}{after}");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_lead_to_a_path_that_they_match() {
        for (pattern, expected) in [
            ("records/**/*.yml", "records/contoso.yml"),
            ("status/*.yaml", "status/contoso.yaml"),
            ("entitlements.yaml", "entitlements.yaml"),
            ("customers/*/notes.{yaml,yml}", "customers/contoso/notes.yaml"),
            ("data/**", "data/contoso.yaml"),
            ("**", "contoso.yaml"),
            ("**/*.note", "contoso.note"),
            ("a/entitlement-*.yaml", "a/entitlement-contoso.yaml"),
        ] {
            assert_eq!(of_pattern(pattern, "contoso"), expected);
            let files = FileSelection::new(Some(vec![pattern.to_owned()]), Vec::new()).unwrap();
            assert!(files.selects(&NotePath::from_bytes(expected)), "{pattern}");
        }
    }
}
