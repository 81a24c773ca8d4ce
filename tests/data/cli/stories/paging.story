Noise is left out of what pages people, and only of that.
--- file cis-fix.toml
# The security team reads all of it.
[[subscription]]
protocol = "email"
endpoint = "security@example.com"

[[paging.subscription]] # on call
protocol = "email"
endpoint = "oncall@example.com"
--- file log.json
{"eventID": "e1", "eventTime": "2026-03-01T02:00:00Z", "eventSource": "s3.amazonaws.com", "eventName": "GetBucketAcl", "errorCode": "AccessDenied", "sourceIPAddress": "192.0.2.7", "userIdentity": {"arn": "arn:aws:sts::123456789012:assumed-role/scanner/i-1"}}
{"eventID": "e2", "eventTime": "2026-03-01T03:00:00Z", "eventSource": "s3.amazonaws.com", "eventName": "GetBucketAcl", "errorCode": "AccessDenied", "sourceIPAddress": "192.0.2.7", "userIdentity": {"arn": "arn:aws:sts::123456789012:assumed-role/scanner/i-1"}}
{"eventID": "e3", "eventTime": "2026-03-01T04:00:00Z", "eventSource": "s3.amazonaws.com", "eventName": "GetBucketAcl", "errorCode": "AccessDenied", "sourceIPAddress": "192.0.2.7", "userIdentity": {"arn": "arn:aws:sts::123456789012:assumed-role/scanner/i-1"}}
{"eventID": "e4", "eventTime": "2026-03-01T05:00:00Z", "eventSource": "s3.amazonaws.com", "eventName": "GetBucketAcl", "errorCode": "AccessDenied", "sourceIPAddress": "192.0.2.7", "userIdentity": {"arn": "arn:aws:sts::123456789012:assumed-role/scanner/i-1"}}
{"eventID": "e5", "eventTime": "2026-03-01T06:00:00Z", "eventSource": "s3.amazonaws.com", "eventName": "GetBucketAcl", "errorCode": "AccessDenied", "sourceIPAddress": "192.0.2.7", "userIdentity": {"arn": "arn:aws:sts::123456789012:assumed-role/scanner/i-1"}}
{"eventID": "e6", "eventTime": "2026-03-01T07:00:00Z", "eventSource": "s3.amazonaws.com", "eventName": "GetBucketAcl", "errorCode": "AccessDenied", "sourceIPAddress": "192.0.2.7", "userIdentity": {"arn": "arn:aws:sts::123456789012:assumed-role/scanner/i-1"}}
{"eventID": "e7", "eventTime": "2026-03-01T08:00:00Z", "eventSource": "s3.amazonaws.com", "eventName": "GetBucketAcl", "errorCode": "AccessDenied", "sourceIPAddress": "192.0.2.7", "userIdentity": {"arn": "arn:aws:sts::123456789012:assumed-role/scanner/i-1"}}
{"eventID": "e8", "eventTime": "2026-03-01T09:00:00Z", "eventSource": "s3.amazonaws.com", "eventName": "GetBucketAcl", "errorCode": "AccessDenied", "sourceIPAddress": "192.0.2.7", "userIdentity": {"arn": "arn:aws:sts::123456789012:assumed-role/scanner/i-1"}}
{"eventID": "e9", "eventTime": "2026-03-01T10:00:00Z", "eventSource": "s3.amazonaws.com", "eventName": "GetBucketAcl", "errorCode": "AccessDenied", "sourceIPAddress": "192.0.2.7", "userIdentity": {"arn": "arn:aws:sts::123456789012:assumed-role/scanner/i-1"}}
{"eventID": "e10", "eventTime": "2026-03-01T11:00:00Z", "eventSource": "s3.amazonaws.com", "eventName": "GetBucketAcl", "errorCode": "AccessDenied", "sourceIPAddress": "192.0.2.7", "userIdentity": {"arn": "arn:aws:sts::123456789012:assumed-role/scanner/i-1"}}
{"eventID": "e11", "eventTime": "2026-03-01T12:00:00Z", "eventSource": "s3.amazonaws.com", "eventName": "GetBucketAcl", "errorCode": "AccessDenied", "sourceIPAddress": "192.0.2.7", "userIdentity": {"arn": "arn:aws:sts::123456789012:assumed-role/scanner/i-1"}}
{"eventID": "e12", "eventTime": "2026-03-01T13:00:00Z", "eventSource": "s3.amazonaws.com", "eventName": "GetBucketAcl", "errorCode": "AccessDenied", "sourceIPAddress": "192.0.2.7", "userIdentity": {"arn": "arn:aws:sts::123456789012:assumed-role/scanner/i-1"}}
{"eventID": "e13", "eventTime": "2026-03-01T15:30:00Z", "eventSource": "s3.amazonaws.com", "eventName": "DeleteBucket", "errorCode": "AccessDenied", "sourceIPAddress": "198.51.100.3", "userIdentity": {"arn": "arn:aws:iam::123456789012:user/alice"}}
--- run backtest log.json --control 5.1 --budget 1/day
--- status 0
--- stdout
Backtest: 1 file, 13 events from 2026-03-01T02:00:00Z to 2026-03-01T15:30:00Z

