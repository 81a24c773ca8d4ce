A benchmark that does not exist.
--- env CIS_FIX_BENCHMARK=cis-9
--- run check --sandbox
--- status 1
--- stderr
error: `cis-9` is not a value of `CIS_FIX_BENCHMARK`
 --> CIS_FIX_BENCHMARK:1:1
  |
1 | cis-9
  | ^^^^^
  |
  = help: it may be `recommended`, `cis-1.0.0`, `cis-1.1.0`, `cis-1.2.0`, `cis-1.3.0`, `cis-1.4.0`, `cis-1.5.0`, `cis-2.0.0`, `cis-3.0.0`, `cis-4.0.0`, `cis-4.0.1`, `cis-5.0.0`, `cis-6.0.0`, `cis-7.0.0`, `security-hub`

error: the environment has 1 mistake
