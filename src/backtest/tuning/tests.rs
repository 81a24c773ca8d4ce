//! Accounts with noise, and what is proposed for them.

use super::*;
use crate::backtest::hit::Hit;
use crate::backtest::{Backtest, Survey};
use crate::catalog::Catalog;
use crate::desired::{Selection, build};
use crate::settings::Settings;

const HOUR: i64 = 3_600_000;
const SCANNER: &str = "arn:aws:sts::111122223333:assumed-role/scanner/*";

fn control() -> DesiredControl {
    let selection = Selection {
        only: vec!["unauthorized-api-calls".to_owned()],
        ..Selection::default()
    };
    let desired = build(&Catalog::builtin(), &Settings::default(), &selection).unwrap();
    desired.controls[0].clone()
}

/// Returns a refused call.
fn hit(time: i64, arn: &str, address: &str, name: &str) -> Hit {
    Hit {
        time: Some(time),
        event_time: None,
        event_id: Some(format!("{time}")),
        event_name: Some(name.to_owned()),
        event_source: Some("s3.amazonaws.com".to_owned()),
        principal: Some(arn.to_owned()),
        source_address: Some(address.to_owned()),
        error_code: Some("AccessDenied".to_owned()),
        file: "f".into(),
        index: 0,
    }
}

fn scan(time: i64) -> Hit {
    let arn = format!("arn:aws:sts::111122223333:assumed-role/scanner/i-{time}");
    hit(time, &arn, "192.0.2.7", "GetBucketAcl")
}

fn person(time: i64) -> Hit {
    hit(
        time,
        "arn:aws:iam::111122223333:user/alice",
        "198.51.100.3",
        "RunInstances",
    )
}

fn tally(hits: &[Hit]) -> Tally {
    let mut tally = Tally::default();
    for hit in hits {
        tally.add(hit);
    }
    tally
}

const MONTH: Span = Span {
    first: 0,
    last: 30 * 24 * HOUR - 1,
};

/// A scanner every hour of a month, and a person twice.
fn noisy() -> Vec<Hit> {
    let scans = (0..30 * 24).map(|hour| scan(hour * HOUR));
    let persons = [
        person(100 * HOUR + 30 * 60_000),
        person(500 * HOUR + 30 * 60_000),
    ];
    scans.chain(persons).collect()
}

fn rehearsed(hits: &[Hit], budget: &str) -> Rehearsal {
    rehearse(
        &control(),
        &tally(hits),
        Some(MONTH),
        Some(budget.parse().unwrap()),
    )
    .unwrap()
}

#[test]
fn a_noisy_role_is_left_out_and_the_person_still_pages() {
    let rehearsal = rehearsed(&noisy(), "1/week");
    assert_eq!(rehearsal.course.spells.len(), 722);
    let paging = rehearsal.proposal.unwrap().paging.unwrap();
    let source = Source {
        principal: Some(SCANNER.into()),
        source_address: None,
        event_name: Some("GetBucketAcl".into()),
    };
    let [left] = paging.exclusions.as_slice() else {
        panic!("{paging:?}");
    };
    assert_eq!((left.matches, &left.exclusion.source), (720, &source));
    assert_eq!((paging.matches, paging.setting.course.spells.len()), (2, 2));
    assert!((paging.setting.threshold - 1.0).abs() < f64::EPSILON);
    let example = left.lost[0].1.example.clone().unwrap();
    assert_eq!(example.time, 0);
    assert!(
        example
            .properties
            .contains(&("eventName", "GetBucketAcl".into()))
    );
}

#[test]
fn a_role_that_makes_several_calls_is_left_out_whole() {
    let mut hits = noisy();
    hits.extend((0..30 * 24).map(|hour| Hit {
        event_name: Some("GetBucketPolicy".to_owned()),
        ..scan(hour * HOUR)
    }));
    let paging = rehearsed(&hits, "1/week").proposal.unwrap().paging.unwrap();
    assert_eq!(paging.exclusions[0].exclusion.source.event_name, None);
}

#[test]
fn the_order_of_matches_does_not_matter_to_what_is_proposed() {
    let mut hits = noisy();
    let other_calls = hits.clone().into_iter();
    hits.extend(other_calls.map(|hit| Hit {
        event_name: Some("GetBucketPolicy".to_owned()),
        ..hit
    }));
    let forwards = rehearsed(&hits, "1/week");
    let paging = forwards.proposal.clone().unwrap().paging.unwrap();
    let lost = &paging.exclusions[0].lost;
    assert_eq!(lost[0].1.count(), lost[1].1.count());
    hits.reverse();
    assert_eq!(rehearsed(&hits, "1/week"), forwards);
}

