//! What a sentence is about: the status, or something that does not belong in a status note.

use crate::lexicon::token::{Kind, is_year};
use crate::lexicon::{LexicalEntry, SemanticClass, SemanticClasses};
use crate::reading::clause::Clause;
use crate::reading::mark::Mark;
use crate::reading::proposition::{Direction, Predicate, Proposition, Strength, of, within};
use crate::reading::term::{Term, Terms};

/// What a part is about that is off topic.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OffTopicKind {
    /// Meetings, mails, people's calendars.
    Engagement,
    /// Usage figures or level codes.
    Usage,
    /// It sends the reader elsewhere.
    Pointer,
    /// What the writer still means to do.
    ToDo,
    /// Greetings and thanks.
    Greeting,
    /// The FastTrack benefit or help, not the service.
    Benefit,
    /// Praise of the product.
    Praise,
    /// Placeholder words, keyboard noise, symbols.
    Placeholder,
}

/// What a sentence is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Relevance {
    /// The customer and the service.
    Status,
    /// Something that does not belong in a status note.
    OffTopic(OffTopicKind),
}

impl Relevance {
    /// What it is about instead of the status.
    pub(crate) fn off_topic(self) -> Option<OffTopicKind> {
        match self {
            Self::Status => None,
            Self::OffTopic(kind) => Some(kind),
        }
    }
}

/// What each sentence of a note is about.
pub(crate) fn contents(note: &Terms, clauses: &[Clause], propositions: &[Proposition]) -> Vec<Relevance> {
    let mut next = 0;
    let mut contents = Vec::with_capacity(note.sentences.len());
    for (sentence, range) in note.sentences.iter().enumerate() {
        let first = next;
        while clauses.get(next).is_some_and(|clause| clause.sentence == sentence) {
            next += 1;
        }
        let inside = within(propositions, first..next);
        let content = of_terms(note, note.get(range.clone()), inside);
        let run = clauses.get(first..next).unwrap_or_default();
        contents.push(match content {
            Relevance::Status if is_agenda(note, run, inside) => Relevance::OffTopic(OffTopicKind::Engagement),
            content => content,
        });
    }
    contents
}

/// "Sessions held, RACI agreed, risk log opened": each part of a sentence is of meetings, papers and arrangements, and
/// none claims anything.
fn is_agenda(note: &Terms, clauses: &[Clause], propositions: &[Proposition]) -> bool {
    let told = SemanticClasses::any(&[
        SemanticClass::Silence,
        SemanticClass::Unknown,
        SemanticClass::Duplicate,
        SemanticClass::Managed,
        SemanticClass::Negation,
        SemanticClass::Obstacle,
        SemanticClass::Refuse,
        SemanticClass::Stay,
        SemanticClass::Phase,
        SemanticClass::Adopt,
    ]);
    let logistic = SemanticClasses::any(&[SemanticClass::Meeting, SemanticClass::Arrange, SemanticClass::Aside]);
    let terms = || clauses.iter().flat_map(|clause| note.get(clause.terms.clone()));
    let of_meetings =
        |clause: &&Clause| note.get(clause.terms.clone()).iter().any(|term| term.meets(logistic) && !term.meets(told));
    let claims = propositions.iter().any(|e| e.strength == Strength::Plain && e.predicate != Predicate::Mention);
    let held = clauses.iter().filter(of_meetings).count();
    held >= 3
        && held * 4 >= clauses.len() * 3
        && !claims
        && !terms().any(|term| !term.is(Mark::Attribute) && (term.is(Mark::Motion) || term.meets(told)))
}

/// What each clause of a note is about, seen by itself.
pub(crate) fn of_clauses(note: &Terms, clauses: &[Clause], propositions: &[Proposition]) -> Vec<Relevance> {
    let each = clauses.iter().enumerate();
    each.map(|(at, clause)| of_terms(note, note.get(clause.terms.clone()), of(propositions, at))).collect()
}

