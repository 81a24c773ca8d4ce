A folder that is not there.
--- run check --sandbox=none/account.json
--- status 1
--- stderr
error: there is no sandbox file `none/account.json`
hint: `cis-fix snapshot --out FILE` makes one, and `--sandbox` alone makes a new account
