//! The sentence of a template as it is filled in: a clause goes behind "because", the name of a thing behind "because of".

use super::contact::{ATTEMPTS, account, attempts};
use super::finite;
use super::part::BEFORE_CLAUSE;
use super::phrase::{Kind, Phrase, cleaned, uncapitalised, without};

/// Words that lead to a slot: without it, they lead nowhere.
const LEADING: &[&str] = &["and", "as", "at", "because", "due", "focusing", "of", "on", "surrounding", "to", "until"];

/// How templates lead to a reason.
const CAUSES: &[&str] = &["because of", "due to", "owing to", "because", "since", "as"];

/// Words of a time: "the end of June 2028".
const TIME: &[&str] = &[
    "april",
    "at",
    "august",
    "autumn",
    "beginning",
    "december",
    "early",
    "end",
    "fall",
    "february",
    "january",
    "july",
    "june",
    "late",
    "march",
    "may",
    "mid",
    "middle",
    "month",
    "next",
    "november",
    "october",
    "of",
    "quarter",
    "september",
    "spring",
    "start",
    "summer",
    "the",
    "week",
    "winter",
    "year",
];

/// What is around a slot.
#[derive(Debug, Clone, Copy)]
pub(super) struct Around<'t> {
    /// The text of the template after it.
    pub(super) after: &'t str,
    /// No later slot is filled in.
    pub(super) is_last: bool,
}

/// A note that is being made of a template.
#[derive(Debug, Default)]
pub(super) struct Filling {
    note: String,
    /// What the reason of the sentence ends with, where it has one.
    reason: Option<Kind>,
    next: Next,
}

/// What becomes of the text of the template that comes next.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Next {
    #[default]
    Stays,
    /// Its verb becomes that of several things.
    Plural,
    /// It goes up to the end of the sentence, where there is one in it.
    AfterSlot,
    /// It goes up to the end of the sentence or the next slot: the answer has a verb of its own.
    Goes,
    /// The answer names what was counted.
    Counted(&'static str),
}

impl Filling {
    /// Adds text of the template; what ends a sentence does so once.
    pub(super) fn push_text(&mut self, text: &str) {
        let from_end = |text: &'_ str| text.find('.').map(|end| text.get(end..).unwrap_or_default().to_owned());
        let text = match std::mem::take(&mut self.next) {
            Next::Stays => text.to_owned(),
            Next::Plural => text.strip_prefix(" is ").map_or_else(|| text.to_owned(), |rest| format!(" are {rest}")),
            Next::AfterSlot => from_end(text).unwrap_or_else(|| text.to_owned()),
            Next::Goes => from_end(text).unwrap_or_else(|| " and ".to_owned()),
            Next::Counted(instead) => {
                text.strip_prefix(ATTEMPTS).map_or_else(|| text.to_owned(), |rest| format!("{instead}{rest}"))
            }
        };
        if text.contains(['.', '!', '?']) {
            self.reason = None;
        }
        let text = if self.is_ended() { text.trim_start_matches(['.', ',']) } else { &text };
        self.note.push_str(text);
    }

    /// Leaves a slot out.
    pub(super) fn leave_out(&mut self) {
        self.drop_leading_words();
        self.next = Next::AfterSlot;
    }

    /// Adds an answer with the words before it that fit.
    pub(super) fn push_answer(&mut self, answer: &str, around: Around<'_>) {
        if around.after.starts_with(ATTEMPTS) {
            let (text, instead) = attempts(answer);
            self.note.push_str(&text);
            self.next = Next::Counted(instead);
            return;
        }
        if self.is_ended() {
            let is_account = around.after.starts_with(" account");
            let text = if is_account { account(answer) } else { sentence(&cleaned(answer)).to_owned() };
            return self.note.push_str(&capital(&text));
        }
        if self.lead(&["at"]).is_some() {
            return self.push_phase(answer);
        }
        if let Some(lead) = self.lead(&["until", "after", "once"]) {
            return self.push_event(answer, Event { lead, has_verb: around.after.starts_with(" is ") });
        }
        let Some(phrase) = Phrase::of(answer) else { return self.leave_out() };
        if let Some(lead) = self.lead(CAUSES) {
            self.push_cause(&phrase, lead, around);
        } else if let Some(lead) =
            self.lead(&["surrounding", "and", "of"]).or_else(|| self.note.ends_with(", ").then_some(","))
            && let Some(reason) = self.reason
        {
            self.push_further(&phrase, Further { lead, reason, is_last: around.is_last });
        } else {
            self.push_thing(answer);
        }
    }

