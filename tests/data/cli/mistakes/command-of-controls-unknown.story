So is a misspelt command of `controls`.
--- run controls shw
--- status 64
--- stderr
error: unrecognized subcommand 'shw'

  tip: a similar subcommand exists: 'show'

Usage: cis-fix controls [OPTIONS] <COMMAND>

For more information, try '--help'.
