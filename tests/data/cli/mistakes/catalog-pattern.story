A bad pattern is shown with a caret where it goes wrong.
--- control more/a.toml root-account-usage
--- replace more/a.toml
NOT EXISTS
=>
NOT EXITS
--- run controls lint --catalog more
--- status 1
--- stderr
error: this is not a filter pattern: expected `EXISTS`, found `EXITS`
 --> more/a.toml:6:77
  |
6 | pattern = '''{ $.userIdentity.type = "Root" && $.userIdentity.invokedBy NOT EXITS && $.eventType != "AwsServiceEvent" }'''
  |                                                                             ^^^^^

error: the catalog has 1 mistake
