//! Whole runs over files in memory: every stage, with the reports.

use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use jiff::civil::date;
use notegate::config::Config;
use notegate::day::Today;
use notegate::engine::{Engine, NoteText, NotesBefore, Progress, Scope};
use notegate::grade::FailOn;
use notegate::playbook::Playbook;
use notegate::report::Sink;
use notegate::report::human::{Human, Idle, Look, Styling, Verbosity};
use notegate::report::json::Json;
use notegate::source::{Candidate, Content, Load, NotePath, Source, SourceError};
use notegate::yaml::Limits;

fn main() {
    divan::main();
}

/// Files of one record each, twenty workloads a customer, every tenth note poor.
struct Files(Vec<(NotePath, String)>);

impl Files {
    fn new(count: usize) -> Self {
        let file = |number: usize| {
            let path = NotePath::from_bytes(format!("notes/{number:06}.yaml"));
            let (customer, workload) = (number / 20, number % 20);
            let note = match number % 10 {
                0 => "Customer cannot deploy right now.".to_owned(),
                _ => format!("Customer will not deploy because appliance {number} cannot archive to the cloud."),
            };
            let text = format!(
                "customer: Customer {customer}\nworkload: Workload {workload}\nstatus: Blocked\nnote: {note}\n\
                 refresh_summary:\n  - date: 2020-03-27\n    who_changed: Celia Kennedy\n    what_changed: General\n"
            );
            (path, text)
        };
        Self((0..count).map(file).collect())
    }
}

impl Source for Files {
    fn paths(&self) -> Result<Vec<NotePath>, SourceError> {
        Ok(self.0.iter().map(|(path, _)| path.clone()).collect())
    }

    fn loader(&self) -> Result<Box<dyn Load + '_>, SourceError> {
        Ok(Box::new(self))
    }
}

impl Load for &Files {
    fn load(&mut self, path: &NotePath) -> Candidate {
        let found = self.0.binary_search_by(|(known, _)| known.cmp(path)).ok().and_then(|at| self.0.get(at));
        let after = found.map_or(Content::Absent, |(_, text)| Content::Bytes(text.clone().into_bytes()));
        Candidate { path: path.clone(), after, before: Vec::new(), shared: Vec::new() }
    }
}

struct NoProgress;

impl Progress for NoProgress {
    fn examined(&self, _done: usize, _total: usize) {}
}

fn run(files: &Files, playbook: &Playbook, sink: &mut dyn Sink) -> usize {
    let engine = Engine {
        config: &Config::default(),
        playbook,
        today: Today::fixed(date(2026, 7, 1)),
        limits: Limits::default(),
        fail_on: FailOn::Poor,
        scope: Scope::Changed,
        note_text: NoteText::Shown,
        notes_before: NotesBefore::LeftOut,
        writer: None,
    };
    engine.run(files, sink, &NoProgress).map_or(0, |tally| tally.summary.records)
}

#[divan::bench(args = [1, 100, 10_000], sample_count = 10)]
fn human(bencher: Bencher<'_, '_>, count: usize) {
    let (files, playbook) = (Files::new(count), Playbook::built_in());
    let look = Look { styling: Styling::Plain, width: 100, verbosity: Verbosity::Normal, idle: Idle::Counted };
    bencher
        .counter(ItemsCount::new(count))
        .bench_local(|| run(black_box(&files), &playbook, &mut Human::new(Vec::new(), look)));
}

#[divan::bench(args = [1, 100, 10_000], sample_count = 10)]
fn json(bencher: Bencher<'_, '_>, count: usize) {
    let (files, playbook) = (Files::new(count), Playbook::built_in());
    bencher
        .counter(ItemsCount::new(count))
        .bench_local(|| Json::new(Vec::new()).map_or(0, |mut sink| run(black_box(&files), &playbook, &mut sink)));
}
