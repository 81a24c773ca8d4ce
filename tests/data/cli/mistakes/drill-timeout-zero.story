No time at all.
--- run drill --timeout 0 --sandbox=scene:fresh --yes
--- status 64
--- stderr
error: invalid value '0' for '--timeout <SECONDS>': write a number of seconds from 1 to 3600

For more information, try '--help'.
