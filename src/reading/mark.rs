//! Marks: what a cue gives to the terms that it finds. The words of a cue are data; what a mark does to the reading is
//! code.

macro_rules! marks {
    ($($(#[$doc:meta])* $name:ident = $key:literal,)*) => {
        /// What a cue says of a term. The names in the files of cues are the keys.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub(crate) enum Mark { $($(#[$doc])* $name,)* }

        impl Mark {
            /// All marks with their names in the files of cues.
            pub(crate) const ALL: &'static [(Mark, &'static str)] = &[$((Mark::$name, $key),)*];
        }
    };
}

marks! {
    /// A participle that only says which ones are meant: "the blocked enrolments".
    Attribute = "attribute",
    /// Says that somebody cannot: "unable to".
    Inability = "inability",
}

/// A set of marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Marks(u128);

impl Marks {
    pub(crate) fn with(self, mark: Mark) -> Self {
        Self(self.0 | 1 << (mark as u32))
    }

    pub(crate) fn has(self, mark: Mark) -> bool {
        self.0 & (1 << (mark as u32)) != 0
    }

    pub(crate) fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

impl FromIterator<Mark> for Marks {
    fn from_iter<I: IntoIterator<Item = Mark>>(marks: I) -> Self {
        marks.into_iter().fold(Self::default(), Self::with)
    }
}

const _: () = assert!(Mark::ALL.len() <= 128, "a set of marks has 128 places");
