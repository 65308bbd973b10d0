//! Lines of shell scripts of the plainest form. Everything else is not read at all: a script is vouched for only where
//! what it does is beyond doubt.

/// What stands between words.
pub(super) const BLANK: [char; 2] = [' ', '\t'];

/// A command with its arguments, on one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Command {
    /// The words, without the quotes around them; never empty. Variables stay as they are written.
    pub(super) words: Vec<String>,
    /// Where its standard input comes from, when that is said.
    input: Option<String>,
    /// What is done with its answer.
    pub(super) then: Then,
}

/// What a line does with the answer of its last command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Then {
    /// Nothing: the script goes on.
    GoesOn,
    /// A failure ends the script as a failure.
    Stops,
    /// It is thrown away, and the script goes on.
    Dropped,
    /// A failure ends the script as a success.
    StopsAsGood,
}

/// A line of a script.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Line {
    /// Nothing that is run, or the assignment of a variable that changes nothing about git or notegate.
    Idle,
    /// `set -e` and its like: whether a failing command ends the script from here on.
    Set(Ending),
    /// `exit` with the answer of the command before it.
    Exit,
    /// The script ends here, whatever came before: `exit 0`, or another program with `exec`.
    Ends(Vec<Command>),
    /// Commands that each run when the one before succeeded.
    Commands(Vec<Command>),
}

/// Whether a failing command ends a script by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    /// The script goes on.
    GoesOn,
    /// The script ends with that failure.
    AtFailure,
}

/// Words that the shell does not take for a program, or that change what later lines do.
const OF_THE_SHELL: &[&str] = &[
    "!",
    "(",
    ")",
    "{",
    "}",
    "[",
    "[[",
    ".",
    "alias",
    "bg",
    "bind",
    "break",
    "builtin",
    "caller",
    "case",
    "cd",
    "command",
    "compgen",
    "complete",
    "continue",
    "coproc",
    "declare",
    "dirs",
    "disown",
    "do",
    "done",
    "elif",
    "else",
    "enable",
    "esac",
    "eval",
    "exec",
    "exit",
    "export",
    "fc",
    "fg",
    "fi",
    "for",
    "function",
    "getopts",
    "hash",
    "history",
    "if",
    "in",
    "jobs",
    "kill",
    "let",
    "local",
    "logout",
    "mapfile",
    "popd",
    "pushd",
    "read",
    "readarray",
    "readonly",
    "return",
    "select",
    "set",
    "shift",
    "shopt",
    "source",
    "suspend",
    "test",
    "then",
    "time",
    "times",
    "trap",
    "type",
    "typeset",
    "ulimit",
    "unalias",
    "unset",
    "until",
    "wait",
    "while",
];

/// Variables with names in capitals whose values change nothing about git or notegate.
const HARMLESS: &[&str] = &["PATH", "LANG", "LC_ALL", "NO_COLOR", "FORCE_COLOR", "NODE_ENV", "NVM_DIR"];

impl Command {
    /// Its first word: the program.
    pub(super) fn program(&self) -> &str {
        self.words.first().map_or("", String::as_str)
    }

    /// Whether it leaves the standard input of the script to the commands after it.
    pub(super) fn leaves_input(&self) -> bool {
        self.input.as_deref() == Some("/dev/null")
            || matches!(self.program(), "echo" | "printf" | ":" | "true" | "umask")
    }

    /// Whether it reads what the script was given, and nothing else.
    pub(super) fn has_input_of_script(&self) -> bool {
        self.input.is_none()
    }
}

/// A line of a script; nothing when it is not of the plainest form.
pub(super) fn line(text: &str) -> Option<Line> {
    // Shells do not read these as they look.
    if text.contains(|c: char| c.is_control() && c != '\t') {
        return None;
    }
    let text = without_condition(text.trim_matches(BLANK));
    let mut tokens = tokens(&text)?;
    let then = ending(&mut tokens)?;
    let mut commands = Vec::new();
    for part in tokens.split(|token| *token == Token::And) {
        commands.push(command(part)?);
    }
    if let Some(last) = commands.last_mut() {
        last.then = then;
    }
    match commands.as_mut_slice() {
        [single] if then == Then::GoesOn => of_shell(single),
        [] => Some(Line::Idle),
        _ => commands.iter().all(is_program).then_some(Line::Commands(commands)),
    }
}

