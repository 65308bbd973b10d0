//! The first rows of a table that may be long.

use crate::report::overview::model::Cut;

/// Keeps the rows with the smallest keys, at most `most` of them, whatever order they come in.
#[derive(Debug)]
pub(super) struct Top<K, T> {
    rows: Vec<(K, T)>,
    most: usize,
    seen: usize,
    /// No row with a greater key can be among the first any more.
    bound: Option<K>,
}

impl<K: Ord + Clone, T> Top<K, T> {
    pub(super) fn new(most: usize) -> Self {
        Self { rows: Vec::new(), most, seen: 0, bound: None }
    }

    /// Counts a row, which is made only if it may be among the first.
    pub(super) fn offer(&mut self, key: K, row: impl FnOnce() -> T) {
        self.seen += 1;
        if self.bound.as_ref().is_some_and(|bound| key > *bound) {
            return;
        }
        self.rows.push((key, row()));
        // Twice as many are kept before they are sorted, so that a row costs a constant number of sortings.
        if self.rows.len() >= self.most.saturating_mul(2).max(2) {
            self.shorten();
        }
    }

    fn shorten(&mut self) {
        self.rows.sort_by(|(one, _), (other, _)| one.cmp(other));
        self.rows.truncate(self.most);
        self.bound = self.rows.last().map(|(key, _)| key.clone());
    }

    /// The first rows, by their keys.
    pub(super) fn finish<U>(mut self, row: impl Fn(T) -> U) -> Cut<U> {
        self.shorten();
        let left_out = self.seen - self.rows.len();
        Cut { rows: self.rows.into_iter().map(|(_, kept)| row(kept)).collect(), left_out }
    }
}

/// The first `most` of `rows`.
pub(super) fn first<T>(mut rows: Vec<T>, most: usize) -> Cut<T> {
    let left_out = rows.len().saturating_sub(most);
    rows.truncate(most);
    Cut { rows, left_out }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_smallest_are_kept_in_any_order(keys in proptest::collection::vec(0..50u32, 0..200), most in 0..20usize) {
            let mut top = Top::new(most);
            for key in &keys {
                top.offer(*key, || *key);
            }
            let mut sorted = keys.clone();
            sorted.sort_unstable();
            sorted.truncate(most);
            let cut = top.finish(|key| key);
            prop_assert_eq!(cut.total(), keys.len());
            prop_assert_eq!(cut.rows, sorted);
        }
    }
}
