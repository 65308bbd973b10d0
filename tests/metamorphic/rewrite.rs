//! Ways to write a note otherwise that must not change its grade. Each returns the note as it is when there is nothing
//! to rewrite.

use regex::{Captures, Regex};
use std::sync::LazyLock;

/// A way to write a note otherwise.
pub(crate) type Rewrite = fn(&str) -> String;

/// All of them, by name.
pub(crate) const ALL: [(&str, Rewrite); 14] = [
    ("another product", another_product),
    ("an invented product", invented_product),
    ("another place", another_place),
    ("the customer by name", customer_by_name),
    ("curly quotes", curly_quotes),
    ("dashes", dashes),
    ("first letter", first_letter),
    ("contractions expanded", expanded),
    ("contracted", contracted),
    ("American spelling", american),
    ("British spelling", british),
    ("folded lines", folded),
    ("final full stop", final_stop),
    ("doubled spaces", doubled_spaces),
];

/// Products and vendors of one kind in each row: any of a row can stand for any other.
const PRODUCTS: [&[&str]; 20] = [
    &["Slack", "Mattermost", "Rocket.Chat"],
    &["Webex", "BlueJeans", "GoToMeeting"],
    &["Zoom", "Lifesize", "Pexip"],
    &["RingCentral", "Vonage", "Aircall"],
    &["Jamf", "Kandji", "Mosyle"],
    &["Workspace ONE", "Ivanti Neurons", "ManageEngine"],
    &["MobileIron", "Scalefusion", "Hexnode"],
    &["Tableau", "Looker", "MicroStrategy"],
    &["Qlik", "Spotfire", "Domo"],
    &["Box", "Egnyte", "Dropbox"],
    &["Nextcloud", "ownCloud", "Seafile"],
    &["Proofpoint", "Mimecast", "Barracuda"],
    &["Okta", "OneLogin", "ForgeRock"],
    &["Zscaler", "Netskope", "Forcepoint"],
    &["Panopto", "Kaltura", "Brightcove"],
    &["Google Workspace", "Zoho Workplace", "Proton Business"],
    &["Salesforce", "HubSpot", "Pipedrive"],
    &["Primavera", "Planview", "Smartsheet"],
    &["Zimbra", "GroupWise", "Kerio"],
    &["Trello", "Asana", "Basecamp"],
];

const PLACES: [&str; 14] = [
    "Leeds",
    "Graz",
    "Lyon",
    "Paris",
    "Tokyo",
    "Madrid",
    "Lisbon",
    "Singapore",
    "Hamburg",
    "Rotterdam",
    "Munich",
    "Linz",
    "Leipzig",
    "Pune",
];

fn words(list: impl IntoIterator<Item = &'static str>) -> Regex {
    let list: Vec<String> = list.into_iter().map(regex::escape).collect();
    Regex::new(&format!(r"\b(?:{})\b", list.join("|"))).unwrap()
}

/// The next of the same row.
fn another_product(note: &str) -> String {
    static NAMES: LazyLock<Regex> = LazyLock::new(|| words(PRODUCTS.iter().flat_map(|row| row.iter().copied())));
    let next = |found: &Captures<'_>| {
        let row = PRODUCTS.iter().find(|row| row.contains(&&found[0])).unwrap();
        let at = row.iter().position(|name| *name == &found[0]).unwrap();
        row[(at + 1) % row.len()]
    };
    NAMES.replace_all(note, next).into_owned()
}

/// A name that no list can know.
fn invented_product(note: &str) -> String {
    static NAMES: LazyLock<Regex> = LazyLock::new(|| words(PRODUCTS.iter().flat_map(|row| row.iter().copied())));
    NAMES.replace_all(note, "Quovexa").into_owned()
}

fn another_place(note: &str) -> String {
    static NAMES: LazyLock<Regex> = LazyLock::new(|| words(PLACES));
    NAMES.replace_all(note, "Tampere").into_owned()
}

/// The customer of every record.
pub(crate) const CUSTOMER: &str = "Fabrikam";

/// "Customer" and "the customer" become a name.
fn customer_by_name(note: &str) -> String {
    static SUBJECT: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"\b(?:[Tt]he |^)[Cc]ustomer (is|has|will|does|cannot|wants|did|was)\b").unwrap());
    SUBJECT.replace_all(note, format!("{CUSTOMER} $1")).into_owned()
}

fn curly_quotes(note: &str) -> String {
    static DOUBLE: LazyLock<Regex> = LazyLock::new(|| Regex::new("\"([^\"]*)\"").unwrap());
    DOUBLE.replace_all(&note.replace('\'', "’"), "“$1”").into_owned()
}

/// Each dash between spaces becomes the next: hyphen, en dash, em dash, two hyphens.
fn dashes(note: &str) -> String {
    static DASH: LazyLock<Regex> = LazyLock::new(|| Regex::new(" (-|–|—|--) ").unwrap());
    let next = |found: &Captures<'_>| match &found[1] {
        "-" => " – ",
        "–" => " — ",
        "—" => " -- ",
        _ => " - ",
    };
    DASH.replace_all(note, next).into_owned()
}