No.  Control                 Matches  Alarms  Quiet days  Proposal
5.1  unauthorized-api-calls  13       13      0 %         threshold 2 in 1 h, or leave out 1 source when paging

Alarms are simulated on the times of the events, from 2026-03-01T02:00:00Z to 2026-03-01T15:30:00Z, evaluated every minute as CloudWatch does. The budget is `1/day` for each control, and a tenth of the time in ALARM. A notification is sent when an alarm goes into ALARM, not for each event.

5.1 unauthorized-api-calls  Unauthorized API calls
  events        █···█···█···█···█···█···█···█···█···█···█···█·········█  max 1
  alarms now    █···█···█···█···█···█···█···█···█···█···█···█·········█  max 1
  with setting  ·······················································  max 0
  paging        ······················································█  max 1
  2026-03-01 02:00 UTC to 2026-03-01 15:45 UTC, in steps of 15 minutes
  Events  13
  Alarms  13 notifications in 1 day: at most 13 a day, median 13; longest in ALARM 15 min; 0 % of days quiet
  Cause           Events  Value
  principal       12      `arn:aws:sts::123456789012:assumed-role/scanner/*`
                  1       `arn:aws:iam::123456789012:user/alice`
  source address  12      `192.0.2.7`
                  1       `198.51.100.3`
  error code      13      `AccessDenied`
  event name      12      `GetBucketAcl`
                  1       `DeleteBucket`
  service         13      `s3.amazonaws.com`
  Proposed setting: threshold 2 in 1 h. None in 1 day.
  Proposed for paging, beside the exact filter: 1 event left, threshold 1 in 5 min. 1 notification in 1 day: at most 1 a day, median 1; longest in ALARM 1 min; 0 % of days quiet.
  1. Leaves out `GetBucketAcl` by `arn:aws:sts::123456789012:assumed-role/scanner/*`: 12 events. Whoever gets hold of this role can do this without paging anybody.
  2026-03-01T02:00:00Z  s3.amazonaws.com  GetBucketAcl  arn:aws:sts::123456789012:assumed-role/scanner/i-1  192.0.2.7  AccessDenied  e1  × 12
  {
    (
      $.errorCode = "*UnauthorizedOperation"
      || (
        $.errorCode = "AccessDenied*"
        && $.sourceIPAddress != "delivery.logs.amazonaws.com"
        && $.eventName != "HeadBucket"
      )
    )
    && (
      $.userIdentity.arn NOT EXISTS
      || $.userIdentity.arn IS NULL
      || $.userIdentity.arn != "arn:aws:sts::123456789012:assumed-role/scanner/*"
      || $.eventName NOT EXISTS
      || $.eventName IS NULL
      || $.eventName != "GetBucketAcl"
    )
  }
  Proved: this matches nothing that unauthorized-api-calls does not, and leaves out nothing else but events of the sources named.
  To accept what is left out: `--write-config --exclude unauthorized-api-calls:1`

13 matches
--- run backtest log.json --control 5.1 --budget 1/day --write-config --yes --exclude unauthorized-api-calls:1
--- status 0
--- stdout
Backtest: 1 file, 13 events from 2026-03-01T02:00:00Z to 2026-03-01T15:30:00Z

No.  Control                 Matches  Alarms  Quiet days  Proposal
5.1  unauthorized-api-calls  13       13      0 %         threshold 2 in 1 h, or leave out 1 source when paging

Alarms are simulated on the times of the events, from 2026-03-01T02:00:00Z to 2026-03-01T15:30:00Z, evaluated every minute as CloudWatch does. The budget is `1/day` for each control, and a tenth of the time in ALARM. A notification is sent when an alarm goes into ALARM, not for each event.

5.1 unauthorized-api-calls  Unauthorized API calls
  events        █···█···█···█···█···█···█···█···█···█···█···█·········█  max 1
  alarms now    █···█···█···█···█···█···█···█···█···█···█···█·········█  max 1
  with setting  ·······················································  max 0
  paging        ······················································█  max 1
  2026-03-01 02:00 UTC to 2026-03-01 15:45 UTC, in steps of 15 minutes
  Events  13
  Alarms  13 notifications in 1 day: at most 13 a day, median 13; longest in ALARM 15 min; 0 % of days quiet
  Cause           Events  Value
  principal       12      `arn:aws:sts::123456789012:assumed-role/scanner/*`
                  1       `arn:aws:iam::123456789012:user/alice`
  source address  12      `192.0.2.7`
                  1       `198.51.100.3`
  error code      13      `AccessDenied`
  event name      12      `GetBucketAcl`
                  1       `DeleteBucket`
  service         13      `s3.amazonaws.com`
  Proposed setting: threshold 2 in 1 h. None in 1 day.
  Proposed for paging, beside the exact filter: 1 event left, threshold 1 in 5 min. 1 notification in 1 day: at most 1 a day, median 1; longest in ALARM 1 min; 0 % of days quiet.
  1. Leaves out `GetBucketAcl` by `arn:aws:sts::123456789012:assumed-role/scanner/*`: 12 events. Whoever gets hold of this role can do this without paging anybody.
  2026-03-01T02:00:00Z  s3.amazonaws.com  GetBucketAcl  arn:aws:sts::123456789012:assumed-role/scanner/i-1  192.0.2.7  AccessDenied  e1  × 12
  {
    (
      $.errorCode = "*UnauthorizedOperation"
      || (
        $.errorCode = "AccessDenied*"
        && $.sourceIPAddress != "delivery.logs.amazonaws.com"
        && $.eventName != "HeadBucket"
      )
    )
    && (
      $.userIdentity.arn NOT EXISTS
      || $.userIdentity.arn IS NULL
      || $.userIdentity.arn != "arn:aws:sts::123456789012:assumed-role/scanner/*"
      || $.eventName NOT EXISTS
      || $.eventName IS NULL
      || $.eventName != "GetBucketAcl"
    )
  }
  Proved: this matches nothing that unauthorized-api-calls does not, and leaves out nothing else but events of the sources named.
  To accept what is left out: `--write-config --exclude unauthorized-api-calls:1`

