//! What auditors ask beyond a filter: its alarm, the topic, a subscription.

use super::Audit;
use super::stop::{ACTION, ALARM, SUBSCRIPTION, Stop};
use crate::auditors::{Ask, Join, Profile};
use crate::desired::DesiredControl;
use crate::model::{Alarm, Metric, MetricAlarm, MetricFilter, Region, SubscriptionState, TopicArn};
use crate::observed::Observed;

/// Returns whether an auditor finds everything that it asks beyond a filter.
pub(super) fn onward(audit: Audit<'_>, filter: &MetricFilter, region: &Region) -> Result<(), Stop> {
    if audit.profile.join == Join::Nothing {
        return Ok(());
    }
    let alarms = audit
        .observed
        .alarms(region)
        .map_err(|error| Stop::unread(ALARM, &error))?;
    let mut furthest = Stop::because(ALARM, no_alarm(audit.profile.join, filter));
    for (alarm, _) in joined(audit.profile.join, filter, alarms) {
        match behind(audit, alarm) {
            Ok(()) => return Ok(()),
            Err(stop) => {
                if (stop.is_unread, stop.depth) > (furthest.is_unread, furthest.depth) {
                    furthest = stop;
                }
            }
        }
    }
    Err(furthest)
}

/// Returns whether an auditor that accepts a filter's text finds an alarm for it, and what it asks behind; what could not be
/// read counts as found, since nobody knows that it is missing.
pub(crate) fn is_found(
    profile: &Profile,
    control: &DesiredControl,
    (filter, region): (&MetricFilter, &Region),
    observed: &Observed,
) -> bool {
    let asks = profile.asks(&control.id);
    let audit = Audit {
        profile,
        control,
        asks: &asks,
        observed,
    };
    match onward(audit, filter, region) {
        Ok(()) => true,
        Err(stop) => stop.is_unread,
    }
}

fn no_alarm(join: Join, filter: &MetricFilter) -> String {
    match join {
        Join::Nothing => String::new(),
        Join::MetricName | Join::Metric => {
            format!("no alarm watches the metric of filter `{}`", filter.name)
        }
        Join::FilterName => format!(
            "no alarm watches a metric of the name of filter `{}`",
            filter.name
        ),
    }
}

/// Returns the alarms that an auditor takes to be those of a filter.
fn joined<'facts>(
    join: Join,
    filter: &MetricFilter,
    alarms: &'facts [Alarm],
) -> Vec<(&'facts MetricAlarm, &'facts Metric)> {
    let published = &filter.transformation.metric;
    let belongs = |metric: &Metric| match join {
        Join::Nothing => false,
        Join::MetricName => metric.name == published.name,
        Join::Metric => metric == published,
        Join::FilterName => metric.name == filter.name,
    };
    alarms
        .iter()
        .filter_map(|alarm| Some((alarm.settings()?, alarm.watched()?)))
        .filter(|(_, metric)| belongs(metric))
        .collect()
}

/// Returns whether what is behind an alarm is as asked. No auditor asks whether its actions are enabled.
fn behind(audit: Audit<'_>, alarm: &MetricAlarm) -> Result<(), Stop> {
    if !audit.asks.contains(&Ask::AlarmAction) {
        return Ok(());
    }
    let topics: Vec<TopicArn> = alarm
        .alarm_actions
        .iter()
        .filter_map(|action| TopicArn::parse(action).ok())
        .collect();
    let mut furthest = Stop::because(ACTION, "the alarm has no topic among its actions");
    for topic in &topics {
        match subscribed(audit, topic) {
            Ok(()) => return Ok(()),
            Err(stop) => furthest = stop,
        }
    }
    Err(furthest)
}

fn subscribed(audit: Audit<'_>, topic: &TopicArn) -> Result<(), Stop> {
    let asks_confirmed = audit.asks.contains(&Ask::ConfirmedSubscription);
    if !asks_confirmed && !audit.asks.contains(&Ask::Subscription) {
        return Ok(());
    }
    let subscriptions = audit
        .observed
        .subscriptions(topic)
        .map_err(|error| Stop::unread(SUBSCRIPTION, &error))?;
    let mut has_pending = false;
    for subscription in subscriptions {
        match &subscription.state {
            SubscriptionState::Confirmed(_) => return Ok(()),
            SubscriptionState::Pending => has_pending = true,
            SubscriptionState::Deleted => {}
        }
    }
    match (has_pending, asks_confirmed) {
        (true, false) => Ok(()),
        (true, true) => Err(Stop::because(
            SUBSCRIPTION,
            "the subscription waits for its confirmation",
        )),
        (false, _) => Err(Stop::because(
            SUBSCRIPTION,
            format!("nobody is subscribed to `{}`", topic.name),
        )),
    }
}
