//! What is nearly a record and is not read as one: other keys, another place, another shape.
//!
//! This stage only gathers what there is: which keys of a group of fields are those of a record or nearly, how near,
//! and where it stands. The rule `misplaced-record` weighs it. Each value is looked at once.

use super::evidence::is_beside;
use super::fold::fold;
use super::spelling::{NearKeys, Nearness};
use super::{FieldName, FieldNames, Located, spread, tables};
use crate::text::ByteSpan;
use crate::yaml::{Entry, ScalarKind, Value};

/// Something that may be a record that is not read as one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misplaced {
    /// The whole of it.
    pub span: ByteSpan,
    /// Where it stands.
    pub site: Site,
    /// How its fields are written.
    pub shape: Shape,
    /// Its fields, each once.
    pub fields: Vec<NearField>,
    /// Its keys that are neither a field that makes a record nor nearly one.
    pub others: OtherKeys,
    /// The list or group of fields that holds it; its own span when nothing does.
    pub container: ByteSpan,
    /// The key under which it stands itself.
    pub key: Option<String>,
    /// What stands under the key for entitlements in place of records; only for [`Shape::Bare`].
    pub values: Vec<String>,
    /// The key for entitlements, or nearly it, above the record; else the key under which the container stands; where it
    /// stands under none, that of the record itself.
    pub under: Option<Located<String>>,
}

/// Where something stands that may be a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Site {
    /// Where only records may stand, as in a file that the configuration includes.
    Required,
    /// Where a record is read: a document, or an item of its list.
    Document,
    /// Under the key for entitlements, or one that is nearly it.
    Entitlements,
    /// Under any other key, where no record is read.
    Nested,
    /// Under a key of a record that is the team's own.
    InRecord,
}

/// How the fields are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// As a group of fields.
    Fields,
    /// As lines of one text.
    Text,
    /// As the items of a list, one field each.
    Spread,
    /// As the columns of a table.
    Table,
    /// A customer whose entitlements are single values.
    Bare(Bare),
}

/// How many keys there are beside the fields that make a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct OtherKeys {
    /// Those that a record often has: a date, an owner, waivers.
    pub usual: usize,
    /// All others.
    pub foreign: usize,
}

/// What a customer's entitlements are when they are no records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bare {
    /// One value: a text, a number, nothing.
    One,
    /// A list of single values.
    List,
    /// Single values, each under a key.
    Group,
}

/// A field of what may be a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NearField {
    /// The field that the key means.
    pub meant: FieldName,
    /// The key as written.
    pub written: Located<String>,
    /// How near it is to the right key.
    pub nearness: Nearness,
    /// The beginning of the value, when it is a single one.
    pub value: String,
}

/// Characters of a value that are kept: enough for a status, and to tell a sentence from a word.
const KEPT: usize = 64;

/// The characters kept of a value.
pub(super) fn beginning(text: &str) -> String {
    text.trim().chars().take(KEPT).collect()
}

/// Whether a text only repeats its key, as the label of a field in a form does: `refresh_summary: Refresh summary`.
pub(crate) fn repeats_key(text: &str, key: &str) -> bool {
    // Only the beginning of a text is kept, and a label is short.
    text.len() <= 2 * KEPT && !text.trim().is_empty() && fold(text) == fold(key)
}

/// Columns that a table of records has at least.
const LEAST_COLUMNS: usize = 3;

/// What stands around a value.
#[derive(Clone, Copy)]
struct Around<'t> {
    site: Site,
    /// The list or mapping that holds the value.
    container: Option<Value<'t>>,
    /// The key under which the container stands.
    under: Option<Value<'t>>,
    /// The key under which the value stands.
    key: Option<Value<'t>>,
    /// The key for entitlements, or nearly it, at or above the value.
    entitlements: Option<Value<'t>>,
}

impl<'t> Around<'t> {
    /// Around a value that nothing holds.
    fn nothing(site: Site) -> Self {
        Self { site, container: None, under: None, key: None, entitlements: None }
    }
}

/// Looks for what is nearly a record.
pub(super) struct Finder<'n> {
    names: &'n FieldNames,
    pub(super) keys: NearKeys<'n>,
    pub(super) found: Vec<Misplaced>,
}

