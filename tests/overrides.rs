//! Several names for one field, settings by path, optional fields and statuses of a team's own, as a user meets them.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that meets what it does not expect has to stop"
)]

mod support;

use support::Project;

const GREAT: &str = "Unable to deploy because the Palo Alto proxy in Lyon drops UDP 3478 and is replaced in June.";
const LOG: &str = "refresh_summary: [{date: 2026-06-20, who_changed: Jo Bell, what_changed: Proxy tested}]\n";

const CONFIG: &str = "\
include: ['notes/**/*.yaml', 'crm/*.yaml']
fields: {customer: [customer, kunde]}
overrides:
- paths: ['crm/*.yaml']
  fields: {customer: Konto, workload: Produkt, status: Stand, note: Kommentar}
  required: {refresh_summary: no}
";

fn german(note: &str) -> String {
    format!("Konto: Contoso\nProdukt: Teams\nStand: Blocked\nKommentar: {note}\n")
}

fn english(customer: &str, note: &str) -> String {
    format!("{customer}\nworkload: Yammer\nstatus: Blocked\nnote: {note}\n{LOG}")
}

#[test]
fn each_layout_is_read_by_its_own_names() {
    let project = Project::with("notegate.yaml", CONFIG);
    project.write("crm/a.yaml", german(GREAT));
    project.write("notes/b.yaml", english("kunde: Fabrikam", GREAT));
    project.write(
        "notes/c.yaml",
        english("customer: Litware", "Unable to deploy because the Avaya gateway in Lyon lacks SIP."),
    );
    let run = project.check(&["-v"]);
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    assert!(run.stdout.contains("3 records"), "{}", run.stdout);

    // The names of one folder mean nothing in another.
    project.write("notes/d.yaml", german(GREAT));
    let run = project.check(&[]);
    assert_eq!(run.code, 1, "{}{}", run.stdout, run.stderr);
    assert!(run.stdout.contains("notes/d.yaml"), "{}", run.stdout);
}

#[test]
fn findings_name_the_key_that_the_record_has() {
    let project = Project::with("notegate.yaml", CONFIG);
    project.write("crm/a.yaml", german("").replace("Contoso", "TBD"));
    project.write("notes/b.yaml", english("kunde: TBD", GREAT));
    let run = project.check(&[]);
    assert!(run.stdout.contains("`Konto` is a placeholder, not a name"), "{}", run.stdout);
    assert!(run.stdout.contains("`kunde` is a placeholder, not a name"), "{}", run.stdout);
    assert!(!run.stdout.contains("refresh_summary"), "it is optional there: {}", run.stdout);
}

#[test]
fn two_names_in_one_record_block_and_both_are_named() {
    let project = Project::with("notegate.yaml", CONFIG);
    project.write("notes/b.yaml", english("customer: Fabrikam\nkunde: Contoso", GREAT));
    let run = project.check(&[]);
    assert_eq!(run.code, 1);
    assert!(run.stdout.contains("`customer` and `kunde` are two names of the same field"), "{}", run.stdout);
    assert!(run.stdout.contains("repeated-field"), "{}", run.stdout);
}

#[test]
fn an_override_that_matches_nothing_is_told_aloud() {
    let config = CONFIG.replace("- paths: ['crm/*.yaml']", "- paths: ['crm/*.yaml', 'crm/*.yml', 'other/*.yaml']");
    let project = Project::with("notegate.yaml", config);
    project.write("crm/a.yaml", german(GREAT));
    project.write(
        "notes/b.yaml",
        english("kunde: Fabrikam", "Unable to deploy because the Avaya gateway in Lyon lacks SIP."),
    );
    project.write("other/c.yaml", "a: b\n");
    let run = project.check(&[]);
    for pattern in ["crm/*.yml", "other/*.yaml"] {
        let told =
            format!("notegate: warning: the pattern `{pattern}` under `overrides` matches no file that is examined");
        assert!(run.stderr.contains(&told), "{}", run.stderr);
    }
    assert!(!run.stderr.contains("`crm/*.yaml`,"), "{}", run.stderr);
    assert!(run.stderr.contains("; did you mean `crm/*.yaml`?"), "{}", run.stderr);
}

