//! Points in time as CloudTrail writes them: milliseconds since 1970 in UTC, read and written as RFC 3339.
//!
//! Leap seconds are not counted, as everywhere in AWS.

/// The milliseconds of a day.
pub const DAY: i64 = 24 * HOUR;
/// The milliseconds of an hour.
pub const HOUR: i64 = 60 * MINUTE;
/// The milliseconds of a minute.
pub const MINUTE: i64 = 60_000;

/// Reads a time such as `2023-07-10T11:45:00Z`, also with a fraction of a second and with an offset.
#[must_use]
pub fn parse(text: &str) -> Option<i64> {
    usual(text.as_bytes()).or_else(|| any(text))
}

/// Reads a time as CloudTrail itself writes it.
fn usual(text: &[u8]) -> Option<i64> {
    #[rustfmt::skip]
    let &[y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2, b'T', h1, h2, b':', n1, n2, b':', s1, s2, b'Z'] = text else {
        return None;
    };
    let number = |tens: u8, ones: u8| {
        let digit = |byte: u8| byte.is_ascii_digit().then(|| i64::from(byte - b'0'));
        Some(digit(tens)? * 10 + digit(ones)?)
    };
    let year = number(y1, y2)? * 100 + number(y3, y4)?;
    let day = existing_day(year, number(m1, m2)?, number(d1, d2)?)?;
    let (hour, minute, second) = (number(h1, h2)?, number(n1, n2)?, number(s1, s2)?);
    let is_there = hour < 24 && minute < 60 && second < 60;
    is_there.then_some(day * DAY + hour * HOUR + minute * MINUTE + second * 1000)
}

fn any(text: &str) -> Option<i64> {
    let mut reader = Reader(text.as_bytes());
    let day = reader.date()?;
    reader.one_of(b"Tt ")?;
    let hour = reader.below(24, 2)?;
    reader.one_of(b":")?;
    let minute = reader.below(60, 2)?;
    reader.one_of(b":")?;
    // A leap second counts as the one that follows.
    let second = reader.below(61, 2)?;
    let fraction = reader.fraction()?;
    let offset = reader.offset()?;
    let within = hour * HOUR + minute * MINUTE + second * 1000 + fraction;
    reader
        .0
        .is_empty()
        .then_some(day * DAY + within - offset * MINUTE)
}

/// Reads a date such as `2023-07-10` as the time at which it begins.
#[must_use]
pub fn parse_date(text: &str) -> Option<i64> {
    let mut reader = Reader(text.as_bytes());
    let day = reader.date()?;
    reader.0.is_empty().then_some(day * DAY)
}

/// Writes a time as CloudTrail does, without what is less than a second.
#[must_use]
pub fn print(time: i64) -> String {
    let (year, month, day) = date(time.div_euclid(DAY));
    let second = time.rem_euclid(DAY) / 1000;
    format!(
        "{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}Z",
        second / 3600,
        second / 60 % 60,
        second % 60
    )
}

/// What is still to be read.
struct Reader<'text>(&'text [u8]);

impl Reader<'_> {
    /// Reads a date as the number of its day.
    fn date(&mut self) -> Option<i64> {
        let year = self.below(10_000, 4)?;
        self.one_of(b"-")?;
        let month = self.below(13, 2)?;
        self.one_of(b"-")?;
        let day = self.below(32, 2)?;
        existing_day(year, month, day)
    }

    /// Reads a number of some digits that is less than a bound.
    fn below(&mut self, bound: i64, digits: usize) -> Option<i64> {
        let (number, rest) = self.0.split_at_checked(digits)?;
        let mut value = 0;
        for digit in number {
            value = value * 10 + i64::from(char::from(*digit).to_digit(10)?);
        }
        self.0 = rest;
        (value < bound).then_some(value)
    }

    fn one_of(&mut self, wanted: &[u8]) -> Option<u8> {
        let (byte, rest) = self.0.split_first()?;
        self.0 = rest;
        wanted.contains(byte).then_some(*byte)
    }

    /// Reads a fraction of a second, if there is one, in milliseconds.
    fn fraction(&mut self) -> Option<i64> {
        if self.0.first() != Some(&b'.') {
            return Some(0);
        }
        self.one_of(b".")?;
        let mut milliseconds = self.below(10, 1)? * 100;
        let mut weight = 10;
        while let Some(digit) = self.0.first().filter(|byte| byte.is_ascii_digit()) {
            milliseconds += i64::from(digit - b'0') * weight;
            weight /= 10;
            self.one_of(b"0123456789")?;
        }
        Some(milliseconds)
    }

    /// Reads how many minutes the time is ahead of UTC.
    fn offset(&mut self) -> Option<i64> {
        let sign = match self.one_of(b"Zz+-")? {
            b'+' => 1,
            b'-' => -1,
            _ => return Some(0),
        };
        let hours = self.below(24, 2)?;
        self.one_of(b":")?;
        Some(sign * (hours * 60 + self.below(60, 2)?))
    }
}

