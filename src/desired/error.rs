//! Why what an account should hold cannot be said.

use thiserror::Error;

use super::lanes::LaneError;
use crate::catalog::Benchmark;
use crate::model::{ControlId, TopicName};

/// Why nothing could be chosen.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum BuildError {
    /// Some controls are not known, or not in the benchmark.
    #[error("{}", list(.0))]
    Unknown(Vec<UnknownControl>),
    /// The benchmark knows no levels.
    #[error("`{0}` has no levels")]
    Levels(Benchmark),
    /// The benchmark prescribes no texts.
    #[error("`{0}` prescribes no texts of its own")]
    Wordless(Benchmark),
    /// Some texts cannot be used word for word.
    #[error("{}", list(.0))]
    Unprinted(Vec<Unprinted>),
    /// A control cannot page people as the settings say.
    #[error("`{control}` cannot page people as the settings say: {why}")]
    Paging {
        /// The control.
        control: ControlId,
        /// Why not.
        why: Box<LaneError>,
    },
    /// One topic is to be both the quiet one and the one that pages people.
    #[error("the topic `{0}` cannot be both the one of all alarms and the one that pages people")]
    OneTopic(TopicName),
    /// Every control was left out.
    #[error("no control of `{0}` is left")]
    Nothing(Benchmark),
}

/// A control that was asked for and cannot be had.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("`{asked}` is not a control of `{benchmark}`")]
pub struct UnknownControl {
    /// What was asked for.
    pub asked: String,
    /// Where it was looked for.
    pub benchmark: Benchmark,
    /// What was probably meant, or where it can be had.
    pub hint: Option<String>,
}

/// A control whose text in a benchmark cannot be used word for word.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Unprinted {
    /// The text is not known.
    #[error("the text that `{benchmark}` prints for `{control}` is not known")]
    Unknown {
        /// The control.
        control: ControlId,
        /// The benchmark.
        benchmark: Benchmark,
    },
    /// The text is not a pattern.
    #[error("the text that `{benchmark}` prints for `{control}` {damage}, so it is not a pattern")]
    Damaged {
        /// The control.
        control: ControlId,
        /// The benchmark.
        benchmark: Benchmark,
        /// What happened to it.
        damage: String,
    },
}

impl Unprinted {
    fn control(&self) -> &str {
        match self {
            Self::Unknown { control, .. } | Self::Damaged { control, .. } => control.as_str(),
        }
    }
}

impl BuildError {
    /// Returns what may help, most helpful first.
    #[must_use]
    pub fn hints(&self) -> Vec<String> {
        match self {
            Self::Unknown(unknown) => {
                let list =
                    "`cis-fix controls list` shows the controls and their numbers".to_owned();
                let mut hints: Vec<_> = unknown
                    .iter()
                    .filter_map(|control| control.hint.clone())
                    .collect();
                hints.dedup();
                hints.into_iter().chain([list]).collect()
            }
            Self::Levels(_) | Self::Wordless(_) => {
                vec!["name a version of the CIS benchmark, such as `cis-3.0.0`".to_owned()]
            }
            Self::Unprinted(texts) => {
                let ids: Vec<_> = texts.iter().map(Unprinted::control).collect();
                vec![format!(
                    "leave `--verbatim` out, or pass `--skip {}`",
                    ids.join(",")
                )]
            }
            Self::Paging { control, why: _ } => vec![format!(
                "change `[control.{control}.paging]`; texts of a benchmark that are taken with `--verbatim` may not hold what it leaves out"
            )],
            Self::OneTopic(_) => vec!["give `[paging.topic]` another name".to_owned()],
            Self::Nothing(_) => vec!["see `skip` in the settings and `--skip`".to_owned()],
        }
    }
}

fn list(mistakes: &[impl ToString]) -> String {
    let messages: Vec<_> = mistakes.iter().map(ToString::to_string).collect();
    messages.join("; ")
}
