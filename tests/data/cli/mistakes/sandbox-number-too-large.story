A number beyond all numbers.
--- scene account.json fresh
--- replace account.json
"alarms": {}
=>
"alarms": {"us-east-1": [{"name": "a", "kind": {"metric": {"evaluation_periods": 1e999}}}]}
--- run check --sandbox=account.json
--- status 1
--- stderr
error: `account.json` is not a sandbox account: line 36, column 88: number out of range
