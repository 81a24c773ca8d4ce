A file that was cut off.
--- file account.json
{
  "schema": "cis-fix/sandbox/v1",
  "extent": 
--- run check --sandbox=account.json
--- status 1
--- stderr
error: `account.json` is not a sandbox account: line 4, column 1: the text ends in the middle of a value
