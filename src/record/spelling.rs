//! Keys that are nearly those of a record.

use super::affixes::in_short;
use super::fields::Scope;
use super::fold::fold;
use super::qualifiers::is_qualified;
use super::synonyms::synonym;
use super::{FieldName, FieldNames, Located, Problem, content};
use crate::yaml::{Entry, Value};

/// Bytes of the longest key that is compared, in an alphabet of four bytes a letter. Longer keys are no slips of the
/// pen, and comparing is quadratic.
pub(super) const LONGEST_KEY: usize = 128;

/// How near a written key is to the right one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nearness {
    /// It is the right one.
    Exact,
    /// The same letters in another case, width or alphabet, or with other characters between the words.
    Style,
    /// The right one and an `s`: a word of its own in other files.
    Plural,
    /// The right one and a word that says nothing new, by itself (`customer_name`, `statusNote`) or because other keys
    /// beside it have it, too (`ftc_customer`).
    Qualified,
    /// Some letters are wrong, missing, doubled or swapped.
    Slip,
    /// Another word for it, or a short form: `client`, `product`, `cust`.
    Synonym,
    /// Another word for it that files of every kind have: `description`.
    LooseSynonym,
}

/// The fields that make a record what it is.
pub(super) const CORE: [FieldName; 5] =
    [FieldName::Customer, FieldName::Workload, FieldName::Status, FieldName::Note, FieldName::RefreshSummary];

/// The keys of a record, made ready to be compared with many others.
pub(super) struct NearKeys<'n> {
    names: &'n FieldNames,
    /// What the key of each field is without regard to style.
    folded: Vec<(FieldName, String)>,
    /// The same of the fields of [`CORE`], by their usual names, too.
    core: Vec<(FieldName, String)>,
    /// The same of the keys for entitlements.
    entitlements: Vec<String>,
}

impl Nearness {
    /// Whether a key is another word for the right one.
    #[must_use]
    pub fn is_synonym(self) -> bool {
        matches!(self, Self::Synonym | Self::LooseSynonym)
    }
}

impl<'n> NearKeys<'n> {
    pub(super) fn new(names: &'n FieldNames) -> Self {
        // Where the configuration calls a field by another name, its usual name is near, too.
        let usual = CORE.into_iter().filter(|field| names.key(*field) != field.key());
        let usual = usual.map(|field| (field, fold(field.key())));
        let of_field = |field: FieldName| names.keys_of(field.key()).map(move |key| (field, fold(key)));
        let core = CORE.into_iter().flat_map(of_field).chain(usual).collect();
        let folded = FieldName::ALL.into_iter().flat_map(of_field).collect();
        Self { names, folded, core, entitlements: names.keys_of("entitlements").map(fold).collect() }
    }

