//! Patterns and messages out of arbitrary bytes, over an alphabet so small that everything collides.

use libfuzzer_sys::arbitrary::{Result, Unstructured};

const SELECTORS: [&str; 22] = [
    "$.a",
    "$.a",
    "$.b",
    "$.a.b",
    "$.a.b.c",
    "$.a[0]",
    "$.a[1]",
    "$.a[*]",
    "$.a[*].b",
    "$.a.*",
    "$.*",
    "$.*.b",
    "$.*[0]",
    "$.a[0].b",
    "$.a[0][1]",
    "$.a[0][*]",
    "$.['a']",
    "$.['a.b']",
    "$.['é']",
    "$.a.['b c']",
    "$.A",
    "$.['']a']",
];

const TESTS: [&str; 58] = [
    "= x",
    "!= x",
    "= y",
    "!= \"\"",
    "= \"x*\"",
    "= \"*y\"",
    "!= \"*x*\"",
    "= x*y",
    "= *",
    "!= *",
    "= \"\"",
    "= 1",
    "!= 1",
    "= 1.0",
    "!= 1.0",
    "= +1",
    "= -0",
    "= 01",
    "= \"1\"",
    "= \"1.0\"",
    "= \"1*\"",
    "!= \"*.0\"",
    "= \"*E*\"",
    "= 1e2",
    "= 100",
    "= \"100.0\"",
    "< 1",
    "<= 1",
    "> 1",
    ">= 1",
    "< 2",
    "> -1.5",
    "= 2",
    "> 9007199254740992",
    "= 9007199254740993",
    "< 1e309",
    "> 1e308",
    "= 1e400",
    "= %x%",
    "!= %^1%",
    "= %^xy?$%",
    "= %\\x78{2,3}%",
    "!= %[^x]%",
    "= %.%",
    "= %\\.0$%",
    "= \"Inf*\"",
    "= \"-Inf*\"",
    "IS NULL",
    "IS TRUE",
    "IS FALSE",
    "NOT EXISTS",
    "NOT EXISTS",
    "= -1",
    "= \"a\\\"b\"",
    "= \"\\\\\"",
    "= é",
    "= \"é*\"",
    "= true",
];

const SCALARS: [&str; 48] = [
    "null",
    "true",
    "false",
    "\"\"",
    "\"x\"",
    "\"y\"",
    "\"xy\"",
    "\"xxy\"",
    "\"yx\"",
    "\"1\"",
    "\"1.0\"",
    "\"01\"",
    "\"+1\"",
    "\"-0\"",
    "\"Infinity\"",
    "\"\\u0078\"",
    "\"\\ud83d\\ude00\"",
    "\"\\ud83d\"",
    "\"a\\\"b\"",
    "\"\\\\\"",
    "\"é\"",
    "\"\\u00e9\"",
    "\"\\n\"",
    "\"\u{7f}\"",
    "\"abcdefghijklmnopqrstuvwxyz\"",
    "1",
    "1.0",
    "1e0",
    "10e-1",
    "2",
    "0.5",
    "-1",
    "-0",
    "-0.0",
    "0",
    "100",
    "1e2",
    "1E+2",
    "9007199254740992",
    "9007199254740993",
    "9007199254740993.0",
    "1e309",
    "-1e309",
    "1e-999",
    "1e2147483648",
    "01",
    "1.",
    "\"\t\"",
];

const NAMES: [&str; 12] = [
    "\"a\"",
    "\"b\"",
    "\"c\"",
    "\"A\"",
    "\"\\u0061\"",
    "\"a.b\"",
    "\"b c\"",
    "\"é\"",
    "\"\\u00e9\"",
    "\"\"",
    "\"a\\u0000\"",
    "\"aaaaaaaaaaaaaaaaaaaaaaa\"",
];

const BLANKS: [&str; 4] = [" ", "\n", "\t\r", "\u{a0}"];

/// Makes the text of a JSON pattern, which may be past a limit of the language.
pub fn pattern(bytes: &mut Unstructured<'_>) -> Result<String> {
    Ok(format!("{{ {} }}", expression(bytes, 0)?))
}

fn expression(bytes: &mut Unstructured<'_>, depth: usize) -> Result<String> {
    if depth >= 4 || bytes.ratio(1_u8, 2)? {
        return Ok(format!(
            "{} {}",
            bytes.choose(&SELECTORS)?,
            bytes.choose(&TESTS)?
        ));
    }
    let mut members = Vec::new();
    for _ in 0..bytes.int_in_range(2..=3)? {
        members.push(expression(bytes, depth + 1)?);
    }
    let joined = members.join(bytes.choose(&[" && ", " || "])?);
    // Without parentheses, precedence has its say.
    Ok(if bytes.ratio(3_u8, 4)? {
        format!("({joined})")
    } else {
        joined
    })
}

/// Makes a message: an event mostly, and now and then something that only looks like one.
pub fn message(bytes: &mut Unstructured<'_>) -> Result<String> {
    let mut text = String::new();
    blank(bytes, &mut text)?;
    if bytes.ratio(15_u8, 16)? {
        object(bytes, &mut text, 0)?;
    } else {
        value(bytes, &mut text, 0)?;
    }
    blank(bytes, &mut text)?;
    if bytes.ratio(1_u8, 8)? && !text.is_empty() {
        let place = bytes.choose_index(text.len())?;
        if text.is_char_boundary(place) {
            if bytes.arbitrary()? {
                text.insert(
                    place,
                    *bytes.choose(&[
                        '{', '}', '[', ']', '"', ',', ':', '\\', ' ', '1', '-', '.', 'e', '\u{1}',
                    ])?,
                );
            } else {
                text.remove(place);
            }
        }
    }
    Ok(text)
}

fn blank(bytes: &mut Unstructured<'_>, text: &mut String) -> Result<()> {
    if bytes.ratio(1_u8, 16)? {
        text.push_str(bytes.choose(&BLANKS)?);
    }
    Ok(())
}

fn value(bytes: &mut Unstructured<'_>, text: &mut String, depth: usize) -> Result<()> {
    match bytes.int_in_range(0..=9_u8)? {
        0..=1 if depth < 4 => object(bytes, text, depth + 1),
        2..=3 if depth < 4 => list(bytes, text, depth + 1),
        4 if bytes.ratio(1_u8, 64)? => {
            let levels = bytes.int_in_range(100..=200_usize)?;
            text.push_str(&"[".repeat(levels));
            text.push_str(&"]".repeat(levels));
            Ok(())
        }
        _ => {
            text.push_str(bytes.choose(&SCALARS)?);
            Ok(())
        }
    }
}

fn object(bytes: &mut Unstructured<'_>, text: &mut String, depth: usize) -> Result<()> {
    text.push('{');
    let count = bytes.int_in_range(0..=4_usize)?;
    for number in 0..count {
        if number > 0 {
            text.push(',');
        }
        text.push_str(bytes.choose(&NAMES)?);
        blank(bytes, text)?;
        text.push(':');
        blank(bytes, text)?;
        value(bytes, text, depth)?;
    }
    text.push('}');
    Ok(())
}

fn list(bytes: &mut Unstructured<'_>, text: &mut String, depth: usize) -> Result<()> {
    text.push('[');
    let count = bytes.int_in_range(0..=3_usize)?;
    for number in 0..count {
        if number > 0 {
            text.push(',');
        }
        value(bytes, text, depth)?;
    }
    text.push(']');
    Ok(())
}
