A misspelt protocol.
--- scene account.json fresh
--- replace account.json
"topics": []
=>
"topics": [
    {
      "arn": "arn:aws:sns:us-east-1:123456789012:cis-alarms",
      "subscriptions": [{"protocol": "emial", "endpoint": "a@example.com", "state": "pending"}]
    }
  ]
--- run check --sandbox=account.json
--- status 1
--- stderr
error: `account.json` is not a sandbox account: topics[0].subscriptions[0].protocol: `emial` is not a protocol: did you mean `email`?
