A folder in the place of a journal.
--- folder journals
--- run undo journals --sandbox=scene:fresh --yes
--- status 1
--- stderr
error: could not read `journals`: is a directory
