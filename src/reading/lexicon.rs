//! The playbook's words, compiled for reading: one look-up a word, phrases leftmost and longest.

use super::inflect::forms;
use super::token::Token;
use std::collections::{HashMap, HashSet};

macro_rules! classes {
    ($($(#[$doc:meta])* $name:ident = $key:literal,)*) => {
        /// What a word or phrase does in a note. The names in the playbook are the keys.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub(crate) enum Class { $($(#[$doc])* $name,)* }

        impl Class {
            /// All classes with their names in the playbook.
            pub(crate) const ALL: &'static [(Class, &'static str)] = &[$((Class::$name, $key),)*];
        }
    };
}

classes! {
    /// Grammatical words: articles, pronouns, prepositions, auxiliaries.
    Function = "function",
    /// Words that name nothing by themselves.
    Generic = "generic",
    /// Adjectives that take the weight from the noun they stand before.
    Vague = "vague",
    /// Business padding.
    Filler = "filler",
    /// Words that name only the kind of a reason.
    Topic = "topic",
    /// Business events.
    Event = "event",
    /// Times: months, weekdays, years, seasons.
    Time = "time",
    /// Taking the service into use.
    Adopt = "adopt",
    /// Wishes and plans.
    Want = "want",
    /// Refusing, giving up, stopping.
    Refuse = "refuse",
    /// Staying with what is there.
    Stay = "stay",
    /// Being or doing what keeps somebody from going on.
    Obstacle = "obstacle",
    /// Things that stand in the way, as nouns.
    Trouble = "trouble",
    /// Work under way.
    Progress = "progress",
    /// Names of phases.
    Phase = "phase",
    /// Being finished.
    Done = "done",
    /// Words that put the intent off.
    HedgeTime = "hedge-time",
    /// Words that put the intent in doubt.
    HedgeDoubt = "hedge-doubt",
    /// Nobody has decided.
    Undecided = "undecided",
    /// Negation.
    Negation = "negation",
    /// Phrases that look like a negation or a hedge and are none.
    Neutral = "neutral",
    /// What comes after is the why.
    Cause = "cause",
    /// What came before is the why.
    Effect = "effect",
    /// What comes after is granted, not claimed.
    Concession = "concession",
    /// What comes after must happen first.
    Condition = "condition",
    /// What comes after overrides what came before.
    Contrast = "contrast",
    /// The FastTrack benefit.
    Benefit = "benefit",
    /// Help from us, which is not the service.
    Help = "help",
    /// Meetings and what belongs to them.
    Meeting = "meeting",
    /// Arranging.
    Arrange = "arrange",
    /// Usage figures and level codes.
    Usage = "usage",
    /// Sending the reader elsewhere.
    Pointer = "pointer",
    /// The places readers are sent to.
    Elsewhere = "elsewhere",
    /// Work the writer still means to do on the note.
    ToDo = "to-do",
    /// Greetings and thanks.
    Greeting = "greeting",
    /// Words that stand where a note should be.
    Placeholder = "placeholder",
    /// Attempts at contact, as things.
    Contact = "contact",
    /// Trying to reach somebody.
    Reach = "reach",
    /// No answer.
    Silence = "silence",
    /// Replies and replying; with a negation beside it, silence.
    Reply = "reply",
    /// Answering.
    Answer = "answer",
    /// Nobody could find out.
    Unknown = "unknown",
    /// Finding out.
    Learn = "learn",
    /// People who can be asked.
    Person = "person",
    /// Managed or unmanaged.
    Managed = "managed",
    /// Numbers in words.
    Count = "count",
    /// What the slots of templates are called.
    Slot = "slot",
    /// Counted twice, or not real.
    Duplicate = "duplicate",
}

/// A set of classes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Classes(u64);

impl Classes {
    pub(crate) const NONE: Self = Self(0);

    pub(crate) fn of(class: Class) -> Self {
        Self(1 << (class as u64))
    }

    pub(crate) fn any(classes: &[Class]) -> Self {
        classes.iter().fold(Self::NONE, |set, class| set.with(*class))
    }

