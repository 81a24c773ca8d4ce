`check` takes no arguments.
--- run check root-account-usage
--- status 64
--- stderr
error: unexpected argument 'root-account-usage' found

Usage: cis-fix check [OPTIONS]

For more information, try '--help'.
