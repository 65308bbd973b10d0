//! Great notes under a status that they contradict: poor beyond doubt, and nobody has to write them.
//!
//! Labelled notes that contradict their status are few, and what a status asks for is learned from them badly. A great
//! note says plainly what it says, so the same text under another status teaches just that.

use super::Defect;
use super::train::{Lesson, Sample};
use crate::grade::Grade;
use crate::playbook::StatusKind;

/// What such a note counts beside one that people have labelled. On files held back, more blocked great notes, and less
/// let notes pass that contradict their status.
const WEIGHT: f32 = 0.03;

/// The statuses that a great note under this one contradicts beyond doubt. Whoever is blocked may have lost the intent,
/// and whoever was never reached may be blocked.
fn contradicted(status: StatusKind) -> &'static [StatusKind] {
    use StatusKind::{Blocked, DuplicateInvalid, InProgress, NoIntent, StatusUnknown};
    match status {
        InProgress => &[Blocked, NoIntent, DuplicateInvalid, StatusUnknown],
        Blocked | NoIntent | StatusUnknown => &[InProgress, DuplicateInvalid],
        DuplicateInvalid => &[InProgress, Blocked, NoIntent, StatusUnknown],
    }
}

/// Each great note once more, under one of the statuses that it contradicts: all of these in turn.
pub(super) fn contradictions<'s>(samples: &[&'s Sample]) -> Vec<Lesson<'s>> {
    let great = samples.iter().filter(|sample| sample.grade == Grade::Great);
    let contradict = |(turn, sample): (usize, &&'s Sample)| {
        let statuses = contradicted(sample.status?);
        let status = statuses.get(turn % statuses.len().max(1)).copied();
        let defect = Some(Defect::OtherStatus);
        Some(Lesson { seen: &sample.seen, status, grade: Grade::Poor, defect, weight: WEIGHT })
    };
    great.enumerate().filter_map(contradict).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::observation::Observations;

    fn sample(status: StatusKind, grade: Grade) -> Sample {
        Sample { seen: Observations::default(), status: Some(status), grade, defect: None }
    }

    #[test]
    fn a_great_note_contradicts_other_statuses_in_turn_and_never_its_own() {
        let great = sample(StatusKind::InProgress, Grade::Great);
        let poor = sample(StatusKind::InProgress, Grade::Poor);
        let lessons = contradictions(&[&great, &poor, &great, &great, &great, &great]);
        let statuses: Vec<StatusKind> = lessons.iter().filter_map(|lesson| lesson.status).collect();
        use StatusKind::{Blocked, DuplicateInvalid, NoIntent, StatusUnknown};
        assert_eq!(statuses, [Blocked, NoIntent, DuplicateInvalid, StatusUnknown, Blocked]);
        assert!(lessons.iter().all(|lesson| lesson.grade == Grade::Poor && lesson.defect == Some(Defect::OtherStatus)));
    }

    #[test]
    fn whoever_is_blocked_may_have_no_intent() {
        for status in [StatusKind::Blocked, StatusKind::NoIntent] {
            let great = sample(status, Grade::Great);
            let lessons = contradictions(&[&great, &great, &great]);
            let others = [StatusKind::Blocked, StatusKind::NoIntent];
            assert!(lessons.iter().all(|lesson| !others.map(Some).contains(&lesson.status)));
        }
    }
}
