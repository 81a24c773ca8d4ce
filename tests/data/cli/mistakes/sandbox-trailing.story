Two documents in a file.
--- scene account.json fresh
--- replace account.json
  "keys": []
}
=>
  "keys": []
} {}
--- run check --sandbox=account.json
--- status 1
--- stderr
error: `account.json` is not a sandbox account: line 39, column 3: trailing characters
