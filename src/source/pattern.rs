//! One pattern of `include` or `exclude`: whether it can match a file at all, and what was probably meant.
//!
//! A pattern that matches nothing switches the gate off without a word, so what can never match is an error.

use super::cover::alternatives;
use super::selection::compile;
use globset::ErrorKind;

/// The list that a pattern is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PatternList {
    /// The files that hold records.
    Include,
    /// The files that are left out.
    Exclude,
    /// The files for which an override holds.
    Override,
}

impl PatternList {
    /// The key in the configuration.
    #[must_use]
    pub(crate) fn key(self) -> &'static str {
        match self {
            Self::Include => "include",
            Self::Exclude => "exclude",
            Self::Override => "overrides",
        }
    }

    /// The key of the list itself.
    #[must_use]
    pub(crate) fn list_key(self) -> &'static str {
        if self == Self::Override { "paths" } else { self.key() }
    }
}

/// Why a pattern cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PatternFault {
    /// What is wrong, as the end of a sentence about the pattern.
    pub(crate) message: String,
    /// What may be meant, the likeliest first. Each is a pattern that can be used; whether it matches a file has to be
    /// tried.
    pub(crate) proposals: Vec<String>,
}

/// Checks that `pattern` is well formed and can match the path of a file in a repository.
///
/// # Errors
/// What is wrong with it.
pub(crate) fn check(pattern: &str, list: PatternList) -> Result<(), PatternFault> {
    let Some(message) = fault(pattern, list) else { return Ok(()) };
    let mut proposals = proposals(pattern);
    proposals.retain(|proposal| proposal != pattern && fault(proposal, list).is_none());
    Err(PatternFault { message, proposals })
}

fn fault(pattern: &str, list: PatternList) -> Option<String> {
    if let Err(error) = compile(pattern) {
        return Some(format!("cannot be used: {}", in_plain_words(error.kind())));
    }
    let parts: Vec<&str> = pattern.split('/').collect();
    let last = parts.last().copied().unwrap_or_default();
    let why = match () {
        () if pattern.trim() != pattern => "it starts or ends with a space",
        () if pattern.contains('\\') => "it has a backslash, and folders are separated by `/`",
        () if pattern.starts_with('!') => match list {
            PatternList::Include => "`!` at its start takes nothing away; name such files under `exclude`",
            PatternList::Override => "`!` at its start takes nothing away",
            PatternList::Exclude => "`!` at its start brings nothing back; name such files under `include`",
        },
        () if is_absolute(&parts) => "patterns count from the root of the repository, and this is an absolute path",
        () if pattern.contains("//") => "a folder in it has no name (`//`)",
        () if parts.contains(&".") => "it has a part `.`, and patterns count from the root of the repository",
        () if parts.contains(&"..") => "it has a part `..`, and patterns count from the root of the repository",
        () if parts.iter().any(|part| part.eq_ignore_ascii_case(".git")) => {
            "the files in `.git` belong to git and are never notes"
        }
        () if last.is_empty() => "it ends with `/`, and patterns name files: all files of a folder are `FOLDER/**`",
        () if is_bare_name(last) => {
            "it names a folder or a file without an extension: all files of a folder are `FOLDER/**`, and a file \
             without an extension is `FILE*`"
        }
        () if parts.iter().any(|part| part.contains("**") && *part != "**") => {
            "`**` must stand alone between slashes, as in `notes/**/*.yaml`"
        }
        () if list == PatternList::Exclude
            && parts.iter().all(|part| matches!(*part, "*" | "**"))
            && parts != ["*"] =>
        {
            return Some("leaves out every file, so nothing would be examined".to_owned());
        }
        () => return None,
    };
    Some(format!("can match no file: {why}"))
}

/// What is wrong with the form of a pattern, for people who know files and not patterns.
fn in_plain_words(fault: &ErrorKind) -> String {
    match fault {
        ErrorKind::UnclosedClass => {
            "`[` begins a list of characters, and the `]` that ends it is missing; for the character itself write `[[]`".to_owned()
        }
        ErrorKind::InvalidRange(from, to) => format!("the range `{from}-{to}` runs backwards"),
        ErrorKind::UnopenedAlternates => {
            "it has a `}` without a `{` before it; for the character itself write `[}]`".to_owned()
        }
        ErrorKind::UnclosedAlternates => {
            "`{` begins a list of alternatives, and the `}` that ends it is missing; for the character itself write `[{]`"
                .to_owned()
        }
        ErrorKind::NestedAlternates => "alternatives (`{…}`) cannot stand inside of others".to_owned(),
        ErrorKind::DanglingEscape => "it ends with a backslash, and folders are separated by `/`".to_owned(),
        _ => "it is too long, or has too many alternatives".to_owned(),
    }
}

