All unknown controls are told together.
--- run plan --sandbox --control nope,vpc-chnges --skip 77
--- status 64
--- stderr
error: `nope` is not a control of `recommended`; `vpc-chnges` is not a control of `recommended`; `77` is not a control of `recommended`
hint: did you mean `vpc-changes`?
hint: `cis-fix controls list` shows the controls and their numbers
