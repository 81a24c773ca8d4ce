A link to itself in the place of a plan.
--- link plan.json plan.json
--- run apply plan.json --sandbox=scene:fresh --yes
--- status 1
--- stderr
error: could not read `plan.json`: too many levels of symbolic links