/// One command that no shell reads, as hook managers have them; nothing when it has signs of the shell.
pub(super) fn command_without_shell(text: &str) -> Option<Command> {
    match line(text)? {
        Line::Commands(commands) => <[Command; 1]>::try_from(commands).ok().map(|[command]| command),
        _ => None,
    }
}

/// `if ! x; then exit 1; fi` says the same as `x || exit 1`.
fn without_condition(line: &str) -> std::borrow::Cow<'_, str> {
    let asked = line.strip_prefix("if ! ").and_then(|rest| rest.strip_suffix("; then exit 1; fi"));
    // The `!` is for the first of several commands.
    let asked = asked.filter(|asked| !asked.contains(['&', '|']));
    asked.map_or(line.into(), |asked| format!("{asked} || exit 1").into())
}

/// What a line of a single command is, when the command may be one of the shell's own.
fn of_shell(command: &mut Command) -> Option<Line> {
    let words: Vec<&str> = command.words.iter().map(String::as_str).collect();
    match words.as_slice() {
        [] => Some(Line::Idle),
        ["exit"] | ["exit", "$?"] => Some(Line::Exit),
        ["exit", code] => code.bytes().all(|byte| byte.is_ascii_digit()).then(|| Line::Ends(Vec::new())),
        ["set", options @ ..] => set(options).map(Line::Set),
        // The terminal in place of the standard input, which commits do not use.
        ["exec"] if command.input.as_deref() == Some("/dev/tty") => {
            command.words = vec!["exec".to_owned()];
            Some(Line::Commands(vec![command.clone()]))
        }
        ["exec", _, ..] => {
            command.words.remove(0);
            is_program(command).then(|| Line::Ends(vec![command.clone()]))
        }
        ["export", assignment] | [assignment] if is_assignment(assignment) => {
            is_harmless(assignment).then_some(Line::Idle)
        }
        _ => is_program(command).then(|| Line::Commands(vec![command.clone()])),
    }
}

/// Whether the command is a program, called by its name, with nothing set for it alone.
fn is_program(command: &Command) -> bool {
    let name = command.program();
    !name.is_empty()
        && !name.starts_with('-')
        && !OF_THE_SHELL.contains(&name)
        && !name.contains(['$', '*', '?', '[', ']', '=', '{', '}', '!', '~'])
        && !sets_variable(command)
}

/// `printf -v` of bash.
fn sets_variable(command: &Command) -> bool {
    command.program() == "printf" && command.words.get(1).is_some_and(|word| word.starts_with('-'))
}

fn is_assignment(word: &str) -> bool {
    word.split_once('=').is_some_and(|(name, _)| {
        name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
    })
}

fn is_harmless(assignment: &str) -> bool {
    let name = assignment.split('=').next().unwrap_or_default();
    HARMLESS.contains(&name) || name.starts_with(|c: char| c.is_ascii_lowercase())
}

/// What the options of `set` say; nothing for others than these.
pub(super) fn set(options: &[&str]) -> Option<Ending> {
    let mut ending = Ending::GoesOn;
    let mut words = options.iter();
    while let Some(word) = words.next() {
        let letters = word.strip_prefix('-')?;
        let (letters, named) = letters.strip_suffix('o').map_or((letters, None), |rest| (rest, words.next()));
        if letters.len() + usize::from(word.ends_with('o')) == 0 || !letters.bytes().all(|byte| b"euxE".contains(&byte))
        {
            return None;
        }
        let known = !word.ends_with('o') || matches!(named, Some(&("errexit" | "nounset" | "pipefail" | "xtrace")));
        if !known {
            return None;
        }
        if letters.contains('e') || named == Some(&"errexit") {
            ending = Ending::AtFailure;
        }
    }
    (!options.is_empty()).then_some(ending)
}

