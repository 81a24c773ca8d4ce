A saved plan limited to findings.
--- run apply plan.json --findings findings.json --sandbox=scene:fresh --yes
--- status 64
--- stderr
error: `--findings` limits a plan that is made, and this one is saved
hint: save another one with `cis-fix plan --findings FILE --out FILE`
