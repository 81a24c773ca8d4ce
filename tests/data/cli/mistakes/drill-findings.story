A limit that is not kept to, so that more would be driven than was meant.
--- run drill --findings findings.json --sandbox=scene:fresh --yes
--- status 64
--- stderr
error: this command does not keep to `--findings`
hint: `check`, `plan`, `apply` and `forecast` do; `--control` and `--skip` name controls
