//! The scripts of docs/ci.md and docs/install.md, run in a shell with what each system sets: what is shown works.

use crate::runner::{Event, Runner, tools};
use crate::support::{GREAT, POOR, Record, Repo, Run, executable, program};
use serde_json::{Value, json};
use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The blocks of this language below a heading of a page.
fn blocks(page: &str, heading: &str, language: &str) -> Vec<String> {
    let text = fs::read_to_string(Path::new(ROOT).join(page)).unwrap();
    let section = text.split(&format!("\n## {heading}\n")).nth(1).unwrap_or_else(|| panic!("no “{heading}” in {page}"));
    let section = section.split("\n## ").next().unwrap();
    let fence = format!("```{language}\n");
    section.split(&fence).skip(1).map(|rest| rest.split("```").next().unwrap().to_owned()).collect()
}

/// The first YAML block below a heading of the page about CI.
fn configuration(heading: &str) -> Value {
    serde_yaml::from_str(blocks("docs/ci.md", heading, "yaml").first().unwrap()).unwrap()
}

/// A list of commands as one script.
fn script(commands: &Value) -> String {
    commands.as_array().unwrap().iter().map(|line| line.as_str().unwrap()).collect::<Vec<_>>().join("\n")
}

/// A clone of a server, with `topic` checked out, on a machine where pip knows one package.
struct Machine {
    repo: Repo,
    programs: PathBuf,
}

impl Machine {
    /// `main` has an old poor note; `topic` brings a record with this note.
    fn with(note: &str) -> Self {
        let repo = Repo::bare_of_hooks();
        repo.write("old.yaml", &Record::new("Contoso", "Teams", POOR).yaml());
        repo.commit_all_unchecked("old");
        repo.git(&["clone", "--quiet", "--bare", ".", "../server.git"]).passed();
        repo.git(&["remote", "add", "origin", "../server.git"]).passed();
        repo.git(&["fetch", "--quiet", "origin"]).passed();
        repo.git(&["switch", "--quiet", "--create", "topic"]).passed();
        repo.write("new.yaml", &Record::new("Contoso", "Yammer", note).yaml());
        repo.commit_all_unchecked("topic");
        let programs = tools(&repo);
        let pip = format!(
            "#!/bin/sh\nfor word; do last=$word; done\n\
             [ \"$last\" = 'notegate=={VERSION}' ] || {{ echo \"no such package: $last\"; exit 1; }}\n\
             ln -sf '{}' \"$(dirname \"$0\")/notegate\"\n",
            program().display()
        );
        let python =
            "#!/bin/sh\n[ \"$1 $2\" = '-m venv' ] && mkdir -p \"$3/bin\" && cp \"$(dirname \"$0\")/pip\" \"$3/bin\"\n";
        for (name, script) in [("pip", pip.as_str()), ("pipx", &pip), ("python3", python)] {
            executable(&programs.join(name), script);
        }
        Self { repo, programs }
    }

    /// notegate is installed.
    fn installed(self) -> Self {
        symlink(program(), self.programs.join("notegate")).unwrap();
        self
    }

    fn run(&self, script: &str, variables: &[(&str, &str)]) -> Run {
        let mut bash = self.repo.command("bash", self.repo.root());
        bash.args(["--noprofile", "--norc", "-eo", "pipefail", "-c", script]).env("PATH", &self.programs);
        Run::of(&bash.env("CI", "true").envs(variables.iter().copied()).output().unwrap())
    }

    fn commit(&self, name: &str) -> String {
        self.repo.ask(&["rev-parse", name])
    }
}

/// Runs what `script` makes of a machine on a good and on a poor change; both leave these reports.
fn judges(reports: &[&str], script: impl Fn(&Machine) -> Run) {
    for (note, code) in [(GREAT, 0), (POOR, 1)] {
        let machine = Machine::with(note);
        let run = script(&machine);
        run.said(code, "1 file, 1 record");
        assert_eq!(run.text.contains("new.yaml"), code == 1, "{}", run.text);
        assert!(!run.text.contains("old.yaml"), "{}", run.text);
        for report in reports {
            let text =
                fs::read_to_string(machine.repo.path(report)).unwrap_or_else(|_| panic!("{report}: {}", run.text));
            assert_eq!(findings(report, &text) > 0, code == 1, "{report}");
        }
    }
}

