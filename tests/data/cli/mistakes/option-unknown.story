A misspelt option is answered with the right spelling.
--- run check --sanbox
--- status 64
--- stderr
error: unexpected argument '--sanbox' found

  tip: a similar argument exists: '--sandbox'

Usage: cis-fix check --sandbox[=<FILE>]

For more information, try '--help'.
