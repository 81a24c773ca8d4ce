//! What a sandbox account answers to a read, as AWS words it.
//!
//! A resource that does not exist is an error here, as it is at AWS; the port makes an absence of it.

use crate::model::{
    AccountId, Alarm, AlarmArn, CallErrorKind, EventSelectors, Identity, Key, LogGroup,
    LogGroupArn, MetricFilter, Partition, Reading, Region, Subscription, Tags, Topic, TopicArn,
    Trail, TrailArn, TrailStatus,
};

use super::account::{
    Extent, SandboxAccount, SandboxAlarm, SandboxKey, SandboxLogGroup, SandboxTopic, SandboxTrail,
    TopicAttributes,
};
use super::refusal::{
    foreign_alarm, foreign_log_group, foreign_topic, no_log_group, no_topic, not_recorded, refusal,
};
use super::unreadable::{
    DESCRIBE_ALARMS, DESCRIBE_KEY, DESCRIBE_LOG_GROUPS, DESCRIBE_METRIC_FILTERS, DESCRIBE_TRAILS,
    GET_CALLER_IDENTITY, GET_EVENT_SELECTORS, GET_KEY_POLICY, GET_TOPIC_ATTRIBUTES,
    GET_TRAIL_STATUS, LIST_ALARM_TAGS, LIST_SUBSCRIPTIONS, LIST_TOPIC_TAGS,
};

/// Reading as AWS answers.
impl SandboxAccount {
    /// Returns who is asking (`GetCallerIdentity`).
    ///
    /// # Errors
    ///
    /// Fails when the reading is marked as one that fails; so does every reading here.
    pub fn get_caller_identity(&self) -> Reading<Identity> {
        self.unreadable
            .check(GET_CALLER_IDENTITY, &self.identity.arn)?;
        Ok(self.identity.clone())
    }

    /// Returns the trails that the starting Region shows, shadow trails included (`DescribeTrails`).
    ///
    /// # Errors
    ///
    /// Fails when the reading is marked as one that fails.
    pub fn describe_trails(&self) -> Reading<Vec<Trail>> {
        self.unreadable
            .check(DESCRIBE_TRAILS, self.region.as_str())?;
        // A multi-Region trail has a copy in every Region; any other is shown by its own Region alone.
        let shown = |trail: &&Trail| trail.is_multi_region || trail.home_region == self.region;
        let trails = self.trails.values().map(|held| &held.trail);
        Ok(trails.filter(shown).cloned().collect())
    }

    /// Returns the state of a trail (`GetTrailStatus`).
    ///
    /// # Errors
    ///
    /// Fails when there is no such trail, or nobody recorded its state.
    pub fn get_trail_status(&self, trail: &TrailArn) -> Reading<TrailStatus> {
        let held = self.trail(GET_TRAIL_STATUS, trail)?;
        recorded(held.status.as_ref(), GET_TRAIL_STATUS, trail).cloned()
    }

    /// Returns what a trail records (`GetEventSelectors`).
    ///
    /// # Errors
    ///
    /// Fails when there is no such trail, or nobody recorded its selectors.
    pub fn get_event_selectors(&self, trail: &TrailArn) -> Reading<EventSelectors> {
        let held = self.trail(GET_EVENT_SELECTORS, trail)?;
        recorded(held.selectors.as_ref(), GET_EVENT_SELECTORS, trail).cloned()
    }

    /// Returns a log group (`DescribeLogGroups`), or none when there is no such group.
    ///
    /// # Errors
    ///
    /// Fails for a log group of another account, which no listing shows.
    pub fn describe_log_group(&self, log_group: &LogGroupArn) -> Reading<Option<LogGroup>> {
        self.unreadable
            .check(DESCRIBE_LOG_GROUPS, &log_group.to_string())?;
        let Some(held) = self.find_log_group(DESCRIBE_LOG_GROUPS, log_group)? else {
            return Ok(None);
        };
        let class = recorded(held.class.clone(), DESCRIBE_LOG_GROUPS, log_group)?;
        Ok(Some(LogGroup {
            arn: log_group.clone(),
            class,
        }))
    }

