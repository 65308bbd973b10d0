//! Workflow commands, read as the runner of GitHub Actions reads them: a line is a command when it begins, after blanks,
//! with `::`; properties end at the next `::`, and are separated by commas.

/// A command.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Command {
    pub(crate) name: String,
    properties: Vec<(String, String)>,
    /// What it says, as it was before it was escaped.
    pub(crate) message: String,
}

impl Command {
    pub(crate) fn property(&self, name: &str) -> Option<&str> {
        self.properties.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// All commands of a log, of either kind. The runner ends a line at a carriage return, too.
pub(crate) fn commands(log: &str) -> Vec<Command> {
    log.split(['\n', '\r']).filter_map(command).collect()
}

fn command(line: &str) -> Option<Command> {
    let Some(rest) = line.trim_start().strip_prefix("::") else {
        // The older kind, which may begin anywhere in a line.
        let (_, rest) = line.split_once("##[")?;
        let (name, message) = rest.split_once(']')?;
        return Some(Command { name: format!("##[{name}]"), properties: Vec::new(), message: message.to_owned() });
    };
    let (head, message) = rest.split_once("::")?;
    let (name, properties) = head.split_once(' ').unwrap_or((head, ""));
    let property = |text: &str| {
        let (name, value) = text.split_once('=')?;
        Some((
            name.to_owned(),
            unescaped(value, &[("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")]),
        ))
    };
    Some(Command {
        name: name.to_owned(),
        properties: properties.split(',').filter_map(property).collect(),
        message: unescaped(message, &[("%0D", "\r"), ("%0A", "\n"), ("%25", "%")]),
    })
}

fn unescaped(text: &str, pairs: &[(&str, &str)]) -> String {
    pairs.iter().fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
}
