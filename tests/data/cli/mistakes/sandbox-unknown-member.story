A misspelt member is told with its place and the right spelling.
--- scene account.json fresh
--- replace account.json
"home_region"
=>
"home_regoin"
--- run check --sandbox=account.json
--- status 1
--- stderr
error: `account.json` is not a sandbox account: line 11, column 19: unknown member `home_regoin`, expected one of `arn`, `home_region`, `multi_region`, `organization`, `global_services`, `log_group`, `status`, `selectors`
hint: did you mean `home_region`?
