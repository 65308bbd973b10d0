//! Keys and values that tell together what neither tells alone.

use super::*;

/// Records whose keys are written so, with notes that are poor, great and in between.
#[test]
fn known_and_unknown_keys_add_up_with_what_they_hold() {
    for keys in [
        ["name", "service", "state", "description"],
        ["cliente", "servicio", "estado", "comentario"],
        ["title", "service", "state", "summary"],
        ["Kunde", "Dienst", "Zustand", "Text"],
        ["who", "what", "state", "why"],
        ["client", "produit", "etat", "commentaire"],
        ["tenant", "plan", "state", "details"],
        ["org", "offering", "phase", "remarks"],
        ["account", "subscription", "stage", "details"],
        ["klant", "dienst", "toestand", "opmerking"],
        ["partner", "service", "where_it_is", "reason"],
        ["subject", "area", "state", "body"],
        ["name", "product", "status", "description"],
        ["name", "app", "condition", "info"],
        ["naam", "dienst", "status", "toelichting"],
        ["empresa", "servicio", "situacion", "observaciones"],
        ["site", "service", "state", "comment"],
        ["name", "workload", "state", "description"],
        ["customer", "what", "state", "text"],
        ["name", "service", "status", "note_text"],
        ["firm", "topic", "phase", "log"],
    ] {
        for values in [
            ["Contoso", "Teams", "Blocked", "Customer cannot deploy because the call centre depends on an old PBX."],
            ["Litware", "Exchange Online", "No Intent", "Various internal issues."],
            ["Fabrikam", "Intune", "Blocked", "The fax gateway in Lyon speaks only MAPI."],
        ] {
            let fields = keys.iter().zip(values).map(|(key, value)| format!("{key}: {value}\n"));
            reported(&[&fields.collect::<String>()]);
        }
    }
}

#[test]
fn groups_of_any_shape_add_up() {
    reported(&[
        "records:\n- {naam: Litware, dienst: Exchange Online, toestand: geblokkeerd, toelichting: Klant kan niet uitrollen.}\n",
        "Contoso:\n  dienst: Teams\n  zustand: blockiert\n  text: Der Kunde will nicht.\n",
        "Contoso:\n- {service: Teams, state: Blocked, description: Various internal issues.}\n- {service: Intune, state: No Intent, description: x y z}\n",
        "- who: Contoso\n- what: Teams\n- state: Blocked\n- why: Customer cannot deploy.\n",
        "body: |\n  Name: Contoso\n  Service: Teams\n  State: Blocked\n  Description: Customer cannot deploy.\n",
        "name: Northern Trust Bank\nservice: Teams\nstate: Blocked\ndescription: Customer cannot deploy because the PBX is old.\n",
        "who: contoso\nwhat: teams\nstate: blocked\nwhy: customer cannot deploy because the pbx is old\n",
        "name: Contoso\nservice: Teams\ndescription: Customer has no intent to use it.\n",
        "name: Contoso\nservice: Teams\nstate: Blocked\ndescription: [Various internal issues., and more]\n",
        "name: Contoso\nservice: Teams\nstate: Blocked\ncomment: TBD\n",
        "account_manager: Sam\nname: Contoso\nservice: Teams\nstate: Blocked\ndescription: Customer cannot deploy.\ncreated: 2026-01-01\nid: 5\nregion: EMEA\n",
        "a: {b: {name: Contoso, service: Teams, state: No Intent, description: No reason was given.}}\n",
        "x: !note\n  who: Contoso\n  what: Teams\n  state: Blocked\n  why: It does not work with their PBX.\n",
    ]);
}

