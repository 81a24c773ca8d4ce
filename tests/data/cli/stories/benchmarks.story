Levels, texts word for word, and what changes between two versions.
--- run controls list --benchmark cis-7.0.0 --level 1
--- status 0
--- stdout
Controls: benchmark cis-7.0.0

No.   Control                           Security Hub   Title
5.2   console-sign-in-without-mfa       CloudWatch.3   Ensure management console sign-in without MFA is monitored
5.3   root-account-usage                CloudWatch.1   Ensure usage of the 'root' account is monitored
5.4   iam-policy-changes                CloudWatch.4   Ensure IAM policy changes are monitored
5.5   cloudtrail-configuration-changes  CloudWatch.5   Ensure CloudTrail configuration changes are monitored
5.8   s3-bucket-policy-changes          CloudWatch.8   Ensure S3 bucket policy changes are monitored
5.12  network-gateway-changes           CloudWatch.12  Ensure changes to network gateways are monitored
5.13  route-table-changes               CloudWatch.13  Ensure route table changes are monitored
5.14  vpc-changes                       CloudWatch.14  Ensure VPC changes are monitored
5.15  organizations-changes                            Ensure AWS Organizations changes are monitored

9 controls
--- run controls migrate cis-1.4.0 cis-7.0.0
--- status 0
--- stdout
Migration: cis-1.4.0 to cis-7.0.0

No.          Control                            Level  Status              Text
4.1 → 5.1    unauthorized-api-calls             1 → 2  automated → manual  asks for fewer events
4.2 → 5.2    console-sign-in-without-mfa        1      automated → manual  same meaning
4.3 → 5.3    root-account-usage                 1      automated → manual  same meaning
4.4 → 5.4    iam-policy-changes                 1      automated → manual  same meaning
4.5 → 5.5    cloudtrail-configuration-changes   1      automated → manual  same meaning
4.6 → 5.6    console-authentication-failures    2      automated → manual  same meaning
4.7 → 5.7    cmk-disable-or-scheduled-deletion  2      automated → manual  same meaning
4.8 → 5.8    s3-bucket-policy-changes           1      automated → manual  same meaning
4.9 → 5.9    aws-config-configuration-changes   2      automated → manual  same meaning
4.10 → 5.10  security-group-changes             2      automated → manual  asks for more events
4.11 → 5.11  network-acl-changes                2      automated → manual  same meaning
4.12 → 5.12  network-gateway-changes            1      automated → manual  same meaning
4.13 → 5.13  route-table-changes                1      automated → manual  same meaning
4.14 → 5.14  vpc-changes                        1      automated → manual  same meaning
4.15 → 5.15  organizations-changes              1      automated → manual  same meaning

Texts that mean something else
  unauthorized-api-calls: the old text matches events that the new one does not
  Clauses (- old, + new)
     {
       $.errorCode = "*UnauthorizedOperation"
    -   || $.errorCode = "AccessDenied*"
    -   || $.sourceIPAddress != "delivery.logs.amazonaws.com"
    -   || $.eventName != "HeadBucket"
       || (
         $.errorCode = "AccessDenied*"
         && $.sourceIPAddress != "delivery.logs.amazonaws.com"
         && $.eventName != "HeadBucket"
       )
     }
  only the old text matches: {"errorCode": "AccessDenied", "eventName": "GetObject", "eventSource": "s3.amazonaws.com"}
  security-group-changes: the old text misses events that the new one matches
  Clauses (- old, + new)
     {
       $.eventName = "AuthorizeSecurityGroupIngress"
       || $.eventName = "AuthorizeSecurityGroupEgress"
       || $.eventName = "RevokeSecurityGroupIngress"
       || $.eventName = "RevokeSecurityGroupEgress"
       || $.eventName = "CreateSecurityGroup"
       || $.eventName = "DeleteSecurityGroup"
    +   || $.eventName = "ModifySecurityGroupRules"
     }
  only the new text matches: {"eventName": "ModifySecurityGroupRules", "eventSource": "ec2.amazonaws.com"}

