//! The note of a new record: from the arguments, or from questions.

use super::questions::{Need, Questions};
use super::{Desk, Names};
use crate::cli::args::NewArgs;
use crate::cli::{CliError, Exit};
use crate::emptiness::{Purpose, emptiness};
use crate::engine::LoneNote;
use crate::finding::Severity;
use crate::record::Heading;
use crate::remedy::{Form, question_of};
use crate::report::model::{FindingReport, RecordReport};

/// The slot that `--reason` fills.
const REASON: &str = "primary issue";

/// Answers by which a slot is left out.
const NONE: &[&str] = &["no", "no.", "none", "nope", "nothing"];

/// The answers for the slots of a form.
#[derive(Debug, Clone, Default)]
struct Answers(Vec<(String, String)>);

impl Answers {
    fn of(&self, slot: &str) -> Option<&str> {
        let found = self.0.iter().find(|(name, _)| is_same_slot(name, slot));
        found.map(|(_, answer)| answer.as_str())
    }

    fn unset(&mut self, slot: &str) {
        self.0.retain(|(name, _)| !is_same_slot(name, slot));
    }

    fn set(&mut self, slot: &str, answer: String) {
        self.unset(slot);
        self.0.push((slot.to_owned(), answer));
    }
}

/// Whether two names of slots are one: `primary-issue` is `Primary issue`.
fn is_same_slot(one: &str, other: &str) -> bool {
    let plain = |name: &str| name.replace(['-', '_'], " ").trim().to_lowercase();
    plain(one) == plain(other)
}

impl Names {
    fn heading(&self) -> Heading<'_> {
        Heading { customer: Some(&self.customer), workload: Some(&self.workload), status: Some(&self.status) }
    }
}

/// The note that the arguments give.
///
/// # Errors
/// When the slots that are given belong to no template of the status.
pub(super) fn from_arguments(args: &NewArgs, desk: &Desk<'_>, names: &Names) -> Result<Option<String>, CliError> {
    if let Some(note) = &args.note {
        return Ok(Some(note.trim().to_owned()));
    }
    let mut answers = Answers::default();
    for slot in &args.slot {
        let Some((name, text)) = slot.split_once('=') else {
            let help = "Write the name of the slot, `=` and the text: --slot \"phase of deployment=pilot phase\"";
            return Err(CliError::usage(format!("--slot `{slot}` names no slot"), help));
        };
        answers.set(name, text.trim().to_owned());
    }
    if let Some(reason) = &args.reason {
        answers.set(REASON, reason.trim().to_owned());
    }
    if answers.0.is_empty() {
        return Ok(None);
    }
    let forms = desk.engine.forms(names.heading());
    let holds_all = |form: &&Form| {
        let first = form.slots().next().is_some_and(|slot| answers.of(slot).is_some());
        first && answers.0.iter().all(|(name, _)| form.slots().any(|slot| is_same_slot(name, slot)))
    };
    let form = forms.iter().filter(holds_all).min_by_key(|form| form.slots().count());
    let Some(form) = form else {
        let is_slot = |name: &String| forms.iter().flat_map(Form::slots).any(|slot| is_same_slot(name, slot));
        let message = match answers.0.iter().find(|(name, _)| !is_slot(name)) {
            Some((name, _)) => format!("no template of {} has a slot “{name}”", names.status),
            None => format!("no template of {} begins with one of these slots and has the others", names.status),
        };
        return Err(CliError::usage(message, how_to_say(desk, names)));
    };
    Ok(Some(form.filled(|slot| answers.of(slot))))
}

/// How the note of this status can be given by arguments.
pub(super) fn how_to_say(desk: &Desk<'_>, names: &Names) -> String {
    let forms = desk.engine.forms(names.heading());
    let question = desk.engine.question(names.heading());
    if forms.is_empty() {
        return format!("Give the note with --note \"…\". {question}");
    }
    let has_reason = forms.iter().flat_map(Form::slots).any(|slot| slot == REASON);
    let reason = if has_reason { "--reason \"…\" for [primary issue], " } else { "" };
    let forms: Vec<String> = forms.iter().map(|form| format!("\n    {}", form.template())).collect();
    format!(
        "Give the note with --note \"…\", or by a template: {reason}--slot \"NAME=…\" for each slot.\n  Templates of {}:{}",
        names.status,
        forms.concat()
    )
}

