use super::*;

#[test]
fn a_verb_of_its_own_makes_a_clause() {
    for text in [
        "they pay Slack until 2028",
        "the proxy drops UDP 3478",
        "the proxy that they use drops UDP 3478",
        "the proxy they use drops UDP 3478",
        "the firewall at the plant does not forward SIP",
        "Zscaler breaks certificate pinning",
        "legal forbids storage outside of Switzerland",
        "the works council rejected call recording",
        "unions reject the recording of calls",
        "users prefer Slack",
        "the budget was cut",
        "budget ran out",
        "the vendor retired the connector",
        "the contract with Zoom runs until June 2028",
        "the contract expires in May 2027",
        "staff need training in French",
        "the licence costs 40 euros a head",
        "the bank blocks port 443",
        "it's too slow for the plants",
        "no vendor supports Teams in that country",
        "the migration failed",
        "the PBX, which was bought in 2009, has no SIP",
        "nobody has signed the DPA",
        "IT lacks the staff for it",
        "the merger means that both tenants close",
        "all mailboxes are on Domino",
        "the vendor's firmware lacks TLS 1.2",
    ] {
        assert!(is_clause(text), "{text}");
    }
}

#[test]
fn the_name_of_a_thing_is_none() {
    for text in [
        "the Mitel PBX without SIP support",
        "a proxy that drops UDP 3478",
        "firmware that has no TLS 1.2",
        "a PBX which was bought in 2009",
        "the proxy they use",
        "the PBX installed in 2009",
        "a policy approved by legal",
        "a contract signed last year",
        "a Slack contract that runs until June 2028",
        "the Slack contract until the merger is complete",
        "licence costs",
        "the license costs of E5",
        "blocks at the firewall",
        "price changes",
        "security concerns",
        "the works council",
        "an order to keep all data in Switzerland",
        "a missing DPA",
        "the freeze until May 2027",
        "the vendor's support for SIP",
        "missing support from the vendor",
        "lack of staff",
        "moving 400 mailboxes from Domino",
        "a ban on recording of the works council",
        "the cancelled contract",
        "outdated switches",
        "limits of the WAN link in Lyon",
        "the need for an archive",
    ] {
        assert!(!is_clause(text), "{text}");
    }
}

#[test]
fn several_things_are_told_from_one() {
    for (thing, expected) in [
        ("licences", true),
        ("SIP support", false),
        ("licences for E5", true),
        ("access to mailboxes", false),
        ("DNS", false),
        ("the firewall and the proxy", true),
        ("the contract between Zoom and Contoso", false),
        ("people who know Teams", true),
        ("the status of the project", false),
        ("users", true),
        ("moving 400 mailboxes", false),
    ] {
        assert_eq!(is_plural(thing), expected, "{thing}");
    }
}

#[test]
fn a_verb_without_its_subject() {
    assert_eq!(leading_verb("cannot reach the mailboxes"), Some(Number::One));
    assert_eq!(leading_verb("have no staff"), Some(Number::Many));
    assert_eq!(leading_verb("uses Slack"), Some(Number::One));
    assert_eq!(leading_verb("needs approval"), Some(Number::One));
    assert_eq!(leading_verb("blocks at the firewall"), None);
    assert_eq!(leading_verb("May 2027 freeze"), None);
    assert_eq!(leading_verb("security"), None);
}

#[test]
fn the_lists_are_sorted_and_of_one_kind_each() {
    for list in [VERBS, NOUNS_TOO] {
        assert!(list.lines().is_sorted());
    }
    assert!(VERBS.lines().all(|verb| NOUNS_TOO.lines().all(|other| verb != other)));
}
