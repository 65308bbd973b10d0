//! The forms of an English word, so that one entry of a word list covers its inflections and both spellings.
//!
//! Forms are made once, when a playbook is compiled; reading a note then looks each word up as it stands. Making a few
//! forms that nobody writes costs nothing; missing one would cost a reading.

use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

/// Small words whose forms are other words: "tills" are cash registers.
const NEVER_INFLECTED: &[&str] = &["till"];

/// The forms of `word`: itself, plural or third person, past, participle, and each in British and American spelling.
/// `word` is lower case.
pub(crate) fn forms(word: &str) -> BTreeSet<String> {
    let mut forms = BTreeSet::new();
    for base in spellings(word) {
        forms.insert(base.clone());
        if let Some(irregular) = irregular(&base) {
            forms.extend(irregular.iter().map(|form| (*form).to_owned()));
        }
        if base.chars().count() < 3 || !base.chars().all(|c| c.is_alphabetic()) || NEVER_INFLECTED.contains(&&*base) {
            continue;
        }
        let inflected = [third_person(&base), past(&base), participle(&base)].into_iter().flatten();
        for form in inflected {
            forms.extend(spellings(&form));
        }
    }
    forms
}

/// Both spellings of a word that British and American English write differently; the word itself among them.
pub(crate) fn spellings(word: &str) -> Vec<String> {
    const ENDINGS: &[(&str, &str)] = &[
        ("isation", "ization"),
        ("isations", "izations"),
        ("isational", "izational"),
        ("ise", "ize"),
        ("ised", "ized"),
        ("ises", "izes"),
        ("ising", "izing"),
        ("yse", "yze"),
        ("ysed", "yzed"),
        ("ysing", "yzing"),
        ("our", "or"),
        ("ours", "ors"),
        ("oured", "ored"),
        ("ouring", "oring"),
        ("ourable", "orable"),
        ("tre", "ter"),
        ("tres", "ters"),
        ("ence", "ense"),
        ("ences", "enses"),
        ("ogue", "og"),
        ("ogues", "ogs"),
        ("elled", "eled"),
        ("elling", "eling"),
        ("elment", "ellment"),
        ("olment", "ollment"),
        ("olments", "ollments"),
        ("ilment", "illment"),
        ("ilments", "illments"),
        ("enrol", "enroll"),
        ("programme", "program"),
        ("programmes", "programs"),
        ("judgement", "judgment"),
    ];
    /// Both directions, by the last two letters: a word is compared with the few endings that it may have.
    static BY_TAIL: LazyLock<HashMap<&str, Vec<(&str, &str)>>> = LazyLock::new(|| {
        let mut by_tail: HashMap<&str, Vec<(&str, &str)>> = HashMap::new();
        for (british, american) in ENDINGS {
            for (from, to) in [(*british, *american), (*american, *british)] {
                by_tail.entry(tail(from)).or_default().push((from, to));
            }
        }
        by_tail
    });
    let mut both = vec![word.to_owned()];
    for (from, to) in BY_TAIL.get(tail(word)).into_iter().flatten() {
        if let Some(stem) = word.strip_suffix(from)
            && (stem.chars().count() >= 3 || from.len() >= 5)
        {
            both.push(format!("{stem}{to}"));
        }
    }
    both
}

/// The last two bytes of a word; nothing when they are no whole letters, which no ending has.
fn tail(word: &str) -> &str {
    word.len().checked_sub(2).and_then(|start| word.get(start..)).unwrap_or_default()
}

fn ends_in_consonant_y(word: &str) -> Option<&str> {
    let stem = word.strip_suffix('y')?;
    (!stem.ends_with(['a', 'e', 'i', 'o', 'u'])).then_some(stem)
}

pub(crate) fn third_person(word: &str) -> Vec<String> {
    if let Some(stem) = ends_in_consonant_y(word) {
        return vec![format!("{stem}ies")];
    }
    if word.ends_with(['s', 'x', 'z', 'o']) || word.ends_with("ch") || word.ends_with("sh") {
        return vec![format!("{word}es")];
    }
    vec![format!("{word}s")]
}

pub(crate) fn past(word: &str) -> Vec<String> {
    if let Some(stem) = ends_in_consonant_y(word) {
        return vec![format!("{stem}ied")];
    }
    if word.ends_with('e') {
        return vec![format!("{word}d")];
    }
    doubled(word).map(|stem| format!("{stem}ed")).collect()
}

fn participle(word: &str) -> Vec<String> {
    if let Some(stem) = word.strip_suffix('e').filter(|stem| !stem.ends_with(['e', 'o', 'y'])) {
        return vec![format!("{stem}ing")];
    }
    doubled(word).map(|stem| format!("{stem}ing")).collect()
}

/// The stem as it is and, where English may double the last consonant, doubled.
fn doubled(word: &str) -> impl Iterator<Item = String> {
    let mut last = word.chars().rev();
    let double = match (last.next(), last.next(), last.next()) {
        (Some(c), Some(vowel), Some(before))
            if !"aeiouwxyh".contains(c) && "aeiou".contains(vowel) && !"aeo".contains(before) =>
        {
            Some(format!("{word}{c}"))
        }
        _ => None,
    };
    std::iter::once(word.to_owned()).chain(double)
}

