//! The `notegate` program: reads the environment, calls the library, maps to an exit code.
#![expect(clippy::disallowed_methods, reason = "this is the one place that reads the environment")]

use jiff::tz::TimeZone;
use notegate::cli::{self, Actions, Environment, Exit, ManagedRun, Starter, StreamKind, Streams};
use notegate::day::{self, Clock};
use notegate::report::human::Styling;
use notegate::source::ObjectId;
use std::io::{self, IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Columns of a report that goes to no terminal.
const WIDTH: usize = 100;

fn main() -> ExitCode {
    let exit = match environment() {
        Ok(environment) => cli::run(
            std::env::args_os(),
            &environment,
            &mut Streams { input: &mut io::stdin(), output: &mut io::stdout(), error: &mut io::stderr() },
        ),
        Err(error) => {
            let _closed = writeln!(io::stderr(), "notegate: {error}");
            Exit::Unexamined
        }
    };
    exit.into()
}

fn environment() -> Result<Environment, String> {
    let styling = match anstream::AutoStream::choice(&io::stdout()) {
        anstream::ColorChoice::Never | anstream::ColorChoice::Auto => Styling::Plain,
        anstream::ColorChoice::Always | anstream::ColorChoice::AlwaysAnsi => Styling::Colour,
    };
    let kind = |is_terminal| if is_terminal { StreamKind::Terminal } else { StreamKind::Other };
    let terminal = || terminal_size::terminal_size_of(io::stdout()).map(|(width, _)| usize::from(width.0));
    let columns = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok()).or_else(terminal);
    let folder = found("the current folder", std::env::current_dir())?;
    Ok(Environment {
        viewpoint: viewpoint(&folder),
        folder,
        config: std::env::var_os("NOTEGATE_CONFIG").filter(|name| !name.is_empty()).map(Into::into),
        clock: clock(),
        styling,
        width: columns.filter(|columns| *columns > 0).unwrap_or(WIDTH),
        input_stream: kind(io::stdin().is_terminal()),
        error_stream: kind(io::stderr().is_terminal()),
        program: std::env::current_exe().ok(),
        merge_parents: std::env::vars_os()
            .filter_map(|(name, _)| ObjectId::parse(name.to_str()?.strip_prefix("GITHEAD_")?))
            .collect(),
        managed: managed(),
        actions: actions(),
    })
}

fn found<T>(what: &str, result: io::Result<T>) -> Result<T, String> {
    result.map_err(|error| format!("{what} could not be found: {error}"))
}

/// The folder that the person stands in. Before it runs a hook or an alias, git goes to the top of the work tree and
/// leaves the way back in `GIT_PREFIX`; elsewhere the variable is left over from something else.
fn viewpoint(folder: &Path) -> PathBuf {
    let prefix = std::env::var_os("GIT_PREFIX").filter(|prefix| !prefix.is_empty());
    let below = prefix.filter(|_| folder.join(".git").exists()).map(|prefix| folder.join(prefix));
    below.filter(|below| below.is_dir()).unwrap_or_else(|| folder.to_path_buf())
}

/// The clock of the machine. A build server is in no writer's time zone; most build services set `CI`, and where it is
/// set, its value decides. A zone that is not known (a wrong `TZ`, a machine without a zone database) is no writer's either.
fn clock() -> Clock {
    let is_set = |name: &&str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let is_build_server = match std::env::var_os("CI") {
        Some(value) => day::is_build_server(&value),
        None => day::BUILD_SERVICES.iter().any(is_set),
    };
    let zone = if is_build_server { None } else { machine_zone().or_else(|| TimeZone::try_system().ok()) };
    Clock::new(jiff::Timestamp::now(), zone)
}

/// The zone that `TZ` names as the database does, or that of `/etc/localtime` where `TZ` is not set. The file has all that
/// is needed to tell the day; to look up the name, as [`TimeZone::try_system`] does, takes a walk through the whole zone
/// database.
fn machine_zone() -> Option<TimeZone> {
    let file = match std::env::var("TZ") {
        Ok(name) if is_zone_name(&name) && std::env::var_os("TZDIR").is_none() => Path::new(ZONES).join(name),
        Err(std::env::VarError::NotPresent) => PathBuf::from("/etc/localtime"),
        _ => return None,
    };
    TimeZone::tzif("local", &std::fs::read(file).ok()?).ok()
}

/// Where the zone database is on most machines.
const ZONES: &str = "/usr/share/zoneinfo";

/// Whether a value of `TZ` is a name such as `Europe/Berlin`, and neither a rule nor a path. Below `right` are clocks that
/// count leap seconds, which are no names of zones.
fn is_zone_name(name: &str) -> bool {
    let is_part = |part: &str| {
        part.starts_with(|first: char| first.is_ascii_alphabetic())
            && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_+-".contains(&byte))
    };
    let is_set_aside = ["posix/", "right/"].iter().any(|folder| name.starts_with(folder));
    name == "UTC" || (name.contains('/') && name.split('/').all(is_part) && !is_set_aside)
}

/// What GitHub Actions says.
fn actions() -> Option<Actions> {
    let value = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
    let is_there = value("GITHUB_ACTIONS").is_some_and(|value| value == "true");
    is_there.then(|| Actions { summary: value("GITHUB_STEP_SUMMARY").map(PathBuf::from) })
}

/// What pre-commit or prek say. An end of a range counts without `PRE_COMMIT` too, which not every runner sets.
fn managed() -> Option<ManagedRun> {
    let value = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let starter = if std::env::var_os("GIT_INDEX_FILE").is_some() { Starter::Commit } else { Starter::Other };
    let run = ManagedRun {
        from: value("PRE_COMMIT_FROM_REF"),
        to: value("PRE_COMMIT_TO_REF"),
        remote: value("PRE_COMMIT_REMOTE_NAME"),
        pushed: value("PRE_COMMIT_LOCAL_BRANCH"),
        starter,
    };
    let is_named = run.from.is_some() || run.to.is_some() || run.remote.is_some();
    (is_named || value("PRE_COMMIT").is_some()).then_some(run)
}
