Settings that fail to be read, whoever asks.
--- run check --sandbox --config /proc/self/mem
--- status 1
--- stderr
error: could not read `/proc/self/mem`: input/output error
