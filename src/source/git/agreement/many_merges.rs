//! Histories of many strands: the answers are the same, and their cost grows with the number of commits.

use super::super::program::fed;
use super::super::{KnownCommits, Novelty, ObjectId};
use super::Workshop;
use std::process::{Command, Stdio};

impl Workshop {
    /// Reads a stream of commits in the form of `git fast-import`.
    fn import(&self, stream: &str) {
        let mut command = Command::new("git");
        command.current_dir(self.path()).args(["fast-import", "--quiet", "--force"]).stdin(Stdio::piped());
        let output = fed(command, stream.as_bytes().to_vec()).unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }

    /// A branch `main` and a branch `topic` that takes main in after each of `merges` commits; a second strand `side` of
    /// main that the topic takes in once. Every commit of main is `apart` commits from the next that is taken in.
    fn import_merges(&self, merges: usize, apart: usize) {
        let mut stream = String::from("blob\nmark :1\ndata 1\nx\n");
        let mut mark = 1;
        let mut commit = |stream: &mut String, branch: &str, parents: &[usize]| {
            mark += 1;
            stream.push_str(&format!(
                "commit refs/heads/{branch}\nmark :{mark}\ncommitter A <a@example.com> {} +0000\ndata 1\nx\n",
                1_500_000_000 + mark
            ));
            for (number, parent) in parents.iter().enumerate() {
                stream.push_str(&format!("{} :{parent}\n", if number == 0 { "from" } else { "merge" }));
            }
            if parents.is_empty() {
                stream.push_str("M 100644 :1 a.yaml\n");
            }
            stream.push('\n');
            mark
        };
        let root = commit(&mut stream, "main", &[]);
        let side = commit(&mut stream, "side", &[root]);
        let mut main = root;
        let mut topic = commit(&mut stream, "topic", &[root, side]);
        for _ in 0..merges {
            for _ in 0..apart {
                main = commit(&mut stream, "main", &[main]);
            }
            topic = commit(&mut stream, "topic", &[topic, main]);
        }
        self.import(&stream);
    }
}

#[test]
fn many_merges_of_one_branch() {
    for (merges, apart) in [(1, 1), (3, 1), (8, 1), (9, 1), (40, 1), (40, 3)] {
        let workshop = Workshop::new();
        workshop.import_merges(merges, apart);
        let mut expected = vec![workshop.id("main"), workshop.id("side")];
        expected.sort();
        let known = KnownCommits::Commits(expected.clone());
        let topic = workshop.id("topic");
        let novelty = workshop.agreed(|git| git.novelty(&topic, &known).unwrap());
        assert_eq!(novelty, Novelty::Since(expected), "{merges} merges, {apart} apart");
    }
}

#[test]
fn the_cost_of_many_merges_grows_with_their_number() {
    let mut sizes = [1000, 8000].map(|merges| {
        let workshop = Workshop::new();
        workshop.import_merges(merges, 1);
        (workshop, [f64::INFINITY; 2])
    });
    // The shortest of several rounds in turn: what else the machine does then weighs on both sizes alike.
    for _ in 0..7 {
        for (workshop, shortest) in &mut sizes {
            let known = KnownCommits::Commits(vec![workshop.id("main"), workshop.id("side")]);
            let topic = workshop.id("topic");
            for (mut repository, shortest) in workshop.both().into_iter().zip(shortest) {
                let start = std::time::Instant::now();
                repository.novelty(&topic, &known).unwrap();
                *shortest = shortest.min(start.elapsed().as_secs_f64());
            }
        }
    }
    let [(_, few), (_, many)] = sizes;
    for (name, (few, many)) in ["library", "program"].iter().zip(few.into_iter().zip(many)) {
        // Eight times as many: about 8 when it is linear, 64 when it is quadratic.
        assert!(many / few < 30.0, "{name}: {few:.4} s for 1000 merges, {many:.4} s for 8000");
    }
}

#[test]
fn a_history_of_many_independent_strands() {
    // More strands than are compared in pairs, none of which reaches another, and one commit below all of them.
    let workshop = Workshop::new();
    let mut stream = String::from("blob\nmark :1\ndata 1\nx\n");
    let commit = |mark: usize, branch: &str, parents: &[usize]| {
        let lines: String = (parents.iter().enumerate())
            .map(|(number, parent)| format!("{} :{parent}\n", if number == 0 { "from" } else { "merge" }))
            .collect();
        // All at one second: no order of dates helps.
        format!(
            "commit refs/heads/{branch}\nmark :{mark}\ncommitter A{mark} <a@b> 1500000000 +0000\ndata 1\nx\n{lines}\n"
        )
    };
    stream.push_str(&commit(2, "root", &[]));
    for strand in 0..12 {
        stream.push_str(&commit(10 + strand, &format!("strand-{strand:02}"), &[2]));
    }
    stream.push_str(&commit(90, "topic", &[2]));
    for strand in 0..12 {
        stream.push_str(&commit(100 + strand, "topic", &[if strand == 0 { 90 } else { 99 + strand }, 10 + strand]));
    }
    workshop.import(&stream);
    let mut tips: Vec<ObjectId> = (0..12).map(|strand| workshop.id(&format!("strand-{strand:02}"))).collect();
    tips.sort();
    let known = KnownCommits::Commits(tips.clone());
    let topic = workshop.id("topic");
    assert_eq!(workshop.agreed(|git| git.novelty(&topic, &known).unwrap()), Novelty::Since(tips));
}
