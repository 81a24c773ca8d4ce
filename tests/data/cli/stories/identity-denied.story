Without knowing whose account it is there is nothing to begin with.
--- scene account.json fresh
--- replace account.json
"keys": []
=>
"keys": [],
  "unreadable": [{"action": "sts:GetCallerIdentity", "kind": "denied", "code": "AccessDenied", "message": "not allowed"}]
--- run check --sandbox=account.json --control 5.3
--- status 1
--- stderr
error: access denied (`sts:GetCallerIdentity`): AccessDenied: not allowed
hint: grant `sts:GetCallerIdentity` to the credentials in use
--- run plan --sandbox=account.json --control 5.3
--- status 1
--- stderr
error: access denied (`sts:GetCallerIdentity`): AccessDenied: not allowed
hint: grant `sts:GetCallerIdentity` to the credentials in use
--- run apply --sandbox=account.json --control 5.3 --yes
--- status 1
--- stderr
error: access denied (`sts:GetCallerIdentity`): AccessDenied: not allowed
hint: grant `sts:GetCallerIdentity` to the credentials in use
