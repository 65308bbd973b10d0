//! The abbreviations, the words in keys and the frequent words of other languages as Rust source.

use super::lexicon_compiler::slots;
use super::list_files::{AbbreviationsFile, KeyWordsFile, LanguageFile};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Sorted slices of words, and of abbreviations with what their full stops do.
pub(crate) fn abbreviations(file: &AbbreviationsFile) -> Result<String, String> {
    let groups = [
        ("NeverEnds", &file.never_ends),
        ("BeforeFigure", &file.before_figure),
        ("MayEnd", &file.may_end),
        ("EndsBeforeCapital", &file.ends_before_capital),
    ];
    let mut stops = BTreeMap::new();
    for (stop, words) in groups {
        for word in words {
            if stops.insert(word, stop).is_some() {
                return Err(format!("abbreviations.yaml: `{word}` is listed twice"));
            }
        }
    }
    let mut source = String::from("static FULL_STOPS: &[(&str, FullStop)] = &[");
    for (word, stop) in stops {
        write!(source, "({word:?}, FullStop::{stop}),").map_err(|error| error.to_string())?;
    }
    source.push_str("];\n");
    for (name, words) in
        [("OPENS_SENTENCE", &file.opens_sentence), ("SPELLS_WORD", &file.spells_word), ("LEADS_NAME", &file.leads_name)]
    {
        let mut sorted: Vec<&String> = words.iter().collect();
        sorted.sort();
        writeln!(source, "static {name}: &[&str] = &{sorted:?};").map_err(|error| error.to_string())?;
    }
    Ok(source)
}

/// The names of the languages, and one text of all words with, for each, its place and the languages as bits, and where
/// each is found by its hash.
pub(crate) fn languages(file: &LanguageFile) -> Result<String, String> {
    let (mut names, mut of_word) = (Vec::new(), BTreeMap::<&str, u32>::new());
    for (bit, (name, words)) in file.languages().enumerate() {
        names.push(name);
        let bit = u32::try_from(bit).ok().and_then(|bit| 1_u32.checked_shl(bit)).ok_or("more than 32 languages")?;
        for word in words {
            *of_word.entry(word).or_default() |= bit;
        }
    }
    let slots = slots(of_word.keys());
    let (mut text, mut rows) = (String::new(), String::new());
    for (word, bits) in of_word {
        write!(rows, "(Rows {{ start: {}, count: {} }}, {bits}),", text.len(), word.len())
            .map_err(|error| error.to_string())?;
        text.push_str(word);
    }
    Ok(format!(
        "static NAMES: &[&str] = &{names:?};\nstatic NAME_PARTICLES: &[&str] = &{:?};\nstatic TEXT: &str = {text:?};\n\
         static LANGUAGES: &[(Rows, u32)] = &[{rows}];\nstatic SLOTS: &[u32] = &{slots:?};\n",
        file.name_particles()
    ))
}

/// Sorted slices of words, and of short forms with what they stand for.
pub(crate) fn key_words(file: &KeyWordsFile) -> String {
    let pairs: Vec<(&String, &String)> = file.abbreviations.iter().collect();
    let mut source = format!("static ABBREVIATIONS: &[(&str, &str)] = &{pairs:?};\n");
    for (name, words) in [
        ("NO_ABBREVIATIONS", &file.no_abbreviations),
        ("MODELS", &file.models),
        ("ASPECTS", &file.aspects),
        ("WORK", &file.work),
        ("TRADE", &file.trade),
        ("NO_CUSTOMERS", &file.no_customers),
        ("STATUSES", &file.statuses),
    ] {
        let mut sorted: Vec<&String> = words.iter().collect();
        sorted.sort();
        source.push_str(&format!("static {name}: &[&str] = &{sorted:?};\n"));
    }
    let weights: Vec<String> =
        file.likeness.iter().map(|(name, weight)| format!("{}: {weight}", name.replace('-', "_"))).collect();
    source.push_str(&format!("pub(crate) const LIKENESS: Likeness = Likeness {{ {} }};\n", weights.join(", ")));
    source
}
