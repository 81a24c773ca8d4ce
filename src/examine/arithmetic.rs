//! Alarm arithmetic: do the events that ought to raise an alarm raise it?
//!
//! Rules of evaluation: CloudWatch user guide, "Using Amazon CloudWatch alarms", and the pages on
//! missing data and on metric filters' default values.

use super::code::Code;
use crate::desired::DesiredControl;
use crate::model::{
    MetricAlarm, MetricQuery, MetricTransformation, MissingData, Operator, Statistic,
};

/// Why an alarm stays silent.
pub(super) struct Silence {
    pub(super) code: Code,
    pub(super) detail: String,
}

impl Silence {
    #[expect(
        clippy::unnecessary_wraps,
        reason = "every caller answers with an option"
    )]
    /// Returns the reason as an answer to "why is it silent?".
    fn because(code: Code, detail: impl Into<String>) -> Option<Self> {
        Some(Self {
            code,
            detail: detail.into(),
        })
    }
}

/// Returns the positive constant that the filter publishes for a matching event.
pub(super) fn constant(transformation: &MetricTransformation) -> Option<f64> {
    transformation
        .value
        .trim()
        .parse()
        .ok()
        .filter(|value: &f64| value.is_finite() && *value > 0.0)
}

/// Returns whether the alarm that is wanted would fire on what a filter publishes.
pub(super) fn suits(publishes: &MetricTransformation, control: &DesiredControl) -> bool {
    constant(publishes).is_some()
        && silent(
            &control.alarm.settings(publishes.metric.clone()),
            publishes,
            control,
        )
        .is_none()
}

/// Returns why `alarm` would stay silent although the control's events come in; none when it fires.
///
/// The alarm must fire on as many events, and in as many periods, as the configured alarm needs: one,
/// unless somebody raised the numbers on purpose.
pub(super) fn silent(
    alarm: &MetricAlarm,
    publishes: &MetricTransformation,
    control: &DesiredControl,
) -> Option<Silence> {
    let value = constant(publishes)?;
    let MetricQuery::Single {
        metric: _,
        has_dimensions,
        statistic,
        unit,
        period,
    } = &alarm.query
    else {
        return Silence::because(Code::AlarmStatisticUnsuitable, "it watches an expression");
    };
    if *has_dimensions {
        return Silence::because(
            Code::AlarmHasDimensions,
            "it watches the metric with dimensions, which gets no data",
        );
    }
    data_problem(alarm, publishes, unit.as_deref())
        .or_else(|| statistic_problem(statistic, publishes))
        .or_else(|| default_problem(alarm, statistic, publishes))
        .or_else(|| period_problem(alarm, control))
        .or_else(|| threshold_problem(alarm, (statistic, value), (*period, control)))
}

fn data_problem(
    alarm: &MetricAlarm,
    publishes: &MetricTransformation,
    unit: Option<&str>,
) -> Option<Silence> {
    let emitted = publishes.unit.as_deref().unwrap_or("None");
    match unit {
        Some(unit) if unit != emitted => Silence::because(
            Code::AlarmUnitDiffers,
            format!("it asks for unit {unit}, the filter publishes {emitted}"),
        ),
        _ => match alarm.missing_data {
            MissingData::Breaching => Silence::because(
                Code::AlarmNeverRecovers,
                "it counts missing data as breaching, so it never changes its state",
            ),
            MissingData::Ignore if publishes.default_value.is_none() => Silence::because(
                Code::AlarmNeverRecovers,
                "it ignores missing data, so after the first event it stays in ALARM and is silent",
            ),
            MissingData::Ignore | MissingData::NotBreaching | MissingData::Missing => None,
        },
    }
}

fn statistic_problem(statistic: &Statistic, publishes: &MetricTransformation) -> Option<Silence> {
    let diluted = publishes.default_value.is_some();
    let is_lowered = publishes.default_value.is_some_and(|default| default < 0.0);
    match statistic {
        Statistic::Sum if is_lowered => Silence::because(
            Code::AlarmStatisticUnsuitable,
            "Sum is lowered by the negative default value that other events publish",
        ),
        Statistic::Sum | Statistic::Maximum => None,
        Statistic::Average | Statistic::Minimum | Statistic::SampleCount if !diluted => None,
        Statistic::Average | Statistic::Minimum | Statistic::SampleCount => Silence::because(
            Code::AlarmStatisticUnsuitable,
            format!("{statistic} is diluted by the default value that other events publish"),
        ),
        Statistic::Extended(name) => Silence::because(
            Code::AlarmStatisticUnsuitable,
            format!("statistic {name} need not show single events"),
        ),
    }
}