/// Whether the parts are those of a path from the root of a disk, a drive or a home folder.
fn is_absolute(parts: &[&str]) -> bool {
    let Some(first) = parts.first() else { return false };
    let is_drive = first.len() == 2 && first.ends_with(':');
    parts.len() > 1 && (first.is_empty() || is_drive || first.starts_with('~'))
}

/// Names at the root that `pattern` matches, with some of what its wildcards can stand for: enough of them to tell whether
/// it means one file or many. Nothing for a pattern that may match in a folder, or whose names are too many to list.
#[must_use]
pub(crate) fn root_names(pattern: &str) -> Option<Vec<String>> {
    const MOST_WILDCARDS: usize = 4;
    const MOST_BYTES: usize = 64;
    if pattern.len() > MOST_BYTES {
        return None;
    }
    // A class of one sign is that sign.
    let signs = pattern.chars().filter(|sign| sign.is_alphanumeric() || matches!(sign, '.' | '-' | '_'));
    let pattern =
        &signs.fold(pattern.to_owned(), |pattern, sign| pattern.replace(&format!("[{sign}]"), &sign.to_string()));
    let wildcards = pattern.chars().filter(|sign| matches!(sign, '*' | '?')).count();
    if pattern.contains(['/', '[', ']', '\\']) || pattern.contains("**") || wildcards > MOST_WILDCARDS {
        return None;
    }
    let mut names = alternatives(pattern)?;
    for (wildcard, instances) in [("*", &["", "a", "q7.yaml"][..]), ("?", &["a", "n", "q"])] {
        while names.iter().any(|name| name.contains(wildcard)) {
            let of = |name: &String| instances.iter().map(|with| name.replacen(wildcard, with, 1)).collect::<Vec<_>>();
            names = names.iter().flat_map(of).collect();
            names.sort();
            names.dedup();
        }
    }
    Some(names)
}

/// Whether the last part of a pattern is plain text without an extension, as the name of a folder is.
fn is_bare_name(part: &str) -> bool {
    let has_extension = part.rfind('.').is_some_and(|dot| dot > 0 && dot + 1 < part.len());
    !part.is_empty() && !has_extension && !has_wildcard(part)
}

/// Whether a part of a pattern stands for more than its own text.
pub(super) fn has_wildcard(part: &str) -> bool {
    part.contains(['*', '?', '[', ']', '{', '}', '\\'])
}

/// The pattern as it may be meant. Of an absolute path, or one that leaves the repository, nobody can say from the text
/// alone where the repository starts in it, so every end of it is proposed, the longest first.
fn proposals(pattern: &str) -> Vec<String> {
    let text = pattern.trim().trim_start_matches('!').trim_start().replace('\\', "/");
    let all: Vec<&str> = text.split('/').collect();
    let is_absolute = is_absolute(&all);
    let mut parts: Vec<String> = Vec::new();
    let mut leaves_repository = false;
    for (at, part) in all.iter().enumerate() {
        match *part {
            "" | "." => {}
            ".." => leaves_repository |= parts.pop().is_none(),
            _ if at == 0 && is_absolute => {}
            part if part.contains("**") && part != "**" => {
                parts.extend(["**".to_owned(), part.replace("**", "*")]);
            }
            part => parts.push(part.to_owned()),
        }
    }
    let Some(last) = parts.last() else { return Vec::new() };
    if last != "**" && (text.ends_with('/') || matches!(all.last(), Some(&("." | ".."))) || is_bare_name(last)) {
        parts.push("**".to_owned());
    }
    let ends = if is_absolute || leaves_repository { parts.len() } else { 1 };
    (0..ends).filter_map(|from| parts.get(from..)).map(|parts| parts.join("/")).collect()
}

