The settings in the place of a journal.
--- file cis-fix.toml
benchmark = "cis-3.0.0"
--- run undo cis-fix.toml --sandbox=scene:fresh --yes
--- status 1
--- stderr
error: `cis-fix.toml` is not a journal: line 1: expected value at line 1 column 1
