//! Keys with a beginning or an end in common, numbered and abbreviated keys.

use super::*;

#[test]
fn keys_with_a_beginning_in_common() {
    reported(&[
        "ftc_customer: Contoso\nftc_workload: Teams\nftc_status: Blocked\nftc_note: Customer has no intent.\n",
        "ftc.customer: Contoso\nftc.workload: Own App\nftc.status: Blocked\nftc.note: TBD\n",
        "FTCCUSTOMER: Contoso\nFTCWORKLOAD: Teams\nFTCSTATUS: Blocked\nFTCNOTE: x\n",
        "ftcCustomer: Contoso\nftcWorkload: Teams\nftcNote: Customer has no intent.\n",
        "x-ftc-customer: Contoso\nx-ftc-workload: Teams\nx-ftc-note: Customer has no intent.\n",
        "our customer: Contoso\nour workload: Teams\nour note: Customer has no intent.\n",
        "fastTrackCustomerName: Contoso\nfastTrackWorkloadName: Teams\nfastTrackStatus: Blocked\nfastTrackNote: x\n",
        "ftc_client: Contoso\nftc_product: Teams\nftc_state: Blocked\nftc_comment: Customer has no intent.\n",
        "customer: Contoso\nworkload_state: Blocked\nteams_status: Blocked\nteams_note: Customer has no intent.\n",
        "region: EMEA\nseats: 5\nftc_customer: Contoso\nftc_workload: Teams\nftc_status: Blocked\nftc_note: x\n",
        "records:\n- {ftc_customer: Contoso, ftc_workload: Teams, ftc_status: Blocked, ftc_note: x}\n",
        "c_customer: Contoso\nw_workload: Teams\ns_status: Blocked\nn_note: x\n",
        "sCustomer: Contoso\nsWorkload: Teams\nsStatus: Blocked\nsNote: x\n",
        "ftc_\u{441}ustomer: Contoso\nftc_workload: Teams\nftc_status: Blocked\nftc_note: x\n",
        "|\n  ftc_customer: Contoso\n  ftc_workload: Teams\n  ftc_status: Blocked\n  ftc_note: x\n",
        "- ftc_customer: Contoso\n- ftc_workload: Teams\n- ftc_status: Blocked\n- ftc_note: x\n",
        "rows:\n- [ftc_customer, ftc_workload, ftc_status, ftc_note]\n- [Contoso, Teams, Blocked, x]\n",
        "data: |\n  ftc_customer,ftc_workload,ftc_status,ftc_note\n  Contoso,Teams,Blocked,x\n",
        "- {key: ftc_customer, value: L}\n- {key: ftc_workload, value: Yammer}\n- {key: ftc_note, value: x}\n",
    ]);
}

#[test]
fn keys_with_an_end_in_common() {
    reported(&[
        "customerText: Contoso\nworkloadText: Teams\nstatusText: Blocked\nnoteText: Customer has no intent.\n",
        "customerValue: Contoso\nworkloadValue: Teams\nstatusValue: Blocked\nnoteValue: x\n",
        "customer_field: Contoso\nworkload_field: Teams\nstatus_field: Blocked\nnote_field: x\n",
        "customer__c: Contoso\nworkload__c: Teams\nstatus__c: Blocked\nnote__c: x\n",
        "ftc_customer_txt: Contoso\nftc_workload_txt: Teams\nftc_status_txt: Blocked\nftc_note_txt: x\n",
        "customer (ftc): Contoso\nworkload (ftc): Teams\nstatus (ftc): Blocked\nnote (ftc): x\n",
    ]);
}

#[test]
fn numbered_keys() {
    reported(&[
        "1. customer: Contoso\n2. workload: Teams\n3. status: Blocked\n4. note: Customer has no intent.\n",
        "a) customer: Contoso\nb) workload: Teams\nc) status: Blocked\nd) note: x\n",
        "customer-name-1: Contoso\nworkload-name-1: Teams\nstatus-1: Blocked\nnote-1: Customer has no intent.\n",
        "customer1: Contoso\nworkload1: Teams\nnote1: Customer has no intent.\ncustomer2: Fabrikam\nworkload2: Teams\nnote2: x\n",
        "(1) client: Contoso\n(2) product: Teams\n(3) state: Blocked\n(4) comment: Customer has no intent.\n",
        "|\n  1. customer: Contoso\n  2. workload: Teams\n  3. status: Blocked\n  4. note: x\n",
    ]);
}

