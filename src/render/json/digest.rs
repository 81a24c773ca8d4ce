//! The digest of a plan document, by which an altered file or a changed account is noticed.

use std::fmt::Write;

use serde_json::Value;
use sha2::{Digest, Sha256};

/// Returns the digest of a document: SHA-256, in hexadecimal, of its canonical form without its member `digest`.
///
/// The canonical form has its members sorted by name and no white space outside of strings.
#[must_use]
pub fn digest(document: &Value) -> String {
    let mut sealed = document.clone();
    if let Some(members) = sealed.as_object_mut() {
        members.remove("digest");
    }
    // The members of a `Value` are kept sorted, and its `Display` is compact.
    sha256(&sealed.to_string())
}

/// Returns the SHA-256 of a text, in hexadecimal.
pub(super) fn sha256(text: &str) -> String {
    Sha256::digest(text.as_bytes())
        .iter()
        .fold(String::new(), |mut hex, byte| {
            // Writing to a string cannot fail.
            let _ = write!(hex, "{byte:02x}");
            hex
        })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn known_answer() {
        assert_eq!(
            sha256("abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
        let document: Value =
            serde_json::from_str(r#"{"b":1.0,"digest":"x","a":[{"d":2,"c":"é"}]}"#).unwrap();
        assert_eq!(
            digest(&document),
            sha256(r#"{"a":[{"c":"é","d":2}],"b":1.0}"#)
        );
    }

    #[test]
    fn only_the_outermost_digest_is_left_out() {
        assert_eq!(
            digest(&json!({"a": 1})),
            digest(&json!({"a": 1, "digest": "b"}))
        );
        assert_ne!(
            digest(&json!({"a": {}})),
            digest(&json!({"a": {"digest": "b"}}))
        );
    }
}
