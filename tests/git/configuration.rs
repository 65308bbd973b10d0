//! What is wrong with a configuration is told in every source, and the change that mends it finds its way.

use crate::support::{GREAT, POOR, Record, Repo, Run, program};

#[test]
fn a_pattern_that_matches_nothing_in_a_commit_is_said() {
    let repo = Repo::bare_of_hooks();
    repo.write("notegate.yaml", "include: ['note/*.yaml', '*.yaml']\nexclude: ['old/**']\n");
    repo.write("notes/a.yaml", &Record::new("Contoso", "Yammer", GREAT).yaml());
    repo.commit_all_unchecked("begin");
    let run = repo.notegate(&["check", "--rev", "HEAD"]);
    run.said(0, "warning: the pattern `note/*.yaml` under `include` matches no file\n");
    run.said(0, "warning: the pattern `*.yaml` under `include` matches no file; did you mean `**/*.yaml`?");
    run.said(0, "the pattern `old/**` under `exclude` leaves out no file that would be examined");
    for whole in [&["check"][..], &["check", "."], &["check", "--rev", "HEAD", "."]] {
        repo.notegate(whole).said(0, "under `exclude` leaves out no file");
    }
    // A change says nothing about the rest of the repository.
    assert!(!repo.notegate(&["check", "--from", "HEAD"]).passed().contains("warning"));
    assert!(!repo.notegate(&["check", "--staged"]).passed().contains("warning"));
    assert!(!repo.notegate(&["hook", "pre-commit"]).passed().contains("warning"));
}

#[test]
fn a_staged_configuration_whose_pattern_matches_nothing_is_told_by_the_hook() {
    let said = "warning: the pattern `Notes/**` under `include` matches no file; did you mean `notes/**`?";
    let poor = Record::new("Contoso", "Teams", POOR).yaml();
    let repo = Repo::bare_of_hooks();
    repo.stage("notegate.yaml", "include: [\"Notes/**\"]\n");
    repo.stage("notes/l.yaml", &poor);
    for command in [&["hook", "pre-commit"][..], &["check", "--staged"]] {
        repo.notegate(command).said(0, said);
    }
    repo.commit_all_unchecked("begin");
    // Without the configuration in the change, nothing is looked for.
    repo.stage("notes/m.yaml", &poor);
    assert!(!repo.notegate(&["hook", "pre-commit"]).passed().contains("warning"));
    // An edit of it is compared with the whole of what is staged, and what is not touched is a part of that.
    repo.commit_all_unchecked("more");
    repo.stage("notegate.yaml", "include: [\"notes/**\"]\n");
    assert!(!repo.notegate(&["hook", "pre-commit"]).passed().contains("warning"));
    repo.stage("notegate.yaml", "include: [\"notes/**\", \"Notes/**\"]\n");
    repo.notegate(&["hook", "pre-commit"]).said(0, "under `include` matches no file");
    // A file that the change removes is no longer there to be matched.
    repo.stage("old/a.yaml", "x: 1\n");
    repo.stage("notegate.yaml", "include: [\"notes/**\"]\n");
    repo.commit_all_unchecked("old");
    repo.git(&["rm", "--quiet", "old/a.yaml"]).passed();
    repo.stage("notegate.yaml", "include: [\"notes/**\", \"old/**\"]\n");
    repo.notegate(&["hook", "pre-commit"]).said(0, "the pattern `old/**` under `include` matches no file");
}

