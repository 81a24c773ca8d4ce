Asking nothing and asking for each control.
--- run apply --sandbox --yes --interactive
--- status 64
--- stderr
error: the argument '--yes' cannot be used with '--interactive'

Usage: cis-fix apply --sandbox[=<FILE>] --yes [PLAN]

For more information, try '--help'.
