//! HTML tags, Markdown links and emphasis: markup around words, not words.

use crate::lexicon::text::Edit;
use std::cell::LazyCell;
use std::collections::BTreeSet;
use std::ops::Range;

/// The longest tag or link target that is looked at, in bytes.
const MOST: usize = 400;

/// Tags that end a paragraph.
const BLOCK_TAGS: &[&str] = &[
    "blockquote",
    "body",
    "br",
    "dd",
    "div",
    "dl",
    "dt",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "hr",
    "html",
    "img",
    "li",
    "ol",
    "p",
    "pre",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "ul",
];

/// Tags around words of a sentence.
const INLINE_TAGS: &[&str] = &[
    "a", "abbr", "b", "big", "cite", "code", "del", "em", "font", "i", "ins", "kbd", "mark", "s", "samp", "small",
    "span", "strike", "strong", "sub", "sup", "tt", "u", "var",
];

/// Character references that people's tools leave in pasted text.
const ENTITIES: &[(&str, &str)] =
    &[("&nbsp;", " "), ("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&apos;", "'")];

/// What to read in place of the markup of a normalised text, in order.
pub(super) fn edits(text: &str) -> Vec<Edit> {
    let closed = LazyCell::new(|| closing_tags(text));
    let mut edits: Vec<Edit> = Vec::new();
    let mut open_bracket: Option<usize> = None;
    let mut at = 0;
    while let Some(gap) = text.get(at..).and_then(|rest| rest.bytes().position(is_markup)) {
        at += gap;
        let rest = text.get(at..).unwrap_or_default();
        let found = match rest.as_bytes().first() {
            Some(b'<') => tag(rest, &closed).map(|(length, text)| vec![edit(at..at + length, text)]),
            Some(b'&') => entity(rest).map(|(length, text)| vec![edit(at..at + length, text)]),
            Some(mark @ (b'*' | b'~' | b'_')) => {
                let length = rest.bytes().take_while(|byte| byte == mark).count();
                if !emphasises(text, at..at + length) {
                    at += length;
                    continue;
                }
                Some(vec![edit(at..at + length, "")])
            }
            Some(b']') => open_bracket.take().and_then(|open| link(text, open, at)),
            Some(b'[') => {
                open_bracket = Some(at);
                None
            }
            _ => None,
        };
        match found {
            Some(found) => {
                let end = found.last().map_or(at + 1, |edit| edit.range.end);
                if let Some(first) = found.first() {
                    // Emphasis inside the text of a link was seen before the link was.
                    edits.extend(found.iter().filter(|edit| edit.range.start >= at).cloned());
                    if first.range.start < at {
                        let place = edits.partition_point(|edit| edit.range.start < first.range.start);
                        edits.insert(place, first.clone());
                    }
                }
                at = end.max(at + 1);
            }
            None => at += 1,
        }
    }
    edits
}

/// Whether markup may start or end with a byte; each is a character of its own.
fn is_markup(byte: u8) -> bool {
    matches!(byte, b'<' | b'&' | b'*' | b'~' | b'_' | b'[' | b']')
}

fn edit(range: Range<usize>, text: &str) -> Edit {
    Edit { range, text: text.to_owned() }
}

/// The names of the tags that are closed somewhere: `<b>` alone may be a slot of a template.
fn closing_tags(text: &str) -> BTreeSet<&str> {
    text.split("</")
        .skip(1)
        .map(|rest| rest.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default())
        .collect()
}

/// The length of the HTML tag or comment at the start of `rest`, and what to read in its place.
fn tag(rest: &str, closed: &BTreeSet<&str>) -> Option<(usize, &'static str)> {
    if rest.starts_with("<!--") {
        let end = rest.find("-->").map_or(rest.len(), |end| end + 3);
        return Some((end, " "));
    }
    let end = rest.bytes().take(MOST).skip(1).position(|byte| matches!(byte, b'<' | b'>'))? + 1;
    let length = end + 1;
    let inside = rest.get(1..end).filter(|_| rest.as_bytes().get(end) == Some(&b'>'))?;
    let (closes, inside) = inside.strip_prefix('/').map_or((false, inside), |inside| (true, inside));
    let name = inside.split(|c: char| !c.is_ascii_alphanumeric()).next()?;
    let rest = inside.get(name.len()..)?.trim_end_matches('/').trim();
    let has_attributes = rest.contains('=');
    if !rest.is_empty() && !has_attributes {
        return None;
    }
    if BLOCK_TAGS.contains(&name) {
        return Some((length, if name == "br" { "\n" } else { "\n\n" }));
    }
    let is_tag = INLINE_TAGS.contains(&name) && (closes || has_attributes || closed.contains(name));
    is_tag.then_some((length, ""))
}

