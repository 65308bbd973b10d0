//! Where in a file the cursor stands, read from its lines alone: while somebody types, a file is no sound YAML half of the
//! time. Only the block style is understood; in braces and brackets nothing is offered.

/// The most lines above or below the cursor that are looked at.
const MOST_LINES: usize = 2000;

/// What is being written at the cursor.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Context<'t> {
    pub(super) slot: Slot<'t>,
    /// The keys of the mapping around the cursor with their values, as written, but for the one at the cursor.
    pub(super) siblings: Vec<(&'t str, &'t str)>,
    /// The key that the mapping, or the list with it, belongs to, with the column at which that key starts.
    pub(super) parent: Option<(&'t str, usize)>,
    /// Whether the mapping is an item of a list.
    pub(super) in_item: bool,
    /// The column at which the keys of the mapping start, in bytes.
    pub(super) column: usize,
    /// What a completion replaces, in bytes of the line of the cursor.
    pub(super) replaced: std::ops::Range<usize>,
    /// What has to stand before it: a blank, right behind a colon or a dash.
    pub(super) lead: &'static str,
}

/// Which part of a line is being written.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Slot<'t> {
    Key,
    /// The value of this key.
    Value(&'t str),
}

/// A line that holds a key, or the start of one.
#[derive(Debug, Clone, Copy)]
struct Line<'t> {
    /// The column of the first dash before the key; nothing where there is none.
    dash: Option<usize>,
    /// The column of the key.
    column: usize,
    /// From the key on.
    rest: &'t str,
}

impl<'t> Line<'t> {
    /// Nothing for a line that is blank or a comment.
    fn parse(line: &'t str) -> Option<Self> {
        let indent = line.len() - line.trim_start_matches(' ').len();
        let (mut column, mut rest) = (indent, line.get(indent..)?);
        let mut dash = None;
        while let Some(after) = rest.strip_prefix('-').filter(|after| after.is_empty() || after.starts_with(' ')) {
            dash = dash.or(Some(column));
            let content = after.trim_start_matches(' ');
            column += rest.len() - content.len();
            rest = content;
        }
        let rest = rest.trim_end();
        (dash.is_some() || !rest.is_empty() && !rest.starts_with('#')).then_some(Self { dash, column, rest })
    }

    /// The key and its value, as written.
    fn entry(&self) -> Option<(&'t str, &'t str)> {
        let (key, value) = split_entry(self.rest)?;
        Some((key.trim_matches(['"', '\'']), value.trim()))
    }

    /// Whether a document starts or ends here.
    fn is_separator(line: &str) -> bool {
        ["---", "..."]
            .iter()
            .any(|mark| line.strip_prefix(mark).is_some_and(|rest| rest.is_empty() || rest.starts_with(' ')))
    }
}

/// A key and what follows its colon.
fn split_entry(text: &str) -> Option<(&str, &str)> {
    let (at, _) = text
        .match_indices(':')
        .find(|(at, _)| text.as_bytes().get(at + 1).is_none_or(|next| next.is_ascii_whitespace()))?;
    Some((text.get(..at)?.trim_end(), text.get(at + 1..)?))
}

/// What is being written on line `at`, `column` bytes into it. Nothing where nothing can be offered.
pub(super) fn at<'t>(lines: &[&'t str], at: usize, column: usize) -> Option<Context<'t>> {
    let line = lines.get(at)?.trim_end_matches(['\n', '\r']);
    let before = line.get(..column)?;
    if before.contains(['\t', '#', '{', '[', '|', '>']) {
        return None;
    }
    let mut own = Line::parse(before).unwrap_or(Line { dash: None, column, rest: "" });
    let lacks_blank = before.ends_with([':', '-']);
    if own.rest.is_empty() && before.ends_with('-') {
        own.column += 1;
    }
    let (slot, replaced) = match split_entry(own.rest) {
        None => (Slot::Key, own.column.min(column)..column),
        Some((key, value)) => {
            let key = key.trim_matches(['"', '\'']);
            let start = column - value.trim_start().len();
            let after = line.get(column..)?;
            let rest = after.split(" #").next().unwrap_or_default().trim_end();
            (Slot::Value(key), start..column + rest.len())
        }
    };
    let mut siblings = Vec::new();
    let above = look_up(lines.get(..at)?, own, &mut siblings)?;
    look_down(lines.get(at + 1..).unwrap_or_default(), own.column, &mut siblings);
    let lead = if lacks_blank && replaced.start == column { " " } else { "" };
    Some(Context { slot, siblings, parent: above.parent, in_item: above.in_item, column: own.column, replaced, lead })
}

/// What stands above a line.
struct Above<'t> {
    parent: Option<(&'t str, usize)>,
    in_item: bool,
}

