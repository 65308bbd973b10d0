//! `adopt`: from a stranger's folder to a working gate.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that meets what it does not expect has to stop"
)]

mod support;

use std::fs;
use std::path::Path;
use support::{Project, Run};

const GREAT: [&str; 6] = [
    "Unable to deploy because the Palo Alto proxy in Lyon drops UDP 3478 and is replaced in June.",
    "The customer cannot move because their Lotus Notes archive is not supported until 2027.",
    "Customer does not intend to deploy because they stay on Slack until 2028.",
    "The customer will not use it, as Zoom Phone is under contract until 2029.",
    "Onboarding underway, focusing on the mailbox pilot with the finance team.",
    "The customer is piloting with 300 users in Lyon and moves the rest in May.",
];
const CUSTOMERS: [&str; 8] = [
    "Contoso AG",
    "Fabrikam GmbH",
    "Litware",
    "Woodgrove Bank",
    "Northwind Traders",
    "Tailspin Toys",
    "Adatum AG",
    "Proseware GmbH",
];
const WORKLOADS: [&str; 5] = ["Exchange Online", "Teams", "SharePoint", "Intune", "Loop"];
const GERMAN: [&str; 3] = ["Blockiert", "Kein Bedarf", "In Arbeit"];
const ENGLISH: [&str; 3] = ["Blocked", "No Intent", "In Progress"];

/// The record number `at` as the sales team writes it, in German, with a log.
fn german(at: usize, note: &str) -> String {
    format!(
        "Kunde: {} {}\nProdukt: {}\nStand: {}\nBemerkung: >-\n  {note}\nBetreuer: Sam Field\nVerlauf:\n  - Datum: \
         2026-05-{:02}\n    Wer: Jo Bell\n    Was: Gateway getestet\n",
        CUSTOMERS[at % 8],
        at / 8,
        WORKLOADS[at % 5],
        GERMAN[at / 2 % 3],
        at % 28 + 1
    )
}

/// The same as another program exports it, without a log.
fn export(at: usize, note: &str) -> String {
    format!(
        "account_name: {} {}\nproduct: {}\nphase: {}\ncomments: {note}\nregion: EMEA\nowner: Sam Field\n",
        CUSTOMERS[at % 8],
        at / 8,
        WORKLOADS[at % 5],
        ENGLISH[at / 2 % 3]
    )
}

/// A repository with two hundred notes in two layouts in two folders, with statuses and a workload of its own in one, and
/// with files that are no notes.
fn stranger() -> Project {
    let project = Project::new();
    project.git(&["init", "--quiet"]);
    for at in 0..200 {
        let note = GREAT[at / 2 % 3 * 2 + at % 2];
        // One note in twenty says nothing.
        let note = if at % 20 == 7 { "Customer will not deploy." } else { note };
        match at < 100 {
            true => project.write(&format!("vertrieb/nord/{at:04}.yaml"), german(at, note)),
            false => project.write(&format!("crm/export/{at:04}.yml"), export(at, note)),
        };
    }
    project.write("docker-compose.yaml", "services:\n  web: {image: nginx}\n");
    project.write(".github/workflows/ci.yaml", "name: CI\non: [push]\n");
    project.write("README.md", "# Notes\n");
    project.write("crm/contacts.csv", "a,b\n");
    project
}

fn adopt(project: &Project, arguments: &[&str]) -> Run {
    project.run(&[&["adopt", "--today", support::TODAY], arguments].concat())
}

fn commit_on(project: &Project, day: &str, message: &str) {
    project.git(&["add", "."]);
    let date = format!("{day}T12:00:00Z");
    let dates = [("GIT_COMMITTER_DATE", date.as_str()), ("GIT_AUTHOR_DATE", date.as_str())];
    project.git_with(&["commit", "--quiet", "-m", message], &dates);
}

fn configuration(project: &Project) -> String {
    fs::read_to_string(project.path().join("notegate.yaml")).unwrap()
}

