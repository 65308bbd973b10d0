//! The rule `not-english`.

use crate::finding::{Finding, Proposal, Severity, Target};
use crate::reading::Language;
use crate::record::FieldName;
use crate::rules::{Case, Group, Meta, Rule, RuleLevels, Waivable};

pub(crate) const META: Meta = Meta {
    name: "not-english",
    group: Group::Note,
    default: Some(Severity::Error),
    waivable: Waivable::Yes,
    summary: "the note is mostly not in English, so it cannot be judged",
    explanation: "notegate reads English. A note that is mostly in another language is reported once, and its text is \
                  not judged further. Names, and a few words of another language in an English note, do not matter. A \
                  team that writes its notes in another language can set this rule to `warning` or `off`; the other \
                  rules then judge such notes as if they were English, and will understand little of them.",
    guidance: "When crafting your note, **please use unambiguous language**.",
    examples: examples!("not-english"),
};

pub(crate) struct NotEnglish;

impl Rule for NotEnglish {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, case: &Case<'_>) -> Vec<Finding> {
        check(case).into_iter().collect()
    }
}

fn check(case: &Case<'_>) -> Option<Finding> {
    let Language::Other(name) = case.reading.language else { return None };
    if case.is_blank() || !case.reading.slots.is_empty() {
        return None;
    }
    let looks = name.map(|name| format!(" (it looks like {name})")).unwrap_or_default();
    let message = format!("most of this note is not in English{looks}, so it cannot be judged");
    let finding = Finding::new(META.name, Severity::Error, Target::Value(FieldName::Note), message);
    Some(finding.with_help("Write the note in English.").proposing(Proposal::Template))
}

/// Whether the note was judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Judged {
    /// By every rule that is on.
    Fully,
    /// Not beyond its language.
    NotAtAll,
}

/// Whether the rules judge the note, if nothing of what they say is needed.
pub(crate) fn judged(case: &Case<'_>, levels: &RuleLevels) -> Judged {
    let severity = check(case).and_then(|finding| levels.severity(META.name, finding.severity));
    if severity == Some(Severity::Error) { Judged::NotAtAll } else { Judged::Fully }
}

/// Takes out what other rules say of the text of a note that is not English, unless a team made that less than an error.
pub(crate) fn settle(findings: &mut Vec<Finding>) -> Judged {
    if !findings.iter().any(|finding| finding.rule == META.name && finding.severity == Severity::Error) {
        return Judged::Fully;
    }
    findings.retain(|finding| finding.rule == META.name || !crate::rules::is_about_note(finding.rule));
    Judged::NotAtAll
}

#[cfg(test)]
mod tests {
    use super::NotEnglish;
    use crate::rules::testing::trial;

    #[test]
    fn notes_in_other_languages() {
        for note in [
            "Kunde ist blockiert weil Probleme mit Exchange und Outlook.",
            "Klant heeft geen interesse in de dienst want er zijn verschillende problemen.",
            "Le client est bloqué par des problèmes avec Exchange Online et Teams.",
            "El cliente no quiere usar Teams porque la red no funciona.",
            "O cliente não vai usar o Teams porque a rede é lenta.",
            "Il cliente non vuole usare Teams perché la rete è lenta.",
            "Klient nie chce korzystać z Teams, ponieważ sieć jest zbyt wolna.",
            "Kunden vill inte använda Teams eftersom nätverket är för långsamt.",
            "Kunden ønsker ikke å bruke Teams fordi nettet er for tregt.",
            "Asiakas ei halua käyttää palvelua, koska verkko on liian hidas.",
            "Zákazník nechce používat Teams, protože síť je příliš pomalá.",
            "Müşteri ağ çok yavaş olduğu için Teams kullanmak istemiyor.",
            "Az ügyfél nem használja, mert a hálózat túl lassú.",
            "お客様はファイアウォールのため Exchange Online を導入できません。",
            "客户因为防火墙问题无法部署 Teams。",
            "방화벽 문제로 고객이 Teams를 배포할 수 없습니다.",
            "Клиент не будет внедрять Teams из-за проблем с сетью.",
            "Ο πελάτης δεν θέλει να χρησιμοποιήσει το Teams.",
            "العميل لا يريد استخدام Teams بسبب الشبكة.",
            "הלקוח לא רוצה להשתמש ב-Teams בגלל הרשת.",
            "ลูกค้าไม่ต้องการใช้ Teams เพราะเครือข่ายช้า",
            "Kein Interesse.",
        ] {
            assert!(trial(&NotEnglish, "Blocked", "Exchange Online", note).is_error(), "{note:?}");
        }
    }

    #[test]
    fn english_notes_with_foreign_names_and_words() {
        for note in [
            "Betriebsrat has not agreed.",
            "Klant: Customer cannot deploy due to various internal issues.",
            "Customer cannot deploy due to various internal issues. お寿司",
            "Société Générale de Déménagement will not deploy: the Mairie de Lyon owns the tenant.",
            "Works council (Betriebsrat, \"Mitbestimmung bei der Einführung\") must agree before Teams is switched on.",
            "No intent, uses Gmail.",
            "Jamf + Okta, no MDM chg til FY21.",
            "Custmer wil not depoly becuse of the firwall isues.",
            "Zscaler, Mitel, Avaya.",
            "Deploying; Ivanti PoC done, HR sign-off pending.",
            "asdf qwer zxcv",
            "TBD",
        ] {
            assert!(trial(&NotEnglish, "Blocked", "Teams", note).is_silent(), "{note:?}");
        }
    }
}
