//! The names of the reading's own kinds in a trace.

use crate::lexicon::{SemanticClass, SemanticClasses};
use crate::reading::answer::bearing::Bearing;
use crate::reading::balance::{Outranked, Standing};
use crate::reading::clause::{Padding, Role};
use crate::reading::mark::Mark;
use crate::reading::proposition::{Absence, Direction, Holder, Origin, Predicate, Strength};
use crate::reading::weighed::Ground;
use crate::reading::{NoteForm, OffTopicKind};

/// The names of the lists that a term is in.
pub(super) fn lists(classes: SemanticClasses) -> Vec<&'static str> {
    SemanticClass::ALL.iter().filter(|(class, _)| classes.has(*class)).map(|(_, name)| *name).collect()
}

pub(super) fn mark(mark: Mark) -> &'static str {
    Mark::ALL.iter().find(|(known, _)| *known == mark).map_or("", |(_, name)| name)
}

pub(super) fn role(role: Role) -> &'static str {
    match role {
        Role::Main => "main",
        Role::Cause => "cause",
        Role::Effect => "effect",
        Role::Concession => "concession",
        Role::Condition => "condition",
    }
}

pub(super) fn padding(padding: Padding) -> &'static str {
    match padding {
        Padding::HollowSentence => "its whole sentence is made of words that any note could have",
        Padding::HollowClause => "it is made of words that any note could have",
    }
}

pub(super) fn off_topic(kind: OffTopicKind) -> &'static str {
    match kind {
        OffTopicKind::Engagement => "engagement",
        OffTopicKind::Usage => "usage",
        OffTopicKind::Pointer => "pointer",
        OffTopicKind::ToDo => "to-do",
        OffTopicKind::Greeting => "greeting",
        OffTopicKind::Benefit => "benefit",
        OffTopicKind::Praise => "praise",
        OffTopicKind::Placeholder => "placeholder",
    }
}

pub(super) fn form(form: NoteForm) -> &'static str {
    match form {
        NoteForm::Blank => "blank",
        NoteForm::OnlyNames => "only-names",
        NoteForm::Stuffing => "stuffing",
        NoteForm::Circular => "circular",
        NoteForm::Prose => "prose",
    }
}

pub(super) fn holder(holder: Holder) -> &'static str {
    match holder {
        Holder::Customer => "customer",
        Holder::Somebody => "somebody",
        Holder::OwnService => "own-service",
        Holder::OtherWorkload => "other-workload",
        Holder::Outsider => "outsider",
        Holder::Stranger => "stranger",
        Holder::Helper => "helper",
        Holder::Thing => "thing",
        Holder::Implied => "implied",
    }
}

pub(super) fn predicate(predicate: Predicate) -> &'static str {
    match predicate {
        Predicate::Want => "want",
        Predicate::Adopt => "adopt",
        Predicate::Block => "block",
        Predicate::Refuse => "refuse",
        Predicate::Progress => "progress",
        Predicate::Keep => "keep",
        Predicate::Mention => "mention",
    }
}

pub(super) fn direction(direction: Direction) -> &'static str {
    match direction {
        Direction::For => "for",
        Direction::Against => "against",
    }
}

pub(super) fn strength(strength: Strength) -> &'static str {
    match strength {
        Strength::Plain => "plain",
        Strength::Implied => "implied",
    }
}

pub(super) fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::Decides => "decides the intent",
        Standing::ClaimsNothing => "does not count: its clause is granted or a condition",
        Standing::OfSomebodyElse => "does not count: it is of somebody or something else",
        Standing::Over => "does not count: it is over, and something goes on after it",
        Standing::OnlyCause => "does not count: a cause, beside something that is claimed",
        Standing::Outranked(outranked) => match outranked {
            Outranked::OnlyMentions => "outranked: it only names the deployment",
            Outranked::BeforeContrast => "outranked: the other comes after “but” or its like",
            Outranked::Implied => "outranked: it is implied, the other plain",
            Outranked::AboutAnother => "outranked: it is about another product",
            Outranked::InPassing => "outranked: it refuses or hinders in passing",
            Outranked::AgainstWins => "outranked: a no is stronger than a yes",
            Outranked::Later => "outranked: the other comes first, and is as strong",
            Outranked::Wish => "outranked: the other is a plain wish, and being kept from it leaves a wish as it is",
        },
    }
}

