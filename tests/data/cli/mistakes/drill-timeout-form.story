A time with a unit.
--- run drill --timeout 5m --sandbox=scene:fresh --yes
--- status 64
--- stderr
error: invalid value '5m' for '--timeout <SECONDS>': write a number of seconds from 1 to 3600

For more information, try '--help'.
