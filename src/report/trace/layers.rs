//! The layers of a reading for people: one heading a layer, one line a term, clause or cue.

use super::human::quoted;
use super::table::{Cell, Layout, Overflow};
use crate::reading::trace::{ClauseTrace, PointsTrace, PropositionTrace, TermTrace, Trace};
use owo_colors::Style;
use std::io::{self, Write};

/// The widest that the column of who says what gets.
const WIDEST_SAYING: usize = 48;

/// Writes the layers of a trace.
pub(super) struct Layers<'a> {
    pub(super) layout: Layout,
    pub(super) trace: &'a Trace,
}

impl Layers<'_> {
    pub(super) fn write<W: Write>(&self, out: &mut W) -> io::Result<()> {
        self.heading(out, "1 Text", "src/lexicon/text.rs")?;
        let text = Cell::new(&self.trace.text);
        self.layout.rows(out, 2, &[vec![text]])?;
        self.terms(out)?;
        self.cues(out)?;
        self.clauses(out)?;
        self.propositions(out)?;
        self.features(out)?;
        self.points(out)?;
        self.answers(out)
    }

    fn heading<W: Write>(&self, out: &mut W, title: &str, made_in: &str) -> io::Result<()> {
        let break_before = if title.starts_with('1') { "" } else { "\n" };
        let title = self.layout.styling.paint(title, Style::new().bold());
        writeln!(out, "{break_before}{title}  {}", self.layout.styling.paint(made_in, dim()))
    }

    fn terms<W: Write>(&self, out: &mut W) -> io::Result<()> {
        self.heading(
            out,
            "2 Terms",
            "lists: src/playbook/lexicon/, src/playbook/workloads.yaml; {marks}: src/playbook/cues/",
        )?;
        let shown = self.trace.terms.iter().filter(|term| term.kind != "punctuation" || !term.marks.is_empty());
        let rows: Vec<Vec<Cell>> = shown.map(term).collect();
        self.layout.rows(out, 2, &rows)
    }

    fn cues<W: Write>(&self, out: &mut W) -> io::Result<()> {
        self.heading(out, "3 Cues", "src/playbook/cues/")?;
        // A cue is looked for as a whole before the next one, so what it found stands together.
        let runs = self.trace.cues.chunk_by(|one, next| (&one.id, &one.pattern) == (&next.id, &next.pattern));
        let rows: Vec<Vec<Cell>> = runs
            .filter_map(|run| {
                let cue = run.first()?;
                let file = cue.file.rsplit('/').next().unwrap_or_default();
                let words: Vec<String> = run.iter().map(|cue| quoted(&cue.words)).collect();
                let found = format!("{}  {}", words.join(" "), cue.pattern);
                Some(vec![
                    Cell::new(format!("{file}: {}", cue.id)),
                    Cell::new(format!("{{{}}}", cue.gives)),
                    Cell::new(found).styled(dim()),
                ])
            })
            .collect();
        self.none_or(out, &rows, Layout { overflow: Overflow::Clip, ..self.layout })
    }

    fn clauses<W: Write>(&self, out: &mut W) -> io::Result<()> {
        self.heading(out, "4 Sentences and clauses", "src/reading/clause.rs, src/reading/answer/relevance.rs")?;
        for sentence in &self.trace.sentences {
            let led = sentence.led_by.join(", ");
            let about = match sentence.about {
                "status" => "about the status".to_owned(),
                about => format!("off topic, {about}: {led}"),
            };
            self.layout.rows(out, 2, &[vec![Cell::new(format!("S{}", sentence.number)), Cell::new(about)]])?;
            let own = self.trace.clauses.iter().filter(|clause| clause.sentence == sentence.number);
            let rows: Vec<Vec<Cell>> = own.map(clause).collect();
            self.layout.rows(out, 4, &rows)?;
        }
        Ok(())
    }

    fn propositions<W: Write>(&self, out: &mut W) -> io::Result<()> {
        self.heading(out, "5 Propositions", "src/reading/proposition/; which one decides: src/reading/balance.rs")?;
        let width =
            self.trace.propositions.iter().map(|one| says(one).chars().count()).max().unwrap_or(0).min(WIDEST_SAYING);
        for proposition in &self.trace.propositions {
            self.layout.rows(out, 2, &[head(proposition, width)])?;
            let words = format!("{}{}", quoted(&proposition.words), found_by(proposition));
            self.layout.rows(out, 6, &[vec![Cell::new(words)]])?;
            let made_of = proposition.made_of.iter().map(|word| {
                let from = word.from.join("; ");
                vec![Cell::new(&word.text), Cell::new(word.effect), Cell::new(from).styled(dim())]
            });
            self.layout.rows(out, 6, &made_of.collect::<Vec<_>>())?;
        }
        let without = self.trace.without_proposition.iter().map(|without| {
            let because = format!("no proposition: {}", without.because);
            vec![Cell::new(format!("C{}", without.clause)), Cell::new(because).styled(dim())]
        });
        self.layout.rows(out, 2, &without.collect::<Vec<_>>())
    }

    fn features<W: Write>(&self, out: &mut W) -> io::Result<()> {
        self.heading(out, "6 Features", "src/reading/features.rs, src/reading/facts.rs")?;
        let words = |words: &Option<_>| words.as_ref().map(quoted).unwrap_or_default();
        let rows: Vec<Vec<Cell>> = self
            .trace
            .features
            .iter()
            .map(|feature| vec![Cell::new(feature.feature), Cell::new(words(&feature.words))])
            .collect();
        self.none_or(out, &rows, self.layout)
    }

    fn points<W: Write>(&self, out: &mut W) -> io::Result<()> {
        self.heading(out, "7 Points", "src/reading/specificity.rs; thresholds: src/playbook/thresholds.yaml")?;
        self.layout.rows(out, 2, &[vec![Cell::new(total("reason", &self.trace.reason_points))]])?;
        self.weighed(out, &self.trace.reason_points)?;
        let same = self.trace.state_points.terms == self.trace.reason_points.terms;
        let by = if same { ", by the same terms" } else { "" };
        self.layout.rows(out, 2, &[vec![Cell::new(total("state", &self.trace.state_points) + by)]])?;
        if same { Ok(()) } else { self.weighed(out, &self.trace.state_points) }
    }

    fn weighed<W: Write>(&self, out: &mut W, points: &PointsTrace) -> io::Result<()> {
        let rows: Vec<Vec<Cell>> = points
            .terms
            .iter()
            .map(|weighed| {
                let points = format!("{:>2}", weighed.points);
                vec![Cell::new(points), Cell::new(&weighed.text), Cell::new(weighed.because).styled(dim())]
            })
            .collect();
        self.layout.rows(out, 4, &rows)
    }

    fn answers<W: Write>(&self, out: &mut W) -> io::Result<()> {
        self.heading(out, "8 Answers", "src/reading/answer/")?;
        let rows: Vec<Vec<Cell>> = self
            .trace
            .answers
            .iter()
            .map(|answer| {
                let words = answer.words.as_ref().map(|words| format!("{} ", quoted(words))).unwrap_or_default();
                let because = format!("{words}← {}; {}", answer.because, answer.file);
                let bold = Style::new().bold();
                vec![Cell::new(answer.question), Cell::new(&answer.value).styled(bold), Cell::new(because)]
            })
            .collect();
        self.layout.rows(out, 2, &rows)
    }

    fn none_or<W: Write>(&self, out: &mut W, rows: &[Vec<Cell>], layout: Layout) -> io::Result<()> {
        if rows.is_empty() { writeln!(out, "  none") } else { layout.rows(out, 2, rows) }
    }
}

