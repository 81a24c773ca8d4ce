A variable that resembles none.
--- env CIS_FIX_SANDBOX=1
--- run check --sandbox
--- status 1
--- stderr
error: `CIS_FIX_SANDBOX` is not a variable of cis-fix
 --> CIS_FIX_SANDBOX:1:1
  |
1 | CIS_FIX_SANDBOX
  | ^^^^^^^^^^^^^^^
  |
  = help: there are `CIS_FIX_BENCHMARK`, `CIS_FIX_LEVEL`, `CIS_FIX_VERBATIM`, `CIS_FIX_SATISFY`, `CIS_FIX_SKIP`, `CIS_FIX_TOPIC`, `CIS_FIX_KMS_KEY`, `CIS_FIX_CONFIG`, `CIS_FIX_CATALOG`

error: the environment has 1 mistake
