//! Every help over every labelled note, followed to the letter with plausible words: it passes, or it asks. The words
//! that are filled in here are others than those with which the program tries its templates.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that meets what it does not expect has to stop")]

use notegate::Checker;
use notegate::config::Config;
use notegate::day::Today;
use notegate::eval::{Labelled, open_files, parse};
use notegate::grade::Grade;
use notegate::reading::Polarity;
use notegate::report::model::RecordReport;
use notegate::rules::{Group, REGISTRY};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

const TEMPLATE: &str = "Use this template and fill in the brackets: ";
const WHOLE: &str = "If that is so, write it like this: ";
const STATUS: &str = "Change the record's status to ";

/// What a writer might put into a slot.
const WORDS: [(&str, &str); 10] = [
    ("Managed or unmanaged", "Unmanaged"),
    ("additional details", "The first 80 of 300 mailboxes are moved"),
    ("number of", "4"),
    ("phase of deployment", "remediation phase"),
    ("potential resolution", "the new Jamf connector"),
    ("primary issue", "the Oracle 9i database"),
    ("specific limitations", "drivers that only run on Windows 7"),
    ("specifics", "the Zoom contract until May 2029"),
    ("technical details", "a gateway that cannot reach it"),
    ("whom you tried", "the CIO"),
];

/// A note with what stands above it.
#[derive(Debug, Clone)]
struct Written {
    status: String,
    workload: String,
    note: String,
}

/// All labelled notes but the sealed ones.
fn labelled() -> Vec<Labelled> {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let files = open_files(&["corpus", "own"].map(|folder| fixtures.join(folder))).unwrap();
    files.iter().flat_map(|file| parse(&fs::read(file).unwrap()).unwrap()).collect()
}

fn written(note: &Labelled) -> Written {
    let heading = note.heading();
    Written {
        status: heading.status.unwrap_or_default().to_owned(),
        workload: heading.workload.unwrap_or("Microsoft Teams").to_owned(),
        note: note.note.clone(),
    }
}

/// The reports on these notes, each of a customer of its own.
fn check(notes: &[Written]) -> Vec<RecordReport> {
    let quoted = |text: &str| serde_json::to_string(text).unwrap();
    let mut reports = Vec::new();
    for chunk in notes.chunks(500) {
        let mut file = String::from("entitlements:\n");
        for (at, Written { status, workload, note }) in chunk.iter().enumerate() {
            let (status, workload, note) = (quoted(status), quoted(workload), quoted(note));
            writeln!(
                file,
                "- customer: Contoso {at}\n  workload: {workload}\n  status: {status}\n  note: {note}\n  \
                 refresh_summary:\n  - {{date: 2025-05-11, who_changed: Jo Bell, what_changed: Proxy tested}}"
            )
            .unwrap();
        }
        let config = Config::default();
        let checker = Checker::new(&config).on(Today::fixed(jiff::civil::date(2026, 1, 1)));
        let report = checker.check_bytes("notes.yaml", file.as_bytes());
        assert_eq!(report.records.len(), chunk.len());
        reports.extend(report.records);
    }
    reports
}

fn filled(template: &str) -> String {
    let fill = |text: String, (slot, words): &(&str, &str)| text.replace(&format!("[{slot}]"), words);
    let text = WORDS.iter().fold(template.to_owned(), fill);
    assert!(!text.contains('['), "no word for a slot of {template}");
    text
}

/// A finding's help about the text of a note, with the note that it is about.
struct Advice<'a> {
    of: &'a Labelled,
    graded: Grade,
    rule: &'static str,
    help: String,
}

impl Advice<'_> {
    /// What the help proposes, if it proposes anything.
    fn followed(&self) -> Option<Written> {
        let written = written(self.of);
        if let Some(status) = self.help.strip_prefix(STATUS).and_then(|rest| rest.split_once(',')) {
            return Some(Written { status: status.0.to_owned(), ..written });
        }
        let text = self.help.split_once(TEMPLATE).or_else(|| self.help.split_once(WHOLE))?.1;
        Some(Written { note: filled(text), ..written })
    }

    fn proposes_status(&self) -> bool {
        self.help.starts_with(STATUS)
    }

    /// Whether it puts words of the note into the template's slot for the reason.
    fn tells_reason_again(&self) -> bool {
        let of_reason = matches!(self.of.heading().status, Some("Blocked" | "No Intent"));
        of_reason
            && (self.help.contains(TEMPLATE) || self.help.contains(WHOLE))
            && !self.help.contains("[primary issue]")
    }
}

