//! Where a subscription delivers to.
//!
//! Web endpoints often carry a secret in their path, so only the host of one is ever shown.

use std::fmt;

use super::names::NameError;

/// A protocol that SNS delivers by (SNS API, `Subscribe`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Protocol {
    /// A web endpoint without encryption.
    Http,
    /// A web endpoint.
    Https,
    /// A mail for people; must be confirmed by them.
    Email,
    /// A mail with the JSON of the message; must be confirmed.
    EmailJson,
    /// A text message.
    Sms,
    /// A queue.
    Sqs,
    /// A mobile application.
    Application,
    /// A function.
    Lambda,
    /// A delivery stream.
    Firehose,
}

impl Protocol {
    /// All protocols, in the order of the SNS API reference.
    pub const ALL: [Self; 9] = [
        Self::Http,
        Self::Https,
        Self::Email,
        Self::EmailJson,
        Self::Sms,
        Self::Sqs,
        Self::Application,
        Self::Lambda,
        Self::Firehose,
    ];

    /// Returns the protocol that SNS calls `text`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|protocol| protocol.as_str() == text)
    }

    /// Returns SNS's word for the protocol.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Http => "http",
            Self::Https => "https",
            Self::Email => "email",
            Self::EmailJson => "email-json",
            Self::Sms => "sms",
            Self::Sqs => "sqs",
            Self::Application => "application",
            Self::Lambda => "lambda",
            Self::Firehose => "firehose",
        }
    }

    /// Returns whether somebody must confirm a subscription by this protocol before it delivers.
    ///
    /// Queues and functions of the topic's own account confirm themselves (SNS developer guide).
    #[must_use]
    pub fn needs_confirmation(self) -> bool {
        match self {
            Self::Http | Self::Https | Self::Email | Self::EmailJson => true,
            Self::Sms | Self::Sqs | Self::Application | Self::Lambda | Self::Firehose => false,
        }
    }
}

impl fmt::Display for Protocol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// An address that a subscription delivers to; `Display` and `Debug` mask what may be secret.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
// INVARIANT: the address fits its protocol as `parse` checks, or came from an account.
pub struct Endpoint {
    protocol: Protocol,
    address: String,
}

impl Endpoint {
    /// Returns the endpoint.
    ///
    /// # Errors
    ///
    /// Names the rule that the address breaks for its protocol. The error masks a web address.
    pub fn parse(protocol: Protocol, address: &str) -> Result<Self, NameError> {
        let endpoint = Self::observed(protocol, address);
        match address_rule(protocol, address) {
            None => Ok(endpoint),
            Some(rule) => Err(NameError {
                kind: "an endpoint",
                value: endpoint.to_string(),
                rule,
            }),
        }
    }

    /// Returns an endpoint that an account reported, unchecked.
    #[must_use]
    pub fn observed(protocol: Protocol, address: &str) -> Self {
        Self {
            protocol,
            address: address.to_owned(),
        }
    }

    /// Returns the protocol.
    #[must_use]
    pub fn protocol(&self) -> Protocol {
        self.protocol
    }

    /// Returns the whole address. It may hold a secret: for calls alone, never for output.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.address
    }

    /// Returns a pattern for IAM's `StringLike` that the address fits; of a web address it shows the host alone.
    #[must_use]
    pub fn like(&self) -> String {
        let scheme = format!("{}://", self.protocol);
        let Some(host) = web_host(&self.address, &scheme) else {
            return literal(&self.address);
        };
        let rest = self.address.strip_prefix(&scheme).unwrap_or_default();
        let (authority, behind) = match rest.find(['/', '?', '#']) {
            Some(end) => rest.split_at(end),
            None => (rest, ""),
        };
        let user = if authority == host { "" } else { "*@" };
        let behind = match behind.chars().next() {
            Some(first) => format!("{}*", literal(first.encode_utf8(&mut [0; 4]))),
            None => String::new(),
        };
        format!("{scheme}{user}{}{behind}", literal(host))
    }
}

/// Returns a text in which no character is a wildcard or begins a variable (IAM user guide, "Policy variables").
fn literal(text: &str) -> String {
    text.chars().fold(String::new(), |mut literal, c| {
        match c {
            '*' | '?' | '$' => literal.extend(['$', '{', c, '}']),
            c => literal.push(c),
        }
        literal
    })
}

