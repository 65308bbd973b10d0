//! Where the parent sides of a change went apart.

use super::SourceError;
use super::git::{ObjectId, Repository};

/// With more sides than this, which no merge by hand has, nothing is asked: each pair of them is a walk through history.
const MOST_SIDES: usize = 8;

/// The best common ancestors of each two of `sides`; none with fewer than two sides. Where they are not known, because
/// history is cut off or the sides are very many, the sides themselves: then they count as having had in common
/// whatever one of them has.
///
/// # Errors
/// When the repository cannot be read.
pub(super) fn where_sides_part(
    repository: &mut dyn Repository,
    sides: &[Option<ObjectId>],
) -> Result<Vec<Option<ObjectId>>, SourceError> {
    if sides.len() > MOST_SIDES {
        return Ok(sides.to_vec());
    }
    let mut found = Vec::new();
    for (number, one) in sides.iter().enumerate() {
        for other in sides.iter().skip(number + 1) {
            let (Some(one), Some(other)) = (one, other) else { continue };
            let bases = repository.merge_bases(one, other)?;
            match bases.is_empty() && repository.is_shallow() {
                true => found.extend([one.clone(), other.clone()]),
                false => found.extend(bases),
            }
        }
    }
    found.sort();
    found.dedup();
    Ok(found.into_iter().map(Some).collect())
}