/// How much a report finds; its format is told by the name of its file.
fn findings(report: &str, text: &str) -> usize {
    if report.ends_with(".xml") {
        return text.matches("<failure ").count();
    }
    let read: Value = serde_json::from_str(text).unwrap();
    let found = if report.ends_with(".sarif") { &read["runs"][0]["results"] } else { &read };
    found.as_array().unwrap().len()
}

#[test]
fn github_runs_what_the_page_shows() {
    let page = blocks("docs/ci.md", "GitHub Actions", "yaml");
    let workflow: Value = serde_yaml::from_str(&page[0]).unwrap();
    let steps = workflow["jobs"]["notegate"]["steps"].as_array().unwrap();
    // The commit and the version of the checkout are those of the project's own workflow.
    let own = fs::read_to_string(Path::new(ROOT).join(".github/workflows/ci.yml")).unwrap();
    let checkout = page[0].lines().find_map(|line| line.trim().strip_prefix("- uses: actions/")).unwrap();
    assert!(own.contains(checkout), "{checkout}");
    assert_eq!(steps[0]["with"]["fetch-depth"], 0);
    assert_eq!(steps[1]["uses"], "OWNER/notegate@COMMIT");

    let with: Value = serde_yaml::from_str(&page[1]).unwrap();
    let action: Value = serde_yaml::from_str(&fs::read_to_string(Path::new(ROOT).join("action.yml")).unwrap()).unwrap();
    judges(&["notegate.sarif"], |machine| {
        let mut runner = Runner::with_program(&machine.repo);
        for (name, value) in with[0]["with"].as_object().unwrap() {
            assert!(!action["inputs"][name].is_null(), "{name}");
            runner = runner.input(name, value.as_str().unwrap());
        }
        runner.run(&Event {
            name: "pull_request",
            payload: json!({"pull_request": {"base": {"sha": machine.commit("main")}}, "repository": {"default_branch": "main"}}),
            reference: "refs/pull/1/merge".to_owned(),
            sha: machine.commit("HEAD"),
        })
    });
    let without: Value = serde_yaml::from_str(&page[2]).unwrap();
    let steps = without.as_array().unwrap();
    assert_eq!(steps[1]["env"]["BASE"], "${{ github.event.pull_request.base.sha }}");
    judges(&[], |machine| {
        machine.run(steps[0]["run"].as_str().unwrap(), &[]).passed();
        machine.run(steps[1]["run"].as_str().unwrap(), &[("BASE", &machine.commit("main"))])
    });
}

#[test]
fn gitlab_runs_what_the_page_shows() {
    let job = &configuration("GitLab CI")["notegate"];
    let commands = format!("{}\n{}", script(&job["before_script"]), script(&job["script"]));
    let reports: Vec<&str> =
        job["artifacts"]["reports"].as_object().unwrap().values().filter_map(Value::as_str).collect();
    assert_eq!((reports.len(), job["artifacts"]["when"].as_str()), (2, Some("always")));
    let none = "0".repeat(40);
    let general = [("CI_DEFAULT_BRANCH", "main"), ("CI_COMMIT_REF_NAME", "topic")];
    // A merge request; one with merged results, whose target went on; a push.
    judges(&reports, |machine| {
        let base = machine.commit("main");
        let variables = [("CI_MERGE_REQUEST_DIFF_BASE_SHA", base.as_str()), ("CI_COMMIT_BEFORE_SHA", &none)];
        machine.run(&commands, &[&general[..], &variables].concat())
    });
    judges(&reports, |machine| {
        let base = machine.commit("main");
        machine.repo.git(&["switch", "--quiet", "main"]).passed();
        machine.repo.write("theirs.yaml", &Record::new("Fabrikam", "Intune", POOR).yaml());
        machine.repo.commit_all_unchecked("somebody else's");
        let target = machine.commit("main");
        machine.repo.git(&["merge", "--quiet", "--no-edit", "--no-verify", "topic"]).passed();
        let variables =
            [("CI_MERGE_REQUEST_DIFF_BASE_SHA", base.as_str()), ("CI_MERGE_REQUEST_TARGET_BRANCH_SHA", &target)];
        machine.run(&commands, &[&general[..], &variables].concat())
    });
    judges(&reports, |machine| {
        let before = machine.commit("main");
        machine.run(&commands, &[&general[..], &[("CI_COMMIT_BEFORE_SHA", before.as_str())]].concat())
    });
    // The first push of the default branch: everything is judged.
    let machine = Machine::with(GREAT);
    let first = [("CI_DEFAULT_BRANCH", "main"), ("CI_COMMIT_REF_NAME", "main"), ("CI_COMMIT_BEFORE_SHA", &none)];
    machine.run(&commands, &first).said(1, "old.yaml");
}

