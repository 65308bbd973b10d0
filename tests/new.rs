//! `notegate new`, as a writer runs it: by arguments.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that meets what it does not expect has to stop"
)]

mod support;

use std::fs;
use support::{Project, Run, TODAY, great, record};

const REASON: &str = "the Palo Alto proxy that drops UDP 3478";
const NOTE: &str = "Customer blocked because of the Palo Alto proxy that drops UDP 3478.";

fn new(project: &Project, arguments: &[&str]) -> Run {
    project.run(&[&["new", "--today", TODAY, "--who", "Ann Lee"], arguments].concat())
}

/// A new blocked record with a great note.
fn blocked(project: &Project, customer: &str, workload: &str, arguments: &[&str]) -> Run {
    let fixed = ["--customer", customer, "--workload", workload, "--status", "blocked", "--reason", REASON];
    new(project, &[&fixed[..], arguments].concat())
}

fn text(project: &Project, path: &str) -> String {
    fs::read_to_string(project.path().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The record that is expected.
fn expected(customer: &str, workload: &str) -> String {
    format!(
        "customer: {customer}\nworkload: {workload}\nstatus: Blocked\nnote: {NOTE}\nrefresh_summary:\n  - date: 2026-06-30\n    \
         who_changed: Ann Lee\n    what_changed: First note, recorded as Blocked\n"
    )
}

#[test]
fn a_record_by_arguments_is_written_and_passes() {
    let project = Project::new();
    let run = blocked(&project, "Contoso Ltd", "Teams", &[]);
    assert_eq!(
        run.transcript(),
        "exit code: 0\n--- stdout\nnotes/contoso-ltd.yaml:1: added Contoso Ltd / Teams (Blocked), a great note\nNext: git add \
         notes/contoso-ltd.yaml && git commit -m 'Contoso Ltd / Teams: Blocked'\n--- stderr\n"
    );
    assert_eq!(text(&project, "notes/contoso-ltd.yaml"), expected("Contoso Ltd", "Teams"));
    assert_eq!(project.check(&[]).quiet_code(), 0);
}

#[test]
fn what_is_missing_is_named() {
    let project = Project::new();
    let run = new(&project, &["--customer", "Contoso"]);
    assert_eq!(run.code, 2);
    assert!(
        run.stderr.starts_with("notegate: a new record also needs --workload, --status and --note\n"),
        "{}",
        run.stderr
    );
    assert!(
        run.stderr.contains("--status is one of: In Progress, Blocked, No Intent, Status Unknown, Duplicate/Invalid.")
    );
    let run = new(&project, &["--customer", "Contoso", "--workload", "Yammer", "--status", "no intent"]);
    assert_eq!(run.code, 2);
    assert!(
        run.stderr.contains("also needs --note\n")
            && run.stderr.contains("intent to use Yammer because of [primary issue]")
    );
    let heading = ["--customer", "Contoso", "--workload", "Yammer", "--status", "In Progress"];
    let run = new(&project, &[&heading[..], &["--reason", "the PBX"]].concat());
    assert!(run.code == 2 && run.stderr.contains("no template of In Progress"), "{}", run.transcript());
    assert!(run.stderr.contains("[phase of deployment]"), "{}", run.transcript());
    assert!(!project.path().join("notes").exists());
}

#[test]
fn the_slots_of_each_status() {
    let project = Project::new();
    let cases: [(&str, &[&str], &str); 4] = [
        (
            "Status Unknown",
            &[
                "--slot",
                "number of=3",
                "--slot",
                "whom-you-tried=the IT manager",
                "--slot",
                "Managed or unmanaged=managed",
            ],
            "Customer unresponsive to 3 contact attempts to the IT manager. Managed account.",
        ),
        (
            "In Progress",
            &["--slot", "phase of deployment=pilot phase", "--slot", "additional details=120 of 400 users are live"],
            "Onboarding to Yammer. Customer at pilot phase. 120 of 400 users are live.",
        ),
        (
            "No Intent",
            &["--reason", "they pay for Slack until June 2028"],
            "Customer does not have intent to use Yammer because they pay for Slack until June 2028.",
        ),
        (
            "Duplicate/Invalid",
            &["--note", "Duplicate: the E3 tenant of Adatum Holding counts the same 300 seats."],
            "Duplicate: the E3 tenant of Adatum Holding counts the same 300 seats.",
        ),
    ];
    for (number, (status, arguments, note)) in cases.into_iter().enumerate() {
        let customer = format!("Customer {number}");
        let heading = ["--customer", &customer, "--workload", "Yammer", "--status", status];
        let run = new(&project, &[&heading[..], arguments].concat());
        assert_eq!(run.code, 0, "{}", run.transcript());
        let written = text(&project, &format!("notes/customer-{number}.yaml"));
        let flat = written.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(flat.contains(note), "{flat}");
    }
    assert_eq!(project.check(&[]).quiet_code(), 0);
}

#[test]
fn a_record_that_is_there_is_refused_with_what_to_do() {
    let project = Project::with("notes/contoso.yaml", great());
    let run = blocked(&project, "CONTOSO Ltd.", "EXO", &[]);
    assert_eq!(
        run.transcript(),
        "exit code: 1\n--- stdout\n--- stderr\nThe customer is written `Contoso`, as in notes/contoso.yaml:1.\nThe workload is \
         written `Exchange Online`, as in notes/contoso.yaml:1.\nnotegate: notes/contoso.yaml:1: there is a record of Contoso / \
         Exchange Online already\n  help: Edit its note and its status there, then run: notegate refresh notes/contoso.yaml -m \
         \"what changed\"\n  Nothing was written.\n"
    );
    assert_eq!(text(&project, "notes/contoso.yaml"), great());
}

#[test]
fn a_name_that_may_be_a_slip_is_asked_about() {
    let project = Project::with("notes/contoso.yaml", great());
    let run = blocked(&project, "Contso", "Teams", &[]);
    assert_eq!(run.code, 1);
    assert_eq!(
        run.stderr,
        "notegate: `Contso`: did you mean the customer `Contoso` (in notes/contoso.yaml:1)?\n  help: If it is the same, run it \
         again with --customer Contoso; if it is another one, with --as-written.\n  Nothing was written.\n"
    );
    let run = blocked(&project, "Contoso", "Yamer", &[]);
    assert!(run.code == 1 && run.stderr.contains("did you mean the workload `Yammer`"), "{}", run.transcript());
    assert_eq!(blocked(&project, "Contso", "Teams", &["--as-written"]).code, 0);
    assert_eq!(text(&project, "notes/contso.yaml"), expected("Contso", "Teams"));
}

#[test]
fn legal_forms_tell_companies_apart_unless_the_plain_name_is_given() {
    let project = Project::with("notes/contoso-ltd.yaml", great().replace("Contoso", "Contoso Ltd"));
    let refused = "notegate: `Contoso GmbH`: did you mean the customer `Contoso Ltd` (in notes/contoso-ltd.yaml:1)?\n  help: If it is \
                   the same, run it again with --customer 'Contoso Ltd'; if it is another one, with --as-written.\n  Nothing was \
                   written.\n";
    assert_eq!(blocked(&project, "Contoso GmbH", "Teams", &[]).stderr, refused);
    for other in ["CONTOSO gmbh", "Contoso Inc.", "Contoso AG", "Contoso S.A.", "Contoso GmbH & Co. KG", "PT Contoso"] {
        let run = blocked(&project, other, "Teams", &[]);
        assert!(
            run.code == 1 && run.stderr.contains("did you mean the customer `Contoso Ltd`"),
            "{}",
            run.transcript()
        );
    }
    for same in ["Contoso", "CONTOSO", "Contoso Ltd.", "Contoso Limited", "contoso, ltd"] {
        let run = blocked(&project, same, "Teams", &["--print"]);
        assert!(run.code == 0 && run.stdout.starts_with("customer: Contoso Ltd\n"), "{}", run.transcript());
    }
    assert_eq!(blocked(&project, "Contoso GmbH", "Teams", &["--as-written"]).code, 0);
    assert_eq!(text(&project, "notes/contoso-gmbh.yaml"), expected("Contoso GmbH", "Teams"));

    // Two companies are known now, so that the plain name means either.
    let run = blocked(&project, "Contoso", "Yammer", &[]);
    assert!(
        run.code == 1
            && run.stderr.contains("with --customer 'Contoso GmbH' or --customer 'Contoso Ltd'; if it is another one"),
        "{}",
        run.transcript()
    );
    let run = blocked(&project, "Contoso Gmbh.", "Yammer", &["--print"]);
    assert!(run.code == 0 && run.stdout.starts_with("customer: Contoso GmbH\n"), "{}", run.transcript());

    // The gate takes two legal forms for one customer, so a second record of a workload needs a clearer name.
    let run = blocked(&project, "Contoso SE", "Exchange Online", &["--as-written"]);
    assert!(
        run.code == 1
            && run.stderr.contains("there is a record of Contoso Ltd / Exchange Online already")
            && run
                .stderr
                .contains("if Contoso SE is another company, give it a name that differs in more than the legal form"),
        "{}",
        run.transcript()
    );
}

#[test]
fn a_poor_note_is_not_written() {
    let project = Project::new();
    let heading = ["--customer", "Contoso", "--workload", "Teams", "--status", "Blocked"];
    let run = new(&project, &[&heading[..], &["--note", "Customer cannot deploy."]].concat());
    assert_eq!(run.code, 1);
    assert!(run.stderr.starts_with("error: the note does not say what blocks the customer [missing-reason]\n"));
    assert!(run.stderr.ends_with("  Nothing was written.\n"), "{}", run.transcript());
    let marginal = ["--note", "For now the customer will not deploy because the Palo Alto proxy drops UDP 3478."];
    project.write("notegate.yaml", "fail_on: marginal\n");
    assert_eq!(new(&project, &[&heading[..], &marginal[..]].concat()).code, 1);
    assert!(!project.path().join("notes").exists());
    project.write("notegate.yaml", "fail_on: poor\n");
    let run = new(&project, &[&heading[..], &marginal[..]].concat());
    assert!(run.code == 0 && run.stdout.contains("a marginal note"), "{}", run.transcript());
    assert!(run.stderr.starts_with("warning: "), "{}", run.transcript());
}

#[test]
fn the_layout_of_the_repository_is_followed() {
    let one = |customer: &str, workload: &str| {
        record(customer, workload, "Blocked", "Zscaler drops TLS 1.3, so no deployment.")
    };
    let project = Project::new();
    project.write("records/contoso/yammer.yml", one("Contoso", "Yammer"));
    project.write("records/fabrikam/teams.yml", one("Fabrikam", "Teams"));
    assert_eq!(blocked(&project, "Contoso", "Exchange Online", &[]).quiet_code(), 0);
    assert_eq!(text(&project, "records/contoso/exchange-online.yml"), expected("Contoso", "Exchange Online"));

    let list: String = ["Contoso", "Fabrikam"]
        .map(|customer| format!("- {}", one(customer, "Yammer").trim_end().replace('\n', "\n  ") + "\n"))
        .concat();
    let project = Project::with("all.yaml", &list);
    assert_eq!(blocked(&project, "Adatum", "Teams", &[]).quiet_code(), 0);
    let added = format!("- {}\n", expected("Adatum", "Teams").trim_end().replace('\n', "\n  "));
    assert_eq!(text(&project, "all.yaml"), format!("{list}{added}"));

    let project = Project::with("notes/Contoso.yaml", one("Contoso", "Yammer"));
    assert_eq!(blocked(&project, "Contoso", "Teams", &[]).quiet_code(), 0);
    assert_eq!(
        text(&project, "notes/Contoso.yaml"),
        format!("{}---\n{}", one("Contoso", "Yammer"), expected("Contoso", "Teams"))
    );
    assert_eq!(blocked(&project, "Adventure Works", "Teams", &[]).quiet_code(), 0);
    assert_eq!(text(&project, "notes/Adventure-Works.yaml"), expected("Adventure Works", "Teams"));
    assert_eq!(project.check(&[]).code, 0);
}

#[test]
fn windows_line_ends_and_renamed_fields() {
    let project = Project::with("notegate.yaml", "fields: {customer: account, note: status_note, who_changed: by}\n");
    let before = great().replace("customer:", "account:").replace("note:", "status_note:").replace("who_changed", "by");
    let windows = |text: &str| text.replace('\n', "\r\n");
    project.write("notes/contoso.yaml", windows(&before));
    assert_eq!(blocked(&project, "Fabrikam", "Teams", &[]).quiet_code(), 0);
    let own = |customer: &str| {
        let text = expected(customer, "Teams").replace("customer:", "account:").replace("note:", "status_note:");
        windows(&text.replace("who_changed", "by"))
    };
    assert_eq!(text(&project, "notes/fabrikam.yaml"), own("Fabrikam"));
    assert_eq!(blocked(&project, "Contoso", "Teams", &[]).quiet_code(), 0);
    assert_eq!(text(&project, "notes/contoso.yaml"), format!("{}---\r\n{}", windows(&before), own("Contoso")));
}

#[test]
fn never_outside_the_patterns_and_never_over_something() {
    let project = Project::with("notegate.yaml", "include: [\"records/*.yaml\"]\n");
    assert_eq!(blocked(&project, "Contoso", "Teams", &[]).quiet_code(), 0);
    assert_eq!(text(&project, "records/contoso.yaml"), expected("Contoso", "Teams"));
    for (output, said) in [
        ("notes/a.yaml", "the configuration does not look for notes there"),
        ("../a.yaml", "outside of the repository"),
        ("/tmp/notegate-new-test.yaml", "outside of the repository"),
        ("records/../../a.yaml", "outside of the repository"),
        ("notegate.yaml", "does not look for notes there"),
    ] {
        let run = blocked(&project, "Fabrikam", "Teams", &["--output", output]);
        assert!(run.code == 1 && run.stderr.contains(said), "{output}: {}", run.transcript());
    }
    project.write("records/text.yaml", "just text\n");
    let run = blocked(&project, "Fabrikam", "Teams", &["--output", "records/text.yaml"]);
    assert!(run.code == 1 && run.stderr.contains("it holds no records"), "{}", run.transcript());
    assert_eq!(text(&project, "records/text.yaml"), "just text\n");
    let project = Project::with(".gitignore", "notes/\n");
    let run = blocked(&project, "Contoso", "Teams", &[]);
    assert!(run.code == 1 && run.stderr.contains("git ignores it"), "{}", run.transcript());
}

#[cfg(unix)]
#[test]
fn links_are_not_followed() {
    let (project, other) = (Project::new(), tempfile::tempdir().unwrap());
    std::os::unix::fs::symlink(other.path(), project.path().join("notes")).unwrap();
    let run = blocked(&project, "Contoso", "Teams", &[]);
    assert!(run.code == 1 && run.stderr.contains("is a link or a file"), "{}", run.transcript());
    fs::remove_file(project.path().join("notes")).unwrap();
    fs::create_dir(project.path().join("notes")).unwrap();
    std::os::unix::fs::symlink(other.path().join("x"), project.path().join("notes/contoso.yaml")).unwrap();
    let run = blocked(&project, "Contoso", "Teams", &[]);
    assert!(run.code == 1 && run.stderr.contains("link"), "{}", run.transcript());
    assert_eq!(fs::read_dir(other.path()).unwrap().count(), 0);
}

#[test]
fn hostile_names_lead_nowhere_else() {
    for (customer, file) in [
        ("../../etc/passwd", "notes/etc-passwd.yaml"),
        ("-rf", "notes/rf.yaml"),
        ("a: {b} # c", "notes/a-b-c.yaml"),
        ("CON", "notes/con-notes.yaml"),
        ("\u{202e}Contoso", "notes/contoso.yaml"),
    ] {
        let project = Project::new();
        let run = blocked(&project, &format!(" {customer}"), "Teams", &[]);
        if run.code != 0 {
            assert!(customer.starts_with('\u{202e}'), "{customer}: {}", run.transcript());
            continue;
        }
        assert!(!text(&project, file).is_empty());
        assert!(!run.stdout.contains('\u{202e}'));
    }
    for customer in ["", "  ", "n/a", "a\nb"] {
        let project = Project::new();
        let run =
            new(&project, &["--customer", customer, "--workload", "Teams", "--status", "Blocked", "--reason", REASON]);
        assert!(run.code == 2 && run.stderr.contains("--customer does not name a customer"), "{}", run.transcript());
    }
}

#[test]
fn print_and_diff_write_nothing() {
    let project = Project::with("notes/contoso.yaml", great());
    let run = blocked(&project, "Contoso", "Teams", &["--print"]);
    assert_eq!((run.quiet_code(), run.stdout.as_str()), (0, expected("Contoso", "Teams").as_str()));
    let run = blocked(&project, "Contoso", "Teams", &["--diff"]);
    assert_eq!(run.quiet_code(), 0);
    assert!(run.stdout.contains("+---\n+customer: Contoso\n+workload: Teams\n"), "{}", run.stdout);
    assert_eq!(text(&project, "notes/contoso.yaml"), great());
}

#[test]
fn a_bare_repository_a_broken_configuration_and_a_day_to_come() {
    let project = Project::new();
    project.git(&["init", "--quiet", "--bare", "bare.git"]);
    let mut command = support::notegate(&project.path().join("bare.git"));
    let heading = ["new", "--customer", "Contoso", "--workload", "Teams", "--status", "Blocked", "--reason", REASON];
    let output = command.args(heading).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.code() == Some(2) && said.contains("this is a bare repository"), "{said}");
    project.write("notegate.yaml", "inclde: []\n");
    assert_eq!(blocked(&project, "Contoso", "Teams", &[]).code, 2);
    let project = Project::new();
    let run = blocked(&project, "Contoso", "Teams", &["--date", "2026-07-03"]);
    assert!(run.code == 2 && run.stderr.contains("--date 2026-07-03 is in the future"), "{}", run.transcript());
    assert!(!project.path().join("notes").exists());
}

#[test]
fn a_folder_without_a_repository() {
    let project = Project::new();
    fs::remove_dir(project.path().join(".git")).unwrap();
    let run = blocked(&project, "Contoso", "Teams", &[]);
    assert_eq!(run.stdout, "notes/contoso.yaml:1: added Contoso / Teams (Blocked), a great note\n");
    assert_eq!(run.quiet_code(), 0);
}

#[test]
fn files_that_cannot_be_read_are_told() {
    let project = Project::with("notes/broken.yaml", "customer: [\n");
    let run = blocked(&project, "Contoso", "Teams", &[]);
    assert_eq!(run.code, 0, "{}", run.transcript());
    assert!(
        run.stderr.contains("1 file cannot be read in full, such as notes/broken.yaml; a record in there is not seen.")
    );
    let run = blocked(&project, "Broken", "Teams", &[]);
    assert!(run.code == 1 && run.stderr.contains("the file cannot be read in full"), "{}", run.transcript());
    assert_eq!(text(&project, "notes/broken.yaml"), "customer: [\n");
}