/// A default value that breaches by itself holds the alarm in ALARM as long as any events come in.
fn default_problem(
    alarm: &MetricAlarm,
    statistic: &Statistic,
    publishes: &MetricTransformation,
) -> Option<Silence> {
    let (default, threshold) = (publishes.default_value?, alarm.threshold?);
    // A sum grows with the events that do not match, whose number nobody knows.
    let grows = *statistic == Statistic::Sum && default > 0.0;
    if grows || reaches(&alarm.operator, default, threshold) {
        return Silence::because(
            Code::AlarmNeverRecovers,
            format!(
                "the default value {default} of other events breaches its threshold as well, so it \
                 never changes its state"
            ),
        );
    }
    None
}

/// Returns in how many periods events must come.
fn periods_needed(alarm: &MetricAlarm) -> u32 {
    alarm
        .datapoints_to_alarm
        .unwrap_or(alarm.evaluation_periods)
}

fn period_problem(alarm: &MetricAlarm, control: &DesiredControl) -> Option<Silence> {
    let (needed, allowed) = (periods_needed(alarm), control.alarm.evaluation_periods);
    if needed > allowed {
        return Silence::because(
            Code::AlarmNeedsSeveralPeriods,
            format!("events must come in {needed} periods, not in {allowed}"),
        );
    }
    None
}

fn threshold_problem(
    alarm: &MetricAlarm,
    (statistic, value): (&Statistic, f64),
    (period, control): (u32, &DesiredControl),
) -> Option<Silence> {
    let Some(threshold) = alarm.threshold else {
        return Silence::because(Code::AlarmOperatorUnsuitable, "it has no fixed threshold");
    };
    let wanted = &control.alarm;
    let own_value = control.filter.value.parse().unwrap_or(1.0);
    let events = events_needed(
        &wanted.statistic,
        own_value,
        &wanted.operator,
        wanted.threshold,
    );
    match events_needed(statistic, value, &alarm.operator, threshold) {
        Need::Never => Silence::because(
            Code::AlarmOperatorUnsuitable,
            format!(
                "{} {threshold} does not look for high values",
                alarm.operator
            ),
        ),
        Need::Unreachable => Silence::because(
            Code::AlarmThresholdTooHigh,
            format!("{statistic} never reaches {threshold}: each event publishes {value}"),
        ),
        Need::Events(needed) => match events {
            Need::Events(allowed) if needed <= allowed => {
                (adds_up(needed, alarm) && period < wanted.period).then(|| Silence {
                    code: Code::AlarmPeriodTooShort,
                    detail: format!("it counts over {period} s, not over {} s", wanted.period),
                })
            }
            Need::Events(allowed) => Silence::because(
                Code::AlarmThresholdTooHigh,
                format!("it needs {needed} events in one period, not {allowed}"),
            ),
            Need::Never | Need::Unreachable => None,
        },
    }
}

/// Returns whether an alarm waits for more than one event, so that it matters over how long it counts.
fn adds_up(events: f64, alarm: &MetricAlarm) -> bool {
    events > 1.0 || periods_needed(alarm) > 1
}

/// Returns whether one event raises an alarm that is not silent.
pub(super) fn one_is_enough(alarm: &MetricAlarm, publishes: &MetricTransformation) -> bool {
    let MetricQuery::Single { statistic, .. } = &alarm.query else {
        return false;
    };
    let (Some(value), Some(threshold)) = (constant(publishes), alarm.threshold) else {
        return false;
    };
    match events_needed(statistic, value, &alarm.operator, threshold) {
        Need::Events(needed) => !adds_up(needed, alarm),
        Need::Unreachable | Need::Never => false,
    }
}

/// How many events in one period raise an alarm.
enum Need {
    /// At least so many, a whole number.
    Events(f64),
    /// No number of events reaches the threshold.
    Unreachable,
    /// Events cannot raise it, or their absence does.
    Never,
}

/// Returns whether a measured value is too high. Comparisons that look for low values never find one.
fn reaches(operator: &Operator, measured: f64, threshold: f64) -> bool {
    match operator {
        Operator::GreaterThanOrEqualToThreshold => measured >= threshold,
        Operator::GreaterThanThreshold => measured > threshold,
        Operator::LessThanThreshold | Operator::LessThanOrEqualToThreshold | Operator::Other(_) => {
            false
        }
    }
}

