//! Whether events can raise an alarm at all: the arithmetic of statistic, constant metric value and threshold.

use super::control::AlarmSettings;
use crate::model::{Operator, Statistic};

/// Returns why no number of events can raise the alarm, or why it needs none; none when it works.
///
/// `value` is the constant that the metric publishes for an event.
#[must_use]
pub fn why_silent(alarm: &AlarmSettings, value: &str) -> Option<String> {
    let threshold = alarm.threshold;
    if threshold < 0.0 || (threshold == 0.0 && alarm.operator != Operator::GreaterThanThreshold) {
        return Some(format!(
            "a threshold of {threshold} is reached without any event"
        ));
    }
    let constant = match alarm.statistic {
        Statistic::Sum | Statistic::SampleCount => return None,
        Statistic::Average | Statistic::Minimum | Statistic::Maximum | Statistic::Extended(_) => {
            value.parse::<f64>().ok()?
        }
    };
    let reached = match alarm.operator {
        Operator::GreaterThanOrEqualToThreshold => constant >= threshold,
        Operator::GreaterThanThreshold => constant > threshold,
        Operator::LessThanThreshold | Operator::LessThanOrEqualToThreshold | Operator::Other(_) => {
            false
        }
    };
    let statistic = &alarm.statistic;
    (!reached).then(|| format!("the {statistic} of a metric that is always {value} never reaches a threshold of {threshold}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{AlarmName, MissingData};

    fn alarm(statistic: &str, operator: &str, threshold: f64) -> AlarmSettings {
        AlarmSettings {
            name: AlarmName::parse("a").unwrap(),
            statistic: Statistic::parse(statistic),
            period: 300,
            evaluation_periods: 1,
            threshold,
            operator: Operator::parse(operator),
            missing_data: MissingData::NotBreaching,
        }
    }

    #[test]
    fn sums_grow_to_any_threshold_and_averages_of_a_constant_do_not() {
        let at_least = "GreaterThanOrEqualToThreshold";
        let above = "GreaterThanThreshold";
        let cases = [
            ("Sum", at_least, 1.0, "1", true),
            ("Sum", at_least, 1e9, "1", true),
            ("Sum", at_least, 0.0, "1", false),
            ("Sum", above, 0.0, "1", true),
            ("Sum", above, -1.0, "1", false),
            ("Average", at_least, 1.0, "1", true),
            ("Average", at_least, 5.0, "1", false),
            ("Average", above, 1.0, "1", false),
            ("Maximum", at_least, 5.0, "5", true),
            ("Minimum", above, 4.9, "5.0", true),
        ];
        for (statistic, operator, threshold, value, works) in cases {
            let alarm = alarm(statistic, operator, threshold);
            assert_eq!(
                why_silent(&alarm, value).is_none(),
                works,
                "{statistic} {operator} {threshold} {value}"
            );
        }
    }
}
