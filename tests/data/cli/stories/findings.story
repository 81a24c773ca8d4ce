Findings of other tools limit a run to what failed in them.
--- file prowler.csv
CHECK_ID;STATUS;MUTED;ACCOUNT_UID;REGION
cloudwatch_log_metric_filter_root_usage;FAIL;False;123456789012;us-east-1
cloudwatch_changes_to_vpcs_alarm_configured;FAIL;True;123456789012;us-east-1
cloudwatch_log_metric_filter_policy_changes;FAIL;False;111122223333;us-east-1
cloudwatch_log_metric_filter_policy_changes;FAIL;False;123456789012;eu-west-1
cloudwatch_changes_to_network_acls_alarm_configured;PASS;False;123456789012;us-east-1
iam_root_mfa_enabled;FAIL;False;123456789012;us-east-1
--- file passed.csv
CHECK_ID;STATUS;MUTED;ACCOUNT_UID;REGION
cloudwatch_log_metric_filter_root_usage;PASS;False;123456789012;us-east-1
--- file steampipe.json
{"groups": null, "controls": [{"control_id": "aws_compliance.control.cis_v120_3_3", "results": [{"status": "alarm", "dimensions": [{"key": "account_id", "value": "123456789012"}]}]}]}
--- run check --sandbox=scene:fresh --findings prowler.csv
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
`prowler.csv` reports 1 control as failed
note: 2 findings are of account `111122223333` and Region `eu-west-1` and left aside
note: failed findings that are muted, archived, suppressed or resolved are left aside: 1
--- run plan --sandbox=scene:fresh --findings prowler.csv --skip root-account-usage
--- status 0
--- stdout
Plan: account 123456789012, us-east-1

Nothing to do: no control was asked for
--- stderr
`prowler.csv` reports no control as failed that was asked for
note: 1 other control that failed was not asked for
note: 2 findings are of account `111122223333` and Region `eu-west-1` and left aside
note: failed findings that are muted, archived, suppressed or resolved are left aside: 1
--- run plan --detailed-exitcode --sandbox=scene:fresh --findings passed.csv
--- status 0
--- stdout
Plan: account 123456789012, us-east-1

Nothing to do: no control was asked for
--- stderr
`passed.csv` reports no control as failed, so there is nothing to do
--- run apply --yes --sandbox=scene:fresh --findings passed.csv
--- status 0
--- stdout
Plan: account 123456789012, us-east-1

Nothing to do: no control was asked for
--- stderr
`passed.csv` reports no control as failed, so there is nothing to do
--- run plan --sandbox=scene:fresh --findings steampipe.json
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
--- stderr
`steampipe.json` reports 1 control as failed
