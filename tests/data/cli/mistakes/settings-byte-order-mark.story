The mark of an editor does not show.
--- escaped cis-fix.toml
\u{feff}benchmark = 1
--- run check --sandbox
--- status 1
--- stderr
error: `benchmark` must be a string, not a whole number
 --> cis-fix.toml:1:13
  |
1 | benchmark = 1
  |             ^

error: the settings have 1 mistake
