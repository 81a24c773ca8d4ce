//! From an account to the shapes of its text. Everything that is known is written, defaults included.

use crate::model::{
    AdvancedSelector, AlarmKind, AlarmState, BasicSelector, CallError, CallErrorKind,
    EventSelectors, FieldSelector, KeyManager, Metric, MetricAlarm, MetricFilter, MetricQuery,
    MetricTransformation, MissingData, ReadWrite, SubscriptionState, TopicArn, Trail, TrailStatus,
};
use crate::sandbox::account::{
    Absent, Extent, SandboxAccount, SandboxAlarm, SandboxKey, SandboxLogGroup, SandboxSubscription,
    SandboxTopic, SandboxTrail, TopicAttributes,
};
use crate::sandbox::sns::default_policy;

use super::policy;
use super::shape;

pub(super) fn account(account: &SandboxAccount) -> shape::Account {
    let SandboxAccount {
        identity,
        region,
        extent,
        trails,
        log_groups,
        alarms,
        topics,
        keys,
        unreadable,
        history: _, // What happened is not what is there.
    } = account;
    let (extent, absent) = match extent {
        Extent::Complete => (shape::Extent::Complete, None),
        Extent::Partial(absent) => (shape::Extent::Partial, Some(self::absent(absent))),
    };
    let alarms = alarms.iter().map(|(region, alarms)| {
        let shapes = alarms.iter().map(|(name, held)| alarm(name, held));
        (region.to_string(), shapes.collect())
    });
    shape::Account {
        schema: super::SCHEMA.to_owned(),
        extent,
        account: identity.account.to_string(),
        partition: identity.partition.to_string(),
        region: region.to_string(),
        caller: identity.arn.clone(),
        trails: trails.values().map(trail).collect(),
        log_groups: log_groups
            .iter()
            .map(|(arn, held)| log_group(arn.to_string(), held))
            .collect(),
        alarms: alarms.collect(),
        topics: topics.iter().map(|(arn, held)| topic(arn, held)).collect(),
        keys: keys.values().map(key).collect(),
        absent,
        unreadable: unreadable
            .iter()
            .map(|(resource, error)| failure(resource, error))
            .collect(),
    }
}

fn absent(absent: &Absent) -> shape::Absent {
    let Absent {
        log_groups,
        topics,
        keys,
    } = absent;
    let mut shape = shape::Absent {
        log_groups: log_groups.iter().map(ToString::to_string).collect(),
        topics: topics.iter().map(ToString::to_string).collect(),
        ..shape::Absent::default()
    };
    for (region, key) in keys {
        let listed = shape.keys.entry(region.to_string()).or_default();
        listed.push(key.clone());
    }
    shape
}

fn trail(held: &SandboxTrail) -> shape::Trail {
    let SandboxTrail {
        trail,
        status,
        selectors,
    } = held;
    let Trail {
        arn,
        home_region,
        is_multi_region,
        is_organization,
        includes_global_services,
        log_group,
    } = trail;
    shape::Trail {
        arn: arn.to_string(),
        home_region: home_region.to_string(),
        multi_region: *is_multi_region,
        organization: *is_organization,
        global_services: *includes_global_services,
        log_group: log_group.as_ref().map(ToString::to_string),
        status: status.as_ref().map(self::status),
        selectors: selectors.as_ref().map(self::selectors),
    }
}

fn status(status: &TrailStatus) -> shape::Status {
    let TrailStatus {
        is_logging,
        delivery_error,
    } = status;
    shape::Status {
        logging: *is_logging,
        delivery_error: delivery_error.clone(),
    }
}

fn selectors(selectors: &EventSelectors) -> shape::Selectors {
    match selectors {
        EventSelectors::Basic(list) => shape::Selectors::Basic(list.iter().map(basic).collect()),
        EventSelectors::Advanced(list) => {
            shape::Selectors::Advanced(list.iter().map(advanced).collect())
        }
    }
}

fn basic(selector: &BasicSelector) -> shape::Basic {
    let BasicSelector {
        read_write,
        includes_management_events,
        excluded_sources,
    } = selector;
    shape::Basic {
        read_write: match read_write {
            ReadWrite::All => shape::ReadWrite::All,
            ReadWrite::ReadOnly => shape::ReadWrite::ReadOnly,
            ReadWrite::WriteOnly => shape::ReadWrite::WriteOnly,
        },
        management_events: *includes_management_events,
        excluded_sources: excluded_sources.iter().cloned().collect(),
    }
}

fn advanced(selector: &AdvancedSelector) -> shape::Advanced {
    let AdvancedSelector { fields } = selector;
    shape::Advanced {
        fields: fields.iter().map(field).collect(),
    }
}

fn field(selector: &FieldSelector) -> shape::Field {
    let FieldSelector {
        field,
        equals,
        starts_with,
        ends_with,
        not_equals,
        not_starts_with,
        not_ends_with,
    } = selector.clone();
    shape::Field {
        field,
        equals,
        starts_with,
        ends_with,
        not_equals,
        not_starts_with,
        not_ends_with,
    }
}

fn log_group(arn: String, held: &SandboxLogGroup) -> shape::LogGroup {
    let SandboxLogGroup { class, filters } = held;
    shape::LogGroup {
        arn,
        class: class.as_ref().map(ToString::to_string),
        metric_filters: filters
            .as_ref()
            .map(|filters| filters.values().map(filter).collect()),
    }
}

