Settings that are not text.
--- escaped cis-fix.toml
benchmark = "\xff"
--- run check --sandbox
--- status 1
--- stderr
error: could not read `cis-fix.toml`: it is not UTF-8 from byte 13 on
