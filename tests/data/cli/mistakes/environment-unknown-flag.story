A misspelt variable that is no setting.
--- env CIS_FIX_CONFG=secret
--- run check --sandbox
--- status 1
--- stderr
error: `CIS_FIX_CONFG` is not a variable of cis-fix
 --> CIS_FIX_CONFG:1:1
  |
1 | CIS_FIX_CONFG
  | ^^^^^^^^^^^^^
  |
  = help: did you mean `CIS_FIX_CONFIG`?

error: the environment has 1 mistake
