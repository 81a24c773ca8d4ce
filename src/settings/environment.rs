//! Settings from environment variables, handed in as pairs of name and value.

use std::collections::BTreeSet;

use super::Layer;
use super::topic::parse_kms_key;
use crate::catalog::{Auditor, Benchmark, Catalog, Level, Wording};
use crate::model::TopicName;
use crate::toml_source::{Diagnostic, Mistakes, Placed, Refusal, SourceFile, choose, did_you_mean};

/// The prefix of every variable of cis-fix.
const PREFIX: &str = "CIS_FIX_";

/// The variables that are settings.
pub const VARIABLES: [&str; 7] = [
    "CIS_FIX_BENCHMARK",
    "CIS_FIX_LEVEL",
    "CIS_FIX_VERBATIM",
    "CIS_FIX_SATISFY",
    "CIS_FIX_SKIP",
    "CIS_FIX_TOPIC",
    "CIS_FIX_KMS_KEY",
];

/// What `CIS_FIX_VERBATIM` may say.
const VERBATIM: [(&str, Wording); 2] = [("true", Wording::Verbatim), ("false", Wording::Sound)];

/// Reads settings from the variables of the environment; an empty one counts as not set.
///
/// Names without the prefix `CIS_FIX_` are ignored, and so are those in `others`, which somebody else reads.
///
/// # Errors
///
/// Reports every value that is wrong, and every name with the prefix that nobody reads.
pub fn read_environment(
    variables: &[(String, String)],
    others: &[&str],
    catalog: &Catalog,
) -> Result<Layer, Mistakes> {
    let mut layer = Layer::default();
    let mut sources = Vec::new();
    let mut found = Vec::new();
    let ours = |(name, value): &&(String, String)| {
        name.starts_with(PREFIX) && !others.contains(&name.as_str()) && !value.is_empty()
    };
    for (name, value) in variables.iter().filter(ours) {
        match variable(name, value, others, catalog) {
            Ok(part) => layer = layer.or(part),
            Err(refusals) => {
                sources.push(SourceFile {
                    name: name.clone(),
                    text: shown(name, value).to_owned(),
                });
                found.extend(
                    refusals
                        .into_iter()
                        .map(|refusal| diagnostic(name, refusal)),
                );
            }
        }
    }
    match Mistakes::collect(sources, found) {
        Some(mistakes) => Err(mistakes),
        None => Ok(layer),
    }
}

/// Returns what is shown of a variable: the value of one that cis-fix does not know is nobody's business.
fn shown<'text>(name: &'text str, value: &'text str) -> &'text str {
    if VARIABLES.contains(&name) {
        value
    } else {
        name
    }
}

fn diagnostic(name: &str, refusal: Placed<Refusal>) -> Diagnostic {
    let Refusal { message, hint } = refusal.value;
    let diagnostic = Diagnostic::new(name, refusal.span, &message);
    match hint {
        Some(hint) => diagnostic.with_hint(&hint),
        None => diagnostic,
    }
}

/// Returns what one variable says.
fn variable(
    name: &str,
    value: &str,
    others: &[&str],
    catalog: &Catalog,
) -> Result<Layer, Vec<Placed<Refusal>>> {
    let nothing = Layer::default();
    match name {
        "CIS_FIX_BENCHMARK" => Ok(Layer {
            benchmark: Some(whole(value, choose(name, value, &Benchmark::choices()))?),
            ..nothing
        }),
        "CIS_FIX_LEVEL" => Ok(Layer {
            level: Some(whole(value, choose(name, value, &Level::NAMES))?),
            ..nothing
        }),
        "CIS_FIX_VERBATIM" => Ok(Layer {
            wording: Some(whole(value, choose(name, value, &VERBATIM))?),
            ..nothing
        }),
        "CIS_FIX_SATISFY" => Ok(Layer {
            satisfy: Some(each(value, |item| choose(name, item, &Auditor::choices()))?),
            ..nothing
        }),
        "CIS_FIX_SKIP" => Ok(Layer {
            skip: each(value, |item| Ok(catalog.find(item)?.id.clone()))?,
            ..nothing
        }),
        "CIS_FIX_TOPIC" => Ok(Layer {
            topic: Some(whole(value, TopicName::parse(value).map_err(plain))?),
            ..nothing
        }),
        "CIS_FIX_KMS_KEY" => Ok(Layer {
            kms_key: Some(whole(value, parse_kms_key(value).map_err(plain))?),
            ..nothing
        }),
        _ => whole(name, Err(unknown(name, others))),
    }
}

