//! What only an undo may do: deleting, and putting back what was there.

use aws_sdk_cloudwatch::types as alarm_types;
use aws_sdk_cloudwatchlogs::types as filter_types;

use super::attempt::Repeat;
use super::cloudwatch::{PUT_ALARM, listed, signed, statistic_words};
use super::logs::PUT_FILTER;
use super::services::Services;
use super::sns::{KEY, POLICY, set_attribute};
use crate::model::{
    CallError, CallErrorKind, LogGroupArn, MetricAlarm, MetricFilter, MetricQuery, Reading,
};
use crate::reversal::Reversal;

const DELETE_ALARMS: &str = "cloudwatch:DeleteAlarms";
const DELETE_FILTER: &str = "logs:DeleteMetricFilter";
const UNSUBSCRIBE: &str = "sns:Unsubscribe";
const DELETE_TOPIC: &str = "sns:DeleteTopic";

/// Performs a reversal in the Region of its resource.
pub(super) async fn revert(services: &Services, reversal: &Reversal) -> Reading<()> {
    match reversal {
        Reversal::DeleteAlarm(alarm) => delete_alarm(services, &alarm.name).await,
        Reversal::RestoreAlarm(alarm, settings) => {
            restore_alarm(services, &alarm.name, settings).await
        }
        Reversal::DeleteMetricFilter(log_group, name) => {
            delete_filter(services, log_group, name.as_str()).await
        }
        Reversal::RestoreMetricFilter(log_group, filter) => {
            restore_filter(services, log_group, filter).await
        }
        Reversal::RestoreTopicPolicy(topic, policy) => {
            set_attribute(services, topic, (POLICY, policy)).await
        }
        Reversal::RestoreTopicKey(topic, key) => {
            // An empty value takes the key away.
            set_attribute(services, topic, (KEY, key.as_deref().unwrap_or_default())).await
        }
        Reversal::Unsubscribe(subscribed) => services
            .call(UNSUBSCRIBE, Repeat::OnlyIfRefused, || {
                let request = services.sns.unsubscribe();
                request.subscription_arn(&subscribed.subscription).send()
            })
            .await
            .map(|_| ()),
        Reversal::DeleteTopic(topic) => services
            .call(DELETE_TOPIC, Repeat::OnlyIfRefused, || {
                let request = services.sns.delete_topic();
                request.topic_arn(topic.to_string()).send()
            })
            .await
            .map(|_| ()),
    }
}

async fn delete_alarm(services: &Services, name: &str) -> Reading<()> {
    services
        .call(DELETE_ALARMS, Repeat::OnlyIfRefused, || {
            let request = services.cloudwatch.delete_alarms();
            request.alarm_names(name).send()
        })
        .await
        .map(|_| ())
}

async fn delete_filter(services: &Services, log_group: &LogGroupArn, name: &str) -> Reading<()> {
    services
        .call(DELETE_FILTER, Repeat::OnlyIfRefused, || {
            services
                .logs
                .delete_metric_filter()
                .log_group_name(log_group.name.as_str())
                .filter_name(name)
                .send()
        })
        .await
        .map(|_| ())
}

async fn restore_alarm(services: &Services, name: &str, settings: &MetricAlarm) -> Reading<()> {
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
    let MetricQuery::Single {
        metric,
        has_dimensions: false,
        statistic,
        unit,
        period,
    } = query
    else {
        let message = "more belongs to the alarm than is known of it";
        return Err(CallError::new(
            PUT_ALARM,
            CallErrorKind::Unsupported,
            message,
        ));
    };
    let (plain, extended) = statistic_words(statistic);
    let (period, evaluation_periods) = (signed(*period)?, signed(*evaluation_periods)?);
    let datapoints = datapoints_to_alarm.map(signed).transpose()?;
    let unit = unit.as_deref().map(alarm_types::StandardUnit::from);
    services
        .call(PUT_ALARM, Repeat::OnlyIfRefused, || {
            services
                .cloudwatch
                .put_metric_alarm()
                .alarm_name(name)
                .set_alarm_description(description.clone())
                .actions_enabled(*actions_enabled)
                .metric_name(&metric.name)
                .namespace(&metric.namespace)
                .set_statistic(plain.clone())
                .set_extended_statistic(extended.clone())
                .set_unit(unit.clone())
                .period(period)
                .evaluation_periods(evaluation_periods)
                .set_datapoints_to_alarm(datapoints)
                .set_threshold(*threshold)
                .comparison_operator(alarm_types::ComparisonOperator::from(operator.as_str()))
                .treat_missing_data(missing_data.as_str())
                .set_alarm_actions(listed(alarm_actions))
                .set_ok_actions(listed(ok_actions))
                .set_insufficient_data_actions(listed(insufficient_data_actions))
                .send()
        })
        .await
        .map(|_| ())
}

async fn restore_filter(
    services: &Services,
    log_group: &LogGroupArn,
    filter: &MetricFilter,
) -> Reading<()> {
    let MetricFilter {
        name,
        pattern,
        transformation,
        applies_to_transformed_logs,
        field_selection,
        system_field_dimensions,
    } = filter;
    let dimensions = &transformation.dimensions;
    let unit = transformation.unit.as_deref();
    let published = filter_types::MetricTransformation::builder()
        .metric_name(&transformation.metric.name)
        .metric_namespace(&transformation.metric.namespace)
        .metric_value(&transformation.value)
        .set_default_value(transformation.default_value)
        .set_unit(unit.map(filter_types::StandardUnit::from))
        .set_dimensions((!dimensions.is_empty()).then(|| dimensions.clone().into_iter().collect()))
        .build()
        .map_err(|error| CallError::new(PUT_FILTER, CallErrorKind::Invalid, error.to_string()))?;
    services
        .call(PUT_FILTER, Repeat::OnlyIfRefused, || {
            services
                .logs
                .put_metric_filter()
                .log_group_name(log_group.name.as_str())
                .filter_name(name)
                .filter_pattern(pattern)
                .metric_transformations(published.clone())
                .set_apply_on_transformed_logs(applies_to_transformed_logs.then_some(true))
                .set_field_selection_criteria(field_selection.clone())
                .set_emit_system_field_dimensions(listed(system_field_dimensions))
                .send()
        })
        .await
        .map(|_| ())
}
