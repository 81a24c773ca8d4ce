//! Pairs of patterns made to be hard to compare, most of them as long as a pattern may be.

use cis_fix::pattern::{MAXIMUM_LENGTH, Pattern};

/// Makes a pair of patterns.
type Maker = fn() -> (Pattern, Pattern);

const PAIRS: [(&str, Maker); 16] = [
    (
        "many wildcards of one property",
        many_wildcards_of_one_property,
    ),
    (
        "many wildcards, few in common",
        many_wildcards_few_in_common,
    ),
    ("one text of many wildcards", one_text_of_many_wildcards),
    ("intervals and gaps", intervals_and_gaps),
    ("elements of a list", elements_of_a_list),
    ("far elements of a list", far_elements_of_a_list),
    (
        "wildcard selectors and elements",
        wildcard_selectors_and_elements,
    ),
    ("pairs of properties", pairs_of_properties),
    ("pigeons and holes", pigeons_and_holes),
    ("chains of parity", chains_of_parity),
    (
        "regular expressions that blow up",
        regular_expressions_that_blow_up,
    ),
    (
        "regular expressions that count",
        regular_expressions_that_count,
    ),
    (
        "regular expressions and wildcards",
        regular_expressions_and_wildcards,
    ),
    ("numbers and their texts", numbers_and_their_texts),
    ("doubles close together", doubles_close_together),
    ("deep selectors", deep_selectors),
];

/// Returns the names of the pairs.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    PAIRS.iter().map(|(name, _)| *name)
}

/// Returns a pair by its name.
pub(crate) fn pair(name: &str) -> (Pattern, Pattern) {
    let (_, make) = PAIRS.iter().find(|(known, _)| *known == name).unwrap();
    make()
}

fn many_wildcards_of_one_property() -> (Pattern, Pattern) {
    let contains = |number| format!("$.a=\"*{}*\"", letters(number));
    (filled(contains, "&&"), filled(contains, "||"))
}

fn many_wildcards_few_in_common() -> (Pattern, Pattern) {
    let contains =
        |step: usize| move |number: usize| format!("$.a!=\"*{}*\"", letters(number * step));
    (filled(contains(1), "&&"), filled(contains(3), "&&"))
}

fn one_text_of_many_wildcards() -> (Pattern, Pattern) {
    (
        pattern(&format!("{{ $.a = \"{}b\" }}", "*a*b".repeat(250))),
        pattern(&format!("{{ $.a = \"{}a\" }}", "*b*a".repeat(250))),
    )
}

fn intervals_and_gaps() -> (Pattern, Pattern) {
    let interval = |number: usize| format!("$.a>{number}&&$.a<{}", number + 2);
    let differs = |number: usize| format!("$.a!={number}");
    (filled(interval, "||"), filled(differs, "&&"))
}

fn elements_of_a_list() -> (Pattern, Pattern) {
    let element = |number: usize| format!("$.a[{number}]=x");
    (
        filled(element, "||"),
        pattern("{ $.a[*] = x || $.a[*] = y }"),
    )
}

fn far_elements_of_a_list() -> (Pattern, Pattern) {
    let element =
        |value: &'static str| move |number: usize| format!("$.a[{}].b={value}", 9_990 - number);
    (filled(element("x"), "||"), filled(element("y"), "||"))
}

fn wildcard_selectors_and_elements() -> (Pattern, Pattern) {
    let element = |number: usize| format!("$.a[{number}].b!=x");
    (
        filled(element, "&&"),
        pattern("{ $.a[*].b != x && $.*[0].b != y && $.a[0].* IS NULL }"),
    )
}

fn pairs_of_properties() -> (Pattern, Pattern) {
    let pair = |number: usize| format!("($.{}=1||$.{}=1)", letters(number), letters(number + 9));
    let other = |number: usize| format!("($.{}=1||$.{}=1)", letters(number), letters(number + 7));
    (filled(pair, "&&"), filled(other, "&&"))
}

