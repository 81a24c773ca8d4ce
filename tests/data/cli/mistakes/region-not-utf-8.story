A Region that is not text.
--- run check --sandbox --region \xff
--- status 64
--- stderr
error: invalid UTF-8 was detected in one or more arguments

Usage: cis-fix check [OPTIONS]

For more information, try '--help'.
