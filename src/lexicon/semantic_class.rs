//! The semantic classes of words: what a word or phrase of the playbook does in a note.

macro_rules! classes {
    ($($(#[$doc:meta])* $name:ident = $key:literal,)*) => {
        /// What a word or phrase does in a note. The names in the playbook are the keys.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub(crate) enum SemanticClass { $($(#[$doc])* $name,)* }

        impl SemanticClass {
            /// All classes with their names in the playbook.
            pub(crate) const ALL: &'static [(SemanticClass, &'static str)] = &[$((SemanticClass::$name, $key),)*];
        }
    };
}

classes! {
    /// Grammatical words: articles, pronouns, prepositions, auxiliaries.
    Function = "function",
    /// Words that name nothing by themselves.
    Generic = "generic",
    /// Adjectives that take the weight from the noun they stand before.
    Vague = "vague",
    /// Business padding.
    Filler = "filler",
    /// Words that name only the kind of a reason.
    Topic = "topic",
    /// Business events.
    Event = "event",
    /// Times: months, weekdays, years, seasons.
    Time = "time",
    /// Taking the service into use.
    Adopt = "adopt",
    /// Wishes and plans.
    Want = "want",
    /// Refusing, giving up, stopping.
    Refuse = "refuse",
    /// Staying with what is there.
    Stay = "stay",
    /// Being or doing what keeps somebody from going on.
    Obstacle = "obstacle",
    /// Things that stand in the way, as nouns.
    Trouble = "trouble",
    /// Work under way.
    Progress = "progress",
    /// Names of phases.
    Phase = "phase",
    /// Being finished.
    Done = "done",
    /// Words that put the intent off.
    HedgeTime = "hedge-time",
    /// Words that put the intent in doubt.
    HedgeDoubt = "hedge-doubt",
    /// Nobody has decided.
    Undecided = "undecided",
    /// Negation.
    Negation = "negation",
    /// Phrases that look like a negation or a hedge and are none.
    Neutral = "neutral",
    /// What comes after is the why.
    Cause = "cause",
    /// What came before is the why.
    Effect = "effect",
    /// What comes after is granted, not claimed.
    Concession = "concession",
    /// What comes after must happen first.
    Condition = "condition",
    /// What comes after overrides what came before.
    Contrast = "contrast",
    /// The FastTrack benefit.
    Benefit = "benefit",
    /// Help from us, which is not the service.
    Help = "help",
    /// Meetings and what belongs to them.
    Meeting = "meeting",
    /// Arranging.
    Arrange = "arrange",
    /// Usage figures and level codes.
    Usage = "usage",
    /// Sending the reader elsewhere.
    Pointer = "pointer",
    /// The places readers are sent to.
    Elsewhere = "elsewhere",
    /// Work the writer still means to do on the note.
    ToDo = "to-do",
    /// Greetings and thanks.
    Greeting = "greeting",
    /// Talking things over.
    Talk = "talk",
    /// The language of advertisements.
    Praise = "praise",
    /// Money, travel and gossip of the engagement.
    Aside = "aside",
    /// Words that stand where a note should be.
    Placeholder = "placeholder",
    /// Attempts at contact, as things.
    Contact = "contact",
    /// Trying to reach somebody.
    Reach = "reach",
    /// No answer.
    Silence = "silence",
    /// Replies and replying; with a negation beside it, silence.
    Reply = "reply",
    /// Answering.
    Answer = "answer",
    /// Nobody could find out.
    Unknown = "unknown",
    /// Finding out.
    Learn = "learn",
    /// People who can be asked.
    Person = "person",
    /// Managed or unmanaged.
    Managed = "managed",
    /// Numbers in words.
    Count = "count",
    /// What the slots of templates are called.
    Slot = "slot",
    /// Counted twice, or not real.
    Duplicate = "duplicate",
}

const _: () = assert!(SemanticClass::ALL.len() <= u64::BITS as usize, "a set has a bit for each class");

/// A set of classes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub(crate) struct SemanticClasses(u64);

impl SemanticClasses {
    pub(crate) const NONE: Self = Self(0);

    /// The set with these bits, as [`SemanticClasses::bits`] gives them.
    pub(crate) const fn from_bits(bits: u64) -> Self {
        Self(bits)
    }

    /// One bit for each class, in their order.
    #[allow(dead_code, reason = "the build script writes it down; a run only reads it")]
    pub(crate) const fn bits(self) -> u64 {
        self.0
    }

    pub(crate) fn of(class: SemanticClass) -> Self {
        Self(1 << (class as u64))
    }

    pub(crate) const fn any(classes: &[SemanticClass]) -> Self {
        let (mut set, mut rest) = (Self::NONE, classes);
        while let [class, others @ ..] = rest {
            set = set.with(*class);
            rest = others;
        }
        set
    }

    pub(crate) const fn with(self, class: SemanticClass) -> Self {
        Self(self.0 | 1 << (class as u64))
    }

    pub(crate) fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The classes that both have.
    pub(crate) fn both(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    pub(crate) fn has(self, class: SemanticClass) -> bool {
        self.0 & (1 << (class as u64)) != 0
    }

    pub(crate) fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether it has no class that `other` lacks.
    pub(crate) fn is_within(self, other: Self) -> bool {
        self.0 & !other.0 == 0
    }

    pub(crate) fn is_empty(self) -> bool {
        self.0 == 0
    }
}
