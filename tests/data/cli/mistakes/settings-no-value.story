A key without a value.
--- file cis-fix.toml
benchmark =
--- run check --sandbox
--- status 1
--- stderr
error: the value is missing
 --> cis-fix.toml:1:12
  |
1 | benchmark =
  |            ^

error: the settings have 1 mistake
