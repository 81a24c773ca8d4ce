A flood of brackets.
--- repeat cis-fix.toml 50000
[
--- run check --sandbox
--- status 1
--- stderr
error: unquoted keys cannot be empty, expected letters, numbers, `-`, `_`
 --> cis-fix.toml:1:3
  |
1 | [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[...
  |   ^

error: the settings have 1 mistake
