An alarm that needs no event.
--- control more/a.toml root-account-usage
--- replace more/a.toml
threshold = 1
=>
threshold = 0
--- run controls lint --catalog more
--- status 1
--- stderr
error: a threshold of 0 is reached without any event
  --> more/a.toml:46:13
   |
46 | threshold = 0
   |             ^

error: the catalog has 1 mistake
