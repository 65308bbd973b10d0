//! Who a new record is about: the names as the repository writes them.

use super::Desk;
use super::questions::{Need, Questions};
use crate::cli::args::NewArgs;
use crate::cli::edits::{self, Refusal};
use crate::cli::{CliError, Streams};
use crate::emptiness::{Purpose, emptiness};
use crate::placement::{Known, near_customer, near_name};
use crate::report::escape;
use crate::shell;
use std::path::Path;

/// A name that is known for what was written.
struct Likeness {
    name: String,
    /// Where it is found, in words.
    place: String,
    /// How sure it is that it is meant.
    kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// The gate takes the two for the same.
    Same,
    /// They differ as a slip of the pen would make them.
    Near,
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
        Some(known) => Err(is_there(known, desk)),
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
        if like.kind == Kind::Same {
            let line = format!("The {what} is written `{}`, as {}.", like.name, like.place);
            writeln!(streams.error, "{}", escape::line(&line))?;
            return Ok(Ok(like.name));
        }
        let help = format!(
            "If it is the same, run it again with --{what} {}; if it is another one, with --as-written.",
            shell::word(&like.name)
        );
        let message = format!("did you mean the {what} `{}` ({})?", like.name, like.place);
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
            let Some(like) = like(&given) else { return Ok(given) };
            let same = format!("{} is known ({}): the same {what}?", like.name, like.place);
            return Ok(if ask.agrees(&same)? { like.name } else { given });
        }
    }
}

fn is_name(name: &str) -> bool {
    emptiness(name, Purpose::Name).is_none() && !name.trim().contains(char::is_control)
}

fn place(known: &Known, desk: &Desk<'_>) -> String {
    format!("in {}:{}", edits::shown(&known.path, desk.setup.from_here.as_ref()), known.line)
}

/// The customer of the repository that is meant.
fn customer_like(desk: &Desk<'_>, name: &str) -> Option<Likeness> {
    let key = desk.engine.identity(name, "").customer().to_owned();
    let same: Vec<&Known> = desk.known.iter().filter(|known| known.identity.customer() == key).collect();
    let found = match same.first() {
        Some(_) if same.iter().any(|known| known.customer == name) => return None,
        Some(same) => Some((*same, Kind::Same)),
        None => near_customer(&desk.known, name).map(|near| (near, Kind::Near)),
    };
    found.map(|(known, kind)| Likeness { name: known.customer.clone(), place: place(known, desk), kind })
}

/// The workload of the repository or of the guidance that is meant. How the same customer's records write it counts first.
fn workload_like(desk: &Desk<'_>, customer: &str, name: &str) -> Option<Likeness> {
    let of_known = |known: &Known, kind| Likeness { name: known.workload.clone(), place: place(known, desk), kind };
    let wanted = desk.engine.identity(customer, name);
    let is_same = |known: &&Known| desk.engine.identity(customer, &known.workload) == wanted;
    if desk.known.iter().any(|known| known.workload == name) {
        return None;
    }
    if let Some(same) = desk.known.iter().find(is_same) {
        return Some(of_known(same, Kind::Same));
    }
    if desk.setup.playbook.workload_spellings().any(|(spelling, _)| spelling.eq_ignore_ascii_case(name)) {
        return None;
    }
    let near = near_name(name, desk.known.iter().map(|known| known.workload.as_str()));
    if let Some(known) = near.and_then(|near| desk.known.iter().find(|known| known.workload == near)) {
        return Some(of_known(known, Kind::Near));
    }
    let near = near_name(name, desk.setup.playbook.workload_names())?;
    Some(Likeness { name: near.to_owned(), place: "a workload of the guidance".to_owned(), kind: Kind::Near })
}

/// The refusal of a second record of a customer and a workload.
fn is_there(known: &Known, desk: &Desk<'_>) -> Refusal {
    let file = edits::shown(&known.path, desk.setup.from_here.as_ref());
    let is_alone = desk.known.iter().filter(|other| other.path == known.path).count() == 1;
    let which = match is_alone {
        true => String::new(),
        false => format!(" --record {}", shell::word(&format!("{}/{}", known.customer, known.workload))),
    };
    let command = format!("notegate refresh {}{which} -m \"what changed\"", shell::path(Path::new(&file)));
    Refusal {
        place: format!("{file}:{}", known.line),
        message: format!("there is a record of {} / {} already", known.customer, known.workload),
        help: Some(format!("Edit its note and its status there, then run: {command}")),
    }
}
