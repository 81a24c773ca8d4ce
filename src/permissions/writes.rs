//! What changing an account needs: exact names, and conditions where the services know some.

use super::Statement;
use super::reads::filters;
use super::scope::Scope;
use crate::model::Endpoint;

/// Returns what creating what is missing needs.
pub(super) fn of_apply(scope: &Scope) -> Vec<Statement> {
    let own_topics = || scope.own_topics.iter().map(ToString::to_string);
    let mut statements = vec![
        Statement::allow("WriteFilters", ["logs:PutMetricFilter"], filters(scope)),
        put_alarms(
            scope,
            ["cloudwatch:PutMetricAlarm", "cloudwatch:TagResource"],
        ),
        Statement::allow(
            "WriteTopics",
            [
                "sns:CreateTopic",
                "sns:SetTopicAttributes",
                "sns:TagResource",
            ],
            own_topics(),
        ),
    ];
    if !scope.endpoints.is_empty() {
        let protocols = scope.endpoints.iter().map(Endpoint::protocol);
        let subscribe = Statement::allow("Subscribe", ["sns:Subscribe"], own_topics())
            .when(
                "StringEquals",
                "sns:Protocol",
                protocols.map(|protocol| protocol.to_string()),
            )
            .when(
                "StringLike",
                "sns:Endpoint",
                scope.endpoints.iter().map(Endpoint::like),
            );
        statements.push(subscribe);
    }
    statements
}

/// Returns what taking back what was created or changed needs.
pub(super) fn of_undo(scope: &Scope) -> Vec<Statement> {
    vec![
        Statement::allow(
            "TakeBackFilters",
            ["logs:DeleteMetricFilter", "logs:PutMetricFilter"],
            filters(scope),
        ),
        put_alarms(scope, ["cloudwatch:PutMetricAlarm"]),
        of_alarms("DeleteAlarms", ["cloudwatch:DeleteAlarms"], scope),
        Statement::allow(
            "TakeBackTopics",
            ["sns:DeleteTopic", "sns:SetTopicAttributes"],
            scope.own_topics.iter().map(ToString::to_string),
        ),
        // A subscription is no resource to IAM, and the reference names no other for this action.
        Statement::allow("Unsubscribe", ["sns:Unsubscribe"], ["*".to_owned()]),
    ]
}

/// Returns a statement about the alarms that are ours or would be.
pub(super) fn of_alarms<const N: usize>(
    sid: &'static str,
    actions: [&'static str; N],
    scope: &Scope,
) -> Statement {
    Statement::allow(sid, actions, scope.alarms.iter().map(ToString::to_string))
}

/// Returns the right to put alarms that do nothing but publish to our topics.
///
/// The condition holds for requests without the key too, such as the tagging that comes with an alarm.
fn put_alarms<const N: usize>(scope: &Scope, actions: [&'static str; N]) -> Statement {
    of_alarms("WriteAlarms", actions, scope).when(
        "ForAllValues:StringEquals",
        "cloudwatch:AlarmActions",
        scope.alarm_actions.iter().cloned(),
    )
}