#[test]
fn an_alarm_that_stays_in_alarm_is_within_no_budget() {
    let hits: Vec<Hit> = (0..30 * 24 * 15)
        .map(|number| person(number * 4 * 60_000))
        .collect();
    let rehearsal = rehearsed(&hits, "1/week");
    assert_eq!(rehearsal.course.spells.len(), 1);
    assert!(!rehearsal.is_within());
    let setting = rehearsal.proposal.unwrap().setting.unwrap();
    assert_eq!(setting.course.spells.len(), 0, "{setting:?}");
    // For an hour it may.
    let few: Vec<Hit> = hits.into_iter().take(10).collect();
    assert!(rehearsed(&few, "1/week").is_within());
}

#[test]
fn who_spares_people_too_little_is_not_left_out() {
    let one_of = |sources: i64| -> Vec<Hit> {
        let alarm = |number: i64| {
            let source = number % sources;
            let user = format!("arn:aws:iam::111122223333:user/u{source}");
            hit(number * 50 * HOUR, &user, &format!("192.0.2.{source}"), "X")
        };
        (0..12).map(alarm).collect()
    };
    let paging = |sources: i64| {
        let proposal = rehearsed(&one_of(sources), "1/week").proposal;
        proposal.and_then(|proposal| proposal.paging)
    };
    // Each of four causes a quarter of the alarms, each of six a sixth.
    assert!(paging(4).is_some());
    assert_eq!(paging(6), None);
}

#[test]
fn nothing_is_proposed_within_the_budget() {
    let quiet = [person(HOUR), person(400 * HOUR)];
    let rehearsal = rehearsed(&quiet, "1/week");
    assert_eq!(
        (rehearsal.course.spells.len(), rehearsal.proposal),
        (2, None)
    );
    let nothing = rehearse(&control(), &Tally::default(), None, Some(Budget::default())).unwrap();
    assert_eq!((nothing.course.spells.len(), nothing.proposal), (0, None));
}

#[test]
fn the_threshold_fits_the_budget_and_needs_the_fewest_events_in_a_time() {
    // Each hour one, and a storm of forty a minute on one day.
    let mut hits = noisy();
    hits.extend((0..400).map(|second| person(200 * HOUR + second * 1_500)));
    let setting = rehearsed(&hits, "1/week")
        .proposal
        .unwrap()
        .setting
        .unwrap();
    // In any hour there is one scan; with it, each of the two calls and the storm make two and more.
    assert_eq!((setting.period, setting.threshold), (3_600, 2.0));
    assert_eq!(setting.course.spells.len(), 3);
    let setting = rehearsed(&hits, "1/month")
        .proposal
        .unwrap()
        .setting
        .unwrap();
    assert_eq!((setting.period, setting.threshold), (3_600, 3.0));
    assert_eq!(setting.course.spells.len(), 1);
}

#[test]
fn the_root_user_is_never_left_out() {
    let root = |hour: i64| {
        hit(
            hour * HOUR,
            "arn:aws:iam::111122223333:root",
            "2001:db8::1",
            "X",
        )
    };
    let hits: Vec<Hit> = (0..300).map(root).collect();
    let paging = rehearsed(&hits, "1/week").proposal.unwrap().paging;
    let sources = paging.into_iter().flat_map(|paging| paging.exclusions);
    for left in sources {
        assert_eq!(left.exclusion.source.principal, None);
    }
}

#[test]
fn what_cannot_be_kept_apart_is_not_left_out() {
    // Every minute other callers, more than there is room for.
    let callers = (0..5_000).map(|minute| {
        let arn = format!("arn:aws:iam::111122223333:user/u{minute}");
        hit(minute * 60_000, &arn, "192.0.2.7", "X")
    });
    let hits: Vec<Hit> = callers.collect();
    let tally = tally(&hits);
    assert_eq!(tally.groups().detail(), crate::backtest::Detail::Nothing);
    let proposal = rehearsed(&hits, "0/day").proposal.unwrap();
    assert_eq!(proposal.paging, None);
    assert!(proposal.setting.is_some());
}

#[test]
fn what_is_accepted_is_fitted_over_the_time_that_was_simulated() {
    let controls = [control()];
    let backtest = Backtest {
        // Of a log group only what matches is read, and it keeps a month.
        survey: Survey {
            covered: Some(MONTH),
            span: Some(Span::at(0)),
            ..Survey::default()
        },
        tallies: vec![tally(&noisy())],
        ..Backtest::default()
    };
    let rehearsed = Rehearsed::new(&controls, &backtest, "1/week".parse().unwrap());
    let proposed = rehearsed.controls[0].rehearsal.clone().unwrap().proposal;
    let settled = settle(
        &rehearsed,
        &accepted(&rehearsed, &[Acceptance::All]).unwrap(),
    );
    let settings: Vec<_> = settled.into_iter().map(|settled| settled.setting).collect();
    assert_eq!(settings, [Some(proposed.unwrap().paging.unwrap().setting)]);
}
