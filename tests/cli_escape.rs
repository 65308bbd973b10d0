//! Control characters and characters that turn the direction of text reach no stream, in no format.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that meets what it does not expect has to stop"
)]

mod support;

use support::{Project, Run};

/// Every character that may not get out, but for the line feed that ends lines.
fn hostile() -> Vec<char> {
    let controls = ('\u{1}'..='\u{1f}').chain('\u{7f}'..='\u{9f}').filter(|c| !matches!(c, '\n' | '\r' | '\t'));
    let bidi = ['\u{61c}', '\u{200e}', '\u{200f}', '\u{feff}', '\u{2028}'];
    controls.chain(bidi).chain('\u{202a}'..='\u{202e}').chain('\u{2066}'..='\u{2069}').collect()
}

/// All of them, as escapes of a double-quoted YAML text: YAML itself refuses most of them as they are.
fn escaped() -> String {
    hostile().iter().map(|c| format!("\\u{:04x}", u32::from(*c))).collect()
}

#[track_caller]
fn assert_clean(run: &Run) {
    for stream in [&run.stdout, &run.stderr] {
        let found = stream.chars().find(|c| (c.is_control() && *c != '\n') || hostile().contains(c));
        assert_eq!(found.map(u32::from), None, "{}", run.transcript());
    }
}

fn assert_clean_in_every_format(project: &Project, arguments: &[&str]) {
    for format in ["human", "concise", "json", "sarif", "github", "gitlab", "junit", "markdown", "csv"] {
        for level in ["-v", "-q", "--redact"] {
            assert_clean(&project.check(&[arguments, &["--format", format, level]].concat()));
        }
    }
}

#[test]
fn in_values_and_keys() {
    let evil = escaped();
    let project = Project::new();
    project.write(
        "a.yaml",
        format!(
            "customer: \"C{evil}\"\nworkload: \"W{evil}\"\nstatus: \"S{evil}\"\nnote: \"Customer cannot {evil} deploy\"\n\
             \"refresh_sumary{evil}\": x\nwaivers: [{{rule: \"r{evil}\", reason: \"x{evil}\", \"k{evil}\": 1}}]\n\
             refresh_summary:\n  - {{date: \"d{evil}\", who_changed: \"w{evil}\", what_changed: \"\"}}\n"
        ),
    );
    project.write("b.yaml", format!("\"k{evil}\": 1\n\"k{evil}\": 2\n"));
    project.write("c.yaml", format!("a: *x{}\n", "\u{202e}"));
    assert_clean_in_every_format(&project, &[]);
}

#[test]
fn in_raw_bytes_of_a_file() {
    let project = Project::new();
    for c in hostile() {
        project.write(&format!("{:04x}.yaml", u32::from(c)), format!("note: a{c}b\nstatus: {c}\nworkload: [{c}\n"));
    }
    assert_clean_in_every_format(&project, &[]);
}

#[test]
fn in_file_names_and_arguments() {
    let evil: String = hostile().into_iter().collect();
    let project = Project::with(&format!("n{evil}.yaml"), support::poor());
    assert_clean_in_every_format(&project, &[]);
    for arguments in [
        vec!["check", "--list-files"],
        vec!["check", &*evil],
        vec!["check", "--format", &*evil],
        vec!["check", "--config", &*evil],
        vec!["check", "--output", &*evil, "--config", "/nowhere"],
        vec!["check", "--today", &*evil],
        vec!["explain", &*evil],
        vec!["grade", "--status", &*evil, "note"],
        vec!["grade", &*evil],
        vec![&*evil],
    ] {
        assert_clean(&project.run(&arguments));
    }
    assert_clean(&project.run_with(&["check", "-", "--stdin-filename", &evil], b"note: [", &[]));
}

#[test]
fn in_the_configuration() {
    let evil = escaped();
    let project = Project::with("a.yaml", support::poor());
    project.write(
        "notegate.yaml",
        format!(
            "\"k{evil}\": 1\nrules: {{\"r{evil}\": off, hedging: \"{evil}\"}}\nfields: {{note: \"n{evil}\"}}\n\
             include: [\"[{evil}\"]\nplaybook: {{words: {{\"{evil}\": []}}}}\n"
        ),
    );
    let run = project.check(&[]);
    assert_eq!(run.code, 2);
    assert_clean(&run);
    project.write("notegate.yaml", format!("exclude: [\"x{evil}\"]\n"));
    assert_clean(&project.check(&["--print-config"]));
}

#[test]
fn in_the_configuration_of_a_change() {
    let project =
        Project::with("notegate.yaml", format!("playbook: {{words: {{hedge-time: [\"x{}\"]}}}}\n", escaped()));
    std::fs::remove_dir(project.path().join(".git")).unwrap();
    project.git(&["init", "--quiet"]);
    project.git(&["add", "notegate.yaml"]);
    let run = project.check(&["--staged", "--print-config"]);
    assert_eq!(run.code, 0, "{}", run.transcript());
    assert!(run.stdout.contains("hedge-time"), "{}", run.stdout);
    assert_clean(&run);
}

#[test]
fn what_nobody_sees_is_shown_wherever_a_name_of_the_configuration_or_a_key_is_quoted() {
    for hidden in ['\u{200b}', '\u{ad}', '\u{2060}', '\u{200d}', '\u{3164}', '\u{180e}'] {
        let shown = format!("<U+{:04X}>", u32::from(hidden));
        for configuration in [
            format!("\"incl{hidden}ude\": [a]\n"),
            format!("rules: {{\"hed{hidden}ging\": off}}\n"),
            format!("fields: {{\"no{hidden}te\": x}}\n"),
            format!("playbook: {{\"wor{hidden}ds\": {{}}}}\n"),
            format!("playbook: {{words: {{\"vag{hidden}ue\": [a]}}}}\n"),
            format!("include: [\"no{hidden}tes/*.yaml\"]\n"),
        ] {
            let project = Project::with("a.yaml", "a: b\n");
            project.write("notegate.yaml", &configuration);
            let run = project.check(&[]);
            assert!(run.stderr.contains(&shown) && !run.stderr.contains(hidden), "{configuration}{}", run.transcript());
        }
        let project = Project::with("a.yaml", format!("\"cust{hidden}omer\": A\n\"no{hidden}te\": x\n"));
        let run = project.check(&[]);
        assert!(run.stdout.contains(&format!("`cust{shown}omer`")), "{}", run.transcript());
        assert!(run.stdout.contains(&format!("`note` in place of `no{shown}te`")), "{}", run.transcript());
    }
}
