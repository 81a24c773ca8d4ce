//! Changes to a settings file as text: what is changed is changed, and everything else stays as somebody wrote it.

use std::collections::BTreeMap;

use thiserror::Error;
use toml_edit::{DocumentMut, Item, Table, TomlError, value};

use crate::model::ControlId;

/// Another threshold and period for the alarm of a control.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AlarmChange {
    /// The threshold.
    pub threshold: f64,
    /// The length of a period in seconds.
    pub period: u32,
}

/// Why a settings file cannot be changed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum EditError {
    /// It is no TOML.
    #[error("it cannot be read: {0}")]
    Syntax(#[from] TomlError),
    /// Something else stands where a table should.
    #[error("`{0}` is not a table")]
    NoTable(String),
}

/// Returns a settings file with other thresholds and periods for some controls.
///
/// # Errors
///
/// Tells why nothing can be put into the file.
pub fn with_alarms(
    text: &str,
    changes: &BTreeMap<ControlId, AlarmChange>,
) -> Result<String, EditError> {
    let mut document: DocumentMut = text.parse()?;
    if changes.is_empty() {
        return Ok(text.to_owned());
    }
    let mut implicit = Table::new();
    implicit.set_implicit(true);
    let controls = document.entry("control").or_insert(Item::Table(implicit));
    let controls = controls
        .as_table_like_mut()
        .ok_or_else(|| EditError::NoTable("control".to_owned()))?;
    for (id, change) in changes {
        let AlarmChange { threshold, period } = *change;
        let control = controls
            .entry(id.as_str())
            .or_insert(Item::Table(Table::new()));
        let control = control
            .as_table_like_mut()
            .ok_or_else(|| EditError::NoTable(format!("control.{id}")))?;
        put(control, "threshold", number(threshold));
        put(control, "period", value(spelled(period)));
    }
    Ok(document.to_string())
}

/// Sets a value, and keeps the comment behind the one that was there.
fn put(table: &mut dyn toml_edit::TableLike, key: &str, item: Item) {
    let old = table.get(key).and_then(Item::as_value);
    let decor = old.map(|value| value.decor().clone());
    let mut item = item;
    if let (Some(decor), Some(new)) = (decor, item.as_value_mut()) {
        *new.decor_mut() = decor;
    }
    table.insert(key, item);
}

/// Returns a threshold as people write it: without a fraction where there is none.
fn number(threshold: f64) -> Item {
    match format!("{threshold}").parse::<i64>() {
        Ok(whole) => value(whole),
        Err(_) => value(threshold),
    }
}

/// Returns a period as the settings spell it.
fn spelled(period: u32) -> String {
    let units = [(86_400, 'd'), (3_600, 'h'), (60, 'm')];
    let unit = units
        .into_iter()
        .find(|(length, _)| period.is_multiple_of(*length));
    match unit {
        Some((length, name)) if period > 0 => format!("{}{name}", period / length),
        Some(_) | None => format!("{period}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Catalog;
    use crate::settings::read_file;
    use crate::toml_source::SourceFile;

    fn changes(threshold: f64, period: u32) -> BTreeMap<ControlId, AlarmChange> {
        let id = ControlId::parse("unauthorized-api-calls").unwrap();
        BTreeMap::from([(id, AlarmChange { threshold, period })])
    }

    /// Returns what is read of a changed file.
    fn read(text: &str) -> (Option<f64>, Option<u32>) {
        let file = SourceFile {
            name: "cis-fix.toml".to_owned(),
            text: text.to_owned(),
        };
        let layer = read_file(&file, &Catalog::builtin()).unwrap();
        let change = layer.overrides.into_values().next().unwrap();
        (change.threshold, change.period)
    }

    #[test]
    fn everything_else_stays_as_it_was() {
        let before = "\
# Ours. Ask the security team.
skip = [ \"vpc-changes\" ]   # no VPC

[control.unauthorized-api-calls] # noisy
period = '5m' # as always

[tags]
owner = \"security\"
";
        let after = with_alarms(before, &changes(10.0, 3600)).unwrap();
        let expected = before.replace(
            "period = '5m' # as always",
            "period = \"1h\" # as always\nthreshold = 10",
        );
        assert_eq!(after, expected);
        assert_eq!(read(&after), (Some(10.0), Some(3600)));
        assert_eq!(with_alarms(before, &BTreeMap::new()).unwrap(), before);
    }

    #[test]
    fn any_form_of_a_file_is_changed() {
        for before in [
            "",
            "# nothing yet",
            "control = {}",
            "control.unauthorized-api-calls = { threshold = 2 }",
            "[control]\nunauthorized-api-calls.threshold = 2",
            "benchmark = \"cis-3.0.0\"\r\n",
        ] {
            let after = with_alarms(before, &changes(2.5, 90)).unwrap();
            assert!(
                after.contains("threshold = 2.5") && after.contains("90s"),
                "{after}"
            );
            let after = with_alarms(before, &changes(20.0, 900)).unwrap();
            assert_eq!(read(&after), (Some(20.0), Some(900)), "{after}");
        }
    }

    #[test]
    fn what_cannot_hold_a_change_is_refused() {
        let refused = |text: &str| with_alarms(text, &changes(1.0, 60)).unwrap_err();
        assert_eq!(refused("control = 1"), EditError::NoTable("control".into()));
        assert!(matches!(refused("[control"), EditError::Syntax(_)));
        let inner = refused("control.unauthorized-api-calls = 1");
        assert_eq!(
            inner,
            EditError::NoTable("control.unauthorized-api-calls".into())
        );
    }
}
