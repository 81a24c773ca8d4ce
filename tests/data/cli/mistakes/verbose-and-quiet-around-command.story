The same, with the command between.
--- run --verbose check --sandbox --quiet
--- status 64
--- stderr
error: the argument '--quiet' cannot be used with '--verbose'

Usage: cis-fix check --sandbox[=<FILE>] --quiet

For more information, try '--help'.
