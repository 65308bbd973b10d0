//! The promises that `fuzz/` asks about whatever it makes up, asked about generated texts and about every fixture.
#![allow(clippy::unwrap_used, reason = "a test that meets what it does not expect has to stop")]

#[path = "properties/mod.rs"]
mod properties;

use proptest::prelude::*;
use std::fs;
use std::path::Path;

/// What YAML and records are made of, in any order, and any character.
fn file() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        8 => prop::sample::select(vec![
            "customer: Contoso\n", "workload: Teams\n", "status: blocked\n", "note: ", "note: >-\n  ", "note: |+\n  ", "- ",
            "refresh_summary:\n", "- {date: 2020-03-01, who_changed: B}\n", "refresh_summary: []\n", "waivers:\n",
            "- rule: hedging\n  reason: x\n", "entitlements:\n", "  ", "    ", "\n", "\r\n", "\r", "---\n", "...\n", "# c\n",
            "&a ", "*a", "<<: *a\n", "!!binary ", "!t ", "? ", ": ", "[", "]", "{", "}", ", ", "\"", "'", "\\", "\\n", "|", ">",
            "\t", "%YAML 1.2\n", "~", "\u{feff}", "\u{0}", "\u{85}", "\u{2028}", "\u{200b}", "é", "漢", "🙂", "e\u{301}",
            "No intent because the proxy drops UDP 3478.", "various issues", "- customer: D\n  workload: Yammer\n  note: b\n",
            "{\"customer\": \"C\", \"workload\": \"Teams\", \"status\": \"blocked\", \"note\": \"a\"}", "Note: x\n",
        ]).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
        1 => "[ a-z:#-]{1,6}",
    ];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

/// Notes out of words that mean something, with marks and any characters between them.
fn note() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        6 => prop::sample::select(vec![
            "no intent", "because", "they", "use", "Slack", "blocked by", "the proxy", "drops UDP 3478", "TBD", "not", "several",
            "calls", "unanswered", "Contoso|Teams\n", "for now", "maybe", "duplicate of", "pilot", "in May", ".", ",", ";", " - ",
            "\n", "(", ")", "\"", "e.g.", "1.", "http://x.y", "a@b.cd", "É", "ﬁ", "ß", "İ", "𝐧𝐨", "\u{200b}", "\u{301}", "🙂", "漢字",
        ]).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ];
    let between = prop_oneof![4 => Just(" "), 1 => Just("")];
    prop::collection::vec((piece, between), 0..20)
        .prop_map(|pieces| pieces.into_iter().flat_map(|(piece, between)| [piece, between.to_owned()]).collect())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_place_of_the_tree_is_in_the_file(file in file()) {
        properties::yaml(file.as_bytes());
    }

    #[test]
    fn every_place_of_a_record_is_in_the_file(file in file()) {
        properties::record(file.as_bytes());
    }

    #[test]
    fn every_finding_is_at_a_place_and_every_run_says_the_same(file in file()) {
        properties::check(file.as_bytes());
    }

    #[test]
    fn any_bytes_are_checked(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        properties::yaml(&bytes);
        properties::record(&bytes);
        properties::check(&bytes);
        properties::configuration(&bytes);
    }

    #[test]
    fn every_part_of_a_reading_is_in_the_note(note in note()) {
        properties::reading(&note);
    }

    #[test]
    fn what_is_configured_judges_or_is_refused_with_a_line(file in file(), line in 0..LINES.len()) {
        properties::configuration(file.as_bytes());
        properties::configuration(format!("{}\n{file}", LINES[line]).as_bytes());
    }

    #[test]
    fn every_format_can_be_read(path in "[a-z%:\u{1b}\n ]{0,6}", file in file(), format in 0..properties::reports::FORMATS) {
        properties::reports::report(format, &format!("{path}\n{file}"));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_space_at_the_end_moves_no_grade(note in note()) {
        properties::grade(&note);
    }

    #[test]
    fn an_edit_says_what_was_asked_for_and_touches_nothing_else(file in file()) {
        let record = "customer: Contoso\nworkload: Teams\nstatus: blocked\n";
        properties::edits::edits(format!("{record}{file}").as_bytes());
    }
}

/// Lines with which configurations begin.
const LINES: [&str; 6] = [
    "rules: {hedging: off}",
    "include: ['**/*.yaml']",
    "fields: {note: [text, remark]}",
    "playbook: {words: {}}",
    "overrides: [{paths: ['a/**'], rules: {hedging: error}}]",
    "fail_on: marginal",
];

/// The files of the fixtures; the sealed ones are left alone, which nobody reads.
fn fixtures(folder: &Path, files: &mut Vec<Vec<u8>>) {
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    for path in paths {
        let is_data =
            path.extension().is_some_and(|ending| ["yaml", "yml", "json"].iter().any(|known| ending == *known));
        match path.is_dir() {
            true => fixtures(&path, files),
            false if is_data => files.push(fs::read(path).unwrap()),
            false => {}
        }
    }
}

#[test]
fn they_hold_for_every_fixture() {
    let mut files = Vec::new();
    fixtures(&Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures"), &mut files);
    assert!(files.len() > 250, "{}", files.len());
    for (number, file) in files.iter().enumerate() {
        properties::yaml(file);
        properties::record(file);
        properties::configuration(file);
        if file.len() < 20_000 {
            properties::check(file);
            let format = u8::try_from(number % usize::from(properties::reports::FORMATS)).unwrap();
            properties::reports::report(format, &format!("notes/\n{}", String::from_utf8_lossy(file)));
        }
    }
}