#[test]
fn from_a_strangers_folder_to_a_working_gate() {
    let project = stranger();
    commit_on(&project, "2026-06-20", "All notes");
    let before = project.check(&[]);
    assert_eq!(before.code, 1, "the gate knows nothing of these keys");

    let run = adopt(&project, &[]);
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    insta::assert_snapshot!("a_strangers_folder", run.stdout);
    insta::assert_snapshot!("a_strangers_configuration", configuration(&project));

    // The gate works: every record is read, and nothing else is.
    let all = project.check(&[]);
    assert!(all.stdout.contains("200 files, 200 records: "), "{}", all.stdout);
    assert_eq!(all.stderr, "", "no pattern matches nothing");
    for structural in ["missing-field", "misplaced-record", "not-a-record", "unknown-status", "wrong-type"] {
        assert!(!all.stdout.contains(structural), "{}", all.stdout);
    }
    // It lets a good note pass, and stops a poor one.
    project.git(&["add", "."]);
    project.git(&["commit", "--quiet", "-m", "The gate"]);
    project.write("vertrieb/nord/0300.yaml", german(300, GREAT[0]).replace("Contoso", "Datum").replace("Proxy", "x"));
    project.git(&["add", "."]);
    assert_eq!(project.check(&["--staged"]).code, 0, "{}", project.check(&["--staged"]).stdout);
    project.write("crm/export/0301.yml", export(301, "Customer will not deploy."));
    project.git(&["add", "."]);
    let poor = project.check(&["--staged"]);
    assert_eq!(poor.code, 1);
    assert!(poor.stdout.contains("missing-reason") && !poor.stdout.contains("refresh"), "{}", poor.stdout);
}

#[test]
fn what_is_there_is_never_overwritten_unasked() {
    let project = stranger();
    project.write("notegate.yaml", "fail_on: marginal\n");
    let run = adopt(&project, &[]);
    assert_eq!((run.code, run.stdout.as_str()), (2, ""));
    assert!(run.stderr.contains("notegate.yaml already exists and was not changed"), "{}", run.stderr);
    assert_eq!(configuration(&project), "fail_on: marginal\n");

    let printed = adopt(&project, &["--print"]);
    assert_eq!(printed.code, 0, "{}", printed.stderr);
    assert_eq!(configuration(&project), "fail_on: marginal\n");
    assert!(printed.stderr.contains("Looked at 201 YAML or JSON files"), "{}", printed.stderr);

    assert_eq!(adopt(&project, &["--force"]).code, 0);
    assert_eq!(configuration(&project), printed.stdout, "what is printed is what is written");
    // A second run proposes the same.
    assert_eq!(adopt(&project, &["--print"]).stdout, printed.stdout);
    assert!(
        !fs::read_dir(project.path()).unwrap().any(|it| it
            .unwrap()
            .file_name()
            .to_string_lossy()
            .starts_with(".notegate"))
    );
}

#[cfg(unix)]
#[test]
fn a_link_in_the_place_of_the_configuration_is_not_followed() {
    let project = stranger();
    let elsewhere = project.write("elsewhere.txt", "mine");
    std::os::unix::fs::symlink(&elsewhere, project.path().join("notegate.yaml")).unwrap();
    assert_eq!(adopt(&project, &[]).code, 2);
    assert_eq!(adopt(&project, &["--force"]).code, 0);
    assert_eq!(fs::read_to_string(&elsewhere).unwrap(), "mine");
    assert!(!project.path().join("notegate.yaml").symlink_metadata().unwrap().is_symlink());
}

#[test]
fn where_there_is_no_record_nothing_is_written() {
    for files in
        [&[][..], &[("a.yaml", "a: b\n"), ("docker-compose.yaml", "services: {web: {image: x}}\n")], &[("a.md", "x")]]
    {
        let project = Project::new();
        files.iter().for_each(|(path, text)| _ = project.write(path, text));
        let run = adopt(&project, &[]);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{}", run.stderr);
        assert!(run.stderr.contains("no record was found in"), "{}", run.stderr);
        assert!(!project.path().join("notegate.yaml").exists());
    }
    let project = Project::with(".notegate.yml", "a: b\n");
    let run = adopt(&project, &[]);
    assert!(run.stderr.contains("the configuration must be called `notegate.yaml`"), "{}", run.stderr);
    let run = adopt(&project, &["nothere"]);
    assert!(run.code == 2 && run.stderr.contains("there is no folder `nothere`"), "{}", run.stderr);
}

