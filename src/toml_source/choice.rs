//! Words from a closed list, and the right spelling for one that is almost right.

use std::cmp::Reverse;

/// Words longer than this are not compared: nobody mistypes that much, and comparing costs the square of the length.
const LONGEST_WORD: usize = 80;

/// Returns the candidate that `word` was probably meant to be, when one is near enough.
///
/// Of two that are equally near, the one that begins alike is taken: the end of a version is forgotten more often than its start.
#[must_use]
pub fn nearest<'words>(
    word: &str,
    candidates: impl IntoIterator<Item = &'words str>,
) -> Option<&'words str> {
    if word.chars().count() > LONGEST_WORD {
        return None;
    }
    let wanted = folded(word);
    let tolerance = (wanted.chars().count() / 3).clamp(1, 4);
    let rank = |candidate: &str| {
        let candidate = folded(candidate);
        let alike = wanted
            .chars()
            .zip(candidate.chars())
            .take_while(|(a, b)| a == b)
            .count();
        (
            strsim::damerau_levenshtein(&wanted, &candidate),
            Reverse(alike),
        )
    };
    candidates
        .into_iter()
        .filter(|candidate| candidate.chars().count() <= LONGEST_WORD)
        .map(|candidate| (rank(candidate), candidate))
        .filter(|((distance, _), _)| *distance <= tolerance)
        .min()
        .map(|(_, candidate)| candidate)
}

/// Returns the question that offers the nearest candidate, as a hint.
#[must_use]
pub fn did_you_mean<'words>(
    word: &str,
    candidates: impl IntoIterator<Item = &'words str>,
) -> Option<String> {
    nearest(word, candidates).map(|candidate| format!("did you mean `{candidate}`?"))
}

/// Why a text names none of some choices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// What is wrong.
    pub message: String,
    /// The nearest choice, or all of them.
    pub hint: Option<String>,
}

/// Returns the choice that `text` names as the value of `key`.
///
/// # Errors
///
/// Offers the nearest choice, or tells all of them.
pub fn choose<T: Clone>(key: &str, text: &str, choices: &[(&str, T)]) -> Result<T, Refusal> {
    if let Some((_, value)) = choices.iter().find(|(name, _)| *name == text) {
        return Ok(value.clone());
    }
    let names = || choices.iter().map(|(name, _)| *name);
    let all = || {
        format!(
            "it may be {}",
            names()
                .map(|name| format!("`{name}`"))
                .collect::<Vec<_>>()
                .join(", ")
        )
    };
    Err(Refusal {
        message: format!("`{text}` is not a value of `{key}`"),
        hint: did_you_mean(text, names()).or_else(|| Some(all())),
    })
}

/// Case and the choice of hyphen or underscore do not make words different.
fn folded(word: &str) -> String {
    word.to_lowercase().replace('_', "-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_misses_are_recognised_and_strangers_are_not() {
        let words = ["threshold", "period", "evaluation-periods", "name"];
        let cases = [
            ("treshold", Some("threshold")),
            ("Threshold", Some("threshold")),
            ("evaluation_periods", Some("evaluation-periods")),
            ("evaluationPeriods", Some("evaluation-periods")),
            ("nmae", Some("name")),
            ("colour", None),
            ("x", None),
            ("", None),
        ];
        for (word, expected) in cases {
            assert_eq!(nearest(word, words), expected, "{word}");
        }
        let versions = ["cis-1.1.0", "cis-1.3.0", "cis-3.0.0"];
        assert_eq!(nearest("cis-3.0", versions), Some("cis-3.0.0"));
        assert_eq!(nearest("cis-3.1.0", versions), Some("cis-3.0.0"));
        assert_eq!(nearest(&"n".repeat(100_000), words), None);
    }
}