fn of_terms(note: &Terms, terms: &[Term], propositions: &[Proposition]) -> Relevance {
    let defined = terms.first().is_some_and(|term| term.sense.names.is_some());
    if !defined && !may_be_astray(note, terms) {
        return Relevance::Status;
    }
    let words: Vec<&Term> = terms.iter().filter(|term| !term.is_mark()).collect();
    let has = |mark| terms.iter().any(|term| term.is(mark));
    let unsaid = || !propositions.iter().any(|e| e.strength == Strength::Plain);
    // Without a word of its list nothing is a greeting, a task, a pointer or praise.
    let classes = terms.iter().fold(SemanticClasses::NONE, |classes, term| classes.union(term.sense.classes));
    let greets = || classes.has(SemanticClass::Greeting) && is_greeting(&words);
    let praises = || classes.has(SemanticClass::Praise) && is_praise(&words);
    match () {
        () if is_placeholder(&words) => Relevance::OffTopic(OffTopicKind::Placeholder),
        () if greets() || is_question(note, terms) && matter(&words) < TOLD_BY_QUESTION => {
            Relevance::OffTopic(OffTopicKind::Greeting)
        }
        () if classes.has(SemanticClass::ToDo) && is_to_do(&words, propositions) => {
            Relevance::OffTopic(OffTopicKind::ToDo)
        }
        () if classes.has(SemanticClass::Pointer) && is_pointer(note, terms, propositions) => {
            Relevance::OffTopic(OffTopicKind::Pointer)
        }
        () if praises() || is_definition(&words) => Relevance::OffTopic(OffTopicKind::Praise),
        () if is_usage(note, terms, propositions) => Relevance::OffTopic(OffTopicKind::Usage),
        // "Neither FastTrack nor Teams" is of the service as well.
        () if has(Mark::HelpDeclined) && unsaid() && !has(Mark::BothDeclined) => {
            Relevance::OffTopic(OffTopicKind::Benefit)
        }
        () if is_engagement(&words, propositions) => Relevance::OffTopic(OffTopicKind::Engagement),
        () => Relevance::Status,
    }
}

/// A question that names so many things tells of them: "why would we, when Primavera is written into every tender?"
const TOLD_BY_QUESTION: usize = 4;

/// The lists of words that can lead away from the status.
pub(crate) const LEADING: SemanticClasses = SemanticClasses::any(&[
    SemanticClass::Placeholder,
    SemanticClass::Greeting,
    SemanticClass::ToDo,
    SemanticClass::Pointer,
    SemanticClass::Praise,
    SemanticClass::Usage,
    SemanticClass::Benefit,
    SemanticClass::Help,
    SemanticClass::Meeting,
    SemanticClass::Arrange,
    SemanticClass::Reach,
    SemanticClass::Talk,
    SemanticClass::Aside,
]);

/// Whether anything in it could lead away from the status: most clauses hold no such word.
fn may_be_astray(note: &Terms, terms: &[Term]) -> bool {
    terms.iter().any(|term| {
        let asks = term.kind == Kind::Mark && note.text(term) == "?";
        term.noise || term.is(Mark::Talk) || term.meets(LEADING) || term.kind == Kind::Number || asks
    })
}

fn is_placeholder(words: &[&Term]) -> bool {
    let fillers = words.iter().filter(|term| term.has(SemanticClass::Placeholder)).count();
    if fillers >= 4 && fillers * 2 >= words.len() {
        return true;
    }
    let noise = words.iter().filter(|term| term.noise && !term.acronym).count();
    if fillers + noise == 0 {
        return false;
    }
    let rest = words.iter().filter(|term| {
        !term.has(SemanticClass::Placeholder)
            && !term.has(SemanticClass::ToDo)
            && !term.noise
            && !term.has(SemanticClass::Function)
            && !term.has(SemanticClass::Generic)
            && !term.has(SemanticClass::Trouble)
    });
    rest.count() <= (fillers + noise) / 3
}

