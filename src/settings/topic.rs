//! The key of the topic, as far as it can be judged without looking at an account.

use thiserror::Error;

/// Why a text cannot name the key of the topic.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum KmsKeyError {
    /// It is neither an id, nor an ARN, nor an alias.
    #[error("`{0}` is not a key: give its id, its ARN or its alias, such as `alias/cis-alarms`")]
    Form(String),
    /// It is the key that AWS manages for SNS.
    #[error(
        "`{0}` is managed by AWS, and its policy lets no alarm publish: make a key of your own"
    )]
    Managed(String),
}

/// Returns the text if it can name the key of the topic.
///
/// # Errors
///
/// Says what a key looks like, or why this one can never work.
pub fn parse_kms_key(text: &str) -> Result<String, KmsKeyError> {
    let plain = |part: &str| {
        !part.is_empty()
            && part
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "-_/".contains(c))
    };
    let resource = match text.strip_prefix("arn:") {
        Some(rest) => match rest.splitn(5, ':').collect::<Vec<_>>().as_slice() {
            [partition, "kms", region, account, resource]
                if [partition, region, account].iter().all(|part| plain(part)) =>
            {
                *resource
            }
            _ => return Err(KmsKeyError::Form(text.to_owned())),
        },
        None => text,
    };
    // KMS developer guide, "Alias names": `alias/aws/` belongs to the keys that AWS manages.
    if resource.starts_with("alias/aws/") {
        return Err(KmsKeyError::Managed(text.to_owned()));
    }
    let named = resource.strip_prefix("alias/").is_some_and(plain);
    let key = resource.strip_prefix("key/").unwrap_or(resource);
    let by_id = key.len() <= 64 && plain(key) && !key.contains('/') && key.contains('-');
    if text.len() <= 2048 && (named || by_id) {
        Ok(text.to_owned())
    } else {
        Err(KmsKeyError::Form(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_arns_and_aliases_name_keys() {
        for text in [
            "alias/cis-alarms",
            "alias/team/cis_alarms",
            "1234abcd-12ab-34cd-56ef-1234567890ab",
            "mrk-1234abcd12ab34cd56ef1234567890ab",
            "arn:aws:kms:eu-central-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab",
            "arn:aws-cn:kms:cn-north-1:123456789012:alias/cis-alarms",
        ] {
            assert_eq!(parse_kms_key(text).as_deref(), Ok(text));
        }
    }

    #[test]
    fn other_texts_do_not() {
        for text in [
            "",
            "cis alarms",
            "alias/",
            "alias/a b",
            "key",
            "a/b-c",
            "arn:aws:sns:eu-central-1:123456789012:topic",
            "arn:aws:kms:eu-central-1:123456789012",
            "arn:aws:kms:::key/1234abcd-12ab-34cd-56ef-1234567890ab",
        ] {
            assert_eq!(parse_kms_key(text), Err(KmsKeyError::Form(text.to_owned())));
        }
    }

    #[test]
    fn keys_that_aws_manages_are_refused_with_the_reason() {
        for text in [
            "alias/aws/sns",
            "arn:aws:kms:eu-central-1:123456789012:alias/aws/sns",
        ] {
            assert_eq!(
                parse_kms_key(text),
                Err(KmsKeyError::Managed(text.to_owned()))
            );
        }
    }
}
