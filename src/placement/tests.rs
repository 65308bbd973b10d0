use super::*;
use crate::record::identity::Identities;
use crate::record::{Heading, NoteRecord};

fn identity(customer: &str, workload: &str) -> Identity {
    let heading = Heading { customer: Some(customer), workload: Some(workload), status: None };
    Identities::new([]).of(&NotePath::from_bytes("a.yaml"), &NoteRecord::lone("note", heading))
}

fn known(records: &[(&str, &str, &str)]) -> Vec<Known> {
    let known = |(path, customer, workload): &(&str, &str, &str)| Known {
        path: NotePath::from_bytes(*path),
        line: 1,
        customer: (*customer).to_owned(),
        workload: (*workload).to_owned(),
        identity: identity(customer, workload),
    };
    records.iter().map(known).collect()
}

fn at(records: &[(&str, &str, &str)], customer: &str, workload: &str, include: Option<&str>) -> String {
    let files = FileSelection::new(include.map(|pattern| vec![pattern.to_owned()]), Vec::new()).unwrap();
    let identity = identity(customer, workload);
    match place(&known(records), Wanted { customer, workload, identity: &identity }, &files) {
        Ok(place) => place.path.display().into_owned(),
        Err(error) => format!("{error:?}"),
    }
}

#[test]
fn nothing_to_learn_from() {
    assert_eq!(at(&[], "Contoso Ltd", "Teams", None), "notes/contoso-ltd.yaml");
    assert_eq!(at(&[], "///", "Teams", None), "notes/customer.yaml");
    assert_eq!(at(&[], "Contoso", "Teams", Some("records/*.yml")), "records/contoso.yml");
    assert_eq!(at(&[], "Contoso", "Teams", Some("*.[!y]aml")), "NotIncluded");
}

#[test]
fn a_file_for_each_customer() {
    for (one, two, new, expected) in [
        ("notes/contoso-ltd.yaml", "notes/fabrikam.yaml", "Adventure Works", "notes/adventure-works.yaml"),
        ("notes/contoso_ltd.yml", "notes/fabrikam.yml", "Adventure Works", "notes/adventure_works.yml"),
        ("Contoso Ltd.yaml", "Fabrikam.yaml", "Adventure Works", "Adventure Works.yaml"),
        ("CONTOSO-LTD/notes.yaml", "FABRIKAM/notes.yaml", "Adventure Works", "ADVENTURE-WORKS/notes.yaml"),
        ("c/ContosoLtd-status.yaml", "c/Fabrikam-status.yaml", "Adventure Works", "c/AdventureWorks-status.yaml"),
        ("contoso.yaml", "fabrikam.yaml", "Adventure Works GmbH", "adventure-works.yaml"),
    ] {
        let records = [(one, "Contoso Ltd", "Teams"), (one, "Contoso Ltd", "Yammer"), (two, "Fabrikam", "Teams")];
        assert_eq!(at(&records, new, "Teams", None), expected, "{one}");
        assert_eq!(at(&records, "Contoso", "Exchange Online", None), one);
    }
}

#[test]
fn a_file_for_each_record() {
    for (one, two, expected) in [
        ("notes/contoso/teams.yaml", "notes/fabrikam/yammer.yaml", "notes/contoso/exchange-online.yaml"),
        ("contoso-teams.yml", "fabrikam-yammer.yml", "contoso-exchange-online.yml"),
        ("teams/contoso.yaml", "yammer/fabrikam.yaml", "exchange-online/contoso.yaml"),
        ("a/Contoso__Teams.yaml", "a/Fabrikam__Yammer.yaml", "a/Contoso__Exchange-Online.yaml"),
    ] {
        let records = [(one, "Contoso", "Teams"), (two, "Fabrikam", "Yammer")];
        assert_eq!(at(&records, "Contoso", "Exchange Online", None), expected);
    }
}

#[test]
fn one_file_for_all_and_a_file_for_each_workload() {
    let list = [("all.yaml", "Contoso", "Teams"), ("all.yaml", "Fabrikam", "Teams"), ("all.yaml", "Litware", "Yammer")];
    assert_eq!(at(&list, "Adatum", "Teams", None), "all.yaml");
    assert_eq!(at(&list, "Contoso", "Yammer", None), "all.yaml");
    let by_workload = [("w/teams.yaml", "Contoso", "Teams"), ("w/teams.yaml", "Fabrikam", "Teams")];
    assert_eq!(at(&by_workload, "Contoso", "Yammer", None), "w/yammer.yaml");
    assert_eq!(at(&by_workload, "Adatum", "Teams", None), "w/teams.yaml");
}

#[test]
fn the_habit_of_the_customer_comes_first() {
    let records = [
        ("emea/contoso.yaml", "Contoso", "Teams"),
        ("emea/fabrikam.yaml", "Fabrikam", "Teams"),
        ("apac/litware.yaml", "Litware", "Teams"),
    ];
    assert_eq!(at(&records, "Litware", "Yammer", None), "apac/litware.yaml");
    assert_eq!(at(&records, "Adatum", "Yammer", None), "emea/adatum.yaml");
}

#[test]
fn paths_without_names_lend_their_folder() {
    let records = [("records/001.yml", "Contoso", "Teams"), ("records/002.yml", "Fabrikam", "Yammer")];
    assert_eq!(at(&records, "Adatum", "Teams", None), "records/adatum.yml");
}

#[test]
fn never_outside_the_patterns_and_never_in_the_file_of_another_customer() {
    let records = [("old/contoso.yaml", "Contoso", "Teams")];
    assert_eq!(at(&records, "Adatum", "Teams", Some("new/*.yaml")), "new/adatum.yaml");
    let (one, two) = ("x".repeat(70), format!("{}y", "x".repeat(70)));
    let path = format!("notes/{}.yaml", "x".repeat(60));
    let records = [(path.as_str(), one.as_str(), "Teams")];
    assert!(at(&records, &two, "Teams", None).starts_with("OtherCustomer"), "{}", at(&records, &two, "Teams", None));
    assert_eq!(at(&records, &one, "Yammer", None), path);
}
