//! What copies of an event have in common.

use std::borrow::Cow;
use std::hash::Hash;

use libdeflater::Crc;

use crate::backtest::Hit;

/// Returns what tells an event from others: what is kept of it, and a checksum of its record without blanks, in which copies differ.
pub(super) fn essence(hit: &Hit, record: &str) -> impl Hash {
    (hit.identity(), checksum(record))
}

/// Returns a checksum of all of a text but its blanks.
fn checksum(text: &str) -> u32 {
    let text = if text.contains('\r') {
        Cow::Owned(text.replace('\r', ""))
    } else {
        Cow::Borrowed(text)
    };
    let bytes = text.as_bytes();
    let mut checksum = Crc::new();
    let mut start = 0;
    for blank in memchr::memchr3_iter(b' ', b'\n', b'\t', bytes) {
        checksum.update(bytes.get(start..blank).unwrap_or_default());
        start = blank + 1;
    }
    checksum.update(bytes.get(start..).unwrap_or_default());
    checksum.sum()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_differs_in_more_than_blanks_is_something_else() {
        let record = r#"{"a":[1,{"b":"c"}]}"#;
        assert_eq!(
            checksum(record),
            checksum("{\r\n \"a\": [1,\t{\"b\": \"c\"}]}\n")
        );
        for other in [
            r#"{"a":[1,{"b":"d"}]}"#,
            r#"{"a":[1,{"c":"b"}]}"#,
            r#"{"a":[11,{"b":"c"}]}"#,
            "",
        ] {
            assert_ne!(checksum(record), checksum(other), "{other}");
        }
    }

    proptest! {
        #[test]
        fn blanks_do_not_matter(text in r#"[ \n\r\t{}:"a]{0,40}"#) {
            let without: String = text.split_ascii_whitespace().collect();
            prop_assert_eq!(checksum(&text), checksum(&without));
        }
    }
}
