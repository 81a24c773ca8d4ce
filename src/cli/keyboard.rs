//! How the terminal takes keys: whether it shows them, and whether it waits for the end of a line.
//!
//! A question with a list changes that while it waits for a key, and cannot change it back once nobody waits for
//! the question any more. The shell would be left without an echo.

/// How the terminal behind standard input took keys at some time.
#[derive(Debug)]
pub(super) struct Keyboard {
    #[cfg(unix)]
    before: Option<rustix::termios::Termios>,
}

#[cfg(unix)]
impl Keyboard {
    /// Returns how the terminal takes keys now.
    pub(super) fn now() -> Self {
        let before = rustix::termios::tcgetattr(std::io::stdin()).ok();
        Self { before }
    }

    /// Lets the terminal take keys as it did then.
    pub(super) fn restore(&self) {
        if let Some(before) = &self.before {
            // Nobody is left to be told when that fails.
            let now = rustix::termios::OptionalActions::Now;
            let _ = rustix::termios::tcsetattr(std::io::stdin(), now, before);
        }
    }
}

#[cfg(not(unix))]
impl Keyboard {
    /// Returns how the terminal takes keys now.
    pub(super) fn now() -> Self {
        Self {}
    }

    /// Lets the terminal take keys as it did then: a console does so by itself.
    #[expect(
        clippy::unused_self,
        reason = "other systems have something to restore"
    )]
    pub(super) fn restore(&self) {}
}
