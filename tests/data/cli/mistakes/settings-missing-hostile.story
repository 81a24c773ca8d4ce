A name that would move the cursor.
--- run check --sandbox --config \x1b[2J\u{202e}.toml
--- status 1
--- stderr
error: could not read `\u{1b}[2J\u{202e}.toml`: no such file or directory