#[test]
fn keys_that_name_a_customer_and_a_workload() {
    reported(&[
        "- Litware, Teams: Customer will not deploy because the PBX is old.\n",
        "litware_teams: >\n  Customer will not deploy because the PBX is old.\n",
        "litware-teams: Will not deploy because the PBX is old.\n",
        "Blocked: [Customer cannot deploy Teams because the PBX is old.]\n",
        "Blocked:\n- Customer cannot deploy Teams because the PBX is old.\n",
        "Blocked: [The PBX of Litware is too old for Teams.]\n",
        "? [Contoso, Teams]\n: Customer will not deploy because the PBX is old.\n",
        "? [Contoso, Teams, Blocked]\n: Customer will not deploy because the PBX is old.\n",
        "Litware / Teams:\n  Customer will not deploy because the PBX is old.\n",
        "Litware:\n  Teams: [Customer will not deploy because the PBX is old.]\n",
        "contoso.teams: The customer has no intent to use it.\n",
        "ContosoTeams: Customer has no intent.\n",
        "Contoso (Teams): Customer has no intent.\n",
        "No Intent: Contoso - Customer has no intent to use Yammer.\n",
        "In Progress:\n  Contoso: Teams pilot is under way with 50 users.\n",
        "? \"Contoso\"\n: ? \"Teams\"\n  : \"Blocked: Customer will not deploy.\"\n",
        "[Contoso, Teams]: Customer will not deploy because the PBX is old.\n",
        "rows:\n- ? [Contoso, Teams]\n  : [Blocked, Customer will not deploy because the PBX is old.]\n",
        "fabrikam_intune: Not planned, they have MobileIron.\n",
        "Fabrikam - Intune: Uses MobileIron and will not move.\n",
        "- \"Litware, Yammer\": Customer does not want it.\n- \"Litware, Teams\": Customer does not want it.\n",
        "!!set\n? Contoso will not deploy Teams because of an old PBX.\n",
        "? |\n  Contoso will not deploy Teams because of an old PBX.\n: x\n",
        "x: !note Contoso will not deploy Teams because of an old PBX.\n",
    ]);
}

#[test]
fn keys_that_are_groups_tags_and_binary_data() {
    reported(&[
        "? {customer: Contoso, workload: Teams}\n: {status: Blocked, note: Customer will not deploy.}\n",
        "? {customer: Contoso, workload: Teams, status: Blocked, note: Customer will not deploy.}\n",
        "!<tag:x,2000:r> {cust: Contoso, prod: Teams, state: Blocked, comment: Customer will not deploy.}\n",
        "!!binary Q3VzdG9tZXIgaGFzIG5vIGludGVudCB0byB1c2UgVGVhbXMu\n",
        "a: !!binary Q3VzdG9tZXI6IENvbnRvc28KV29ya2xvYWQ6IFRlYW1zClN0YXR1czogQmxvY2tlZApOb3RlOiB4Cg==\n",
        "a: !!binary |\n  Q3VzdG9tZXIgaGFzIG5vIGludGVu\n  dCB0byB1c2UgVGVhbXMu\n",
    ]);
}

