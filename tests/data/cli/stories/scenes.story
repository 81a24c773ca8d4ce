Every built-in scene can be looked at, and is not kept.
--- run check --sandbox=scene:fresh --control root-account-usage
--- status 2
--- stdout
Check: account 123456789012, us-east-1, benchmark recommended

No.  Control             Verdict
5.3  root-account-usage  non-compliant

Gaps
  5.3 root-account-usage  Root user activity
    filter        no filter matches the control's events [FILTER_MISSING]
    metric        no filter publishes a metric [METRIC_MISSING]
    alarm         there is no alarm [ALARM_MISSING]
    action        there is no alarm to act [ACTION_MISSING]
    topic         topic `cis-alarms` does not exist [TOPIC_MISSING]
    subscription  nobody is subscribed to topic `cis-alarms` [SUBSCRIPTION_MISSING]

1 control: 1 non-compliant
--- run plan --sandbox=scene:fresh --control root-account-usage
--- status 0
--- stdout
Plan: account 123456789012, us-east-1

Controls
  5.3 root-account-usage  Root user activity
    + topic cis-alarms
    + metric filter root_usage_metric on CloudTrail/DefaultLogGroup
        { $.userIdentity.type = "Root"
          && $.userIdentity.invokedBy NOT EXISTS
          && $.eventType != "AwsServiceEvent" }
        publishes 1 to CISBenchmark/root_usage_metric
    + alarm root_usage_alarm
        Sum >= 1 in 5 minutes, missing data is notBreaching, notifies cis-alarms

A person must act
  ! subscription, for 5.3
      nobody is subscribed to topic `cis-alarms` [SUBSCRIPTION_MISSING]
      -> name somebody in a [[subscription]] of cis-fix.toml and apply again

Tags and cost
  tags  cis-fix on every new topic and alarm
  cost  about 0.10 USD a month for 1 new alarm (0.10 USD each, list price in us-east-1; other Regions may differ), plus the metrics, which cost only for hours in which events match

Plan: 3 to create, 0 to change, 1 for a person
--- run check --sandbox=scene:messy --control root-account-usage
--- status 2
--- stdout
Check: account 123456789012, us-east-1, benchmark recommended

No.  Control             Verdict
5.3  root-account-usage  non-compliant

Gaps
  5.3 root-account-usage  Root user activity
    alarm         no alarm watches metric `Security/RootAccountUsage` [ALARM_MISSING]
    action        there is no alarm to act [ACTION_MISSING]
    topic         topic `cis-alarms` does not exist [TOPIC_MISSING]
    subscription  nobody is subscribed to topic `cis-alarms` [SUBSCRIPTION_MISSING]

Remarks
  5.3 root-account-usage  Root user activity
    no filter has a text that satisfies Security Hub, Prowler, Steampipe, ScoutSuite [AUDITOR_TEXT_MISSING]

1 control: 1 non-compliant
--- run plan --sandbox=scene:messy --control root-account-usage
--- status 0
--- stdout
Plan: account 123456789012, us-east-1

Controls
  5.3 root-account-usage  Root user activity
    = metric filter RootAccountUsage [FILTER_EQUIVALENT]
    + topic cis-alarms
    + metric filter root_usage_metric on CloudTrail/DefaultLogGroup
        { $.userIdentity.type = "Root"
          && $.userIdentity.invokedBy NOT EXISTS
          && $.eventType != "AwsServiceEvent" }
        publishes 1 to Security/RootAccountUsage
        its text is for Security Hub, Prowler, Steampipe, ScoutSuite
    + alarm root_usage_alarm_cis_fix
        Sum >= 1 in 5 minutes, missing data is notBreaching, notifies cis-alarms
        the name `root_usage_alarm` belongs to somebody else and stays untouched

A person must act
  ! subscription, for 5.3
      nobody is subscribed to topic `cis-alarms` [SUBSCRIPTION_MISSING]
      -> name somebody in a [[subscription]] of cis-fix.toml and apply again

Tags and cost
  tags  cis-fix on every new topic and alarm
  cost  about 0.10 USD a month for 1 new alarm (0.10 USD each, list price in us-east-1; other Regions may differ), plus the metrics, which cost only for hours in which events match

Plan: 3 to create, 0 to change, 1 in use already, 1 for a person
--- run check --sandbox=scene:member --control root-account-usage
--- status 0
--- stdout
Check: account 123456789012, us-east-1, benchmark recommended

No.  Control             Verdict
5.3  root-account-usage  inherited

