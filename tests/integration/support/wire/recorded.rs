//! Events that an account has recorded: those of its log group, and CloudTrail's event history.

use cis_fix::model::Region;
use cis_fix::pattern::{Event, Pattern};
use cis_fix::sandbox::SandboxAccount;

use super::logs::{group, invalid};
use super::members::Members;
use super::paging::{self, Wanted};
use super::{Paging, Refusal, Shape};

/// The events of one page of a log group; AWS may end a page wherever it likes.
const LOG_PAGE: usize = 25;

/// A recorded event.
#[derive(Debug, Clone)]
pub(crate) struct Recorded {
    /// When it was logged, in milliseconds since 1970.
    pub(crate) at: i64,
    /// The record.
    pub(crate) record: String,
}

/// What an account has recorded.
#[derive(Debug, Clone, Default)]
pub(crate) struct Recordings {
    /// The events of every log group.
    pub(crate) logged: Vec<Recorded>,
    /// CloudTrail's event history, by Region.
    pub(crate) history: Vec<(Region, Recorded)>,
    /// For how many days log groups keep events.
    pub(crate) retention_days: Option<i64>,
}

impl Recordings {
    pub(super) fn filter(
        &self,
        account: &SandboxAccount,
        region: &Region,
        (given, paging): (&mut Members, Paging),
    ) -> Result<Shape, Refusal> {
        let group = group(account, region, &given.text("logGroupName")?)?;
        if account.describe_log_group(&group)?.is_none() {
            let message = "The specified log group does not exist.";
            return Err(Refusal::new("ResourceNotFoundException", message));
        }
        let pattern = given.optional_text("filterPattern")?.unwrap_or_default();
        let pattern = Pattern::parse(&pattern).map_err(|_| invalid("Invalid filter pattern"))?;
        let (start, end) = (
            given.optional_integer("startTime")?.unwrap_or(0),
            given.optional_integer("endTime")?.unwrap_or(i64::MAX),
        );
        if start < 0 || start > end {
            return Err(invalid("The start time must not be after the end time"));
        }
        let wanted = Wanted {
            token: given.optional_text("nextToken")?,
            size: LOG_PAGE,
            paging,
        };
        let found = self.logged.iter().filter(|event| {
            let is_inside = start <= event.at && event.at <= end;
            is_inside && pattern.matches(&Event::parse(&event.record))
        });
        let dealt = paging::deal(found.map(logged).collect(), &wanted);
        let dealt = dealt.ok_or_else(|| invalid("The specified nextToken is invalid."))?;
        Ok(Shape::members([
            ("events", Some(Shape::List(dealt.items))),
            ("searchedLogStreams", Some(Shape::List(Vec::new()))),
            ("nextToken", dealt.token),
        ]))
    }

    pub(super) fn lookup(
        &self,
        region: &Region,
        (given, paging): (&mut Members, Paging),
    ) -> Result<Shape, Refusal> {
        let attributes = given.list("LookupAttributes")?;
        let [attribute] = attributes.as_slice() else {
            let message = "Only one lookup attribute can be specified";
            return Err(Refusal::new("InvalidLookupAttributesException", message));
        };
        let name = event_name(attribute)?;
        let (start, end) = (seconds(given, "StartTime")?, seconds(given, "EndTime")?);
        if start > end {
            let message = "StartTime must not be after EndTime";
            return Err(Refusal::new("InvalidTimeRangeException", message));
        }
        let size = paging::size(
            "MaxResults",
            given.optional_integer("MaxResults")?,
            (50, 50),
        )
        .map_err(|message| Refusal::new("InvalidMaxResultsException", message))?;
        let wanted = Wanted {
            token: given.optional_text("NextToken")?,
            size,
            paging,
        };
        let found = self.history.iter().rev().filter(|(place, event)| {
            let second = event.at.div_euclid(1000);
            let is_inside = start <= second && second <= end;
            place == region && is_inside && event_name_of(&event.record) == Some(name.clone())
        });
        let all = found.map(|(_, event)| looked_up(&name, event)).collect();
        let dealt = paging::deal(all, &wanted).ok_or_else(|| {
            Refusal::new("InvalidNextTokenException", "The next token is not valid.")
        })?;
        Ok(Shape::members([
            ("Events", Some(Shape::List(dealt.items))),
            ("NextToken", dealt.token),
        ]))
    }
}

fn logged(event: &Recorded) -> Shape {
    Shape::members([
        (
            "logStreamName",
            Some(Shape::text("123456789012_CloudTrail_us-east-1")),
        ),
        ("timestamp", Some(Shape::Integer(event.at))),
        ("message", Some(Shape::text(&event.record))),
        ("ingestionTime", Some(Shape::Integer(event.at + 1000))),
        ("eventId", Some(Shape::text("0123456789"))),
    ])
}

fn looked_up(name: &str, event: &Recorded) -> Shape {
    Shape::members([
        ("EventName", Some(Shape::text(name))),
        ("EventTime", Some(Shape::Time(event.at.div_euclid(1000)))),
        ("Username", Some(Shape::text("somebody"))),
        ("Resources", Some(Shape::List(Vec::new()))),
        ("CloudTrailEvent", Some(Shape::text(&event.record))),
    ])
}

fn event_name(attribute: &Shape) -> Result<String, Refusal> {
    let mut attribute = Members::within("LookupAttributes", attribute)?;
    let (key, value) = (
        attribute.text("AttributeKey")?,
        attribute.text("AttributeValue")?,
    );
    attribute.finish()?;
    if key == "EventName" {
        return Ok(value);
    }
    let message = format!("the stand-in for AWS does not look up by `{key}`");
    Err(Refusal::new("InvalidLookupAttributesException", message))
}

fn event_name_of(record: &str) -> Option<String> {
    let event = Event::parse(record);
    Some(event.value()?.get("eventName")?.as_str()?.to_owned())
}

fn seconds(given: &mut Members, name: &str) -> Result<i64, Refusal> {
    let missing = format!("`{name}` is missing");
    let seconds = given.optional_integer(name)?;
    seconds.ok_or_else(|| Refusal::serialization(missing))
}
