A folder instead of a file.
--- folder account.json
--- run check --sandbox=account.json
--- status 1
--- stderr
error: could not read `account.json`: is a directory
