A control that the chosen benchmark leaves out.
--- run check --sandbox --benchmark cis-1.2.0 --control organizations-changes
--- status 64
--- stderr
error: `organizations-changes` is not a control of `cis-1.2.0`
hint: `organizations-changes` is in `recommended`
hint: `cis-fix controls list` shows the controls and their numbers
