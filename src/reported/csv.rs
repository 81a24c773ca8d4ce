//! Prowler's CSV: cells between semicolons, quoted where they hold one, a quote or a line break.

use super::{FindingResult, Raw, ReportedError};

/// What separates the cells.
const SEPARATOR: char = ';';

/// The columns that are read.
struct Columns {
    check: usize,
    status: usize,
    muted: Option<usize>,
    account: usize,
    region: Option<usize>,
    count: usize,
}

/// Reads the findings.
pub(super) fn read(text: &str) -> Result<Vec<Raw>, ReportedError> {
    let mut rows = Rows {
        rest: text,
        line: 1,
    };
    let Some((_, header)) = rows.next_row()? else {
        return Err(ReportedError::Empty);
    };
    let columns = Columns::of(&header)?;
    let mut findings = Vec::new();
    while let Some((line, row)) = rows.next_row()? {
        if row.len() == 1 && row.iter().all(String::is_empty) {
            continue;
        }
        if row.len() != columns.count {
            return Err(ReportedError::Cells {
                line,
                found: row.len(),
                wanted: columns.count,
            });
        }
        findings.push(columns.finding(&row));
    }
    Ok(findings)
}

impl Columns {
    fn of(header: &[String]) -> Result<Self, ReportedError> {
        let place = |name: &str| header.iter().position(|cell| cell.trim() == name);
        let required = |name: &'static str| place(name).ok_or(ReportedError::Column(name));
        Ok(Self {
            check: required("CHECK_ID")?,
            status: required("STATUS")?,
            muted: place("MUTED"),
            account: required("ACCOUNT_UID")?,
            region: place("REGION"),
            count: header.len(),
        })
    }

    fn finding(&self, row: &[String]) -> Raw {
        let cell = |place: usize| row.get(place).map_or("", |cell| cell.trim());
        let given = |place: usize| Some(cell(place).to_owned()).filter(|text| !text.is_empty());
        let muted = self
            .muted
            .is_some_and(|place| cell(place).eq_ignore_ascii_case("true"));
        let result = match (cell(self.status), muted) {
            ("FAIL", false) => FindingResult::Failed,
            ("FAIL", true) | ("MUTED", _) => FindingResult::Closed,
            _ => FindingResult::NotFailed,
        };
        Raw {
            checks: vec![cell(self.check).to_owned()],
            result,
            account: given(self.account),
            region: self.region.and_then(given),
        }
    }
}

/// The rows of a text, one at a time.
struct Rows<'text> {
    rest: &'text str,
    line: usize,
}

impl Rows<'_> {
    /// Returns the next row with the line where it begins.
    fn next_row(&mut self) -> Result<Option<(usize, Vec<String>)>, ReportedError> {
        if self.rest.is_empty() {
            return Ok(None);
        }
        let first = self.line;
        let mut cells = Vec::new();
        loop {
            let (cell, end) = self.cell(first)?;
            cells.push(cell);
            match end {
                Some(SEPARATOR) => {}
                Some(_) | None => return Ok(Some((first, cells))),
            }
        }
    }

    /// Takes one cell and what ends it: a separator, a line break or the end of the text.
    fn cell(&mut self, row: usize) -> Result<(String, Option<char>), ReportedError> {
        let Some(quoted) = self.rest.strip_prefix('"') else {
            return Ok(self.plain_cell());
        };
        let mut text = String::new();
        let mut rest = quoted;
        loop {
            let (part, behind) = rest
                .split_once('"')
                .ok_or(ReportedError::Quote { line: row })?;
            text.push_str(part);
            // Two quotes stand for one.
            if let Some(more) = behind.strip_prefix('"') {
                text.push('"');
                rest = more;
            } else {
                self.line += text.matches('\n').count();
                self.rest = behind;
                break;
            }
        }
        let (trailing, end) = self.plain_cell();
        if trailing.is_empty() {
            Ok((text, end))
        } else {
            Err(ReportedError::Quote { line: row })
        }
    }

    fn plain_cell(&mut self) -> (String, Option<char>) {
        let Some((cell, end)) = self
            .rest
            .find([SEPARATOR, '\n'])
            .and_then(|place| self.rest.split_at_checked(place))
        else {
            let cell = self.rest.trim_end_matches('\r').to_owned();
            self.rest = "";
            return (cell, None);
        };
        let mut behind = end.chars();
        let ends = behind.next();
        self.rest = behind.as_str();
        if ends == Some('\n') {
            self.line += 1;
        }
        (cell.trim_end_matches('\r').to_owned(), ends)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_hold_separators_line_breaks_and_quotes() {
        let text =
            "CHECK_ID;NOTES;STATUS;ACCOUNT_UID\r\n\"a\";\"x;\"\"y\"\"\nz\";FAIL;1\r\n\nb;;PASS;\n";
        let found = read(text).unwrap();
        let seen: Vec<_> = found
            .iter()
            .map(|raw| (raw.checks[0].as_str(), raw.result, raw.account.as_deref()))
            .collect();
        assert_eq!(
            seen,
            [
                ("a", FindingResult::Failed, Some("1")),
                ("b", FindingResult::NotFailed, None)
            ]
        );
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line() {
        let header = "CHECK_ID;STATUS;ACCOUNT_UID\n";
        for (rows, error) in [
            (
                "a;FAIL\n",
                ReportedError::Cells {
                    line: 2,
                    found: 2,
                    wanted: 3,
                },
            ),
            ("a;FAIL;1\n\"b\nc;FAIL;1", ReportedError::Quote { line: 3 }),
            ("a;FAIL;1\n\"b\"c;FAIL;1", ReportedError::Quote { line: 3 }),
        ] {
            assert_eq!(read(&format!("{header}{rows}")), Err(error), "{rows}");
        }
        assert_eq!(read("a,b\n"), Err(ReportedError::Column("CHECK_ID")));
    }
}
