//! What says nothing, and what says something.

use super::generic::{NO_CHANGES, NO_COMPANIES, NO_NAMED_PERSONS, NO_REASONS};
use super::lists::{MOST_WORDS, NO_CHANGE, NO_NAMES, NO_PERSONS, NO_STATEMENTS, STAND_INS};
use super::{Emptiness, Phrases, Purpose, emptiness, help, is_blank, may_be_mark, without_marks, words};

const ALL: [Purpose; 5] = [Purpose::Statement, Purpose::Reason, Purpose::Change, Purpose::Name, Purpose::Person];

#[track_caller]
fn says_nothing(texts: &[&str], purposes: &[Purpose], how: Emptiness) {
    for text in texts {
        for purpose in purposes {
            assert_eq!(emptiness(text, *purpose), Some(how), "{text:?} as {purpose:?}");
        }
    }
}

#[track_caller]
fn says_something(texts: &[&str], purposes: &[Purpose]) {
    for text in texts {
        for purpose in purposes {
            assert_eq!(emptiness(text, *purpose), None, "{text:?} as {purpose:?}");
        }
    }
}

#[test]
fn what_cannot_be_seen_is_blank() {
    let blank = [
        "",
        " \t\r\n",
        "\u{b}\u{c}",
        "\u{a0}\u{2007}\u{202f}\u{3000}\u{1680}",
        "\u{200b}\u{200c}\u{200d}\u{2060}\u{feff}",
        "\u{200e}\u{200f}\u{202a}\u{202e}\u{2066}",
        "\u{2800}\u{3164}",
        "\u{115f}",
        "\u{1160}",
        "\u{ffa0}",
        "\u{ad}\u{34f}\u{180e}",
        "\u{301}\u{308}",
        "\u{20dd}",
        "\u{fe0f}\u{e0100}",
        "\u{e0041}\u{e007f}",
        "\u{1b}\u{85}",
        "\u{17b4}",
        "\u{2028}\u{2029}",
        "\u{1d173}",
        "\u{e000}",
    ];
    says_nothing(&blank, &ALL, Emptiness::Blank);
}

#[test]
fn marks_and_symbols_alone_stand_in_for_a_text() {
    let marks = [
        ".",
        "-",
        "—",
        "…",
        "?",
        "???",
        "!",
        "*",
        "_",
        "/",
        "\\",
        "()",
        "[ ]",
        "\"\"",
        "~",
        "#",
        "·",
        "•",
        "=",
        "🚀",
        "👩\u{200d}💻",
        "✓",
        "✔\u{fe0f}",
        "©",
        "$",
        "。",
        "、",
        "¿",
        "\u{2800}.",
        "\u{200b}-\u{200b}",
        "ー",
        "ˈ",
    ];
    says_nothing(&marks, &ALL, Emptiness::StandIn);
}

#[test]
fn stand_ins_say_nothing_whatever_their_form() {
    let stand_ins = [
        "n/a",
        "N/A",
        "n.a.",
        "(n/a)",
        "[N/A]",
        "NA",
        "ｎ／ａ",
        "tbd",
        "TBD.",
        "T\u{200b}BD",
        "T\u{301}BD",
        "t.b.a",
        "TBC",
        "todo",
        "To do",
        "TO-DO",
        "to be determined",
        "to be confirmed!",
        "none",
        "<none>",
        "NULL",
        "~null~",
        "nil",
        "xxx",
        "XX",
        "xxxxxxxx",
        "blank",
        "(blank)",
        "empty",
        "placeholder",
        "lorem ipsum",
        "see above",
        "same as above",
        "ditto",
        "n/a, TBD",
        "- none -",
        "tbd tbd tbd",
        "not applicable",
        "fixme",
        "…n/a…",
        "your name",
        "[your name]",
        "<your name>",
        "{{your name}}",
        "[name]",
        "<name>",
        "[Your name here]",
        "what you did",
        "[what you did]",
        "what you did, in a few words",
        "what is new in the note…",
        "what is new in the note, in a few words",
        "the new status and what led to it",
        "[insert text]",
        "[primary issue]",
        "%NAME%",
        "«name»",
        "[ [ who ] ]",
    ];
    says_nothing(&stand_ins, &ALL, Emptiness::StandIn);
}

#[test]
fn a_statement_takes_a_word() {
    let nothing = ["5", "12-34", "2026-06-30", "50 %", "٣", "x", "A", "ok", "OK!", "same", "test", "yes", "no"];
    says_nothing(&nothing, &[Purpose::Statement], Emptiness::StandIn);
    says_something(
        &[
            "General Maintenance",
            "Pilot started",
            "In Progress.",
            "Not applicable to us since the PBX contract forbids it.",
            "Test tenant removed",
            "Third call",
            "Wave 2",
            "To be confirmed by legal on Monday",
            "no answer",
            "Названо имя",
            "担当変更",
            "Your name was taken off the contract",
            "What you did in March has to be redone",
            "[Customer will not deploy because the PA-220 firewall drops SMTP on port 25 and stays until June]",
        ],
        &[Purpose::Statement],
    );
}

