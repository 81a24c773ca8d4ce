//! Paging that always ends: a token seen before, or too many pages, is an answer that makes no sense.
//!
//! An empty page with a token is legal (Organizations, CloudWatch and CloudWatch Logs send them) and is followed.

use std::collections::BTreeSet;

use crate::model::{CallError, CallErrorKind, Reading};

/// More pages than any account has: 500,000 alarms.
const MOST_PAGES: usize = 5_000;

/// More pages of events than anybody waits for: a day at the pace of the quota.
const MOST_PAGES_OF_EVENTS: usize = 400_000;

/// Whether an answer is complete.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Page {
    /// Another page follows.
    More,
    /// This was the last one.
    Last,
}

/// The way through the pages of one answer.
#[derive(Debug)]
pub(super) struct Pages {
    action: &'static str,
    most: usize,
    token: Option<String>,
    seen: BTreeSet<String>,
}

impl Pages {
    /// Returns the way from the first page on.
    pub(super) fn of(action: &'static str) -> Self {
        Self {
            action,
            most: MOST_PAGES,
            token: None,
            seen: BTreeSet::new(),
        }
    }

    /// Returns the way from the first page of events on.
    pub(super) fn of_events(action: &'static str) -> Self {
        Self {
            most: MOST_PAGES_OF_EVENTS,
            ..Self::of(action)
        }
    }

    /// Returns the token that asks for the page in turn.
    pub(super) fn token(&self) -> Option<String> {
        self.token.clone()
    }

    /// Turns to the page that `token` names; an empty token is none.
    pub(super) fn turn(&mut self, token: Option<&str>) -> Reading<Page> {
        let Some(token) = token.filter(|token| !token.is_empty()) else {
            return Ok(Page::Last);
        };
        if !self.seen.insert(token.to_owned()) {
            return Err(self.malformed("the token of the next page was sent before"));
        }
        if self.seen.len() >= self.most {
            return Err(self.malformed("the answer has no end"));
        }
        self.token = Some(token.to_owned());
        Ok(Page::More)
    }

    fn malformed(&self, message: &str) -> CallError {
        CallError::new(self.action, CallErrorKind::Malformed, message)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_follow_their_tokens_to_the_last() {
        let mut pages = Pages::of("sns:ListTopics");
        assert_eq!(pages.token(), None);
        assert_eq!(pages.turn(Some("a")), Ok(Page::More));
        assert_eq!(pages.token().as_deref(), Some("a"));
        assert_eq!(pages.turn(Some("b")), Ok(Page::More));
        assert_eq!(pages.turn(None), Ok(Page::Last));
        assert_eq!(Pages::of("x").turn(Some("")), Ok(Page::Last));
    }

    #[test]
    fn a_circle_of_tokens_is_malformed() {
        let mut pages = Pages::of("sns:ListTopics");
        pages.turn(Some("a")).unwrap();
        pages.turn(Some("b")).unwrap();
        let error = pages.turn(Some("a")).unwrap_err();
        assert_eq!(error.kind, CallErrorKind::Malformed);
        assert_eq!(error.action, "sns:ListTopics");
    }

    #[test]
    fn an_answer_without_end_is_malformed() {
        let mut pages = Pages::of("sns:ListTopics");
        let turned = (0..2 * MOST_PAGES)
            .map(|page| pages.turn(Some(&page.to_string())))
            .take_while(Result::is_ok)
            .count();
        assert_eq!(turned, MOST_PAGES - 1);
    }
}
