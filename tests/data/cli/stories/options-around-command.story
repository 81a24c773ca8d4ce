Global options stand before the command or behind it, and lists add up.
--- run --sandbox --control 5.3 check --control 5.4
--- status 2
--- stdout
Check: account 123456789012, us-east-1, benchmark recommended

No.  Control             Verdict
5.3  root-account-usage  non-compliant
5.4  iam-policy-changes  non-compliant

Gaps
  All 2 controls
    filter        no filter matches the control's events [FILTER_MISSING]
    metric        no filter publishes a metric [METRIC_MISSING]
    alarm         there is no alarm [ALARM_MISSING]
    action        there is no alarm to act [ACTION_MISSING]
    topic         topic `cis-alarms` does not exist [TOPIC_MISSING]
    subscription  nobody is subscribed to topic `cis-alarms` [SUBSCRIPTION_MISSING]

2 controls: 2 non-compliant
--- stderr
made a new sandbox account in cis-fix-sandbox.json
--- wrote
cis-fix-sandbox.json
--- run --quiet --control 5.3,5.4 --skip 5.3 check --sandbox --skip 5.1
--- status 2
--- stdout
Check: account 123456789012, us-east-1, benchmark recommended

No.  Control             Verdict
5.4  iam-policy-changes  non-compliant

Gaps
  5.4 iam-policy-changes  IAM policy changes
    filter        no filter matches the control's events [FILTER_MISSING]
    metric        no filter publishes a metric [METRIC_MISSING]
    alarm         there is no alarm [ALARM_MISSING]
    action        there is no alarm to act [ACTION_MISSING]
    topic         topic `cis-alarms` does not exist [TOPIC_MISSING]
    subscription  nobody is subscribed to topic `cis-alarms` [SUBSCRIPTION_MISSING]

1 control: 1 non-compliant