13 matches
--- stderr
`unauthorized-api-calls` will page nobody for `GetBucketAcl` by `arn:aws:sts::123456789012:assumed-role/scanner/*`: 12 of the events that were read. Whoever gets hold of this role can do this without paging anybody.
  2026-03-01T02:00:00Z  s3.amazonaws.com  GetBucketAcl  arn:aws:sts::123456789012:assumed-role/scanner/i-1  192.0.2.7  AccessDenied  e1  × 12
cis-fix.toml:
    protocol = "email"
    endpoint = "oncall@example.com"
  + 
  + [control.unauthorized-api-calls.paging]
  + exclude = [
  +   '{ $.userIdentity.arn = "arn:aws:sts::123456789012:assumed-role/scanner/*" && $.eventName = "GetBucketAcl" }',
  + ]
wrote `cis-fix.toml`
--- wrote
cis-fix.toml
--- run backtest log.json --control 5.1 --budget 1/day --write-config --yes --exclude all
--- status 0
--- stdout
Backtest: 1 file, 13 events from 2026-03-01T02:00:00Z to 2026-03-01T15:30:00Z

No.  Control                        Matches  Alarms  Quiet days  Proposal
5.1  unauthorized-api-calls         13       13      0 %         pages by its lane
     unauthorized-api-calls-paging  1        1       0 %         within the budget

Alarms are simulated on the times of the events, from 2026-03-01T02:00:00Z to 2026-03-01T15:30:00Z, evaluated every minute as CloudWatch does. The budget is `1/day` for each control, and a tenth of the time in ALARM. A notification is sent when an alarm goes into ALARM, not for each event.

5.1 unauthorized-api-calls  Unauthorized API calls
  events      █···█···█···█···█···█···█···█···█···█···█···█·········█  max 1
  alarms now  █···█···█···█···█···█···█···█···█···█···█···█·········█  max 1
  2026-03-01 02:00 UTC to 2026-03-01 15:45 UTC, in steps of 15 minutes
  Events  13
  Alarms  13 notifications in 1 day: at most 13 a day, median 13; longest in ALARM 15 min; 0 % of days quiet
  Cause           Events  Value
  principal       12      `arn:aws:sts::123456789012:assumed-role/scanner/*`
                  1       `arn:aws:iam::123456789012:user/alice`
  source address  12      `192.0.2.7`
                  1       `198.51.100.3`
  error code      13      `AccessDenied`
  event name      12      `GetBucketAcl`
                  1       `DeleteBucket`
  service         13      `s3.amazonaws.com`

unauthorized-api-calls-paging  Unauthorized API calls (paging)
  events      ······················································█  max 1
  alarms now  ······················································█  max 1
  2026-03-01 02:00 UTC to 2026-03-01 15:45 UTC, in steps of 15 minutes
  Events  1
  Alarms  1 notification in 1 day: at most 1 a day, median 1; longest in ALARM 1 min; 0 % of days quiet
  Cause           Events  Value
  principal       1       `arn:aws:iam::123456789012:user/alice`
  source address  1       `198.51.100.3`
  error code      1       `AccessDenied`
  event name      1       `DeleteBucket`
  service         1       `s3.amazonaws.com`

14 matches
--- stderr
no setting is proposed, and nothing was written
--- run plan --sandbox --control 5.1
--- status 0
--- stdout
Plan: account 123456789012, us-east-1

