An object of another kind.
--- file account.json
{"Records": []}
--- run check --sandbox=account.json
--- status 1
--- stderr
error: `account.json` is not a sandbox account: line 1, column 15: there is no `schema`
