//! The files that decide how notes are judged: when one of them changes, every open note is judged anew.

use super::protocol::{
    Client, DidChangeWatchedFilesRegistrationOptions, FileSystemWatcher, Registration, RegistrationParams, Watches,
    method,
};

/// Configurations, by their right name and by those that are refused, what `learn` writes, and what leaves files out.
const PATTERNS: [&str; 4] = ["**/notegate.{yaml,yml}", "**/.notegate.{yaml,yml}", "**/notegate*.json", "**/.gitignore"];

/// What the client is asked to watch; nothing where it watches no files. Then a configuration is looked at whenever a
/// document is judged.
pub(super) fn registration(client: &Client) -> Option<RegistrationParams> {
    if client.watches == Watches::Never {
        return None;
    }
    let watcher = |pattern: &&str| FileSystemWatcher { glob_pattern: (*pattern).to_owned().into(), kind: None };
    let options = DidChangeWatchedFilesRegistrationOptions { watchers: PATTERNS.iter().map(watcher).collect() };
    let registration = Registration {
        id: "notegate-files".to_owned(),
        method: method::DID_CHANGE_FILES.to_owned(),
        register_options: serde_json::to_value(options).ok(),
    };
    Some(RegistrationParams { registrations: vec![registration] })
}
