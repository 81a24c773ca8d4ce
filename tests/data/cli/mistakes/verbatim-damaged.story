A text that is not a pattern in any copy known.
--- run check --benchmark cis-7.0.0 --verbatim --sandbox=scene:fresh
--- status 1
--- stderr
error: the text that `cis-7.0.0` prints for `console-authentication-failures` has lost the quotes around `Failed authentication` in the copies known, so it is not a pattern
hint: leave `--verbatim` out, or pass `--skip console-authentication-failures`
