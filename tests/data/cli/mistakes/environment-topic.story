A topic that cannot be one.
--- env CIS_FIX_TOPIC=a b
--- run check --sandbox
--- status 1
--- stderr
error: `a b` is not a topic name: 1 to 256 letters, digits, `-` and `_`
 --> CIS_FIX_TOPIC:1:1
  |
1 | a b
  | ^^^

error: the environment has 1 mistake