    /// Returns the metric filters of a log group by name (`DescribeMetricFilters`).
    ///
    /// # Errors
    ///
    /// Fails with `ResourceNotFoundException` when there is no such group.
    pub fn describe_metric_filters(&self, log_group: &LogGroupArn) -> Reading<Vec<MetricFilter>> {
        let action = DESCRIBE_METRIC_FILTERS;
        self.unreadable.check(action, &log_group.to_string())?;
        let held = self
            .find_log_group(action, log_group)?
            .ok_or_else(|| no_log_group(action))?;
        let filters = recorded(held.filters.as_ref(), action, log_group)?;
        Ok(filters.values().cloned().collect())
    }

    /// Returns the alarms of every kind in a Region by name (`DescribeAlarms`).
    ///
    /// # Errors
    ///
    /// Fails when nobody recorded the alarms of that Region.
    pub fn describe_alarms(&self, region: &Region) -> Reading<Vec<Alarm>> {
        self.unreadable.check(DESCRIBE_ALARMS, region.as_str())?;
        let Some(alarms) = self.alarms.get(region) else {
            return match self.extent {
                Extent::Complete => Ok(Vec::new()),
                Extent::Partial(_) => Err(not_recorded(DESCRIBE_ALARMS, region.as_str())),
            };
        };
        let alarms = alarms.iter().map(|(name, held)| Alarm {
            arn: self.alarm_arn(region, name),
            kind: held.kind.clone(),
        });
        Ok(alarms.collect())
    }

    /// Returns the tags of an alarm (CloudWatch's `ListTagsForResource`).
    ///
    /// # Errors
    ///
    /// Fails with `ResourceNotFoundException` when there is no such alarm.
    pub fn list_alarm_tags(&self, alarm: &AlarmArn) -> Reading<Tags> {
        let arn = alarm.to_string();
        self.unreadable.check(LIST_ALARM_TAGS, &arn)?;
        let held = self.find_alarm(LIST_ALARM_TAGS, alarm)?.ok_or_else(|| {
            let message = format!("The alarm `{arn}` does not exist.");
            let code = "ResourceNotFoundException";
            refusal(LIST_ALARM_TAGS, CallErrorKind::NotFound, code, message)
        })?;
        recorded(held.tags.as_ref(), LIST_ALARM_TAGS, alarm).cloned()
    }

    /// Returns a topic (`GetTopicAttributes`).
    ///
    /// # Errors
    ///
    /// Fails with `NotFound` when there is no such topic, with `AuthorizationError` for one of another account.
    pub fn get_topic_attributes(&self, topic: &TopicArn) -> Reading<Topic> {
        let held = self.topic(GET_TOPIC_ATTRIBUTES, topic)?;
        let attributes = recorded(held.attributes.clone(), GET_TOPIC_ATTRIBUTES, topic)?;
        let TopicAttributes { policy, kms_key } = attributes;
        Ok(Topic {
            arn: topic.clone(),
            policy,
            kms_key,
        })
    }

    /// Returns the tags of a topic (SNS's `ListTagsForResource`).
    ///
    /// # Errors
    ///
    /// Fails with `ResourceNotFound` when there is no such topic.
    pub fn list_topic_tags(&self, topic: &TopicArn) -> Reading<Tags> {
        let action = LIST_TOPIC_TAGS;
        self.unreadable.check(action, &topic.to_string())?;
        let held = self.find_topic(action, topic)?.ok_or_else(|| {
            let message = "Resource does not exist";
            refusal(action, CallErrorKind::NotFound, "ResourceNotFound", message)
        })?;
        recorded(held.tags.as_ref(), action, topic).cloned()
    }

