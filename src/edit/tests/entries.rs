//! New entries, and entries in order.

use super::*;

const HEAD: &str = "note: a\nstatus: x\n";

#[track_caller]
fn added(before: &str, expected: &str) {
    assert_eq!(after(before, |_| Edit::AddEntry(new_entry())), expected);
    // The same with other line endings, with a byte order mark, and without the last line break.
    let windows = |text: &str| text.replace('\n', "\r\n");
    assert_eq!(after(&windows(before), |_| Edit::AddEntry(new_entry())), windows(expected));
    let marked = |text: &str| format!("\u{feff}{text}");
    assert_eq!(after(&marked(before), |_| Edit::AddEntry(new_entry())), marked(expected));
    if let Some(cut) = before.strip_suffix('\n') {
        assert_eq!(after(cut, |_| Edit::AddEntry(new_entry())), expected.strip_suffix('\n').unwrap());
    }
}

#[test]
fn an_entry_goes_on_top_in_the_layout_of_the_first() {
    for (entries, expected) in [
        (
            "- date: 2020-01-01\n  who_changed: B\n  what_changed: c\n",
            "- date: 2026-07-01\n  who_changed: Ann Lee\n  what_changed: Proxy tested\n",
        ),
        (
            "   # newest first\n    -   date: '2020-01-01' # d\n        who_changed: B\n",
            "   # newest first\n    -   date: '2026-07-01'\n        who_changed: Ann Lee\n        what_changed: Proxy tested\n    ",
        ),
        ("  - {date: 2020-01-01}\n", "  - {date: 2026-07-01, who_changed: Ann Lee, what_changed: Proxy tested}\n  "),
        (
            "  -\n    who_changed: \"B\"\n    date: 2020-01-01\n",
            "  - who_changed: \"Ann Lee\"\n    date: 2026-07-01\n    what_changed: Proxy tested\n  ",
        ),
    ] {
        let (_, rest) = entries.split_at(entries.find('-').unwrap());
        let before = format!("{HEAD}refresh_summary:\n{entries}");
        added(&before, &format!("{HEAD}refresh_summary:\n{expected}{rest}"));
    }
}

#[test]
fn an_entry_between_brackets_has_the_signs_of_the_first() {
    for (list, expected) in [
        (
            "[{date: 2020-01-01}]\n",
            "[{date: 2026-07-01, who_changed: Ann Lee, what_changed: Proxy tested}, {date: 2020-01-01}]\n",
        ),
        (
            "[ { \"date\":\"2020-01-01\",\"who_changed\":\"B\" } ] # c\n",
            "[ { \"date\":\"2026-07-01\",\"who_changed\":\"Ann Lee\",\"what_changed\":\"Proxy tested\" }, { \
             \"date\":\"2020-01-01\",\"who_changed\":\"B\" } ] # c\n",
        ),
        (
            "[\n    {date: 2020-01-01, who_changed: B},\n    {date: 2019-01-01},\n  ]\n",
            "[\n    {date: 2026-07-01, who_changed: Ann Lee, what_changed: Proxy tested},\n    {date: 2020-01-01, \
             who_changed: B},\n    {date: 2019-01-01},\n  ]\n",
        ),
    ] {
        added(&format!("{HEAD}refresh_summary: {list}"), &format!("{HEAD}refresh_summary: {expected}"));
    }
}

#[test]
fn json_stays_json() {
    let before = "{\n  \"note\": \"a\",\n  \"status\": \"x\",\n  \"refresh_summary\": [\n    {\n      \"date\": \
                  \"2020-01-01\",\n      \"who_changed\": \"B\",\n      \"what_changed\": \"c\"\n    }\n  ]\n}\n";
    let entry = "{\n      \"date\": \"2026-07-01\",\n      \"who_changed\": \"Ann Lee\",\n      \"what_changed\": \
                 \"Proxy tested\"\n    },\n    ";
    let (above, rest) = before.split_at(before.find("{\n      \"date").unwrap());
    let expected = format!("{above}{entry}{rest}");
    added(before, &expected);
    serde_json::from_str::<serde_json::Value>(&expected).unwrap();
    let without = "[{\"note\": \"a\", \"status\": \"x\"}]";
    let expected = "[{\"note\": \"a\", \"status\": \"x\", \"refresh_summary\": [{\"date\": \"2026-07-01\", \
                    \"who_changed\": \"Ann Lee\", \"what_changed\": \"Proxy tested\"}]}]";
    added(without, expected);
    for nothing in ["null", "[]", "[ ]"] {
        let before = without.replace("\"x\"", &format!("\"x\", \"refresh_summary\": {nothing}"));
        added(&before, expected);
    }
}

#[test]
fn a_refresh_summary_is_made_where_there_is_none() {
    let list = "refresh_summary:\n  - date: 2026-07-01\n    who_changed: Ann Lee\n    what_changed: Proxy tested\n";
    for nothing in
        ["", "refresh_summary:\n", "refresh_summary: ~\n", "refresh_summary:   []\n", "refresh_summary: null\n"]
    {
        added(&format!("{HEAD}{nothing}"), &format!("{HEAD}{list}"));
        if !nothing.is_empty() {
            added(&format!("{nothing}{HEAD}"), &format!("{list}{HEAD}"));
        }
    }
    let commented = list.replacen(":\n", ": # none yet\n", 1);
    for nothing in ["refresh_summary: # none yet\n", "refresh_summary: [] # none yet\n"] {
        added(&format!("{HEAD}{nothing}"), &format!("{HEAD}{commented}"));
    }
    let last = "status: x\nnote: |\n  a\n\n# end\n";
    added(last, &format!("status: x\nnote: |\n  a\n{list}\n# end\n"));
}

