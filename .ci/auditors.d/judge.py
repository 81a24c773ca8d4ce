"""Has the real auditors judge an emulated account: empty, with some controls applied, with all of them.

Arguments: the folder of the virtual environments, the program. Runs in MiniStack's environment, which has boto3. Ends with
status 1 at the first verdict that is not as expected.
"""

import json
import os
import pathlib
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request

import boto3

PLACE, PROGRAM = (pathlib.Path(argument).absolute() for argument in sys.argv[1:3])
HERE = pathlib.Path(__file__).resolve().parent
SUPPORT = HERE.parent.parent / "tests" / "integration" / "support" / "ministack"
ACCOUNT, REGION, GROUP = "123456789012", "us-east-1", "CloudTrail/DefaultLogGroup"
SOME = ["root-account-usage", "vpc-changes", "iam-policy-changes"]


def expect(what, found, wanted):
    if found != wanted:
        sys.exit(f"FAILED: {what}: {found!r} instead of {wanted!r}")
    print(f"  {what}: as expected")


class Emulator:
    """MiniStack on a free port of 127.0.0.1, in a folder of its own, ended with this program."""

    def __init__(self, folder):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        environment = {
            "HOME": folder, "TMPDIR": folder, "S3_DATA_DIR": f"{folder}/s3", "LOG_LEVEL": "WARNING",
            "BIND_HOST": "127.0.0.1", "GATEWAY_PORT": str(port),
            # It must neither open other ports nor touch containers.
            "IOT_MTLS_ENABLED": "0", "SFTP_ENABLED": "0", "DOCKER_HOST": f"unix://{folder}/none",
        }
        self.server = subprocess.Popen(
            [PLACE / "ministack/bin/python", "-c", (SUPPORT / "server.py").read_text()],
            cwd=folder, env=environment, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )
        for _ in range(600):
            try:
                urllib.request.urlopen(f"{self.url}/_ministack/health", timeout=5).close()
                return
            except OSError:
                if self.server.poll() is not None:
                    sys.exit("the emulator ended at once")
                time.sleep(0.1)
        sys.exit("the emulator did not start")

    def end(self):
        self.server.kill()
        self.server.wait()


def environment(emulator, folder):
    """What every auditor gets: dummy credentials, the emulator, and nothing of this machine."""
    return {
        "HOME": folder, "PATH": os.environ["PATH"], "AWS_ENDPOINT_URL": emulator.url, "AWS_REGION": REGION,
        "AWS_DEFAULT_REGION": REGION, "AWS_EC2_METADATA_DISABLED": "true", "AWS_SECRET_ACCESS_KEY": "secret",
        # MiniStack takes an access key of twelve digits for the account.
        "AWS_ACCESS_KEY_ID": ACCOUNT,
    }


def prepare(emulator):
    """Makes a good trail, and a queue: subscriptions of queues are confirmed at once."""
    session = boto3.Session(aws_access_key_id=ACCOUNT, aws_secret_access_key="secret", region_name=REGION)
    client = lambda service: session.client(service, endpoint_url=emulator.url)
    client("s3").create_bucket(Bucket="trail")
    client("logs").create_log_group(logGroupName=GROUP)
    client("sqs").create_queue(QueueName="alarms")
    trail = client("cloudtrail")
    trail.create_trail(Name="management-events", S3BucketName="trail", IsMultiRegionTrail=True)
    # CreateTrail alone loses the log group in MiniStack.
    trail.update_trail(
        Name="management-events",
        CloudWatchLogsLogGroupArn=f"arn:aws:logs:{REGION}:{ACCOUNT}:log-group:{GROUP}:*",
        CloudWatchLogsRoleArn=f"arn:aws:iam::{ACCOUNT}:role/trail",
    )
    trail.start_logging(Name="management-events")
    selector = {"ReadWriteType": "All", "IncludeManagementEvents": True}
    trail.put_event_selectors(TrailName="management-events", EventSelectors=[selector])


