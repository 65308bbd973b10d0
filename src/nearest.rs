//! The name that is meant by one that is not known.

/// The one of `names` nearest to `written`, when it is near enough to be meant.
pub(crate) fn nearest<'n>(written: &str, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    // Comparing is quadratic, and no name is that long.
    if written.len() > 64 {
        return None;
    }
    let folded = written.to_lowercase().replace('_', "-");
    let near = names.into_iter().map(|name| (strsim::osa_distance(&folded, &name.replace('_', "-")), name));
    near.filter(|(distance, name)| *distance <= name.len() / 3)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_slip_finds_the_name_and_another_word_does_not() {
        let names = ["include", "exclude", "fail_on"];
        assert_eq!(nearest("inlcude", names), Some("include"));
        assert_eq!(nearest("Fail-On", names), Some("fail_on"));
        assert_eq!(nearest("colour", names), None);
        assert_eq!(nearest(&"i".repeat(100_000), names), None);
    }
}
