A folder instead of a file.
--- folder cis-fix.toml
--- run check --sandbox
--- status 1
--- stderr
error: could not read `cis-fix.toml`: is a directory
