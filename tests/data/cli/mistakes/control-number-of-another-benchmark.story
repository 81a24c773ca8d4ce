A number of another version.
--- run check --sandbox --benchmark cis-3.0.0 --control 5.3
--- status 64
--- stderr
error: `5.3` is not a control of `cis-3.0.0`
hint: `cis-fix controls list` shows the controls and their numbers
