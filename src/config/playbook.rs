//! `playbook`: what a team adds to the guidance. Everything is checked here, in the words of the documentation, so that
//! each problem has its line and names what can be written there.

use super::claims::Claims;
use super::length::Length;
use super::reader::{Reader, Source};
use crate::nearest::nearest;
use crate::playbook::{Additions, StatusEntry, StatusKind, WordList, WorkloadAddition};
use crate::yaml::Value;
use std::ops::RangeInclusive;

/// The keys of `playbook`.
const KEYS: [&str; 5] = ["statuses", "words", "workloads", "max_sentences", "max_words"];

/// The keys of a status.
const STATUS_KEYS: [&str; 3] = ["name", "kind", "templates"];

/// The keys of a workload.
const WORKLOAD_KEYS: [&str; 3] = ["name", "aliases", "terms"];

/// How long a note may be allowed to be, in sentences.
const SENTENCES: RangeInclusive<u32> = 1..=100;

/// How long a note may be allowed to be, in words.
const WORDS: RangeInclusive<u32> = 1..=10_000;

/// The additions in `value`; what is wrong with them is a problem of `reader`, and then nothing of them counts.
pub(super) fn additions(value: Value<'_>, reader: &mut Reader<'_>) -> Additions {
    let before = reader.problems.len();
    let mut additions = Additions::default();
    let mut claims = Claims::default();
    for (key, entry) in reader.mapping(value, "`playbook`") {
        match key {
            "statuses" => additions.statuses = statuses(entry.value, &mut claims, reader),
            "words" => additions.words = words(entry.value, &mut claims, reader).into_iter().collect(),
            "workloads" => additions.workloads = workloads(entry.value, &mut claims, reader),
            "max_sentences" => additions.max_sentences = limit(entry.value, "`max_sentences`", SENTENCES, reader),
            "max_words" => additions.max_words = limit(entry.value, "`max_words`", WORDS, reader),
            _ => reader.unknown_key(entry, key, "setting of `playbook`", &KEYS),
        }
    }
    if reader.problems.len() > before { Additions::default() } else { additions }
}

fn limit(value: Value<'_>, what: &str, range: RangeInclusive<u32>, reader: &mut Reader<'_>) -> Option<usize> {
    reader.count(value, what, range).and_then(|number| usize::try_from(number).ok())
}

fn statuses(list: Value<'_>, claims: &mut Claims, reader: &mut Reader<'_>) -> Vec<StatusEntry> {
    let items = reader.items(list, "`statuses`", "statuses, each with `name` and `kind`");
    items.into_iter().filter_map(|item| status(item, claims, reader)).collect()
}

fn status(item: Value<'_>, claims: &mut Claims, reader: &mut Reader<'_>) -> Option<StatusEntry> {
    let entries = reader.filled_mapping(item, "a status", "`name` and `kind`")?;
    let (mut name, mut kind, mut templates) = (None, None, Vec::new());
    for (key, entry) in entries {
        match key {
            "name" => {
                let text = reader.word(entry.value, "the name of a status", Length::Name);
                name = text.map(|text| (text, entry.value.span()));
            }
            "kind" => kind = status_kind(entry.value, reader).map(|kind| (kind, entry.value.span())),
            "templates" => templates = self::templates(entry.value, reader),
            _ => reader.unknown_key(entry, key, "setting of a status", &STATUS_KEYS),
        }
    }
    reader.needs(item, "a status", "name");
    reader.needs(item, "a status", "kind");
    let ((name, at), (kind, _)) = (name?, kind?);
    claims.status(&name, kind, Source::of(at, reader)).unwrap_or_else(|message| reader.problem(at, message));
    Some(StatusEntry { name, kind, templates })
}

fn templates(list: Value<'_>, reader: &mut Reader<'_>) -> Vec<String> {
    let items = reader.items(list, "`templates`", "texts");
    items.into_iter().filter_map(|item| template(item, reader)).collect()
}

