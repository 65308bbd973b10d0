//! From the bytes of `notegate.yaml` to a checked configuration. All problems are found before any is told.

use super::misnamed::names_configuration_alone;
use super::reader::{Problem, Reader};
use super::{Config, MOST_BYTES, overrides, playbook, second_reader, settings};
use crate::grade::FailOn;
use crate::playbook::{Additions, StatusSet};
use crate::source::pattern::{self, PatternList};
use crate::source::{Cancelled, Content, FileSelection, NotePath};
use crate::yaml::{self, Entry, Limits, Value};
use std::fmt;

/// The keys of a configuration.
pub(super) const KEYS: [&str; 11] = [
    "include",
    "exclude",
    "fields",
    "required",
    "statuses",
    "rules",
    "refresh",
    "fail_on",
    "overrides",
    "playbook",
    "second_reader",
];

/// How many problems are told; a file that is no configuration at all has many.
const MOST_TOLD: usize = 20;

/// Everything that is wrong with a configuration. Messages may quote the file, so printers must escape them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigProblems {
    name: String,
    problems: Vec<Problem>,
}

impl ConfigProblems {
    /// What the team can do, or what can be done `instead` where there is such a thing.
    #[must_use]
    pub fn help(&self, instead: Option<&str>) -> String {
        let instead = instead.map(|instead| format!(", or {instead}")).unwrap_or_default();
        format!("Correct {}{instead}. `notegate init` writes an example to compare with.", self.name)
    }

    /// Each problem with its line, counted from 1.
    pub fn told(&self) -> impl Iterator<Item = (usize, &str)> {
        self.problems.iter().take(MOST_TOLD).map(|problem| (problem.line, problem.message.as_str()))
    }

    /// Whether there is a pattern to try before the problems are told.
    #[must_use]
    pub fn has_proposals(&self) -> bool {
        self.problems.iter().any(|problem| !problem.proposals.is_empty())
    }

    /// The problems with the patterns that help: for each problem the first proposal for which `matches` says that it
    /// matches a file.
    #[must_use]
    pub fn tried(mut self, matches: impl Fn(&str) -> bool) -> Self {
        for problem in &mut self.problems {
            if let Some(helps) = problem.proposals.iter().find(|proposal| matches(proposal)) {
                problem.message.push_str(&format!("; write `{helps}`"));
            }
            problem.proposals.clear();
        }
        self
    }
}

impl fmt::Display for ConfigProblems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = self.problems.len();
        let problems = if count == 1 { "a problem" } else { "problems" };
        write!(f, "the configuration {} has {problems}:", self.name)?;
        for Problem { line, message, .. } in self.problems.iter().take(MOST_TOLD) {
            write!(f, "\n  {}:{line}: {message}", self.name)?;
        }
        if count > MOST_TOLD {
            write!(f, "\n  … and {} more", count - MOST_TOLD)?;
        }
        Ok(())
    }
}

/// Checks the configuration in `bytes`; `name` is what messages call the file.
///
/// # Errors
/// When anything in it is wrong, unknown, or over a limit: all of it, with lines. A file that it names beside itself counts
/// as absent.
pub fn load(bytes: Vec<u8>, name: &str) -> Result<Config, ConfigProblems> {
    load_beside(bytes, name, |_| Content::Absent)
}

/// The same for a configuration that may name a file beside it: `beside` gives what stands at a path, which counts from
/// the folder of the configuration.
///
/// # Errors
/// As [`load`], and when that file cannot be used.
pub fn load_beside(
    bytes: Vec<u8>,
    name: &str,
    beside: impl FnOnce(&NotePath) -> Content,
) -> Result<Config, ConfigProblems> {
    let limits =
        Limits { file_bytes: MOST_BYTES, nodes: 20_000, expanded_bytes: 1 << 20, documents: 1, ..Limits::default() };
    let yaml::Decoded { text, error } = yaml::decode(bytes, &limits);
    let mut reader = Reader::new(&text);
    if let Some(error) = &error {
        reader.problem(error.span, error.message());
        return Err(problems(name, reader));
    }
    let parsed = yaml::parse(&text, &limits);
    for error in &parsed.errors {
        reader.problem(error.span, error.message());
    }
    let config = match parsed.documents.first() {
        Some(document) => config(document.root(), beside, &mut reader),
        None => Config::default(),
    };
    if reader.problems.is_empty() { Ok(config) } else { Err(problems(name, reader)) }
}

