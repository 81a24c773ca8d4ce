Settings that may not be read.
--- file cis-fix.toml
--- unreadable cis-fix.toml
--- run check --sandbox
--- status 1
--- stderr
error: could not read `cis-fix.toml`: permission denied