Controls
  5.1 unauthorized-api-calls  Unauthorized API calls
    + topic cis-alarms
    + subscription security@example.com (email) to cis-alarms
    + metric filter unauthorized_api_calls_metric on CloudTrail/DefaultLogGroup
        { $.errorCode = "*UnauthorizedOperation"
          || (
            $.errorCode = "AccessDenied*"
            && $.sourceIPAddress != "delivery.logs.amazonaws.com"
            && $.eventName != "HeadBucket"
          ) }
        publishes 1 to CISBenchmark/unauthorized_api_calls_metric
    + metric filter unauthorized_api_calls_metric_security_hub on CloudTrail/DefaultLogGroup
        { $.errorCode = "*UnauthorizedOperation"
          || $.errorCode = "AccessDenied*" }
        publishes 1 to CISBenchmark/unauthorized_api_calls_metric
        its text is for Security Hub, ScoutSuite
        counts beyond the control: refusals of log delivery and of HeadBucket probes
    + alarm unauthorized_api_calls_alarm
        Sum >= 1 in 5 minutes, missing data is notBreaching, notifies cis-alarms

  unauthorized-api-calls-paging  Unauthorized API calls (paging)
    + topic cis-pages
    + subscription oncall@example.com (email) to cis-pages
    + metric filter unauthorized_api_calls_metric_paging on CloudTrail/DefaultLogGroup
        { (
            $.errorCode = "*UnauthorizedOperation"
            || (
              $.errorCode = "AccessDenied*"
              && $.sourceIPAddress != "delivery.logs.amazonaws.com"
              && $.eventName != "HeadBucket"
            )
          )
          && (
            $.userIdentity.arn NOT EXISTS
            || $.userIdentity.arn IS NULL
            || $.userIdentity.arn != "arn:aws:sts::123456789012:assumed-role/scanner/*"
            || $.eventName NOT EXISTS
            || $.eventName IS NULL
            || $.eventName != "GetBucketAcl"
          ) }
        publishes 1 to CISBenchmark/unauthorized_api_calls_metric_paging
    + alarm unauthorized_api_calls_alarm_paging
        Sum >= 1 in 5 minutes, missing data is notBreaching, notifies cis-pages

A person must act
  ! subscription, for unauthorized-api-calls-paging
      the subscription of `oncall@example.com` to topic `cis-pages` must be confirmed once it is made [SUBSCRIPTION_PENDING]
      -> open the message of AWS and follow its link within 2 days
  ! subscription, for 5.1
      the subscription of `security@example.com` to topic `cis-alarms` must be confirmed once it is made [SUBSCRIPTION_PENDING]
      -> open the message of AWS and follow its link within 2 days

Tags and cost
  tags  cis-fix on every new topic and alarm
  cost  about 0.20 USD a month for 2 new alarms (0.10 USD each, list price in us-east-1; other Regions may differ), plus the metrics, which cost only for hours in which events match

Plan: 9 to create, 0 to change, 2 for a person
--- stderr
made a new sandbox account in cis-fix-sandbox.json
--- wrote
cis-fix-sandbox.json
--- run apply --sandbox --control 5.1 --yes --quiet
--- status 0
--- stdout
Plan: account 123456789012, us-east-1

Controls
  5.1 unauthorized-api-calls  Unauthorized API calls
    + topic cis-alarms
    + subscription security@example.com (email) to cis-alarms
    + metric filter unauthorized_api_calls_metric on CloudTrail/DefaultLogGroup
        { $.errorCode = "*UnauthorizedOperation"
          || (
            $.errorCode = "AccessDenied*"
            && $.sourceIPAddress != "delivery.logs.amazonaws.com"
            && $.eventName != "HeadBucket"
          ) }
        publishes 1 to CISBenchmark/unauthorized_api_calls_metric
    + metric filter unauthorized_api_calls_metric_security_hub on CloudTrail/DefaultLogGroup
        { $.errorCode = "*UnauthorizedOperation"
          || $.errorCode = "AccessDenied*" }
        publishes 1 to CISBenchmark/unauthorized_api_calls_metric
        its text is for Security Hub, ScoutSuite
        counts beyond the control: refusals of log delivery and of HeadBucket probes
    + alarm unauthorized_api_calls_alarm
        Sum >= 1 in 5 minutes, missing data is notBreaching, notifies cis-alarms

  unauthorized-api-calls-paging  Unauthorized API calls (paging)
    + topic cis-pages
    + subscription oncall@example.com (email) to cis-pages
    + metric filter unauthorized_api_calls_metric_paging on CloudTrail/DefaultLogGroup
        { (
            $.errorCode = "*UnauthorizedOperation"
            || (
              $.errorCode = "AccessDenied*"
              && $.sourceIPAddress != "delivery.logs.amazonaws.com"
              && $.eventName != "HeadBucket"
            )
          )
          && (
            $.userIdentity.arn NOT EXISTS
            || $.userIdentity.arn IS NULL
            || $.userIdentity.arn != "arn:aws:sts::123456789012:assumed-role/scanner/*"
            || $.eventName NOT EXISTS
            || $.eventName IS NULL
            || $.eventName != "GetBucketAcl"
          ) }
        publishes 1 to CISBenchmark/unauthorized_api_calls_metric_paging
    + alarm unauthorized_api_calls_alarm_paging
        Sum >= 1 in 5 minutes, missing data is notBreaching, notifies cis-pages

A person must act
  ! subscription, for unauthorized-api-calls-paging
      the subscription of `oncall@example.com` to topic `cis-pages` must be confirmed once it is made [SUBSCRIPTION_PENDING]
      -> open the message of AWS and follow its link within 2 days
  ! subscription, for 5.1
      the subscription of `security@example.com` to topic `cis-alarms` must be confirmed once it is made [SUBSCRIPTION_PENDING]
      -> open the message of AWS and follow its link within 2 days

