//! The change of `fixtures/formats`.

use super::Project;
use std::fs;
use std::path::Path;

/// A name that tries to be the end of a property, a command, a cell and an address.
pub(crate) const FILE: &str = "notes/a,b:100%0A|[x](y) #1 ü.yaml";

/// The most that git takes of the same.
pub(crate) const BRANCH: &str = "b,100%0A<b>|=1";

/// The repository of `fixtures/formats`: `before` on main, `after` on a branch.
pub(crate) fn project() -> Project {
    let project = Project::new();
    fs::remove_dir(project.path().join(".git")).unwrap();
    project.git(&["init", "--quiet"]);
    copy(&project, "before");
    project.git(&["add", "."]);
    project.git(&["commit", "--quiet", "--message=before"]);
    project.git(&["checkout", "--quiet", "-b", BRANCH]);
    copy(&project, "after");
    project.write(FILE, "customer: Fabrikam\nworkload: Yammer\nsta,tus%0A: No Intent\nnote: TBD\n");
    project.git(&["add", "."]);
    project.git(&["commit", "--quiet", "--message=after"]);
    project
}

fn copy(project: &Project, state: &str) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/formats").join(state);
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                project.write(path.strip_prefix(&root).unwrap().to_str().unwrap(), fs::read(&path).unwrap());
            }
        }
    }
}
