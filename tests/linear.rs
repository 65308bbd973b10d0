//! Time grows with the size of a file and no faster, whatever the file is made of and wherever it stands: in a note, a
//! name, the refresh summary, a waiver, a key, the layout of the YAML, or the configuration.
//!
//! Each case runs the whole engine with both reports, over an input and over one eight times as large. Times are
//! compared within one run. `.ci/linear` climbs further: it runs the tests that are ignored here, on larger inputs and
//! with each place by itself.
#![allow(clippy::unwrap_used, clippy::print_stderr, reason = "a test that meets what it does not expect has to stop")]

mod support;

use jiff::civil::date;
use notegate::config::{Config, load};
use notegate::day::Today;
use notegate::emptiness::{Purpose, emptiness};
use notegate::engine::{Engine, NoteText, NotesBefore, Scope};
use notegate::grade::FailOn;
use notegate::playbook::Playbook;
use notegate::report::Sink;
use notegate::report::human::{Human, Idle, Look, Styling, Verbosity};
use notegate::report::json::Json;
use notegate::report::model::FileReport;
use notegate::report::tally::Tally;
use notegate::yaml::Limits;
use std::io;
use std::sync::LazyLock;
use support::growth::{Growth, time_of};
use support::one_file::{NoProgress, OneFile};

/// Three doublings, each of which may take three times as long; a square would take four times as long.
const GROWTH: Growth = Growth { factor: 8, most: 27 };

/// The file of a run.
const PATH: &str = "notes/a.yaml";

static BUILT_IN: LazyLock<Playbook> = LazyLock::new(Playbook::built_in);

/// Both reports of a run.
struct Reports(Human<Vec<u8>>, Json<Vec<u8>>);

impl Sink for Reports {
    fn file(&mut self, file: &FileReport) -> io::Result<()> {
        self.0.file(file)?;
        self.1.file(file)
    }

    fn finish(&mut self, tally: &Tally) -> io::Result<()> {
        self.0.finish(tally)?;
        self.1.finish(tally)
    }
}

/// Runs the engine over a file, configuration included. A run over one file stays in the thread that starts it.
fn run_engine(file: &OneFile, configuration: Option<&str>) {
    let config = configuration
        .map_or_else(Config::default, |text| load(text.as_bytes().to_vec(), "notegate.yaml").unwrap_or_default());
    let own = configuration.map(|_| Playbook::with(&config.playbook));
    let engine = Engine {
        config: &config,
        playbook: own.as_ref().unwrap_or(&BUILT_IN),
        today: Today::fixed(date(2026, 7, 1)),
        limits: Limits::default(),
        fail_on: FailOn::Poor,
        scope: Scope::Changed,
        note_text: NoteText::Shown,
        notes_before: NotesBefore::LeftOut,
        writer: None,
    };
    let look = Look { styling: Styling::Plain, width: 100, verbosity: Verbosity::Verbose, idle: Idle::Counted };
    let mut reports = Reports(Human::new(Vec::new(), look), Json::new(Vec::new()).unwrap());
    engine.run(file, &mut reports, &NoProgress).unwrap();
}

/// Fails unless `make` gives inputs that take time in proportion to their size. Sizes are bytes or counts.
fn assert_linear(name: &str, size: usize, make: impl Fn(usize) -> (OneFile, Option<String>)) {
    GROWTH.assert(name, size, |size| {
        let (file, configuration) = make(size);
        time_of(|| run_engine(&file, configuration.as_deref()))
    });
}

fn alone(after: String) -> (OneFile, Option<String>) {
    (OneFile::new(PATH, after), None)
}

/// What a text can be made of to hurt a reader: characters of every kind, then words and phrases that mean something.
const PARTS: &[&str] = &[
    "a",
    "A",
    "7",
    ",",
    ";",
    ":",
    ".",
    "!",
    "?",
    "'",
    "\"",
    "-",
    "/",
    "\\",
    "@",
    "<",
    ">",
    "[",
    "]",
    "(",
    ")",
    "{",
    "}",
    "#",
    "*",
    "_",
    "%",
    "&",
    "~",
    "|",
    "=",
    "+",
    "$",
    "^",
    "`",
    " ",
    "\t",
    "\n",
    "\r",
    "\r\n",
    "\n\n",
    "\n- ",
    "\u{a0}",
    "\u{3000}",
    "\u{85}",
    "\u{2028}",
    "\u{2014}",
    "\u{301}",
    "a\u{301}",
    "\u{200b}",
    "\u{200d}",
    "\u{202e}",
    "\u{feff}",
    "\u{1b}",
    "😀",
    "👩\u{200d}👧",
    "漢",
    "ก",
    "ع",
    "\u{fdfa}",
    "\u{130}",
    "\u{fe0f}",
    "<x>",
    "[]",
    "[x] ",
    "{{x}}",
    ". ",
    ", ",
    " - ",
    "; ",
    "a. ",
    "A. ",
    "e.g. ",
    "Mr. ",
    "1,",
    "1.",
    "on-",
    "a/",
    "don't ",
    "https://",
    "https://a.b/c ",
    "a@b.c ",
    "www.",
    "2026-03-27 ",
    "Contoso ",
    "contoso ",
    "Contoso, ",
    "Contoso's ",
    "Ltd ",
    "Contoso Ltd ",
    "Exchange Online ",
    "Teams ",
    "because ",
    "due to ",
    "not ",
    "no ",
    "will not ",
    "may ",
    "currently ",
    "for now ",
    "and ",
    "but ",
    "until ",
    "so ",
    "the ",
    "customer ",
    "deploy ",
    "firewall ",
    "issues ",
    "TBD ",
    "3 attempts ",
    "no reply ",
    "0.0% ",
    "duplicate ",
    "pilot ",
    "ruled Teams out ",
    "asdfgh ",
    "Customer will not deploy because of the firewall. ",
];