    /// The note.
    pub(super) fn finished(self) -> String {
        self.note.trim().to_owned()
    }

    /// Which of these words lead to the slot that comes.
    fn lead(&self, words: &[&'static str]) -> Option<&'static str> {
        let note = self.note.strip_suffix(' ')?;
        words.iter().copied().find(|words| note.strip_suffix(words).is_some_and(|before| before.ends_with(' ')))
    }

    fn is_ended(&self) -> bool {
        let note = self.note.trim_end();
        note.is_empty() || note.ends_with(['.', '!', '?'])
    }

    /// A reason: after the writer's own connecting word, where it fits, or else after that of the template.
    fn push_cause(&mut self, phrase: &Phrase, lead: &'static str, around: Around<'_>) {
        let is_subject = around.after.starts_with(" is ");
        let text = in_one_sentence(phrase.text());
        match phrase.kind {
            Kind::Noun if is_subject => {
                self.next = if finite::is_plural(&text) { Next::Plural } else { Next::Stays };
                self.note.push_str(&text);
            }
            Kind::Noun => {
                let usual = if matches!(lead, "because" | "since" | "as") { "because of" } else { lead };
                self.instead(lead, phrase.lead.unwrap_or(usual));
                self.note.push_str(&text);
            }
            Kind::Clause => {
                if self.reason.is_some() {
                    self.instead(lead, "");
                    self.note.truncate(self.note.trim_end().len());
                    self.note.push_str(", as ");
                } else {
                    self.instead(lead, phrase.lead.unwrap_or(if lead == "as" { lead } else { "because" }));
                }
                self.note.push_str(&text);
                if is_subject {
                    self.next = Next::Goes;
                }
            }
        }
        self.reason = Some(phrase.kind);
    }

    /// More of a reason, which is joined to what is there in the same form, or else after a word of its own.
    fn push_further(&mut self, phrase: &Phrase, Further { lead, reason, is_last }: Further) {
        let fits = match lead {
            "surrounding" => (reason, phrase.kind) == (Kind::Noun, Kind::Noun),
            "of" => phrase.kind == Kind::Noun,
            _ => phrase.as_kind(reason).is_some(),
        };
        let kind = if fits && lead != "of" { reason } else { phrase.kind };
        let text = in_one_sentence(phrase.as_kind(kind).unwrap_or_default());
        let is_list_end = lead == "," && is_last;
        if !fits || is_list_end {
            self.drop_leading_words();
            self.note.push_str(match (fits, kind) {
                (true, _) => " and ",
                (false, Kind::Noun) => " and because of ",
                (false, Kind::Clause) if lead == "of" => ", because ",
                (false, Kind::Clause) => " and because ",
            });
        }
        self.note.push_str(&text);
        self.reason = Some(kind);
    }

    /// What has to come first: "until the new SBC is implemented", "until they have replaced the PBX", "until June".
    fn push_event(&mut self, answer: &str, Event { lead, has_verb }: Event) {
        let line = cleaned(answer);
        let own = ["until", "till", "after", "once", "when", "as soon as", lead]
            .iter()
            .find_map(|words| without(&line, words));
        let text = uncapitalised(own.unwrap_or(&line));
        let phrase = Phrase::of(&text).filter(|phrase| phrase.noun.is_none());
        let text = phrase.as_ref().map_or(text.as_str(), Phrase::text);
        let is_time = text.split(' ').all(|word| {
            let word = word.trim_matches(',').to_lowercase();
            TIME.contains(&word.as_str()) || word.contains(|c: char| c.is_ascii_digit())
        });
        self.next = match () {
            () if !has_verb => Next::Stays,
            () if is_time || phrase.is_some() => Next::Goes,
            () if finite::is_plural(text) => Next::Plural,
            () => Next::Stays,
        };
        self.note.push_str(&in_one_sentence(text));
    }

    fn push_phase(&mut self, answer: &str) {
        const LEADS: &[&str] = &[
            "the customer is in",
            "the customer is at",
            "customer is in",
            "customer is at",
            "customer at",
            "they are in",
            "they are at",
            "we are in",
            "we are at",
            "it is in",
            "currently in",
            "currently at",
            "in",
            "at",
        ];
        let line = cleaned(answer);
        let line = LEADS.iter().find_map(|words| without(&line, words)).unwrap_or(&line);
        let text = uncapitalised(line);
        if finite::is_clause(&text) {
            return self.push_sentence(&text);
        }
        let lower = text.to_lowercase();
        let is_whole = ["phase", "stage", "wave", "step"].iter().any(|word| lower.contains(word))
            || text.contains(|c: char| c.is_ascii_digit());
        let is_short = !text.contains(' ') && text.contains(char::is_lowercase);
        self.note.push_str(&text);
        if is_short && !is_whole {
            self.note.push_str(" phase");
        }
    }

    /// A thing that is no reason; what says something of a thing becomes a sentence.
    fn push_thing(&mut self, answer: &str) {
        let line = cleaned(answer);
        let last = self.note.trim_end().rsplit(' ').next().unwrap_or_default().to_owned();
        let own = [format!("focusing {last}"), last].iter().find_map(|words| without(&line, words).map(uncapitalised));
        let text = own.unwrap_or_else(|| uncapitalised(&line));
        match Phrase::of(&text).filter(|phrase| phrase.noun.is_none()) {
            Some(phrase) => self.push_sentence(phrase.text()),
            None => self.note.push_str(&in_one_sentence(&text)),
        }
    }

    /// Ends the sentence and begins another.
    fn push_sentence(&mut self, text: &str) {
        self.drop_leading_words();
        if let Some(before) = self.note.strip_suffix("Customer") {
            self.note.truncate(before.len());
        }
        self.note.truncate(self.note.trim_end().len());
        if !self.is_ended() {
            self.note.push('.');
        }
        if !self.note.is_empty() {
            self.note.push(' ');
        }
        self.note.push_str(&capital(text));
    }

    /// Puts other words in the place of those that lead to the slot.
    fn instead(&mut self, lead: &str, words: &str) {
        self.note.truncate(self.note.trim_end().len() - lead.len());
        self.note.push_str(words);
        self.note.push(' ');
    }

    fn drop_leading_words(&mut self) {
        loop {
            self.note.truncate(self.note.trim_end_matches([' ', ',']).len());
            let last = self.note.rsplit(' ').next().unwrap_or_default();
            if !LEADING.contains(&last) {
                return;
            }
            self.note.truncate(self.note.len() - last.len());
        }
    }
}

/// What leads to what has to come first.
#[derive(Debug, Clone, Copy)]
struct Event {
    lead: &'static str,
    /// Whether the template says what has to become of it.
    has_verb: bool,
}

/// What leads to more of a reason.
#[derive(Debug, Clone, Copy)]
struct Further {
    lead: &'static str,
    /// What the reason ends with so far.
    reason: Kind,
    is_last: bool,
}

/// Several sentences as one: "They pay Slack. Until 2028." inside another.
fn in_one_sentence(text: &str) -> String {
    let end = text.match_indices(". ").find_map(|(at, _)| {
        let next = text.get(at + 2..)?.trim_start();
        let word = text.get(..at)?.rsplit(' ').next()?;
        // "St. Gallen", "e.g. Zoom"
        (next.starts_with(char::is_uppercase) && word.len() > 3 && !word.contains('.')).then_some((at, next))
    });
    match end {
        Some((at, next)) => {
            format!("{}; {}", text.get(..at).unwrap_or_default(), in_one_sentence(&uncapitalised(next)))
        }
        None => text.to_owned(),
    }
}

/// A sentence without the word before it that makes it a part of another.
fn sentence(line: &str) -> &str {
    let rest = BEFORE_CLAUSE.iter().find_map(|words| without(line, words));
    rest.filter(|rest| finite::is_clause(rest)).unwrap_or(line)
}

fn capital(text: &str) -> String {
    let mut rest = text.chars();
    let first: String = rest.next().into_iter().flat_map(char::to_uppercase).collect();
    first + rest.as_str()
}
