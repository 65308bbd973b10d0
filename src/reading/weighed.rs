//! What each term of a reason weighs, and why: what the scale writes down while it weighs.

/// Why a term weighs what it weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ground {
    /// Grammar, intent or padding, the own service, or a mark: it can name nothing.
    Weightless,
    /// Names another workload.
    OtherWorkload,
    /// A part or term of a workload.
    PartOfWorkload,
    /// Says how many reasons there are, or is an office's own number.
    CountsOrRefers,
    /// Tells who checked, marked or closed a duplicate, and when.
    Paperwork,
    /// A figure.
    Figure,
    /// A time, or a figure of a date.
    Date,
    /// An event.
    Event,
    /// An event, and what it is of.
    EventTold,
    /// A kind of reason.
    Topic,
    /// A kind of reason that an adjective of vagueness, a list of kinds or a cue empties.
    EmptiedTopic,
    /// A word that a cue makes name nothing.
    Hollow,
    /// An everyday word with a capital inside a sentence.
    NameByCapital,
    /// A number in words.
    Count,
    /// Says more than that it is a duplicate.
    Duplicate,
    /// A word of a list that is about something else.
    Listed,
    /// A name in front of its verb.
    HeadsAsName,
    /// One of several unknown words between slashes.
    Strung,
    /// Unknown, with a capital inside a sentence or in capitals alone.
    UnknownName,
    /// Unknown, and too short or no word at all.
    UnknownNoise,
    /// Of another language or script, or beside such a word.
    Foreign,
    /// Unknown, and neither English nor the look of a name or a short form.
    NotEnglish,
    /// Unknown, with the ending of an abstraction.
    UnknownAbstract,
    /// Unknown, and so a thing.
    UnknownThing,
    /// Weighed already where it stood before.
    Repeated,
    /// A kind of reason that the clause of the intent names by the way.
    NamedByTheWay,
    /// They stay with, or take, something else.
    StaysElsewhere,
    /// A cause and what is awaited tell more together.
    CauseAndCondition,
    /// A phase, or work under way or done.
    State,
}

/// A term that weighed something, or could have.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Weighed {
    pub(crate) at: usize,
    pub(crate) points: u32,
    pub(crate) ground: Ground,
}
