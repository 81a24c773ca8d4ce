What the file says is shown escaped.
--- file hub.json
[{"GeneratorId": "security-control/CloudWatch.1", "AwsAccountId": "1\u001b[31m\n::error::", "Compliance": {"Status": "FAILED"}}]
--- run check --sandbox=scene:fresh --findings hub.json
--- status 1
--- stderr
error: `hub.json` reports nothing about the controls in account 123456789012, us-east-1
hint: 1 finding is of account `1\u{1b}[31m\n::error::`
