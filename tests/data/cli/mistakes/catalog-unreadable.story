A control that may not be read.
--- control more/a.toml root-account-usage
--- unreadable more/a.toml
--- run controls lint --catalog more
--- status 1
--- stderr
error: could not read `more/a.toml`: permission denied
