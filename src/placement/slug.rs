//! A name as a part of a path.

use crate::record::company_key;
use unicode_normalization::UnicodeNormalization as _;

/// The most characters of a name in a path.
const LONGEST: usize = 60;

/// How a name is spelt in a path. The order is that of preference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Style {
    words: Words,
    between: Between,
    case: Case,
}

/// Which words of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Words {
    All,
    WithoutLegalForm,
}

/// What stands between words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Between {
    Hyphen,
    Underscore,
    Space,
    Nothing,
    Dot,
}

impl Between {
    const ALL: [Self; 5] = [Self::Hyphen, Self::Underscore, Self::Space, Self::Nothing, Self::Dot];

    fn text(self) -> &'static str {
        match self {
            Self::Hyphen => "-",
            Self::Underscore => "_",
            Self::Space => " ",
            Self::Nothing => "",
            Self::Dot => ".",
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Case {
    Lower,
    AsWritten,
    Upper,
}

impl Style {
    /// What is taken where nothing can be learnt: `contoso-ltd`.
    pub(super) const USUAL: Self = Self { words: Words::All, between: Between::Hyphen, case: Case::Lower };

    /// All styles.
    pub(super) fn all() -> impl Iterator<Item = Self> {
        [Words::All, Words::WithoutLegalForm].into_iter().flat_map(|words| {
            Between::ALL.into_iter().flat_map(move |between| {
                [Case::Lower, Case::AsWritten, Case::Upper].map(|case| Self { words, between, case })
            })
        })
    }

    /// The name in this style: letters and digits of any alphabet, and nothing that means something to a system.
    /// Nothing where the name has none.
    pub(super) fn of(self, name: &str) -> Option<String> {
        let name: String = name.nfc().collect();
        let words = |name: &str| -> Vec<String> {
            let words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
            words.map(str::to_owned).collect()
        };
        let mut kept = words(&name);
        if self.words == Words::WithoutLegalForm {
            let bare = words(&company_key(&name));
            let starts_so = bare.iter().zip(&kept).all(|(bare, word)| *bare == word.to_lowercase());
            if starts_so { kept.truncate(bare.len()) } else { kept = bare }
        }
        let mut slug = String::new();
        for word in kept {
            let between = if slug.is_empty() { "" } else { self.between.text() };
            if slug.chars().count() + between.len() + word.chars().count() > LONGEST && !slug.is_empty() {
                break;
            }
            slug.push_str(between);
            slug.extend(word.chars().take(LONGEST));
        }
        let slug = match self.case {
            Case::Lower => slug.to_lowercase(),
            Case::Upper => slug.to_uppercase(),
            Case::AsWritten => slug,
        };
        (!slug.is_empty()).then_some(if is_reserved(&slug) { format!("{slug}-notes") } else { slug })
    }
}

/// Whether Windows takes a file of this name for a device.
fn is_reserved(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let numbered =
        |device| name.strip_prefix(device).is_some_and(|rest: &str| matches!(rest.as_bytes(), [b'0'..=b'9']));
    matches!(name.as_str(), "con" | "prn" | "aux" | "nul") || numbered("com") || numbered("lpt")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hostile_name_makes_a_safe_part_of_a_path() {
        for (name, expected) in [
            ("Contoso Ltd.", Some("contoso-ltd")),
            ("../../etc/passwd", Some("etc-passwd")),
            ("-rf *", Some("rf")),
            (".git", Some("git")),
            ("a\nb\u{202e}c", Some("a-b-c")),
            ("CON", Some("con-notes")),
            ("com1", Some("com1-notes")),
            ("Müller & Söhne", Some("müller-söhne")),
            ("Cafe\u{301}", Some("caf\u{e9}")),
            ("東京電力", Some("東京電力")),
            ("///", None),
            ("", None),
        ] {
            assert_eq!(Style::USUAL.of(name).as_deref(), expected, "{name:?}");
        }
        assert_eq!(Style::USUAL.of(&"x".repeat(5_000)).map(|slug| slug.len()), Some(LONGEST));
        assert!(Style::USUAL.of(&"word ".repeat(5_000)).is_some_and(|slug| slug.len() <= LONGEST));
    }

    #[test]
    fn the_usual_style_is_the_first() {
        assert_eq!(Style::all().min(), Some(Style::USUAL));
    }
}