Tags and cost
  tags  cis-fix on every new topic and alarm
  cost  about 0.20 USD a month for 2 new alarms (0.10 USD each, list price in us-east-1; other Regions may differ), plus the metrics, which cost only for hours in which events match

Plan: 9 to create, 0 to change, 2 for a person
Apply: account 123456789012, us-east-1

Done
  + topic cis-alarms, for 5.1
  + subscription security@example.com (email) to cis-alarms, for 5.1
  + topic cis-pages, for unauthorized-api-calls-paging
  + subscription oncall@example.com (email) to cis-pages, for unauthorized-api-calls-paging
  + metric filter unauthorized_api_calls_metric on CloudTrail/DefaultLogGroup, for 5.1
  + metric filter unauthorized_api_calls_metric_security_hub on CloudTrail/DefaultLogGroup, for 5.1
  + alarm unauthorized_api_calls_alarm, for 5.1
  + metric filter unauthorized_api_calls_metric_paging on CloudTrail/DefaultLogGroup, for unauthorized-api-calls-paging
  + alarm unauthorized_api_calls_alarm_paging, for unauthorized-api-calls-paging

A person must act
  ! subscription, for unauthorized-api-calls-paging
      the subscription of `oncall@example.com` to topic `cis-pages` must be confirmed once it is made [SUBSCRIPTION_PENDING]
      -> open the message of AWS and follow its link within 2 days
  ! subscription, for 5.1
      the subscription of `security@example.com` to topic `cis-alarms` must be confirmed once it is made [SUBSCRIPTION_PENDING]
      -> open the message of AWS and follow its link within 2 days

Verdicts now
  No.  Control                        Verdict
  5.1  unauthorized-api-calls         non-compliant
       unauthorized-api-calls-paging  non-compliant

Gaps
  5.1 unauthorized-api-calls  Unauthorized API calls
    subscription  topic `cis-alarms` has no confirmed subscription: `security@example.com` waits for confirmation [SUBSCRIPTION_PENDING]

  unauthorized-api-calls-paging  Unauthorized API calls (paging)
    subscription  topic `cis-pages` has no confirmed subscription: `oncall@example.com` waits for confirmation [SUBSCRIPTION_PENDING]

Applied: 9 done; 2 controls: 2 non-compliant
--- wrote
cis-fix-sandbox.json
--- run plan --sandbox --control 5.1
--- status 0
--- stdout
Plan: account 123456789012, us-east-1

A person must act
  ! subscription, for unauthorized-api-calls-paging
      the subscription of `oncall@example.com` to topic `cis-pages` waits for its confirmation [SUBSCRIPTION_PENDING]
      -> open the message of AWS and follow its link within 2 days
  ! subscription, for 5.1
      the subscription of `security@example.com` to topic `cis-alarms` waits for its confirmation [SUBSCRIPTION_PENDING]
      -> open the message of AWS and follow its link within 2 days

Plan: 0 to create, 0 to change, 2 for a person
--- run check --sandbox --control unauthorized-api-calls-paging
--- status 2
--- stdout
Check: account 123456789012, us-east-1, benchmark recommended

No.  Control                        Verdict
     unauthorized-api-calls-paging  non-compliant

Gaps
  unauthorized-api-calls-paging  Unauthorized API calls (paging)
    subscription  topic `cis-pages` has no confirmed subscription: `oncall@example.com` waits for confirmation [SUBSCRIPTION_PENDING]

