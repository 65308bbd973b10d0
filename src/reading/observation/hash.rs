//! Numbers for what was seen.

/// The kinds of observations.
#[derive(Debug, Clone, Copy)]
pub(super) enum Sort {
    Word = 1,
    Words,
    Letters,
    Meaning,
    Meanings,
    ThreeMeanings,
    WordThenMeaning,
    MeaningThenWord,
    Marks,
    Claim,
    Claims,
    Opening,
    ReasonWord,
    ReasonMatter,
    Mixture,
    Answer,
    Answers,
}

/// A hash that is the same on every machine and in every version: FNV-1a, 32 bits.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hash(pub(super) u32);

impl Hash {
    pub(super) fn of(sort: Sort) -> Self {
        Self(0x811c_9dc5).byte(sort as u8)
    }

    pub(super) fn byte(self, byte: u8) -> Self {
        Self((self.0 ^ u32::from(byte)).wrapping_mul(0x0100_0193))
    }

    pub(super) fn bytes(self, bytes: &[u8]) -> Self {
        bytes.iter().fold(self, |hash, byte| hash.byte(*byte))
    }

    pub(super) fn number(self, number: u32) -> Self {
        self.bytes(&number.to_le_bytes())
    }

    /// Mixed once more: the low bits of FNV-1a are weak.
    pub(super) fn done(self) -> u32 {
        let mut hash = self.0;
        hash ^= hash >> 16;
        hash = hash.wrapping_mul(0x7feb_352d);
        hash ^ hash >> 15
    }
}
