//! What a note says for and against the use of the service, beside what it comes to.

use super::balance::Intent;
use super::clause::{Clause, Role};
use super::mark::Mark;
use super::proposition::{Direction, Holder, Predicate, Proposition, Strength};
use super::term::{Term, Terms};
use crate::lexicon::{SemanticClass, SemanticClasses};
use crate::text::NoteSpan;

/// What a note says for and against the use of the service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Features {
    /// Something plainly says that they will or do.
    pub plainly_for: Option<NoteSpan>,
    /// Something plainly says that they want it.
    pub wish: Option<NoteSpan>,
    /// Something plainly says that they do not want it.
    pub unwanted: Option<NoteSpan>,
    /// Something says that they want it, plainly or not.
    pub desire: Option<NoteSpan>,
    /// Something says that they do not want it, will not take it, or refuse it.
    pub refusal: Option<NoteSpan>,
    /// Something plainly says that they will not or cannot.
    pub plainly_against: Option<NoteSpan>,
    /// Something speaks of work under way.
    pub progress: Option<NoteSpan>,
    /// The last that is said of the service is that it was stopped or given up.
    pub given_up: Option<NoteSpan>,
    /// The last that is told of work is that it was taken back.
    pub abandoned: Option<NoteSpan>,
    /// Something is denied, lacking or refused after all that is told of work.
    pub setback: Option<NoteSpan>,
    /// Something speaks of a hindrance or a refusal, of whatever.
    pub hindrance: Option<NoteSpan>,
    /// A hindrance or refusal that is not somebody else's business: of the customer, of the service, or of nobody named.
    pub own_hindrance: Option<NoteSpan>,
    /// Something says that they stay with, or take, something else.
    pub elsewhere: Option<NoteSpan>,
    /// Nobody has decided, or both ways are open.
    pub undecided: Option<NoteSpan>,
    /// A condition or a contrast stands between.
    pub contrast_or_condition: Option<NoteSpan>,
}

pub(crate) fn features(terms: &Terms, clauses: &[Clause], claims: &[Proposition], decided: &Intent) -> Features {
    let span_of = |wanted: &dyn Fn(&Proposition) -> bool| {
        claims.iter().find(|e| wanted(e)).and_then(|e| terms.span(e.with_auxiliaries(terms)))
    };
    let main = |e: &Proposition| matches!(e.role, Role::Main | Role::Effect);
    let plain = |e: &Proposition, direction| main(e) && e.strength == Strength::Plain && e.direction == direction;
    let hinders = |e: &Proposition| e.direction == Direction::Against && e.predicate != Predicate::Keep && !e.over;
    let turning = clauses
        .iter()
        .find(|c| c.contrast || matches!(c.role, Role::Condition | Role::Concession))
        .and_then(|c| terms.span(c.terms.clone()));
    Features {
        plainly_for: decided.plainly_for.then(|| span_of(&|e| plain(e, Direction::For))).flatten(),
        wish: span_of(&|e| plain(e, Direction::For) && e.predicate == Predicate::Want),
        unwanted: span_of(&|e| plain(e, Direction::Against) && e.predicate == Predicate::Want),
        desire: span_of(&|e| {
            let intends = e.predicate == Predicate::Want
                || e.predicate == Predicate::Adopt && e.strength == Strength::Plain && e.holder == Holder::Customer;
            main(e) && e.direction == Direction::For && intends
        }),
        refusal: span_of(&|e| {
            // "The project is stopped" does not say by whom.
            let refuses = matches!(e.predicate, Predicate::Want | Predicate::Adopt)
                || e.predicate == Predicate::Refuse && e.holder != Holder::OwnService;
            refuses && e.direction == Direction::Against && e.tells_intent()
        }),
        plainly_against: decided.plainly_against.then(|| span_of(&|e| plain(e, Direction::Against))).flatten(),
        progress: span_of(&|e| e.direction == Direction::For && e.predicate == Predicate::Progress && main(e)),
        given_up: given_up(terms, clauses, claims),
        abandoned: abandoned(terms, clauses),
        setback: setback(terms, clauses, claims),
        hindrance: span_of(&|e| hinders(e)).or_else(|| trouble(terms)),
        own_hindrance: span_of(&|e| hinders(e) && e.tells_intent()).or_else(|| trouble(terms)),
        elsewhere: span_of(&|e| e.direction == Direction::Against && e.predicate == Predicate::Keep),
        undecided: left_open(terms)
            .or_else(|| guessing(terms))
            .or_else(|| terms.span(terms.first_hit(Mark::EitherWay)?)),
        contrast_or_condition: turning,
    }
}

