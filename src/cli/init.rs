//! `notegate init`: a commented configuration to start from.

use super::{CliError, Environment, Exit, Streams, setup};
use crate::config::FILE_NAME;
use std::fs::OpenOptions;
use std::io::{ErrorKind, Write as _};

/// What `init` writes. Everything in it is commented out, so it changes nothing until somebody edits it.
pub(super) const TEMPLATE: &str = include_str!("notegate.yaml");

/// Runs the command.
pub(super) fn run(environment: &Environment, streams: &mut Streams<'_>) -> Result<Exit, CliError> {
    // A configuration below the root of a repository would never be read.
    let root = setup::repository_root(&environment.folder).unwrap_or(&environment.folder);
    let path = root.join(FILE_NAME);
    let place = if root == environment.folder { "" } else { " at the root of the repository" };
    if let Some(near) = setup::misnamed_in(root) {
        return Err(setup::misnamed(&near, FILE_NAME));
    }
    // `create_new` refuses what is there, a dangling link too, and leaves no gap between asking and writing.
    let written =
        OpenOptions::new().write(true).create_new(true).open(&path).and_then(|mut f| f.write_all(TEMPLATE.as_bytes()));
    match written {
        Ok(()) => {
            writeln!(streams.output, "Wrote {FILE_NAME}{place}. Edit it, then run `notegate check --print-config`.")?;
            Ok(Exit::Passed)
        }
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Err(CliError::usage(
            format!("{FILE_NAME} already exists{place} and was not changed"),
            "Rename it first, or run `notegate check --print-config` to see what it sets.",
        )),
        Err(error) => Err(CliError::usage(
            format!("{FILE_NAME} could not be written: {error}"),
            "Run this in the root of the repository, where you may write.",
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::TEMPLATE;
    use crate::config::{Config, load};

    #[test]
    fn the_template_changes_nothing() {
        let config = load(TEMPLATE.as_bytes().to_vec(), "notegate.yaml").unwrap();
        assert_eq!(config.to_yaml(), Config::default().to_yaml());
    }

    #[test]
    fn the_template_is_right_when_its_settings_are_taken_in() {
        let settings: Vec<&str> = TEMPLATE.lines().map(|line| line.strip_prefix("#: ").unwrap_or(line)).collect();
        let config = load(settings.join("\n").into_bytes(), "notegate.yaml").unwrap();
        assert_eq!(config.settings.max_age_days, Some(180));
        assert!(config.files.include().is_some());
    }
}