    /// The keys of `mapping` that seem to mean a field which `scope` does not have.
    pub(super) fn misspelt(&self, mapping: Value<'_>, scope: &Scope<'_, '_>) -> Vec<Problem> {
        let absent: Vec<FieldName> = FieldName::ALL.into_iter().filter(|field| scope.get(*field).is_none()).collect();
        let problem = |entry: Entry<'_>| {
            let key = entry.key.scalar()?;
            let meant = self.nearest(&key.text, &absent)?;
            let span = entry.key.span();
            let written = Located { value: key.text.clone().into_owned(), key: Some(span), span };
            Some(Problem::MisspeltField { written, meant, content: content::of(entry.value) })
        };
        mapping.entries().into_iter().flatten().filter_map(problem).collect()
    }

    /// The one of the `absent` fields that `written` seems to mean.
    fn nearest(&self, written: &str, absent: &[FieldName]) -> Option<FieldName> {
        if written.len() > LONGEST_KEY || self.is_known(written) {
            return None;
        }
        let folded = fold(written);
        let fields = || self.folded.iter().filter(|(field, _)| absent.contains(field));
        fields()
            .filter_map(|(field, right)| {
                let distance = distance(&folded, right, tolerance(*field, right))?;
                // `customer_id` is a word more, so a key of its own.
                let is_longer = distance > 0 && words(written) > self.most_words(*field);
                (!is_longer).then_some((distance, *field))
            })
            .min_by_key(|(distance, _)| *distance)
            .map(|(_, field)| field)
            .or_else(|| Some(fields().find(|(field, right)| is_qualified(&folded, *field, right))?.0))
    }

    /// The field of a record that `written` is the key of, or nearly, or another word for.
    pub(super) fn near_or_synonym(&self, written: &str) -> Option<(FieldName, Nearness)> {
        self.near(written).or_else(|| {
            let may_be = written.len() <= LONGEST_KEY && !self.is_known(written);
            may_be.then(|| synonym(&fold(written)).or_else(|| in_short(written, self))).flatten()
        })
    }

    /// The field of a record that `written` is the key of, or nearly.
    pub(super) fn near(&self, written: &str) -> Option<(FieldName, Nearness)> {
        if let Some(field) = CORE.into_iter().find(|field| self.names.is_key_of(field.key(), written)) {
            return Some((field, Nearness::Exact));
        }
        if written.len() > LONGEST_KEY || self.is_known(written) {
            return None;
        }
        let folded = fold(written);
        let find = |is: &dyn Fn(&(FieldName, String)) -> bool| {
            self.core.iter().find(|right| is(right)).map(|(field, _)| *field)
        };
        find(&|(_, right)| folded == *right)
            .map(|field| (field, Nearness::Style))
            .or_else(|| Some((find(&|(_, right)| is_plural(&folded, right))?, Nearness::Plural)))
            .or_else(|| Some((find(&|(field, right)| is_qualified(&folded, *field, right))?, Nearness::Qualified)))
            .or_else(|| Some((find(&|(_, right)| is_numbered(&folded, right))?, Nearness::Qualified)))
            .or_else(|| Some((find(&|(field, right)| is_slip(written, &folded, *field, right))?, Nearness::Slip)))
    }

    /// The field of a record that `folded` is the key of without regard to style, with a word more, or by another word.
    pub(super) fn meaning(&self, folded: &str) -> Option<(FieldName, Nearness)> {
        let is = |(field, right): &&(FieldName, String)| {
            folded == *right || is_plural(folded, right) || is_qualified(folded, *field, right)
        };
        let own = self.core.iter().find(is).map(|(field, _)| (*field, Nearness::Qualified));
        own.or_else(|| synonym(folded))
    }

    /// The field of a record whose key begins or ends `folded`, with what stands before it and after it.
    pub(super) fn within<'t>(&self, folded: &'t str) -> Option<(FieldName, &'t str, &'t str)> {
        self.core.iter().filter(|(_, right)| !right.is_empty() && right.len() < folded.len()).find_map(
            |(field, right)| {
                let before = folded.strip_suffix(right.as_str()).map(|before| (*field, before, ""));
                before.or_else(|| folded.strip_prefix(right.as_str()).map(|after| (*field, "", after)))
            },
        )
    }

    /// Whether `written` is the key for entitlements, or nearly.
    pub(super) fn is_entitlements(&self, written: &str) -> bool {
        let is_near = |folded: &str| self.entitlements.iter().any(|right| distance(folded, right, 2).is_some());
        self.names.is_key_of("entitlements", written) || (written.len() <= LONGEST_KEY && is_near(&fold(written)))
    }

    fn is_known(&self, written: &str) -> bool {
        self.names.is_known(written)
    }

    /// The words of the longest key of a field.
    fn most_words(&self, field: FieldName) -> usize {
        self.names.keys_of(field.key()).map(words).max().unwrap_or_default()
    }
}

/// What keys mean, for those who look for a layout.
pub(crate) struct KeyMeanings<'n>(NearKeys<'n>);

impl<'n> KeyMeanings<'n> {
    /// The meanings of keys where the fields are called so.
    pub(crate) fn new(names: &'n FieldNames) -> Self {
        Self(NearKeys::new(names))
    }

