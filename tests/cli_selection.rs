//! Which files a run over folders examines, what it says when that is none, and where reports may be written.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that meets what it does not expect has to stop"
)]

mod support;

use std::fs;
use std::path::Path;
use support::{Project, Run, TODAY, great, notegate, poor};

fn with_configuration(configuration: &str) -> Project {
    let project = Project::with("notes/contoso/a.yaml", great());
    project.write("notes/b.yml", poor());
    project.write("notegate.yaml", configuration);
    project
}

#[test]
fn a_pattern_that_can_match_nothing_is_an_error_with_one_that_does() {
    for (pattern, meant) in [
        ("notes\\\\**\\\\*.yaml", Some("notes/**/*.yaml")),
        ("./notes/*.yml", Some("notes/*.yml")),
        ("/notes/*.yml", Some("notes/*.yml")),
        ("notes/", Some("notes/**")),
        ("notes", Some("notes/**")),
        ("notes/contoso", Some("notes/contoso/**")),
        ("../notes/*.yml", Some("notes/*.yml")),
        ("/home/sam/repo/notes/**", Some("notes/**")),
        ("C:/repo/notes/**", Some("notes/**")),
        (" notes/**", Some("notes/**")),
        ("notes//*.yml", Some("notes/*.yml")),
        ("!notes/**", Some("notes/**")),
        ("notes/**.yaml", Some("notes/**/*.yaml")),
        // What is meant here matches nothing either, so it would help nobody.
        ("nothere/", None),
        ("./notes/*.yaml", None),
        ("../x/*", None),
        (".git/*.yaml", None),
    ] {
        for list in ["include", "exclude"] {
            let project = with_configuration(&format!("{list}: [\"{pattern}\"]\n"));
            let run = project.check(&[]);
            assert_eq!(run.code, 2, "{}", run.transcript());
            assert!(run.stderr.contains("notegate.yaml:1: the pattern `"), "{}", run.stderr);
            assert!(run.stderr.contains("can match no file: "), "{}", run.stderr);
            let Some(meant) = meant else {
                assert!(!run.stderr.contains("; write `"), "{}", run.stderr);
                continue;
            };
            assert!(run.stderr.contains(&format!("; write `{meant}`\n")), "{pattern}: {}", run.stderr);
            // The proposal is a configuration that can be used.
            project.write("notegate.yaml", format!("{list}: [\"{meant}\"]\n"));
            assert_ne!(project.check(&[]).code, 2, "{meant}");
        }
    }
}

#[test]
fn a_configuration_that_leaves_out_everything_is_an_error() {
    for configuration in ["include: []\n", "exclude: ['**']\n", "exclude: ['**/*']\n", "include: [\"\"]\n"] {
        let run = with_configuration(configuration).check(&[]);
        assert_eq!(run.code, 2, "{configuration}: {}", run.transcript());
    }
}

#[test]
fn patterns_that_cancel_each_other_out_are_an_error() {
    for (include, exclude) in [
        ("notes/**/*.yaml", "notes/**"),
        ("notes/**/*.yaml", "**/*.yaml"),
        ("notes/*.yaml", "notes/*"),
        ("notes/*.yaml", "**/*.{yml,yaml}"),
        ("notes/**", "notes/**"),
        ("notes/**/*.{yaml,yml}", "**/notes/**"),
    ] {
        let run = with_configuration(&format!("include: ['{include}']\nexclude: ['x/**', '{exclude}']\n")).check(&[]);
        assert_eq!(run.code, 2, "{include} {exclude}: {}", run.transcript());
        let told = format!(
            "the pattern `{exclude}` under `exclude` leaves out all that `{include}` under `include` can match"
        );
        assert!(run.stderr.contains(&told), "{}", run.transcript());
    }
    let run = with_configuration("exclude: ['**/*.yml', '**/*.yaml']\n").check(&[]);
    assert_eq!(run.code, 2, "{}", run.transcript());
    for configuration in
        ["include: ['notes/**/*.yaml']\nexclude: ['notes/old/**']\n", "exclude: ['**/*.yaml']\ninclude: ['notes/**']\n"]
    {
        assert_ne!(with_configuration(configuration).check(&[]).code, 2, "{configuration}");
    }
}

