All mistakes of meaning are told together.
--- scene account.json fresh
--- replace account.json
"123456789012"
=>
"12345"
--- replace account.json
"region": "us-east-1"
=>
"region": "moon"
--- run check --sandbox=account.json
--- status 1
--- stderr
error: `account.json` is not a sandbox account: account: `12345` is not an account id: 12 digits; region: `moon` is not a Region: lower-case letters, digits and hyphens, such as `eu-central-1`
