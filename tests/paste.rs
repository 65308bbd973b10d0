//! The block that help proposes for a refresh summary, pasted where it says, in every layout of a record: it is read,
//! its stand-ins never pass, and with a name and a change in their place the record does.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that meets what it does not expect has to stop")]

use notegate::Checker;
use notegate::config::Config;
use notegate::day::Today;
use notegate::finding::Severity;

const NOTE: &str = "Unable to deploy because the Palo Alto proxy drops UDP 3478.";

fn checked(text: &str) -> Vec<(String, Option<String>)> {
    let config = Config::default();
    let checker = Checker::new(&config).on(Today::fixed(jiff::civil::date(2026, 7, 1)));
    let report = checker.check_bytes("notes.yaml", text.as_bytes());
    let all = report.findings.iter().chain(report.records.iter().flat_map(|record| &record.findings));
    let errors = all.filter(|finding| finding.severity == Severity::Error);
    errors.map(|finding| (finding.rule.to_owned(), finding.help.clone())).collect()
}

/// The block that the help about the refresh summary of `text` proposes.
fn block(text: &str) -> String {
    let errors = checked(text);
    let [(rule, Some(help))] = &errors[..] else { panic!("{errors:?} of {text}") };
    assert!(["missing-field", "refresh-missing", "wrong-type"].contains(&rule.as_str()), "{rule}");
    help.split_once('\n').unwrap().1.to_owned()
}

/// Pastes the block in place of `@` and of what is to be replaced, which stands between two of them.
fn paste(text: &str) -> String {
    let parts: Vec<&str> = text.split('@').collect();
    let [before, replaced, after] = parts[..] else { panic!("{text}") };
    let block = block(&format!("{before}{replaced}{after}"));
    let end = if replaced.is_empty() || replaced.ends_with('\n') { "\n" } else { "" };
    format!("{before}{block}{end}{after}")
}

#[test]
fn a_block_is_pasted_as_it_is() {
    let fields = format!("customer: C\nworkload: Teams\nstatus: Blocked\nnote: {NOTE}\n");
    let item = fields.replace('\n', "\n  ").trim_end().to_owned();
    let deep = fields.replace('\n', "\n      ").trim_end().to_owned();
    let json = format!("\"customer\": \"C\", \"workload\": \"Teams\", \"status\": \"Blocked\", \"note\": \"{NOTE}\"");
    for text in [
        format!("{fields}@@"),
        format!("{fields}@refresh_summary:\n@"),
        format!("{fields}@refresh_summary: []\n@"),
        format!("{fields}@refresh_summary: ~\n@"),
        format!("@refresh_summary: []\n@{fields}"),
        format!("{fields}@refresh_summary: |\n  | date | who | what |\n@"),
        format!("- {item}\n@@"),
        format!("- {item}\n@  refresh_summary: []\n@"),
        format!("entitlements:\n    - {deep}\n@@"),
        format!("\u{feff}{fields}@@"),
        format!("{{{json}, @@}}\n"),
        format!("{{{json}, @\"refresh_summary\": []@}}\n"),
        format!("[{{{json}, @@}}]\n"),
    ] {
        let pasted = paste(&text);
        let rules: Vec<String> = checked(&pasted).into_iter().map(|(rule, _)| rule).collect();
        assert_eq!(rules, ["refresh-incomplete"], "{pasted}");
        let filled = pasted.replace("your name", "Jo Bell").replace("what you did, in a few words", "Proxy tested");
        assert_eq!(checked(&filled), [], "{filled}");
    }
}
