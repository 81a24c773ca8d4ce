Wrong types, all together.
--- file cis-fix.toml
benchmark = 3
skip = "vpc-changes"
satisfy = [1]
tags = []
--- run check --sandbox
--- status 1
--- stderr
error: `benchmark` must be a string, not a whole number
 --> cis-fix.toml:1:13
  |
1 | benchmark = 3
  |             ^

error: `skip` must be a list, not a string
 --> cis-fix.toml:2:8
  |
2 | skip = "vpc-changes"
  |        ^^^^^^^^^^^^^

error: each element of `satisfy` must be a string, not a whole number
 --> cis-fix.toml:3:12
  |
3 | satisfy = [1]
  |            ^

error: `tags` must be a table, not a list
 --> cis-fix.toml:4:8
  |
4 | tags = []
  |        ^^

error: the settings have 4 mistakes
