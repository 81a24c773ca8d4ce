//! What one control's alarm would have done: figures, a timeline, who causes it, and what would make it quieter.

use super::steps::{Steps, length};
use crate::backtest::alarm::{Course, Figures};
use crate::backtest::tuning::{Left, Paging, Proposal, Rehearsal, Setting};
use crate::backtest::{Counter, Excerpt, Property, Tally};
use crate::desired::DesiredControl;
use crate::report::clauses::clause_lines;
use crate::report::document::{Block, Field, Language, Section, Snippet, Style, Table, Text};
use crate::report::json_line::json_line;
use crate::report::roster::count;

/// How much is told of the causes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// The three most frequent of each kind.
    Brief,
    /// The ten most frequent of each kind.
    Full,
}

impl Depth {
    fn causes(self) -> usize {
        match self {
            Self::Brief => 3,
            Self::Full => 10,
        }
    }
}

/// Returns what is to be said of a control that matched something.
pub(super) fn group(
    control: &DesiredControl,
    tally: &Tally,
    rehearsal: &Rehearsal,
    depth: Depth,
) -> Block {
    let number = control.number.clone().map(|number| format!("{number} "));
    let mut body = vec![Block::Timeline(timeline(control, tally, rehearsal))];
    body.push(Block::Fields(fields(tally, rehearsal)));
    if let Some(table) = causes(tally, depth) {
        body.push(table);
    }
    if let Some(proposal) = &rehearsal.proposal {
        body.extend(proposed(proposal, control));
    } else if !rehearsal.is_within() {
        body.push(Block::Paragraph(Text::from([Style::Caution.span(
            "No setting and no exclusion was found that stays within the budget.",
        )])));
    }
    Block::Group(Section {
        title: Text::from([
            Style::Plain.span(number.unwrap_or_default()),
            Style::Strong.span(control.id.as_str()),
        ]),
        aside: Text::plain(&control.title),
        body,
    })
}

fn timeline(
    control: &DesiredControl,
    tally: &Tally,
    rehearsal: &Rehearsal,
) -> crate::report::document::Timeline {
    let course = &rehearsal.course;
    let steps = Steps::of(&course.span);
    let mut rows = vec![
        steps.events("events", tally.minutes()),
        steps.alarms("alarms now", Style::Bad, course),
    ];
    let proposal = rehearsal.proposal.as_ref();
    if let Some(setting) = proposal.and_then(|proposal| proposal.setting.as_ref()) {
        rows.push(steps.alarms("with setting", Style::Caution, &setting.course));
    }
    if let Some(paging) = proposal.and_then(|proposal| proposal.paging.as_ref()) {
        rows.push(steps.alarms("paging", Style::Good, &paging.setting.course));
    }
    steps.timeline(format!("{}: events and alarms over time", control.id), rows)
}

fn fields(tally: &Tally, rehearsal: &Rehearsal) -> Vec<Field> {
    let untimed = match tally.untimed() {
        0 => String::new(),
        number => format!(", {number} of them without a time"),
    };
    let field = |name, text: String| Field {
        name,
        value: vec![Text::plain(text)],
    };
    vec![
        field("Events", format!("{}{untimed}", tally.matches())),
        field("Alarms", alarms(&rehearsal.course)),
    ]
}

/// Returns what an alarm would have done, in words.
fn alarms(course: &Course) -> String {
    let Figures {
        alarms,
        days,
        most_in_a_day,
        median_of_a_day,
        longest_storm,
        quiet_share,
    } = course.figures();
    if alarms == 0 {
        return format!("none in {}", many(days, "day", "days"));
    }
    format!(
        "{} in {}: at most {most_in_a_day} a day, median {median_of_a_day}; longest in ALARM {}; {:.0} % of days quiet",
        many(alarms, "notification", "notifications"),
        many(days, "day", "days"),
        length(longest_storm),
        quiet_share * 100.0
    )
}

/// Returns the most frequent causes of each kind.
fn causes(tally: &Tally, depth: Depth) -> Option<Block> {
    let rows: Vec<Vec<Text>> = tally
        .causes()
        .iter()
        .flat_map(|(property, counter)| cause_rows(*property, counter, depth))
        .collect();
    (!rows.is_empty()).then_some(Block::Table(Table {
        headings: vec!["Cause", "Events", "Value"],
        rows,
    }))
}

