//! Exit codes.

use std::process::ExitCode;

/// How the program ends. The numbers are a contract and the same for every format; all others are reserved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// 0: everything was examined, nothing is blocked.
    Passed,
    /// 1: at least one record or file is blocked.
    Blocked,
    /// 2: the command line or the configuration is wrong.
    Usage,
    /// 3: not everything could be examined.
    Unexamined,
    /// 4: there was nothing to examine although `--require-records` is set.
    NoRecords,
}

impl Exit {
    /// The number.
    #[must_use]
    pub fn code(self) -> u8 {
        match self {
            Self::Passed => 0,
            Self::Blocked => 1,
            Self::Usage => 2,
            Self::Unexamined => 3,
            Self::NoRecords => 4,
        }
    }

    /// The end of two runs: the one that says more is wrong, by its number.
    #[must_use]
    pub fn or_worse(self, other: Self) -> Self {
        if other.code() > self.code() { other } else { self }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}
