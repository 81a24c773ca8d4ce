So does choosing controls.
--- run apply --sandbox --interactive
--- status 64
--- stderr
error: `apply` asks before it writes, and there is no terminal to ask on
hint: pass `--yes` to apply without asking, or look at `cis-fix plan` first
