The recommended benchmark has no texts of its own.
--- run check --verbatim --sandbox=scene:fresh
--- status 1
--- stderr
error: `recommended` prescribes no texts of its own
hint: name a version of the CIS benchmark, such as `cis-3.0.0`
