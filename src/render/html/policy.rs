//! The content security policy of a page: nothing is loaded and nothing runs; the one style is known by its digest.

use sha2::{Digest, Sha256};

/// The digits of base 64 (RFC 4648, section 4).
const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Returns the policy of a page with one style.
pub(super) fn of(style: &str) -> String {
    let digest = base64(&Sha256::digest(style));
    format!(
        "default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"
    )
}

fn base64(bytes: &[u8]) -> String {
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let mut word = 0_usize;
        for position in 0..3 {
            word = word << 8 | usize::from(chunk.get(position).copied().unwrap_or_default());
        }
        for position in 0..4 {
            let digit = DIGITS.get(word >> (18 - 6 * position) & 63);
            let is_filled = position <= chunk.len();
            let digit = digit.filter(|_| is_filled).copied().unwrap_or(b'=');
            text.push(char::from(digit));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::base64;

    #[test]
    fn base_64_is_that_of_the_standard() {
        let cases = [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foobar", "Zm9vYmFy"),
        ];
        for (bytes, text) in cases {
            assert_eq!(base64(bytes.as_bytes()), text);
        }
        assert_eq!(base64(&[0xff, 0xfe, 0xfd]), "//79");
    }
}
