//! The schema of the configuration.

use super::{of, set};
use crate::config::{Level, MOST_NAMES, MOST_OVERRIDES};
use crate::playbook::{StatusKind, WordList};
use crate::report::json::schema_text;
use crate::rules::{REGISTRY, Waivable};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde_json::{Map, Value, json};

/// Which notes are judged, and how strictly.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
#[expect(dead_code, reason = "only its schema is used")]
struct ConfigShape {
    /// Files that hold records; every document in them has to be one. Without this, every YAML file outside dot folders
    /// is looked at, and whatever looks like a record is judged. `*` stays inside one folder, `**` goes through all.
    #[schemars(length(min = 1))]
    include: Option<Vec<Text>>,
    /// Files that are left out.
    exclude: Option<Vec<Text>>,
    /// What the fields of a record are called; several names make a list.
    fields: Option<Fields>,
    /// Which fields a record must have: all of these unless they are set to `no`.
    required: Option<Required>,
    /// `only`: a record may have the statuses under `playbook` alone, and none of the guidance's five.
    #[schemars(extend("enum" = ["with-built-in", "only"]))]
    statuses: Option<String>,
    /// The severity of each rule.
    #[schemars(schema_with = "rules")]
    rules: Option<()>,
    /// What is asked of refresh summaries.
    refresh: Option<Refresh>,
    /// The grade from which on a note is blocked.
    #[schemars(extend("enum" = ["poor", "marginal"]))]
    fail_on: Option<String>,
    /// Settings for some of the files, by their paths. Where several match a file, the later one wins.
    #[schemars(length(max = MOST_OVERRIDES))]
    overrides: Option<Vec<Override>>,
    /// What a team adds to the guidance: statuses, workloads, words.
    playbook: Option<Playbook>,
    /// Whether the second reader, a model that learned from labelled notes, has a say.
    #[schemars(schema_with = "second_reader")]
    second_reader: Option<()>,
}

/// Settings for the files that one of the patterns under `paths` matches.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
#[expect(dead_code, reason = "only its schema is used")]
struct Override {
    /// The files for which these settings hold, as patterns like those of `include`.
    #[schemars(length(min = 1))]
    paths: Vec<Text>,
    /// What the fields of a record are called there.
    fields: Option<Fields>,
    /// Which fields a record must have there.
    required: Option<Required>,
    /// The severity of each rule there.
    #[schemars(schema_with = "rules")]
    rules: Option<()>,
    /// What is asked of refresh summaries there.
    refresh: Option<Refresh>,
}

/// What the fields of a record are called.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
#[expect(dead_code, reason = "only its schema is used")]
struct Fields {
    /// The customer.
    customer: Option<Names>,
    /// The workload.
    workload: Option<Names>,
    /// The status.
    status: Option<Names>,
    /// The note that explains the status.
    note: Option<Names>,
    /// The list of reviews: when, by whom, what they changed.
    refresh_summary: Option<Names>,
    /// The date, of the record and of each entry of the refresh summary.
    date: Option<Names>,
    /// The list of waivers.
    waivers: Option<Names>,
    /// The list of the records of one customer.
    entitlements: Option<Names>,
    /// Who made an entry of the refresh summary.
    who_changed: Option<Names>,
    /// What an entry of the refresh summary says was changed.
    what_changed: Option<Names>,
}

