Nothing is left to look at.
--- run check --sandbox --control 5.3 --skip root-account-usage
--- status 1
--- stderr
error: no control of `recommended` is left
hint: see `skip` in the settings and `--skip`
