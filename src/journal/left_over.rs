//! What the record of a command tells that has to do with alarms, read back strictly: which alarms a drill that was
//! cut off may have left in ALARM.

use super::alarms::{ALARM_SCHEMA, AlarmLine, DONE, Shape};
use super::history::{NoLine, lines};
use crate::model::{AccountId, AlarmArn, AlarmState};

/// What the record of a command tells that has to do with alarms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlarmHistory {
    /// The command that wrote it.
    pub command: String,
    /// The account.
    pub account: AccountId,
    /// The file of the account, if it is a simulated one.
    pub sandbox: Option<String>,
    /// The alarms that it may have left in ALARM, since it was cut off; more than one only if some could not be put
    /// back before.
    pub left: Vec<LeftInAlarm>,
}

/// An alarm that a drill may have left in ALARM.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftInAlarm {
    /// The alarm.
    pub alarm: AlarmArn,
    /// Its state before.
    pub before: AlarmState,
    /// Why it was put into ALARM, as its history tells.
    pub reason: String,
}

/// An alarm that was driven, and whether it was tried to put it back.
struct Driven {
    left: LeftInAlarm,
    is_tried: bool,
}

/// Returns what the record of a command tells that has to do with alarms. Its last line may have been cut off.
///
/// # Errors
///
/// Says which other line is not as it was written.
pub fn alarm_history(text: &str) -> Result<AlarmHistory, NoLine> {
    let mut lines = lines(text, AlarmLine::to_text)?.into_iter().enumerate();
    let at = |number: usize| move |message: String| NoLine { number, message };
    let Some((_, AlarmLine(first))) = lines.next() else {
        return Err(at(1)("a record begins with who did what where".to_owned()));
    };
    let mut history = beginning(first).map_err(at(1))?;
    let mut driven = Vec::new();
    for (index, AlarmLine(line)) in lines {
        continued(&history.account, &mut driven, line).map_err(at(index + 1))?;
    }
    history.left = driven.into_iter().map(|driven| driven.left).collect();
    Ok(history)
}

fn beginning(first: Shape) -> Result<AlarmHistory, String> {
    match first {
        Shape::Begin { schema, .. } if schema != ALARM_SCHEMA => {
            Err("it is of another version".to_owned())
        }
        Shape::Begin {
            command,
            account,
            sandbox,
            ..
        } => Ok(AlarmHistory {
            command,
            account: AccountId::parse(&account).map_err(|error| error.to_string())?,
            sandbox,
            left: Vec::new(),
        }),
        Shape::Intent { .. }
        | Shape::Outcome { .. }
        | Shape::Recovered { .. }
        | Shape::End { .. } => Err("a record begins with who did what where".to_owned()),
    }
}

fn continued(account: &AccountId, driven: &mut Vec<Driven>, line: Shape) -> Result<(), String> {
    match line {
        Shape::Begin { .. } => return Err("a record begins once".to_owned()),
        Shape::Intent {
            alarms,
            previous: Some(previous),
            state: Some(state),
            reason,
            ..
        } => {
            let alarm = one(account, &alarms)?;
            let (before, to) = (known(&previous)?, known(&state)?);
            if to == AlarmState::Alarm {
                // The alarm before came back by itself where it was not tried to put it back.
                driven.retain(|other| other.is_tried);
                driven.push(Driven {
                    left: LeftInAlarm {
                        alarm,
                        before,
                        reason: reason.ok_or("there is no reason")?,
                    },
                    is_tried: false,
                });
            } else {
                for own in driven.iter_mut().filter(|own| own.left.alarm == alarm) {
                    own.is_tried = true;
                }
            }
        }
        Shape::Outcome { alarms, result, .. } if result == DONE => {
            let is_back =
                |own: &Driven| own.is_tried && alarms.contains(&own.left.alarm.to_string());
            driven.retain(|own| !is_back(own));
        }
        Shape::Recovered { alarm, .. } => {
            driven.retain(|own| own.left.alarm.to_string() != alarm);
        }
        // A run that came to its end told itself what it could not put back.
        Shape::End { .. } => driven.clear(),
        Shape::Intent { .. } | Shape::Outcome { .. } => {}
    }
    Ok(())
}

fn one(account: &AccountId, alarms: &[String]) -> Result<AlarmArn, String> {
    let [alarm] = alarms else {
        return Err("one alarm is driven at a time".to_owned());
    };
    let alarm = AlarmArn::parse(alarm).map_err(|error| error.to_string())?;
    if alarm.account != *account {
        return Err("it is about another account".to_owned());
    }
    Ok(alarm)
}

