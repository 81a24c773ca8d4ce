A folder that is not there.
--- run controls list --catalog nope
--- status 1
--- stderr
error: could not read the folder `nope`: no such file or directory
