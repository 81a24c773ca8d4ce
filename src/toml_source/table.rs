//! A table while it is read: which members were asked for, and which nobody knows.

use std::collections::BTreeMap;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::choice::{did_you_mean, nearest};
use super::document::{Document, Placed};
use super::member::Member;

/// A member is wrong, and the document has recorded how.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mistaken;

/// A table of a document.
#[derive(Debug)]
pub struct Table<'doc> {
    document: &'doc Document<'doc>,
    path: Option<String>,
    span: Range<usize>,
    members: BTreeMap<&'doc str, (Range<usize>, &'doc Spanned<DeValue<'doc>>)>,
    known: Vec<String>,
    missing: Vec<String>,
}

impl<'doc> Table<'doc> {
    pub(super) fn new(
        document: &'doc Document<'doc>,
        path: Option<String>,
        span: Range<usize>,
        table: &'doc DeTable<'doc>,
    ) -> Self {
        let members = table
            .iter()
            .map(|(key, value)| (key.get_ref().as_ref(), (key.span(), value)))
            .collect();
        Self {
            document,
            path,
            span,
            members,
            known: Vec::new(),
            missing: Vec::new(),
        }
    }

    /// Returns the document that the table belongs to.
    #[must_use]
    pub fn document(&self) -> &'doc Document<'doc> {
        self.document
    }

    /// Returns where the table begins: its header, or its braces.
    #[must_use]
    pub fn span(&self) -> Range<usize> {
        self.span.clone()
    }

    /// Returns the keys of the table in the order of the alphabet.
    #[must_use]
    pub fn keys(&self) -> Vec<Placed<&'doc str>> {
        let placed = |(key, (span, _)): (&&'doc str, &(Range<usize>, _))| Placed {
            value: *key,
            span: span.clone(),
        };
        self.members.iter().map(placed).collect()
    }

    /// Returns the member of that key, if the table has it.
    pub fn optional(&mut self, key: &str) -> Option<Member<'doc>> {
        self.known.push(key.to_owned());
        let (_, value) = self.members.get(key)?;
        let path = match &self.path {
            Some(path) => format!("{path}.{key}"),
            None => key.to_owned(),
        };
        Some(Member::new(self.document, path, value))
    }

    /// Returns what `read` makes of the member of that key, or nothing if the table does not have it.
    ///
    /// # Errors
    ///
    /// Tells that the member is wrong; `read` has recorded how.
    pub fn given<T>(
        &mut self,
        key: &str,
        read: impl FnOnce(&Member<'doc>) -> Option<T>,
    ) -> Result<Option<T>, Mistaken> {
        match self.optional(key) {
            None => Ok(None),
            Some(member) => read(&member).map(Some).ok_or(Mistaken),
        }
    }

    /// Returns the member of that key; it is a mistake when the table does not have it.
    pub fn required(&mut self, key: &str) -> Option<Member<'doc>> {
        let member = self.optional(key);
        if member.is_none() {
            self.missing.push(key.to_owned());
        }
        member
    }

    /// Ends the reading: records what nobody asked for, and what is missing.
    ///
    /// A key that is only misspelt is one mistake, not a stranger and a gap.
    pub fn close(self) {
        let mut misspelt = Vec::new();
        for (key, (span, _)) in &self.members {
            if self.known.iter().any(|name| name == key) {
                continue;
            }
            let message = match &self.path {
                Some(path) => format!("`{key}` is not a key of `{path}`"),
                None => format!("`{key}` is not a key of this file"),
            };
            let absent = || {
                self.known
                    .iter()
                    .map(String::as_str)
                    .filter(|name| !self.members.contains_key(name))
            };
            misspelt.extend(nearest(key, absent()));
            let hint = did_you_mean(key, absent()).unwrap_or_else(|| self.known_keys());
            self.document.record_with(span.clone(), message, Some(hint));
        }
        let missing: Vec<_> = self
            .missing
            .iter()
            .filter(|key| !misspelt.contains(&key.as_str()))
            .map(|key| format!("`{key}`"))
            .collect();
        if let Some(message) = self.absence(&missing) {
            self.document.record_missing(self.span.clone(), message);
        }
    }

    /// Returns what is said of all missing keys at once; none when none is missing.
    fn absence(&self, keys: &[String]) -> Option<String> {
        let (last, others) = keys.split_last()?;
        Some(match (&self.path, others) {
            (Some(path), []) => format!("`{path}` has no {last}"),
            (Some(path), others) => format!("`{path}` has no {} and no {last}", others.join(", ")),
            (None, []) => format!("the key {last} is missing"),
            (None, others) => format!("the keys {} and {last} are missing", others.join(", ")),
        })
    }

    fn known_keys(&self) -> String {
        let keys: Vec<_> = self.known.iter().map(|key| format!("`{key}`")).collect();
        format!("its keys are {}", keys.join(", "))
    }
}
