A format of `check` for a forecast.
--- run forecast --format csv --sandbox=scene:fresh
--- status 64
--- stderr
error: this format is printed by `check` alone
hint: every command has the formats `text`, `json` and `markdown`
