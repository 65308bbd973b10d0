//! `overrides`: settings for some of the files, by their paths.

use super::reader::Reader;
use super::{Config, RuleLevels, load, settings};
use crate::finding::Severity;
use crate::record::FieldNames;
use crate::rules::{RequiredFields, RuleSettings};
use crate::source::{NotePath, PatternList};
use crate::yaml::Value;
use std::borrow::Cow;

/// The keys of an override.
pub(super) const KEYS: [&str; 5] = ["paths", "fields", "required", "rules", "refresh"];

/// The most overrides: all of them are asked about every file.
pub(crate) const MOST: usize = 200;

/// The overrides of a configuration. Where several match a file, the later ones win, setting by setting.
#[derive(Debug, Clone, Default)]
pub struct Overrides {
    all: Vec<Override>,
}

/// Settings for the files that one of its patterns matches.
#[derive(Debug, Clone, Default)]
pub(super) struct Override {
    pub(super) paths: Vec<String>,
    pub(super) names: FieldNames,
    pub(super) required: RequiredFields,
    pub(super) levels: RuleLevels,
    pub(super) max_age_days: Option<u32>,
}

/// What holds for the records of one file.
#[derive(Debug, Clone)]
pub struct FileRules<'a> {
    /// The severities of the rules.
    pub levels: Cow<'a, RuleLevels>,
    /// What is set for rules, among it the names of the fields.
    pub settings: Cow<'a, RuleSettings>,
}

impl Overrides {
    /// All patterns, in the order of the configuration.
    pub(super) fn patterns(&self) -> Vec<String> {
        self.all.iter().flat_map(|one| one.paths.iter().cloned()).collect()
    }

    pub(super) fn all(&self) -> &[Override] {
        &self.all
    }

    /// The overrides to which one of the patterns at `positions` belongs, in their order.
    fn at<'s>(&'s self, positions: &'s [usize]) -> impl Iterator<Item = &'s Override> {
        let mut start = 0;
        self.all.iter().filter(move |one| {
            let own = start..start + one.paths.len();
            start = own.end;
            positions.iter().any(|position| own.contains(position))
        })
    }
}

impl Config {
    /// What holds for the records of the file at `path`.
    #[must_use]
    pub fn rules_of(&self, path: &NotePath) -> FileRules<'_> {
        let mut rules = self.general_rules();
        if self.overrides.all.is_empty() {
            return rules;
        }
        for one in self.overrides.at(&self.files.overriding(path)) {
            let settings = rules.settings.to_mut();
            settings.fields.extend(&one.names);
            settings.required.extend(&one.required);
            settings.max_age_days = one.max_age_days.or(settings.max_age_days);
            rules.levels.to_mut().extend(&one.levels);
        }
        rules
    }

    /// What holds where no override says otherwise.
    #[must_use]
    pub fn general_rules(&self) -> FileRules<'_> {
        FileRules { levels: Cow::Borrowed(&self.levels), settings: Cow::Borrowed(&self.settings) }
    }

    /// The most that a finding of the rule may weigh in any file, where the rule thinks `found` right; nothing when it is off.
    #[must_use]
    pub(crate) fn worst_severity(&self, rule: &str, found: Severity) -> Option<Severity> {
        let of_overrides = self.overrides.all.iter().map(|one| one.levels.severity(rule, found));
        std::iter::once(self.levels.severity(rule, found)).chain(of_overrides).flatten().max()
    }

    /// Whether the rule may report something of any file.
    #[must_use]
    pub fn is_on_somewhere(&self, rule: &str) -> bool {
        self.levels.is_on(rule) || self.overrides.all.iter().any(|one| one.levels.sets_on(rule))
    }
}

/// The overrides in `value`; `general` is what the fields are called elsewhere.
pub(super) fn read(value: Value<'_>, general: &FieldNames, reader: &mut Reader<'_>) -> Overrides {
    let items = reader.items(value, "`overrides`", "overrides, each with `paths`");
    if items.len() > MOST {
        reader.problem(value.span(), format!("there are more than {MOST} overrides"));
        return Overrides::default();
    }
    Overrides { all: items.into_iter().filter_map(|item| one(item, general, reader)).collect() }
}

