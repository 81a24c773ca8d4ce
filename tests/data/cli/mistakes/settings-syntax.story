Syntax that is none.
--- file cis-fix.toml
benchmark = recommended
--- run check --sandbox
--- status 1
--- stderr
error: string values must be quoted, expected literal string
 --> cis-fix.toml:1:13
  |
1 | benchmark = recommended
  |             ^^^^^^^^^^^

error: the settings have 1 mistake
