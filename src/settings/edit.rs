//! Changes to a settings file as text: what is changed is changed, and everything else stays as somebody wrote it.

use std::collections::BTreeMap;

use thiserror::Error;
use toml_edit::{Array, DocumentMut, Item, RawString, Table, TableLike, TomlError, Value, value};

use crate::model::ControlId;
use crate::pattern::Pattern;

/// What is to be said of a control's paging lane; what is none stays as it is.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct LaneChange {
    /// The threshold.
    pub threshold: Option<f64>,
    /// The length of a period in seconds.
    pub period: Option<u32>,
    /// Further patterns of events that page nobody.
    pub exclude: Vec<Pattern>,
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
    /// Something else stands where a list should.
    #[error("`{0}` is not a list")]
    NoList(String),
}

/// Returns a settings file with other paging lanes for some controls; the exact lanes stay as they are.
///
/// # Errors
///
/// Tells why nothing can be put into the file.
pub fn with_lanes(
    text: &str,
    changes: &BTreeMap<ControlId, LaneChange>,
) -> Result<String, EditError> {
    let mut document: DocumentMut = text.parse()?;
    if changes.is_empty() {
        return Ok(text.to_owned());
    }
    let root = document.as_table_mut();
    let controls = table(root, "control", "control", Header::Hidden)?;
    for (id, change) in changes {
        let path = format!("control.{id}");
        let control = table(controls, id.as_str(), &path, Header::Hidden)?;
        let lane = table(control, "paging", &format!("{path}.paging"), Header::Shown)?;
        if let Some(threshold) = change.threshold {
            put(lane, "threshold", number(threshold));
        }
        if let Some(period) = change.period {
            put(lane, "period", value(spelled(period)));
        }
        leave_out(lane, &change.exclude, &path)?;
    }
    Ok(document.to_string())
}

/// Whether a table that holds nothing but tables has a header of its own.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Header {
    Shown,
    Hidden,
}

/// Returns a table in another one; a new one where there is none.
fn table<'table>(
    parent: &'table mut dyn TableLike,
    key: &str,
    path: &str,
    header: Header,
) -> Result<&'table mut dyn TableLike, EditError> {
    let mut new = Table::new();
    new.set_implicit(header == Header::Hidden);
    parent
        .entry(key)
        .or_insert(Item::Table(new))
        .as_table_like_mut()
        .ok_or_else(|| EditError::NoTable(path.to_owned()))
}

/// Adds patterns to those that page nobody already, each on a line of its own.
fn leave_out(lane: &mut dyn TableLike, more: &[Pattern], path: &str) -> Result<(), EditError> {
    if more.is_empty() {
        return Ok(());
    }
    let list = lane.entry("exclude").or_insert(value(Array::new()));
    let list = list
        .as_array_mut()
        .ok_or_else(|| EditError::NoList(format!("{path}.paging.exclude")))?;
    for pattern in more {
        let is_there = |old: &Value| {
            old.as_str()
                .and_then(|old| Pattern::parse(old).ok())
                .is_some_and(|old| old == *pattern)
        };
        if !list.iter().any(is_there) {
            append(list, pattern.text());
        }
    }
    Ok(())
}

/// Adds a text to a list; a comment behind the last one stays behind it.
fn append(list: &mut Array, text: &str) {
    let behind = |decor: Option<&RawString>| {
        decor
            .and_then(RawString::as_str)
            .unwrap_or_default()
            .trim_end()
            .to_owned()
    };
    let rest = if list.trailing_comma() || list.is_empty() {
        behind(Some(list.trailing()))
    } else {
        let final_one = list.len() - 1;
        let decor = list.get_mut(final_one).map(Value::decor_mut);
        decor.map_or_else(String::new, |decor| {
            let rest = behind(decor.suffix());
            decor.set_suffix("");
            rest
        })
    };
    let mut new = Value::from(text);
    new.decor_mut().set_prefix(format!("{rest}\n  "));
    list.push_formatted(new);
    list.set_trailing_comma(true);
    list.set_trailing("\n");
}

