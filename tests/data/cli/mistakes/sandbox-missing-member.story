A member that is missing.
--- scene account.json fresh
--- replace account.json
  "caller": "arn:aws:iam::123456789012:user/alice",

=>

--- run check --sandbox=account.json
--- status 1
--- stderr
error: `account.json` is not a sandbox account: line 38, column 1: there is no `caller`
