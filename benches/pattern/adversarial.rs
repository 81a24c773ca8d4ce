//! Pairs of patterns made to be hard to compare, most of them as long as a pattern may be.

use cis_fix::pattern::{MAXIMUM_LENGTH, Pattern};

/// The names of the pairs.
pub(crate) const NAMES: [&str; 16] = [
    "many wildcards of one property",
    "many wildcards, few in common",
    "one text of many wildcards",
    "intervals and gaps",
    "elements of a list",
    "far elements of a list",
    "wildcard selectors and elements",
    "pairs of properties",
    "pigeons and holes",
    "chains of parity",
    "regular expressions that blow up",
    "regular expressions that count",
    "regular expressions and wildcards",
    "numbers and their texts",
    "doubles close together",
    "deep selectors",
];

/// Returns a pair by its name.
pub(crate) fn pair(name: &str) -> (Pattern, Pattern) {
    let number = |text: &str| pattern(text);
    match name {
        "many wildcards of one property" => {
            let contains = |number| format!("$.a=\"*{}*\"", letters(number));
            (filled(contains, "&&"), filled(contains, "||"))
        }
        "many wildcards, few in common" => {
            let contains =
                |step: usize| move |number: usize| format!("$.a!=\"*{}*\"", letters(number * step));
            (filled(contains(1), "&&"), filled(contains(3), "&&"))
        }
        "one text of many wildcards" => (
            number(&format!("{{ $.a = \"{}b\" }}", "*a*b".repeat(250))),
            number(&format!("{{ $.a = \"{}a\" }}", "*b*a".repeat(250))),
        ),
        "intervals and gaps" => {
            let interval = |number: usize| format!("$.a>{number}&&$.a<{}", number + 2);
            let differs = |number: usize| format!("$.a!={number}");
            (filled(interval, "||"), filled(differs, "&&"))
        }
        "elements of a list" => {
            let element = |number: usize| format!("$.a[{number}]=x");
            (
                filled(element, "||"),
                number("{ $.a[*] = x || $.a[*] = y }"),
            )
        }
        "far elements of a list" => {
            let element = |value: &'static str| {
                move |number: usize| format!("$.a[{}].b={value}", 9_990 - number)
            };
            (filled(element("x"), "||"), filled(element("y"), "||"))
        }
        "wildcard selectors and elements" => {
            let element = |number: usize| format!("$.a[{number}].b!=x");
            (
                filled(element, "&&"),
                number("{ $.a[*].b != x && $.*[0].b != y && $.a[0].* IS NULL }"),
            )
        }
        "pairs of properties" => {
            let pair =
                |number: usize| format!("($.{}=1||$.{}=1)", letters(number), letters(number + 9));
            let other =
                |number: usize| format!("($.{}=1||$.{}=1)", letters(number), letters(number + 7));
            (filled(pair, "&&"), filled(other, "&&"))
        }
        "pigeons and holes" => (pigeons(5, 4), number("{ $.z = 1 && $.z = 2 }")),
        "chains of parity" => (parity(14, '1'), parity(14, '2')),
        "regular expressions that blow up" => (
            number("{ $.a = %^[ab]*a[ab]{30}$% && $.a != %b[ab]{29}$% }"),
            number("{ $.a = %^[ab]*a[ab][ab]{29}$% && $.a != %a[ab]{28}$% }"),
        ),
        "regular expressions that count" => (
            number("{ $.a = %x{900}% && $.a != %x{901}% }"),
            number("{ $.a = %^y*x{900}% && $.a != %z{1000}% }"),
        ),
        "regular expressions and wildcards" => {
            let contains = |number: usize| match number {
                0 => "$.a=%[a-m].{9}[n-z]%".to_owned(),
                1 => "$.a!=%[n-z].{8}[a-m]%".to_owned(),
                _ => format!("$.a!=\"*{}*\"", letters(number)),
            };
            (
                filled(contains, "&&"),
                number("{ $.a = %a.{12}b% && $.a != %b.{11}a% }"),
            )
        }
        "numbers and their texts" => {
            let digits = |number: usize| format!("$.a!=\"*{number}*\"");
            let values = |number: usize| format!("$.a!={}", number * 1_001);
            let bounded = |text: &Pattern| {
                let inside = text.text().trim_matches(['{', '}']);
                number(&format!(
                    "{{ $.a>1000&&{} }}",
                    inside.split_once("&&").unwrap().1
                ))
            };
            (
                bounded(&filled(digits, "&&")),
                bounded(&filled(values, "&&")),
            )
        }
        "doubles close together" => (
            number(
                "{ $.a > 0.1 && $.a < 0.1000000000000001 && $.a = \"*7*7*7*\" && $.a != \"*1\" }",
            ),
            number(
                "{ $.a > 1e308 && $.a < 1e309 && $.a = \"*.*9*9*\" || $.a > 0.1 && $.a = %^0[.]10*[1-3]{1,9}$% }",
            ),
        ),
        "deep selectors" => {
            let deep = |number: usize| format!("${}=x", ".a".repeat(number + 1));
            let other = |number: usize| format!("${} NOT EXISTS", ".a".repeat(number + 1));
            (filled(deep, "||"), filled(other, "||"))
        }
        other => unreachable!("no pair is named {other}"),
    }
}

fn pattern(text: &str) -> Pattern {
    text.parse().unwrap()
}

/// Joins as many conditions as fit into a pattern.
fn filled(condition: impl Fn(usize) -> String, operator: &str) -> Pattern {
    let mut inside = condition(0);
    for number in 1.. {
        let next = condition(number);
        if inside.len() + operator.len() + next.len() + 4 > MAXIMUM_LENGTH {
            break;
        }
        inside = format!("{inside}{operator}{next}");
    }
    pattern(&format!("{{ {inside} }}"))
}

/// Two letters for a number.
fn letters(number: usize) -> String {
    let letter = |number: usize| char::from(b'a' + u8::try_from(number % 26).unwrap());
    format!("{}{}", letter(number), letter(number / 26))
}

/// So many pigeons in fewer holes, each hole for one: no event.
fn pigeons(pigeons: usize, holes: usize) -> Pattern {
    let mut parts = Vec::new();
    for pigeon in 0..pigeons {
        let in_holes: Vec<String> = (0..holes)
            .map(|hole| format!("$.{}[{hole}]=1", &letters(pigeon)[..1]))
            .collect();
        parts.push(format!("({})", in_holes.join("||")));
    }
    for hole in 0..holes {
        for pigeon in 0..pigeons {
            for other in 0..pigeon {
                let out = [pigeon, other]
                    .map(|bird| format!("$.{}[{hole}] IS NULL", &letters(bird)[..1]));
                parts.push(format!("({})", out.join("||")));
            }
        }
    }
    let fitting: String = parts.join("&&");
    let mut text = fitting;
    while text.len() + 4 > MAXIMUM_LENGTH {
        text.truncate(text.rfind("&&").unwrap());
    }
    pattern(&format!("{{ {text} }}"))
}

/// Neighbours that differ, from the first property to the last: hard to refute one by one.
fn parity(count: usize, last: char) -> Pattern {
    let name = |number: usize| letters(number)[..1].to_owned();
    let differ = |number: usize| {
        let (left, right) = (name(number), name(number + 1));
        format!("($.{left}=1&&$.{right}=2||$.{left}=2&&$.{right}=1)")
    };
    let chain: Vec<String> = (0..count).map(differ).collect();
    pattern(&format!(
        "{{ {}&&$.{}={last} }}",
        chain.join("&&"),
        name(count)
    ))
}
