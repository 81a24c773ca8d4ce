A format that does not exist.
--- run check --sandbox --format yaml
--- status 64
--- stderr
error: invalid value 'yaml' for '--format <FORMAT>'
  [possible values: text, json, markdown, html, ocsf, asff, sarif, junit, csv]

For more information, try '--help'.
