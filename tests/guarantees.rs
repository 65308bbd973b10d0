//! `docs/guarantees.md`: each promise has its tests, each of them is there, and the page says what the last run said.
//! `.ci/guarantees` runs all tests and writes the page.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test that meets what it does not expect has to stop"
)]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Part {
    part: String,
    promises: Vec<Promise>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Promise {
    says: String,
    tests: Vec<String>,
}

const INTRODUCTION: &str = "# Guarantees

What notegate promises, for those who have to decide whether to trust it, and the tests that prove each promise.
[SECURITY.md](../SECURITY.md) says what input is taken for hostile, and how to report a fault; a promise of this page that
does not hold is one.

The page is written by `.ci/guarantees`, which runs all tests and refuses to write it when a test named here is gone, failed or
was not run. A name is the file of the test and the test in it: run `git::shapes::sha_256` with
`cargo test --test git shapes::sha_256`, and those that begin with `lib` with `cargo test --lib`. The promises about any input
are asked again by the targets of `fuzz/`, which `.ci/fuzz SECONDS` runs on whatever a fuzzer makes up.
";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

fn parts() -> Vec<Part> {
    serde_yaml::from_str(&fs::read_to_string(root().join("tests/guarantees/promises.yaml")).unwrap()).unwrap()
}

/// Every test that is named.
fn named(parts: &[Part]) -> Vec<&str> {
    parts.iter().flat_map(|part| &part.promises).flat_map(|promise| &promise.tests).map(String::as_str).collect()
}

/// The page after a run of so many tests.
fn page(parts: &[Part], run: &str) -> String {
    let promises = parts.iter().map(|part| part.promises.len()).sum::<usize>();
    let mut page = format!("{INTRODUCTION}\n{promises} promises, {} proofs. {run}\n", named(parts).len());
    for part in parts {
        write!(page, "\n## {}\n", part.part).unwrap();
        for promise in &part.promises {
            write!(page, "\n- **{}**\n", promise.says).unwrap();
            for test in &promise.tests {
                writeln!(page, "  - `{test}`").unwrap();
            }
        }
    }
    page
}

/// The line of the page that tells of the run.
const RUN: &str = "In the last run ";

fn path() -> PathBuf {
    root().join("docs/guarantees.md")
}

#[test]
fn each_promise_has_tests_that_are_there() {
    for test in named(&parts()) {
        let (target, path) = test.split_once("::").unwrap();
        let mut modules: Vec<&str> = path.split("::").collect();
        let name = modules.pop().unwrap();
        if modules.last() == Some(&"tests") && target == "lib" {
            modules.pop();
        }
        let folder = if target == "lib" { root().join("src") } else { root().join("tests") };
        let below = if target == "lib" { folder } else { folder.join(target) };
        let place = modules.iter().fold(below, |place, module| place.join(module));
        let candidates =
            [place.with_extension("rs"), place.join("mod.rs"), place.join("tests.rs"), place.join("main.rs")];
        let texts = candidates.iter().filter_map(|path| fs::read_to_string(path).ok());
        let declared = format!("fn {name}(");
        let is_test = |text: String| {
            let before = text.split_once(&declared).map(|(before, _)| before.trim_end().to_owned());
            before.is_some_and(|before| {
                let attributes = before.rsplit("\n\n").next().unwrap();
                attributes.contains("#[test]") && !attributes.contains("#[ignore")
            })
        };
        assert!(
            texts.into_iter().any(is_test),
            "{test} is promised in tests/guarantees/promises.yaml, and is not there"
        );
    }
}

#[test]
fn no_promise_is_made_twice_or_without_a_proof() {
    let parts = parts();
    let mut said = BTreeMap::new();
    for promise in parts.iter().flat_map(|part| &part.promises) {
        assert!(promise.says.ends_with('.') && !promise.tests.is_empty(), "{}", promise.says);
        assert_eq!(said.insert(&promise.says, ()), None, "{}", promise.says);
    }
}

#[test]
fn the_page_is_that_of_the_promises() {
    let written = fs::read_to_string(path()).unwrap();
    let run = written.split_once(RUN).and_then(|(_, rest)| rest.split_once('\n')).unwrap().0;
    assert!(written == page(&parts(), &format!("{RUN}{run}")), "the page is not up to date: run .ci/guarantees");
}

/// What a run of `cargo test` says of each test, by target and name.
fn results(log: &str) -> BTreeMap<String, String> {
    let mut target = String::new();
    let mut results = BTreeMap::new();
    for line in log.lines() {
        let line = line.trim();
        if let Some(rest) = line.strip_prefix("Running ") {
            let file = rest.trim_start_matches("unittests ").split(' ').next().unwrap();
            let parts: Vec<&str> = file.trim_end_matches(".rs").split('/').collect();
            target = match parts.as_slice() {
                ["src", name] => (*name).to_owned(),
                ["tests", name, ..] => (*name).to_owned(),
                _ => file.to_owned(),
            };
        } else if let Some((name, result)) = line.strip_prefix("test ").and_then(|rest| rest.rsplit_once(" ... ")) {
            results.insert(format!("{target}::{name}"), result.to_owned());
        }
    }
    results
}

#[test]
#[ignore = "writes the page: .ci/guarantees, which runs the tests before"]
fn write_the_page() {
    let log = fs::read_to_string(env::var("NOTEGATE_TEST_LOG").unwrap()).unwrap();
    let results = results(&log);
    let parts = parts();
    for test in named(&parts) {
        let result = results.get(test).map_or("was not run", String::as_str);
        assert_eq!(result, "ok", "{test} is promised, and does not prove anything");
    }
    let passed = results.values().filter(|result| *result == "ok").count();
    let failed: Vec<&String> =
        results.iter().filter(|(_, result)| result.starts_with("FAILED")).map(|(test, _)| test).collect();
    assert!(failed.is_empty(), "{failed:#?}");
    let ignored = results.values().filter(|result| result.starts_with("ignored")).count();
    let run = format!("{RUN}{passed} tests passed, none failed, and {ignored} were left for scripts of their own.");
    fs::write(path(), page(&parts, &run)).unwrap();
}

#[test]
fn a_log_is_read() {
    let log = "     Running unittests src/lib.rs (target/debug/deps/a-1)\n\nrunning 1 test\ntest a::b ... ok\n     Running \
               tests/git/main.rs (target/x)\ntest c::d ... FAILED\ntest e ... ignored, because\n";
    let results = results(log);
    let expected = [("git::c::d", "FAILED"), ("git::e", "ignored, because"), ("lib::a::b", "ok")];
    assert!(results.iter().map(|(test, result)| (test.as_str(), result.as_str())).eq(expected), "{results:?}");
}
