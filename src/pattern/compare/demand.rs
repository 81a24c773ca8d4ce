//! A combination of conditions on one text or number, and the search for one that meets them.
//!
//! Nothing is known here of shapes and clauses; an answer is a text, the certainty that there is none, or a bound that was reached.

use std::collections::BTreeSet;

use super::UndecidedReason;
use super::language::{Languages, Wish};
use super::number_text::{FULL_PRECISION, NumberText, Range, SAFE_PRECISION};
use super::search::AnyTextBut;
use crate::pattern::ast::Value;
use crate::pattern::number::{Decimal, EventNumber, print_double};
use crate::pattern::wildcard;

/// The digits of the whole numbers that are written out.
const MAXIMUM_DIGITS: usize = 1_000;
/// The doubles between two bounds that are tried one by one.
const MAXIMUM_DOUBLES: usize = 1_000;
/// The wildcard texts to be satisfied at once beyond which one is put together before one is searched for.
const FEW_PATTERNS: usize = 8;

/// Whether the scalar is a text or a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    Text,
    Number,
}

/// A combination of conditions on one scalar.
#[derive(Debug, Clone)]
pub(super) struct Demand<'formula> {
    pub(super) sort: Sort,
    pub(super) texts: Vec<Wish<'formula>>,
    /// The number is above this.
    pub(super) low: Option<&'formula Decimal>,
    /// The number is this.
    pub(super) at: Option<&'formula Decimal>,
    /// The number is below this.
    pub(super) high: Option<&'formula Decimal>,
}

impl<'formula> Demand<'formula> {
    /// Finds a text, or the spelling of a number, that meets the demand.
    pub(super) fn find(
        &self,
        languages: &mut Languages,
    ) -> Result<Option<String>, UndecidedReason> {
        let literals = || {
            self.texts
                .iter()
                .filter_map(|(value, wished)| as_literal(value).map(|text| (text, *wished)))
        };
        if let Some((text, _)) = literals().find(|(_, wished)| *wished) {
            return Ok(self.is_met_by(text).then(|| text.to_owned()));
        }
        match self.sort {
            Sort::Text => {
                let patterns = self.patterns();
                if patterns.iter().filter(|(_, wished)| *wished).count() > FEW_PATTERNS
                    && let Some(text) = composed(&patterns).filter(|text| self.is_met_by(text))
                {
                    return Ok(Some(text));
                }
                let excluded: BTreeSet<&str> = literals().map(|(text, _)| text).collect();
                languages.find(&patterns, &AnyTextBut(&excluded))
            }
            Sort::Number => match self.at {
                Some(value) => self.find_at(value),
                None => self.find_between(languages),
            },
        }
    }

