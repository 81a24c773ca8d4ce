//! Pages and their tokens.

use super::Shape;

/// How the pages of an answer are dealt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Paging {
    /// One after the other.
    Normal,
    /// An empty page first, with a token for the page that was asked for.
    EmptyPage,
    /// With a token that was sent before.
    RepeatedToken,
}

/// A page of a list, and the token for the next one.
#[derive(Debug)]
pub(super) struct Dealt<T> {
    pub(super) items: Vec<T>,
    pub(super) token: Option<Shape>,
}

/// What a caller asked for: from which token on, and how many items at most.
#[derive(Debug)]
pub(super) struct Wanted {
    pub(super) token: Option<String>,
    pub(super) size: usize,
    pub(super) paging: Paging,
}

const AGAIN: &str = "again";

/// Returns the page that is wanted, or nothing when the token was never sent.
pub(super) fn deal<T>(all: Vec<T>, wanted: &Wanted) -> Option<Dealt<T>> {
    let start = offset(wanted.token.as_deref())?;
    if start > all.len() {
        return None;
    }
    let dealt = |items, token: Option<String>| Dealt {
        items,
        token: token.map(Shape::Text),
    };
    let end = start.saturating_add(wanted.size);
    let more = end < all.len();
    let items = all.into_iter().skip(start).take(wanted.size).collect();
    Some(match wanted.paging {
        Paging::Normal => dealt(items, more.then(|| format!("from-{end}"))),
        Paging::EmptyPage => dealt(Vec::new(), Some(format!("again-from-{start}"))),
        Paging::RepeatedToken => dealt(items, Some(AGAIN.to_owned())),
    })
}

fn offset(token: Option<&str>) -> Option<usize> {
    match token {
        None | Some(AGAIN) => Some(0),
        Some(token) => {
            let number = token.strip_prefix("again-").unwrap_or(token);
            number.strip_prefix("from-")?.parse().ok()
        }
    }
}

/// Returns a page size within its limits.
pub(super) fn size(
    name: &str,
    wanted: Option<i64>,
    (default, most): (usize, usize),
) -> Result<usize, String> {
    match wanted {
        None => Ok(default),
        Some(number) => usize::try_from(number)
            .ok()
            .filter(|size| (1..=most).contains(size))
            .ok_or_else(|| {
                format!(
                    "1 validation error detected: Value '{number}' at '{name}' failed to satisfy constraint"
                )
            }),
    }
}