Recorded by another account
  5.3 root-account-usage  Root user activity
    trail  organization trail `organization-events` records this account: the filters belong in account 210987654321, us-east-1 [TRAIL_INHERITED]

1 control: 1 inherited
--- run plan --sandbox=scene:member --control root-account-usage
--- status 0
--- stdout
Plan: account 123456789012, us-east-1

Recorded by another account, so nothing is planned
  5.3 root-account-usage  Root user activity
    trail  organization trail `organization-events` records this account: the filters belong in account 210987654321, us-east-1 [TRAIL_INHERITED]

Plan: 0 to create, 0 to change, 1 control inherited
--- run check --sandbox=scene:broken --control root-account-usage
--- status 2
--- stdout
Check: account 123456789012, us-east-1, benchmark recommended

No.  Control             Verdict
5.3  root-account-usage  non-compliant

Gaps
  5.3 root-account-usage  Root user activity
    logging    trail `management-events` is stopped [TRAIL_NOT_LOGGING]
    delivery   the last delivery to the log group failed: AccessDenied [DELIVERY_ERROR]
    selectors  the trail's selectors leave out management events of kms.amazonaws.com [SELECTORS_SOURCE_EXCLUDED]
    log-group  log group `CloudTrail/DefaultLogGroup` is of class INFREQUENT_ACCESS, which has no metric filters [LOG_GROUP_CLASS_UNSUITABLE]

1 control: 1 non-compliant
--- run plan --sandbox=scene:broken --control root-account-usage
--- status 0
--- stdout
Plan: account 123456789012, us-east-1

A person must act
  ! logging, for 5.3
      trail `management-events` is stopped [TRAIL_NOT_LOGGING]
      -> start it: aws cloudtrail start-logging --name TRAIL
  ! delivery, for 5.3
      the last delivery to the log group failed: AccessDenied [DELIVERY_ERROR]
      -> mend the trail's role or the log group; aws cloudtrail get-trail-status shows the error
  ! selectors, for 5.3
      the trail's selectors leave out management events of kms.amazonaws.com [SELECTORS_SOURCE_EXCLUDED]
      -> let the trail record all management events: aws cloudtrail put-event-selectors
  ! log group, for 5.3
      log group `CloudTrail/DefaultLogGroup` is of class INFREQUENT_ACCESS, which has no metric filters [LOG_GROUP_CLASS_UNSUITABLE]
      -> let the trail deliver to a log group of class STANDARD; the class of a group cannot be changed

Plan: 0 to create, 0 to change, 4 for a person
--- run apply --sandbox=scene:fresh --control root-account-usage --yes
--- status 0
--- stdout
Plan: account 123456789012, us-east-1

Controls
  5.3 root-account-usage  Root user activity
    + topic cis-alarms
    + metric filter root_usage_metric on CloudTrail/DefaultLogGroup
        { $.userIdentity.type = "Root"
          && $.userIdentity.invokedBy NOT EXISTS
          && $.eventType != "AwsServiceEvent" }
        publishes 1 to CISBenchmark/root_usage_metric
    + alarm root_usage_alarm
        Sum >= 1 in 5 minutes, missing data is notBreaching, notifies cis-alarms

A person must act
  ! subscription, for 5.3
      nobody is subscribed to topic `cis-alarms` [SUBSCRIPTION_MISSING]
      -> name somebody in a [[subscription]] of cis-fix.toml and apply again

Tags and cost
  tags  cis-fix on every new topic and alarm
  cost  about 0.10 USD a month for 1 new alarm (0.10 USD each, list price in us-east-1; other Regions may differ), plus the metrics, which cost only for hours in which events match

Plan: 3 to create, 0 to change, 1 for a person
Apply: account 123456789012, us-east-1

Done
  + topic cis-alarms, for 5.3
  + metric filter root_usage_metric on CloudTrail/DefaultLogGroup, for 5.3
  + alarm root_usage_alarm, for 5.3

A person must act
  ! subscription, for 5.3
      nobody is subscribed to topic `cis-alarms` [SUBSCRIPTION_MISSING]
      -> name somebody in a [[subscription]] of cis-fix.toml and apply again

Verdicts now
  No.  Control             Verdict
  5.3  root-account-usage  non-compliant

Gaps
  5.3 root-account-usage  Root user activity
    subscription  nobody is subscribed to topic `cis-alarms` [SUBSCRIPTION_MISSING]

Applied: 3 done; 1 control: 1 non-compliant
--- stderr
[1/3] topic cis-alarms: done
[2/3] filter root_usage_metric: done
[3/3] alarm root_usage_alarm: done
a built-in scene is not kept; `cis-fix snapshot` writes it to a file
