A file without an end is not read to its end.
--- run check --sandbox=/dev/zero
--- status 1
--- stderr
error: could not read `/dev/zero`: it has more than the 67108864 bytes allowed
