A misspelt command is answered with the right spelling.
--- run plam
--- status 64
--- stderr
error: unrecognized subcommand 'plam'

  tip: a similar subcommand exists: 'plan'

Usage: cis-fix [OPTIONS] <COMMAND>

For more information, try '--help'.
