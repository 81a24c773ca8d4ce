//! The reports of `mute`, `unmute` and `drill`.

use super::document::{Block, Document, Entry, Mark, Style, Text};
use super::roster::{count, enumeration};
use crate::examine::{ForeignAlarm, OwnAlarm, UnreadAlarm};
use crate::model::{
    AccountId, ActionResult, ActionsSwitch, AlarmArn, AlarmState, CallError, Region,
};
use crate::outcome::{
    Audience, Back, Drill, Drilled, Driven, Fate, Muted, Muting, Refusal, SkipReason, Target, Trial,
};

pub(super) fn muting(muting: &Muting) -> Document {
    let targets = muting.targets.iter();
    let head = match muting.to {
        ActionsSwitch::Enabled => "To be enabled",
        ActionsSwitch::Disabled => "To be disabled",
    };
    let mut blocks = Vec::from_iter(section(
        head,
        targets.map(|alarm| entry(Mark::Change, alarm, Vec::new())),
    ));
    blocks.extend(untouched(&muting.already, &muting.foreign, &muting.unread));
    let number = muting.targets.len();
    Document {
        title: title(muting.to.command(), &muting.account, &muting.region),
        blocks,
        summary: Text::plain(format!(
            "{}: {}",
            capitalised(muting.to.command()),
            count(number, "alarm to switch", "alarms to switch")
        )),
    }
}

pub(super) fn muted(muted: &Muted) -> Document {
    let muting = &muted.muting;
    let of = |wanted: fn(&Fate) -> bool| {
        let pairs = muting.targets.iter().zip(&muted.fates);
        let pairs: Vec<_> = pairs.filter(|(_, fate)| wanted(fate)).collect();
        let entries = pairs.iter().map(|(alarm, fate)| match fate {
            Fate::Done => entry(Mark::Change, alarm, Vec::new()),
            Fate::Failed(error) => entry(Mark::Blocked, alarm, vec![said(error)]),
            Fate::Skipped(reason) => entry(Mark::Skipped, alarm, vec![reason_words(reason)]),
        });
        entries.collect::<Vec<_>>()
    };
    let done = of(|fate| matches!(fate, Fate::Done));
    let failed = of(|fate| matches!(fate, Fate::Failed(_)));
    let skipped = of(|fate| matches!(fate, Fate::Skipped(_)));
    let mut summary = format!(
        "{}: {} switched, {} so already",
        if muted.interrupted {
            "Interrupted"
        } else {
            capitalised(muting.to.command())
        },
        done.len(),
        muting.already.len()
    );
    for (number, what) in [(failed.len(), "failed"), (skipped.len(), "not tried")] {
        if number > 0 {
            summary = format!("{summary}, {number} {what}");
        }
    }
    let heading = match muting.to {
        ActionsSwitch::Enabled => "Enabled",
        ActionsSwitch::Disabled => "Disabled",
    };
    let mut blocks: Vec<Block> = [(heading, done), ("Failed", failed), ("Not tried", skipped)]
        .into_iter()
        .filter_map(|(title, entries)| section(title, entries))
        .collect();
    blocks.extend(untouched(&muting.already, &muting.foreign, &muting.unread));
    Document {
        title: title(muting.to.command(), &muting.account, &muting.region),
        blocks,
        summary: Text::plain(summary),
    }
}

pub(super) fn drill(drill: &Drill) -> Document {
    let targets = drill.targets.iter().map(|target| {
        let topics = target
            .topics
            .iter()
            .map(|audience| Text::plain(hearers(audience)));
        entry(Mark::Change, &target.alarm, topics.collect())
    });
    let mut blocks = Vec::from_iter(section("To be driven through ALARM and back", targets));
    blocks.extend(not_driven(drill));
    blocks.extend(untouched(&[], &drill.foreign, &drill.unread));
    Document {
        title: title("drill", &drill.account, &drill.region),
        blocks,
        summary: Text::plain(format!(
            "Drill: {}; real messages go out",
            count(drill.targets.len(), "alarm to drive", "alarms to drive")
        )),
    }
}

