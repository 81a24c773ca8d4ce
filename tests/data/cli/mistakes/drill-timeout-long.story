A time that no number holds.
--- run drill --timeout 99999999999 --sandbox=scene:fresh --yes
--- status 64
--- stderr
error: invalid value '99999999999' for '--timeout <SECONDS>': write a number of seconds from 1 to 3600

For more information, try '--help'.
