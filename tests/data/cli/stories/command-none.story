Without a command the help is shown, as a complaint.
--- run
--- status 64
--- stderr
Find and repair the monitoring section of the CIS AWS Foundations Benchmark

Usage: cis-fix [OPTIONS] <COMMAND>

Commands:
  check        Judge every control, with a reason for each broken link
  plan         Show what `apply` would do
  apply        Create what is missing, after asking
  undo         Take back what one `apply` created or changed, after asking
  mute         Disable the actions of the controls' own alarms
  unmute       Enable the actions of the controls' own alarms
  drill        Drive the controls' own alarms through ALARM and back
  forecast     Tell what every known auditor says now and after `apply`
  backtest     Replay the controls' patterns over recorded events of CloudTrail
  controls     Look at the catalog of controls
  pattern      Work with filter patterns by themselves
  policy       Print the IAM policy that a command needs
  snapshot     Write what was read of the account as a sandbox file
  completions  Print completions for a shell
  man          Print the manual page

Options:
  -h, --help     Print help (see more with '--help')
  -V, --version  Print version

Global options:
      --profile <NAME>       Use this profile of the AWS configuration files
      --region <REGION>      Begin in this Region; the trail's home Region is found from there
      --endpoint-url <URL>   Send all calls to this address instead of AWS
      --sandbox[=<FILE>]     Work on a simulated account in this file [default:
                             cis-fix-sandbox.json, made when absent]; `scene:NAME` takes a built-in
                             one
      --config <FILE>        Read settings from this file [default: ./cis-fix.toml, then
                             cis-fix/config.toml in the configuration folder] [env:
                             `CIS_FIX_CONFIG`]
      --catalog <DIR>        Add the controls in this folder, or replace built-in ones of the same
                             id [env: `CIS_FIX_CATALOG`]
      --benchmark <NAME>     Meet this benchmark: recommended, cis-1.0.0 … cis-7.0.0 or security-hub
      --level <LEVEL>        Meet this profile level of the benchmark: 1, or 2, which includes 1
                             [default: 2] [possible values: 1, 2]
      --verbatim             Use the benchmark's own texts word for word, defects included
  -c, --control <ID|NUMBER>  Take only this control, by id or number; may be repeated
      --skip <ID|NUMBER>     Leave this control out, by id or number; may be repeated
      --findings <FILE>      Take only the controls that failed in this findings file of Security
                             Hub, Prowler, Steampipe or Powerpipe
      --format <FORMAT>      Print the result in this format [default: text] [possible values: text,
                             json, markdown, html, ocsf, asff, sarif, junit, csv]
      --color <WHEN>         Use colours [default: auto] [possible values: auto, always, never]
  -v, --verbose              Say more: the evidence for what is in place, and each step as it begins
  -q, --quiet                Say nothing on standard error but errors and questions

Exit status: 0 done, 1 failed, 2 gaps found, 3 done in part, 4 plan refused, 5 something could not
be read, 6 declined, 64 wrong usage, 130 interrupted