#[test]
fn abbreviated_keys() {
    reported(&[
        "cust: Contoso\nwl: Teams\nstat: Blocked\nnt: Customer has no intent.\n",
        "cust_nm: Contoso\nwkld: Teams\nsts: Blocked\ncmt: Customer has no intent.\n",
        "CSTMR: Contoso\nWRKLD: Teams\nSTTS: Blocked\nNT: x\n",
        "custNm: Contoso\nwlNm: Teams\nstat: Blocked\nntTxt: Customer has no intent.\n",
        "acct: Contoso\nprod: Teams\nst: No Intent\nrmks: Customer has no intent.\n",
        "customer: Contoso\nwkld: Teams\nstatus: Blocked\nnt: x\n",
        "- {cust: Contoso, wl: Teams, nt: Customer has no intent.}\n",
        "ftc_cust: Contoso\nftc_wl: Teams\nftc_stat: Blocked\nftc_nt: Customer has no intent.\n",
        "rows:\n- [cust, wl, stat, nt]\n- [Contoso, Teams, Blocked, x]\n",
    ]);
}

#[test]
fn the_help_names_the_keys() {
    let help = |text: &str| only(text).finding.help.unwrap();
    assert!(help("ftc_customer: A\nftc_workload: Own\nftc_status: Blocked\nftc_note: x\n").starts_with(
        "Write `customer` in place of `ftc_customer`, `workload` in place of `ftc_workload`, `status` in place of \
             `ftc_status` and `note` in place of `ftc_note`."
    ));
    assert!(help("cust: A\nwl: Teams\nnt: Customer has no intent.\n").starts_with(
        "Write `customer` in place of `cust`, `workload` in place of `wl` and `note` in place of `nt`. Where all notes \
             are written with these keys, set `fields: {customer: cust, workload: wl, note: nt}`"
    ));
}

#[test]
fn other_files_with_such_keys_are_left_alone() {
    left_alone(&[
        "order_customer: Jane\norder_status: paid\norder_note: Leave it at the door\n",
        "app_workload: web\napp_status: running\nreplicas: 3\n",
        "customer_id: 5\ncustomer_status: active\ncustomer_note: prefers to be called\n",
        "release_status: Blocked\nrelease_note: waits for the review of Sam\n",
        "build_status: ok\nbuild_note: nothing to add here\nversion: 5\n",
        "customerText: Customer\nworkloadText: Workload\nstatusText: Status\nnoteText: Note\n",
        "en: {customer_label: Customer, workload_label: Workload, status_label: Status, note_label: Note}\n",
        "customer_column: A\nworkload_column: B\nstatus_column: C\nnote_column: D\n",
        "env: {APP_CUSTOMER: acme, APP_WORKLOAD: web, APP_STATUS: on}\n",
        "tags: {ft_customer: acme, ft_workload: web, ft_status: active}\n",
        "status_code: 200\nstatus_text: OK\nnote_id: 5\ncustomer_id: 7\n",
        "note1: salt and pepper\nnote2: more salt to taste\nstatus1: ok\n",
        "stat: 5\nnt: 3\nwl: 2\ncust: 1\n",
        "st: ok\nnt: windows server host\nwl: b\n",
        "acct: 4711\nprod: web\nst: paid\ncmt: thirty days after delivery\n",
        "env: {prod: teams, stg: web, dev: local}\n",
        "prod: {svc: Teams, stat: up, msg: all is well here}\n",
        "cust: Jane\nstat: shipped\nnt: ring twice please\n",
        "keynote: at nine in the hall\nkeystatus: open\nfootnote: none of it\n",
        "customer_name: Jane\nstatus_note: paid in full already\norder_no: 5\n",
        "x-logging: {driver: a}\nx-note: see the wiki first\nx-status: stable\n",
    ]);
}
