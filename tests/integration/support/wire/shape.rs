//! A value on the wire, whatever the protocol.

use std::collections::BTreeMap;

/// A value on the wire.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Shape {
    Text(String),
    Integer(i64),
    Double(f64),
    Switch(bool),
    /// Seconds since 1970.
    Time(i64),
    List(Vec<Self>),
    /// Members by name: a structure.
    Members(BTreeMap<String, Self>),
    /// Texts by text: a map, which XML writes unlike a structure.
    Entries(BTreeMap<String, String>),
}

impl Shape {
    #[expect(
        clippy::needless_pass_by_value,
        reason = "texts come as values and as references"
    )]
    pub(crate) fn text(text: impl ToString) -> Self {
        Self::Text(text.to_string())
    }

    pub(crate) fn texts(texts: &[String]) -> Self {
        Self::List(texts.iter().map(Self::text).collect())
    }

    /// Returns a structure of the members that are there.
    pub(crate) fn members<const N: usize>(members: [(&str, Option<Self>); N]) -> Self {
        let present = members.into_iter().filter_map(|(name, value)| {
            let value = value?;
            Some((name.to_owned(), value))
        });
        Self::Members(present.collect())
    }

    /// Returns an answer without members.
    pub(crate) fn nothing() -> Self {
        Self::Members(BTreeMap::new())
    }
}
