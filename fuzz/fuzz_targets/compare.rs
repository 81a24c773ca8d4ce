//! A comparison is confirmed by its events, is the same from the other side, and no other event speaks against it.

#![no_main]

use cis_fix::pattern::{Comparison, Event, Pattern, Relation, compare};
use libfuzzer_sys::arbitrary::{Result, Unstructured};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    // Bytes that run out make no case.
    let _ = run(&mut Unstructured::new(bytes));
});

fn run(bytes: &mut Unstructured<'_>) -> Result<()> {
    let (a, b) = (cis_fix_fuzz::pattern(bytes)?, cis_fix_fuzz::pattern(bytes)?);
    let (Ok(a), Ok(b)) = (Pattern::parse(&a), Pattern::parse(&b)) else {
        return Ok(());
    };
    let comparison = compare(&a, &b);
    confirm(&a, &b, &comparison);
    let back = compare(&b, &a);
    confirm(&b, &a, &back);
    assert_eq!(back.relation, reversed(comparison.relation), "{a} and {b}");
    for _ in 0..6 {
        let event = Event::parse(&cis_fix_fuzz::message(bytes)?);
        let known = match (a.matches(&event), b.matches(&event)) {
            (true, false) => comparison.only_a.is_some(),
            (false, true) => comparison.only_b.is_some(),
            (true, true) => comparison.both.is_some(),
            (false, false) => true,
        };
        assert!(
            known,
            "{event} speaks against {comparison:?} of {a} and {b}"
        );
    }
    Ok(())
}

/// Panics unless the events are what they are said to be and the relation follows from them.
fn confirm(a: &Pattern, b: &Pattern, comparison: &Comparison) {
    let Comparison {
        relation,
        only_a,
        only_b,
        both,
        undecided_reason,
    } = comparison;
    let expected = [
        (only_a, (true, false)),
        (only_b, (false, true)),
        (both, (true, true)),
    ];
    for (event, truths) in expected {
        if let Some(event) = event {
            assert_eq!(
                (a.matches(event), b.matches(event)),
                truths,
                "{event} for {a} and {b}"
            );
        }
    }
    let exist = (only_a.is_some(), only_b.is_some(), both.is_some());
    let follows = match relation {
        Relation::Equivalent => matches!(exist, (false, false, _)),
        Relation::Narrower => matches!(exist, (false, true, _)),
        Relation::Broader => matches!(exist, (true, false, _)),
        Relation::Overlapping => exist == (true, true, true),
        Relation::Disjoint => exist == (true, true, false),
        Relation::Undecided => panic!("{undecided_reason:?} for {a} and {b}"),
    };
    assert!(follows, "{comparison:?} of {a} and {b}");
}

fn reversed(relation: Relation) -> Relation {
    match relation {
        Relation::Narrower => Relation::Broader,
        Relation::Broader => Relation::Narrower,
        Relation::Equivalent | Relation::Overlapping | Relation::Disjoint | Relation::Undecided => {
            relation
        }
    }
}
