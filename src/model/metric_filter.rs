//! Log groups and the metric filters on them (CloudWatch Logs API).

use std::collections::BTreeMap;
use std::fmt;

use super::arn::LogGroupArn;

/// A log group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogGroup {
    /// Whose it is, where, and its name.
    pub arn: LogGroupArn,
    /// Its class; an answer without one means Standard.
    pub class: LogGroupClass,
}

/// The class of a log group, fixed when it is made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LogGroupClass {
    /// The class that has metric filters.
    Standard,
    /// The cheaper class without metric filters.
    InfrequentAccess,
    /// The class for delivery alone, without metric filters.
    Delivery,
    /// A class that this version does not know; treated as one without metric filters.
    Other(String),
}

impl LogGroupClass {
    /// Returns the class that CloudWatch Logs calls `text`.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        match text {
            "STANDARD" => Self::Standard,
            "INFREQUENT_ACCESS" => Self::InfrequentAccess,
            "DELIVERY" => Self::Delivery,
            other => Self::Other(other.to_owned()),
        }
    }

    /// Returns CloudWatch Logs' word for the class.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Standard => "STANDARD",
            Self::InfrequentAccess => "INFREQUENT_ACCESS",
            Self::Delivery => "DELIVERY",
            Self::Other(text) => text,
        }
    }
}

impl fmt::Display for LogGroupClass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A metric without dimensions: its namespace and its name, both case sensitive.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Metric {
    /// The namespace.
    pub namespace: String,
    /// The name.
    pub name: String,
}

impl fmt::Display for Metric {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.namespace, self.name)
    }
}

/// A metric filter as an account holds it.
#[derive(Debug, Clone, PartialEq)]
pub struct MetricFilter {
    /// Its name, unique in its log group.
    pub name: String,
    /// The pattern as text; the empty one matches every event.
    pub pattern: String,
    /// What it publishes. The API returns a list that holds exactly one.
    pub transformation: MetricTransformation,
    /// Whether it sees transformed events (`applyOnTransformedLogs`), whose members may have other names.
    pub applies_to_transformed_logs: bool,
    /// A restriction to some accounts or Regions (`fieldSelectionCriteria`).
    pub field_selection: Option<String>,
    /// System fields that become dimensions (`emitSystemFieldDimensions`).
    pub system_field_dimensions: Vec<String>,
}

impl MetricFilter {
    /// Returns a filter on events as they are, from everywhere.
    #[must_use]
    pub fn plain(name: &str, pattern: &str, transformation: MetricTransformation) -> Self {
        Self {
            name: name.to_owned(),
            pattern: pattern.to_owned(),
            transformation,
            applies_to_transformed_logs: false,
            field_selection: None,
            system_field_dimensions: Vec::new(),
        }
    }
}

/// What a metric filter publishes for a matching event.
#[derive(Debug, Clone, PartialEq)]
pub struct MetricTransformation {
    /// The metric.
    pub metric: Metric,
    /// The value: a number, or a selector such as `$.bytes`.
    pub value: String,
    /// The value for events that do not match; none publishes nothing for them.
    pub default_value: Option<f64>,
    /// The unit; none is `None`, CloudWatch's word for no unit.
    pub unit: Option<String>,
    /// Dimensions by name; with any, the plain metric gets no data.
    pub dimensions: BTreeMap<String, String>,
}

impl MetricTransformation {
    /// Returns what publishes a value to a metric: no default value, no unit, no dimensions.
    #[must_use]
    pub fn plain(metric: Metric, value: &str) -> Self {
        Self {
            metric,
            value: value.to_owned(),
            default_value: None,
            unit: None,
            dimensions: BTreeMap::new(),
        }
    }
}