pub(super) fn filter(filter: &MetricFilter) -> shape::Filter {
    let MetricFilter {
        name,
        pattern,
        transformation,
        applies_to_transformed_logs,
        field_selection,
        system_field_dimensions,
    } = filter.clone();
    let MetricTransformation {
        metric,
        value,
        default_value,
        unit,
        dimensions,
    } = transformation;
    shape::Filter {
        name,
        pattern,
        metric_namespace: metric.namespace,
        metric_name: metric.name,
        metric_value: value,
        default_value,
        unit,
        dimensions,
        applies_to_transformed_logs,
        field_selection,
        system_field_dimensions,
    }
}

fn alarm(name: &str, held: &SandboxAlarm) -> shape::Alarm {
    let SandboxAlarm { kind, state, tags } = held;
    shape::Alarm {
        name: name.to_owned(),
        kind: match kind {
            AlarmKind::Metric(settings) => {
                shape::AlarmKind::Metric(Box::new(metric_alarm(settings.as_ref().clone())))
            }
            AlarmKind::Composite => shape::AlarmKind::Composite,
            AlarmKind::Log => shape::AlarmKind::Log,
        },
        state: match state {
            AlarmState::Ok => shape::State::Ok,
            AlarmState::Alarm => shape::State::Alarm,
            AlarmState::InsufficientData => shape::State::InsufficientData,
        },
        tags: tags.clone(),
    }
}

pub(super) fn metric_alarm(settings: MetricAlarm) -> shape::MetricAlarm {
    let MetricAlarm {
        description,
        actions_enabled,
        alarm_actions,
        ok_actions,
        insufficient_data_actions,
        query,
        evaluation_periods,
        datapoints_to_alarm,
        threshold,
        operator,
        missing_data,
    } = settings;
    shape::MetricAlarm {
        description,
        query: self::query(query),
        evaluation_periods,
        datapoints_to_alarm,
        operator: operator.to_string(),
        threshold,
        missing_data: match missing_data {
            MissingData::Breaching => shape::MissingData::Breaching,
            MissingData::NotBreaching => shape::MissingData::NotBreaching,
            MissingData::Ignore => shape::MissingData::Ignore,
            MissingData::Missing => shape::MissingData::Missing,
        },
        actions_enabled,
        alarm_actions,
        ok_actions,
        insufficient_data_actions,
    }
}

fn query(query: MetricQuery) -> shape::Query {
    match query {
        MetricQuery::Single {
            metric: Metric { namespace, name },
            has_dimensions,
            statistic,
            unit,
            period,
        } => shape::Query::Single(shape::Single {
            namespace,
            metric_name: name,
            has_dimensions,
            statistic: statistic.to_string(),
            unit,
            period,
        }),
        MetricQuery::Expression => shape::Query::Expression,
    }
}

fn topic(arn: &TopicArn, held: &SandboxTopic) -> shape::Topic {
    let SandboxTopic {
        attributes,
        tags,
        subscriptions,
    } = held;
    shape::Topic {
        arn: arn.to_string(),
        attributes: attributes
            .as_ref()
            .map(|attributes| self::attributes(arn, attributes)),
        tags: tags.clone(),
        subscriptions: subscriptions
            .as_ref()
            .map(|list| list.iter().map(subscription).collect()),
    }
}

fn attributes(topic: &TopicArn, attributes: &TopicAttributes) -> shape::Attributes {
    let TopicAttributes { policy, kms_key } = attributes;
    shape::Attributes {
        kms_key: kms_key.clone(),
        policy: (*policy != default_policy(topic)).then(|| policy::written(policy)),
    }
}

fn subscription(held: &SandboxSubscription) -> shape::Subscription {
    let SandboxSubscription {
        subscription,
        confirmations_sent,
    } = held;
    shape::Subscription {
        protocol: subscription.endpoint.protocol().to_string(),
        endpoint: subscription.endpoint.expose().to_owned(),
        state: match &subscription.state {
            SubscriptionState::Confirmed(arn) => shape::SubscriptionState::Confirmed(arn.clone()),
            SubscriptionState::Pending => shape::SubscriptionState::Pending,
            SubscriptionState::Deleted => shape::SubscriptionState::Deleted,
        },
        confirmations_sent: *confirmations_sent,
    }
}

fn key(held: &SandboxKey) -> shape::Key {
    let SandboxKey { key, aliases } = held;
    shape::Key {
        arn: key.arn.clone(),
        aliases: aliases.iter().cloned().collect(),
        manager: match key.manager {
            KeyManager::Aws => shape::Manager::Aws,
            KeyManager::Customer => shape::Manager::Customer,
        },
        enabled: key.enabled,
        policy: (!key.policy.is_empty()).then(|| policy::written(&key.policy)),
    }
}

fn failure(resource: Option<&str>, error: &CallError) -> shape::Failure {
    let CallError {
        action,
        kind,
        code,
        message,
        request_id,
    } = error.clone();
    shape::Failure {
        action,
        resource: resource.map(str::to_owned),
        kind: failure_kind(kind),
        code,
        message,
        request_id,
    }
}

fn failure_kind(kind: CallErrorKind) -> shape::FailureKind {
    match kind {
        CallErrorKind::Denied => shape::FailureKind::Denied,
        CallErrorKind::Credentials => shape::FailureKind::Credentials,
        CallErrorKind::Throttled => shape::FailureKind::Throttled,
        CallErrorKind::Quota => shape::FailureKind::Quota,
        CallErrorKind::NotFound => shape::FailureKind::NotFound,
        CallErrorKind::Conflict => shape::FailureKind::Conflict,
        CallErrorKind::Invalid => shape::FailureKind::Invalid,
        CallErrorKind::Unsupported => shape::FailureKind::Unsupported,
        CallErrorKind::Service => shape::FailureKind::Service,
        CallErrorKind::Timeout => shape::FailureKind::Timeout,
        CallErrorKind::Unreachable => shape::FailureKind::Unreachable,
        CallErrorKind::Malformed => shape::FailureKind::Malformed,
    }
}
