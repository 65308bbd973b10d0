//! What the page and the text for a meeting say in words.

use super::model::{Cut, Group, Origin, Overview};
use crate::reading::ReasonKind;
use crate::report::model::Summary;
use crate::report::tally::{self, count};

/// How many groups at most are named in one sentence.
const MOST_NAMED: usize = 3;

impl Overview {
    /// The line of counts that ends every run.
    #[must_use]
    pub(crate) fn line(&self) -> String {
        tally::line_of(&self.summary, "")
    }
}

/// What was examined: `the commit v1.2`.
pub(super) fn origin(origin: &Origin) -> String {
    match origin {
        Origin::WorkTree => "the files of the work tree".to_owned(),
        Origin::Commit { name } => format!("the commit {name}"),
        Origin::Reports { inputs } => {
            let labels: Vec<&str> = inputs.iter().map(|input| input.label.as_str()).collect();
            match labels.as_slice() {
                [only] => format!("the report {only}"),
                labels => format!("{} reports: {}", labels.len(), named(labels)),
            }
        }
    }
}

/// `Missing feature` for `missing-feature`.
pub(super) fn title(kind: &str) -> String {
    if kind == ReasonKind::UNKNOWN {
        return "Not told".to_owned();
    }
    let words = kind.replace('-', " ");
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// `57 %`; less than one in a hundred, and all but one, are not rounded away.
pub(super) fn percent(part: usize, whole: usize) -> String {
    match (part.saturating_mul(200).saturating_add(whole)).checked_div(whole.saturating_mul(2)) {
        None => "–".to_owned(),
        Some(0) if part > 0 => "< 1 %".to_owned(),
        Some(100) if part < whole => "> 99 %".to_owned(),
        Some(percent) => format!("{percent} %"),
    }
}

/// `100,000`.
pub(super) fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// What is left out of a table, and where all of it is; nothing where nothing is left out.
pub(super) fn left_out(left_out: usize, noun: &str, command: &str) -> Option<String> {
    let verb = if left_out == 1 { "is" } else { "are" };
    (left_out > 0)
        .then(|| format!("{left_out} more {} {verb} left out here; {command} lists all.", noun_of(left_out, noun)))
}

/// `1 record`, `2 entries`.
fn counted(number: usize, noun: &str) -> String {
    format!("{number} {}", noun_of(number, noun))
}

/// The noun, in the plural unless it is of one.
fn noun_of(number: usize, noun: &str) -> String {
    match (number, noun.strip_suffix('y')) {
        (1, _) => noun.to_owned(),
        (_, Some(stem)) => format!("{stem}ies"),
        (_, None) => format!("{noun}s"),
    }
}

/// The few sentences that a meeting begins with. They name what comes first of each table.
pub(super) fn highlights(overview: &Overview) -> Vec<String> {
    let Summary { records, great, poor, .. } = overview.summary;
    if records == 0 {
        return vec!["There is no record.".to_owned()];
    }
    let mut told =
        vec![format!("{great} of {} are great ({}), {poor} poor.", count(records, "note"), percent(great, records))];
    told.extend(worst(&overview.by_customer, "customer"));
    told.extend(worst(&overview.by_owner, "owner"));
    told.extend(reasons(overview));
    told.extend(gaps(overview));
    told.extend(oldest(overview));
    told.extend(waivers(overview));
    told
}

/// Who has most of the poor notes.
fn worst(groups: &Cut<Group>, who: &str) -> Option<String> {
    let named_groups = || groups.rows.iter().filter(|group| group.name.is_some());
    let most = named_groups().map(|group| group.poor).max().filter(|most| *most > 0)?;
    let names: Vec<&str> =
        named_groups().filter(|group| group.poor == most).filter_map(|group| group.name.as_deref()).collect();
    let each = if names.len() == 1 { "" } else { " each" };
    Some(format!("{} with the most poor notes: {} ({most}{each}).", title(&noun_of(names.len(), who)), named(&names)))
}

/// What blocks most.
fn reasons(overview: &Overview) -> Option<String> {
    let first = overview.reasons.kinds.first().filter(|first| first.kind != ReasonKind::UNKNOWN)?;
    let workload =
        first.workloads.rows.first().and_then(|workload| Some((workload.name.as_deref()?, workload.records)));
    let most_for = workload.map(|(name, records)| format!(", most often for {name} ({records})")).unwrap_or_default();
    let all = overview.reasons.records;
    let is_told =
        overview.reasons.kinds.iter().filter(|reason| reason.kind == ReasonKind::UNKNOWN).map(|it| it.records);
    let untold: usize = is_told.sum();
    let untold = if untold == 0 { String::new() } else { format!(" {untold} do not tell a kind of reason.") };
    Some(format!(
        "What blocks us most: {} – {} of {all} records that are Blocked or No Intent{most_for}.{untold}",
        title(&first.kind).to_lowercase(),
        first.records
    ))
}

/// Where records are lacking.
fn gaps(overview: &Overview) -> Option<String> {
    let lacking: usize = overview.matrix.gaps.iter().map(|gap| gap.customers.total()).sum();
    let most = overview.matrix.gaps.iter().max_by_key(|gap| gap.customers.total()).filter(|_| lacking > 0)?;
    Some(format!(
        "{} of a customer and a workload {} no record, most of them for {} ({}).",
        counted(lacking, "pair"),
        if lacking == 1 { "has" } else { "have" },
        most.workload,
        counted(most.customers.total(), "customer")
    ))
}

/// The oldest note.
fn oldest(overview: &Overview) -> Option<String> {
    let oldest = overview.ages.oldest.rows.first()?;
    let (day, age) = (oldest.refreshed.as_deref()?, oldest.age_days?);
    let whose: Vec<&str> = [&oldest.customer, &oldest.workload].into_iter().flatten().map(String::as_str).collect();
    let of = if whose.is_empty() { String::new() } else { format!(", {}", whose.join(" · ")) };
    Some(format!("The note refreshed longest ago is of {day}, {age} days old{of}."))
}

/// Which waivers end.
fn waivers(overview: &Overview) -> Option<String> {
    let waivers = &overview.waivers;
    let verb = if waivers.in_force == 1 { "is" } else { "are" };
    let ending = match waivers.ending_this_month {
        0 => "none ends this month".to_owned(),
        1 => "1 ends this month".to_owned(),
        several => format!("{several} end this month"),
    };
    let in_force = counted(waivers.in_force, "waiver");
    (waivers.list.total() > 0).then(|| format!("{in_force} {verb} in force; {ending}."))
}

/// The first names of a list, and how many more there are.
fn named(names: &[&str]) -> String {
    let (first, rest) = names.split_at(names.len().min(MOST_NAMED));
    match (first, rest.len()) {
        ([first @ .., last], 0) if !first.is_empty() => format!("{} and {last}", first.join(", ")),
        (first, 0) => first.join(", "),
        (first, rest) => format!("{} and {rest} more", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_never_rounded_to_all_or_nothing() {
        for (part, whole, text) in [
            (0, 0, "–"),
            (0, 9, "0 %"),
            (1, 1000, "< 1 %"),
            (1, 3, "33 %"),
            (2, 3, "67 %"),
            (999, 1000, "> 99 %"),
            (9, 9, "100 %"),
        ] {
            assert_eq!(percent(part, whole), text, "{part}/{whole}");
        }
    }

    #[test]
    fn names_are_listed_as_in_a_sentence() {
        assert_eq!(named(&["A"]), "A");
        assert_eq!(named(&["A", "B", "C"]), "A, B and C");
        assert_eq!(named(&["A", "B", "C", "D", "E"]), "A, B, C and 2 more");
        assert_eq!(title("missing-feature"), "Missing feature");
        assert_eq!(title("unknown"), "Not told");
        assert_eq!(counted(2, "entry"), "2 entries");
        let numbers = [0, 999, 1000, 100_000, 1_234_567].map(grouped);
        assert_eq!(numbers, ["0", "999", "1,000", "100,000", "1,234,567"]);
    }
}