fn dim() -> Style {
    Style::new().dimmed()
}

fn term(term: &TermTrace) -> Vec<Cell> {
    let named = [("names", &term.names), ("part of", &term.part_of), ("never of", &term.never_of)];
    let named = named.into_iter().filter_map(|(how, workload)| Some(format!("{how} {}", workload.as_ref()?)));
    let mut knows: Vec<String> = term.lists.iter().map(|list| (*list).to_owned()).chain(named).collect();
    if term.is_unknown() {
        knows.push("in no list".to_owned());
    } else if term.kind == "number" && knows.is_empty() {
        knows.push("number".to_owned());
    }
    let entry = term.entry.as_ref().map(|entry| format!(" (entry: {entry})")).unwrap_or_default();
    let style = if term.is_unknown() { Style::new().yellow() } else { Style::new() };
    let marks = term.marks.iter().map(|mark| match &mark.cue {
        Some(_) => format!("{{{}}}", mark.mark),
        None => format!("{{{}}}, the record's customer", mark.mark),
    });
    let look =
        term.look.iter().filter(|_| term.is_unknown() || term.look.contains(&"joined")).map(|look| format!("[{look}]"));
    let says: Vec<String> = look.chain(marks).collect();
    vec![
        Cell::new(format!("{:>3}", term.number)).styled(dim()),
        Cell::new(&term.text),
        Cell::new(knows.join(", ") + &entry).styled(style),
        Cell::new(says.join(" ")),
    ]
}

