//! Whether one pattern matches every path that another matches, so that an `exclude` takes away all of an `include`.
//!
//! The answer is sound and not complete: yes is certain, no may be wrong. Patterns are compared part by part; a wildcard of
//! the pattern that is taken away from is a sign that only a wildcard of the other can stand for.

/// Alternatives in braces that are looked at; with more, or braces in braces, the answer is no.
const MOST_ALTERNATIVES: usize = 64;

/// Whether all that `inner` matches is matched by one of `outer`. Names the first pattern of `outer` that has a share in
/// it.
pub(super) fn covering<'p>(outer: &'p [String], inner: &str) -> Option<&'p str> {
    let inner = alternatives(inner)?;
    let mut first = None;
    for one in &inner {
        let by = outer.iter().find(|pattern| covers(pattern, one))?;
        first = first.or(Some(by.as_str()));
    }
    first
}

/// Whether `outer` matches all that `inner`, which has no braces, matches.
fn covers(outer: &str, inner: &str) -> bool {
    let inner: Vec<&str> = parts(inner);
    alternatives(outer).into_iter().flatten().any(|outer| covers_parts(&parts(&outer), &inner))
}

/// The parts of a pattern. `**/*` at its end is `**`: both are all that lies below.
fn parts(pattern: &str) -> Vec<&str> {
    let mut parts: Vec<&str> = pattern.split('/').collect();
    while parts.ends_with(&["**", "*"]) || parts.ends_with(&["**", "**"]) {
        parts.pop();
    }
    parts
}

/// Which of the parts of `outer` may go on once it has matched those of `inner` so far; one row a part of `inner`, so that
/// the cost is the product of their numbers.
fn covers_parts(outer: &[&str], inner: &[&str]) -> bool {
    let is_deep = |at: usize| outer.get(at) == Some(&"**");
    let mut reached = vec![false; outer.len() + 1];
    if let Some(start) = reached.first_mut() {
        *start = true;
    }
    for (number, part) in inner.iter().enumerate() {
        // `**/` may stand for no folder at all.
        for at in 0..outer.len().saturating_sub(1) {
            if is_deep(at) && reached.get(at) == Some(&true) {
                set(&mut reached, at + 1);
            }
        }
        let is_last = number + 1 == inner.len();
        let mut next = vec![false; outer.len() + 1];
        for (at, other) in outer.iter().enumerate().filter(|(at, _)| reached.get(*at) == Some(&true)) {
            let ends = at + 1 == outer.len();
            match (is_deep(at), *part == "**") {
                // What lies below is matched however deep it is.
                (true, _) if ends => set(&mut next, at + 1),
                (true, _) => set(&mut next, at),
                (false, true) => {}
                (false, false) if part_covers(other, part) => set(&mut next, at + 1),
                (false, false) => {}
            }
            if is_deep(at) && ends && !is_last {
                return true;
            }
        }
        reached = next;
    }
    reached.last() == Some(&true)
}

fn set(row: &mut [bool], at: usize) {
    if let Some(cell) = row.get_mut(at) {
        *cell = true;
    }
}

/// Whether a part of a pattern matches all that another matches. Signs of `inner` that are not letters are only matched by
/// wildcards, or by themselves where the whole parts are the same.
fn part_covers(outer: &str, inner: &str) -> bool {
    if outer == inner {
        return true;
    }
    let (outer, inner): (Vec<char>, Vec<char>) = (outer.chars().collect(), inner.chars().collect());
    if outer.iter().chain(&inner).any(|c| matches!(c, '[' | ']')) {
        return outer == ['*'];
    }
    let mut reached = vec![false; outer.len() + 1];
    set(&mut reached, 0);
    pass_stars(&mut reached, &outer);
    for sign in &inner {
        let mut next = vec![false; outer.len() + 1];
        for (at, other) in outer.iter().enumerate().filter(|(at, _)| reached.get(*at) == Some(&true)) {
            match other {
                '*' => set(&mut next, at),
                // `*` may stand for no letter or for many.
                '?' if *sign != '*' => set(&mut next, at + 1),
                other if other == sign && *sign != '?' => set(&mut next, at + 1),
                _ => {}
            }
        }
        pass_stars(&mut next, &outer);
        reached = next;
    }
    reached.last() == Some(&true)
}

/// A star may stand for nothing.
fn pass_stars(reached: &mut [bool], outer: &[char]) {
    for (at, sign) in outer.iter().enumerate() {
        if *sign == '*' && reached.get(at) == Some(&true) {
            set(reached, at + 1);
        }
    }
}

