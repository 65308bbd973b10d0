//! Notes that were once read wrongly, each with further members of its kind, graded as `notegate grade` grades them.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that meets what it does not expect has to stop")]

mod support;

use notegate::eval::{Graded, fired, grade_note};
use notegate::finding::Severity;
use notegate::grade::Grade;
use notegate::playbook::Playbook;
use notegate::reading::Polarity;
use notegate::record::Heading;
use std::sync::LazyLock;
use support::Project;

static PLAYBOOK: LazyLock<Playbook> = LazyLock::new(Playbook::built_in);

fn graded(status: &str, note: &str) -> Graded {
    let heading = Heading { customer: None, workload: Some("Exchange Online"), status: Some(status) };
    grade_note(note, heading, &PLAYBOOK)
}

/// What went wrong with each note, all at once.
fn all(status: &str, notes: &[&str], is_right: impl Fn(&Graded) -> bool) {
    let wrong: Vec<String> = notes
        .iter()
        .map(|note| (note, graded(status, note)))
        .filter(|(_, graded)| !is_right(graded))
        .map(|(note, graded)| {
            let reading = &graded.reading;
            let (grade, intent, reason) = (graded.grade, reading.intent, reading.reason);
            format!(
                "{note:?}: {grade:?}, {intent:?}, {reason:?}, {:?}, {} sentences",
                fired(&graded),
                reading.shape.sentences
            )
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn has(graded: &Graded, rule: &str) -> bool {
    graded.findings.iter().any(|finding| finding.rule == rule)
}

fn is_poor(graded: &Graded) -> bool {
    graded.grade == Grade::Poor
}

fn is_great(graded: &Graded) -> bool {
    graded.grade == Grade::Great
}

#[test]
fn a_misspelt_empty_reason_is_an_empty_reason() {
    all(
        "Blocked",
        &[
            "Customer cannot deploy due to various internal isues.",
            "Customer cannot deploy due to various internal isseus.",
            "Customer cannot deploy due to various internal reasns.",
            "Customer cannot deploy due to internal concens.",
            "Customer cannot deploy due to varios chalenges.",
            "Customer cannot deploy due to complicatons.",
            "Customer cannot deploy due to various internal prioritys.",
            "Customer cannot deploy due to various internal is-sues.",
            "Customer cannot deploy due to various internal is**sue**s.",
            "Customer cannot deploy due to various internal is_sue_s.",
            "Customer cannot deploy due to various internal is\u{ad}sues.",
            "Customer cannot deploy due to various internal is\u{200b}sues.",
            "Customer cannot deploy due to various internal 1ssues.",
            "Customer cannot deploy due to various internal i$$ues.",
            "Customer cannot deploy due to various internal reas0ns.",
            "Customer cannot deploy due to various internal r\u{435}\u{430}s\u{43e}ns.",
            "Customer cannot deploy due to various internal \u{456}\u{455}\u{455}ues.",
            "Customer cannot deploy due to various internal íssues.",
            "Customer cannot deploy due to various internal i.s.s.u.e.s.",
            "Customer cannot deploy due to various internal i s s u e s.",
            "Customer cannot deploy due to various internalissues.",
            "Customer cannot deploy due to vareous internul reeasons.",
            "Customer cannot deploy due to various probelms.",
            "Customer cannot deploy due to diffrent resons.",
            "Customer cannot deploy due to obsticles and dificulties.",
            "Customer cannot deploy due to unforseen circumstanses.",
            "CUSTOMER CANNOT DEPLOY DUE TO VARIOUS INTERNAL ISSEUS.",
        ],
        is_poor,
    );
}

#[test]
fn a_misspelt_intent_without_a_reason_is_poor() {
    all(
        "No Intent",
        &[
            "Customer has no intnet.",
            "Customer has nooo inteeent.",
            "Custmer has no intnet.",
            "Customer has no in-tent.",
            "Customer has no 1ntent.",
            "Customer has no inten\u{442}.",
            "Customer is not intrested.",
            "Customer has no interrest.",
        ],
        |graded| is_poor(graded) && graded.reading.intent == Polarity::Negative,
    );
}

#[test]
fn a_note_with_facts_is_great_in_spite_of_slips() {
    all(
        "Blocked",
        &[
            "Customer wont deploy becuase the Palo Alto firewal drops SMTP trafic on port 25.",
            "Custmer cannot depoly because the Cisco proxy droppes UDP 3478 at both sites.",
            "Unable to deploy becouse the Mimecast gatway rewrites every link and breaks DKIM.",
            "Customer can not deploy, thier Lotus Notes aplications need Domino 9.",
            "Unable to deploy beacuse Jamf and Okta can not enroll the 300 kiosks.",
            "Deployment bloked: Zscaler breaks certificate pining on 1,200 laptops.",
        ],
        is_great,
    );
}

#[test]
fn notes_in_other_languages_are_reported_once() {
    all(
        "Blocked",
        &[
            "Klant heeft geen interesse in de dienst want er zijn verschillende problemen.",
            "Kunde ist blockiert weil Probleme mit Exchange und Outlook.",
            "Le client est bloqué par des problèmes avec Exchange Online et Teams.",
            "El cliente está bloqueado por problemas con Outlook y Exchange.",
            "Klient jest zablokowany z powodu problemów z Exchange.",
            "クライアントはファイアウォールの問題で Exchange を導入できません。",
            "Клиент заблокирован из-за проблем с Exchange.",
            "A vevő nem tudja bevezetni, mert a tűzfal nem engedi.",
        ],
        |graded| fired(graded) == [("not-english", Severity::Error)],
    );
}

const GERMAN: &str = "\
customer: Contoso
workload: Exchange Online
status: Blocked
note: Kunde ist blockiert weil Probleme mit Exchange und Outlook.
refresh_summary:
  - {date: 2020-03-27, who_changed: Celia Kennedy, what_changed: General Maintenance}
";

#[test]
fn a_team_may_have_foreign_notes_judged_as_english_ones() {
    let run = |level: &str| {
        let project = Project::with("notes/a.yaml", GERMAN);
        project.write("notegate.yaml", format!("rules: {{not-english: {level}}}\n"));
        project.check(&["notes"])
    };
    let (error, warning, off) = (run("error"), run("warning"), run("off"));
    assert!(error.stdout.contains("[not-english]") && !error.stdout.contains("[missing-"), "{}", error.stdout);
    assert!(warning.stdout.contains("[not-english]"), "{}", warning.stdout);
    assert!(!off.stdout.contains("[not-english]"), "{}", off.stdout);
    assert_ne!(off.stdout, error.stdout);
}

#[test]
fn foreign_words_give_no_credit() {
    all(
        "Blocked",
        &[
            "Customer cannot deploy due to various internal issues. お寿司",
            "Klant: Customer cannot deploy due to various internal issues.",
            "Kunde: Customer cannot deploy due to various internal issues.",
            "Customer cannot deploy due to various internal issues (wegen verschiedener interner).",
            "Customer cannot deploy due to various internal issues. проблемы",
            "Client: Customer cannot deploy due to various internal issues pour plusieurs raisons.",
            "Customer cannot deploy due to various internal issues 各种原因.",
        ],
        |graded| is_poor(graded) && !has(graded, "not-english"),
    );
}

#[test]
fn english_notes_with_foreign_names_are_judged() {
    all(
        "Blocked",
        &[
            "Unable to deploy because the Betriebsrat has not approved Microsoft Viva and the Exchange 2010 farm in Köln.",
            "Unable to deploy because Crédit Agricole du Nord requires an on-premises archive under ACPR rules until 2027.",
            "Customer blocked: Zscaler + Mimecast break DKIM, no fix before Q3 per vendor.",
            "Customer will not deploy because the Autorité de contrôle prudentiel forbids storing claims data outside France.",
        ],
        is_great,
    );
}

#[test]
fn an_address_is_no_reason() {
    all(
        "Blocked",
        &[
            "https://contoso.example/ticket/1.",
            "Blocked: https://contoso.example/ticket/1.",
            "Blocked: www.contoso.example/tickets?id=77",
            "Customer is blocked, hana@contoso.example.",
            "Blocked because of <https://contoso.example/a/b/c>.",
            "Customer blocked due to \\\\srv01\\notes\\blockers.docx",
            "Customer blocked due to [the ticket](https://contoso.example/ticket/1).",
            "Blocked. /sites/fasttrack/blockers/contoso.xlsx",
            "Unable to deploy due to C:\\notes\\contoso.docx.",
        ],
        is_poor,
    );
}

#[test]
fn addresses_and_markup_are_no_slots_and_take_nothing_from_a_note() {
    all(
        "Blocked",
        &[
            "Unable to deploy because the Palo Alto PA-220 firewall drops SMTP on port 25, contact <hana@contoso.example>.",
            "<p>Unable to deploy because the Palo Alto PA-220 firewall drops SMTP on port 25.</p>",
            "Unable to deploy because the <b>Palo Alto</b> PA-220 firewall<br>drops SMTP on port 25.",
            "Unable to deploy because the Palo Alto PA-220 firewall drops SMTP on port 25, see <https://contoso.example/1>.",
            "Unable to deploy because the [Palo Alto PA-220 firewall](https://contoso.example/fw) drops SMTP on port 25.",
            "Unable to deploy because the <span class=\"x\">Palo Alto PA-220</span> firewall drops SMTP on port 25.",
            "Unable to deploy because **the Palo Alto PA-220 firewall** drops SMTP on port 25 <!-- checked -->.",
        ],
        is_great,
    );
    all("Blocked", &["Unable to deploy because of <primary issue>.", "Customer blocked until <date>."], |graded| {
        has(graded, "placeholder")
    });
}

#[test]
fn capitals_that_spell_a_word_are_read_by_what_is_around_them() {
    all(
        "Blocked",
        &[
            "Will not deploy because ATM middleware has no TLS 1.2 support.",
            "Will not deploy because the ATM network at 40 branches has no TLS 1.2 support.",
            "Will not deploy: their ATM needs Windows 7 and SMB 1.",
            "Unable to deploy because ATM firmware from Diebold blocks TLS 1.2.",
            "Unable to deploy since ATM vendor NCR certifies only Windows 7.",
        ],
        |graded| !has(graded, "hedging") && is_great(graded),
    );
    all(
        "No Intent",
        &[
            "ATM no budget for Exchange.",
            "No plans to deploy ATM.",
            "Customer will not deploy ATM because of the budget.",
            "ATM the customer will not deploy.",
            "Not deploying Exchange ATM, no budget.",
        ],
        |graded| has(graded, "hedging") || is_poor(graded),
    );
}

/// Each text and how many sentences it has.
const SENTENCES: &[(&str, usize)] = &[
    ("The relay fails, e.g. at the U.S. office and at 9 a.m. in Lyon. No fix before Jan. 5.", 2),
    ("Uses Notes e.g. Domino 9. No plans.", 2),
    ("Blocked by DLP, i.e. Outlook cannot send. No fix.", 2),
    ("The U.S. office is blocked.", 1),
    ("Data stays in the U.S. The tenant is in the E.U. and closed.", 2),
    ("Runs on the U.S. Government cloud.", 1),
    ("Calls fail at 9 a.m. in Lyon.", 1),
    ("Calls fail at 5 p.m. daily.", 1),
    ("Calls fail at 5 p.m. They gave up.", 2),
    ("No fix before Jan. 5.", 1),
    ("Freeze from Dec. 15 to Feb. 1.", 1),
    ("Freeze until Sept. 30. No pilot.", 2),
    ("The freeze ends in Jan. They deploy then.", 2),
    ("Needs v. 10 of the client.", 1),
    ("Needs ver. 3.2 of the agent.", 1),
    ("See vol. 2 of the audit.", 1),
    ("Lyon vs. Zurich is open.", 1),
    ("Sites incl. Lyon are closed.", 1),
    ("Sites excl. Lyon are closed.", 1),
    ("The relay breaks cf. RFC 5321.", 1),
    ("Contoso S.p.A. in Milan is blocked.", 1),
    ("Contoso S.p.A. Customer is blocked.", 2),
    ("Contoso S.A. in Paris is blocked.", 1),
    ("Contoso B.V. in Delft is blocked.", 1),
    ("Form No. 5 is missing.", 1),
    ("Forms nos. 5 and 6 are missing.", 1),
    ("Any reply? No. 300 users wait.", 2),
    ("They said no. They left.", 2),
    ("they said no. they left.", 2),
    ("About approx. 3 weeks.", 1),
    ("Contoso Inc. is blocked.", 1),
    ("Owned by Contoso Inc. The tenant is closed.", 2),
    ("Contoso Ltd. Azure tenant is closed.", 1),
    ("Litware Corp. signed with Slack.", 1),
    ("Fabrikam Co. uses Slack.", 1),
    ("Fabrikam GmbH. They use Slack.", 2),
    ("Assigned to J. Ortiz and K. L. Moor.", 1),
    ("Dr. Okafor and Mrs. Lund decided.", 1),
    ("Prof. Meyer left St. Gallen.", 1),
    ("Sgt. Hill of Ft. Worth decided.", 1),
    ("Messrs. Hill and Lund decided.", 1),
    ("The dept. of health is closed.", 1),
    ("The univ. has no budget.", 1),
    ("Needs TLS 1.2 and client 16.0.13127.", 1),
    ("Wait... then it moved.", 1),
    ("Wait... Then it moved.", 2),
    ("Wait… then it moved.", 1),
    ("Really?! They left.", 2),
    ("Stop!! They left.", 2),
    ("See fig. 3 and p. 4 of the audit.", 1),
    ("See sec. 2, para. 7 and art. 28 of the law.", 1),
    ("Call ext. 4411 for the mailbox.", 1),
    ("Slack, Zoom etc. are used.", 1),
    ("They use Slack, Zoom etc. Teams is not used.", 2),
    ("Lund et al. decided.", 1),
    ("The pilot took 3 hrs. a day.", 1),
    ("The pilot took 3 yrs. They left.", 2),
    ("Rollout in 4 wks. then a review.", 1),
    ("Max. 300 users, min. 20.", 1),
    ("Contoso a.k.a. Litware is blocked.", 1),
    ("Viz. Outlook and Word.", 1),
    ("Uses .NET and node.js. No Teams.", 2),
    ("Reply to hana@contoso.example. No answer.", 2),
    ("See https://contoso.example/a. No answer.", 2),
    ("Status: N/A. Impact: N/A.", 2),
    ("Meets Mon. 5 at the office.", 1),
    ("Ref. 2104 is open.", 1),
    ("Reg. 7 forbids it.", 1),
    ("Sr. engineers left.", 1),
    ("He has a Ph.D. in law.", 1),
    ("Plan B. 300 users move.", 2),
];

#[test]
fn sentences_end_where_a_reader_ends_them() {
    let count = |note: &str| graded("Blocked", note).reading.shape.sentences;
    let wrong: Vec<String> = SENTENCES
        .iter()
        .filter(|(note, sentences)| count(note) != *sentences)
        .map(|(note, sentences)| format!("{note:?}: {} instead of {sentences}", count(note)))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(SENTENCES.len() >= 60);
}