#[test]
fn a_change_says_more_than_that_something_was_changed() {
    let nothing = [
        "changes",
        "updated",
        "Update",
        "edited",
        "changed the note",
        "Note updated.",
        "updated note",
        "minor edits",
        "some small changes",
        "various updates",
        "Changes made",
        "I updated the record",
        "this note was edited",
        "update 2",
        "updated 2026-06-30",
        "refreshed",
        "note",
        "misc",
        "wip",
        "stuff",
        "revised text",
        "ＵＰＤＡＴＥ",
        "your change here",
        "Describe your change",
        "what",
        "Update 3",
        "update no. 4",
        "new update",
        "your update goes here",
        "done",
        "fixed",
        "new",
        "text",
        "see note",
        "content updated",
        "as discussed",
    ];
    says_nothing(&nothing, &[Purpose::Change], Emptiness::StandIn);
    says_something(
        &[
            "Updated status to Blocked after call",
            "General Maintenance",
            "Partner Playbook Updated",
            "First entry",
            "Status changed",
            "Status updated to No Intent",
            "Edited note after legal review",
            "Note rewritten after the review",
            "Record made",
            "Quarterly check",
            "Owner changed",
            "Contract update",
            "Typo",
            "Changed the reason",
            "Update from the account team",
            "Third call",
            "Fixed the name of the firewall",
            "New firewall",
            "Status confirmed with the customer",
            "Reviewed with the CIO",
        ],
        &[Purpose::Change],
    );
    says_something(&["updated", "changed the note"], &[Purpose::Statement]);
}

#[test]
fn names_may_be_short_numeric_or_odd() {
    let names = [
        "365",
        "3M",
        "X",
        "N26",
        "-A-",
        "1&1",
        "AA",
        "AAA",
        "E.ON",
        "[solidcore]",
        "Yahoo!",
        "O2",
        "7-Eleven",
        "Ö",
        "日本",
        "٣٦٥",
        "Y",
        "OK Go",
        "Test Valley Council",
        "Foo Fighters",
        "Nothing",
        "Something",
        "Same Day Ltd",
        "Unknown Worlds",
        "Name.com",
        "Who Gives A Crap",
        "Customer First Bank",
        "NA-KD",
        "Null Island Travel",
        "None of Us Ltd",
        "To Do Media",
        "TBD Bank",
        "X X Y",
    ];
    says_something(&names, &[Purpose::Name]);
    says_nothing(
        &[
            "customer",
            "Customer name",
            "<customer>",
            "[workload]",
            "Unknown",
            "test",
            "Test customer",
            "the company",
            "Name of the customer",
            "my company",
            "Client",
            "Sample Company",
            "example",
            "foo",
            "asdf",
        ],
        &[Purpose::Name],
        Emptiness::StandIn,
    );
}

#[test]
fn a_person_is_named() {
    says_something(
        &[
            "Celia Kennedy",
            "CK",
            "X Æ",
            "dana@contoso.example",
            "<dana@contoso.example>",
            "FM team",
            "李",
            "Jo",
            "Dana [FTC]",
            "Me Linh Tran",
            "Na Li",
            "First Line Support",
            "Max Last",
            "Agent 5",
            "007",
            "Will Nil",
            "4711",
        ],
        &[Purpose::Person],
    );
    says_something(&["Us Mani", "Test Lead Dana", "Will You"], &[Purpose::Person]);
    says_nothing(
        &[
            "me",
            "Someone",
            "who",
            "unknown",
            "N.N.",
            "someone else",
            "the user",
            "test user",
            "my colleague",
            "who changed it…",
            "Who made the change",
            "First Last",
            "Firstname Lastname",
            "first and last name",
            "your name here",
            "5",
            "12",
            "#1",
            "we",
            "Everyone",
        ],
        &[Purpose::Person],
        Emptiness::StandIn,
    );
}

#[test]
fn the_help_is_no_answer() {
    for text in help::ALL {
        for purpose in ALL {
            assert_eq!(emptiness(text, purpose), Some(Emptiness::StandIn), "{text}");
        }
    }
}

#[test]
fn lists_are_sorted_in_lower_case_and_hold_what_they_claim() {
    for (list, purposes) in [
        (STAND_INS, &ALL[..]),
        (NO_STATEMENTS, &[Purpose::Statement, Purpose::Change]),
        (NO_CHANGE, &[Purpose::Change]),
        (NO_CHANGES.nouns, &[Purpose::Change]),
        (NO_COMPANIES.nouns, &[Purpose::Name]),
        (NO_REASONS.nouns, &[Purpose::Reason]),
        (NO_NAMED_PERSONS.nouns, &[Purpose::Person]),
        (NO_NAMES, &[Purpose::Name]),
        (NO_PERSONS, &[Purpose::Person]),
    ] {
        assert!(
            list.windows(2).all(|pair| pair[0].replace(' ', "") < pair[1].replace(' ', "") || pair[0] < pair[1]),
            "sorted"
        );
        for entry in list {
            assert_eq!(words(entry).collect::<Vec<_>>().join(" "), *entry, "in the form that texts are brought into");
            assert!(entry.split(' ').count() <= MOST_WORDS);
            says_nothing(&[entry], purposes, Emptiness::StandIn);
        }
    }
}

