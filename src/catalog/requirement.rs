//! What the audit of a benchmark asks for beside the pattern.

use super::benchmark::{Benchmark, CisVersion};

/// Something that an audit asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Requirement {
    /// A trail records all Regions.
    MultiRegionTrail,
    /// The trail is logging.
    Logging,
    /// An event selector of the trail takes all management events, reads and writes.
    ManagementEvents,
    /// The trail delivers to a log group.
    LogGroup,
    /// A metric filter of that log group has the prescribed pattern.
    MetricFilter,
    /// An alarm watches the filter's metric.
    Alarm,
    /// The alarm has a topic as an action.
    TopicAction,
    /// The topic has a subscriber, confirmed or not.
    Subscriber,
    /// The topic has a subscription with a real ARN, which is to say a confirmed one.
    ConfirmedSubscription,
}

impl Requirement {
    /// Returns the requirement's name in machine-readable output.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::MultiRegionTrail => "multi_region_trail",
            Self::Logging => "logging",
            Self::ManagementEvents => "management_events",
            Self::LogGroup => "log_group",
            Self::MetricFilter => "metric_filter",
            Self::Alarm => "alarm",
            Self::TopicAction => "topic_action",
            Self::Subscriber => "subscriber",
            Self::ConfirmedSubscription => "confirmed_subscription",
        }
    }

    /// Returns the requirement in words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::MultiRegionTrail => "a trail of all Regions",
            Self::Logging => "the trail is logging",
            Self::ManagementEvents => "an event selector takes all management events",
            Self::LogGroup => "the trail delivers to a log group",
            Self::MetricFilter => "a metric filter there has the pattern",
            Self::Alarm => "an alarm watches its metric",
            Self::TopicAction => "a topic is an action of the alarm",
            Self::Subscriber => "the topic has a subscriber",
            Self::ConfirmedSubscription => "a subscription to the topic has a real ARN",
        }
    }
}

/// The chain that every audit follows.
const CHAIN: [Requirement; 4] = [
    Requirement::LogGroup,
    Requirement::MetricFilter,
    Requirement::Alarm,
    Requirement::TopicAction,
];

/// The trail that an audit wants from 1.2.0 on.
const TRAIL: [Requirement; 3] = [
    Requirement::MultiRegionTrail,
    Requirement::Logging,
    Requirement::ManagementEvents,
];

impl Benchmark {
    /// Returns what the benchmark's audit asks for in the order of the chain, or none where its text is not known.
    #[must_use]
    pub fn requirements(self) -> Option<Vec<Requirement>> {
        let (trail, subscription) = match self {
            Self::Cis(CisVersion::V1_0_0) => return None,
            Self::Cis(CisVersion::V1_1_0) => (&[][..], Requirement::Subscriber),
            Self::SecurityHub => (
                &[Requirement::MultiRegionTrail][..],
                Requirement::ConfirmedSubscription,
            ),
            Self::Recommended
            | Self::Cis(
                CisVersion::V1_2_0
                | CisVersion::V1_3_0
                | CisVersion::V1_4_0
                | CisVersion::V1_5_0
                | CisVersion::V2_0_0
                | CisVersion::V3_0_0
                | CisVersion::V4_0_0
                | CisVersion::V4_0_1
                | CisVersion::V5_0_0
                | CisVersion::V6_0_0
                | CisVersion::V7_0_0,
            ) => (&TRAIL[..], Requirement::ConfirmedSubscription),
        };
        let all = trail.iter().chain(&CHAIN).chain([&subscription]);
        Some(all.copied().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_real_arn_is_asked_for_from_one_two_on() {
        for benchmark in Benchmark::all() {
            let Some(asked) = benchmark.requirements() else {
                assert_eq!(benchmark, Benchmark::Cis(CisVersion::V1_0_0));
                continue;
            };
            let old = benchmark == Benchmark::Cis(CisVersion::V1_1_0);
            assert_eq!(
                asked.contains(&Requirement::ConfirmedSubscription),
                !old,
                "{benchmark}"
            );
            assert_eq!(asked.contains(&Requirement::Subscriber), old, "{benchmark}");
            assert_eq!(
                asked.contains(&Requirement::MultiRegionTrail),
                !old,
                "{benchmark}"
            );
            assert!(asked.is_sorted(), "{benchmark}");
        }
    }
}