/// Returns why nobody reads a variable, and which one was probably meant.
fn unknown(name: &str, others: &[&str]) -> Refusal {
    let known = || VARIABLES.iter().chain(others).copied();
    let all = || {
        let names: Vec<_> = known().map(|name| format!("`{name}`")).collect();
        format!("there are {}", names.join(", "))
    };
    Refusal {
        message: format!("`{name}` is not a variable of cis-fix"),
        hint: did_you_mean(name, known()).or_else(|| Some(all())),
    }
}

fn plain(error: impl std::error::Error) -> Refusal {
    Refusal {
        message: error.to_string(),
        hint: None,
    }
}

/// Places a refusal on the whole value.
fn whole<T>(value: &str, read: Result<T, Refusal>) -> Result<T, Vec<Placed<Refusal>>> {
    read.map_err(|refusal| {
        vec![Placed {
            value: refusal,
            span: 0..value.len(),
        }]
    })
}

/// Reads the items of a list with commas.
fn each<T: Ord>(
    value: &str,
    read: impl Fn(&str) -> Result<T, Refusal>,
) -> Result<BTreeSet<T>, Vec<Placed<Refusal>>> {
    let mut items = BTreeSet::new();
    let mut refusals = Vec::new();
    for item in items_of(value) {
        let read = match item.value {
            "" => Err(Refusal {
                message: "an item of the list is empty".to_owned(),
                hint: None,
            }),
            value => read(value),
        };
        match read {
            Ok(value) => {
                items.insert(value);
            }
            Err(refusal) => refusals.push(item.map(|_| refusal)),
        }
    }
    if refusals.is_empty() {
        Ok(items)
    } else {
        Err(refusals)
    }
}

/// Returns the items of a list with commas, without the blanks around them.
fn items_of(value: &str) -> Vec<Placed<&str>> {
    let mut items = Vec::new();
    let mut place = 0;
    for part in value.split(',') {
        let start = place + (part.len() - part.trim_start().len());
        let item = part.trim();
        items.push(Placed {
            value: item,
            span: start..start + item.len(),
        });
        place += part.len() + 1;
    }
    items
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(variables: &[(&str, &str)]) -> Result<Layer, Mistakes> {
        let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        let variables: Vec<_> = variables.iter().map(owned).collect();
        read_environment(&variables, &["CIS_FIX_CONFIG"], &Catalog::builtin())
    }

    #[test]
    fn variables_become_a_layer() {
        let layer = read(&[
            ("PATH", "/bin"),
            ("CIS_FIX_CONFIG", "a.toml"),
            ("CIS_FIX_BENCHMARK", "cis-3.0.0"),
            ("CIS_FIX_SATISFY", "prowler, security-hub"),
            ("CIS_FIX_SKIP", "vpc-changes"),
            ("CIS_FIX_TOPIC", "alarms"),
            ("CIS_FIX_KMS_KEY", ""),
        ])
        .unwrap();
        assert_eq!(layer.benchmark.unwrap().as_str(), "cis-3.0.0");
        assert_eq!(
            layer.satisfy.unwrap(),
            BTreeSet::from([Auditor::Prowler, Auditor::SecurityHub])
        );
        assert_eq!(layer.skip.first().unwrap().as_str(), "vpc-changes");
        assert_eq!(layer.topic.unwrap().as_str(), "alarms");
        assert_eq!(layer.kms_key, None);
    }

    #[test]
    fn every_mistake_is_told_with_its_place_in_the_value() {
        let mistakes = read(&[
            ("CIS_FIX_BENCHMRK", "secret"),
            ("CIS_FIX_SATISFY", "prowler, secrity-hub,trivi"),
            ("CIS_FIX_TOPIC", "a b"),
        ])
        .unwrap_err();
        let expected = "\
error: `CIS_FIX_BENCHMRK` is not a variable of cis-fix
 --> CIS_FIX_BENCHMRK:1:1
  |
1 | CIS_FIX_BENCHMRK
  | ^^^^^^^^^^^^^^^^
  |
  = help: did you mean `CIS_FIX_BENCHMARK`?

error: `secrity-hub` is not a value of `CIS_FIX_SATISFY`
 --> CIS_FIX_SATISFY:1:10
  |
1 | prowler, secrity-hub,trivi
  |          ^^^^^^^^^^^
  |
  = help: did you mean `security-hub`?

error: `trivi` is not a value of `CIS_FIX_SATISFY`
 --> CIS_FIX_SATISFY:1:22
  |
1 | prowler, secrity-hub,trivi
  |                      ^^^^^
  |
  = help: did you mean `trivy`?

error: `a b` is not a topic name: 1 to 256 letters, digits, `-` and `_`
 --> CIS_FIX_TOPIC:1:1
  |
1 | a b
  | ^^^";
        assert_eq!(mistakes.to_string(), expected);
    }
}
