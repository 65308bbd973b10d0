//! Notes and tables without a key.

use super::*;

#[test]
fn lines_with_dashes_and_arrows() {
    for text in [
        "customer - Contoso\nworkload - Teams\nstatus - Blocked\nnote - Customer has no intent.\n",
        "- customer - Contoso\n- workload - Teams\n- status - Blocked\n- note - Customer has no intent.\n",
        "customer \u{2013} Contoso\nworkload \u{2013} Teams\nnote \u{2013} Customer has no intent.\n",
        "customer \u{2014} Contoso\nworkload \u{2014} Teams\nnote \u{2014} Customer has no intent.\n",
        "|\n  customer -> Contoso\n  workload -> Teams\n  status -> Blocked\n  note -> x\n",
        "|\n  customer => Contoso\n  workload => Teams\n  status => Blocked\n  note => x\n",
        "body: |\n  * Customer - Contoso\n  * Workload - Teams\n  * Status - Blocked\n  * Note - x\n",
        "body: |\n  **Customer:** Contoso\n  **Workload:** Teams\n  **Status:** Blocked\n  **Note:** x\n",
    ] {
        assert_eq!(run(&MisplacedRecord, text).len(), 1, "{text}");
    }
    for text in [
        "<record><customer>Contoso</customer><workload>Teams</workload><status>Blocked</status><note>x</note></record>\n",
        "data: |\n  <customer>Contoso</customer>\n  <workload>Teams</workload>\n  <status>Blocked</status>\n  <note>x</note>\n",
        "data: |\n  {\"customer\": \"Contoso\", \"workload\": \"Teams\", \"status\": \"Blocked\", \"note\": \"x\"}\n",
        "data: |\n  [customer=Contoso][workload=Teams][status=Blocked][note=x]\n",
    ] {
        assert_eq!(run(&MisplacedRecord, text).len(), 1, "{text}");
    }
    for text in [
        "body: |\n  <p>status: <b>note</b></p>\n  <customer>who pays</customer>\n",
        "body: |\n  customer - who pays for it\n  status - where it stands\n  note - anything else\n",
        "- status - shown as a badge\n- note - shown below it\n",
        "a status - or a note - of a customer - is shown\n",
        "run: |\n  tool --status --note - < file\n",
    ] {
        assert!(!is_reported(text), "{text}{:?}", run(&MisplacedRecord, text));
    }
}

#[test]
fn an_ordered_map_is_a_list_of_fields() {
    for text in [
        "!!omap\n- customer: Contoso\n- workload: Teams\n- status: Blocked\n- note: Customer has no intent.\n",
        "record: !!omap [customer: Contoso, workload: Teams, status: Blocked, note: x]\n",
        "!!pairs [customer: Contoso, workload: Teams, status: Blocked, note: x]\n",
        "!!set {customer Contoso, workload Teams}\n---\n!!omap [cust: Contoso, wl: Teams, stat: Blocked, nt: x]\n",
    ] {
        assert_eq!(run(&MisplacedRecord, text).len(), 1, "{text}");
    }
}

#[test]
fn rows_without_names_of_columns() {
    for text in [
        "Contoso,Teams,Blocked,Customer cannot deploy.\nFabrikam,Yammer,No Intent,Customer has no intent.\n",
        "Contoso\tTeams\tBlocked\tCustomer cannot deploy.\nFabrikam\tYammer\tNo Intent\tCustomer has no intent.\n",
        "Contoso;Exchange Online;Blocked;TBD\n",
        "Contoso | Teams | Blocked | Customer cannot deploy.\n",
        "- Contoso, Teams, Blocked, Customer cannot deploy.\n- Fabrikam, Yammer, No Intent, x\n",
        "- [Contoso, Teams, Blocked, Customer cannot deploy.]\n- [Fabrikam, Yammer, No Intent, x]\n",
        "rows: [[Contoso, Teams, No Intent, Customer has no intent.]]\n",
        "data: |\n  Contoso,Teams,Blocked,Customer cannot deploy.\n  Fabrikam,Yammer,No Intent,x\n",
        "2026-03-27,Contoso,Teams,In Progress,Customer has begun the pilot.\n",
        "export: |\n  \"Contoso\",\"Teams\",\"Blocked\",\"Customer cannot deploy.\"\n  \"Fabrikam\",\"Yammer\",\"Blocked\",\"x\"\n",
    ] {
        let seen = only(text);
        let message = "this looks like a table of records, and tables are not read";
        assert!(seen.finding.message.starts_with(message), "{text}{}", seen.finding.message);
    }
    for text in [
        "- [Teams, Blocked, not approved by security]\n- [Zoom, Blocked, not approved by security]\n",
        "- [42, Teams, Blocked, not approved by security]\n",
        "- [web-1, api, Teams, Blocked]\n",
        "tags: [Teams, Exchange Online, Blocked, In Progress]\n",
        "columns: [Backlog, Blocked, In Progress, Done]\n",
        "products, Teams, Exchange Online and the rest of them\n",
        "run: |\n  echo Teams, Blocked, it\n  echo done, and more, and more\n",
        "- [web, api, Running, needs the new cluster first]\n",
        "- Jane, Teams, paid, thirty days after delivery\n",
    ] {
        assert!(!is_reported(text), "{text}{:?}", run(&MisplacedRecord, text));
    }
}

