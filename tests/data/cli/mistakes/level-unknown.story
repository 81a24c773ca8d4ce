There are two levels.
--- run check --level 3 --sandbox=scene:fresh
--- status 64
--- stderr
error: invalid value '3' for '--level <LEVEL>'
  [possible values: 1, 2]

For more information, try '--help'.
