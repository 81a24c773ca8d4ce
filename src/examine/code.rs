//! Reason codes: why a link is in its state. Other programs rely on the texts, so they never change.

/// Why a link is in its state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Code {
    /// The link is there and works.
    InPlace,
    /// A call failed, so that nobody looked.
    ReadFailed,
    /// There is no trail.
    TrailMissing,
    /// No trail delivers to a log group.
    TrailWithoutLogGroup,
    /// The trail records one Region alone.
    TrailNotMultiRegion,
    /// Another account's organization trail records the events.
    TrailInherited,
    /// The trail is stopped.
    TrailNotLogging,
    /// The trail's last delivery to the log group failed.
    DeliveryError,
    /// The trail records no management events.
    SelectorsNoManagementEvents,
    /// The trail leaves out calls that only read.
    SelectorsReadsMissing,
    /// The trail leaves out calls that change something.
    SelectorsWritesMissing,
    /// The trail leaves out a service that the control is about.
    SelectorsSourceExcluded,
    /// The trail's advanced selectors leave out some of the control's events.
    SelectorsNarrowed,
    /// The log group does not exist.
    LogGroupMissing,
    /// The log group belongs to another account.
    LogGroupOtherAccount,
    /// Log groups of this class have no metric filters.
    LogGroupClassUnsuitable,
    /// The log group has as many metric filters as AWS allows.
    LogGroupFull,
    /// No filter matches the control's events.
    FilterMissing,
    /// The filter misses some of the control's events.
    FilterNarrower,
    /// The filter misses some of the control's events and takes others.
    FilterOverlapping,
    /// The filter can match no event at all.
    FilterMatchesNothing,
    /// The filter's pattern cannot be read.
    FilterInvalid,
    /// The filter sees transformed events, whose members may have other names.
    FilterOnTransformedLogs,
    /// The filter sees the events of some accounts or Regions alone.
    FilterFieldSelection,
    /// The filter's meaning could not be compared within the bounds.
    FilterNotCompared,
    /// The filter matches every event of the control and others.
    FilterBroader,
    /// The filter means the same under another name or spelling.
    FilterEquivalent,
    /// Several filters together match every event of the control.
    FilterUnion,
    /// No filter has a text that an auditor accepts, although the control's events are matched.
    AuditorTextMissing,
    /// There is no filter that would publish a metric.
    MetricMissing,
    /// The filter does not publish a positive constant.
    MetricValueNotPositive,
    /// The filter publishes dimensions, so the plain metric gets no data.
    MetricHasDimensions,
    /// The filter publishes a value for other events too, so the alarm cannot tell them apart.
    MetricDefaultCounts,
    /// No alarm watches the metric.
    AlarmMissing,
    /// The alarm watches a metric of that name in another namespace.
    AlarmOtherNamespace,
    /// The alarm watches a metric with dimensions, which gets no data.
    AlarmHasDimensions,
    /// The alarm asks for a unit that the filter does not publish.
    AlarmUnitDiffers,
    /// The events that ought to raise the alarm do not reach its threshold.
    AlarmThresholdTooHigh,
    /// The alarm's comparison does not look for high values.
    AlarmOperatorUnsuitable,
    /// The alarm's statistic is diluted by other events.
    AlarmStatisticUnsuitable,
    /// Events in one period are not enough for the alarm.
    AlarmNeedsSeveralPeriods,
    /// The alarm counts over a shorter time than configured.
    AlarmPeriodTooShort,
    /// The alarm stays in its state for want of data, so later events are silent.
    AlarmNeverRecovers,
    /// An alarm of ours is not as configured.
    AlarmSettingsDiffer,
    /// What serves the control now is to be changed for another control.
    ServedByWhatChanges,
    /// The alarm has no action.
    ActionMissing,
    /// The alarm's actions are disabled.
    ActionsDisabled,
    /// None of the alarm's actions is a topic.
    ActionNotATopic,
    /// The topic does not exist.
    TopicMissing,
    /// The topic is in another Region than the alarm.
    TopicOtherRegion,
    /// The topic is a FIFO topic, to which no alarm can publish.
    TopicFifo,
    /// The topic's policy does not let CloudWatch publish.
    TopicPolicyDenies,
    /// The topic's policy has conditions that cannot be judged from outside.
    TopicPolicyUndecided,
    /// The topic's key is managed by AWS, so alarms cannot publish.
    TopicKeyAwsManaged,
    /// The policy of the topic's key does not let CloudWatch use it.
    TopicKeyDenies,
    /// The policy of the topic's key has conditions that cannot be judged from outside.
    TopicKeyUndecided,
    /// The topic's key does not exist or is disabled.
    TopicKeyUnusable,
    /// Nobody is subscribed to the topic.
    SubscriptionMissing,
    /// The subscription waits for its confirmation.
    SubscriptionPending,
    /// Somebody else's resource has the planned name.
    NameTaken,
    /// The text that the benchmark prescribes for the control is defective.
    PrescribedTextDefective,
}

