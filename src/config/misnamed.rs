//! Files that somebody took for the configuration: those whose name is nearly `notegate.yaml`.

use super::FILE_NAME;
use crate::source::pattern::root_names;

/// Whether `name`, the name of a file at the root of a run, is nearly that of the configuration. Such a file is never
/// read, while a team believes that its rules hold.
#[must_use]
pub(crate) fn is_misnamed(name: &str) -> bool {
    // No editor makes a name of this length out of the right one, and comparing is quadratic.
    if name == FILE_NAME || name.len() > 32 {
        return false;
    }
    let folded = name.trim().to_lowercase();
    let folded = folded.trim_start_matches('.');
    // What Windows and some editors append, and hide from the person who saves the file.
    let folded = folded.strip_suffix(".txt").unwrap_or(folded);
    let Some((stem, ending)) = folded.rsplit_once('.') else {
        // Without an ending only a hidden file is a configuration; `notegate` is the program.
        return name.trim().starts_with('.') && is_stem(folded);
    };
    ENDINGS.contains(&ending) && is_stem(stem)
}

/// Whether the YAML files that `pattern` can match are the configuration at the root and those that nobody tells from it.
#[must_use]
pub(super) fn names_configuration_alone(pattern: &str) -> bool {
    let is_yaml = |name: &String| name.ends_with(".yaml") || name.ends_with(".yml");
    let names: Vec<String> = root_names(pattern).into_iter().flatten().filter(is_yaml).collect();
    names.iter().any(|name| name == FILE_NAME) && names.iter().all(|name| name == FILE_NAME || is_misnamed(name))
}

/// The endings of configurations, and slips of the pen for those of YAML.
const ENDINGS: [&str; 12] =
    ["yaml", "yml", "yam", "yalm", "ymal", "json", "jsonc", "json5", "toml", "ini", "conf", "cfg"];

fn is_stem(stem: &str) -> bool {
    let stem: String = without_copy(stem).chars().filter(|c| !matches!(c, '-' | '_' | ' ')).collect();
    let stem = stem.trim_end_matches(".yaml").trim_end_matches(".yml");
    let stem = stem.strip_suffix("config").map_or(stem, |stem| stem.trim_end_matches('.'));
    // Three characters less would be another word; one slip is a typing error.
    stem == "notegaterc" || strsim::osa_distance(stem, "notegate") <= 1
}

/// The name without what browsers and desktops append to a second file of that name: `notegate (1)`, `notegate - Copy`.
fn without_copy(stem: &str) -> &str {
    let stem = stem.trim_end();
    let number = |stem: &'_ str| -> Option<usize> {
        let open = stem.strip_suffix(')')?.rfind('(')?;
        stem.get(open + 1..stem.len() - 1)?.bytes().all(|byte| byte.is_ascii_digit()).then_some(open)
    };
    let end = number(stem).unwrap_or(stem.len());
    let stem = stem.get(..end).unwrap_or(stem).trim_end();
    stem.strip_suffix("copy").map_or(stem, |stem| stem.trim_end_matches([' ', '-', '_']))
}

#[cfg(test)]
mod tests {
    use super::{is_misnamed, names_configuration_alone};

    #[test]
    fn patterns_that_match_the_configuration_and_nothing_else_are_known() {
        for pattern in [
            "notegate.yaml",
            "notegate.y*ml",
            "notegate.y?ml",
            "notegate.{yaml,yml}",
            "notegate.y{a,}ml",
            "?otegate.yaml",
            "[n]otegate[.]yaml",
            "{notegate,Notegate}.yaml",
        ] {
            assert!(names_configuration_alone(pattern), "{pattern}");
        }
        for pattern in [
            "*.yaml",
            "n*.yaml",
            "notegate*.yaml",
            "notegate*",
            "notegate.*",
            "not*.y*ml",
            "*",
            "**",
            "**/notegate.yaml",
            "*/notegate.yaml",
            "notes/notegate.yaml",
            "{notegate,notes}.yaml",
            "notegate-notes.yaml",
            "[a-n]otegate.yaml",
            "notes.yaml",
            "????????.yaml",
        ] {
            assert!(!names_configuration_alone(pattern), "{pattern}");
        }
    }

    #[test]
    fn names_that_are_nearly_right_are_known() {
        for name in [
            "notegate.yml",
            ".notegate.yaml",
            ".notegate.yml",
            "Notegate.yaml",
            "NOTEGATE.YAML",
            "notegate.yaml.txt",
            "notegate.yml.txt",
            "notegate.yaml.yaml",
            "note-gate.yaml",
            "note_gate.yml",
            "notgate.yaml",
            "notegaet.yaml",
            "notegate.yalm",
            "notegate.config.yaml",
            "notegate.yaml ",
            "notegate.json",
            "notegate.jsonc",
            "notegate.toml",
            ".notegate.toml",
            "notegate.config.json",
            ".notegate",
            ".notegaterc",
            ".notegaterc.json",
            ".note-gate",
            "notegate-config.yaml",
            "notegate_config.yml",
            "notegateconfig.yaml",
            "notegate.cfg",
            "notegate (1).yaml",
            "notegate(12).yml",
            "notegate - Copy.yaml",
            "notegate copy.yaml",
        ] {
            assert!(is_misnamed(name), "{name}");
        }
    }

    #[test]
    fn the_right_name_and_others_are_not() {
        for name in [
            "notegate.yaml",
            "notes.yaml",
            "notes.json",
            "notegate.jsonl",
            "notegate.sarif",
            "notegate-report.json",
            "notegates",
            ".git",
            ".notes",
            "notegate",
            "notegate.md",
            "notegate.yaml.bak",
            "delegate.yaml",
            "notebook.yaml",
            "config.yaml",
            "copy.yaml",
            "(1).yaml",
            "notegate-example.yaml",
            "notegate-notes.yaml",
            "notegate (1",
            "yaml",
            "",
        ] {
            assert!(!is_misnamed(name), "{name}");
        }
        assert!(!is_misnamed(&"n".repeat(1 << 20)));
    }
}