#[test]
fn another_record_of_the_file_is_the_model() {
    let other = "- note: a\n  status: x\n  refresh_summary:\n  - {who_changed: B, date: 2020-01-01}\n";
    let new = "- note: b\n  status: x\n";
    let expected = "  refresh_summary:\n  - {who_changed: Ann Lee, date: 2026-07-01, what_changed: Proxy tested}\n";
    assert_eq!(
        edited(&format!("{other}{new}"), 1, |_| Edit::AddEntry(new_entry())).unwrap(),
        format!("{other}{new}{expected}")
    );
    let brackets = "- note: a\n  status: x\n  refresh_summary: [{date: 2020-01-01}]\n";
    let expected = "  refresh_summary: [{date: 2026-07-01, who_changed: Ann Lee, what_changed: Proxy tested}]\n";
    assert_eq!(
        edited(&format!("{brackets}{new}"), 1, |_| Edit::AddEntry(new_entry())).unwrap(),
        format!("{brackets}{new}{expected}")
    );
}

#[test]
fn an_entry_goes_where_its_day_belongs() {
    let list = |days: &[&str]| {
        let entries: String =
            days.iter().map(|day| format!("- {{date: {day}, who_changed: B, what_changed: c}}\n")).collect();
        format!("{HEAD}refresh_summary:\n{entries}")
    };
    for (days, place) in [
        (&["2026-01-01", "2025-01-01"][..], 0),
        (&["2026-07-01", "2025-01-01"], 0),
        (&["2026-08-01", "2025-01-01"], 1),
        (&["2026-09-01", "2026-08-01"], 2),
        (&["2024-01-01", "2025-01-01", "2026-01-01"], 3),
        (&["2024-01-01", "2026-08-01"], 1),
        (&["soon", "2025-01-01"], 0),
        (&["2025-01-01", "2025-01-01"], 0),
    ] {
        let edited = after(&list(days), |_| Edit::AddEntry(new_entry()));
        let dates: Vec<&str> =
            edited.lines().filter_map(|line| line.split("date: ").nth(1)?.split(',').next()).collect();
        let mut expected = days.to_vec();
        expected.insert(place, "2026-07-01");
        assert_eq!(dates, expected);
    }
}

#[test]
fn entries_are_put_in_order_with_what_belongs_to_them() {
    let order = |entries: &str| after(&format!("{HEAD}refresh_summary:\n{entries}"), |_| Edit::NewestFirst);
    let expect = |entries: &str| format!("{HEAD}refresh_summary:\n{entries}");
    assert_eq!(
        order("  - date: 2020-01-01 # first\n    what_changed: >-\n      a\n      b\n\n  - date: 2021-01-01\n"),
        expect("  - date: 2021-01-01\n\n  - date: 2020-01-01 # first\n    what_changed: >-\n      a\n      b\n")
    );
    assert_eq!(
        order("- {date: 2020-01-01}\n- {date: 2022-01-01}\n- {date: 2021-01-01}"),
        expect("- {date: 2022-01-01}\n- {date: 2021-01-01}\n- {date: 2020-01-01}")
    );
    assert_eq!(
        order("  [{date: 2020-01-01},\n   {date: 03/01/2021}]\nowner: B\n"),
        expect("  [{date: 03/01/2021},\n   {date: 2020-01-01}]\nowner: B\n")
    );
    assert_eq!(
        order("- {date: 2020-01-01, who_changed: A}\n- {date: 2020-01-01, who_changed: B}\n- {date: 2021-01-01}\n"),
        expect("- {date: 2021-01-01}\n- {date: 2020-01-01, who_changed: A}\n- {date: 2020-01-01, who_changed: B}\n")
    );
}

#[test]
fn the_names_of_the_configuration_are_used() {
    let mut config = Config::default();
    for (known, key) in [("refresh_summary", "log"), ("date", "day"), ("who_changed", "by"), ("what_changed", "text")] {
        assert!(config.settings.fields.rename(known, key.to_owned()));
    }
    let edited = |text: &str| {
        with_config(&config, |editor| {
            let original = editor.open(text.as_bytes().to_vec(), Selection::Likely).unwrap();
            let edit = RecordEdit { record: 0, edit: Edit::AddEntry(new_entry()) };
            editor.edit(&original, &[edit]).unwrap().text().to_owned()
        })
    };
    let entry = "  - day: 2026-07-01\n    by: Ann Lee\n    text: Proxy tested\n";
    assert_eq!(edited("note: a\nstatus: x\n"), format!("note: a\nstatus: x\nlog:\n{entry}"));
    assert_eq!(
        edited("note: a\nlog:\n  - date: 2020-01-01\n    by: B\n    text: c\n"),
        format!("note: a\nlog:\n{}  - date: 2020-01-01\n    by: B\n    text: c\n", entry.replace("day:", "date:"))
    );
}