impl<'n> Finder<'n> {
    pub(super) fn new(names: &'n FieldNames) -> Self {
        Self { names, keys: NearKeys::new(names), found: Vec::new() }
    }

    /// Looks at a document, or an item of its list, that is no record, and at all that it holds.
    pub(super) fn document(&mut self, root: Value<'_>) {
        self.walk(root, Around::nothing(Site::Document));
    }

    /// Looks at what stands where only a record may stand. False when nothing about it is nearly one.
    pub(super) fn required(&mut self, value: Value<'_>) -> bool {
        let around = Around::nothing(Site::Required);
        let before = self.found.len();
        self.look(value, around);
        let is_near = self.found.len() > before;
        self.children(value, around);
        is_near
    }

    /// Looks at the fields of a record that are the team's own. A record's `entitlements` are no list of records, or they
    /// would be read.
    pub(super) fn beside_record(&mut self, record: Value<'_>) {
        self.beside(record, &["entitlements"]);
    }

    /// Looks at the fields of a customer that are the team's own.
    pub(super) fn beside_entitlements(&mut self, customer: Value<'_>) {
        self.beside(customer, &[]);
    }

    fn beside(&mut self, record: Value<'_>, also: &[&'static str]) {
        for entry in record.entries().into_iter().flatten().filter(|entry| is_inside(entry.value, record)) {
            let is = |known: &&'static str| entry.key.scalar().is_some_and(|key| self.names.key_of(known) == key.text);
            if also.iter().any(is) || !FieldNames::KNOWN.iter().any(is) {
                self.walk(entry.value, self.under(entry, record, Around::nothing(Site::InRecord)));
            }
        }
    }

    fn walk(&mut self, value: Value<'_>, around: Around<'_>) {
        self.look(value, around);
        self.children(value, around);
    }

    /// What an alias or a merge key stands for is looked at where it stands itself, so that each value is looked at once. The depth of a document is limited, so this does
    /// not recurse far.
    fn children(&mut self, value: Value<'_>, around: Around<'_>) {
        let inner = match around.site {
            Site::Required | Site::Document => Site::Nested,
            site => site,
        };
        for item in value.items().into_iter().flatten().filter(|item| is_inside(*item, value)) {
            // The items of a document's list are where records are read.
            let is_root = around.container.is_none() && around.site == Site::Document;
            let site = if is_root { Site::Document } else { inner };
            let under = if around.key.is_some() { around.key } else { around.under };
            self.walk(item, Around { site, container: Some(value), under, key: None, ..around });
        }
        for entry in value.entries().into_iter().flatten().filter(|entry| is_inside(entry.value, value)) {
            let inside = self.under(entry, value, Around { site: inner, ..around });
            if around.site != Site::InRecord && inside.entitlements.is_some_and(|key| key.span() == entry.key.span()) {
                self.look_for_bare(entry, value);
            }
            self.walk(entry.value, inside);
        }
    }

    /// What stands around the value of an entry of `mapping`, which has `around` around itself.
    fn under<'t>(&self, entry: Entry<'t>, mapping: Value<'t>, around: Around<'t>) -> Around<'t> {
        let is_meant = entry.key.scalar().is_some_and(|key| self.keys.is_entitlements(&key.text));
        let (site, entitlements) =
            if is_meant { (Site::Entitlements, Some(entry.key)) } else { (around.site, around.entitlements) };
        Around { site, container: Some(mapping), under: around.key, key: Some(entry.key), entitlements }
    }

    /// A customer whose entitlements, in `entry`, are single values.
    fn look_for_bare(&mut self, entry: Entry<'_>, customer: Value<'_>) {
        let Some((bare, values)) = bare(entry.value, &self.keys) else { return };
        let mut fields = Vec::new();
        let others = customer.entries().into_iter().flatten().filter(|other| other.key.span() != entry.key.span());
        let others = self.entries(others, &mut fields);
        let key = entry.key.scalar().map(|key| key.text.clone().into_owned()).unwrap_or_default();
        let under = Some(Located { value: key, key: Some(entry.key.span()), span: entry.key.span() });
        let (span, container) = (entry.value.span(), customer.span());
        let (shape, site) = (Shape::Bare(bare), Site::Entitlements);
        self.found.push(Misplaced { span, site, shape, fields, others, container, key: None, values, under });
    }

    fn look(&mut self, value: Value<'_>, around: Around<'_>) {
        self.look_for_table(value, around);
        let Some((shape, fields, others)) = self.fields(value, around) else { return };
        self.add(value, around, shape, fields, others);
    }

    /// Adds the name of what is kept in a list under a key that means a field: `workloads: [{name: Yammer, …}]`. The
    /// name is that of any other thing, so it weighs no more than a slip of the pen.
    fn add_name(&self, value: Value<'_>, around: Around<'_>, fields: &mut Vec<NearField>, others: &mut OtherKeys) {
        let kept_under = around.key.is_none().then_some(around.under).flatten().and_then(|key| key.scalar());
        let meant = kept_under.and_then(|key| self.keys.near(&key.text)).map(|(meant, _)| meant);
        let Some(meant @ (FieldName::Customer | FieldName::Workload)) = meant else { return };
        let is_name = |entry: &Entry<'_>| entry.key.scalar().is_some_and(|key| fold(&key.text) == NAME);
        let Some(entry) = value.entries().into_iter().flatten().find(is_name) else { return };
        let (Some(key), Some(name)) = (entry.key.scalar(), entry.value.scalar()) else { return };
        if !fields.iter().any(|field| field.meant == meant) {
            add((meant, Nearness::Slip), &key.text, entry.key.span(), &name.text, fields);
            others.foreign = others.foreign.saturating_sub(1);
        }
    }

    fn look_for_table(&mut self, value: Value<'_>, around: Around<'_>) {
        let mut fields = Vec::new();
        tables::of_value(value, &self.keys, &mut fields);
        if let Some(scalar) = value.scalar().filter(|scalar| scalar.text.contains('\n')) {
            tables::of_text(&scalar.text, value.span(), &self.keys, &mut fields);
        }
        if fields.len() >= LEAST_COLUMNS {
            self.add(value, around, Shape::Table, fields, OtherKeys::default());
        }
    }

    fn add(&mut self, value: Value<'_>, around: Around<'_>, shape: Shape, fields: Vec<NearField>, others: OtherKeys) {
        let under = around.entitlements.or(around.under).or(around.key).and_then(|key| {
            let text = key.scalar()?.text.clone().into_owned();
            Some(Located { value: text, key: Some(key.span()), span: key.span() })
        });
        let container = around.container.unwrap_or(value).span();
        let span = value.span();
        let key = around.key.and_then(|key| Some(key.scalar()?.text.clone().into_owned()));
        let (site, values) = (around.site, Vec::new());
        self.found.push(Misplaced { span, site, shape, fields, others, container, key, values, under });
    }

    /// The fields that `value` may hold, when there are enough for it to be worth weighing.
    fn fields(&self, value: Value<'_>, around: Around<'_>) -> Option<(Shape, Vec<NearField>, OtherKeys)> {
        let site = around.site;
        let mut fields = Vec::new();
        let mut others = OtherKeys::default();
        let shape = if let Some(entries) = value.entries() {
            others = self.entries(entries, &mut fields);
            self.add_name(value, around, &mut fields, &mut others);
            Shape::Fields
        } else if value.items().is_some() {
            self.spread(value, &mut fields);
            Shape::Spread
        } else {
            let text = &value.scalar()?.text;
            // Other files are full of texts; only one that has lines can hold a record.
            if site == Site::Document || site == Site::Required || text.contains('\n') {
                spread::of_text(text, value.span(), &self.keys, &mut fields);
            }
            Shape::Text
        };
        let is_sole = others.foreign == 0 && site == Site::Document;
        let enough = match () {
            () if shape != Shape::Fields => 2,
            () if is_sole || matches!(site, Site::Required | Site::Entitlements) || has_summary(&fields) => 1,
            () => 2,
        };
        (fields.len() >= enough).then_some((shape, fields, others))
    }

    /// Adds the fields that `entries` hold, and counts the other keys.
    fn entries<'t>(&self, entries: impl Iterator<Item = Entry<'t>>, fields: &mut Vec<NearField>) -> OtherKeys {
        let mut others = OtherKeys::default();
        for entry in entries.filter(|entry| !self.entry(*entry, fields)) {
            let is_usual = entry.key.scalar().is_some_and(|key| is_beside(&key.text));
            others.usual += usize::from(is_usual);
            others.foreign += usize::from(!is_usual);
        }
        others
    }

    /// Adds the field that an entry holds. False for a key that makes no record.
    fn entry(&self, entry: Entry<'_>, fields: &mut Vec<NearField>) -> bool {
        let Some(key) = entry.key.scalar() else { return false };
        let is_null = entry.value.scalar_kind() == Some(ScalarKind::Null);
        // `{customer:Contoso}` is one key without a value.
        if let Some((name, value)) = key.text.split_once(':').filter(|_| is_null) {
            let near = self.keys.near(name);
            if let Some(near) = near {
                add(near, name, entry.key.span(), value, fields);
            }
            return near.is_some();
        }
        let Some((meant, nearness)) = self.keys.near(&key.text) else { return false };
        let value = match entry.value.scalar() {
            Some(scalar) => scalar.text.as_ref(),
            None if meant == FieldName::RefreshSummary => "",
            // A group of fields under `customer` or `note` tells about them, as a schema does.
            None if entry.value.entries().is_some() => return false,
            None => "",
        };
        add((meant, nearness), &key.text, entry.key.span(), value, fields);
        true
    }

    /// A list whose items are one field each: `- customer: Contoso`, `- note: …`.
    fn spread(&self, list: Value<'_>, fields: &mut Vec<NearField>) {
        for item in list.items().into_iter().flatten() {
            if let Some(scalar) = item.scalar() {
                spread::of_text(&scalar.text, item.span(), &self.keys, fields);
            }
            let mut entries = item.entries().into_iter().flatten();
            if let (Some(only), None) = (entries.next(), entries.next()) {
                self.entry(only, fields);
            } else {
                spread::of_pair(item, &self.keys, fields);
            }
        }
    }
}

