//! docs/writers.md keeps its word: what it quotes is in the guidance, letter by letter, its record is in order, and its notes
//! have the grades that it gives them.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::string_slice,
    reason = "a test that meets what it does not expect has to stop"
)]

mod support;

use jiff::civil::date;
use notegate::Checker;
use notegate::config::Config;
use notegate::day::Today;
use notegate::grade::Grade;

const PAGE: &str = include_str!("../docs/writers.md");
const GUIDANCE: &str = include_str!("../fixtures/guidance/guidance.md");

/// Without emphasis and escapes, in one line, with one kind of quotation marks.
fn plain(text: &str) -> String {
    let bare: String = text.chars().filter(|c| !matches!(c, '*' | '\\' | '>')).collect();
    bare.replace('"', "'").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The page without its blocks of code, and those blocks.
fn prose_and_code() -> (String, Vec<&'static str>) {
    let parts: Vec<&str> = PAGE.split("```").collect();
    let prose = parts.iter().step_by(2).copied().collect();
    (prose, blocks("yaml"))
}

/// The blocks of code in this language.
fn blocks(language: &str) -> Vec<&'static str> {
    let blocks = PAGE.split("```").skip(1).step_by(2).map(|block| block.split_once('\n').unwrap());
    blocks.filter(|(named, _)| *named == language).map(|(_, block)| block).collect()
}

#[test]
fn every_quote_is_in_the_guidance() {
    let guidance = plain(GUIDANCE);
    let (prose, _) = prose_and_code();
    let mut quotes: Vec<String> = prose.lines().filter(|line| line.starts_with("> ")).map(plain).collect();
    let paragraphs = prose.split("\n\n").filter(|paragraph| !paragraph.starts_with('>'));
    let items = paragraphs.flat_map(|paragraph| paragraph.split("\n- "));
    for item in items {
        // One word in quotation marks is a quote of nobody.
        quotes.extend(
            item.split('"').skip(1).step_by(2).map(plain).filter(|quote| quote.contains(' ') && quote.len() > 20),
        );
    }
    for quote in &quotes {
        assert!(guidance.contains(quote.as_str()), "not in the guidance: {quote}");
    }
    assert!(quotes.len() >= 12, "{quotes:#?}");
}

#[test]
fn every_template_is_one_of_the_guidance() {
    let guidance = plain(GUIDANCE);
    let rows = PAGE.lines().filter_map(|line| line.strip_prefix("| ")?.strip_suffix(" |")?.split_once(" | "));
    let statuses = ["In Progress", "Blocked", "No Intent", "Status Unknown"];
    let templates: Vec<&str> = rows
        .filter(|(status, _)| statuses.contains(status))
        .map(|(_, text)| text.split(" (Say").next().unwrap())
        .collect();
    assert_eq!(templates.len(), statuses.len());
    for template in templates {
        assert!(guidance.contains(&plain(template)), "{template}");
    }
}

#[test]
fn the_record_is_in_order_and_the_notes_have_their_grades() {
    let config = Config::default();
    let checker = Checker::new(&config).on(Today::fixed(date(2026, 6, 30)));
    let (_, code) = prose_and_code();
    let report = checker.check_bytes("note.yaml", code.first().unwrap().as_bytes());
    assert_eq!(report.records.first().map(|record| (record.grade, record.findings.len())), Some((Grade::Great, 0)));
    let mut grades = 0;
    for (name, grade) in [("great", Grade::Great), ("marginal", Grade::Marginal), ("poor", Grade::Poor)] {
        let row = PAGE.lines().find_map(|line| line.strip_prefix(&format!("| **{name}** | "))).unwrap();
        let record =
            format!("customer: A\nworkload: Exchange Online\nstatus: Blocked\nnote: {}\n", row.trim_end_matches(" |"));
        let report = checker.check_bytes("note.yaml", record.as_bytes());
        assert_eq!(report.records.first().map(|record| record.grade), Some(grade), "{name}");
        grades += 1;
    }
    assert_eq!(grades, 3);
    // The waiver and the refresh summary of the page, in its record.
    let head = code.first().unwrap().split("refresh_summary").next().unwrap();
    let whole = format!("{head}{}{}", code.get(1).unwrap(), code.get(2).unwrap());
    let report = checker.check_bytes("note.yaml", whole.as_bytes());
    let rules: Vec<&str> =
        report.records.iter().flat_map(|record| &record.findings).map(|finding| finding.rule).collect();
    assert_eq!(rules, ["waiver-unused"]);
}

