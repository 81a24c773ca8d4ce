A schema that does not exist.
--- run controls schema chekc/v1
--- status 64
--- stderr
error: there is no schema `chekc/v1`
hint: did you mean `check/v1`?
