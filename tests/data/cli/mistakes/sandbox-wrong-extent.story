Neither complete nor partial.
--- scene account.json fresh
--- replace account.json
"complete"
=>
"whole"
--- run check --sandbox=account.json
--- status 1
--- stderr
error: `account.json` is not a sandbox account: line 3, column 19: unknown value `whole`, expected `complete` or `partial`
