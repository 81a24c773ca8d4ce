//! Matches by who did what from where, minute by minute: enough to tell what an alarm would do without some of them.

use std::borrow::Cow;
use std::collections::BTreeMap;

use indexmap::{Equivalent, IndexMap};

use super::cause::{Properties, shortened};
use super::hit::Hit;
use super::time::{self, MINUTE};

/// The groups that are kept apart.
pub const MOST_GROUPS: usize = 4096;
/// The minutes of all groups that are kept apart.
pub const MOST_CELLS: usize = 100_000;
/// The characters of a property in an excerpt.
const LONGEST_EXCERPT: usize = 256;

/// Who did what from where.
//
// INVARIANT: its hash is that of the `Key` that is equivalent to it, so the fields stand in the same order.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Group {
    /// Who; all sessions of a role are one.
    pub principal: Option<Box<str>>,
    /// What was called.
    pub event_name: Option<Box<str>>,
    /// Where from; nothing when addresses are not kept apart.
    pub source_address: Option<Box<str>>,
}

/// The matches of a group.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Members {
    /// The matches whose time is known, by minutes since 1970.
    pub minutes: BTreeMap<i64, u64>,
    /// The first of the matches.
    pub example: Option<Excerpt>,
}

impl Members {
    /// Returns how many there are.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.minutes.values().sum()
    }

    /// Counts more events of a minute. Returns how many minutes that adds.
    fn count_more(&mut self, minute: i64, count: u64) -> usize {
        let known = self.minutes.entry(minute).or_default();
        let is_new = *known == 0;
        *known += count;
        usize::from(is_new)
    }

    /// Keeps the earlier one of two examples.
    fn show(&mut self, example: Option<Excerpt>) {
        self.example = match (self.example.take(), example) {
            (Some(one), Some(other)) => Some(one.min(other)),
            (one, other) => one.or(other),
        };
    }
}

/// The group of an event, which is looked for before it is made.
#[derive(Hash)]
struct Key<'hit> {
    principal: Option<Cow<'hit, str>>,
    event_name: Option<&'hit str>,
    source_address: Option<&'hit str>,
}

impl<'hit> Key<'hit> {
    fn of(properties: Properties<'hit>, detail: Detail) -> Self {
        Self {
            principal: properties.principal,
            event_name: properties.event_name,
            source_address: detail.kept(properties.source_address),
        }
    }

    fn into_group(self) -> Group {
        Group {
            principal: self.principal.map(|name| name.into_owned().into()),
            event_name: self.event_name.map(Into::into),
            source_address: self.source_address.map(Into::into),
        }
    }
}

impl Equivalent<Group> for Key<'_> {
    fn equivalent(&self, group: &Group) -> bool {
        self.principal.as_deref() == group.principal.as_deref()
            && self.event_name == group.event_name.as_deref()
            && self.source_address == group.source_address.as_deref()
    }
}

/// What is kept of an event to be shown.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Excerpt {
    /// When it happened, in milliseconds since 1970.
    pub time: i64,
    /// The properties that tell what it was, with their names in CloudTrail.
    pub properties: Vec<(&'static str, Box<str>)>,
}

impl Excerpt {
    fn of(hit: &Hit, time: i64) -> Self {
        let short = |text: &str| shortened(text, LONGEST_EXCERPT).to_owned();
        let properties = [
            ("eventTime", Some(time::print(time))),
            ("eventSource", hit.event_source.as_deref().map(short)),
            ("eventName", hit.event_name.as_deref().map(short)),
            ("userIdentity", hit.principal.as_deref().map(short)),
            ("sourceIPAddress", hit.source_address.as_deref().map(short)),
            ("errorCode", hit.error_code.as_deref().map(short)),
            ("eventID", hit.event_id.as_deref().map(short)),
        ];
        let properties = properties
            .into_iter()
            .filter_map(|(name, value)| value.map(|value| (name, value.into_boxed_str())));
        Self {
            time,
            properties: properties.collect(),
        }
    }
}

/// How finely matches are kept apart; each further step is taken when there is no room for the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Detail {
    /// By all of [`Group`].
    #[default]
    Full,
    /// All addresses are one.
    WithoutAddress,
    /// Not at all.
    Nothing,
}

impl Detail {
    /// Returns an address, if addresses are told apart.
    fn kept<Address>(self, address: Option<Address>) -> Option<Address> {
        match self {
            Self::Full => address,
            Self::WithoutAddress | Self::Nothing => None,
        }
    }
}

/// Matches by groups.
///
/// Whether there is room depends on all matches together, so it does not matter in which order or in which parts they come.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Groups {
    detail: Detail,
    members: IndexMap<Group, Members>,
    cells: usize,
}

impl Groups {
    /// Counts an event, given its properties.
    pub(super) fn add(&mut self, hit: &Hit, properties: Properties<'_>) {
        let Some(time) = hit.time else {
            return;
        };
        if self.detail == Detail::Nothing {
            return;
        }
        let key = Key::of(properties, self.detail);
        let members = match self.members.get_mut(&key) {
            Some(members) => members,
            None => self.members.entry(key.into_group()).or_default(),
        };
        self.cells += members.count_more(time.div_euclid(MINUTE), 1);
        // An excerpt costs more than the counting, and all but few are later than the one that is there.
        let known = members.example.as_ref();
        if known.is_none_or(|example| time <= example.time) {
            members.show(Some(Excerpt::of(hit, time)));
        }
        self.fit();
    }

    pub(super) fn merge(&mut self, other: Self) {
        if other.detail > self.detail {
            self.coarsen(other.detail);
        }
        for (group, members) in other.members {
            self.put(group, members);
        }
        self.fit();
    }

    /// Returns how finely the groups are kept apart.
    #[must_use]
    pub fn detail(&self) -> Detail {
        self.detail
    }

    /// Returns the groups with their matches; their order means nothing.
    pub fn iter(&self) -> impl Iterator<Item = (&Group, &Members)> {
        self.members.iter()
    }

    fn coarse(&self, group: Group) -> Group {
        Group {
            source_address: self.detail.kept(group.source_address),
            ..group
        }
    }

    fn put(&mut self, group: Group, members: Members) {
        if self.detail == Detail::Nothing {
            return;
        }
        let group = self.coarse(group);
        let Members { minutes, example } = members;
        let there = self.members.entry(group).or_default();
        for (minute, count) in minutes {
            self.cells += there.count_more(minute, count);
        }
        there.show(example);
    }

    fn fit(&mut self) {
        let is_full =
            |groups: &Self| groups.members.len() > MOST_GROUPS || groups.cells > MOST_CELLS;
        if is_full(self) && self.detail == Detail::Full {
            self.coarsen(Detail::WithoutAddress);
        }
        if is_full(self) {
            self.coarsen(Detail::Nothing);
        }
    }

    fn coarsen(&mut self, detail: Detail) {
        self.detail = detail;
        self.cells = 0;
        for (group, members) in std::mem::take(&mut self.members) {
            self.put(group, members);
        }
    }
}
