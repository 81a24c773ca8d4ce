Nothing in the file is about a control.
--- file hub.json
{"Findings": [{"GeneratorId": "security-control/S3.1", "AwsAccountId": "123456789012", "Compliance": {"Status": "FAILED"}}]}
--- run check --sandbox=scene:fresh --findings hub.json
--- status 1
--- stderr
error: `hub.json` reports nothing about the controls in account 123456789012, us-east-1
hint: it was read as AWS Security Finding Format; findings about other things: 1
