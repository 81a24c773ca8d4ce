A text instead of a truth value.
--- scene account.json fresh
--- replace account.json
"multi_region": true
=>
"multi_region": "yes"
--- run check --sandbox=account.json
--- status 1
--- stderr
error: `account.json` is not a sandbox account: line 12, column 27: invalid type: string "yes", expected a boolean
