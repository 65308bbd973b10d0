//! The name of a company as it is compared.

use super::legal_forms::{FIRST, LAST, MOST_WORDS, NO_NAMES, SHORT};
use crate::folding::folded_by_looks;
use crate::playbook::telling_characters;

/// How many legal forms are taken away at most, as in `GmbH & Co. KG`. Names may be long.
const MOST_FORMS: usize = 4;

/// The words of the name of a company without its legal form, for comparing: case, width, spacing, punctuation (but not the symbols of `C++`), invisible
/// characters and letters of other alphabets that look the same do not count. A name that has no words stays as it is.
pub(crate) fn key(name: &str) -> String {
    parted(name).0
}

/// The legal form in the name of a company, for comparing: `Ltd.` and `Limited` are one. Empty where it has none.
pub(crate) fn legal_form(name: &str) -> String {
    parted(name).1
}

/// The name without its legal form, and the legal form.
fn parted(name: &str) -> (String, String) {
    let folded = folded_by_looks(name);
    let telling: String = telling_characters(&folded).collect();
    let mut words: Vec<&str> = telling.split(' ').filter(|word| !word.is_empty()).collect();
    if words.is_empty() {
        return (folded, String::new());
    }
    let mut forms: Vec<&str> = Vec::new();
    for _ in 0..MOST_FORMS {
        let from_end = |count: usize| words.len().checked_sub(count).and_then(|from| words.get(from..));
        let Some(count) = length(from_end, LAST) else { break };
        if !is_name(words.get(..words.len() - count).unwrap_or_default()) {
            break;
        }
        forms.splice(..0, words.drain(words.len() - count..));
    }
    if let Some(count) = length(|count| words.get(..count), FIRST)
        && is_name(words.get(count..).unwrap_or_default())
    {
        forms.splice(..0, words.drain(..count));
    }
    let joined = words.join(" ");
    let bare = without_attached_form(&joined);
    let attached = joined.split_once(bare).map(|(before, after)| [before, after]).unwrap_or_default();
    let forms = attached.iter().chain(&forms).filter(|form| !form.is_empty());
    let short = |form: &&'_ str| {
        SHORT.iter().find(|(long, _)| long == form).map_or_else(|| form.to_string(), |(_, short)| (*short).to_owned())
    };
    (bare.to_owned(), forms.map(short).collect())
}

/// Whether a name has the legal form of a company.
pub(crate) fn is_company(name: &str) -> bool {
    let folded = folded_by_looks(name);
    let telling: String = telling_characters(&folded).collect();
    let words = telling.split(' ').filter(|word| !word.is_empty()).count();
    words > 1 && key(name).split(' ').count() < words
}

/// How many words of the longest legal form in `forms` there are, where `part` gives so many words.
fn length<'w>(part: impl Fn(usize) -> Option<&'w [&'w str]>, forms: &[&str]) -> Option<usize> {
    let is_form = |count: &usize| part(*count).is_some_and(|words| forms.contains(&words.concat().as_str()));
    (1..=MOST_WORDS).rev().find(is_form)
}

fn is_name(words: &[&str]) -> bool {
    match words {
        [] => false,
        [only] => !NO_NAMES.contains(only),
        _ => true,
    }
}

