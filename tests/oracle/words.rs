//! The notes whose verdict is known beforehand, and the names that records bear, each in several spellings.

/// A note, with the status that it is for, and whether it has to be blocked.
pub(crate) struct Note {
    pub(crate) status: &'static str,
    pub(crate) text: &'static str,
    pub(crate) is_poor: bool,
}

const fn great(status: &'static str, text: &'static str) -> Note {
    Note { status, text, is_poor: false }
}

const fn poor(status: &'static str, text: &'static str) -> Note {
    Note { status, text, is_poor: true }
}

/// None names a workload, so that each may stand under any.
pub(crate) const NOTES: [Note; 15] = [
    great(
        "Blocked",
        "Service will not be deployed because of legal restrictions on data residency. Customer is prohibited from storing \
         regulated data outside country due to X regulation.",
    ),
    great(
        "No Intent",
        "Customer does not intend to onboard workload due to an ongoing acquisition of another company that must be \
         handled before any onboarding activities can occur.",
    ),
    great(
        "No Intent",
        "The customer will not deploy the service because the works council in Lyon rejected it in March.",
    ),
    great(
        "Blocked",
        "The customer cannot deploy the service because the tape archive must stay on site until the audit by the \
         Bundesbank ends.",
    ),
    great(
        "In Progress",
        "The customer intends to deploy the service and is piloting it with 40 users in the Leeds office.",
    ),
    great("In Progress", "The customer is migrating 1,200 accounts from the old server in Basel."),
    great(
        "Duplicate/Invalid",
        "This entitlement duplicates the one of tenant northwind.example, which is tracked there.",
    ),
    poor("Blocked", ""),
    poor("Blocked", "Cannot deploy."),
    poor("No Intent", "TBD"),
    poor("No Intent", "Customer is not interested."),
    poor("In Progress", "(blank)"),
    poor("Blocked", "[primary issue]"),
    poor("Blocked", "n/a"),
    poor("In Progress", "TBC"),
];

/// Each with the spellings that mean the same customer.
pub(crate) const CUSTOMERS: [&[&str]; 5] = [
    &["Contoso", "CONTOSO", "Contoso Ltd.", "contoso"],
    &["Fabrikam", "fabrikam", "Fabrikam, Inc."],
    &["Litware", "LITWARE", "Litware GmbH"],
    &["Tailspin Toys", "tailspin toys", "TAILSPIN TOYS"],
    &["Woodgrove Bank", "Woodgrove bank", "Woodgrove Bank plc"],
];

/// Each with the spellings that mean the same workload.
pub(crate) const WORKLOADS: [&[&str]; 5] = [
    &["Microsoft Teams", "Teams", "MS Teams"],
    &["Exchange Online", "EXO", "exchange online"],
    &["Yammer", "yammer", "Viva Engage"],
    &["SharePoint Online", "SPO", "SharePoint"],
    &["Intune", "intune", "Endpoint Manager"],
];

/// Each with the spellings that mean the same status.
pub(crate) const STATUSES: [&[&str]; 4] = [
    &["Blocked", "blocked", "BLOCKED"],
    &["No Intent", "no intent", "No-Intent"],
    &["In Progress", "In_Progress", "in progress"],
    &["Duplicate/Invalid", "Duplicate-Invalid", "duplicate/invalid"],
];

/// The number of the group that has this spelling.
pub(crate) fn group(groups: &[&[&str]], spelling: &str) -> Option<usize> {
    groups.iter().position(|group| group.contains(&spelling))
}

/// Files that hold something else than text, or text that is no YAML: each has to be refused.
pub(crate) const BROKEN: [&[u8]; 5] = [
    b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 12\n",
    b"\0GITCRYPT\0\x01\x02",
    b"note: caf\xe9\n",
    b"note: 'open\n",
    b"customer: Contoso\nworkload: Teams\nstatus: Blocked\nnote: \x01\n",
];

/// Files without a record, in which there is nothing to judge.
pub(crate) const EMPTY: [&[u8]; 3] = [b"", b"# nothing yet\n", b"title: Contacts\ncolour: blue\n"];

/// Names of files, some of which git quotes. The last three are no notes.
pub(crate) const PATHS: [&[u8]; 20] = [
    b"a.yaml",
    b"b.yaml",
    b"notes/contoso.yaml",
    b"notes/deep/er/fabrikam.yaml",
    b"notes/litware.yml",
    b"two  blanks.yaml",
    b"-dash.yaml",
    b"quo\"te.yaml",
    b"li\nne.yaml",
    b"caf\xc3\xa9.yaml",
    b"cafe\xcc\x81.yaml",
    b"latin-\xe9.yaml",
    b"glob*.yaml",
    b":colon.yaml",
    b"UPPER.YAML",
    b"back\\slash.yaml",
    b"notes/.hidden.yaml",
    b"readme.md",
    b".github/a.yaml",
    b"notes/list.txt",
];

/// Whether a file of this name is a note where no configuration says so: its folders must not be hidden.
pub(crate) fn is_note(path: &[u8]) -> bool {
    let name = path.to_ascii_lowercase();
    let ends = name.ends_with(b".yaml") || name.ends_with(b".yml");
    let folders = path.iter().rposition(|byte| *byte == b'/').map_or(&path[..0], |end| &path[..end]);
    ends && !folders.split(|byte| *byte == b'/').any(|part| part.starts_with(b"."))
}
