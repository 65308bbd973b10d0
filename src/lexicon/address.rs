//! Addresses: URLs, e-mail addresses and paths of files. Each is one token; it says where to look, and tells nothing.

use std::ops::Range;

/// Top-level domains by which `name.tld/path` is known for an address without its scheme.
const DOMAINS: &[&str] = &[
    "app", "at", "au", "be", "biz", "ca", "ch", "cloud", "co", "com", "de", "dev", "dk", "edu", "es", "eu", "example",
    "fi", "fr", "gov", "ie", "info", "internal", "intranet", "invalid", "io", "it", "jp", "lan", "local", "nl", "no",
    "nz", "org", "pl", "se", "test", "uk", "us",
];

/// Endings of the names of files that people write and send.
const FILE_ENDINGS: &[&str] = &[
    "csv", "doc", "docm", "docx", "eml", "gif", "htm", "html", "jpeg", "jpg", "json", "log", "md", "mpp", "msg", "odt",
    "one", "pdf", "png", "ppt", "pptx", "rtf", "txt", "vsdx", "xls", "xlsm", "xlsx", "xml", "yaml", "yml", "zip",
];

/// Punctuation that ends no address.
const ENDS: [char; 8] = ['.', ',', ';', ':', '!', '?', ')', '\''];

/// Whether a byte is a mark of which every address has one.
pub(super) fn marks(byte: u8) -> bool {
    matches!(byte, b'/' | b'\\' | b'@' | b'.')
}

/// The first address of a run of characters without white space, as bytes of `run`. Linear in its length.
pub(super) fn find(run: &str) -> Option<Range<usize>> {
    // The last word of a sentence has no other mark than its full stop, and none that ends an address belongs to it.
    if !run.trim_end_matches(ENDS).bytes().any(marks) {
        return None;
    }
    url(run).or_else(|| email(run)).or_else(|| path(run))
}

/// `https://…`, `www.…`, `contoso.com/…`.
fn url(run: &str) -> Option<Range<usize>> {
    if let Some(colon) = run.find("://") {
        let scheme = run.get(..colon)?.bytes().rev().take_while(u8::is_ascii_alphanumeric).count();
        let end = end(run, colon + 3);
        return (scheme >= 2 && end > colon + 3).then_some(colon - scheme..end);
    }
    let start = opening(run);
    let rest = run.get(start..)?;
    let host = rest.split(['/', ':', '?', '#']).next()?;
    let is_host = host.contains('.') && host.split('.').all(|label| !label.is_empty() && label.chars().all(is_of_host));
    let ending = host.rsplit('.').next()?;
    let has_path = rest.get(host.len()..)?.starts_with('/');
    let is_address = host.starts_with("www.") || has_path && DOMAINS.contains(&ending);
    (is_host && is_address).then(|| start..end(run, start))
}

/// `name@contoso.example`.
fn email(run: &str) -> Option<Range<usize>> {
    let at = run.find('@')?;
    let local = |c: &char| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '+' | '%');
    let before: usize = run.get(..at)?.chars().rev().take_while(local).map(char::len_utf8).sum();
    let domain: usize =
        run.get(at + 1..)?.chars().take_while(|c| is_of_host(*c) || *c == '.').map(char::len_utf8).sum();
    let domain = run.get(at + 1..at + 1 + domain)?.trim_end_matches(['.', '-']);
    let has_ending = domain.rsplit_once('.').is_some_and(|(name, ending)| !name.is_empty() && ending.len() >= 2);
    let start = at - before;
    let start = if run.get(..start)?.ends_with("mailto:") { start - "mailto:".len() } else { start };
    (before > 0 && has_ending).then_some(start..at + 1 + domain.len())
}

/// `C:\…`, `\\server\share`, `/opt/data/…`, `~/…`, `minutes/2020.docx`.
fn path(run: &str) -> Option<Range<usize>> {
    let start = opening(run);
    let rest = run.get(start..)?;
    let end = end(run, start);
    let whole = run.get(start..end)?;
    let mut bytes = rest.bytes();
    let drive = bytes.next().is_some_and(|c| c.is_ascii_alphabetic()) && rest.get(1..3) == Some(":\\");
    let share = rest.starts_with("\\\\") && rest.len() > 3;
    let rooted = ["/", "~/", "./", "../"].iter().any(|root| {
        rest.strip_prefix(root)
            .is_some_and(|inner| inner.contains('/') && inner.starts_with(|c: char| c.is_alphanumeric()))
    });
    let named = whole
        .rsplit_once('.')
        .is_some_and(|(name, ending)| name.ends_with(char::is_alphanumeric) && FILE_ENDINGS.contains(&ending));
    (drive || share || rooted || named).then_some(start..end)
}

fn is_of_host(c: char) -> bool {
    c.is_alphanumeric() || c == '-' || c == '_'
}

/// Where the opening brackets and quotes of a run end.
fn opening(run: &str) -> usize {
    run.len() - run.trim_start_matches(['(', '[', '<', '{', '"', '\'']).len()
}

/// Where an address that goes on past `from` ends: at what no address holds, without punctuation of the sentence.
fn end(run: &str, from: usize) -> usize {
    let rest = run.get(from..).unwrap_or_default();
    let stop = rest.find(['<', '>', '"', '|', '[', ']', '{', '}']).unwrap_or(rest.len());
    let inside = rest.get(..stop).unwrap_or_default();
    from + inside.trim_end_matches(ENDS).len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_found_without_the_punctuation_around_them() {
        for (run, address) in [
            ("https://contoso.example/ticket/1.", "https://contoso.example/ticket/1"),
            ("(http://x.example?a=b),", "http://x.example?a=b"),
            ("<hana@contoso.example>,", "hana@contoso.example"),
            ("mailto:hana.k+x@contoso.co.uk", "mailto:hana.k+x@contoso.co.uk"),
            ("www.contoso.example", "www.contoso.example"),
            ("contoso.com/blockers/7", "contoso.com/blockers/7"),
            ("ticket:https://x.example/7", "https://x.example/7"),
            ("ftp://files.example/a.txt", "ftp://files.example/a.txt"),
            ("\\\\srv01\\notes\\teams.docx", "\\\\srv01\\notes\\teams.docx"),
            ("n:\\projects\\minutes.docx.", "n:\\projects\\minutes.docx"),
            ("/opt/data/notes", "/opt/data/notes"),
            ("~/notes/x", "~/notes/x"),
            ("docs/blockers.md.", "docs/blockers.md"),
            ("minutes.docx", "minutes.docx"),
        ] {
            assert_eq!(find(run).and_then(|range| run.get(range)), Some(address), "{run}");
        }
    }

    #[test]
    fn what_only_looks_like_an_address_is_none() {
        for run in [
            "tcp/ip",
            "and/or",
            "24/7",
            "cloud/data/legal",
            "10.3.1",
            "e.g.",
            "u.s.",
            "@sam",
            "monday.com",
            "asp.net",
            "node.js",
            "/24",
            "n/a",
            "w/o",
            "a\\b",
            "://",
            "10.0.0.0/8",
            "@",
            "x@",
            "@x.example",
            "",
            ".",
        ] {
            assert_eq!(find(run), None, "{run}");
        }
    }
}
