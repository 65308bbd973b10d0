//! Files of records as these tests write them, and a reader that understands just that.

use crate::words::{BROKEN, EMPTY};

/// One record, each field as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Record {
    pub(crate) customer: String,
    pub(crate) workload: String,
    pub(crate) status: String,
    pub(crate) note: String,
    pub(crate) entries: Vec<Entry>,
}

/// One entry of a refresh summary.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Entry {
    pub(crate) date: String,
    pub(crate) who: String,
    pub(crate) what: String,
}

impl Entry {
    /// An entry of the day with this number; a higher number is later.
    pub(crate) fn of(day: usize, what: usize) -> Self {
        let date = format!("{}-{:02}-{:02}", 2020 + day / 336, day / 28 % 12 + 1, day % 28 + 1);
        Self { date, who: "Celia Kennedy".to_owned(), what: format!("Customer call {what}") }
    }

    /// The number of its day.
    pub(crate) fn day(&self) -> usize {
        let mut parts = self.date.split('-').map(|part| part.parse::<usize>().unwrap_or_default());
        let mut next = || parts.next().unwrap_or_default();
        let (year, month, day) = (next(), next(), next());
        year.saturating_sub(2020) * 336 + month.saturating_sub(1) * 28 + day.saturating_sub(1)
    }
}

/// What a file holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Content {
    Records(Vec<Record>),
    /// Has to be refused.
    Broken,
}

/// How a file is laid out; none of it matters.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Layout(pub(crate) usize);

impl Layout {
    fn has(self, bit: u32) -> bool {
        self.0 >> bit & 1 == 1
    }
}

/// The bytes of a file of `records`.
pub(crate) fn write(records: &[Record], layout: Layout) -> Vec<u8> {
    let is_list = layout.has(0) && layout.has(1);
    let mut text = String::new();
    if layout.has(2) {
        text.push_str("# Notes of the account team\n");
    }
    for (number, record) in records.iter().enumerate() {
        let lines = lines(record, layout);
        if !is_list && number > 0 {
            text.push_str("---\n");
        }
        for (at, line) in lines.iter().enumerate() {
            let indent = match (is_list, at) {
                (false, _) => "",
                (true, 0) => "- ",
                (true, _) => "  ",
            };
            text.push_str(&format!("{indent}{line}\n"));
        }
    }
    if layout.has(3) && layout.has(4) {
        text.pop();
    }
    if layout.has(5) && layout.has(6) {
        text = text.replace('\n', "\r\n");
    }
    if layout.has(7) && layout.has(8) { format!("\u{feff}{text}").into_bytes() } else { text.into_bytes() }
}

fn lines(record: &Record, layout: Layout) -> Vec<String> {
    let Record { customer, workload, status, note, entries } = record;
    let mut lines = vec![format!("customer: {customer}"), format!("workload: {workload}")];
    if layout.has(9) {
        lines.reverse();
    }
    lines.push(format!("status: {status}"));
    let half = note.len() / 2;
    match note.char_indices().find(|(at, letter)| *at >= half && *letter == ' ').filter(|_| layout.has(10)) {
        Some((at, _)) => {
            let (first, second) = note.split_at(at);
            lines.extend(["note: >-".to_owned(), format!("  {first}"), format!("  {}", second.trim())]);
        }
        None if layout.has(11) => lines.push(format!("note: '{note}'")),
        None => lines.push(format!("note: \"{note}\"")),
    }
    lines.push("refresh_summary:".to_owned());
    for Entry { date, who, what } in entries {
        lines.extend([
            format!("  - date: {date}"),
            format!("    who_changed: {who}"),
            format!("    what_changed: {what}"),
        ]);
    }
    lines
}

/// What `bytes` hold; nothing when these tests would not have written them.
pub(crate) fn read(bytes: &[u8]) -> Option<Content> {
    if BROKEN.contains(&bytes) {
        return Some(Content::Broken);
    }
    if EMPTY.contains(&bytes) {
        return Some(Content::Records(Vec::new()));
    }
    let text = std::str::from_utf8(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)).ok()?;
    let mut records: Vec<Draft> = Vec::new();
    let mut is_open = false;
    for line in text.split('\n') {
        let line = line.strip_suffix('\r').unwrap_or(line);
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if line == "---" {
            is_open = false;
            continue;
        }
        let item = line.strip_prefix("- ");
        if item.is_some() || !is_open {
            records.push(Draft::default());
            is_open = true;
        }
        records.last_mut()?.take(item.unwrap_or(line).trim_start())?;
    }
    records.into_iter().map(Draft::record).collect::<Option<_>>().map(Content::Records)
}

/// A record while it is read.
#[derive(Default)]
struct Draft {
    fields: [Option<String>; 4],
    entries: Vec<Entry>,
    has_log: bool,
    in_note: bool,
}

impl Draft {
    fn take(&mut self, line: &str) -> Option<()> {
        const KEYS: [&str; 4] = ["customer: ", "workload: ", "status: ", "note: "];
        if let Some((number, value)) =
            KEYS.iter().enumerate().find_map(|(number, key)| Some((number, line.strip_prefix(key)?)))
        {
            let field = self.fields.get_mut(number).filter(|field| field.is_none())?;
            self.in_note = value == ">-";
            *field = Some(if self.in_note { String::new() } else { unquoted(value).to_owned() });
            return Some(());
        }
        if line == "refresh_summary:" && !self.has_log {
            (self.has_log, self.in_note) = (true, false);
            return Some(());
        }
        if let Some(date) = line.strip_prefix("- date: ").filter(|_| self.has_log) {
            self.entries.push(Entry { date: date.to_owned(), ..Entry::default() });
            return Some(());
        }
        if let (Some(value), Some(entry)) = (line.strip_prefix("who_changed: "), self.entries.last_mut()) {
            return entry.who.is_empty().then(|| entry.who = value.to_owned());
        }
        if let (Some(value), Some(entry)) = (line.strip_prefix("what_changed: "), self.entries.last_mut()) {
            return entry.what.is_empty().then(|| entry.what = value.to_owned());
        }
        let note = self.fields.last_mut()?.as_mut().filter(|_| self.in_note)?;
        if !note.is_empty() {
            note.push(' ');
        }
        note.push_str(line);
        Some(())
    }

    fn record(self) -> Option<Record> {
        let [customer, workload, status, note] = self.fields;
        let is_whole = |entry: &Entry| ![&entry.date, &entry.who, &entry.what].iter().any(|text| text.is_empty());
        let entries = Some(self.entries).filter(|entries| entries.iter().all(is_whole))?;
        Some(Record { customer: customer?, workload: workload?, status: status?, note: note?, entries })
    }
}

fn unquoted(value: &str) -> &str {
    let inside = |quote| value.strip_prefix(quote)?.strip_suffix(quote);
    inside('"').or_else(|| inside('\'')).unwrap_or(value)
}
