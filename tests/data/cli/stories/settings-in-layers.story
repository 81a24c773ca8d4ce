Flags go before the environment, that before the file; an empty variable counts as not set.
--- file cis-fix.toml
benchmark = "cis-3.0.0"
--- run controls list
--- status 0
--- stdout
Controls: benchmark cis-3.0.0

No.   Control                            Security Hub   Title
4.1   unauthorized-api-calls             CloudWatch.2   Ensure unauthorized API calls are monitored
4.2   console-sign-in-without-mfa        CloudWatch.3   Ensure management console sign-in without MFA is monitored
4.3   root-account-usage                 CloudWatch.1   Ensure usage of 'root' account is monitored
4.4   iam-policy-changes                 CloudWatch.4   Ensure IAM policy changes are monitored
4.5   cloudtrail-configuration-changes   CloudWatch.5   Ensure CloudTrail configuration changes are monitored
4.6   console-authentication-failures    CloudWatch.6   Ensure AWS Management Console authentication failures are monitored
4.7   cmk-disable-or-scheduled-deletion  CloudWatch.7   Ensure disabling or scheduled deletion of customer created CMKs is monitored
4.8   s3-bucket-policy-changes           CloudWatch.8   Ensure S3 bucket policy changes are monitored
4.9   aws-config-configuration-changes   CloudWatch.9   Ensure AWS Config configuration changes are monitored
4.10  security-group-changes             CloudWatch.10  Ensure security group changes are monitored
4.11  network-acl-changes                CloudWatch.11  Ensure Network Access Control Lists (NACL) changes are monitored
4.12  network-gateway-changes            CloudWatch.12  Ensure changes to network gateways are monitored
4.13  route-table-changes                CloudWatch.13  Ensure route table changes are monitored
4.14  vpc-changes                        CloudWatch.14  Ensure VPC changes are monitored
4.15  organizations-changes                             Ensure AWS Organizations changes are monitored

15 controls
--- run check --sandbox --control 4.3
--- status 2
--- stdout
Check: account 123456789012, us-east-1, benchmark cis-3.0.0

No.  Control             Verdict
4.3  root-account-usage  non-compliant

Gaps
  4.3 root-account-usage  Ensure usage of 'root' account is monitored
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
--- env CIS_FIX_BENCHMARK=cis-1.2.0
--- env CIS_FIX_CONFIG=
--- env CIS_FIX_CATALOG=
--- run check --sandbox --control 3.3
--- status 2
--- stdout
Check: account 123456789012, us-east-1, benchmark cis-1.2.0

No.  Control             Verdict
3.3  root-account-usage  non-compliant

Gaps
  3.3 root-account-usage  Ensure a log metric filter and alarm exist for usage of "root" account
    filter        no filter matches the control's events [FILTER_MISSING]
    metric        no filter publishes a metric [METRIC_MISSING]
    alarm         there is no alarm [ALARM_MISSING]
    action        there is no alarm to act [ACTION_MISSING]
    topic         topic `cis-alarms` does not exist [TOPIC_MISSING]
    subscription  nobody is subscribed to topic `cis-alarms` [SUBSCRIPTION_MISSING]

1 control: 1 non-compliant
--- run check --sandbox --control 4.3 --benchmark cis-4.0.0
--- status 2
--- stdout
Check: account 123456789012, us-east-1, benchmark cis-4.0.0

No.  Control             Verdict
4.3  root-account-usage  non-compliant

Gaps
  4.3 root-account-usage  Ensure usage of the 'root' account is monitored
    filter        no filter matches the control's events [FILTER_MISSING]
    metric        no filter publishes a metric [METRIC_MISSING]
    alarm         there is no alarm [ALARM_MISSING]
    action        there is no alarm to act [ACTION_MISSING]
    topic         topic `cis-alarms` does not exist [TOPIC_MISSING]
    subscription  nobody is subscribed to topic `cis-alarms` [SUBSCRIPTION_MISSING]

1 control: 1 non-compliant
