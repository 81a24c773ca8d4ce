The address of a hook is not shown beside a mistake.
--- file cis-fix.toml
[[subscription]]
protocol = "htps"
endpoint = "https://hooks.example.com/T0SECRET"
--- run check --sandbox
--- status 1
--- stderr
error: `htps` is not a value of `subscription.protocol`
 --> cis-fix.toml:2:12
  |
2 | protocol = "htps"
  |            ^^^^^^
  |
  = help: did you mean `https`?

error: the settings have 1 mistake
