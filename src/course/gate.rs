//! What a configuration says of a commit, judged against every one of its parents, as the gate would have on its day.

use super::census::{Census, Kinship};
use super::{CourseError, Walk};
use crate::config::{Config, Level, RuleLevels, SecondReading};
use crate::day::Today;
use crate::engine::{Engine, NoteText, NotesBefore, Progress, Scope};
use crate::finding::Severity;
use crate::grade::{FailOn, Grade};
use crate::playbook::Playbook;
use crate::report::Sink;
use crate::report::model::{FileReport, FindingReport, RecordReport};
use crate::report::tally::Tally;
use crate::rules::{self, note::copied_note};
use crate::source::{Elsewhere, Extent, Load, NotePath, Selected, SetAside, Sought, Source, SourceError};
use crate::yaml::Limits;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io;
use std::sync::{Arc, OnceLock};

/// A configuration in force.
pub(crate) struct Gate<'a> {
    config: Cow<'a, Config>,
    playbook: &'a Playbook,
    census: Arc<LateCensus>,
    /// Notes are compared with all of their customer, records with those of their workload alone.
    kinship: Kinship,
}

/// A census that is taken when it is asked for.
type LateCensus = OnceLock<Result<Census, SourceError>>;

/// One census for all configurations under which files are read alike.
#[derive(Default)]
pub(crate) struct Censuses {
    taken: HashMap<String, Arc<LateCensus>>,
}

impl Censuses {
    fn of(&mut self, config: &Config) -> Arc<LateCensus> {
        let reading = Config {
            levels: RuleLevels::default(),
            fail_on: FailOn::default(),
            second_reader: SecondReading::Off,
            ..config.clone()
        };
        Arc::clone(self.taken.entry(reading.to_yaml()).or_default())
    }
}

impl<'a> Gate<'a> {
    /// The gate under `config`, whose playbook is `playbook`.
    pub(crate) fn new(config: &'a Config, playbook: &'a Playbook, censuses: &mut Censuses) -> Self {
        let census = censuses.of(config);
        let meta = &copied_note::META;
        let worst = meta.default.and_then(|default| config.worst_severity(meta.name, default));
        let blocks = config.fail_on == FailOn::Marginal || worst == Some(Severity::Error);
        let (config, kinship) = match blocks {
            true => (Cow::Borrowed(config), Kinship::Customer),
            false => (Cow::Owned(without_copies(config)), Kinship::Record),
        };
        Self { config, playbook, census, kinship }
    }

    /// Judges a commit of `walk` by its number. Nothing when it touches no file that is examined.
    ///
    /// # Errors
    /// When an object is missing or cannot be read.
    pub(crate) fn judge(&self, walk: &Walk, number: usize, sink: &mut dyn Sink) -> Result<Option<Tally>, CourseError> {
        let (Some(commit), Some(changes)) = (walk.past.commits.get(number), walk.changes.get(number)) else {
            return Ok(None);
        };
        let selected = Selected::new(changes, &self.config.files);
        if selected.paths()?.is_empty() {
            return Ok(None);
        }
        // Whoever wrote it, and wherever: a date that had begun somewhere is not one to come.
        let engine = self.engine(Today::anywhere(commit.time()));
        let census = self.census.get_or_init(|| Census::of(walk, &engine)).as_ref().map_err(Clone::clone)?;
        let tally = engine.run(&OfCommit { selected, census, kinship: self.kinship }, sink, &Unseen)?;
        Ok(Some(tally))
    }

    fn engine(&self, today: Today) -> Engine<'_> {
        Engine {
            config: &self.config,
            playbook: self.playbook,
            today,
            limits: Limits::default(),
            fail_on: self.config.fail_on,
            scope: Scope::Changed,
            note_text: NoteText::Shown,
            notes_before: NotesBefore::LeftOut,
            writer: None,
        }
    }
}

/// The configuration without the rule that looks at many files beside a change, and blocks nothing.
fn without_copies(config: &Config) -> Config {
    let mut config = config.clone();
    config.levels.set(copied_note::META.name, Level::Off);
    config
}

/// A commit, and the files beside it that the census knows to matter.
struct OfCommit<'a> {
    selected: Selected<'a>,
    census: &'a Census,
    /// Which files beside it matter.
    kinship: Kinship,
}

