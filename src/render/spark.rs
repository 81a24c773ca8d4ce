//! Counts over time as a row of bars, one character each.

use crate::report::document::Timeline;

/// What bars are made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Bars {
    /// Blocks of Unicode.
    Blocks,
    /// ASCII, for terminals that show nothing else.
    Ascii,
}

impl Bars {
    /// Returns the bars from the lowest to the highest.
    fn steps(self) -> [char; 8] {
        match self {
            Self::Blocks => ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'],
            Self::Ascii => ['_', '-', ':', '=', '+', '*', '#', '@'],
        }
    }

    fn nothing(self) -> char {
        match self {
            Self::Blocks => '·',
            Self::Ascii => '.',
        }
    }

    fn of(self, count: u64, most: u64) -> char {
        if count == 0 || most == 0 {
            return self.nothing();
        }
        // A share of the highest, rounded up, so that anything at all is seen.
        let step = (u128::from(count) * 8).div_ceil(u128::from(most));
        let step = usize::try_from(step).unwrap_or(usize::MAX);
        let steps = self.steps();
        let [.., highest] = steps;
        steps
            .get(step.saturating_sub(1))
            .copied()
            .unwrap_or(highest)
    }
}

/// The columns behind the bars, for the highest count.
pub(super) const TAIL: usize = 10;

/// Returns counts as bars, not more than `columns` and at least one, and the highest count in words.
///
/// Where there is less room than there are counts, each bar stands for the sum of several.
pub(super) fn bars(counts: &[u64], columns: usize, kind: Bars) -> (String, String) {
    let each = counts.len().div_ceil(columns.max(1)).max(1);
    let sums: Vec<u64> = counts
        .chunks(each)
        .map(|chunk| chunk.iter().sum())
        .collect();
    let most = sums.iter().copied().max().unwrap_or_default();
    let bars = sums.iter().map(|count| kind.of(*count, most)).collect();
    (bars, format!("max {most}"))
}

/// Returns the columns of the names of rows, with a gap.
pub(super) fn column(timeline: &Timeline) -> usize {
    let names = timeline.rows.iter().map(|row| row.name.chars().count());
    names.max().unwrap_or_default() + 2
}

/// Returns what the bars stand for.
pub(super) fn legend(timeline: &Timeline) -> String {
    let Timeline {
        title: _,
        start,
        end,
        step,
        labels: _,
        rows: _,
    } = timeline;
    format!("{start} to {end}, in steps of {step}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bars(counts: &[u64], columns: usize) -> (String, String) {
        super::bars(counts, columns, Bars::Blocks)
    }

    #[test]
    fn without_unicode_the_bars_are_ascii() {
        let (row, _) = super::bars(&[0, 1, 2, 4, 8], 80, Bars::Ascii);
        assert_eq!(row, "._-=@");
    }

    #[test]
    fn anything_is_seen_and_nothing_is_a_dot() {
        let (row, most) = bars(&[0, 1, 50, 100, u64::MAX / 1000], 80);
        assert_eq!(
            (row.as_str(), most.as_str()),
            ("·▁▁▁█", "max 18446744073709551")
        );
        assert_eq!(bars(&[0, 1, 2, 4, 8], 80).0, "·▁▂▄█");
        assert_eq!(bars(&[], 80).0, "");
        assert_eq!(bars(&[0, 0], 80).0, "··");
    }

    #[test]
    fn counts_are_added_up_where_there_is_little_room() {
        let counts: Vec<u64> = (0..60).collect();
        for columns in [0, 1, 7, 59, 60] {
            let (row, _) = bars(&counts, columns);
            assert!(row.chars().count() <= columns.max(1), "{columns}: {row}");
        }
        assert_eq!(
            bars(&[1, 1, 4, 4], 2),
            ("▂█".to_owned(), "max 8".to_owned())
        );
    }
}
