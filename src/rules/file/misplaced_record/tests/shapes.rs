//! Records in texts, lists, pairs and tables.

use super::*;

#[test]
fn records_in_texts_and_spread_over_lists() {
    for text in [
        "|\n  Customer: Litware\n  Workload: Teams\n  Status: Blocked\n  Note: Customer has no intent.\n",
        "customer:Litware\nworkload:Teams\nstatus:Blocked\nnote:bad\n",
        "customer:Litware note:bad\n",
        "customer = Litware\nnote = bad\n",
        "Customer：Litware\nNote：bad\n",
        "\"Customer: Litware\\nNote: Customer has no intent.\"\n",
        "body: |\n  Customer: Litware\n  Status: Blocked\n  Note: Customer has no intent.\n",
        "- customer:Litware\n- workload:Teams\n- note:bad\n",
        "- Customer: Litware\n- Workload: Teams\n- Note: bad\n",
        "record:\n  - Customer: Litware\n  - Workload: Teams\n  - Status: Blocked\n  - Note: bad\n",
    ] {
        assert_eq!(run(&MisplacedRecord, text).len(), 1, "{text}");
    }
}

#[test]
fn records_in_pairs_plurals_and_under_names() {
    for text in [
        "customers: [{name: L, workloads: [{name: Yammer, status: No Intent, note: Customer will not use it.}]}]\n",
        "customers:\n  - name: L\n    workloads:\n      - {name: Own App, status: Blocked, note: Customer cannot use it.}\n",
        "workloads: [{name: Teams, note: TBD}]\n",
        "x: {workloads: [{Name: Intune, status: Blocked, note: x}]}\n",
        "customers: L\nworkloads: Yammer\nstatuses: No Intent\nnotes: Customer will not use it.\n",
        "Customers: [L]\nWorkloads: [Yammer]\nStatuses: [No Intent]\nNotes: [Customer will not use it.]\n",
        "workloads: Yammer\nstatuses: Blocked\nnotes: x\n",
        "x: {customers: L, workloads: Yammer, statuses: No Intent, notes: Customer will not use it.}\n",
        "- [customer, L]\n- [workload, Yammer]\n- [status, No Intent]\n- [note, Customer will not use it.]\n",
        "record: [[customer, L], [workload, Yammer], [status, No Intent], [note, x]]\n",
        "- {key: customer, value: L}\n- {key: workload, value: Yammer}\n- {key: note, value: x}\n",
        "fields:\n  - {name: Workload, value: Yammer}\n  - {name: Status, value: Blocked}\n  - {value: x, name: Note}\n",
        "record: |\n  customer: L\n  workload: Yammer\n  note: Customer will not use it.\n",
        "records:\n- fields:\n  - field: {name: customer, value: L}\n  - field: {name: workload, value: Yammer}\n  - field: {name: note, value: x}\n",
        "- {id: 1, name: customer, value: L}\n- {id: 2, name: workload, value: Yammer}\n- {id: 3, name: note, value: x}\n",
        "x: {a: {name: customer, value: L}, b: {name: workload, value: Yammer}, c: {name: note, value: x}}\n",
        "x: [{name: {text: customer}, value: {text: L}}, {name: {text: workload}, value: {text: Yammer}}, {name: note, value: x}]\n",
        "x: {y: [{z: {field: workload, value: Yammer, type: text}}, {z: {field: status, value: Blocked, type: text}}, {z: {field: note, value: x, type: text}}]}\n",
        "- {question: Customer, answer: L}\n- {question: Workload, answer: Yammer}\n- {question: Note, answer: x}\n",
        "values: [{title: Client, value: L}, {title: Product, value: Yammer}, {title: Comment, value: Customer will not use it.}]\n",
        "record: |\n  customer: L\n  workload: Own\n  status: Blocked\n",
        "record: |\n  workload: Yammer\n  status: TBD\n  note: TBD\n",
    ] {
        assert_eq!(run(&MisplacedRecord, text).len(), 1, "{text}{:?}", run(&MisplacedRecord, text));
    }
    for text in [
        "workloads: [{name: api, replicas: 3, note: needs the new cluster first}]\n",
        "workloads: [{name: api, status: Running, note: needs the new cluster first}]\n",
        "customers: [{name: Jane, status: active, note: Leave it at the door}]\n",
        "env: [{name: STATUS, value: ok}, {name: NOTE, value: some text of it}]\n",
        "env: [{name: PRODUCT, value: teams}, {name: STAGE, value: prod}, {name: COMMENT, value: built by a nightly job}]\n",
        "form: [{type: input, label: Customer, value: ''}, {type: input, label: Workload, value: ''}, {type: area, label: Note, value: ''}]\n",
        "x: {a: {name: status, value: ok}, b: {name: note, value: some text of it}}\n",
        "- [customer, workload]\n- [note, status]\n",
        "links: [[note, https://example.com], [status, https://example.com]]\n",
        "customers: 5\nstatuses: [a, b]\nnotes: three per page at most\n",
        "statuses: {open: Open, closed: Closed}\nnotes: x\n",
        "description: |\n  Customer: who pays.\n  Workload: what runs.\n  Note: anything else that helps.\n",
    ] {
        assert!(!is_reported(text), "{text}{:?}", run(&MisplacedRecord, text));
    }
}

