A control is shown escaped.
--- run check --sandbox --control \x1b[31m\u{202e}
--- status 64
--- stderr
error: `\u{1b}[31m\u{202e}` is not a control of `recommended`
hint: `cis-fix controls list` shows the controls and their numbers