    pub(crate) fn with(self, class: Class) -> Self {
        Self(self.0 | 1 << (class as u64))
    }

    pub(crate) fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(crate) fn has(self, class: Class) -> bool {
        self.0 & (1 << (class as u64)) != 0
    }

    pub(crate) fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    pub(crate) fn is_empty(self) -> bool {
        self.0 == 0
    }
}

/// Which workload a name means: an index into the playbook's list.
pub(crate) type WorkloadIndex = u16;

/// What one word or phrase stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Sense {
    pub(crate) classes: Classes,
    /// The workload that it names.
    pub(crate) names: Option<WorkloadIndex>,
    /// The workload that it belongs to, as part or term.
    pub(crate) belongs: Option<WorkloadIndex>,
    /// The workload that it cannot apply to.
    pub(crate) never: Option<WorkloadIndex>,
}

impl Sense {
    fn join(&mut self, other: Self) {
        self.classes = self.classes.union(other.classes);
        self.names = self.names.or(other.names);
        self.belongs = self.belongs.or(other.belongs);
        self.never = self.never.or(other.never);
    }
}

/// An identity for all forms of one base word.
pub(crate) type LemmaId = u32;

#[derive(Debug, Clone)]
struct Phrase {
    /// The words after the first.
    rest: Vec<LemmaId>,
    sense: Sense,
    entry: u32,
}

#[derive(Debug, Clone, Default)]
struct Form {
    lemmas: Vec<LemmaId>,
    sense: Sense,
    /// Single-word entries behind `sense`, for the test that every entry is used.
    entries: Vec<u32>,
}

/// A word or phrase found in a note.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Match {
    /// How many tokens it covers, at least one.
    pub(crate) length: usize,
    pub(crate) sense: Sense,
}

/// The playbook's words.
#[derive(Debug, Clone, Default)]
pub(crate) struct Lexicon {
    forms: HashMap<String, Form>,
    lemmas: HashMap<String, LemmaId>,
    /// Whose forms are known.
    registered: HashSet<LemmaId>,
    /// Phrases by the lemma of their first word, longest first.
    phrases: HashMap<LemmaId, Vec<Phrase>>,
    entries: Vec<String>,
}

