Settings behind a link that leads nowhere are not overlooked.
--- link cis-fix.toml nowhere.toml
--- run check --sandbox
--- status 1
--- stderr
error: could not read `cis-fix.toml`: no such file or directory
