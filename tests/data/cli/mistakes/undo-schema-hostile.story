A journal whose format is named with what a terminal would obey.
--- escaped journal.jsonl
{"schema":"\u001b[31m\u202e::error::"}\n
--- run undo journal.jsonl --sandbox=scene:fresh --yes
--- status 1
--- stderr
error: `journal.jsonl` is a `\u{1b}[31m\u{202e}::error::`, and not a `cis-fix/journal/v1`
