//! Exact decimal numbers: what a pattern writes, and what an event holds.
//!
//! Literals are exact decimals of any size. An event's integer is exact too, every other number of an event is a double. There is no
//! arithmetic here: numbers are compared, and printed as the service prints them, nothing else.

use std::cmp::Ordering;

/// The largest exponent that a literal may have: it must fit 32 bits.
const EXPONENT_LIMIT: i64 = i32::MAX as i64;

/// An exact decimal: the sign, and the digits of `0.d₁d₂…` times ten to the `exponent`.
///
/// INVARIANT: `digits` holds neither leading nor trailing zeros, and zero is positive with no digits and exponent 0, so that equal
/// values are equal structures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Decimal {
    negative: bool,
    digits: String,
    exponent: i64,
}

impl Decimal {
    /// Reads `[+-] (digits [. [digits]] | . digits) [(e|E) [+-] digits]`, or nothing when the text is not a number.
    ///
    /// An exponent outside 32 bits is no number either.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (negative, unsigned) = split_sign(text);
        let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, parse_exponent(exponent)?),
            None => (unsigned, 0),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let digits = format!("{whole}{fraction}");
        if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let point = i64::try_from(whole.len()).ok()?;
        Some(Self::normalized(negative, &digits, exponent + point))
    }

    fn normalized(negative: bool, digits: &str, exponent: i64) -> Self {
        let significant = digits.trim_start_matches('0');
        let leading_zeros = digits.len() - significant.len();
        let digits = significant.trim_end_matches('0');
        if digits.is_empty() {
            return Self {
                negative: false,
                digits: String::new(),
                exponent: 0,
            };
        }
        let shift = i64::try_from(leading_zeros).unwrap_or(i64::MAX);
        Self {
            negative,
            digits: digits.to_owned(),
            exponent: exponent.saturating_sub(shift),
        }
    }

    /// Tells whether the number is zero.
    pub(crate) fn is_zero(&self) -> bool {
        self.digits.is_empty()
    }

    /// Tells whether the number is below zero.
    pub(crate) fn is_negative(&self) -> bool {
        self.negative
    }

    /// Returns the distance from zero.
    pub(crate) fn magnitude(&self) -> Self {
        Self {
            negative: false,
            ..self.clone()
        }
    }

    /// Returns the significant digits, without zeros at either end.
    pub(crate) fn digits(&self) -> &[u8] {
        self.digits.as_bytes()
    }

    /// Returns the power of ten that `0.d₁d₂…` is multiplied with.
    pub(crate) fn exponent(&self) -> i64 {
        self.exponent
    }

    /// Returns the closest double.
    pub(crate) fn to_double(&self) -> f64 {
        let sign = if self.negative { "-" } else { "" };
        let spelling = format!("{sign}0.{}e{}", self.digits, self.exponent);
        spelling.parse().unwrap_or_default()
    }

    /// Returns the digits of a whole number, or nothing when it is none or has more than `most` digits.
    pub(crate) fn to_whole(&self, most: usize) -> Option<String> {
        if self.is_zero() {
            return Some("0".to_owned());
        }
        let length = usize::try_from(self.exponent)
            .ok()
            .filter(|&length| length <= most)?;
        let zeros = length.checked_sub(self.digits.len())?;
        let sign = if self.negative { "-" } else { "" };
        Some(format!("{sign}{}{}", self.digits, "0".repeat(zeros)))
    }

    /// Compares the distances from zero.
    fn compare_magnitude(&self, other: &Self) -> Ordering {
        match (self.is_zero(), other.is_zero()) {
            (true, true) => Ordering::Equal,
            (true, false) => Ordering::Less,
            (false, true) => Ordering::Greater,
            (false, false) => self
                .exponent
                .cmp(&other.exponent)
                .then_with(|| self.digits.cmp(&other.digits)),
        }
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self.negative, other.negative) {
            (false, true) => Ordering::Greater,
            (true, false) => Ordering::Less,
            (false, false) => self.compare_magnitude(other),
            (true, true) => other.compare_magnitude(self),
        }
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

fn split_sign(text: &str) -> (bool, &str) {
    match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    }
}

fn parse_exponent(text: &str) -> Option<i64> {
    let (negative, digits) = split_sign(text);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let magnitude = digits
        .parse::<i64>()
        .ok()
        .filter(|&value| value <= EXPONENT_LIMIT)?;
    Some(if negative { -magnitude } else { magnitude })
}

/// A number of an event, as the service sees it: its value, and the text that wildcards and regular expressions look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct EventNumber {
    /// The value, or nothing when the number is too large for a double.
    pub(crate) value: Option<Decimal>,
    /// The text form.
    pub(crate) text: String,
}

impl EventNumber {
    /// Reads a number as JSON spells it; nothing when the spelling is not a JSON number.
    pub(crate) fn parse(spelling: &str) -> Option<Self> {
        // An exponent of any size makes a double, if only zero or an infinite one.
        if spelling.contains(['.', 'e', 'E']) {
            return spelling.parse::<f64>().ok().map(Self::from_double);
        }
        let value = Decimal::parse(spelling)?;
        let text = if value.is_zero() { "0" } else { spelling };
        Some(Self {
            value: Some(value),
            text: text.to_owned(),
        })
    }

