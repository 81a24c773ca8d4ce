An empty file is no control.
--- file more/a.toml
--- run controls lint --catalog more
--- status 1
--- stderr
error: the keys `id`, `title`, `rationale`, `impact`, `events`, `filter`, `metric`, `alarm`, `pattern`, `matches` and `ignores` are missing
 --> more/a.toml:1:1
  |
1 |
  | ^

error: the catalog has 1 mistake
