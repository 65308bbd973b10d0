//! Compiled cues as Rust source.

use super::cue_tables::{CueTables, Part, Primitive, TestRow};
use super::debug;
use std::fmt::Write as _;

/// The tables as a static of the name `CUES`.
pub(crate) fn source(tables: &CueTables) -> Result<String, std::fmt::Error> {
    let mut source = String::new();
    for (name, of, rows) in [
        ("WORDS", "WordRow", debug(&tables.words)),
        ("SLOTS", "u32", debug(&tables.slots)),
        ("SET_IDS", "WordSetId", debug(&tables.set_ids)),
        ("STEMS", "Rows", debug(&tables.stems)),
        ("STEMS_BY_BYTE", "StemId", debug(&tables.stems_by_byte)),
        ("STEM_LISTS", "StemId", debug(&tables.stem_lists)),
        ("ASKED", "Asked", asked(tables)?),
        ("ALTERNATIVES", "Rows", debug(&tables.alternatives)),
        ("TESTS", "TestRow", tests(tables)),
        ("PARTS", "Part", parts(tables)?),
        ("PATTERNS", "Rows", debug(&tables.patterns)),
        ("PATTERN_TEXTS", "Rows", debug(&tables.pattern_texts)),
        ("CUE_ROWS", "CueRow", cues(tables)?),
    ] {
        writeln!(source, "static {name}: &[{of}] = &{rows};")?;
    }
    writeln!(
        source,
        "/// The cues that are built into the program.\npub(crate) static CUES: CueTables = CueTables {{ text: \
         Cow::Borrowed({:?}), words: Cow::Borrowed(WORDS), slots: Cow::Borrowed(SLOTS), set_ids: \
         Cow::Borrowed(SET_IDS), set_count: {}, stems: Cow::Borrowed(STEMS), stems_by_byte: Cow::Borrowed(STEMS_BY_BYTE), stem_lists: Cow::Borrowed(STEM_LISTS), asked: Cow::Borrowed(ASKED), alternatives: \
         Cow::Borrowed(ALTERNATIVES), tests: Cow::Borrowed(TESTS), parts: Cow::Borrowed(PARTS), patterns: \
         Cow::Borrowed(PATTERNS), pattern_texts: \
         Cow::Borrowed(PATTERN_TEXTS), cues: Cow::Borrowed(CUE_ROWS) }};",
        tables.text, tables.set_count
    )?;
    Ok(source)
}

fn asked(tables: &CueTables) -> Result<String, std::fmt::Error> {
    let mut rows = String::new();
    for asked in tables.asked.iter() {
        let primitive = match asked.primitive {
            Primitive::Class(classes) => format!("Class(SemanticClasses::from_bits({}))", classes.bits()),
            Primitive::Mark(marks) => format!("Mark(Marks::from_bits({}))", marks.bits()),
            Primitive::Property(property) => format!("Property(Property::{property:?})"),
            other => format!("{other:?}"),
        };
        write!(rows, "Asked {{ wanted: {}, primitive: Primitive::{primitive} }},", asked.wanted)?;
    }
    Ok(format!("[{rows}]"))
}

fn tests(tables: &CueTables) -> String {
    let row = |test: &TestRow| {
        let (alternatives, marks) = (test.alternatives, test.marks.bits());
        format!("TestRow {{ alternatives: {alternatives:?}, marks: Marks::from_bits({marks}) }}")
    };
    format!("[{}]", tables.tests.iter().map(row).collect::<Vec<_>>().join(","))
}

fn parts(tables: &CueTables) -> Result<String, std::fmt::Error> {
    let row = |part: &Part| format!("Part::{part:?}");
    Ok(format!("[{}]", tables.parts.iter().map(row).collect::<Vec<_>>().join(",")))
}

fn cues(tables: &CueTables) -> Result<String, std::fmt::Error> {
    let mut rows = String::new();
    for cue in tables.cues.iter() {
        let (id, file, scope, patterns, gives) = (cue.id, cue.file, cue.scope, cue.patterns, cue.gives);
        write!(
            rows,
            "CueRow {{ id: {id:?}, file: {file:?}, scope: CueScope::{scope:?}, patterns: {patterns:?}, gives: Mark::{gives:?} }},"
        )?;
    }
    Ok(format!("[{rows}]"))
}