    /// Returns the subscriptions of a topic (`ListSubscriptionsByTopic`).
    ///
    /// # Errors
    ///
    /// Fails with `NotFound` when there is no such topic.
    pub fn list_subscriptions_by_topic(&self, topic: &TopicArn) -> Reading<Vec<Subscription>> {
        let held = self.topic(LIST_SUBSCRIPTIONS, topic)?;
        let subscriptions = recorded(held.subscriptions.as_ref(), LIST_SUBSCRIPTIONS, topic)?;
        let plain = subscriptions.iter().map(|held| held.subscription.clone());
        Ok(plain.collect())
    }

    /// Returns a key by id, ARN or alias (`DescribeKey` and `GetKeyPolicy`).
    ///
    /// # Errors
    ///
    /// Fails with `NotFoundException` when there is no such key.
    pub fn describe_key(&self, region: &Region, key: &str) -> Reading<Key> {
        let resource = key_resource(region, key);
        self.unreadable.check(DESCRIBE_KEY, &resource)?;
        self.unreadable.check(GET_KEY_POLICY, &resource)?;
        let found = self.keys.values().find(|held| held.answers_to(region, key));
        match (found, &self.extent) {
            (Some(held), _) => Ok(held.key.clone()),
            (None, Extent::Partial(absent))
                if !absent.keys.contains(&(region.clone(), key.to_owned())) =>
            {
                Err(not_recorded(DESCRIBE_KEY, key))
            }
            (None, Extent::Complete | Extent::Partial(_)) => {
                let message = format!("Key `{key}` is not found.");
                let code = "NotFoundException";
                Err(refusal(
                    DESCRIBE_KEY,
                    CallErrorKind::NotFound,
                    code,
                    message,
                ))
            }
        }
    }
}

/// Finding what a call is about.
impl SandboxAccount {
    /// Returns whether a resource of this partition and account is the account's own.
    pub(super) fn owns(&self, partition: &Partition, account: &AccountId) -> bool {
        self.identity.partition == *partition && self.identity.account == *account
    }

    /// Returns the ARN of the account's alarm of that name.
    #[must_use]
    pub fn alarm_arn(&self, region: &Region, name: &str) -> AlarmArn {
        AlarmArn {
            partition: self.identity.partition.clone(),
            region: region.clone(),
            account: self.identity.account.clone(),
            name: name.to_owned(),
        }
    }

    fn trail(&self, action: &str, trail: &TrailArn) -> Reading<&SandboxTrail> {
        self.unreadable.check(action, &trail.to_string())?;
        self.trails.get(trail).ok_or_else(|| {
            let message = format!("Unknown trail: {trail} for the user: {}", self.account());
            refusal(
                action,
                CallErrorKind::NotFound,
                "TrailNotFoundException",
                message,
            )
        })
    }

    fn topic(&self, action: &str, topic: &TopicArn) -> Reading<&SandboxTopic> {
        self.unreadable.check(action, &topic.to_string())?;
        self.find_topic(action, topic)?
            .ok_or_else(|| no_topic(action))
    }

    pub(super) fn find_log_group(
        &self,
        action: &str,
        log_group: &LogGroupArn,
    ) -> Reading<Option<&SandboxLogGroup>> {
        if let Some(held) = self.log_groups.get(log_group) {
            return Ok(Some(held));
        }
        if let Extent::Partial(absent) = &self.extent {
            return if absent.log_groups.contains(log_group) {
                Ok(None)
            } else {
                Err(not_recorded(action, &log_group.to_string()))
            };
        }
        if self.owns(&log_group.partition, &log_group.account) {
            Ok(None)
        } else {
            Err(foreign_log_group(action, &log_group.to_string()))
        }
    }

