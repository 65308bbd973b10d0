//! Cues: patterns that give the terms of a note their marks. They are data, in `src/playbook/cues/`, each with sentences
//! beside it in which it must be found (`yes`) and must not (`no`); the tests run them.
//!
//! A file of cues holds named sets of words, and cues in the order in which they are looked for: a cue may ask for the
//! marks that earlier ones gave.

use super::mark::Mark;
use super::pattern::{NoteFacts, Pattern, PatternMatch, mark};
use super::term::Terms;
use super::word_sets::{WordSets, WordSetsBuilder, WordSetsIndex};
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

/// The files of cues, in the order in which they are looked for.
const FILES: &[(&str, &str)] = &[
    ("subjects", include_str!("../playbook/cues/subjects.yaml")),
    ("who", include_str!("../playbook/cues/who.yaml")),
    ("contact", include_str!("../playbook/cues/contact.yaml")),
    ("clauses", include_str!("../playbook/cues/clauses.yaml")),
    ("negation", include_str!("../playbook/cues/negation.yaml")),
    ("reason", include_str!("../playbook/cues/reason.yaml")),
    ("doubt", include_str!("../playbook/cues/doubt.yaml")),
    ("relevance", include_str!("../playbook/cues/relevance.yaml")),
    ("slots", include_str!("../playbook/cues/slots.yaml")),
    ("intent", include_str!("../playbook/cues/intent.yaml")),
];

/// In which parts of a note a cue is looked for; it is found within one part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum CueScope {
    /// Within each sentence, before clauses are known: such cues can say where clauses end.
    Sentence,
    /// Within each clause.
    Clause,
    /// Anywhere, over the ends of sentences; before clauses are known.
    Note,
}

/// One cue as it is written.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct CueEntry {
    id: String,
    /// Why the cue is there, where its examples do not tell.
    #[serde(default, rename = "why")]
    _why: Option<String>,
    scope: CueScope,
    #[serde(rename = "match")]
    patterns: OneOrMore,
    gives: String,
    #[cfg_attr(not(test), expect(dead_code, reason = "the tests run the examples"))]
    yes: Vec<String>,
    #[cfg_attr(not(test), expect(dead_code, reason = "the tests run the examples"))]
    #[serde(default)]
    no: Vec<String>,
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

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct CueFile {
    #[serde(default)]
    sets: BTreeMap<String, Vec<String>>,
    cues: Vec<CueEntry>,
}

/// A compiled cue.
#[derive(Debug)]
pub(crate) struct Cue {
    pub(crate) id: String,
    /// The name of its file in `src/playbook/cues/`, without the ending.
    pub(crate) file: String,
    scope: CueScope,
    patterns: Vec<Pattern>,
    pub(crate) gives: Mark,
}

/// All cues, compiled.
#[derive(Debug)]
pub(crate) struct Cues {
    cues: Vec<Cue>,
    words: WordSetsIndex,
}

/// A cue that was found in a note.
#[derive(Debug, Clone)]
pub(crate) struct CueHit {
    pub(crate) cue: &'static Cue,
    /// The one of its patterns that matched.
    pub(crate) pattern: &'static Pattern,
    /// What it gave.
    pub(crate) mark: Mark,
    /// The terms from its first to its last.
    pub(crate) terms: Range<usize>,
    /// Those of them that it marked.
    pub(crate) marked: Vec<usize>,
}

#[expect(clippy::expect_used, reason = "the cues are part of the program; a test compiles them")]
static BUILT_IN: LazyLock<Cues> = LazyLock::new(|| Cues::compile(FILES).expect("the built-in cues are sound"));

