//! Alarms (CloudWatch API, `DescribeAlarms`).

use std::fmt;

use super::arn::AlarmArn;
use super::metric_filter::Metric;

/// An alarm of any kind. All kinds share one name space.
#[derive(Debug, Clone, PartialEq)]
pub struct Alarm {
    /// Whose it is, where, and its name.
    pub arn: AlarmArn,
    /// What it watches.
    pub kind: AlarmKind,
}

impl Alarm {
    /// Returns the settings of an alarm on metrics; none of another kind.
    #[must_use]
    pub fn settings(&self) -> Option<&MetricAlarm> {
        match &self.kind {
            AlarmKind::Metric(settings) => Some(settings),
            AlarmKind::Composite | AlarmKind::Log => None,
        }
    }

    /// Returns the metric that it watches, if it watches a single one.
    #[must_use]
    pub fn watched(&self) -> Option<&Metric> {
        self.settings()?.watched()
    }
}

/// What an alarm watches.
#[derive(Debug, Clone, PartialEq)]
pub enum AlarmKind {
    /// One metric, or an expression over several.
    Metric(Box<MetricAlarm>),
    /// The states of other alarms.
    Composite,
    /// A log query.
    Log,
}

/// An alarm on a metric.
#[derive(Debug, Clone, PartialEq)]
pub struct MetricAlarm {
    /// What people are told; at most 1024 characters.
    pub description: Option<String>,
    /// Whether any action is taken at all.
    pub actions_enabled: bool,
    /// ARNs of what happens in state ALARM.
    pub alarm_actions: Vec<String>,
    /// ARNs of what happens in state OK.
    pub ok_actions: Vec<String>,
    /// ARNs of what happens in state `INSUFFICIENT_DATA`.
    pub insufficient_data_actions: Vec<String>,
    /// What is measured.
    pub query: MetricQuery,
    /// How many periods are looked at.
    pub evaluation_periods: u32,
    /// How many of them must breach; none means all.
    pub datapoints_to_alarm: Option<u32>,
    /// The threshold; none for an anomaly band.
    pub threshold: Option<f64>,
    /// How the measured value is compared with the threshold.
    pub operator: Operator,
    /// What a period without data counts as; an answer without it means `Missing`.
    pub missing_data: MissingData,
}

impl MetricAlarm {
    /// Returns the metric that it watches, if it watches a single one.
    #[must_use]
    pub fn watched(&self) -> Option<&Metric> {
        match &self.query {
            MetricQuery::Single { metric, .. } => Some(metric),
            MetricQuery::Expression => None,
        }
    }

    /// Returns the ARNs of what happens in any state.
    pub fn actions(&self) -> impl Iterator<Item = &String> {
        let lists = [
            &self.alarm_actions,
            &self.ok_actions,
            &self.insufficient_data_actions,
        ];
        lists.into_iter().flatten()
    }
}

/// What an alarm measures.
#[derive(Debug, Clone, PartialEq)]
pub enum MetricQuery {
    /// One statistic of one metric.
    Single {
        /// The metric.
        metric: Metric,
        /// Whether dimensions are given, so that the plain metric is not the one watched.
        has_dimensions: bool,
        /// The statistic.
        statistic: Statistic,
        /// The unit that data points must have; none accepts any.
        unit: Option<String>,
        /// The length of a period in seconds.
        period: u32,
    },
    /// An expression, an anomaly band, or a metric of another account: not examined further.
    Expression,
}

/// How data points of a period become one value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Statistic {
    /// Their sum.
    Sum,
    /// Their mean.
    Average,
    /// The least.
    Minimum,
    /// The greatest.
    Maximum,
    /// How many there are.
    SampleCount,
    /// A percentile or trimmed statistic, such as `p90`.
    Extended(String),
}

impl Statistic {
    /// Returns the statistic that CloudWatch calls `text`; anything unknown is an extended one.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        match text {
            "Sum" => Self::Sum,
            "Average" => Self::Average,
            "Minimum" => Self::Minimum,
            "Maximum" => Self::Maximum,
            "SampleCount" => Self::SampleCount,
            other => Self::Extended(other.to_owned()),
        }
    }

    /// Returns CloudWatch's word for the statistic.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Sum => "Sum",
            Self::Average => "Average",
            Self::Minimum => "Minimum",
            Self::Maximum => "Maximum",
            Self::SampleCount => "SampleCount",
            Self::Extended(text) => text,
        }
    }
}

