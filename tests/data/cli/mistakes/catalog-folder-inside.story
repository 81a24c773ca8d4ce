A folder that is called like a control.
--- folder more/a.toml
--- run controls lint --catalog more
--- status 1
--- stderr
error: could not read `more/a.toml`: is a directory