    pub(super) fn find_alarm(
        &self,
        action: &str,
        alarm: &AlarmArn,
    ) -> Reading<Option<&SandboxAlarm>> {
        if !self.owns(&alarm.partition, &alarm.account) {
            return Err(foreign_alarm(action, &alarm.to_string()));
        }
        match (self.alarms.get(&alarm.region), &self.extent) {
            (Some(alarms), _) => Ok(alarms.get(&alarm.name)),
            (None, Extent::Complete) => Ok(None),
            (None, Extent::Partial(_)) => Err(not_recorded(action, alarm.region.as_str())),
        }
    }

    pub(super) fn find_topic(
        &self,
        action: &str,
        topic: &TopicArn,
    ) -> Reading<Option<&SandboxTopic>> {
        if let Some(held) = self.topics.get(topic) {
            return Ok(Some(held));
        }
        if let Extent::Partial(absent) = &self.extent {
            return if absent.topics.contains(topic) {
                Ok(None)
            } else {
                Err(not_recorded(action, &topic.to_string()))
            };
        }
        if self.owns(&topic.partition, &topic.account) {
            Ok(None)
        } else {
            Err(foreign_topic(action, &topic.to_string()))
        }
    }
}

/// Returns a fact that somebody recorded; fails when nobody looked.
pub(super) fn recorded<T>(fact: Option<T>, action: &str, resource: &impl ToString) -> Reading<T> {
    fact.ok_or_else(|| not_recorded(action, &resource.to_string()))
}

/// Returns how the reading of a key is named in a list of failed readings: `REGION:KEY`.
pub(super) fn key_resource(region: &Region, key: &str) -> String {
    format!("{region}:{key}")
}

impl SandboxKey {
    /// Returns whether `name` means this key in `region`: its id, its ARN, or an alias by name or ARN.
    pub(super) fn answers_to(&self, region: &Region, name: &str) -> bool {
        let arn = &self.key.arn;
        let home = arn.split(':').nth(3);
        let id = arn.split_once(":key/").map(|(_, id)| id);
        home == Some(region.as_str()) && (arn == name || id == Some(name) || self.has_alias(name))
    }