#[test]
fn other_files_whose_words_do_not_add_up() {
    left_alone(&[
        "name: Dark mode\nproduct: Teams\nstage: In Progress\ndescription: Adds a dark theme to the meeting window of all clients\n",
        "name: deploy\nservice: teams\nstate: Blocked\ndescription: waits for approval of the release manager\n",
        "title: Calls drop\nservice: Teams\nstate: In Progress\nsummary: Some calls drop after ten minutes\n",
        "feature: Breakout rooms\nstatus: In Progress\nnote: needs design\n",
        "ticket: T-1\nstatus: Blocked\nnote: waits for review\n",
        "plan:\n- {feature: Login, status: In Progress, note: Waiting for the design team to finish.}\n",
        "plan:\n- {ticket: ABC-1, status: Blocked, note: Cannot merge before the release.}\n",
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\ndata:\n  app.properties: |\n    customer=acme\n    service=teams\n    state=on\n",
        "name: CI\non: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n    - name: Notify Teams\n      uses: x/teams@v1\n      with: {status: \"${{ job.status }}\", title: Build, summary: The build has finished}\n",
        "name: Teams\ndescription: Send messages to Microsoft Teams\nversion: 1.0.0\nstate: stable\n",
        "title: Teams\nservice: Teams\nstate: present\nsummary: Manage Teams of Microsoft\n",
        "id: T1\nname: SharePoint webshell\nstatus: In Progress\nproduct: SharePoint\ndescription: Detects webshells in SharePoint servers\n",
        "services:\n  exchange:\n    image: exchange\n    description: The exchange of tokens will not deploy\n",
        "en:\n  customer: Customer\n  blocked: Your account is blocked. You cannot use Teams.\n",
        "teams:\n- name: core\n  description: The core team will not deploy on Fridays\n",
        "Blocked: [The request was blocked by the firewall.]\n",
        "blocked:\n- The user is blocked from Teams by an administrator.\n",
        "info: {title: Teams API, description: Customer cannot be deleted.}\nopenapi: 3.0.0\n",
        "- name: Install Teams\n  apt: {name: teams, state: present}\n- name: Restart\n  service: {name: x, state: restarted}\n",
        "release_notes: |\n  Customers can now use Teams to share files.\n",
        "faq:\n- q: Can I use Teams?\n  a: You cannot use Teams without a licence.\n",
        "known_issues:\n- {title: Sign-in fails, product: Teams, state: In Progress, summary: Customers cannot sign in to Teams}\n",
        "title: Service degradation\nservice: Exchange Online\nstate: In Progress\nsummary: Users cannot access their mailboxes\n",
        "name: teams-bot\ndescription: A bot for Teams\nkeywords: [teams, bot]\n",
        "name: Alice\nservice: billing\nstate: active\ndescription: Pays by bank transfer every month\n",
        "name: exchange-online\nservice: exchange\nstate: present\ndescription: Connects the exchange to the queue\n",
        "title: Contoso Hub\nservice: SharePoint\nsummary: How Contoso built its intranet in ten weeks\n",
        "on: push\nname: Deploy Teams App\nenv: {STATE: Blocked}\njobs: {a: {steps: [{name: x, run: echo Customer has}]}}\n",
        "services:\n  teams:\n    image: registry/teams:1\n    restart: always\n    labels: {description: The teams service of the shop}\n",
        "components:\n  schemas:\n    Note:\n      type: object\n      description: A note about a customer\n      properties: {status: {type: string, enum: [Blocked, In Progress], description: Status of the customer}}\n",
        "paths:\n  /teams: {get: {summary: List all teams of the customer, operationId: x, description: The customer must be signed in.}}\n",
        "en:\n  teams: {title: Teams, blocked: You have been blocked, empty: No teams have been created yet}\n",
        "name: \"@contoso/teams-sdk\"\nversion: 1.0.0\nlicense: MIT\ndescription: A client for Microsoft Teams\nauthor: Jane Doe\n",
        "- hosts: all\n  tasks:\n  - name: Ensure Exchange is stopped\n    service: {name: exchange, state: stopped}\n",
        "milestones:\n- {name: Northwind launch, product: Teams, status: In Progress, note: waiting for design review}\n",
        "- name: Forms\n  status: In Progress\n  owner: Sam\n  description: Rework the forms of the checkout page\n",
        "questions:\n- {q: What is Teams?, a: Teams is a chat product by Microsoft.}\n",
        "id: sharepoint-cve\ninfo:\n  name: Microsoft SharePoint - Remote Code Execution\n  author: pdteam\n  severity: critical\n  description: Microsoft SharePoint cannot validate uploaded files.\n",
        "alert: ExchangeDown\nexpr: up == 0\nannotations: {summary: Exchange is down, description: The exchange service cannot be reached for 5 minutes.}\n",
    ]);
}

#[test]
fn an_item_of_a_plan_is_no_record() {
    let read = |text: &str| {
        let (names, playbook) = (FieldNames::default(), crate::playbook::Playbook::built_in());
        let limits = crate::yaml::Limits::default();
        crate::record::read(text.as_bytes().to_vec(), &limits, &names, &playbook, Selection::Likely).records.len()
    };
    for text in [
        "feature: Breakout rooms\nstatus: In Progress\nnote: needs design\n",
        "ticket: T-1\nstatus: Blocked\nnote: waits for review\n",
        "- {task: Login, status: In Progress, note: Waiting for the design team to finish.}\n",
        "epic: Search\nstatus: Blocked\nnote: ''\n",
        "story: 4711\nstatus: in progress\nnote: n/a\nowner: Sam\n",
    ] {
        assert_eq!(read(text), 0, "{text}");
        left_alone(&[text]);
    }
    for text in [
        "ticket: T-1\nstatus: Blocked\nnote: Customer cannot deploy.\n",
        "ticket: T-1\ncustomer: Contoso\nstatus: Blocked\nnote: waits for review\n",
        "ticket: T-1\nworkload: Teams\nstatus: Blocked\nnote: waits for review\n",
        "ticket: T-1\nstatus: No Intent\nnote: waits for review\n",
        "ticket: T-1\nstatus: Blocked\nnote: Waits for the Teams gateway.\n",
        "status: Blocked\nnote: waits for review\n",
    ] {
        assert_eq!(read(text), 1, "{text}");
    }
}
