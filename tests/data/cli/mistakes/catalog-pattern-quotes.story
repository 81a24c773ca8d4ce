A quote that does not close.
--- control more/a.toml root-account-usage
--- replace more/a.toml
"Root" &&
=>
"Root &&
--- run controls lint --catalog more
--- status 1
--- stderr
error: this is not a filter pattern: expected `&&`, `||` or the end, found `AwsServiceEvent`
 --> more/a.toml:6:102
  |
6 | pattern = '''{ $.userIdentity.type = "Root && $.userIdentity.invokedBy NOT EXISTS && $.eventType != "AwsServiceEvent" }'''
  |                                                                                                      ^^^^^^^^^^^^^^^
  |
  = help: put a text with blanks in double quotes

error: the catalog has 1 mistake