class Run:
    """The program and the auditors on one emulated account."""

    def __init__(self, emulator, folder):
        self.folder, self.environment = folder, environment(emulator, folder)
        self.emulator, self.count = emulator, 0
        queue = f"arn:aws:sqs:{REGION}:{ACCOUNT}:alarms"
        settings = f'[[subscription]]\nprotocol = "sqs"\nendpoint = "{queue}"\n'
        pathlib.Path(folder, "cis-fix.toml").write_text(settings)

    def cis_fix(self, *arguments, statuses=(0,)):
        words = [PROGRAM, *arguments, "--endpoint-url", self.emulator.url]
        run = subprocess.run(words, cwd=self.folder, env=self.environment, capture_output=True, text=True)
        if run.returncode not in statuses:
            sys.exit(f"FAILED: cis-fix {' '.join(arguments)}: status {run.returncode}\n{run.stderr}")
        return run.stdout

    def plan(self, *arguments):
        """Returns the controls that a plan makes filters for, with the pattern of the first filter of each."""
        steps = json.loads(self.cis_fix("plan", "--format", "json", *arguments))["steps"]
        patterns = {}
        for step in steps:
            if step["action"] == "put_metric_filter":
                for control in step["serves"]:
                    patterns.setdefault(control, step["request"]["filterPattern"])
        return patterns

    def prowler(self):
        """Returns the statuses of Prowler's checks and the folder of its findings."""
        self.count += 1
        out = pathlib.Path(self.folder, f"prowler-{self.count}")
        out.mkdir()
        words = [PLACE / "prowler/bin/python", HERE / "prowler_run.py", self.emulator.url, REGION, out]
        run = subprocess.run(words, cwd=self.folder, env=self.environment, capture_output=True, text=True)
        if run.returncode:
            sys.exit(f"FAILED: Prowler\n{run.stdout}\n{run.stderr}")
        return json.loads(run.stdout.splitlines()[-1]), out

    def custodian(self, patterns):
        """Returns the number of resources that each control's policy of Cloud Custodian finds at fault."""
        self.count += 1
        out = pathlib.Path(self.folder, f"c7n-{self.count}")
        policies = [
            {
                "name": control,
                "resource": "account",
                "region": REGION,
                "filters": [{
                    "type": "check-cloudtrail",
                    "multi-region": True,
                    "global-events": True,
                    "running": True,
                    "include-management-events": True,
                    # Cloud Custodian puts variables where there are single braces.
                    "log-metric-filter-pattern": pattern.replace("{", "{{").replace("}", "}}"),
                }],
            }
            for control, pattern in patterns.items()
        ]
        # JSON is YAML.
        file = pathlib.Path(self.folder, "policies.yml")
        file.write_text(json.dumps({"policies": policies}))
        words = [PLACE / "c7n/bin/custodian", "run", "--cache-period", "0", "-s", out, file]
        run = subprocess.run(words, cwd=self.folder, env=self.environment, capture_output=True, text=True)
        if run.returncode:
            sys.exit(f"FAILED: Cloud Custodian\n{run.stdout}\n{run.stderr}")
        return {control: len(json.loads((out / control / "resources.json").read_text())) for control in patterns}


def failed(statuses):
    return sorted(check for check, status in statuses.items() if status != ["PASS"])


def judge(run):
    print("the account with a trail and nothing else")
    patterns = run.plan()
    expect("controls to be planned", len(patterns), 15)
    before, findings = run.prowler()
    expect("Prowler: checks that fail", len(failed(before["monitoring"])), 15)
    for name in ("findings.ocsf.json", "findings.csv"):
        limited = run.plan("--findings", str(findings / name))
        expect(f"plan --findings {name}: controls", sorted(limited), sorted(patterns))
    expect("Cloud Custodian: resources at fault", set(run.custodian(patterns).values()), {1})

    print(f"after an apply of {', '.join(SOME)}")
    run.cis_fix("apply", "--yes", "--control", ",".join(SOME))
    some, findings = run.prowler()
    expect("Prowler: checks that fail", len(failed(some["monitoring"])), 12)
    rest = sorted(set(patterns) - set(SOME))
    for name in ("findings.ocsf.json", "findings.csv"):
        limited = run.plan("--findings", str(findings / name))
        expect(f"plan --findings {name}: controls", sorted(limited), rest)

    print("after an apply of everything")
    run.cis_fix("apply", "--yes")
    after, _ = run.prowler()
    expect("Prowler: monitoring checks that fail", failed(after["monitoring"]), [])
    expect("Prowler: checks beside them that fail", failed(after["beside"]), [])
    faults = run.custodian(patterns)
    expect("Cloud Custodian: resources at fault", {c: n for c, n in faults.items() if n}, {})
    check = json.loads(run.cis_fix("check", "--format", "json"))
    expect("cis-fix check: compliant", check["summary"]["compliant"], 15)
    expect("cis-fix plan: controls left", sorted(run.plan()), [])


with tempfile.TemporaryDirectory() as scratch:
    emulator = Emulator(scratch)
    try:
        prepare(emulator)
        judge(Run(emulator, scratch))
    finally:
        emulator.end()
print("the auditors agree")