/// "Rollout was under way; Teams has been switched off": the last claim is that the service stands or was dropped.
fn given_up(terms: &Terms, clauses: &[Clause], claims: &[Proposition]) -> Option<NoteSpan> {
    let claimed = |e: &&Proposition| {
        matches!(e.role, Role::Main | Role::Effect)
            && e.tells_intent()
            && !matches!(e.predicate, Predicate::Mention | Predicate::Keep)
    };
    let last = claims.iter().rfind(claimed)?;
    let plain = last.direction == Direction::Against && last.strength == Strength::Plain;
    let clause = clauses.get(last.clause)?;
    let after = terms.get(last.terms.end..clause.terms.end);
    let object = after.iter().find(|term| !term.is(Mark::Determiner));
    let names_own = |term: &Term| terms.own.is_some() && term.sense.names == terms.own;
    let stopped = last.holder == Holder::OwnService && last.predicate != Predicate::Adopt;
    let dropped = last.holder == Holder::Customer && object.is_some_and(names_own);
    (plain && (stopped || dropped)).then(|| terms.span(last.with_auxiliaries(terms))).flatten()
}

/// "The board stopped Teams; the bureau returned to Cognos": what was begun is taken back, and nothing goes on after it.
fn abandoned(terms: &Terms, clauses: &[Clause]) -> Option<NoteSpan> {
    // "After a full test the customer stopped it": no comma, and all of it seems to be a condition.
    let main = |clause: &Clause| matches!(clause.role, Role::Main | Role::Effect);
    let untold = !clauses.iter().any(main);
    let claimed = |clause: &Clause| untold || main(clause);
    let taken_back = |term: &Term| term.is(Mark::Abandoned);
    let in_clause = |clause: &Clause| clause.terms.clone().find(|at| terms.terms.get(*at).is_some_and(taken_back));
    let last = clauses.iter().rposition(|clause| claimed(clause) && in_clause(clause).is_some())?;
    let work = SemanticClasses::any(&[SemanticClass::Progress, SemanticClass::Phase, SemanticClass::Adopt]);
    let goes_on = |term: &Term| !taken_back(term) && (term.meets(work) || term.is(Mark::Motion));
    let after = clauses.iter().skip(last + 1).filter(|clause| claimed(clause));
    if after.flat_map(|clause| terms.get(clause.terms.clone())).any(goes_on) {
        return None;
    }
    let at = in_clause(clauses.get(last)?)?;
    terms.span(at..at + 1)
}

/// "Wave 1 is live; the other 900 cannot follow": what is denied or lacking in a clause after the last that tells of work.
fn setback(terms: &Terms, clauses: &[Clause], claims: &[Proposition]) -> Option<NoteSpan> {
    let works = |e: &&Proposition| e.direction == Direction::For && e.predicate == Predicate::Progress;
    let last = claims.iter().rfind(works)?.clause;
    let claimed = |clause: &&Clause| !matches!(clause.role, Role::Condition | Role::Concession);
    let is_lack = |term: &Term| term.is(Mark::Lack) && !term.is(Mark::Concord) && !term.is(Mark::NoSetback);
    let after = clauses.iter().skip(last + 1).filter(claimed).map(|clause| clause.terms.clone());
    let at = after
        .filter(|part| !denies_trouble(terms.get(part.clone())))
        .flatten()
        .find(|at| terms.terms.get(*at).is_some_and(is_lack))?;
    terms.span(at..at + 1)
}

/// "Nothing is in the way".
fn denies_trouble(part: &[Term]) -> bool {
    let has = |class| part.iter().any(|term| term.has(class));
    part.iter().any(|term| term.is(Mark::Concord)) && (has(SemanticClass::Obstacle) || has(SemanticClass::Trouble))
}

/// What says that nobody has decided.
fn left_open(terms: &Terms) -> Option<NoteSpan> {
    let open = |term: &Term| term.has(SemanticClass::Undecided) && !term.is(Mark::Attribute);
    let at = terms.terms.iter().position(open)?;
    terms.span(at..at + 1)
}

/// "Could be a no, could be a later": the same doubt leads one part after the other.
fn guessing(terms: &Terms) -> Option<NoteSpan> {
    let mut places = terms.terms.iter().enumerate().filter(|(_, term)| term.is(Mark::LeadingDoubt));
    let ((first, one), (second, other)) = (places.next()?, places.next()?);
    (terms.text(one) == terms.text(other)).then(|| terms.span(first..second + 1)).flatten()
}

/// A noun for what stands in the way, unless it is denied or over: "no blockage is there".
fn trouble(terms: &Terms) -> Option<NoteSpan> {
    let stands = |term: &Term| term.has(SemanticClass::Trouble) && !term.is(Mark::NoTrouble);
    let at = terms.terms.iter().position(stands)?;
    terms.span(at..at + 1)
}
