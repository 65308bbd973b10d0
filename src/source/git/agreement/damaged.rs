//! Names of what is missing or damaged: an error to both, and never "no such name".

use super::super::ObjectId;
use super::Workshop;

/// Removes or overwrites a loose object.
fn damage(workshop: &Workshop, id: &ObjectId, content: Option<&str>) {
    let (folder, name) = id.as_str().split_at(2);
    let path = workshop.path().join(".git/objects").join(folder).join(name);
    std::fs::remove_file(&path).unwrap();
    if let Some(content) = content {
        std::fs::write(&path, content).unwrap();
    }
}

#[test]
fn names_of_what_cannot_be_read() {
    for content in [None, Some(""), Some("junk")] {
        let workshop = Workshop::new();
        let first = workshop.commit("a.yaml", "1");
        workshop.git(&["tag", "-a", "-m", "x", "v1"]);
        workshop.git(&["tag", "file", "HEAD:a.yaml"]);
        let second = workshop.commit("b.yaml", "2");
        workshop.git(&["branch", "topic"]);
        damage(&workshop, &first, content);
        for (revision, is_error) in
            [("HEAD", false), ("HEAD~1", true), ("HEAD~5", true), ("v1", true), ("file", false), ("nowhere", false)]
        {
            let error = workshop.agreed(|git| git.commit(revision).is_err());
            assert_eq!(error, is_error, "{content:?} {revision}");
        }
        damage(&workshop, &second, content);
        for revision in ["HEAD", "@", "main", "heads/main", "refs/heads/main", "topic", "topic~1"] {
            assert!(workshop.agreed(|git| git.commit(revision).is_err()), "{content:?} {revision}");
        }
        assert!(workshop.agreed(|git| git.head().is_err()), "{content:?}");
        // A full id names no reference: what is not here is nothing, what is here and damaged is an error.
        let is_error = content.is_some();
        assert_eq!(workshop.agreed(|git| git.commit(second.as_str()).is_err()), is_error, "{content:?}");
    }
}

#[test]
fn branches_that_are_damaged() {
    let workshop = Workshop::new();
    let first = workshop.commit("a.yaml", "1");
    let blob = workshop.id("HEAD:a.yaml");
    for content in ["", "junk\n", blob.as_str(), &"1".repeat(40)] {
        std::fs::write(workshop.path().join(".git/refs/heads/main"), content).unwrap();
        for revision in ["HEAD", "main", "refs/heads/main"] {
            assert!(workshop.agreed(|git| git.commit(revision).is_err()), "{content:?} {revision}");
        }
        assert!(workshop.agreed(|git| git.head().is_err()), "{content:?}");
        assert_eq!(workshop.agreed(|git| git.commit(first.as_str()).unwrap()), Some(first.clone()));
    }
}