#[test]
fn the_effective_configuration_is_printed() {
    let project = Project::with("notegate.yaml", CONFIG);
    let run = project.check(&["--print-config"]);
    for part in
        ["  customer:\n  - customer\n  - kunde\n", "overrides:\n- paths:\n  - crm/*.yaml\n", "    note: Kommentar\n"]
    {
        assert!(run.stdout.contains(part), "{}", run.stdout);
    }
}

#[test]
fn a_team_without_refresh_summaries_is_not_asked_for_them() {
    let project = Project::new();
    project.git(&["init", "--quiet"]);
    project.write("notegate.yaml", "required: {refresh_summary: no}\n");
    let record = |note: &str| format!("customer: Contoso\nworkload: Teams\nstatus: Blocked\nnote: {note}\n");
    project.write("notes/a.yaml", record(GREAT));
    project.git(&["add", "."]);
    let run = project.check(&["--staged"]);
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    project.git(&["commit", "--quiet", "-m", "a"]);
    project.write("notes/a.yaml", record("Unable to deploy because the Avaya gateway in Lyon lacks SIP."));
    project.git(&["add", "."]);
    let run = project.check(&["--staged"]);
    assert_eq!(run.code, 0, "a change needs no entry: {}{}", run.stdout, run.stderr);
    // What is there has to be right all the same.
    project.write("notes/a.yaml", record(GREAT) + "refresh_summary: [{date: 2026-13-01, who_changed: Jo}]\n");
    let run = project.check(&[]);
    assert!(run.stdout.contains("refresh-date") && run.stdout.contains("refresh-incomplete"), "{}", run.stdout);
}

#[test]
fn a_branch_is_judged_by_the_overrides_of_its_base() {
    let project = Project::new();
    project.git(&["init", "--quiet"]);
    project.write("notegate.yaml", CONFIG);
    project.write("crm/a.yaml", german(GREAT));
    project.git(&["add", "."]);
    project.git(&["commit", "--quiet", "-m", "base"]);
    project.git(&["branch", "base"]);
    // The branch takes the gate away from the folder, and adds a poor note there.
    project.write(
        "notegate.yaml",
        "rules: {missing-reason: off}\noverrides: [{paths: ['crm/*.yaml'], rules: {vague-reason: off}}]\n",
    );
    project.write("crm/b.yaml", german("Customer will not deploy."));
    project.git(&["add", "."]);
    project.git(&["commit", "--quiet", "-m", "weaker"]);
    let run = project.check(&["--from", "base"]);
    assert_eq!(run.code, 1, "{}{}", run.stdout, run.stderr);
    assert!(run.stdout.contains("crm/b.yaml") && run.stdout.contains("missing-reason"), "{}", run.stdout);
    assert!(
        run.stderr.contains("this change edits notegate.yaml; the rules from before the change apply"),
        "{}",
        run.stderr
    );
}

#[test]
fn severities_hold_for_their_paths() {
    let project = Project::with(
        "notegate.yaml",
        "overrides: [{paths: ['drafts/**'], rules: {missing-reason: info, vague-reason: off, missing-intent: off}}]\n",
    );
    let poor = format!("customer: C\nworkload: Teams\nstatus: No Intent\nnote: Customer has no intent.\n{LOG}");
    project.write("drafts/a.yaml", &poor);
    let run = project.check(&[]);
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    project.write("notes/a.yaml", poor.replace("customer: C", "customer: D"));
    assert_eq!(project.check(&[]).code, 1);
}

#[test]
fn statuses_of_a_teams_own_take_the_place_of_the_five() {
    let project = Project::with(
        "notegate.yaml",
        "statuses: only\nplaybook:\n  statuses: [{name: Geparkt, kind: blocked}, {name: Live, kind: in-progress}]\n",
    );
    let record = |status: &str| format!("customer: C\nworkload: Teams\nstatus: {status}\nnote: {GREAT}\n{LOG}");
    project.write("a.yaml", record("Geparkt"));
    let run = project.check(&[]);
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    project.write("a.yaml", record("Blocked"));
    let run = project.check(&[]);
    assert_eq!(run.code, 1);
    assert!(
        run.stdout.contains("unknown-status") && run.stdout.contains("Geparkt") && !run.stdout.contains("No Intent"),
        "{}",
        run.stdout
    );
}
