An escape sequence in a value.
--- escaped cis-fix.toml
benchmark = "\x1b[31mred\x07"
--- run check --sandbox
--- status 1
--- stderr
error: invalid basic string, expected non-double-quote visible characters, `\`
 --> cis-fix.toml:1:14
  |
1 | benchmark = "␛[31mred␇"
  |              ^

error: the settings have 1 mistake
