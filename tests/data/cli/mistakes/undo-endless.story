A device that never ends in the place of a journal.
--- link journal.jsonl /dev/zero
--- run undo journal.jsonl --sandbox=scene:fresh --yes
--- status 1
--- stderr
error: could not read `journal.jsonl`: it has more than the 16777216 bytes allowed
