//! Who a new record is about: the names as the repository writes them.

use super::Desk;
use super::questions::{Need, Questions};
use crate::cli::args::NewArgs;
use crate::cli::edits::{self, Refusal};
use crate::cli::{CliError, Streams};
use crate::emptiness::{Purpose, emptiness};
use crate::placement::{Known, are_one_form, near_customer, near_name};
use crate::record::legal_form;
use crate::report::escape;
use crate::shell;
use std::path::Path;

/// What is known for a name that was written.
enum Likeness {
    /// It is the same.
    Same(Found),
    /// It may be one of these: they differ as a slip of the pen would make them, or in the legal form.
    Near(Found, Vec<Found>),
}

/// A name that is known.
struct Found {
    name: String,
    /// Where it is found, in words.
    place: String,
}

/// The customer and the workload, by the arguments or by questions.
///
/// # Errors
/// When a name is none. The inner refusal: a name that may be a slip, or a record that is there already.
pub(super) fn settled(
    args: &NewArgs,
    desk: &Desk<'_>,
    ask: Option<&Questions>,
    streams: &mut Streams<'_>,
) -> Result<Result<(String, String), Refusal>, CliError> {
    let customer = Wanted { what: "customer", given: args.customer.as_deref(), is_fixed: args.as_written };
    let customer = match customer.settled(ask, streams, |name| customer_like(desk, name))? {
        Ok(customer) => customer,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let workload = Wanted { what: "workload", given: args.workload.as_deref(), is_fixed: args.as_written };
    let workload = match workload.settled(ask, streams, |name| workload_like(desk, &customer, name))? {
        Ok(workload) => workload,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let identity = desk.engine.identity(&customer, &workload);
    Ok(match desk.known.iter().find(|known| known.identity == identity) {
        Some(known) => Err(is_there(known, &customer, desk)),
        None => Ok((customer, workload)),
    })
}

/// A name that is wanted.
struct Wanted<'a> {
    what: &'static str,
    given: Option<&'a str>,
    is_fixed: bool,
}

impl Wanted<'_> {
    fn settled(
        &self,
        ask: Option<&Questions>,
        streams: &mut Streams<'_>,
        like: impl Fn(&str) -> Option<Likeness>,
    ) -> Result<Result<String, Refusal>, CliError> {
        let what = self.what;
        let Some(given) = self.given else {
            let ask = ask.ok_or_else(|| CliError::usage(format!("--{what} is missing"), "Give it."))?;
            return self.asked(ask, like).map(Ok);
        };
        if !is_name(given) {
            return Err(CliError::usage(
                format!("--{what} does not name a {what}"),
                format!("Give the name of the {what}, in one line."),
            ));
        }
        let given = given.trim();
        let Some(like) = like(given).filter(|_| !self.is_fixed) else { return Ok(Ok(given.to_owned())) };
        let (first, others) = match like {
            Likeness::Same(found) => {
                let line = format!("The {what} is written `{}`, as {}.", found.name, found.place);
                writeln!(streams.error, "{}", escape::line(&line))?;
                return Ok(Ok(found.name));
            }
            Likeness::Near(first, others) => (first, others),
        };
        let found = || std::iter::once(&first).chain(&others);
        let meant: Vec<String> = found().map(|found| format!("`{}` ({})", found.name, found.place)).collect();
        let ways: Vec<String> = found().map(|found| format!("--{what} {}", shell::word(&found.name))).collect();
        let help = format!(
            "If it is the same, run it again with {}; if it is another one, with --as-written.",
            ways.join(" or ")
        );
        let message = format!("did you mean the {what} {}?", meant.join(" or "));
        Ok(Err(Refusal { place: format!("`{given}`"), message, help: Some(help) }))
    }

    fn asked(&self, ask: &Questions, like: impl Fn(&str) -> Option<Likeness>) -> Result<String, CliError> {
        let what = self.what;
        let question =
            format!("{}{}", what.get(..1).unwrap_or_default().to_uppercase(), what.get(1..).unwrap_or_default());
        loop {
            let given = ask.text(&question, Need::Required)?;
            if !is_name(&given) {
                ask.say(&format!("  That does not name a {what}."))?;
                continue;
            }
            let (first, others) = match like(&given) {
                None => return Ok(given),
                Some(Likeness::Same(first)) => (first, Vec::new()),
                Some(Likeness::Near(first, others)) => (first, others),
            };
            if others.is_empty() {
                let same = format!("{} is known ({}): the same {what}?", first.name, first.place);
                return Ok(if ask.agrees(&same)? { first.name } else { given });
            }
            let all: Vec<Found> = std::iter::once(first).chain(others).collect();
            let known = all.iter().map(|found| format!("{} ({})", found.name, found.place));
            let choices: Vec<String> = known.chain([format!("another one: {given}")]).collect();
            let chosen = ask.choice(&format!("Which {what} is it?"), &choices)?;
            return Ok(all.into_iter().nth(chosen).map_or(given, |found| found.name));
        }
    }
}

