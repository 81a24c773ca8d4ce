Colours sometimes.
--- run check --sandbox --color sometimes
--- status 64
--- stderr
error: invalid value 'sometimes' for '--color <WHEN>'
  [possible values: auto, always, never]

For more information, try '--help'.
