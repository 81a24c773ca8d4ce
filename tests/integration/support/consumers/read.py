"""Reads findings with other people's readers: a JSON object of formats and texts on standard input.

Prints an object of formats and what was read: the number of findings and of those that failed. Stops at the first mistake.
"""

import csv
import io
import json
import sys
import tempfile

import botocore.session
from botocore.validate import ParamValidator
from junitparser import Error, Failure, JUnitXml, Skipped
from py_ocsf_models.events.findings.compliance_finding import ComplianceFinding


def ocsf(text):
    given = json.loads(text)
    read = [ComplianceFinding.model_validate(finding) for finding in given]
    for finding, model in zip(given, read, strict=True):
        known = set(type(model).model_fields)
        # The profile `cloud`, which the finding names, adds `cloud`; these models have it in other classes alone.
        assert set(finding) - {"cloud"} <= known, set(finding) - known
        # These models know a part of the object `compliance` alone; the rest is named here as OCSF 1.5.0 has it.
        nested = set(type(model.compliance).model_fields) | {"status", "status_code", "status_details"}
        assert set(finding["compliance"]) <= nested, set(finding["compliance"]) - nested
    return len(read), sum(finding["compliance"]["status_id"] == 3 for finding in given)


def asff(text):
    findings = json.loads(text)
    service = botocore.session.Session().get_service_model("securityhub")
    shape = service.operation_model("BatchImportFindings").input_shape
    report = ParamValidator().validate({"Findings": findings}, shape)
    assert not report.has_errors(), report.generate_report()
    for finding in findings:
        assert len(finding["Title"]) <= 256 and len(finding["Description"]) <= 1024 and len(finding["Id"]) <= 512
    return len(findings), sum(finding["Compliance"]["Status"] == "FAILED" for finding in findings)


def junit(text):
    with tempfile.NamedTemporaryFile("w", suffix=".xml", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        suites = JUnitXml.fromfile(file.name)
    cases = [case for suite in suites for case in suite]
    results = [result for case in cases for result in case.result]
    assert all(isinstance(result, (Failure, Error, Skipped)) for result in results)
    assert suites.tests == len(cases)
    failed = sum(isinstance(result, Failure) for result in results)
    assert suites.failures == failed
    return len(cases), failed


def table(text):
    rows = list(csv.DictReader(io.StringIO(text), strict=True))
    assert all(None not in row and None not in row.values() for row in rows)
    return len(rows), sum(row["verdict"] == "non_compliant" for row in rows)


READERS = {"ocsf": ocsf, "asff": asff, "junit": junit, "csv": table}
json.dump({name: READERS[name](text) for name, text in json.load(sys.stdin).items()}, sys.stdout)