impl Lexicon {
    /// Adds a word or phrase with what it stands for. Words are written in lower case, in any one of their forms'
    /// base; a phrase's words match in all their forms.
    pub(crate) fn add(&mut self, text: &str, sense: Sense) {
        let entry = u32::try_from(self.entries.len()).unwrap_or(u32::MAX);
        self.entries.push(text.to_owned());
        let words = super::token::words_of(text);
        let Some((first, rest)) = words.split_first() else { return };
        if rest.is_empty() {
            let lemma = self.lemma(first);
            for form in forms(first) {
                let form = self.forms.entry(form).or_default();
                form.sense.join(sense);
                form.entries.push(entry);
                if !form.lemmas.contains(&lemma) {
                    form.lemmas.push(lemma);
                }
            }
            return;
        }
        let first = self.register(first);
        let rest = rest.iter().map(|word| self.register(word)).collect();
        let phrases = self.phrases.entry(first).or_default();
        phrases.push(Phrase { rest, sense, entry });
        phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.rest.len()));
    }

    fn lemma(&mut self, word: &str) -> LemmaId {
        let next = u32::try_from(self.lemmas.len()).unwrap_or(u32::MAX);
        *self.lemmas.entry(word.to_owned()).or_insert(next)
    }

    /// Makes the forms of a phrase's word known without giving them a sense.
    fn register(&mut self, word: &str) -> LemmaId {
        let lemma = self.lemma(word);
        // The same few words stand in hundreds of phrases.
        if !self.registered.insert(lemma) {
            return lemma;
        }
        for form in forms(word) {
            let form = self.forms.entry(form).or_default();
            if !form.lemmas.contains(&lemma) {
                form.lemmas.push(lemma);
            }
        }
        lemma
    }

    /// The word as it stands, or what it is the genitive of.
    fn form(&self, word: &str) -> Option<&Form> {
        self.forms.get(word).or_else(|| {
            let owner = word.strip_suffix("'s").or_else(|| word.strip_suffix('\''))?;
            self.forms.get(owner)
        })
    }

    /// The longest phrase that starts with the first of `tokens`, else the word itself.
    pub(crate) fn longest(&self, tokens: &[Token], text: &str) -> Option<Match> {
        self.longest_entries(tokens, text).map(|(found, _)| found)
    }

    fn longest_entries<'a>(&'a self, tokens: &[Token], text: &str) -> Option<(Match, EntryIds<'a>)> {
        let first = self.form(tokens.first()?.text(text))?;
        let phrase = first
            .lemmas
            .iter()
            .filter_map(|lemma| self.phrases.get(lemma))
            .flatten()
            .filter_map(|phrase| self.phrase_length(phrase, tokens, text).map(|length| (length, phrase)))
            .max_by_key(|(length, phrase)| (phrase.rest.len(), *length));
        if let Some((length, phrase)) = phrase {
            let mut sense = phrase.sense;
            // The same phrase may stand in two lists: it then has both senses.
            for other in first.lemmas.iter().filter_map(|lemma| self.phrases.get(lemma)).flatten() {
                if other.rest == phrase.rest {
                    sense.join(other.sense);
                }
            }
            return Some((Match { length, sense }, EntryIds::Phrase(phrase.entry)));
        }
        if let Some((sense, entry)) = self.separated(first, tokens, text) {
            return Some((Match { length: 1, sense }, EntryIds::Phrase(entry)));
        }
        Some((Match { length: 1, sense: first.sense }, EntryIds::Word(&first.entries)))
    }

    /// A verb whose particle stands a little after it: "ruled Teams out", "turned the offer down".
    fn separated(&self, first: &Form, tokens: &[Token], text: &str) -> Option<(Sense, u32)> {
        const PARTICLES: &[&str] = &["away", "down", "off", "out"];
        if first.sense.classes.has(Class::Function) || first.sense.classes.has(Class::Stay) {
            return None;
        }
        let near = tokens.get(2..4.min(tokens.len()))?;
        let phrases = first.lemmas.iter().filter_map(|lemma| self.phrases.get(lemma)).flatten();
        phrases
            .filter(|phrase| phrase.sense.classes.has(Class::Refuse) && phrase.rest.len() == 1)
            .find(|phrase| {
                near.iter().any(|token| {
                    let particle = token.text(text);
                    PARTICLES.contains(&particle)
                        && self.form(particle).is_some_and(|form| phrase.rest.iter().all(|l| form.lemmas.contains(l)))
                })
            })
            .map(|phrase| (phrase.sense, phrase.entry))
    }

    fn phrase_length(&self, phrase: &Phrase, tokens: &[Token], text: &str) -> Option<usize> {
        let mut at = 1;
        for lemma in &phrase.rest {
            let mut token = tokens.get(at)?;
            if token.is_joining_hyphen() {
                at += 1;
                token = tokens.get(at)?;
            }
            if !self.form(token.text(text))?.lemmas.contains(lemma) {
                return None;
            }
            at += 1;
        }
        Some(at)
    }

    /// Marks in `used` every entry that `tokens` meet; `used` has a place for each of [`Lexicon::entries`].
    #[cfg(test)]
    pub(crate) fn mark_used(&self, tokens: &[Token], text: &str, used: &mut [bool]) {
        let mut at = 0;
        while at < tokens.len() {
            let Some((found, entries)) = self.longest_entries(&tokens[at..], text) else {
                at += 1;
                continue;
            };
            match entries {
                EntryIds::Phrase(entry) => used[entry as usize] = true,
                EntryIds::Word(entries) => entries.iter().for_each(|entry| used[*entry as usize] = true),
            }
            at += found.length;
        }
    }

    /// Every entry as it was added.
    #[cfg(test)]
    pub(crate) fn entries(&self) -> &[String] {
        &self.entries
    }
}

/// Which entries of the playbook a match came from; the test that every entry is met by a note asks for it.
#[cfg_attr(not(test), expect(dead_code, reason = "only tests look at where a match came from"))]
enum EntryIds<'a> {
    Phrase(u32),
    Word(&'a [u32]),
}