/// All labelled notes with the reports on them.
static CHECKED: LazyLock<Vec<(Labelled, RecordReport)>> = LazyLock::new(|| {
    let notes = labelled();
    let reports = check(&notes.iter().map(written).collect::<Vec<_>>());
    notes.into_iter().zip(reports).collect()
});

fn all_advice() -> Vec<Advice<'static>> {
    let about_note =
        |name: &str| REGISTRY.iter().any(|rule| rule.meta().name == name && rule.meta().group == Group::Note);
    let mut advice = Vec::new();
    for (of, report) in CHECKED.iter() {
        for finding in &report.findings {
            assert!(finding.help.as_deref().is_some_and(|help| !help.is_empty()), "{}: {}", finding.rule, of.note);
            if about_note(finding.rule) {
                advice.push(Advice {
                    of,
                    graded: report.grade,
                    rule: finding.rule,
                    help: finding.help.clone().unwrap(),
                });
            }
        }
    }
    advice
}

#[test]
fn whatever_is_proposed_passes() {
    let advice = all_advice();
    let proposals: Vec<(&Advice<'_>, Written)> =
        advice.iter().filter_map(|advice| Some((advice, advice.followed()?))).collect();
    let after = check(&proposals.iter().map(|(_, written)| written.clone()).collect::<Vec<_>>());
    let mut failed: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for ((advice, written), report) in proposals.iter().zip(after) {
        if report.grade != Grade::Great {
            failed.entry(advice.rule).or_default().push(format!("{} → {}", advice.of.note, written.note));
        }
    }
    let count: usize = failed.values().map(Vec::len).sum();
    assert!(proposals.len() > 2_000, "{} proposals", proposals.len());
    assert!(count * 50 <= proposals.len(), "{count} of {}: {failed:#?}", proposals.len());
}

#[test]
fn the_reason_of_a_poor_note_is_not_told_again() {
    let advice = all_advice();
    let again: Vec<&Advice<'_>> = advice.iter().filter(|advice| advice.tells_reason_again()).collect();
    let of_poor: Vec<&str> =
        again.iter().filter(|advice| advice.graded == Grade::Poor).map(|advice| &*advice.of.note).collect();
    assert_eq!(of_poor, [""; 0]);
    // Notes that people took for poor and the program did not: what it is not sure of, it asks.
    let poor_for_people = again.iter().filter(|advice| advice.of.grade == Grade::Poor).count();
    assert!(poor_for_people * 50 <= advice.len(), "{poor_for_people} of {}", advice.len());
}

/// The statuses that a note with this intent may have.
fn fits(status: &str, intent: Polarity) -> bool {
    match intent {
        Polarity::Negative => matches!(status, "Blocked" | "No Intent"),
        Polarity::Positive => matches!(status, "In Progress" | "Blocked"),
        Polarity::Unknown => status == "Status Unknown",
        Polarity::None => status == "Duplicate/Invalid",
    }
}

#[test]
fn a_status_is_proposed_only_where_the_note_tells_it() {
    let advice = all_advice();
    let mut told = 0;
    let mut wrong = Vec::new();
    for advice in advice.iter().filter(|advice| advice.proposes_status()) {
        // Some labels give a note about an entitlement the intent of its status, which is none.
        let is_labelled = advice.of.status != "Duplicate/Invalid";
        let (Some(proposed), Some(intent)) = (advice.followed(), advice.of.intent.filter(|_| is_labelled)) else {
            continue;
        };
        told += 1;
        if !fits(&proposed.status, intent) {
            wrong.push(format!("{} → {}: {}", advice.of.status, proposed.status, advice.of.note));
        }
    }
    assert!(told > 150, "{told}");
    assert!(wrong.len() * 10 <= told, "{} of {told}: {wrong:#?}", wrong.len());
}

#[test]
fn one_answer_at_a_time() {
    let advice = all_advice();
    let mut of: BTreeMap<&str, Vec<&Advice<'_>>> = BTreeMap::new();
    advice.iter().for_each(|advice| of.entry(&advice.of.id).or_default().push(advice));
    for all in of.values().filter(|all| all.iter().any(|advice| advice.proposes_status())) {
        let templates: Vec<&str> =
            all.iter().map(|advice| &*advice.help).filter(|help| help.contains(TEMPLATE)).collect();
        assert_eq!(templates, [""; 0], "beside another status for {}", all[0].of.note);
    }
}
