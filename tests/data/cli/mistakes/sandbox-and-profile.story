A sandbox knows no profiles.
--- run check --sandbox --profile work
--- status 64
--- stderr
error: the argument '--sandbox[=<FILE>]' cannot be used with '--profile <NAME>'

Usage: cis-fix check --sandbox[=<FILE>]

For more information, try '--help'.
