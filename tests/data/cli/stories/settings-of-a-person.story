Settings of the working folder go before personal ones.
--- file ../home/.config/cis-fix/config.toml
[topic]
name = "personal"
--- run check --sandbox=scene:fresh --control 5.3
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
    topic         topic `personal` does not exist [TOPIC_MISSING]
    subscription  nobody is subscribed to topic `personal` [SUBSCRIPTION_MISSING]

1 control: 1 non-compliant
--- file cis-fix.toml
[topic]
name = "project"
--- run check --sandbox=scene:fresh --control 5.3
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
    topic         topic `project` does not exist [TOPIC_MISSING]
    subscription  nobody is subscribed to topic `project` [SUBSCRIPTION_MISSING]

1 control: 1 non-compliant
--- file other.toml
[topic]
name = "other"
--- run check --sandbox=scene:fresh --control 5.3 --config other.toml
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
    topic         topic `other` does not exist [TOPIC_MISSING]
    subscription  nobody is subscribed to topic `other` [SUBSCRIPTION_MISSING]

1 control: 1 non-compliant
