An example that is not JSON.
--- control more/a.toml root-account-usage
--- replace more/a.toml
"eventVersion": "1.10",
=>
"eventVersion": 1.10.1,
--- run controls lint --catalog more
--- status 1
--- stderr
error: the event is not JSON: expected `,` or `}` at line 2 column 23
  --> more/a.toml:71:9
   |
71 | event = '''
   |         ^^^

error: the catalog has 1 mistake
