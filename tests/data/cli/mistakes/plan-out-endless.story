A plan saved in a device that never ends.
--- link plan.json /dev/zero
--- run plan --out plan.json --sandbox=scene:fresh
--- status 1
--- stderr
error: `plan.json` is there and is not a saved plan, so it is not replaced
hint: name another file, or remove this one