/// `part` again and again, at most so many bytes.
fn run(part: &str, bytes: usize) -> String {
    part.repeat(bytes / part.len())
}

/// A text as a double-quoted YAML scalar.
fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap().replace('\u{feff}', "\\uFEFF").replace('\u{85}', "\\u0085")
}

const NOTE: &str = "Customer will not deploy because the firewall drops SMTP traffic on port 25.";

/// The places of a record that take text.
const PLACES: &[&str] = &[
    "note",
    "customer",
    "workload",
    "status",
    "owner",
    "date",
    "who",
    "what",
    "rule",
    "reason",
    "until",
    "waiver key",
    "key",
];

/// A record with `text` in the places that `at` names, and with something sound in all others.
fn record(text: &str, at: &[&str]) -> String {
    let put = |place: &str, usual: &str| if at.contains(&place) { quoted(text) } else { quoted(usual) };
    format!(
        "customer: {}\nworkload: {}\nstatus: {}\nnote: {}\nowner: {}\nrefresh_summary:\n- date: {}\n  who_changed: {}\n  \
         what_changed: {}\nwaivers:\n- rule: {}\n  reason: {}\n  until: {}\n  ? {}\n  : x\n? {}\n: x\n",
        put("customer", "Contoso Ltd"),
        put("workload", "Exchange Online"),
        put("status", "Blocked"),
        put("note", NOTE),
        put("owner", "Sam Field"),
        put("date", "2020-03-27"),
        put("who", "Celia Kennedy"),
        put("what", "General maintenance"),
        put("rule", "hedging"),
        put("reason", "Legal asked for this wording"),
        put("until", "2026-12-31"),
        put("waiver key", "x"),
        put("key", "contact"),
    )
}

fn climb_notes(size: usize) {
    for part in PARTS {
        assert_linear(&format!("note of {part:?}"), size, |bytes| alone(record(&run(part, bytes), &["note"])));
        let named = |bytes| alone(record(&format!("Contoso {}", run(part, bytes)), &["note"]));
        assert_linear(&format!("note of \"Contoso \" and {part:?}"), size, named);
    }
}

#[test]
fn a_note_of_one_part_repeated() {
    climb_notes(4 * 1024);
}

#[test]
fn every_other_text_of_a_record_of_one_part_repeated() {
    let others: Vec<&str> = PLACES.iter().copied().filter(|place| *place != "note").collect();
    for part in PARTS {
        assert_linear(&format!("names, summary, waivers and keys of {part:?}"), 512, |bytes| {
            alone(record(&run(part, bytes), &others))
        });
    }
}

#[test]
fn names_and_notes_of_the_same_part() {
    for part in PARTS {
        let at = ["customer", "workload", "note", "reason"];
        assert_linear(&format!("customer, workload and note of {part:?}"), 1024, |bytes| {
            alone(record(&run(part, bytes), &at))
        });
    }
}

#[test]
fn whether_a_long_text_says_anything() {
    for part in ["\u{200b}", "\u{301}", "tbd ", "x", "[", "- ", "a\u{301}", "n/a,", "🚀", "\u{3164}", "what you did "]
    {
        GROWTH.assert(&format!("emptiness of {part:?}"), 4_000, |count| {
            let text = format!("{}{}", part.repeat(count), "]".repeat(count));
            time_of(|| {
                for purpose in [Purpose::Statement, Purpose::Name, Purpose::Person] {
                    let _either = emptiness(&text, purpose);
                }
            })
        });
    }
}

