A fresh account is repaired, somebody confirms the subscription, and nothing is left to do.
--- file cis-fix.toml
[[subscription]]
protocol = "email"
endpoint = "security@example.com"
--- run check --sandbox --control 5.3
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
--- stderr
made a new sandbox account in cis-fix-sandbox.json
--- wrote
cis-fix-sandbox.json
--- run plan --sandbox --control 5.3
--- status 0
--- stdout
Plan: account 123456789012, us-east-1

Controls
  5.3 root-account-usage  Root user activity
    + topic cis-alarms
    + subscription security@example.com (email) to cis-alarms
    + metric filter root_usage_metric on CloudTrail/DefaultLogGroup
        { $.userIdentity.type = "Root"
          && $.userIdentity.invokedBy NOT EXISTS
          && $.eventType != "AwsServiceEvent" }
        publishes 1 to CISBenchmark/root_usage_metric
    + alarm root_usage_alarm
        Sum >= 1 in 5 minutes, missing data is notBreaching, notifies cis-alarms

A person must act
  ! subscription, for 5.3
      the subscription of `security@example.com` to topic `cis-alarms` must be confirmed once it is made [SUBSCRIPTION_PENDING]
      -> open the message of AWS and follow its link within 2 days

Tags and cost
  tags  cis-fix on every new topic and alarm
  cost  about 0.10 USD a month for 1 new alarm (0.10 USD each, list price in us-east-1; other Regions may differ), plus the metrics, which cost only for hours in which events match

Plan: 4 to create, 0 to change, 1 for a person
--- run plan --sandbox --control 5.3 --detailed-exitcode --quiet
--- status 2
--- stdout
Plan: account 123456789012, us-east-1

Controls
  5.3 root-account-usage  Root user activity
    + topic cis-alarms
    + subscription security@example.com (email) to cis-alarms
    + metric filter root_usage_metric on CloudTrail/DefaultLogGroup
        { $.userIdentity.type = "Root"
          && $.userIdentity.invokedBy NOT EXISTS
          && $.eventType != "AwsServiceEvent" }
        publishes 1 to CISBenchmark/root_usage_metric
    + alarm root_usage_alarm
        Sum >= 1 in 5 minutes, missing data is notBreaching, notifies cis-alarms

A person must act
  ! subscription, for 5.3
      the subscription of `security@example.com` to topic `cis-alarms` must be confirmed once it is made [SUBSCRIPTION_PENDING]
      -> open the message of AWS and follow its link within 2 days

Tags and cost
  tags  cis-fix on every new topic and alarm
  cost  about 0.10 USD a month for 1 new alarm (0.10 USD each, list price in us-east-1; other Regions may differ), plus the metrics, which cost only for hours in which events match

Plan: 4 to create, 0 to change, 1 for a person
--- run apply --sandbox --control 5.3 --yes
--- status 0
--- stdout
Plan: account 123456789012, us-east-1

Controls
  5.3 root-account-usage  Root user activity
    + topic cis-alarms
    + subscription security@example.com (email) to cis-alarms
    + metric filter root_usage_metric on CloudTrail/DefaultLogGroup
        { $.userIdentity.type = "Root"
          && $.userIdentity.invokedBy NOT EXISTS
          && $.eventType != "AwsServiceEvent" }
        publishes 1 to CISBenchmark/root_usage_metric
    + alarm root_usage_alarm
        Sum >= 1 in 5 minutes, missing data is notBreaching, notifies cis-alarms

A person must act
  ! subscription, for 5.3
      the subscription of `security@example.com` to topic `cis-alarms` must be confirmed once it is made [SUBSCRIPTION_PENDING]
      -> open the message of AWS and follow its link within 2 days

Tags and cost
  tags  cis-fix on every new topic and alarm
  cost  about 0.10 USD a month for 1 new alarm (0.10 USD each, list price in us-east-1; other Regions may differ), plus the metrics, which cost only for hours in which events match

Plan: 4 to create, 0 to change, 1 for a person
Apply: account 123456789012, us-east-1

Done
  + topic cis-alarms, for 5.3
  + subscription security@example.com (email) to cis-alarms, for 5.3
  + metric filter root_usage_metric on CloudTrail/DefaultLogGroup, for 5.3
  + alarm root_usage_alarm, for 5.3

A person must act
  ! subscription, for 5.3
      the subscription of `security@example.com` to topic `cis-alarms` must be confirmed once it is made [SUBSCRIPTION_PENDING]
      -> open the message of AWS and follow its link within 2 days

Verdicts now
  No.  Control             Verdict
  5.3  root-account-usage  non-compliant

Gaps
  5.3 root-account-usage  Root user activity
    subscription  topic `cis-alarms` has no confirmed subscription: `security@example.com` waits for confirmation [SUBSCRIPTION_PENDING]

Applied: 4 done; 1 control: 1 non-compliant
--- stderr
[1/4] topic cis-alarms: done
[2/4] filter root_usage_metric: done
[3/4] subscription of security@example.com: done
[4/4] alarm root_usage_alarm: done
the journal is PLACE/home/.local/state/cis-fix/sandbox/123456789012/TIME.jsonl
--- wrote
cis-fix-sandbox.json
--- run check --sandbox --control 5.3
--- status 2
--- stdout
Check: account 123456789012, us-east-1, benchmark recommended

No.  Control             Verdict
5.3  root-account-usage  non-compliant

Gaps
  5.3 root-account-usage  Root user activity
    subscription  topic `cis-alarms` has no confirmed subscription: `security@example.com` waits for confirmation [SUBSCRIPTION_PENDING]

1 control: 1 non-compliant
--- replace cis-fix-sandbox.json
"state": "pending"
=>
"state": {"confirmed": "arn:aws:sns:us-east-1:123456789012:cis-alarms:1"}
--- run check --sandbox --control 5.3
--- status 0
--- stdout
Check: account 123456789012, us-east-1, benchmark recommended

No.  Control             Verdict
5.3  root-account-usage  compliant

1 control: 1 compliant
--- run plan --sandbox --control 5.3 --detailed-exitcode
--- status 0
--- stdout
Plan: account 123456789012, us-east-1

Nothing to do: the control is in place
--- run apply --sandbox --control 5.3 --yes
--- status 0
--- stdout
Plan: account 123456789012, us-east-1

Nothing to do: the control is in place
