A flood of brackets.
--- repeat account.json 200000
[
--- run check --sandbox=account.json
--- status 1
--- stderr
error: `account.json` is not a sandbox account: line 1, column 1: invalid type: list, expected a string
