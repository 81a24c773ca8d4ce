//! Names that AWS or the catalog restricts: each becomes a type once, at the border.
//!
//! Foreign resources keep their names as plain text, since cis-fix never writes them; these types are
//! for the names that cis-fix chooses and for the parts of ARNs.

use std::fmt;

use thiserror::Error;

/// A text that is not a legal name of its kind.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("`{value}` is not {kind}: {rule}")]
pub struct NameError {
    /// What the text was meant to be, with its article: `an alarm name`.
    pub kind: &'static str,
    /// The text as it was given.
    pub value: String,
    /// What a name of this kind must look like.
    pub rule: &'static str,
}

/// Returns whether `text` is `least` to `most` characters long and `accepts` each of them.
fn fits(text: &str, least: usize, most: usize, accepts: impl Fn(char) -> bool) -> bool {
    let length = text.chars().count();
    (least..=most).contains(&length) && text.chars().all(accepts)
}

macro_rules! name {
    ($(#[$doc:meta])* $type:ident, $kind:literal, $rule:literal, $legal:expr) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
        // INVARIANT: the text obeys the rule that `parse` checks.
        pub struct $type(String);

        impl $type {
            /// What a text must look like to be a name of this kind.
            pub const RULE: &'static str = $rule;

            /// Returns the name.
            ///
            /// # Errors
            ///
            /// Names the rule that `text` breaks.
            pub fn parse(text: &str) -> Result<Self, NameError> {
                let legal: fn(&str) -> bool = $legal;
                if legal(text) {
                    Ok(Self(text.to_owned()))
                } else {
                    Err(NameError { kind: $kind, value: text.to_owned(), rule: Self::RULE })
                }
            }

            /// Returns the name as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

name!(
    /// The identifier of a control, such as `root-account-usage`.
    ControlId,
    "a control id",
    "1 to 64 lower-case letters, digits and single hyphens, beginning with a letter",
    |text| {
        fits(text, 1, 64, |c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
            && text.starts_with(|c: char| c.is_ascii_lowercase())
            && !text.ends_with('-')
            && !text.contains("--")
    }
);

name!(
    /// An account's number of 12 digits.
    AccountId,
    "an account id",
    "12 digits",
    |text| fits(text, 12, 12, |c| c.is_ascii_digit())
);

name!(
    /// A Region, such as `eu-central-1`.
    Region,
    "a Region",
    "lower-case letters, digits and hyphens, such as `eu-central-1`",
    |text| {
        fits(text, 3, 40, |c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
            && text.split('-').count() >= 3
            && text.split('-').all(|part| !part.is_empty())
    }
);

name!(
    /// A log group's name (CloudWatch Logs API, `logGroupName`).
    LogGroupName,
    "a log group name",
    "1 to 512 letters, digits and `.-_/#`, not beginning with `aws/`",
    |text| {
        fits(text, 1, 512, |c| c.is_ascii_alphanumeric() || ".-_/#".contains(c))
            && !text.starts_with("aws/")
    }
);

name!(
    /// A metric filter's name (CloudWatch Logs API, `filterName`).
    FilterName,
    "a filter name",
    "1 to 512 characters without `:`, `*` and control characters",
    |text| fits(text, 1, 512, |c| !":*".contains(c) && !c.is_control())
);

name!(
    /// A metric's name as a metric filter may publish it (CloudWatch Logs API, `metricName`).
    MetricName,
    "a metric name",
    "1 to 255 printable ASCII characters without `:`, `*` and `$`",
    |text| fits(text, 1, 255, |c| (' '..='~').contains(&c) && !":*$".contains(c))
);

name!(
    /// A metric namespace that a metric filter may publish to (CloudWatch Logs API, `metricNamespace`).
    Namespace,
    "a metric namespace",
    "1 to 255 printable ASCII characters without `:`, `*` and `$`, not beginning with `AWS/`, which AWS reserves",
    |text| {
        fits(text, 1, 255, |c| (' '..='~').contains(&c) && !":*$".contains(c)) && !text.starts_with("AWS/")
    }
);

name!(
    /// An alarm's name (CloudWatch API, `AlarmName`).
    AlarmName,
    "an alarm name",
    "1 to 255 characters without control characters",
    |text| fits(text, 1, 255, |c| !c.is_control())
);

name!(
    /// A standard topic's name (SNS API, `CreateTopic`).
    ///
    /// FIFO topics are left out on purpose: an alarm cannot publish to one.
    TopicName,
    "a topic name",
    "1 to 256 letters, digits, `-` and `_`",
    |text| fits(text, 1, 256, |c| c.is_ascii_alphanumeric() || "-_".contains(c))
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_of_full_length_is_legal_and_one_more_is_not() {
        assert!(AlarmName::parse(&"a".repeat(255)).is_ok());
        assert!(AlarmName::parse(&"a".repeat(256)).is_err());
        assert!(FilterName::parse(&"ä".repeat(512)).is_ok());
        assert!(TopicName::parse(&"a".repeat(257)).is_err());
    }

    #[test]
    fn characters_that_aws_refuses_are_refused() {
        assert!(FilterName::parse("a:b").is_err());
        assert!(MetricName::parse("a$b").is_err());
        assert!(AlarmName::parse("a\u{7}b").is_err());
        assert!(AlarmName::parse("a:b/c").is_ok());
        assert!(TopicName::parse("alarms.fifo").is_err());
        assert!(LogGroupName::parse("aws/reserved").is_err());
        assert!(LogGroupName::parse("/aws/reserved").is_ok());
    }

    #[test]
    fn the_reserved_namespace_is_refused_and_the_error_says_why() {
        let error = Namespace::parse("AWS/CloudTrail").unwrap_err();
        assert_eq!(
            error.to_string(),
            "`AWS/CloudTrail` is not a metric namespace: 1 to 255 printable ASCII characters without \
             `:`, `*` and `$`, not beginning with `AWS/`, which AWS reserves"
        );
    }

    #[test]
    fn regions_and_accounts_are_recognised() {
        assert!(Region::parse("us-gov-west-1").is_ok());
        assert!(Region::parse("us-east").is_err());
        assert!(Region::parse("us--1").is_err());
        assert!(AccountId::parse("123456789012").is_ok());
        assert!(AccountId::parse("12345678901").is_err());
    }

    #[test]
    fn control_ids_have_single_hyphens() {
        assert!(ControlId::parse("root-account-usage").is_ok());
        assert!(ControlId::parse("root--usage").is_err());
        assert!(ControlId::parse("4-things").is_err());
        assert!(ControlId::parse("Root").is_err());
    }
}
