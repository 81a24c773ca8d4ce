A journal of a version that is still to come.
--- file journal.jsonl
{"event":"begin","schema":"cis-fix/journal/v2","when":"later"}
--- run undo journal.jsonl --sandbox=scene:fresh --yes
--- status 1
--- stderr
error: `journal.jsonl` is a `cis-fix/journal/v2`, and not a `cis-fix/journal/v1`
hint: the version of cis-fix that wrote it reads it