fn one(item: Value<'_>, general: &FieldNames, reader: &mut Reader<'_>) -> Option<Override> {
    let entries = reader.filled_mapping(item, "an override", "`paths` and what is to hold there")?;
    let mut read = Override::default();
    let count = entries.len();
    for (key, entry) in entries {
        match key {
            "paths" => read.paths = load::patterns(entry.value, PatternList::Override, reader),
            "fields" => {
                read.names = settings::names(entry.value, reader);
                let mut names = general.clone();
                names.extend(&read.names);
                settings::check_names(&names, entry.key.span(), reader);
            }
            "required" => read.required = settings::required(entry.value, reader),
            "rules" => read.levels = settings::levels(entry.value, reader),
            "refresh" => read.max_age_days = settings::max_age(entry.value, reader),
            _ => reader.unknown_key(entry, key, "setting of an override", &KEYS),
        }
    }
    reader.needs(item, "an override", "paths");
    if count == 1 {
        let others = KEYS.iter().skip(1).map(|key| format!("`{key}`")).collect::<Vec<_>>().join(", ");
        reader.problem(item.span(), format!("an override sets nothing; say what is to hold there: {others}"));
    }
    Some(read)
}

#[cfg(test)]
mod tests {
    use super::super::{Level, load};
    use super::*;
    use crate::finding::Severity;
    use crate::record::FieldName;

    const TEXT: &str = "fields: {note: comment, customer: [customer, kunde]}
refresh: {max_age_days: 90}
rules: {hedging: off}
overrides:
- paths: ['crm/**', 'old/*.yaml']
  fields: {note: Notiz, customer: Konto}
  required: {refresh_summary: no}
  rules: {hedging: error, too-long: off}
- paths: ['crm/vip/*.yaml']
  fields: {customer: [VIP, Konto]}
  required: {refresh_summary: yes, status: off}
  rules: {hedging: info}
  refresh: {max_age_days: 7}
";

    fn told(text: &str) -> String {
        load(text.as_bytes().to_vec(), "c.yaml").map(|_| String::new()).unwrap_or_else(|problems| problems.to_string())
    }

    #[test]
    fn later_overrides_win_setting_by_setting() {
        let config = load(TEXT.as_bytes().to_vec(), "c.yaml").unwrap();
        let of = |path: &str| config.rules_of(&NotePath::from_bytes(path));
        let keys = |path: &str, known| of(path).settings.fields.keys_of(known).map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(keys("a.yaml", "customer"), ["customer", "kunde"]);
        assert_eq!(keys("crm/a.yaml", "customer"), ["Konto"]);
        assert_eq!(keys("crm/vip/a.yaml", "customer"), ["VIP", "Konto"]);
        assert_eq!(keys("crm/vip/a.yaml", "note"), ["Notiz"]);
        let optional = |path: &str, field| of(path).settings.required.is_optional(field);
        assert!(!optional("a.yaml", FieldName::RefreshSummary) && optional("old/a.yaml", FieldName::RefreshSummary));
        assert!(
            !optional("crm/vip/a.yaml", FieldName::RefreshSummary) && optional("crm/vip/a.yaml", FieldName::Status)
        );
        assert_eq!(of("old/x/a.yaml").settings.max_age_days, Some(90), "the pattern stays inside its folder");
        assert_eq!(of("crm/vip/a.yaml").settings.max_age_days, Some(7));
        let level = |path: &str, rule| of(path).levels.severity(rule, Severity::Warning);
        assert_eq!((level("a.yaml", "hedging"), level("a.yaml", "too-long")), (None, Some(Severity::Warning)));
        assert_eq!((level("crm/a.yaml", "hedging"), level("crm/a.yaml", "too-long")), (Some(Severity::Error), None));
        assert_eq!(level("crm/vip/a.yaml", "hedging"), Some(Severity::Info));
        assert!(config.is_on_somewhere("hedging") && config.is_on_somewhere("too-long"));
        assert!(!load(b"rules: {hedging: off}\n".to_vec(), "c").unwrap().is_on_somewhere("hedging"));
    }

    #[test]
    fn nothing_is_made_anew_where_no_override_matches() {
        let config = load(TEXT.as_bytes().to_vec(), "c.yaml").unwrap();
        let rules = config.rules_of(&NotePath::from_bytes("a.yaml"));
        assert!(matches!(rules.settings, Cow::Borrowed(_)) && matches!(rules.levels, Cow::Borrowed(_)));
        assert_eq!(rules.levels.iter().collect::<Vec<_>>(), [("hedging", Level::Off)]);
    }

    #[test]
    fn what_is_printed_can_be_read_back() {
        let printed = load(TEXT.as_bytes().to_vec(), "c.yaml").unwrap().to_yaml();
        assert_eq!(load(printed.clone().into_bytes(), "c.yaml").unwrap().to_yaml(), printed);
        for line in [
            "  customer:\n  - customer\n  - kunde\n",
            "- paths:\n  - crm/**\n  - old/*.yaml\n",
            "    refresh_summary: false\n",
        ] {
            assert!(printed.contains(line), "{line} in {printed}");
        }
    }

