//! What a finding is known by in the next run: the record that it is about and the rule, but neither the line nor the
//! text, so that an edit elsewhere in the file, or of the note itself, does not make it a new finding.

use super::entry::Entry;
use git2::{ObjectType, Oid};
use std::collections::HashMap;

/// Makes fingerprints, all of them different. Of several findings of one rule about one record the first keeps the
/// plain one.
#[derive(Debug, Default)]
pub(super) struct Fingerprints {
    /// How often each was made.
    made: HashMap<String, usize>,
}

impl Fingerprints {
    /// The fingerprint of the next finding: 40 hexadecimal digits.
    pub(super) fn next(&mut self, entry: &Entry<'_>) -> String {
        // A finding about a file as a whole is known by the file.
        let (kind, whom) = entry.record.map_or(("file", entry.path), |record| ("record", record.identity.as_str()));
        let plain = hash(&[kind, whom, entry.finding.rule]);
        let made = self.made.entry(plain.clone()).or_default();
        *made += 1;
        if *made == 1 { plain } else { hash(&[plain.as_str(), made.to_string().as_str()]) }
    }
}

/// What git would call a file of these parts. Hashing fails for no text.
fn hash(parts: &[&str]) -> String {
    let bytes = parts.join("\u{1}");
    Oid::hash_object(ObjectType::Blob, bytes.as_bytes()).map(|id| id.to_string()).unwrap_or_default()
}
