//! What the words of a note are a matter of, and how many there are of each sort.

use super::hash::{Hash, Sort};
use super::{ByStatus, Look};
use crate::lexicon::token::Kind;
use crate::lexicon::word_class::{WordClass, WordClasses};
use crate::lexicon::{SemanticClass, SemanticClasses};
use crate::reading::product_name::{Joined, names_from};
use crate::reading::term::Term;

/// A part of a note.
#[derive(Debug, Clone, Copy)]
pub(super) enum Part {
    /// All but padding.
    Told,
    /// The reason.
    Reason,
}

/// What a term is a matter of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Matter {
    /// A mark, or a word of a list that is none of the others.
    None,
    /// A workload, or a part of one.
    Service,
    Figure,
    Product,
    /// Technology, law, money, people, projects.
    Trade,
    /// A name that no list knows.
    Name,
    /// A word that no list knows.
    Everyday,
}

/// How often each sort of matter is met in a part of a note.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Mixture {
    service: u32,
    figures: u32,
    products: u32,
    trade: u32,
    names: u32,
    everyday: u32,
    /// Words that are none of these.
    others: u32,
}

impl Mixture {
    /// What the terms at `places` are a matter of.
    pub(super) fn of(matters: &[Matter], places: impl Iterator<Item = usize>) -> Self {
        let mut mixture = Self::default();
        for matter in places.filter_map(|at| matters.get(at)) {
            *match matter {
                Matter::Service => &mut mixture.service,
                Matter::Figure => &mut mixture.figures,
                Matter::Product => &mut mixture.products,
                Matter::Trade => &mut mixture.trade,
                Matter::Name => &mut mixture.names,
                Matter::Everyday => &mut mixture.everyday,
                Matter::None => &mut mixture.others,
            } += 1;
        }
        mixture
    }
}

impl Look<'_> {
    /// What each term is a matter of.
    pub(super) fn matters(&self) -> Vec<Matter> {
        let mut matters = Vec::with_capacity(self.terms.terms.len());
        while let Some(term) = self.terms.terms.get(matters.len()) {
            let names = names_from(self.terms, matters.len(), Joined::BySpaces);
            let longest = names.filter(|(_, name)| name.has(WordClass::Product)).map(|(count, _)| count).last();
            match longest {
                Some(count) => matters.extend(std::iter::repeat_n(Matter::Product, count)),
                None => matters.push(matter_of(term, self.terms.text(term))),
            }
        }
        matters
    }

    /// How many words of each sort a part of the note has.
    pub(super) fn mixture(&mut self, part: Part, mixture: &Mixture) {
        let Mixture { service, figures, products, trade, names, everyday, others } = *mixture;
        let all = service + figures + products + trade + names + everyday + others;
        let share = |count: u32| (count * 6).checked_div(all).unwrap_or(9);
        let counts = [
            service.min(3),
            figures.min(3),
            products.min(3),
            trade.min(6),
            names.min(4),
            everyday.min(8),
            share(everyday),
            share(trade + products + service),
        ];
        let hash = Hash::of(Sort::Mixture).byte(part as u8);
        for (at, count) in (0_u8..).zip(counts) {
            self.see(hash.byte(at).number(count), None, ByStatus::Apart);
        }
        let bearing = (trade + products + service).min(3);
        self.see(hash.byte(100).number(bearing).number(everyday.min(4)), None, ByStatus::Apart);
        self.see(hash.byte(101).number(bearing).number(names.min(2)).number(figures.min(1)), None, ByStatus::Apart);
    }
}

/// What a term is a matter of by itself; `text` is its text.
fn matter_of(term: &Term, text: &str) -> Matter {
    // A genitive is in no list: "Zoom's" says whose something is.
    let listed = if text.ends_with("'s") { WordClasses::NONE } else { term.listed };
    let kinds = SemanticClasses::any(&[SemanticClass::Topic, SemanticClass::Event]);
    match () {
        () if term.sense.names.is_some() || term.sense.belongs.is_some() => Matter::Service,
        () if term.kind == Kind::Number => Matter::Figure,
        () if term.kind != Kind::Word => Matter::None,
        () if listed.has(WordClass::Product) || term.capital && listed.has(WordClass::EverydayProduct) => {
            Matter::Product
        }
        () if listed.has(WordClass::Trade) || term.meets(kinds) => Matter::Trade,
        () if !term.is_unknown() => Matter::None,
        () if term.proper || term.acronym => Matter::Name,
        () => Matter::Everyday,
    }
}
