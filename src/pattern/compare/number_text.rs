//! The texts that numbers of events have, within a range of values.
//!
//! A number is printed as a whole number or as a double, plain or with an exponent; this guard lets exactly such texts pass whose value
//! lies between two bounds. It does not know which decimals are the shortest spelling of a double beyond 15 digits.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use super::search::Guard;
use crate::pattern::number::Decimal;

/// The values strictly between two bounds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Range {
    pub(super) low: Option<Decimal>,
    pub(super) high: Option<Decimal>,
}

impl Range {
    /// Tells whether a value lies in the range.
    pub(super) fn contains(&self, value: &Decimal) -> bool {
        self.low.as_ref().is_none_or(|low| low < value)
            && self.high.as_ref().is_none_or(|high| value < high)
    }

    /// Returns the distances from zero that the numbers of one sign have here; nothing when there are none.
    fn magnitudes(&self, negative: bool) -> Option<Self> {
        let (near, far) = if negative {
            (&self.high, &self.low)
        } else {
            (&self.low, &self.high)
        };
        let far = match far {
            Some(far) if far.is_zero() || far.is_negative() != negative => return None,
            Some(far) => Some(far.magnitude()),
            None => None,
        };
        // A bound of the other sign does not bind; zero itself does.
        let near = near
            .as_ref()
            .filter(|near| near.is_zero() || near.is_negative() == negative);
        Some(Self {
            low: near.map(Decimal::magnitude),
            high: far,
        })
    }
}

/// Lets the texts of numbers in a range pass.
#[derive(Debug, Clone)]
pub(super) struct NumberText {
    /// The distances from zero of positive and of negative numbers.
    magnitudes: [Option<Range>; 2],
    /// The significant digits that a double may have; without them values do not matter at all.
    precision: Option<usize>,
}

/// The digits after which every decimal is the shortest spelling of its double.
pub(super) const SAFE_PRECISION: usize = 15;
/// The digits that the shortest spelling of a double has at most.
pub(super) const FULL_PRECISION: usize = 17;

impl NumberText {
    /// Lets the texts of all numbers pass, whatever their values: fewer states for a first look.
    pub(super) fn any() -> Self {
        let everything = Range {
            low: None,
            high: None,
        };
        Self {
            magnitudes: [Some(everything.clone()), Some(everything)],
            precision: None,
        }
    }

    pub(super) fn new(range: &Range, precision: usize) -> Self {
        Self {
            magnitudes: [range.magnitudes(false), range.magnitudes(true)],
            precision: Some(precision),
        }
    }

    fn magnitude(&self, negative: bool) -> Option<&Range> {
        let [positive, below] = &self.magnitudes;
        if negative {
            below.as_ref()
        } else {
            positive.as_ref()
        }
    }
}

/// Where in a number the text stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Phase {
    Start,
    Minus,
    /// A whole part that is zero.
    Zero,
    Whole,
    Point,
    /// A fraction, and whether its last digit is a zero.
    Fraction {
        zero: bool,
    },
    Exponent,
    ExponentMinus,
    ExponentDigits,
}

/// What has been read of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Reading {
    phase: Phase,
    negative: bool,
    /// The number of digits of the whole part; zeros behind the point of a smaller number count down.
    whole: i32,
    /// The number of significant digits read, as far as it matters.
    digits: usize,
    fraction_digits: usize,
    /// How the digits read compare with as many digits of the bounds.
    to_low: Ordering,
    to_high: Ordering,
    exponent: i32,
    exponent_negative: bool,
}

impl Guard for NumberText {
    type State = Reading;

    fn start(&self) -> Reading {
        Reading {
            phase: Phase::Start,
            negative: false,
            whole: 0,
            digits: 0,
            fraction_digits: 0,
            to_low: Ordering::Equal,
            to_high: Ordering::Equal,
            exponent: 0,
            exponent_negative: false,
        }
    }

    fn step(&self, state: &Reading, byte: u8) -> Option<Reading> {
        let state = *state;
        match (byte, state.phase) {
            (b'-', Phase::Start) => self.magnitude(true).map(|_| Reading {
                phase: Phase::Minus,
                negative: true,
                ..state
            }),
            (b'-', Phase::Exponent) => Some(Reading {
                phase: Phase::ExponentMinus,
                exponent_negative: true,
                ..state
            }),
            (b'.', Phase::Zero | Phase::Whole) => Some(Reading {
                phase: Phase::Point,
                ..state
            }),
            (b'E', Phase::Fraction { zero }) => {
                let scientific = state.whole == 1 && (!zero || state.fraction_digits == 1);
                scientific.then_some(Reading {
                    phase: Phase::Exponent,
                    ..state
                })
            }
            (b'0'..=b'9', _) => self.digit(state, byte),
            _ => None,
        }
    }

