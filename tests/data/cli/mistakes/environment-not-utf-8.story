A value that is not text.
--- env CIS_FIX_TOPIC=\xff
--- run check --sandbox
--- status 1
--- stderr
error: `�` is not a topic name: 1 to 256 letters, digits, `-` and `_`
 --> CIS_FIX_TOPIC:1:1
  |
1 | �
  | ^

error: the environment has 1 mistake
