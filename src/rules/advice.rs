//! What the findings about a note propose to its writer, tried before it is shown.
//!
//! A rule says what kind of help is wanted, and here it becomes words. A template is filled in with plausible words and
//! read as a note: only one that comes out great is shown. The reason of the note is put into it where the note is
//! marginal; the words of a poor one are not told again. Where the text describes another status, that is settled first,
//! and a status is proposed only when the note is great under it.

use super::second_opinion::Confidence;
use super::{Case, CheckContext, is_about_note, read_note};
use crate::finding::{Finding, Proposal, Severity};
use crate::grade::Grade;
use crate::record::{Heading, NoteRecord};
use crate::remedy::{self, Form};

const STATUS_FIRST: &str = "Decide first which status is right.";

/// The note that help is for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asked<'a> {
    pub(super) case: &'a Case<'a>,
    /// How sure the verdict on it is.
    pub(super) confidence: Confidence,
    /// What proposals are tried with.
    pub(super) context: &'a CheckContext<'a>,
}

/// Gives every finding that proposes something its help.
pub(super) fn give(findings: &mut [Finding], asked: Asked<'_>) {
    if findings.iter().all(|finding| finding.proposal.is_none()) {
        return;
    }
    let is_poor = findings.iter().any(|finding| is_about_note(finding.rule) && finding.severity == Severity::Error);
    let proposes_status = |finding: &Finding| matches!(finding.proposal, Some(Proposal::Status(_)));
    let note = match findings.iter().any(proposes_status) {
        true => Words::Instead(STATUS_FIRST.to_owned()),
        false => template(asked, is_poor),
    };
    for finding in findings {
        let words = match &finding.proposal {
            None => continue,
            Some(Proposal::Template) => note.clone(),
            Some(Proposal::Status(name)) => Words::Instead(status(name, asked)),
        };
        finding.help = Some(match (finding.help.take(), words) {
            (None, words) => words.text(),
            (Some(_), Words::Instead(text)) => text,
            (Some(lead), Words::Ready(text)) => format!("{lead} {text}"),
            (Some(lead), Words::General(text)) if is_poor => format!("{lead} {text}"),
            (Some(lead), Words::General(_)) => lead,
        });
    }
}

/// The forms in which a note of this heading can be written: the templates that are great notes when they are filled in.
pub(crate) fn forms(context: &CheckContext<'_>, heading: Heading<'_>) -> Vec<Form> {
    let record = NoteRecord::lone("", heading);
    let reading = read_note(&record, context.playbook);
    let forms = remedy::forms(&CheckContext::case(context, &record, &reading));
    let passes = |form: &Form| is_great(context, &remedy::filled_in(form.template()), heading);
    forms.into_iter().filter(passes).collect()
}

/// What a note of this heading has to say, where no form helps.
pub(crate) fn question(context: &CheckContext<'_>, heading: Heading<'_>) -> &'static str {
    let record = NoteRecord::lone("", heading);
    let reading = read_note(&record, context.playbook);
    remedy::question(&CheckContext::case(context, &record, &reading))
}

/// What is proposed, by what it does to the sentence with which a rule leads to it.
#[derive(Debug, Clone)]
enum Words {
    /// It takes its place.
    Instead(String),
    /// It holds what the note says, and comes after it.
    Ready(String),
    /// It asks for everything: what a rule asks of a note that is nearly there says more.
    General(String),
}

impl Words {
    fn text(self) -> String {
        let (Self::Instead(text) | Self::Ready(text) | Self::General(text)) = self;
        text
    }
}

/// A template that passes when it is filled in, or the question that it would answer.
fn template(asked: Asked<'_>, is_poor: bool) -> Words {
    let Asked { case, context, .. } = asked;
    let heading = case.record.heading();
    let passes = |proposed: &String| is_great(context, &remedy::filled_in(proposed), heading);
    let own = if is_poor { None } else { remedy::with_own_reason(case) };
    if let Some(proposed) = own.filter(passes) {
        return Words::Ready(remedy::shown(&proposed));
    }
    let general = remedy::template(case).filter(passes);
    Words::General(general.map_or_else(|| remedy::question(case).to_owned(), |proposed| remedy::shown(&proposed)))
}

/// A status is proposed where both readers are sure, of the note as it stands and under the other status.
fn status(name: &str, asked: Asked<'_>) -> String {
    let Asked { case, confidence, context } = asked;
    let own = case.status_name().unwrap_or_default();
    let heading = Heading { status: Some(name), ..case.record.heading() };
    let under_it = context.grade_of(&NoteRecord::lone(case.note_text().unwrap_or_default(), heading));
    match confidence == Confidence::High && under_it == (Grade::Great, Confidence::High) {
        true => format!("Change the record's status to {name}, or say in the note what makes {own} true."),
        false => format!("Correct the record's status, or say in the note what makes {own} true."),
    }
}

fn is_great(context: &CheckContext<'_>, note: &str, heading: Heading<'_>) -> bool {
    context.grade_of(&NoteRecord::lone(note, heading)).0 == Grade::Great
}
