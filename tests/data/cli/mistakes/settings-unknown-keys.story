Misspelt keys, told with their places and the right spelling.
--- file cis-fix.toml
benchmrk = "recommended"

[topic]
nme = "alarms"

[control.vpc-changes]
treshold = 3
--- run check --sandbox
--- status 1
--- stderr
error: `benchmrk` is not a key of this file
 --> cis-fix.toml:1:1
  |
1 | benchmrk = "recommended"
  | ^^^^^^^^
  |
  = help: did you mean `benchmark`?

error: `nme` is not a key of `topic`
 --> cis-fix.toml:4:1
  |
4 | nme = "alarms"
  | ^^^
  |
  = help: did you mean `name`?

error: `treshold` is not a key of `control.vpc-changes`
 --> cis-fix.toml:7:1
  |
7 | treshold = 3
  | ^^^^^^^^
  |
  = help: did you mean `threshold`?

error: the settings have 3 mistakes
