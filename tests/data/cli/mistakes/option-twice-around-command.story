Before and behind the command is twice as well.
--- run --format json check --sandbox --format text
--- status 64
--- stderr
error: the argument '--format <FORMAT>' cannot be used multiple times

Usage: cis-fix check [OPTIONS]

For more information, try '--help'.