pub(super) fn drilled(drilled: &Drilled) -> Document {
    let drill = &drilled.drill;
    let pairs = || drill.targets.iter().zip(&drilled.trials);
    let of = |wanted: fn(&Trial) -> bool| {
        let pairs = pairs().filter(|(_, trial)| wanted(trial));
        pairs
            .map(|(target, trial)| tried(target, trial))
            .collect::<Vec<_>>()
    };
    let published = of(|trial| matches!(trial, Trial::Driven(driven) if driven.is_published()));
    let silent = of(|trial| matches!(trial, Trial::Driven(driven) if !driven.is_published()));
    let rest = of(|trial| !matches!(trial, Trial::Driven(_)));
    let word = if drilled.interrupted {
        "Interrupted"
    } else {
        "Drill"
    };
    let mut summary = format!(
        "{word}: {} published, {} not published",
        published.len(),
        silent.len()
    );
    let left = rest.len() + drill.refused.len();
    if left > 0 {
        summary = format!("{summary}, {left} not driven");
    }
    let is_left = |trial: &Trial| matches!(trial, Trial::Driven(driven) if matches!(driven.back, Back::Failed(_)));
    let stuck = drilled.trials.iter().filter(|trial| is_left(trial)).count();
    if stuck > 0 {
        summary = format!("{summary}, {stuck} STILL IN ALARM");
    }
    let mut blocks: Vec<Block> = [
        ("Published", published),
        ("Not published", silent),
        ("Not driven", rest),
    ]
    .into_iter()
    .filter_map(|(title, entries)| section(title, entries))
    .collect();
    blocks.extend(not_driven(drill));
    blocks.extend(untouched(&[], &drill.foreign, &drill.unread));
    Document {
        title: title("drill", &drill.account, &drill.region),
        blocks,
        summary: Text::plain(summary),
    }
}

/// Returns the command of the AWS CLI that sets an alarm's state by hand.
pub(super) fn by_hand(alarm: &AlarmArn, state: AlarmState) -> String {
    let name = alarm.name.replace('\'', r"'\''");
    format!(
        "aws cloudwatch set-alarm-state --region {} --alarm-name '{name}' --state-value {state} \
         --state-reason 'a drill is over'",
        alarm.region
    )
}

fn title(command: &str, account: &AccountId, region: &Region) -> Text {
    Text::plain(format!(
        "{}: account {account}, {region}",
        capitalised(command)
    ))
}

fn capitalised(command: &str) -> &str {
    match command {
        "mute" => "Mute",
        "unmute" => "Unmute",
        _ => "Drill",
    }
}

fn section(title: &str, entries: impl IntoIterator<Item = Entry>) -> Option<Block> {
    let body: Vec<Block> = entries.into_iter().map(Block::Entry).collect();
    (!body.is_empty()).then(|| Block::section(title, body))
}

fn head(arn: &AlarmArn, behind: String) -> Text {
    Text::from([
        Style::Plain.span("alarm "),
        Style::Name.span(arn.name.clone()),
        Style::Dim.span(behind),
    ])
}

fn entry(mark: Mark, alarm: &OwnAlarm, said: Vec<Text>) -> Entry {
    Entry {
        mark,
        head: head(&alarm.arn, format!(", for {}", alarm.control)),
        body: said.into_iter().map(Block::Paragraph).collect(),
    }
}

fn said(error: &CallError) -> Text {
    Text::sentence(&error.to_string())
}

fn reason_words(reason: &SkipReason) -> Text {
    Text::sentence(match reason {
        SkipReason::Interrupted => "interrupted before its turn",
        SkipReason::Unrecorded => "the journal could not be written",
        SkipReason::Needs(_)
        | SkipReason::Changed
        | SkipReason::Declined
        | SkipReason::Credentials => "it was left out",
    })
}

