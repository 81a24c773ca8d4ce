Without the trails nothing can be said at all.
--- scene account.json fresh
--- replace account.json
"keys": []
=>
"keys": [],
  "unreadable": [{"action": "cloudtrail:DescribeTrails", "kind": "denied", "code": "AccessDenied", "message": "not allowed"}]
--- run check --sandbox=account.json --control 5.3
--- status 5
--- stdout
Check: account 123456789012, us-east-1, benchmark recommended

No.  Control             Verdict
5.3  root-account-usage  unknown

Could not look
  5.3 root-account-usage  Root user activity
    trail  access denied (`cloudtrail:DescribeTrails`): AccessDenied: not allowed [READ_FAILED]

1 control: 1 unknown
--- run plan --sandbox=account.json --control 5.3
--- status 5
--- stdout
Plan: account 123456789012, us-east-1

Blocked
  x trail, for 5.3
      access denied (`cloudtrail:DescribeTrails`): AccessDenied: not allowed [READ_FAILED]
      -> grant the permission or mend the cause, then run again; nothing is planned for what could not be read

Could not look, so nothing is planned
  5.3 root-account-usage  Root user activity
    trail  access denied (`cloudtrail:DescribeTrails`): AccessDenied: not allowed [READ_FAILED]

Plan: 0 to create, 0 to change, 1 blocked, 1 control unknown