fn events_needed(statistic: &Statistic, value: f64, operator: &Operator, threshold: f64) -> Need {
    let reaches = |measured: f64| reaches(operator, measured, threshold);
    match operator {
        Operator::LessThanThreshold | Operator::LessThanOrEqualToThreshold | Operator::Other(_) => {
            return Need::Never;
        }
        Operator::GreaterThanOrEqualToThreshold | Operator::GreaterThanThreshold => {}
    }
    let step = match statistic {
        Statistic::Sum => value,
        Statistic::SampleCount => 1.0,
        Statistic::Average | Statistic::Minimum | Statistic::Maximum | Statistic::Extended(_) => {
            return if reaches(value) {
                Need::Events(1.0)
            } else {
                Need::Unreachable
            };
        }
    };
    let events = (threshold / step).ceil().max(1.0);
    Need::Events(if reaches(events * step) {
        events
    } else {
        events + 1.0
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::sync::LazyLock;

    use super::*;
    use crate::catalog::Catalog;
    use crate::desired::{Selection, build};
    use crate::model::Metric;
    use crate::settings::Settings;

    static CONTROL: LazyLock<DesiredControl> = LazyLock::new(|| {
        let selection = Selection::default();
        let desired = build(&Catalog::builtin(), &Settings::default(), &selection).unwrap();
        desired.controls[0].clone()
    });

    /// Returns a control whose alarm wants `threshold` events in five minutes.
    fn control(threshold: f64) -> DesiredControl {
        let mut control = CONTROL.clone();
        control.alarm.threshold = threshold;
        control
    }

    fn publishes(value: &str, default_value: Option<f64>) -> MetricTransformation {
        MetricTransformation {
            metric: Metric {
                namespace: "Security".to_owned(),
                name: "Root".to_owned(),
            },
            value: value.to_owned(),
            default_value,
            unit: None,
            dimensions: BTreeMap::new(),
        }
    }

    /// Returns the recommended alarm after a change.
    fn alarm(change: impl FnOnce(&mut MetricAlarm)) -> MetricAlarm {
        let mut alarm = control(1.0).alarm.settings(publishes("1", None).metric);
        change(&mut alarm);
        alarm
    }

    type Query<'alarm> = (
        &'alarm mut bool,
        &'alarm mut Statistic,
        &'alarm mut Option<String>,
        &'alarm mut u32,
    );

    fn query(alarm: &mut MetricAlarm) -> Query<'_> {
        match &mut alarm.query {
            MetricQuery::Single {
                metric: _,
                has_dimensions,
                statistic,
                unit,
                period,
            } => (has_dimensions, statistic, unit, period),
            MetricQuery::Expression => unreachable!(),
        }
    }

    fn statistic(statistic: &str) -> MetricAlarm {
        alarm(|alarm| *query(alarm).1 = Statistic::parse(statistic))
    }

    fn threshold(operator: &str, threshold: f64) -> MetricAlarm {
        alarm(|alarm| {
            alarm.operator = Operator::parse(operator);
            alarm.threshold = Some(threshold);
        })
    }

    fn missing_data(missing_data: MissingData) -> MetricAlarm {
        alarm(|alarm| alarm.missing_data = missing_data)
    }

    fn periods(evaluation_periods: u32, datapoints_to_alarm: Option<u32>) -> MetricAlarm {
        alarm(|alarm| {
            alarm.evaluation_periods = evaluation_periods;
            alarm.datapoints_to_alarm = datapoints_to_alarm;
        })
    }

    fn period(period: u32, threshold: f64) -> MetricAlarm {
        alarm(|alarm| {
            *query(alarm).3 = period;
            alarm.threshold = Some(threshold);
        })
    }

    fn unit(unit: &str) -> MetricAlarm {
        alarm(|alarm| *query(alarm).2 = Some(unit.to_owned()))
    }

    fn check(
        publishes: &MetricTransformation,
        control: &DesiredControl,
        cases: impl IntoIterator<Item = (MetricAlarm, Option<Code>)>,
    ) {
        for (alarm, expected) in cases {
            let silence = silent(&alarm, publishes, control);
            let found = silence.as_ref().map(|silence| silence.code);
            assert_eq!(found, expected, "{alarm:?} on {publishes:?}");
        }
    }

    const AT_LEAST: &str = "GreaterThanOrEqualToThreshold";
    const ABOVE: &str = "GreaterThanThreshold";
    const TOO_HIGH: Option<Code> = Some(Code::AlarmThresholdTooHigh);
    const NEVER_RECOVERS: Option<Code> = Some(Code::AlarmNeverRecovers);
    const UNSUITABLE: Option<Code> = Some(Code::AlarmStatisticUnsuitable);
    const OPERATOR: Option<Code> = Some(Code::AlarmOperatorUnsuitable);

    #[test]
    fn one_event_must_be_enough() {
        let cases = [
            (alarm(|_| ()), None),
            (threshold(AT_LEAST, 1e9), TOO_HIGH),
            (threshold(AT_LEAST, 1.5), TOO_HIGH),
            (threshold(AT_LEAST, 0.5), None),
            (threshold(ABOVE, 1.0), TOO_HIGH),
            (threshold(ABOVE, 0.0), None),
            (threshold(ABOVE, 0.99), None),
            (threshold("LessThanThreshold", 1.0), OPERATOR),
            (threshold("LessThanOrEqualToThreshold", 1.0), OPERATOR),
            (threshold("GreaterThanUpperThreshold", 1.0), OPERATOR),
            (alarm(|alarm| alarm.threshold = None), OPERATOR),
            (period(10, 1.0), None),
            (period(86_400, 1.0), None),
        ];
        check(&publishes("1", None), &control(1.0), cases);
    }

    #[test]
    fn what_an_event_publishes_is_counted() {
        let cases = [
            ("5", threshold(AT_LEAST, 5.0), None),
            ("5", threshold(ABOVE, 5.0), TOO_HIGH),
            ("0.5", threshold(AT_LEAST, 1.0), TOO_HIGH),
            ("0.5", threshold(AT_LEAST, 0.5), None),
            ("1e2", threshold(AT_LEAST, 100.0), None),
        ];
        for (value, alarm, expected) in cases {
            check(&publishes(value, None), &control(1.0), [(alarm, expected)]);
        }
    }

    #[test]
    fn several_periods_are_too_many() {
        let several = Some(Code::AlarmNeedsSeveralPeriods);
        let cases = [
            (periods(3, None), several),
            (periods(3, Some(2)), several),
            (periods(3, Some(1)), None),
            (periods(1, Some(1)), None),
        ];
        check(&publishes("1", None), &control(1.0), cases);
    }

    #[test]
    fn statistics_are_judged_with_the_default_value() {
        for name in ["Sum", "Maximum", "Average", "Minimum", "SampleCount"] {
            check(
                &publishes("1", None),
                &control(1.0),
                [(statistic(name), None)],
            );
        }
        check(
            &publishes("1", Some(0.0)),
            &control(1.0),
            [
                (statistic("Sum"), None),
                (statistic("Maximum"), None),
                (statistic("Average"), UNSUITABLE),
                (statistic("Minimum"), UNSUITABLE),
                (statistic("SampleCount"), UNSUITABLE),
            ],
        );
        for name in ["p99", "tm90", "IQM"] {
            check(
                &publishes("1", None),
                &control(1.0),
                [(statistic(name), UNSUITABLE)],
            );
        }
        let high = alarm(|alarm| {
            *query(alarm).1 = Statistic::Average;
            alarm.threshold = Some(2.0);
        });
        check(&publishes("1", None), &control(1.0), [(high, TOO_HIGH)]);
    }

    #[test]
    fn an_alarm_that_cannot_change_its_state_is_silent() {
        let cases = [
            (missing_data(MissingData::NotBreaching), None),
            (missing_data(MissingData::Missing), None),
            (missing_data(MissingData::Ignore), NEVER_RECOVERS),
            (missing_data(MissingData::Breaching), NEVER_RECOVERS),
        ];
        check(&publishes("1", None), &control(1.0), cases);
        let cases = [
            (missing_data(MissingData::Ignore), None),
            (missing_data(MissingData::Breaching), NEVER_RECOVERS),
        ];
        check(&publishes("1", Some(0.0)), &control(1.0), cases);
    }

    #[test]
    fn a_default_value_that_breaches_holds_the_alarm() {
        let maximum = || statistic("Maximum");
        let cases = [
            (1.0, alarm(|_| ()), NEVER_RECOVERS),
            (0.1, alarm(|_| ()), NEVER_RECOVERS),
            (0.0, threshold(AT_LEAST, 0.0), NEVER_RECOVERS),
            (0.0, threshold(ABOVE, 0.0), None),
            (-1.0, alarm(|_| ()), UNSUITABLE),
            (0.1, maximum(), None),
            (-1.0, maximum(), None),
            (1.0, maximum(), NEVER_RECOVERS),
        ];
        for (default, alarm, expected) in cases {
            check(
                &publishes("1", Some(default)),
                &control(1.0),
                [(alarm, expected)],
            );
        }
    }

    #[test]
    fn an_alarm_must_watch_the_data_that_there_are() {
        let mut counted = publishes("1", None);
        counted.unit = Some("Count".to_owned());
        let other = Some(Code::AlarmUnitDiffers);
        check(
            &publishes("1", None),
            &control(1.0),
            [(unit("None"), None), (unit("Count"), other)],
        );
        check(
            &counted,
            &control(1.0),
            [
                (unit("Count"), None),
                (unit("None"), other),
                (unit("Bytes"), other),
                (alarm(|_| ()), None),
            ],
        );
        let dimensions = Some(Code::AlarmHasDimensions);
        check(
            &publishes("1", None),
            &control(1.0),
            [
                (alarm(|alarm| *query(alarm).0 = true), dimensions),
                (
                    alarm(|alarm| alarm.query = MetricQuery::Expression),
                    UNSUITABLE,
                ),
            ],
        );
    }

    #[test]
    fn a_raised_threshold_allows_as_many_events_and_no_more() {
        let short = Some(Code::AlarmPeriodTooShort);
        let cases = [
            (period(300, 10.0), None),
            (period(300, 5.0), None),
            (period(300, 11.0), TOO_HIGH),
            (threshold(ABOVE, 9.0), None),
            (threshold(ABOVE, 10.0), TOO_HIGH),
            (period(60, 10.0), short),
            (period(60, 2.0), short),
            (period(60, 1.0), None),
            (period(900, 10.0), None),
            (statistic("Maximum"), None),
        ];
        check(&publishes("1", None), &control(10.0), cases);
        let tens = [(period(300, 100.0), None), (period(300, 101.0), TOO_HIGH)];
        check(&publishes("10", None), &control(10.0), tens);
    }

    #[test]
    fn raised_evaluation_periods_allow_as_many() {
        let mut control = control(1.0);
        control.alarm.evaluation_periods = 2;
        let several = Some(Code::AlarmNeedsSeveralPeriods);
        let mut short = periods(2, None);
        *query(&mut short).3 = 60;
        let cases = [
            (periods(2, None), None),
            (periods(1, None), None),
            (periods(3, Some(2)), None),
            (periods(3, None), several),
            (short, Some(Code::AlarmPeriodTooShort)),
        ];
        check(&publishes("1", None), &control, cases);
        assert!(suits(&publishes("1", None), &control));
    }

    #[test]
    fn a_filter_suits_when_the_wanted_alarm_fires_on_it() {
        let cases = [
            (publishes("1", None), true),
            (publishes("7", None), true),
            (publishes("1", Some(0.0)), true),
            (publishes("0.5", None), false),
            (publishes("1", Some(1.0)), false),
            (publishes("0", None), false),
            (publishes("-1", None), false),
            (publishes("$.bytes", None), false),
        ];
        for (publishes, expected) in cases {
            assert_eq!(suits(&publishes, &control(1.0)), expected, "{publishes:?}");
        }
    }

    #[test]
    fn only_a_positive_number_is_a_constant() {
        let cases = [
            ("1", Some(1.0)),
            (" 1 ", Some(1.0)),
            ("0.25", Some(0.25)),
            ("0", None),
            ("-1", None),
            ("inf", None),
            ("NaN", None),
            ("1e400", None),
            ("$.value", None),
            ("", None),
        ];
        for (value, expected) in cases {
            assert_eq!(constant(&publishes(value, None)), expected, "{value}");
        }
    }

    #[test]
    fn one_event_is_enough_for_some_alarms() {
        let one = publishes("1", None);
        assert!(one_is_enough(&alarm(|_| ()), &one));
        assert!(one_is_enough(&statistic("Maximum"), &one));
        assert!(!one_is_enough(&threshold(AT_LEAST, 2.0), &one));
        assert!(!one_is_enough(&periods(2, None), &one));
        assert!(one_is_enough(
            &threshold(AT_LEAST, 2.0),
            &publishes("2", None)
        ));
    }
}
