//! Which status or workload a name belongs to, so that a configuration cannot give one name to two of them.

use super::reader::Source;
use crate::emptiness::{Purpose, emptiness};
use crate::folding::folded_by_looks;
use crate::playbook::{NameUse, Playbook, StatusKind, WordList, fold_name};
use crate::record::fold;
use std::cell::OnceCell;
use std::collections::BTreeMap;

/// The names that the built-in playbook and the configuration so far give out. All keys are folded, those by looks with
/// letters of other alphabets as the Latin ones that they look like.
#[derive(Default)]
pub(super) struct Claims {
    built_in: OnceCell<BuiltIn>,
    /// The statuses by their looks, each as it is written.
    statuses: BTreeMap<String, (String, StatusKind, Source)>,
    /// The names of workloads in the configuration by their looks, each as it is written.
    spellings: BTreeMap<String, (String, Source)>,
    /// The workloads that the configuration adds, each as it is written.
    added: BTreeMap<String, (String, Source)>,
    /// Short names and terms of the configuration, with the workload as it is written.
    words: BTreeMap<String, (String, NameUse, Source)>,
    /// The words of the word lists, with their list.
    listed: BTreeMap<String, (WordList, Source)>,
}

/// The built-in playbook by its names.
struct BuiltIn {
    playbook: Playbook,
    words: BTreeMap<String, Vec<(String, NameUse)>>,
}

impl BuiltIn {
    fn new() -> Self {
        let playbook = Playbook::built_in();
        let mut words: BTreeMap<String, Vec<(String, NameUse)>> = BTreeMap::new();
        for (word, workload, used) in playbook.workload_names_and_terms() {
            words.entry(fold_name(word)).or_default().push((workload.to_owned(), used));
        }
        Self { playbook, words }
    }
}

impl Claims {
    fn built_in(&self) -> &BuiltIn {
        self.built_in.get_or_init(BuiltIn::new)
    }

    /// Takes a status with its kind.
    ///
    /// # Errors
    /// When the status has another kind elsewhere: both places, in words.
    pub(super) fn status(&mut self, name: &str, kind: StatusKind, at: Source) -> Result<(), String> {
        check_name(name, "status")?;
        let looks = fold(name);
        let built_in = || {
            let mut statuses = self.built_in().playbook.statuses.iter();
            statuses.find(|status| fold(&status.name) == looks).map(|status| (None, status.kind, Source::BuiltIn))
        };
        let added = self.statuses.get(&looks).map(|(other, kind, place)| (Some(other.as_str()), *kind, *place));
        match added.or_else(built_in) {
            Some((_, other, place)) if other != kind => Err(format!(
                "the status `{name}` has the kind `{}` here and `{}` {place}; use that kind, or another name",
                kind.name(),
                other.name()
            )),
            Some((Some(other), _, place)) if other != name => Err(two_spellings("status", name, other, place)),
            _ => {
                self.statuses.insert(looks, (name.to_owned(), kind, at));
                Ok(())
            }
        }
    }

    /// Takes the name of a workload. A name that is built in, or was there before, means that workload.
    ///
    /// # Errors
    /// When it is no name, or the same name is there in another spelling: both places, in words.
    pub(super) fn workload(&mut self, name: &str, at: Source) -> Result<(), String> {
        check_name(name, "workload")?;
        self.check_words(name, "name of a workload")?;
        self.check_letters(name)?;
        if let Some((other, place)) = self.spellings.get(&fold(name)).filter(|(other, _)| other != name) {
            return Err(two_spellings("workload", name, other, *place));
        }
        self.spellings.entry(fold(name)).or_insert_with(|| (name.to_owned(), at));
        if self.built_in_workload(name).is_none() {
            self.added.entry(fold_name(&folded_by_looks(name))).or_insert_with(|| (name.to_owned(), at));
        }
        Ok(())
    }

    /// # Errors
    /// When `word`, which is to be `what`, stands in nearly every text.
    fn check_words(&self, word: &str, what: &str) -> Result<(), String> {
        if self.built_in().playbook.is_of_function_words(word) {
            return Err(format!("`{word}` cannot be the {what}: nearly every note has it; use a word of the workload"));
        }
        Ok(())
    }

    /// # Errors
    /// When `word` is not a name or a term of a built-in workload but looks like one: no reader could tell them apart.
    fn check_letters(&self, word: &str) -> Result<(), String> {
        let looks = fold_name(&folded_by_looks(word));
        let is_other = looks != fold_name(word) && self.built_in_workload(word).is_none();
        match self.built_in().words.get(&looks).into_iter().flatten().next() {
            Some((name, used)) if is_other => Err(format!(
                "`{word}` looks like {} of `{name}` {}, but has letters of another alphabet; type it anew",
                used.words(),
                Source::BuiltIn
            )),
            _ => Ok(()),
        }
    }

