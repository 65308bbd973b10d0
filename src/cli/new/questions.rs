//! Questions on a terminal. Answers are typed and lists are numbered, so that they can be read aloud and pasted.

use crate::cli::{CliError, Exit};
use crate::report::escape;
use dialoguer::Input;
use dialoguer::console::Term;
use dialoguer::theme::Theme;
use std::fmt;

/// A terminal with a person at it. It writes to standard error: standard output is for what the command makes.
pub(super) struct Questions {
    terminal: Term,
}

/// Whether a question has to be answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Need {
    Required,
    /// An empty answer leaves it out.
    Optional,
}

/// A question that ends with its own mark needs no colon.
struct Plain;

impl Plain {
    fn asked(prompt: &str) -> String {
        if prompt.ends_with('?') { format!("{prompt} ") } else { format!("{prompt}: ") }
    }
}

impl Theme for Plain {
    fn format_input_prompt(&self, f: &mut dyn fmt::Write, prompt: &str, _default: Option<&str>) -> fmt::Result {
        f.write_str(&Self::asked(prompt))
    }

    fn format_input_prompt_selection(&self, f: &mut dyn fmt::Write, prompt: &str, answer: &str) -> fmt::Result {
        write!(f, "{}{}", Self::asked(prompt), escape::line(answer))
    }
}

impl Questions {
    pub(super) fn new() -> Self {
        Self { terminal: Term::stderr() }
    }

    /// Says something, a line each.
    pub(super) fn say(&self, text: &str) -> Result<(), CliError> {
        for line in text.lines() {
            self.terminal.write_line(&escape::line(line))?;
        }
        Ok(())
    }

    /// The answer to a question, without blanks around it.
    pub(super) fn text(&self, question: &str, need: Need) -> Result<String, CliError> {
        loop {
            let asked = Input::<String>::with_theme(&Plain).with_prompt(escape::line(question)).allow_empty(true);
            let answer = asked.interact_text_on(&self.terminal).map_err(|_| unanswered())?;
            let answer = answer.trim();
            if !answer.is_empty() || need == Need::Optional {
                return Ok(answer.to_owned());
            }
            self.say("  Please answer, or press Ctrl+C to stop.")?;
        }
    }

    /// Whether the person agrees; Enter means no.
    pub(super) fn agrees(&self, question: &str) -> Result<bool, CliError> {
        loop {
            match self.text(&format!("{question} [y/N]"), Need::Optional)?.to_lowercase().as_str() {
                "y" | "yes" => return Ok(true),
                "" | "n" | "no" => return Ok(false),
                _ => self.say("  Please type y or n.")?,
            }
        }
    }

    /// Which of the choices, by its number or its text.
    pub(super) fn choice(&self, question: &str, choices: &[String]) -> Result<usize, CliError> {
        self.say(question)?;
        for (number, choice) in choices.iter().enumerate() {
            self.say(&format!("  {}  {choice}", number + 1))?;
        }
        loop {
            let answer = self.text("Number", Need::Required)?;
            let number = answer.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
            let named = || choices.iter().position(|choice| choice.to_lowercase() == answer.to_lowercase());
            if let Some(chosen) = number.filter(|number| *number < choices.len()).or_else(named) {
                return Ok(chosen);
            }
            self.say(&format!("  Please type a number from 1 to {}.", choices.len()))?;
        }
    }
}

/// The terminal went away, or the person ended the input.
fn unanswered() -> CliError {
    CliError::Told {
        message: "not every question was answered, so nothing was written".to_owned(),
        help: Some("Run it again, or give the answers as arguments; see notegate new --help.".to_owned()),
        exit: Exit::Usage,
    }
}