fn template(item: Value<'_>, reader: &mut Reader<'_>) -> Option<String> {
    let text = reader.text_within(item, "an item of `templates`", Length::Template)?;
    if has_whole_slots(&text) {
        return Some(text);
    }
    reader.problem(
        item.span(),
        "an item of `templates` has a `[` or `]` without the other; write each part to be filled in as `[what it is]`",
    );
    None
}

/// Whether each `[` has its `]` before the next `[`, and no `]` stands alone.
fn has_whole_slots(template: &str) -> bool {
    let mut is_inside = false;
    for mark in template.chars().filter(|c| matches!(c, '[' | ']')) {
        if is_inside == (mark == '[') {
            return false;
        }
        is_inside = !is_inside;
    }
    !is_inside
}

fn status_kind(value: Value<'_>, reader: &mut Reader<'_>) -> Option<StatusKind> {
    let written = value.scalar().map(|scalar| scalar.text.as_ref()).unwrap_or_default();
    let kind = StatusKind::from_name(written);
    if kind.is_none() {
        let near = nearest(written, StatusKind::NAMES.map(|(_, name)| name));
        let hint = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
        let names = StatusKind::NAMES.map(|(_, name)| name).join(", ");
        reader.problem(value.span(), format!("the kind of a status must be one of {names}{hint}"));
    }
    kind
}

fn words(lists: Value<'_>, claims: &mut Claims, reader: &mut Reader<'_>) -> Vec<(WordList, Vec<String>)> {
    let known: Vec<&str> = WordList::names().collect();
    let mut words = Vec::new();
    for (name, entry) in reader.mapping(lists, "`words`") {
        match WordList::named(name) {
            Some(list) => {
                let with_places = reader.words_with_places(entry.value, &format!("`{name}`"));
                for (word, at) in &with_places {
                    let claimed = claims.listed(word, &list, Source::of(*at, reader));
                    claimed.unwrap_or_else(|message| reader.problem(*at, message));
                }
                words.push((list, with_places.into_iter().map(|(word, _)| word).collect()));
            }
            None => reader.unknown_key(entry, name, "word list", &known),
        }
    }
    words
}

fn workloads(list: Value<'_>, claims: &mut Claims, reader: &mut Reader<'_>) -> Vec<WorkloadAddition> {
    let items = reader.items(list, "`workloads`", "workloads, each with `name`");
    let read: Vec<_> = items.into_iter().filter_map(|item| workload(item, reader)).collect();
    // All names first: a short name may not be the name of a workload that comes later.
    for (addition, places) in &read {
        let claimed = claims.workload(&addition.name, Source::of(places.name, reader));
        claimed.unwrap_or_else(|message| reader.problem(places.name, message));
    }
    for (addition, places) in &read {
        for (alias, at) in addition.aliases.iter().zip(&places.aliases) {
            let claimed = claims.alias(alias, &addition.name, Source::of(*at, reader));
            claimed.unwrap_or_else(|message| reader.problem(*at, message));
        }
        for (term, at) in addition.terms.iter().zip(&places.terms) {
            let claimed = claims.term(term, &addition.name, Source::of(*at, reader));
            claimed.unwrap_or_else(|message| reader.problem(*at, message));
        }
    }
    read.into_iter().map(|(addition, _)| addition).collect()
}

/// Where the parts of a workload stand.
struct Places {
    name: crate::text::ByteSpan,
    aliases: Vec<crate::text::ByteSpan>,
    terms: Vec<crate::text::ByteSpan>,
}

fn workload(item: Value<'_>, reader: &mut Reader<'_>) -> Option<(WorkloadAddition, Places)> {
    let entries = reader.filled_mapping(item, "a workload", "`name`")?;
    let (mut name, mut aliases, mut terms) = (None, Vec::new(), Vec::new());
    for (key, entry) in entries {
        match key {
            "name" => {
                let text = reader.word(entry.value, "the name of a workload", Length::Name);
                name = text.map(|text| (text, entry.value.span()));
            }
            "aliases" => aliases = reader.words_with_places(entry.value, "`aliases`"),
            "terms" => terms = reader.words_with_places(entry.value, "`terms`"),
            _ => reader.unknown_key(entry, key, "setting of a workload", &WORKLOAD_KEYS),
        }
    }
    reader.needs(item, "a workload", "name");
    let (name, at) = name?;
    let (aliases, alias_places) = aliases.into_iter().unzip();
    let (terms, term_places) = terms.into_iter().unzip();
    let places = Places { name: at, aliases: alias_places, terms: term_places };
    Some((WorkloadAddition { name, aliases, terms }, places))
}