#[test]
fn azure_runs_what_the_page_shows() {
    let pipeline = configuration("Azure Pipelines");
    let steps = pipeline["steps"].as_array().unwrap();
    assert_eq!((&steps[0]["checkout"], &steps[0]["fetchDepth"]), (&json!("self"), &json!(0)));
    let commands: Vec<&str> = steps.iter().filter_map(|step| step["bash"].as_str()).collect();
    let publish = steps.last().unwrap();
    assert_eq!(
        (publish["task"].as_str(), publish["condition"].as_str()),
        (Some("PublishTestResults@2"), Some("succeededOrFailed()"))
    );
    assert_eq!(publish["inputs"]["searchFolder"], "$(Agent.TempDirectory)");
    let report = publish["inputs"]["testResultsFiles"].as_str().unwrap();
    // Azure Repos names the branch with its folder, a repository on GitHub without.
    for target in ["refs/heads/main", "main"] {
        judges(&[report], |machine| {
            let folder = machine.repo.root().to_str().unwrap();
            machine.run(
                &commands.join("\n"),
                &[("SYSTEM_PULLREQUEST_TARGETBRANCH", target), ("AGENT_TEMPDIRECTORY", folder)],
            )
        });
    }
}

#[test]
fn jenkins_runs_what_the_page_shows() {
    let pipeline = blocks("docs/ci.md", "Jenkins", "groovy").remove(0);
    let commands = pipeline.split("'''").nth(1).unwrap();
    for report in ["notegate.xml", "notegate.sarif"] {
        assert!(pipeline.split("post {").nth(1).unwrap().contains(&format!("'{report}'")), "{report}");
    }
    judges(&["notegate.xml", "notegate.sarif"], |machine| {
        let temporary = machine.repo.home().join("a folder");
        machine.run(commands, &[("CHANGE_TARGET", "main"), ("WORKSPACE_TMP", temporary.to_str().unwrap())])
    });
}

#[test]
fn bitbucket_runs_what_the_page_shows() {
    let pipeline = configuration("Bitbucket Pipelines");
    assert_eq!(pipeline["clone"]["depth"], "full");
    let commands = script(&pipeline["pipelines"]["pull-requests"]["**"][0]["step"]["script"]);
    // Bitbucket reads the tests of every folder of this name.
    judges(&["test-results/notegate.xml"], |machine| {
        machine.run(&commands, &[("BITBUCKET_PR_DESTINATION_BRANCH", "main")])
    });
}

#[test]
fn a_shell_runs_what_the_page_shows() {
    let commands = blocks("docs/ci.md", "Any other CI: a plain shell", "sh").remove(0);
    for (note, code) in [(GREAT, 0), (POOR, 1)] {
        let machine = Machine::with(note).installed();
        machine.run(&commands, &[]).said(code, "1 file, 1 record");
        // A shallow clone of one branch is completed.
        machine.repo.git(&["push", "--quiet", "--no-verify", "origin", "topic"]).passed();
        let server = format!("file://{}", machine.repo.home().join("server.git").display());
        fs::remove_dir_all(machine.repo.root()).unwrap();
        fs::create_dir(machine.repo.root()).unwrap();
        machine.repo.git(&["clone", "--quiet", "--depth=1", "--branch=topic", &server, "."]).passed();
        machine.run(&commands, &[]).said(code, "1 file, 1 record");
    }
}