    /// Takes a word of a word list.
    ///
    /// # Errors
    /// When it is in another list as well, which says something else of it.
    pub(super) fn listed(&mut self, word: &str, list: &WordList, at: Source) -> Result<(), String> {
        match self.listed.entry(fold_name(word)).or_insert_with(|| (list.clone(), at)) {
            (other, place) if other != list => Err(format!(
                "`{word}` is in the word list `{}` here and in `{}` {place}; keep it in one of them",
                list.name(),
                other.name()
            )),
            _ => Ok(()),
        }
    }

    /// Takes a short name of a workload.
    ///
    /// # Errors
    /// When another workload has it as a name, a short name or a term: both places, in words.
    pub(super) fn alias(&mut self, alias: &str, workload: &str, at: Source) -> Result<(), String> {
        self.word(alias, workload, NameUse::Alias, at)
    }

    /// Takes a term of a workload.
    ///
    /// # Errors
    /// When another workload has it as a name, a short name or a term: both places, in words.
    pub(super) fn term(&mut self, term: &str, workload: &str, at: Source) -> Result<(), String> {
        self.word(term, workload, NameUse::Term, at)
    }

    fn word(&mut self, word: &str, workload: &str, name_use: NameUse, at: Source) -> Result<(), String> {
        self.check_words(
            word,
            if name_use == NameUse::Term { "term of a workload" } else { "short name of a workload" },
        )?;
        self.check_letters(word)?;
        let own = self.owner(workload);
        let folded = fold_name(&folded_by_looks(word));
        let built_in = self.built_in().words.get(&folded).into_iter().flatten();
        let built_in: Vec<(&str, NameUse, Source)> =
            built_in.map(|(name, used)| (name.as_str(), *used, Source::BuiltIn)).collect();
        let added = self.added.get(&folded).map(|(name, place)| (name.as_str(), NameUse::Name, *place));
        let words = self.words.get(&folded).map(|(name, used, place)| (name.as_str(), *used, *place));
        let is_own = |(name, ..): &(&str, NameUse, Source)| self.owner(name) == own;
        // A built-in term may be at home in several workloads; what one of them has already may be named again for it.
        let of_others = if built_in.iter().any(is_own) { Vec::new() } else { built_in };
        let other = of_others.into_iter().chain(added).chain(words).find(|known| !is_own(known));
        if let Some((name, known_use, place)) = other {
            return Err(format!(
                "`{word}` of the workload `{workload}` is {} of `{name}` {place}; leave it out here",
                known_use.words()
            ));
        }
        self.words.entry(folded).or_insert_with(|| (workload.to_owned(), name_use, at));
        Ok(())
    }

    /// One spelling for each workload: the folded built-in name, or its own.
    fn owner(&self, workload: &str) -> String {
        fold_name(self.built_in_workload(workload).unwrap_or(workload))
    }

    /// The built-in workload that `written` is a name or a short name of.
    fn built_in_workload(&self, written: &str) -> Option<&str> {
        let uses = self.built_in().words.get(&fold_name(written))?;
        uses.iter().find(|(_, used)| *used != NameUse::Term).map(|(name, _)| name.as_str())
    }
}

/// # Errors
/// When the name of a status or workload is what people write who have nothing to write: no record could have it.
fn check_name(name: &str, what: &str) -> Result<(), String> {
    if [Purpose::Name, Purpose::Statement].iter().all(|purpose| emptiness(name, *purpose).is_some()) {
        return Err(format!(
            "`{name}` cannot be the name of a {what}: in a record it stands for nothing; use a word for it"
        ));
    }
    Ok(())
}

fn two_spellings(what: &str, name: &str, other: &str, place: Source) -> String {
    format!("the {what} `{name}` is written `{other}` {place}; write it the same way in both places, or only once")
}

#[cfg(test)]
mod tests {
    use super::super::load;

    fn told(text: &str) -> String {
        load(text.as_bytes().to_vec(), "c.yaml").map(|_| String::new()).unwrap_or_else(|problems| problems.to_string())
    }