impl Cues {
    /// The cues that are built into the program.
    pub(crate) fn built_in() -> &'static Self {
        &BUILT_IN
    }

    fn compile(files: &[(&str, &str)]) -> Result<Self, String> {
        let mut sets = WordSetsBuilder::default();
        let mut cues: Vec<Cue> = Vec::new();
        for (name, text) in files {
            let in_file = |error: String| format!("{name}: {error}");
            let file: CueFile = serde_yaml::from_str(text).map_err(|error| in_file(error.to_string()))?;
            for (set, words) in file.sets {
                sets.name(&set, words).map_err(in_file)?;
            }
            for entry in file.cues {
                if cues.iter().any(|cue| cue.id == entry.id) {
                    return Err(in_file(format!("two cues are called `{}`", entry.id)));
                }
                let in_cue = |error: String| in_file(format!("{}: {error}", entry.id));
                let patterns = entry.patterns.as_slice().iter().map(|text| Pattern::new(text, &mut sets));
                let patterns = patterns.collect::<Result<_, _>>().map_err(in_cue)?;
                let gives = mark(&entry.gives).map_err(in_cue)?;
                cues.push(Cue { id: entry.id, file: (*name).to_owned(), scope: entry.scope, patterns, gives });
            }
            sets.forget_names();
        }
        Ok(Self { cues, words: sets.into_index() })
    }

    /// The sets that a term's text is in, and those that one of its words is in.
    pub(crate) fn word_sets(&self, text: &str) -> (WordSets, WordSets) {
        let whole = self.words.of(text);
        let any = if text.contains(' ') {
            text.split(' ').fold(whole, |sets, word| sets.union(self.words.of(word)))
        } else {
            whole
        };
        (whole, any)
    }

    /// Looks for the cues of a scope in each of `parts` and marks what they find.
    pub(crate) fn mark(&'static self, note: &mut Terms, scope: CueScope, parts: &[Range<usize>]) {
        let facts = NoteFacts::of(&note.terms);
        for cue in self.cues.iter().filter(|cue| cue.scope == scope) {
            for pattern in cue.patterns.iter().filter(|pattern| pattern.can_match(&facts)) {
                for found in parts.iter().flat_map(|part| pattern.matches(note, part.clone())).collect::<Vec<_>>() {
                    let PatternMatch { range: terms, marked } = found;
                    for at in &marked {
                        if let Some(term) = note.terms.get_mut(*at) {
                            term.marks = term.marks.with(cue.gives);
                        }
                    }
                    note.cues.push(CueHit { cue, pattern, mark: cue.gives, terms, marked });
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::playbook::Playbook;
    use crate::reading::Layers;

    fn found(text: &str) -> Vec<&'static str> {
        let playbook = Playbook::built_in();
        let layers = Layers::of(text, Some("Contoso"), playbook.workload("Teams"), &playbook);
        layers.terms.cues.iter().map(|hit| hit.cue.id.as_str()).collect()
    }

    fn entries() -> Vec<CueEntry> {
        FILES.iter().flat_map(|(_, text)| serde_yaml::from_str::<CueFile>(text).unwrap().cues).collect()
    }

    #[test]
    fn every_cue_is_found_in_its_examples_and_only_there() {
        let mut wrong = Vec::new();
        for entry in entries() {
            assert!(!entry.yes.is_empty(), "{} has no example", entry.id);
            for text in entry.yes.iter().filter(|text| !found(text).contains(&entry.id.as_str())) {
                wrong.push(format!("{} is not found in: {text}", entry.id));
            }
            for text in entry.no.iter().filter(|text| found(text).contains(&entry.id.as_str())) {
                wrong.push(format!("{} is found in: {text}", entry.id));
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn what_is_wrong_with_a_cue_is_said() {
        let told = |cue: &str| Cues::compile(&[("file", &format!("cues:\n  - {cue}\n"))]).unwrap_err();
        let cue = |pattern: &str| format!("{{id: a, scope: clause, gives: attribute, yes: [b], match: \"{pattern}\"}}");
        assert!(told(&cue("<nothing>")).contains("file: a: `<nothing>`: there is no semantic class `nothing`"));
        assert!(told(&cue("%nothing")).contains("there is no set `nothing`"));
        assert!(told(&cue("a ..99 b")).contains("at most 16"));
        assert!(told(&cue("( a")).contains("without `)`"));
        assert!(told(&cue("Blocked")).contains("lower case"));
        assert!(told(&cue("..3")).contains("needs a term"));
        assert!(told("{id: a, scope: clause, gives: nothing, yes: [b], match: c}").contains("no mark `nothing`"));
    }
}