    /// The conditions with wildcards and the regular expressions.
    fn patterns(&self) -> Vec<Wish<'formula>> {
        self.texts
            .iter()
            .copied()
            .filter(|(value, _)| as_literal(value).is_none())
            .collect()
    }

    fn range(&self) -> Range {
        Range {
            low: self.low.cloned(),
            high: self.high.cloned(),
        }
    }

    fn is_met_by(&self, text: &str) -> bool {
        let number = EventNumber::parse(text)
            .filter(|number| number.text == text)
            .and_then(|number| number.value);
        let sorted = match self.sort {
            Sort::Text => true,
            Sort::Number => number.is_some_and(|value| {
                self.range().contains(&value) && self.at.is_none_or(|at| *at == value)
            }),
        };
        sorted
            && self
                .texts
                .iter()
                .all(|(value, wished)| covers(value, text) == *wished)
    }

    /// One value has two text forms at most, zero three.
    fn find_at(&self, value: &Decimal) -> Result<Option<String>, UndecidedReason> {
        let whole = value.to_whole(MAXIMUM_DIGITS);
        let double = value.to_double();
        let zeros = value.is_zero().then(|| "-0.0".to_owned());
        let double = double.is_finite().then(|| print_double(double));
        let found = whole
            .iter()
            .chain(&double)
            .chain(&zeros)
            .find(|text| self.is_met_by(text));
        let too_long =
            whole.is_none() && value.exponent() > i64::try_from(MAXIMUM_DIGITS).unwrap_or(i64::MAX);
        if found.is_none() && too_long {
            return Err(UndecidedReason::Number);
        }
        Ok(found.cloned())
    }

    fn find_between(&self, languages: &mut Languages) -> Result<Option<String>, UndecidedReason> {
        let range = self.range();
        let bounds = [&range.low, &range.high].into_iter().flatten();
        let largest = bounds.map(Decimal::exponent).max().unwrap_or(0);
        if largest > i64::try_from(MAXIMUM_DIGITS).unwrap_or(i64::MAX) {
            return Err(UndecidedReason::Number);
        }
        if languages
            .find(&self.patterns(), &NumberText::any())?
            .is_none()
        {
            return Ok(None);
        }
        // Literals are excluded by taking part as automata: a number has few texts without wildcards to avoid.
        for precision in [SAFE_PRECISION, FULL_PRECISION] {
            match languages.find(&self.texts, &NumberText::new(&range, precision))? {
                Some(text) if self.is_met_by(&text) => return Ok(Some(text)),
                Some(_) => return self.find_double(&range),
                None => {}
            }
        }
        Ok(None)
    }

    /// Tries the doubles of a small range one by one.
    fn find_double(&self, range: &Range) -> Result<Option<String>, UndecidedReason> {
        let mut double = range
            .low
            .as_ref()
            .map_or(f64::MIN, |low| low.to_double().next_down());
        for _ in 0..MAXIMUM_DOUBLES {
            let text = print_double(double);
            if self.is_met_by(&text) {
                return Ok(Some(text));
            }
            let beyond = |high: &Decimal| Decimal::parse(&text).is_none_or(|value| value >= *high);
            if range.high.as_ref().is_some_and(beyond) || !double.next_up().is_finite() {
                return Ok(None);
            }
            double = double.next_up();
        }
        Err(UndecidedReason::Number)
    }

    /// Drops conditions without which the demand cannot be met either, many at a time while that works.
    pub(super) fn core(self, languages: &mut Languages) -> Self {
        let mut core = self;
        let bounds: [fn(&mut Self); 3] = [
            |demand| demand.low = None,
            |demand| demand.at = None,
            |demand| demand.high = None,
        ];
        for without in bounds {
            let mut fewer = core.clone();
            without(&mut fewer);
            core = core.or_fewer(fewer, languages);
        }
        let mut size = core.texts.len();
        while size > 1 {
            size = size.div_ceil(2);
            for start in (0..core.texts.len()).step_by(size).rev() {
                let mut fewer = core.clone();
                let end = fewer.texts.len().min(start + size);
                fewer.texts.drain(start.min(end)..end);
                core = core.or_fewer(fewer, languages);
            }
        }
        core
    }

    fn or_fewer(self, fewer: Self, languages: &mut Languages) -> Self {
        if fewer.find(languages) == Ok(None) {
            fewer
        } else {
            self
        }
    }
}

/// Puts together the parts of all wildcard texts that are to cover it: a text that often does, but not always.
fn composed(patterns: &[Wish<'_>]) -> Option<String> {
    let wished = patterns
        .iter()
        .filter(|(_, wished)| *wished)
        .map(|(value, _)| match value {
            Value::Text(pattern) => Some(pattern.as_str()),
            Value::Number(_) | Value::Regex(_) => None,
        });
    let wished: Vec<&str> = wished.collect::<Option<Vec<&str>>>()?;
    let longest = |parts: &mut dyn Iterator<Item = &str>| {
        parts
            .max_by_key(|part| part.len())
            .unwrap_or_default()
            .to_owned()
    };
    let start = longest(
        &mut wished
            .iter()
            .filter_map(|pattern| pattern.split('*').next()),
    );
    let end = longest(
        &mut wished
            .iter()
            .filter_map(|pattern| pattern.split('*').next_back()),
    );
    let middle: String = wished
        .iter()
        .map(|pattern| pattern.replace('*', ""))
        .collect();
    Some(format!("{start}{middle}{end}"))
}

/// Returns the text when it has no wildcard: the only one that equals it.
pub(super) fn as_literal(value: &Value) -> Option<&str> {
    match value {
        Value::Text(text) => (!text.contains('*')).then_some(text),
        Value::Number(number) => Some(number.spelling()),
        Value::Regex(_) => None,
    }
}

/// Tells whether a text satisfies a condition.
pub(super) fn covers(value: &Value, text: &str) -> bool {
    match value {
        Value::Text(pattern) => wildcard::covers(pattern, text),
        Value::Number(number) => number.spelling() == text,
        Value::Regex(regex) => regex.occurs_in(text),
    }
}