/// The name without a legal form that is written without a space, as in Chinese, Japanese and Korean.
fn without_attached_form(name: &str) -> &str {
    let attached = |forms: &'static [&'static str]| forms.iter().filter(|form| !form.is_ascii() && form.len() > 6);
    let after = attached(LAST).find_map(|form| name.strip_suffix(form)).filter(|rest| !rest.is_empty()).unwrap_or(name);
    attached(FIRST).find_map(|form| after.strip_prefix(form)).filter(|rest| !rest.is_empty()).unwrap_or(after)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_legal_form_does_not_count() {
        for name in [
            "Contoso",
            "Contoso Ltd",
            "Contoso Ltd.",
            "Contoso, Inc.",
            "CONTOSO GMBH",
            "Contoso GmbH & Co. KG",
            "Contoso Co., Ltd.",
            "Contoso (Pty) Ltd",
            "Contoso Pvt. Ltd.",
            "Contoso Private Limited",
            "Contoso S.A. de C.V.",
            "Contoso S.p.A.",
            "Contoso Sp. z o.o.",
            "Contoso A/S",
            "Contoso d.o.o.",
            "Contoso Sdn. Bhd.",
            "PT Contoso Tbk",
            "ООО Contoso",
            "ЗАО «Contoso»",
            "ПАО Contoso",
            "Contoso A.Ş.",
            "Contoso株式会社",
            "株式会社Contoso",
            "㈱Contoso",
            "Contoso Corporation",
            "Contoso.",
            "\"Contoso\"",
        ] {
            assert_eq!(key(name), "contoso", "{name}");
        }
    }

    #[test]
    fn legal_forms_are_one_however_they_are_written() {
        for (one, other) in [
            ("Contoso Ltd", "CONTOSO Limited."),
            ("Contoso, Inc.", "Contoso Incorporated"),
            ("Contoso Corp.", "Contoso Corporation"),
            ("Contoso Pvt. Ltd.", "Contoso Private Limited"),
            ("Contoso plc", "Contoso Public Limited Company"),
            ("Contoso S.A.", "Contoso SA"),
            ("Contoso株式会社", "㈱Contoso"),
            ("Contoso Co., Ltd.", "Contoso Company Limited"),
            ("Contoso", "contoso."),
        ] {
            assert_eq!(legal_form(one), legal_form(other), "{one} / {other}");
        }
        for (one, other) in [
            ("Contoso Ltd", "Contoso GmbH"),
            ("Contoso Ltd", "Contoso"),
            ("Contoso SA", "Contoso SAS"),
            ("Contoso GmbH", "Contoso GmbH & Co. KG"),
            ("ООО Contoso", "ЗАО Contoso"),
            ("Contoso Pty Ltd", "Contoso Pte Ltd"),
        ] {
            assert_ne!(legal_form(one), legal_form(other), "{one} / {other}");
        }
        assert_eq!(legal_form("AG"), "");
    }

    #[test]
    fn a_name_is_left_whatever_it_is_called() {
        for (name, left) in [
            ("AG", "ag"),
            ("SA AG", "sa"),
            ("The Limited", "the limited"),
            ("Limited Ltd", "limited"),
            ("X AG", "x"),
            ("3M Company", "3m"),
            ("+++", "+++"),
            ("株式会社", "株式会社"),
            ("PT", "pt"),
        ] {
            assert_eq!(key(name), left, "{name}");
        }
    }

    #[test]
    fn capitals_do_not_count_whatever_they_do_to_a_letter() {
        for (one, other) in [
            ("Groß AG", "GROSS AG"),
            ("Weiß GmbH", "WEISS"),
            ("Istanbul A.Ş.", "İSTANBUL A.Ş."),
            ("Işık", "IŞIK"),
            ("Πειραιώς", "ΠΕΙΡΑΙΏΣ"),
        ] {
            assert_eq!(key(one), key(other), "{one} / {other}");
        }
    }

    #[test]
    fn other_words_tell_companies_apart() {
        for (one, other) in [
            ("Contoso", "Contoso Bank"),
            ("Contoso Group", "Contoso Holding"),
            ("Contoso (second tenant)", "Contoso"),
            ("Contoso Germany GmbH", "Contoso GmbH"),
            ("Contoso 1", "Contoso 2"),
            ("Müller", "Muller"),
            ("Coinc", "Co"),
            ("Газпром", "Газпро"),
        ] {
            assert_ne!(key(one), key(other), "{one} / {other}");
        }
    }

    #[test]
    fn many_legal_forms_cost_nothing() {
        assert!(key(&format!("Contoso {}", "ltd ".repeat(100_000))).starts_with("contoso ltd"));
    }

    #[test]
    fn entries_are_in_the_form_of_names() {
        for form in LAST.iter().chain(FIRST) {
            assert_eq!(folded_by_looks(form), **form);
            assert!(form.chars().all(char::is_alphanumeric), "{form}");
        }
        assert!(
            LAST.windows(2).all(|pair| pair[0] < pair[1]) && FIRST.windows(2).all(|pair| pair[0] < pair[1]),
            "sorted"
        );
    }
}
