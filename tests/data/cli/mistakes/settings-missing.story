Settings that are not there.
--- run check --sandbox --config nope.toml
--- status 1
--- stderr
error: could not read `nope.toml`: no such file or directory