fn problems(name: &str, reader: Reader<'_>) -> ConfigProblems {
    let mut problems = reader.problems;
    problems.sort_by_key(|problem| problem.line);
    ConfigProblems { name: name.to_owned(), problems }
}

fn config(root: Value<'_>, beside: impl FnOnce(&NotePath) -> Content, reader: &mut Reader<'_>) -> Config {
    let (mut second, mut statuses, mut overrides) = (None, None, None);
    let mut config = Config::default();
    let (mut include, mut exclude) = (None, Vec::new());
    let mut excluding = root.span();
    for (key, entry) in reader.mapping(root, "the configuration") {
        match key {
            "include" => include = Some(patterns(entry.value, PatternList::Include, reader)),
            "exclude" => {
                exclude = patterns(entry.value, PatternList::Exclude, reader);
                excluding = entry.key.span();
            }
            "fields" => config.settings.fields = settings::fields(entry.value, reader),
            "required" => config.settings.required = settings::required(entry.value, reader),
            "statuses" => statuses = Some(entry),
            "rules" => config.levels = settings::levels(entry.value, reader),
            "refresh" => config.settings.max_age_days = settings::max_age(entry.value, reader),
            "overrides" => overrides = Some(entry.value),
            "fail_on" => config.fail_on = fail_on(entry.value, reader),
            "second_reader" => second = Some(entry.value),
            "playbook" => config.playbook = playbook::additions(entry.value, reader),
            _ => reader.unknown_key(entry, key, "setting", &KEYS),
        }
    }
    if let Some(entry) = statuses {
        config.playbook.status_set = status_set(entry, &config.playbook, reader);
    }
    if let Some(value) = overrides {
        config.overrides = overrides::read(value, &config.settings.fields, reader);
    }
    if let Some(value) = second {
        config.second_reader = second_reader::reading(value, beside, reader);
    }
    match FileSelection::new(include, exclude) {
        Ok(files) => {
            for cancelled in files.cancelled() {
                reader.problem(excluding, cancels(cancelled));
            }
            config.files = files;
        }
        Err(message) => reader.problem(root.span(), message),
    }
    if let Err(message) = config.files.set_overriding(config.overrides.patterns()) {
        reader.problem(root.span(), message);
    }
    config
}

/// `statuses`: which statuses a record may have.
fn status_set(entry: Entry<'_>, playbook: &Additions, reader: &mut Reader<'_>) -> StatusSet {
    match entry.value.scalar().map(|scalar| &*scalar.text) {
        Some("with-built-in") => StatusSet::WithBuiltIn,
        Some("only") => {
            // Where the playbook has a problem, nothing of it counts.
            if playbook.statuses.is_empty() && reader.problems.is_empty() {
                let message = "`statuses: only` leaves no status: name your own under `playbook: {statuses: …}`";
                reader.problem(entry.key.span(), message);
            }
            StatusSet::OwnOnly
        }
        _ => {
            let message = "`statuses` must be `with-built-in` or `only`; the statuses themselves are written under \
                           `playbook: {statuses: …}`";
            reader.problem(entry.value.span(), message);
            StatusSet::default()
        }
    }
}

fn cancels(Cancelled { include, exclude }: Cancelled<'_>) -> String {
    match include {
        Some(include) => format!(
            "the pattern `{exclude}` under `exclude` leaves out all that `{include}` under `include` can match, so the two \
             cancel each other out; take one of them away, or narrow `{exclude}`"
        ),
        None => format!(
            "`exclude` leaves out every YAML file (`{exclude}`), so nothing would be examined; narrow it, or name the files \
             that hold notes under `include`"
        ),
    }
}

