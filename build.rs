//! Compiles the playbook, `src/playbook/**/*.yaml`, into static tables, so that a run reads notes without parsing a word
//! of it. The code that compiles is the library's own: a team's additions go through it at the start of a run.
#![allow(unreachable_pub, reason = "the modules are written for the library")]

use std::error::Error;
use std::fmt::{Debug, Write as _};
use std::path::Path;
use std::{env, fs};

#[path = "src/reading/cue_compiler.rs"]
mod cue_compiler;
#[allow(dead_code, reason = "only tests run the examples of cues")]
#[path = "src/playbook/cue_files.rs"]
mod cue_files;
#[path = "build/cue_source.rs"]
mod cue_source;
#[allow(dead_code, reason = "only a run looks words up")]
#[path = "src/reading/cue_tables.rs"]
mod cue_tables;
#[path = "src/playbook/files.rs"]
mod files;
#[path = "src/playbook/folding.rs"]
mod folding;
#[path = "build/kind_source.rs"]
mod kind_source;
#[path = "src/lexicon/lexical_entry.rs"]
mod lexical_entry;
#[path = "src/lexicon/lexicon_compiler.rs"]
mod lexicon_compiler;
#[allow(dead_code, reason = "only a run looks words up")]
#[path = "src/lexicon/lexicon_tables.rs"]
mod lexicon_tables;
#[path = "src/playbook/list_files.rs"]
mod list_files;
#[path = "build/list_source.rs"]
mod list_source;
#[allow(dead_code, reason = "only a run asks what a set of marks holds")]
#[path = "src/reading/mark.rs"]
mod mark;
#[allow(dead_code, reason = "only a run asks how a word ends")]
#[path = "src/lexicon/morphology.rs"]
mod morphology;
#[path = "src/reading/pattern_compiler.rs"]
mod pattern_compiler;
#[path = "src/playbook/reason_kind_file.rs"]
mod reason_kind_file;
#[allow(dead_code, reason = "only a run looks words up")]
#[path = "src/reading/reason_kind_tables.rs"]
mod reason_kind_tables;
#[path = "src/lexicon/scan.rs"]
mod scan;
#[allow(dead_code, reason = "only a run asks what a set of classes holds")]
#[path = "src/lexicon/semantic_class.rs"]
mod semantic_class;
#[path = "src/lexicon/spelling_table.rs"]
mod spelling_table;
#[allow(dead_code, reason = "only a run asks which classes both have")]
#[path = "src/lexicon/word_class.rs"]
mod word_class;
#[path = "src/reading/word_sets.rs"]
mod word_sets;
#[allow(dead_code, reason = "only a run looks words up")]
#[path = "src/lexicon/word_table.rs"]
mod word_table;
#[path = "src/lexicon/word_table_compiler.rs"]
mod word_table_compiler;

use files::PlaybookFiles;
use lexicon_compiler::LexiconCompiler;
use lexicon_tables::Tables;
use list_files::{AbbreviationsFile, KeyWordsFile, LanguageFile};
use reason_kind_file::ReasonKindFile;
use word_class::WordClass;
use word_table_compiler::WordTableCompiler;

#[expect(clippy::disallowed_methods, reason = "cargo tells a build script in the environment where to write")]
fn main() -> Result<(), Box<dyn Error>> {
    // Cargo itself sees when one of the modules above changes.
    println!("cargo::rerun-if-changed=src/playbook");
    let playbook = Path::new("src/playbook");
    let files = PlaybookFiles::read(playbook)?;
    let mut lexicon = LexiconCompiler::default();
    for (entry, sense) in files.entries() {
        lexicon.add(&scan::words(&entry), sense);
    }
    let lists = word_lists(playbook)?;
    let mut words = WordTableCompiler::default();
    lists.iter().for_each(|(list, class)| words.add(list, *class));
    let source = [
        statuses(&files)?,
        thresholds(&files)?,
        workloads(&files)?,
        tables(&lexicon.tables(|word| words.classes(word)))?,
    ]
    .concat();
    let cues = cue_source::source(&cue_files::compile(&cue_files::read(&playbook.join("cues"))?)?)?;
    let folder = env::var("OUT_DIR")?;
    fs::write(Path::new(&folder).join("playbook.rs"), source)?;
    let words = words.table();
    fs::write(Path::new(&folder).join("words.txt"), words.text.as_bytes())?;
    fs::write(Path::new(&folder).join("words.rs"), array("SLOTS", "u32", &debug(&words.slots)))?;
    fs::write(Path::new(&folder).join("cues.rs"), cues)?;
    let abbreviations = list_source::abbreviations(&AbbreviationsFile::read(playbook)?)?;
    fs::write(Path::new(&folder).join("abbreviations.rs"), abbreviations)?;
    let languages = list_source::languages(&LanguageFile::read(playbook)?)?;
    fs::write(Path::new(&folder).join("languages.rs"), languages)?;
    let key_words = list_source::key_words(&KeyWordsFile::read(playbook)?);
    fs::write(Path::new(&folder).join("key_words.rs"), key_words)?;
    let kinds = kind_source::source(&ReasonKindFile::read(playbook)?.compile()?)?;
    fs::write(Path::new(&folder).join("reason_kinds.rs"), kinds)?;
    Ok(())
}

