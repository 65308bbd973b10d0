//! The rule `invisible-characters`.

use crate::finding::{Finding, Fix, Severity, Target};
use crate::record::{Field, FieldName};
use crate::rules::{Case, Group, Meta, Rule, Waivable};
use crate::text::NoteSpan;

pub(crate) const META: Meta = Meta {
    name: "invisible-characters",
    group: Group::Record,
    default: Some(Severity::Warning),
    waivable: Waivable::Yes,
    summary: "the text contains invisible characters",
    explanation: "Zero-width and control characters, soft hyphens, marks that change the direction of writing \
                  and no-break spaces between letters are invisible and make searches and counts fail. Those that \
                  belong to a script, an emoji or the typography of a language are left \
                  alone.",
    guidance: "",
    examples: examples!("invisible-characters"),
};

pub(crate) struct InvisibleCharacters;

impl Rule for InvisibleCharacters {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, case: &Case<'_>) -> Vec<Finding> {
        let record = case.record;
        let names = [
            (FieldName::Customer, &record.customer),
            (FieldName::Workload, &record.workload),
            (FieldName::Status, &record.status),
        ];
        let mut found: Vec<Finding> =
            names.into_iter().filter_map(|(field, text)| in_name(case, field, text)).collect();
        found.extend(in_note(case));
        found
    }
}

/// An invisible character at a byte of the text.
struct Hidden {
    offset: usize,
    character: char,
    name: &'static str,
}

/// So many places of one note are shown.
const SHOWN: usize = 5;

fn in_note(case: &Case<'_>) -> Option<Finding> {
    let hidden = hidden_in(case.record.note.value()?);
    let place = |one: &Hidden| Target::Note(NoteSpan::new(one.offset..one.offset + one.character.len_utf8()));
    let first = hidden.first()?;
    let mut finding = finding(case, FieldName::Note, place(first), &hidden)?;
    for one in hidden.iter().skip(1).take(SHOWN - 1) {
        finding = finding.with_related(place(one), one.name);
    }
    Some(finding)
}

fn in_name(case: &Case<'_>, field: FieldName, text: &Field<String>) -> Option<Finding> {
    let hidden = hidden_in(text.value()?);
    finding(case, field, Target::Value(field), &hidden)
}

fn finding(case: &Case<'_>, field: FieldName, place: Target, hidden: &[Hidden]) -> Option<Finding> {
    let first = hidden.first()?;
    let key = case.key(field);
    let (name, code) = (first.name, u32::from(first.character));
    let message = match hidden.len() {
        1 => format!("`{key}` contains an invisible character: {name} (U+{code:04X})"),
        count => format!("`{key}` contains {count} invisible characters, the first of them {name} (U+{code:04X})"),
    };
    let help = "Delete the word around each of them and type it again; they often come from copying out of a chat or a \
                word processor.";
    let finding = Finding::new(META.name, Severity::Warning, place, message).with_help(help);
    let value = case.record.spans_of(field).value;
    let fix = value.map(|value| Fix::ReplaceText { value, parts: hidden.iter().map(Hidden::replaced).collect() });
    Some(Finding { fix, ..finding })
}

impl Hidden {
    /// The character with what is to stand in its place: a space for one that is drawn as a blank, else nothing.
    fn replaced(&self) -> (NoteSpan, &'static str) {
        let is_blank = matches!(
            self.character,
            '\u{a0}' | '\u{2007}' | '\u{202f}' | '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}' | '\u{2800}'
        );
        let span = NoteSpan::new(self.offset..self.offset + self.character.len_utf8());
        (span, if is_blank { " " } else { "" })
    }
}

fn hidden_in(text: &str) -> Vec<Hidden> {
    // Nearly all notes are ASCII without control characters, and those are settled here.
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~' | b'\n' | b'\t' | b'\r')) {
        return Vec::new();
    }
    let is_right_to_left = text.chars().any(right_to_left);
    let mut before = None;
    let mut hidden = Vec::new();
    let mut rest = text.char_indices().peekable();
    while let Some((offset, character)) = rest.next() {
        let after = rest.peek().map(|(_, next)| *next);
        if let Some(name) = name(character)
            && !belongs(character, before, after, is_right_to_left)
        {
            hidden.push(Hidden { offset, character, name });
        }
        before = Some(character);
    }
    hidden
}

fn name(character: char) -> Option<&'static str> {
    Some(match character {
        '\u{ad}' => "a soft hyphen",
        '\u{a0}' | '\u{2007}' | '\u{202f}' => "a no-break space",
        '\u{200b}' => "a zero-width space",
        '\u{200c}' => "a zero-width non-joiner",
        '\u{200d}' => "a zero-width joiner",
        '\u{2060}' => "a word joiner",
        '\u{feff}' => "a byte order mark",
        '\u{200e}' | '\u{200f}' | '\u{61c}' => "a mark of writing direction",
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => "a change of writing direction",
        '\u{180e}' | '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}' | '\u{2800}' => {
            "a blank character other than a space"
        }
        '\u{2061}'..='\u{2064}' | '\u{206a}'..='\u{206f}' | '\u{fff9}'..='\u{fffb}' => "a formatting character",
        '\u{e0000}'..='\u{e007f}' => "a tag character",
        '\n' | '\r' | '\t' => return None,
        other if other.is_control() => "a control character",
        _ => return None,
    })
}