/// Returns the number of a day, if there is such a day.
fn existing_day(year: i64, month: i64, day: i64) -> Option<i64> {
    let is_there = (1..=12).contains(&month) && (1..=month_length(year, month)).contains(&day);
    is_there.then(|| day_number(year, month, day))
}

/// Returns how many days a month has.
fn month_length(year: i64, month: i64) -> i64 {
    let is_leap_year = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        2 => 28 + i64::from(is_leap_year),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Returns the number of a day, counted from 1970; years begin in March, so that leap days come last.
fn day_number(year: i64, month: i64, day: i64) -> i64 {
    let year = if month > 2 { year } else { year - 1 };
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

/// Returns year, month and day of a day.
fn date(number: i64) -> (i64, i64, i64) {
    let number = number + 719_468;
    let era = number.div_euclid(146_097);
    let day_of_era = number.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 {
        from_march + 3
    } else {
        from_march - 9
    };
    let year = era * 400 + year_of_era + i64::from(month <= 2);
    (year, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_as_they_are_written() {
        let cases = [
            ("1970-01-01T00:00:00Z", 0),
            ("1969-12-31T23:59:59Z", -1000),
            ("2000-02-29T12:00:00Z", 951_825_600_000),
            ("2023-07-10T11:45:30Z", 1_688_989_530_000),
            ("9999-12-31T23:59:59Z", 253_402_300_799_000),
            ("0000-03-01T00:00:00Z", -62_162_035_200_000),
        ];
        for (text, time) in cases {
            assert_eq!(parse(text), Some(time), "{text}");
            assert_eq!(print(time), text);
        }
        for (text, time) in [
            ("2023-07-10T13:45:30.5+02:00", 1_688_989_530_500),
            ("2023-07-10t07:15:30.0129-04:30", 1_688_989_530_012),
            ("2023-07-10 11:45:30.123456789z", 1_688_989_530_123),
            ("2016-12-31T23:59:60Z", 1_483_228_800_000),
        ] {
            assert_eq!(parse(text), Some(time), "{text}");
        }
        assert_eq!(parse_date("2023-07-10"), Some(1_688_947_200_000));
    }

    #[test]
    fn what_cloudtrail_writes_is_read_as_any_time_is() {
        for text in [
            "2023-07-10T11:45:30Z",
            "2023-02-29T11:45:30Z",
            "2024-02-29T11:45:30Z",
            "2023-00-10T11:45:30Z",
            "2023-13-10T11:45:30Z",
            "2023-04-31T11:45:30Z",
            "2023-07-10T24:45:30Z",
            "2023-07-10T11:60:30Z",
            "2023-07-10T11:45:99Z",
            "2023-07-1oT11:45:30Z",
        ] {
            assert_eq!(usual(text.as_bytes()), any(text), "{text}");
        }
        assert_eq!(usual(b"2016-12-31T23:59:60Z"), None);
    }

    #[test]
    fn what_is_no_time_is_refused() {
        for text in [
            "",
            "2023-07-10",
            "2023-02-29T00:00:00Z",
            "2023-13-01T00:00:00Z",
            "2023-00-01T00:00:00Z",
            "2023-01-00T00:00:00Z",
            "2023-07-10T24:00:00Z",
            "2023-07-10T11:60:00Z",
            "2023-07-10T11:45:30",
            "2023-07-10T11:45:30.Z",
            "2023-07-10T11:45:30Zx",
            "2023-07-10T11:45:30+0200",
            "-023-07-10T11:45:30Z",
            "2023-07-10T11:45:3éZ",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
        for text in ["", "2023-7-10", "2023-07-32", "2023-07-10Z", "20230710"] {
            assert_eq!(parse_date(text), None, "{text}");
        }
    }

    #[test]
    fn every_day_has_its_number() {
        for number in -800_000..3_000_000_i64 {
            let (year, month, day) = date(number);
            assert_eq!(existing_day(year, month, day), Some(number));
            let (_, next_month, _) = date(number + 1);
            let is_last = next_month != month;
            assert_eq!(existing_day(year, month, day + 1).is_none(), is_last);
        }
    }
}
