//! Configurations of hook managers as trees, whatever they are written in.

use serde_json::Value;
use std::fs;
use std::path::Path;

/// The file as one tree; nothing when it cannot be read. JSON is YAML.
pub(super) fn read(file: &Path) -> Option<Value> {
    let text = fs::read_to_string(file).ok()?;
    if file.extension().is_some_and(|ending| ending == "toml") {
        toml::from_str(&text).ok()
    } else {
        serde_yaml::from_str(&text).ok()
    }
}

/// `base` with `own` laid over it: mappings key by key, items of lists by their `name`, anything else as a whole.
pub(super) fn laid_over(base: Value, own: Value) -> Value {
    match (base, own) {
        (Value::Object(mut base), Value::Object(own)) => {
            for (key, value) in own {
                let merged = match base.remove(&key) {
                    Some(before) => laid_over(before, value),
                    None => value,
                };
                base.insert(key, merged);
            }
            Value::Object(base)
        }
        (Value::Array(mut base), Value::Array(own))
            if base.iter().chain(&own).any(|item| item.get("run").is_some()) =>
        {
            for item in own {
                let name = text(&item, "name").to_owned();
                match base.iter_mut().find(|before| !name.is_empty() && text(before, "name") == name) {
                    Some(before) => *before = laid_over(before.take(), item),
                    None => base.push(item),
                }
            }
            Value::Array(base)
        }
        (_, own) => own,
    }
}

/// The text under a key; empty when there is none.
pub(super) fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

/// The items of the list under a key.
pub(super) fn items<'v>(value: &'v Value, key: &str) -> impl Iterator<Item = &'v Value> {
    value.get(key).and_then(Value::as_array).into_iter().flatten()
}

/// The text or texts under a key.
pub(super) fn texts<'v>(value: &'v Value, key: &str) -> Vec<&'v str> {
    match value.get(key) {
        Some(Value::String(text)) => vec![text],
        _ => items(value, key).filter_map(Value::as_str).collect(),
    }
}

/// Whether the value under a key is `true`.
pub(super) fn is_true(value: &Value, key: &str) -> bool {
    value.get(key).and_then(Value::as_bool).unwrap_or(false)
}
