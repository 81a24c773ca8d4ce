There is no such file.
--- run check --sandbox=scene:fresh --findings none.json
--- status 1
--- stderr
error: could not read `none.json`: no such file or directory
