A journal that is not there.
--- run undo nothing.jsonl --sandbox=scene:fresh --yes
--- status 1
--- stderr
error: could not read `nothing.jsonl`: no such file or directory