/// One name, or a list of them.
#[derive(JsonSchema)]
#[schemars(untagged)]
#[expect(dead_code, reason = "only its schema is used")]
enum Names {
    /// One name.
    One(#[schemars(length(min = 1, max = 64))] String),
    /// Several names, of which a record uses one.
    Several(#[schemars(length(min = 1, max = MOST_NAMES))] Vec<Text>),
}

/// Which fields a record must have.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
#[expect(dead_code, reason = "only its schema is used")]
struct Required {
    /// Whether each record names its customer.
    #[schemars(schema_with = "flag")]
    customer: Option<()>,
    /// Whether each record names its workload.
    #[schemars(schema_with = "flag")]
    workload: Option<()>,
    /// Whether each record has a status.
    #[schemars(schema_with = "flag")]
    status: Option<()>,
    /// Whether each record has a refresh summary, with a new entry for each change.
    #[schemars(schema_with = "flag")]
    refresh_summary: Option<()>,
}

/// What is asked of refresh summaries.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
#[expect(dead_code, reason = "only its schema is used")]
struct Refresh {
    /// The greatest age of the newest entry, in days.
    #[schemars(range(min = 1, max = 36_500))]
    max_age_days: Option<u32>,
}

/// What a team adds to the guidance.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
#[expect(dead_code, reason = "only its schema is used")]
struct Playbook {
    /// Further statuses.
    statuses: Option<Vec<Status>>,
    /// Further words, by the list that they belong to.
    #[schemars(schema_with = "words")]
    words: Option<()>,
    /// Further workloads, or more short names and terms for a known one.
    workloads: Option<Vec<Workload>>,
    /// The most sentences of a note.
    #[schemars(range(min = 1, max = 100))]
    max_sentences: Option<u32>,
    /// The most words of a note.
    #[schemars(range(min = 1, max = 10_000))]
    max_words: Option<u32>,
}

/// A status of the team.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
#[expect(dead_code, reason = "only its schema is used")]
struct Status {
    /// The status as records write it.
    #[schemars(length(min = 1, max = 100))]
    name: String,
    /// The status of the guidance whose rules it follows.
    #[schemars(schema_with = "kinds")]
    kind: StatusKind,
    /// Templates for a note of this status, with slots in square brackets.
    templates: Option<Vec<Text>>,
}

/// A workload of the team.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
#[expect(dead_code, reason = "only its schema is used")]
struct Workload {
    /// Its name as records write it.
    #[schemars(length(min = 1, max = 100))]
    name: String,
    /// Short names.
    aliases: Option<Vec<Text>>,
    /// Terms that belong to it and to no other workload.
    terms: Option<Vec<Text>>,
}

/// A text that is not empty.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "only its schema is used")]
struct Text(#[schemars(length(min = 1))] String);

fn flag(_: &mut SchemaGenerator) -> Schema {
    schemars::json_schema!({ "enum": [true, false, "yes", "no", "on", "off"] })
}

fn kinds(_: &mut SchemaGenerator) -> Schema {
    schemars::json_schema!({ "type": "string", "enum": StatusKind::NAMES.map(|(_, name)| name) })
}

fn second_reader(_: &mut SchemaGenerator) -> Schema {
    let learned = json!({
        "type": "object",
        "required": ["learned"],
        "additionalProperties": false,
        "properties": {
            "learned": {
                "description": "The file that `notegate learn` wrote, beside the configuration.",
                "type": "string",
                "minLength": 1,
            },
        },
    });
    schemars::json_schema!({ "anyOf": [{ "enum": ["on", "off"] }, learned] })
}

fn rules(_: &mut SchemaGenerator) -> Schema {
    let mut properties = Map::new();
    for meta in REGISTRY.iter().map(|rule| rule.meta()) {
        let levels = match meta.waivable {
            Waivable::Yes => Level::NAMES.to_vec(),
            Waivable::No => vec![Level::from_default(meta.default).name()],
        };
        properties.insert(meta.name.to_owned(), json!({ "description": meta.summary, "enum": levels }));
    }
    schemars::json_schema!({ "type": "object", "additionalProperties": false, "properties": properties })
}

fn words(_: &mut SchemaGenerator) -> Schema {
    let list = json!({ "type": "array", "items": { "type": "string", "minLength": 1 } });
    let properties: Map<String, Value> = WordList::names().map(|name| (name.to_owned(), list.clone())).collect();
    schemars::json_schema!({ "type": "object", "additionalProperties": false, "properties": properties })
}

/// The keys that cannot be left out where they belong; all others can.
const NEEDED: [&str; 4] = ["paths", "name", "kind", "learned"];

/// Takes away that other keys have to be there, which is what a type asks whose schema is made by hand.
fn without_needless_keys(schema: &mut Value) {
    match schema {
        Value::Object(entries) => {
            if let Some(Value::Array(required)) = entries.get_mut("required") {
                required.retain(|key| key.as_str().is_some_and(|key| NEEDED.contains(&key)));
                if required.is_empty() {
                    entries.remove("required");
                }
            }
            entries.values_mut().for_each(without_needless_keys);
        }
        Value::Array(items) => items.iter_mut().for_each(without_needless_keys),
        _ => {}
    }
}

/// The JSON Schema of the configuration.
#[must_use]
pub fn config() -> String {
    let mut schema = of::<ConfigShape>();
    without_needless_keys(&mut schema);
    set(&mut schema, "title", json!("notegate.yaml"));
    match Schema::try_from(schema) {
        Ok(schema) => schema_text(&schema),
        Err(_) => String::new(),
    }
}
