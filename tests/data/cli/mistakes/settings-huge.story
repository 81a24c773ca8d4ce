Settings that nobody wrote by hand.
--- repeat cis-fix.toml 40000
# long #
--- run check --sandbox
--- status 1
--- stderr
error: could not read `cis-fix.toml`: it has more than the 262144 bytes allowed