#[test]
fn no_mark_of_unicode_is_passed_over() {
    let marks = regex::Regex::new(r"^[\p{M}\p{Cf}\p{Default_Ignorable_Code_Point}]$").unwrap();
    let passed_over: Vec<char> = ('\0'..=char::MAX).filter(|c| !may_be_mark(*c)).collect();
    assert!(passed_over.len() > 700);
    for c in passed_over {
        assert!(!marks.is_match(&c.to_string()), "U+{:04X}", u32::from(c));
    }
    for (text, shown) in [("a\u{ad}b", "ab"), ("e\u{301}\u{2019}", "e\u{2019}"), ("é\u{200b}–", "é–"), ("é–", "é–")]
    {
        assert_eq!(without_marks(text), shown);
    }
    assert!(!is_blank("\u{200b}a") && !is_blank("é") && is_blank("\u{200b}\u{a0}"));
}

#[test]
fn groups_of_customers_and_roles_are_no_names() {
    says_nothing(
        &["various", "all customers", "several", "multiple customers", "Various clients", "all"],
        &[Purpose::Name],
        Emptiness::StandIn,
    );
    says_something(
        &["All Saints", "Various Artists Ltd", "Multiple Sclerosis Society", "Several Sons"],
        &[Purpose::Name],
    );
    says_nothing(&["admin", "system", "the team", "Team"], &[Purpose::Person], Emptiness::StandIn);
    says_something(&["Team Lyon", "Account team", "Admin Kaya", "System Desk Lyon"], &[Purpose::Person]);
}

#[test]
fn only_phrases_that_begin_a_stand_in_are_looked_up() {
    for (phrase, begins) in [
        ("to", true),
        ("to be", true),
        ("to be confirmed", true),
        ("a", true),
        ("a few", true),
        ("a a", false),
        ("i i", false),
    ] {
        assert_eq!(Phrases::of(Purpose::Statement).beginnings.contains(phrase), begins, "{phrase}");
    }
    says_nothing(&["a a a", "x tbd x", "n/a to be confirmed xx"], &[Purpose::Statement], Emptiness::StandIn);
    says_something(&["a a firewall", "to be replaced"], &[Purpose::Statement]);
}

#[test]
fn what_programs_leave_in_place_of_a_text_is_none() {
    says_nothing(
        &[
            "&nbsp;",
            "&#8203;",
            "&#x200b; &nbsp;",
            "<br>",
            "<br/><br />",
            "<p>&nbsp;</p>",
            "<p>TBD</p>",
            "#REF!",
            "#N/A",
            "#VALUE!",
            "NaN",
            "[object Object]",
        ],
        &ALL,
        Emptiness::StandIn,
    );
    says_something(&["AT&T", "<b>Contoso</b>", "Nan Ltd", "R&D GmbH"], &[Purpose::Name]);
    says_something(&["Nan", "Nan Li", "Dana<br>Ruiz"], &[Purpose::Person]);
    says_something(&["Formula #REF! repaired", "Removed <br> from the name"], &[Purpose::Change]);
}

#[test]
fn letters_that_look_the_same_make_no_stand_in_a_text() {
    says_nothing(
        &["\u{422}BD", "n/\u{430}", "N\u{3bf}ne", "\u{422}\u{41e}D\u{41e}", "\u{445}\u{445}\u{445}"],
        &ALL,
        Emptiness::StandIn,
    );
    says_nothing(&["\u{441}ustomer n\u{430}me", "T\u{435}st"], &[Purpose::Name], Emptiness::StandIn);
    says_something(&["Названо имя", "Тест Драйв", "Хохлова"], &[Purpose::Name, Purpose::Person]);
}

#[test]
fn further_words_that_name_nobody_and_nothing() {
    says_nothing(
        &[
            "self",
            "later",
            "Pending",
            "insert name here",
            "enter your name",
            "John Doe",
            "JANE DOE",
            "x",
            "X.",
            "unassigned",
            "please add name",
        ],
        &[Purpose::Person],
        Emptiness::StandIn,
    );
    says_something(&["John Dole", "Jane", "Paul Self", "Li X", "X Æ", "Doe", "Ines Later"], &[Purpose::Person]);
    says_nothing(
        &[
            "TODO: describe",
            "to be described",
            "in a few words",
            "what you did, in few words",
            "same as before",
            "Same as last time",
            "pending",
            "others",
            "TBD - to be written",
            "describe it in a few words",
        ],
        &[Purpose::Change],
        Emptiness::StandIn,
    );
    says_something(
        &["Pending approval of the CIO", "Described the firewall", "Other firewall", "In a few weeks the pilot ends"],
        &[Purpose::Change],
    );
    says_nothing(&["other", "Others", "misc", "insert customer name here"], &[Purpose::Name], Emptiness::StandIn);
    says_something(&["Other World Ltd", "Any Way GmbH", "Later", "Insert Coin Ltd"], &[Purpose::Name]);
}
