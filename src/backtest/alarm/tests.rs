//! Tables worked out by hand.

use std::collections::BTreeMap;

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

pub(super) const ONE: Published = Published {
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
