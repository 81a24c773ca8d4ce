A new control may not take the names of another.
--- control more/a.toml root-account-usage
--- replace more/a.toml
id = "root-account-usage"
=>
id = "mine"
--- run controls lint --catalog more
--- status 1
--- stderr
error: the number CloudWatch.1 of `security-hub` belongs to the control `root-account-usage` already
 --> more/a.toml:5:16
  |
5 | security-hub = "CloudWatch.1"
  |                ^^^^^^^^^^^^^^

error: the number 3.3 of `cis-1.0.0` belongs to the control `root-account-usage` already
 --> more/a.toml:9:26
  |
9 | "cis-1.0.0" = { number = "3.3", status = "scored", title = 'Ensure a log metric filter and alarm exist for usage of "root" account' }
  |                          ^^^^^

error: the number 3.3 of `cis-1.1.0` belongs to the control `root-account-usage` already
  --> more/a.toml:10:26
   |
10 | "cis-1.1.0" = { number = "3.3", level = 1, status = "scored", title = 'Ensure a log metric filter and alarm exist for usage of "root...
   |                          ^^^^^

error: the number 3.3 of `cis-1.2.0` belongs to the control `root-account-usage` already
  --> more/a.toml:11:26
   |
11 | "cis-1.2.0" = { number = "3.3", level = 1, status = "scored", title = 'Ensure a log metric filter and alarm exist for usage of "root...
   |                          ^^^^^

error: the number 4.3 of `cis-1.3.0` belongs to the control `root-account-usage` already
  --> more/a.toml:12:26
   |
12 | "cis-1.3.0" = { number = "4.3", level = 1, status = "automated", title = 'Ensure a log metric filter and alarm exist for usage of "r...
   |                          ^^^^^

error: the number 4.3 of `cis-1.4.0` belongs to the control `root-account-usage` already
  --> more/a.toml:13:26
   |
13 | "cis-1.4.0" = { number = "4.3", level = 1, status = "automated", title = "Ensure a log metric filter and alarm exist for usage of 'r...
   |                          ^^^^^

error: the number 4.3 of `cis-1.5.0` belongs to the control `root-account-usage` already
  --> more/a.toml:14:26
   |
14 | "cis-1.5.0" = { number = "4.3", level = 1, status = "automated", title = "Ensure a log metric filter and alarm exist for usage of 'r...
   |                          ^^^^^

error: the number 4.3 of `cis-2.0.0` belongs to the control `root-account-usage` already
  --> more/a.toml:15:26
   |
15 | "cis-2.0.0" = { number = "4.3", level = 1, status = "manual", title = "Ensure usage of 'root' account is monitored" }
   |                          ^^^^^

error: the number 4.3 of `cis-3.0.0` belongs to the control `root-account-usage` already
  --> more/a.toml:16:26
   |
16 | "cis-3.0.0" = { number = "4.3", level = 1, status = "manual", title = "Ensure usage of 'root' account is monitored" }
   |                          ^^^^^

error: the number 4.3 of `cis-4.0.0` belongs to the control `root-account-usage` already
  --> more/a.toml:17:26
   |
17 | "cis-4.0.0" = { number = "4.3", level = 1, status = "manual", title = "Ensure usage of the 'root' account is monitored" }
   |                          ^^^^^

error: the number 4.3 of `cis-4.0.1` belongs to the control `root-account-usage` already
  --> more/a.toml:18:26
   |
18 | "cis-4.0.1" = { number = "4.3", level = 1, status = "manual", title = "Ensure usage of the 'root' account is monitored" }
   |                          ^^^^^

error: the number 4.3 of `cis-5.0.0` belongs to the control `root-account-usage` already
  --> more/a.toml:19:26
   |
19 | "cis-5.0.0" = { number = "4.3", level = 1, status = "manual", title = "Ensure usage of the 'root' account is monitored" }
   |                          ^^^^^

error: the number 5.3 of `cis-6.0.0` belongs to the control `root-account-usage` already
  --> more/a.toml:20:26
   |
20 | "cis-6.0.0" = { number = "5.3", level = 1, status = "manual", title = "Ensure usage of the 'root' account is monitored" }
   |                          ^^^^^

error: the number 5.3 of `cis-7.0.0` belongs to the control `root-account-usage` already
  --> more/a.toml:21:26
   |
21 | "cis-7.0.0" = { number = "5.3", level = 1, status = "manual", title = "Ensure usage of the 'root' account is monitored" }
   |                          ^^^^^

error: the check `cloudwatch_log_metric_filter_root_usage` belongs to the control `root-account-usage` already
  --> more/a.toml:30:12
   |
30 | prowler = ["cloudwatch_log_metric_filter_root_usage"]
   |            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

error: the check `log_metric_filter_root_login` belongs to the control `root-account-usage` already
  --> more/a.toml:31:14
   |
31 | steampipe = ["log_metric_filter_root_login"]
   |              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

error: the check `PCI.CW.1` belongs to the control `root-account-usage` already
  --> more/a.toml:32:17
   |
32 | security-hub = ["PCI.CW.1"]
   |                 ^^^^^^^^^^

error: the filter name `root_usage_metric` belongs to the control `root-account-usage` already
  --> more/a.toml:35:8
   |
35 | name = "root_usage_metric"
   |        ^^^^^^^^^^^^^^^^^^^

error: the alarm name `root_usage_alarm` belongs to the control `root-account-usage` already
  --> more/a.toml:42:8
   |
42 | name = "root_usage_alarm"
   |        ^^^^^^^^^^^^^^^^^^

error: the catalog has 19 mistakes
