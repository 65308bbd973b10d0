//! The built-in playbook against the files that it is made of, and a team's additions against a playbook that has them
//! built in.

use super::built_in_files as files;
use super::*;
use crate::lexicon::lexicon_oracle::Oracle;
use crate::lexicon::lexicon_tables::Tables;
use crate::lexicon::text::NormalText;
use crate::lexicon::token::tokens;
use crate::lexicon::{LexicalEntry, Match, compiled};
use crate::reading::labelled_notes::labelled_notes;
use std::sync::LazyLock;

/// Texts that bring every form and every phrase before the lexicon (each form alone and as a genitive, each entry as it
/// stands, hyphenated, and with something between its words) and every labelled note, with what the entries say of them.
static EXPECTED: LazyLock<Vec<(String, Vec<Option<Match>>)>> = LazyLock::new(|| {
    let entries = files().entries();
    let oracle = Oracle::new(&entries);
    let mut texts: Vec<String> = oracle.known().flat_map(|form| [form.to_owned(), format!("{form}'s")]).collect();
    for (entry, _) in &entries {
        texts.extend([
            entry.clone(),
            entry.replace(' ', "-"),
            entry.replacen(' ', " Teams ", 1),
            format!("no {entry} of"),
        ]);
    }
    texts.extend(labelled_notes().into_iter().map(|labelled| labelled.note));
    texts.into_iter().map(|text| (text.clone(), oracle.matches(&text))).collect()
});

/// Holds a lexicon to what the entries say.
fn assert_complete(lexicon: &Lexicon) {
    for (text, expected) in EXPECTED.iter() {
        let note = NormalText::new(text);
        let tokens = tokens(&note);
        let looked_up = lexicon.look_up(&tokens, note.text());
        let found: Vec<Option<Match>> = (0..tokens.len()).map(|at| looked_up.longest(at)).collect();
        assert_eq!(found, *expected, "{text}");
    }
}

#[test]
fn the_statuses_are_those_of_the_guidance() {
    let statuses = Playbook::built_in().statuses;
    let names: Vec<&str> = statuses.iter().map(|status| status.name.as_str()).collect();
    assert_eq!(names, ["In Progress", "Blocked", "No Intent", "Status Unknown", "Duplicate/Invalid"]);
    for (status, text) in statuses.iter().zip(files().statuses) {
        assert_eq!((&status.name, &status.templates), (&text.name, &text.templates));
        assert_eq!(serde_yaml::to_string(&status.kind).unwrap().trim(), text.kind);
    }
}

#[test]
fn workloads_share_their_terms_as_the_file_says() {
    let (playbook, files) = (Playbook::built_in(), files());
    let index = |name: &str| files.workload(name).unwrap();
    for one in &files.workloads {
        for other in &files.workloads {
            let told = one.name == other.name || one.shares.contains(&other.name) || other.shares.contains(&one.name);
            assert_eq!(playbook.shares(index(&one.name), index(&other.name)), told, "{} and {}", one.name, other.name);
        }
    }
}

#[test]
fn the_thresholds_are_those_of_the_file() {
    let of_file = &files().thresholds;
    let built_in = Playbook::built_in().thresholds;
    assert_eq!(usize::try_from(of_file["max_words"]).unwrap(), built_in.max_words);
    assert_eq!(usize::try_from(of_file["max_sentences"]).unwrap(), built_in.max_sentences);
    assert_eq!(of_file["concrete_reason"], built_in.concrete_reason);
}

#[test]
fn the_tables_know_what_the_entries_say() {
    assert_complete(Playbook::built_in().lexicon());
}

#[test]
fn what_is_compiled_at_run_time_is_what_the_build_made() {
    assert!(compiled(&files().entries()) == LEXICON);
    assert_complete(&Lexicon::new(Tables::EMPTY).with(&files().entries()));
}

/// Whatever part of the entries a team adds, the two layers together say what one lexicon of all of them says.
#[test]
fn two_layers_are_read_as_one() {
    let entries = files().entries();
    let layer = |is_added: bool| -> Vec<(String, LexicalEntry)> {
        (0..).zip(&entries).filter(|(at, _)| (at % 3 == 0) == is_added).map(|(_, entry)| entry.clone()).collect()
    };
    let built_in = Box::leak(Box::new(compiled(&layer(false))));
    assert_complete(&Lexicon::new(built_in).with(&layer(true)));
}

#[test]
fn every_form_is_found_by_its_hash_at_once_or_nearly() {
    let built_in = &LEXICON;
    let away = |at: usize, row| {
        let slots = built_in.slots.len();
        let home = crate::lexicon::lexicon_tables::home(built_in.letters(row), slots);
        let slot = built_in.slots.iter().position(|slot| *slot == u32::try_from(at).unwrap() + 1).unwrap();
        slot.wrapping_sub(home) & (slots - 1)
    };
    let distances: Vec<usize> = built_in.forms.iter().enumerate().step_by(7).map(|(at, row)| away(at, row)).collect();
    let mean = distances.iter().sum::<usize>() as f64 / distances.len() as f64;
    assert!(mean < 1.0, "{mean}");
    assert!(distances.iter().max().unwrap() < &32);
}

