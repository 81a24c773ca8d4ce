A misspelt control is answered with the right spelling.
--- run check --sandbox --control root-acount-usage
--- status 64
--- stderr
error: `root-acount-usage` is not a control of `recommended`
hint: did you mean `root-account-usage`?
hint: `cis-fix controls list` shows the controls and their numbers