fn known(state: &str) -> Result<AlarmState, String> {
    AlarmState::parse(state).ok_or_else(|| format!("`{state}` is not a state"))
}

#[cfg(test)]
mod tests {
    use super::super::{AlarmOrder, Writer};
    use super::*;
    use crate::model::{CallError, CallErrorKind};

    fn arn(name: &str) -> AlarmArn {
        let text = format!("arn:aws:cloudwatch:us-east-1:123456789012:alarm:{name}");
        AlarmArn::parse(&text).unwrap()
    }

    fn to_alarm(name: &str) -> AlarmOrder {
        AlarmOrder::drive(arn(name), AlarmState::Ok, AlarmState::Alarm, "a drill")
    }

    fn back(name: &str) -> AlarmOrder {
        AlarmOrder::drive(arn(name), AlarmState::Alarm, AlarmState::Ok, "over")
    }

    fn intent(order: &AlarmOrder) -> String {
        AlarmLine::intent("now".to_owned(), order).to_text()
    }

    fn done(order: &AlarmOrder) -> String {
        AlarmLine::outcome("now".to_owned(), order, None).to_text()
    }

    fn failed(order: &AlarmOrder) -> String {
        let error = CallError::new("any:Call", CallErrorKind::Denied, "no");
        AlarmLine::outcome("now".to_owned(), order, Some(&error)).to_text()
    }

    fn begin() -> String {
        let account = AccountId::parse("123456789012").unwrap();
        AlarmLine::begin("now".to_owned(), "drill", &account, Writer::from("alice")).to_text()
    }

    /// Returns the names of what may be left in ALARM.
    fn left(lines: &[String]) -> Vec<String> {
        let text = begin() + &lines.concat();
        let left = alarm_history(&text).unwrap().left.into_iter();
        left.map(|left| {
            assert_eq!(
                (left.before, left.reason.as_str()),
                (AlarmState::Ok, "a drill")
            );
            left.alarm.name
        })
        .collect()
    }

    #[test]
    fn an_alarm_is_left_in_alarm_until_it_is_known_to_be_back() {
        let (a, b) = (to_alarm("a"), to_alarm("b"));
        let (a_back, b_back) = (back("a"), back("b"));
        let course = [
            intent(&a),
            done(&a),
            intent(&a_back),
            done(&a_back),
            intent(&b),
            failed(&b),
            intent(&b_back),
            failed(&b_back),
        ];
        let expected: [&[&str]; 9] = [
            &[],
            &["a"],
            &["a"],
            &["a"],
            &[],
            &["b"],
            &["b"],
            &["b"],
            &["b"],
        ];
        for (lines, expected) in expected.iter().enumerate() {
            assert_eq!(left(&course[..lines]), *expected, "after {lines} lines");
        }
        // The next alarm's turn came without a try to put this one back: it came back by itself.
        assert_eq!(left(&[intent(&a), done(&a), intent(&b)]), ["b"]);
        // One that could not be put back is still there.
        let stuck = [intent(&a), done(&a), intent(&a_back), failed(&a_back)].concat();
        assert_eq!(left(&[stuck.clone(), intent(&b)]), ["a", "b"]);
        for ending in [
            AlarmLine::end("now".to_owned()),
            AlarmLine::recovered("now".to_owned(), &arn("a")),
        ] {
            assert_eq!(left(&[stuck.clone(), ending.to_text()]), [""; 0]);
        }
    }

    #[test]
    fn a_record_is_read_back_wherever_it_was_cut_off_and_not_when_it_was_altered() {
        let text = begin() + &intent(&to_alarm("a")) + &done(&to_alarm("a"));
        for end in 0..text.len() {
            let part = text.get(..end).unwrap();
            let whole = part.matches('\n').count();
            match alarm_history(part) {
                Ok(history) => assert_eq!(history.left.len(), usize::from(whole > 1)),
                Err(error) => assert_eq!((error.number, whole), (1, 0)),
            }
        }
        for (old, new, number) in [
            ("alarm-journal/v1", "alarm-journal/v9", 1),
            ("\"previous\":\"OK\"", "\"previous\":\"FINE\"", 2),
            (":123456789012:alarm", ":210987654321:alarm", 2),
            (",\"reason\":\"a drill\"", "", 2),
            ("\"event\":\"outcome\"", "\"event\":\"outcomes\"", 3),
        ] {
            let error = alarm_history(&text.replace(old, new)).unwrap_err();
            assert_eq!(error.number, number, "{error}");
        }
    }
}
