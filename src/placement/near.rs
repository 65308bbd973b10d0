//! Names that are nearly those of the repository.

use super::Known;
use crate::record::company_key;

/// A name of fewer letters than this is not compared: `A1` is not a slip for `B1`.
const SHORTEST: usize = 4;

/// From this length on, two slips are believed.
const LONG: usize = 8;

/// The record whose customer is nearly called so, and is not the same.
pub(crate) fn near_customer<'k>(known: &'k [Known], customer: &str) -> Option<&'k Known> {
    let key = company_key(customer);
    known.iter().filter(|record| is_near(&key, record.identity.customer())).min_by_key(|record| &record.path)
}

/// The name among `names` that is nearly this one, and is not the same.
pub(crate) fn near_name<'n>(written: &str, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let written = company_key(written);
    names.into_iter().find(|name| is_near(&written, &company_key(name)))
}

/// Whether two names differ as a slip of the pen would make them: in one letter, or two of a long word. Names that differ
/// in a number, or in a word too short for a slip, are different names.
fn is_near(one: &str, other: &str) -> bool {
    let (words, others): (Vec<&str>, Vec<&str>) = (one.split(' ').collect(), other.split(' ').collect());
    let joined = words.concat() == others.concat();
    if one == other || words.len() != others.len() || joined {
        return joined && one != other;
    }
    let mut differing = words.iter().zip(&others).filter(|(word, other)| word != other);
    let (Some((word, other)), None) = (differing.next(), differing.next()) else { return false };
    let shortest = word.chars().count().min(other.chars().count());
    let longest = word.chars().count().max(other.chars().count());
    if shortest < SHORTEST || longest > 64 || [word, other].iter().any(|it| it.contains(char::is_numeric)) {
        return false;
    }
    strsim::osa_distance(word, other) <= if shortest >= LONG { 2 } else { 1 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_near_and_another_name_is_not() {
        for (one, other) in [
            ("Contoso", "Contso"),
            ("Contoso Ltd", "Cotnoso"),
            ("Adventure Works", "Adventure Worsk"),
            ("Adventure Works", "AdventureWorks"),
            ("Northwind Traders", "Nortwind Tradres"),
        ] {
            let expected = one != "Northwind Traders";
            assert_eq!(is_near(&company_key(one), &company_key(other)), expected, "{one} {other}");
        }
        for (one, other) in [
            ("Contoso", "Contoso Ltd"),
            ("Contoso", "Contoso Bank"),
            ("Customer 11", "Customer 12"),
            ("Acme A", "Acme B"),
            ("Northwind", "Southwinds"),
            ("AWS", "AWX"),
            ("Fabrikam", "Contoso"),
        ] {
            assert!(!is_near(&company_key(one), &company_key(other)), "{one} {other}");
        }
    }
}