/// Takes what is done with the answer off the end of a line.
fn ending(tokens: &mut Vec<Token>) -> Option<Then> {
    let Some(at) = tokens.iter().position(|token| *token == Token::Or) else { return Some(Then::GoesOn) };
    let after: Vec<&str> = tokens.get(at + 1..)?.iter().map(Token::text).collect::<Option<_>>()?;
    let then = match after.as_slice() {
        ["exit"] | ["exit", "$?"] => Then::Stops,
        ["exit", code] => match code.parse::<u8>().ok()? {
            0 => Then::StopsAsGood,
            _ => Then::Stops,
        },
        ["true" | ":"] => Then::Dropped,
        _ => return None,
    };
    tokens.truncate(at);
    // `a && b || exit` also stops where `a` fails; `|| true` drops both.
    Some(then)
}

fn command(tokens: &[Token]) -> Option<Command> {
    let mut command = Command { words: Vec::new(), input: None, then: Then::GoesOn };
    for token in tokens {
        match token {
            Token::Word(word) => command.words.push(word.clone()),
            Token::Input(file) => command.input = Some(file.clone()),
            Token::And | Token::Or => return None,
        }
    }
    Some(command)
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    Word(String),
    /// `<` and the file.
    Input(String),
    And,
    Or,
}

impl Token {
    fn text(&self) -> Option<&str> {
        match self {
            Self::Word(word) => Some(word),
            _ => None,
        }
    }
}

/// The tokens of a line up to its comment; nothing when it has signs that are not read.
fn tokens(line: &str) -> Option<Vec<Token>> {
    let mut rest = line.trim_start_matches(BLANK);
    let mut found = Vec::new();
    while let Some(first) = rest.chars().next() {
        rest = match first {
            '#' => break,
            '&' if rest.starts_with("&&") => {
                found.push(Token::And);
                rest.get(2..)?
            }
            '|' => {
                found.push(Token::Or);
                rest.strip_prefix("||")?
            }
            '<' => {
                let (file, after) = word(rest.get(1..)?.trim_start_matches(BLANK))?;
                found.push(Token::Input(file));
                after
            }
            '>' => output(rest)?,
            _ => {
                let (text, after) = word(rest)?;
                // `2>` names what is sent elsewhere.
                let is_number = after.starts_with('>') && text.bytes().all(|byte| byte.is_ascii_digit());
                if is_number || after.starts_with('<') && text.bytes().all(|byte| byte.is_ascii_digit()) {
                    output(after)?
                } else {
                    found.push(Token::Word(text));
                    after
                }
            }
        }
        .trim_start_matches(BLANK);
    }
    Some(found)
}

/// What follows an output that is sent elsewhere.
fn output(text: &str) -> Option<&str> {
    let text = text.strip_prefix(">>").or_else(|| text.strip_prefix('>'))?;
    let text = text.strip_prefix('&').unwrap_or(text).trim_start_matches(BLANK);
    word(text).map(|(_, after)| after)
}

/// The first word of `text`, which must not be empty, and what follows it.
fn word(text: &str) -> Option<(String, &str)> {
    let mut word = String::new();
    let mut quote = None;
    for (at, c) in text.char_indices() {
        let after = text.get(at + c.len_utf8()..)?;
        match (quote, c) {
            (Some(open), _) if open == c => quote = None,
            (Some('\''), _) => word.push(c),
            // What the shell would run or work out inside a word.
            (_, '`' | '\\') => return None,
            (_, '$') if after.starts_with(['(', '{', '\'', '"', '[']) => return None,
            (Some(_), _) => word.push(c),
            (None, '\'' | '"') => quote = Some(c),
            (None, ' ' | '\t' | '&' | '|' | '<' | '>') if at > 0 => return Some((word, text.get(at..)?)),
            (None, '&' | '|' | '<' | '>' | ';' | '(' | ')') => return None,
            (None, _) => word.push(c),
        }
    }
    (quote.is_none() && !text.is_empty()).then_some((word, ""))
}
