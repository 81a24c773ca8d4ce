A backtest limited to findings.
--- run backtest --findings findings.json .
--- status 64
--- stderr
error: this command does not keep to `--findings`
hint: `check`, `plan`, `apply` and `forecast` do; `--control` and `--skip` name controls