#[cfg(test)]
mod tests {
    use super::super::load;

    fn told(text: &str) -> String {
        load(text.as_bytes().to_vec(), "c.yaml").map(|_| String::new()).unwrap_or_else(|problems| problems.to_string())
    }

    #[test]
    fn every_problem_of_the_playbook_has_its_line() {
        let text = "playbook:\n  max_words: many\n  words:\n    hedgess: [soonish]\n  statuses:\n    - name: Parked\n      \
                    kind: parked\n  colour: red\n";
        let told = told(text);
        for line in [
            "c.yaml:2: `max_words` must be a whole number from 1 to 10000",
            "c.yaml:4: there is no word list `hedgess`",
            "c.yaml:7: the kind of a status must be one of in-progress, blocked, no-intent, status-unknown, \
             duplicate-invalid",
            "c.yaml:8: there is no setting of `playbook` `colour`",
        ] {
            assert!(told.contains(line), "{line} in {told}");
        }
    }

    #[test]
    fn a_template_with_half_a_slot_is_a_problem() {
        let of = |template: &str| {
            told(&format!("playbook:\n  statuses:\n  - {{name: Parked, kind: blocked, templates: [\"{template}\"]}}\n"))
        };
        for template in ["Unable [x", "Unable x]", "Unable [x [y]]", "a] b [c", "[a] [b", "]["] {
            let expected = "c.yaml:3: an item of `templates` has a `[` or `]` without the other; write each part to be \
                            filled in as `[what it is]`";
            assert!(of(template).contains(expected), "{template}: {}", of(template));
        }
        for template in ["Unable", "[a]", "Unable [x] and [y].", "[a][b]"] {
            assert_eq!(of(template), "", "{template}");
        }
    }

    #[test]
    fn what_is_empty_is_said_to_be_empty() {
        for empty in ["\"\"", "''", "' '", "~", "", "\"\\u200b\""] {
            for (text, what) in [
                (format!("playbook: {{statuses: [{{name: {empty}, kind: blocked}}]}}\n"), "the name of a status"),
                (format!("playbook: {{workloads: [{{name: {empty}}}]}}\n"), "the name of a workload"),
                (format!("fields: {{note: {empty}}}\n"), "the name of `note`"),
            ] {
                let told = told(&text);
                assert!(told.contains(&format!("c.yaml:1: {what} is empty; write a text")), "{text}{told}");
            }
        }
        assert!(told("playbook: {workloads: [{name: [x]}]}\n").contains("the name of a workload must be text"));
        assert!(told("playbook: {workloads: [{name: 5}]}\n").contains("must be text; put it in quotes"));
    }

    #[test]
    fn additions_arrive() {
        let text = "playbook:\n  statuses: [{name: Parked, kind: blocked, templates: ['Parked until [x].']}]\n  \
                    workloads: [{name: Loop, aliases: [lp], terms: [loop page]}]\n  words: {refuse: [kibosh]}\n  \
                    max_sentences: 2\n  max_words: 60\n";
        let playbook = load(text.as_bytes().to_vec(), "c.yaml").unwrap().playbook;
        assert_eq!(playbook.statuses.first().map(|status| status.templates.len()), Some(1));
        let loop_ = playbook.workloads.first().unwrap();
        assert_eq!((loop_.name.as_str(), loop_.aliases.len(), loop_.terms.len()), ("Loop", 1, 1));
        assert_eq!((playbook.words.len(), playbook.max_sentences, playbook.max_words), (1, Some(2), Some(60)));
    }

