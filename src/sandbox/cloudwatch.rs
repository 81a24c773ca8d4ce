//! The rules of CloudWatch for alarms.
//!
//! Sources: CloudWatch API reference, `PutMetricAlarm`, `DeleteAlarms` and `SetAlarmState`. CloudWatch
//! does not test the actions of an alarm, so an alarm may name a topic that is not there.

use crate::model::{
    ActionsSwitch, AlarmArn, AlarmKind, AlarmState, CallError, CallErrorKind, Metric, MetricAlarm,
    MetricQuery, Statistic, Tags,
};

use super::account::{SandboxAccount, SandboxAlarm};
use super::refusal::refusal;

const PUT: &str = "cloudwatch:PutMetricAlarm";
const DELETE: &str = "cloudwatch:DeleteAlarms";
const SET_STATE: &str = "cloudwatch:SetAlarmState";
const DAY: u64 = 86_400;
const WEEK: u64 = 604_800;

impl SandboxAccount {
    /// Creates a metric alarm, or replaces the whole configuration of the one of its name (`PutMetricAlarm`).
    ///
    /// An alarm that exists keeps its state and its tags.
    ///
    /// # Errors
    ///
    /// Refuses what CloudWatch refuses: an illegal name, period, window, threshold or action, and the
    /// name of an alarm of another kind.
    pub fn put_metric_alarm(
        &mut self,
        alarm: &AlarmArn,
        settings: MetricAlarm,
        tags: Tags,
    ) -> Result<(), CallError> {
        check_text("alarmName", &alarm.name, 1, 255)?;
        check_settings(alarm, &settings)?;
        check_tags(&tags)?;
        let existing = self.find_alarm(PUT, alarm)?;
        let held = match existing {
            None => SandboxAlarm {
                kind: AlarmKind::Metric(Box::new(settings)),
                state: AlarmState::InsufficientData,
                tags: Some(tags),
            },
            Some(SandboxAlarm {
                kind: AlarmKind::Metric(_),
                state,
                tags,
            }) => SandboxAlarm {
                kind: AlarmKind::Metric(Box::new(settings)),
                state: *state,
                tags: tags.clone(),
            },
            Some(SandboxAlarm {
                kind: AlarmKind::Composite | AlarmKind::Log,
                ..
            }) => {
                return Err(invalid(format!(
                    "The name {} is already used by an alarm of another type",
                    alarm.name
                )));
            }
        };
        self.alarms
            .entry(alarm.region.clone())
            .or_default()
            .insert(alarm.name.clone(), held);
        Ok(())
    }

    /// Deletes an alarm (`DeleteAlarms`).
    ///
    /// # Errors
    ///
    /// Fails with `ResourceNotFound` when there is no such alarm.
    pub fn delete_alarm(&mut self, alarm: &AlarmArn) -> Result<(), CallError> {
        self.existing_alarm(DELETE, alarm)?;
        self.remove_alarm(alarm);
        Ok(())
    }

    /// Sets the state of an alarm until the next evaluation, which never comes here (`SetAlarmState`).
    ///
    /// # Errors
    ///
    /// Fails with `ResourceNotFound` when there is no such alarm.
    pub fn set_alarm_state(
        &mut self,
        alarm: &AlarmArn,
        state: AlarmState,
    ) -> Result<(), CallError> {
        self.existing_alarm(SET_STATE, alarm)?.state = state;
        Ok(())
    }

    /// Switches the actions of an alarm (`EnableAlarmActions`, `DisableAlarmActions`).
    ///
    /// # Errors
    ///
    /// Fails with `ResourceNotFound` when there is no such alarm.
    pub fn switch_alarm_actions(
        &mut self,
        alarm: &AlarmArn,
        switch: ActionsSwitch,
    ) -> Result<(), CallError> {
        let held = self.existing_alarm(switch.permission(), alarm)?;
        match &mut held.kind {
            AlarmKind::Metric(settings) => {
                settings.actions_enabled = switch == ActionsSwitch::Enabled;
            }
            // The actions of other kinds are no part of the model.
            AlarmKind::Composite | AlarmKind::Log => {}
        }
        Ok(())
    }

    fn existing_alarm(
        &mut self,
        action: &str,
        alarm: &AlarmArn,
    ) -> Result<&mut SandboxAlarm, CallError> {
        self.find_alarm(action, alarm)?;
        self.alarms
            .get_mut(&alarm.region)
            .and_then(|alarms| alarms.get_mut(&alarm.name))
            .ok_or_else(|| {
                let message = format!("Alarm {} does not exist", alarm.name);
                refusal(action, CallErrorKind::NotFound, "ResourceNotFound", message)
            })
    }
}

