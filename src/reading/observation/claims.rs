//! What the clauses of a note say, and what cues said of its terms.

use super::hash::{Hash, Sort};
use super::matters::Matter;
use super::words::meaning;
use super::{ByStatus, Look};
use crate::reading::clause::Clause;
use crate::reading::proposition::Proposition;

/// The bits of a code that say who holds what, without how it was found.
const GIST: u32 = 0xfff;

/// So many different sets of marks are looked at.
const MOST_MARKS: usize = 64;

impl Look<'_> {
    /// The propositions that start before the term `end`, each beside the one before it, and how each clause opens.
    pub(super) fn claims(&mut self, clauses: &[Clause], propositions: &[Proposition], end: usize) {
        let mut last = None;
        for claim in propositions.iter().take_while(|claim| claim.terms.start < end) {
            let code = claim_code(claim);
            let place = u32::try_from(claim.terms.start).ok();
            self.see(Hash::of(Sort::Claim).number(code), place, ByStatus::Apart);
            self.see(Hash::of(Sort::Claim).number(code & GIST).byte(1), place, ByStatus::Apart);
            if let Some(last) = last {
                self.see(Hash::of(Sort::Claims).number(last).number(code & GIST), place, ByStatus::Apart);
            }
            last = Some(code & GIST);
        }
        for clause in clauses.iter().take_while(|clause| clause.terms.start < end) {
            let first = self.terms.terms.get(clause.terms.start).map_or(0, |term| meaning(term, Matter::None));
            let place = u32::try_from(clause.terms.start).ok();
            let role = Hash::of(Sort::Opening).byte(2).byte(clause.role as u8);
            self.see(role, place, ByStatus::Apart);
            self.see(role.number(first), place, ByStatus::Alike);
        }
    }

    /// Each set of marks that a term before `end` has, once; those of padding are not looked at.
    pub(super) fn marks(&mut self, is_padding: &[bool], end: usize) {
        let mut marks: Vec<u128> = Vec::new();
        for at in 0..end {
            let bits = self.terms.terms.get(at).map_or(0, |term| term.marks.bits());
            if bits != 0 && is_padding.get(at) != Some(&true) && !marks.contains(&bits) && marks.len() < MOST_MARKS {
                marks.push(bits);
                let hash = Hash::of(Sort::Marks).bytes(&bits.to_le_bytes());
                self.see(hash, u32::try_from(at).ok(), ByStatus::Apart);
            }
        }
    }
}

fn claim_code(claim: &Proposition) -> u32 {
    let parts = [
        (claim.direction as u32, 1),
        (claim.predicate as u32, 3),
        (claim.holder as u32, 4),
        (claim.strength as u32, 1),
        (claim.role as u32, 3),
        (claim.object as u32, 1),
        (claim.origin as u32, 2),
        (u32::from(claim.contrast), 1),
    ];
    parts.iter().rev().fold(0, |code, (value, bits)| code << bits | value)
}
