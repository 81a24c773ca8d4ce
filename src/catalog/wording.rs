//! How much of a benchmark is to be met, and in whose words.

use std::fmt;

/// A profile level of the CIS benchmark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// What every account should do.
    One,
    /// What accounts with a higher need of security should do beside it.
    Two,
}

impl Level {
    /// All levels with their names.
    pub const NAMES: [(&'static str, Self); 2] = [("1", Self::One), ("2", Self::Two)];

    /// Returns the level of that number.
    #[must_use]
    pub fn of(number: u8) -> Option<Self> {
        match number {
            1 => Some(Self::One),
            2 => Some(Self::Two),
            _ => None,
        }
    }

    /// Returns the level's number.
    #[must_use]
    pub fn number(self) -> u8 {
        match self {
            Self::One => 1,
            Self::Two => 2,
        }
    }

    /// Returns whether an account that meets this level has to do what is printed for `level`; level 2 includes level 1.
    #[must_use]
    pub fn includes(self, level: Self) -> bool {
        level <= self
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.number())
    }
}

/// Whose words the patterns are in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Wording {
    /// The catalog's, which are sound.
    #[default]
    Sound,
    /// The benchmark's, word for word and defects included.
    Verbatim,
}

impl Wording {
    /// Returns the wording's name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Sound => "sound",
            Self::Verbatim => "verbatim",
        }
    }

    /// Returns the wording of that name.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut all = [Self::Sound, Self::Verbatim].into_iter();
        all.find(|wording| wording.as_str() == text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn level_two_includes_level_one() {
        assert!(Level::Two.includes(Level::One) && Level::Two.includes(Level::Two));
        assert!(Level::One.includes(Level::One) && !Level::One.includes(Level::Two));
        for (name, level) in Level::NAMES {
            assert_eq!(level.to_string(), name);
            assert_eq!(Level::of(level.number()), Some(level));
        }
        assert_eq!(Level::of(3), None);
    }
}