/// The key under which things are named.
const NAME: &str = "name";

/// Values of entitlements that are kept.
const MOST_VALUES: usize = 16;

/// What entitlements are that are no records, with some of their values; nothing when they may hold a record, or are an
/// empty list.
fn bare(entitlements: Value<'_>, keys: &NearKeys<'_>) -> Option<(Bare, Vec<String>)> {
    let text = |value: Value<'_>| Some(beginning(&value.scalar()?.text));
    if let Some(mut items) = entitlements.items() {
        let is_bare = items.clone().next().is_some() && items.clone().all(|item| item.scalar().is_some());
        return is_bare.then(|| (Bare::List, items.by_ref().take(MOST_VALUES).filter_map(text).collect()));
    }
    if let Some(entries) = entitlements.entries() {
        let is_field = |key: Value<'_>| key.scalar().is_some_and(|key| keys.near(&key.text).is_some());
        let is_bare = entries.clone().all(|entry| entry.value.scalar().is_some() && !is_field(entry.key));
        let values = || entries.take(MOST_VALUES).filter_map(|entry| text(entry.value)).collect();
        return is_bare.then(|| (Bare::Group, values()));
    }
    Some((Bare::One, vec![text(entitlements)?]))
}

/// Adds the field that `key` means, which is at `span`.
pub(super) fn add(meant: (FieldName, Nearness), key: &str, span: ByteSpan, value: &str, fields: &mut Vec<NearField>) {
    let (meant, nearness) = meant;
    let written = Located { value: key.to_owned(), key: Some(span), span };
    spread::add(fields, NearField { meant, written, nearness, value: beginning(value) });
}

/// Whether `inner` is written inside `outer`, and not brought in by an alias or a merge key.
fn is_inside(inner: Value<'_>, outer: Value<'_>) -> bool {
    let (inside, around) = (inner.span(), outer.target().span());
    !inner.is_alias() && around.start <= inside.start && inside.end <= around.end
}

fn has_summary(fields: &[NearField]) -> bool {
    fields.iter().any(|field| field.meant == FieldName::RefreshSummary)
}
