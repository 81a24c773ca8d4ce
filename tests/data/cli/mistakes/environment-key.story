A key that no alarm may use.
--- env CIS_FIX_KMS_KEY=alias/aws/sns
--- run check --sandbox
--- status 1
--- stderr
error: `alias/aws/sns` is managed by AWS, and its policy lets no alarm publish: make a key of your own
 --> CIS_FIX_KMS_KEY:1:1
  |
1 | alias/aws/sns
  | ^^^^^^^^^^^^^

error: the environment has 1 mistake
