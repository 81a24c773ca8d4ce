//! A member of a table while it is read: what type it must have and what it may say.

use std::fmt::Display;
use std::ops::{Range, RangeInclusive};

use toml::Spanned;
use toml::de::{DeArray, DeValue};

use super::choice::choose;
use super::document::{Document, Placed};
use super::table::Table;

/// What a value is of the member that its path names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Whole,
    Element,
}

/// A member of a table, or an element of a list in one.
#[derive(Debug)]
pub struct Member<'doc> {
    document: &'doc Document<'doc>,
    path: String,
    part: Part,
    value: &'doc Spanned<DeValue<'doc>>,
}

impl<'doc> Member<'doc> {
    pub(super) fn new(
        document: &'doc Document<'doc>,
        path: String,
        value: &'doc Spanned<DeValue<'doc>>,
    ) -> Self {
        Self {
            document,
            path,
            part: Part::Whole,
            value,
        }
    }

    /// Returns where the value stands.
    #[must_use]
    pub fn span(&self) -> Range<usize> {
        self.value.span()
    }

    /// Records a mistake about the value.
    pub fn refuse(&self, message: impl Display, hint: Option<String>) {
        self.document.record_with(self.span(), message, hint);
    }

    /// Records a mistake about a part of the text that the member is, as a range of bytes of the text.
    pub fn refuse_part(&self, part: Range<usize>, message: impl Display, hint: Option<String>) {
        let text = match self.value.get_ref() {
            DeValue::String(text) => text.as_ref(),
            DeValue::Integer(_)
            | DeValue::Float(_)
            | DeValue::Boolean(_)
            | DeValue::Datetime(_)
            | DeValue::Array(_)
            | DeValue::Table(_) => "",
        };
        let place = self.document.place_within(&self.span(), text, part);
        self.document.record_with(place, message, hint);
    }

    /// Returns the text that the member is.
    #[must_use]
    pub fn text(&self) -> Option<Placed<&'doc str>> {
        match self.value.get_ref() {
            DeValue::String(text) => Some(self.placed(text.as_ref())),
            DeValue::Integer(_)
            | DeValue::Float(_)
            | DeValue::Boolean(_)
            | DeValue::Datetime(_)
            | DeValue::Array(_)
            | DeValue::Table(_) => self.wrong_type("a string"),
        }
    }

    /// Returns what `parse` makes of the text that the member is; its refusal is a mistake.
    pub fn parsed<T, E: Display>(
        &self,
        parse: impl FnOnce(&str) -> Result<T, E>,
    ) -> Option<Placed<T>> {
        let text = self.text()?;
        match parse(text.value) {
            Ok(value) => Some(self.placed(value)),
            Err(refusal) => {
                self.document.record(text.span, refusal);
                None
            }
        }
    }

    /// Returns the choice that the text names; a text that names none is a mistake, and the choices are told.
    #[must_use]
    pub fn choice<T: Clone>(&self, choices: &[(&str, T)]) -> Option<Placed<T>> {
        let text = self.text()?;
        match choose(&self.path, text.value, choices) {
            Ok(value) => Some(self.placed(value)),
            Err(refusal) => {
                self.refuse(refusal.message, refusal.hint);
                None
            }
        }
    }

    /// Returns the truth value that the member is.
    #[must_use]
    pub fn truth(&self) -> Option<Placed<bool>> {
        match self.value.get_ref() {
            DeValue::Boolean(value) => Some(self.placed(*value)),
            DeValue::String(_)
            | DeValue::Integer(_)
            | DeValue::Float(_)
            | DeValue::Datetime(_)
            | DeValue::Array(_)
            | DeValue::Table(_) => self.wrong_type("`true` or `false`"),
        }
    }

    /// Returns the finite number that the member is.
    #[must_use]
    pub fn number(&self) -> Option<Placed<f64>> {
        let digits = match self.value.get_ref() {
            DeValue::Integer(number) if number.radix() == 10 => Some(number.as_str()),
            DeValue::Integer(_) => None,
            DeValue::Float(number) => Some(number.as_str()),
            DeValue::String(_)
            | DeValue::Boolean(_)
            | DeValue::Datetime(_)
            | DeValue::Array(_)
            | DeValue::Table(_) => return self.wrong_type("a number"),
        };
        let number = digits
            .and_then(|digits| digits.parse().ok())
            .filter(|number: &f64| number.is_finite());
        if number.is_none() {
            self.refuse(
                format!("`{}` must be a finite number in decimal digits", self.path),
                None,
            );
        }
        number.map(|number| self.placed(number))
    }

    /// Returns the whole number that the member is, from a range.
    #[must_use]
    pub fn count(&self, range: RangeInclusive<u32>) -> Option<Placed<u32>> {
        let DeValue::Integer(number) = self.value.get_ref() else {
            return self.wrong_type("a whole number");
        };
        let count = u32::from_str_radix(number.as_str(), number.radix())
            .ok()
            .filter(|count| range.contains(count));
        if count.is_none() {
            let message = format!(
                "`{}` must be from {} to {}",
                self.path,
                range.start(),
                range.end()
            );
            self.document.record(self.span(), message);
        }
        count.map(|count| self.placed(count))
    }

    /// Returns the elements of the list that the member is.
    #[must_use]
    pub fn list(&self) -> Vec<Self> {
        let element = |value| Self {
            part: Part::Element,
            ..Self::new(self.document, self.path.clone(), value)
        };
        match self.array("a list") {
            Some(array) => array.iter().map(element).collect(),
            None => Vec::new(),
        }
    }

    /// Returns the table that the member is.
    #[must_use]
    pub fn table(&self) -> Option<Table<'doc>> {
        match self.value.get_ref() {
            DeValue::Table(table) => Some(Table::new(
                self.document,
                Some(self.path.clone()),
                self.span(),
                table,
            )),
            DeValue::String(_)
            | DeValue::Integer(_)
            | DeValue::Float(_)
            | DeValue::Boolean(_)
            | DeValue::Datetime(_)
            | DeValue::Array(_) => self.wrong_type("a table"),
        }
    }

    /// Returns the tables of the list that the member is, as `[[…]]` writes it.
    #[must_use]
    pub fn tables(&self) -> Vec<Table<'doc>> {
        let element = |value| Self::new(self.document, self.path.clone(), value).table();
        match self.array("a list of tables") {
            Some(array) => array.iter().filter_map(element).collect(),
            None => Vec::new(),
        }
    }

    fn array(&self, wanted: &str) -> Option<&'doc DeArray<'doc>> {
        match self.value.get_ref() {
            DeValue::Array(array) => Some(array),
            DeValue::String(_)
            | DeValue::Integer(_)
            | DeValue::Float(_)
            | DeValue::Boolean(_)
            | DeValue::Datetime(_)
            | DeValue::Table(_) => self.wrong_type(wanted),
        }
    }

    fn placed<T>(&self, value: T) -> Placed<T> {
        Placed {
            value,
            span: self.span(),
        }
    }

    fn wrong_type<T>(&self, wanted: &str) -> Option<T> {
        let found = match self.value.get_ref() {
            DeValue::String(_) => "a string",
            DeValue::Integer(_) => "a whole number",
            DeValue::Float(_) => "a decimal number",
            DeValue::Boolean(_) => "a truth value",
            DeValue::Datetime(_) => "a date",
            DeValue::Array(_) => "a list",
            DeValue::Table(_) => "a table",
        };
        let subject = match self.part {
            Part::Whole => "",
            Part::Element => "each element of ",
        };
        let message = format!("{subject}`{}` must be {wanted}, not {found}", self.path);
        self.document.record(self.span(), message);
        None
    }
}
