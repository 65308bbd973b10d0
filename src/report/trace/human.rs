//! The report of `read` for people.

use super::layers::Layers;
use super::table::{Cell, Layout, Overflow};
use crate::reading::Polarity;
use crate::reading::trace::{Account, ContactSummary, Quote, ReasonKind, Summary, Trace};
use crate::report::human::Look;
use crate::report::tally::count;
use owo_colors::Style;
use std::io::{self, Write};

/// Writes for people what the reader makes of a note; with a trace, every layer of it instead.
///
/// # Errors
/// When it cannot be written.
pub(crate) fn write_human<W: Write>(
    mut out: W,
    reading: &Summary,
    trace: Option<&Trace>,
    look: Look,
) -> io::Result<()> {
    let layout = Layout { width: look.width, styling: look.styling, overflow: Overflow::Wrap };
    match trace {
        None => {
            layout.rows(&mut out, 0, &rows(reading))?;
            writeln!(out, "\nTo see how the reader came to this, add --trace.")?;
        }
        Some(trace) => Layers { layout, trace }.write(&mut out)?,
    }
    out.flush()
}

/// Text in quotation marks.
pub(super) fn quoted(quote: &Quote) -> String {
    format!("“{}”", quote.text)
}

fn all_quoted(quotes: &[Quote]) -> String {
    quotes.iter().map(quoted).collect::<Vec<_>>().join(", ")
}

/// A text and, where there are any, the words of the note that it rests on.
fn with_words(text: &str, words: Option<&Quote>) -> String {
    words.map_or_else(|| text.to_owned(), |words| format!("{text}: {}", quoted(words)))
}

fn rows(reading: &Summary) -> Vec<Vec<Cell>> {
    let row = |(name, text)| vec![Cell::new(name).styled(Style::new().bold()), Cell::new(text)];
    told(reading).into_iter().map(row).collect()
}

/// What the reader makes of a note: what each line is about, and what it says in plain words. May quote the note.
#[must_use]
pub(crate) fn told(reading: &Summary) -> Vec<(&'static str, String)> {
    let named = reading.reason.words.as_ref().filter(|_| reading.reason.kind != ReasonKind::None);
    let mut rows = vec![
        ("intent", with_words(intent(reading.intent), reading.intent_words.as_ref())),
        ("reason", with_words(reason(reading.reason.kind), named)),
    ];
    let kind = reading.reason.reason_kind_words.as_ref();
    rows.extend(kind.map(|words| ("kind", with_words(reading.reason.reason_kind, Some(words)))));
    if !reading.reason.specifics.is_empty() {
        rows.push(("names", all_quoted(&reading.reason.specifics)));
    }
    rows.push(("state", state(reading.state).to_owned()));
    rows.extend(contact(&reading.contact).map(|contact| ("contact", contact)));
    rows.extend(reading.undecided.iter().map(|words| ("undecided", quoted(words))));
    if !reading.hedges.is_empty() {
        rows.push(("hedges", format!("these words soften the intent: {}", all_quoted(&reading.hedges))));
    }
    rows.extend(
        reading.off_topic.iter().map(|part| ("off topic", format!("{}: {}", about(part.about), quoted(&part.words)))),
    );
    rows.extend(reading.duplicate.iter().map(|words| ("duplicate", quoted(words))));
    rows.extend(
        reading.benefit.iter().map(|words| ("benefit", format!("about help or the benefit: {}", quoted(words)))),
    );
    rows.extend(
        reading
            .other_workload
            .iter()
            .map(|foreign| ("workload", format!("this is about {}: {}", foreign.workload, quoted(&foreign.words)))),
    );
    if !reading.slots.is_empty() {
        rows.push(("slots", format!("not filled: {}", all_quoted(&reading.slots))));
    }
    rows.extend(form(reading.form).map(|form| ("form", form.to_owned())));
    rows.push(("length", format!("{}, {}", count(reading.sentences, "sentence"), count(reading.words, "word"))));
    rows
}

fn intent(intent: Polarity) -> &'static str {
    match intent {
        Polarity::Positive => "positive – the customer will use the service, or already does",
        Polarity::Negative => "negative – the customer will not or cannot use the service",
        Polarity::Unknown => "unknown – the note says that nobody knows",
        Polarity::None => "none – the note does not say whether the customer will use the service",
    }
}

fn reason(kind: ReasonKind) -> &'static str {
    match kind {
        ReasonKind::None => "none – nothing that is named explains the intent",
        ReasonKind::Thin => "thin – it names only a kind of reason, too little to act on",
        ReasonKind::Concrete => "concrete – it names what it is",
    }
}

fn state(kind: ReasonKind) -> &'static str {
    match kind {
        ReasonKind::None => "none – no phase, figure or task of an onboarding",
        ReasonKind::Thin => "thin – little of where an onboarding is",
        ReasonKind::Concrete => "concrete – phases, figures or tasks that would say where an onboarding is",
    }
}

fn contact(contact: &ContactSummary) -> Option<String> {
    let account = contact.account.map(|account| match account {
        Account::Managed => "the account is managed",
        Account::Unmanaged => "the account is not managed",
    });
    let facts = [
        (contact.silent, "nobody answered"),
        (contact.heard, "somebody answered"),
        (contact.intent_unknown, "the intent could not be found out"),
        (contact.attempts, "attempts are mentioned"),
        (contact.counted, "they are counted"),
        (contact.whom && contact.attempts, "the note says whom they went to"),
    ];
    let told: Vec<&str> = facts.into_iter().filter(|(is, _)| *is).map(|(_, fact)| fact).chain(account).collect();
    (!told.is_empty()).then(|| told.join("; "))
}

fn about(kind: &str) -> &'static str {
    match kind {
        "engagement" => "meetings and logistics",
        "usage" => "usage figures",
        "pointer" => "sends the reader elsewhere",
        "to-do" => "what the writer still means to do",
        "greeting" => "a greeting or a question",
        "benefit" => "the FastTrack benefit or help",
        "praise" => "praise of the product",
        _ => "placeholder text",
    }
}

fn form(form: &str) -> Option<&'static str> {
    match form {
        "blank" => Some("only blanks and punctuation"),
        "only-names" => Some("only names of products"),
        "stuffing" => Some("fragments that name nothing"),
        "circular" => Some("the same word again and again"),
        _ => None,
    }
}