#[test]
fn a_folder_is_looked_at_by_itself_and_the_configuration_stands_at_the_root() {
    let project = stranger();
    let run = adopt(&project, &["vertrieb"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let written = configuration(&project);
    assert!(written.contains("include:\n  - \"vertrieb/**/*.{yaml,yml}\"\n"), "{written}");
    assert!(written.contains("statuses: only\n"), "{written}");
    assert!(!written.contains("crm") && !written.contains("overrides"), "{written}");
    let all = project.check(&[]);
    assert!(all.stdout.contains("100 files, 100 records: "), "{}", all.stdout);
}

/// What `adopt` proposes for one file, as far as it sets something.
fn proposed(files: &[(&str, &str)]) -> String {
    let project = Project::new();
    files.iter().for_each(|(path, text)| _ = project.write(path, text));
    let run = adopt(&project, &[]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let without_comment = |line: &str| line.split("  #").next().unwrap_or_default().trim_end().to_owned();
    let written = configuration(&project);
    assert_eq!(project.run(&["check", "--print-config"]).code, 0, "{written}");
    written
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
        .map(without_comment)
        .collect::<Vec<_>>()
        .join("\n")
}

#[test]
fn notes_that_are_written_as_in_the_guidance_need_no_names() {
    let text = "customer: C\nworkload: Teams\nstatus: Blocked\nnote: They wait for the new firewall.\nrefresh_summary: \
                [{date: 2026-01-02, who_changed: Jo, what_changed: First entry}]\n";
    assert_eq!(proposed(&[("notes/a.yaml", text)]), "include:\n  - \"notes/**/*.{yaml,yml}\"");
}

#[test]
fn other_layouts_are_found() {
    let note = "They wait for the new firewall in Lyon.";
    // A customer with a list; the name of the customer and a log are on none of them.
    assert_eq!(
        proposed(&[(
            "n/a.yaml",
            &format!(
                "Konto: A\nprodukte:\n- {{Produkt: Teams, Zustand: Blocked, Notiz: {note}}}\n- {{Produkt: Yammer, Zustand: Blocked, Notiz: {note}}}\n- {{Produkt: Intune, Zustand: Blocked, Notiz: {note}}}\n"
            )
        )]),
        "include:\n  - \"n/**/*.{yaml,yml}\"\nfields:\n  customer: Konto\n  workload: Produkt\n  status: Zustand\n  note: \
         Notiz\n  entitlements: produkte\nrequired:\n  refresh_summary: no"
    );
    // Two names in one folder.
    assert_eq!(
        proposed(&[
            ("n/a.yaml", &format!("customer: A\nworkload: Teams\nstatus: Blocked\nnote: {note}\n")),
            ("n/b.yaml", &format!("customer: B\nworkload: Teams\nstatus: Blocked\nnote: {note}\n")),
            ("n/c.yaml", &format!("client: C\nworkload: Teams\nstatus: Blocked\nnote: {note}\n")),
            ("n/d.yaml", &format!("client: D\nworkload: Teams\nstatus: Blocked\nnote: {note}\n")),
            ("n/e.yaml", &format!("clint: E\nworkload: Teams\nstatus: Blocked\nnote: {note}\n")),
        ]),
        "include:\n  - \"n/**/*.{yaml,yml}\"\nfields:\n  customer: [customer, client]\nrequired:\n  refresh_summary: no"
    );
    // The customer is the folder's name alone.
    assert_eq!(
        proposed(&[("contoso/teams.yaml", &format!("workload: Teams\nstatus: Blocked\nnote: {note}\n"))]),
        "include:\n  - \"contoso/**/*.{yaml,yml}\"\nrequired:\n  customer: no\n  refresh_summary: no"
    );
    // JSON, as a program exports it.
    let json =
        format!("[{{\"Customer\": \"A\", \"Workload\": \"Teams\", \"Status\": \"Blocked\", \"Note\": \"{note}\"}}]");
    assert_eq!(
        proposed(&[("export.json", &json), ("package.json", "{\"name\": \"x\"}")]),
        "include:\n  - \"export.json\"\nfields:\n  customer: Customer\n  workload: Workload\n  status: Status\n  note: \
         Note\nrequired:\n  refresh_summary: no"
    );
}

#[test]
fn files_that_cannot_be_read_stay_in() {
    let project = stranger();
    project.write("crm/export/broken.yml", "account_name: [x\n");
    fs::write(project.path().join("crm/export/latin.yml"), b"comments: \xe9\n").unwrap();
    let run = adopt(&project, &[]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(
        run.stdout.contains("Not readable as YAML, and blocked until it is: crm/export/broken.yml and 1 more."),
        "{}",
        run.stdout
    );
    let all = project.check(&[]);
    assert!(all.stdout.contains("crm/export/broken.yml") && all.stdout.contains("unreadable"), "{}", all.stdout);
}

#[test]
fn hostile_names_and_values_do_no_harm() {
    let project = Project::new();
    let key = "no\\u001bte: {\\\"}";
    let text = format!(
        "\"cu\\nstomer\": \"A\\u001b]0;x\\u0007\"\nworkload: \"T\\u202e: [\"\nstatus: \"- # Parked\\n\"\n\"{key}\": They wait for the new firewall in Lyon.\n"
    );
    for at in 0..4 {
        project.write(&format!("n o[t]es/{{a}}#{at}/*!{at}.yaml"), &text);
    }
    project.write("other.yaml", "a: b\n");
    let run = adopt(&project, &[]);
    for printed in
        [&run.stdout, &run.stderr, &fs::read_to_string(project.path().join("notegate.yaml")).unwrap_or_default()]
    {
        assert!(!printed.contains(['\u{1b}', '\u{7}', '\u{202e}']), "{printed}");
    }
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_eq!(project.run(&["check", "--print-config"]).code, 0, "{}", configuration(&project));
    let all = project.check(&[]);
    assert!(
        all.stdout.contains("4 files, 4 records") && !all.stderr.contains("matches no file"),
        "{}{}",
        all.stdout,
        all.stderr
    );
}

#[test]
fn ordinary_files_are_no_notes() {
    let project = Project::new();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/ordinary");
    for file in walk(&folder) {
        project.write(file.strip_prefix(&folder).unwrap().to_str().unwrap(), fs::read(&file).unwrap());
    }
    let run = adopt(&project, &[]);
    assert_eq!(run.code, 2, "{}", run.stdout);
    assert!(run.stderr.contains("no record was found in"), "{}", run.stderr);
    // Among notes they are left out, and the notes are found.
    for at in 0..12 {
        project.write(&format!("sales/{at}.yaml"), german(at, GREAT[at / 2 % 3 * 2 + at % 2]));
    }
    let run = adopt(&project, &[]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stdout.contains("12 records in 12 files"), "{}", run.stdout);
    assert!(
        configuration(&project).contains("include:\n  - \"sales/**/*.{yaml,yml}\"\n\n"),
        "{}",
        configuration(&project)
    );
}

#[cfg(target_os = "linux")]
#[test]
fn a_path_that_is_no_text_is_matched_all_the_same() {
    use std::os::unix::ffi::OsStrExt as _;
    let project = Project::new();
    let folder = project.path().join(std::ffi::OsStr::from_bytes(b"n\xe9tes"));
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("a.yaml"), export(1, GREAT[0])).unwrap();
    let run = adopt(&project, &[]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(project.check(&[]).stdout.contains("1 file, 1 record"), "{}", project.check(&[]).stdout);
}

#[test]
fn the_commits_of_the_last_days_are_looked_back_at() {
    let project = Project::new();
    project.git(&["init", "--quiet"]);
    let commit = |day: &str, message: &str| commit_on(&project, day, message);
    project.write("crm/1.yaml", export(1, "Customer will not deploy."));
    commit("2026-01-05", "long ago, and poor");
    project.write("crm/2.yaml", export(2, GREAT[2]));
    commit("2026-05-05", "great");
    project.write("README.md", "x");
    commit("2026-05-06", "no note");
    project.write("crm/3.yaml", export(3, "Customer will not deploy."));
    project.write("crm/4.yaml", export(4, "Customer has issues."));
    commit("2026-06-06", "two poor ones");
    let run = adopt(&project, &[]);
    assert!(
        run.stdout.contains(
            "The last 90 days have 3 commits, 2 of them with changes to notes.\nThe hook would have judged 3 records, found 2 \
             to block, and stopped 1 commit.\n"
        ),
        "{}{}",
        run.stdout,
        run.stderr
    );
    // Without a repository nothing is said of it.
    let plain = Project::new();
    fs::remove_dir(plain.path().join(".git")).unwrap();
    plain.write("crm/2.yaml", export(2, GREAT[2]));
    assert!(!adopt(&plain, &[]).stdout.contains("days"));
}

#[test]
fn a_status_that_the_notes_do_not_explain_is_left_to_the_team() {
    let project = Project::new();
    for at in 0..3 {
        let text = export(at, "The office in Lyon looks after the region.").replace("phase: Blocked", "phase: Zeta");
        project.write(&format!("crm/{at}.yaml"), text.replace("phase: No Intent", "phase: Zeta"));
    }
    let run = adopt(&project, &[]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stdout.contains("of your own: Zeta (3), its notes do not tell what it means"), "{}", run.stdout);
    assert!(configuration(&project).contains("#  - {name: Zeta, kind: …}"), "{}", configuration(&project));
    assert!(project.check(&[]).stdout.contains("unknown-status"));
}

#[test]
fn nothing_but_the_configuration_is_written() {
    let project = stranger();
    let listing = |project: &Project| {
        let mut files: Vec<_> = walk(project.path()).into_iter().map(|path| (fs::read(&path).unwrap(), path)).collect();
        files.retain(|(_, path)| !path.ends_with("notegate.yaml"));
        files
    };
    let before = listing(&project);
    adopt(&project, &[]);
    assert!(listing(&project) == before);
}

fn walk(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if entry.is_dir() { files.extend(walk(&entry)) } else { files.push(entry) }
    }
    files.sort();
    files
}
