A plan saved in a link to itself.
--- link plan.json plan.json
--- run plan --out plan.json --sandbox=scene:fresh
--- status 1
--- stderr
error: could not read `plan.json`: too many levels of symbolic links
