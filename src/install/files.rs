//! Whether what a hook manager is told about files leaves out every YAML file, so that a note never starts the job.

use regex::Regex;

const ENDINGS: [&str; 2] = ["yaml", "yml"];

/// Whether some YAML file matches a glob. A glob that cannot be read may match.
pub(super) fn glob_may_match_yaml(glob: &str) -> bool {
    let last = glob.rsplit('/').next().unwrap_or(glob);
    let Some((_, ending)) = last.rsplit_once('.').filter(|(_, ending)| !ending.contains(['*', '?', '['])) else {
        // Without an ending of its own a name with a wildcard may be that of any file.
        return last.contains(['*', '?', '[', '{']);
    };
    // Braces that begin before the ending are alternatives of whole names.
    let has_whole_braces = ending.matches('{').count() == ending.matches('}').count();
    !has_whole_braces || is_one_of_ours(ending.trim_matches(['{', '}']).split(','))
}

/// Whether some YAML file matches a regular expression that is looked for anywhere in a path. Only one that spells out
/// how a path ends is known to leave them out.
pub(super) fn regex_may_match_yaml(pattern: &str) -> bool {
    let Ok(spelt_out) = Regex::new(r"\\\.(?:\((?:\?:)?)?([A-Za-z0-9|]+)\)?\$\)?$") else { return true };
    let Some(found) = spelt_out.captures(pattern) else { return true };
    let (Some(whole), Some(endings)) = (found.get(0), found.get(1)) else { return true };
    let has_alternatives = pattern.get(..whole.start()).is_none_or(|before| before.contains('|'));
    has_alternatives || is_one_of_ours(endings.as_str().split('|'))
}

fn is_one_of_ours<'e>(mut endings: impl Iterator<Item = &'e str>) -> bool {
    endings.any(|ending| ENDINGS.iter().any(|ours| ending.trim().eq_ignore_ascii_case(ours)))
}
