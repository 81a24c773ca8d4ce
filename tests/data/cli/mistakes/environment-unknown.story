A misspelt variable; its value may be a secret.
--- env CIS_FIX_TPIC=secret
--- run check --sandbox
--- status 1
--- stderr
error: `CIS_FIX_TPIC` is not a variable of cis-fix
 --> CIS_FIX_TPIC:1:1
  |
1 | CIS_FIX_TPIC
  | ^^^^^^^^^^^^
  |
  = help: did you mean `CIS_FIX_TOPIC`?

error: the environment has 1 mistake
