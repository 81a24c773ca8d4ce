A link to itself in the place of a journal.
--- link journal.jsonl journal.jsonl
--- run undo journal.jsonl --sandbox=scene:fresh --yes
--- status 1
--- stderr
error: could not read `journal.jsonl`: too many levels of symbolic links
