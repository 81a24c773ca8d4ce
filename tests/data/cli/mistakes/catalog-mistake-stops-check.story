A mistake in the catalog stops every command.
--- control more/a.toml root-account-usage
--- replace more/a.toml
"Sum"
=>
"sum"
--- run check --sandbox --catalog more
--- status 1
--- stderr
error: `sum` is not a value of `alarm.statistic`
  --> more/a.toml:43:13
   |
43 | statistic = "sum"
   |             ^^^^^
   |
   = help: did you mean `Sum`?

error: the catalog has 1 mistake