    /// The field of a record that `written` is the key of, or nearly, or another word for.
    pub(crate) fn of(&self, written: &str) -> Option<(FieldName, Nearness)> {
        self.0.near_or_synonym(written)
    }
}

/// How many letters of a written key may be wrong, missing, doubled or swapped where `right` is the key of `field`.
fn tolerance(field: FieldName, right: &str) -> usize {
    match field {
        // `data`, `rate` and `dates` are words of their own, and a record need not have a date: only case and
        // separators may differ.
        FieldName::Date => 0,
        _ if right.chars().count() >= 8 => 2,
        _ => 1,
    }
}

/// How many letters of `folded` differ from `right`; nothing when they are more than `allowed`.
fn distance(folded: &str, right: &str, allowed: usize) -> Option<usize> {
    // Most keys are settled by their length, which matters for a mapping of many thousands of them.
    let is_near = folded.chars().count().abs_diff(right.chars().count()) <= allowed;
    is_near.then(|| strsim::osa_distance(folded, right)).filter(|distance| *distance <= allowed)
}

/// Whether `folded` is the plural of the key `right`: `notes`, `statuses`, `refresh_summaries`.
fn is_plural(folded: &str, right: &str) -> bool {
    let is_with = |ending| folded.strip_suffix(ending).is_some_and(|stem| stem == right);
    is_with("s")
        || right.ends_with('s') && is_with("es")
        || folded.strip_suffix("ies").is_some_and(|stem| right.strip_suffix('y') == Some(stem))
}

/// Whether `folded` is the key `right` with a number: `note1`, `2. status`.
fn is_numbered(folded: &str, right: &str) -> bool {
    folded.len() > right.len() && folded.trim_matches(|c: char| c.is_ascii_digit()) == right
}

/// Whether `written`, which is `folded` without regard to style, is a slip of the pen for the key `right`.
fn is_slip(written: &str, folded: &str, field: FieldName, right: &str) -> bool {
    // A key of more words is a key of its own.
    distance(folded, right, tolerance(field, right)).is_some()
        && words(written) <= 1 + usize::from(field == FieldName::RefreshSummary)
}

