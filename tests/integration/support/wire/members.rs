//! The members of a request, taken one by one; what is left over was a mistake.

use std::collections::BTreeMap;

use super::{Refusal, Shape};

/// Members of a structure that were not taken yet.
#[derive(Debug)]
pub(crate) struct Members {
    place: String,
    left: BTreeMap<String, Shape>,
}

impl Members {
    pub(crate) fn new(place: &str, members: &BTreeMap<String, Shape>) -> Self {
        Self {
            place: place.to_owned(),
            left: members.clone(),
        }
    }

    /// Returns the members of a structure within a request.
    pub(crate) fn within(place: &str, shape: &Shape) -> Result<Self, Refusal> {
        match shape {
            Shape::Members(members) => Ok(Self::new(place, members)),
            other => Err(Refusal::serialization(format!("{place} is {other:?}"))),
        }
    }

    pub(crate) fn text(&mut self, name: &str) -> Result<String, Refusal> {
        let missing = format!("{}: `{name}` is missing", self.place);
        let text = self.optional_text(name)?;
        text.ok_or_else(|| Refusal::serialization(missing))
    }

    pub(crate) fn optional_text(&mut self, name: &str) -> Result<Option<String>, Refusal> {
        self.take(name, |shape| match shape {
            Shape::Text(text) => Some(text),
            _ => None,
        })
    }

    pub(crate) fn optional_integer(&mut self, name: &str) -> Result<Option<i64>, Refusal> {
        self.take(name, |shape| match shape {
            Shape::Integer(number) => Some(number),
            _ => None,
        })
    }

    pub(crate) fn optional_double(&mut self, name: &str) -> Result<Option<f64>, Refusal> {
        self.take(name, |shape| match shape {
            Shape::Double(number) => Some(number),
            // JSON and CBOR may write a whole number without its fraction.
            Shape::Integer(number) => i32::try_from(number).ok().map(f64::from),
            _ => None,
        })
    }

    pub(crate) fn optional_switch(&mut self, name: &str) -> Result<Option<bool>, Refusal> {
        self.take(name, |shape| match shape {
            Shape::Switch(switch) => Some(switch),
            // Forms know texts alone.
            Shape::Text(text) => text.parse().ok(),
            _ => None,
        })
    }

    /// Returns a list; one that is absent is empty.
    pub(crate) fn list(&mut self, name: &str) -> Result<Vec<Shape>, Refusal> {
        let list = self.take(name, |shape| match shape {
            Shape::List(list) => Some(list),
            _ => None,
        })?;
        Ok(list.unwrap_or_default())
    }

    pub(crate) fn texts(&mut self, name: &str) -> Result<Vec<String>, Refusal> {
        let place = format!("{}: `{name}`", self.place);
        let texts = self.list(name)?.into_iter().map(|shape| match shape {
            Shape::Text(text) => Ok(text),
            other => Err(Refusal::serialization(format!("{place} holds {other:?}"))),
        });
        texts.collect()
    }

    /// Returns a map of texts; one that is absent is empty.
    pub(crate) fn entries(&mut self, name: &str) -> Result<BTreeMap<String, String>, Refusal> {
        let entries = self.take(name, |shape| match shape {
            Shape::Entries(entries) => Some(entries),
            Shape::Members(members) => members
                .into_iter()
                .map(|(name, value)| match value {
                    Shape::Text(text) => Some((name, text)),
                    _ => None,
                })
                .collect(),
            _ => None,
        })?;
        Ok(entries.unwrap_or_default())
    }

    /// Returns tags, a list of pairs.
    pub(crate) fn tags(&mut self, name: &str) -> Result<BTreeMap<String, String>, Refusal> {
        let place = format!("{}: `{name}`", self.place);
        let tags = self.list(name)?;
        let pairs = tags.iter().map(|tag| {
            let mut tag = Self::within(&place, tag)?;
            let pair = (tag.text("Key")?, tag.text("Value")?);
            tag.finish()?;
            Ok(pair)
        });
        pairs.collect()
    }

    /// Refuses what is left over.
    pub(crate) fn finish(self) -> Result<(), Refusal> {
        match self.left.keys().next() {
            None => Ok(()),
            Some(name) => Err(Refusal::serialization(format!(
                "{}: the stand-in for AWS does not know `{name}`",
                self.place
            ))),
        }
    }

    fn take<T>(
        &mut self,
        name: &str,
        read: impl FnOnce(Shape) -> Option<T>,
    ) -> Result<Option<T>, Refusal> {
        let Some(shape) = self.left.remove(name) else {
            return Ok(None);
        };
        let wrong = format!("{}: `{name}` is {shape:?}", self.place);
        match read(shape) {
            Some(value) => Ok(Some(value)),
            None => Err(Refusal::serialization(wrong)),
        }
    }
}
