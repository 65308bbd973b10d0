//! Texts that are written as binary data (`!!binary`): a note must not pass because it is encoded.

use crate::yaml::{ScalarKind, Value};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use std::borrow::Cow;

/// Bytes of the longest binary data that is decoded: longer than any note or table of notes.
const LONGEST: usize = 256 * 1024;

/// The text of a single value, decoded where it is binary data that is a text.
pub(super) fn text_of(value: Value<'_>) -> Option<Cow<'_, str>> {
    let written = value.scalar()?.text.as_ref();
    let decoded = || {
        let encoded: String = written.chars().filter(|c| !c.is_whitespace()).collect();
        String::from_utf8(STANDARD.decode(encoded).ok()?).ok()
    };
    let is_encoded = value.scalar_kind() == Some(ScalarKind::Binary) && written.len() <= LONGEST;
    Some(is_encoded.then(decoded).flatten().map_or(Cow::Borrowed(written), Cow::Owned))
}
