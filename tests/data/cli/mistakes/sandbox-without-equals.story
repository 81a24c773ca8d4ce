The file of a sandbox follows an equals sign.
--- run check --sandbox account.json
--- status 64
--- stderr
error: unexpected argument 'account.json' found

  tip: the file follows an equals sign: '--sandbox=account.json'

Usage: cis-fix check [OPTIONS]

For more information, try '--help'.
