//! The words that tell the kind of a reason as Rust source.

use super::debug;
use super::reason_kind_tables::KindTables;
use std::fmt::Write as _;

/// The tables as a static of the name `REASON_KINDS`.
pub(crate) fn source(tables: &KindTables) -> Result<String, std::fmt::Error> {
    let mut source = String::new();
    for (name, of, rows) in [
        ("FORMS", "FormRow", debug(&tables.forms)),
        ("WORDS", "EntryWord", debug(&tables.words)),
        ("ENTRIES", "EntryRow", debug(&tables.entries).replace("says: ", "says: EntryUse::")),
        ("KINDS", "KindRow", kinds(tables)?),
        ("DENIALS", "EntryWord", debug(&tables.small_words.denials)),
        ("LACKS", "EntryWord", debug(&tables.small_words.lacks)),
        ("PASSED", "EntryWord", debug(&tables.small_words.passed)),
        ("PENDING", "EntryWord", debug(&tables.small_words.pending)),
        ("LEADING_IN", "EntryWord", debug(&tables.small_words.leading_in)),
        ("TROUBLES", "EntryWord", debug(&tables.small_words.troubles)),
    ] {
        writeln!(source, "static {name}: &[{of}] = &{rows};")?;
    }
    writeln!(
        source,
        "/// The words that are built into the program.\npub(crate) static REASON_KINDS: KindTables = KindTables {{ \
         text: Cow::Borrowed({:?}), forms: Cow::Borrowed(FORMS), words: Cow::Borrowed(WORDS), entries: \
         Cow::Borrowed(ENTRIES), small_words: SmallWords {{ denials: Cow::Borrowed(DENIALS), lacks: \
         Cow::Borrowed(LACKS), passed: Cow::Borrowed(PASSED), pending: Cow::Borrowed(PENDING), leading_in: \
         Cow::Borrowed(LEADING_IN), troubles: Cow::Borrowed(TROUBLES) }}, kinds: Cow::Borrowed(KINDS) }};",
        tables.text
    )?;
    Ok(source)
}

fn kinds(tables: &KindTables) -> Result<String, std::fmt::Error> {
    let mut rows = String::from("[");
    for kind in tables.kinds.iter() {
        let (name, means, asks, is_lack) = (&kind.name, &kind.means, &kind.asks, kind.is_lack);
        let (serves, twice) = (kind.product_serves, kind.counted_twice);
        write!(
            rows,
            "KindRow {{ name: Cow::Borrowed({name:?}), means: Cow::Borrowed({means:?}), asks: Cow::Borrowed({asks:?}), is_lack: \
             {is_lack}, product_serves: {serves}, counted_twice: {twice} }},"
        )?;
    }
    rows.push(']');
    Ok(rows)
}