/// The patterns of a list; those that cannot be used are problems and left out.
pub(super) fn patterns(value: Value<'_>, list: PatternList, reader: &mut Reader<'_>) -> Vec<String> {
    let mut patterns = Vec::new();
    let is_empty_list = value.items().is_some_and(|mut items| items.next().is_none());
    match list {
        PatternList::Include if is_empty_list => reader
            .problem(value.span(), "`include` names no file, so nothing would be examined; leave it out or name files"),
        PatternList::Override if is_empty_list => {
            reader.problem(value.span(), "`paths` names no file, so the override would change nothing; name files");
        }
        _ => {}
    }
    for (written, item) in reader.texts(value, &format!("`{}`", list.list_key())) {
        match pattern::check(&written, list) {
            Ok(()) if list != PatternList::Exclude && names_configuration_alone(&written) => reader.problem(
                item.span(),
                format!("the pattern `{written}` can match no file: it names the configuration, which is never a note"),
            ),
            Ok(()) => patterns.push(written),
            Err(fault) => {
                let message = format!("the pattern `{written}` {}", fault.message);
                let mut proposals = fault.proposals;
                proposals.retain(|proposal| list == PatternList::Exclude || !names_configuration_alone(proposal));
                reader.problem_with(item.span(), message, proposals);
            }
        }
    }
    patterns
}

