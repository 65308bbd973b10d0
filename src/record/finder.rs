//! Looks for what is nearly a record. Each value is looked at once.

use super::bare::bare;
use super::cells::cells;
use super::encoded::text_of;
use super::evidence::is_beside;
use super::fold::fold;
use super::gathered::{Gathered, Written};
use super::key_words::{is_for_models, is_for_work};
use super::misplaced::{Below, Misplaced, NearField, OtherKeys, Shape, Site};
use super::spelling::{NearKeys, Nearness};
use super::{FieldName, FieldNames, Located, plain_text, spread, tables};
use crate::yaml::{Entry, ScalarKind, Value};

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
    /// Whether a group of fields above the value names a customer.
    is_below_customer: bool,
    /// What the keys at or above the value say that it is.
    below: Below,
}

impl<'t> Around<'t> {
    /// Around a value that nothing holds.
    fn nothing(site: Site) -> Self {
        Self {
            site,
            container: None,
            under: None,
            key: None,
            entitlements: None,
            is_below_customer: false,
            below: Below::Anything,
        }
    }
}

/// How many fields are needed for something to be weighed at all.
#[derive(Clone, Copy)]
pub(super) struct Enough {
    pub(super) near: usize,
    pub(super) with_synonyms: usize,
}

/// The fields of what may be a record, by their own names and by other words.
pub(super) struct Likes {
    pub(super) fields: Vec<NearField>,
    pub(super) by_synonyms: Vec<NearField>,
}

impl Enough {
    /// The fields that are enough.
    pub(super) fn of(self, all: Vec<NearField>) -> Likes {
        let near = all.iter().filter(|field| !field.nearness.is_synonym()).count();
        let has_synonyms = near < all.len() && all.len() >= self.with_synonyms;
        let by_synonyms = if has_synonyms { all.clone() } else { Vec::new() };
        let mut fields = if near >= self.near { all } else { Vec::new() };
        fields.retain(|field| !field.nearness.is_synonym());
        Likes { fields, by_synonyms }
    }
}