#[test]
fn sentences_about_a_deployment() {
    for text in [
        "Contoso will not deploy Teams because the call centre depends on an old PBX.\n",
        "Customer has no intent to use Yammer.\n",
        "|\n  Contoso will not deploy Teams because the call centre depends on an old PBX.\n  They use Zoom.\n",
        "- Contoso will not deploy Teams because the call centre depends on an old PBX.\n- Fabrikam has no intent to use Yammer.\n",
        "Contoso: will not deploy Teams because the call centre depends on an old PBX.\n",
        "Contoso: The customer will not deploy Teams because of an old PBX.\nFabrikam: The customer has no intent to use Yammer.\n",
        "\"Litware: unable to deploy Exchange Online because of a fax gateway.\"\n",
        "notes: Contoso will not deploy Teams because the call centre depends on an old PBX.\n",
        "notes:\n- Contoso will not deploy Teams because of an old PBX.\n- Fabrikam has no intent to use Yammer.\n",
        "Contoso:\n  Teams: Blocked - waiting on the session border controller\n  Yammer: Customer has no intent to use it.\n",
        "Contoso: |\n  Customer will not deploy Teams.\n  The call centre depends on an old PBX.\n",
        "2026:\n  March:\n  - Contoso has no intent to use Yammer.\n",
        "Teams:\n  Contoso: Customer will not deploy because of the PBX.\n  Fabrikam: No intent.\n",
        "notes: |\n  Contoso will not deploy Teams because of an old PBX\n  Fabrikam has no intent to use Yammer\n",
        "record: Contoso will not deploy Teams because the call centre depends on an old PBX.\nid: 5\n",
        "Blocked:\n- Contoso: Customer cannot deploy Teams because of an old PBX.\n",
        "Contoso / Teams / Blocked / Customer has no intent.\n",
        "\"Contoso: Teams: Blocked: Customer has no intent.\"\n",
        "a: 5\n---\nContoso will not deploy Teams because the call centre depends on an old PBX.\n",
    ] {
        let seen = only(text);
        assert_eq!(seen.finding.message, "this reads like a note, but it has no fields and is not judged", "{text}");
        let help = seen.finding.help.unwrap();
        assert!(
            help.starts_with("Write it as a record, with `customer: …`, `workload: …`, `status: …` and `note: …` on lines of their own"),
            "{help}"
        );
    }
    for text in [
        "just a text with a note in it\n",
        "Two teams will not meet because the room is closed.\n",
        "The word is not used here because nobody wants it.\n",
        "- Fixed a crash in Teams when the window is closed\n- Added a switch for dark mode\n",
        "Teams: a chat and meeting service of Microsoft\nYammer: a social network of Microsoft\n",
        "- name: Deploy Teams in your organisation\n  href: deploy.md\n- name: Migrate mailboxes to Exchange Online\n  href: x.md\n",
        "- Migrate to Exchange Online first\n- Plan the rollout of Teams\n",
        "title: How to deploy Teams in ten minutes\nauthor: Sam\n",
        "teams_off: Teams is turned off by your organisation.\nretry: Please try again in a while.\n",
        "en:\n  error: You cannot use Teams because your account has no licence.\n",
        "greeting: Hello\nerror: You cannot use Teams because your account has no licence.\n",
        "run: |\n  cannot run Teams\n  echo it is not deployed\n",
        "Teams:\n  image: teams\n  command: run it as a service please\n",
        "Contoso:\n  Teams: Blocked\n  Yammer: In Progress\n",
        "app: x\npath: y\nkind: z\nwhy: Users cannot use Teams because of the proxy.\n",
        "../shared/teams.yaml\n",
        "v1.2.3\n",
    ] {
        assert!(!is_reported(text), "{text}{:?}", run(&MisplacedRecord, text));
    }
}

#[test]
fn groups_by_any_keys() {
    let note = "Customer cannot deploy because of an old PBX.";
    for text in [
        format!("c: Contoso\nw: Teams\ns: Blocked\nn: {note}\n"),
        format!("wer: Contoso\nwas: Teams\nlage: Blocked\nwarum: {note}\n"),
        format!("records:\n- {{a: Contoso, b: Teams, c: Blocked, d: {note}}}\n"),
        "q1: Contoso\nq2: Exchange Online\nq3: In Progress\nq4: Onboarding is underway, 300 of 1,200 mailboxes migrated.\n"
            .to_owned(),
        format!("x: {{1: Contoso, 2: Teams, 3: Blocked, 4: {note}}}\n"),
    ] {
        let seen = only(&text);
        assert_eq!(seen.finding.message, "this looks like a record, but its keys are not those of fields", "{text}");
        assert!(seen.finding.help.unwrap().starts_with("Write `customer`, `workload`, `status` and `note` as the keys"));
    }
    for text in [
        "name: Dark mode\nproduct: Teams\nstage: In Progress\nwhen: due in the next release\n",
        "pc: Desk 12\napp: Teams\naction: Blocked\nwhy: not approved by security\n",
        "title: Calls are late\narea: Exchange Online\nstate: In Progress\nwhat: mail is late for some\n",
        "a: Teams\nb: Yammer\nc: Blocked\nd: Customer cannot deploy.\n",
        "customer: A\nworkload: X\nnote: a\nold: {a: B, b: Teams, c: Blocked, d: Customer cannot deploy.}\n",
        "examples: {one: {a: B, b: Teams, c: Blocked, d: Customer cannot deploy.}}\n",
    ] {
        assert!(!is_reported(text), "{text}{:?}", run(&MisplacedRecord, text));
    }
}
