//! Tables worked out by hand, and what holds for every alarm.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::rule::number;
use super::series::Counts;
use super::*;
use crate::model::{MissingData, Operator, Statistic};

const STATES: &str = include_str!("../../../tests/data/backtest/states.txt");
const COURSES: &str = include_str!("../../../tests/data/backtest/courses.txt");

fn rule() -> Rule {
    Rule {
        period: 300,
        evaluation_periods: 1,
        datapoints_to_alarm: 1,
        statistic: Statistic::Sum,
        operator: Operator::GreaterThanOrEqualToThreshold,
        threshold: 1.0,
        missing_data: MissingData::NotBreaching,
    }
}

const ONE: Published = Published {
    value: 1.0,
    default: None,
};

/// Returns the lines of a table that say something.
fn lines(table: &str) -> impl Iterator<Item = &str> {
    let lines = table.lines().map(str::trim);
    lines.filter(|line| !line.is_empty() && !line.starts_with('#'))
}

#[test]
fn states_are_those_of_the_guide() {
    let mut rows = 0;
    for line in lines(STATES) {
        let cells: Vec<&str> = line.split_whitespace().collect();
        let [periods, needed, range, states @ ..] = cells.as_slice() else {
            panic!("{line}");
        };
        let points: Vec<Point> = range
            .chars()
            .map(|sign| match sign {
                'O' => Point::Within,
                'X' => Point::Breaching,
                '-' => Point::Missing,
                other => panic!("{other}"),
            })
            .collect();
        let treatments = ["missing", "ignore", "breaching", "notBreaching"];
        assert_eq!(states.len(), treatments.len(), "{line}");
        for (treatment, expected) in treatments.into_iter().zip(states) {
            let rule = Rule {
                evaluation_periods: periods.parse().unwrap(),
                datapoints_to_alarm: needed.parse().unwrap(),
                missing_data: MissingData::parse(treatment).unwrap(),
                ..rule()
            };
            for before in [State::Ok, State::Alarm, State::InsufficientData] {
                let expected = match *expected {
                    "OK" => State::Ok,
                    "ALARM" => State::Alarm,
                    "INSUFFICIENT_DATA" => State::InsufficientData,
                    "keeps" => before,
                    other => panic!("{other}"),
                };
                let found = rule.next_state(before, &points);
                assert_eq!(found, expected, "{line}: {treatment} after {before:?}");
            }
        }
        rows += 1;
    }
    assert!(rows >= 20, "{rows}");
}

/// One case of the table of courses.
struct Case<'table> {
    name: &'table str,
    words: BTreeMap<&'table str, Vec<&'table str>>,
}

fn cases() -> Vec<Case<'static>> {
    let mut cases: Vec<Case<'static>> = Vec::new();
    for line in lines(COURSES) {
        let (key, rest) = line.split_once(' ').unwrap_or((line, ""));
        if key == "case" {
            cases.push(Case {
                name: rest,
                words: BTreeMap::new(),
            });
        } else {
            let words = rest.split_whitespace().collect();
            let old = cases.last_mut().unwrap().words.insert(key, words);
            assert!(old.is_none(), "{line}");
        }
    }
    cases
}

