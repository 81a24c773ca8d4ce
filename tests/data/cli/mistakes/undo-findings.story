An undo limited to findings.
--- run undo --findings findings.json --sandbox=scene:fresh --yes
--- status 64
--- stderr
error: this command does not keep to `--findings`
hint: `check`, `plan`, `apply` and `forecast` do; `--control` and `--skip` name controls
