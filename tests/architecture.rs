//! The shape of the code, read from its `use` lines and paths: no stage depends on one that depends on it, no file of
//! the reading or the lexicon on one that depends on it, and the words of notes are data.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test that meets what it does not expect has to stop"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Modules and the modules that they use.
type Graph = BTreeMap<String, BTreeSet<String>>;

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

fn files_below(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files_below(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

/// The path of a module in the crate, such as `reading::answer::intent`, for each of its files.
fn modules() -> Vec<(Vec<String>, String)> {
    let mut files = Vec::new();
    files_below(&source(), &mut files);
    files.sort();
    let module = |path: &PathBuf| {
        let relative = path.strip_prefix(source()).unwrap().with_extension("");
        let mut parts: Vec<String> = relative.iter().map(|part| part.to_str().unwrap().to_owned()).collect();
        if parts.last().is_some_and(|last| last == "mod") {
            parts.pop();
        }
        parts
    };
    let of_program = |parts: &[String]| matches!(parts, [name] if name == "main" || name == "lib");
    let of_tests = modules_of_tests(&files, module);
    let is_of_tests = |parts: &[String]| of_tests.iter().any(|test| parts.starts_with(test));
    let read = |path: PathBuf| (module(&path), product_code(&fs::read_to_string(path).unwrap()));
    files.into_iter().map(read).filter(|(parts, _)| !of_program(parts) && !is_of_tests(parts)).collect()
}

/// The modules that only tests compile: those declared under `#[cfg(test)]`.
fn modules_of_tests(files: &[PathBuf], module: impl Fn(&PathBuf) -> Vec<String>) -> Vec<Vec<String>> {
    let mut of_tests = Vec::new();
    for path in files {
        let text = fs::read_to_string(path).unwrap();
        for (attribute, line) in text.lines().zip(text.lines().skip(1)) {
            let name =
                line.trim_start_matches("pub(crate) ").strip_prefix("mod ").and_then(|rest| rest.strip_suffix(';'));
            if let Some(name) = name.filter(|_| attribute == "#[cfg(test)]") {
                of_tests.push([module(path), vec![name.to_owned()]].concat());
            }
        }
    }
    of_tests
}

/// The code without comments and without what only tests compile.
fn product_code(text: &str) -> String {
    let text = text.split("\n#[cfg(test)]\nmod tests {").next().unwrap();
    let mut lines = text.lines().peekable();
    let mut code = String::new();
    while let Some(line) = lines.next() {
        let line = line.split("//").next().unwrap();
        if line.trim() == "#[cfg(test)]" {
            lines.next();
            continue;
        }
        code.push_str(line);
        code.push('\n');
    }
    code
}

/// The paths that the code names, from the root of the crate: `use crate::a::{b, c::d}` names `a::b` and `a::c::d`.
fn paths_named(module: &[String], code: &str) -> BTreeSet<Vec<String>> {
    let mut named = BTreeSet::new();
    let squeezed: String = code.split_whitespace().collect::<Vec<_>>().join(" ");
    for start in ["crate::", "super::", "self::"] {
        for (at, _) in squeezed.match_indices(start) {
            let before = squeezed[..at].chars().next_back();
            if before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':') {
                continue;
            }
            collect(&mut Vec::new(), &squeezed[at..], module, &mut named);
        }
    }
    named
}

/// Follows one path, with its braces, and gives back what comes after it.
fn collect<'t>(
    prefix: &mut Vec<String>,
    text: &'t str,
    module: &[String],
    named: &mut BTreeSet<Vec<String>>,
) -> &'t str {
    let end = text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len());
    let (word, rest) = text.split_at(end);
    if !word.is_empty() {
        prefix.push(word.to_owned());
    }
    let mut after = rest;
    if let Some(more) = rest.strip_prefix("::") {
        if let Some(inside) = more.strip_prefix('{') {
            let mut inside = inside.trim_start();
            while !inside.is_empty() && !inside.starts_with('}') {
                inside = collect(&mut prefix.clone(), inside, module, named).trim_start();
                // An alias: `a as b`.
                if let Some(alias) = inside.strip_prefix("as ") {
                    inside = alias.trim_start_matches(|c: char| c.is_alphanumeric() || c == '_').trim_start();
                }
                match inside.strip_prefix(',') {
                    Some(next) => inside = next.trim_start(),
                    None if inside.starts_with('}') => {}
                    None => break,
                }
            }
            after = inside.strip_prefix('}').unwrap_or(inside);
        } else {
            after = collect(prefix, more, module, named);
            return after;
        }
    } else {
        named.insert(absolute(prefix, module));
    }
    after
}

