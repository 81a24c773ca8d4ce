A saved plan in other words.
--- run apply plan.json --verbatim --sandbox=scene:fresh --yes
--- status 64
--- stderr
error: the argument '[PLAN]' cannot be used with '--verbatim'

Usage: cis-fix apply --sandbox[=<FILE>] --yes <PLAN>

For more information, try '--help'.