/// Returns the rule that `address` breaks, if it breaks one.
fn address_rule(protocol: Protocol, address: &str) -> Option<&'static str> {
    let clean = !address.is_empty()
        && address.len() <= 2048
        && !address.chars().any(|c| c.is_control() || c.is_whitespace());
    let (legal, rule) = match protocol {
        Protocol::Http => (
            web_host(address, "http://").is_some(),
            "it must begin with `http://` and name a host",
        ),
        Protocol::Https => (
            web_host(address, "https://").is_some(),
            "it must begin with `https://` and name a host",
        ),
        Protocol::Email | Protocol::EmailJson => (
            is_mail(address),
            "it must be a mail address such as `security@example.com`",
        ),
        Protocol::Sms => (
            is_phone(address),
            "it must be a phone number such as `+4930123456`",
        ),
        Protocol::Sqs | Protocol::Application | Protocol::Lambda | Protocol::Firehose => {
            (address.starts_with("arn:"), "it must be an ARN")
        }
    };
    (!clean || !legal).then_some(rule)
}

fn is_mail(address: &str) -> bool {
    address.split_once('@').is_some_and(|(user, host)| {
        !user.is_empty()
            && !host.contains('@')
            && host.split('.').count() >= 2
            && host.split('.').all(|label| !label.is_empty())
    })
}

fn is_phone(address: &str) -> bool {
    address.strip_prefix('+').is_some_and(|digits| {
        (4..=15).contains(&digits.len()) && digits.chars().all(|c| c.is_ascii_digit())
    })
}

/// Returns the host (and port) of a web address, without user information.
fn web_host<'text>(address: &'text str, scheme: &str) -> Option<&'text str> {
    let rest = address.strip_prefix(scheme)?;
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = authority.rsplit('@').next()?;
    (!host.is_empty()).then_some(host)
}

impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.protocol {
            Protocol::Http | Protocol::Https => {
                let scheme = format!("{}://", self.protocol);
                match web_host(&self.address, &scheme) {
                    Some(host) => write!(f, "{scheme}{host}/…"),
                    None => write!(f, "{scheme}…"),
                }
            }
            Protocol::Email
            | Protocol::EmailJson
            | Protocol::Sms
            | Protocol::Sqs
            | Protocol::Application
            | Protocol::Lambda
            | Protocol::Firehose => f.write_str(&self.address),
        }
    }
}

impl fmt::Debug for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Endpoint({} {self})", self.protocol)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_web_address_shows_its_host_alone() {
        let hook = Endpoint::parse(
            Protocol::Https,
            "https://user:word@hooks.example.com/T0/secret?k=v",
        )
        .unwrap();
        assert_eq!(hook.to_string(), "https://hooks.example.com/…");
        assert!(!format!("{hook:?}").contains("secret"));
        assert!(hook.expose().contains("secret"));
    }

    #[test]
    fn a_pattern_for_a_web_address_ends_behind_its_host() {
        let cases = [
            (
                Protocol::Https,
                "https://example.com/T0/secret",
                "https://example.com/*",
            ),
            (
                Protocol::Https,
                "https://example.com?secret",
                "https://example.com${?}*",
            ),
            (
                Protocol::Http,
                "http://example.com:80",
                "http://example.com:80",
            ),
            (
                Protocol::Https,
                "https://user:word@example.com/",
                "https://*@example.com/*",
            ),
            (
                Protocol::Email,
                "a*b$@example.com",
                "a${*}b${$}@example.com",
            ),
        ];
        for (protocol, address, like) in cases {
            assert_eq!(Endpoint::parse(protocol, address).unwrap().like(), like);
        }
    }

    #[test]
    fn addresses_must_fit_their_protocol() {
        let cases = [
            (Protocol::Email, "a@example.com", true),
            (Protocol::Email, "a@example", false),
            (Protocol::Email, "a b@example.com", false),
            (Protocol::Https, "http://example.com", false),
            (Protocol::Https, "https:///path", false),
            (Protocol::Sms, "+4930123456", true),
            (Protocol::Sms, "030123456", false),
            (Protocol::Sqs, "queue", false),
            (Protocol::Sqs, "arn:aws:sqs:us-east-1:123456789012:q", true),
        ];
        for (protocol, address, legal) in cases {
            assert_eq!(
                Endpoint::parse(protocol, address).is_ok(),
                legal,
                "{protocol} {address}"
            );
        }
    }

    #[test]
    fn the_error_about_a_web_address_hides_its_path() {
        let error = Endpoint::parse(Protocol::Https, "https://example.com/se cret").unwrap_err();
        assert!(!error.to_string().contains("cret"));
    }

    #[test]
    fn every_protocol_is_read_back() {
        for protocol in Protocol::ALL {
            assert_eq!(Protocol::parse(protocol.as_str()), Some(protocol));
        }
    }
}