1 control: 1 non-compliant
--- run policy apply --sandbox --control 5.1
--- status 0
--- stdout
{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "ListTrails",
      "Effect": "Allow",
      "Action": [
        "cloudtrail:DescribeTrails"
      ],
      "Resource": [
        "*"
      ]
    },
    {
      "Sid": "ReadTrails",
      "Effect": "Allow",
      "Action": [
        "cloudtrail:GetEventSelectors",
        "cloudtrail:GetTrailStatus"
      ],
      "Resource": [
        "arn:aws:cloudtrail:us-east-1:123456789012:trail/management-events"
      ]
    },
    {
      "Sid": "ListLogGroups",
      "Effect": "Allow",
      "Action": [
        "logs:DescribeLogGroups"
      ],
      "Resource": [
        "arn:aws:logs:us-east-1:123456789012:log-group:*"
      ]
    },
    {
      "Sid": "ReadFilters",
      "Effect": "Allow",
      "Action": [
        "logs:DescribeMetricFilters"
      ],
      "Resource": [
        "arn:aws:logs:us-east-1:123456789012:log-group:CloudTrail/DefaultLogGroup:*"
      ]
    },
    {
      "Sid": "ListAlarms",
      "Effect": "Allow",
      "Action": [
        "cloudwatch:DescribeAlarms"
      ],
      "Resource": [
        "*"
      ]
    },
    {
      "Sid": "ReadAlarmTags",
      "Effect": "Allow",
      "Action": [
        "cloudwatch:ListTagsForResource"
      ],
      "Resource": [
        "arn:aws:cloudwatch:us-east-1:123456789012:alarm:*"
      ]
    },
    {
      "Sid": "ReadTopics",
      "Effect": "Allow",
      "Action": [
        "sns:GetTopicAttributes",
        "sns:ListSubscriptionsByTopic",
        "sns:ListTagsForResource"
      ],
      "Resource": [
        "arn:aws:sns:us-east-1:123456789012:cis-alarms",
        "arn:aws:sns:us-east-1:123456789012:cis-pages"
      ]
    },
    {
      "Sid": "WriteFilters",
      "Effect": "Allow",
      "Action": [
        "logs:PutMetricFilter"
      ],
      "Resource": [
        "arn:aws:logs:us-east-1:123456789012:log-group:CloudTrail/DefaultLogGroup:*"
      ]
    },
    {
      "Sid": "WriteAlarms",
      "Effect": "Allow",
      "Action": [
        "cloudwatch:PutMetricAlarm",
        "cloudwatch:TagResource"
      ],
      "Resource": [
        "arn:aws:cloudwatch:us-east-1:123456789012:alarm:unauthorized_api_calls_alarm",
        "arn:aws:cloudwatch:us-east-1:123456789012:alarm:unauthorized_api_calls_alarm_paging"
      ],
      "Condition": {
        "ForAllValues:StringEquals": {
          "cloudwatch:AlarmActions": [
            "arn:aws:sns:us-east-1:123456789012:cis-alarms",
            "arn:aws:sns:us-east-1:123456789012:cis-pages"
          ]
        }
      }
    },
    {
      "Sid": "WriteTopics",
      "Effect": "Allow",
      "Action": [
        "sns:CreateTopic",
        "sns:SetTopicAttributes",
        "sns:TagResource"
      ],
      "Resource": [
        "arn:aws:sns:us-east-1:123456789012:cis-alarms",
        "arn:aws:sns:us-east-1:123456789012:cis-pages"
      ]
    },
    {
      "Sid": "Subscribe",
      "Effect": "Allow",
      "Action": [
        "sns:Subscribe"
      ],
      "Resource": [
        "arn:aws:sns:us-east-1:123456789012:cis-alarms",
        "arn:aws:sns:us-east-1:123456789012:cis-pages"
      ],
      "Condition": {
        "StringEquals": {
          "sns:Protocol": [
            "email"
          ]
        },
        "StringLike": {
          "sns:Endpoint": [
            "oncall@example.com",
            "security@example.com"
          ]
        }
      }
    }
  ]
}
--- run mute --sandbox --control 5.1 --yes --quiet
--- status 0
--- stdout
Mute: account 123456789012, us-east-1

To be disabled
  ~ alarm unauthorized_api_calls_alarm, for unauthorized-api-calls
  ~ alarm unauthorized_api_calls_alarm_paging, for unauthorized-api-calls-paging

Mute: 2 alarms to switch
Mute: account 123456789012, us-east-1

Disabled
  ~ alarm unauthorized_api_calls_alarm, for unauthorized-api-calls
  ~ alarm unauthorized_api_calls_alarm_paging, for unauthorized-api-calls-paging

Mute: 2 switched, 0 so already
--- wrote
cis-fix-sandbox.json
--- run unmute --sandbox --control 5.1 --yes --quiet
--- status 0
--- stdout
Unmute: account 123456789012, us-east-1

To be enabled
  ~ alarm unauthorized_api_calls_alarm, for unauthorized-api-calls
  ~ alarm unauthorized_api_calls_alarm_paging, for unauthorized-api-calls-paging

Unmute: 2 alarms to switch
Unmute: account 123456789012, us-east-1

Enabled
  ~ alarm unauthorized_api_calls_alarm, for unauthorized-api-calls
  ~ alarm unauthorized_api_calls_alarm_paging, for unauthorized-api-calls-paging

Unmute: 2 switched, 0 so already
--- wrote
cis-fix-sandbox.json
--- run undo --sandbox --yes --quiet
--- status 0
--- stdout
Undo: account 123456789012, us-east-1

To take back
  - alarm unauthorized_api_calls_alarm
  - alarm unauthorized_api_calls_alarm_paging
  - metric filter unauthorized_api_calls_metric on CloudTrail/DefaultLogGroup
  - metric filter unauthorized_api_calls_metric_security_hub on CloudTrail/DefaultLogGroup
  - metric filter unauthorized_api_calls_metric_paging on CloudTrail/DefaultLogGroup
  - topic cis-alarms
  - topic cis-pages

Left alone
  = subscription security@example.com
      nobody confirmed it yet, so that it cannot be removed by itself; it goes with its topic
  = subscription oncall@example.com
      nobody confirmed it yet, so that it cannot be removed by itself; it goes with its topic

Undo: 7 to remove, 0 to restore, 2 left alone
Undo: account 123456789012, us-east-1

Taken back
  - alarm unauthorized_api_calls_alarm
  - alarm unauthorized_api_calls_alarm_paging
  - metric filter unauthorized_api_calls_metric on CloudTrail/DefaultLogGroup
  - metric filter unauthorized_api_calls_metric_security_hub on CloudTrail/DefaultLogGroup
  - metric filter unauthorized_api_calls_metric_paging on CloudTrail/DefaultLogGroup
  - topic cis-alarms
  - topic cis-pages

Left alone
  = subscription security@example.com
      nobody confirmed it yet, so that it cannot be removed by itself; it goes with its topic
  = subscription oncall@example.com
      nobody confirmed it yet, so that it cannot be removed by itself; it goes with its topic