impl fmt::Display for Statistic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// How a measured value is compared with a threshold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Operator {
    /// At or above.
    GreaterThanOrEqualToThreshold,
    /// Above.
    GreaterThanThreshold,
    /// Below.
    LessThanThreshold,
    /// At or below.
    LessThanOrEqualToThreshold,
    /// A comparison with a band, or one that this version does not know.
    Other(String),
}

impl Operator {
    /// Returns the operator that CloudWatch calls `text`.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        match text {
            "GreaterThanOrEqualToThreshold" => Self::GreaterThanOrEqualToThreshold,
            "GreaterThanThreshold" => Self::GreaterThanThreshold,
            "LessThanThreshold" => Self::LessThanThreshold,
            "LessThanOrEqualToThreshold" => Self::LessThanOrEqualToThreshold,
            other => Self::Other(other.to_owned()),
        }
    }

    /// Returns CloudWatch's word for the operator.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::GreaterThanOrEqualToThreshold => "GreaterThanOrEqualToThreshold",
            Self::GreaterThanThreshold => "GreaterThanThreshold",
            Self::LessThanThreshold => "LessThanThreshold",
            Self::LessThanOrEqualToThreshold => "LessThanOrEqualToThreshold",
            Self::Other(text) => text,
        }
    }
}

impl fmt::Display for Operator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What a period without data counts as (CloudWatch API, `TreatMissingData`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum MissingData {
    /// As breaching the threshold.
    Breaching,
    /// As within the threshold.
    NotBreaching,
    /// As no reason to change the state.
    Ignore,
    /// As missing: the alarm may go to `INSUFFICIENT_DATA`.
    Missing,
}

impl MissingData {
    /// All treatments.
    pub const ALL: [Self; 4] = [
        Self::Breaching,
        Self::NotBreaching,
        Self::Ignore,
        Self::Missing,
    ];

    /// Returns the treatment that CloudWatch calls `text`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|treatment| treatment.as_str() == text)
    }

    /// Returns CloudWatch's word for the treatment.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Breaching => "breaching",
            Self::NotBreaching => "notBreaching",
            Self::Ignore => "ignore",
            Self::Missing => "missing",
        }
    }
}

impl fmt::Display for MissingData {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The state of an alarm (CloudWatch API, `StateValue`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum AlarmState {
    /// Within its threshold.
    Ok,
    /// Beyond its threshold.
    Alarm,
    /// Without enough data to tell; every alarm begins so.
    InsufficientData,
}

impl AlarmState {
    /// All states.
    pub const ALL: [Self; 3] = [Self::Ok, Self::Alarm, Self::InsufficientData];

    /// Returns the state that CloudWatch calls `text`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }

    /// Returns CloudWatch's word for the state.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ok => "OK",
            Self::Alarm => "ALARM",
            Self::InsufficientData => "INSUFFICIENT_DATA",
        }
    }
}

impl fmt::Display for AlarmState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Whether an alarm's actions are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ActionsSwitch {
    /// They are (`EnableAlarmActions`).
    Enabled,
    /// They are not (`DisableAlarmActions`).
    Disabled,
}

impl ActionsSwitch {
    /// Returns the API action that switches so, as IAM spells it.
    #[must_use]
    pub fn permission(self) -> &'static str {
        match self {
            Self::Enabled => "cloudwatch:EnableAlarmActions",
            Self::Disabled => "cloudwatch:DisableAlarmActions",
        }
    }

    /// Returns the command that switches so.
    #[must_use]
    pub fn command(self) -> &'static str {
        match self {
            Self::Enabled => "unmute",
            Self::Disabled => "mute",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_cloudwatch_are_read_back() {
        for text in ["Sum", "Average", "Minimum", "Maximum", "SampleCount", "p90"] {
            assert_eq!(Statistic::parse(text).as_str(), text);
        }
        for text in [
            "GreaterThanThreshold",
            "LessThanThreshold",
            "LessThanLowerThreshold",
        ] {
            assert_eq!(Operator::parse(text).as_str(), text);
        }
        for treatment in MissingData::ALL {
            assert_eq!(MissingData::parse(treatment.as_str()), Some(treatment));
        }
        assert_eq!(MissingData::parse("notbreaching"), None);
    }
}