fn cause_rows(property: Property, counter: &Counter, depth: Depth) -> Vec<Vec<Text>> {
    let at_least = if counter.shortfall() > 0 {
        "at least "
    } else {
        ""
    };
    let top = counter.top(depth.causes()).into_iter().enumerate();
    let rows = top.map(|(index, (value, count))| {
        let name = if index == 0 { property.as_str() } else { "" };
        vec![
            Text::plain(name),
            Text::plain(format!("{at_least}{count}")),
            Text::from([Style::Code.span(value)]),
        ]
    });
    rows.collect()
}

fn proposed(proposal: &Proposal, control: &DesiredControl) -> Vec<Block> {
    let mut blocks = Vec::new();
    if let Some(setting) = &proposal.setting {
        blocks.push(Block::Paragraph(Text::from([
            Style::Strong.span("Proposed setting: "),
            Style::Plain.span(settings(setting)),
        ])));
    }
    if let Some(paging) = &proposal.paging {
        blocks.extend(page(paging, control));
    }
    blocks
}

fn settings(setting: &Setting) -> String {
    let Setting {
        threshold,
        period,
        course,
    } = setting;
    format!(
        "threshold {threshold} in {}. {}.",
        length(i64::from(*period)),
        sentence(&alarms(course))
    )
}

fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => String::new(),
    }
}

fn page(paging: &Paging, control: &DesiredControl) -> Vec<Block> {
    let Paging {
        exclusions,
        pattern,
        matches,
        setting,
    } = paging;
    let mut blocks = vec![Block::Paragraph(Text::from([
        Style::Strong.span("Proposed for paging, beside the exact filter: "),
        Style::Plain.span(format!(
            "{} left, {}",
            many(*matches, "event", "events"),
            settings(setting)
        )),
    ]))];
    for (number, left) in (1..).zip(exclusions) {
        blocks.extend(exclusion(number, left));
    }
    let is_proved = format!(
        "Proved: this matches nothing that {} does not, and leaves out nothing else but events of the sources named.",
        control.id
    );
    blocks.push(Block::Snippet(Snippet {
        language: Language::Plain,
        lines: clause_lines(pattern.text()),
    }));
    blocks.push(Block::Paragraph(Text::plain(is_proved)));
    let numbers = (1..=exclusions.len()).map(|number| format!("{}:{number}", control.id));
    let accept = format!(
        "To accept what is left out: `--write-config --exclude {}`",
        numbers.collect::<Vec<_>>().join(",")
    );
    blocks.push(Block::Paragraph(Text::sentence(&accept)));
    blocks
}

fn exclusion(number: usize, left: &Left) -> Vec<Block> {
    let Left {
        exclusion,
        matches,
        lost: _,
    } = left;
    let told = format!(
        "{number}. Leaves out {}: {}. {}",
        exclusion.source.words(),
        many(*matches, "event", "events"),
        exclusion.source.risk()
    );
    vec![
        Block::Paragraph(Text::sentence(&told)),
        Block::Snippet(Snippet {
            language: Language::Plain,
            lines: lost_lines(left),
        }),
    ]
}

/// Returns events that are left out, one of each of the most frequent kinds with how many there are.
#[must_use]
pub fn lost_lines(left: &Left) -> Vec<String> {
    let seen = left.lost.iter().filter_map(|(_, members)| {
        let example = members.example.as_ref()?;
        Some(format!("{}  × {}", excerpt(example), members.count()))
    });
    let mut lines: Vec<String> = seen.collect();
    if lines.is_empty() {
        lines.push(json_line(&left.exclusion.lost));
    }
    lines
}

fn excerpt(excerpt: &Excerpt) -> String {
    let values = excerpt.properties.iter().map(|(_, value)| &**value);
    values.collect::<Vec<_>>().join("  ")
}

pub(super) fn many(number: u64, one: &str, several: &str) -> String {
    count(usize::try_from(number).unwrap_or(usize::MAX), one, several)
}