/// Patterns that may be meant by one that is well formed and matches nothing, the likeliest first; whether one matches
/// has to be tried.
#[must_use]
pub(crate) fn near_patterns(pattern: &str) -> Vec<String> {
    let mut near = vec![pattern.replace(".yaml", ".yml"), pattern.replace(".yml", ".yaml"), pattern.to_lowercase()];
    if !pattern.starts_with("**/") {
        near.push(format!("**/{pattern}"));
    }
    if let Some((folder, name)) = pattern.rsplit_once('/')
        && has_wildcard(name)
        && !folder.ends_with("**")
    {
        near.push(format!("{folder}/**/{name}"));
    }
    if !pattern.ends_with("**") {
        near.push(format!("{pattern}/**"));
    }
    near.retain(|other| other != pattern);
    near
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn first_proposal(pattern: &str) -> Option<String> {
        let fault = check(pattern, PatternList::Include).expect_err(pattern);
        fault.proposals.into_iter().next()
    }

    #[test]
    fn faults_of_form_are_told_in_plain_words() {
        for (pattern, words) in [
            ("notes/[a", "`[` begins a list of characters, and the `]` that ends it is missing"),
            ("x/[]", "`[` begins a list of characters"),
            ("[!]", "`[` begins a list of characters"),
            ("x/[z-a]*.yaml", "the range `z-a` runs backwards"),
            ("notes/{a,b", "`{` begins a list of alternatives, and the `}` that ends it is missing"),
            ("x/{a,{b,{c}}", "`{` begins a list of alternatives"),
            ("a}.yaml", "it has a `}` without a `{` before it"),
            ("{a,b}}.yaml", "it has a `}` without a `{` before it"),
            ("notes\\", "it ends with a backslash, and folders are separated by `/`"),
        ] {
            let fault = check(pattern, PatternList::Include).unwrap_err();
            assert!(fault.message.starts_with(&format!("cannot be used: {words}")), "{pattern}: {}", fault.message);
            for word in ["class", "alternate group", "dangling", "unclosed", "unopened", "regex", "glob"] {
                assert!(!fault.message.contains(word), "{pattern}: {}", fault.message);
            }
        }
    }

    #[test]
    fn patterns_that_can_match_are_accepted() {
        for pattern in [
            "notes/**/*.yaml",
            "**/*.{yaml,yml}",
            "*.yaml",
            "notes/*",
            "notes/**",
            "a.yaml",
            ".notes/**",
            "v1.0/*.yml",
            "notes/README*",
            "[[]x[]].yaml",
            "übersicht/*.yaml",
            "notes/a b.yaml",
            "**",
        ] {
            assert_eq!(check(pattern, PatternList::Include), Ok(()), "{pattern}");
        }
        for pattern in ["notes/old/**", "*", "**/*.yml", "a.yaml"] {
            assert_eq!(check(pattern, PatternList::Exclude), Ok(()), "{pattern}");
        }
    }

    #[test]
    fn what_can_never_match_is_refused_with_what_is_meant() {
        for (pattern, meant) in [
            ("notes\\**\\*.yaml", "notes/**/*.yaml"),
            ("notes\\*.yaml", "notes/*.yaml"),
            (".\\notes\\", "notes/**"),
            ("./notes/*.yaml", "notes/*.yaml"),
            ("././notes/*.yaml", "notes/*.yaml"),
            ("notes/./*.yaml", "notes/*.yaml"),
            ("/notes/*.yaml", "notes/*.yaml"),
            ("//notes//*.yaml", "notes/*.yaml"),
            ("notes//*.yaml", "notes/*.yaml"),
            ("notes/", "notes/**"),
            ("./notes/", "notes/**"),
            ("notes/**/", "notes/**"),
            ("notes/.", "notes/**"),
            ("notes", "notes/**"),
            ("notes/contoso", "notes/contoso/**"),
            ("**/notes", "**/notes/**"),
            (".notes", ".notes/**"),
            ("../x/*", "x/*"),
            ("notes/../notes/*.yaml", "notes/*.yaml"),
            (" notes/*.yaml", "notes/*.yaml"),
            ("notes/**\t", "notes/**"),
            ("!notes/*.yaml", "notes/*.yaml"),
            ("~/work/notes/*.yaml", "work/notes/*.yaml"),
            ("C:\\work\\notes\\*.yaml", "work/notes/*.yaml"),
            ("notes/**.yaml", "notes/**/*.yaml"),
            ("notes**/*.yaml", "**/notes*/*.yaml"),
        ] {
            assert_eq!(first_proposal(pattern).as_deref(), Some(meant), "{pattern}");
        }
    }

    #[test]
    fn where_nothing_is_meant_nothing_is_proposed() {
        for pattern in ["/", "..", "./", "../..", ".git/*.yaml", "notes/["] {
            assert_eq!(first_proposal(pattern), None, "{pattern}");
        }
        for pattern in ["**", "**/*", "*/**", "**/**"] {
            let fault = check(pattern, PatternList::Exclude).expect_err(pattern);
            assert!(fault.message.starts_with("leaves out every file"), "{fault:?}");
            assert!(fault.proposals.is_empty());
        }
    }

    #[test]
    fn every_end_of_an_absolute_path_is_proposed() {
        let fault = check("/home/sam/repo/notes/", PatternList::Include).unwrap_err();
        assert_eq!(fault.proposals, ["home/sam/repo/notes/**", "sam/repo/notes/**", "repo/notes/**", "notes/**", "**"]);
    }
}
