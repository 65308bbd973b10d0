//! The layers of the reading as readable Markdown: `tests/reading/*.md` have notes, and below each note the layers that
//! it is about, as the trace has them.
//!
//! A case is a heading, perhaps `workload:` and `customer:` lines, the note as a quotation, and one block of code a
//! layer, whose name stands after the three ticks. After a change that is meant, write the blocks anew and look at the
//! difference: `NOTEGATE_REGENERATE=1 cargo test --test reading_layers`.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that meets what it does not expect has to stop"
)]

mod support;

use notegate::playbook::Playbook;
use notegate::reading::ReadingContext;
use notegate::reading::trace::{PointsTrace, Quote, Trace, Traced, trace};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// The layers that a block can show.
const LAYERS: [&str; 9] =
    ["text", "terms", "cues", "sentences", "clauses", "propositions", "features", "points", "answers"];

/// What of a file was read so far.
#[derive(Default)]
struct Case {
    title: String,
    workload: Option<String>,
    customer: Option<String>,
    note: Option<String>,
}

impl Case {
    fn traced(&self, playbook: &Playbook) -> Traced {
        let note = self.note.as_deref().unwrap_or_else(|| panic!("{}: no note", self.title));
        let context = ReadingContext { customer: self.customer.as_deref(), workload: self.workload.as_deref() };
        trace(note, context, playbook)
    }
}

/// One layer of a case: what its page shows, and what the trace has.
struct Block {
    title: String,
    layer: &'static str,
    shown: Vec<String>,
    now: Vec<String>,
}

impl Block {
    /// The lines that went and those that came.
    fn difference(&self) -> Option<String> {
        let only = |sign: &str, these: &[String], those: &[String]| -> Vec<String> {
            these.iter().filter(|line| !those.contains(line)).map(|line| format!("{sign} {line}")).collect()
        };
        let lines = [only("-", &self.shown, &self.now), only("+", &self.now, &self.shown)].concat();
        (self.shown != self.now).then(|| format!("{}: {}\n{}", self.title, self.layer, lines.join("\n")))
    }
}

/// The file with each block as the trace has it now.
fn renewed(text: &str, playbook: &Playbook, blocks: &mut Vec<Block>) -> String {
    let mut out = String::new();
    let mut case = Case::default();
    let mut is_inside = false;
    for line in text.lines() {
        if is_inside {
            is_inside = line != "```";
            if is_inside {
                blocks.last_mut().unwrap().shown.push(line.to_owned());
                continue;
            }
        } else if let Some(title) = line.strip_prefix("## ") {
            case = Case { title: title.to_owned(), ..Case::default() };
        } else if let Some(workload) = line.strip_prefix("workload: ") {
            case.workload = Some(workload.to_owned());
        } else if let Some(customer) = line.strip_prefix("customer: ") {
            case.customer = Some(customer.to_owned());
        } else if let Some(more) = line.strip_prefix("> ") {
            case.note = Some(case.note.map_or(more.to_owned(), |note| format!("{note}\n{more}")));
        } else if let Some(layer) = line.strip_prefix("```") {
            let layer = LAYERS.iter().find(|known| **known == layer).unwrap_or_else(|| panic!("no layer {layer}"));
            let now = shown(layer, &case.traced(playbook).trace);
            writeln!(out, "{line}\n{}", now.join("\n")).unwrap();
            blocks.push(Block { title: case.title.clone(), layer, shown: Vec::new(), now });
            is_inside = true;
            continue;
        }
        writeln!(out, "{line}").unwrap();
    }
    assert!(!is_inside, "a block is not closed");
    out
}

fn shown(layer: &str, trace: &Trace) -> Vec<String> {
    let lines = match layer {
        "text" => vec![trace.text.clone()],
        "terms" => terms(trace),
        "cues" => {
            let cues = trace.cues.iter();
            cues.map(|cue| format!("{}: {} -> {} {}", cue.file, cue.id, cue.gives, quoted(&cue.words))).collect()
        }
        "sentences" => {
            let led =
                |words: &[String]| if words.is_empty() { String::new() } else { format!(", {}", words.join(", ")) };
            let sentences = trace.sentences.iter();
            sentences.map(|one| format!("{}: {}{}", one.about, quoted(&one.words), led(&one.led_by))).collect()
        }
        "clauses" => clauses(trace),
        "propositions" => propositions(trace),
        "features" => {
            trace.features.iter().map(|one| format!("{}{}", one.feature, after(one.words.as_ref()))).collect()
        }
        "points" => [points("reason", &trace.reason_points), points("state", &trace.state_points)].concat(),
        _ => {
            let answers = trace.answers.iter();
            answers
                .map(|one| format!("{}: {}{} <- {}", one.question, one.value, after(one.words.as_ref()), one.because))
                .collect()
        }
    };
    if lines.is_empty() { vec!["none".to_owned()] } else { lines }
}