    #[test]
    fn a_value_of_any_wrong_kind_is_told_in_plain_words() {
        let values =
            ["5", "-1", "0", "1.5", "true", "~", "text", "''", "[]", "[5]", "[[a]]", "[{}]", "{}", "{a: b}", "[~]"];
        let huge = "99999999999999999999";
        let places = [
            "playbook: VALUE",
            "playbook: {statuses: VALUE}",
            "playbook: {statuses: [VALUE]}",
            "playbook: {statuses: [{name: VALUE, kind: blocked}]}",
            "playbook: {statuses: [{name: Parked, kind: VALUE}]}",
            "playbook: {statuses: [{name: Parked, kind: blocked, templates: VALUE}]}",
            "playbook: {words: VALUE}",
            "playbook: {words: {refuse: VALUE}}",
            "playbook: {workloads: VALUE}",
            "playbook: {workloads: [VALUE]}",
            "playbook: {workloads: [{name: VALUE}]}",
            "playbook: {workloads: [{name: Loop, aliases: VALUE}]}",
            "playbook: {workloads: [{name: Loop, terms: VALUE}]}",
            "playbook: {max_sentences: VALUE}",
            "playbook: {max_words: VALUE}",
            "refresh: VALUE",
            "refresh: {max_age_days: VALUE}",
            "rules: VALUE",
            "rules: {hedging: VALUE}",
            "fields: VALUE",
            "fields: {note: VALUE}",
            "include: VALUE",
            "exclude: VALUE",
            "fail_on: VALUE",
        ];
        for place in places {
            for value in values.iter().chain([&huge]) {
                let told = told(&place.replace("VALUE", value));
                for word in [
                    "struct",
                    "variant",
                    "invalid type",
                    "invalid value",
                    "expected",
                    "integer",
                    "u32",
                    "u64",
                    "usize",
                    "sequence",
                    "Option",
                    "unit",
                    "string",
                    "boolean",
                    "deserial",
                    "enum",
                    "missing field",
                ] {
                    assert!(!told.contains(word), "{place} with {value}: {told}");
                }
            }
        }
        for number in ["0", "-1", "1.5", "'5'", "many", "99999999999999999999", "10001", "1e3", ".inf", "~"] {
            let told = told(&format!("playbook: {{max_words: {number}}}\n"));
            assert!(told.contains("c.yaml:1: `max_words` must be a whole number from 1 to 10000"), "{number}: {told}");
        }
        assert!(told("playbook: {statuses: [{kind: blocked}]}\n").contains("c.yaml:1: a status needs `name`"));
        assert!(told("playbook: {statuses: [{name: Parked}]}\n").contains("c.yaml:1: a status needs `kind`"));
        assert!(told("playbook: {workloads: [{aliases: [x]}]}\n").contains("c.yaml:1: a workload needs `name`"));
        assert!(told("playbook: {statuses: [{name: A, kind: block}]}\n").contains("did you mean `blocked`?"));
    }

    #[test]
    fn what_is_longer_than_any_real_entry_is_a_problem() {
        let words = |count: usize| format!("playbook:\n  words:\n    hedge-time: [a, {}]\n", "soon ".repeat(count));
        assert_eq!(told(&words(12)), "");
        let expected =
            "c.yaml:3: an item of `hedge-time` is longer than 12 words or 200 characters; it begins with `soon";
        assert!(told(&words(13)).contains(expected), "{}", told(&words(13)));
        let statuses = |name: &str, template: &str| {
            format!("statuses:\n  - {{name: {name}, kind: blocked, templates: [ok, {template}]}}")
        };
        let workloads = |name: &str, alias: &str, term: &str| {
            format!("workloads:\n  - {{name: {name}, aliases: [{alias}], terms: [{term}]}}")
        };
        let of = |length: usize| "é".repeat(length);
        for (text, expected) in [
            (statuses(&of(101), "t"), "the name of a status is longer than 100 characters; it begins with `é"),
            (statuses("P", &of(1001)), "an item of `templates` is longer than 1000 characters"),
            (workloads(&of(101), "l", "m"), "the name of a workload is longer than 100 characters"),
            (workloads("L", &of(201), "m"), "an item of `aliases` is longer than 12 words or 200 characters"),
            (workloads("L", "l", &of(201)), "an item of `terms` is longer than 12 words or 200 characters"),
            (workloads("L", "l", &"m ".repeat(13)), "an item of `terms` is longer than 12 words or 200 characters"),
        ] {
            let told = told(&format!("playbook:\n  {text}\n"));
            assert!(told.contains(&format!("c.yaml:3: {expected}")), "{expected} in {told}");
        }
        for sound in
            [statuses(&of(100), &of(1000)), workloads(&of(100), &of(200), &format!("{}{}", "m ".repeat(11), of(178)))]
        {
            assert_eq!(told(&format!("playbook:\n  {sound}\n")), "");
        }
    }

