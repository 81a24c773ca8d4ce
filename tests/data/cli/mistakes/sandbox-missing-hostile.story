Nor is its name obeyed by the terminal.
--- run check --sandbox=\x1b]0;title\x07.json
--- status 1
--- stderr
error: there is no sandbox file `\u{1b}]0;title\u{7}.json`
hint: `cis-fix snapshot --out FILE` makes one, and `--sandbox` alone makes a new account