impl Code {
    /// All codes, in the order of the chain.
    pub const ALL: [Self; 61] = [
        Self::InPlace,
        Self::ReadFailed,
        Self::TrailMissing,
        Self::TrailWithoutLogGroup,
        Self::TrailNotMultiRegion,
        Self::TrailInherited,
        Self::TrailNotLogging,
        Self::DeliveryError,
        Self::SelectorsNoManagementEvents,
        Self::SelectorsReadsMissing,
        Self::SelectorsWritesMissing,
        Self::SelectorsSourceExcluded,
        Self::SelectorsNarrowed,
        Self::LogGroupMissing,
        Self::LogGroupOtherAccount,
        Self::LogGroupClassUnsuitable,
        Self::LogGroupFull,
        Self::FilterMissing,
        Self::FilterNarrower,
        Self::FilterOverlapping,
        Self::FilterMatchesNothing,
        Self::FilterInvalid,
        Self::FilterOnTransformedLogs,
        Self::FilterFieldSelection,
        Self::FilterNotCompared,
        Self::FilterBroader,
        Self::FilterEquivalent,
        Self::FilterUnion,
        Self::AuditorTextMissing,
        Self::MetricMissing,
        Self::MetricValueNotPositive,
        Self::MetricHasDimensions,
        Self::MetricDefaultCounts,
        Self::AlarmMissing,
        Self::AlarmOtherNamespace,
        Self::AlarmHasDimensions,
        Self::AlarmUnitDiffers,
        Self::AlarmThresholdTooHigh,
        Self::AlarmOperatorUnsuitable,
        Self::AlarmStatisticUnsuitable,
        Self::AlarmNeedsSeveralPeriods,
        Self::AlarmPeriodTooShort,
        Self::AlarmNeverRecovers,
        Self::AlarmSettingsDiffer,
        Self::ServedByWhatChanges,
        Self::ActionMissing,
        Self::ActionsDisabled,
        Self::ActionNotATopic,
        Self::TopicMissing,
        Self::TopicOtherRegion,
        Self::TopicFifo,
        Self::TopicPolicyDenies,
        Self::TopicPolicyUndecided,
        Self::TopicKeyAwsManaged,
        Self::TopicKeyDenies,
        Self::TopicKeyUndecided,
        Self::TopicKeyUnusable,
        Self::SubscriptionMissing,
        Self::SubscriptionPending,
        Self::NameTaken,
        Self::PrescribedTextDefective,
    ];

