A sandbox makes no calls.
--- run check --sandbox --endpoint-url http://127.0.0.1:9
--- status 64
--- stderr
error: the argument '--sandbox[=<FILE>]' cannot be used with '--endpoint-url <URL>'

Usage: cis-fix check --sandbox[=<FILE>]

For more information, try '--help'.
