Exclusions that are none, or of nothing that is written.
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
--- run backtest log.json --write-config --yes --exclude unauthorized-api-calls:0
--- status 64
--- stderr
error: invalid value 'unauthorized-api-calls:0' for '--exclude <EXCLUSION>': `unauthorized-api-calls:0` names no exclusions: write `CONTROL:NUMBER` as in the report, `CONTROL` for all of a control, or `all`

For more information, try '--help'.
--- run backtest log.json --exclude all
--- status 64
--- stderr
error: the following required arguments were not provided:
  --write-config

Usage: cis-fix backtest --write-config --exclude <EXCLUSION> <PATH>...

For more information, try '--help'.
