//! Fields that are a level below the rest of their record, where no configuration reaches them.

use super::{LONGEST_KEY, MOST_KEYS, Signs, Surveyor};
use crate::adopt::words::meaning;
use crate::record::FieldName;
use crate::yaml::Value;

/// The fields without which a record is none.
const CORE: [FieldName; 4] = [FieldName::Customer, FieldName::Workload, FieldName::Status, FieldName::Note];

impl Surveyor<'_> {
    /// The key of a group within this one that holds a field which makes the two a record, or a whole one: the customer in
    /// `opportunity: {customer: Contoso}` beside a workload, a status and a note.
    pub(super) fn nested(&self, group: Value<'_>) -> Option<String> {
        let own = self.signs(group);
        let tells = own.statuses + own.workloads > 0;
        let inner =
            group.entries().into_iter().flatten().take(MOST_KEYS).filter(|entry| entry.value.entries().is_some());
        let mut found = inner.filter_map(|entry| {
            let key = entry.key.scalar().filter(|key| key.text.len() <= LONGEST_KEY)?;
            let within = self.signs(entry.value);
            // A field whose value is a group is none of the outer group's.
            let means = meaning(&key.text, &self.meanings).map(|(field, _)| field);
            let own: Vec<FieldName> = own.fields.iter().copied().filter(|field| Some(*field) != means).collect();
            (completes(&own, &within) && (tells || within.statuses + within.workloads > 0))
                .then(|| key.text.clone().into_owned())
        });
        found.next()
    }
}

/// Whether the fields of a group within another one are what the other lacks of a record.
fn completes(own: &[FieldName], within: &Signs) -> bool {
    let is_within = |field: &FieldName| within.fields.contains(field);
    let adds = CORE.iter().any(|field| is_within(field) && !own.contains(field));
    adds && CORE.iter().all(|field| is_within(field) || own.contains(field))
}
