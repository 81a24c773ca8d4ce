A key with too many parts.
--- repeat cis-fix.toml 50000
a.
--- run check --sandbox
--- status 1
--- stderr
error: recursion limit
 --> cis-fix.toml:1:1
  |
1 | a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a...
  | ^

error: the settings have 1 mistake