impl Case<'_> {
    fn words(&self, key: &str) -> &[&str] {
        self.words.get(key).map_or(&[], Vec::as_slice)
    }

    fn rule(&self) -> Rule {
        let [
            period,
            needed,
            "of",
            periods,
            statistic,
            operator,
            threshold,
            missing,
        ] = self.words("alarm")
        else {
            panic!("{}", self.name);
        };
        Rule {
            period: u32::try_from(seconds(period)).unwrap(),
            evaluation_periods: periods.parse().unwrap(),
            datapoints_to_alarm: needed.parse().unwrap(),
            statistic: Statistic::parse(statistic),
            operator: match *operator {
                ">=" => Operator::GreaterThanOrEqualToThreshold,
                ">" => Operator::GreaterThanThreshold,
                "<" => Operator::LessThanThreshold,
                "<=" => Operator::LessThanOrEqualToThreshold,
                other => panic!("{other}"),
            },
            threshold: threshold.parse().unwrap(),
            missing_data: MissingData::parse(missing).unwrap(),
        }
    }

    fn published(&self) -> Published {
        match self.words("publishes") {
            [] => ONE,
            [value] => Published {
                value: value.parse().unwrap(),
                default: None,
            },
            [value, "default", default] => Published {
                value: value.parse().unwrap(),
                default: Some(default.parse().unwrap()),
            },
            other => panic!("{other:?}"),
        }
    }

    fn series(&self) -> Series {
        let read = |key: &str, counts: fn(u64) -> Counts| -> Vec<(i64, Counts)> {
            let words = self.words(key).iter();
            let read = words.map(|word| match word.split_once('*') {
                Some((minute, count)) => (minute.parse().unwrap(), counts(count.parse().unwrap())),
                None => (word.parse().unwrap(), counts(1)),
            });
            read.collect()
        };
        let matching = read("events", |matching| Counts { matching, other: 0 });
        let other = read("others", |other| Counts { matching: 0, other });
        Series::of(matching.into_iter().chain(other))
    }
}

/// Returns the seconds of a number of minutes, or of one with an `s`.
fn seconds(word: &str) -> i64 {
    match word.strip_suffix('s') {
        Some(seconds) => seconds.parse().unwrap(),
        None => word.parse::<i64>().unwrap() * 60,
    }
}

fn range(word: &str) -> Range<i64> {
    let (start, end) = word.split_once("..").unwrap();
    seconds(start)..seconds(end)
}

#[test]
fn courses_are_as_worked_out_by_hand() {
    let cases = cases();
    assert!(cases.len() >= 20, "{}", cases.len());
    let mut wrong = Vec::new();
    for case in cases {
        let span = range(case.words("span")[0]);
        let course = simulate(&case.series(), &case.rule(), case.published(), span);
        let expected: Vec<_> = case
            .words("spells")
            .iter()
            .map(|word| range(word))
            .collect();
        if course.spells != expected {
            let found = course.spells;
            wrong.push(format!("{}: {found:?}, not {expected:?}", case.name));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_lower_threshold_may_mean_fewer_notifications() {
    let series = Series::of_matches(&BTreeMap::from([(3, 1), (4, 1), (6, 1)]));
    let alarms = |threshold| {
        let rule = Rule {
            threshold,
            ..rule()
        };
        simulate(&series, &rule, ONE, 0..3600).spells.len()
    };
    assert_eq!((alarms(1.0), alarms(3.0), alarms(4.0)), (1, 3, 0));
}

#[test]
fn figures_are_counted_by_days_in_utc() {
    let spell = |start: i64, end: i64| start * 3600..end * 3600;
    // Four days: two alarms on the first, a storm over midnight into the third, nothing on the fourth.
    let course = Course {
        spells: vec![spell(1, 2), spell(3, 4), spell(47, 49)],
        span: spell(0, 96),
    };
    let figures = course.figures();
    let expected = Figures {
        alarms: 3,
        days: 4,
        most_in_a_day: 2,
        median_of_a_day: 0.5,
        longest_storm: 7200,
        quiet_share: 0.25,
    };
    assert_eq!(figures, expected);
    let silent = Course {
        spells: Vec::new(),
        span: 0..1,
    };
    assert_eq!(
        (silent.figures().days, silent.figures().quiet_share),
        (1, 1.0)
    );
    let nothing = Course {
        spells: Vec::new(),
        span: 0..0,
    };
    assert_eq!(
        (nothing.figures().days, nothing.figures().median_of_a_day),
        (0, 0.0)
    );
    // An event in the last minute of a day is an alarm of that day, though it is seen at midnight.
    let midnight = Course {
        spells: vec![spell(24, 25)],
        span: spell(0, 24),
    };
    assert_eq!(midnight.alarms_by_day(), BTreeMap::from([(0, 1)]));
    assert!((midnight.figures().quiet_share - 0.0).abs() < f64::EPSILON);
}

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
