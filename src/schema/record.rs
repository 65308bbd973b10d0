//! The schema of a file of records, under the configuration in force.

use super::{needs, of, set, take_properties};
use crate::config::FileRules;
use crate::playbook::{NameUse, Playbook};
use crate::record::{FieldName, FieldNames};
use crate::report::json::schema_text;
use crate::rules::{REGISTRY, Waivable};
use schemars::{JsonSchema, Schema};
use serde_json::{Map, Value, json};

/// One record: the status of a customer on a workload, and the note that explains it.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "only its schema is used")]
struct RecordShape {
    /// The customer whose entitlement it is.
    customer: Name,
    /// The workload that the status is about, such as Exchange Online.
    workload: Name,
    /// Where the customer stands with the workload.
    status: String,
    /// Whether the customer will use the service, and why: the picture behind the status, in a sentence or two.
    #[schemars(length(min = 1))]
    note: String,
    /// When the record was reviewed, by whom, and what they changed; the newest entry first.
    refresh_summary: Vec<EntryShape>,
    /// The date of the record itself.
    date: Day,
    /// Rules that are set aside for this record, each with the reason.
    waivers: Vec<WaiverShape>,
}

/// A review of the record.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "only its schema is used")]
struct EntryShape {
    /// The day of the change, such as 2020-03-27.
    date: Day,
    /// Who changed the record.
    who_changed: Name,
    /// What was changed, in a few words.
    what_changed: String,
}

/// A rule that is set aside for this record.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
#[expect(dead_code, reason = "only its schema is used")]
struct WaiverShape {
    /// The rule, as `notegate rules` lists it.
    #[schemars(schema_with = "waivable_rule")]
    rule: String,
    /// Why it does not apply here.
    #[schemars(length(min = 1))]
    reason: String,
    /// The last day on which the waiver holds; without it, the waiver holds for good.
    until: Option<Day>,
}

/// A name: a text, or a number that is written as one.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "only its schema is used")]
struct Name(#[schemars(schema_with = "name")] String);

/// A day: 2020-03-27, or 03/27/2020 with the month first.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "only its schema is used")]
struct Day(#[schemars(regex(pattern = r"^(\d{4}-\d{1,2}-\d{1,2}|\d{1,2}/\d{1,2}/\d{4})$"))] String);

fn name(_: &mut schemars::SchemaGenerator) -> Schema {
    schemars::json_schema!({ "type": ["string", "number"], "minLength": 1 })
}

fn waivable_rule(_: &mut schemars::SchemaGenerator) -> Schema {
    let rules = REGISTRY.iter().map(|rule| rule.meta()).filter(|meta| meta.waivable == Waivable::Yes);
    let names: Vec<&str> = rules.map(|meta| meta.name).collect();
    schemars::json_schema!({ "type": "string", "enum": names })
}

/// The fields that a record has to have unless the configuration makes them optional.
const REQUIRED: [FieldName; 5] =
    [FieldName::Customer, FieldName::Workload, FieldName::Status, FieldName::Note, FieldName::RefreshSummary];

/// The JSON Schema of a file of records for which `rules` hold, with the statuses and workloads of `playbook`. A file
/// holds a record, a list of them, or a customer with a list of entitlements.
#[must_use]
pub fn record(rules: &FileRules<'_>, playbook: &Playbook) -> String {
    let names = &rules.settings.fields;
    let needed: Vec<FieldName> =
        REQUIRED.into_iter().filter(|field| !rules.settings.required.is_optional(*field)).collect();
    let mut record = shape(names, playbook);
    let customer = customer(&record, names, &needed);
    require(&mut record, names, &needed);
    let entitlements = names.keys_of("entitlements").map(needs).collect::<Vec<_>>();
    let either = json!({
        "if": { "type": "object", "anyOf": entitlements },
        "then": { "$ref": "#/definitions/customer" },
        "else": { "$ref": "#/definitions/record" },
    });
    let mut schema = json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Entitlement status notes",
        "description": "A record, a list of records, or a customer with a list of entitlements.",
        "if": { "type": "array" },
        "then": { "items": either },
        "else": either,
    });
    set(&mut schema, "definitions", json!({ "record": record, "customer": customer }));
    match Schema::try_from(schema) {
        Ok(schema) => schema_text(&schema),
        Err(_) => String::new(),
    }
}

/// A record with the names of its fields, its statuses and its workloads, of which nothing is required.
fn shape(names: &FieldNames, playbook: &Playbook) -> Value {
    let mut record = of::<RecordShape>();
    let mut properties = Map::new();
    for (field, mut property) in take_properties(&mut record) {
        match field.as_str() {
            "status" => {
                let statuses: Vec<&str> = playbook.statuses.iter().map(|status| status.name.as_str()).collect();
                set(&mut property, "enum", json!(statuses));
            }
            "workload" => set(&mut property, "anyOf", workloads(playbook)),
            "refresh_summary" => {
                set(&mut property, "minItems", json!(1));
                if let Some(entry) = property.get_mut("items") {
                    rename(entry, names);
                }
            }
            _ => {}
        }
        add(&mut properties, names, &field, &property);
    }
    set(&mut record, "properties", Value::Object(properties));
    if let Value::Object(entries) = &mut record {
        ["$schema", "title", "required"].iter().for_each(|key| _ = entries.remove(*key));
    }
    record
}

