//! Reads what a verdict needs, in as few round trips as it can: what is known to be needed is asked at once.
//!
//! A call that fails becomes a failed reading; only an account that does not say who is asking ends the
//! observation.

use std::collections::{BTreeMap, BTreeSet};

use futures_util::future::{join_all, try_join};

use crate::cloud::CloudReader;
use crate::desired::Desired;
use crate::examine::{Question, questions};
use crate::model::{Reading, Region};
use crate::observed::Observed;

/// How many rounds of questions are asked at most; the chain is not longer than that.
const ROUNDS: usize = 6;

/// Reads the account, beginning in `region`.
///
/// # Errors
///
/// Fails when the account does not say who is asking.
pub async fn observe<Reader: CloudReader>(
    reader: &Reader,
    desired: &Desired,
    region: &Region,
) -> Reading<Observed> {
    reader.keep_secret(&desired.endpoints());
    // Nobody waits for the trails of an account that does not answer at all.
    let trails = async { Ok(reader.trails().await) };
    let (identity, trails) = try_join(reader.identity(), trails).await?;
    let mut observed = Observed {
        identity,
        region: region.clone(),
        trails: trails.map(|trails| {
            trails
                .into_iter()
                .map(|trail| (trail.arn.clone(), trail))
                .collect()
        }),
        trail_status: BTreeMap::new(),
        event_selectors: BTreeMap::new(),
        log_groups: BTreeMap::new(),
        metric_filters: BTreeMap::new(),
        alarms: BTreeMap::new(),
        alarm_tags: BTreeMap::new(),
        topics: BTreeMap::new(),
        topic_tags: BTreeMap::new(),
        subscriptions: BTreeMap::new(),
        keys: BTreeMap::new(),
    };
    for _ in 0..ROUNDS {
        let wanted = questions(desired, &observed);
        if wanted.is_empty() {
            break;
        }
        ask_all(reader, wanted, &mut observed).await;
    }
    Ok(observed)
}

/// Asks everything at once and keeps the answers.
async fn ask_all<Reader: CloudReader>(
    reader: &Reader,
    wanted: BTreeSet<Question>,
    observed: &mut Observed,
) {
    let known = &*observed;
    let answers = join_all(
        wanted
            .into_iter()
            .map(|question| ask(reader, question, known)),
    )
    .await;
    for keep in answers {
        keep(observed);
    }
}

/// An answer that knows its place among the facts.
type Keep = Box<dyn FnOnce(&mut Observed)>;

async fn ask<Reader: CloudReader>(reader: &Reader, question: Question, known: &Observed) -> Keep {
    let trail = |arn| {
        known
            .trails
            .as_ref()
            .ok()
            .and_then(|trails| trails.get(arn))
    };
    match question {
        Question::TrailStatus(arn) => match trail(&arn) {
            Some(trail) => {
                let status = reader.trail_status(trail).await;
                Box::new(move |observed| keep(&mut observed.trail_status, arn, status))
            }
            None => Box::new(|_| ()),
        },
        Question::EventSelectors(arn) => match trail(&arn) {
            Some(trail) => {
                let selectors = reader.event_selectors(trail).await;
                Box::new(move |observed| keep(&mut observed.event_selectors, arn, selectors))
            }
            None => Box::new(|_| ()),
        },
        Question::LogGroup(arn) => {
            let group = reader.log_group(&arn).await;
            Box::new(move |observed| keep(&mut observed.log_groups, arn, group))
        }
        Question::MetricFilters(arn) => {
            let filters = reader.metric_filters(&arn).await;
            Box::new(move |observed| keep(&mut observed.metric_filters, arn, filters))
        }
        Question::Alarms(region) => {
            let alarms = reader.alarms(&region).await;
            Box::new(move |observed| keep(&mut observed.alarms, region, alarms))
        }
        Question::AlarmTags(arn) => {
            let tags = reader.alarm_tags(&arn).await;
            Box::new(move |observed| keep(&mut observed.alarm_tags, arn, tags))
        }
        Question::Topic(arn) => {
            let topic = reader.topic(&arn).await;
            Box::new(move |observed| keep(&mut observed.topics, arn, topic))
        }
        Question::TopicTags(arn) => {
            let tags = reader.topic_tags(&arn).await;
            Box::new(move |observed| keep(&mut observed.topic_tags, arn, tags))
        }
        Question::Subscriptions(arn) => {
            let subscriptions = reader.subscriptions(&arn).await;
            Box::new(move |observed| keep(&mut observed.subscriptions, arn, subscriptions))
        }
        Question::Key(region, id) => {
            let key = reader.key(&region, &id).await;
            Box::new(move |observed| keep(&mut observed.keys, (region, id), key))
        }
    }
}

fn keep<Name: Ord, Fact>(
    facts: &mut BTreeMap<Name, Reading<Fact>>,
    name: Name,
    fact: Reading<Fact>,
) {
    facts.insert(name, fact);
}
