//! The files of cues, `src/playbook/cues/*.yaml`, as values. Only the build script and tests read them.
//!
//! A file of cues holds named sets of words, and cues in the order in which they are looked for: a cue may ask for the
//! marks that earlier ones gave.

use super::cue_compiler::{CueCompiler, CueText};
use super::cue_tables::CueTables;
use std::collections::BTreeMap;
use std::path::Path;

/// The files of cues, in the order in which they are looked for.
const FILES: &[&str] = &[
    "duplicates",
    "subjects",
    "who",
    "contact",
    "clauses",
    "negation",
    "work",
    "motion",
    "reason",
    "bearing",
    "doubt",
    "relevance",
    "slots",
    "intent",
];

/// One cue as it is written.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CueEntry {
    pub(crate) id: String,
    /// Why the cue is there, where its examples do not tell.
    #[serde(default, rename = "why")]
    _why: Option<String>,
    scope: String,
    #[serde(rename = "match")]
    patterns: OneOrMore,
    gives: String,
    /// Sentences in which it must be found; the tests run them.
    pub(crate) yes: Vec<String>,
    /// Sentences in which it must not.
    #[serde(default)]
    pub(crate) no: Vec<String>,
}

impl CueEntry {
    fn text(&self) -> CueText<'_> {
        CueText { id: &self.id, scope: &self.scope, patterns: self.patterns.as_slice(), gives: &self.gives }
    }
}

#[derive(Debug, serde::Deserialize)]
#[serde(untagged)]
enum OneOrMore {
    One(String),
    More(Vec<String>),
}

impl OneOrMore {
    fn as_slice(&self) -> &[String] {
        match self {
            Self::One(one) => std::slice::from_ref(one),
            Self::More(more) => more,
        }
    }
}

/// One file of cues.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CueFile {
    #[serde(default)]
    sets: BTreeMap<String, Vec<String>>,
    pub(crate) cues: Vec<CueEntry>,
}

impl CueFile {
    /// The file that has this text.
    ///
    /// # Errors
    /// What is wrong with it.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        serde_yaml::from_str(text).map_err(|error| error.to_string())
    }
}

/// Reads the files in `folder`, each with its name.
///
/// # Errors
/// A line for the person who edits them: a file that cannot be read, is not listed, or is no file of cues.
pub(crate) fn read(folder: &Path) -> Result<Vec<(&'static str, CueFile)>, String> {
    only_listed_files(folder)?;
    let file = |name: &&'static str| {
        let path = folder.join(format!("{name}.yaml"));
        let text = std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        Ok((*name, CueFile::parse(&text).map_err(|error| format!("{}: {error}", path.display()))?))
    };
    FILES.iter().map(file).collect()
}

/// A file that nobody lists would be looked for by nobody.
fn only_listed_files(folder: &Path) -> Result<(), String> {
    let in_folder = |error: std::io::Error| format!("{}: {error}", folder.display());
    for file in std::fs::read_dir(folder).map_err(in_folder)? {
        let path = file.map_err(in_folder)?.path();
        if !path.file_stem().is_some_and(|name| FILES.iter().any(|known| name == *known)) {
            return Err(format!("{}: `FILES` in cue_files.rs does not list this file of cues", path.display()));
        }
    }
    Ok(())
}

/// Compiles files of cues.
///
/// # Errors
/// The first thing that is wrong, in words that name the file and the cue.
pub(crate) fn compile(files: &[(&str, CueFile)]) -> Result<CueTables, String> {
    let mut compiler = CueCompiler::default();
    for (name, file) in files {
        let cues: Vec<CueText<'_>> = file.cues.iter().map(CueEntry::text).collect();
        compiler.add(name, &file.sets, &cues).map_err(|error| format!("{name}: {error}"))?;
    }
    Ok(compiler.tables())
}