fn invalid(message: impl Into<String>) -> CallError {
    refusal(PUT, CallErrorKind::Invalid, "ValidationError", message)
}

/// Returns the refusal of a parameter's value in the words of AWS's own validation.
fn constraint(parameter: &str, rule: &str) -> CallError {
    invalid(format!(
        "1 validation error detected: Value at '{parameter}' failed to satisfy constraint: {rule}"
    ))
}

fn check_text(parameter: &str, text: &str, least: usize, most: usize) -> Result<(), CallError> {
    let length = text.chars().count();
    if length < least {
        let rule = format!("Member must have length greater than or equal to {least}");
        return Err(constraint(parameter, &rule));
    }
    if length > most {
        let rule = format!("Member must have length less than or equal to {most}");
        return Err(constraint(parameter, &rule));
    }
    if text.chars().any(|c| c.is_ascii_control()) {
        return Err(invalid(format!(
            "{parameter} must not contain control characters"
        )));
    }
    Ok(())
}

fn check_settings(alarm: &AlarmArn, settings: &MetricAlarm) -> Result<(), CallError> {
    if let Some(description) = &settings.description
        && description.chars().count() > 1024
    {
        let rule = "Member must have length less than or equal to 1024";
        return Err(constraint("alarmDescription", rule));
    }
    if settings.evaluation_periods == 0 {
        let rule = "Member must have value greater than or equal to 1";
        return Err(constraint("evaluationPeriods", rule));
    }
    check_datapoints(settings)?;
    if settings
        .threshold
        .is_some_and(|threshold| !threshold.is_finite())
    {
        return Err(invalid("The value of threshold must be a finite number"));
    }
    check_query(settings)?;
    let lists = [
        ("alarmActions", &settings.alarm_actions),
        ("oKActions", &settings.ok_actions),
        (
            "insufficientDataActions",
            &settings.insufficient_data_actions,
        ),
    ];
    for (parameter, actions) in lists {
        check_actions(alarm, parameter, actions)?;
    }
    Ok(())
}

fn check_datapoints(settings: &MetricAlarm) -> Result<(), CallError> {
    match settings.datapoints_to_alarm {
        Some(0) => {
            let rule = "Member must have value greater than or equal to 1";
            Err(constraint("datapointsToAlarm", rule))
        }
        Some(datapoints) if datapoints > settings.evaluation_periods => Err(invalid(
            "DatapointsToAlarm must be less than or equal to EvaluationPeriods",
        )),
        Some(_) | None => Ok(()),
    }
}

fn check_query(settings: &MetricAlarm) -> Result<(), CallError> {
    let MetricQuery::Single {
        metric,
        has_dimensions: _,
        statistic,
        unit: _,
        period,
    } = &settings.query
    else {
        return Ok(());
    };
    if settings.threshold.is_none() {
        return Err(invalid(
            "Threshold is required for alarms based on a static threshold",
        ));
    }
    check_metric(metric)?;
    check_statistic(statistic)?;
    check_window(*period, settings.evaluation_periods)
}

fn check_metric(metric: &Metric) -> Result<(), CallError> {
    check_text("metricName", &metric.name, 1, 255)?;
    check_text("namespace", &metric.namespace, 1, 255)?;
    if metric.namespace.starts_with(':') {
        let rule = "Member must satisfy regular expression pattern: [^:].*";
        return Err(constraint("namespace", rule));
    }
    Ok(())
}

/// An extended statistic is a percentile, a trimmed one, or a rank: a word and numbers.
fn check_statistic(statistic: &Statistic) -> Result<(), CallError> {
    match statistic {
        Statistic::Sum
        | Statistic::Average
        | Statistic::Minimum
        | Statistic::Maximum
        | Statistic::SampleCount => Ok(()),
        Statistic::Extended(text) if is_extended_statistic(text) => Ok(()),
        Statistic::Extended(text) => Err(invalid(format!(
            "The value {text} for parameter ExtendedStatistic is not supported."
        ))),
    }
}

fn is_extended_statistic(text: &str) -> bool {
    let percentile = |rest: &str| {
        rest.parse::<f64>()
            .is_ok_and(|number| (0.0..=100.0).contains(&number))
    };
    let ranged = |rest: &str| rest.starts_with('(') && rest.ends_with(')') && rest.contains(':');
    if text == "IQM" {
        return true;
    }
    let short = ["p", "tm", "wm", "tc", "ts"];
    let long = ["TM", "WM", "PR", "TC", "TS"];
    short
        .iter()
        .any(|word| text.strip_prefix(word).is_some_and(percentile))
        || long
            .iter()
            .any(|word| text.strip_prefix(word).is_some_and(ranged))
}

