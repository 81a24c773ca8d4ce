A sandbox file that is not there is not made under that name.
--- run check --sandbox=account.json
--- status 1
--- stderr
error: there is no sandbox file `account.json`
hint: `cis-fix snapshot --out FILE` makes one, and `--sandbox` alone makes a new account