/// Whether a character that is invisible by itself belongs where it stands.
fn belongs(character: char, before: Option<char>, after: Option<char>, is_right_to_left: bool) -> bool {
    match character {
        // French puts one before `:` and inside « », and numbers are grouped by it; between letters it is a space that
        // does not behave like one.
        '\u{a0}' | '\u{2007}' | '\u{202f}' => {
            !(before.is_some_and(char::is_alphabetic) && after.is_some_and(char::is_alphabetic))
        }
        // Persian and Indic scripts need them between letters, emoji between their parts.
        '\u{200c}' | '\u{200d}' => joinable(before) && joinable(after),
        '\u{200e}' | '\u{200f}' | '\u{61c}' => is_right_to_left,
        // The flags of England, Scotland and Wales are a black flag followed by tags.
        '\u{e0000}'..='\u{e007f}' => matches!(before, Some('\u{1f3f4}' | '\u{e0000}'..='\u{e007f}')),
        _ => false,
    }
}

fn joinable(neighbour: Option<char>) -> bool {
    neighbour.is_some_and(|c| u32::from(c) > 0x24f && !c.is_whitespace() && name(c).is_none())
}

fn right_to_left(c: char) -> bool {
    matches!(u32::from(c), 0x590..=0x5ff | 0x620..=0x8ff | 0xfb1d..=0xfdff | 0xfe70..=0xfefc)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::{places, run};

    fn said(note: &str) -> Vec<String> {
        let text = format!("note: |\n  {note}\n");
        run(&InvisibleCharacters, &text).into_iter().map(|seen| seen.finding.message).collect()
    }

    #[test]
    fn each_kind_is_named() {
        for (note, expected) in [
            ("fire\u{200b}wall", "`note` contains an invisible character: a zero-width space (U+200B)"),
            ("fire\u{ad}wall", "`note` contains an invisible character: a soft hyphen (U+00AD)"),
            ("the\u{a0}firewall", "`note` contains an invisible character: a no-break space (U+00A0)"),
            ("a \u{202e}b", "`note` contains an invisible character: a change of writing direction (U+202E)"),
            ("a\u{200d}b", "`note` contains an invisible character: a zero-width joiner (U+200D)"),
            ("ab\u{200e}", "`note` contains an invisible character: a mark of writing direction (U+200E)"),
            ("\u{feff}ab", "`note` contains an invisible character: a byte order mark (U+FEFF)"),
        ] {
            assert_eq!(said(note), [expected]);
        }
    }

    #[test]
    fn control_characters_by_escape_are_named_by_code_only() {
        let seen = run(&InvisibleCharacters, "note: \"a \\e[31m b\"\n");
        assert_eq!(seen[0].at, (1, 10));
        assert_eq!(seen[0].finding.message, "`note` contains an invisible character: a control character (U+001B)");
    }

    #[test]
    fn the_place_is_the_character_and_the_others_are_related() {
        assert_eq!(places(&InvisibleCharacters, META.examples.bad.text), [(4, 41)]);
        let text = "note: >-\n  a\u{200b}b\n  c\u{200b}d\n";
        let seen = run(&InvisibleCharacters, text);
        assert_eq!(seen.len(), 1);
        assert_eq!(seen[0].at, (2, 4));
        assert_eq!(seen[0].finding.related.len(), 1);
    }

    #[test]
    fn a_name_counts_too() {
        assert_eq!(places(&InvisibleCharacters, "customer: Con\u{200b}toso\nnote: a\n"), [(1, 11)]);
    }

    #[test]
    fn what_a_script_an_emoji_or_typography_needs_is_left_alone() {
        for note in [
            "Plain text, naïve café – “quoted”.",
            "Blocage\u{a0}: pare-feu. «\u{a0}oui\u{a0}» \u{a0}",
            "10\u{202f}000 users, 5\u{a0}% done, 300\u{a0}users",
            "👩\u{200d}💻 and 👨\u{200d}👩\u{200d}👧 and ❤\u{fe0f}",
            "می\u{200c}خواهم",
            "שלום\u{200f}!",
            "🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}",
        ] {
            assert_eq!(said(note), [] as [&str; 0], "{note:?}");
        }
        assert_eq!(places(&InvisibleCharacters, META.examples.good.text), []);
    }

    #[test]
    fn a_note_full_of_them_is_one_finding() {
        let seen = run(&InvisibleCharacters, &format!("note: a{}b\n", "\u{200b}".repeat(10_000)));
        assert_eq!(seen.len(), 1);
        assert_eq!(seen[0].finding.related.len(), SHOWN - 1);
    }
}