fn check_window(period: u32, evaluation_periods: u32) -> Result<(), CallError> {
    let is_whole = period > 0 && period.is_multiple_of(60);
    if !is_whole && !matches!(period, 10 | 20 | 30) {
        return Err(invalid("Period must be 10, 20, 30 or a multiple of 60"));
    }
    let window = u64::from(period) * u64::from(evaluation_periods);
    if period < 3600 && window > DAY {
        return Err(invalid(
            "Metrics cannot be checked across more than a day (EvaluationPeriods * Period must be <= \
             86400) for alarms using period < 3600",
        ));
    }
    if window > WEEK {
        return Err(invalid(
            "Metrics cannot be checked across more than a week (EvaluationPeriods * Period must be <= \
             604800) for alarms using period >= 3600",
        ));
    }
    Ok(())
}

fn check_actions(alarm: &AlarmArn, parameter: &str, actions: &[String]) -> Result<(), CallError> {
    if actions.len() > 5 {
        let rule = "Member must have length less than or equal to 5";
        return Err(constraint(parameter, rule));
    }
    for action in actions {
        let mut fields = action.splitn(6, ':');
        let (prefix, _, service, region) =
            (fields.next(), fields.next(), fields.next(), fields.next());
        if prefix != Some("arn") || fields.count() < 2 || action.chars().count() > 1024 {
            return Err(invalid(format!("Invalid arn syntax: {action}")));
        }
        let home = alarm.region.as_str();
        if let (Some("sns"), Some(region)) = (service, region)
            && region != home
        {
            return Err(invalid(format!(
                "Invalid region {region} specified. Only {home} is supported."
            )));
        }
    }
    Ok(())
}

