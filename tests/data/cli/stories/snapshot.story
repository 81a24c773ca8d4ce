A snapshot is a sandbox file, and planning from it is planning from the account.
--- file cis-fix.toml
[[subscription]]
protocol = "email"
endpoint = "security@example.com"
--- run snapshot --sandbox=scene:fresh --out account.json
--- status 0
--- stderr
wrote account.json
--- wrote
account.json
--- run plan --sandbox=account.json --control 5.3
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
--- run plan --sandbox=scene:fresh --control 5.3
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