/// Returns what is said of the alarms that nothing is done with.
fn untouched(already: &[OwnAlarm], foreign: &[ForeignAlarm], unread: &[UnreadAlarm]) -> Vec<Block> {
    let already = already
        .iter()
        .map(|alarm| entry(Mark::Adopt, alarm, Vec::new()));
    let foreign = foreign.iter().map(|alarm| {
        let controls: Vec<String> = alarm.controls.iter().map(ToString::to_string).collect();
        Entry {
            mark: Mark::Skipped,
            head: head(
                &alarm.arn,
                format!(", relied on by {}", enumeration(&controls)),
            ),
            body: vec![Block::Paragraph(Text::plain(
                "cis-fix did not make it for a control that was chosen.",
            ))],
        }
    });
    let unread = unread.iter().map(|alarm| Entry {
        mark: Mark::Blocked,
        head: head(&alarm.arn, String::new()),
        body: vec![
            Block::Paragraph(Text::plain("Nobody could look whose it is.")),
            Block::Paragraph(said(&alarm.error)),
        ],
    });
    let left: Vec<Entry> = foreign.chain(unread).collect();
    [section("So already", already), section("Left alone", left)]
        .into_iter()
        .flatten()
        .collect()
}

fn not_driven(drill: &Drill) -> Option<Block> {
    let refused = drill.refused.iter().map(|(alarm, refusal)| {
        let why = match refusal {
            Refusal::OtherActions(arns) => format!(
                "it does something else than publish to topics: {}",
                arns.join(", ")
            ),
            Refusal::Muted => {
                "its actions are disabled, so that nobody would hear it; `cis-fix unmute` enables them"
                    .to_owned()
            }
            Refusal::NoAction => "it has no action for ALARM, so that nobody would hear it".to_owned(),
        };
        entry(Mark::Blocked, alarm, vec![Text::sentence(&why)])
    });
    section("Not to be driven", refused)
}

fn hearers(audience: &Audience) -> String {
    let name = &audience.topic.name;
    match &audience.confirmed {
        Ok(number) => {
            let hearers = count(*number, "confirmed subscription", "confirmed subscriptions");
            format!("topic {name}: {hearers}")
        }
        Err(error) => format!("topic {name}: nobody could look who is subscribed: {error}"),
    }
}

fn tried(target: &Target, trial: &Trial) -> Entry {
    let (mark, said) = match trial {
        Trial::Driven(driven) => {
            let mark = if driven.is_published() {
                Mark::Adopt
            } else {
                Mark::Blocked
            };
            (mark, driven_words(target, driven))
        }
        Trial::InAlarm => (
            Mark::Skipped,
            vec![Text::plain(
                "It is in ALARM already, and would not notify again.",
            )],
        ),
        Trial::Changed => (
            Mark::Skipped,
            vec![Text::plain("It has changed since the drill was shown.")],
        ),
        Trial::Failed(error) => (Mark::Blocked, vec![said(error)]),
        Trial::Unrecorded => (
            Mark::Skipped,
            vec![Text::plain("The journal could not be written.")],
        ),
        Trial::Interrupted => (
            Mark::Skipped,
            vec![Text::plain("Interrupted before its turn.")],
        ),
    };
    entry(mark, &target.alarm, said)
}

fn driven_words(target: &Target, driven: &Driven) -> Vec<Text> {
    let mut words: Vec<Text> = target
        .topics
        .iter()
        .zip(&driven.results)
        .map(|(audience, result)| {
            let came = match (result, driven.seen) {
                (Some(ActionResult::Succeeded), _) => "published".to_owned(),
                (Some(ActionResult::Failed(why)), _) => format!("NOT published: {why}"),
                (Some(ActionResult::Open) | None, true) => {
                    "no word of a message in the history of the alarm".to_owned()
                }
                (Some(ActionResult::Open) | None, false) => {
                    "the history of the alarm does not show that it came to ALARM".to_owned()
                }
            };
            Text::plain(format!("{}; {came}", hearers(audience)))
        })
        .collect();
    words.extend(driven.error.as_ref().map(said));
    let back = match &driven.back {
        Back::Restored => format!("Back in {}.", driven.before),
        Back::Itself(state) => format!("CloudWatch judged it anew: {state}."),
        Back::Failed(error) => {
            words.push(said(error));
            format!(
                "STILL IN ALARM until CloudWatch judges it anew; by hand: {}",
                by_hand(&target.alarm.arn, driven.before)
            )
        }
    };
    words.push(Text::plain(back));
    words
}
