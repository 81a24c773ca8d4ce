//! Amazon Resource Names of the resources in the chain, taken apart once.
//!
//! Formats: AWS General Reference, "Amazon Resource Names"; the log group form with its final `:*` is
//! what CloudTrail and `DescribeLogGroups` return.

use std::fmt;

use thiserror::Error;

use super::names::{AccountId, LogGroupName, Region};

/// A text that is not an ARN of the wanted kind.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("`{value}` is not the ARN of {kind}")]
pub struct ArnError {
    /// What the ARN was meant to name, with its article: `a log group`.
    pub kind: &'static str,
    /// The text as it was given.
    pub value: String,
}

/// A partition of AWS: `aws`, `aws-cn`, `aws-us-gov`, …
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
// INVARIANT: `aws`, or `aws-` and more parts of lower-case letters.
pub struct Partition(String);

impl Partition {
    /// Returns the partition that `text` names; new ones are accepted by their form.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let lower = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_lowercase());
        (parts.next() == Some("aws") && parts.all(lower)).then(|| Self(text.to_owned()))
    }

    /// Returns the partition that a Region belongs to, by the beginning of its name (the SDKs' list of
    /// partitions); Regions without a beginning of their own are those of `aws`.
    #[must_use]
    pub fn of_region(region: &Region) -> Self {
        let partitions = [
            ("cn-", "aws-cn"),
            ("us-gov-", "aws-us-gov"),
            ("eusc-", "aws-eusc"),
            ("us-iso-", "aws-iso"),
            ("us-isob-", "aws-iso-b"),
            ("eu-isoe-", "aws-iso-e"),
            ("us-isof-", "aws-iso-f"),
        ];
        let own = partitions
            .into_iter()
            .find(|(beginning, _)| region.as_str().starts_with(beginning));
        Self(own.map_or("aws", |(_, partition)| partition).to_owned())
    }

    /// Returns the partition as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Partition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The five fields in front of every resource, checked, and the rest as text.
struct Fields<'text> {
    partition: Partition,
    region: Region,
    account: AccountId,
    resource: &'text str,
}

fn fields<'text>(
    text: &'text str,
    service: &str,
    kind: &'static str,
) -> Result<Fields<'text>, ArnError> {
    let parsed = || {
        let mut parts = text.splitn(6, ':');
        let (prefix, partition) = (parts.next()?, Partition::parse(parts.next()?)?);
        let named = parts.next()?;
        let region = Region::parse(parts.next()?).ok()?;
        let account = AccountId::parse(parts.next()?).ok()?;
        let resource = parts.next().filter(|rest| !rest.is_empty())?;
        (prefix == "arn" && named == service).then_some(Fields {
            partition,
            region,
            account,
            resource,
        })
    };
    parsed().ok_or_else(|| ArnError {
        kind,
        value: text.to_owned(),
    })
}

/// A log group: whose it is, where, and its name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct LogGroupArn {
    /// The partition.
    pub partition: Partition,
    /// The Region of the group.
    pub region: Region,
    /// The account that owns the group, which may not be the caller's.
    pub account: AccountId,
    /// The group's name.
    pub name: LogGroupName,
}

impl LogGroupArn {
    /// Returns the parts of a log group's ARN, with or without the final `:*`.
    ///
    /// # Errors
    ///
    /// Fails when `text` is not the ARN of a log group.
    pub fn parse(text: &str) -> Result<Self, ArnError> {
        let kind = "a log group";
        let Fields {
            partition,
            region,
            account,
            resource,
        } = fields(text, "logs", kind)?;
        let name = resource
            .strip_prefix("log-group:")
            .map(|name| name.strip_suffix(":*").unwrap_or(name))
            .and_then(|name| LogGroupName::parse(name).ok())
            .ok_or_else(|| ArnError {
                kind,
                value: text.to_owned(),
            })?;
        Ok(Self {
            partition,
            region,
            account,
            name,
        })
    }
}

