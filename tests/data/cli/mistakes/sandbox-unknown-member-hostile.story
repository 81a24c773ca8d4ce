A member with a hostile name.
--- scene account.json fresh
--- replace account.json
"home_region"
=>
"\u001b[2J\u202e"
--- run check --sandbox=account.json
--- status 1
--- stderr
error: `account.json` is not a sandbox account: line 11, column 23: unknown member `\u{1b}[2J\u{202e}`, expected one of `arn`, `home_region`, `multi_region`, `organization`, `global_services`, `log_group`, `status`, `selectors`
