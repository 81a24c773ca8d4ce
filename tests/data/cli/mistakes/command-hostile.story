What was typed reaches the terminal escaped.
--- run \x1b[31mred\u{202e}\n::error::x
--- status 64
--- stderr
error: unrecognized subcommand '\u{1b}[31mred\u{202e}\n::error::x'

Usage: cis-fix [OPTIONS] <COMMAND>

For more information, try '--help'.
