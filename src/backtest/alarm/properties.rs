//! What holds of every alarm over every series.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::rule::number;
use super::series::Counts;
use super::tests::ONE;
use super::*;
use crate::model::{MissingData, Operator, Statistic};

/// Evaluates an alarm at every interval, and looks at every minute for each window.
fn plodding(
    minutes: &BTreeMap<i64, Counts>,
    rule: &Rule,
    published: Published,
    span: Range<i64>,
) -> Vec<Range<i64>> {
    let tick = rule.tick();
    let aligned = |time: i64| (time + tick - 1).div_euclid(tick) * tick;
    let (mut now, end) = (aligned(span.start), aligned(span.end) + tick);
    let (mut state, mut spells) = (State::InsufficientData, Vec::new());
    while now < end {
        let windows = (0..i64::from(rule.evaluation_periods) + 2).rev();
        let points: Vec<Point> = windows
            .map(|back| {
                let stop = now - back * i64::from(rule.period);
                let window = stop - i64::from(rule.period)..stop;
                let mut counts = Counts::default();
                for (minute, here) in minutes {
                    let time = minute * 60;
                    if window.contains(&time) && span.contains(&time) {
                        counts.matching += here.matching;
                        counts.other += here.other;
                    }
                }
                rule.point(counts, published)
            })
            .collect();
        let next = rule.next_state(state, &points);
        if next == State::Alarm {
            match spells.last_mut() {
                Some(Range { end, .. }) if *end == now => *end = now + tick,
                _ => spells.push(now..now + tick),
            }
        }
        state = next;
        now += tick;
    }
    spells
}

fn any_rule() -> impl Strategy<Value = Rule> {
    let periods = (1_u32..5).prop_flat_map(|periods| (Just(periods), 1..=periods));
    let statistics = ["Sum", "SampleCount", "Average", "Minimum", "Maximum"];
    (
        prop::sample::select(vec![10_u32, 20, 30, 60, 120, 300, 900, 3600, 28_800]),
        periods,
        prop::sample::select(statistics.to_vec()),
        prop::sample::select(vec![
            Operator::GreaterThanOrEqualToThreshold,
            Operator::GreaterThanThreshold,
            Operator::LessThanThreshold,
        ]),
        0_u8..8,
        prop::sample::select(MissingData::ALL.to_vec()),
    )
        .prop_map(
            |(
                period,
                (evaluation_periods, datapoints_to_alarm),
                statistic,
                operator,
                threshold,
                missing_data,
            )| Rule {
                period,
                evaluation_periods,
                datapoints_to_alarm,
                statistic: Statistic::parse(statistic),
                operator,
                threshold: f64::from(threshold) / 2.0,
                missing_data,
            },
        )
}

fn any_minutes() -> impl Strategy<Value = BTreeMap<i64, Counts>> {
    let counts = (0_u64..4, 0_u64..3).prop_map(|(matching, other)| Counts { matching, other });
    let near = prop::collection::btree_map(0_i64..40, counts.clone(), 0..20);
    let far = prop::collection::btree_map(0_i64..3000, counts, 0..8);
    prop_oneof![near, far]
}