    fn accepts(&self, state: &Reading) -> bool {
        let zero = state.digits == 0;
        let well_formed = match state.phase {
            Phase::Zero => !state.negative,
            Phase::Whole => true,
            Phase::Fraction { zero: true } => {
                state.fraction_digits == 1 && (-3..=7).contains(&state.whole)
            }
            Phase::Fraction { zero: false } => (-2..=7).contains(&state.whole),
            Phase::ExponentDigits => !(-3..=6).contains(&state.signed_exponent()),
            Phase::Start | Phase::Minus | Phase::Point | Phase::Exponent | Phase::ExponentMinus => {
                false
            }
        };
        well_formed
            && self
                .magnitude(state.negative)
                .is_some_and(|range| state.is_between(range, zero))
    }

    fn distinguished(&self) -> BTreeSet<u8> {
        b"-.E0123456789".iter().copied().collect()
    }
}

impl NumberText {
    fn digit(&self, state: Reading, byte: u8) -> Option<Reading> {
        let range = self.magnitude(state.negative)?;
        match state.phase {
            Phase::Start | Phase::Minus if byte == b'0' => Some(Reading {
                phase: Phase::Zero,
                ..state
            }),
            Phase::Start | Phase::Minus | Phase::Whole => {
                let most = range.whole_digits();
                let whole = (state.whole + 1).min(most);
                Some(Reading {
                    phase: Phase::Whole,
                    whole,
                    ..state.with_digit(byte, range, self.precision)
                })
            }
            Phase::Point | Phase::Fraction { .. } => self.fraction_digit(state, byte, range),
            Phase::Exponent | Phase::ExponentMinus | Phase::ExponentDigits => {
                let leading_zero = byte == b'0' && state.exponent == 0;
                let exponent = state.exponent * 10 + i32::from(byte - b'0');
                let exponent = self.precision.map_or(exponent.min(10), |_| exponent);
                let fits =
                    !leading_zero && exponent <= self.largest_exponent(state.exponent_negative);
                fits.then_some(Reading {
                    phase: Phase::ExponentDigits,
                    exponent,
                    ..state
                })
            }
            Phase::Zero => None,
        }
    }

    /// Doubles of the largest and smallest exponents have fewer safe digits.
    fn largest_exponent(&self, negative: bool) -> i32 {
        match (
            self.precision
                .is_some_and(|precision| precision <= SAFE_PRECISION),
            negative,
        ) {
            (true, false) => 307,
            (true, true) => 300,
            (false, false) => 308,
            (false, true) => 324,
        }
    }

    fn fraction_digit(&self, state: Reading, byte: u8, range: &Range) -> Option<Reading> {
        let zero = byte == b'0';
        let next = Reading {
            phase: Phase::Fraction { zero },
            fraction_digits: (state.fraction_digits + 1).min(2),
            ..state
        };
        if zero && state.digits == 0 {
            // Zeros behind the point of a number below one: the third one makes it too small for this spelling.
            let whole = state.whole - 1;
            return (whole >= -2).then_some(Reading { whole, ..next });
        }
        let next = next.with_digit(byte, range, self.precision);
        // More than seven digits before the point are never printed with a fraction.
        (self
            .precision
            .is_none_or(|precision| next.digits <= precision)
            && state.whole <= 7)
            .then_some(next)
    }
}

impl Range {
    /// The digits of the whole part beyond which more make no difference.
    fn whole_digits(&self) -> i32 {
        let exponent = |bound: &Option<Decimal>| bound.as_ref().map_or(0, Decimal::exponent);
        let most = exponent(&self.low).max(exponent(&self.high)).max(8);
        i32::try_from(most)
            .unwrap_or(i32::MAX - 1)
            .saturating_add(1)
    }

    /// The significant digits beyond which more make no difference.
    fn significant_digits(&self) -> usize {
        let digits =
            |bound: &Option<Decimal>| bound.as_ref().map_or(0, |bound| bound.digits().len());
        digits(&self.low)
            .max(digits(&self.high))
            .max(FULL_PRECISION)
            + 1
    }
}