fn is_name(name: &str) -> bool {
    emptiness(name, Purpose::Name).is_none() && !name.trim().contains(char::is_control)
}

fn place(known: &Known, desk: &Desk<'_>) -> String {
    format!("in {}:{}", edits::shown(&known.path, desk.setup.from_here.as_ref()), known.line)
}

/// The customer of the repository that is meant. A name with another legal form may be another company.
fn customer_like(desk: &Desk<'_>, name: &str) -> Option<Likeness> {
    let found = |known: &Known| Found { name: known.customer.clone(), place: place(known, desk) };
    let key = desk.engine.identity(name, "").customer().to_owned();
    let same: Vec<&Known> = desk.known.iter().filter(|known| known.identity.customer() == key).collect();
    if same.iter().any(|known| known.customer == name) {
        return None;
    }
    let mut names: Vec<&Known> = Vec::new();
    for known in same {
        // Of several spellings of one legal form the first is enough.
        if !names.iter().any(|other| legal_form(&other.customer) == legal_form(&known.customer)) {
            names.push(known);
        }
    }
    let form = legal_form(name);
    let is_told = |known: &&&Known| !form.is_empty() && legal_form(&known.customer) == form;
    if let Some(told) = names.iter().find(is_told) {
        return Some(Likeness::Same(found(told)));
    }
    match names.as_slice() {
        [] => near_customer(&desk.known, name).map(|near| Likeness::Near(found(near), Vec::new())),
        [only] if are_one_form(name, &only.customer) => Some(Likeness::Same(found(only))),
        [first, others @ ..] => Some(Likeness::Near(found(first), others.iter().map(|known| found(known)).collect())),
    }
}

/// The workload of the repository or of the guidance that is meant. How the same customer's records write it counts first.
fn workload_like(desk: &Desk<'_>, customer: &str, name: &str) -> Option<Likeness> {
    let found = |known: &Known| Found { name: known.workload.clone(), place: place(known, desk) };
    let wanted = desk.engine.identity(customer, name);
    let is_same = |known: &&Known| desk.engine.identity(customer, &known.workload) == wanted;
    if desk.known.iter().any(|known| known.workload == name) {
        return None;
    }
    if let Some(same) = desk.known.iter().find(is_same) {
        return Some(Likeness::Same(found(same)));
    }
    if desk.setup.playbook.workload_spellings().any(|(spelling, _)| spelling.eq_ignore_ascii_case(name)) {
        return None;
    }
    let near = near_name(name, desk.known.iter().map(|known| known.workload.as_str()));
    if let Some(known) = near.and_then(|near| desk.known.iter().find(|known| known.workload == near)) {
        return Some(Likeness::Near(found(known), Vec::new()));
    }
    let near = near_name(name, desk.setup.playbook.workload_names())?;
    let of_guidance = Found { name: near.to_owned(), place: "a workload of the guidance".to_owned() };
    Some(Likeness::Near(of_guidance, Vec::new()))
}

/// The refusal of a second record of a customer and a workload.
fn is_there(known: &Known, customer: &str, desk: &Desk<'_>) -> Refusal {
    let file = edits::shown(&known.path, desk.setup.from_here.as_ref());
    let is_alone = desk.known.iter().filter(|other| other.path == known.path).count() == 1;
    let which = match is_alone {
        true => String::new(),
        false => format!(" --record {}", shell::word(&format!("{}/{}", known.customer, known.workload))),
    };
    let command = format!("notegate refresh {}{which} -m \"what changed\"", shell::path(Path::new(&file)));
    let other = match are_one_form(customer, &known.customer) {
        true => String::new(),
        false => format!(
            "; if {customer} is another company, give it a name that differs in more than the legal form, such as `{}`.",
            format_args!("{customer} (Germany)")
        ),
    };
    Refusal {
        place: format!("{file}:{}", known.line),
        message: format!("there is a record of {} / {} already", known.customer, known.workload),
        help: Some(format!("Edit its note and its status there, then run: {command}{other}")),
    }
}