fn any_published() -> impl Strategy<Value = Published> {
    let values = vec![
        ONE,
        Published {
            value: 2.0,
            default: Some(0.0),
        },
        Published {
            value: 0.5,
            default: Some(1.0),
        },
    ];
    prop::sample::select(values)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Jumping from change to change finds what looking every minute finds.
    #[test]
    fn nothing_happens_between_the_times_that_are_looked_at(
        minutes in any_minutes(),
        rule in any_rule(),
        published in any_published(),
        start in 0_i64..20,
        length in 0_i64..800,
    ) {
        let span = start * 60..(start + length) * 60;
        let series = Series::of(minutes.clone());
        let found = simulate(&series, &rule, published, span.clone());
        for most in [0.0, 1.0, 1.5, 3.0] {
            let within = simulate_within(&series, &rule, published, &span, most);
            prop_assert_eq!(within, Some(found.clone()).filter(|course| course.notifies_within(most)));
        }
        prop_assert_eq!(found.spells, plodding(&minutes, &rule, published, span));
    }

    /// A higher threshold never makes a point breach, and where missing data counts as within, never prolongs the time in ALARM.
    #[test]
    fn a_higher_threshold_never_adds_time_in_alarm(
        minutes in any_minutes(),
        rule in any_rule(),
        published in any_published(),
        more in 1_u8..6,
        counts in (0_u64..9, 0_u64..9),
    ) {
        let operator = Operator::GreaterThanOrEqualToThreshold;
        let low = Rule { operator, missing_data: MissingData::NotBreaching, ..rule };
        let high = Rule { threshold: low.threshold + f64::from(more), ..low.clone() };
        let counts = Counts { matching: counts.0, other: counts.1 };
        prop_assert!(
            high.point(counts, published) != Point::Breaching
                || low.point(counts, published) == Point::Breaching
        );
        let series = Series::of(minutes);
        let [low, high] = [low, high].map(|rule| simulate(&series, &rule, published, 0..180_000).spells);
        for spell in high {
            let around = low.iter().any(|low| low.start <= spell.start && spell.end <= low.end);
            prop_assert!(around, "{spell:?} is not within {low:?}");
        }
    }

    /// A quiet time of any length between two bursts, longer than the range, gives the alarms of both and no more.
    #[test]
    fn a_longer_quiet_time_adds_no_alarm(
        minutes in any_minutes(),
        rule in any_rule(),
        quiet in 0_i64..2000,
        more in 0_i64..2000,
    ) {
        let rule = Rule { missing_data: MissingData::NotBreaching, ..rule };
        let range = i64::from(rule.period) * i64::from(rule.evaluation_periods + LOOK_BACK) / 60 + 180;
        let alarms = |quiet: i64| {
            let second = minutes.iter().map(|(minute, counts)| (minute + 3000 + range + quiet, *counts));
            // Full days apart, so that alarms that are evaluated at full hours see both alike.
            let series = Series::of(minutes.iter().map(|(minute, counts)| (*minute, *counts)).chain(second));
            simulate(&series, &rule, ONE, 0..(20_000 + range + quiet) * 60).spells.len()
        };
        let quiet = (quiet + range).div_euclid(60) * 60 - range;
        prop_assert_eq!(alarms(quiet), alarms(quiet + more.div_euclid(60) * 60));
    }

    /// Every matching event counts once, wherever it stands in the list.
    #[test]
    fn the_order_of_events_does_not_matter(
        mut events in prop::collection::vec((0_i64..40, 1_u64..3), 0..20),
        rule in any_rule(),
    ) {
        let series = |events: &[(i64, u64)]| {
            Series::of(events.iter().map(|(minute, matching)| (*minute, Counts { matching: *matching, other: 0 })))
        };
        let before = simulate(&series(&events), &rule, ONE, 0..6000);
        events.reverse();
        prop_assert_eq!(before, simulate(&series(&events), &rule, ONE, 0..6000));
    }

    /// Figures agree with each other.
    #[test]
    fn figures_are_consistent(minutes in any_minutes(), rule in any_rule(), days in 1_i64..5) {
        let course = simulate(&Series::of(minutes), &rule, ONE, 0..days * 86_400);
        let figures = course.figures();
        prop_assert_eq!(figures.days, u64::try_from(days).unwrap());
        prop_assert_eq!(figures.alarms, course.spells.len() as u64);
        prop_assert!(figures.most_in_a_day <= figures.alarms);
        prop_assert!(figures.median_of_a_day <= number(figures.most_in_a_day));
        prop_assert!((0.0..=1.0).contains(&figures.quiet_share));
        prop_assert_eq!(figures.alarms == 0, figures.quiet_share > 0.999);
    }
}