fn words(key: &str) -> usize {
    key.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meant(written: &str) -> Option<FieldName> {
        NearKeys::new(&FieldNames::default()).nearest(written, &FieldName::ALL)
    }

    #[test]
    fn slips_of_the_pen_are_recognised() {
        assert_eq!(meant("refesh_summary"), Some(FieldName::RefreshSummary));
        assert_eq!(meant("refresh-summary"), Some(FieldName::RefreshSummary));
        assert_eq!(meant("RefreshSummary"), Some(FieldName::RefreshSummary));
        assert_eq!(meant("refresh_sumary"), Some(FieldName::RefreshSummary));
        assert_eq!(meant("work_load"), Some(FieldName::Workload));
        assert_eq!(meant("custmer"), Some(FieldName::Customer));
        assert_eq!(meant("wrokload"), Some(FieldName::Workload));
        assert_eq!(meant("staus"), Some(FieldName::Status));
        assert_eq!(meant("Note"), Some(FieldName::Note));
        assert_eq!(meant("notes"), Some(FieldName::Note));
        assert_eq!(meant("waiver"), Some(FieldName::Waivers));
        assert_eq!(meant("Date"), Some(FieldName::Date));
    }

    #[test]
    fn letters_of_another_alphabet_or_width_are_recognised() {
        assert_eq!(meant("\u{441}ustomer"), Some(FieldName::Customer));
        assert_eq!(meant("n\u{3bf}te"), Some(FieldName::Note));
        assert_eq!(meant("ｓｔａｔｕｓ"), Some(FieldName::Status));
        assert_eq!(meant("refresh\u{a0}summary"), Some(FieldName::RefreshSummary));
    }

    #[test]
    fn a_word_that_says_nothing_new_does_not_count() {
        for (written, field) in [
            ("customerName", FieldName::Customer),
            ("customer_name", FieldName::Customer),
            ("Customer Name", FieldName::Customer),
            ("CUSTOMER-NAME", FieldName::Customer),
            ("customer's name", FieldName::Customer),
            ("name of the customer", FieldName::Customer),
            ("workload_name", FieldName::Workload),
            ("WorkloadName", FieldName::Workload),
            ("entitlement status", FieldName::Status),
            ("currentStatus", FieldName::Status),
            ("statusNote", FieldName::Note),
            ("status-note", FieldName::Note),
            ("Status Notes", FieldName::Note),
            ("entitlement_status_note", FieldName::Note),
            ("note_text", FieldName::Note),
            ("st\u{430}tusNote", FieldName::Note),
            ("refresh_summary_log", FieldName::RefreshSummary),
        ] {
            assert_eq!(meant(written), Some(field), "{written}");
            assert_eq!(
                NearKeys::new(&FieldNames::default()).near(written),
                Some((field, Nearness::Qualified)),
                "{written}"
            );
        }
    }

    #[test]
    fn how_near_a_key_is() {
        let names = FieldNames::default();
        let keys = NearKeys::new(&names);
        let near = |written: &str| keys.near(written);
        assert_eq!(near("note"), Some((FieldName::Note, Nearness::Exact)));
        assert_eq!(near("NOTE"), Some((FieldName::Note, Nearness::Style)));
        assert_eq!(near("notes"), Some((FieldName::Note, Nearness::Plural)));
        assert_eq!(near("statuses"), Some((FieldName::Status, Nearness::Plural)));
        assert_eq!(near("refresh_summaries"), Some((FieldName::RefreshSummary, Nearness::Plural)));
        assert_eq!(near("nte"), Some((FieldName::Note, Nearness::Slip)));
        assert_eq!(near("Custmer"), Some((FieldName::Customer, Nearness::Slip)));
        assert_eq!(near("Refresh Summary"), Some((FieldName::RefreshSummary, Nearness::Style)));
        for key in ["date", "waivers", "owner", "title", "", "-", "entitlements"] {
            assert_eq!(near(key), None, "{key}");
        }
    }

    #[test]
    fn the_usual_name_of_a_mapped_field_is_near() {
        let mut names = FieldNames::default();
        assert!(names.rename("note", "comment".to_owned()));
        let keys = NearKeys::new(&names);
        assert_eq!(keys.near("note"), Some((FieldName::Note, Nearness::Style)));
        assert_eq!(keys.near("Comments"), Some((FieldName::Note, Nearness::Plural)));
    }

    #[test]
    fn keys_of_their_own_are_left_alone() {
        for key in [
            "owner",
            "notes_url",
            "note_author",
            "customer_id",
            "customer_names_url",
            "username",
            "customer_status",
            "order_status",
            "customer_note",
            "note_to_self",
            "release_notes",
            "internal_note",
            "workload_type",
            "status_page",
            "status_text_color",
            "change_log",
            "note_id",
            "customer no",
            "workloads_total",
            "state",
            "date_added",
            "data",
            "rate",
            "update",
            "dates",
            "summary",
            "refresh",
            "tenant",
            "id",
            "contact",
            "status_code",
            "",
            "_",
        ] {
            assert_eq!(meant(key), None, "{key}");
        }
    }

    #[test]
    fn a_field_that_is_there_is_not_meant_by_another_key() {
        assert_eq!(NearKeys::new(&FieldNames::default()).nearest("notes", &[FieldName::Customer]), None);
    }

    #[test]
    fn a_mapped_name_is_what_counts() {
        let mut names = FieldNames::default();
        assert!(names.rename("note", "status_note".to_owned()));
        let keys = NearKeys::new(&names);
        assert_eq!(keys.nearest("staus_note", &FieldName::ALL), Some(FieldName::Note));
        assert_eq!(keys.nearest("status_note", &[]), None);
    }

    #[test]
    fn a_very_long_key_costs_nothing() {
        assert_eq!(meant(&"note".repeat(1_000_000)), None);
    }
}