fn is_greeting(words: &[&Term]) -> bool {
    words.first().is_some_and(|term| term.has(SemanticClass::Greeting)) && words.len() <= 5
        || words.first().is_some_and(|term| term.has(SemanticClass::Greeting))
            && !words.iter().any(|term| {
                term.has(SemanticClass::Adopt) || term.has(SemanticClass::Obstacle) || term.has(SemanticClass::Progress)
            })
        || !words.is_empty()
            && words.iter().any(|term| term.has(SemanticClass::Greeting))
            && words.iter().all(|term| {
                term.has(SemanticClass::Greeting)
                    || term.has(SemanticClass::Function)
                    || term.has(SemanticClass::Generic)
            })
}

/// How many things the words name that belong to no list of meetings, figures or people: what the sentence is about.
fn matter(words: &[&Term]) -> usize {
    words
        .iter()
        .filter(|term| {
            term.kind == Kind::Word
                && (term.sense == LexicalEntry::default() && !term.proper
                    || term.sense.belongs.is_some()
                    || term.has(SemanticClass::Topic))
        })
        .count()
}

fn is_question(note: &Terms, terms: &[Term]) -> bool {
    terms.iter().rfind(|term| !matches!(note.text(term), "\"" | "'" | ")")).is_some_and(|term| note.text(term) == "?")
}

fn is_to_do(words: &[&Term], propositions: &[Proposition]) -> bool {
    // "Five lines to do" tells of those that are done.
    words
        .iter()
        .any(|term| term.has(SemanticClass::ToDo) && !term.has(SemanticClass::Generic) && !term.is(Mark::Motion))
        && matter(words) < 4
        && !propositions.iter().any(|e| e.strength == Strength::Plain && e.direction == Direction::Against)
        && !propositions.iter().any(|e| e.predicate == Predicate::Progress && e.strength == Strength::Plain)
}

/// A word that points, then a place or a person to look at, or nothing else at all.
fn is_pointer(note: &Terms, terms: &[Term], propositions: &[Proposition]) -> bool {
    let takes_side = |e: &Proposition| {
        e.predicate != Predicate::Progress && (e.strength == Strength::Plain || e.direction == Direction::Against)
    };
    if propositions.iter().any(takes_side) {
        return false;
    }
    let words = terms.iter().filter(|term| !term.is_mark()).count();
    terms.iter().enumerate().any(|(at, term)| {
        // "Asked thrice" tells of a question, "ask the architect" sends there.
        let told = term.is(Mark::Asked);
        // "400 more in February" counts what is to come.
        let counted = at.checked_sub(1).and_then(|at| terms.get(at)).is_some_and(|term| term.kind == Kind::Number);
        if !term.has(SemanticClass::Pointer) || told || counted || term.has(SemanticClass::Function) && term.words == 1
        {
            return false;
        }
        let after = terms.get(at + 1..).unwrap_or_default();
        let leads = at == 0
            || terms.get(at - 1).is_some_and(|before| {
                let quoted = matches!(note.text(before), "'" | "\"");
                before.is_mark() && !quoted || before.is(Mark::Please)
            });
        let place = after.iter().take(7).any(|u| {
            u.has(SemanticClass::Elsewhere)
                || (leads
                    && (u.proper && u.is_unknown() && term.words > 1
                        || u.has(SemanticClass::Person)
                        || u.sense.names.is_some()))
        });
        place && (leads || term.words > 1) || term.words > 1 && (after.len() <= 2 || words <= 5)
    })
}

