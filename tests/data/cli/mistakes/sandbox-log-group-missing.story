A trail that delivers into the void.
--- scene account.json fresh
--- replace account.json
"arn": "arn:aws:logs:us-east-1:123456789012:log-group:CloudTrail/DefaultLogGroup"
=>
"arn": "arn:aws:logs:us-east-1:123456789012:log-group:other"
--- run check --sandbox=account.json
--- status 1
--- stderr
error: `account.json` is not a sandbox account: trails: `arn:aws:cloudtrail:us-east-1:123456789012:trail/management-events` delivers to `arn:aws:logs:us-east-1:123456789012:log-group:CloudTrail/DefaultLogGroup`, which is not listed