/// The hook of the server refuses old notes once, and the commands that the page shows let them in.
#[test]
fn a_server_runs_what_the_page_shows() {
    let page = fs::read_to_string(Path::new(ROOT).join("docs/ci.md")).unwrap();
    let section = page.split("\n## On the server: pre-receive\n").nth(1).unwrap().split("\n## ").next().unwrap();
    let lines: Vec<&str> = section.lines().filter_map(|line| line.strip_prefix("    ")).collect();
    let machine = Machine::with(GREAT).installed();
    let server = machine.repo.home().join("new.git");
    machine.repo.git(&["init", "--quiet", "--bare", server.to_str().unwrap()]).passed();
    let run = |line: &str| {
        let place = if line.starts_with("git push") { machine.repo.root() } else { &server };
        machine.run(&format!("cd '{}'; {}", place.display(), line.replace("SERVER", "../new.git")), &[])
    };
    assert_eq!(lines.len(), 4, "{lines:?}");
    run(lines[0]).passed();
    run("git push SERVER main").said(1, "old.yaml");
    for line in &lines[1..] {
        run(line).passed();
    }
    run("git push SERVER topic").passed();
    let poor = Machine::with(POOR);
    poor.repo.git(&["push", "--quiet", server.to_str().unwrap(), "topic:refs/heads/poor"]).said(1, "new.yaml");
}

#[test]
fn what_the_page_about_installation_shows_installs_this_version() {
    let machine = Machine::with(GREAT);
    for command in blocks("docs/install.md", "With Python's tools", "sh").iter().take(2) {
        machine.run(&format!("{command}\nnotegate --version"), &[]).said(0, &format!("notegate {VERSION}"));
        fs::remove_file(machine.programs.join("notegate")).unwrap();
    }
    let uvx = blocks("docs/install.md", "With Python's tools", "sh").remove(2);
    assert!(uvx.contains(&format!("uvx notegate@{VERSION} check")), "{uvx}");

    crate::action::release(&machine.repo, &"0".repeat(40));
    let curl = "#!/bin/sh\nfor word; do case $word in https://github.com/OWNER/notegate/releases/download/vVERSION/*) \
                cp \"../release/${word##*/}\" . || exit 22 ;; esac; done\n";
    executable(&machine.programs.join("curl"), &curl.replace("VERSION", VERSION));
    let archive = blocks("docs/install.md", "The archive of a release", "sh").remove(0);
    let run = machine.run(&format!("uname() {{ echo x86_64; }}\n{archive}\n~/.local/bin/notegate --version"), &[]);
    run.said(0, &format!("notegate {VERSION}"));
    // A download that is not what the checksum says is not unpacked.
    let name = format!("notegate-{VERSION}-x86_64-unknown-linux-musl.tar.gz");
    fs::write(machine.repo.home().join("release").join(name), "something else").unwrap();
    fs::remove_dir_all(machine.repo.home().join(".local")).unwrap();
    assert_ne!(machine.run(&format!("uname() {{ echo x86_64; }}\n{archive}"), &[]).code, Some(0));
    assert!(!machine.repo.home().join(".local").exists());
}

/// The pages name this version wherever they name one.
#[test]
fn the_pages_name_this_version() {
    for page in ["docs/ci.md", "docs/install.md"] {
        let text = fs::read_to_string(Path::new(ROOT).join(page)).unwrap();
        for start in ["notegate==", "notegate@", "\nversion=", "notegate-"] {
            for rest in text.split(start).skip(1).filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit())) {
                assert!(rest.starts_with(VERSION), "{page}: {start}{}", rest.lines().next().unwrap());
            }
        }
    }
}
