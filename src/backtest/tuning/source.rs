//! Sources of noise, and the clauses that leave out their events.

use super::super::group::Group;

/// Who or what causes matches, as narrowly as it is known. At least one part is given.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Source {
    /// The ARN of a principal; `*` stands for the session of a role.
    pub principal: Option<Box<str>>,
    /// The address or service that calls.
    pub source_address: Option<Box<str>>,
    /// The only call that it makes.
    pub event_name: Option<Box<str>>,
}

const PRINCIPAL: &str = "$.userIdentity.arn";
const SOURCE_ADDRESS: &str = "$.sourceIPAddress";
const EVENT_NAME: &str = "$.eventName";

impl Source {
    /// Returns whether the events of a group are of this source.
    #[must_use]
    pub fn covers(&self, group: &Group) -> bool {
        let agrees = |wanted: &Option<Box<str>>, there: &Option<Box<str>>| {
            wanted.is_none() || wanted == there
        };
        agrees(&self.principal, &group.principal)
            && agrees(&self.source_address, &group.source_address)
            && agrees(&self.event_name, &group.event_name)
    }

    /// Returns the properties that it is known by, as selectors with their values.
    fn parts(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let parts = [
            (PRINCIPAL, &self.principal),
            (SOURCE_ADDRESS, &self.source_address),
            (EVENT_NAME, &self.event_name),
        ];
        parts
            .into_iter()
            .filter_map(|(selector, value)| value.as_deref().map(|value| (selector, value)))
    }

    /// Returns whether patterns can name it, and it is no source whose every event matters.
    ///
    /// A star in a value would match more than the value; what only hostile events hold is not quoted in patterns either.
    pub(super) fn can_be_named(&self) -> bool {
        let is_plain = |value: &str| {
            !value.is_empty()
                && value.len() < super::super::cause::LONGEST_VALUE
                && value.bytes().all(|byte| byte.is_ascii_graphic())
                && !value.contains(['*', '"', '\\'])
        };
        let principal = self.principal.as_deref();
        let is_arn = principal
            .is_none_or(|principal| principal.starts_with("arn:") && !principal.ends_with(":root"));
        is_arn
            && self
                .parts()
                .all(|(_, value)| is_plain(value.strip_suffix("/*").unwrap_or(value)))
    }

    /// Returns the pattern of its events.
    pub(super) fn noise(&self) -> String {
        let clauses: Vec<String> = self
            .parts()
            .map(|(selector, value)| format!("{selector} = \"{value}\""))
            .collect();
        format!("{{ {} }}", clauses.join(" && "))
    }

    /// Returns what it is in words; values stand in backticks.
    #[must_use]
    pub fn words(&self) -> String {
        let parts = [
            self.event_name.as_deref().map(|name| format!("`{name}`")),
            self.principal
                .as_deref()
                .map(|principal| format!("by `{principal}`")),
            self.source_address
                .as_deref()
                .map(|address| format!("from `{address}`")),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        parts.join(" ")
    }

    /// Returns what goes unnoticed without its events, as a sentence.
    #[must_use]
    pub fn risk(&self) -> &'static str {
        let principal = self.principal.as_deref().unwrap_or_default();
        if principal.contains(":assumed-role/") {
            "Whoever gets hold of this role can do this without paging anybody."
        } else if !principal.is_empty() {
            "Whoever gets hold of this identity, which may be a person's, can do this without paging anybody."
        } else {
            "Whoever calls from there, whoever it is, can do this without paging anybody."
        }
    }
}
