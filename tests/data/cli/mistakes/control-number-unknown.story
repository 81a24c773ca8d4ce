A number that the benchmark does not have.
--- run check --sandbox --control 5.99
--- status 64
--- stderr
error: `5.99` is not a control of `recommended`
hint: `cis-fix controls list` shows the controls and their numbers