#[cfg(unix)]
mod as_it_is_typed {
    use super::blocks;
    use crate::support::{self, Project};
    use rexpect::session::spawn_command;
    use std::fs;
    use std::path::Path;
    use std::process::Command;

    /// How the questions of the page end, before what is typed.
    const QUESTIONS: [&str; 5] = [
        "Customer: ",
        "Workload: ",
        "Number: ",
        "What is the main reason? Name the thing itself: ",
        "What has to be in place first? ",
    ];

    /// Runs a line of the page as a shell does, with the program among its commands.
    fn shell(project: &Project, line: &str) -> (bool, String) {
        let mut shell = Command::new("sh");
        support::scrub(&mut shell, project.path());
        let program = Path::new(env!("CARGO_BIN_EXE_notegate")).parent().unwrap().display().to_string();
        let path = format!("{program}:{}", support::search_path());
        let output = shell.env("PATH", path).args(["-c", line]).output().unwrap();
        let said = [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
        (output.status.success(), said.concat())
    }

    #[test]
    fn the_page_can_be_followed_to_the_letter() {
        let project = Project::new();
        for line in ["git init --quiet", "git config user.name 'Ann Lee'", "git config user.email ann@example.com"] {
            assert!(shell(&project, line).0);
        }
        assert!(shell(&project, "notegate install").0);
        // What is shown of `notegate new` is what it says to who types that.
        let mut command = support::notegate(project.path());
        command.arg("new").env("TERM", "xterm").env("COLUMNS", "200");
        let mut session = spawn_command(command, Some(120_000)).unwrap();
        let mut next = String::new();
        for line in blocks("text").concat().lines() {
            if let Some(question) = QUESTIONS.iter().find(|question| line.starts_with(**question)) {
                session.exp_string(question).unwrap();
                session.send_line(&line[question.len()..]).unwrap();
            } else {
                session.exp_string(line.trim()).unwrap_or_else(|error| panic!("{line}: {error}"));
            }
            next = line.strip_prefix("Next: ").unwrap_or(&next).to_owned();
        }
        session.exp_eof().unwrap();
        let (is_committed, said) = shell(&project, &next);
        assert!(is_committed && said.contains("1 great"), "{said}");
        // The writer changes the note, and then types what the page says.
        let path = project.path().join("notes/contoso-ltd.yaml");
        let note = fs::read_to_string(&path).unwrap();
        fs::write(
            &path,
            note.replace("the new Cisco SBC", "the new  Cisco SBC of the plant")
                .replace("status: Blocked", "status: blocked"),
        )
        .unwrap();
        for line in blocks("sh").concat().lines() {
            let (is_done, said) = shell(&project, line);
            assert!(is_done, "{line}: {said}");
        }
        let now = fs::read_to_string(&path).unwrap();
        assert!(now.contains("status: Blocked\n") && now.contains("SBC delivered, pilot in Lyon"), "{now}");
        assert_eq!(shell(&project, "git log --format=%s").1, "Contoso: SBC delivered\nContoso Ltd / Teams: Blocked\n");
        assert_eq!(
            shell(&project, "notegate check").1.lines().last(),
            Some("1 file, 1 record: 1 great, 0 marginal, 0 poor; 0 blocked, 0 waived")
        );
    }
}