/// Sets a value, and keeps the comment behind the one that was there.
fn put(table: &mut dyn TableLike, key: &str, item: Item) {
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
    use crate::settings::{Paging, read_file};
    use crate::toml_source::SourceFile;

    fn changes(threshold: f64, period: u32, exclude: &[&str]) -> BTreeMap<ControlId, LaneChange> {
        let id = ControlId::parse("unauthorized-api-calls").unwrap();
        let change = LaneChange {
            threshold: Some(threshold),
            period: Some(period),
            exclude: exclude
                .iter()
                .map(|text| Pattern::parse(text).unwrap())
                .collect(),
        };
        BTreeMap::from([(id, change)])
    }

    const ALICE: &str = r#"{ $.userIdentity.arn = "arn:aws:iam::111122223333:user/alice" }"#;
    const CONFIG: &str = r#"{ $.sourceIPAddress = "config.amazonaws.com" }"#;

    /// Returns the lane that is read of a changed file.
    fn read(text: &str) -> Paging {
        let file = SourceFile {
            name: "cis-fix.toml".to_owned(),
            text: text.to_owned(),
        };
        let layer = read_file(&file, &Catalog::builtin()).unwrap_or_else(|error| panic!("{error}"));
        let change = layer.overrides.into_values().next().unwrap();
        assert_eq!(
            (change.threshold.unwrap_or(2.0), change.period),
            (2.0, None)
        );
        change.paging.unwrap()
    }

    #[test]
    fn everything_else_stays_as_it_was() {
        let before = "\
# Ours. Ask the security team.
skip = [ \"vpc-changes\" ]   # no VPC

[control.unauthorized-api-calls] # noisy
threshold = 2

[control.unauthorized-api-calls.paging]
period = '5m' # as always
exclude = [
  # The rules.
  '{ $.sourceIPAddress = \"config.amazonaws.com\" }', # daily
]

[tags]
owner = \"security\"
";
        let after = with_lanes(before, &changes(10.0, 3600, &[ALICE, CONFIG])).unwrap();
        let expected = before
            .replace("period = '5m' # as always", "period = \"1h\" # as always")
            .replace(
                "# daily\n]",
                &format!("# daily\n  '{ALICE}',\n]\nthreshold = 10"),
            );
        assert_eq!(after, expected);
        let lane = read(&after);
        assert_eq!((lane.threshold, lane.period), (Some(10.0), Some(3600)));
        let texts: Vec<_> = lane.exclude.iter().map(Pattern::text).collect();
        assert_eq!(texts, [CONFIG, ALICE]);
        let again = with_lanes(&after, &changes(10.0, 3600, &[ALICE, CONFIG])).unwrap();
        assert_eq!(again, after);
        assert_eq!(with_lanes(before, &BTreeMap::new()).unwrap(), before);
    }

    #[test]
    fn a_new_lane_is_one_table() {
        let after = with_lanes("", &changes(10.0, 900, &[ALICE])).unwrap();
        let expected = format!(
            "[control.unauthorized-api-calls.paging]\nthreshold = 10\nperiod = \"15m\"\nexclude = [\n  '{ALICE}',\n]\n"
        );
        assert_eq!(after, expected);
    }

    #[test]
    fn any_form_of_a_file_is_changed() {
        for before in [
            "",
            "# nothing yet",
            "control = {}",
            "control.unauthorized-api-calls = { threshold = 2 }",
            "control.unauthorized-api-calls.paging = { threshold = 2 }",
            "control.unauthorized-api-calls.paging.exclude = []",
            "control.unauthorized-api-calls.paging.exclude = [ '{ $.eventName = A }' ]",
            "control.unauthorized-api-calls.paging.exclude = [\n'{ $.eventName = A }' # one\n]",
            "control.unauthorized-api-calls.paging.exclude = [ # none\n]",
            "[control]\nunauthorized-api-calls.threshold = 2",
            "[control.unauthorized-api-calls]\npaging.threshold = 2",
            "benchmark = \"cis-3.0.0\"\r\n",
        ] {
            let after = with_lanes(before, &changes(2.5, 90, &[])).unwrap();
            assert!(
                after.contains("threshold = 2.5") && after.contains("90s"),
                "{after}"
            );
            let after = with_lanes(before, &changes(20.0, 900, &[ALICE, CONFIG])).unwrap();
            let lane = read(&after);
            assert_eq!(
                (lane.threshold, lane.period),
                (Some(20.0), Some(900)),
                "{after}"
            );
            let texts: Vec<_> = lane.exclude.iter().map(Pattern::text).collect();
            assert!(texts.ends_with(&[ALICE, CONFIG]), "{after}");
            assert_eq!(before.matches('#').count(), after.matches('#').count());
        }
    }

    #[test]
    fn what_cannot_hold_a_change_is_refused() {
        let refused = |text: &str| with_lanes(text, &changes(1.0, 60, &[ALICE])).unwrap_err();
        assert_eq!(refused("control = 1"), EditError::NoTable("control".into()));
        assert!(matches!(refused("[control"), EditError::Syntax(_)));
        let inner = refused("control.unauthorized-api-calls = 1");
        let path = "control.unauthorized-api-calls";
        assert_eq!(inner, EditError::NoTable(path.into()));
        let lane = refused("control.unauthorized-api-calls.paging = 1");
        assert_eq!(lane, EditError::NoTable(format!("{path}.paging")));
        let list = refused("control.unauthorized-api-calls.paging.exclude = 1");
        assert_eq!(list, EditError::NoList(format!("{path}.paging.exclude")));
    }
}