#[test]
fn an_exclude_that_leaves_nothing_today_is_a_warning() {
    let project = Project::with("notes/a.yaml", poor());
    project.write("notes/b.yaml", poor());
    project.write("notegate.yaml", "exclude: ['notes/**']\n");
    let run = project.check(&[]);
    assert_eq!(run.code, 0, "{}", run.transcript());
    assert_eq!(
        run.stderr,
        "notegate: warning: nothing is examined: `exclude` leaves out all that would be (2 files); narrow its patterns\n"
    );
    project.write("c.yaml", great());
    assert_eq!(project.check(&[]).quiet_code(), 0, "something is examined");
}

#[test]
fn a_pattern_that_names_the_configuration_alone_is_an_error() {
    for pattern in ["notegate.yaml", "notegate.y*ml", "notegate.{yaml,yml}", "./notegate.yaml"] {
        for others in ["", ", 'notes/**'"] {
            let run = with_configuration(&format!("include: ['{pattern}'{others}]\n")).check(&[]);
            assert_eq!(run.code, 2, "{}", run.transcript());
            assert!(run.stderr.contains(&format!("the pattern `{pattern}` can match no file: ")), "{}", run.stderr);
            assert!(!run.stderr.contains("; write `"), "{}", run.stderr);
        }
    }
    // Near misses: what may match a note, too, and an `exclude`, which says what holds anyway.
    for configuration in ["include: ['n*.yaml']\n", "include: ['**/notegate.yaml']\n", "exclude: ['notegate.yaml']\n"] {
        assert_ne!(with_configuration(configuration).check(&[]).code, 2, "{configuration}");
    }
}

#[test]
fn a_pattern_is_proposed_only_where_it_helps() {
    let proposed = |configuration: &str| {
        let project = with_configuration(configuration);
        project.write("docs/README.md", "x\n");
        project.write("docs/Plan.yaml", great());
        project.write(".github/ci.yaml", "a: b\n");
        let run = project.check(&[]);
        let warning = run.stderr.lines().next().unwrap_or_default().to_owned();
        assert!(warning.starts_with("notegate: warning: the pattern `"), "{configuration}: {}", run.transcript());
        warning.split_once("did you mean `").map(|(_, meant)| meant.trim_end_matches("`?").to_owned())
    };
    for (configuration, meant) in [
        ("exclude: ['README.md']\n", None),
        ("exclude: ['DOCS/README.md']\n", None),
        ("exclude: ['ci.yaml']\n", None),
        ("exclude: ['*.md']\n", None),
        ("exclude: ['.github/**']\n", None),
        ("include: ['notes/**']\nexclude: ['Plan.yaml']\n", None),
        ("include: ['README.md']\n", None),
        ("include: ['*.md']\n", None),
        ("include: ['ci.yaml']\nexclude: ['.github/**']\n", None),
        ("exclude: ['Plan.yaml']\n", Some("**/Plan.yaml")),
        ("include: ['Plan.yaml']\n", Some("**/Plan.yaml")),
        ("include: ['ci.yaml']\n", Some("**/ci.yaml")),
        ("include: ['**']\nexclude: ['README.md']\n", Some("**/README.md")),
    ] {
        assert_eq!(proposed(configuration).as_deref(), meant, "{configuration}");
    }
}

#[test]
fn a_pattern_that_matches_nothing_today_is_a_warning() {
    for (pattern, meant) in [
        ("nothere/**", None),
        ("notes/*.yaml", Some("notes/*.yml")),
        ("Notes/**", Some("notes/**")),
        ("contoso/*.yaml", Some("**/contoso/*.yaml")),
    ] {
        for list in ["include", "exclude"] {
            let run = with_configuration(&format!("{list}: ['{pattern}']\n")).check(&[]);
            assert_ne!(run.code, 2, "{}", run.transcript());
            let warning = run.stderr.lines().next().unwrap_or_else(|| panic!("{pattern}: {}", run.transcript()));
            assert!(warning.starts_with(&format!("notegate: warning: the pattern `{pattern}` under `{list}` ")));
            let meant = meant.map(|meant| format!("; did you mean `{meant}`?")).unwrap_or_default();
            assert!(warning.ends_with(&meant) && warning.contains("did you mean") != meant.is_empty(), "{warning}");
        }
    }
    let run = with_configuration("include: ['notes/**']\nexclude: ['notes/contoso/**']\n").check(&[]);
    assert_eq!(run.quiet_code(), 1, "patterns that match are no news");
    // Only a run over the whole root can say that a pattern matches nothing.
    assert_eq!(with_configuration("include: ['notes/**', 'x/**']\n").check(&["notes/contoso"]).quiet_code(), 0);
    // An empty repository may have no notes yet.
    let project = Project::with("notegate.yaml", "include: ['notes/**']\n");
    assert_eq!(project.check(&[]).code, 0);
}

