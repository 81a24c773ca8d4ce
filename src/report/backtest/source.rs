//! Where the events of a backtest came from, and what cannot be there.

use crate::backtest::{LogSource, Source, time};
use crate::model::{Region, Retention};
use crate::report::document::{Block, Text};
use crate::report::roster::count;

/// Returns what is to be said of the source; of files nothing.
pub(super) fn told(source: &Source) -> Vec<Block> {
    let sentences = match source {
        Source::Files => Vec::new(),
        Source::LogGroups(groups) => groups.iter().map(log_group).collect(),
        Source::History(region) => vec![history(region)],
    };
    let paragraph = |sentence: String| Block::Paragraph(Text::sentence(&sentence));
    sentences.into_iter().map(paragraph).collect()
}

fn log_group(source: &LogSource) -> String {
    let LogSource {
        log_group,
        retention,
    } = source;
    let Retention { created, days } = retention;
    let made = created.map_or_else(String::new, |created| {
        format!(" It was made at {}.", time::print(created))
    });
    let kept = match days {
        Some(days) => {
            let days = usize::try_from(*days).unwrap_or(usize::MAX);
            let days = count(days, "day", "days");
            format!("It keeps events for {days}: what is older is not there.")
        }
        None => "It keeps events for ever.".to_owned(),
    };
    format!(
        "Log group `{}` in {} was asked for the pattern of each control. {kept}{made}",
        log_group.name, log_group.region
    )
}

fn history(region: &Region) -> String {
    format!(
        "CloudTrail's event history of {region} was asked for the names of the events that the patterns look for. It holds the \
         management events of this Region alone, of the last 90 days. Those of global services, such as IAM, sign-in and \
         Organizations, are in the history of one Region, `us-east-1` in the partition `aws`."
    )
}