/// The lists of words, with the class that each gives.
fn word_lists(playbook: &Path) -> Result<Vec<(String, WordClass)>, std::io::Error> {
    let read = |(name, class)| Ok((fs::read_to_string(playbook.join(name))?, class));
    word_table_compiler::LISTS.into_iter().map(read).collect()
}

fn statuses(files: &PlaybookFiles) -> Result<String, Box<dyn Error>> {
    let mut rows = String::new();
    for status in &files.statuses {
        let (name, kind, templates) = (&status.name, camel_case(&status.kind), &status.templates);
        writeln!(rows, "Status {{ name: {name:?}, kind: StatusKind::{kind}, templates: &{templates:?} }},")?;
    }
    Ok(format!("static STATUSES: &[Status] = &[\n{rows}];\n"))
}

/// `in-progress` as the variant of an enumeration.
fn camel_case(name: &str) -> String {
    let capital =
        |part: &str| part.chars().take(1).map(|c| c.to_ascii_uppercase()).chain(part.chars().skip(1)).collect();
    name.split('-').map(|part| -> String { capital(part) }).collect()
}

fn thresholds(files: &PlaybookFiles) -> Result<String, Box<dyn Error>> {
    let fields: Vec<String> = files.thresholds.iter().map(|(name, value)| format!("{name}: {value}")).collect();
    Ok(format!("pub(super) const THRESHOLDS: Thresholds = Thresholds {{ {} }};\n", fields.join(", ")))
}

fn workloads(files: &PlaybookFiles) -> Result<String, Box<dyn Error>> {
    let mut rows = String::new();
    for workload in &files.workloads {
        let shares = workload.shares.iter().map(|name| files.workload(name).ok_or(format!("no workload `{name}`")));
        let shares = shares.collect::<Result<Vec<_>, String>>()?;
        let (name, aliases, terms) = (&workload.name, &workload.aliases, &workload.terms);
        writeln!(
            rows,
            "Workload {{ name: {name:?}, aliases: &{aliases:?}, terms: &{terms:?}, shares: &{shares:?} }},"
        )?;
    }
    let mut names: Vec<_> = files.workload_names().into_iter().map(|(n, at)| (folding::hash(&n), n, at)).collect();
    names.sort();
    Ok(format!(
        "pub(super) static WORKLOADS: &[Workload] = &[\n{rows}];\n\
         pub(super) static WORKLOAD_NAMES: &[(u64, &str, WorkloadIndex)] = &{names:?};\n"
    ))
}

fn tables(tables: &Tables) -> Result<String, Box<dyn Error>> {
    let mut senses = String::new();
    for sense in tables.senses.iter() {
        let (bits, names, belongs, never) = (sense.classes.bits(), sense.names, sense.belongs, sense.never);
        writeln!(
            senses,
            "LexicalEntry {{ classes: SemanticClasses::from_bits({bits}), names: {names:?}, belongs: {belongs:?}, \
             never: {never:?} }},"
        )?;
    }
    Ok([
        array("SENSES", "LexicalEntry", &format!("[{senses}]")),
        array("FORMS", "FormRow", &debug(&tables.forms)),
        array("SLOTS", "u32", &debug(&tables.slots)),
        array("LEMMAS", "u32", &debug(&tables.lemmas)),
        array("PHRASES", "PhraseRow", &debug(&tables.phrases)),
        array("FIRST", "u32", &debug(&tables.first)),
        array("BASES", "u32", &debug(&tables.bases)),
        array("LEMMA_BASES", "u32", &debug(&tables.lemma_bases)),
        array("SPELLING", "SpellingRow", &debug(&tables.spelling)),
        format!(
            "pub(super) static LEXICON: Tables = Tables {{ text: Cow::Borrowed({:?}), forms: Cow::Borrowed(FORMS), slots: \
             Cow::Borrowed(SLOTS), senses: Cow::Borrowed(SENSES), lemmas: Cow::Borrowed(LEMMAS), phrases: \
             Cow::Borrowed(PHRASES), first: Cow::Borrowed(FIRST), bases: Cow::Borrowed(BASES), \
             lemma_bases: Cow::Borrowed(LEMMA_BASES), spelling: Cow::Borrowed(SPELLING) }};\n",
            tables.text
        ),
    ]
    .concat())
}

/// Rows of numbers are written as `Debug` shows them, which is how Rust reads them too.
fn debug<T: Debug>(rows: &[T]) -> String {
    format!("{rows:?}")
}

fn array(name: &str, of: &str, rows: &str) -> String {
    format!("static {name}: &[{of}] = &{rows};\n")
}
