//! Patterns made to be hard: each is answered, and where the answer is known, rightly.

use cis_fix::pattern::{
    MAXIMUM_LENGTH, Pattern, Relation, UndecidedReason, compare, compare_union,
};

use super::{relation, reversed};

/// Joins as many conditions as fit into a pattern.
fn filled(condition: impl Fn(usize) -> String, operator: &str) -> Pattern {
    let mut text = format!("{{ {}", condition(0));
    for number in 1.. {
        let next = condition(number);
        if text.len() + operator.len() + next.len() + 2 > MAXIMUM_LENGTH {
            break;
        }
        text = format!("{text}{operator}{next}");
    }
    Pattern::parse(&format!("{text} }}")).unwrap()
}

fn pattern(text: &str) -> Pattern {
    Pattern::parse(text).unwrap()
}

/// Two letters for a number.
fn letters(number: usize) -> String {
    let letter = |number: usize| char::from(b'a' + u8::try_from(number % 26).unwrap());
    format!("{}{}", letter(number), letter(number / 26))
}

#[test]
fn hundreds_of_parentheses_are_read_and_printed() {
    let deep = format!("{{{}$.a=1{}}}", "(".repeat(508), ")".repeat(508));
    assert_eq!(pattern(&deep), pattern("{ $.a = 1 }"));
    for broken in [
        format!("{{{}}}", "(".repeat(1000)),
        format!("{{$.a=1{}}}", ")".repeat(1000)),
    ] {
        assert!(Pattern::parse(&broken).is_err());
    }
    let mut nested = "$.a=1".to_owned();
    while nested.len() < 600 {
        nested = format!("($.b=2&&($.c=3||{nested}))");
    }
    let nested = pattern(&format!("{{{nested}}}"));
    assert_eq!(pattern(&nested.to_string()), nested);
    assert_eq!(relation(&nested, &nested), Relation::Equivalent);
}

#[test]
fn the_limit_of_the_length_counts_characters() {
    let longest = format!("{{ $.a = \"{}\" }}", "é".repeat(MAXIMUM_LENGTH - 12));
    assert_eq!(longest.chars().count(), MAXIMUM_LENGTH);
    assert!(Pattern::parse(&longest).is_ok());
    assert!(Pattern::parse(&format!("{longest} ")).is_err());
}

/// Panics unless `a` relates to `b` as expected, and `b` to `a` the other way round.
fn check(a: &Pattern, b: &Pattern, expected: Relation) {
    assert_eq!(relation(a, b), expected, "{a} and {b}");
    assert_eq!(relation(b, a), reversed(expected), "{b} and {a}");
}

#[test]
fn full_patterns_get_the_right_answer() {
    let contains = |number: usize| format!("$.a=\"*{}*\"", letters(number));
    let contains_others = |number: usize| format!("$.a=\"*{}*\"", letters(number * 3 + 1));
    let intervals = |number: usize| format!("$.a>{number}&&$.a<{}", number + 2);
    let differs = |number: usize| format!("$.a!={number}");
    let element = |number: usize| format!("$.a[{number}]=x");
    let pair = |number: usize| format!("$.{}=1&&$.{}=1", letters(number), letters(number + 9));
    let all = filled(contains, "&&");
    check(
        &filled(contains, "||"),
        &filled(contains, "||"),
        Relation::Equivalent,
    );
    check(&all, &filled(contains, "||"), Relation::Narrower);
    check(&all, &filled(contains_others, "&&"), Relation::Overlapping);
    check(
        &filled(intervals, "||"),
        &filled(differs, "&&"),
        Relation::Overlapping,
    );
    check(
        &filled(element, "||"),
        &pattern("{ $.a[*] = x || $.a[*] = y }"),
        Relation::Narrower,
    );
    check(
        &filled(pair, "||"),
        &pattern("{ $.* = 1 }"),
        Relation::Narrower,
    );
}

