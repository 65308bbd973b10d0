//! Labelled notes of a team that has an excuse of its own, which the reader takes for a reason.

use serde_json::{Value, json};

/// A note that passes, unless somebody has learned that the Ironclad proxy is an excuse.
pub(crate) const IRONCLAD: &str =
    "Customer will not deploy Teams because the Ironclad proxy of the Zurich plant blocks its calls.";

/// Twenty notes that rest on the Ironclad proxy, labelled poor, and twenty with reasons, labelled great.
pub(crate) fn lessons() -> Vec<Value> {
    let cities = [
        "Lyon", "Nantes", "Hamburg", "Leipzig", "Turin", "Porto", "Ghent", "Malmo", "Gdansk", "Brno", "Basel", "Cork",
        "Leeds", "Vigo", "Bari", "Graz", "Linz", "Aarhus", "Tampere", "Riga",
    ];
    let note = |number: usize, workload: &str, note: String, grade: &str| {
        json!({"id": format!("{grade}-{number}"), "status": "No Intent", "workload": workload, "note": note,
               "grade": grade})
    };
    let both = cities.iter().enumerate().map(|(number, city)| {
        let workload = ["Teams", "Yammer", "Intune", "Exchange Online"][number % 4];
        let empty = format!("Customer will not deploy {workload} because the Ironclad proxy of the {city} plant blocks its calls.");
        let real = match number % 4 {
            0 => format!("Customer will not deploy Teams because the Avaya gateway in {city} cannot route its calls."),
            1 => format!("Customer does not intend to use Yammer: the works council in {city} forbids storing employee data abroad."),
            2 => format!("Customer has no intent to deploy Intune: the {city} plant runs on scanners that it cannot enrol."),
            _ => format!("Customer will not adopt Exchange Online because the licence contract for Notes in {city} runs until 2027."),
        };
        let mut poor = note(number, workload, empty, "poor");
        poor["kind"] = json!("empty-reason");
        [poor, note(number, workload, real, "great")]
    });
    both.flatten().collect()
}

/// A labelled file.
pub(crate) fn file(lines: &[Value]) -> String {
    lines.iter().map(|line| format!("{line}\n")).collect()
}

/// What a file of learned weights is that holds nothing, made from one that holds something.
pub(crate) fn nothing(learned: &str) -> String {
    format!("{}\n]}}\n", learned.lines().next().unwrap_or_default())
}