pub(super) fn origin(origin: Origin) -> &'static str {
    match origin {
        Origin::Predicate => "src/reading/proposition/mod.rs: of_clause",
        Origin::Trouble => "src/reading/proposition/scope.rs: opens_with_trouble",
        Origin::BareRefusal => "src/reading/proposition/refusal.rs: bare_refusal",
        Origin::Inability => "src/reading/proposition/refusal.rs: inability",
    }
}

pub(super) fn absence(absence: Absence) -> &'static str {
    match absence {
        Absence::NotOfIntent => "it is about talk or silence, about what nobody could find out, or about declined help",
        Absence::NoPredicate => {
            "no word of it is in one of the lists adopt, want, progress, done, phase, refuse, obstacle, stay"
        }
        Absence::LeftOpen => "its words leave the intent open",
    }
}

/// Why a term weighs what it weighs, and the list or code that says so.
pub(super) fn ground(ground: Ground) -> &'static str {
    match ground {
        Ground::Weightless => "names nothing",
        Ground::OtherWorkload => "names another workload (list: workloads)",
        Ground::PartOfWorkload => "a term of a workload (list: workloads, terms)",
        Ground::CountsOrRefers => "only counts reasons or refers to a number (cue)",
        Ground::Paperwork => "only tells who checked or marked the record (cue)",
        Ground::Figure => "a figure",
        Ground::Date => "a time or a date",
        Ground::Event => "an event (list: event)",
        Ground::EventTold => "an event, and what it is of (list: event; cue: reason.yaml)",
        Ground::Topic => "a kind of reason (list: topic)",
        Ground::EmptiedTopic => "a kind of reason (list: topic), emptied by a vague adjective, a slash or a cue",
        Ground::Hollow => "names nothing here (cue: hollow)",
        Ground::NameByCapital => "an everyday word with a capital: a name",
        Ground::Count => "a number in words (list: count)",
        Ground::Duplicate => "says what is counted twice (list: duplicate)",
        Ground::Listed => "a word of a list that is about something else",
        Ground::HeadsAsName => "a name in front of its verb (cue: reason.yaml)",
        Ground::Strung => "between slashes: a list of kinds",
        Ground::UnknownName => "in no list, with a capital: a name",
        Ground::Foreign => "of another language, or beside such a word",
        Ground::NotEnglish => "in no list, not English, and without the look of a name or a short form",
        Ground::UnknownNoise => "in no list, and too short or no word",
        Ground::UnknownAbstract => "in no list, with the ending of an abstract noun",
        Ground::UnknownThing => "in no list: a thing",
        Ground::Repeated => "weighed already where it stood first",
        Ground::NamedByTheWay => "a kind of reason that the clause of the intent names by the way",
        Ground::StaysElsewhere => "they stay with, or take, something else",
        Ground::CauseAndCondition => "a cause, and what is awaited, tell more together",
        Ground::State => "a phase, or work under way or done (lists: phase, progress, done)",
    }
}

/// What keeps a reason from its full strength, where something does.
pub(super) fn unbound(bearing: Bearing) -> Option<&'static str> {
    match bearing {
        Bearing::Related => None,
        Bearing::ByName => Some("only a name ties it to the service, which is no reason (cues: bearing.yaml)"),
        Bearing::Touching => Some("it may bear on the service, so it is at most thin (cues: bearing.yaml)"),
        Bearing::Unrelated => Some("nothing ties it to the service (cues: bearing.yaml)"),
        Bearing::Setting => Some("it speaks of the company and not of the service (cues: bearing.yaml)"),
    }
}