/// Asks for the note until there is one that may be committed.
pub(super) fn asked(ask: &Questions, desk: &Desk<'_>, names: &Names) -> Result<String, CliError> {
    let forms = desk.engine.forms(names.heading());
    loop {
        let form = match forms.is_empty() {
            true => None,
            false => {
                let own = "in my own words".to_owned();
                let choices: Vec<String> = forms.iter().map(|form| form.template().to_owned()).chain([own]).collect();
                forms.get(ask.choice("How do you want to say it?", &choices)?)
            }
        };
        let note = match form {
            Some(form) => by_form(ask, desk, names, form)?,
            None => own_words(ask, desk, names)?,
        };
        let report = desk.grade(names, &note);
        let is_blocked = report.as_ref().is_some_and(|report| report.blocked);
        if !is_blocked {
            return Ok(note);
        }
        ask.say("This note would not be accepted.")?;
        if ask.choice("What now?", &["answer again".to_owned(), "stop and write nothing".to_owned()])? == 1 {
            return Err(CliError::Told {
                message: "the record was not written".to_owned(),
                help: Some(desk.engine.question(names.heading()).to_owned()),
                exit: Exit::Blocked,
            });
        }
    }
}

fn own_words(ask: &Questions, desk: &Desk<'_>, names: &Names) -> Result<String, CliError> {
    ask.say(desk.engine.question(names.heading()))?;
    loop {
        let note = ask.text("Note", Need::Required)?;
        let Some(report) = desk.grade(names, &note) else { return Ok(note) };
        let Some(finding) = verdict(ask, &report)? else { return Ok(note) };
        if let Some(help) = &finding.help {
            ask.say(&format!("  {help}"))?;
        }
        if !ask.agrees("Change this answer?")? {
            return Ok(note);
        }
    }
}

/// The form with the answers that the person gives: all slots are asked, and then it is looked at what is to be changed.
fn by_form(ask: &Questions, desk: &Desk<'_>, names: &Names, form: &Form) -> Result<String, CliError> {
    let slots: Vec<&str> = form.slots().collect();
    let mut answers = Answers::default();
    for (number, slot) in slots.iter().enumerate() {
        let need = if number == 0 { Need::Required } else { Need::Optional };
        if ask_slot(ask, slot, need, &mut answers)? {
            let note = form.filled(|slot| answers.of(slot));
            let grade = desk.grade(names, &note).map(|report| format!(" ({} so far)", report.grade.name()));
            ask.say(&format!("  {note}{}", grade.unwrap_or_default()))?;
        }
    }
    loop {
        let note = form.filled(|slot| answers.of(slot));
        let Some(report) = desk.grade(names, &note) else { return Ok(note) };
        ask.say(&format!("The note: {note}"))?;
        if verdict(ask, &report)?.is_none() {
            return Ok(note);
        }
        let answer =
            |slot: &&str| format!("{} {}", question_of(slot).question, answers.of(slot).unwrap_or("(left out)"));
        let keep =
            if report.blocked { "none of them: say it in another way" } else { "none of them: keep the note as it is" };
        let choices: Vec<String> = slots.iter().map(answer).chain([keep.to_owned()]).collect();
        let chosen = ask.choice("Which answer do you want to change?", &choices)?;
        let Some(slot) = slots.get(chosen) else { return Ok(note) };
        let need = if chosen == 0 { Need::Required } else { Need::Optional };
        ask_slot(ask, slot, need, &mut answers)?;
    }
}

/// Asks for the answer of one slot. Whether there is one.
fn ask_slot(ask: &Questions, slot: &str, need: Need, answers: &mut Answers) -> Result<bool, CliError> {
    let asked = question_of(slot);
    let leave_out = if need == Need::Optional { " (Enter leaves it out)" } else { "" };
    ask.say(&format!("For example: {}{leave_out}", asked.example))?;
    let answer = ask.text(asked.question, need)?;
    let is_none = need == Need::Optional
        && (NONE.contains(&answer.to_lowercase().as_str()) || emptiness(&answer, Purpose::Name).is_some());
    answers.unset(slot);
    if !is_none {
        answers.set(slot, answer);
    }
    Ok(!is_none)
}

/// Says what the note would be, and which finding to mend first; none where there is nothing to mend.
fn verdict<'r>(ask: &Questions, report: &'r RecordReport) -> Result<Option<&'r FindingReport>, CliError> {
    ask.say(&format!("  This is a {} note.", report.grade.name()))?;
    let finding = worst(report);
    if let Some(finding) = finding {
        ask.say(&format!("  {}", finding.message))?;
    }
    Ok(finding)
}

/// The finding to tell first.
fn worst(report: &RecordReport) -> Option<&FindingReport> {
    let told = report.findings.iter().filter(|finding| !finding.waived && finding.severity > Severity::Info);
    // Of equal ones the first.
    told.rev().max_by_key(|finding| finding.severity)
}

impl Desk<'_> {
    /// What the rules about notes say of this text.
    fn grade(&self, names: &Names, note: &str) -> Option<RecordReport> {
        let report = self.notes_alone.grade(LoneNote {
            text: note.to_owned(),
            status: Some(names.status.clone()),
            customer: Some(names.customer.clone()),
            workload: Some(names.workload.clone()),
        });
        report.records.into_iter().next()
    }
}