impl fmt::Display for LogGroupArn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            partition,
            region,
            account,
            name,
        } = self;
        write!(
            f,
            "arn:{partition}:logs:{region}:{account}:log-group:{name}"
        )
    }
}

macro_rules! arn {
    ($(#[$doc:meta])* $type:ident, $service:literal, $kind:literal, $prefix:literal, $is_name:expr) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
        pub struct $type {
            /// The partition.
            pub partition: Partition,
            /// The Region in which it was made.
            pub region: Region,
            /// The account that owns it, which may not be the caller's.
            pub account: AccountId,
            /// Its name.
            pub name: String,
        }

        impl $type {
            /// Returns the parts of the ARN.
            ///
            /// # Errors
            ///
            /// Fails when `text` is the ARN of something else, or none.
            pub fn parse(text: &str) -> Result<Self, ArnError> {
                let Fields { partition, region, account, resource } = fields(text, $service, $kind)?;
                let is_name: fn(&&str) -> bool = $is_name;
                let name = resource
                    .strip_prefix($prefix)
                    .filter(is_name)
                    .ok_or_else(|| ArnError { kind: $kind, value: text.to_owned() })?;
                Ok(Self { partition, region, account, name: name.to_owned() })
            }
        }

        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                let Self { partition, region, account, name } = self;
                write!(f, concat!("arn:{}:", $service, ":{}:{}:", $prefix, "{}"), partition, region, account, name)
            }
        }
    };
}

arn!(
    /// A topic. The name of a FIFO topic ends in `.fifo`.
    TopicArn,
    "sns",
    "a topic",
    "",
    // With a colon it is the ARN of a subscription.
    |name| !name.contains(':')
);

arn!(
    /// An alarm. Its name may contain colons.
    AlarmArn,
    "cloudwatch",
    "an alarm",
    "alarm:",
    |name| !name.is_empty()
);

arn!(
    /// A trail. An organization trail belongs to the management account.
    TrailArn,
    "cloudtrail",
    "a trail",
    "trail/",
    |name| !name.is_empty()
);

impl TopicArn {
    /// Returns whether this is a FIFO topic, to which no alarm can publish.
    #[must_use]
    pub fn is_fifo(&self) -> bool {
        self.name
            .rsplit_once('.')
            .is_some_and(|(_, ending)| ending == "fifo")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_log_group_is_the_same_with_and_without_its_ending() {
        let plain = "arn:aws-cn:logs:cn-north-1:123456789012:log-group:/a/b";
        let parsed = LogGroupArn::parse(plain).unwrap();
        assert_eq!(parsed, LogGroupArn::parse(&format!("{plain}:*")).unwrap());
        assert_eq!(parsed.to_string(), plain);
        assert_eq!(parsed.name.as_str(), "/a/b");
    }

    #[test]
    fn an_alarm_name_keeps_its_colons() {
        let text = "arn:aws:cloudwatch:us-east-1:123456789012:alarm:a:b:c";
        assert_eq!(AlarmArn::parse(text).unwrap().name, "a:b:c");
    }

    #[test]
    fn a_subscription_is_not_a_topic() {
        assert!(TopicArn::parse("arn:aws:sns:us-east-1:123456789012:t").is_ok());
        assert!(TopicArn::parse("arn:aws:sns:us-east-1:123456789012:t:6d9f").is_err());
        assert!(
            TopicArn::parse("arn:aws:sns:us-east-1:123456789012:t.fifo")
                .unwrap()
                .is_fifo()
        );
    }

    #[test]
    fn what_is_no_arn_is_refused_by_name() {
        for text in [
            "",
            "arn",
            "arn:aws:sns",
            "arn:azure:sns:us-east-1:123456789012:t",
            "arn:aws:sns:us-east-1::t",
        ] {
            let error = TopicArn::parse(text).unwrap_err();
            assert_eq!(
                error.to_string(),
                format!("`{text}` is not the ARN of a topic")
            );
        }
        assert!(TrailArn::parse("arn:aws:cloudtrail:us-east-1:123456789012:trail/").is_err());
    }
}
