The catalog can be listed, shown and checked.
--- run controls lint
--- status 0
--- stdout
15 controls, 98 examples: no mistakes
--- run controls list --format markdown
--- status 0
--- stdout
# **Controls**: benchmark recommended

| No. | Control | Security Hub | Title |
| --- | --- | --- | --- |
| 5.1 | unauthorized-api-calls | CloudWatch.2 | Unauthorized API calls |
| 5.2 | console-sign-in-without-mfa | CloudWatch.3 | Console sign-in without MFA |
| 5.3 | root-account-usage | CloudWatch.1 | Root user activity |
| 5.4 | iam-policy-changes | CloudWatch.4 | IAM policy changes |
| 5.5 | cloudtrail-configuration-changes | CloudWatch.5 | CloudTrail configuration changes |
| 5.6 | console-authentication-failures | CloudWatch.6 | Console authentication failures |
| 5.7 | cmk-disable-or-scheduled-deletion | CloudWatch.7 | Customer managed keys disabled or scheduled for deletion |
| 5.8 | s3-bucket-policy-changes | CloudWatch.8 | S3 bucket policy changes |
| 5.9 | aws-config-configuration-changes | CloudWatch.9 | AWS Config configuration changes |
| 5.10 | security-group-changes | CloudWatch.10 | Security group changes |
| 5.11 | network-acl-changes | CloudWatch.11 | Network ACL changes |
| 5.12 | network-gateway-changes | CloudWatch.12 | Network gateway changes |
| 5.13 | route-table-changes | CloudWatch.13 | Route table changes |
| 5.14 | vpc-changes | CloudWatch.14 | VPC changes |
| 5.15 | organizations-changes |  | AWS Organizations changes |

**15 controls**
--- run controls list --benchmark cis-1.2.0
--- status 0
--- stdout
Controls: benchmark cis-1.2.0

No.   Control                            Security Hub   Title
3.1   unauthorized-api-calls             CloudWatch.2   Ensure a log metric filter and alarm exist for unauthorized API calls
3.2   console-sign-in-without-mfa        CloudWatch.3   Ensure a log metric filter and alarm exist for Management Console sign-in without MFA
3.3   root-account-usage                 CloudWatch.1   Ensure a log metric filter and alarm exist for usage of "root" account
3.4   iam-policy-changes                 CloudWatch.4   Ensure a log metric filter and alarm exist for IAM policy changes
3.5   cloudtrail-configuration-changes   CloudWatch.5   Ensure a log metric filter and alarm exist for CloudTrail configuration changes
3.6   console-authentication-failures    CloudWatch.6   Ensure a log metric filter and alarm exist for AWS Management Console authentication failures
3.7   cmk-disable-or-scheduled-deletion  CloudWatch.7   Ensure a log metric filter and alarm exist for disabling or scheduled deletion of customer created CMKs
3.8   s3-bucket-policy-changes           CloudWatch.8   Ensure a log metric filter and alarm exist for S3 bucket policy changes
3.9   aws-config-configuration-changes   CloudWatch.9   Ensure a log metric filter and alarm exist for AWS Config configuration changes
3.10  security-group-changes             CloudWatch.10  Ensure a log metric filter and alarm exist for security group changes
3.11  network-acl-changes                CloudWatch.11  Ensure a log metric filter and alarm exist for changes to Network Access Control Lists (NACL)
3.12  network-gateway-changes            CloudWatch.12  Ensure a log metric filter and alarm exist for changes to network gateways
3.13  route-table-changes                CloudWatch.13  Ensure a log metric filter and alarm exist for route table changes
3.14  vpc-changes                        CloudWatch.14  Ensure a log metric filter and alarm exist for VPC changes

14 controls