/// The words, after a blank, where there are any.
fn after(words: Option<&Quote>) -> String {
    words.map(|words| format!(" {}", quoted(words))).unwrap_or_default()
}

fn quoted(quote: &Quote) -> String {
    format!("“{}”", quote.text.replace('\n', " "))
}

fn terms(trace: &Trace) -> Vec<String> {
    let words = trace.terms.iter().filter(|term| term.kind != "punctuation" || !term.marks.is_empty());
    words
        .map(|term| {
            let mut line = format!("{}:", term.text);
            let named = [("names", &term.names), ("part of", &term.part_of), ("never of", &term.never_of)];
            let lists = term.lists.iter().map(|list| (*list).to_owned());
            let named = named.iter().filter_map(|(how, workload)| Some(format!("{how} {}", workload.as_ref()?)));
            let mut known: Vec<String> = lists.chain(named).collect();
            if term.is_unknown() {
                known.push("in no list".to_owned());
            }
            if !known.is_empty() {
                write!(line, " {}", known.join(", ")).unwrap();
            }
            for look in &term.look {
                write!(line, " [{look}]").unwrap();
            }
            for mark in &term.marks {
                write!(line, " {{{}}}", mark.mark).unwrap();
            }
            line
        })
        .collect()
}

fn clauses(trace: &Trace) -> Vec<String> {
    let clauses = trace.clauses.iter();
    clauses
        .map(|clause| {
            let after = clause.connective.as_ref().map(|words| format!(" after {}", quoted(words))).unwrap_or_default();
            let contrast = if clause.contrast { ", contrast" } else { "" };
            let aside = match (clause.set_aside, clause.padding) {
                (true, _) => " (set aside as padding)",
                (false, Some(_)) => " (padding, and kept)",
                _ => "",
            };
            format!("S{} {}{contrast}{after}: {}{aside}", clause.sentence, clause.role, quoted(&clause.words))
        })
        .collect()
}

fn propositions(trace: &Trace) -> Vec<String> {
    let found = trace.propositions.iter().map(|one| {
        let made_of: Vec<String> = one.made_of.iter().map(|word| format!("{} {}", word.text, word.effect)).collect();
        let by = format!("{} {} {} {}", one.holder, one.predicate, one.direction, one.strength);
        (one.clause, format!("C{} {by}: {} [{}] {}", one.clause, quoted(&one.words), made_of.join(", "), one.because))
    });
    let without =
        trace.without_proposition.iter().map(|one| (one.clause, format!("C{} none: {}", one.clause, one.because)));
    let mut all: Vec<(usize, String)> = found.chain(without).collect();
    all.sort();
    all.into_iter().map(|(_, line)| line).collect()
}

fn points(what: &str, points: &PointsTrace) -> Vec<String> {
    let head = format!("{what}: {} points, {}", points.points, points.kind.name());
    let each = points.terms.iter().map(|one| format!("  {} {}: {}", one.points, one.text, one.because));
    std::iter::once(head).chain(each).collect()
}

fn files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reading");
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

#[test]
fn every_layer_is_what_its_page_shows() {
    let playbook = Playbook::built_in();
    let mut blocks = Vec::new();
    for path in files() {
        let text = fs::read_to_string(&path).unwrap();
        let now = renewed(&text, &playbook, &mut blocks);
        if support::regenerates() {
            fs::write(&path, &now).unwrap();
        }
    }
    let wrong: Vec<String> = blocks.iter().filter_map(Block::difference).collect();
    assert!(
        wrong.is_empty() || support::regenerates(),
        "{}\nif that is meant: NOTEGATE_REGENERATE=1 cargo test --test reading_layers",
        wrong.join("\n")
    );
    let titles: BTreeSet<&String> = blocks.iter().map(|block| &block.title).collect();
    assert!(titles.len() >= 25, "{} cases", titles.len());
    for layer in LAYERS {
        assert!(blocks.iter().any(|block| block.layer == layer), "no case shows {layer}");
    }
}
