An empty file.
--- file account.json
--- run check --sandbox=account.json
--- status 1
--- stderr
error: `account.json` is not a sandbox account: line 1, column 1: the text is empty