impl OfCommit<'_> {
    fn touched(&self) -> Result<BTreeSet<NotePath>, SourceError> {
        Ok(self.selected.paths()?.into_iter().collect())
    }
}

impl Source for OfCommit<'_> {
    fn paths(&self) -> Result<Vec<NotePath>, SourceError> {
        self.selected.paths()
    }

    fn prepare(&self, paths: &[NotePath]) -> Result<(), SourceError> {
        self.selected.prepare(paths)
    }

    fn loader(&self) -> Result<Box<dyn Load + '_>, SourceError> {
        self.selected.loader()
    }

    fn context(&self) -> Result<Vec<NotePath>, SourceError> {
        let touched = self.selected.paths()?;
        let related = self.census.related(&touched, self.kinship);
        let is_beside = |path: &&NotePath| {
            touched.binary_search(path).is_err() && touched.iter().any(|other| other.folder() == path.folder())
        };
        // To list what is beside takes as long as the folders are large.
        if !related.iter().any(is_beside) {
            return Ok(Vec::new());
        }
        let mut beside = self.selected.context()?;
        beside.retain(|path| related.contains(path));
        Ok(beside)
    }

    fn set_aside(&self, path: &NotePath) -> Option<SetAside> {
        self.selected.set_aside(path)
    }

    fn elsewhere(&self, sought: &[Sought]) -> Result<Elsewhere, SourceError> {
        let touched = self.touched()?;
        let about = sought.iter().flat_map(|sought| self.census.about(&sought.customer));
        let files: BTreeSet<&NotePath> = about.filter(|path| !touched.contains(*path)).collect();
        Ok(Elsewhere { files: files.into_iter().cloned().collect(), extent: Extent::Whole })
    }

    fn sides(&self) -> usize {
        self.selected.sides()
    }
}

/// Progress that nobody sees.
struct Unseen;

impl Progress for Unseen {
    fn examined(&self, _done: usize, _total: usize) {}
}

/// Where something is blocked: a record by its file, its line and its number in the file, or a file.
pub(crate) type Place = (String, Option<(usize, usize)>);

/// Something that a gate blocks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Blocked {
    /// The customer and the workload of a record, as it names them.
    pub(crate) customer: Option<String>,
    pub(crate) workload: Option<String>,
    /// The grade of the note of a record.
    pub(crate) grade: Option<Grade>,
    /// The rules whose findings block it, sorted.
    pub(crate) rules: Vec<&'static str>,
}

/// Keeps what a run blocks.
#[derive(Debug, Default)]
pub(crate) struct GateSink {
    pub(crate) blocked: BTreeMap<Place, Blocked>,
}

impl Sink for GateSink {
    fn file(&mut self, file: &FileReport) -> io::Result<()> {
        let errors = |finding: &&FindingReport| finding.severity == Severity::Error;
        if file.findings.iter().any(|finding| errors(&finding)) {
            let rules = names(file.findings.iter().filter(errors));
            let blocked = Blocked { customer: None, workload: None, grade: None, rules };
            self.blocked.insert((file.path.clone(), None), blocked);
        }
        for record in file.records.iter().filter(|record| record.blocked) {
            let blocked = Blocked {
                customer: record.customer.clone(),
                workload: record.workload.clone(),
                grade: Some(record.grade),
                rules: rules_that_block(record),
            };
            self.blocked.insert((file.path.clone(), Some((record.line, record.index))), blocked);
        }
        Ok(())
    }

    fn finish(&mut self, _tally: &Tally) -> io::Result<()> {
        Ok(())
    }
}

/// The rules that block a record: those with an error, and where only the grade is not good enough, those that set it.
fn rules_that_block(record: &RecordReport) -> Vec<&'static str> {
    let counting = || record.findings.iter().filter(|finding| !finding.waived);
    let worst = counting().map(|finding| finding.severity).max();
    let blocks = |finding: &&FindingReport| {
        Some(finding.severity) == worst && (worst == Some(Severity::Error) || rules::is_about_note(finding.rule))
    };
    names(counting().filter(blocks))
}

fn names<'f>(findings: impl Iterator<Item = &'f FindingReport>) -> Vec<&'static str> {
    findings.map(|finding| finding.rule).collect::<BTreeSet<_>>().into_iter().collect()
}