fn absolute(path: &[String], module: &[String]) -> Vec<String> {
    let mut base: Vec<String> = Vec::new();
    let mut rest = path;
    match path.first().map(String::as_str) {
        Some("crate") => rest = &path[1..],
        Some("self") => (base, rest) = (module.to_vec(), &path[1..]),
        Some("super") => {
            base = module.to_vec();
            while rest.first().is_some_and(|part| part == "super") {
                base.pop();
                rest = &rest[1..];
            }
        }
        _ => {}
    }
    base.extend(rest.iter().cloned());
    base
}

/// The graph of what `name` makes of each module; what it makes nothing of is left out.
fn graph(name: impl Fn(&[String]) -> Option<String>) -> Graph {
    let modules = modules();
    let known: BTreeSet<Vec<String>> = modules.iter().map(|(module, _)| module.clone()).collect();
    // A path names the longest module that it begins with.
    let owner = |path: &[String]| (1..=path.len()).rev().map(|n| path[..n].to_vec()).find(|part| known.contains(part));
    let mut graph = Graph::new();
    for (module, code) in &modules {
        let Some(from) = name(module) else { continue };
        let edges = graph.entry(from.clone()).or_default();
        let used = paths_named(module, code).into_iter().filter_map(|path| owner(&path));
        edges.extend(used.filter_map(|module| name(&module)).filter(|to| *to != from));
    }
    graph
}

/// Every group of modules that depend on each other in a circle.
fn circles(graph: &Graph) -> Vec<Vec<String>> {
    let reaches = |from: &String| {
        let (mut seen, mut next) = (BTreeSet::new(), vec![from]);
        while let Some(at) = next.pop() {
            for to in graph.get(at).into_iter().flatten() {
                if seen.insert(to) {
                    next.push(to);
                }
            }
        }
        seen
    };
    let reach: BTreeMap<&String, BTreeSet<&String>> = graph.keys().map(|module| (module, reaches(module))).collect();
    let circle = |module: &String| -> Vec<String> {
        graph.keys().filter(|other| reach[module].contains(other) && reach[other].contains(module)).cloned().collect()
    };
    let found: BTreeSet<Vec<String>> = graph.keys().map(circle).filter(|circle| !circle.is_empty()).collect();
    found.into_iter().collect()
}

#[test]
fn circles_are_found() {
    let edge = |from: &str, to: &[&str]| (from.to_owned(), to.iter().map(|to| (*to).to_owned()).collect());
    let graph: Graph = [edge("a", &["b"]), edge("b", &["c"]), edge("c", &["a"]), edge("d", &["a"])].into();
    assert_eq!(circles(&graph), [["a", "b", "c"]]);
    let named = paths_named(&["x".to_owned(), "y".to_owned()], "use crate::a::{b, c::{D, e as f}};\nuse super::z::G;");
    let named: Vec<String> = named.into_iter().map(|path| path.join("::")).collect();
    assert_eq!(named, ["a::b", "a::c::D", "a::c::e", "x::z::G"]);
}

#[test]
fn no_stage_depends_on_one_that_depends_on_it() {
    let stages = graph(|module| module.first().cloned());
    assert!(stages.len() > 10, "{stages:#?}");
    assert_eq!(circles(&stages), Vec::<Vec<String>>::new(), "{stages:#?}");
}

