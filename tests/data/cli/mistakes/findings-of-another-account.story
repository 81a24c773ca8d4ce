Everything in the file is about another account.
--- file hub.json
[{"GeneratorId": "security-control/CloudWatch.1", "AwsAccountId": "111122223333", "Compliance": {"Status": "FAILED"}}]
--- run check --sandbox=scene:fresh --findings hub.json
--- status 1
--- stderr
error: `hub.json` reports nothing about the controls in account 123456789012, us-east-1
hint: 1 finding is of account `111122223333`
