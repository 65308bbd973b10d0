//! How often somebody was tried, and the kind of the account, as the template for an unknown status holds them.

use super::phrase::{cleaned, uncapitalised, without};

/// The text of a template after the number of attempts.
pub(super) const ATTEMPTS: &str = " contact attempts";

/// How often somebody was tried, and what to call it.
pub(super) fn attempts(answer: &str) -> (String, &'static str) {
    const NUMBERS: &[&str] =
        &["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "several", "multiple", "many"];
    let line = cleaned(answer);
    let line = ["we tried", "i tried", "tried"].iter().find_map(|words| without(&line, words)).unwrap_or(&line);
    let mut text = uncapitalised(line);
    for ending in [" contact attempts", " contact attempt", " attempts", " attempt", " times", " tries", "x"] {
        if let Some(front) = text.strip_suffix(ending) {
            text.truncate(front.len());
            break;
        }
    }
    let text = match text.to_lowercase().as_str() {
        "once" => "1".to_owned(),
        "twice" => "2".to_owned(),
        "thrice" => "3".to_owned(),
        _ => text,
    };
    let last = text.rsplit(' ').next().unwrap_or_default().to_lowercase();
    let is_number = NUMBERS.contains(&last.as_str()) || last.starts_with(|c: char| c.is_ascii_digit());
    match (is_number, last.as_str()) {
        (true, "1" | "one") => (text, " contact attempt"),
        (true, _) => (text, ATTEMPTS),
        (false, _) => (text, ""),
    }
}

/// What kind of account it is, without the word.
pub(super) fn account(answer: &str) -> String {
    let line = cleaned(answer);
    let lower = line.to_lowercase();
    let text = match () {
        () if ["unmanaged", "not managed", "non-managed", "not a managed"]
            .iter()
            .any(|words| lower.contains(words)) =>
        {
            "Unmanaged"
        }
        () if lower.contains("managed") => "Managed",
        () => line.strip_suffix(" account").unwrap_or(&line),
    };
    text.to_owned()
}