Titles
  unauthorized-api-calls: “Ensure a log metric filter and alarm exist for unauthorized API calls” → “Ensure unauthorized API calls are monitored”
  console-sign-in-without-mfa: “Ensure a log metric filter and alarm exist for Management Console sign-in without MFA” → “Ensure management console sign-in without MFA is monitored”
  root-account-usage: “Ensure a log metric filter and alarm exist for usage of 'root' account” → “Ensure usage of the 'root' account is monitored”
  iam-policy-changes: “Ensure a log metric filter and alarm exist for IAM policy changes” → “Ensure IAM policy changes are monitored”
  cloudtrail-configuration-changes: “Ensure a log metric filter and alarm exist for CloudTrail configuration changes” → “Ensure CloudTrail configuration changes are monitored”
  console-authentication-failures: “Ensure a log metric filter and alarm exist for AWS Management Console authentication failures” → “Ensure AWS Management Console authentication failures are monitored”
  cmk-disable-or-scheduled-deletion: “Ensure a log metric filter and alarm exist for disabling or scheduled deletion of customer created CMKs” → “Ensure disabling or scheduled deletion of customer created CMKs is monitored”
  s3-bucket-policy-changes: “Ensure a log metric filter and alarm exist for S3 bucket policy changes” → “Ensure S3 bucket policy changes are monitored”
  aws-config-configuration-changes: “Ensure a log metric filter and alarm exist for AWS Config configuration changes” → “Ensure AWS Config configuration changes are monitored”
  security-group-changes: “Ensure a log metric filter and alarm exist for security group changes” → “Ensure security group changes are monitored”
  network-acl-changes: “Ensure a log metric filter and alarm exist for changes to Network Access Control Lists (NACL)” → “Ensure Network Access Control List (NACL) changes are monitored”
  network-gateway-changes: “Ensure a log metric filter and alarm exist for changes to network gateways” → “Ensure changes to network gateways are monitored”
  route-table-changes: “Ensure a log metric filter and alarm exist for route table changes” → “Ensure route table changes are monitored”
  vpc-changes: “Ensure a log metric filter and alarm exist for VPC changes” → “Ensure VPC changes are monitored”
  organizations-changes: “Ensure a log metric filter and alarm exists for AWS Organizations changes” → “Ensure AWS Organizations changes are monitored”

15 controls: 0 new, 0 gone, 2 with another meaning
--- run controls migrate cis-1.1.0 cis-1.3.0 --format markdown
--- status 0
--- stdout
# **Migration**: cis-1.1.0 to cis-1.3.0

| No. | Control | Level | Status | Text |
| --- | --- | --- | --- | --- |
| 3.1 → 4.1 | unauthorized-api-calls | 1 | scored → automated | <strong>asks for more events</strong> |
| 3.2 → 4.2 | console-sign-in-without-mfa | 1 | scored → automated | same meaning |
| 3.3 → 4.3 | root-account-usage | 1 | scored → automated | same meaning |
| 3.4 → 4.4 | iam-policy-changes | 1 | scored → automated | same meaning |
| 3.5 → 4.5 | cloudtrail-configuration-changes | 1 | scored → automated | same meaning |
| 3.6 → 4.6 | console-authentication-failures | 2 | scored → automated | same meaning |
| 3.7 → 4.7 | cmk-disable-or-scheduled-deletion | 2 | scored → automated | same meaning |
| 3.8 → 4.8 | s3-bucket-policy-changes | 1 | scored → automated | same meaning |
| 3.9 → 4.9 | aws-config-configuration-changes | 2 | scored → automated | same meaning |
| 3.10 → 4.10 | security-group-changes | 2 | scored → automated | same meaning |
| 3.11 → 4.11 | network-acl-changes | 2 | scored → automated | same meaning |
| 3.12 → 4.12 | network-gateway-changes | 1 | scored → automated | same meaning |
| 3.13 → 4.13 | route-table-changes | 1 | scored → automated | same meaning |
| 3.14 → 4.14 | vpc-changes | 1 | scored → automated | same meaning |
| new → 4.15 | organizations-changes | new → 1 | new → automated | not known |

