//! Which operation does what.

use cis_fix::model::ActionsSwitch;
use cis_fix::sandbox::SandboxAccount;

use super::members::Members;
use super::{Call, Paging, Recordings, Refusal, Shape};
use super::{cloudtrail, cloudwatch, kms, logs, sns, sts};

/// The request id of every response.
pub(super) const REQUEST_ID: &str = "b2a1c6f0-0000-4000-8000-000000000001";

/// Performs a call on the account and returns the answer. A refused call changes nothing.
pub(crate) fn perform(
    account: &mut SandboxAccount,
    recordings: &Recordings,
    call: &Call,
    paging: Paging,
) -> Result<Shape, Refusal> {
    let mut changed = account.clone();
    let mut members = Members::new(&call.action(), &call.members);
    let given = (&mut members, paging);
    let answer = match call.action().as_str() {
        "cloudtrail:LookupEvents" => recordings.lookup(&call.region, given)?,
        "logs:FilterLogEvents" => recordings.filter(account, &call.region, given)?,
        "logs:DescribeLogGroups" => {
            let days = recordings.retention_days;
            logs::describe_groups(account, &call.region, given, days)?
        }
        _ => dispatch(&mut changed, call, given)?,
    };
    members.finish()?;
    *account = changed;
    Ok(answer)
}

fn dispatch(
    account: &mut SandboxAccount,
    call: &Call,
    (given, paging): (&mut Members, Paging),
) -> Result<Shape, Refusal> {
    let region = &call.region;
    let action = call.action();
    match action.as_str() {
        "cloudtrail:DescribeTrails" => cloudtrail::describe_trails(account, region, given),
        "cloudtrail:GetEventSelectors" => cloudtrail::event_selectors(account, region, given),
        "cloudtrail:GetTrailStatus" => cloudtrail::status(account, region, given),
        "cloudwatch:DeleteAlarms" => cloudwatch::delete_alarms(account, region, given),
        "cloudwatch:DescribeAlarms" => {
            cloudwatch::describe_alarms(account, region, (given, paging))
        }
        "cloudwatch:DescribeAlarmHistory" => cloudwatch::history(account, region, given),
        "cloudwatch:DisableAlarmActions" => {
            cloudwatch::switch(account, region, (given, ActionsSwitch::Disabled))
        }
        "cloudwatch:EnableAlarmActions" => {
            cloudwatch::switch(account, region, (given, ActionsSwitch::Enabled))
        }
        "cloudwatch:SetAlarmState" => cloudwatch::set_state(account, region, given),
        "cloudwatch:ListTagsForResource" => cloudwatch::tags(account, region, given),
        "cloudwatch:PutMetricAlarm" => cloudwatch::put_alarm(account, region, given),
        "kms:DescribeKey" => kms::describe_key(account, region, given),
        "kms:GetKeyPolicy" => kms::policy(account, region, given),
        "logs:DeleteMetricFilter" => logs::delete_filter(account, region, given),
        "logs:DescribeMetricFilters" => logs::describe_filters(account, region, (given, paging)),
        "logs:PutMetricFilter" => logs::put_filter(account, region, given),
        "sns:CreateTopic" => sns::create_topic(account, region, given),
        "sns:DeleteTopic" => sns::delete_topic(account, region, given),
        "sns:GetTopicAttributes" => sns::topic_attributes(account, region, given),
        "sns:ListSubscriptionsByTopic" => sns::subscriptions(account, region, (given, paging)),
        "sns:ListTagsForResource" => sns::tags(account, region, given),
        "sns:SetTopicAttributes" => sns::set_attribute(account, region, given),
        "sns:Subscribe" => sns::subscribe(account, region, given),
        "sns:Unsubscribe" => sns::unsubscribe(account, given),
        "sts:GetCallerIdentity" => sts::identity(account),
        _ => Err(Refusal::new(
            "UnknownOperationException",
            format!("the stand-in for AWS has no `{action}`"),
        )),
    }
}