#[test]
fn a_misnamed_configuration_is_told_in_every_source() {
    let note = Record::new("Contoso", "Yammer", GREAT).yaml();
    for name in ["notegate.yml", ".notegate.yaml", "Notegate.yaml"] {
        let repo = Repo::bare_of_hooks();
        repo.write("a.yaml", &note);
        repo.commit_all_unchecked("begin");
        repo.stage(name, "fail_on: marginal\n");
        let words = format!("`{name}` is not read: the configuration must be called `notegate.yaml`");
        repo.notegate(&["check"]).said(2, &words);
        repo.notegate(&["grade", "x"]).said(2, &words);
        repo.notegate(&["check", "--staged"]).said(2, &words);
        repo.notegate(&["hook", "pre-commit"]).said(2, &words);
        repo.commit_all_unchecked("misnamed");
        repo.notegate(&["check", "--rev", "HEAD"]).said(2, &words);
        repo.notegate(&["check", "--from", "HEAD~1"]).said(2, &words);
        repo.notegate(&["check", "--from", "HEAD"]).said(2, &format!("`{name}` before the change is not read"));
        repo.notegate(&["check", "--no-config"]).passed();
        // The change that gives it its name is judged by the rules that the team believed in.
        repo.git(&["mv", "-f", name, "notegate.yaml"]).passed();
        repo.write("b.yaml", &Record::new("Fabrikam", "Teams", GREAT).yaml());
        repo.write("thin.yaml", &Record::new("Fabrikam", "Yammer", GREAT).yaml());
        repo.commit_all_unchecked("named");
        let run = repo.notegate(&["check", "--from", "HEAD~1"]);
        // A copied note is marginal, which those rules block.
        run.said(1, &format!("`{name}` was never read; this change is judged by the rules in it"));
        assert!(run.text.contains("thin.yaml:4 · Fabrikam · Yammer · Blocked → marginal, blocked"), "{}", run.text);
        repo.notegate(&["check", "--rev", "HEAD"]).ended(1);
    }
}

#[test]
fn a_change_that_mends_the_configuration_finds_its_way() {
    let repo = Repo::bare_of_hooks();
    repo.write("notegate.yaml", "include: ['notes/']\n");
    repo.write("notes/a.yaml", &Record::new("Contoso", "Yammer", GREAT).yaml());
    repo.commit_all_unchecked("begin");
    repo.write("notegate.yaml", "include: ['notes/**']\n");
    repo.commit_all_unchecked("mended");
    let run = repo.notegate(&["check", "--from", "HEAD~1"]);
    run.said(2, "the pattern `notes/` can match no file");
    run.said(2, "; write `notes/**`");
    run.said(2, "--config-from head");
    repo.notegate(&["check", "--from", "HEAD~1", "--config-from", "head"]).passed();
}

#[test]
fn two_configurations_are_a_warning() {
    let repo = Repo::bare_of_hooks();
    repo.write("a.yaml", &Record::new("Contoso", "Yammer", GREAT).yaml());
    repo.write("notegate.yaml", "fail_on: poor\n");
    repo.write("notegate.yml", "fail_on: marginal\n");
    repo.git(&["add", "."]).passed();
    let words = "warning: `notegate.yml` is not read; the configuration is `notegate.yaml`";
    repo.notegate(&["check"]).said(0, words);
    repo.notegate(&["hook", "pre-commit"]).said(0, words);
    repo.git(&["commit", "--quiet", "-m", "x"]).passed();
    repo.notegate(&["check", "--rev", "HEAD"]).said(0, words);
    repo.notegate(&["check", "--from", "HEAD"]).said(0, words);
}

#[test]
fn a_configuration_in_a_folder_is_a_warning_in_every_source() {
    for path in [
        "config/notegate.yaml",
        ".config/notegate.yaml",
        ".github/notegate.yaml",
        ".config/notegate.yml",
        ".notegate/config.yaml",
    ] {
        let repo = Repo::bare_of_hooks();
        repo.write("a.yaml", &Record::new("Contoso", "Yammer", GREAT).yaml());
        repo.write(path, "fail_on: marginal\n");
        repo.git(&["add", "."]).passed();
        let words = format!("warning: `{path}` is not read: only the one at the root is.");
        repo.notegate(&["check"]).said(0, &words);
        repo.notegate(&["hook", "pre-commit"]).said(0, &words);
        repo.git(&["commit", "--quiet", "-m", "x"]).passed();
        repo.notegate(&["check", "--rev", "HEAD"]).said(0, &words);
        repo.notegate(&["check", "--from", "HEAD"]).said(0, &words);
    }
}

