Security Hub knows no levels.
--- run check --benchmark security-hub --level 2 --sandbox=scene:fresh
--- status 1
--- stderr
error: `security-hub` has no levels
hint: name a version of the CIS benchmark, such as `cis-3.0.0`
