A sandbox file keeps the form of its name, a link keeps its target.
--- scene real.json fresh
--- link account.json real.json
--- run apply --sandbox=account.json --control 5.3 --yes --quiet
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
--- wrote
real.json
