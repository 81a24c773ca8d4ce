Settings that the environment names and that are not there.
--- env CIS_FIX_CONFIG=nope.toml
--- run check --sandbox
--- status 1
--- stderr
error: could not read `nope.toml`: no such file or directory
