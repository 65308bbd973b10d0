//! The configuration as it was at a moment of a change in git: where a change builds on several commits, each of them may
//! have its own, or its own file of learned weights.

use super::{NOT_READ, OTHERWISE, Site, Surroundings, in_folders_of_change, not_read, of_content};
use crate::cli::CliError;
use crate::cli::notices::Notice;
use crate::config::{self, Config};
use crate::shell;
use crate::source::{ChangeSet, Content, Found, NotePath, Revision, State};
use std::cell::RefCell;
use std::path::Path;

/// The configurations at a moment of a change, each with what should be said about it. Never none.
pub(super) fn configurations(
    changes: &ChangeSet,
    moment: Revision,
    site: &Site,
) -> Result<Vec<(Config, Vec<Notice>)>, CliError> {
    let read = |written: Written| {
        let configs = of_states(&written, changes)?;
        Ok(configs.into_iter().map(move |config| (config, written.warnings.clone())))
    };
    let read_all = |all: Vec<Written>| all.into_iter().map(read).collect::<Result<Vec<_>, CliError>>();
    let configs = match moment {
        Revision::Base => read_all(written_before(changes, site)?).map_err(|failure| {
            failure.with_help(
                "To judge the change that corrects it by its own rules run: notegate check --from REF --config-from head.",
            )
        })?,
        Revision::After => read_all(written_after(changes, site)?)?,
    };
    let mut configs: Vec<(Config, Vec<Notice>)> = configs.into_iter().flatten().collect();
    if let Some((_, warnings)) = configs.first_mut() {
        warnings.extend(in_folders_of_change(changes, site)?);
    }
    Ok(configs)
}

/// A configuration before it is parsed.
struct Written {
    content: Content,
    /// What it is called in messages.
    name: String,
    warnings: Vec<Notice>,
    /// The states of the change in which it stands.
    states: Vec<State>,
}

/// The configurations that this one is: more than one where the file that it names differs from side to side.
fn of_states(written: &Written, changes: &ChangeSet) -> Result<Vec<Config>, CliError> {
    let Written { content, name, states, .. } = written;
    let every_path = || changes.every_path().unwrap_or_default();
    let mut found: Vec<(Option<Content>, Config)> = Vec::new();
    for state in states {
        let learned = RefCell::new(None);
        let beside = |path: &NotePath| {
            let content = changes.file_in(*state, path)?;
            learned.replace(Some(content.clone()));
            Ok(content)
        };
        let surroundings = Surroundings { every_path: &every_path, beside: &beside };
        let config = of_content(content.clone(), name, &surroundings)?;
        let learned = learned.take();
        if !found.iter().any(|(other, _)| *other == learned) {
            found.push((learned, config));
        }
    }
    if found.is_empty() {
        let surroundings = Surroundings { every_path: &every_path, beside: &|_| Ok(Content::Absent) };
        return Ok(vec![of_content(content.clone(), name, &surroundings)?]);
    }
    Ok(found.into_iter().map(|(_, config)| config).collect())
}

/// The configuration after a change.
fn written_after(changes: &ChangeSet, site: &Site) -> Result<Vec<Written>, CliError> {
    let written = |Found { content, near, states }| {
        let mut warnings = Vec::new();
        check_names(&content, &near, Revision::After, site, &mut warnings)?;
        Ok(Written { content, name: site.shown(config::FILE_NAME), warnings, states })
    };
    find(changes, Revision::After)?.into_iter().map(written).collect()
}

/// The different configurations on the parent sides of a change.
fn written_before(changes: &ChangeSet, site: &Site) -> Result<Vec<Written>, CliError> {
    let after = find(changes, Revision::After)?.pop();
    let (after, near_after) = after.map_or((Content::Absent, Vec::new()), |found| (found.content, found.near));
    let mut all: Vec<Written> = Vec::new();
    for Found { content, near, states } in find(changes, Revision::Base)? {
        let mut warnings = Vec::new();
        let mut contents = vec![(content, states)];
        let mut name = config::FILE_NAME.to_owned();
        match near.first() {
            // The change gives the configuration its right name: the rules that the team believed in hold for it.
            Some(near) if matches!(contents.as_slice(), [(Content::Absent, _)]) && after != Content::Absent => {
                name = near.display().into_owned();
                let judged = "was never read; this change is judged by the rules in it";
                warnings.push(
                    Notice::warning(format!("a file with nearly the name of the configuration {judged}"))
                        .or_in_full(format!("`{}` {judged}", site.shown(&name))),
                );
                let sides = changes.files_and_near(Revision::Base, near, |_| false)?;
                contents = sides.into_iter().map(|found| (found.content, found.states)).collect();
                contents.retain(|(content, _)| *content != Content::Absent);
            }
            _ => contents.iter().try_for_each(|(c, _)| check_names(c, &near, Revision::Base, site, &mut warnings))?,
        }
        if near_after != near {
            check_names(&after, &near_after, Revision::After, site, &mut warnings)?;
        }
        let name = format!("{} before the change", site.shown(&name));
        for (content, states) in contents {
            match all.iter_mut().find(|other| other.content == content) {
                Some(other) => other.states.extend(states),
                None => all.push(Written { content, name: name.clone(), warnings: warnings.clone(), states }),
            }
        }
    }
    Ok(all)
}

/// The configuration at a moment of a change, and the files whose names are nearly its own.
fn find(changes: &ChangeSet, moment: Revision) -> Result<Vec<Found>, CliError> {
    let path = NotePath::from_bytes(config::FILE_NAME);
    Ok(changes.files_and_near(moment, &path, |path| config::is_misnamed(&path.display()))?)
}

/// Looks at the files whose names are nearly that of the configuration.
///
/// # Errors
/// When there is one and no configuration: the team believes in rules that nobody reads.
fn check_names(
    content: &Content,
    near: &[NotePath],
    moment: Revision,
    site: &Site,
    warnings: &mut Vec<Notice>,
) -> Result<(), CliError> {
    match near.first() {
        Some(near) if *content == Content::Absent => {
            let (near, right) = (site.shown(&near.display()), site.shown(config::FILE_NAME));
            let when = if moment == Revision::Base { " before the change" } else { "" };
            let rename = format!("git mv {} {}", shell::path(Path::new(&near)), shell::path(Path::new(&right)));
            Err(CliError::usage(format!("`{near}`{when} {NOT_READ}"), format!("Rename it: {rename}. {OTHERWISE}")))
        }
        Some(near) => {
            warnings.push(not_read(&near.display(), site));
            Ok(())
        }
        None => Ok(()),
    }
}