#[test]
fn statuses_are_read_leniently() {
    let playbook = Playbook::built_in();
    for written in ["Duplicate/Invalid", "duplicate-invalid", "DUPLICATE INVALID", "duplicate_invalid"] {
        assert_eq!(playbook.status(written).map(|s| s.kind), Some(StatusKind::DuplicateInvalid));
    }
    assert_eq!(playbook.status("Done"), None);
}

#[test]
fn every_name_of_a_workload_is_found_in_any_spelling() {
    let playbook = Playbook::built_in();
    let files = files();
    for (name, index) in files.workload_names() {
        assert_eq!(playbook.workload(&name), Some(index), "{name}");
        assert_eq!(playbook.workload(&name.to_uppercase()), Some(index), "{name}");
        assert_eq!(playbook.workload_name(index), files.workloads[usize::from(index)].name);
    }
    assert_eq!(playbook.workload("Exchange-Online "), playbook.workload("EXO"));
    assert_eq!(playbook.workload("Lotus Notes"), None);
    assert_eq!(playbook.workload(""), None);
}

fn workload(name: &str, aliases: &[&str], terms: &[&str]) -> WorkloadAddition {
    let owned = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
    WorkloadAddition { name: name.to_owned(), aliases: owned(aliases), terms: owned(terms) }
}

fn status(name: &str, kind: StatusKind, templates: &[&str]) -> StatusEntry {
    let templates = templates.iter().map(|template| (*template).to_owned()).collect();
    StatusEntry { name: name.to_owned(), kind, templates }
}

#[test]
fn a_team_adds_workloads_names_and_terms() {
    let workloads = vec![
        workload("exchange online", &["Post Office"], &["Fax Gateway"]),
        workload("Clipchamp", &["M365 Clipchamp"], &["prompt library"]),
        workload("CLIPCHAMP", &["clip-champ"], &[]),
        workload("Yammer", &["stream", "teams"], &[]),
        workload("clip champ", &["klipchamp"], &[]),
    ];
    let playbook = Playbook::with(&Additions { workloads, ..Additions::default() });
    let name = |written| playbook.workload(written).map(|index| playbook.workload_name(index).to_owned());
    assert_eq!(name("POST-OFFICE").as_deref(), Some("Exchange Online"));
    assert_eq!(name("m365clipchamp").as_deref(), Some("Clipchamp"));
    assert_eq!(name("Clip-Champ").as_deref(), Some("Clipchamp"));
    assert_eq!(name("Klipchamp").as_deref(), Some("Clipchamp"), "a workload is known by its name in any spelling");
    assert_eq!(name("Stream").as_deref(), Some("Yammer"), "the first workload of the list has a name that two claim");
    assert_eq!(name("Teams").as_deref(), Some("Microsoft Teams"));
    assert_eq!(name("Pilot"), None);
    assert!(playbook.workload_names().any(|name| name == "Clipchamp"));
    assert!(playbook.workload_names().any(|name| name == "post office"));
    assert!(playbook.workload_names().all(|name| name != "fax gateway"));
    let uses: Vec<_> = playbook.workload_names_and_terms().collect();
    for expected in [
        ("Exchange Online", "Exchange Online", NameUse::Name),
        ("exo", "Exchange Online", NameUse::Alias),
        ("post office", "Exchange Online", NameUse::Alias),
        ("fax gateway", "Exchange Online", NameUse::Term),
        ("Clipchamp", "Clipchamp", NameUse::Name),
        ("prompt library", "Clipchamp", NameUse::Term),
    ] {
        assert!(uses.contains(&expected), "{expected:?}");
    }
    let own = playbook.workload("Clipchamp").unwrap();
    assert!(playbook.shares(own, own));
    assert!(!playbook.shares(own, 0));
    assert!(playbook.shares(playbook.workload("Intune").unwrap(), playbook.workload("Windows 10").unwrap()));
}

#[test]
fn a_team_adds_statuses_templates_and_limits() {
    let statuses = vec![
        status("Parked", StatusKind::Blocked, &["Parked by [person]."]),
        status("Blocked", StatusKind::Blocked, &["Blocked."]),
        status("b-locked", StatusKind::NoIntent, &["Also blocked."]),
    ];
    let playbook = Playbook::with(&Additions { max_words: Some(60), statuses, ..Additions::default() });
    assert_eq!(playbook.thresholds.max_words, 60);
    assert_eq!(playbook.thresholds.max_sentences, Playbook::built_in().thresholds.max_sentences);
    assert_eq!(playbook.status("PARKED").map(|status| status.kind), Some(StatusKind::Blocked));
    let blocked = playbook.status("blocked").unwrap();
    assert_eq!(blocked.kind, StatusKind::Blocked, "a known status keeps its kind, in any spelling");
    assert_eq!(blocked.templates.len(), Playbook::built_in().status("Blocked").unwrap().templates.len() + 2);
    assert_eq!(playbook.statuses.len(), 6);
}