## **Texts that mean something else**

**unauthorized-api-calls**: the old text misses events that the new one matches

**Clauses (- old, + new)**

```diff
  {
    $.errorCode = "*UnauthorizedOperation"
    || $.errorCode = "AccessDenied*"
+   || $.sourceIPAddress != "delivery.logs.amazonaws.com"
+   || $.eventName != "HeadBucket"
  }
```

**only the new text matches:** `{"eventName": "GetObject", "eventSource": "s3.amazonaws.com", "sourceIPAddress": "198.51.100.7"}`

The new text joins the two exclusions with OR, so that nearly every event matches: each is either not from log delivery or not HeadBucket; cis-fix uses its own pattern unless \`--verbatim\` is passed.

## **Audits**

asked for from now on: a trail of all Regions; the trail is logging; an event selector takes all management events; a subscription to the topic has a real ARN

asked for no more: the topic has a subscriber

**15 controls**: 1 new, 0 gone, 1 with another meaning
--- run controls migrate cis-3.0.0 cis-5.0.0 --sandbox=scene:messy
--- status 0
--- stdout
Migration: cis-3.0.0 to cis-5.0.0

No.   Control                            Level  Status  Text
4.1   unauthorized-api-calls             2      manual  same meaning
4.2   console-sign-in-without-mfa        1      manual  same meaning
4.3   root-account-usage                 1      manual  same meaning
4.4   iam-policy-changes                 1      manual  same meaning
4.5   cloudtrail-configuration-changes   1      manual  same meaning
4.6   console-authentication-failures    2      manual  same meaning
4.7   cmk-disable-or-scheduled-deletion  2      manual  same meaning
4.8   s3-bucket-policy-changes           1      manual  same meaning
4.9   aws-config-configuration-changes   2      manual  same meaning
4.10  security-group-changes             2      manual  asks for more events
4.11  network-acl-changes                2      manual  same meaning
4.12  network-gateway-changes            1      manual  same meaning
4.13  route-table-changes                1      manual  same meaning
4.14  vpc-changes                        1      manual  same meaning
4.15  organizations-changes              1      manual  same meaning

Texts that mean something else
  security-group-changes: the old text misses events that the new one matches
  Clauses (- old, + new)
     {
       $.eventName = "AuthorizeSecurityGroupIngress"
       || $.eventName = "AuthorizeSecurityGroupEgress"
       || $.eventName = "RevokeSecurityGroupIngress"
       || $.eventName = "RevokeSecurityGroupEgress"
       || $.eventName = "CreateSecurityGroup"
       || $.eventName = "DeleteSecurityGroup"
    +   || $.eventName = "ModifySecurityGroupRules"
     }
  only the new text matches: {"eventName": "ModifySecurityGroupRules", "eventSource": "ec2.amazonaws.com"}

Titles
  root-account-usage: “Ensure usage of 'root' account is monitored” → “Ensure usage of the 'root' account is monitored”
  network-acl-changes: “Ensure Network Access Control Lists (NACL) changes are monitored” → “Ensure Network Access Control List (NACL) changes are monitored”

Filters of the account
  iam-policy-changes: filter `iam_changes_metric` misses some of the control's events [FILTER_NARROWER]
  route-table-changes: filter `RouteChanges` misses some of the control's events [FILTER_NARROWER]
  vpc-changes: no filter matches the control's events [FILTER_MISSING]
  organizations-changes: no filter matches the control's events [FILTER_MISSING]

15 controls: 0 new, 0 gone, 1 with another meaning; 4 filters of the account to change or add
--- run check --benchmark cis-1.4.0 --control 4.1 --sandbox=scene:fresh
--- status 2
--- stdout
Check: account 123456789012, us-east-1, benchmark cis-1.4.0

No.  Control                 Verdict
4.1  unauthorized-api-calls  non-compliant

Gaps
  4.1 unauthorized-api-calls  Ensure a log metric filter and alarm exist for unauthorized API calls
    filter        no filter matches the control's events [FILTER_MISSING]
    metric        no filter publishes a metric [METRIC_MISSING]
    alarm         there is no alarm [ALARM_MISSING]
    action        there is no alarm to act [ACTION_MISSING]
    topic         topic `cis-alarms` does not exist [TOPIC_MISSING]
    subscription  nobody is subscribed to topic `cis-alarms` [SUBSCRIPTION_MISSING]

Remarks
  4.1 unauthorized-api-calls  Ensure a log metric filter and alarm exist for unauthorized API calls
    the text that cis-1.4.0 prescribes joins the two exclusions with OR, so that nearly every event matches: each is either not from log delivery or not HeadBucket; a sound pattern is used in its place [PRESCRIBED_TEXT_DEFECTIVE]

1 control: 1 non-compliant
--- run plan --benchmark cis-1.4.0 --control 4.1 --verbatim --sandbox=scene:fresh
--- status 0
--- stdout
Plan: account 123456789012, us-east-1

Controls
  4.1 unauthorized-api-calls  Ensure a log metric filter and alarm exist for unauthorized API calls
    + topic cis-alarms
    + metric filter unauthorized_api_calls_metric on CloudTrail/DefaultLogGroup
        { $.errorCode = "*UnauthorizedOperation"
          || $.errorCode = "AccessDenied*"
          || $.sourceIPAddress != "delivery.logs.amazonaws.com"
          || $.eventName != "HeadBucket" }
        publishes 1 to CISBenchmark/unauthorized_api_calls_metric
    + alarm unauthorized_api_calls_alarm
        Sum >= 1 in 5 minutes, missing data is notBreaching, notifies cis-alarms

A person must act
  ! subscription, for 4.1
      nobody is subscribed to topic `cis-alarms` [SUBSCRIPTION_MISSING]
      -> name somebody in a [[subscription]] of cis-fix.toml and apply again

Prescribed texts
  4.1 unauthorized-api-calls  Ensure a log metric filter and alarm exist for unauthorized API calls
    the text that cis-1.4.0 prescribes joins the two exclusions with OR, so that nearly every event matches: each is either not from log delivery or not HeadBucket; it is used all the same [PRESCRIBED_TEXT_DEFECTIVE]

Tags and cost
  tags  cis-fix on every new topic and alarm
  cost  about 0.10 USD a month for 1 new alarm (0.10 USD each, list price in us-east-1; other Regions may differ), plus the metrics, which cost only for hours in which events match

Plan: 3 to create, 0 to change, 1 for a person
--- run check --benchmark cis-1.0.0 --level 1 --control 3.1,3.3 --sandbox=scene:fresh
--- status 2
--- stdout
Check: account 123456789012, us-east-1, benchmark cis-1.0.0

No.  Control                 Verdict
3.1  unauthorized-api-calls  non-compliant
3.3  root-account-usage      non-compliant

Gaps
  All 2 controls
    filter        no filter matches the control's events [FILTER_MISSING]
    metric        no filter publishes a metric [METRIC_MISSING]
    alarm         there is no alarm [ALARM_MISSING]
    action        there is no alarm to act [ACTION_MISSING]
    topic         topic `cis-alarms` does not exist [TOPIC_MISSING]
    subscription  nobody is subscribed to topic `cis-alarms` [SUBSCRIPTION_MISSING]

Remarks
  3.1 unauthorized-api-calls  Ensure a log metric filter and alarm exist for unauthorized API calls
    the text that cis-1.0.0 prescribes counts refusals of log delivery and of HeadBucket probes as well, which later versions leave out as noise; a sound pattern is used in its place [PRESCRIBED_TEXT_DEFECTIVE]

2 controls: 2 non-compliant
--- stderr
note: the level in cis-1.0.0 is not known, so these count as level 1: root-account-usage
