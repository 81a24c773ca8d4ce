An undo of one control alone.
--- run undo -c vpc-changes --sandbox=scene:fresh --yes
--- status 64
--- stderr
error: `undo` takes back a whole apply, and not some controls of it
hint: without `--yes` it shows what that is, and asks