/// Two words of advertisement or more, and neither a no nor a figure, which would tell of somebody.
fn is_praise(words: &[&Term]) -> bool {
    let tells = SemanticClasses::any(&[
        SemanticClass::Negation,
        SemanticClass::Refuse,
        SemanticClass::Obstacle,
        SemanticClass::Trouble,
        SemanticClass::Stay,
        SemanticClass::Silence,
        SemanticClass::Unknown,
        SemanticClass::Progress,
        SemanticClass::Phase,
        SemanticClass::Duplicate,
    ]);
    let ad = SemanticClasses::any(&[
        SemanticClass::Negation,
        SemanticClass::Refuse,
        SemanticClass::Obstacle,
        SemanticClass::Trouble,
        SemanticClass::Silence,
    ]);
    let praises = words.iter().filter(|term| term.has(SemanticClass::Praise)).count();
    let others = words.iter().any(|term| term.meets(tells) || term.kind == Kind::Number);
    praises >= 2 && praises * 8 >= words.len() && !others
        || praises >= 3 && praises * 6 >= words.len() && !words.iter().any(|term| term.meets(ad))
}

/// "Teams is a hub for …": what the product is, which everybody may read in its catalogue.
fn is_definition(words: &[&Term]) -> bool {
    words.first().is_some_and(|term| term.is(Mark::Definition))
        && !words.iter().any(|term| term.has(SemanticClass::Negation))
}

fn is_usage(note: &Terms, terms: &[Term], propositions: &[Proposition]) -> bool {
    let counted =
        || terms.iter().enumerate().any(|(at, term)| term.is(Mark::SeatsState) && stands_by_figure(terms, at));
    // A "shared-login workstation" is a machine.
    let joined = |at: usize| terms.get(at).is_some_and(|term| term.joined);
    // "A contract signed in 2023".
    let dated = |at: usize| terms.get(at + 1).is_some_and(|next| is_year(note.text(next)));
    // "Sign-in fails" is a blocker, "2 sign-ins" are usage.
    let counts = |at: usize, term: &Term| !term.is(Mark::SigningIn) || stands_by_figure(terms, at) && !dated(at);
    let named = |(at, term): (usize, &Term)| {
        term.has(SemanticClass::Usage) && !joined(at) && !joined(at + 1) && counts(at, term)
    };
    if is_report(note, terms, propositions) {
        return true;
    }
    let usage = terms.iter().enumerate().any(named) || counted();
    if !usage || terms.iter().any(|term| term.has(SemanticClass::Duplicate)) {
        return false;
    }
    let words: Vec<&Term> = terms.iter().filter(|term| !term.is_mark()).collect();
    if matter(&words) >= 4 {
        return false;
    }
    let figure = terms.iter().any(|term| term.kind == Kind::Number || term.has(SemanticClass::Count))
        || terms.iter().any(|term| term.is(Mark::UsageFigure));
    let bare = words.len() <= 4 && words.iter().all(|term| term.sense != LexicalEntry::default());
    let level = terms.iter().any(|term| term.is(Mark::Level));
    let working = propositions.iter().any(|e| e.predicate == Predicate::Progress && e.direction == Direction::For)
        || terms.iter().any(|term| term.has(SemanticClass::Phase));
    let refused = propositions.iter().any(|e| e.direction == Direction::Against && e.strength == Strength::Plain);
    (figure || bare) && (level || !working && !refused)
}

/// So many figures make a usage report of a sentence, and so many words to each at most.
const FIGURES_OF_REPORT: usize = 3;
const WORDS_TO_A_FIGURE: usize = 5;

/// "34 viewers, 3 workspaces, 212 views": figures one after the other, of what a usage report counts, and neither work
/// nor a no.
fn is_report(note: &Terms, terms: &[Term], propositions: &[Proposition]) -> bool {
    if !terms.iter().any(|term| term.is(Mark::Metric)) {
        return false;
    }
    let counts = |term: &&Term| !is_year(note.text(term)) && (term.kind == Kind::Number || term.is(Mark::ZeroFigure));
    let figures = terms.iter().filter(counts).count();
    let words = terms.iter().filter(|term| !term.is_mark()).count();
    let works =
        |term: &Term| term.is(Mark::GoesOn) || term.has(SemanticClass::Phase) || term.has(SemanticClass::Duplicate);
    let claims = propositions.iter().any(|e| {
        e.strength == Strength::Plain && e.predicate != Predicate::Mention || e.predicate == Predicate::Refuse
    });
    figures >= FIGURES_OF_REPORT && words <= figures * WORDS_TO_A_FIGURE && !claims && !terms.iter().any(works)
}