#[test]
fn tables() {
    for text in [
        "columns: [customer, workload, status, note]\nrows:\n  - [Contoso, Teams, Blocked, Customer will not deploy]\n",
        "header: [Customer, Workload, Status, Note]\ndata:\n  - [Contoso, Teams, TBD, TBD]\n",
        "rows:\n  - [Contoso, Customer will not deploy, Teams]\ncolumns: [customer, note, workload]\n",
        "- [customer, workload, status, note]\n- [Contoso, Teams, Blocked, x]\n",
        "x:\n  - [id, customerName, workload, status, statusNote]\n  - [1, Contoso, Own, Blocked, x]\n  - [2, B, Own, x, x]\n",
        "|\n  customer,workload,status,note\n  Contoso,Teams,Blocked,x\n",
        "export: |\n  | Customer | Workload | Status | Note |\n  |---|---|---|---|\n  | Contoso | Teams | Blocked | x |\n",
        "|\n  customer;workload;note\n  Contoso;Own;Customer will not deploy\n",
        "data: |\n  Entitlements in May\n\n  customer,workload,status,note\n  Contoso,Teams,Blocked,x\n",
        "data: |\n  # by Sam, Li and Bo\n  customer\tworkload\tnote\n  Contoso\tOwn\tCustomer will not deploy\n",
        "data: >\n  customer,workload,status,note\n  Contoso,Teams,Blocked,x\n",
        "customer,workload,status,note\nContoso,Teams,Blocked,x\n",
        "data: \"customer;workload;note Contoso;Own;Customer will not deploy\"\n",
        "data: |\n  customer   workload  status   note\n  Contoso    Teams     Blocked  x\n",
        "rows:\n- customer,workload,status,note\n- Contoso,Teams,Blocked,x\n",
        "- client;product;state;comment\n- Contoso;Teams;Blocked;x\n",
        "export: \"client,product,state,comment\\nContoso,Teams,Blocked,Customer will not deploy\"\n",
    ] {
        let seen = only(text);
        assert_eq!(seen.finding.message, "this looks like a table of records, and tables are not read", "{text}");
    }
    for text in [
        "columns: [id, customer, status, note]\nsort: customer\n",
        "columns: [customer, workload, status, note]\n",
        "columns: [customer, workload, status, note]\nrows: 20\n",
        "header: [id, customer, status]\nrows: [[1, Jane, shipped]]\n",
        "header: [id, customer, status, note]\nrows: [[1, Jane, shipped, Leave it at the door]]\n",
        "- [customer, workload, status, note]\n- [Customer, Workload, Status, Note]\n",
        "- [1, 2, 3]\n- [4, 5, 6]\n",
        "select: customer, workload, status, note\n",
        "select: customer, workload, status, note from records\n",
        "help: |\n  Give customer, workload, status, note.\n  Each of them, once, in words, please.\n",
        "keys:\n- customer, workload, note\n- status, date, waivers\n",
        "run: |\n  echo customer, status, note\n  echo done, and more, and more\n",
    ] {
        assert!(!is_reported(text), "{text}");
    }
}
