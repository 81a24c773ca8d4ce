An option that does not exist is shown escaped.
--- run check --\x1b[31mred\u{9b}2J
--- status 64
--- stderr
error: unexpected argument '--\u{1b}[31mred\u{9b}2J' found

Usage: cis-fix check [OPTIONS]

For more information, try '--help'.