fn stands_by_figure(terms: &[Term], at: usize) -> bool {
    let figure = |at: Option<usize>| {
        let term = at.and_then(|at| terms.get(at));
        term.is_some_and(|term| {
            term.kind == Kind::Number || term.has(SemanticClass::Count) || term.has(SemanticClass::Negation)
        })
    };
    figure(at.checked_sub(1)) || figure(Some(at + 1))
}

/// "We talked about Jamf and Knox", "Topics: …": what leads the sentence is that somebody spoke.
fn is_talk(words: &[&Term]) -> bool {
    let mut content = words.iter().filter(|term| !term.has(SemanticClass::Function) || term.words > 1);
    let led =
        |term: &&&Term| term.is(Mark::Customer) || term.has(SemanticClass::Time) || term.has(SemanticClass::Person);
    content.find(|term| term.has(SemanticClass::Talk) || !led(term)).is_some_and(|term| term.has(SemanticClass::Talk))
}

/// Meetings with a date, arrangements, attempts without an outcome; not where anything is said about the status.
fn is_engagement(words: &[&Term], propositions: &[Proposition]) -> bool {
    let count = |class| words.iter().filter(|term| term.has(class)).count();
    let logistic = |term: &&Term| term.has(SemanticClass::Meeting) || term.has(SemanticClass::Arrange);
    let has = |mark| words.iter().any(|term| term.is(mark));
    let phases = words.iter().any(|term| term.has(SemanticClass::Phase) && !term.is(Mark::Attribute));
    let talks = has(Mark::Talk) && !propositions.iter().any(|e| e.predicate != Predicate::Mention);
    let says_status = propositions.iter().any(|e| {
        e.strength == Strength::Plain && (e.direction == Direction::Against || e.predicate == Predicate::Progress)
            || e.direction == Direction::Against && (e.predicate == Predicate::Refuse || !words.iter().any(logistic))
    }) || [SemanticClass::Silence, SemanticClass::Unknown, SemanticClass::Negation]
        .into_iter()
        .any(|class| count(class) > 0)
        || !talks && (phases || has(Mark::Motion))
        || words.iter().any(|term| term.has(SemanticClass::Duplicate) && !term.has(SemanticClass::Count));
    let plain = propositions.iter().any(|e| e.strength == Strength::Plain);
    if count(SemanticClass::Aside) >= 2 && count(SemanticClass::Duplicate) == 0 && !plain {
        return true;
    }
    if says_status {
        return false;
    }
    // How often somebody was tried is what the status of a silent customer is made of.
    if has(Mark::Attempt) && has(Mark::Counted) && count(SemanticClass::Person) > 0 && words.len() <= 16 {
        return false;
    }
    if talks || is_talk(words) {
        return true;
    }
    // "12 minutes" are a time, not those of a meeting.
    let meetings =
        words.iter().filter(|term| term.has(SemanticClass::Meeting) && !term.has(SemanticClass::Time)).count();
    let arranging = count(SemanticClass::Arrange) + count(SemanticClass::Reach);
    if matter(words) >= 2 * (meetings + arranging).max(2) {
        return false;
    }
    let dated = count(SemanticClass::Time) > 0 || words.len() <= 6;
    meetings >= 1 && (arranging >= 1 || meetings >= 2 || dated)
        || arranging >= 2
        || count(SemanticClass::Reach) >= 1 && words.len() <= 10
}
