A control that is not text.
--- escaped more/a.toml
id = "\xff"
--- run controls lint --catalog more
--- status 1
--- stderr
error: could not read `more/a.toml`: it is not UTF-8 from byte 6 on
