//! The 15 controls as the fixtures need them.

/// A control of the fixtures.
pub(super) struct Control {
    pub(super) id: &'static str,
    pub(super) number: &'static str,
    pub(super) title: &'static str,
    /// What the names of its resources begin with.
    pub(super) stem: &'static str,
    pub(super) pattern: &'static str,
}

/// All of them, in the order of the benchmark.
pub(super) const CONTROLS: [Control; 15] = [
    Control {
        id: "unauthorized-api-calls",
        number: "4.1",
        title: "Ensure unauthorized API calls are monitored",
        stem: "unauthorized_api_calls",
        pattern: r#"{ ($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*") }"#,
    },
    Control {
        id: "console-sign-in-without-mfa",
        number: "4.2",
        title: "Ensure management console sign-in without MFA is monitored",
        stem: "no_mfa_console_signin",
        pattern: r#"{ ($.eventName = "ConsoleLogin") && ($.additionalEventData.MFAUsed != "Yes") && ($.responseElements.ConsoleLogin != "Failure") && ($.additionalEventData.SamlProviderArn NOT EXISTS) }"#,
    },
    Control {
        id: "root-account-usage",
        number: "4.3",
        title: "Ensure usage of the 'root' account is monitored",
        stem: "root_usage",
        pattern: r#"{$.userIdentity.type="Root" && $.userIdentity.invokedBy NOT EXISTS && $.eventType !="AwsServiceEvent"}"#,
    },
    Control {
        id: "iam-policy-changes",
        number: "4.4",
        title: "Ensure IAM policy changes are monitored",
        stem: "iam_changes",
        pattern: r"{ ($.eventName = DeleteGroupPolicy) || ($.eventName = DeleteRolePolicy) || ($.eventName = DeleteUserPolicy) || ($.eventName = PutGroupPolicy) || ($.eventName = PutRolePolicy) || ($.eventName = PutUserPolicy) || ($.eventName = CreatePolicy) || ($.eventName = DeletePolicy) || ($.eventName = CreatePolicyVersion) || ($.eventName = DeletePolicyVersion) || ($.eventName = AttachRolePolicy) || ($.eventName = DetachRolePolicy) || ($.eventName = AttachUserPolicy) || ($.eventName = DetachUserPolicy) || ($.eventName = AttachGroupPolicy) || ($.eventName = DetachGroupPolicy) }",
    },
    Control {
        id: "cloudtrail-configuration-changes",
        number: "4.5",
        title: "Ensure CloudTrail configuration changes are monitored",
        stem: "cloudtrail_cfg_changes",
        pattern: r"{($.eventName = CreateTrail) || ($.eventName = UpdateTrail) || ($.eventName = DeleteTrail) || ($.eventName = StartLogging) || ($.eventName = StopLogging)}",
    },
    Control {
        id: "console-authentication-failures",
        number: "4.6",
        title: "Ensure AWS Management Console authentication failures are monitored",
        stem: "console_signin_failure",
        pattern: r#"{ ($.eventName = "ConsoleLogin") && ($.errorMessage = "Failed authentication") }"#,
    },
    Control {
        id: "cmk-disable-or-scheduled-deletion",
        number: "4.7",
        title: "Ensure disabling or scheduled deletion of customer created CMKs is monitored",
        stem: "disable_or_delete_cmk",
        pattern: r"{ ($.eventSource = kms.amazonaws.com) && (($.eventName = DisableKey)||($.eventName = ScheduleKeyDeletion)) }",
    },
    Control {
        id: "s3-bucket-policy-changes",
        number: "4.8",
        title: "Ensure S3 bucket policy changes are monitored",
        stem: "s3_bucket_policy_changes",
        pattern: r"{ ($.eventSource = s3.amazonaws.com) && (($.eventName = PutBucketAcl) || ($.eventName = PutBucketPolicy) || ($.eventName = PutBucketCors) || ($.eventName = PutBucketLifecycle) || ($.eventName = PutBucketReplication) || ($.eventName = DeleteBucketPolicy) || ($.eventName = DeleteBucketReplication)) }",
    },
    Control {
        id: "aws-config-configuration-changes",
        number: "4.9",
        title: "Ensure AWS Config configuration changes are monitored",
        stem: "aws_config_changes",
        pattern: r"{ ($.eventSource = config.amazonaws.com) && (($.eventName = StopConfigurationRecorder) || ($.eventName = DeleteDeliveryChannel) || ($.eventName = PutDeliveryChannel) || ($.eventName = PutConfigurationRecorder)) }",
    },
    Control {
        id: "security-group-changes",
        number: "4.10",
        title: "Ensure security group changes are monitored",
        stem: "security_group_changes",
        pattern: r"{($.eventName = AuthorizeSecurityGroupIngress) || ($.eventName = AuthorizeSecurityGroupEgress) || ($.eventName = RevokeSecurityGroupIngress) || ($.eventName = RevokeSecurityGroupEgress) || ($.eventName = CreateSecurityGroup) || ($.eventName = DeleteSecurityGroup)}",
    },
    Control {
        id: "network-acl-changes",
        number: "4.11",
        title: "Ensure Network Access Control List (NACL) changes are monitored",
        stem: "nacl_changes",
        pattern: r"{ ($.eventName = CreateNetworkAcl) || ($.eventName = CreateNetworkAclEntry) || ($.eventName = DeleteNetworkAcl) || ($.eventName = DeleteNetworkAclEntry) || ($.eventName = ReplaceNetworkAclEntry) || ($.eventName = ReplaceNetworkAclAssociation) }",
    },
    Control {
        id: "network-gateway-changes",
        number: "4.12",
        title: "Ensure changes to network gateways are monitored",
        stem: "network_gw_changes",
        pattern: r"{($.eventName = CreateCustomerGateway) || ($.eventName = DeleteCustomerGateway) || ($.eventName = AttachInternetGateway) || ($.eventName = CreateInternetGateway) || ($.eventName = DeleteInternetGateway) || ($.eventName = DetachInternetGateway)}",
    },
    Control {
        id: "route-table-changes",
        number: "4.13",
        title: "Ensure route table changes are monitored",
        stem: "route_table_changes",
        pattern: r"{($.eventSource = ec2.amazonaws.com) && (($.eventName = CreateRoute) || ($.eventName = CreateRouteTable) || ($.eventName = ReplaceRoute) || ($.eventName = ReplaceRouteTableAssociation) || ($.eventName = DeleteRouteTable) || ($.eventName = DeleteRoute) || ($.eventName = DisassociateRouteTable))}",
    },
    Control {
        id: "vpc-changes",
        number: "4.14",
        title: "Ensure VPC changes are monitored",
        stem: "vpc_changes",
        pattern: r"{ ($.eventName = CreateVpc) || ($.eventName = DeleteVpc) ||($.eventName = ModifyVpcAttribute) || ($.eventName = AcceptVpcPeeringConnection) || ($.eventName = CreateVpcPeeringConnection) ||($.eventName = DeleteVpcPeeringConnection) || ($.eventName = RejectVpcPeeringConnection) || ($.eventName = AttachClassicLinkVpc) ||($.eventName = DetachClassicLinkVpc) || ($.eventName = DisableVpcClassicLink) || ($.eventName = EnableVpcClassicLink) }",
    },
    Control {
        id: "organizations-changes",
        number: "4.15",
        title: "Ensure AWS Organizations changes are monitored",
        stem: "organizations_changes",
        pattern: r#"{ ($.eventSource = organizations.amazonaws.com) && (($.eventName = "AcceptHandshake") || ($.eventName = "AttachPolicy") || ($.eventName = "CancelHandshake") || ($.eventName = "CreateAccount") || ($.eventName = "CreateOrganization") || ($.eventName = "CreateOrganizationalUnit") || ($.eventName = "CreatePolicy") || ($.eventName = "DeclineHandshake") || ($.eventName = "DeleteOrganization") || ($.eventName = "DeleteOrganizationalUnit") || ($.eventName = "DeletePolicy") || ($.eventName = "EnableAllFeatures") || ($.eventName = "EnablePolicyType") || ($.eventName = "InviteAccountToOrganization") || ($.eventName = "LeaveOrganization") || ($.eventName = "DetachPolicy") || ($.eventName = "DisablePolicyType") || ($.eventName = "MoveAccount") || ($.eventName = "RemoveAccountFromOrganization") || ($.eventName = "UpdateOrganizationalUnit") || ($.eventName = "UpdatePolicy")) }"#,
    },
];
