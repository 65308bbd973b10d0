//! The public suite of YAML (github.com/yaml/yaml-test-suite, its branch `data`): what is valid is read, and what is not is
//! refused, but for the exceptions that are named here. `.ci/yaml-suite` fetches the suite and runs this.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test that meets what it does not expect has to stop"
)]

use notegate::yaml::{self, Limits};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::{env, fs};

/// Cases whose verdict is another one here, and why.
const EXCEPTIONS: [(&str, &str); 1] = [(
    "2JQS",
    "an empty key twice: YAML wants keys to differ and leaves it to the reader to ask; a record has each key once",
)];

/// The cases below a folder, each with its name: `229Q`, or `2G84/00` where there are several of a name.
fn cases(root: &Path, folder: &Path, found: &mut BTreeMap<String, PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        // `name` and `tags` are folders of links to the cases.
        let is_index = path.is_symlink() || path.ends_with("name") || path.ends_with("tags") || path.ends_with(".git");
        if path.join("in.yaml").is_file() && !path.is_symlink() {
            found.insert(path.strip_prefix(root).unwrap().to_str().unwrap().to_owned(), path);
        } else if path.is_dir() && !is_index {
            cases(root, &path, found);
        }
    }
}

/// What keeps a text from being read, if anything.
fn refusal(bytes: Vec<u8>) -> Option<String> {
    let limits = Limits::default();
    let decoded = yaml::decode(bytes, &limits);
    let parsed = yaml::parse(&decoded.text, &limits);
    decoded.error.into_iter().chain(parsed.errors).next().map(|error| error.message())
}

#[test]
#[ignore = "needs the suite: .ci/yaml-suite"]
fn its_verdicts_are_met() {
    let root = PathBuf::from(env::var_os("NOTEGATE_YAML_SUITE").unwrap());
    let mut found = BTreeMap::new();
    cases(&root, &root, &mut found);
    assert!(found.len() >= 400, "{} cases", found.len());
    let mut others = BTreeMap::new();
    for (name, folder) in &found {
        let refusal = refusal(fs::read(folder.join("in.yaml")).unwrap());
        let is_valid = !folder.join("error").exists();
        if is_valid == refusal.is_some() {
            others.insert(name.as_str(), refusal.unwrap_or_else(|| "not valid, and read".to_owned()));
        }
    }
    let excepted: BTreeSet<&str> = EXCEPTIONS.iter().map(|(name, _)| *name).collect();
    let different: BTreeSet<&str> = others.keys().copied().collect();
    assert_eq!(different, excepted, "{others:#?}");
    println!("{} cases, {} of them excepted", found.len(), excepted.len());
}
