//! Who writes the records that a run judges, for help that names them.

use crate::emptiness::{Purpose, emptiness};
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// The longest name that is put into help, in characters.
const LONGEST: usize = 60;

/// The person whose records are judged. The name is looked up when help first needs it: most runs never do.
pub struct Writer {
    folder: PathBuf,
    look_up: fn(&Path) -> Option<String>,
    name: OnceLock<Option<String>>,
}

impl Writer {
    /// The person who works in `folder`, whose name `look_up` finds.
    #[must_use]
    pub fn new(folder: PathBuf, look_up: fn(&Path) -> Option<String>) -> Self {
        Self { folder, look_up, name: OnceLock::new() }
    }

    /// The name; nothing where none is known, or none that is worth naming.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        let name = self.name.get_or_init(|| (self.look_up)(&self.folder)).as_deref()?;
        let is_named = emptiness(name, Purpose::Person).is_none() && name.chars().count() <= LONGEST;
        (is_named && !name.contains(char::is_control)).then_some(name)
    }
}

impl fmt::Debug for Writer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Writer").field("folder", &self.folder).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_name_that_names_somebody_is_told() {
        let name =
            |look_up: fn(&Path) -> Option<String>| Writer::new(PathBuf::new(), look_up).name().map(str::to_owned);
        assert_eq!(name(|_| Some("Ann Lee".to_owned())).as_deref(), Some("Ann Lee"));
        assert_eq!(name(|_| None), None);
        assert_eq!(name(|_| Some("your name".to_owned())), None);
        assert_eq!(name(|_| Some("Ann\u{1b}[31m".to_owned())), None);
        assert_eq!(name(|_| Some("x".repeat(5_000))), None);
    }
}
