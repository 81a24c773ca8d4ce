A log group of somebody else.
--- scene account.json fresh
--- replace account.json
"arn": "arn:aws:logs:us-east-1:123456789012
=>
"arn": "arn:aws:logs:us-east-1:999999999999
--- run check --sandbox=account.json
--- status 1
--- stderr
error: `account.json` is not a sandbox account: log_groups[0].arn: a log group of another account cannot be seen
