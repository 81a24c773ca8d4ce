Names and values are shown escaped.
--- env CIS_FIX_TOPIC=\u{9b}31m\x1b[1m\n::error::
--- env CIS_FIX_\x1b[31m=1
--- run check --sandbox
--- status 1
--- stderr
error: `CIS_FIX_\u{1b}[31m` is not a variable of cis-fix
 --> CIS_FIX_\u{1b}[31m:1:1
  |
1 | CIS_FIX_␛[31m
  | ^^^^^^^^^^^^^
  |
  = help: there are `CIS_FIX_BENCHMARK`, `CIS_FIX_LEVEL`, `CIS_FIX_VERBATIM`, `CIS_FIX_SATISFY`, `CIS_FIX_SKIP`, `CIS_FIX_TOPIC`, `CIS_FIX_KMS_KEY`, `CIS_FIX_CONFIG`, `CIS_FIX_CATALOG`

error: `\u{9b}31m\u{1b}[1m\n::error::` is not a topic name: 1 to 256 letters, digits, `-` and `_`
 --> CIS_FIX_TOPIC:1:1
  |
1 | ¿31m␛[1m
  | ^^^^^^^^

error: the environment has 2 mistakes
