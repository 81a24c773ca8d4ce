A member that is given twice.
--- scene account.json fresh
--- replace account.json
  "topics": [],
=>
  "topics": [],
  "topics": [],
--- run check --sandbox=account.json
--- status 1
--- stderr
error: `account.json` is not a sandbox account: line 38, column 10: there is more than one `topics`
