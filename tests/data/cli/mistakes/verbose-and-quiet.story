Talkative and silent at once.
--- run check --sandbox --verbose --quiet
--- status 64
--- stderr
error: the argument '--verbose' cannot be used with '--quiet'

Usage: cis-fix check --sandbox[=<FILE>] --verbose

For more information, try '--help'.
