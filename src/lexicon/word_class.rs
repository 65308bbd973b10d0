//! The plain lists of words, and which of them a word or a name is in. The build script uses them, so nothing here needs
//! more than the standard library.

/// A list that a word or a name is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum WordClass {
    /// English words: `english.txt`, and `technical.txt` with words of the trade that it lacks.
    English,
    /// Words of IT, rules, contracts and money: `trade.txt`.
    Trade,
    /// Names of products: `products.txt`.
    Product,
    /// Names of products that are everyday words as well: `everyday-products.txt`.
    EverydayProduct,
    /// The first word of a name of several words.
    BeginsName,
    /// A word of a phrase is in [`WordClass::Trade`]; no list says so, but who knows the phrase.
    TradeWithin,
}

/// A set of word classes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub(crate) struct WordClasses(pub(crate) u8);

impl WordClasses {
    pub(crate) const NONE: Self = Self(0);

    pub(crate) fn of(class: WordClass) -> Self {
        Self(1 << (class as u8))
    }

    pub(crate) fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The classes that both have.
    #[cfg_attr(not(test), allow(dead_code, reason = "the build script looks no phrases up"))]
    pub(crate) fn both(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    pub(crate) fn has(self, class: WordClass) -> bool {
        self.0 & (1 << (class as u8)) != 0
    }
}