#[test]
fn a_named_folder_without_a_note_is_a_warning() {
    let project = with_configuration("include: ['notes/**']\n");
    project.write("docs/a.yaml", great());
    let run = project.check(&["docs", "notes/contoso"]);
    assert_eq!(run.code, 0);
    assert_eq!(run.stderr, "notegate: warning: the configuration selects no file in `docs`\n");
}

#[test]
fn the_template_of_init_takes_both_endings() {
    let project = Project::with("notes/a.yaml", great());
    project.write("notes/b/c.yml", poor());
    assert_eq!(project.run(&["init"]).quiet_code(), 0);
    let path = project.path().join("notegate.yaml");
    let template = fs::read_to_string(&path).unwrap();
    let include = template.lines().find(|line| line.starts_with("#: include")).unwrap();
    fs::write(&path, include.trim_start_matches("#: ")).unwrap();
    assert_eq!(project.check(&["--list-files"]).stdout, "notes/a.yaml\nnotes/b/c.yml\n");
}

#[test]
fn a_configuration_of_nearly_the_right_name_is_an_error() {
    for name in [
        "notegate.yml",
        ".notegate.yaml",
        "NoteGate.yaml",
        "notegate.yaml.txt",
        "note-gate.yaml",
        "notegate.json",
        "notegate.toml",
        ".notegate",
    ] {
        let project = Project::with("a.yaml", great());
        project.write(name, "fail_on: marginal\n");
        for arguments in [&["check"][..], &["check", "a.yaml"], &["check", "-"], &["grade", "x"], &["eval", "x.jsonl"]]
        {
            let run = project.run(arguments);
            assert_eq!(run.code, 2, "{}", run.transcript());
            assert!(run.stderr.contains(&format!("`{name}` is not read")), "{}", run.stderr);
            assert!(run.stderr.contains("git mv"), "{}", run.stderr);
        }
        assert_eq!(project.check(&["--no-config"]).quiet_code(), 0);
        let run = project.run(&["init"]);
        assert_eq!(run.code, 2, "a second one would hide the first: {}", run.transcript());
        project.write("notegate.yaml", "fail_on: poor\n");
        let run = project.check(&[]);
        assert_eq!(run.code, 0);
        assert!(run.stderr.starts_with(&format!("notegate: warning: `{name}` is not read; ")), "{}", run.stderr);
    }
    // Named by hand it is read, under whatever name.
    let project = Project::with("a.yaml", great());
    project.write("notegate.yml", "fail_on: marginal\n");
    assert_eq!(project.check(&["--config", "notegate.yml"]).quiet_code(), 0);
}

#[test]
fn a_configuration_in_a_folder_is_named() {
    for folder in ["config", ".config", ".github", "notes"] {
        let project = Project::with("a.yaml", great());
        let path = format!("{folder}/notegate.yaml");
        project.write(&path, "fail_on: marginal\n");
        let warning = format!("notegate: warning: `{path}` is not read: only the one at the root is.");
        for arguments in [&["check"][..], &["check", "a.yaml"]] {
            let run = project.run(arguments);
            assert_eq!(run.code, 0, "{}", run.transcript());
            assert!(run.stderr.starts_with(&warning), "{}", run.stderr);
        }
        project.write("notegate.yaml", "fail_on: poor\n");
        assert!(project.check(&[]).stderr.starts_with(&warning));
        assert_eq!(project.check(&["--config", &path]).quiet_code(), 0);
    }
    for path in [".notegate/config.yaml", ".notegate/config.yml", ".config/notegate.yml", ".github/.notegate.yaml"] {
        let project = Project::with("a.yaml", great());
        project.write(path, "fail_on: marginal\n");
        let run = project.check(&[]);
        let warning = format!("notegate: warning: `{path}` is not read: only the one at the root is.");
        assert!(run.code == 0 && run.stderr.starts_with(&warning), "{}", run.transcript());
    }
    // A file of such a name elsewhere is none.
    let project = Project::with("a.yaml", great());
    for path in ["notes/config.yaml", "config/config.yaml", "src/notegate.yml", ".notegate.d/notes.yaml"] {
        project.write(path, "x: 1\n");
    }
    assert_eq!(project.check(&[]).quiet_code(), 0);
    // The configuration of another repository is its own.
    let project = Project::with("a.yaml", great());
    project.write("inner/notegate.yaml", "fail_on: marginal\n");
    fs::create_dir(project.path().join("inner/.git")).unwrap();
    assert_eq!(project.check(&[]).quiet_code(), 0);
}