impl Reading {
    fn with_digit(self, byte: u8, range: &Range, precision: Option<usize>) -> Self {
        let against = |order: Ordering, bound: &Option<Decimal>| {
            let expected = bound
                .as_ref()
                .and_then(|bound| bound.digits().get(self.digits))
                .copied()
                .unwrap_or(b'0');
            order.then(byte.cmp(&expected))
        };
        Self {
            to_low: against(self.to_low, &range.low),
            to_high: against(self.to_high, &range.high),
            digits: (self.digits + 1).min(precision.map_or(1, |_| range.significant_digits())),
            ..self
        }
    }

    fn signed_exponent(&self) -> i32 {
        if self.exponent_negative {
            -self.exponent
        } else {
            self.exponent
        }
    }

    fn is_between(&self, range: &Range, zero: bool) -> bool {
        let above = |low: &Decimal| {
            if zero {
                false
            } else {
                self.compare(low, self.to_low).is_gt()
            }
        };
        let below = |high: &Decimal| zero || self.compare(high, self.to_high).is_lt();
        range.low.as_ref().is_none_or(above) && range.high.as_ref().is_none_or(below)
    }

    /// Compares a number other than zero with a bound that is not negative.
    fn compare(&self, bound: &Decimal, digits: Ordering) -> Ordering {
        if bound.is_zero() {
            return Ordering::Greater;
        }
        let scientific = self.phase == Phase::ExponentDigits;
        let exponent = if scientific {
            self.signed_exponent() + 1
        } else {
            self.whole
        };
        let shorter = if self.digits < bound.digits().len() {
            Ordering::Less
        } else {
            Ordering::Equal
        };
        i64::from(exponent)
            .cmp(&bound.exponent())
            .then(digits)
            .then(shorter)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pattern::number::EventNumber;

    fn range(low: &str, high: &str) -> Range {
        Range {
            low: Decimal::parse(low),
            high: Decimal::parse(high),
        }
    }

    fn passes(range: &Range, text: &str) -> bool {
        let guard = NumberText::new(range, SAFE_PRECISION);
        let end = text
            .bytes()
            .try_fold(guard.start(), |state, byte| guard.step(&state, byte));
        end.is_some_and(|state| guard.accepts(&state))
    }

    #[test]
    fn exactly_the_printed_forms_pass() {
        let everything = range("", "");
        for text in [
            "0",
            "7",
            "-7",
            "1000000000000000000000",
            "0.0",
            "-0.0",
            "5.0",
            "0.5",
            "0.05",
            "0.001",
            "9999999.5",
            "1.0E7",
            "1.25E30",
            "-9.5E-4",
        ] {
            assert!(passes(&everything, text), "{text}");
        }
        let unprinted = [
            "",
            "-",
            "-0",
            "00",
            "01",
            "1.",
            ".5",
            "5.00",
            "0.00",
            "0.10",
            "0.0005",
            "10000000.5",
            "1E7",
            "1.0E6",
            "1.0E-3",
            "1.0E07",
            "10.0E7",
            "1.50E9",
            "0.0E9",
            "1.0E400",
            "1e7",
            "+1",
            "1.0E+7",
        ];
        for text in unprinted {
            assert!(!passes(&everything, text), "{text}");
        }
    }

    #[test]
    fn the_guard_agrees_with_the_value() {
        let bounds = [
            "", "-1e8", "-5.5", "-5", "-0.0013", "0", "0.002", "4.25", "5", "10", "99.5", "1e7",
            "12345678", "1e20",
        ];
        let texts = [
            "0",
            "1",
            "4",
            "5",
            "6",
            "9",
            "10",
            "11",
            "99",
            "100",
            "-1",
            "-5",
            "-6",
            "0.0",
            "-0.0",
            "4.2",
            "4.25",
            "4.3",
            "0.001",
            "0.002",
            "0.0021",
            "-0.001",
            "-0.0013",
            "-0.002",
            "99.4",
            "99.5",
            "99.51",
            "9999999.0",
            "1.0E7",
            "1.2345678E7",
            "1.3E7",
            "12345678",
            "12345679",
            "-1.0E8",
            "-1.1E8",
            "9.9E-4",
            "1.0E20",
            "100000000000000000001",
            "9.0E19",
        ];
        for low in bounds {
            for high in bounds {
                let range = range(low, high);
                for text in texts {
                    let number = EventNumber::parse(text).unwrap();
                    assert_eq!(number.text, text);
                    assert_eq!(
                        passes(&range, text),
                        range.contains(&number.value.unwrap()),
                        "{text} between {low} and {high}"
                    );
                }
            }
        }
    }
}