/// Ways to lay a text out in YAML, sound or not.
fn layouts(text: &str) -> [String; 14] {
    let line = text.replace(['\n', '\r'], "");
    let indented = text.replace('\n', "\n  ");
    [
        text.to_owned(),
        format!("note: x{text}\n"),
        format!("note: \"{text}\n"),
        format!("note: \"{}\"\n", text.replace('\\', "\\\\").replace('"', "\\\"")),
        format!("note: '{}'\n", text.replace('\'', "''")),
        format!("note: >-\n  x{indented}\n"),
        format!("note: |+\n  x{indented}\n"),
        format!("note: !{line} x\n"),
        format!("note: &{line} x\n"),
        format!("note: *{line}\n"),
        format!("note: x #{line}\nstatus: Blocked\n"),
        format!("note: x\nlist: [{text}]\n"),
        format!("note: x\ngroup: {{{text}}}\n"),
        format!("note: x\n{line}: y\n"),
    ]
}

fn climb_layouts(size: usize) {
    for part in PARTS.iter().filter(|part| part.chars().count() <= 3) {
        for at in 0..layouts("").len() {
            assert_linear(&format!("layout {at} of {part:?}"), size, |bytes| {
                alone(layouts(&run(part, bytes)).into_iter().nth(at).unwrap())
            });
        }
    }
}

#[test]
fn yaml_of_one_part_repeated() {
    climb_layouts(1024);
}

/// `make` of each number below `count`.
fn each(count: usize, make: impl Fn(usize) -> String) -> String {
    (0..count).map(make).collect()
}

const HEAD: &str = "customer: Contoso\nworkload: Teams\nstatus: Blocked\nnote: Customer cannot deploy\n";

type Make = fn(usize) -> String;

/// Files of many things, by their number.
const MANY: &[(&str, Make)] = &[
    ("records", |n| each(n, |i| format!("- {{customer: C{i}, workload: W, status: Blocked, note: {NOTE}}}\n"))),
    ("records on one line", |n| {
        format!("[{}]\n", each(n, |i| format!("{{customer: C{i}, workload: W, status: Blocked, note: No}}, ")))
    }),
    ("records of one customer and workload", |n| {
        each(n, |_| "- {customer: C, workload: W, status: Blocked, note: Customer cannot deploy it}\n".to_owned())
    }),
    ("copies of one note", |n| {
        each(n, |i| format!("- {{customer: C, workload: W{i}, status: Blocked, note: {NOTE}}}\n"))
    }),
    ("entitlements on one line", |n| {
        format!("{{customer: C, entitlements: [{}]}}\n", each(n, |i| format!("{{workload: W{i}, note: No}}, ")))
    }),
    ("items that are no records", |n| format!("[{{note: a}}, {}]\n", "5, ".repeat(n))),
    ("documents", |n| "---\nnote: Customer cannot deploy\n".repeat(n)),
    ("broken documents", |n| "---\nnote: [\n".repeat(n)),
    ("refresh entries", |n| {
        let entry = |i| format!("- {{date: 2020-03-27, who_changed: A, what_changed: b{i}}}\n");
        format!("{HEAD}refresh_summary:\n{}", each(n * 4, entry))
    }),
    ("empty refresh entries on one line", |n| format!("{HEAD}refresh_summary: [{}]\n", "{}, ".repeat(n * 4))),
    ("waivers that set nothing aside", |n| {
        format!("{HEAD}waivers: [{}]\n", "{rule: hedging, reason: Legal asked for this wording}, ".repeat(n))
    }),
    ("waivers of no rule", |n| {
        format!("{HEAD}waivers:\n{}", each(n, |i| format!("- {{rule: hedgin{i}, reason: x}}\n")))
    }),
    ("sound and unsound waivers", |n| {
        format!("{HEAD}waivers: [{}]\n", "{rule: refresh-missing, reason: agreed with legal}, {rule: no}, ".repeat(n))
    }),
    ("waivers of a customer with a long name", |n| {
        let waivers = "{rule: hedging, reason: Legal asked for this wording}, ".repeat(n);
        format!("customer: {}\nnote: Customer cannot deploy\nwaivers: [{waivers}]\n", "Contoso ".repeat(n))
    }),
    ("keys of a waiver", |n| {
        format!("{HEAD}waivers: [{{rule: hedging, reason: x, {}}}]\n", each(n, |i| format!("k{i}: v, ")))
    }),
    ("keys", |n| format!("{HEAD}{}", each(n * 4, |i| format!("k{i}: v\n")))),
    ("long keys", |n| format!("{HEAD}{}", each(n, |i| format!("k{i:060}: v\n")))),
    ("misspelt keys on one line", |n| {
        let key = |i: usize| {
            let letters = "refresh_summary".chars().enumerate();
            let key: String =
                letters.map(|(at, c)| if i >> at & 1 == 1 { c.to_ascii_uppercase() } else { c }).collect();
            format!("{key}: v, ")
        };
        format!("{{note: x, {}}}\n", each(n, key))
    }),
    ("aliases of one record", |n| format!("- &r {{customer: C, workload: W, note: No}}\n{}", "- *r\n".repeat(n))),
    ("aliases of a note and its comment", |n| {
        format!("- note: &n x{} #{}\n{}", " ".repeat(n), "y".repeat(n), "- {note: *n}\n".repeat(n))
    }),
    ("entitlements with a note of blank lines", |n| {
        format!("note: \"a{}b\"\nentitlements:\n{}", "\\\n".repeat(n), "- {workload: W}\n".repeat(n))
    }),
    ("merged mappings", |n| {
        format!("- &r {{customer: C, workload: W, status: Blocked}}\n{}", "- {<<: *r, note: a}\n".repeat(n))
    }),
    ("tags of one line", |n| format!("{HEAD}x: [{}]\n", "!a b, ".repeat(n))),
    ("comments", |n| format!("note: a\n{}status: Blocked\n", "# c\n".repeat(n * 4))),
    ("empty lists", |n| format!("{HEAD}x: [{}]\n", "[], ".repeat(n * 4))),
];

