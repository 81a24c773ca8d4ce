//! Alarms of the text.

use std::collections::BTreeMap;

use crate::model::AlarmState;
use crate::model::{
    AlarmKind, Metric, MetricAlarm, MetricQuery, MissingData, Operator, Region, Statistic,
};
use crate::sandbox::account::SandboxAlarm;
use crate::sandbox::format::shape;

use super::mistakes::Mistakes;
use super::{Owner, insert_new};

type Alarms = BTreeMap<String, SandboxAlarm>;

pub(super) fn alarms(
    shapes: BTreeMap<String, Vec<shape::Alarm>>,
    owner: &Owner,
    mistakes: &mut Mistakes,
) -> BTreeMap<Region, Alarms> {
    let mut regions = BTreeMap::new();
    for (name, shapes) in shapes {
        let place = format!("alarms.{name}");
        let region = mistakes.take(&place, Region::parse(&name));
        let mut alarms = Alarms::new();
        for (index, shape) in shapes.into_iter().enumerate() {
            let place = format!("{place}[{index}]");
            let (name, held) = alarm(shape, owner);
            if name.is_empty() {
                mistakes.add(&format!("{place}.name"), "an alarm needs a name");
            }
            insert_new(&mut alarms, name, held, mistakes, &place);
        }
        regions.extend(region.map(|region| (region, alarms)));
    }
    regions
}

fn alarm(shape: shape::Alarm, owner: &Owner) -> (String, SandboxAlarm) {
    let shape::Alarm {
        name,
        kind,
        state,
        tags,
    } = shape;
    let held = SandboxAlarm {
        kind: match kind {
            shape::AlarmKind::Metric(settings) => {
                AlarmKind::Metric(Box::new(metric_alarm(*settings)))
            }
            shape::AlarmKind::Composite => AlarmKind::Composite,
            shape::AlarmKind::Log => AlarmKind::Log,
        },
        state: match state {
            shape::State::Ok => AlarmState::Ok,
            shape::State::Alarm => AlarmState::Alarm,
            shape::State::InsufficientData => AlarmState::InsufficientData,
        },
        tags: owner.or_default(tags, BTreeMap::new),
    };
    (name, held)
}

pub(in crate::sandbox::format) fn metric_alarm(shape: shape::MetricAlarm) -> MetricAlarm {
    let shape::MetricAlarm {
        description,
        query,
        evaluation_periods,
        datapoints_to_alarm,
        operator,
        threshold,
        missing_data,
        actions_enabled,
        alarm_actions,
        ok_actions,
        insufficient_data_actions,
    } = shape;
    MetricAlarm {
        description,
        actions_enabled,
        alarm_actions,
        ok_actions,
        insufficient_data_actions,
        query: self::query(query),
        evaluation_periods,
        datapoints_to_alarm,
        threshold,
        operator: Operator::parse(&operator),
        missing_data: match missing_data {
            shape::MissingData::Breaching => MissingData::Breaching,
            shape::MissingData::NotBreaching => MissingData::NotBreaching,
            shape::MissingData::Ignore => MissingData::Ignore,
            shape::MissingData::Missing => MissingData::Missing,
        },
    }
}

fn query(shape: shape::Query) -> MetricQuery {
    match shape {
        shape::Query::Single(shape::Single {
            namespace,
            metric_name,
            has_dimensions,
            statistic,
            unit,
            period,
        }) => MetricQuery::Single {
            metric: Metric {
                namespace,
                name: metric_name,
            },
            has_dimensions,
            statistic: Statistic::parse(&statistic),
            unit,
            period,
        },
        shape::Query::Expression => MetricQuery::Expression,
    }
}