fn check_tags(tags: &Tags) -> Result<(), CallError> {
    if tags.len() > 50 {
        let rule = "Member must have length less than or equal to 50";
        return Err(constraint("tags", rule));
    }
    for (key, value) in tags {
        check_text("tags.member.key", key, 1, 128)?;
        check_text("tags.member.value", value, 0, 256)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{MissingData, Operator};
    use crate::sandbox::Scene;

    const TOPIC: &str = "arn:aws:sns:us-east-1:123456789012:cis-alarms";

    fn arn(name: &str) -> AlarmArn {
        let text = format!("arn:aws:cloudwatch:us-east-1:123456789012:alarm:{name}");
        AlarmArn::parse(&text).unwrap()
    }

    fn settings() -> MetricAlarm {
        MetricAlarm {
            description: None,
            actions_enabled: true,
            alarm_actions: vec![TOPIC.to_owned()],
            ok_actions: Vec::new(),
            insufficient_data_actions: Vec::new(),
            query: MetricQuery::Single {
                metric: Metric {
                    namespace: "CISBenchmark".to_owned(),
                    name: "metric".to_owned(),
                },
                has_dimensions: false,
                statistic: Statistic::Sum,
                unit: None,
                period: 300,
            },
            evaluation_periods: 1,
            datapoints_to_alarm: None,
            threshold: Some(1.0),
            operator: Operator::GreaterThanOrEqualToThreshold,
            missing_data: MissingData::NotBreaching,
        }
    }

    fn watching(
        namespace: &str,
        name: &str,
        statistic: &str,
        period: u32,
    ) -> impl Fn(&mut MetricAlarm) + use<> {
        let query = MetricQuery::Single {
            metric: Metric {
                namespace: namespace.to_owned(),
                name: name.to_owned(),
            },
            has_dimensions: false,
            statistic: Statistic::parse(statistic),
            unit: None,
            period,
        };
        move |settings| settings.query = query.clone()
    }

    fn window(period: u32, evaluation_periods: u32) -> impl Fn(&mut MetricAlarm) {
        let watching = watching("CISBenchmark", "metric", "Sum", period);
        move |settings| {
            watching(settings);
            settings.evaluation_periods = evaluation_periods;
        }
    }

    fn put(change: impl Fn(&mut MetricAlarm)) -> Result<(), CallError> {
        let mut account = Scene::Fresh.account();
        let mut changed = settings();
        change(&mut changed);
        let outcome = account.put_metric_alarm(&arn("name"), changed, Tags::new());
        assert_eq!(outcome.is_err(), account == Scene::Fresh.account());
        outcome
    }

    fn refused(change: impl Fn(&mut MetricAlarm)) -> String {
        let error = put(change).unwrap_err();
        assert_eq!(error.action, PUT);
        assert_eq!(error.kind, CallErrorKind::Invalid);
        assert_eq!(error.code.as_deref(), Some("ValidationError"));
        error.message
    }

    fn tags(value: &str) -> Tags {
        Tags::from([("owner".to_owned(), value.to_owned())])
    }

    #[test]
    fn a_put_replaces_the_configuration_and_keeps_state_and_tags() {
        let mut account = Scene::Fresh.account();
        let name = arn("name");
        let rich = MetricAlarm {
            description: Some("rich".to_owned()),
            actions_enabled: false,
            ok_actions: vec![TOPIC.to_owned()],
            ..settings()
        };
        account
            .put_metric_alarm(&name, rich, tags("first"))
            .unwrap();
        assert_eq!(
            account.alarms()[&name.region]["name"].state,
            AlarmState::InsufficientData
        );
        account.set_alarm_state(&name, AlarmState::Alarm).unwrap();
        account
            .put_metric_alarm(&name, settings(), tags("second"))
            .unwrap();
        let held = &account.alarms()[&name.region]["name"];
        assert_eq!(held.kind, AlarmKind::Metric(Box::new(settings())));
        assert_eq!(held.state, AlarmState::Alarm);
        assert_eq!(held.tags, Some(tags("first")));
    }

    #[test]
    fn the_name_of_another_kind_of_alarm_is_refused() {
        for name in ["vpc_changes_alarm", "slow-queries"] {
            let mut account = Scene::Messy.account();
            let error = account
                .put_metric_alarm(&arn(name), settings(), Tags::new())
                .unwrap_err();
            assert_eq!(error.code.as_deref(), Some("ValidationError"));
            assert!(error.message.contains(name));
            assert_eq!(account, Scene::Messy.account());
        }
    }

    #[test]
    fn periods_and_windows_have_their_limits() {
        let legal = [
            (10, 1),
            (20, 3),
            (30, 2880),
            (60, 1440),
            (300, 288),
            (3600, 168),
        ];
        for (period, count) in legal {
            put(window(period, count)).unwrap();
        }
        put(window(604_800, 1)).unwrap();
        let period = "Period must be 10, 20, 30 or a multiple of 60";
        for number in [0, 1, 15, 40, 61, 90, u32::MAX] {
            assert_eq!(refused(window(number, 1)), period, "{number}");
        }
        for (number, count) in [(300, 289), (60, 1441), (10, 8641)] {
            assert!(refused(window(number, count)).contains("more than a day"));
        }
        for (number, count) in [
            (3600, 169),
            (86_400, 8),
            (604_860, 1),
            (60 * 71_582_788, u32::MAX),
        ] {
            assert!(refused(window(number, count)).contains("more than a week"));
        }
    }

    type Change = Box<dyn Fn(&mut MetricAlarm)>;

    /// Returns changes that make an alarm illegal, and a part of what is said of each.
    fn illegal_changes() -> [(&'static str, Change); 11] {
        let too_many = vec![TOPIC.to_owned(); 6];
        let ok = too_many.clone();
        let other = TOPIC.replace("us-east-1", "eu-central-1");
        [
            (
                "evaluationPeriods",
                Box::new(|alarm| alarm.evaluation_periods = 0),
            ),
            (
                "datapointsToAlarm",
                Box::new(|alarm| alarm.datapoints_to_alarm = Some(0)),
            ),
            (
                "DatapointsToAlarm",
                Box::new(|alarm| alarm.datapoints_to_alarm = Some(2)),
            ),
            (
                "threshold",
                Box::new(|alarm| alarm.threshold = Some(f64::NAN)),
            ),
            (
                "threshold",
                Box::new(|alarm| alarm.threshold = Some(f64::INFINITY)),
            ),
            ("Threshold", Box::new(|alarm| alarm.threshold = None)),
            (
                "alarmDescription",
                Box::new(|alarm| alarm.description = Some("x".repeat(1025))),
            ),
            (
                "alarmActions",
                Box::new(move |alarm| alarm.alarm_actions = too_many.clone()),
            ),
            (
                "oKActions",
                Box::new(move |alarm| alarm.ok_actions = ok.clone()),
            ),
            (
                "Invalid arn syntax: x",
                Box::new(|alarm| alarm.ok_actions = vec!["x".to_owned()]),
            ),
            (
                "Invalid region eu-central-1 specified. Only us-east-1 is supported.",
                Box::new(move |alarm| alarm.alarm_actions = vec![other.clone()]),
            ),
        ]
    }

    #[test]
    fn illegal_settings_are_refused() {
        for (index, (expected, change)) in illegal_changes().into_iter().enumerate() {
            let message = refused(change);
            assert!(message.contains(expected), "case {index}: {message}");
        }
    }

    #[test]
    fn illegal_metrics_and_statistics_are_refused() {
        let long = "x".repeat(256);
        let cases = [
            ("metricName", ("CISBenchmark", "", "Sum")),
            ("metricName", ("CISBenchmark", &long, "Sum")),
            ("namespace", ("", "metric", "Sum")),
            ("namespace", (&long, "metric", "Sum")),
            ("namespace", (":x", "metric", "Sum")),
            ("ExtendedStatistic", ("CISBenchmark", "metric", "Total")),
            ("ExtendedStatistic", ("CISBenchmark", "metric", "p101")),
        ];
        for (parameter, (namespace, name, statistic)) in cases {
            let message = refused(watching(namespace, name, statistic, 300));
            assert!(message.contains(parameter), "{message}");
        }
    }

    #[test]
    fn legal_extremes_are_taken() {
        put(|alarm| alarm.description = Some("ä".repeat(1024))).unwrap();
        put(|alarm| alarm.alarm_actions = vec![TOPIC.to_owned(); 5]).unwrap();
        put(|alarm| {
            alarm.query = MetricQuery::Expression;
            alarm.threshold = None;
        })
        .unwrap();
        for statistic in [
            "p99.9",
            "p0",
            "tm90",
            "TM(10%:90%)",
            "IQM",
            "PR(:300)",
            "SampleCount",
        ] {
            put(watching("CISBenchmark", "metric", statistic, 300)).unwrap();
        }
        // CloudWatch does not ask whether the topic of an alarm is there, nor who owns it.
        let foreign = TOPIC.replace("123456789012", "210987654321");
        put(|alarm| alarm.alarm_actions = vec![foreign.clone()]).unwrap();
    }

    #[test]
    fn illegal_names_and_tags_are_refused() {
        let mut account = Scene::Fresh.account();
        for name in [&"x".repeat(256), "a\u{7}b"] {
            let error = account
                .put_metric_alarm(&arn(name), settings(), Tags::new())
                .unwrap_err();
            assert!(error.message.contains("alarmName"));
        }
        account
            .put_metric_alarm(&arn(&"ä:/".repeat(85)), settings(), Tags::new())
            .unwrap();
        let many: Tags = (0..51).map(|n| (n.to_string(), String::new())).collect();
        let long = Tags::from([("k".repeat(129), String::new())]);
        let longer = Tags::from([("k".to_owned(), "v".repeat(257))]);
        for tags in [many, long, longer] {
            let error = account
                .put_metric_alarm(&arn("name"), settings(), tags)
                .unwrap_err();
            assert_eq!(error.code.as_deref(), Some("ValidationError"));
        }
    }

    #[test]
    fn alarms_of_another_account_are_out_of_reach() {
        let mut account = Scene::Fresh.account();
        let text = "arn:aws:cloudwatch:us-east-1:210987654321:alarm:name";
        let foreign = AlarmArn::parse(text).unwrap();
        let put = account.put_metric_alarm(&foreign, settings(), Tags::new());
        let delete = account.delete_alarm(&foreign);
        for error in [put.unwrap_err(), delete.unwrap_err()] {
            assert_eq!(error.kind, CallErrorKind::Denied);
        }
    }

    #[test]
    fn an_alarm_can_be_switched_and_deleted_once_it_is_there() {
        let mut account = Scene::Messy.account();
        let none = arn("none");
        let switch = account.switch_alarm_actions(&none, ActionsSwitch::Disabled);
        for error in [
            switch.unwrap_err(),
            account.delete_alarm(&none).unwrap_err(),
            account.set_alarm_state(&none, AlarmState::Ok).unwrap_err(),
        ] {
            assert_eq!(error.code.as_deref(), Some("ResourceNotFound"));
        }
        let muted = arn("console-sign-in-failures");
        let enabled =
            |account: &SandboxAccount| match &account.alarms()[&muted.region][&muted.name].kind {
                AlarmKind::Metric(settings) => settings.actions_enabled,
                AlarmKind::Composite | AlarmKind::Log => panic!("a metric alarm"),
            };
        assert!(!enabled(&account));
        account
            .switch_alarm_actions(&muted, ActionsSwitch::Enabled)
            .unwrap();
        assert!(enabled(&account));
        account
            .switch_alarm_actions(&muted, ActionsSwitch::Disabled)
            .unwrap();
        assert!(!enabled(&account));
        account.delete_alarm(&muted).unwrap();
        assert!(account.list_alarm_tags(&muted).is_err());
    }
}
