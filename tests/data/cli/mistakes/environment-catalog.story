A folder that the environment names and that is not there.
--- env CIS_FIX_CATALOG=nope
--- run check --sandbox
--- status 1
--- stderr
error: could not read the folder `nope`: no such file or directory
