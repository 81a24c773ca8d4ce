Settings without an end.
--- run check --sandbox --config /dev/zero
--- status 1
--- stderr
error: could not read `/dev/zero`: it has more than the 262144 bytes allowed
