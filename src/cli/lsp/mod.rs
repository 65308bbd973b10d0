//! `notegate lsp`: a language server on standard input and output, for editors.
//!
//! A document is judged by the same call as a file of `notegate check`; what stands in the editor counts, saved or not.

mod actions;
mod capabilities;
mod completion;
mod context;
mod diagnostics;
mod documents;
mod field_help;
mod hover;
mod judgement;
mod page;
mod place;
mod position;
mod protocol;
mod server;
mod sites;
mod splice;
mod transport;
mod uri;
mod watch;

use super::args::{ConfigArgs, LspArgs};
use super::{Environment, Exit, Streams};
use server::Server;
use sites::Sites;
use std::sync::mpsc;
use std::thread;
use transport::{Outbox, read_all};

/// Runs the command: serves one editor until it ends the session.
pub(super) fn run(args: &LspArgs, environment: &Environment, streams: &mut Streams<'_>) -> Exit {
    let configuration = ConfigArgs { config: args.config.clone(), no_config: args.no_config, ..ConfigArgs::default() };
    let sites = Sites::new(configuration, args.today, environment);
    let server = Server::new(Outbox::new(&mut *streams.output), sites);
    let input = &mut *streams.input;
    let (sender, inbox) = mpsc::channel();
    thread::scope(|scope| {
        scope.spawn(move || read_all(input, &sender));
        server.serve(&inbox)
    })
}
