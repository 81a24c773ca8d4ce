A folder without controls.
--- folder more
--- run controls lint --catalog more
--- status 1
--- stderr
error: there is no control file in `more`
hint: control files end in `.toml`; `cis-fix controls show` shows what is in one