fn climb_many(count: usize) {
    for (name, make) in MANY {
        assert_linear(name, count, |count| alone(make(count)));
    }
}

#[test]
fn files_of_many_things() {
    climb_many(60);
}

#[test]
fn what_a_change_did_to_many_things() {
    for (name, make) in MANY {
        assert_linear(&format!("{name}, each after a change"), 30, |count| {
            let before = make(count);
            let after = before.replace("Blocked", "No Intent").replace("2020-03-27", "2020-03-28");
            (OneFile::new(PATH, after).since(Some(before)), None)
        });
    }
}

/// Configurations of many things, each with a file of as many things that meet them.
const CONFIGURED: &[(&str, Make, Make)] = &[
    ("patterns", |n| format!("exclude:\n{}", each(n, |i| format!("- 'a{i}/**/*.yaml'\n"))), |_| HEAD.to_owned()),
    ("a long pattern", |n| format!("exclude: ['{}b']\n", "a*".repeat(n)), |_| HEAD.to_owned()),
    (
        "unknown settings on one line",
        |n| format!("{{{}}}\n", each(n, |i| format!("includ{i}: x, "))),
        |_| HEAD.to_owned(),
    ),
    (
        "words",
        |n| format!("playbook: {{words: {{hedge-time: [{}]}}}}\n", each(n, |i| format!("zulu{i}, "))),
        |n| record(&"zulu0 zulu1 ".repeat(n * 4), &["note"]),
    ),
    (
        "the name of a field",
        |n| format!("fields: {{note: {}}}\n", "k".repeat(n)),
        |n| each(n, |i| format!("k{i}: v\n")),
    ),
    (
        "statuses",
        |n| {
            let statuses = each(n, |i| format!("{{name: Status {i}, kind: blocked, templates: [t{i}]}}, "));
            format!("playbook: {{statuses: [{statuses}]}}\n")
        },
        |_| record("Status 1", &["status"]),
    ),
    (
        "workloads",
        |n| format!("playbook: {{workloads: [{}]}}\n", each(n, |i| format!("{{name: Workload {i}}}, "))),
        |n| each(n, |i| format!("- {{customer: C, workload: Workload {i}, status: Blocked, note: No}}\n")),
    ),
    (
        "a long name of a workload",
        |n| format!("playbook: {{workloads: [{{name: Loop, aliases: [{}x]}}]}}\n", "zulu ".repeat(n)),
        |n| record(&"zulu ".repeat(n * 4), &["note"]),
    ),
];

#[test]
fn configurations_of_many_things() {
    for (name, configure, make) in CONFIGURED {
        assert_linear(&format!("configuration of {name}"), 60, |count| {
            (OneFile::new(PATH, make(count)), Some(configure(count)))
        });
    }
}

#[test]
#[ignore = "takes minutes: `.ci/linear` runs it"]
fn ladder_of_notes() {
    climb_notes(32 * 1024);
}

#[test]
#[ignore = "takes minutes: `.ci/linear` runs it"]
fn ladder_of_each_place_by_itself() {
    for place in PLACES {
        for part in PARTS {
            let name = format!("{place} of {part:?}");
            assert_linear(&name, 8 * 1024, |bytes| alone(record(&run(part, bytes), &[place])));
        }
    }
}

#[test]
#[ignore = "takes minutes: `.ci/linear` runs it"]
fn ladder_of_layouts() {
    climb_layouts(16 * 1024);
}

#[test]
#[ignore = "takes minutes: `.ci/linear` runs it"]
fn ladder_of_many_things() {
    climb_many(1000);
}
