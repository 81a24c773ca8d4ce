The name of a format is shown escaped.
--- scene account.json fresh
--- replace account.json
cis-fix/sandbox/v1
=>
\u001b[31m\u202e
--- run check --sandbox=account.json
--- status 1
--- stderr
error: `account.json` is not a sandbox account: the sandbox has the format `\u{1b}[31m\u{202e}`, but this version reads `cis-fix/sandbox/v1`