fn entity(rest: &str) -> Option<(usize, &'static str)> {
    ENTITIES.iter().find(|(written, _)| rest.starts_with(written)).map(|(written, plain)| (written.len(), *plain))
}

/// Whether a run of strokes is emphasis. `*` and `~~` may stand inside a word; `_` inside a word belongs to it.
fn emphasises(text: &str, run: Range<usize>) -> bool {
    let before = text.get(..run.start).and_then(|text| text.chars().next_back());
    let after = text.get(run.end..).and_then(|text| text.chars().next());
    let letter = |c: Option<char>| c.is_some_and(char::is_alphabetic);
    let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    match text.as_bytes().get(run.start) {
        Some(b'~') => run.len() == 2 && (word(before) || word(after)),
        Some(b'_') => run.len() <= 2 && letter(before) != letter(after) && !(word(before) && word(after)),
        _ => run.len() <= 3 && (letter(before) || letter(after)),
    }
}

/// `[text](target)`: the text and its target without the brackets. `open` and `close` are the square ones.
fn link(text: &str, open: usize, close: usize) -> Option<Vec<Edit>> {
    let after = text.get(close + 1..)?.strip_prefix('(')?;
    let stops = |byte| matches!(byte, b')' | b'(' | b' ' | b'\n');
    let length = after.bytes().take(MOST).position(stops).filter(|length| *length > 0)?;
    if after.as_bytes().get(length) != Some(&b')') {
        return None;
    }
    // `![…](…)` is a picture; its mark ends no sentence.
    let start = if text.get(..open)?.ends_with('!') { open - 1 } else { open };
    let end = close + 2 + length;
    Some(vec![edit(start..open + 1, ""), edit(close..close + 2, " "), edit(end..end + 1, " ")])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::text::NormalText;

    fn plain(note: &str) -> String {
        let normal = NormalText::new(note);
        let text = normal.with_edits(&edits(normal.text())).text().to_owned();
        text.split(' ').filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn tags_links_and_emphasis_go() {
        for (written, read) in [
            ("<p>No intent.</p>", "\n\nno intent.\n\n"),
            ("no<br>intent<br/>x", "no\nintent\nx"),
            ("<b>no</b> <span class=\"x\">intent</span>", "no intent"),
            ("<a href='https://x.example'>ticket</a>", "ticket"),
            ("see [the ticket](https://x.example/1).", "see the ticket https://x.example/1 ."),
            ("![shot](a.png) [**no** way](b.md)", "shot a.png no way b.md"),
            ("is**sue**s *no* __intent__ ~~not~~ _yet_", "issues no intent not yet"),
            ("a &amp; b&nbsp;c", "a & b c"),
            ("one <!-- two --> three", "one three"),
        ] {
            assert_eq!(plain(written), read, "{written}");
        }
    }

    #[test]
    fn what_only_looks_like_markup_stays() {
        for written in [
            "<date> <primary issue> <b> <s>",
            "[primary issue] (x y)",
            "5 * 3 < 4 & 6 > 2",
            "user_id is ___",
            "* one\n* two",
            "[date]",
            "<hana@contoso.example>",
        ] {
            assert_eq!(plain(written), written, "{written}");
        }
    }

    #[test]
    fn many_marks_take_linear_time() {
        for part in ["<", "[", "](", "<b>", "*a", "&", "<!--", "_a"] {
            let long = part.repeat(50_000);
            assert!(NormalText::new(&long).with_edits(&edits(&long)).text().len() <= long.len(), "{part}");
        }
    }
}
