The record of a drill in the place of a journal of an apply.
--- file journal.jsonl
{"event":"begin","schema":"cis-fix/alarm-journal/v1","time":"2026-01-01T00:00:00Z","version":"0.1.0","command":"drill","account":"123456789012","caller":"arn:aws:iam::123456789012:user/alice"}
--- run undo journal.jsonl --sandbox=scene:fresh --yes
--- status 1
--- stderr
error: `journal.jsonl` is a `cis-fix/alarm-journal/v1`, and not a `cis-fix/journal/v1`
