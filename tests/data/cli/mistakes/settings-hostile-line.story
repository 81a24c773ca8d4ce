A line with characters that a terminal obeys is shown without them.
--- escaped cis-fix.toml
nope = 1 # \u{9b}31m \u{61c} \u{202e} \u{e0041} ##[error]x
--- run check --sandbox
--- status 1
--- stderr
error: `nope` is not a key of this file
 --> cis-fix.toml:1:1
  |
1 | nope = 1 # ¿31m ¿ � ¿¿ ##(error]x
  | ^^^^
  |
  = help: its keys are `benchmark`, `level`, `verbatim`, `satisfy`, `skip`, `topic`, `subscription`, `paging`, `tags`, `control`

error: the settings have 1 mistake
