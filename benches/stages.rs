//! What each stage costs on its own, on one file of one record.

use divan::{Bencher, black_box};
use notegate::playbook::{Additions, Playbook};
use notegate::reading;
use notegate::record::{self, FieldNames, Selection};
use notegate::text::SourceText;
use notegate::yaml::{self, Limits};

const FILE: &str = include_str!("../fixtures/contoso/notes/contoso/exchange-online.yaml");
const NOTE: &str = "Due to a firewall not properly forwarding traffic, the customer will not deploy service because they \
                    are unable to connect to mailboxes.";

fn main() {
    divan::main();
}

#[divan::bench]
fn playbook() -> Playbook {
    Playbook::with(black_box(&Additions::default()))
}

#[divan::bench]
fn yaml(bencher: Bencher<'_, '_>) {
    let text = SourceText::new(FILE.to_owned());
    let limits = Limits::default();
    bencher.bench_local(|| yaml::parse(black_box(&text), &limits).documents.len());
}

#[divan::bench]
fn record(bencher: Bencher<'_, '_>) {
    let limits = Limits::default();
    let names = FieldNames::default();
    let playbook = Playbook::built_in();
    bencher
        .with_inputs(|| FILE.as_bytes().to_vec())
        .bench_local_values(|bytes| record::read(bytes, &limits, &names, &playbook, Selection::Likely));
}

#[divan::bench(args = [1, 10, 100])]
fn reading(bencher: Bencher<'_, '_>, copies: usize) {
    let playbook = Playbook::built_in();
    let note = NOTE.repeat(copies);
    let context = reading::ReadingContext { workload: Some("Exchange Online"), ..reading::ReadingContext::default() };
    bencher.bench_local(|| reading::read(black_box(&note), context, &playbook));
}
