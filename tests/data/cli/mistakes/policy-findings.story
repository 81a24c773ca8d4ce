A policy limited to findings.
--- run policy apply --findings findings.json --sandbox=scene:fresh
--- status 64
--- stderr
error: this command does not keep to `--findings`
hint: `check`, `plan`, `apply` and `forecast` do; `--control` and `--skip` name controls
