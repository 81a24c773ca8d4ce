//! Who or what causes matches: counts by one property of the events.

use std::borrow::Cow;
use std::fmt;

use indexmap::IndexMap;

use super::hit::Hit;

/// The values of one property that are counted apart. With more, the rarest are given up, and counts may fall short.
pub const MOST_VALUES: usize = 4096;

/// The characters of a value that are kept.
pub(super) const LONGEST_VALUE: usize = 256;

/// A property of events by which their causes are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Property {
    /// Who did it; all sessions of a role are one.
    Principal,
    /// Where the call came from.
    SourceAddress,
    /// How it was refused.
    ErrorCode,
    /// What was called.
    EventName,
    /// Of which service.
    Service,
}

impl Property {
    /// All properties.
    pub const ALL: [Self; 5] = [
        Self::Principal,
        Self::SourceAddress,
        Self::ErrorCode,
        Self::EventName,
        Self::Service,
    ];

    /// Returns the name of the property.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Principal => "principal",
            Self::SourceAddress => "source address",
            Self::ErrorCode => "error code",
            Self::EventName => "event name",
            Self::Service => "service",
        }
    }
}

/// The properties of an event, each shortened to [`LONGEST_VALUE`] characters.
#[derive(Debug)]
pub(super) struct Properties<'hit> {
    pub(super) principal: Option<Cow<'hit, str>>,
    pub(super) source_address: Option<&'hit str>,
    error_code: Option<&'hit str>,
    pub(super) event_name: Option<&'hit str>,
    service: Option<&'hit str>,
}

impl<'hit> Properties<'hit> {
    pub(super) fn of(hit: &'hit Hit) -> Self {
        let short =
            |text: &'hit Option<String>| text.as_deref().map(|text| shortened(text, LONGEST_VALUE));
        Self {
            principal: hit.principal.as_deref().map(principal),
            source_address: short(&hit.source_address),
            error_code: short(&hit.error_code),
            event_name: short(&hit.event_name),
            service: short(&hit.event_source),
        }
    }

    /// Returns one of them, if the event has it.
    pub(super) fn get(&self, property: Property) -> Option<&str> {
        match property {
            Property::Principal => self.principal.as_deref(),
            Property::SourceAddress => self.source_address,
            Property::ErrorCode => self.error_code,
            Property::EventName => self.event_name,
            Property::Service => self.service,
        }
    }
}

impl fmt::Display for Property {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Returns who acted, with `*` for the name of a session: sessions come and go, the role stays.
fn principal(arn: &str) -> Cow<'_, str> {
    let session = arn
        .contains(":assumed-role/")
        .then(|| arn.rsplit_once('/'))
        .flatten();
    match session {
        Some((role, _)) if role.matches('/').count() == 1 && role.len() < LONGEST_VALUE => {
            Cow::Owned(format!("{role}/*"))
        }
        Some(_) | None => Cow::Borrowed(shortened(arn, LONGEST_VALUE)),
    }
}

/// Returns so many characters of a value at most.
pub(super) fn shortened(value: &str, most: usize) -> &str {
    if value.len() <= most {
        return value;
    }
    match value.char_indices().nth(most) {
        Some((end, _)) => value.get(..end).unwrap_or_default(),
        None => value,
    }
}

/// How often each value of a property was seen.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Counter {
    values: IndexMap<Box<str>, u64>,
    shortfall: u64,
}

impl Counter {
    pub(super) fn add(&mut self, value: &str) {
        if let Some(count) = self.values.get_mut(value) {
            *count += 1;
            return;
        }
        self.values.insert(value.into(), 1);
        self.trim();
    }

    pub(super) fn merge(&mut self, other: Self) {
        self.shortfall += other.shortfall;
        for (value, count) in other.values {
            *self.values.entry(value).or_default() += count;
        }
        self.trim();
    }

    /// Gives up rare values (Misra and Gries, "Finding repeated elements"): no count falls short by more than `shortfall`.
    fn trim(&mut self) {
        if self.values.len() <= MOST_VALUES {
            return;
        }
        let mut counts: Vec<u64> = self.values.values().copied().collect();
        counts.sort_unstable_by(|one, other| other.cmp(one));
        // Half of the room, so that this seldom happens.
        let cut = counts.get(MOST_VALUES / 2).copied().unwrap_or_default();
        self.shortfall += cut;
        self.values.retain(|_, count| {
            *count = count.saturating_sub(cut);
            *count > 0
        });
    }

    /// Returns the most frequent values, most frequent first.
    #[must_use]
    pub fn top(&self, most: usize) -> Vec<(&str, u64)> {
        let mut top: Vec<(&str, u64)> = self
            .values
            .iter()
            .map(|(value, count)| (&**value, *count))
            .collect();
        top.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(other.0)));
        top.truncate(most);
        top
    }

    /// Returns by how much a count may fall short; 0 when all are exact.
    #[must_use]
    pub fn shortfall(&self) -> u64 {
        self.shortfall
    }
}
