//! Who answers for a file by `CODEOWNERS`, as GitHub and GitLab read it.

use globset::{GlobBuilder, GlobMatcher};

/// Where the file may be, from the root of the repository; the first one counts.
pub(crate) const PLACES: [&str; 4] = [".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS"];

/// The most that is read of the file, in bytes; GitHub passes over a larger one.
pub(crate) const MOST_BYTES: u64 = 3 * 1024 * 1024;

/// The rules of a `CODEOWNERS` file.
#[derive(Debug, Clone, Default)]
pub(crate) struct CodeOwners {
    /// One, unless the file has GitLab's sections.
    sections: Vec<Section>,
}

#[derive(Debug, Clone, Default)]
struct Section {
    /// Those of a line that names none.
    owners: Vec<String>,
    lines: Vec<Line>,
}

#[derive(Debug, Clone)]
struct Line {
    matchers: Vec<GlobMatcher>,
    owners: Vec<String>,
}

impl CodeOwners {
    /// Reads the file. A line that neither host would understand is passed over, as they do.
    #[must_use]
    pub(crate) fn parse(text: &str) -> Self {
        let mut sections = vec![Section::default()];
        for line in text.trim_start_matches('\u{feff}').lines().map(str::trim) {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            if let Some(owners) = section(line) {
                sections.push(Section { owners, lines: Vec::new() });
                continue;
            }
            let mut words = words(line);
            if words.is_empty() {
                continue;
            }
            let pattern = words.remove(0);
            let matchers = matchers(&pattern);
            if let (Some(section), false) = (sections.last_mut(), matchers.is_empty()) {
                let owners = if words.is_empty() { section.owners.clone() } else { words };
                section.lines.push(Line { matchers, owners });
            }
        }
        Self { sections }
    }

    /// The owners of the file at `path`, which counts from the root of the repository: those of the last line that
    /// matches, in each section.
    #[must_use]
    pub(crate) fn of(&self, path: &str) -> Vec<String> {
        let mut owners: Vec<String> = Vec::new();
        for section in &self.sections {
            let is_met = |line: &&Line| line.matchers.iter().any(|matcher| matcher.is_match(path));
            let Some(line) = section.lines.iter().rev().find(is_met) else { continue };
            let new: Vec<String> = line.owners.iter().filter(|owner| !owners.contains(owner)).cloned().collect();
            owners.extend(new);
        }
        owners
    }

    /// Whether no file has an owner.
    #[must_use]
    pub(crate) fn is_empty(&self) -> bool {
        self.sections.iter().all(|section| section.lines.is_empty())
    }
}

/// The default owners of a section whose heading `line` is: `[Name] @owner`, `^[Name][2]`.
fn section(line: &str) -> Option<Vec<String>> {
    let heading = line.strip_prefix('^').unwrap_or(line).strip_prefix('[')?;
    let (_, after) = heading.split_once(']')?;
    // How many approvals the section needs.
    let after = after.strip_prefix('[').and_then(|rest| rest.split_once(']')).map_or(after, |(_, rest)| rest);
    Some(words(after))
}

/// The words of a line up to a comment; a blank after a backslash is part of a word.
fn words(line: &str) -> Vec<String> {
    let (mut words, mut word) = (Vec::new(), String::new());
    let mut characters = line.chars();
    while let Some(c) = characters.next() {
        match c {
            '\\' => {
                word.push('\\');
                word.extend(characters.next());
            }
            '#' if word.is_empty() => break,
            _ if c.is_whitespace() => words.extend(Some(std::mem::take(&mut word)).filter(|word| !word.is_empty())),
            _ => word.push(c),
        }
    }
    words.extend(Some(word).filter(|word| !word.is_empty()));
    words
}

/// What matches the files of a pattern, which is written as in `.gitignore` but for `!` and `[…]`.
fn matchers(pattern: &str) -> Vec<GlobMatcher> {
    if pattern.starts_with('!') {
        return Vec::new();
    }
    let inner = pattern.trim_start_matches('/');
    let is_anchored = pattern.starts_with('/') || inner.trim_end_matches('/').contains('/');
    let start = if is_anchored { "" } else { "**/" };
    let mut inner = inner.to_owned();
    for special in ['[', ']', '{', '}'] {
        inner = inner.replace(special, &format!("\\{special}"));
    }
    let globs = match inner.strip_suffix('/') {
        Some(folder) => vec![format!("{start}{folder}/**")],
        // `docs/*` is about the files right in `docs`.
        None if inner.ends_with("/*") => vec![format!("{start}{inner}")],
        None => vec![format!("{start}{inner}"), format!("{start}{inner}/**")],
    };
    let matcher = |glob: &String| {
        let glob = GlobBuilder::new(glob).literal_separator(true).backslash_escape(true).build().ok()?;
        Some(glob.compile_matcher())
    };
    globs.iter().filter_map(matcher).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn assert_owners(file: &str, cases: &[(&str, &str)]) {
        let owners = CodeOwners::parse(file);
        for (path, expected) in cases {
            assert_eq!(owners.of(path).join(" "), *expected, "{path}");
        }
    }

    /// The example of GitHub's documentation.
    #[test]
    fn the_last_line_that_matches_decides() {
        assert_owners(
            "# comment\n*       @global-owner1 @global-owner2\n*.js    @js-owner #inline\n*.go docs@example.com\n\
             /build/logs/ @doctocat\ndocs/* docs@example.com\napps/ @octocat\n/docs/ @doctocat\n/scripts/ @doctocat \
             @octocat\n**/logs @octocat\n/apps/ @octocat\n/apps/github\n",
            &[
                ("README.md", "@global-owner1 @global-owner2"),
                ("a/b.js", "@js-owner"),
                ("build/logs/x", "@octocat"),
                ("x/apps/y", "@octocat"),
                ("docs/getting-started.md", "@doctocat"),
                ("docs/build/trouble.md", "@doctocat"),
                ("scripts/a", "@doctocat @octocat"),
                ("apps/github/a", ""),
            ],
        );
    }

    #[test]
    fn a_star_at_the_end_of_a_folder_does_not_reach_below_it() {
        assert_owners("docs/* @a\n", &[("docs/x.md", "@a"), ("docs/y/x.md", ""), ("z/docs/x.md", "")]);
        assert_owners("/notes/contoso @a\n", &[("notes/contoso/x.yaml", "@a"), ("notes/contosos/x.yaml", "")]);
    }

    #[test]
    fn blanks_comments_and_what_hosts_do_not_know() {
        assert_owners(
            "with\\ blank.yaml @a\n!x @b\n[ab].yaml\n",
            &[("with blank.yaml", "@a"), ("x", ""), ("a.yaml", "")],
        );
        assert_owners("\u{feff}* @a\r\n", &[("x", "@a")]);
        assert_owners("", &[("x", "")]);
        assert!(CodeOwners::parse("# nothing\n").is_empty());
    }

    #[test]
    fn each_section_of_gitlab_has_its_say() {
        let file = "* @all\n[Notes] @team\nnotes/\nnotes/x.yaml @sam\n^[Docs][2] @writers\n*.md\n";
        assert_owners(
            file,
            &[
                ("notes/a.yaml", "@all @team"),
                ("notes/x.yaml", "@all @sam"),
                ("a.md", "@all @writers"),
                ("notes/a.md", "@all @team @writers"),
            ],
        );
    }
}
