//! What is underlined, and that it is what `check` says.

use crate::editor::{Editor, covered, rules, uri, usual};
use crate::support::{Project, TODAY, great, poor, record};
use notegate::report::escape::block;
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};

/// Every YAML file of the fixtures that a text of an editor can hold.
pub(crate) fn fixtures() -> Vec<(PathBuf, String)> {
    fn below(folder: &Path, files: &mut Vec<PathBuf>) {
        let mut entries: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        entries.sort();
        for path in entries {
            if path.is_dir() {
                below(&path, files);
            } else if path.extension().is_some_and(|ending| ending == "yaml" || ending == "yml") {
                files.push(path);
            }
        }
    }
    let mut files = Vec::new();
    below(&Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures"), &mut files);
    let read = |path: PathBuf| Some((path.clone(), String::from_utf8(fs::read(&path).unwrap()).ok()?));
    files.into_iter().filter_map(read).collect()
}

/// What `check` says of a file, in the terms of the protocol.
fn checked(report: &Value, text: &str) -> Vec<Value> {
    let records = report["records"].as_array().unwrap().iter();
    let files = report["files"].as_array().unwrap().iter();
    let findings = records.chain(files).flat_map(|holder| holder["findings"].as_array().unwrap());
    let number = |finding: &Value, name: &str| usize::try_from(finding[name].as_u64().unwrap()).unwrap();
    let lines = lines(text);
    // Columns count characters, and a byte order mark takes none; the protocol counts UTF-16 units.
    let position = |line: usize, column: usize| {
        let content = lines.get(line - 1).copied().unwrap_or_default();
        let mark = content.starts_with('\u{feff}') && column > 1;
        let units: usize = content.chars().take(column - 1 + usize::from(mark)).map(char::len_utf16).sum();
        json!({"line": line - 1, "character": units})
    };
    let of_finding = |finding: &Value| {
        let severity = match finding["severity"].as_str().unwrap() {
            _ if finding["waived"] == true => 4,
            "error" => 1,
            "warning" => 2,
            _ => 3,
        };
        let start = position(number(finding, "line"), number(finding, "column"));
        let end = position(number(finding, "end_line"), number(finding, "end_column"));
        // JSON may hold any character; what an editor shows is made fit for a screen.
        let help = finding["help"].as_str().map(|help| format!("\n{}", block(help))).unwrap_or_default();
        let waived = if finding["waived"] == true { "waived: " } else { "" };
        let message = format!("{waived}{}{help}", block(finding["message"].as_str().unwrap()));
        json!([finding["rule"], severity, start, end, message])
    };
    findings.map(of_finding).collect()
}

fn lines(text: &str) -> Vec<&str> {
    let mut lines = Vec::new();
    let mut start = 0;
    for (at, c) in text.char_indices() {
        let ends = c == '\n' || c == '\r' && !text[at + 1..].starts_with('\n');
        if ends {
            lines.push(&text[start..at]);
            start = at + 1;
        }
    }
    lines.push(&text[start..]);
    lines
}

/// The same of what the server says.
fn shown(diagnostic: &Value) -> Value {
    let range = &diagnostic["range"];
    json!([diagnostic["code"], diagnostic["severity"], range["start"], range["end"], diagnostic["message"]])
}

#[test]
fn every_fixture_has_the_findings_of_check() {
    let project = Project::new();
    let mut editor = Editor::start(&project);
    let mut found = 0;
    let files = fixtures();
    for (at, (path, text)) in files.iter().enumerate() {
        let name = format!("notes/{at}.yaml");
        project.write(&name, text);
        let address = uri(project.path(), &name);
        let shown: Vec<Value> = editor.opened(&address, text).iter().map(shown).collect();
        let report = project.run(&["check", "--today", TODAY, "--format", "json", &name]).json();
        let checked = checked(&report, text);
        assert_eq!(shown, checked, "{}", path.display());
        found += checked.len();
        editor.notify("textDocument/didClose", &json!({"textDocument": {"uri": address}}));
    }
    assert!(files.len() > 350 && found > 300, "{} files, {found} findings", files.len());
    assert_eq!(editor.end(), 0);
}

#[test]
fn a_finding_has_its_rule_its_help_and_its_place() {
    let project = Project::new();
    let address = uri(project.path(), "a.yaml");
    let mut editor = Editor::start(&project);
    // An emoji is two units of UTF-16, and four bytes.
    let text = record("Contoso 🙂", "Teams", "Blocked", "🙂 Customer cannot deploy right now.");
    let found = editor.opened(&address, &text);
    assert_eq!(rules(&found), ["missing-reason", "hedging"]);
    assert_eq!(covered(&text, &found[1]["range"]), "right now");
    assert_eq!(found[1]["range"]["start"], json!({"line": 3, "character": 32}));
    assert_eq!((found[0]["severity"].as_u64(), found[0]["source"].as_str()), (Some(1), Some("notegate")));
    let message = found[0]["message"].as_str().unwrap();
    assert!(message.lines().count() > 1 && message.contains("[primary issue]"), "{message}");
    // With UTF-8, the same place is counted in bytes.
    let mut capabilities = usual();
    capabilities["general"] = json!({"positionEncodings": ["utf-8", "utf-16"]});
    let mut other = Editor::start_with(&project, &capabilities, &[]);
    assert_eq!(other.capabilities["capabilities"]["positionEncoding"], "utf-8");
    assert_eq!(other.opened(&address, &text)[1]["range"]["start"], json!({"line": 3, "character": 34}));
}

#[test]
fn what_a_client_cannot_show_is_left_out() {
    let project = Project::new();
    let address = uri(project.path(), "a.yaml");
    let text =
        "customer: Contoso\nworkload: Teams\nstatus: Blocked\nnote: Customer will deploy. Customer will not deploy.\n";
    let related = |found: &[Value]| found.iter().filter(|one| one.get("relatedInformation").is_some()).count();
    let mut full = Editor::start(&project);
    let found = full.opened(&address, text);
    let mut bare = Editor::start_with(&project, &json!({}), &[]);
    let plain = bare.opened(&address, text);
    assert_eq!(rules(&found), rules(&plain));
    assert!(related(&found) > 0, "{found:#?}");
    assert_eq!(related(&plain), 0);
    assert!(plain.iter().all(|one| one.get("tags").is_none()));
    assert_eq!(bare.capabilities["capabilities"]["positionEncoding"], "utf-16");
}

#[test]
fn a_waived_finding_fades_and_stays_visible() {
    let project = Project::new();
    let address = uri(project.path(), "a.yaml");
    let mut editor = Editor::start(&project);
    let note = "Customer will not deploy Teams for now because the Avaya gateway in Lyon lacks SIP.";
    let waived = record("Contoso", "Teams", "Blocked", note)
        + "waivers: [{rule: hedging, reason: legal asked for this wording}]\n";
    let found = editor.opened(&address, &waived);
    let hedging = found.iter().find(|one| one["code"] == "hedging").unwrap();
    assert_eq!((hedging["severity"].as_u64(), &hedging["tags"]), (Some(4), &json!([1])));
}

#[test]
fn text_that_is_not_saved_counts_and_changes_come_in_parts() {
    let project = Project::with("a.yaml", great());
    let address = uri(project.path(), "a.yaml");
    let mut editor = Editor::start(&project);
    assert_eq!(editor.capabilities["capabilities"]["textDocumentSync"]["change"], 2);
    assert_eq!(editor.opened(&address, &poor()).len(), 2, "not what lies on disk");
    let range = |from: [u32; 2], to: [u32; 2]| json!({"start": {"line": from[0], "character": from[1]}, "end": {"line": to[0], "character": to[1]}});
    // "right now." becomes a reason, in two steps of one message.
    let changes = json!([
        {"range": range([3, 29], [3, 39]), "text": "because X"},
        {"range": range([3, 37], [3, 38]), "text": "the Palo Alto proxy in Lyon drops UDP 3478."},
    ]);
    editor.change(&address, 2, &changes);
    assert_eq!(rules(&editor.diagnostics(&address, Some(2))), [""; 0]);
    assert_eq!(editor.replaced(&address, 3, &poor()).len(), 2);
    assert_eq!(editor.end(), 0);
}

#[test]
fn the_files_are_those_that_check_examines() {
    let project = Project::with("notegate.yaml", "include: ['notes/**/*.yaml']\nexclude: ['notes/old/**']\n");
    project.write(".gitignore", "drafts/\n");
    project.write("notes/nested/.git/HEAD", "ref: refs/heads/main\n");
    let examined = ["notes/a.yaml", "notes/deep/er/new.yaml"];
    let others = ["a.yaml", "notes/old/a.yaml", "notes/a.txt", "notes/drafts/a.yaml"];
    project.write("notes/a.yaml", poor());
    for name in others {
        project.write(name, poor());
    }
    let listed = project.run(&["check", "--list-files"]).stdout;
    assert_eq!(listed, "notes/a.yaml\n");
    let mut editor = Editor::start(&project);
    for name in examined {
        assert_eq!(editor.opened(&uri(project.path(), name), &poor()).len(), 2, "{name}");
    }
    for name in others {
        assert_eq!(editor.opened(&uri(project.path(), name), &poor()).len(), 0, "{name}");
    }
    let untitled = "untitled:Untitled-1";
    assert_eq!(editor.opened(untitled, &poor()).len(), 0);
}

#[test]
fn a_file_that_is_closed_shows_nothing() {
    let project = Project::new();
    let address = uri(project.path(), "a.yaml");
    let mut editor = Editor::start(&project);
    assert_eq!(editor.opened(&address, &poor()).len(), 2);
    editor.notify("textDocument/didClose", &json!({"textDocument": {"uri": address}}));
    assert_eq!(editor.diagnostics(&address, None).len(), 0);
}

#[test]
fn a_file_that_is_not_utf8_is_refused_until_it_is_written_anew() {
    let project = Project::with("a.yaml", [great().as_bytes(), b"owner: Jos\xe9\n"].concat());
    let address = uri(project.path(), "a.yaml");
    let mut editor = Editor::start(&project);
    // The editor takes it for Latin-1, and shows what was meant.
    let text = great() + "owner: José\n";
    assert_eq!(rules(&editor.opened(&address, &text)), ["unreadable"]);
    assert_eq!(rules(&editor.replaced(&address, 2, &text)), ["unreadable"]);
    project.write("a.yaml", &text);
    editor.notify("textDocument/didSave", &json!({"textDocument": {"uri": address}}));
    assert_eq!(rules(&editor.diagnostics(&address, None)), [""; 0]);
}

#[cfg(unix)]
#[test]
fn a_link_is_refused_as_check_refuses_it() {
    let project = Project::with("real.txt", great());
    std::os::unix::fs::symlink(project.path().join("real.txt"), project.path().join("a.yaml")).unwrap();
    let mut editor = Editor::start(&project);
    let found = editor.opened(&uri(project.path(), "a.yaml"), &great());
    assert_eq!(rules(&found), ["unreadable"]);
    assert_eq!(project.check(&["--format", "json"]).json()["files"][0]["findings"][0]["rule"], "unreadable");
}

/// A repository in which `a.yaml` is committed as it was, with an editor that has it open.
fn committed(before: &str) -> (Project, Editor) {
    let project = Project::with("a.yaml", before);
    project.git(&["init", "--quiet"]);
    project.git(&["add", "."]);
    project.git(&["commit", "--quiet", "-m", "before"]);
    let editor = Editor::start(&project);
    (project, editor)
}

#[test]
fn what_changed_since_the_last_commit_is_judged_as_the_hook_will() {
    let (project, mut editor) = committed(&great());
    let address = uri(project.path(), "a.yaml");
    assert_eq!(editor.opened(&address, &great()).len(), 0);
    let edited = great().replacen("note: ", "note: In Lyon, ", 1);
    assert_ne!(edited, great());
    assert_eq!(rules(&editor.replaced(&address, 2, &edited)), ["refresh-not-updated"]);
    let rewritten = great().replacen("what_changed: ", "what_changed: Not so, ", 1);
    assert_eq!(rules(&editor.replaced(&address, 3, &rewritten)), ["refresh-rewritten"]);
    // A file that git does not know, and what was committed in the meantime.
    let other = uri(project.path(), "b.yaml");
    assert_eq!(editor.opened(&other, &great().replace("Contoso", "Fabrikam")).len(), 0);
    project.write("a.yaml", &edited);
    project.git(&["commit", "--quiet", "-a", "-m", "edited"]);
    let _before_it_is_saved = editor.replaced(&address, 4, &edited);
    editor.notify("textDocument/didSave", &json!({"textDocument": {"uri": address}}));
    assert_eq!(rules(&editor.diagnostics(&address, None)), [""; 0]);
    assert_eq!(editor.end(), 0);
}

#[test]
fn every_case_with_a_past_has_the_findings_of_the_hook() {
    let mut cases = 0;
    for (path, before) in
        fixtures().iter().filter(|(path, _)| path.file_name().is_some_and(|name| name == "before.yaml"))
    {
        let Ok(after) = fs::read_to_string(path.with_file_name("input.yaml")) else { continue };
        let (project, mut editor) = committed(before);
        if let Ok(configuration) = fs::read(path.with_file_name("notegate.yaml")) {
            project.write("notegate.yaml", configuration);
        }
        project.write("a.yaml", &after);
        project.git(&["add", "."]);
        // Whether a pair of records was there before is a question to the whole repository.
        let told = |found: Vec<Value>| -> Vec<Value> {
            found.into_iter().filter(|finding| finding[0] != "duplicate-record").collect()
        };
        let shown = told(editor.opened(&uri(project.path(), "a.yaml"), &after).iter().map(shown).collect());
        let staged = ["check", "--staged", "--all-records", "--today", TODAY, "--format", "json"];
        assert_eq!(shown, told(checked(&project.run(&staged).json(), &after)), "{}", path.display());
        cases += 1;
    }
    assert!(cases > 10, "{cases}");
}
