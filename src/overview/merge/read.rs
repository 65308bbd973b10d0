//! Reads a JSON report piece by piece.

use super::NotMerged;
use super::json::{JsonFile, JsonRecord, JsonShard, JsonSummary, JsonTool};
use crate::source::shard::Shard;
use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor,
};
use serde_json::error::Category;
use std::fmt;
use std::io::{BufReader, Read};
use std::marker::PhantomData;

/// Takes the parts of a report as they come.
pub(super) trait Take {
    fn record(&mut self, record: &JsonRecord);
    fn file(&mut self, file: &JsonFile);
    fn shard(&mut self, shard: Shard);
}

/// What an overview of this program has and a report of `check` has not.
const OF_OVERVIEW: &str = "to_correct";

const OTHER: &str = "it is not a report of `notegate check --format json`";

/// Reads a report, hands its parts to `take`, and returns its summary.
///
/// # Errors
/// When it is not a whole report of version 1.
pub(super) fn read(text: impl Read, take: &mut dyn Take) -> Result<JsonSummary, NotMerged> {
    let mut text = BufReader::new(text);
    let mut begin = Vec::new();
    text.by_ref().take(3).read_to_end(&mut begin).map_err(|error| NotMerged(format!("it cannot be read: {error}")))?;
    let begin: &[u8] = match begin.as_slice() {
        [] => return Err(NotMerged("it is empty".to_owned())),
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] | [_, 0, ..] => {
            let why = "it is UTF-16, as PowerShell writes what it redirects; write it with `--output FILE` instead";
            return Err(NotMerged(why.to_owned()));
        }
        [0xef, 0xbb, 0xbf] => &[],
        begin => begin,
    };
    let mut deserializer = serde_json::Deserializer::from_reader(begin.chain(text));
    let summary = Report(take).deserialize(&mut deserializer).and_then(|summary| {
        deserializer.end()?;
        Ok(summary)
    });
    summary.map_err(|error| {
        NotMerged(match error.classify() {
            Category::Eof => format!("it is cut off: {error}"),
            Category::Io => format!("it cannot be read: {error}"),
            Category::Syntax => format!("it is not JSON: {error}"),
            Category::Data => format!("{OTHER}: {error}"),
        })
    })
}

/// The whole report.
struct Report<'t>(&'t mut dyn Take);

impl<'de> DeserializeSeed<'de> for Report<'_> {
    type Value = JsonSummary;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<JsonSummary, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Report<'_> {
    type Value = JsonSummary;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object with `records`")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<JsonSummary, A::Error> {
        let Self(take) = self;
        let (mut version, mut tool, mut summary) = (None, None, None);
        let (mut records, mut files, mut shard) = (None, None, None);
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "version" => once(&mut version, "version", map.next_value::<serde_json::Value>()?)?,
                "tool" => once(&mut tool, "tool", map.next_value::<JsonTool>()?)?,
                "summary" => once(&mut summary, "summary", map.next_value::<JsonSummary>()?)?,
                "records" => {
                    once(&mut records, "records", ())?;
                    map.next_value_seed(Each::new(&mut |record: JsonRecord| take.record(&record)))?;
                }
                "files" => {
                    once(&mut files, "files", ())?;
                    map.next_value_seed(Each::new(&mut |file: JsonFile| take.file(&file)))?;
                }
                "shard" => {
                    let JsonShard { index, count } = map.next_value()?;
                    let part = Shard::new(index, count);
                    take.shard(part.ok_or_else(|| A::Error::custom("`shard` names a part that there is not"))?);
                    once(&mut shard, "shard", ())?;
                }
                OF_OVERVIEW => return Err(A::Error::custom("it is an overview, which cannot be merged")),
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        let version = version.ok_or_else(|| A::Error::missing_field("version"))?;
        if version != 1 {
            return Err(A::Error::custom("its version is not 1; use the notegate that wrote it, or a newer one"));
        }
        let JsonTool { name } = tool.ok_or_else(|| A::Error::missing_field("tool"))?;
        if name != "notegate" {
            return Err(A::Error::custom("another program wrote it"));
        }
        records.ok_or_else(|| A::Error::missing_field("records"))?;
        files.ok_or_else(|| A::Error::missing_field("files"))?;
        summary.ok_or_else(|| A::Error::missing_field("summary"))
    }
}

/// Keeps the value of a key that may be there once.
fn once<T, E: serde::de::Error>(place: &mut Option<T>, key: &'static str, value: T) -> Result<(), E> {
    match place.replace(value) {
        None => Ok(()),
        Some(_) => Err(E::duplicate_field(key)),
    }
}

/// A list, item by item.
struct Each<'t, T> {
    take: &'t mut dyn FnMut(T),
    of: PhantomData<T>,
}

impl<'t, T> Each<'t, T> {
    fn new(take: &'t mut dyn FnMut(T)) -> Self {
        Self { take, of: PhantomData }
    }
}

impl<'de, T: DeserializeOwned> DeserializeSeed<'de> for Each<'_, T> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de, T: DeserializeOwned> Visitor<'de> for Each<'_, T> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        while let Some(item) = items.next_element()? {
            (self.take)(item);
        }
        Ok(())
    }
}