/// A project in no repository.
fn folder() -> Project {
    let project = Project::with("notes/a.yaml", poor());
    project.write("notes/deep/b.yaml", poor().replace("Teams", "Yammer"));
    fs::remove_dir(project.path().join(".git")).unwrap();
    project
}

fn paths(run: &Run) -> Vec<String> {
    run.json()["records"].as_array().unwrap().iter().map(|record| record["path"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn outside_a_repository_paths_count_from_the_current_folder() {
    let project = folder();
    for arguments in
        [&["notes"][..], &["./notes"], &["notes/"], &[], &["notes/a.yaml", "notes/deep"], &["notes", "notes"]]
    {
        let json = project.check(&[arguments, &["--format", "json"]].concat());
        assert_eq!(paths(&json), ["notes/a.yaml", "notes/deep/b.yaml"], "{arguments:?}");
        let human = project.check(arguments);
        assert!(human.stdout.starts_with("notes/a.yaml:4 ·"), "{}", human.stdout);
        assert!(human.stdout.contains("\nnotes/deep/b.yaml:4 ·"), "{}", human.stdout);
    }
    let deep = project.path().join("notes/deep");
    let run = |arguments: &[&str]| notegate(&deep).args(["check", "--today", TODAY]).args(arguments).output().unwrap();
    for arguments in [&[".."][..], &[project.path().join("notes").to_str().unwrap()]] {
        let output = String::from_utf8(run(arguments).stdout).unwrap();
        assert!(output.starts_with("../a.yaml:4 ·") && output.contains("\nb.yaml:4 ·"), "{output}");
    }
    // The configuration of the folder that was named holds, and its patterns count from there.
    project.write("notes/notegate.yaml", "include: ['deep/*.yaml']\n");
    assert_eq!(project.check(&["notes", "--list-files"]).stdout, "notes/deep/b.yaml\n");
}

#[test]
fn a_report_never_replaces_what_is_examined_or_decides() {
    let project = with_configuration("include: ['notes/**', 'all/*.json']\n");
    project.write("conf/rules.yaml", "fail_on: marginal\n");
    project.write("named.txt", great());
    project.write("notes/old.yaml", great().replace("Exchange Online", "Intune"));
    fs::write(project.path().join(".git/config"), "[core]\n").unwrap();
    let names = [
        "notes/contoso/a.yaml",
        "./notes/../notes/b.yml",
        "notes/new.yaml",
        "notes/report.json",
        "all/report.json",
        "notegate.yaml",
        "notegate.yml",
        ".notegate.yaml",
        "conf/rules.yaml",
        "named.txt",
        "conf",
        ".",
        "..",
        ".git/config",
        ".git/new",
        ".gitignore",
    ];
    fs::create_dir(project.path().join("all")).unwrap();
    let before = snapshot(project.path());
    for name in names {
        for format in ["human", "json"] {
            let run = project.check(&[
                "notes/contoso",
                "named.txt",
                "--config",
                "conf/rules.yaml",
                "--format",
                format,
                "--output",
                name,
            ]);
            // The configuration that is named selects every YAML file.
            if ["notes/report.json", "all/report.json"].contains(&name) {
                continue;
            }
            assert_eq!(run.code, 2, "{name}: {}", run.transcript());
            assert!(run.stderr.contains("the report cannot be written to"), "{}", run.stderr);
        }
        for variables in [&[][..], &[("NOTEGATE_CONFIG", "conf/rules.yaml")]] {
            if ["conf/rules.yaml", "named.txt"].contains(&name) || name.ends_with(".json") && !variables.is_empty() {
                continue;
            }
            let run = project.run_with(&["check", "--output", name], b"", variables);
            assert_eq!(run.code, 2, "{name}: {}", run.transcript());
        }
    }
    let _reports = fs::remove_file(project.path().join("notes/report.json"));
    let _reports = fs::remove_file(project.path().join("all/report.json"));
    assert_eq!(snapshot(project.path()), before);
    let run =
        project.run_with(&["check", "--output", "conf/rules.yaml"], b"", &[("NOTEGATE_CONFIG", "conf/rules.yaml")]);
    assert_eq!(run.code, 2, "{}", run.transcript());
    assert_eq!(project.run(&["grade", "--output", "notegate.yaml", "x"]).code, 2);
    assert_eq!(project.run(&["grade", "--output", "notes/b.yml", "x"]).code, 2);
}

#[test]
fn without_a_configuration_a_report_is_never_called_as_a_note_is() {
    let project = Project::with("a.yaml", great());
    for name in ["report.yaml", "a.yaml", "deep/r.yml", "R.YAML"] {
        fs::create_dir_all(project.path().join("deep")).unwrap();
        let run = project.check(&["--output", name]);
        assert_eq!(run.code, 2, "{}", run.transcript());
        assert!(run.stderr.contains("a file with that name is examined as a note"), "{}", run.stderr);
    }
    assert_eq!(project.check(&["--list-files"]).stdout, "a.yaml\n");
    // A note of some other folder is one, too.
    let other = Project::with("b.yaml", poor());
    let path = other.path().join("b.yaml");
    assert_eq!(project.check(&["--output", path.to_str().unwrap()]).code, 2);
    assert_eq!(fs::read_to_string(path).unwrap(), poor());
    // Where the configuration leaves the name out, it is free.
    project.write("notegate.yaml", "exclude: ['reports/**']\n");
    fs::create_dir(project.path().join("reports")).unwrap();
    for _again in 0..2 {
        assert_eq!(project.check(&["--output", "reports/r.yaml"]).code, 0);
    }
}

#[test]
fn a_report_is_not_called_as_a_configuration_where_one_is_looked_for() {
    let project = Project::with("a.yaml", great());
    fs::create_dir(project.path().join("out")).unwrap();
    let check = |name: &str| project.check(&["--format", "json", "--output", name]);
    for name in ["notegate.json", ".notegate.json", "notegate.toml", "notegates.json", "./out/../notegate-config.json"]
    {
        let run = check(name);
        assert_eq!(run.code, 2, "{}", run.transcript());
        assert!(run.stderr.contains("taken for a configuration with the wrong name"), "{}", run.stderr);
        assert!(run.stderr.contains("Name a new file that is not a note, such as report.json"), "{}", run.stderr);
        // That is so.
        project.write(name, "{}");
        assert_eq!(project.check(&[]).code, 2, "{name}");
        fs::remove_file(project.path().join(name)).unwrap();
    }
    for (name, why) in
        [("notegate.yaml", "it is the configuration"), ("out/notegate.yaml", "the configuration has that name")]
    {
        let run = check(name);
        assert_eq!(run.code, 2, "{}", run.transcript());
        assert!(run.stderr.contains(why), "{}", run.stderr);
    }
    // No run looks for its configuration in a folder of a repository.
    for name in ["out/notegate.json", "out/.notegate.json", "notegate-report.json", "notegate.txt", "notegate"] {
        for _again in 0..2 {
            assert_eq!(check(name).quiet_code(), 0, "{name}");
        }
        assert_eq!(project.check(&[]).quiet_code(), 0, "{name}");
    }
    // At the top of another one, and in any folder outside of all, a run does.
    let other = Project::with("b.yaml", great());
    let free = folder();
    for place in [other.path(), free.path()] {
        assert_eq!(check(place.join("notegate.json").to_str().unwrap()).code, 2);
        assert_eq!(check(place.join("report.json").to_str().unwrap()).quiet_code(), 0);
    }
}

#[test]
fn what_makes_no_report_takes_no_option_of_one() {
    let project = with_configuration("{}\n");
    for arguments in [
        &["--list-files", "--output", "out.json"][..],
        &["--list-files", "--format", "json"],
        &["--list-files", "--format=human", "notes"],
        &["--list-files", "--print-config"],
        &["--print-config", "--output", "out.json"],
    ] {
        let run = project.check(arguments);
        assert_eq!(run.code, 2, "{}", run.transcript());
        assert!(run.stderr.contains("cannot be used with"), "{}", run.stderr);
    }
    assert!(!project.path().join("out.json").exists());
    for arguments in
        [&["--list-files"][..], &["--list-files", "-v"], &["--list-files", "--no-config"], &["--print-config"]]
    {
        assert_eq!(project.check(arguments).quiet_code(), 0, "{arguments:?}");
    }
}

#[test]
fn a_report_is_called_as_no_note_anywhere() {
    // Outside of a repository a run may look at the folder beside the one that was named.
    let project = folder();
    fs::create_dir(project.path().join("x")).unwrap();
    for name in ["x/report.yaml", "x/R.YML", "report.yml", "notes/r.yaml"] {
        let run = project.run(&["check", "notes", "--output", name]);
        assert_eq!(run.code, 2, "{}", run.transcript());
        assert!(run.stderr.contains("a file with that name is examined as a note"), "{}", run.stderr);
    }
    assert_eq!(project.check(&["--list-files"]).stdout, "notes/a.yaml\nnotes/deep/b.yaml\n");
    let run = project.check(&["--output", "-"]);
    assert_eq!(run.code, 2, "{}", run.transcript());
    assert!(run.stderr.contains("`-` names no file") && run.stderr.contains("standard output"), "{}", run.stderr);
    assert!(!project.path().join("-").exists());
    assert_eq!(project.check(&["--output", "./-"]).quiet_code(), 1);
    assert!(project.path().join("-").exists());
}

#[test]
fn a_report_appears_whole_or_not_at_all() {
    let project = Project::with("a.yaml", great());
    fs::create_dir(project.path().join("out")).unwrap();
    let path = project.path().join("out/report.json");
    assert_eq!(project.check(&["--format", "json", "--output", "out/report.json"]).quiet_code(), 0);
    let first = fs::read_to_string(&path).unwrap();
    assert!(first.ends_with("}\n"));
    // A run that fails leaves the old report, and nothing beside it.
    project.write("notegate.yaml", "fail_on: never\n");
    assert_eq!(project.check(&["--format", "json", "--output", "out/report.json"]).code, 2);
    project.write("notegate.yaml", "");
    assert_eq!(project.check(&["--output", "out/report.json", "nothere"]).code, 2);
    assert_eq!(fs::read_to_string(&path).unwrap(), first);
    assert_eq!(fs::read_dir(project.path().join("out")).unwrap().count(), 1);
    // One that does not fail replaces it, blocked or not.
    project.write("b.yaml", poor());
    assert_eq!(project.check(&["--format", "json", "--output", "out/report.json"]).quiet_code(), 1);
    assert_ne!(fs::read_to_string(&path).unwrap(), first);
    assert_eq!(project.check(&["--output", "out/report.json", "--require-records", "notegate.yaml"]).code, 4);
    assert_eq!(fs::read_dir(project.path().join("out")).unwrap().count(), 1);
}

#[cfg(unix)]
#[test]
fn a_report_may_go_to_a_stream() {
    let project = Project::with("a.yaml", poor());
    let run = project.check(&["--format", "json", "--output", "/dev/null"]);
    assert_eq!(run.code, 1, "{}", run.transcript());
    assert!(run.stdout.contains("a.yaml"), "{}", run.stdout);
    for name in ["/dev/stdout", "/dev/../dev/stdout", "/dev/fd/1"] {
        let run = project.check(&["--format", "json", "--output", name]);
        assert_eq!(run.code, 1, "{}", run.transcript());
        assert!(run.stdout.contains("\"path\""), "{}", run.stdout);
    }
    let run = project.check(&["--format", "json", "--output", "/dev/stderr"]);
    assert!(run.stderr.contains("\"path\""), "{}", run.stderr);
    // A link elsewhere is never followed, wherever it leads.
    std::os::unix::fs::symlink("/dev/null", project.path().join("null")).unwrap();
    let run = project.check(&["--output", "null"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("it is a symbolic link"), "{}", run.stderr);
    assert_eq!(project.check(&["--output", "/dev"]).code, 2);
}

#[test]
fn what_is_no_report_is_never_overwritten() {
    let project = Project::with("a.yaml", great());
    let texts =
        ["precious", "\n", "{}", "{\"version\":1}", "customer: Contoso\n", "1 file, 1 record: 1 great\n", "\u{feff}"];
    for (number, text) in texts.into_iter().enumerate() {
        for name in [format!("{number}.txt"), format!("{number}.json"), format!("it's {number}.md")] {
            project.write(&name, text);
            for arguments in [&["check"][..], &["check", "--format", "json"], &["check", "-q"], &["grade", "x"]] {
                let run = project.run(&[arguments, &["--output", &name]].concat());
                assert_eq!(run.code, 2, "{name}: {}", run.transcript());
                assert!(run.stderr.contains("it is there and is not a report of notegate"), "{}", run.stderr);
                assert_eq!(fs::read_to_string(project.path().join(&name)).unwrap(), text);
            }
        }
    }
    let run = project.check(&["--output", "it's 0.md"]);
    assert!(run.stderr.contains(r"delete it first: rm 'it'\''s 0.md'"), "{}", run.stderr);
    // A report of any format is replaced by one of any format, and so is a file with nothing in it.
    project.write("empty.txt", "");
    for name in ["report", "empty.txt"] {
        for arguments in [&["check"][..], &["check", "--format", "json"], &["check", "-v"], &["grade", "x"], &["check"]]
        {
            let run = project.run(&[arguments, &["--output", name]].concat());
            assert!(run.code < 2, "{arguments:?}: {}", run.transcript());
        }
    }
}

#[test]
fn what_git_tracks_is_never_overwritten() {
    let project = Project::with("sub/a.yaml", great());
    fs::remove_dir(project.path().join(".git")).unwrap();
    let git = |arguments: &[&str]| {
        let mut git = std::process::Command::new("git");
        support::scrub(&mut git, project.path());
        assert!(git.args(arguments).status().unwrap().success(), "{arguments:?}");
    };
    git(&["init", "--quiet"]);
    for name in ["report.json", "sub/report.txt", "sub/empty.txt"] {
        let format = if name.ends_with(".json") { "json" } else { "human" };
        if name != "sub/empty.txt" {
            assert_eq!(project.check(&["--format", format, "--output", name]).quiet_code(), 0, "not tracked yet");
        } else {
            project.write(name, "");
        }
        git(&["add", "-f", name]);
        let run = project.check(&["--format", format, "--output", name]);
        assert_eq!(run.code, 2, "{}", run.transcript());
        assert!(run.stderr.contains("git tracks it"), "{}", run.stderr);
        // The way out.
        let command = run.stderr.split("out of git: ").nth(1).unwrap().lines().next().unwrap();
        let command = command.replace("[project]", project.path().to_str().unwrap());
        git(&["-c", &format!("alias.x=!{command}"), "x"]);
        assert_eq!(project.check(&["--format", format, "--output", name]).quiet_code(), 0);
    }
    // From elsewhere the same repository counts.
    project.write("LICENSE", "free");
    git(&["add", "LICENSE"]);
    let other = Project::with("b.yaml", great());
    let path = project.path().join("LICENSE");
    let run = other.check(&["--output", path.to_str().unwrap()]);
    assert!(run.code == 2 && run.stderr.contains("git tracks it"), "{}", run.transcript());
}

fn snapshot(folder: &Path) -> Vec<(std::path::PathBuf, Vec<u8>)> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let entry = entry.unwrap();
            match entry.file_type().unwrap().is_dir() {
                true => folders.push(entry.path()),
                false => files.push((entry.path(), fs::read(entry.path()).unwrap_or_default())),
            }
        }
    }
    files.sort();
    files
}

#[cfg(unix)]
mod unix {
    use super::*;
    use std::io::Read as _;
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};
    use std::process::{Command, Stdio};

    #[test]
    fn a_link_is_never_written_through() {
        let project = Project::with("a.yaml", great());
        let outside = Project::with("precious.txt", "precious");
        let target = outside.path().join("precious.txt");
        symlink(&target, project.path().join("report.json")).unwrap();
        symlink("nowhere", project.path().join("dangling.json")).unwrap();
        symlink("a.yaml", project.path().join("note.json")).unwrap();
        for name in ["report.json", "dangling.json", "note.json"] {
            let run = project.check(&["--output", name]);
            assert_eq!(run.code, 2, "{}", run.transcript());
            assert!(run.stderr.contains("it is a symbolic link"), "{}", run.stderr);
        }
        assert_eq!(fs::read_to_string(target).unwrap(), "precious");
        assert!(!project.path().join("nowhere").exists());
        // Another name of a note is no report.
        fs::hard_link(project.path().join("a.yaml"), project.path().join("hard.json")).unwrap();
        let run = project.check(&["--output", "hard.json"]);
        assert_eq!(run.code, 2, "{}", run.transcript());
        assert_eq!(fs::read_to_string(project.path().join("hard.json")).unwrap(), great());
        assert_eq!(fs::read_to_string(project.path().join("a.yaml")).unwrap(), great());
        // Another name of a report is replaced as a name; the other stays.
        assert_eq!(project.check(&["--output", "one.txt"]).quiet_code(), 0);
        let earlier = fs::read_to_string(project.path().join("one.txt")).unwrap();
        fs::hard_link(project.path().join("one.txt"), project.path().join("other.txt")).unwrap();
        assert_eq!(project.check(&["--output", "other.txt", "-v"]).quiet_code(), 0);
        assert_eq!(fs::read_to_string(project.path().join("one.txt")).unwrap(), earlier);
        assert_ne!(fs::read_to_string(project.path().join("other.txt")).unwrap(), earlier);
        // A folder on the way may be a link: the file itself counts.
        fs::create_dir(project.path().join("notes")).unwrap();
        project.write("notes/b.yaml", poor());
        symlink("notes", project.path().join("again")).unwrap();
        assert_eq!(project.check(&["--output", "again/b.yaml"]).code, 2);
    }

    #[test]
    fn a_report_has_the_rights_that_other_files_get() {
        let project = Project::with("a.yaml", great());
        let mode = |name: &str| fs::metadata(project.path().join(name)).unwrap().mode() & 0o777;
        assert_eq!(project.check(&["--output", "report.txt"]).quiet_code(), 0);
        fs::write(project.path().join("other.txt"), "").unwrap();
        assert_eq!(mode("report.txt"), mode("other.txt"));
        fs::set_permissions(project.path().join("report.txt"), fs::Permissions::from_mode(0o640)).unwrap();
        assert_eq!(project.check(&["--output", "report.txt"]).quiet_code(), 0);
        assert_eq!(mode("report.txt"), 0o640);
        fs::set_permissions(project.path().join("report.txt"), fs::Permissions::from_mode(0o440)).unwrap();
        assert_eq!(project.check(&["--output", "report.txt"]).code, 2, "it is read-only");
    }

    /// How a report begins whose run was cut off.
    const OLD: &str = "{\"version\":1,\"tool\":{\"name\":\"notegate\",\"version\":\"0.0.1\"},";

    #[test]
    fn an_interrupted_run_leaves_the_old_report_and_nothing_else() {
        let project = Project::with("out/report.json", OLD);
        for number in 0..3000 {
            project.write(&format!("n/{number}.yaml"), poor());
        }
        let mut command = notegate(project.path());
        command.args(["check", "--format", "json", "--output", "out/report.json"]);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        // The run has begun to report, so the report file is open; it waits for the rest to be read.
        let mut stdout = child.stdout.take().unwrap();
        stdout.read_exact(&mut [0; 1]).unwrap();
        let killed = Command::new("kill").args(["-KILL", &child.id().to_string()]).status().unwrap();
        assert!(killed.success());
        assert!(!child.wait().unwrap().success());
        assert_eq!(fs::read_to_string(project.path().join("out/report.json")).unwrap(), OLD);
        assert_eq!(fs::read_dir(project.path().join("out")).unwrap().count(), 1);
    }

    #[test]
    fn a_bare_repository_takes_no_report() {
        let project = Project::with("a.yaml", great());
        fs::create_dir_all(project.path().join("server.git/objects")).unwrap();
        fs::create_dir_all(project.path().join("server.git/refs")).unwrap();
        project.write("server.git/HEAD", "ref: refs/heads/main\n");
        assert_eq!(project.check(&["--output", "server.git/report.json"]).code, 2);
    }
}