fn clause(clause: &ClauseTrace) -> Vec<Cell> {
    let contrast = if clause.contrast { ", contrast" } else { "" };
    let opened = clause.connective.as_ref().map(|words| {
        let lists = clause.connective_lists.join(", ");
        if lists.is_empty() { quoted(words) } else { format!("{} ({lists})", quoted(words)) }
    });
    let aside = match (clause.set_aside, clause.padding) {
        (true, Some(why)) => format!(" ← set aside as padding: {why}"),
        (false, Some(why)) => format!(" ← padding, and kept because nothing else is left: {why}"),
        _ => String::new(),
    };
    let about = clause.about.filter(|about| *about != "status").map(|about| format!(" ← off topic by itself: {about}"));
    let style = if clause.set_aside { dim() } else { Style::new() };
    vec![
        Cell::new(format!("C{}", clause.number)),
        Cell::new(format!("{}{contrast}", clause.role)),
        Cell::new(opened.unwrap_or_default()),
        Cell::new(format!("{}{aside}{}", quoted(&clause.words), about.unwrap_or_default())).styled(style),
    ]
}

/// Who says what, how.
fn says(proposition: &PropositionTrace) -> String {
    let PropositionTrace { holder, predicate, direction, strength, .. } = proposition;
    let named = proposition.holder_words.as_ref().map(|words| format!(" {}", quoted(words))).unwrap_or_default();
    format!("{holder}{named} · {predicate} · {direction} · {strength}")
}

fn head(proposition: &PropositionTrace, width: usize) -> Vec<Cell> {
    let PropositionTrace { number, clause, .. } = proposition;
    let style = if proposition.decides { Style::new().green().bold() } else { Style::new() };
    vec![
        Cell::new(format!("P{number} C{clause}")),
        Cell::new(format!("{:<width$}", says(proposition))).styled(style),
        Cell::new(format!("→ {}", proposition.because)),
    ]
}

/// The code that found it, where that is not the usual one.
fn found_by(proposition: &PropositionTrace) -> String {
    match proposition.found_by {
        "src/reading/proposition/mod.rs: of_clause" => String::new(),
        by => format!(" (found by {by})"),
    }
}

fn total(what: &str, points: &PointsTrace) -> String {
    let PointsTrace { points: sum, thin_from, concrete_from, kind, .. } = points;
    format!("{what}: {} ({sum} points; thin from {thin_from}, concrete from {concrete_from})", kind.name())
}