    /// Returns the code that output calls `text`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|code| code.as_str() == text)
    }

    /// Returns the code in output.
    #[must_use]
    #[expect(clippy::too_many_lines, reason = "a line for each code")]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::InPlace => "IN_PLACE",
            Self::ReadFailed => "READ_FAILED",
            Self::TrailMissing => "TRAIL_MISSING",
            Self::TrailWithoutLogGroup => "TRAIL_WITHOUT_LOG_GROUP",
            Self::TrailNotMultiRegion => "TRAIL_NOT_MULTI_REGION",
            Self::TrailInherited => "TRAIL_INHERITED",
            Self::TrailNotLogging => "TRAIL_NOT_LOGGING",
            Self::DeliveryError => "DELIVERY_ERROR",
            Self::SelectorsNoManagementEvents => "SELECTORS_NO_MANAGEMENT_EVENTS",
            Self::SelectorsReadsMissing => "SELECTORS_READS_MISSING",
            Self::SelectorsWritesMissing => "SELECTORS_WRITES_MISSING",
            Self::SelectorsSourceExcluded => "SELECTORS_SOURCE_EXCLUDED",
            Self::SelectorsNarrowed => "SELECTORS_NARROWED",
            Self::LogGroupMissing => "LOG_GROUP_MISSING",
            Self::LogGroupOtherAccount => "LOG_GROUP_OTHER_ACCOUNT",
            Self::LogGroupClassUnsuitable => "LOG_GROUP_CLASS_UNSUITABLE",
            Self::LogGroupFull => "LOG_GROUP_FULL",
            Self::FilterMissing => "FILTER_MISSING",
            Self::FilterNarrower => "FILTER_NARROWER",
            Self::FilterOverlapping => "FILTER_OVERLAPPING",
            Self::FilterMatchesNothing => "FILTER_MATCHES_NOTHING",
            Self::FilterInvalid => "FILTER_INVALID",
            Self::FilterOnTransformedLogs => "FILTER_ON_TRANSFORMED_LOGS",
            Self::FilterFieldSelection => "FILTER_FIELD_SELECTION",
            Self::FilterNotCompared => "FILTER_NOT_COMPARED",
            Self::FilterBroader => "FILTER_BROADER",
            Self::FilterEquivalent => "FILTER_EQUIVALENT",
            Self::FilterUnion => "FILTER_UNION",
            Self::AuditorTextMissing => "AUDITOR_TEXT_MISSING",
            Self::MetricMissing => "METRIC_MISSING",
            Self::MetricValueNotPositive => "METRIC_VALUE_NOT_POSITIVE",
            Self::MetricHasDimensions => "METRIC_HAS_DIMENSIONS",
            Self::MetricDefaultCounts => "METRIC_DEFAULT_COUNTS",
            Self::AlarmMissing => "ALARM_MISSING",
            Self::AlarmOtherNamespace => "ALARM_OTHER_NAMESPACE",
            Self::AlarmHasDimensions => "ALARM_HAS_DIMENSIONS",
            Self::AlarmUnitDiffers => "ALARM_UNIT_DIFFERS",
            Self::AlarmThresholdTooHigh => "ALARM_THRESHOLD_TOO_HIGH",
            Self::AlarmOperatorUnsuitable => "ALARM_OPERATOR_UNSUITABLE",
            Self::AlarmStatisticUnsuitable => "ALARM_STATISTIC_UNSUITABLE",
            Self::AlarmNeedsSeveralPeriods => "ALARM_NEEDS_SEVERAL_PERIODS",
            Self::AlarmPeriodTooShort => "ALARM_PERIOD_TOO_SHORT",
            Self::AlarmNeverRecovers => "ALARM_NEVER_RECOVERS",
            Self::AlarmSettingsDiffer => "ALARM_SETTINGS_DIFFER",
            Self::ServedByWhatChanges => "SERVED_BY_WHAT_CHANGES",
            Self::ActionMissing => "ACTION_MISSING",
            Self::ActionsDisabled => "ACTIONS_DISABLED",
            Self::ActionNotATopic => "ACTION_NOT_A_TOPIC",
            Self::TopicMissing => "TOPIC_MISSING",
            Self::TopicOtherRegion => "TOPIC_OTHER_REGION",
            Self::TopicFifo => "TOPIC_FIFO",
            Self::TopicPolicyDenies => "TOPIC_POLICY_DENIES",
            Self::TopicPolicyUndecided => "TOPIC_POLICY_UNDECIDED",
            Self::TopicKeyAwsManaged => "TOPIC_KEY_AWS_MANAGED",
            Self::TopicKeyDenies => "TOPIC_KEY_DENIES",
            Self::TopicKeyUndecided => "TOPIC_KEY_UNDECIDED",
            Self::TopicKeyUnusable => "TOPIC_KEY_UNUSABLE",
            Self::SubscriptionMissing => "SUBSCRIPTION_MISSING",
            Self::SubscriptionPending => "SUBSCRIPTION_PENDING",
            Self::NameTaken => "NAME_TAKEN",
            Self::PrescribedTextDefective => "PRESCRIBED_TEXT_DEFECTIVE",
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_code_has_a_text_of_its_own() {
        let texts: BTreeSet<&str> = Code::ALL.iter().map(|code| code.as_str()).collect();
        assert_eq!(texts.len(), Code::ALL.len());
        assert!(
            texts
                .iter()
                .all(|text| text.chars().all(|c| c.is_ascii_uppercase() || c == '_'))
        );
    }
}