/// Collects the keys beside a line, above it, and finds what they belong to. Nothing inside a text of several lines.
fn look_up<'t>(above: &[&'t str], own: Line<'t>, siblings: &mut Vec<(&'t str, &'t str)>) -> Option<Above<'t>> {
    // What belongs to the mapping starts at its column; what the mapping belongs to, before it.
    let mut item = own.dash;
    for text in above.iter().rev().take(MOST_LINES).map(|text| text.trim_end_matches(['\n', '\r'])) {
        if Line::is_separator(text) {
            break;
        }
        let Some(line) = Line::parse(text) else { continue };
        match item {
            None if line.column == own.column => {
                siblings.extend(line.entry());
                item = line.dash;
            }
            None if line.column > own.column => {}
            Some(dash) if line.column > dash || line.dash == Some(dash) => {}
            _ => {
                let (key, value) = line.entry()?;
                // A value on the line: what follows goes on with a text, or stands nowhere.
                return value.is_empty().then_some(Above { parent: Some((key, line.column)), in_item: item.is_some() });
            }
        }
    }
    Some(Above { parent: None, in_item: item.is_some() })
}

/// Collects the keys beside a line, below it.
fn look_down<'t>(below: &[&'t str], column: usize, siblings: &mut Vec<(&'t str, &'t str)>) {
    for text in below.iter().take(MOST_LINES).map(|text| text.trim_end_matches(['\n', '\r'])) {
        if Line::is_separator(text) {
            return;
        }
        let Some(line) = Line::parse(text) else { continue };
        if line.column < column || line.dash.is_some_and(|dash| dash < column) {
            return;
        }
        if line.column == column {
            siblings.extend(line.entry());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The context at the `|` of a text: what is written, the keys beside it, what it belongs to, the column.
    fn seen(text: &str) -> String {
        let (before, after) = text.split_once('|').unwrap();
        let clean = format!("{before}{after}");
        let lines: Vec<&str> = clean.split('\n').collect();
        let line = before.matches('\n').count();
        let column = before.len() - before.rfind('\n').map_or(0, |at| at + 1);
        let Some(found) = at(&lines, line, column) else { return "nothing".to_owned() };
        let slot = match found.slot {
            Slot::Key => "key".to_owned(),
            Slot::Value(key) => format!("value of {key}"),
        };
        let siblings: Vec<&str> = found.siblings.iter().map(|(key, _)| *key).collect();
        let parent = found.parent.map_or("", |(key, _)| key);
        let item = if found.in_item { " item" } else { "" };
        format!("{slot} [{}] {parent}{item} {}", siblings.join(" "), found.column)
    }

    #[test]
    fn a_key_of_a_record() {
        assert_eq!(seen("|"), "key []  0");
        assert_eq!(seen("customer: A\n|\n"), "key [customer]  0");
        assert_eq!(seen("customer: A\nst|\nnote: b\n"), "key [customer note]  0");
        assert_eq!(seen("- customer: A\n  w|\n  note: b\n- customer: B\n  status: x\n"), "key [customer note]  item 2");
        assert_eq!(seen("- |\n- customer: B\n"), "key []  item 2");
        assert_eq!(seen("-|\n- customer: B\n"), "key []  item 2");
        assert_eq!(seen("a: 1\n---\nb: 2\n|\n--- \nc: 3\n"), "key [b]  0");
        assert_eq!(seen("customer: A\nentitlements:\n  - workload: B\n    |\n"), "key [workload] entitlements item 4");
    }

    #[test]
    fn a_key_of_an_entry() {
        for indent in ["", "  "] {
            let text = format!(
                "note: a\nrefresh_summary:\n{indent}- date: 2020-01-01\n{indent}  |\n{indent}- date: 2019-01-01\nz: 1\n"
            );
            assert_eq!(seen(&text), format!("key [date] refresh_summary item {}", indent.len() + 2));
        }
        assert_eq!(seen("refresh_summary:\n  |\n  - date: 2019-01-01\n"), "key [] refresh_summary 2");
        assert_eq!(seen("refresh_summary:\n  - |\n  - date: 2019-01-01\n"), "key [] refresh_summary item 4");
    }

    #[test]
    fn a_value() {
        assert_eq!(seen("customer: A\nstatus: Bl|\nnote: x\n"), "value of status [customer note]  0");
        assert_eq!(seen("- status: |\n  note: x\n"), "value of status [note]  item 2");
        assert_eq!(seen("waivers:\n  - rule: |\n    reason: x\n"), "value of rule [reason] waivers item 4");
        assert_eq!(seen("\"status\": |\n"), "value of status []  0");
    }

    #[test]
    fn inside_a_text_a_comment_or_braces_nothing_is_offered() {
        assert_eq!(seen("note: >-\n  one\n  tw|\nstatus: x\n"), "nothing");
        assert_eq!(seen("note: one\n  tw|\n"), "nothing");
        for text in ["# st|", "a: {st|", "status: [|", "st\t|", "status: x # y|"] {
            assert_eq!(seen(text), "nothing", "{text}");
        }
    }

    #[test]
    fn what_is_replaced_is_the_word_or_the_rest_of_the_value() {
        let replaced = |line, column| at(&[line], 0, column).unwrap().replaced;
        assert_eq!(replaced("- sta", 5), 2..5);
        assert_eq!(replaced("status: In prog # x\n", 10), 8..15);
        assert_eq!(replaced("status:\n", 7), 7..7);
        assert_eq!(replaced("status: \r\n", 8), 8..8);
    }
}
