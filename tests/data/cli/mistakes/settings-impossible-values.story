Values that cannot be.
--- file cis-fix.toml
benchmark = "cis-9"
skip = ["vpc-chnges"]

[topic]
name = "a b"
kms-key = "alias/aws/sns"

[[subscription]]
protocol = "emial"
endpoint = "security@example.com"

[[subscription]]
protocol = "email"
endpoint = "nobody"

[control.vpc-changes]
period = "7s"
threshold = -1
--- run check --sandbox
--- status 1
--- stderr
error: `cis-9` is not a value of `benchmark`
 --> cis-fix.toml:1:13
  |
1 | benchmark = "cis-9"
  |             ^^^^^^^
  |
  = help: it may be `recommended`, `cis-1.0.0`, `cis-1.1.0`, `cis-1.2.0`, `cis-1.3.0`, `cis-1.4.0`, `cis-1.5.0`, `cis-2.0.0`, `cis-3.0.0`, `cis-4.0.0`, `cis-4.0.1`, `cis-5.0.0`, `cis-6.0.0`, `cis-7.0.0`, `security-hub`

error: `vpc-chnges` is not a control
 --> cis-fix.toml:2:9
  |
2 | skip = ["vpc-chnges"]
  |         ^^^^^^^^^^^^
  |
  = help: did you mean `vpc-changes`?

error: `a b` is not a topic name: 1 to 256 letters, digits, `-` and `_`
 --> cis-fix.toml:5:8
  |
5 | name = "a b"
  |        ^^^^^

error: `alias/aws/sns` is managed by AWS, and its policy lets no alarm publish: make a key of your own
 --> cis-fix.toml:6:11
  |
6 | kms-key = "alias/aws/sns"
  |           ^^^^^^^^^^^^^^^

error: `emial` is not a value of `subscription.protocol`
 --> cis-fix.toml:9:12
  |
9 | protocol = "emial"
  |            ^^^^^^^
  |
  = help: did you mean `email`?

error: `nobody` is not an endpoint: it must be a mail address such as `security@example.com`
  --> cis-fix.toml:14:12
   |
14 | endpoint = "nobody"
   |            ^^^^^^^^

error: `7s` is not a period of CloudWatch: 10, 20 or 30 seconds, or a multiple of a minute up to 7 days
  --> cis-fix.toml:17:10
   |
17 | period = "7s"
   |          ^^^^

error: the settings have 7 mistakes