/// Looks for what is nearly a record.
pub(super) struct Finder<'n> {
    pub(super) names: &'n FieldNames,
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
        let names_customer = self.look(value, around);
        let is_near = self.found.len() > before;
        self.children(value, Around { is_below_customer: names_customer, ..around });
        is_near
    }

    /// Looks at the fields of a record that are the team's own. A record's `entitlements` are no list of records, or they
    /// would be read.
    pub(super) fn beside_record(&mut self, record: Value<'_>) {
        self.beside(record, &["entitlements"]);
        self.second(record);
    }

    /// Looks at the fields of a customer that are the team's own.
    pub(super) fn beside_entitlements(&mut self, customer: Value<'_>) {
        self.beside(customer, &[]);
        self.unread_by_items(customer);
    }

    fn beside(&mut self, record: Value<'_>, also: &[&'static str]) {
        for entry in record.entries().into_iter().flatten().filter(|entry| is_inside(entry.value, record)) {
            let is =
                |known: &&'static str| entry.key.scalar().is_some_and(|key| self.names.is_key_of(known, &key.text));
            if also.iter().any(is) || !FieldNames::KNOWN.iter().any(is) {
                self.walk(entry.value, self.under(entry, record, Around::nothing(Site::InRecord)));
            }
        }
    }

    fn walk(&mut self, value: Value<'_>, around: Around<'_>) {
        let is_below_customer = self.look(value, around) || around.is_below_customer;
        self.children(value, Around { is_below_customer, ..around });
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
            // A key may be a list or a group itself: `? {customer: Contoso, note: …}`.
            if entry.key.scalar().is_none() {
                self.walk(
                    entry.key,
                    Around { site: inner, container: Some(value), under: around.key, key: None, ..around },
                );
            }
            self.walk(entry.value, inside);
        }
    }

    /// What stands around the value of an entry of `mapping`, which has `around` around itself.
    fn under<'t>(&self, entry: Entry<'t>, mapping: Value<'t>, around: Around<'t>) -> Around<'t> {
        let is_meant = entry.key.scalar().is_some_and(|key| self.keys.is_entitlements(&key.text));
        let (site, entitlements) =
            if is_meant { (Site::Entitlements, Some(entry.key)) } else { (around.site, around.entitlements) };
        let is_one = |is: fn(&str) -> bool| entry.key.scalar().is_some_and(|key| is(&key.text));
        let below = match around.below {
            Below::Anything | Below::Work if is_one(is_for_models) => Below::Models,
            Below::Anything if is_one(is_for_work) => Below::Work,
            below => below,
        };
        let (container, key) = (Some(mapping), Some(entry.key));
        Around { site, container, under: around.key, key, entitlements, below, ..around }
    }

    /// A customer whose entitlements, in `entry`, are single values.
    fn look_for_bare(&mut self, entry: Entry<'_>, customer: Value<'_>) {
        let Some((bare, values)) = bare(entry.value, &self.keys) else { return };
        let mut fields = Gathered::default();
        let others = customer.entries().into_iter().flatten().filter(|other| other.key.span() != entry.key.span());
        let others = self.entries(others, &mut fields);
        let mut fields = fields.finish().all;
        fields.retain(|field| !field.nearness.is_synonym());
        self.found.push(Misplaced {
            fields,
            others,
            container: customer.span(),
            values,
            under: located(entry.key),
            ..Misplaced::at(entry.value.span(), Site::Entitlements, Shape::Bare(bare))
        });
    }

    /// Looks at one value. True when its fields name a customer.
    fn look(&mut self, value: Value<'_>, around: Around<'_>) -> bool {
        self.look_for_table(value, around);
        self.look_for_plain_text(value, around);
        let Some((shape, fields, others)) = self.fields(value, around) else { return false };
        let is_sole = others.foreign == 0 && around.site == Site::Document;
        let is_required = matches!(around.site, Site::Required | Site::Entitlements);
        let enough = match shape {
            Shape::Fields if is_sole || is_required || has_summary(&fields) => Enough { near: 1, with_synonyms: 2 },
            // What it is kept under may be a field, too.
            Shape::Fields if around.key.is_some() || around.is_below_customer => Enough { near: 2, with_synonyms: 2 },
            _ => Enough { near: 2, with_synonyms: 3 },
        };
        let names_customer = fields.iter().any(|field| field.meant == FieldName::Customer);
        if around.site != Site::InRecord {
            let cells = cells(value, &self.keys);
            self.add(value, around, Shape::Group, |found| Misplaced { cells, ..found });
        }
        let Likes { fields, by_synonyms } = enough.of(fields);
        self.add(value, around, shape, |found| Misplaced { fields, by_synonyms, others, ..found });
        names_customer
    }

    /// Adds the name of what is kept under a key that means a field: `workloads: [{name: Yammer, …}]`, `workload: {name:
    /// Yammer, …}`. The name is that of any other thing, so it weighs no more than a slip of the pen.
    fn add_name(&self, value: Value<'_>, around: Around<'_>, fields: &mut Vec<NearField>, others: &mut OtherKeys) {
        let Some((meant, nearness)) = self.meant_by_key(around) else { return };
        let is_name = |entry: &Entry<'_>| entry.key.scalar().is_some_and(|key| fold(&key.text) == NAME);
        let Some(entry) = value.entries().into_iter().flatten().find(is_name) else { return };
        let (Some(key), Some(name)) = (entry.key.scalar(), entry.value.scalar()) else { return };
        let nearness = if nearness.is_synonym() { Nearness::LooseSynonym } else { Nearness::Slip };
        if !fields.iter().any(|field| field.meant == meant) {
            fields.push(NearField::of((meant, nearness), Written::key(&key.text, entry.key.span()), &name.text));
            // Other words for a field stay among the other keys.
            others.foreign = others.foreign.saturating_sub(usize::from(nearness == Nearness::Slip));
        }
    }

    /// The field that the key of a value, or of the list or the group around it, means, when things may be named in it.
    fn meant_by_key(&self, around: Around<'_>) -> Option<(FieldName, Nearness)> {
        let near = |key: Value<'_>| self.keys.near_or_synonym(&key.scalar()?.text);
        let is_named = |(meant, _): &(FieldName, Nearness)| matches!(meant, FieldName::Customer | FieldName::Workload);
        [around.key, around.under].into_iter().flatten().filter_map(near).find(is_named)
    }

    fn look_for_table(&mut self, value: Value<'_>, around: Around<'_>) {
        let mut fields = Gathered::default();
        tables::of_value(value, &self.keys, &mut fields);
        if let Some(text) = text_of(value) {
            tables::of_text(&text, value.span(), &self.keys, &mut fields);
        }
        let enough = Enough { near: LEAST_COLUMNS, with_synonyms: LEAST_COLUMNS };
        let Likes { fields, by_synonyms } = enough.of(fields.finish().all);
        self.add(value, around, Shape::Table, |found| Misplaced { fields, by_synonyms, ..found });
    }

    /// Looks for rows of a table and for sentences.
    fn look_for_plain_text(&mut self, value: Value<'_>, around: Around<'_>) {
        let has_lines = || value.scalar().is_some_and(|scalar| scalar.text.contains('\n'));
        let is_document = matches!(around.site, Site::Document | Site::Required);
        if value.scalar().is_none() || is_document || has_lines() {
            let values = plain_text::row(value);
            self.add(value, around, Shape::Row, |found| Misplaced { values, ..found });
        }
        if around.container.is_none() && around.site == Site::Document {
            let texts = plain_text::texts(value);
            self.add(value, around, Shape::Prose, |found| Misplaced { texts, ..found });
        }
    }

    /// Adds what `value` holds, unless `with` finds that it holds nothing.
    fn add(&mut self, value: Value<'_>, around: Around<'_>, shape: Shape, with: impl FnOnce(Misplaced) -> Misplaced) {
        let with = with(Misplaced::at(value.span(), around.site, shape));
        let Misplaced { fields, by_synonyms, values, cells, texts, .. } = &with;
        if fields.is_empty() && by_synonyms.is_empty() && values.is_empty() && cells.is_empty() && texts.is_empty() {
            return;
        }
        let Around { is_below_customer, below, .. } = around;
        let list = around.under.filter(|_| around.key.is_none()).map(Value::span);
        self.found.push(Misplaced {
            under: around.entitlements.or(around.under).or(around.key).and_then(located),
            container: around.container.unwrap_or(value).span(),
            key: around.key.and_then(|key| Some(key.scalar()?.text.clone().into_owned())),
            is_in_list: list.is_some() && list == around.entitlements.map(Value::span),
            is_below_customer,
            below,
            ..with
        });
    }

    /// The fields that `value` may hold, by whatever words.
    fn fields(&self, value: Value<'_>, around: Around<'_>) -> Option<(Shape, Vec<NearField>, OtherKeys)> {
        let mut gathered = Gathered::default();
        if let Some(entries) = value.entries() {
            let mut others = self.entries(entries, &mut gathered);
            let fields = gathered.finish();
            others.foreign = others.foreign.saturating_sub(fields.with_affix);
            let mut fields = fields.all;
            self.add_name(value, around, &mut fields, &mut others);
            if !fields.is_empty() {
                return Some((Shape::Fields, fields, others));
            }
            let mut gathered = Gathered::default();
            let groups = value.entries().into_iter().flatten().map(|entry| entry.value);
            groups.for_each(|group| spread::of_pair(group, &self.keys, &mut gathered));
            return Some((Shape::Spread, gathered.finish().all, OtherKeys::default()));
        }
        let shape = if value.items().is_some() {
            self.spread(value, &mut gathered);
            Shape::Spread
        } else {
            let text = &text_of(value)?;
            // Other files are full of texts; only one that has lines can hold a record.
            if matches!(around.site, Site::Document | Site::Required) || text.contains('\n') {
                spread::of_text(text, value.span(), &self.keys, &mut gathered);
            }
            Shape::Text
        };
        let mut fields = gathered.finish().all;
        // A form that nobody has filled in.
        if shape == Shape::Spread && fields.iter().all(|field| field.value.is_empty()) {
            fields.clear();
        }
        Some((shape, fields, OtherKeys::default()))
    }

    /// Adds the fields that `entries` hold, and counts the other keys.
    pub(super) fn entries<'t>(&self, entries: impl Iterator<Item = Entry<'t>>, fields: &mut Gathered) -> OtherKeys {
        let mut others = OtherKeys::default();
        for entry in entries.filter(|entry| !self.entry(*entry, fields)) {
            let is_usual = entry.key.scalar().is_some_and(|key| is_beside(&key.text));
            others.usual += usize::from(is_usual);
            others.foreign += usize::from(!is_usual);
            let is_of_work = entry.key.scalar().is_some_and(|key| is_for_work(&key.text));
            others.of_work += usize::from(is_of_work);
        }
        others
    }

    /// Adds the field that an entry holds. False for a key that makes no record, or only by another word or with others.
    fn entry(&self, entry: Entry<'_>, fields: &mut Gathered) -> bool {
        let Some(key) = entry.key.scalar() else { return false };
        let is_null = entry.value.scalar_kind() == Some(ScalarKind::Null);
        // `{customer:Contoso}` is one key without a value.
        if let Some((name, value)) = key.text.split_once(':').filter(|_| is_null) {
            let near = self.keys.near_or_synonym(name);
            fields.add_key(near, Written::key(name, entry.key.span()), value, &self.keys);
            return near.is_some_and(|(_, nearness)| !nearness.is_synonym());
        }
        let near = self.keys.near_or_synonym(&key.text);
        let value = match entry.value.scalar() {
            Some(scalar) => scalar.text.as_ref(),
            None if near.is_some_and(|(meant, _)| meant == FieldName::RefreshSummary) => "",
            // A group of fields under `customer` or `note` tells about them, as a schema does.
            None if entry.value.entries().is_some() => return false,
            None => "",
        };
        fields.add_key(near, Written::key(&key.text, entry.key.span()), value, &self.keys);
        near.is_some_and(|(_, nearness)| !nearness.is_synonym())
    }

    /// A list whose items are one field each: `- customer: Contoso`, `- note: …`.
    fn spread(&self, list: Value<'_>, fields: &mut Gathered) {
        for item in list.items().into_iter().flatten() {
            if let Some(scalar) = item.scalar() {
                spread::of_text(&scalar.text, item.span(), &self.keys, fields);
            }
            let mut entries = item.entries().into_iter().flatten();
            match (entries.next(), entries.next()) {
                (Some(only), None) if only.value.entries().is_none() => _ = self.entry(only, fields),
                _ => spread::of_pair(item, &self.keys, fields),
            }
        }
    }
}

fn located(key: Value<'_>) -> Option<Located<String>> {
    let text = key.scalar()?.text.clone().into_owned();
    Some(Located { value: text, key: Some(key.span()), span: key.span() })
}

/// The key under which things are named.
const NAME: &str = "name";

/// Whether `inner` is written inside `outer`, and not brought in by an alias or a merge key.
fn is_inside(inner: Value<'_>, outer: Value<'_>) -> bool {
    let (inside, around) = (inner.span(), outer.target().span());
    !inner.is_alias() && around.start <= inside.start && inside.end <= around.end
}

fn has_summary(fields: &[NearField]) -> bool {
    fields.iter().any(|field| field.meant == FieldName::RefreshSummary)
}