/// The workloads that are known, to complete them; any other name is one, too.
fn workloads(playbook: &Playbook) -> Value {
    let mut known: Vec<&str> = playbook
        .workload_names_and_terms()
        .filter(|(.., used)| *used == NameUse::Name)
        .map(|(name, ..)| name)
        .collect();
    known.sort_unstable();
    known.dedup();
    json!([{ "enum": known }, { "type": ["string", "number"] }])
}

/// Calls the properties of an entry of the refresh summary as the configuration does.
fn rename(entry: &mut Value, names: &FieldNames) {
    let mut properties = Map::new();
    let mut fields = Vec::new();
    for (field, property) in take_properties(entry) {
        add(&mut properties, names, &field, &property);
        fields.extend(FieldNames::KNOWN.into_iter().find(|known| *known == field));
    }
    set(entry, "properties", Value::Object(properties));
    let mut alternatives = Vec::new();
    for known in fields {
        // The date of an entry may be called `date` even where that of the record is called otherwise.
        let own = (known == "date").then_some("date");
        let mut keys: Vec<&str> = names.keys_of(known).chain(own).collect();
        keys.dedup();
        alternatives.push(json!({ "anyOf": keys.into_iter().map(needs).collect::<Vec<_>>() }));
    }
    if let Value::Object(entries) = entry {
        entries.remove("required");
    }
    simplify(entry, alternatives);
}

/// Adds a property under each of the names of its field.
fn add(properties: &mut Map<String, Value>, names: &FieldNames, field: &str, property: &Value) {
    let Some(known) = FieldNames::KNOWN.into_iter().find(|known| *known == field) else { return };
    for key in names.keys_of(known) {
        properties.insert(key.to_owned(), property.clone());
    }
}

/// Requires `fields` of a record, each under one of its names and under no two of them.
fn require(record: &mut Value, names: &FieldNames, fields: &[FieldName]) {
    let one_of = |field: &FieldName| json!({ "anyOf": names.keys_of(field.key()).map(needs).collect::<Vec<_>>() });
    let mut all: Vec<Value> = fields.iter().map(one_of).collect();
    all.extend(not_twice(names));
    simplify(record, all);
}

/// What forbids two names of one field beside each other.
fn not_twice(names: &FieldNames) -> Vec<Value> {
    let mut all = Vec::new();
    for field in FieldName::ALL {
        let keys: Vec<&str> = names.keys_of(field.key()).collect();
        for (at, one) in keys.iter().enumerate() {
            all.extend(keys.iter().skip(at + 1).map(|other| json!({ "not": { "required": [one, other] } })));
        }
    }
    all
}

/// Sets what is to hold together; what has one name is `required`, which editors explain best.
fn simplify(schema: &mut Value, all: Vec<Value>) {
    let only = |part: &Value| match part.get("anyOf").and_then(Value::as_array).map(Vec::as_slice) {
        Some([only]) => only.get("required").and_then(|names| names.get(0)).cloned(),
        _ => None,
    };
    let required: Vec<Value> = all.iter().filter_map(only).collect();
    let rest: Vec<Value> = all.into_iter().filter(|part| only(part).is_none()).collect();
    if !required.is_empty() {
        set(schema, "required", Value::Array(required));
    }
    if !rest.is_empty() {
        set(schema, "allOf", Value::Array(rest));
    }
}

/// A customer: fields around a list of records that inherit them. Each needed field stands in the customer or in every
/// record of the list.
fn customer(record: &Value, names: &FieldNames, needed: &[FieldName]) -> Value {
    let mut customer = record.clone();
    let list = json!({
        "description": "The records of this customer. Fields beside the list hold for all of them.",
        "type": "array",
        "minItems": 1,
        "items": record,
    });
    for key in names.keys_of("entitlements") {
        if let Some(Value::Object(properties)) = customer.get_mut("properties") {
            properties.insert(key.to_owned(), list.clone());
        }
    }
    set(&mut customer, "description", json!("A customer with a list of entitlements, each of which is a record."));
    let in_items = |asked: Value| {
        let lists = names.keys_of("entitlements").map(|key| (key.to_owned(), json!({ "items": asked })));
        json!({ "properties": lists.collect::<Map<String, Value>>() })
    };
    let of_field = |field: &FieldName| {
        let own: Vec<Value> = names.keys_of(field.key()).map(needs).collect();
        let each = in_items(json!({ "anyOf": own }));
        let all: Vec<Value> = std::iter::once(each).chain(own).collect();
        json!({ "anyOf": all })
    };
    let mut all: Vec<Value> = needed.iter().map(of_field).collect();
    all.extend(not_twice(names));
    set(&mut customer, "allOf", Value::Array(all));
    customer
}