fn pigeons_and_holes() -> (Pattern, Pattern) {
    (pigeons(5, 4), pattern("{ $.z = 1 && $.z = 2 }"))
}

fn chains_of_parity() -> (Pattern, Pattern) {
    (parity(14, '1'), parity(14, '2'))
}

fn regular_expressions_that_blow_up() -> (Pattern, Pattern) {
    (
        pattern("{ $.a = %^[ab]*a[ab]{30}$% && $.a != %b[ab]{29}$% }"),
        pattern("{ $.a = %^[ab]*a[ab][ab]{29}$% && $.a != %a[ab]{28}$% }"),
    )
}

fn regular_expressions_that_count() -> (Pattern, Pattern) {
    (
        pattern("{ $.a = %x{900}% && $.a != %x{901}% }"),
        pattern("{ $.a = %^y*x{900}% && $.a != %z{1000}% }"),
    )
}

fn regular_expressions_and_wildcards() -> (Pattern, Pattern) {
    let contains = |number: usize| match number {
        0 => "$.a=%[a-m].{9}[n-z]%".to_owned(),
        1 => "$.a!=%[n-z].{8}[a-m]%".to_owned(),
        _ => format!("$.a!=\"*{}*\"", letters(number)),
    };
    (
        filled(contains, "&&"),
        pattern("{ $.a = %a.{12}b% && $.a != %b.{11}a% }"),
    )
}

fn numbers_and_their_texts() -> (Pattern, Pattern) {
    let digits = |number: usize| format!("$.a!=\"*{number}*\"");
    let values = |number: usize| format!("$.a!={}", number * 1_001);
    let bounded = |text: &Pattern| {
        let inside = text.text().trim_matches(['{', '}']);
        pattern(&format!(
            "{{ $.a>1000&&{} }}",
            inside.split_once("&&").unwrap().1
        ))
    };
    (
        bounded(&filled(digits, "&&")),
        bounded(&filled(values, "&&")),
    )
}

fn doubles_close_together() -> (Pattern, Pattern) {
    (
        pattern("{ $.a > 0.1 && $.a < 0.1000000000000001 && $.a = \"*7*7*7*\" && $.a != \"*1\" }"),
        pattern(
            "{ $.a > 1e308 && $.a < 1e309 && $.a = \"*.*9*9*\" || $.a > 0.1 && $.a = %^0[.]10*[1-3]{1,9}$% }",
        ),
    )
}

fn deep_selectors() -> (Pattern, Pattern) {
    let deep = |number: usize| format!("${}=x", ".a".repeat(number + 1));
    let other = |number: usize| format!("${} NOT EXISTS", ".a".repeat(number + 1));
    (filled(deep, "||"), filled(other, "||"))
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

fn letter(number: usize) -> char {
    char::from(b'a' + u8::try_from(number % 26).unwrap())
}

/// Two letters for a number.
fn letters(number: usize) -> String {
    format!("{}{}", letter(number), letter(number / 26))
}

/// So many pigeons in fewer holes, each hole for one: no event.
fn pigeons(pigeons: usize, holes: usize) -> Pattern {
    let mut parts = Vec::new();
    for pigeon in 0..pigeons {
        let in_holes: Vec<String> = (0..holes)
            .map(|hole| format!("$.{}[{hole}]=1", letter(pigeon)))
            .collect();
        parts.push(format!("({})", in_holes.join("||")));
    }
    for hole in 0..holes {
        for pigeon in 0..pigeons {
            for other in 0..pigeon {
                let out = [pigeon, other].map(|bird| format!("$.{}[{hole}] IS NULL", letter(bird)));
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
    let differ = |number: usize| {
        let (left, right) = (letter(number), letter(number + 1));
        format!("($.{left}=1&&$.{right}=2||$.{left}=2&&$.{right}=1)")
    };
    let chain: Vec<String> = (0..count).map(differ).collect();
    pattern(&format!(
        "{{ {}&&$.{}={last} }}",
        chain.join("&&"),
        letter(count)
    ))
}
