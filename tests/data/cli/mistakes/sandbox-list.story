A list instead of an object.
--- file account.json
[1, 2]
--- run check --sandbox=account.json
--- status 1
--- stderr
error: `account.json` is not a sandbox account: line 1, column 2: invalid type: integer `1`, expected a string