fn fail_on(value: Value<'_>, reader: &mut Reader<'_>) -> FailOn {
    match value.scalar().map(|scalar| &*scalar.text) {
        Some("poor") => FailOn::Poor,
        Some("marginal") => FailOn::Marginal,
        _ => {
            reader.problem(value.span(), "`fail_on` must be `poor` or `marginal`");
            FailOn::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Severity;
    use proptest::prelude::*;

    fn told(text: &str) -> String {
        load(text.as_bytes().to_vec(), "notegate.yaml").unwrap_err().to_string()
    }

    #[test]
    fn everything_set_arrives() {
        let config = load(
            b"include: ['notes/**']\nexclude: ['notes/old/**']\nfields:\n  note: status_note\nrules:\n  copied-note: \
            off\n  \
              refresh-rewritten: warning\nrefresh: {max_age_days: 90}\nfail_on: marginal\nplaybook: {max_words: 40}\n"
                .to_vec(),
            "notegate.yaml",
        )
        .unwrap();
        assert!(config.files.selects(&NotePath::from_bytes("notes/a.yaml")));
        assert!(!config.files.selects(&NotePath::from_bytes("notes/old/a.yaml")));
        assert_eq!(config.settings.fields.key_of("note"), "status_note");
        assert_eq!(config.settings.max_age_days, Some(90));
        assert_eq!(config.levels.severity("copied-note", Severity::Warning), None);
        assert_eq!(config.levels.severity("refresh-rewritten", Severity::Error), Some(Severity::Warning));
        assert_eq!(config.fail_on, FailOn::Marginal);
        assert_eq!(config.playbook.max_words, Some(40));
    }

    #[test]
    fn an_empty_configuration_sets_nothing() {
        for text in ["", "# nothing\n", "---\n", "rules:\n"] {
            assert!(load(text.as_bytes().to_vec(), "notegate.yaml").is_ok(), "{text:?}");
        }
    }

    #[test]
    fn all_problems_are_told_with_their_lines_and_the_nearest_name() {
        let text = "inlcude: []\nrules:\n  copied-notes: off\n  copied-note: loud\nrefresh:\n  max_age_days: -1\n\
                    fail_on: great\nfields: {notes: x}\nexclude: ['[']\n";
        assert_eq!(
            told(text),
            "the configuration notegate.yaml has problems:\n  \
             notegate.yaml:1: there is no setting `inlcude`; did you mean `include`?\n  \
             notegate.yaml:3: there is no rule `copied-notes`; did you mean `copied-note`?\n  \
             notegate.yaml:4: `copied-note` must be one of off, info, warning, error\n  \
             notegate.yaml:6: `max_age_days` must be a whole number from 1 to 36500\n  \
             notegate.yaml:7: `fail_on` must be `poor` or `marginal`\n  \
             notegate.yaml:8: there is no field `notes`; did you mean `note`?\n  \
             notegate.yaml:9: the pattern `[` cannot be used: `[` begins a list of characters, and the `]` that ends it is missing; for the character itself write `[[]`"
        );
    }

    #[test]
    fn a_pattern_that_can_match_nothing_is_told_with_what_was_tried() {
        let text = "include:\n  - notes/\n  - /x/y/*.yaml\nexclude: [old\\a.yaml]\n";
        let problems = load(text.as_bytes().to_vec(), "c.yaml").unwrap_err();
        assert!(problems.has_proposals());
        let told = problems.tried(|pattern| ["notes/**", "y/*.yaml"].contains(&pattern)).to_string();
        assert!(told.contains("c.yaml:2: the pattern `notes/` can match no file: it ends with `/`"), "{told}");
        assert!(told.contains("; write `notes/**`\n"), "{told}");
        assert!(told.contains("absolute path; write `y/*.yaml`\n"), "{told}");
        assert!(
            told.contains("c.yaml:4:") && !told.contains("old/a.yaml"),
            "what matches nothing helps nobody: {told}"
        );
    }

    #[test]
    fn patterns_that_cancel_each_other_out_are_both_named() {
        let text = "include:\n  - notes/**/*.yaml\nexclude:\n  - notes/**\n";
        assert_eq!(
            told(text),
            "the configuration notegate.yaml has a problem:\n  notegate.yaml:3: the pattern `notes/**` under `exclude` \
             leaves out all that `notes/**/*.yaml` under `include` can match, so the two cancel each other out; take one of \
             them away, or narrow `notes/**`"
        );
        assert!(told("exclude: ['**/*.yaml', '**/*.yml']\n").contains("leaves out every YAML file (`**/*.yaml`)"));
        assert!(load(b"include: ['notes/**']\nexclude: ['notes/old/**']\n".to_vec(), "c.yaml").is_ok());
    }

    #[test]
    fn an_empty_include_is_a_problem_and_an_empty_exclude_is_none() {
        assert!(
            told("include: []\n")
                .contains("c.yaml:1: `include` names no file".replace("c.yaml", "notegate.yaml").as_str())
        );
        assert!(load(b"exclude: []\n".to_vec(), "c.yaml").is_ok());
    }

    #[test]
    fn the_name_of_a_field_has_at_most_64_characters() {
        let named = |length: usize| format!("fields:\n  note: {}\n", "é".repeat(length));
        assert!(load(named(64).into_bytes(), "notegate.yaml").is_ok());
        assert!(told(&named(65)).contains("notegate.yaml:2: the name of `note` is longer than 64 characters"));
    }

    #[test]
    fn two_fields_cannot_share_a_key() {
        assert!(told("fields: {note: status}\n").contains("`status` and `note` are both called `status`"));
    }

    #[test]
    fn hostile_configurations_are_errors() {
        let bomb = format!("a: &a [x,x,x,x,x,x,x,x,x,x]\n{}", bomb_lines());
        let deep = "[".repeat(100_000);
        let huge = "a".repeat(300 * 1024);
        for text in [bomb.as_str(), &deep, &huge, "a: b: c\n", "\0", "- list\n", "a: 1\na: 2\n", "--- {}\n--- {}\n"] {
            assert!(load(text.as_bytes().to_vec(), "c.yaml").is_err(), "{}", text.get(..20).unwrap_or(text));
        }
    }

    fn bomb_lines() -> String {
        let letters = "abcdefghij".as_bytes();
        letters
            .windows(2)
            .map(|pair| {
                let (from, to) = (char::from(pair[0]), char::from(pair[1]));
                format!("{to}: &{to} [*{from},*{from},*{from},*{from},*{from},*{from},*{from},*{from},*{from}]\n")
            })
            .collect()
    }

    proptest! {
        #[test]
        fn no_text_panics(text in any::<String>()) {
            let _either = load(text.into_bytes(), "c.yaml");
        }
    }
}