#[test]
fn no_file_of_the_reading_depends_on_one_that_depends_on_it() {
    // The module file of a folder only names its parts and is the door for others.
    let is_read = |module: &[String]| module.len() > 1 && ["lexicon", "reading"].contains(&module[0].as_str());
    let files = graph(|module| is_read(module).then(|| module.join("::")));
    assert!(files.len() > 20, "{files:#?}");
    assert_eq!(circles(&files), Vec::<Vec<String>>::new(), "{files:#?}");
}

/// How many string literals that may be English words the product code of a file may have at most. Words of notes belong
/// in `src/playbook/`, so a number may only fall, and a file that is not here has none.
const WORD_LITERALS: &[(&str, usize)] = &[
    // The ends of addresses on the web and of the names of files.
    ("lexicon::address", 70),
    // Particles.
    ("lexicon", 4),
    ("lexicon::token", 7),
    // The names of the answers.
    ("reading::answer::intent", 4),
    // The name for none.
    ("reading::answer::reason_kind", 1),
    // What stands in for the name of a workload that has none, for people.
    ("reading::answer::workload", 2),
    // The names of tags.
    ("reading::markup", 41),
    // The rows of a keyboard, and words that lie on them.
    ("reading::noise", 19),
    ("reading::proposition::refusal", 1),
];

/// Files whose literals are names of keys or of letters of the language, and no words of notes.
const NAMES_OF_KEYS: &[&str] = &[
    "lexicon::morphology",
    "lexicon::semantic_class",
    "lexicon::spelling::english",
    "reading::cue_compiler",
    "reading::cue_tables",
    "reading::mark",
    "reading::pattern",
    "reading::property",
];

/// The number of literals that are made of words alone, one or several.
fn word_literals(code: &str) -> usize {
    let code: String = code.lines().filter(|line| !line.trim_start().starts_with("#[")).collect::<Vec<_>>().join("\n");
    let is_of_words = |text: &str| {
        let has_word = text.as_bytes().windows(2).any(|pair| pair.iter().all(u8::is_ascii_lowercase));
        has_word && text.bytes().all(|byte| byte.is_ascii_lowercase() || b" \n\\'-".contains(&byte))
    };
    // Between two quotes that open and close a literal stands nothing but its letters; the code between two literals has
    // other signs.
    let quotes: Vec<usize> = code.match_indices('"').map(|(at, _)| at).collect();
    quotes.windows(2).filter(|pair| is_of_words(&code[pair[0] + 1..pair[1]])).count()
}

#[test]
fn words_of_notes_are_data_and_not_code() {
    for (code, count) in [
        ("#[serde(rename = \"no\")]\nlet a = [\"yes\", \"a\", \"b c\", \"\\n\\n\"];", 1),
        ("[\"two words\", \"it's\", \"on-site\", \"for now \", \" as\"]", 5),
        ("\"in line \\\n    with\"", 1),
        ("(\"Contoso\", \"a1\", \", \", \" - \", \"{name} is\", \"\")", 0),
        ("if name == \"x\" { y } else { \"z\" }", 0),
    ] {
        assert_eq!(word_literals(code), count, "{code}");
    }
    let mut found = Vec::new();
    for (module, code) in modules() {
        let name = module.join("::");
        let is_read = matches!(module[0].as_str(), "reading" | "lexicon");
        if !is_read || name.starts_with("reading::trace") || NAMES_OF_KEYS.contains(&name.as_str()) {
            continue;
        }
        let count = word_literals(&code);
        if count > 0 {
            found.push((name, count));
        }
    }
    let allowed: Vec<(String, usize)> =
        WORD_LITERALS.iter().map(|(name, count)| ((*name).to_owned(), *count)).collect();
    assert_eq!(found, allowed, "a number that has fallen is written into the test, so that it stays there");
}