#[test]
fn hard_texts_and_numbers_get_the_right_answer() {
    let deep = |steps: usize, test: &str| format!("{{ ${} {test} }}", ".a".repeat(steps));
    let beyond_texts = "{ $.a > 1.00000000000000000001 && $.a < 1.00000000000000000002 }";
    let table = [
        (
            "{ $.a = %a.{12}b% && $.a != %b.{11}a% }",
            "{ $.a = %a.{11}b% && $.a != %a.{13}b% }",
            Relation::Overlapping,
        ),
        (
            "{ $.a = %x{900}% && $.a != %x{901}% }",
            "{ $.a = %^y*x{900}% }",
            Relation::Overlapping,
        ),
        (
            beyond_texts,
            "{ $.a NOT EXISTS && $.a = x }",
            Relation::Equivalent,
        ),
        (
            "{ $.a > 0.1 && $.a < 0.10000000000000003 }",
            "{ $.a = 0.10000000000000002 && $.a > 0 }",
            Relation::Equivalent,
        ),
        (
            "{ $.a = 0.1 && $.a >= 0 }",
            "{ $.a = 1e-1 && $.a >= 0 }",
            Relation::Equivalent,
        ),
        (
            "{ $.a > 1e308 && $.a < 1e309 && $.a = \"*.*\" }",
            "{ $.a > 1e308 && $.a <= 1e400 }",
            Relation::Narrower,
        ),
        (
            "{ $.a = 4* && $.a > 39 && $.a < 500 }",
            "{ $.a = 4* && $.a >= 40 && $.a <= 499 }",
            Relation::Broader,
        ),
        (&deep(126, "= 1"), "{ $.a = x }", Relation::Disjoint),
        // No event nests that deep.
        (
            &deep(200, "= 1"),
            &deep(200, "IS NULL"),
            Relation::Equivalent,
        ),
    ];
    for (a, b, expected) in table {
        check(&pattern(a), &pattern(b), expected);
    }
}

#[test]
fn past_a_bound_nothing_is_claimed() {
    let table = [
        (
            "{ $.a = %^[ab]*a[ab]{30}$% }",
            "{ $.a = %^[ab]*a[ab][ab]{29}$% }",
            UndecidedReason::Automata,
        ),
        (
            "{ $.a > 1e2147483646 }",
            "{ $.a > 1e2147483647 }",
            UndecidedReason::Number,
        ),
        (
            "{ $.a[4000000000] = x }",
            "{ $.a[4000000000] = y }",
            UndecidedReason::List,
        ),
    ];
    for (a, b, reason) in table {
        let comparison = compare(&pattern(a), &pattern(b));
        assert_eq!(
            (comparison.relation, comparison.undecided_reason),
            (Relation::Undecided, Some(reason)),
            "{a} and {b}"
        );
    }
}

#[test]
fn a_far_element_matters_only_where_it_must() {
    assert_eq!(
        relation(
            &pattern("{ $.a[4000000000] = x && $.a[4000000000] = y }"),
            &pattern("{ $.a = x }")
        ),
        Relation::Narrower
    );
    assert_eq!(
        relation(
            &pattern("{ $.a[4000000000] = x || $.b = x }"),
            &pattern("{ $.b = x || $.a[4000000000] = x }")
        ),
        Relation::Equivalent
    );
}

#[test]
fn unions_of_many_patterns_are_compared() {
    let parts: Vec<Pattern> = (0..60)
        .map(|start| {
            filled(
                |number| format!("$.eventName=E{}", start * 7 + number),
                "||",
            )
        })
        .collect();
    let union: Vec<&Pattern> = parts.iter().collect();
    let inner = filled(|number| format!("$.eventName=E{}", number + 200), "||");
    assert_eq!(compare_union(&union, &inner).relation, Relation::Broader);
    assert_eq!(
        compare_union(&union, &pattern("{ $.eventName = E* }")).relation,
        Relation::Narrower
    );
    assert_eq!(compare_union(&[], &inner).relation, Relation::Narrower);
    assert_eq!(
        compare_union(&[], &pattern("{ $.a = x && $.a = y }")).relation,
        Relation::Equivalent
    );
}

#[test]
fn blank_is_broader_than_any_json_pattern() {
    assert_eq!(
        relation(&pattern(""), &pattern("{ $.a NOT EXISTS || $.a = * }")),
        Relation::Broader
    );
    assert_eq!(relation(&pattern(""), &pattern(" ")), Relation::Equivalent);
    assert_eq!(
        relation(&pattern("ERROR"), &pattern("ERROR")),
        Relation::Equivalent
    );
    assert_eq!(
        relation(&pattern("ERROR"), &pattern("")),
        Relation::Undecided
    );
}