/// A small first letter, unless the first word is an abbreviation or a name with capitals inside.
pub(crate) fn lower_first(note: &str) -> String {
    let swapped = first_letter(note);
    if swapped.starts_with(char::is_lowercase) { swapped } else { note.to_owned() }
}

/// The other case for the first letter, unless the first word is an abbreviation or a name with capitals inside.
fn first_letter(note: &str) -> String {
    let word = note.split_whitespace().next().unwrap_or_default();
    let mut rest = note.chars();
    let Some(first) = rest.next().filter(|_| !word.chars().skip(1).any(char::is_uppercase)) else {
        return note.to_owned();
    };
    let other: String =
        if first.is_uppercase() { first.to_lowercase().collect() } else { first.to_uppercase().collect() };
    other + rest.as_str()
}

/// Long and short forms.
const CONTRACTIONS: [(&str, &str); 22] = [
    ("will not", "won't"),
    ("cannot", "can't"),
    ("do not", "don't"),
    ("does not", "doesn't"),
    ("did not", "didn't"),
    ("is not", "isn't"),
    ("are not", "aren't"),
    ("was not", "wasn't"),
    ("were not", "weren't"),
    ("has not", "hasn't"),
    ("have not", "haven't"),
    ("would not", "wouldn't"),
    ("could not", "couldn't"),
    ("should not", "shouldn't"),
    ("they are", "they're"),
    ("they have", "they've"),
    ("they will", "they'll"),
    ("we are", "we're"),
    ("it is", "it's"),
    ("there is", "there's"),
    ("that is", "that's"),
    ("who is", "who's"),
];

fn expanded(note: &str) -> String {
    static LONG: LazyLock<Pairs> = LazyLock::new(|| Pairs::whole(CONTRACTIONS.map(|(long, short)| (short, long))));
    LONG.replace(&note.replace('’', "'"))
}

fn contracted(note: &str) -> String {
    static SHORT: LazyLock<Pairs> = LazyLock::new(|| Pairs::whole(CONTRACTIONS));
    // Nobody writes "people like what they've.": a verb at the end of its clause stays whole.
    SHORT.replace(note).replace("'ve.", " have.").replace("'ve,", " have,")
}

/// Words, and what stands for them.
struct Pairs(Vec<(Regex, &'static str)>);

impl Pairs {
    /// Whole words.
    fn whole<const N: usize>(pairs: [(&'static str, &'static str); N]) -> Self {
        Self::new(pairs, r"\b")
    }

    fn new<const N: usize>(pairs: [(&'static str, &'static str); N], end: &str) -> Self {
        let regex = |from| Regex::new(&format!(r"(?i)\b{from}{end}")).unwrap();
        Self(pairs.into_iter().map(|(from, to)| (regex(from), to)).collect())
    }

    /// Replaces all; a capital at the front stays one.
    fn replace(&self, note: &str) -> String {
        let mut text = note.to_owned();
        for (from, to) in &self.0 {
            let with_case = |found: &Captures<'_>| {
                if found[0].starts_with(char::is_uppercase) {
                    to[..1].to_uppercase() + &to[1..]
                } else {
                    (*to).to_owned()
                }
            };
            text = from.replace_all(&text, with_case).into_owned();
        }
        text
    }
}

/// British and American beginnings of words.
const SPELLINGS: [(&str, &str); 22] = [
    ("acknowledgement", "acknowledgment"),
    ("analyse", "analyze"),
    ("authoris", "authoriz"),
    ("cancelled", "canceled"),
    ("centralis", "centraliz"),
    ("centre", "center"),
    ("colour", "color"),
    ("customis", "customiz"),
    ("defence", "defense"),
    ("enrolment", "enrollment"),
    ("fulfilment", "fulfillment"),
    ("harbour", "harbor"),
    ("labelled", "labeled"),
    ("labelling", "labeling"),
    ("labour", "labor"),
    ("licence", "license"),
    ("organis", "organiz"),
    ("modelling", "modeling"),
    ("reorganis", "reorganiz"),
    ("standardis", "standardiz"),
    ("synchronis", "synchroniz"),
    ("tunnelling", "tunneling"),
];

fn american(note: &str) -> String {
    static AMERICAN: LazyLock<Pairs> = LazyLock::new(|| Pairs::new(SPELLINGS, ""));
    AMERICAN.replace(note)
}

fn british(note: &str) -> String {
    static BRITISH: LazyLock<Pairs> =
        LazyLock::new(|| Pairs::new(SPELLINGS.map(|(british, american)| (american, british)), ""));
    BRITISH.replace(note)
}

/// Every fourth space becomes a line break, as in a literal block.
fn folded(note: &str) -> String {
    let mut spaces = 0;
    let fold = |c: char| {
        spaces += usize::from(c == ' ');
        if c == ' ' && spaces % 4 == 0 { '\n' } else { c }
    };
    note.chars().map(fold).collect()
}

/// A full stop at the end is taken away, or added after a letter or a digit.
fn final_stop(note: &str) -> String {
    match note.strip_suffix('.') {
        Some(bare) if !bare.ends_with('.') => bare.to_owned(),
        None if note.ends_with(char::is_alphanumeric) => format!("{note}."),
        _ => note.to_owned(),
    }
}

fn doubled_spaces(note: &str) -> String {
    note.replace(' ', "  ")
}
