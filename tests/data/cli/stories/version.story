The version is one line.
--- run --version
--- status 0
--- stdout
cis-fix 0.1.0
