The name of a file is shown escaped.
--- file more/a.toml
id = "\u001b"
--- run controls lint --catalog more
--- status 1
--- stderr
error: the keys `title`, `rationale`, `impact`, `events`, `filter`, `metric`, `alarm`, `pattern`, `matches` and `ignores` are missing
 --> more/a.toml:1:1
  |
1 | id = "\u001b"
  | ^

error: `\u{1b}` is not a control id: 1 to 64 lower-case letters, digits and single hyphens, beginning with a letter
 --> more/a.toml:1:6
  |
1 | id = "\u001b"
  |      ^^^^^^^^

error: the catalog has 2 mistakes
