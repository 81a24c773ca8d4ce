//! Texts with asterisks: an asterisk stands for any run of characters, also for none.
//!
//! There is no way to write a literal asterisk, and no other wildcard character.

/// Tells whether `text` is covered by `pattern`, in which every `*` stands for any run of characters.
pub(crate) fn covers(pattern: &str, text: &str) -> bool {
    let Some((prefix, rest)) = pattern.split_once('*') else {
        return pattern == text;
    };
    let Some(tail) = text.strip_prefix(prefix) else {
        return false;
    };
    let (middle, suffix) = rest.rsplit_once('*').unwrap_or(("", rest));
    let Some(mut tail) = tail.strip_suffix(suffix) else {
        return false;
    };
    // Taking each part at its first occurrence leaves the most for the others, so no choice has to be undone.
    for part in middle.split('*') {
        match tail.split_once(part) {
            Some((_, after)) => tail = after,
            None => return false,
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::covers;

    #[test]
    fn asterisks_stand_for_any_run_of_characters() {
        let table = [
            ("", "", true),
            ("", "a", false),
            ("a", "a", true),
            ("a", "ab", false),
            ("*", "", true),
            ("*", "anything", true),
            ("A*", "A", true),
            ("*a", "ba", true),
            ("*a", "ab", false),
            ("*foo*", "a foo b", true),
            ("a*a", "a", false),
            ("a*a", "aa", true),
            ("aba*aba", "ababa", false),
            ("a**b", "ab", true),
            ("a*b*c", "axbyc", true),
            ("a*b*c", "acb", false),
            ("*ab*ab*", "aab", false),
            ("*ab*ab*", "xabab", true),
            ("é*", "éa", true),
        ];
        for (pattern, text, expected) in table {
            assert_eq!(covers(pattern, text), expected, "{pattern} over {text}");
        }
    }
}
