//! Files that hold what is expected. With `REWRITE_EXPECTED=1` in the environment they are written anew.

use std::fs;
use std::path::Path;

/// Returns whether what is expected is to be written anew; review each changed line.
pub(super) fn is_rewriting() -> bool {
    std::env::var_os("REWRITE_EXPECTED").is_some()
}

/// Compares a text with the file that holds it.
pub(super) fn compare(path: impl AsRef<Path>, text: &str) {
    let path = path.as_ref();
    if is_rewriting() {
        fs::write(path, text).unwrap();
    }
    let expected = fs::read_to_string(path).unwrap();
    let differs = expected
        .lines()
        .zip(text.lines())
        .position(|(old, new)| old != new);
    assert!(
        expected == text,
        "{}: line {differs:?} differs:\n{text}",
        path.display()
    );
}