    #[test]
    fn problems_have_their_lines() {
        for (text, message) in [
            ("overrides: {paths: [a.yaml]}\n", "c.yaml:1: `overrides` must be a list of overrides, each with `paths`"),
            ("overrides: [a]\n", "c.yaml:1: an override must be a mapping with `paths` and what is to hold there"),
            ("overrides:\n- fields: {note: x}\n", "c.yaml:2: an override needs `paths`"),
            (
                "overrides:\n- paths: ['a/**']\n",
                "c.yaml:2: an override sets nothing; say what is to hold there: `fields`",
            ),
            ("overrides:\n- paths: []\n  rules: {}\n", "c.yaml:2: `paths` names no file, so the override would change"),
            ("overrides:\n- paths: 5\n  rules: {}\n", "c.yaml:2: `paths` must be a list of texts"),
            ("overrides:\n- paths: [notes/]\n  rules: {}\n", "c.yaml:2: the pattern `notes/` can match no file"),
            (
                "overrides:\n- paths: [notegate.yaml]\n  rules: {}\n",
                "c.yaml:2: the pattern `notegate.yaml` can match no file",
            ),
            (
                "overrides:\n- paths: ['a/**']\n  path: x\n",
                "c.yaml:3: there is no setting of an override `path`; did you mean `paths`?",
            ),
            ("overrides:\n- paths: ['a/**']\n  include: x\n", "c.yaml:3: there is no setting of an override `include`"),
            (
                "overrides:\n- paths: ['a/**']\n  fields: {note: status}\n",
                "c.yaml:3: `status` and `note` are both called `status`",
            ),
            ("overrides:\n- paths: ['a/**']\n  rules: {unreadable: off}\n", "c.yaml:3: `unreadable` is structural"),
            ("overrides:\n- paths: ['a/**']\n  required: {note: no}\n", "c.yaml:3: `note` is always required"),
            (
                "required: {owner: no}\n",
                "c.yaml:1: there is no field that can be optional `owner`; there are: customer",
            ),
            ("required: {status: maybe}\n", "c.yaml:1: `status` must be `yes` or `no`"),
            ("required: {status: [no]}\n", "c.yaml:1: `status` must be `yes` or `no`"),
            ("required: yes\n", "c.yaml:1: `required` must be a mapping"),
            ("fields: {note: []}\n", "c.yaml:1: `note` has an empty list of names"),
            ("fields: {note: [a, a]}\n", "c.yaml:1: `a` is named twice for `note`"),
            ("fields: {note: [a, 5]}\n", "c.yaml:1: the name of `note` must be text; put it in quotes"),
            ("fields: {note: [[a]]}\n", "c.yaml:1: the name of `note` must be text"),
            ("fields: {note: {a: b}}\n", "c.yaml:1: the name of `note` must be text"),
            ("fields: {note: [a, customer]}\n", "c.yaml:1: `customer` and `note` are both called `customer`"),
            ("statuses: only\n", "c.yaml:1: `statuses: only` leaves no status"),
            ("statuses: [Parked]\n", "c.yaml:1: `statuses` must be `with-built-in` or `only`"),
        ] {
            assert!(told(text).contains(message), "{text}{}", told(text));
        }
        let many = format!("fields: {{note: [{}]}}\n", (0..17).map(|at| format!("n{at}, ")).collect::<String>());
        assert!(told(&many).contains("`note` has more than 16 names"), "{}", told(&many));
        let many = "- {paths: ['a/*.yaml'], rules: {}}\n".repeat(201);
        assert!(told(&format!("overrides:\n{many}")).contains("there are more than 200 overrides"));
    }

    #[test]
    fn statuses_of_its_own_take_the_place_of_the_five() {
        let text =
            "statuses: only\nplaybook: {statuses: [{name: Geparkt, kind: blocked}, {name: Live, kind: in-progress}]}\n";
        let config = load(text.as_bytes().to_vec(), "c.yaml").unwrap();
        let playbook = crate::playbook::Playbook::with(&config.playbook);
        let names: Vec<&str> = playbook.statuses.iter().map(|status| status.name.as_str()).collect();
        assert_eq!(names, ["Geparkt", "Live"]);
        assert!(playbook.status("Blocked").is_none() && playbook.status("geparkt").is_some());
        assert!(playbook.statuses.iter().all(|status| !status.templates.is_empty()), "the guidance's templates stay");
        assert!(config.to_yaml().contains("statuses: only\n"), "{}", config.to_yaml());
        assert_eq!(load(config.to_yaml().into_bytes(), "c").unwrap().to_yaml(), config.to_yaml());
        assert!(!told("statuses: with-built-in\n").contains("problem"));
    }
}