    fn has_alias(&self, name: &str) -> bool {
        let plain = name
            .split_once(":alias/")
            .filter(|(owner, _)| self.key.arn.starts_with(&format!("{owner}:key/")))
            .map(|(_, alias)| format!("alias/{alias}"));
        self.aliases.contains(name) || plain.is_some_and(|alias| self.aliases.contains(&alias))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{CallError, LogGroupClass, SubscriptionState};
    use crate::sandbox::{Absent, Scene};

    fn region(name: &str) -> Region {
        Region::parse(name).unwrap()
    }

    fn log_group(name: &str) -> LogGroupArn {
        let text = format!("arn:aws:logs:us-east-1:123456789012:log-group:{name}");
        LogGroupArn::parse(&text).unwrap()
    }

    fn topic(account: &str, name: &str) -> TopicArn {
        TopicArn::parse(&format!("arn:aws:sns:us-east-1:{account}:{name}")).unwrap()
    }

    fn denied(action: &str, message: &str) -> CallError {
        CallError::new(action, CallErrorKind::Denied, message)
    }

    /// Returns the messy account as a partial one that knows nothing beyond it.
    fn partial(absent: Absent) -> SandboxAccount {
        let mut account = Scene::Messy.account();
        account.extent = Extent::Partial(absent);
        account
    }

    #[test]
    fn a_region_shows_its_own_trails_and_copies_of_multi_region_ones() {
        let mut account = Scene::Fresh.account();
        let original = account.trails().values().next().unwrap().clone();
        for (name, home, is_multi_region) in [
            ("local", "us-east-1", false),
            ("far", "eu-central-1", false),
            ("shadow", "eu-central-1", true),
        ] {
            let mut trail = original.trail.clone();
            trail.arn.name = name.to_owned();
            trail.arn.region = region(home);
            trail.home_region = region(home);
            trail.is_multi_region = is_multi_region;
            let (status, selectors) = (original.status.clone(), original.selectors.clone());
            account.add_trail(trail, status.unwrap(), selectors.unwrap());
        }
        let names = |account: &SandboxAccount| {
            let trails = account.describe_trails().unwrap();
            let names = trails.into_iter().map(|trail| trail.arn.name);
            names.collect::<Vec<_>>()
        };
        assert_eq!(names(&account), ["shadow", "local", "management-events"]);
        let elsewhere = account.starting_in(region("eu-central-1"));
        assert_eq!(names(&elsewhere), ["far", "shadow", "management-events"]);
    }

    #[test]
    fn what_does_not_exist_has_the_code_of_its_service() {
        let account = Scene::Fresh.account();
        let mut trail = account.trails().keys().next().unwrap().clone();
        trail.name = "none".to_owned();
        let alarm = account.alarm_arn(account.region(), "none");
        let none = topic("123456789012", "none");
        let cases = [
            (
                account.get_trail_status(&trail).unwrap_err(),
                "TrailNotFoundException",
            ),
            (
                account.get_event_selectors(&trail).unwrap_err(),
                "TrailNotFoundException",
            ),
            (
                account
                    .describe_metric_filters(&log_group("none"))
                    .unwrap_err(),
                "ResourceNotFoundException",
            ),
            (
                account.list_alarm_tags(&alarm).unwrap_err(),
                "ResourceNotFoundException",
            ),
            (account.get_topic_attributes(&none).unwrap_err(), "NotFound"),
            (
                account.list_topic_tags(&none).unwrap_err(),
                "ResourceNotFound",
            ),
            (
                account.list_subscriptions_by_topic(&none).unwrap_err(),
                "NotFound",
            ),
            (
                account.describe_key(account.region(), "none").unwrap_err(),
                "NotFoundException",
            ),
        ];
        for (error, code) in cases {
            assert_eq!(error.kind, CallErrorKind::NotFound, "{error}");
            assert_eq!(error.code.as_deref(), Some(code), "{error}");
        }
        assert_eq!(account.describe_log_group(&log_group("none")), Ok(None));
    }

    #[test]
    fn what_belongs_to_another_account_is_denied_unless_it_is_listed() {
        let mut account = Scene::Fresh.account();
        let foreign = topic("210987654321", "shared");
        let mut group = log_group("x");
        group.account = foreign.account.clone();
        let cases = [
            account.get_topic_attributes(&foreign).unwrap_err(),
            account.list_subscriptions_by_topic(&foreign).unwrap_err(),
            account.describe_log_group(&group).unwrap_err(),
            account.describe_metric_filters(&group).unwrap_err(),
        ];
        for error in cases {
            assert_eq!(error.kind, CallErrorKind::Denied, "{error}");
        }
        let shared = Topic {
            arn: foreign.clone(),
            policy: "{}".to_owned(),
            kms_key: None,
        };
        account.add_topic(shared.clone(), Tags::new());
        assert_eq!(account.get_topic_attributes(&foreign), Ok(shared));
    }

    #[test]
    fn readings_fail_as_they_are_told_to() {
        let mut account = Scene::Messy.account();
        let (ops, security) = (
            topic("123456789012", "ops-alerts"),
            topic("123456789012", "security-alerts"),
        );
        let (all, one) = (
            denied(GET_TOPIC_ATTRIBUTES, "all"),
            denied(GET_TOPIC_ATTRIBUTES, "one"),
        );
        account.add_unreadable(None, all.clone());
        account.add_unreadable(Some(&ops.to_string()), one.clone());
        assert_eq!(account.get_topic_attributes(&ops), Err(one));
        assert_eq!(account.get_topic_attributes(&security), Err(all));
        account.list_subscriptions_by_topic(&ops).unwrap();
        let name = "alias/aws/sns";
        for (action, resource) in [
            (GET_KEY_POLICY, "us-east-1:alias/aws/sns"),
            (DESCRIBE_KEY, "us-east-1:alias/aws/sns"),
        ] {
            let error = denied(action, "no");
            account.add_unreadable(Some(resource), error.clone());
            assert_eq!(account.describe_key(&region("us-east-1"), name), Err(error));
        }
    }

    type Ask<'scene> = Box<dyn Fn(&SandboxAccount) -> Option<CallError> + 'scene>;

    /// What the questions are about.
    struct Subjects {
        trail: TrailArn,
        group: LogGroupArn,
        alarm: AlarmArn,
        topic: TopicArn,
    }

    /// Returns every question that an account can be asked, in the order of the actions.
    fn questions(subjects: &Subjects) -> [(&'static str, Ask<'_>); 13] {
        let Subjects {
            trail,
            group,
            alarm,
            topic,
        } = subjects;
        let name = "alias/aws/sns";
        [
            (
                GET_CALLER_IDENTITY,
                Box::new(|a| a.get_caller_identity().err()),
            ),
            (DESCRIBE_TRAILS, Box::new(|a| a.describe_trails().err())),
            (
                GET_TRAIL_STATUS,
                Box::new(|a| a.get_trail_status(trail).err()),
            ),
            (
                GET_EVENT_SELECTORS,
                Box::new(|a| a.get_event_selectors(trail).err()),
            ),
            (
                DESCRIBE_LOG_GROUPS,
                Box::new(|a| a.describe_log_group(group).err()),
            ),
            (
                DESCRIBE_METRIC_FILTERS,
                Box::new(|a| a.describe_metric_filters(group).err()),
            ),
            (
                DESCRIBE_ALARMS,
                Box::new(|a| a.describe_alarms(a.region()).err()),
            ),
            (
                LIST_ALARM_TAGS,
                Box::new(|a| a.list_alarm_tags(alarm).err()),
            ),
            (
                GET_TOPIC_ATTRIBUTES,
                Box::new(|a| a.get_topic_attributes(topic).err()),
            ),
            (
                LIST_TOPIC_TAGS,
                Box::new(|a| a.list_topic_tags(topic).err()),
            ),
            (
                LIST_SUBSCRIPTIONS,
                Box::new(|a| a.list_subscriptions_by_topic(topic).err()),
            ),
            (
                DESCRIBE_KEY,
                Box::new(move |a| a.describe_key(a.region(), name).err()),
            ),
            (
                GET_KEY_POLICY,
                Box::new(move |a| a.describe_key(a.region(), name).err()),
            ),
        ]
    }

    #[test]
    fn every_reading_can_fail() {
        let scene = Scene::Messy.account();
        let subjects = Subjects {
            trail: scene.trails().keys().next().unwrap().clone(),
            group: log_group("CloudTrail/DefaultLogGroup"),
            alarm: scene.alarm_arn(scene.region(), "root_usage_alarm"),
            topic: topic("123456789012", "ops-alerts"),
        };
        let questions = questions(&subjects);
        let actions = questions.each_ref().map(|(action, _)| *action);
        assert_eq!(actions, super::super::unreadable::READ_ACTIONS);
        for (action, ask) in questions {
            assert_eq!(ask(&scene), None, "{action}");
            let mut account = scene.clone();
            account.add_unreadable(None, denied(action, "no"));
            assert_eq!(ask(&account), Some(denied(action, "no")));
        }
    }

    #[test]
    fn a_partial_account_knows_what_it_holds_and_what_is_absent() {
        let (gone, none) = (topic("123456789012", "gone"), topic("123456789012", "none"));
        let (lost, other) = (log_group("lost"), log_group("other"));
        let home = region("us-east-1");
        let account = partial(Absent {
            log_groups: [lost.clone()].into(),
            topics: [gone.clone()].into(),
            keys: [(home.clone(), "alias/gone".to_owned())].into(),
        });
        account.describe_alarms(&home).unwrap();
        account
            .describe_log_group(&log_group("CloudTrail/DefaultLogGroup"))
            .unwrap();
        let kinds = |topic: &TopicArn, group: &LogGroupArn, key: &str| {
            [
                account.get_topic_attributes(topic).unwrap_err().kind,
                account.describe_metric_filters(group).unwrap_err().kind,
                account.describe_key(&home, key).unwrap_err().kind,
            ]
        };
        assert_eq!(
            kinds(&gone, &lost, "alias/gone"),
            [CallErrorKind::NotFound; 3]
        );
        assert_eq!(
            kinds(&none, &other, "alias/none"),
            [CallErrorKind::Unsupported; 3]
        );
        let elsewhere = account.describe_alarms(&region("eu-central-1"));
        assert_eq!(elsewhere.unwrap_err().kind, CallErrorKind::Unsupported);
    }

    #[test]
    fn a_partial_account_is_written_only_where_it_is_known() {
        let (gone, none) = (topic("123456789012", "gone"), topic("123456789012", "none"));
        let mut account = partial(Absent {
            topics: [gone.clone()].into(),
            ..Absent::default()
        });
        account.create_topic(&gone, None, Tags::new()).unwrap();
        account.get_topic_attributes(&gone).unwrap();
        let error = account.create_topic(&none, None, Tags::new()).unwrap_err();
        assert_eq!(error.kind, CallErrorKind::Unsupported);
        let endpoint =
            crate::model::Endpoint::observed(crate::model::Protocol::Email, "a@example.com");
        let held = account.topics.get_mut(&gone).unwrap();
        held.subscriptions = None;
        let error = account.subscribe(&gone, &endpoint).unwrap_err();
        assert_eq!(error.kind, CallErrorKind::Unsupported);
        let held = account
            .log_groups
            .get_mut(&log_group("CloudTrail/DefaultLogGroup"));
        held.unwrap().class = None;
        let filter = account.log_groups()[&log_group("CloudTrail/DefaultLogGroup")]
            .filters
            .as_ref()
            .unwrap()["RouteChanges"]
            .clone();
        let error = account
            .put_metric_filter(&log_group("CloudTrail/DefaultLogGroup"), filter)
            .unwrap_err();
        assert_eq!(error.kind, CallErrorKind::Unsupported);
    }

    #[test]
    fn building_keeps_what_hangs_on_a_resource() {
        let mut account = Scene::Messy.account();
        let group = log_group("CloudTrail/DefaultLogGroup");
        account.add_log_group(LogGroup {
            arn: group.clone(),
            class: LogGroupClass::Delivery,
        });
        assert_eq!(account.describe_metric_filters(&group).unwrap().len(), 97);
        let ops = topic("123456789012", "ops-alerts");
        let mut changed = account.get_topic_attributes(&ops).unwrap();
        changed.kms_key = Some("alias/x".to_owned());
        account.add_topic(changed.clone(), Tags::new());
        assert_eq!(account.get_topic_attributes(&ops), Ok(changed));
        let mut subscription = account.list_subscriptions_by_topic(&ops).unwrap().remove(0);
        subscription.state = SubscriptionState::Pending;
        account.add_subscription(&ops, subscription.clone());
        let listed = account.list_subscriptions_by_topic(&ops).unwrap();
        assert_eq!(listed.len(), 2);
        assert!(listed.contains(&subscription));
        assert!(account.remove_filter(&group, "RouteChanges").is_some());
        assert!(account.remove_filter(&group, "RouteChanges").is_none());
        assert!(account.remove_topic(&ops).is_some());
        assert!(account.remove_log_group(&group).is_some());
        let alarm = account.alarm_arn(account.region(), "root_usage_alarm");
        assert!(account.remove_alarm(&alarm).is_some());
        assert!(account.remove_alarm(&alarm).is_none());
    }
}
