A comma too many.
--- scene account.json fresh
--- replace account.json
  "topics": [],
=>
  "topics": [,],
--- run check --sandbox=account.json
--- status 1
--- stderr
error: `account.json` is not a sandbox account: line 37, column 14: expected a value
