Mistakes in the personal settings are told as well.
--- file ../home/.config/cis-fix/config.toml
benchmrk = 1
--- run check --sandbox
--- status 1
--- stderr
error: `benchmrk` is not a key of this file
 --> PLACE/home/.config/cis-fix/config.toml:1:1
  |
1 | benchmrk = 1
  | ^^^^^^^^
  |
  = help: did you mean `benchmark`?

error: the settings have 1 mistake
