A key that is given twice.
--- file cis-fix.toml
benchmark = "recommended"
benchmark = "cis-3.0.0"
--- run check --sandbox
--- status 1
--- stderr
error: duplicate key
 --> cis-fix.toml:2:1
  |
2 | benchmark = "cis-3.0.0"
  | ^^^^^^^^^

error: the settings have 1 mistake