    fn from_double(double: f64) -> Self {
        if double.is_infinite() {
            let text = if double < 0.0 {
                "-Infinity"
            } else {
                "Infinity"
            };
            return Self {
                value: None,
                text: text.to_owned(),
            };
        }
        let text = print_double(double);
        Self {
            value: Decimal::parse(&text),
            text,
        }
    }
}

/// Prints a finite double with at least one decimal; from ten million on, and below a thousandth, as `d.dEn`.
///
/// This is how Java prints doubles, which is what the recorded answers of the service look like.
pub(crate) fn print_double(double: f64) -> String {
    let magnitude = double.abs();
    let plain = double == 0.0 || (1e-3..1e7).contains(&magnitude);
    if plain {
        let text = double.to_string();
        return if text.contains('.') {
            text
        } else {
            format!("{text}.0")
        };
    }
    let text = format!("{double:E}");
    match text.split_once('E') {
        Some((mantissa, exponent)) if !mantissa.contains('.') => format!("{mantissa}.0E{exponent}"),
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Decimal {
        Decimal::parse(text).unwrap()
    }

    #[test]
    fn equal_values_are_equal_whatever_their_spelling() {
        for (left, right) in [
            ("1", "+1.0"),
            ("1e3", "1000"),
            ("10e-3", ".01"),
            ("-0", "0.0e9"),
            ("5.", "5"),
            ("0100", "1E2"),
        ] {
            assert_eq!(decimal(left), decimal(right), "{left} and {right}");
        }
    }

    #[test]
    fn numbers_are_ordered_by_value() {
        let ascending = [
            "-1e400",
            "-12",
            "-11.9",
            "-0.5",
            "0",
            "1e-400",
            "0.09",
            "0.1",
            "9",
            "10",
            "9007199254740992",
            "9007199254740993",
            "1e400",
        ];
        for pair in ascending.windows(2) {
            assert!(decimal(pair[0]) < decimal(pair[1]), "{pair:?}");
        }
    }

    #[test]
    fn a_text_that_is_no_number_is_refused() {
        for text in [
            "",
            "+",
            ".",
            "1e",
            "e5",
            "1.2.3",
            "1e2147483648",
            "1e-2147483648",
            "0x1",
            "1e+",
            "１",
        ] {
            assert_eq!(Decimal::parse(text), None, "{text}");
        }
        assert!(Decimal::parse("1e2147483647").is_some());
    }

    #[test]
    fn whole_numbers_are_written_out() {
        let table = [
            ("0.0", Some("0")),
            ("1.2e3", Some("1200")),
            ("-7", Some("-7")),
            ("1.5", None),
            ("0.1", None),
            ("1e9", Some("1000000000")),
            ("1e10", None),
        ];
        for (text, expected) in table {
            assert_eq!(decimal(text).to_whole(10).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn the_closest_double_is_found() {
        for text in [
            "0",
            "-0.1",
            "5e-324",
            "1e308",
            "9007199254740993",
            "123.456",
        ] {
            assert_eq!(
                decimal(text).to_double().to_bits(),
                text.parse::<f64>().unwrap().to_bits(),
                "{text}"
            );
        }
        assert!(decimal("1e400").to_double().is_infinite());
    }

    #[test]
    fn text_form_is_the_digits_or_the_printed_double() {
        let table = [
            ("42", "42"),
            ("-0", "0"),
            ("-7", "-7"),
            ("9007199254740993", "9007199254740993"),
            ("1.0", "1.0"),
            ("1e3", "1000.0"),
            ("-0.0", "-0.0"),
            ("0.001", "0.001"),
            ("0.00012", "1.2E-4"),
            ("9999999.5", "9999999.5"),
            ("1e7", "1.0E7"),
            ("1.25e30", "1.25E30"),
            ("1e-999", "0.0"),
            ("1e309", "Infinity"),
            ("1e2147483648", "Infinity"),
            ("1e-2147483648", "0.0"),
            ("1e99999999999999999999", "Infinity"),
            ("0e99999999999999999999", "0.0"),
            ("-1e-99999999999999999999", "-0.0"),
            ("-1e309", "-Infinity"),
        ];
        for (spelling, text) in table {
            assert_eq!(
                EventNumber::parse(spelling).unwrap().text,
                text,
                "{spelling}"
            );
        }
    }

    #[test]
    fn a_double_has_the_value_of_its_shortest_spelling() {
        assert_eq!(
            EventNumber::parse("0.001").unwrap().value,
            Some(decimal("1e-3"))
        );
        assert_eq!(
            EventNumber::parse("1e-999").unwrap().value,
            Some(decimal("0"))
        );
        assert_eq!(EventNumber::parse("1e309").unwrap().value, None);
    }
}
