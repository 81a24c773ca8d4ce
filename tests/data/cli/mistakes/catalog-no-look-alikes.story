A control without look-alikes proves little.
--- file more/a.toml
id = "mine"
--- run controls lint --catalog more
--- status 1
--- stderr
error: the keys `title`, `rationale`, `impact`, `events`, `filter`, `metric`, `alarm`, `pattern`, `matches` and `ignores` are missing
 --> more/a.toml:1:1
  |
1 | id = "mine"
  | ^

error: the catalog has 1 mistake
