Items of lists are told with their places.
--- env CIS_FIX_SATISFY=prowler, secrity-hub
--- env CIS_FIX_SKIP=a,,vpc-changes
--- run check --sandbox
--- status 1
--- stderr
error: `secrity-hub` is not a value of `CIS_FIX_SATISFY`
 --> CIS_FIX_SATISFY:1:10
  |
1 | prowler, secrity-hub
  |          ^^^^^^^^^^^
  |
  = help: did you mean `security-hub`?

error: `a` is not a control
 --> CIS_FIX_SKIP:1:1
  |
1 | a,,vpc-changes
  | ^
  |
  = help: `cis-fix controls list` shows the controls

error: an item of the list is empty
 --> CIS_FIX_SKIP:1:3
  |
1 | a,,vpc-changes
  |   ^

error: the environment has 3 mistakes
