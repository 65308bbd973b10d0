//! The rule `unreadable`.
//!
//! What cannot be read is an error. Where no configuration says that the file holds notes, one that is no YAML and in which
//! nothing looks like a record is a warning; see `traces.rs`.

use crate::finding::{Finding, Severity, Target};
use crate::record::Selection;
use crate::rules::{FileCase, Group, Meta, Rule, Waivable};
use crate::yaml::{YamlError, YamlErrorKind};

mod traces;

pub(crate) const META: Meta = Meta {
    name: "unreadable",
    group: Group::File,
    default: Some(Severity::Error),
    waivable: Waivable::No,
    summary: "the file, or part of it, cannot be read",
    explanation: "A file must be valid YAML in UTF-8, within the limits of size and nesting, with every key \
                  given once. What cannot be read is blocked and never skipped, so that no note slips through \
                  unread; the documents of the file that can be read are judged all the same. A file that is no \
                  YAML, such as a template, is a warning where `include` does not name it and nothing in it looks like \
                  a record: no key of one, no status of the playbook, no workload beside a status and no sentence about \
                  a customer.",
    guidance: "",
    examples: examples!("unreadable"),
};

pub(crate) struct Unreadable;

impl Rule for Unreadable {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_file(&self, case: &FileCase<'_>) -> Vec<Finding> {
        let errors = &case.file.errors;
        let is_of_other_kind = is_no_yaml(errors)
            && case.file.selection == Selection::Likely
            && case.file.records.is_empty()
            && !traces::has_traces_of_record(case);
        // Nothing in a template is wrong, so one place is enough.
        let (severity, shown) = if is_of_other_kind { (Severity::Warning, 1) } else { (Severity::Error, errors.len()) };
        errors
            .iter()
            .take(shown)
            .map(|error| {
                let finding = Finding::new(META.name, severity, Target::Bytes(error.span), error.message());
                let help = if is_of_other_kind { HELP_OTHER_KIND } else { error.help() };
                let finding = finding.with_help(help);
                match error.related() {
                    Some((span, label)) => finding.with_related(Target::Bytes(span), label),
                    None => finding,
                }
            })
            .collect()
    }
}

/// Whether the faults are those of a file that is no YAML, such as a template: its bytes are read, and their form is wrong.
fn is_no_yaml(errors: &[YamlError]) -> bool {
    let is_of_form = |error: &YamlError| {
        matches!(
            error.kind,
            YamlErrorKind::Syntax(_) | YamlErrorKind::UndefinedAlias { .. } | YamlErrorKind::DuplicateKey { .. }
        )
    };
    errors.iter().all(is_of_form)
}

/// What is said of a file that is no YAML and looks like no note.
const HELP_OTHER_KIND: &str = "The file was not examined. Nothing in it looks like a record, so it does not block; if it \
                               holds notes, correct this. To end the warning, say in notegate.yaml which files hold notes \
                               (`include`) or leave this one out (`exclude`).";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::RuleSettings;
    use crate::rules::testing::{places, run, run_with};

    #[test]
    fn a_key_given_twice_names_both_places() {
        let seen = run(&Unreadable, META.examples.bad.text);
        assert_eq!(seen.len(), 1);
        assert_eq!(seen[0].at, (5, 1));
        assert!(seen[0].finding.message.contains("`note`"));
        let (place, label) = &seen[0].finding.related[0];
        assert_eq!(label, "first given here");
        let first = META.examples.bad.text.find("note:").unwrap();
        assert_eq!(*place, Target::Bytes(crate::text::ByteSpan::new(first..first + 4)));
    }

    #[test]
    fn every_fault_is_a_finding_with_its_place() {
        assert_eq!(places(&Unreadable, "note: 'never closed\n"), [(1, 7)]);
        assert_eq!(places(&Unreadable, "note: a\n---\nnote: [\n---\nx: {\n"), [(3, 7), (5, 4)]);
    }

    fn severity(text: &str, selection: Selection) -> Option<Severity> {
        let seen = run_with(&Unreadable, text, &RuleSettings::default(), selection);
        seen.first().map(|seen| seen.finding.severity)
    }

    #[test]
    fn templates_in_which_nothing_looks_like_a_record_are_a_warning_unless_they_are_included() {
        for text in [
            "apiVersion: v1\nkind: Service\nmetadata:\n  {{- if .Values.labels }}\n  labels: {{ toYaml . }}\n  {{- end }}\n",
            "{% if debug %}\nlevel: debug\n{% endif %}\nlevel: info\n",
            "---\n# {{ ansible_managed }}\n{% for host in groups['web'] %}\n- {{ host }}\n{% endfor %}\nuser: {{ user }}\n",
            "status: {{ .Status }}\nworkloads: {{- range .Workloads }}\nnode: {{ .Node }}\n",
            "version: @VERSION@\nname: x\n",
            "<%= yaml %>\nproduct: teams: x\ndescription: how to use it\n",
            "key: *.example.com\nother: [a\n",
            "image: web\nimage: api\n",
        ] {
            assert_eq!(severity(text, Selection::Likely), Some(Severity::Warning), "{text}");
            assert_eq!(severity(text, Selection::Everything), Some(Severity::Error), "{text}");
            let seen = run(&Unreadable, text);
            assert_eq!(seen.len(), 1, "{text}");
            assert!(seen[0].finding.help.as_deref().unwrap().starts_with("The file was not examined."), "{text}");
        }
    }

    #[test]
    fn what_looks_like_a_record_blocks_though_it_is_no_yaml() {
        for text in [
            "{{ header }}\ncustomer: Contoso\nworkload: {{ x }}: y\n",
            "Customer Name = Contoso\nx: [\n",
            "{{- if }}\n  statusNote: waits\n",
            "refreshSummary:\n- [\n",
            "kunde: Contoso\nZustand: No Intent\ntext: a: b: c\n",
            "- {{ x }}\n- Contoso, Teams, Blocked, waits for the PBX\n- [\n",
            "%\nContoso will not deploy Teams because of an old PBX.\n{ [\n",
            "note: 'never closed\n",
            "x: {{ y\n# The customer wants no part of it.\n",
            "ftc_customer: Contoso\nx: [\n",
            "a: b: c\nlage: In Progress\n",
            "{% raw %}\n\u{441}ustomer: Contoso\n",
        ] {
            assert_eq!(severity(text, Selection::Likely), Some(Severity::Error), "{text}");
        }
        assert_eq!(severity("x: \0\n", Selection::Likely), Some(Severity::Error), "its bytes cannot be read");
        assert_eq!(severity("<<<<<<< a\nx: 1\n=======\nx: 2\n>>>>>>> b\n", Selection::Likely), Some(Severity::Error));
    }

    #[test]
    fn sound_files_are_left_alone() {
        assert_eq!(places(&Unreadable, META.examples.good.text), []);
        assert_eq!(places(&Unreadable, ""), []);
        assert_eq!(places(&Unreadable, "a: {note: 1}\nb: {note: 2}\n"), []);
    }
}
