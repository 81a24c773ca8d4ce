What could not be read makes verdicts unknown, and nothing is planned for them.
--- scene account.json fresh
--- replace account.json
"keys": []
=>
"keys": [],
  "unreadable": [{"action": "logs:DescribeMetricFilters", "kind": "denied", "code": "AccessDenied", "message": "not allowed"}]
--- run check --sandbox=account.json --control 5.3
--- status 5
--- stdout
Check: account 123456789012, us-east-1, benchmark recommended

No.  Control             Verdict
5.3  root-account-usage  unknown

Could not look
  5.3 root-account-usage  Root user activity
    filter  access denied (`logs:DescribeMetricFilters`): AccessDenied: not allowed [READ_FAILED]

1 control: 1 unknown
--- run plan --sandbox=account.json --control 5.3
--- status 5
--- stdout
Plan: account 123456789012, us-east-1

Blocked
  x metric filter, for 5.3
      access denied (`logs:DescribeMetricFilters`): AccessDenied: not allowed [READ_FAILED]
      -> grant the permission or mend the cause, then run again; nothing is planned for what could not be read

Could not look, so nothing is planned
  5.3 root-account-usage  Root user activity
    filter  access denied (`logs:DescribeMetricFilters`): AccessDenied: not allowed [READ_FAILED]

Plan: 0 to create, 0 to change, 1 blocked, 1 control unknown
--- run plan --sandbox=account.json --control 5.3 --detailed-exitcode
--- status 5
--- stdout
Plan: account 123456789012, us-east-1

Blocked
  x metric filter, for 5.3
      access denied (`logs:DescribeMetricFilters`): AccessDenied: not allowed [READ_FAILED]
      -> grant the permission or mend the cause, then run again; nothing is planned for what could not be read

Could not look, so nothing is planned
  5.3 root-account-usage  Root user activity
    filter  access denied (`logs:DescribeMetricFilters`): AccessDenied: not allowed [READ_FAILED]

Plan: 0 to create, 0 to change, 1 blocked, 1 control unknown
--- run apply --sandbox=account.json --control 5.3 --yes
--- status 5
--- stdout
Plan: account 123456789012, us-east-1

Blocked
  x metric filter, for 5.3
      access denied (`logs:DescribeMetricFilters`): AccessDenied: not allowed [READ_FAILED]
      -> grant the permission or mend the cause, then run again; nothing is planned for what could not be read

Could not look, so nothing is planned
  5.3 root-account-usage  Root user activity
    filter  access denied (`logs:DescribeMetricFilters`): AccessDenied: not allowed [READ_FAILED]

Plan: 0 to create, 0 to change, 1 blocked, 1 control unknown
