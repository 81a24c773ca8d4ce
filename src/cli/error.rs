//! What ends a run early: one message, and advice.

use std::fmt::{self, Display};
use std::io;

use anstyle::{AnsiColor, Style};

use super::exit::Exit;
use crate::escape::visible;
use crate::model::{CallError, CallErrorKind};
use crate::render::ColorChoice;
use crate::toml_source::{Colour, Mistakes};

/// What ends a run early.
#[derive(Debug, Clone)]
pub(super) struct Error {
    exit: Exit,
    message: String,
    hints: Vec<String>,
    /// Mistakes that show their places themselves.
    exhibit: Option<Mistakes>,
}

impl Error {
    fn new(exit: Exit, message: impl Into<String>) -> Self {
        Self {
            exit,
            message: message.into(),
            hints: Vec::new(),
            exhibit: None,
        }
    }

    /// Returns a failure.
    pub(super) fn failed(message: impl Into<String>) -> Self {
        Self::new(Exit::Failed, message)
    }

    /// Returns a complaint about how the program was called.
    pub(super) fn usage(message: impl Into<String>) -> Self {
        Self::new(Exit::Usage, message)
    }

    /// Returns the refusal of a plan.
    pub(super) fn refused(message: impl Into<String>) -> Self {
        Self::new(Exit::Refused, message)
    }

    /// Returns what ends a run that did a part of its work.
    pub(super) fn partial(message: impl Into<String>) -> Self {
        Self::new(Exit::Partial, message)
    }

    /// Returns the same error, which ended a run that had done a part of its work before.
    pub(super) fn in_part(self) -> Self {
        Self {
            exit: Exit::Partial,
            ..self
        }
    }

    /// Returns what ends an interrupted run.
    pub(super) fn interrupted() -> Self {
        Self::new(Exit::Interrupted, "interrupted")
    }

    /// Returns mistakes that show their places themselves.
    pub(super) fn exhibit(message: impl Into<String>, exhibit: Mistakes) -> Self {
        Self {
            exhibit: Some(exhibit),
            ..Self::new(Exit::Failed, message)
        }
    }

    /// Returns the same error with its cause.
    pub(super) fn because(self, cause: impl Display) -> Self {
        Self {
            message: format!("{}: {cause}", self.message),
            ..self
        }
    }

    /// Returns the same error with what the operating system says, without its number for it.
    pub(super) fn caused_by(self, cause: &io::Error) -> Self {
        self.because(words(cause))
    }

    /// Returns the same error with advice.
    pub(super) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// Returns the same error as commands tell it that end as grep and diff do.
    pub(super) fn into_trouble(self) -> Self {
        let exit = match self.exit {
            Exit::Failed | Exit::Usage => Exit::Trouble,
            Exit::Done
            | Exit::Gaps
            | Exit::Partial
            | Exit::Refused
            | Exit::Unknown
            | Exit::Declined
            | Exit::Interrupted
            | Exit::NoMatch
            | Exit::NotEquivalent
            | Exit::Trouble => self.exit,
        };
        Self { exit, ..self }
    }

    /// Returns what went wrong, without advice.
    pub(super) fn message(&self) -> &str {
        &self.message
    }

    /// Returns how the run ends.
    pub(super) fn exit(&self) -> Exit {
        self.exit
    }

    /// Returns the lines for standard error, with nothing foreign in them that a terminal would obey.
    pub(super) fn lines(&self, color: ColorChoice) -> String {
        let (diagnostics, paint): (_, fn(Style, &str) -> String) = match color {
            ColorChoice::Ansi => (Colour::Always, |style, word| {
                format!("{style}{word}{style:#}")
            }),
            ColorChoice::Plain => (Colour::Never, |_, word| word.to_owned()),
        };
        let mut lines = Vec::new();
        if let Some(mistakes) = &self.exhibit {
            lines.push(format!("{}\n", mistakes.render(diagnostics).trim_end()));
        }
        let red = Style::new().bold().fg_color(Some(AnsiColor::Red.into()));
        lines.push(format!(
            "{} {}",
            paint(red, "error:"),
            visible(&self.message)
        ));
        let blue = Style::new().bold().fg_color(Some(AnsiColor::Cyan.into()));
        lines.extend(
            self.hints
                .iter()
                .map(|hint| format!("{} {}", paint(blue, "hint:"), visible(hint))),
        );
        lines.join("\n") + "\n"
    }
}

/// Returns the message alone, without advice.
impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

/// Returns what the operating system says, without its number for it.
pub(super) fn words(cause: &io::Error) -> String {
    let text = cause.to_string();
    let words = text.split(" (os error").next().unwrap_or_default();
    let mut letters = words.chars();
    let first = letters.next().map(|letter| letter.to_ascii_lowercase());
    first.into_iter().chain(letters).collect()
}

impl From<CallError> for Error {
    fn from(error: CallError) -> Self {
        let failed = Self::failed(error.to_string());
        match advice(&error) {
            Some(advice) => failed.hint(advice),
            None => failed,
        }
    }
}

/// Returns what helps against a failed call without which nothing can be said at all.
fn advice(error: &CallError) -> Option<String> {
    match error.kind {
        CallErrorKind::Denied => Some(format!(
            "grant `{}` to the credentials in use",
            error.action
        )),
        CallErrorKind::Credentials => Some(
            "sign in again; `aws sts get-caller-identity` shows whose credentials are in use"
                .to_owned(),
        ),
        CallErrorKind::Unreachable | CallErrorKind::Timeout => {
            Some("check the network, the name of the Region and `--endpoint-url`".to_owned())
        }
        CallErrorKind::Throttled | CallErrorKind::Service => {
            Some("try again in a while".to_owned())
        }
        CallErrorKind::Malformed => Some(
            "check that `--endpoint-url` and the settings of AWS name an endpoint of AWS"
                .to_owned(),
        ),
        CallErrorKind::Quota
        | CallErrorKind::NotFound
        | CallErrorKind::Conflict
        | CallErrorKind::Invalid
        | CallErrorKind::Unsupported => None,
    }
}
