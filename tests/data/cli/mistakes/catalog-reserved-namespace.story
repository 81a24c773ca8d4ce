A namespace that belongs to AWS.
--- control more/a.toml root-account-usage
--- replace more/a.toml
CISBenchmark
=>
AWS/CIS
--- run controls lint --catalog more
--- status 1
--- stderr
error: `AWS/CIS` is not a metric namespace: 1 to 255 printable ASCII characters without `:`, `*` and `$`, not beginning with `AWS/`, which AWS reserves
  --> more/a.toml:38:13
   |
38 | namespace = "AWS/CIS"
   |             ^^^^^^^^^

error: the catalog has 1 mistake
