A journal that was cut off in its first line.
--- escaped journal.jsonl
{"event":"begin","schema":"cis-fix/jour
--- run undo journal.jsonl --sandbox=scene:fresh --yes
--- status 1
--- stderr
error: `journal.jsonl` does not hold one whole line of a journal
hint: a run writes nothing before the first line of its journal is on the disk
