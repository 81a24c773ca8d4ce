A file that may not be read.
--- scene account.json fresh
--- unreadable account.json
--- run check --sandbox=account.json
--- status 1
--- stderr
error: could not read `account.json`: permission denied
