use super::*;

/// Answers that name a thing, with the thing as a sentence holds it.
pub(in crate::remedy) const NOUNS: &[(&str, &str)] = &[
    ("the Mitel PBX without SIP support", "the Mitel PBX without SIP support"),
    ("The Mitel PBX.", "the Mitel PBX"),
    ("\"the Mitel PBX\"", "the Mitel PBX"),
    ("“A proxy that drops UDP 3478.”", "a proxy that drops UDP 3478"),
    ("'Outdated switches in Lyon'", "outdated switches in Lyon"),
    ("because of the Slack contract until June 2028", "the Slack contract until June 2028"),
    ("Because of The Slack contract.", "the Slack contract"),
    ("Due to firmware that has no TLS 1.2", "firmware that has no TLS 1.2"),
    ("due to: the freeze until May 2027", "the freeze until May 2027"),
    ("owing to the merger with Fabrikam", "the merger with Fabrikam"),
    ("because due to the merger", "the merger"),
    ("The main reason is a ban on call recording", "a ban on call recording"),
    ("Reason: licence costs of 40 euros a head", "licence costs of 40 euros a head"),
    ("- security review by the bank", "security review by the bank"),
    ("Missing DPA", "missing DPA"),
    ("Works council", "works council"),
    ("Zscaler proxy with TLS inspection", "Zscaler proxy with TLS inspection"),
    ("Palo Alto firewall in Oslo", "Palo Alto firewall in Oslo"),
    ("Moving 400 mailboxes from Domino", "moving 400 mailboxes from Domino"),
    ("a contract signed last year", "a contract signed last year"),
    ("the proxy they use", "the proxy they use"),
    ("Slack contract that runs until June 2028", "Slack contract that runs until June 2028"),
    ("Customer will not deploy because of the Avaya gateway", "the Avaya gateway"),
    ("IT staff shortage", "IT staff shortage"),
    ("Legacy Oracle 9i database;", "legacy Oracle 9i database"),
];

/// Answers that say something of a thing, with the clause.
pub(in crate::remedy) const CLAUSES: &[(&str, &str)] = &[
    ("they pay Slack until 2028", "they pay Slack until 2028"),
    ("They pay Slack until 2028.", "they pay Slack until 2028"),
    ("because they pay Slack until 2028", "they pay Slack until 2028"),
    ("Because of they pay Slack until 2028", "they pay Slack until 2028"),
    ("due to the fact that they pay Slack", "they pay Slack"),
    ("“Because the proxy drops UDP 3478.”", "the proxy drops UDP 3478"),
    ("Zscaler breaks certificate pinning!", "Zscaler breaks certificate pinning"),
    ("Legal forbids storage outside of Switzerland", "legal forbids storage outside of Switzerland"),
    ("The works council rejected call recording", "the works council rejected call recording"),
    ("Unions reject the recording of calls", "unions reject the recording of calls"),
    ("Budget was cut.", "budget was cut"),
    ("The contract with Zoom runs until June 2028", "the contract with Zoom runs until June 2028"),
    ("no SIP support", "there is no SIP support"),
    ("No licences for E5", "there are no licences for E5"),
    ("Not enough staff", "there is not enough staff"),
    ("cannot connect to mailboxes", "the customer cannot connect to mailboxes"),
    ("Unable to connect to mailboxes", "the customer is unable to connect to mailboxes"),
    ("Waiting for the new SBC", "the customer is waiting for the new SBC"),
    ("Have no staff for it", "they have no staff for it"),
    ("Lacks a DPA", "the customer lacks a DPA"),
    ("it's too slow for the plants", "it's too slow for the plants"),
    ("The reason is that nobody has signed the DPA", "nobody has signed the DPA"),
    ("Users prefer Slack", "users prefer Slack"),
    ("since the vendor retired the connector", "the vendor retired the connector"),
    ("They will not deploy because the firewall blocks SIP", "the firewall blocks SIP"),
    ("Customer uses Slack", "the customer uses Slack"),
    ("IT has no budget before July", "IT has no budget before July"),
];

#[test]
fn the_name_of_a_thing() {
    for (answer, expected) in NOUNS {
        let phrase = Phrase::of(answer).unwrap();
        assert_eq!((phrase.kind, phrase.text()), (Kind::Noun, *expected), "{answer}");
    }
}

#[test]
fn a_clause() {
    for (answer, expected) in CLAUSES {
        let phrase = Phrase::of(answer).unwrap();
        assert_eq!((phrase.kind, phrase.text()), (Kind::Clause, *expected), "{answer}");
    }
}

#[test]
fn the_writers_word_tells_where_the_words_do_not() {
    let of = |answer| Phrase::of(answer).unwrap();
    assert_eq!(of("because Fabrikam dictates Webex").kind, Kind::Clause);
    assert_eq!(of("because of Fabrikam").lead, Some("because of"));
    assert_eq!(of("due to they pay Slack").lead, None);
    assert_eq!(of("since 2019 in litigation").text(), "since 2019 in litigation");
    assert_eq!(Phrase::of(" . "), None);
    assert_eq!(Phrase::of("because of"), Phrase::of("Because of."));
}

#[test]
fn a_name_keeps_its_capital() {
    for (text, expected) in [
        ("The PBX", "the PBX"),
        ("Existing PBX", "existing PBX"),
        ("Mark Reed left", "Mark Reed left"),
        ("Slack contract", "Slack contract"),
        ("Exchange migration", "Exchange migration"),
        ("SIP trunks", "SIP trunks"),
        ("Contract with Zoom", "contract with Zoom"),
        ("Teams", "Teams"),
        ("IT lacks staff", "IT lacks staff"),
        ("ÉDF", "ÉDF"),
        ("", ""),
    ] {
        assert_eq!(uncapitalised(text), expected);
    }
}
