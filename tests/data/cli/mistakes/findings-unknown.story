JSON of something else.
--- file odd.json
{"passed": true}
--- run plan --sandbox=scene:fresh --findings odd.json
--- status 1
--- stderr
error: could not read findings from `odd.json`: it is JSON, but in none of the formats known
hint: findings of Security Hub (ASFF JSON, also `aws securityhub get-findings`), Prowler (json-ocsf, csv) and Steampipe or Powerpipe (json) can be read