#[test]
fn what_helps_in_a_hook_is_what_git_takes() {
    let repo = Repo::holding(&[("a.yaml", Record::new("Contoso", "Teams", GREAT).yaml())]);
    let ways: [&dyn Fn(); 3] =
        [&|| repo.stage("notegate.yaml", "a: [\n"), &|| repo.stage("notegate.yaml", "fail_on: never\n"), &|| {
            repo.stage("notegate.yaml", &" ".repeat(3_000_000));
        }];
    for way in ways {
        way();
        let run = repo.notegate(&["hook", "pre-commit"]);
        run.said(2, "Nothing was committed");
        assert!(run.text.contains("help: ") && !run.text.contains("--no-config"), "{}", run.text);
        repo.notegate(&["check", "--staged"]).said(2, "--no-config");
    }
    let mut named = repo.command(program(), repo.root());
    named.args(["hook", "pre-commit"]).env("NOTEGATE_CONFIG", "nowhere.yaml");
    let run = Run::of(&named.output().unwrap());
    assert!(run.ended(2).contains("permissions of the file.") && !run.text.contains("--no-config"), "{}", run.text);
}

#[test]
fn a_range_looks_at_the_configuration_that_it_brings() {
    let record = |note: &str| Record::new("Contoso", "Yammer", note).yaml();
    let begun = || {
        let repo = Repo::bare_of_hooks();
        repo.write("notegate.yaml", "include: ['notes/**/*.yaml']\n");
        repo.write("notes/a.yaml", &record(GREAT));
        repo.commit_all_unchecked("begin");
        repo.git(&["checkout", "--quiet", "-b", "topic"]).passed();
        repo
    };
    let range = ["check", "--from", "HEAD~1"];
    for (configuration, words) in [
        ("include: ['nothere/**/*.yaml']\n", "the pattern `nothere/**/*.yaml` under `include` matches no file"),
        ("include: ['note/*.yaml', 'notes/**']\n", "the pattern `note/*.yaml` under `include` matches no file"),
        ("include: ['notes/**']\nexclude: ['old/**']\n", "the pattern `old/**` under `exclude` leaves out no file"),
        ("overrides:\n- paths: ['odl/**']\n  rules: {hedging: off}\n", "the pattern `odl/**`"),
    ] {
        let repo = begun();
        repo.write("notegate.yaml", configuration);
        repo.write("notes/b.yaml", &Record::new("Fabrikam", "Yammer", GREAT).yaml());
        repo.commit_all_unchecked("rules");
        repo.notegate(&range).said(0, words);
        // The configuration from before decides all the same.
        repo.notegate(&range).said(0, "1 record");
        assert!(!repo.notegate(&["check", "--from", "HEAD"]).passed().contains("warning"));
    }
    for (configuration, words) in [
        ("include: ['notes/[a']\n", "`[` begins a list of characters"),
        ("include: ['notes/']\n", "it ends with `/`"),
        ("inlcude: ['notes/**']\n", "there is no setting `inlcude`"),
        ("include: [\n", "notegate.yaml"),
    ] {
        let repo = begun();
        repo.write("notegate.yaml", configuration);
        repo.commit_all_unchecked("rules");
        let run = repo.notegate(&range);
        run.said(0, words);
        run.said(0, "warning: the configuration that this change brings cannot be used");
        repo.notegate(&["check", "--rev", "HEAD"]).said(2, words);
        // Of rules that the run does not take from there nothing is asked.
        repo.notegate(&["check", "--from", "HEAD~1", "--no-config"]).passed();
    }
    // Sound patterns, and a configuration that goes, are nothing to speak of.
    let repo = begun();
    repo.write("notegate.yaml", "include: ['notes/*.yaml']\n");
    repo.commit_all_unchecked("rules");
    assert!(!repo.notegate(&range).passed().contains("warning"));
    repo.git(&["rm", "--quiet", "notegate.yaml"]).passed();
    repo.commit_all_unchecked("no rules");
    assert!(!repo.notegate(&range).passed().contains("warning"));
}
