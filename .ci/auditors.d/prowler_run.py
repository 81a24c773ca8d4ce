"""Runs checks of the real Prowler on an account and writes its findings as Prowler writes them.

Arguments: endpoint, Region, folder for the findings. Prints one JSON object: each check and its statuses.
Prowler is called through its Python interface, because its command line imports every provider it knows.
"""

import importlib
import json
import os
import sys
from types import SimpleNamespace

URL, REGION, FOLDER = sys.argv[1:4]
os.environ["AWS_ENDPOINT_URL"] = URL
os.environ["AWS_EC2_METADATA_DISABLED"] = "true"

from prowler.lib.check.models import CheckMetadata  # noqa: E402
from prowler.lib.outputs.csv.csv import CSV  # noqa: E402
from prowler.lib.outputs.finding import Finding  # noqa: E402
from prowler.lib.outputs.ocsf.ocsf import OCSF  # noqa: E402
from prowler.providers.aws.aws_provider import AwsProvider  # noqa: E402
from prowler.providers.common.provider import Provider  # noqa: E402

MONITORING = [
    "cloudwatch_changes_to_network_acls_alarm_configured",
    "cloudwatch_changes_to_network_gateways_alarm_configured",
    "cloudwatch_changes_to_network_route_tables_alarm_configured",
    "cloudwatch_changes_to_vpcs_alarm_configured",
    "cloudwatch_log_metric_filter_and_alarm_for_aws_config_configuration_changes_enabled",
    "cloudwatch_log_metric_filter_and_alarm_for_cloudtrail_configuration_changes_enabled",
    "cloudwatch_log_metric_filter_authentication_failures",
    "cloudwatch_log_metric_filter_aws_organizations_changes",
    "cloudwatch_log_metric_filter_disable_or_scheduled_deletion_of_kms_cmk",
    "cloudwatch_log_metric_filter_for_s3_bucket_policy_changes",
    "cloudwatch_log_metric_filter_policy_changes",
    "cloudwatch_log_metric_filter_root_usage",
    "cloudwatch_log_metric_filter_security_group_changes",
    "cloudwatch_log_metric_filter_sign_in_without_mfa",
    "cloudwatch_log_metric_filter_unauthorized_api_calls",
]
BESIDE = [
    "cloudwatch_alarm_actions_alarm_state_configured",
    "cloudwatch_alarm_actions_enabled",
    "cloudtrail_multi_region_enabled",
]

provider = AwsProvider(regions={REGION})
provider.audit_metadata = SimpleNamespace(
    expected_checks=MONITORING + BESIDE, services_scanned=0, completed_checks=0, audit_progress=0
)
Provider.set_global_provider(provider)
options = SimpleNamespace(unix_timestamp=False, output_modes=["csv", "json-ocsf"], bulk_checks_metadata={})

statuses, findings = {}, []
for name in MONITORING + BESIDE:
    service = name.split("_")[0]
    module = importlib.import_module(f"prowler.providers.aws.services.{service}.{name}.{name}")
    reports = getattr(module, name)().execute()
    statuses[name] = sorted({report.status for report in reports})
    if name in MONITORING:
        findings += [Finding.generate_output(provider, report, options) for report in reports]

for kind, name in ((OCSF, "findings.ocsf.json"), (CSV, "findings.csv")):
    kind(findings, file_path=os.path.join(FOLDER, name)).batch_write_data_to_file()
json.dump({"monitoring": {n: statuses[n] for n in MONITORING}, "beside": {n: statuses[n] for n in BESIDE}}, sys.stdout)