Undone: 7 taken back, 2 left alone
--- wrote
cis-fix-sandbox.json
--- run backtest log.json --control 5.1 --write-config --yes --exclude unauthorized-api-calls:2 --format json --quiet
--- status 64
--- stdout
{
  "schema": "cis-fix/backtest/v1",
  "state": "finished",
  "source": {
    "kind": "files",
    "log_groups": [],
    "region": null
  },
  "account": null,
  "region": null,
  "files": 1,
  "bytes": 3360,
  "plain_bytes": 3360,
  "events": 13,
  "outside": 0,
  "duplicates": 0,
  "first": "2026-03-01T02:00:00Z",
  "last": "2026-03-01T15:30:00Z",
  "asked": {
    "first": null,
    "last": null
  },
  "simulated": {
    "first": "2026-03-01T02:00:00Z",
    "last": "2026-03-01T15:30:00Z"
  },
  "skipped": 0,
  "partial": 0,
  "budget": "1/week",
  "remarks": [],
  "controls": [
    {
      "id": "unauthorized-api-calls",
      "number": "5.1",
      "pattern": "{ ($.errorCode = \"*UnauthorizedOperation\") || (($.errorCode = \"AccessDenied*\") && ($.sourceIPAddress != \"delivery.logs.amazonaws.com\") && ($.eventName != \"HeadBucket\")) }",
      "verdict": null,
      "matches": 13,
      "untimed": 0,
      "alarms": 13,
      "course": {
        "notifications": 13,
        "days": 1,
        "most_in_a_day": 13,
        "median_of_a_day": 13.0,
        "longest_seconds": 900,
        "quiet_share": 0.0
      },
      "not_simulated": null,
      "days": [
        {
          "day": "2026-03-01",
          "matches": 13,
          "notifications": 13
        }
      ],
      "causes": [
        {
          "property": "principal",
          "value": "arn:aws:sts::123456789012:assumed-role/scanner/*",
          "matches": 12,
          "shortfall": 0
        },
        {
          "property": "principal",
          "value": "arn:aws:iam::123456789012:user/alice",
          "matches": 1,
          "shortfall": 0
        },
        {
          "property": "source address",
          "value": "192.0.2.7",
          "matches": 12,
          "shortfall": 0
        },
        {
          "property": "source address",
          "value": "198.51.100.3",
          "matches": 1,
          "shortfall": 0
        },
        {
          "property": "error code",
          "value": "AccessDenied",
          "matches": 13,
          "shortfall": 0
        },
        {
          "property": "event name",
          "value": "GetBucketAcl",
          "matches": 12,
          "shortfall": 0
        },
        {
          "property": "event name",
          "value": "DeleteBucket",
          "matches": 1,
          "shortfall": 0
        },
        {
          "property": "service",
          "value": "s3.amazonaws.com",
          "matches": 13,
          "shortfall": 0
        }
      ],
      "proposal": null,
      "witness": {
        "errorCode": "Client.UnauthorizedOperation",
        "eventName": "GetObject",
        "eventSource": "s3.amazonaws.com"
      }
    },
    {
      "id": "unauthorized-api-calls-paging",
      "number": null,
      "pattern": "{ ($.errorCode = \"*UnauthorizedOperation\" || ($.errorCode = \"AccessDenied*\" && $.sourceIPAddress != \"delivery.logs.amazonaws.com\" && $.eventName != \"HeadBucket\")) && ($.userIdentity.arn NOT EXISTS || $.userIdentity.arn IS NULL || $.userIdentity.arn != \"arn:aws:sts::123456789012:assumed-role/scanner/*\" || $.eventName NOT EXISTS || $.eventName IS NULL || $.eventName != \"GetBucketAcl\") }",
      "verdict": null,
      "matches": 1,
      "untimed": 0,
      "alarms": 1,
      "course": {
        "notifications": 1,
        "days": 1,
        "most_in_a_day": 1,
        "median_of_a_day": 1.0,
        "longest_seconds": 60,
        "quiet_share": 0.0
      },
      "not_simulated": null,
      "days": [
        {
          "day": "2026-03-01",
          "matches": 1,
          "notifications": 1
        }
      ],
      "causes": [
        {
          "property": "principal",
          "value": "arn:aws:iam::123456789012:user/alice",
          "matches": 1,
          "shortfall": 0
        },
        {
          "property": "source address",
          "value": "198.51.100.3",
          "matches": 1,
          "shortfall": 0
        },
        {
          "property": "error code",
          "value": "AccessDenied",
          "matches": 1,
          "shortfall": 0
        },
        {
          "property": "event name",
          "value": "DeleteBucket",
          "matches": 1,
          "shortfall": 0
        },
        {
          "property": "service",
          "value": "s3.amazonaws.com",
          "matches": 1,
          "shortfall": 0
        }
      ],
      "proposal": null,
      "witness": {
        "errorCode": "Client.UnauthorizedOperation",
        "eventName": "GetObject",
        "eventSource": "s3.amazonaws.com"
      }
    }
  ]
}
--- stderr
error: no exclusion is proposed for `unauthorized-api-calls`
hint: the report without `--write-config` numbers the exclusions that are proposed
--- run backtest log.json --control 5.1 --write-config --yes --exclude vpc-changes --format json --quiet
--- status 64
--- stdout
{
  "schema": "cis-fix/backtest/v1",
  "state": "finished",
  "source": {
    "kind": "files",
    "log_groups": [],
    "region": null
  },
  "account": null,
  "region": null,
  "files": 1,
  "bytes": 3360,
  "plain_bytes": 3360,
  "events": 13,
  "outside": 0,
  "duplicates": 0,
  "first": "2026-03-01T02:00:00Z",
  "last": "2026-03-01T15:30:00Z",
  "asked": {
    "first": null,
    "last": null
  },
  "simulated": {
    "first": "2026-03-01T02:00:00Z",
    "last": "2026-03-01T15:30:00Z"
  },
  "skipped": 0,
  "partial": 0,
  "budget": "1/week",
  "remarks": [],
  "controls": [
    {
      "id": "unauthorized-api-calls",
      "number": "5.1",
      "pattern": "{ ($.errorCode = \"*UnauthorizedOperation\") || (($.errorCode = \"AccessDenied*\") && ($.sourceIPAddress != \"delivery.logs.amazonaws.com\") && ($.eventName != \"HeadBucket\")) }",
      "verdict": null,
      "matches": 13,
      "untimed": 0,
      "alarms": 13,
      "course": {
        "notifications": 13,
        "days": 1,
        "most_in_a_day": 13,
        "median_of_a_day": 13.0,
        "longest_seconds": 900,
        "quiet_share": 0.0
      },
      "not_simulated": null,
      "days": [
        {
          "day": "2026-03-01",
          "matches": 13,
          "notifications": 13
        }
      ],
      "causes": [
        {
          "property": "principal",
          "value": "arn:aws:sts::123456789012:assumed-role/scanner/*",
          "matches": 12,
          "shortfall": 0
        },
        {
          "property": "principal",
          "value": "arn:aws:iam::123456789012:user/alice",
          "matches": 1,
          "shortfall": 0
        },
        {
          "property": "source address",
          "value": "192.0.2.7",
          "matches": 12,
          "shortfall": 0
        },
        {
          "property": "source address",
          "value": "198.51.100.3",
          "matches": 1,
          "shortfall": 0
        },
        {
          "property": "error code",
          "value": "AccessDenied",
          "matches": 13,
          "shortfall": 0
        },
        {
          "property": "event name",
          "value": "GetBucketAcl",
          "matches": 12,
          "shortfall": 0
        },
        {
          "property": "event name",
          "value": "DeleteBucket",
          "matches": 1,
          "shortfall": 0
        },
        {
          "property": "service",
          "value": "s3.amazonaws.com",
          "matches": 13,
          "shortfall": 0
        }
      ],
      "proposal": null,
      "witness": {
        "errorCode": "Client.UnauthorizedOperation",
        "eventName": "GetObject",
        "eventSource": "s3.amazonaws.com"
      }
    },
    {
      "id": "unauthorized-api-calls-paging",
      "number": null,
      "pattern": "{ ($.errorCode = \"*UnauthorizedOperation\" || ($.errorCode = \"AccessDenied*\" && $.sourceIPAddress != \"delivery.logs.amazonaws.com\" && $.eventName != \"HeadBucket\")) && ($.userIdentity.arn NOT EXISTS || $.userIdentity.arn IS NULL || $.userIdentity.arn != \"arn:aws:sts::123456789012:assumed-role/scanner/*\" || $.eventName NOT EXISTS || $.eventName IS NULL || $.eventName != \"GetBucketAcl\") }",
      "verdict": null,
      "matches": 1,
      "untimed": 0,
      "alarms": 1,
      "course": {
        "notifications": 1,
        "days": 1,
        "most_in_a_day": 1,
        "median_of_a_day": 1.0,
        "longest_seconds": 60,
        "quiet_share": 0.0
      },
      "not_simulated": null,
      "days": [
        {
          "day": "2026-03-01",
          "matches": 1,
          "notifications": 1
        }
      ],
      "causes": [
        {
          "property": "principal",
          "value": "arn:aws:iam::123456789012:user/alice",
          "matches": 1,
          "shortfall": 0
        },
        {
          "property": "source address",
          "value": "198.51.100.3",
          "matches": 1,
          "shortfall": 0
        },
        {
          "property": "error code",
          "value": "AccessDenied",
          "matches": 1,
          "shortfall": 0
        },
        {
          "property": "event name",
          "value": "DeleteBucket",
          "matches": 1,
          "shortfall": 0
        },
        {
          "property": "service",
          "value": "s3.amazonaws.com",
          "matches": 1,
          "shortfall": 0
        }
      ],
      "proposal": null,
      "witness": {
        "errorCode": "Client.UnauthorizedOperation",
        "eventName": "GetObject",
        "eventSource": "s3.amazonaws.com"
      }
    }
  ]
}
--- stderr
error: no exclusion is proposed for `vpc-changes`
hint: the report without `--write-config` numbers the exclusions that are proposed
