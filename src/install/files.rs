//! Which files a job of a hook manager waits for, and whether a note alone starts it.

use super::reach::Reach;
use globset::{GlobBuilder, GlobMatcher};
use regex::Regex;

/// What the job is told about files: any pattern of each list in `wanted` has to match a file, and none in `unwanted`.
#[derive(Debug, Default)]
pub(super) struct Filter {
    /// Lists of patterns for files that start the job.
    pub(super) wanted: Vec<Vec<Pattern>>,
    /// Lists of patterns for files that do not.
    pub(super) unwanted: Vec<Vec<Pattern>>,
}

/// Where notes may be in a repository that has none yet.
const LIKELY_NOTES: [&str; 4] =
    ["notes/contoso/teams.yaml", "notes/contoso.yml", "customers/contoso/teams.yml", "a.yaml"];

impl Filter {
    /// How often the job runs when one of `notes` changes. Without any it is asked whether a YAML file could start it.
    pub(super) fn reach(&self, notes: &[String]) -> Reach {
        if notes.is_empty() {
            let may_want = |patterns: &Vec<Pattern>| patterns.iter().any(|pattern| pattern.may_match_yaml);
            let leaves_some = |patterns: &Vec<Pattern>| {
                LIKELY_NOTES.iter().any(|path| patterns.iter().all(|pattern| pattern.matches(path) != Some(true)))
            };
            return Reach::when(self.wanted.iter().all(may_want) && self.unwanted.iter().all(leaves_some));
        }
        let answers = || notes.iter().map(|note| (note, self.starts(note)));
        if let Some((note, _)) = answers().find(|(_, starts)| *starts == Some(false)) {
            return Reach::LeavesOut(note.clone());
        }
        match answers().any(|(_, starts)| starts.is_none()) {
            true => Reach::Sometimes("doctor cannot read its patterns for files".to_owned()),
            false => Reach::Always,
        }
    }

    /// Whether a change of this file starts the job; nothing when a pattern cannot be read.
    fn starts(&self, path: &str) -> Option<bool> {
        let any = |patterns: &Vec<Pattern>| {
            let mut answers = patterns.iter().map(|pattern| pattern.matches(path));
            match () {
                () if answers.clone().any(|answer| answer == Some(true)) => Some(true),
                () if answers.any(|answer| answer.is_none()) => None,
                () => Some(false),
            }
        };
        let wanted = self.wanted.iter().map(any);
        let unwanted = self.unwanted.iter().map(|patterns| any(patterns).map(|found| !found));
        let answers: Vec<Option<bool>> = wanted.chain(unwanted).collect();
        match () {
            () if answers.contains(&Some(false)) => Some(false),
            () if answers.contains(&None) => None,
            () => Some(true),
        }
    }
}

/// One pattern for paths from the root of the repository.
#[derive(Debug)]
pub(super) struct Pattern {
    matcher: Option<Matcher>,
    /// Whether some YAML file matches, wherever it is.
    may_match_yaml: bool,
}

#[derive(Debug)]
enum Matcher {
    Regex(Regex),
    Glob(GlobMatcher),
}

impl Pattern {
    /// A regular expression that is looked for anywhere in a path.
    pub(super) fn regex(text: &str) -> Self {
        Self { matcher: Regex::new(text).ok().map(Matcher::Regex), may_match_yaml: regex_may_match_yaml(text) }
    }

    /// A glob in which `*` also stands for `/`, and `**` for nothing else.
    pub(super) fn glob(text: &str) -> Self {
        Self::of_glob(&GlobBuilder::new(&text.replace("**", "*")), text)
    }

    /// A glob in which `*` stops at `/`.
    pub(super) fn glob_of_path(text: &str) -> Self {
        Self::of_glob(GlobBuilder::new(text).literal_separator(true), text)
    }

    fn of_glob(builder: &GlobBuilder<'_>, text: &str) -> Self {
        let glob = builder.build().ok().map(|glob| Matcher::Glob(glob.compile_matcher()));
        Self { matcher: glob, may_match_yaml: glob_may_match_yaml(text) }
    }

    /// Everything in a folder.
    pub(super) fn folder(path: &str) -> Self {
        let pattern = format!("^{}/", regex::escape(path));
        Self { matcher: Regex::new(&pattern).ok().map(Matcher::Regex), may_match_yaml: true }
    }

    fn matches(&self, path: &str) -> Option<bool> {
        Some(match self.matcher.as_ref()? {
            Matcher::Regex(regex) => regex.is_match(path),
            Matcher::Glob(glob) => glob.is_match(path),
        })
    }
}

const ENDINGS: [&str; 2] = ["yaml", "yml"];

/// Whether some YAML file matches a glob. A glob that cannot be read may match.
fn glob_may_match_yaml(glob: &str) -> bool {
    let last = glob.rsplit('/').next().unwrap_or(glob);
    let Some((_, ending)) = last.rsplit_once('.').filter(|(_, ending)| !ending.contains(['*', '?', '['])) else {
        // Without an ending of its own a name with a wildcard may be that of any file.
        return last.contains(['*', '?', '[', '{']);
    };
    // Braces that begin before the ending are alternatives of whole names.
    let has_whole_braces = ending.matches('{').count() == ending.matches('}').count();
    !has_whole_braces || is_one_of_ours(ending.trim_matches(['{', '}']).split(','))
}

/// Whether some YAML file matches a regular expression that is looked for anywhere in a path. Only one that spells out
/// how a path ends is known to leave them out.
fn regex_may_match_yaml(pattern: &str) -> bool {
    let Ok(spelt_out) = Regex::new(r"\\\.(?:\((?:\?:)?)?([A-Za-z0-9|]+)\)?\$\)?$") else { return true };
    let Some(found) = spelt_out.captures(pattern) else { return true };
    let (Some(whole), Some(endings)) = (found.get(0), found.get(1)) else { return true };
    let has_alternatives = pattern.get(..whole.start()).is_none_or(|before| before.contains('|'));
    has_alternatives || is_one_of_ours(endings.as_str().split('|'))
}

fn is_one_of_ours<'e>(mut endings: impl Iterator<Item = &'e str>) -> bool {
    endings.any(|ending| ENDINGS.iter().any(|ours| ending.trim().eq_ignore_ascii_case(ours)))
}