/// Whether the ending makes a word an abstraction or an adverb, in a word of some length: "harmonisation", "swiftly".
pub(crate) fn is_abstract(word: &str) -> bool {
    const ENDINGS: &[&str] = &[
        "tion", "tions", "sion", "sions", "ment", "ments", "ness", "ity", "ities", "ance", "ances", "ence", "ences",
        "ism", "isms", "ship", "hood", "ational", "ical", "ional", "onal", "ative", "atively", "istic", "ally",
        "ously", "ively", "ably", "ibly", "ancy", "ency", "encies", "ous", "ful", "less", "able", "ible", "wise",
        "ingly", "edly", "itude", "esque",
    ];
    let length = word.chars().count();
    length >= 8 && ENDINGS.iter().any(|ending| word.ends_with(ending)) || length >= 5 && word.ends_with("ly")
}

/// Forms that no rule makes. Only verbs and nouns that the field uses.
pub(crate) fn irregular(word: &str) -> Option<&'static [&'static str]> {
    Some(match word {
        "be" => &["am", "is", "are", "was", "were", "been", "being", "isn't", "aren't", "wasn't", "weren't"],
        "become" => &["became"],
        "begin" => &["began", "begun", "beginning"],
        "break" => &["broke", "broken"],
        "bring" => &["brought"],
        "build" => &["built"],
        "buy" => &["bought"],
        "choose" => &["chose", "chosen"],
        "come" => &["came"],
        "cut" => &["cutting"],
        "do" => &["does", "did", "done"],
        "draw" => &["drew", "drawn"],
        "fall" => &["fell", "fallen"],
        "feel" => &["felt"],
        "find" => &["found"],
        "forbid" => &["forbade", "forbidden", "forbidding"],
        "forget" => &["forgot", "forgotten", "forgetting"],
        "freeze" => &["froze", "frozen"],
        "get" => &["got", "gotten", "getting"],
        "give" => &["gave", "given"],
        "go" => &["goes", "went", "gone", "going"],
        "grow" => &["grew", "grown"],
        "have" => &["has", "had", "having"],
        "hear" => &["heard"],
        "hold" => &["held"],
        "keep" => &["kept"],
        "know" => &["knew", "known"],
        "lead" => &["led"],
        "leave" => &["left"],
        "let" => &["letting"],
        "lie" => &["lay", "lain", "lying"],
        "light" => &["lit"],
        "lose" => &["lost"],
        "make" => &["made"],
        "man" => &["men"],
        "mean" => &["meant"],
        "meet" => &["met"],
        "pay" => &["paid"],
        "person" => &["people"],
        "put" => &["putting"],
        "read" => &["reading"],
        "ring" => &["rang", "rung"],
        "rise" => &["rose", "risen"],
        "run" => &["ran", "running"],
        "say" => &["said"],
        "see" => &["saw", "seen"],
        "sell" => &["sold"],
        "send" => &["sent"],
        "set" => &["setting"],
        "show" => &["shown"],
        "shut" => &["shutting"],
        "sit" => &["sat", "sitting"],
        "speak" => &["spoke", "spoken"],
        "spend" => &["spent"],
        "stand" => &["stood"],
        "stick" => &["stuck"],
        "take" => &["took", "taken"],
        "tell" => &["told"],
        "think" => &["thought"],
        "understand" => &["understood"],
        "win" => &["won", "winning"],
        "write" => &["wrote", "written"],
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn has(word: &str, form: &str) {
        assert!(forms(word).contains(form), "{word} should have the form {form}: {:?}", forms(word));
    }

    #[test]
    fn regular_forms() {
        for (word, form) in [
            ("deploy", "deployed"),
            ("deploy", "deploying"),
            ("use", "using"),
            ("plan", "planned"),
            ("stop", "stopping"),
            ("try", "tried"),
            ("reach", "reaches"),
            ("agree", "agreeing"),
            ("issue", "issues"),
            ("veto", "vetoes"),
            ("policy", "policies"),
        ] {
            has(word, form);
        }
    }

    #[test]
    fn irregular_forms() {
        for (word, form) in [("go", "went"), ("choose", "chosen"), ("keep", "kept"), ("freeze", "frozen")] {
            has(word, form);
        }
    }

    #[test]
    fn both_spellings() {
        for (word, form) in [
            ("standardise", "standardized"),
            ("prioritize", "prioritising"),
            ("organisation", "organizations"),
            ("licence", "licenses"),
            ("enrolment", "enrollment"),
            ("enrol", "enrolled"),
            ("centre", "centers"),
            ("programme", "programs"),
            ("cancel", "cancelled"),
            ("cancel", "canceled"),
        ] {
            has(word, form);
        }
    }

    #[test]
    fn short_words_do_not_inflect() {
        assert_eq!(forms("no").len(), 1);
        assert_eq!(forms("as").len(), 1);
        assert_eq!(forms("till").len(), 1);
    }
}
