A reading that nobody does.
--- scene account.json fresh
--- replace account.json
"keys": []
=>
"keys": [],
  "unreadable": [{"action": "logs:DescribeMetricFilter", "kind": "denied", "message": "no"}]
--- run check --sandbox=account.json
--- status 1
--- stderr
error: `account.json` is not a sandbox account: unreadable[0].action: no reading needs `logs:DescribeMetricFilter`: did you mean `logs:DescribeMetricFilters`?
