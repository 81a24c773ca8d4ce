An example that the pattern does not match.
--- control more/a.toml root-account-usage
--- replace more/a.toml
"type": "Root", "principalId"
=>
"type": "Rot", "principalId"
--- run controls lint --catalog more
--- status 1
--- stderr
error: the pattern does not match this event
  --> more/a.toml:71:9
   |
71 | event = '''
   |         ^^^

error: the catalog has 1 mistake