    #[test]
    fn a_known_status_keeps_its_kind() {
        for name in ["No Intent", "no-intent", "NO_INTENT", "NoIntent"] {
            let told = told(&format!("playbook:\n  statuses:\n    - {{name: {name}, kind: in-progress}}\n"));
            assert!(
                told.contains(&format!(
                    "c.yaml:3: the status `{name}` has the kind `in-progress` here and `no-intent` where it is built in"
                )),
                "{told}"
            );
            assert_eq!(self::told(&format!("playbook: {{statuses: [{{name: {name}, kind: no-intent}}]}}\n")), "");
        }
        let twice =
            "playbook:\n  statuses:\n    - {name: Parked, kind: blocked}\n    - {name: parked, kind: no-intent}\n";
        assert!(
            told(twice).contains("c.yaml:4: the status `parked` has the kind `no-intent` here and `blocked` on line 3"),
            "{}",
            told(twice)
        );
    }

    #[test]
    fn a_name_belongs_to_one_workload() {
        for (workloads, message) in [
            (
                "[{name: Loop, aliases: [teams]}]",
                "c.yaml:1: `teams` of the workload `Loop` is a short name of `Microsoft Teams` where it is built in",
            ),
            (
                "[{name: Loop, aliases: [Yammer]}]",
                "c.yaml:1: `Yammer` of the workload `Loop` is the name of `Yammer` where it is built in",
            ),
            (
                "[{name: Yammer, aliases: ['MS-Teams']}]",
                "c.yaml:1: `MS-Teams` of the workload `Yammer` is a short name of `Microsoft Teams` where it is built in",
            ),
            (
                "[{name: Loop, aliases: [lp]},\n {name: Lists, aliases: [LP]}]",
                "c.yaml:2: `LP` of the workload `Lists` is a short name of `Loop` on line 1",
            ),
            (
                "[{name: Loop, aliases: [lists]},\n {name: Lists}]",
                "c.yaml:1: `lists` of the workload `Loop` is the name of `Lists` on line 2",
            ),
            (
                "[{name: Loop, terms: [mailbox]}]",
                "c.yaml:1: `mailbox` of the workload `Loop` is a term of `Exchange Online` where it is built in",
            ),
            (
                "[{name: Loop, terms: [yammer]}]",
                "c.yaml:1: `yammer` of the workload `Loop` is the name of `Yammer` where it is built in",
            ),
            (
                "[{name: Loop, terms: [canvas]},\n {name: Lists, terms: [Canvas]}]",
                "c.yaml:2: `Canvas` of the workload `Lists` is a term of `Loop` on line 1",
            ),
        ] {
            let told = told(&format!("playbook: {{workloads: {workloads}}}\n"));
            assert!(told.contains(message), "{workloads}: {told}");
        }
        for sound in [
            "[{name: Microsoft Teams, aliases: [teams, tms], terms: [teams channel]}]",
            "[{name: Teams, aliases: [tms]}]",
            "[{name: microsoft teams, aliases: [Microsoft Teams]}]",
            "[{name: Loop, aliases: [lp, LP, loop], terms: [loop component]}]",
            "[{name: Loop, aliases: [lp]}, {name: Loop, aliases: [lp], terms: [loop page]}]",
        ] {
            assert_eq!(told(&format!("playbook: {{workloads: {sound}}}\n")), "", "{sound}");
        }
    }
}
