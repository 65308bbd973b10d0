//! Keys that are nearly those of a record.

use super::*;

#[test]
fn keys_in_another_style_are_named_with_the_right_ones() {
    let seen = only(META.examples.bad.text);
    assert_eq!(seen.at, (1, 1));
    assert_eq!(
        seen.finding.message,
        "this looks like a record, but `Customer`, `Workload`, `Status` and `Note` are not the keys of fields"
    );
    assert_eq!(
        seen.finding.help.unwrap(),
        "Write `customer` in place of `Customer`, `workload` in place of `Workload`, `status` in place of `Status` \
         and `note` in place of `Note`. If it is not a record, list the file under `exclude` in notegate.yaml."
    );
    assert_eq!(places(&MisplacedRecord, META.examples.good.text), []);
}

#[test]
fn other_case_spelling_width_and_alphabet() {
    for text in [
        "NOTE: Customer has no intent.\n",
        "Note: Customer has no intent.\nCustomer: Litware\n",
        "customer: Litware\nnotes: Customer has no intent.\n",
        "customer: Litware\nnotes: TBD\n",
        "customer: Litware\nNote:\n",
        "Workload: Teams\nStatus: whatever\n",
        "CUSTOMER: Litware\nWORKLOAD: Teams\nSTATUS: BLOCKED\nNOTE: x\n",
        "custmer: Litware\nworklod: Teams\nstaus: Blocked\nnoet: Customer has no intent.\n",
        "Custmer: Litware\nNote: x\n",
        "customer: Litware\nnte: Customer has no intent.\n",
        "customer: Litware\n\u{43d}ote: x\nno\u{442}e: x\n",
        "\u{441}ustomer: Litware\nn\u{43e}te: x\n",
        "ｃｕｓｔｏｍｅｒ: Litware\nｎｏｔｅ: x\n",
        "cust\u{200b}omer: Litware\n\"no\u{ad}te\": x\n",
        "Refresh Summary:\n  - {date: 2020-03-27}\nowner: x\n",
        "refreshSummary: []\nowner: x\n",
        "refesh_summary: []\nowner: x\n",
        "\"customer \": Litware\n\"note:\": x\n",
        "- Customer: Litware\n  Note: x\n- Customer: Fabrikam\n  Note: y\n",
        "a: b\n---\nCustomer: Litware\nNote: x\n",
        "{customer:Litware, note:bad}\n",
        "? Customer\n: Litware\n? Note\n: x\n",
        "!!map {Customer: Litware, Note: x}\n",
    ] {
        assert!(is_reported(text), "{text}");
    }
}

#[test]
fn letters_of_another_alphabet_are_said_to_be_that() {
    let help = only("\u{441}ustomer: Litware\nn\u{43e}te: x\n").finding.help.unwrap();
    assert!(help.contains("Retype the keys: letters of other alphabets may look the same."), "{help}");
}

#[test]
fn keys_with_a_word_more_are_named_with_the_right_ones() {
    let seen = only("customerName: A\nworkload_name: Own\nstatus: Blocked\nstatus-note: x\n");
    assert!(
        seen.finding.help.unwrap().starts_with(
            "Write `customer` in place of `customerName`, `workload` in place of `workload_name` and `note` in place of `status-note`."
        )
    );
    for text in [
        "customer name: A\nworkload name: Own\nstatus note: Customer will not deploy\n",
        "customer_name: A\nworkload_name: Teams\nnote_text: x\n",
        "customer: A\nworkload: Own\nstatus_note: x\n",
        "customerName: A\nworkloadName: Own\nentitlementStatus: Blocked\n statusNote: x\n"
            .replace("\n s", "\ns")
            .as_str(),
        "records:\n  - {customerName: A, workloadName: Own, status: Blocked, statusNote: x}\n",
    ] {
        assert!(is_reported(text), "{text}");
    }
    for text in [
        "customerName: Jane Doe\norderStatus: shipped\ncustomerNote: ring twice please\n",
        "customer_name: Customer name\nstatus_note: Status note\nworkload_name: Workload\n",
        "customerName: Jane Doe\nstatus: shipped\nnotes: ring twice please\ntotal: 5\n",
        "customer_name: Jane\nstatus: paid\nnote: Thank you for your order\ntotal: 5\n",
    ] {
        assert!(!is_reported(text), "{text}");
    }
}

#[test]
fn a_misspelt_list_of_entitlements_names_the_right_key() {
    for key in ["entitlments", "Entitlements", "ENTITLEMENTS", "entitlement", "entit\u{435}lements"] {
        let seen = only(&format!("customer: A\n{key}:\n  - {{workload: Teams, note: x}}\n  - {{note: y}}\n"));
        assert_eq!(seen.at, (2, 1), "{key}");
        assert_eq!(
            seen.finding.message,
            format!(
                "the records under `{key}` are not read, because the key must be `entitlements` (and 1 more like it)"
            )
        );
    }
}

#[test]
fn the_names_of_the_configuration_count() {
    let mut fields = FieldNames::default();
    for (known, key) in [("customer", "account"), ("workload", "product"), ("status", "state"), ("note", "comment")] {
        assert!(fields.rename(known, key.to_owned()));
    }
    let settings = RuleSettings { fields, ..RuleSettings::default() };
    let messages = |text: &str| -> Vec<String> {
        let seen = run_with(&MisplacedRecord, text, &settings, Selection::Likely);
        seen.into_iter().map(|seen| seen.finding.help.unwrap()).collect()
    };
    assert!(messages("Account: A\nComment: x\n")[0].starts_with("Write `account` in place of `Account` and `comment`"));
    assert!(messages("customer: A\nnote: x\n")[0].starts_with("Write `account` in place of `customer` and `comment`"));
    assert_eq!(messages("account: A\ncomment: x\n"), [] as [&str; 0]);
}

#[test]
fn a_hostile_key_is_quoted_in_part() {
    let key = format!("no{}te", "\u{200b}".repeat(30));
    let seen = only(&format!("customer: A\n\"{key}\": x\n"));
    assert!(seen.finding.message.chars().count() < 140, "{}", seen.finding.message);
}
