//! The JSON Schemas (draft 2020-12) of the documents, compiled in.

/// The documents' names and their schemas.
pub const SCHEMAS: &[(&str, &str)] = &[
    ("check/v1", include_str!("../schemas/check-v1.json")),
    ("plan/v1", include_str!("../schemas/plan-v1.json")),
    (
        "saved-plan/v2",
        include_str!("../schemas/saved-plan-v2.json"),
    ),
    ("apply/v1", include_str!("../schemas/apply-v1.json")),
    ("undo/v1", include_str!("../schemas/undo-v1.json")),
    ("backtest/v1", include_str!("../schemas/backtest-v1.json")),
    ("mute/v1", include_str!("../schemas/mute-v1.json")),
    ("drill/v1", include_str!("../schemas/drill-v1.json")),
    ("policy/v1", include_str!("../schemas/policy-v1.json")),
    ("forecast/v1", include_str!("../schemas/forecast-v1.json")),
    ("controls/v1", include_str!("../schemas/controls-v1.json")),
    ("migrate/v1", include_str!("../schemas/migrate-v1.json")),
    (
        "pattern-match/v1",
        include_str!("../schemas/pattern-match-v1.json"),
    ),
    (
        "pattern-compare/v1",
        include_str!("../schemas/pattern-compare-v1.json"),
    ),
    (
        "pattern-explain/v1",
        include_str!("../schemas/pattern-explain-v1.json"),
    ),
    (
        "pattern-format/v1",
        include_str!("../schemas/pattern-format-v1.json"),
    ),
];

/// Returns the schema of a document by its name, such as `plan/v1`.
#[must_use]
pub fn schema(name: &str) -> Option<&'static str> {
    let mut schemas = SCHEMAS.iter();
    schemas.find_map(|(known, text)| (*known == name).then_some(*text))
}