/// A pattern without its braces: one pattern for each alternative.
pub(super) fn alternatives(pattern: &str) -> Option<Vec<String>> {
    let mut all = vec![String::new()];
    let mut rest = pattern;
    while let Some((before, from_brace)) = rest.split_once('{') {
        let (inside, after) = from_brace.split_once('}')?;
        if inside.contains('{') || before.contains('[') || inside.contains('[') {
            return None;
        }
        let choices: Vec<&str> = inside.split(',').collect();
        if all.len() * choices.len() > MOST_ALTERNATIVES {
            return None;
        }
        let with = |start: &String| choices.iter().map(|choice| format!("{start}{before}{choice}")).collect::<Vec<_>>();
        all = all.iter().flat_map(with).collect();
        rest = after;
    }
    all.iter_mut().for_each(|one| one.push_str(rest));
    Some(all)
}

#[cfg(test)]
mod tests {
    use super::super::selection::compile;
    use super::*;

    fn covered(outer: &str, inner: &str) -> bool {
        covering(&[outer.to_owned()], inner).is_some()
    }

    #[test]
    fn what_takes_away_all_of_another() {
        for (outer, inner) in [
            ("notes/**", "notes/**/*.yaml"),
            ("notes/**", "notes/**"),
            ("notes/**/*", "notes/**"),
            ("notes/**", "notes/*.yaml"),
            ("notes/**", "notes/a/b/**/c.yaml"),
            ("n*/**", "notes/**"),
            ("*/**", "notes/**"),
            ("**/*.yaml", "notes/**/*.yaml"),
            ("**/*.yaml", "*.yaml"),
            ("**/*.yaml", "**/*.yaml"),
            ("**/*.y*", "**/*.yaml"),
            ("**/*.y?ml", "notes/*.yaml"),
            ("**/*.{yaml,yml}", "notes/**/*.yaml"),
            ("**/*.{yaml,yml}", "notes/**/*.{yml,yaml}"),
            ("**/notes/**", "a/notes/**"),
            ("**/notes/**", "a/**/notes/*.yaml"),
            ("**/notes/**", "notes/*.yaml"),
            ("notes/*", "notes/*.yaml"),
            ("notes/a.yaml", "notes/a.yaml"),
            ("notes/**/*.yaml", "notes/old/**/*.yaml"),
            ("notes/**/*.yaml", "notes/*.yaml"),
            ("{notes,other}/**", "notes/*.yaml"),
            ("**", "notes/**"),
            ("*", "notes.yaml"),
        ] {
            assert!(covered(outer, inner), "{outer} takes away {inner}");
        }
        let both = ["**/*.yml".to_owned(), "**/*.yaml".to_owned()];
        assert_eq!(covering(&both, "notes/**/*.{yaml,yml}"), Some("**/*.yaml"));
    }

    #[test]
    fn what_leaves_something() {
        for (outer, inner) in [
            ("notes/old/**", "notes/**"),
            ("notes/*", "notes/**"),
            ("notes/**/*.yaml", "notes/**"),
            ("notes/*/**", "notes/**"),
            ("*/**", "**/*.yaml"),
            ("**/*.yaml", "notes/**/*.{yaml,yml}"),
            ("*.yaml", "notes/*.yaml"),
            ("*", "**"),
            ("other/**", "notes/**"),
            ("notes/a*.yaml", "notes/*.yaml"),
            ("notes/?.yaml", "notes/*.yaml"),
            ("notes/[ab].yaml", "notes/a.yaml"),
            ("**/notes/**", "**/*.yaml"),
            ("**/a/*.yaml", "a/**/*.yaml"),
            ("a/**/b/*.yaml", "a/**/*.yaml"),
            ("notes/{a,{b,c}}/**", "notes/b/**"),
        ] {
            assert!(!covered(outer, inner), "{outer} leaves something of {inner}");
        }
    }

    #[test]
    fn what_is_said_to_be_taken_away_is() {
        let patterns = [
            "**",
            "*",
            "*.yaml",
            "**/*.yaml",
            "a/**",
            "a/*",
            "a/*.yaml",
            "a/**/*.yaml",
            "**/a/**",
            "a/b/**",
            "*/**",
            "a/*/**",
            "**/b.yaml",
            "a/**/b/**",
            "**/a/*.yaml",
            "{a,b}/**",
            "a/b.yaml",
            "?/*.yaml",
            "**/?.y*ml",
            "*/b/*",
        ];
        let names = ["a", "b", "b.yaml", "x.yaml", "x.yml", "a.yaml"];
        let mut paths: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        for _ in 0..2 {
            let deeper = paths.iter().flat_map(|path| ["a", "b", "c"].map(|folder| format!("{folder}/{path}")));
            paths = deeper.chain(paths.clone()).collect();
        }
        for outer in patterns {
            let outer_glob = compile(outer).unwrap().compile_matcher();
            for inner in patterns.iter().filter(|inner| covered(outer, inner)) {
                let inner_glob = compile(inner).unwrap().compile_matcher();
                for path in paths.iter().filter(|path| inner_glob.is_match(path)) {
                    assert!(outer_glob.is_match(path), "{outer} takes away {inner}, and leaves {path}");
                }
            }
        }
    }
}