    #[test]
    fn names_of_workloads_that_only_look_the_same_are_problems() {
        for (text, message) in [
            (
                "[{name: M\u{456}crosoft Teams}]",
                "`M\u{456}crosoft Teams` looks like the name of `Microsoft Teams` where",
            ),
            (
                "[{name: T\u{435}ams}]",
                "`T\u{435}ams` looks like a short name of `Microsoft Teams` where it is built in",
            ),
            ("[{name: Loop, aliases: [T\u{435}ams]}]", "`T\u{435}ams` looks like a short name of `Microsoft Teams`"),
            ("[{name: Microsoft Teams, aliases: [T\u{435}ams]}]", "`T\u{435}ams` looks like a short name of"),
            ("[{name: Loop, aliases: [\u{415}XO]}]", "`\u{415}XO` looks like a short name of `Exchange Online`"),
            ("[{name: \u{3a5}ammer}]", "`\u{3a5}ammer` looks like the name of `Yammer` where it is built in"),
            (
                "[{name: Loop, aliases: [lp]}, {name: Lists of us, aliases: [l\u{440}]}]",
                "`l\u{440}` of the workload `Lists of us` is a short name of `Loop` on line 1",
            ),
            (
                "[{name: Paper, aliases: [shelf]}, {name: Shop, aliases: [P\u{430}per]}]",
                "`P\u{430}per` of the workload `Shop` is the name of `Paper` on line 1",
            ),
        ] {
            let told = told(&format!("playbook: {{workloads: {text}}}\n"));
            assert!(told.contains(&format!("c.yaml:1: {message}")), "{text}: {told}");
        }
        for sound in [
            "[{name: Teams, aliases: [MS Teams]}]",
            "[{name: Яммер, aliases: [Почта]}]",
            "[{name: Équipes}, {name: Ｌoop}]",
        ] {
            assert_eq!(told(&format!("playbook: {{workloads: {sound}}}\n")), "", "{sound}");
        }
    }

    #[test]
    fn a_word_is_in_one_list() {
        let words = |lists: &str| told(&format!("playbook:\n  words:\n{lists}"));
        for (lists, message) in [
            (
                "    refuse: [kibosh]\n    generic: [kibosh]\n",
                "c.yaml:4: `kibosh` is in the word list `generic` here and in `refuse` on line 3; keep it in one of them",
            ),
            (
                "    generic: [kibosh]\n    refuse: [x, Kibosh]\n",
                "c.yaml:4: `Kibosh` is in the word list `refuse` here and in `generic` on line 3",
            ),
            ("    generic: [at-large]\n    hedge-time: [at large]\n", "c.yaml:4: `at large` is in the word list"),
        ] {
            let told = words(lists);
            assert!(told.contains(message), "{lists}{told}");
        }
        assert_eq!(words("    generic: [kibosh, kibosh]\n    refuse: [kiboshes]\n"), "");
    }

    #[test]
    fn names_that_mislead_are_problems() {
        for (text, message) in [
            ("statuses: [{name: n/a, kind: blocked}]", "1: `n/a` cannot be the name of a status"),
            ("statuses: [{name: TBD, kind: blocked}]", "1: `TBD` cannot be the name of a status"),
            ("workloads: [{name: N.A.}]", "1: `N.A.` cannot be the name of a workload"),
            ("workloads: [{name: to be confirmed}]", "1: `to be confirmed` cannot be the name of a workload"),
            (
                "statuses: [{name: Bl\u{43e}cked, kind: no-intent}]",
                "1: the status `Bl\u{43e}cked` has the kind `no-intent` here and `blocked` where it is built in",
            ),
            (
                "statuses: [{name: Ｎo intent, kind: blocked}]",
                "1: the status `Ｎo intent` has the kind `blocked` here and `no-intent` where it is built in",
            ),
            (
                "statuses: [{name: Parked, kind: blocked},\n {name: P\u{430}rked, kind: no-intent}]",
                "2: the status `P\u{430}rked` has the kind `no-intent` here and `blocked` on line 1",
            ),
            (
                "statuses: [{name: Parked, kind: blocked},\n {name: parked, kind: blocked}]",
                "2: the status `parked` is written `Parked` on line 1",
            ),
            (
                "workloads: [{name: Own Page},\n {name: ownpage}]",
                "2: the workload `ownpage` is written `Own Page` on line 1",
            ),
            (
                "workloads: [{name: Loop},\n {name: L\u{43e}op}]",
                "2: the workload `L\u{43e}op` is written `Loop` on line 1",
            ),
            ("workloads: [{name: Teams},\n {name: teams}]", "2: the workload `teams` is written `Teams` on line 1"),
            ("workloads: [{name: Loop, terms: [the]}]", "1: `the` cannot be the term of a workload"),
            ("workloads: [{name: Loop, terms: [Of The]}]", "1: `Of The` cannot be the term of a workload"),
            ("workloads: [{name: Loop, aliases: [and]}]", "1: `and` cannot be the short name of a workload"),
            ("workloads: [{name: Because}]", "1: `Because` cannot be the name of a workload"),
        ] {
            let told = told(&format!("playbook: {{{text}}}\n"));
            assert!(told.contains(&format!("c.yaml:{message}")), "{text}: {told}");
        }
        for sound in [
            "statuses: [{name: Unknown, kind: status-unknown}, {name: On hold, kind: blocked}]",
            "statuses: [{name: Bl\u{43e}cked, kind: blocked}]",
            "statuses: [{name: Parked, kind: blocked}, {name: Parked, kind: blocked}]",
            "workloads: [{name: Loop, terms: [the loop, page of it]}, {name: Loops}]",
        ] {
            assert_eq!(told(&format!("playbook: {{{sound}}}\n")), "", "{sound}");
        }
    }
}
