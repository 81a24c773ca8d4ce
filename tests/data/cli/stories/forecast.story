Auditors before and after an apply, and what they do not see.
--- run forecast --sandbox=scene:fresh
--- status 0
--- stdout
Forecast: account 123456789012, us-east-1, benchmark recommended

No.   SecHub  Prowler  Steamp.  Elastic  Trivy  Scout  Custod.  El.Eye
5.1   x       x +      x        x        x +    x +    x        .
5.2   x       x +      x        x        x      x      x        .
5.3   x       x +      x        x        x      x +    x        .
5.4   x       x +      x        x        x +    x +    x        .
5.5   x       x +      x        x        x +    x +    x        .
5.6   x       x +      x        x        x +    x +    x        .
5.7   x       x +      x        x        x +    x +    x        .
5.8   x       x +      x        x        x +    x      x        .
5.9   x       x +      x        x        x +    x +    x        .
5.10  x       x +      x        x        x +    x +    x        .
5.11  x       x +      x        x        x +    x +    x        .
5.12  x       x +      x        x        x +    x +    x        .
5.13  x       x +      x        x        x +    x +    x        .
5.14  x       x +      x        x        x +    x +    x        .
5.15  .       x +      x        x        x +    .      x        .

+ passes, x fails, . is not covered, ? is unknown; two signs tell of now and of after `cis-fix apply`

Reasons
  x Security Hub, all but 5.15: nobody is subscribed to `cis-alarms`
  x Steampipe, all 15 controls: nobody is subscribed to `cis-alarms`
  x Elastic, 5.1: no filter has its text: it accepts the clauses of its own text and no others, and the text joins the two exclusions with OR, so that nearly every event matches
  x Elastic, all but 5.1: nobody is subscribed to `cis-alarms`
  x Trivy, 5.2: no filter has its text: it looks for one text, which no valid pattern holds, `($.eventName = "ConsoleLogin") && ($.additionalEventData.MFAUsed != "Yes") && ($.userIdentity.type=="IAMUser") && ($.responseElements.ConsoleLogin == "Success")`: expected a value, found `=`
  x Trivy, 5.3: no filter has its text: it looks for one text, which no valid pattern holds, `$.userIdentity.type = "Root" && $.userIdentity.invokedBy NOT EXISTS && &.eventType != "AwsServiceEvent"`: the character `&` is not allowed here
  x ScoutSuite, 5.2: no filter has its text: it accepts one text alone, blank by blank, and the text also counts sign-ins that fail and those through an identity provider
  x ScoutSuite, 5.8: no filter has its text: it accepts one text alone, blank by blank, and the text lacks DeleteBucketCors and DeleteBucketLifecycle, which every version of the benchmark lists; a filter for it is made when `satisfy` names `scoutsuite`
  x Cloud Custodian, all 15 controls: nobody is subscribed to `cis-alarms`
  - ElectricEye, all 15 controls: which texts it accepts is not known

Passing now and after apply: Security Hub 0 then 0 of 14, Prowler 0 then 15 of 15, Steampipe 0 then 0 of 15, Elastic 0 then 0 of 15, Trivy 0 then 13 of 15, ScoutSuite 0 then 12 of 14, Cloud Custodian 0 then 0 of 15.
--- run forecast --sandbox=scene:broken --control vpc-changes --control root-account-usage
--- status 0
--- stdout
Forecast: account 123456789012, us-east-1, benchmark recommended

No.   SecHub  Prowler  Steamp.  Elastic  Trivy  Scout  Custod.  El.Eye
5.3   x       x        x        x        +      x      x        .
5.14  x       x        x        x        +      x      x        .

+ passes, x fails, . is not covered, ? is unknown; two signs tell of now and of after `cis-fix apply`

Reasons
  x Security Hub, all 2 controls: no filter has a text that it accepts
  x Prowler, all 2 controls: no filter has a text that it accepts
  x Steampipe, all 2 controls: the trail is stopped
  x Elastic, all 2 controls: the trail is stopped
  - Trivy, all 2 controls: it looked at no filter, for want of a trail to look at
  x ScoutSuite, all 2 controls: no filter has a text that it accepts
  x Cloud Custodian, all 2 controls: the trail is stopped
  - ElectricEye, all 2 controls: which texts it accepts is not known

Blind spots
  ! Trivy passes all 2 controls although trail `management-events` is stopped (TRAIL_NOT_LOGGING)

Passing now and after apply: Security Hub 0 then 0 of 2, Prowler 0 then 0 of 2, Steampipe 0 then 0 of 2, Elastic 0 then 0 of 2, Trivy 2 then 2 of 2, ScoutSuite 0 then 0 of 2, Cloud Custodian 0 then 0 of 2.
--- run forecast --sandbox=scene:fresh --control unauthorized-api-calls --format markdown
--- status 0
--- stdout
# Forecast: account 123456789012, us-east-1, benchmark recommended

| No. | SecHub | Prowler | Steamp. | Elastic | Trivy | Scout | Custod. | El.Eye |
| --- | --- | --- | --- | --- | --- | --- | --- | --- |
| 5.1 | <strong>x</strong> | <strong>x</strong> + | <strong>x</strong> | <strong>x</strong> | <strong>x</strong> + | <strong>x</strong> + | <strong>x</strong> | . |

\+ passes, x fails, . is not covered, ? is unknown; two signs tell of now and of after \`cis-fix apply\`

## **Reasons**

- `x` `Security Hub`, 5.1: nobody is subscribed to \`cis-alarms\`
- `x` `Steampipe`, 5.1: nobody is subscribed to \`cis-alarms\`
- `x` `Elastic`, 5.1: no filter has its text: it accepts the clauses of its own text and no others, and the text joins the two exclusions with OR, so that nearly every event matches
- `x` `Cloud Custodian`, 5.1: nobody is subscribed to \`cis-alarms\`
- `-` `ElectricEye`, 5.1: which texts it accepts is not known

Passing now and after apply: Security Hub 0 then 0 of 1, Prowler 0 then 1 of 1, Steampipe 0 then 0 of 1, Elastic 0 then 0 of 1, Trivy 0 then 1 of 1, ScoutSuite 0 then 1 of 1, Cloud Custodian 0 then 0 of 1.
