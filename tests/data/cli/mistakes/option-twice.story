An option that takes one value is given two.
--- run check --sandbox --format json --format text
--- status 64
--- stderr
error: the argument '--format <FORMAT>' cannot be used multiple times

Usage: cis-fix check [OPTIONS]

For more information, try '--help'.
