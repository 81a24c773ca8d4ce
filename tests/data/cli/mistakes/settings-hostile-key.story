A key is shown escaped.
--- file cis-fix.toml
"a\u001b[31m\u202e" = 1
--- run check --sandbox
--- status 1
--- stderr
error: `a\u{1b}[31m\u{202e}` is not a key of this file
 --> cis-fix.toml:1:1
  |
1 | "a\u001b[31m\u202e" = 1
  | ^^^^^^^^^^^^^^^^^^^
  |
  = help: its keys are `benchmark`, `level`, `verbatim`, `satisfy`, `skip`, `topic`, `subscription`, `paging`, `tags`, `control`

error: the settings have 1 mistake
