A file that is not text.
--- escaped account.json
{"schema": "\xff"}
--- run check --sandbox=account.json
--- status 1
--- stderr
error: could not read `account.json`: it is not UTF-8 from byte 12 on
