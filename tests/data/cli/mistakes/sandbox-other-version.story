A version that this program does not know.
--- scene account.json fresh
--- replace account.json
sandbox/v1
=>
sandbox/v2
--- run check --sandbox=account.json
--- status 1
--- stderr
error: `account.json` is not a sandbox account: the sandbox has the format `cis-fix/sandbox/v2`, but this version reads `cis-fix/sandbox/v1`
